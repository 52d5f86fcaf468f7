"""Numbers as official letters print them: letter numbers, dates, times, telephones, money. Arabic digits throughout."""

from __future__ import annotations

from random import Random

from training.corpus import Corpus

MONTHS = ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม",
          "พฤศจิกายน", "ธันวาคม"]
SHORT_MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
URGENCIES = ["ด่วน", "ด่วนมาก", "ด่วนที่สุด"]


def digits(rng: Random, count: int) -> str:
    """So many digits, zeros in front allowed, every digit as likely as another."""
    return "".join(rng.choices("0123456789", k=count))


def whole(rng: Random) -> str:
    """A whole number without zeros in front: mostly small, up to five digits."""
    return str(rng.randrange(1, 10 ** rng.choice((1, 1, 2, 2, 3, 4, 5))))


def letter_number(rng: Random, corpus: Corpus) -> str:
    """A letter number in one of the forms that occur, the odd ones included (spaces, lost dots, lost letters)."""
    gap = rng.choice(("", " ", " ", "  "))
    plain, committee = corpus.draw("letters", rng), f"{corpus.draw('letters', rng)} ({_committee(rng)})"
    owner = rng.choices((plain, committee, ""), (12, 1, 1))[0]
    dot = "." if owner and rng.random() < 0.08 else ""
    return f"{owner}{dot}{gap if owner else ''}{_owner_code(rng)}{_slash(rng)}{_running(rng)}"


def _committee(rng: Random) -> str:
    return "".join(rng.choices("กขคจชตทนบปพมรลวสอ", k=3))


def _owner_code(rng: Random) -> str:
    code = digits(rng, rng.choice((4, 4, 4, 5)))
    code = f"0{code[1:]}" if rng.random() < 0.6 else code
    for _ in range(rng.choices((0, 1, 2), (3, 6, 1))[0]):
        code += rng.choices((".", " .", ". "), (12, 1, 1))[0] + whole(rng)[:2]
    return code


def _slash(rng: Random) -> str:
    return rng.choices(("/", " / ", "/ ", " /", " "), (10, 2, 3, 1, 0.3))[0]


def _running(rng: Random) -> str:
    serial = rng.choice((whole(rng), digits(rng, 4), str(rng.randrange(1, 10000)), ""))
    circular = rng.choice(("", "ว", "ว ", "ว ", "ว.", "ว. "))
    if rng.random() < 0.04:
        return rng.choice((f"ป {serial}", f"{whole(rng)}.{whole(rng)[:2]}", f"{serial}/{digits(rng, 2)}"))
    return circular + serial


def year(rng: Random) -> str:
    return str(rng.randrange(2500, 2600) if rng.random() < 0.7 else rng.randrange(2545, 2570))


def numeric_date(rng: Random) -> str:
    mark = rng.choice("///-.")
    return mark.join((str(rng.randrange(1, 32)), str(rng.randrange(1, 13)), rng.choice((year(rng), year(rng)[2:]))))


def date(rng: Random) -> str:
    """A date in full, with a short month, with two digits for the year, as a range, or without its day."""
    day, month, in_year = str(rng.randrange(1, 32)), rng.randrange(12), year(rng)
    return rng.choices((
        f"{day} {MONTHS[month]} {in_year}",
        f"{day} {SHORT_MONTHS[month]} {in_year}",
        f"{day} {SHORT_MONTHS[month]}{in_year[2:]}",
        f"{day} {SHORT_MONTHS[month].replace('.', '')} {in_year[2:]}",
        f"{day} เดือน {MONTHS[month]} พ.ศ. {in_year}",
        f"{day} - {rng.randrange(1, 32)} {MONTHS[month]} {in_year}",
        f"{day}–{rng.randrange(1, 32)} {SHORT_MONTHS[month]} {in_year}",
        numeric_date(rng),
        f"{MONTHS[month]} {in_year}",
    ), (10, 3, 1, 1, 1, 1, 1, 1, 1))[0]


def clock(rng: Random) -> str:
    hour, minute = rng.randrange(24), rng.choice((0, 0, 30, 15, rng.randrange(60)))
    return f"{hour:02d}{rng.choice('...::')}{minute:02d}{rng.choice((' น.', ' น.', 'น.', ' นาฬิกา', ''))}"


def phone(rng: Random) -> str:
    area, mark = rng.choice(("2", "3", "4", "5", "7")), rng.choice("-- ")
    return rng.choice((
        f"0{mark}{area}{digits(rng, 3)}{mark}{digits(rng, 4)}",
        f"0-{area}{digits(rng, 3)}-{digits(rng, 4)}-{rng.randrange(10)}",
        f"0{area}-{digits(rng, 7)}",
        f"0{area}{digits(rng, 7)}",
        f"0{area}{digits(rng, 1)}-{digits(rng, 6)}",
        f"0{rng.choice('689')}{digits(rng, 1)}-{digits(rng, 3)}-{digits(rng, 4)}",
        f"0{rng.choice('689')} {digits(rng, 4)} {digits(rng, 4)}",
        f"0-{area}{digits(rng, 3)}-{digits(rng, 4)} ต่อ {digits(rng, rng.choice((2, 3, 4)))}",
    ))


def money(rng: Random) -> str:
    amount = rng.randrange(1, 10 ** rng.choice((2, 3, 4, 5, 6, 7, 8)))
    return rng.choice((f"{amount:,}", f"{amount:,}.-", f"{amount:,}.{digits(rng, 2)}", f"{amount}", f"{amount:,}.00"))


def percent(rng: Random) -> str:
    return rng.choice((f"{rng.randrange(101)}", f"{rng.randrange(100)}.{digits(rng, 2)}", f"{rng.randrange(101)}%",
                       f"{rng.randrange(100)}.{digits(rng, 1)} %"))


def identity_card(rng: Random) -> str:
    parts = (digits(rng, 1), digits(rng, 4), digits(rng, 5), digits(rng, 2), digits(rng, 1))
    return rng.choice(("-", " ", "")).join(parts)
