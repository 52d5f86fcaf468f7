"""What a page of a PDF is made of: where it lies, whether it has text of its own, whether an archive may keep it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError, Stream

_SHOWING = {"Tj", "TJ", "'", '"'}
_ABOUT_TEXT = _SHOWING | {"BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*"}
_INVISIBLE = 3
_DEEPEST = 8  # forms inside forms

# What a page of an archival copy may be made of (ISO 19005-2, 6.2): pictures and plain shapes in grey or RGB.
_PLAIN_OPERATORS = {
    "q", "Q", "cm", "Do", "w", "J", "j", "M", "d", "m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B",
    "B*", "b", "b*", "n", "W", "W*", "g", "G", "rg", "RG", "BMC", "EMC"}
_PLAIN_FILTERS = {"/DCTDecode", "/FlateDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/RunLengthDecode"}
_PLAIN_COLOURS = {"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB"}
_PLAIN_DEPTHS = (1, 2, 4, 8)


class Text(StrEnum):
    """The text that a page shows by itself."""

    NONE = "none"
    INVISIBLE = "invisible"  # laid under a scan by another program
    VISIBLE = "visible"
    UNKNOWN = "unknown"      # its content cannot be read


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as it is shown: width and height in points, and the matrix from there (origin at the lower left) to the
    page's own coordinates."""

    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]


def frame_of(page: Page) -> Frame:
    """The part of the page that is shown (its CropBox), turned as it is shown."""
    left, bottom, right, top = _box(page)
    across, up = right - left, top - bottom
    match _inherited(page, "/Rotate", 0) % 360:
        case 90:
            return Frame(up, across, (0, 1, -1, 0, right, bottom))
        case 180:
            return Frame(across, up, (-1, 0, 0, -1, right, top))
        case 270:
            return Frame(up, across, (0, -1, 1, 0, left, top))
        case _:
            return Frame(across, up, (1, 0, 0, 1, left, bottom))


def _box(page: Page) -> tuple[float, float, float, float]:
    """The CropBox as far as it lies inside the MediaBox, which is what readers show; points."""
    media, crop = _sides(page.mediabox), _sides(page.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def _sides(box: Object) -> tuple[float, float, float, float]:
    one, two, three, four = (float(side) for side in Array(box))
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _inherited(page: Page, key: str, default: Any) -> Any:
    node: Any = page.obj
    for _ in range(64):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return default


def own_resources(page: Page) -> Object:
    """The page's resources, made its own: pages often share one dictionary, or inherit it."""
    found = _inherited(page, "/Resources", Dictionary())
    page.obj["/Resources"] = Dictionary(dict(found.items()))
    resources = page.obj["/Resources"]
    resources["/Font"] = Dictionary(dict(resources.get("/Font", Dictionary()).items()))
    return resources


def text_of(page: Page) -> Text:
    """What text the page shows."""
    try:
        modes = set(_modes(page.obj, _inherited(page, "/Resources", Dictionary()), 0))
    except (PdfError, ValueError, TypeError, KeyError):
        return Text.UNKNOWN
    if not modes:
        return Text.NONE
    return Text.INVISIBLE if modes == {_INVISIBLE} else Text.VISIBLE


def _modes(container: Object, resources: Object, depth: int) -> Iterator[int]:
    """The rendering mode of every piece of text in a page or form, those inside its forms too."""
    mode, kept = 0, []
    for step in pikepdf.parse_content_stream(container):
        match str(step.operator):
            case "q":
                kept.append(mode)
            case "Q" if kept:
                mode = kept.pop()
            case "Tr":
                mode = int(step.operands[0])
            case "Do" if (form := _form(resources, step.operands[0])) is not None and depth < _DEEPEST:
                yield from _modes(form, form.get("/Resources", resources), depth + 1)
            case name if name in _SHOWING:
                yield mode


def _form(resources: Object, name: Object) -> Object | None:
    """The form of this name; ``None`` for pictures."""
    found = resources.get("/XObject", Dictionary()).get(str(name))
    return found if found is not None and found.get("/Subtype") == Name.Form else None


def drop_text(pdf: Pdf, page: Page) -> None:
    """Takes all text out of a page of ``pdf``, in its forms too. Meant for invisible text: the look stays."""
    page.obj["/Contents"] = Stream(pdf, _without_text(page.obj))
    resources = own_resources(page)
    _bare(resources.get("/XObject", Dictionary()), 0)


def _bare(objects: Object, depth: int) -> None:
    """Takes the text out of the forms among these objects."""
    for _, form in objects.items():
        if form.get("/Subtype") == Name.Form and depth < _DEEPEST:
            form.write(_without_text(form))
            _bare(form.get("/Resources", Dictionary()).get("/XObject", Dictionary()), depth + 1)


def _without_text(container: Object) -> bytes:
    kept = [step for step in pikepdf.parse_content_stream(container) if str(step.operator) not in _ABOUT_TEXT]
    return pikepdf.unparse_content_stream(kept)


def is_plain(page: Page) -> bool:
    """Whether an archival copy may keep the page as it is: nothing but pictures and shapes in grey or RGB, in forms
    that PDF/A-2 allows. Where that is not sure, it is not plain."""
    try:
        objects = _inherited(page, "/Resources", Dictionary()).get("/XObject", Dictionary())
        return (all(map(_plain_step, pikepdf.parse_content_stream(page)))
                and all(_plain_picture(found) for _, found in objects.items()))
    except (PdfError, ValueError, TypeError, KeyError):
        return False


def _plain_step(step: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage) -> bool:
    """A plain operator, or a mark that says what something is; not one that hides it or gives it text."""
    if str(step.operator) != "BDC":
        return str(step.operator) in _PLAIN_OPERATORS
    tag, properties = step.operands
    return tag != Name.OC and "/ActualText" not in (properties if isinstance(properties, Dictionary) else ())


def _plain_picture(found: Object) -> bool:
    filters = found.get("/Filter", Array())
    names = {str(filters)} if isinstance(filters, Name) else {str(name) for name in Array(filters)}
    odd = ("/SMask", "/Mask", "/Alternates", "/OPI", "/Metadata")
    return (
        found.get("/Subtype") == Name.Image and names <= _PLAIN_FILTERS and not found.get("/Interpolate", False)
        and not any(key in found for key in odd) and int(found.get("/BitsPerComponent", 1)) in _PLAIN_DEPTHS
        and (bool(found.get("/ImageMask", False)) or _plain_colour(found.get("/ColorSpace")))
    )


def _plain_colour(space: Object | None) -> bool:
    if space is None:
        return False
    if isinstance(space, Name):
        return str(space) in _PLAIN_COLOURS
    kind = str(space[0])
    if kind == "/Indexed":
        return _plain_colour(space[1])
    if kind == "/ICCBased":
        return int(space[1].get("/N", 0)) in (1, 3)
    return kind in _PLAIN_COLOURS
