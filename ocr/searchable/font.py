"""The font of invisible text: no shapes, only boxes, and what every sign means.

It holds exactly the signs of one document. Widths are those of Sarabun, the face of Thai offices, so that a word found
inside a long run of letters is lit up where it is printed. Marks above and below are almost as wide as nothing: readers
that sort signs by their place must find a mark after its letter and before the next one.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

NAME = "SarabanInvisible"
_UNITS = 1000
_USUAL, _WIDE, _MARK = 560, 1000, 30
_WIDTHS = Path(__file__).parent / "widths.tsv"
_PER_BLOCK = 100  # the most entries of one block of a ToUnicode map


class Codes:
    """Which code of the layer's font stands for which sign; codes are given out in the order in which signs come."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def hex(self, text: str) -> str:
        """The text in the font's codes, two bytes a sign."""
        return "".join(f"{self._codes.setdefault(sign, len(self._codes) + 1):04X}" for sign in text)

    def width(self, text: str) -> float:
        """How wide the text is in type sizes."""
        return sum(map(_width, text)) / _UNITS

    @property
    def signs(self) -> tuple[str, ...]:
        """The signs in the order of their codes, which count from 1."""
        return tuple(self._codes)


def _width(sign: str) -> int:
    known = _widths().get(ord(sign))
    if known:
        return known
    if known == 0 or unicodedata.category(sign) in ("Mn", "Cf"):
        return _MARK
    return _WIDE if unicodedata.east_asian_width(sign) in "WF" else _USUAL


@cache
def _widths() -> dict[int, int]:
    rows = (line.split("\t") for line in _WIDTHS.read_text("utf-8").splitlines() if line.startswith("U+"))
    return {int(code[2:], 16): int(width) for code, width in rows}


def embed(pdf: Pdf, font: Object, signs: Iterable[str]) -> None:
    """Makes ``font``, a dictionary of ``pdf`` that pages refer to already, the font of these signs."""
    signs = tuple(signs)
    widths = [_width(sign) for sign in signs]
    program = Stream(pdf, font_file(signs))
    program["/Length1"] = len(program.read_bytes())
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{NAME}"), Flags=4, FontBBox=Array([0, 0, _UNITS, _UNITS]),
        ItalicAngle=0, Ascent=_UNITS, Descent=-1, CapHeight=_UNITS, StemV=80, FontFile2=pdf.make_indirect(program))
    shapes = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{NAME}"), CIDToGIDMap=Name.Identity, DW=_USUAL,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        W=Array([1, Array(widths)]), FontDescriptor=pdf.make_indirect(descriptor))
    meaning = pdf.make_indirect(Stream(pdf, to_unicode(signs)))
    for key, value in (("/Type", Name.Font), ("/Subtype", Name.Type0), ("/BaseFont", Name(f"/{NAME}")),
                       ("/Encoding", Name("/Identity-H")), ("/DescendantFonts", Array([pdf.make_indirect(shapes)])),
                       ("/ToUnicode", meaning)):
        font[key] = value


def font_file(signs: Iterable[str]) -> bytes:
    """A TrueType font of hollow glyphs: ``.notdef``, then one for each sign, with its width. Always the same bytes for
    the same signs."""
    signs = tuple(signs)
    names = [".notdef", *(f"sign{number}" for number in range(1, len(signs) + 1))]
    builder = FontBuilder(_UNITS, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(sign): name for sign, name in zip(signs, names[1:], strict=True)})
    widths = [_USUAL, *map(_width, signs)]
    builder.setupGlyf({name: _hollow(width) for name, width in zip(names, widths, strict=True)})
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in zip(names, widths, strict=True)})
    builder.setupHorizontalHeader(ascent=_UNITS, descent=-1)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(sTypoAscender=_UNITS, sTypoDescender=0, usWinAscent=_UNITS, usWinDescent=1)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


def _hollow(width: int) -> Glyph:
    """A glyph that spans its whole box with a line of no area: pdfium passes over text whose glyphs have no extent, and
    nothing shows even where a reader draws invisible text."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((width // 2, _UNITS // 2))
    pen.lineTo((width, _UNITS))
    pen.closePath()
    return pen.glyph()


def to_unicode(signs: Iterable[str]) -> bytes:
    """The map from codes to signs (PDF 1.7, 9.10.3)."""
    pairs = [f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for code, sign in enumerate(signs, start=1)]
    blocks = [pairs[at : at + _PER_BLOCK] for at in range(0, len(pairs), _PER_BLOCK)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
