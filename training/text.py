"""Lines of text as Thai official letters hold them. The same seed and index give the same line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from training import numbers
from training.charset import LATIN, PUNCTUATION, THAI_DIGITS
from training.corpus import Corpus, Part, load

Digits = Literal["thai", "arabic"]
#: The kinds of line and how often each comes.
KINDS = {
    "sentences": 24, "heads": 18, "number": 9, "date": 5, "rows": 7, "lists": 9, "common": 8, "words": 8, "latin": 13,
    "figures": 6, "mixture": 8, "abbreviations": 3,
}
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_SLOT = re.compile(r"\{(\w+)\}")
# A place where a line may be cut: before a character that starts a syllable's written form.
_CUT = re.compile(r"(?<![เแโใไ\u0e31\u0e34-\u0e3a])(?=[เแโใไก-ฮA-Za-z0-9๐-๙ (“])(?![ก-ฮ][\u0e4c])")


@dataclass(frozen=True, slots=True)
class Line:
    """What is printed on a line (double spaces for wide gaps), the kind of line, and the style of its digits."""

    text: str
    kind: str
    digits: Digits


def line(seed: int, index: int, part: Part = "teach") -> Line:
    """Line ``index`` of the endless text with this seed: 1 to about 80 characters."""
    rng, corpus = Random(f"{part}/{seed}/{index}"), load(part)
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    style: Digits = rng.choice(("thai", "arabic"))
    text = _cut(tidy(_MAKERS[kind](rng, corpus)), rng)
    text = in_style(text, style)
    if rng.random() < 0.2:
        text = text.replace(" ", " " * rng.choice((2, 3)))
    return Line(text or "-", kind, style)


def in_style(text: str, style: Digits) -> str:
    """The text with its digits in a style; words with Latin letters (addresses, product names) keep Arabic digits."""
    if style == "arabic":
        return text
    words = re.split(r"( +)", text)
    return "".join(word if set(word) & set(LATIN) else word.translate(_TO_THAI) for word in words)


def tidy(text: str) -> str:
    """One form for one look: single spaces, ำ and แ as one character each, tone marks after vowel marks."""
    text = text.replace("เเ", "แ")
    text = re.sub(r"ํ([่-๋]?)า", r"\1ำ", text)
    text = re.sub(r"([่-๋])([ัิ-ฺ])", r"\2\1", text)
    return " ".join(text.split())


def fill(pattern: str, rng: Random, corpus: Corpus) -> str:
    """A pattern with every ``{slot}`` replaced, slots inside the fillings too."""
    while _SLOT.search(pattern):
        pattern = _SLOT.sub(lambda slot: _SLOTS[slot[1]](rng, corpus), pattern)
    return pattern


def _cut(text: str, rng: Random) -> str:
    """A piece of a long line, as a printed line breaks anywhere between syllables."""
    limit = rng.choice((24, 36, 48, 60, 80))
    if len(text) <= limit:
        return text
    starts = [found.start() for found in _CUT.finditer(text)] or [0]
    start = rng.choice([at for at in starts if at <= len(text) - limit // 2] or [0]) if rng.random() < 0.6 else 0
    ends = [at for at in starts if start < at <= start + limit]
    return text[start : ends[-1] if ends else None].strip()[:100]


def _pattern(name: str) -> Callable[[Random, Corpus], str]:
    return lambda rng, corpus: fill(corpus.draw(name, rng), rng, corpus)


def _drawn(name: str) -> Callable[[Random, Corpus], str]:
    return lambda rng, corpus: corpus.draw(name, rng)


def _plain(maker: Callable[[Random], str]) -> Callable[[Random, Corpus], str]:
    return lambda rng, _corpus: maker(rng)


def _common_word(rng: Random, corpus: Corpus) -> str:
    return corpus.common.draw(rng)


def _common_line(rng: Random, corpus: Corpus) -> str:
    gaps = ("", " ", " ๆ ", "ๆ ", "ฯ ")
    words = (corpus.common.draw(rng) + rng.choices(gaps, (30, 6, 1, 1, 1))[0] for _ in range(rng.randrange(1, 16)))
    return "".join(words)


def _words_line(rng: Random, corpus: Corpus) -> str:
    return "".join(corpus.draw("words", rng) + rng.choice(("", "", " ")) for _ in range(rng.randrange(1, 9)))


def _number_line(rng: Random, corpus: Corpus) -> str:
    number = numbers.letter_number(rng, corpus)
    pattern = rng.choice((
        "ที่ {}", "ที่{}", "ที่ {} ลงวันที่ {date}", "{}", "{office} ที่ {} ลงวันที่ {date}", "{urgency} ที่ {}",
        "ที่ {} เรื่อง {topic}", "หนังสือที่ {} ลว. {date}",
    ))
    return fill(pattern.replace("{}", number), rng, corpus)


def _date_line(rng: Random, corpus: Corpus) -> str:
    pattern = rng.choice((
        "{date}", "วันที่ {date}", "ลงวันที่ {date}", "ภายในวันที่ {date}", "วัน{weekday}ที่ {date} เวลา {time}",
        "ตั้งแต่วันที่ {date} ถึงวันที่ {date}", "{date} {time}",
    ))
    return fill(pattern, rng, corpus)


def _latin_line(rng: Random, corpus: Corpus) -> str:
    makers = (_latin, _latin, _invented, _email, _url, _drawn("units"), _drawn("abbreviations"), _plain(numbers.whole),
              _common_word)
    pieces = [rng.choice(makers)(rng, corpus) for _ in range(rng.randrange(1, 7))]
    text = rng.choice((" ", " ", " ", "/", ", ", "")).join(pieces)
    return f"({text})" if rng.random() < 0.1 else text


def _figures_line(rng: Random, _corpus: Corpus) -> str:
    makers = (numbers.money, numbers.phone, numbers.whole, numbers.percent, numbers.identity_card, numbers.numeric_date,
              numbers.clock, lambda r: numbers.digits(r, r.randrange(1, 12)))
    return rng.choice((" ", "  ", ", ", "/", "-")).join(rng.choice(makers)(rng) for _ in range(rng.randrange(1, 5)))


def _mixture_line(rng: Random, corpus: Corpus) -> str:
    """Rare characters with equal chances among words, so that none is left untaught."""
    makers = (_common_word, _around, _rare, _rare, _sum)
    return rng.choice((" ", " ", "")).join(rng.choice(makers)(rng, corpus) for _ in range(rng.randrange(1, 8)))


def _rare(rng: Random, corpus: Corpus) -> str:
    figures = ("0123456789", THAI_DIGITS)
    rare = rng.choice((PUNCTUATION, PUNCTUATION, "&;!?…–~+", LATIN, "ฅฃฦๅฌฆฯๆ๏", "KXZJQYVWN", *figures))
    sign = "".join(rng.choices(rare, k=rng.choice((1, 1, 2))))
    return rng.choice(("{word}{sign}", "{sign}{word}", "{sign}", "{n}{sign}", "{sign}{n}")).format(
        word=corpus.common.draw(rng), sign=sign, n=numbers.whole(rng))


def _around(rng: Random, corpus: Corpus) -> str:
    pair = rng.choice(("“”", "‘’", '""', "''", "[]", "()", "<>", "{}", "«»", "||", "**"))
    return pair[0] + corpus.common.draw(rng) + pair[1]


def _sum(rng: Random, _corpus: Corpus) -> str:
    first, sign, second = numbers.whole(rng), rng.choice("+-×*/=:<>~^_\\|"), numbers.whole(rng)
    return rng.choice((
        f"{first}{sign}{second}", f"{first} {sign} {second}", f"{first} {sign} {second} = {numbers.whole(rng)}",
        f"${first}", f"฿{first}", f"#{first}", f"{first}°", f"{first}½", f"ม.²{first}", f"√{first}",
        f"สํ{first}", f"สฺ{first}",
    ))


def _abbreviations_line(rng: Random, corpus: Corpus) -> str:
    makers = (_drawn("abbreviations"), _drawn("abbreviations"), _plain(numbers.whole), _common_word,
              _drawn("places"), _initials)
    return rng.choice((" ", " ", "")).join(rng.choice(makers)(rng, corpus) for _ in range(rng.randrange(1, 9)))


def _initials(rng: Random, _corpus: Corpus) -> str:
    letters = rng.choices("กขคงจฉชซญฎฐณดตถทธนบปผฝพฟภมยรลวศษสหอฮ", k=rng.randrange(1, 5))
    return "".join(f"{letter}." for letter in letters)


def _person(rng: Random, corpus: Corpus) -> str:
    family = "".join(rng.choices(corpus.lists["syllables"], k=rng.randrange(2, 5)))
    title = rng.choice(("นาย", "นาง", "นางสาว", "ว่าที่ร้อยตรี ", "พันตำรวจโท ", ""))
    return f"{title}{corpus.draw('firstnames', rng)} {family}"


def _latin(rng: Random, corpus: Corpus) -> str:
    text = corpus.draw("latin", rng)
    return rng.choice((text, text, text, text.upper(), text.lower()))


def _invented(rng: Random, _corpus: Corpus) -> str:
    text = "".join(rng.choices(LATIN, k=rng.randrange(1, 9)))
    return rng.choice((text.capitalize(), text.lower(), text.upper(), text + numbers.digits(rng, rng.randrange(0, 4))))


def _email(rng: Random, _corpus: Corpus) -> str:
    name = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randrange(2, 10)))
    host = rng.choice(("gmail.com", "dla.go.th", "hotmail.com", f"{name[:5]}.go.th", "yahoo.com", "mail.go.th"))
    return f"{name}{rng.choice(('', '_', '.', '-'))}{numbers.digits(rng, rng.randrange(0, 4))}@{host}"


def _url(rng: Random, _corpus: Corpus) -> str:
    name = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randrange(2, 12)))
    code, number = "".join(rng.choices(LATIN, k=6)), numbers.digits(rng, 3)
    tail = rng.choice(("", "", "/", f"/{name[:3]}", f"/{code}", f"/index.php?id={number}"))
    start = rng.choice(("www.", "http://www.", "https://", "http://"))
    return start + name + rng.choice((".go.th", ".com", ".or.th", ".ac.th", ".in.th")) + tail


def _baht(rng: Random, _corpus: Corpus) -> str:
    units = ["หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
    places = rng.sample(["ล้าน", "แสน", "หมื่น", "พัน", "ร้อย", "สิบ"], k=rng.randrange(1, 4))
    return "".join(rng.choice(units) + place for place in places) + "บาทถ้วน"


_MAKERS: dict[str, Callable[[Random, Corpus], str]] = {
    "sentences": _pattern("sentences"), "heads": _pattern("heads"), "number": _number_line, "date": _date_line,
    "rows": _pattern("rows"), "lists": _pattern("lists"), "common": _common_line, "words": _words_line,
    "latin": _latin_line, "figures": _figures_line, "mixture": _mixture_line, "abbreviations": _abbreviations_line,
}

_SLOTS: dict[str, Callable[[Random, Corpus], str]] = {
    "office": _drawn("offices"), "post": _drawn("posts"), "topic": _drawn("topics"), "project": _drawn("projects"),
    "law": _drawn("laws"), "motto": _drawn("mottos"), "unit": _drawn("units"), "place": _drawn("places"),
    "province": _drawn("provinces"), "prov": _drawn("letters"), "word": _common_word,
    "person": _person, "latin": _latin, "email": _email, "url": _url, "baht": _baht, "number": numbers.letter_number,
    "date": _plain(numbers.date), "numdate": _plain(numbers.numeric_date), "year": _plain(numbers.year),
    "yy": lambda rng, _corpus: numbers.year(rng)[2:], "time": _plain(numbers.clock), "phone": _plain(numbers.phone),
    "money": _plain(numbers.money), "percent": _plain(numbers.percent), "n": _plain(numbers.whole),
    "i": lambda rng, _corpus: str(rng.randrange(1, 21)), "j": lambda rng, _corpus: str(rng.randrange(1, 13)),
    "k": lambda rng, _corpus: str(rng.randrange(1, 10)), "zip": lambda rng, _corpus: numbers.digits(rng, 5),
    "idcard": _plain(numbers.identity_card), "code": lambda rng, _corpus: numbers.digits(rng, 8),
    "month": lambda rng, _corpus: rng.choice(numbers.MONTHS),
    "weekday": lambda rng, _corpus: rng.choice(numbers.WEEKDAYS),
    "urgency": lambda rng, _corpus: rng.choice(numbers.URGENCIES),
    "thaiitem": lambda rng, _corpus: rng.choice("กขคงจฉชซฌญ"),
}
