"""A letter as a row of blocks from top to bottom: what stands where, before lines are broken. Lengths in mm."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from samples import hand
from samples.context import Context, date_words
from samples.markup import Marked, read
from samples.truth import printed_number

LEFT, WIDTH = 30.0, 161.0
RIGHT_COLUMN = 98.0
TAIL_COLUMN = 136.0
WIDEST_POSITION = 60  # characters of post and form on one line


@dataclass
class Block:
    """Text to be broken into lines within ``width``: the first line starts at ``x + first``, the others at ``x``.

    ``cells`` instead of ``text`` is one line of pieces ``(x, printed text, HTML)``. ``extra`` is HTML that stands in
    the ``space`` above the block. Blocks of one ``group`` stay on one page. ``row`` is the line's own height. ``tail``
    stands in a column of its own right of the last line (``จำนวน ๑ ชุด``).
    """

    text: str = ""
    x: float = 0.0
    first: float = 0.0
    width: float = WIDTH
    css: str = ""
    gap: float = 0.0
    label: str = ""
    cells: tuple[tuple[float, str, str], ...] = ()
    group: str = ""
    extra: str = ""
    space: float = 0.0
    row: float = 0.0
    tail: str = ""


def cells(*pieces: tuple[float, str], **kwargs: Any) -> Block:
    """One line of plain pieces."""
    return Block(cells=tuple((x, text, text) for x, text in pieces if text), **kwargs)


def blocks_of(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    """The letter's blocks in reading order, by its kind."""
    head = HEADS[letter["kind"]](letter, context, rng)
    body = [_paragraph(read(text, context)) for text in letter["body"]]
    return [*head, *body, *_end(letter, context, rng)]


def number_cell(letter: dict[str, Any], context: Context, rng: random.Random) -> tuple[str, str]:
    """Printed text and HTML of the number line; a handwritten or stamped running number is in the HTML only."""
    printed = printed_number(letter, context)
    by_hand, by_machine = letter.get("hand", []), letter.get("stamped", [])
    if "serial" not in (*by_hand, *by_machine):
        return printed, printed
    serial = str(context.number(letter["number"])["serial"])
    if "serial" in by_machine:
        typed = printed[:printed.rindex(serial)]
        return typed.rstrip(), f"{typed} {hand.machine(serial, rng)}"
    serial = context.print(serial)
    if "mark" in by_hand:
        serial = f"ว {serial}"
    typed = printed[:printed.rindex(serial)]
    return typed.rstrip(), f"{typed} {hand.digits(serial, rng, context.writer)}"


def date_cell(letter: dict[str, Any], context: Context, rng: random.Random, form: str = "") -> tuple[str, str]:
    """Printed text and HTML of the letter's date; a handwritten or stamped day is in the HTML only. A date without a
    day (``2023-03``) leaves its place empty, as on copies made before the day was filled in."""
    iso = context.shift(str(letter["date"]))
    if iso.count("-") == 1:
        month = context.print(date_words(iso, "m"))
        return month, f"{'&nbsp;' * 9}{month}"
    words = date_words(iso, letter.get("date_form", form))
    day, _, rest = words.partition(" ")
    if "day" in letter.get("stamped", []):
        rest = context.print(rest)
        return rest, f"{hand.machine(day, rng)}&nbsp;&nbsp;{rest}"
    words = context.print(words)
    if "day" not in letter.get("hand", []):
        return words, words
    day, _, rest = words.partition(" ")
    return rest, f"{hand.digits(day, rng, context.writer)}&nbsp;&nbsp;{rest}"


def _marks(letter: dict[str, Any], context: Context) -> list[Block]:
    """Urgency and secrecy as typed above the number; those put on with a rubber stamp are no print."""
    big = "font-weight:700;font-size:1.35em"
    found = []
    if letter.get("secrecy") and not letter.get("secrecy_stamped"):
        found.append(cells((WIDTH / 2 - 8, letter["secrecy"]), css=big, row=9))
    if "urgent_by" in letter:
        found.append(cells((0, read(letter["urgent_by"], context).text), css=big, row=9))
    elif letter.get("urgency") and not letter.get("urgency_stamped"):
        found.append(cells((0, letter["urgency"]), css=big, row=9))
    return found


