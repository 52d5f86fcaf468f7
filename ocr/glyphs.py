"""Connected pieces of ink: what the line finder and the finders of stamps and entries work on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import PAPER, Grey, Ink, Labels, Mask, labelled, otsu

_GREY = 250                       # what is lighter is paper
_CELL, _AROUND = 8, (25, 9)       # pixels of a cell, and cells around one that tell how dark print is there
_LEAST_DARK, _READABLE = 25, 50   # from paper (0) to black (255): what may be print, and what print usually is at least
_USUAL = 0.75                     # of the print is paler than usual
_GHOST, _AS_DARK = 0.4, 0.95      # of the usual darkness: print of another page, and from here on as dark as usual
HIGHEST = 2.1                     # body heights of a letter with its marks
_MUCH = 0.5                       # of the page within boxes of changed components: to label all of it is as fast,
_EACH = 20_000                    # to see to one more box taking as long as to label so many pixels
_PICTURE, _SHADED, _SOME = 0.6, 0.12, 8  # inches of a photograph, ink in its box; letters that tell a height
_BODY_INCHES = (0.03, 0.18)       # 8 pt small print to 48 pt headings


@dataclass(slots=True)
class Glyphs:
    """Connected components of ink: ``labels`` gives each pixel its component; the rest are columns by component."""

    labels: Labels
    left: NDArray[np.int32]
    top: NDArray[np.int32]
    right: NDArray[np.int32]
    bottom: NDArray[np.int32]
    area: NDArray[np.int32]

    @property
    def height(self) -> NDArray[np.int32]:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def width(self) -> NDArray[np.int32]:
        """Pixels from left to right."""
        return self.right - self.left


def find_glyphs(grey: Grey, dpi: int) -> tuple[Ink, Glyphs, float] | None:
    """Ink as 1, its components, and the body height; ``None`` for a page without any. Where print is paler than
    elsewhere on the page, the threshold is lighter, unless letters of several lines would grow together."""
    threshold = min(max(otsu(grey, _GREY), 130), 200)  # held between faint print and grime
    lighter = (PAPER - (PAPER - threshold) * _darkness(grey)).astype(np.uint8)
    ink = np.asarray((grey < cv2.resize(lighter, grey.shape[::-1])).view(np.uint8))
    glyphs = components(ink)
    body = body_height(glyphs, dpi)
    if body is None:
        return None
    parted = _parted(ink, glyphs, grey, threshold, np.flatnonzero(glyphs.height > HIGHEST * body))
    return parted, relabelled(glyphs, ink, parted), body


def _parted(ink: Ink, glyphs: Glyphs, grey: Grey, threshold: int, grown: NDArray[np.intp]) -> Ink:
    """The ink with components that have ``grown`` too high without what is lighter than the threshold."""
    parted = ink
    for one in grown:
        box = np.s_[glyphs.top[one]:glyphs.bottom[one], glyphs.left[one]:glyphs.right[one]]
        pale = (glyphs.labels[box] == one) & (grey[box] >= threshold)
        if pale.any():
            parted = ink.copy() if parted is ink else parted
            parted[box][pale] = 0
    return parted


def _darkness(grey: Grey) -> NDArray[np.float32]:
    """How dark the print is around each cell of the page, of what it is elsewhere: 1 where it is as dark, or there is
    none. What is paler than ``_GHOST`` is not the page's own print: it shows through from the other side."""
    every = _CELL // 2
    half = cv2.resize(grey, (max(1, grey.shape[1] // 2), max(1, grey.shape[0] // 2)), interpolation=cv2.INTER_NEAREST)
    darkest = cv2.erode(half, np.ones((every, every), np.uint8))[every // 2::every, every // 2::every]
    if not darkest.size:  # smaller than a cell
        return np.ones((1, 1), np.float32)
    dark = (PAPER - darkest).astype(np.float32)
    # What is dark counts for more than grime beside it.
    around = cv2.boxFilter(dark * dark, -1, _AROUND) / (cv2.boxFilter(dark, -1, _AROUND) + np.float32(1))
    own = around[dark >= _LEAST_DARK]
    usual = float(np.quantile(own, _USUAL)) if own.size else 0.0
    if usual < _READABLE:
        return np.ones_like(dark)
    share = around / np.float32(usual)
    return np.where((share < _GHOST) | (share > _AS_DARK), np.float32(1), share)


def components(ink: Ink) -> Glyphs:
    """Connected components; label 0 is paper and stays as an empty row."""
    labels, stats = labelled(ink)
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    stats[0, cv2.CC_STAT_WIDTH:] = 0  # width, height and area of the paper
    return Glyphs(labels, left, top, left + stats[:, cv2.CC_STAT_WIDTH],
                  top + stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA])


def relabelled(glyphs: Glyphs, ink: Ink, rest: Ink) -> Glyphs:
    """The components of ``rest``, which is the ``ink`` of the glyphs without some of it. Only the components that lost
    any are gone over again: the first piece of each keeps its place, further ones come last. The labels are changed
    where they are, so the glyphs given are of no use any more."""
    if rest is ink:
        return glyphs
    changed = np.unique(glyphs.labels[(ink ^ rest).view(bool)])
    if (glyphs.width[changed].astype(float) * glyphs.height[changed] + _EACH).sum() > _MUCH * ink.size:
        return components(rest)
    sides = np.stack([glyphs.left, glyphs.top, glyphs.right, glyphs.bottom, glyphs.area])
    more, count = [sides], glyphs.area.size
    for one in changed.tolist():
        left, top, right, bottom, _ = sides[:, one].tolist()
        place = glyphs.labels[top:bottom, left:right]
        own = place == one
        part = components(rest[top:bottom, left:right] & own)
        pieces = np.stack([part.left + left, part.top + top, part.right + left, part.bottom + top, part.area])[:, 1:]
        names = np.concatenate([[0, one], np.arange(count, count + pieces.shape[1])])
        count += max(0, pieces.shape[1] - 1)
        if count > np.iinfo(place.dtype).max:
            return components(rest)
        place[own] = names[part.labels[own]]
        sides[:, one] = pieces[:, 0] if pieces.size else 0
        more.append(pieces[:, 1:])
    return Glyphs(glyphs.labels, *np.concatenate(more, axis=1))


def body_height(glyphs: Glyphs, dpi: int) -> float | None:
    """The commonest height of components (weighted by width, so that specks count for little)."""
    least, most = (inches * dpi for inches in _BODY_INCHES)
    fits = (glyphs.height >= least) & (glyphs.height <= most) & (glyphs.width <= 3 * most)
    outside = fits & ~_in_pictures(glyphs, dpi)
    fits = outside if outside.sum() >= _SOME else fits
    if fits.sum() < 3:
        return None
    counts = np.bincount(glyphs.height[fits], weights=glyphs.width[fits], minlength=int(most) + 2)
    smooth = cv2.GaussianBlur(counts.reshape(1, -1), (0, 0), max(1.0, dpi / 200)).ravel()
    return float(np.argmax(smooth))


def _in_pictures(glyphs: Glyphs, dpi: int) -> Mask:
    """Which components lie within the box of a photograph: the grain of one makes more pieces than the print beside
    it. Frames and rules are as large, but thinner."""
    box = glyphs.width.astype(float) * glyphs.height
    large = np.minimum(glyphs.width, glyphs.height) >= _PICTURE * dpi
    within = np.zeros(box.shape, bool)
    for one in np.flatnonzero(large & (glyphs.area >= _SHADED * box)):
        within |= ((glyphs.left >= glyphs.left[one]) & (glyphs.right <= glyphs.right[one])
                   & (glyphs.top >= glyphs.top[one]) & (glyphs.bottom <= glyphs.bottom[one]))
    return within
