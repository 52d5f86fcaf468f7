"""What a scanner and a photocopier do to a page. All steps take and give RGB arrays (uint8) and a numpy generator."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
from PIL import Image

Array = np.ndarray[Any, Any]


def scan(picture: Image.Image, grade: str, dpi: int, rng: np.random.Generator) -> Image.Image:
    """The page picture as a scan of that grade: ``clean``, ``office`` or ``poor``."""
    page = np.asarray(picture)
    if grade == "clean":
        return Image.fromarray(_paper(skew(page, rng.uniform(-.15, .15)), 252))
    if grade == "office":
        page = skew(page, rng.uniform(-.6, .6))
        page = cv2.GaussianBlur(page, (0, 0), .45 * dpi / 200)
        return Image.fromarray(noise(_paper(page, int(rng.integers(240, 250))), 1.2, rng))
    page = toner_loss(skew(page, rng.uniform(-1.6, 1.6)), dpi, rng)
    page = cv2.GaussianBlur(page, (0, 0), .6 * dpi / 200)
    page = uneven_light(specks(page, dpi, rng), rng)
    return _jpeg(noise(page, 5, rng), int(rng.integers(38, 55)))


def skew(page: Array, degrees: float) -> Array:
    """Turned about its middle; paper white comes in at the corners."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned: Array = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return turned


def _paper(page: Array, white: int) -> Array:
    """Paper a little darker than pure white."""
    return (page.astype(np.float32) * (white / 255)).astype(np.uint8)


def noise(page: Array, spread: float, rng: np.random.Generator) -> Array:
    """Grey sensor noise of a standard deviation in grey levels."""
    grain = rng.normal(0, spread, page.shape[:2]).astype(np.float32)[..., None]
    grainy: Array = np.clip(page + grain, 0, 255).astype(np.uint8)
    return grainy


def uneven_light(page: Array, rng: np.random.Generator) -> Array:
    """Darker towards one side and along a fold, as where the lid stood open."""
    height, width = page.shape[:2]
    x, y = np.linspace(0, 1, width), np.linspace(0, 1, height)[:, None]
    across, down = rng.uniform(.04, .16) * np.abs(x - rng.uniform()), rng.uniform(.02, .12) * np.abs(y - rng.uniform())
    slope = 1 - across - down
    fold = 1 - rng.uniform(0, .1) * np.exp(-(((y - rng.uniform(.2, .8)) / .006) ** 2))
    lit: Array = (page * (slope * fold)[..., None] * .96).astype(np.uint8)
    return lit


def specks(page: Array, dpi: int, rng: np.random.Generator) -> Array:
    """Dirt: some dozens of small dark dots."""
    page = page.copy()
    height, width = page.shape[:2]
    for _ in range(int(rng.integers(40, 140))):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(page, centre, int(rng.integers(1, max(2, dpi // 90))), (int(rng.integers(40, 150)),) * 3, -1)
    return page


def toner_loss(page: Array, dpi: int, rng: np.random.Generator) -> Array:
    """Print that came off in clouds: dark pixels lightened where a blurred noise field is high."""
    height, width = page.shape[:2]
    coarse = rng.normal(size=(height // 24 + 1, width // 24 + 1)).astype(np.float32)
    fine = rng.normal(size=(height, width)).astype(np.float32)
    cloud = cv2.resize(cv2.GaussianBlur(coarse, (0, 0), 4), (width, height)) * 8
    lost = np.clip(cloud + cv2.GaussianBlur(fine, (0, 0), dpi / 260) * 2.4 - 1.1, 0, 1) * .75
    return (page + (255 - page) * lost[..., None]).astype(np.uint8)


def edge(page: Array, rng: np.random.Generator) -> Array:
    """The dark rim where a copier's lid stood open: one side and a corner of another."""
    height, width = page.shape[:2]
    rim = rng.uniform(.008, .022) * width * (1 + .25 * np.sin(np.linspace(0, rng.uniform(2, 7), height)))
    near = np.clip((np.arange(width)[None, :] - rim[:, None]) / (.006 * width), 0, 1)
    near = near if rng.random() < .5 else near[:, ::-1]
    foot = np.clip((height - np.arange(height) - rng.uniform(.002, .008) * height) / (.004 * height), 0, 1)[:, None]
    rimmed: Array = (page * (.25 + .75 * near * foot)[..., None]).astype(np.uint8)
    return rimmed


def streaks(page: Array, rng: np.random.Generator) -> Array:
    """Thin upright lines of a dirty fax head or glass."""
    page = page.copy()
    for _ in range(int(rng.integers(1, 4))):
        at = int(rng.uniform(.05, .95) * page.shape[1])
        page[:, at:at + 1] = (page[:, at:at + 1] * rng.uniform(.5, .8)).astype(np.uint8)
    return page


def show_through(page: Array, rng: np.random.Generator) -> Array:
    """Thin paper: print of the back side, mirrored and faint."""
    back = 255 - cv2.GaussianBlur(page[:, ::-1], (0, 0), 1.6).astype(np.float32)
    back = np.roll(back, int(rng.integers(20, 60)), axis=0)
    thin: Array = np.clip(page - .14 * back, 0, 255).astype(np.uint8)
    return thin


def shadow(page: Array, rng: np.random.Generator) -> Array:
    """The soft shadow along the side where a bound volume did not lie flat, or where a hand stood in the light."""
    height, width = page.shape[:2]
    x, y = np.linspace(0, 1, width)[None, :], np.linspace(0, 1, height)[:, None]
    reach = rng.uniform(.05, .11) * (1 + .5 * np.sin(y * rng.uniform(1, 4) + rng.uniform(0, 3)))
    dark = rng.uniform(.3, .5) * np.exp(-((x / reach) ** 2))
    dark = dark if rng.random() < .6 else dark[:, ::-1]
    shaded: Array = (page * (1 - dark)[..., None]).astype(np.uint8)
    return shaded


def creases(page: Array, rng: np.random.Generator) -> Array:
    """A sheet that was folded in three for its envelope: two lines across, toner broken along them."""
    height = page.shape[0]
    y = np.arange(height) / height
    lines = sum(np.exp(-(((y - at - rng.uniform(-.02, .02)) / .0011) ** 2)) for at in (1 / 3, 2 / 3))
    broken = (rng.random(page.shape[:2]) < .5) * np.asarray(lines)[:, None]
    worn = page + (225 - page.astype(np.float32)) * (.75 * broken)[..., None]
    folded: Array = np.clip(worn - 22 * np.asarray(lines)[:, None, None], 0, 255).astype(np.uint8)
    return folded


WEAR = {"edge": edge, "streaks": streaks, "show-through": show_through, "shadow": shadow, "creases": creases}


def wear(picture: Image.Image, names: list[str], rng: np.random.Generator) -> Image.Image:
    """The scan with more damage by name: its names are those of ``WEAR``."""
    page = np.asarray(picture)
    for name in names:
        page = WEAR[name](page, rng)
    return Image.fromarray(page)


def _jpeg(page: Array, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    Image.fromarray(page).save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def bilevel(picture: Image.Image) -> Image.Image:
    """Black and white only, as many office scanners are set."""
    return picture.convert("L").point(lambda grey: 255 if grey > 165 else 0).convert("1")
