"""The faces lines are drawn in: which there are, how large they are drawn, and which characters they have."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import ImageFont

from training.charset import CHARACTERS
from training.corpus import Part

FACES_FILE = Path(__file__).parent / "data" / "faces.tsv"
#: Folders with faces. TH Sarabun is not in Debian; SARABAN_FONTS names the folder it was put into.
FOLDERS = (Path("/usr/share/fonts/truetype"), Path(os.environ.get("SARABAN_FONTS", "../shared/data/fonts")))
#: Height of ก in TH Sarabun, in ems. Others are scaled to it: 16 points of TH Sarabun is 10.6 of Laksaman.
CONSONANT_HEIGHT = 0.40
STYLES = ("regular", "bold", "italic", "bold italic")
_STYLE_SHARES = (70, 24, 4, 2)
_PROBE = 200  # pixels per em when a face is measured


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: family, style, factor on its size, characters, and the face of its Latin letters if another."""

    family: str
    style: str
    path: Path
    scale: float
    characters: frozenset[str]
    latin: Path | None
    latin_always: bool

    @property
    def thai_digits_only(self) -> bool:
        """TH SarabunIT๙ draws the ASCII digits as Thai digits."""
        return self.path.name.startswith("THSarabunIT9")

    @property
    def monospaced(self) -> bool:
        """Typewriter faces, whose marks go astray when letters are drawn one by one."""
        return any(part in self.family for part in ("Typ", "Mono"))


@dataclass(frozen=True)
class Cabinet:
    """The faces of one part with their shares."""

    families: list[list[Face]]
    shares: list[float]

    def draw(self, rng: Random, text: str) -> Face:
        """A face that has every character of the text; the first family's if none has."""
        needed = set(text) - {" "}
        for _ in range(12):
            faces = rng.choices(self.families, self.shares)[0]
            face = rng.choices(faces, [_STYLE_SHARES[STYLES.index(face.style)] for face in faces])[0]
            if needed <= face.characters:
                return face
        return self.families[0][0]


@cache
def cabinet(part: Part) -> Cabinet:
    """The installed faces of a part. Raises FileNotFoundError when there is none at all."""
    families, shares = [], []
    for row in FACES_FILE.read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        family, role, share, latin, names = row.split("\t")
        faces = _faces(family, latin, names.split()) if role == part else []
        if faces:
            families.append(faces)
            shares.append(float(share))
    if not families:
        raise FileNotFoundError(f"no face of {FACES_FILE.name} is installed; apt install fonts-thai-tlwg-ttf")
    return Cabinet(families, shares)


def _faces(family: str, latin: str, names: Sequence[str]) -> list[Face]:
    """The files of a family that are there; none of one that has no Latin letters and whose Latin face is missing."""
    if latin.startswith("!") and not font_file(latin[1:] + "-Regular"):
        return []
    found = [(style, path) for style, name in zip(STYLES, names, strict=False) if (path := font_file(name))]
    return [_face(family, style, path, latin) for style, path in found]


def _face(family: str, style: str, path: Path, latin: str) -> Face:
    suffix = "-" + {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bold italic": "BoldItalic"}[style]
    latin_path = None if latin == "-" else font_file(latin.lstrip("!") + suffix)
    own = _characters(path)
    borrowed = _characters(latin_path) if latin_path and latin.startswith("!") else frozenset()
    top, bottom = (ImageFont.truetype(str(path), _PROBE).getbbox("ก")[side] for side in (1, 3))
    scale = CONSONANT_HEIGHT / ((bottom - top) / _PROBE)
    return Face(family, style, path, scale, own | borrowed, latin_path, latin.startswith("!"))


@cache
def font_file(name: str) -> Path | None:
    """Where the font file of this name is installed, if it is."""
    return next((path for folder in FOLDERS for path in sorted(folder.rglob(f"{name}.ttf"))), None)


def _characters(path: Path) -> frozenset[str]:
    """The characters a font file has, told by their looking different from its sign for a missing one."""
    font = ImageFont.truetype(str(path), 40)
    missing = np.asarray(font.getmask("\U0001f9ff")).tobytes()
    return frozenset(c for c in CHARACTERS if (mask := np.asarray(font.getmask(c))).size and mask.tobytes() != missing)
