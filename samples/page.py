"""Sheets → HTML pages as the browser shows, photographs or prints them."""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import zxingcpp

from samples import ink
from samples.blocks import Block
from samples.context import Context
from samples.faces import Face
from samples.layout import Placed, Sheet
from samples.truth import copy_words

Fill = Callable[[str], str]
TEMPLATE = (Path(__file__).parent / "templates" / "page.html").read_text(encoding="utf-8")


def document(pages: list[str], face: Face, grain: int = 1) -> str:
    """A whole HTML document of pages (or galleys) in a face."""
    return TEMPLATE % {"faces": face.css(), "family": face.family, "size": face.size, "weight": face.weight,
                       "narrow": face.narrow, "grain": grain, "pages": "\n".join(pages)}


def galley(block: Block) -> str:
    """A block as running text, for the browser to break into lines. A block of cells is one line already."""
    style = (f"width:calc({block.width}mm / var(--narrow));text-indent:calc({block.first}mm / var(--narrow));"
             f"{block.css}")
    return f'<div class="galley" style="{style}">{html.escape(block.text)}</div>'


def qr_svg(data: str, size: float) -> str:
    """A QR code as inline SVG, ``size`` mm wide."""
    code = zxingcpp.create_barcode(data, zxingcpp.BarcodeFormat.QRCode).to_svg(add_quiet_zones=False)
    code = code[code.index("<svg"):]
    code = code.replace("<svg ", '<svg shape-rendering="crispEdges" preserveAspectRatio="none" ', 1)
    side = code.partition('width="')[2].partition('"')[0]
    return code.replace(f'width="{side}" height="{side}"',
                        f'viewBox="0 0 {side} {side}" style="width:{size}mm;height:{size}mm"', 1)


def letter_page(sheet: Sheet, letter: dict[str, Any], context: Context, rng: random.Random,
                settings: dict[str, Any]) -> str:
    """One page of a letter with everything that offices put on it. Only the first page bears head marks and stamps.
    Of the packet's settings, ``justify`` and ``holes`` matter here."""
    inside = "".join(_line(piece, settings.get("justify", False)) for piece in sheet.pieces)
    inside += ink.holes(rng) if settings.get("holes") else ""
    inside += "".join(_extra(name, x, y, letter, context, rng) for name, x, y in sheet.extras)
    if sheet.number == 1:
        inside += _emblem(letter) + _marks(sheet, letter, context, rng)
    else:
        inside += f'<div class="page-number">- {context.print(str(sheet.number))} -</div>'
    if sheet.catch_word:
        inside += f'<div class="catch-word">{sheet.catch_word}</div>'
    if any(name.startswith("<div class=\"signed") or name == "seal" for name, _, _ in sheet.extras):
        inside += _notes(sheet, letter, context, rng)
    return f'<section class="page">{inside}</section>'


def _line(piece: Placed, justify: bool) -> str:
    style = f"left:{piece.x:.2f}mm;top:{piece.y:.2f}mm;{piece.css}"
    if piece.width:
        style += f";width:calc({piece.width:.2f}mm / var(--narrow))"
    if justify and piece.full and "center" not in piece.css:
        style += ";text-align-last:justify"
    content = piece.html if piece.html != piece.text else html.escape(piece.text)
    return f'<div class="ln" style="{style}">{content}</div>'


def _extra(name: str, x: float, y: float, letter: dict[str, Any], context: Context, rng: random.Random) -> str:
    if name == "qr":
        return _at(x + 4, y, qr_svg(letter["qr"]["data"], 22))
    if name == "seal":
        return ink.seal(x + 90, y - 8, context.fill(letter["issuer"]), rng)
    return _at(x, y, name)


def _at(x: float, y: float, content: str) -> str:
    return f'<div style="position:absolute;left:{x:.1f}mm;top:{y:.1f}mm">{content}</div>'


def _emblem(letter: dict[str, Any]) -> str:
    if letter["kind"] == "radio":
        return ""
    return ink.EMBLEM.replace("emblem", "emblem small", 1) if letter["kind"] == "memo" else ink.EMBLEM


