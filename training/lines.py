"""Line images with their truth: text, face, setting and harm together. The same seed and index give the same image."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from training.corpus import Part
from training.damage import GRADES, Damage, Grade, drawn, suited
from training.degrade import scan
from training.faces import Cabinet, Face, cabinet
from training.lstmf import LineImage
from training.render import draw, printed, setting
from training.text import line, tidy

cv2.setNumThreads(1)  # lines are made in processes of their own; threads inside one only get in each other's way
POINTS = (10, 11, 12, 13, 14, 14, 15, 16, 16, 16, 16, 18, 20)
RESOLUTIONS = (150, 200, 200, 240, 300, 300)
_GRADE_SHARES = (25, 45, 30)


@dataclass(frozen=True, slots=True)
class Sample:
    """A line image and all that is known of it; ``size`` in points of TH Sarabun, ``dpi`` of the scan."""

    image: NDArray[np.uint8]
    text: str
    kind: str
    face: Face
    size: int
    dpi: int
    grade: str

    def as_training_line(self) -> LineImage:
        ok, png = cv2.imencode(".png", self.image, [cv2.IMWRITE_PNG_COMPRESSION, 3])
        if not ok:
            raise ValueError(f"no PNG of an image of shape {self.image.shape}")
        return LineImage(png.tobytes(), self.image.shape[1], self.image.shape[0], self.text)


def sample(
    seed: int, index: int, part: Part = "teach", faces: Part | None = None, grade: Grade | None = None
) -> Sample:
    """Line ``index`` of a seed, with a face and a grade of harm by their shares unless given."""
    rng = Random(f"image/{part}/{faces}/{seed}/{index}")
    chosen = grade or rng.choices(GRADES, _GRADE_SHARES)[0]
    return compose(seed, index, part, cabinet(faces or part), drawn(chosen, rng), chosen, rng)


def compose(seed: int, index: int, part: Part, shelf: Cabinet, damage: Damage, grade: str, rng: Random) -> Sample:
    """Line ``index`` of a seed drawn in a face of ``shelf`` with the given harm; ``grade`` is only a name for it."""
    content = line(seed, index, part)
    face = shelf.draw(rng, content.text)
    size, dpi = rng.choice(POINTS), rng.choice(RESOLUTIONS)
    how = setting(rng, size * dpi / 72, face)
    others = [line(seed, index + step, part).text for step in (1, 2)] if damage.neighbours else []
    harm = suited(damage, how.size)
    image = scan(draw(content.text, face, how), harm, rng, [draw(other, face, how) for other in others])
    return Sample(image, tidy(printed(content.text, face)), content.kind, face, size, dpi, grade)
