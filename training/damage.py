"""What happens to a printed line on its way to a scan, in numbers: by grade of document, or one kind of harm alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

Grade = Literal["clean", "office", "poor"]
GRADES: tuple[Grade, ...] = ("clean", "office", "poor")


@dataclass(frozen=True, slots=True)
class Damage:
    """One line's harm. Lengths are pixels of the scan, shares and levels 0 to 1 unless said otherwise."""

    skew: float = 0.0  # degrees, clockwise
    stretch: float = 1.0  # width against height
    weight: int = 0  # strokes thicker (+) or thinner (-), in steps of half a pixel
    blur: float = 0.3  # standard deviation
    ink: float = 0.05  # grey of full ink
    paper: float = 1.0  # grey of paper
    shade: float = 0.0  # how much darker the paper grows from one side to the other
    noise: float = 0.0  # standard deviation of grey
    specks: float = 0.0  # share of pixels turned black or white
    toner_loss: float = 0.0  # share of the ink's area that is faint
    through: float = 0.0  # how dark the back page shows
    stamp: float = 0.0  # how dark stamp strokes are; 0: no stamp
    underline: bool = False
    dots: bool = False  # dotted leader on the baseline
    rules: bool = False  # table rules at the edges
    neighbours: bool = False  # parts of the lines above and below
    threshold: float | None = None  # black and white, cut at this share of the way from ink to paper
    coarse: float = 1.0  # scanned at this share of the resolution first
    jpeg: int | None = None  # quality
    halftone: bool = False
    motion: int = 0  # length of a smear


def drawn(grade: Grade, rng: Random) -> Damage:
    """Harm as documents of this grade have it."""
    if grade == "clean":
        return Damage(skew=rng.uniform(-0.1, 0.1), blur=rng.uniform(0.1, 0.5), ink=rng.uniform(0, 0.15))
    harsh = grade == "poor"
    cut = rng.uniform(0.45, 0.78) if rng.random() < (0.45 if harsh else 0.2) else None
    return Damage(
        skew=rng.gauss(0, 0.5 if harsh else 0.25),
        stretch=rng.uniform(0.92, 1.08),
        weight=rng.choices((-2, -1, 0, 1, 2), (1, 3, 6, 4, 1) if harsh else (0, 1, 8, 2, 0))[0],
        blur=rng.uniform(0.4, 1.3 if harsh else 0.8),
        ink=rng.uniform(0.0, 0.45 if harsh else 0.25),
        paper=rng.uniform(0.8 if harsh else 0.92, 1.0),
        shade=rng.choice((0, rng.uniform(0, 0.2))) if harsh else 0.0,
        noise=rng.uniform(0, 0.08 if harsh and cut is None else 0.03),
        specks=rng.choice((0, rng.uniform(0, 0.012))) if harsh else rng.choice((0, 0, rng.uniform(0, 0.002))),
        toner_loss=rng.uniform(0.05, 0.5) if rng.random() < (0.42 if harsh else 0.04) else 0.0,
        through=rng.choice((0, 0, rng.uniform(0.05, 0.3))) if harsh else rng.choice((0, 0, 0, rng.uniform(0, 0.12))),
        stamp=rng.uniform(0.15, 0.85) if rng.random() < (0.26 if harsh else 0.12) else 0.0,
        underline=rng.random() < 0.05,
        dots=rng.random() < 0.05,
        rules=rng.random() < 0.05,
        neighbours=rng.random() < (0.3 if harsh else 0.2),
        threshold=cut,
        coarse=rng.uniform(0.5, 0.9) if rng.random() < (0.3 if harsh else 0.1) else 1.0,
        jpeg=rng.randrange(25 if harsh else 55, 92) if rng.random() < 0.5 else None,
        halftone=harsh and cut is None and rng.random() < 0.06,
    )


def suited(damage: Damage, size: float) -> Damage:
    """Harm made milder where letters are small, unreadable else; ``size``: pixels per em of TH Sarabun."""
    share = min(1.2, max(0.5, size / 44))
    return replace(damage, blur=damage.blur * share, weight=max(damage.weight, -1) if size < 40 else damage.weight)


_BASE = Damage(blur=0.6, ink=0.1, noise=0.02)
#: One kind of harm at a time, for the evaluation.
ALONE: dict[str, Damage] = {
    "none": _BASE,
    "skew": replace(_BASE, skew=0.9),
    "blur": replace(_BASE, blur=1.3),
    "thin": replace(_BASE, weight=-2),
    "thick": replace(_BASE, weight=2),
    "faint": replace(_BASE, ink=0.55),
    "noise": replace(_BASE, noise=0.10),
    "specks": replace(_BASE, specks=0.012),
    "toner loss": replace(_BASE, toner_loss=0.4),
    "show-through": replace(_BASE, through=0.3),
    "stamp": replace(_BASE, stamp=0.5),
    "underline": replace(_BASE, underline=True),
    "dotted leader": replace(_BASE, dots=True),
    "neighbours": replace(_BASE, neighbours=True),
    "threshold": replace(_BASE, threshold=0.65),
    "coarse": replace(_BASE, coarse=0.55, threshold=0.65),
    "jpeg": replace(_BASE, jpeg=25),
    "halftone": replace(_BASE, halftone=True),
    "motion": replace(_BASE, motion=4),
}
#: The kind of harm that no line to learn from has.
NEVER_TAUGHT = ("motion",)