def _marks(sheet: Sheet, letter: dict[str, Any], context: Context, rng: random.Random) -> str:
    found = [ink.received(stamp, context, rng, at) for at, stamp in enumerate(letter.get("stamps", []))]
    if "fax" in letter:
        found.append(f'<div class="fax">{html.escape(letter["fax"])}</div>')
    if letter.get("copy_mark"):
        found.append(ink.copy_mark(copy_words(letter) or "", rng))
    if letter.get("urgency_stamped"):
        first = sheet.pieces[0].y
        place = (56.0, first + 9) if letter["kind"] == "radio" else (30.0, first - 12)
        found.append(ink.class_mark(letter["urgency"], *place, rng))
    if letter.get("secrecy_stamped"):
        found += [ink.class_mark(letter["secrecy"], 92, y, rng) for y in (2, 284)]
    return "".join(found)


def _notes(sheet: Sheet, letter: dict[str, Any], context: Context, rng: random.Random) -> str:
    """Notes by hand left of the signature; a second one right of the office block."""
    top = next(y for name, _, y in sheet.extras if name == "seal" or name.startswith("<div class=\"signed"))
    places = ((20.0, top - 3), (132.0, top + 44), (22.0, top + 60))
    found = [ink.note([context.fill(line) for line in lines], *places[at % 3], rng)
             for at, lines in enumerate(letter.get("notes", []))]
    found += [ink.name_stamp([context.fill(line) for line in lines], 128 - 62 * (at % 2), top + 34 + 21 * (at // 2),
                             rng)
              for at, lines in enumerate(letter.get("name_stamps", []))]
    return "".join(found)


def attachment_page(data: dict[str, Any], context: Context) -> tuple[str, str]:
    """HTML and text of a page that is no letter: ``table``, ``manual``, ``form``, ``qr`` or ``other``; ``landscape``
    pages are as wide as A4 is high."""
    def fill(text: str) -> str:
        return context.print(context.fill(text))

    content, rows = ATTACHMENTS[data["kind"]](data, fill)
    title = fill(data["title"])
    shape = "page wide" if data.get("landscape") else "page"
    return (f'<section class="{shape}"><div class="flow"><h1>{title}</h1>{content}</div></section>',
            "\n".join([title, *rows]))


def _table(data: dict[str, Any], fill: Fill) -> tuple[str, list[str]]:
    rows = [[fill(cell) for cell in row] for row in data["rows"]]
    lines = ["".join(f"<{tag}>{cell}</{tag}>" for cell in row) for row, tag in
             zip(rows, ["th", *["td"] * (len(rows) - 1)], strict=True)]
    content = "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    return content, [" ".join(cell for cell in row if cell) for row in rows]


def _manual(data: dict[str, Any], fill: Fill) -> tuple[str, list[str]]:
    content, rows = "", []
    for step in data["steps"]:
        fields = "".join(f'<div>&nbsp;&nbsp;{fill(name)} <span class="input"></span></div>' for name in step["fields"])
        content += (f'<div>{fill(step["text"])}</div><div class="screen"><div class="bar">{fill(step["screen"])}</div>'
                    f'{fields}<span class="button">{fill(step["button"])}</span></div>')
        rows += [fill(words) for words in (step["text"], step["screen"], *step["fields"], step["button"])]
    return content, rows


def _form(data: dict[str, Any], fill: Fill) -> tuple[str, list[str]]:
    rows = [fill(line) for line in data["fields"]]
    return "".join(f'<div>{row} <span class="field"></span></div>' for row in rows), rows


def _qr(data: dict[str, Any], fill: Fill) -> tuple[str, list[str]]:
    rows = [fill(line) for line in data["lines"]]
    content = f'<div class="code">{qr_svg(data["data"], 60)}</div>'
    return content + "".join(f'<div style="text-align:center">{row}</div>' for row in rows), rows


def _other(data: dict[str, Any], fill: Fill) -> tuple[str, list[str]]:
    """Lines of an agenda or plan, then grey stand-ins for photographs with their captions."""
    rows, captions = ([fill(line) for line in data.get(part, [])] for part in ("lines", "pictures"))
    content = "".join(f"<div>{html.escape(row)}</div>" for row in rows)
    for at, caption in enumerate(captions):
        shade = f"linear-gradient({40 + 70 * at}deg, #9a9a9a, #e4e4e4 45%, #6f6f6f 60%, #cfcfcf)"
        content += f'<div class="picture" style="background:{shade}"></div><div class="caption">{caption}</div>'
    return content, [*rows, *captions]


ATTACHMENTS = {"table": _table, "manual": _manual, "form": _form, "qr": _qr, "other": _other}
