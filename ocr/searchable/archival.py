"""What makes a PDF an archival one (PDF/A-2b, ISO 19005-2): a colour profile, metadata that say so, nothing else."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream, String
from PIL import ImageCms

_PART, _LEVEL = "2", "B"
_PROFILE_DATE = slice(24, 36)  # of an ICC profile: when it was made, which would differ from run to run


def only_what_shows(page: Page) -> None:
    """Leaves of a page what it looks like: no notes, links, scripts, thumbnails."""
    kept = ("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents")
    for key in list(page.obj.keys()):
        if key not in kept:
            del page.obj[key]


def declare(pdf: Pdf, title: str, maker: str) -> None:
    """Writes the colour profile and the metadata of PDF/A-2b into a document made of plain pages."""
    profile = Stream(pdf, srgb())
    profile["/N"] = 3
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"),
                        Info=String("sRGB IEC61966-2.1"), DestOutputProfile=pdf.make_indirect(profile))
    pdf.Root["/OutputIntents"] = Array([pdf.make_indirect(intent)])
    describe(pdf, title, maker)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as words:
        words["pdfaid:part"] = _PART
        words["pdfaid:conformance"] = _LEVEL


def describe(pdf: Pdf, title: str, maker: str) -> None:
    """Title and maker, in the metadata and in the old information dictionary alike, as PDF/A wants them."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as words:
        words["dc:title"] = title
        words["pdf:Producer"] = maker
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Producer"] = maker


def srgb() -> bytes:
    """The sRGB profile as Little CMS makes it, always the same bytes."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_PROFILE_DATE] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 1 January 2000
    return bytes(made)