def _head_lines(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    number = number_cell(letter, context, rng)
    office = [context.print(context.fill(line)) for line in letter["office"]]
    first = Block(cells=((0, *number), (RIGHT_COLUMN, office[0], office[0])))
    return [*_marks(letter, context), first, *(cells((RIGHT_COLUMN, line)) for line in office[1:])]


def _labelled(label: str, text: str, gap: float = 1.2) -> Block:
    indent = {"เรื่อง": 12.0, "เรียน": 12.0, "อ้างถึง": 15.0, "นมัสการ": 18.0, "กราบเรียน": 20.0}.get(label, 28.0)
    return Block(text=text, x=indent, width=WIDTH - indent, label=label, gap=gap)


def _labelled_list(label: str, texts: list[str], context: Context) -> list[Block]:
    """One block for each text; what stands behind ``||`` goes to a column of its own."""
    found = []
    for text in texts:
        body, _, tail = read(text, context).text.partition("||")
        found.append(_labelled(label, body.strip()))
        found[-1].tail = tail.strip()
        found[-1].width -= WIDTH - TAIL_COLUMN + 3 if tail else 0
    for block in found[1:]:
        block.label, block.gap = "", 0.0
    return found


def _address(letter: dict[str, Any], context: Context) -> str:
    return context.print(context.fill(letter.get("to_form") or " ".join(letter["to"])))


def _addressees(letter: dict[str, Any], context: Context) -> list[Block]:
    """Addressees in running words, or one to a line where the letter lists them in ``to_lines``."""
    if "to_lines" in letter:
        return _labelled_list(letter["addressed_as"], letter["to_lines"], context)
    return [_labelled(letter["addressed_as"], _address(letter, context))]


def _external(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    date = date_cell(letter, context, rng)
    return [*_head_lines(letter, context, rng),
            Block(cells=((70.0 if "day" in letter.get("hand", []) else 78.0, *date),), gap=1.5),
            _labelled("เรื่อง", read(letter["subject"], context).text, 2.0),
            *_addressees(letter, context),
            *_labelled_list("อ้างถึง", letter.get("reference", []), context),
            *_labelled_list("สิ่งที่ส่งมาด้วย", letter.get("enclosures", []), context)]


def _stamped(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    number = number_cell(letter, context, rng)
    return [*_marks(letter, context), Block(cells=((0, *number),)), _labelled("ถึง", _address(letter, context), 3.0)]


def _memo(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    contact = read(letter["contact"], context).text if "contact" in letter else ""
    office = context.print(context.fill(letter["office"][0]))
    number, date = number_cell(letter, context, rng), date_cell(letter, context, rng)
    dated = (80.0, f"วันที่ {date[0]}", f"วันที่ &nbsp;&nbsp;&nbsp;{date[1]}")
    return [cells((58, "บันทึกข้อความ"), css="font-weight:700;font-size:1.7em", row=12, gap=-14), *_marks(letter, context),
            cells((0, f"ส่วนราชการ {office} {contact}".rstrip()), gap=2.0),
            Block(cells=((0, *number), dated)),
            _labelled("เรื่อง", read(letter["subject"], context).text, 0.0),
            Block(cells=((0, "", '<span class="rule"></span>'),), row=2),
            _labelled(letter["addressed_as"], _address(letter, context), 1.5)]


def _radio(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    number, date = number_cell(letter, context, rng), date_cell(letter, context, rng)
    dated = (95.0, f"วันที่ {date[0]}", f"วันที่ &nbsp;&nbsp;&nbsp;{date[1]}")
    urgency = letter.get("urgency") if not letter.get("urgency_stamped") else ""
    return [cells((55, context.fill(letter["form"])), css="font-weight:700", row=12),
            cells((0, f"ความเร่งด่วน {urgency}".strip())), Block(cells=((0, *number), dated)),
            cells((0, f"จาก {context.fill(letter['from'])}")),
            Block(text=_address(letter, context), x=10, width=WIDTH - 10, label="ถึง"),
            Block(cells=((0, "", '<span class="rule dots"></span>'),), row=5),
            cells((72, "ข้อความ"), css="text-decoration:underline", row=10)]


def _order(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    title = [context.print(context.fill(line)) for line in letter["title"]]
    if "number" in letter:
        title.append(number_cell(letter, context, rng)[0])
    title.append(f"เรื่อง {read(letter['subject'], context).text}")
    found = [Block(text=line, css="text-align:center;font-weight:700") for line in title]
    return [*_marks(letter, context), *found, Block(cells=((0, "", '<span class="rule middle"></span>'),), row=5)]


HEADS = {"external": _external, "stamped": _stamped, "memo": _memo, "radio": _radio,
         "order": _order, "announcement": _order}


def _paragraph(marked: Marked) -> Block:
    return Block(text=marked.text, first=25.0, gap=1.4)


def _end(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    found = list(letter.get("closing_lines", []))
    ends = [Block(text=context.print(context.fill(line)), first=25, gap=2) for line in found]
    if ends:
        ends[-1].group = "end"  # a signature never stands alone on its page
    if letter["kind"] in ("order", "announcement"):
        stem = "สั่ง ณ วันที่" if letter["kind"] == "order" else "ประกาศ ณ วันที่"
        text, html = date_cell(letter, context, rng, "p")
        ends.append(Block(cells=((40.0, f"{stem} {text}", f"{stem} &nbsp;&nbsp;&nbsp;{html}"),), gap=3, group="end"))
    if letter["kind"] == "external":
        closing = letter.get("closing", "ขอแสดงความนับถือ")
        ends.append(Block(text=closing, x=60, width=90, css="text-align:center", gap=4, group="end"))
    ends += _signed(letter, context, rng) if "sign" in letter else _sealed(letter, context, rng)
    return [*ends, *_qr(letter, context), *_office_block(letter, context)]


def _signed(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    signed = letter["sign"]
    position = [context.fill(signed["position"]), *([signed["acting"]] if "acting" in signed else [])]
    wide = sum(map(len, position)) > WIDEST_POSITION
    lines = [f"({signed['name']})", *(position if wide else [signed.get("between", " ").join(position)])]
    lines += [context.fill(signed["for"])] if "for" in signed else []
    found = [Block(text=context.print(line), x=52, width=106, css="text-align:center", group="end") for line in lines]
    drawn = f'<div class="signed">{hand.signature(rng)}</div>'
    if "rank" in signed:  # stands by itself left of the signature, above the name
        rank = Block(cells=((62.0, signed["rank"], signed["rank"]),), space=7.5, group="end")
        rank.extra = drawn.replace('class="signed"', 'class="signed" style="left:58mm"')
        return [rank, *found]
    found[0].space, found[0].extra = 14.0, drawn
    return found


def _sealed(letter: dict[str, Any], context: Context, rng: random.Random) -> list[Block]:
    """A stamped letter ends with its office's name and the date, under the seal; the date may be missing."""
    lines = [(context.fill(letter["issuer"]), context.fill(letter["issuer"]))]
    if "date" in letter:
        lines.append(date_cell(letter, context, rng))
    found = [Block(cells=((78.0, *line),), group="end") for line in lines]
    found[0].space, found[0].extra = 16.0, "seal"
    return found


def _qr(letter: dict[str, Any], context: Context) -> list[Block]:
    if "qr" not in letter:
        return []
    caption = context.print(letter["qr"]["caption"])
    return [Block(text=caption, width=70, css="font-size:.85em", space=23, extra="qr", gap=1)]


def _office_block(letter: dict[str, Any], context: Context) -> list[Block]:
    found = [Block(text=read(line, context).text, group="office") for line in letter.get("block", [])]
    if found:
        found[0].gap = 5.0
    return found
