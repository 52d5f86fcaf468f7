"""Type faces of the sample pages: Debian's Thai faces, and those of Thai offices where they lie beside the project."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

BESIDE = Path(__file__).parents[2] / "shared" / "data" / "fonts"


@dataclass(frozen=True)
class Face:
    """A face as set in offices: family, size in pt, files beside the project (regular, bold) or none for Debian's.
    ``narrow`` squeezes every line to that share of its width, ``weight`` is CSS's."""

    family: str
    size: float
    files: tuple[str, ...] = ()
    narrow: float = 1.0
    weight: int = 400

    @property
    def present(self) -> bool:
        """Whether its files are there (Debian's faces are taken as installed)."""
        return all((BESIDE / file).is_file() for file in self.files)

    def css(self) -> str:
        """``@font-face`` rules with the files inlined; empty for installed faces."""
        rules = ""
        for file, weight in zip(self.files, (400, 700), strict=False):
            data = base64.b64encode((BESIDE / file).read_bytes()).decode()
            rules += (f"@font-face{{font-family:'{self.family}';font-weight:{weight};"
                      f"src:url(data:font/ttf;base64,{data})}}")
        return rules


# Sizes that look like TH Sarabun 16 pt. SarabunIT๙ draws ASCII digits as Thai ones: only for packets in Thai digits.
FACES = {
    "sarabun": Face("Sample Sarabun", 16, ("THSarabun.ttf", "THSarabun_Bold.ttf")),
    "sarabun-new": Face("Sample Sarabun New", 16, ("THSarabunNew.ttf", "THSarabunNew_Bold.ttf")),
    "sarabun-it9": Face("Sample Sarabun IT9", 16, ("THSarabunIT9.ttf", "THSarabunIT9_Bold.ttf")),
    "laksaman": Face("Laksaman", 10.8),
    "norasi": Face("Norasi", 11.5),
    "kinnari": Face("Kinnari", 11),
    "garuda": Face("Garuda", 10),
    "loma": Face("Loma", 10.5),
    "waree": Face("Waree", 9.8),
    "umpush": Face("Umpush", 11),
    "sawasdee": Face("Sawasdee", 10.5),
    # Stand-ins for the faces of letters before TH Sarabun: thin and narrow with high marks, and a typewriter.
    "angsana-like": Face("Norasi", 12.4, narrow=.82),
    "cordia-like": Face("Umpush", 12.2, narrow=.8, weight=300),
    "browallia-like": Face("Garuda", 11.4, narrow=.78),
    "typist": Face("Tlwg Typist", 11.6, narrow=.8, weight=700),
}


def face(name: str) -> Face:
    """The face of that name; Laksaman, drawn after TH Sarabun, where its files are missing."""
    found = FACES[name]
    return found if found.present else FACES["laksaman"]
