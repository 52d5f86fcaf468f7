"""The page image made fit for reading: even light, and coloured ink (stamps, pens) set apart from black print."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ocr.raster import PAPER, Grey, Mask, grey_of, grown, labelled, only, opened, resized, spread

# Distance from grey in Cr and Cb, without fringes. Measured on 300-dpi colour scans: print 3, pens 30, stamps 60; but
# pens of 10 on washed-out scans, whose print has 0. So a multiple of the print's own, within bounds.
_COLOURED = (6.0, 16.0)
_PRINT_COLOURS = 5.0
_WINDOW, _WIDER = (3, 3), (5, 3)  # width and height at half resolution, of pages without fringes and with them
_FRINGE, _SMEARED = 0.01, 1.3  # the weakest worth taking away; JPEG leaves some edges more colour than it does usually
_SOME_ROWS = 4       # of so many rows one tells how strong fringes are
_EDGES = 8           # rows around coloured ink that tell where it ends
_PALE, _PAPER = 110, 240
_EDGE_WORK, _EDGE_DARK, _THICK = 1170, 160, 7  # pixels of the long side: A4 at 100 dpi; strokes of print are thinner
_HOLE, _ROUND, _MARGIN = (0.012, 0.032), (0.68, 0.9), 0.09  # of the long side: 3.5 to 9.5 mm, within 27 mm of the edge
_BLACK, _BLACK_CHROMA = 60, 40  # a stroke this dark and this grey is print under a stamp
_DARK, _TINT = 140, 0.21        # and so is a paler one, if little of its darkness is colour: stamps have 0.4 and more
_SEEN, _OWN = 0.4, 0.52         # share of a pixel's darkness that makes it print; the most of ink's own kept from view
_EDGE = 0.15         # and at its edges
_AROUND = 15         # quarter pixels whose ink is taken for one
_TINTS = np.ceil(_TINT * (PAPER - np.arange(PAPER + 1))).astype(np.uint8)  # for each grey


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as three images of one size: ``plain`` grey with even light, ``print`` without coloured ink, and the mask
    ``ink`` of that ink. Dark print on white (255)."""

    plain: Grey
    print: Grey
    ink: Mask

    @property
    def coloured(self) -> Grey:
        """The coloured ink alone, in grey."""
        return only(self.plain, self.ink)


def clean(image: Image.Image) -> Sheet:
    """The page image in even light with its coloured ink set apart. The image itself is not changed."""
    pixels = np.asarray(image)
    return separated(pixels, evened(pixels))


def evened(pixels: NDArray[np.uint8]) -> Grey:
    """The page (grey or RGB) in grey and even light, without what the scanner saw beside the paper."""
    return without_edges(_even(pixels if pixels.ndim == 2 else grey_of(pixels)))


def separated(pixels: NDArray[np.uint8], plain: Grey) -> Sheet:
    """The page (grey or RGB) with its coloured ink set apart; ``plain`` is its even grey."""
    if pixels.ndim == 2:
        return Sheet(plain, plain, np.zeros(plain.shape, bool))
    return _apart(pixels, plain)


def _even(grey: Grey) -> Grey:
    """Divided by the paper's own brightness around each spot."""
    height, width = grey.shape
    paper = cv2.medianBlur(grown(resized(grey, width // 8, height // 8), 7, 7), 21)
    paper = np.maximum(cv2.GaussianBlur(paper, (0, 0), 5), 60)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=PAPER), np.uint8)


def without_edges(plain: Grey) -> Grey:
    """Without what the scanner saw beside the paper: dark areas at the edges, and punch holes near them.

    Both are thicker than any stroke of print, so print that touches them stays.
    """
    height, width = plain.shape
    scale = _EDGE_WORK / max(height, width)
    ink = (resized(plain, round(width * scale), round(height * scale)) < _EDGE_DARK).astype(np.uint8)
    thick = np.pad(opened(ink, _THICK, _THICK), 1, constant_values=0)
    labels, stats = labelled(thick)
    beside = _at_edge(stats, ink.shape) | _holes(stats, ink.shape)
    if not beside.any():
        return plain
    mask = grown(beside[labels[1:-1, 1:-1]].astype(np.uint8), _THICK, _THICK)
    rest = plain.copy()
    rest[cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST) > 0] = PAPER
    return rest


def _at_edge(stats: NDArray[np.int32], shape: tuple[int, ...]) -> Mask:
    """Which dark areas touch the edge of the image (statistics of one padded by a pixel)."""
    left, top, width, height = (stats[:, column] for column in range(4))
    touches = (left <= 1) | (top <= 1) | (left + width > shape[1]) | (top + height > shape[0])
    touches[0] = False
    return np.asarray(touches, bool)


def _holes(stats: NDArray[np.int32], shape: tuple[int, ...]) -> Mask:
    """Which dark areas are as large and round as punch holes, and as near the edge."""
    left, top, width, height, area = (stats[:, column] for column in range(5))
    least, most = (size * max(shape) for size in _HOLE)
    sized = (np.minimum(width, height) >= least) & (np.maximum(width, height) <= most)
    filled = area / np.maximum(1, width * height)
    round_ = (filled > _ROUND[0]) & (filled < _ROUND[1]) & (abs(width - height) <= 0.25 * np.maximum(width, height))
    near = np.minimum.reduce([left, top, shape[1] - left - width, shape[0] - top - height]) < _MARGIN * max(shape)
    return np.asarray(sized & round_ & near, bool)


def _apart(pixels: NDArray[np.uint8], plain: Grey) -> Sheet:
    """Blue, red, purple or green ink with its pale edges, and black print, also where such ink lies on it.

    Scanners lay coloured fringes along black strokes, red on one side and blue on the other. What is left of them when
    the usual ones are taken away cancels out in the mean colour of the ink in a small window.
    """
    colour = _colour(pixels, plain)
    dark = colour[plain < _BLACK]
    least = float(np.clip(_PRINT_COLOURS * np.median(dark), *_COLOURED)) if dark.size else _COLOURED[1]
    core = (colour > least) & (plain < _PAPER)
    ink, rest = np.zeros(core.shape, bool), plain.copy()
    for rows in _bands(core):
        ink[rows], rest[rows] = _taken_apart(core[rows], colour[rows] > least / 2, pixels[rows], plain[rows])
    return Sheet(plain, rest, ink)


def _bands(mask: Mask) -> list[slice]:
    """Runs of rows in which anything of the mask stands, with the rows around that its edges can reach."""
    rows = grown(np.asarray(mask.any(axis=1)).astype(np.uint8)[:, None], 2 * _EDGES + 1, 1).ravel()
    ends = np.flatnonzero(np.diff(rows, prepend=0, append=0))
    return [slice(int(start), int(end)) for start, end in ends.reshape(-1, 2)]


def _taken_apart(core: Mask, tinged: Mask, pixels: NDArray[np.uint8], plain: Grey) -> tuple[Mask, Grey]:
    """Coloured ink with its pale edges, where these are ``tinged``, but without black print below it; and that print,
    as dark as it is without the ink."""
    near = grown(core.view(np.uint8), 7, 7).view(bool)
    ink = core | (near & tinged & (plain > _PALE))
    ink &= ~_print_below(ink, plain, spread(pixels, ink & (plain < _DARK)))
    below, share = _seen_through(core, pixels, plain)
    seen = _joined(ink & (share > _SEEN), ~ink & (plain < _DARK))
    seen |= grown(seen.view(np.uint8), 3, 3).view(bool) & (share > _EDGE)
    return ink, np.where(ink, np.where(seen, below, PAPER), plain).astype(np.uint8)


def _joined(pieces: Mask, strokes: Mask) -> Mask:
    """Those pixels of the pieces that hang together with strokes."""
    labels, stats = labelled((pieces | strokes).view(np.uint8))
    joined = np.zeros(len(stats), bool)
    joined[labels[strokes]] = True
    return np.asarray(pieces & joined[labels], bool)


def _seen_through(core: Mask, pixels: NDArray[np.uint8],
                  plain: Grey) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Print as it would look without the coloured ink on it, and its share of a pixel's darkness.

    Ink takes away less of one of red, green and blue than of light as a whole, print the same of each: what is lacking
    of the strongest of them beyond the ink's usual part is print. JPEG keeps that edge sharp where it smears colour.
    """
    red, green, blue = cv2.split(pixels)
    light = np.maximum(grey_of(pixels), 1).astype(np.float32)
    strongest = cv2.max(cv2.max(red, green), blue) * (plain / light)
    dark, lack = (np.maximum(np.float32(_PAPER) - seen, 0) for seen in (plain.astype(np.float32), strongest))
    usual = _around(lack * core) / (_around(dark * core) + 1.0)
    below = np.clip((lack - usual * dark) / np.maximum(1 - usual, 1 - _OWN), 0, dark)
    below[usual > _OWN] = 0
    return PAPER - below, below / (dark + 1.0)


def _around(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean around each pixel, of stamp-sized surroundings; worked out at a quarter of the size."""
    height, width = values.shape
    small = cv2.resize(values, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(cv2.boxFilter(small, -1, (_AROUND, _AROUND)), (width, height)), np.float32)


def _colour(pixels: NDArray[np.uint8], plain: Grey) -> NDArray[np.float32]:
    """How far the ink around each pixel is from grey; worked out at half the size."""
    height, width = plain.shape
    half = (max(1, width // 2), max(1, height // 2))
    small = cv2.cvtColor(resized(pixels, *half), cv2.COLOR_RGB2YCrCb)
    darkness = (PAPER - resized(plain, *half)).astype(np.float32)
    edges = _edges(plain, *half)
    red, blue = (cv2.extractChannel(small, channel).astype(np.float32) - 128.0 for channel in (1, 2))
    fringes = [_usual(channel, edges) for channel in (red, blue)]
    window = _WINDOW
    if max(map(abs, fringes)) >= _FRINGE:
        red, blue = (channel - np.float32(_SMEARED * fringe) * edges
                     for channel, fringe in zip((red, blue), fringes, strict=True))
        window = _WIDER
    weight = cv2.boxFilter(darkness, -1, window) + 1.0
    red, blue = (cv2.boxFilter(channel * darkness, -1, window) / weight for channel in (red, blue))
    return np.asarray(cv2.resize(cv2.magnitude(red, blue), (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _edges(plain: Grey, width: int, height: int) -> NDArray[np.float32]:
    """How much lighter the page is half a pixel below than half a pixel above each pixel of a page this small: what a
    channel adds to a pixel when it was scanned a little lower than the others."""
    edges = np.zeros((height, width), np.float32)
    if height > 2:
        between = resized(plain[1:2 * height - 1], width, height - 1).astype(np.float32)
        np.subtract(between[1:], between[:-1], out=edges[1:-1])
    return edges


def _usual(colour: NDArray[np.float32], edges: NDArray[np.float32]) -> float:
    """How much colour of a channel goes with edges on the whole page: that of fringes, as a scanner draws them that
    takes red, green and blue one after the other while it moves down the page. Coloured ink is no more coloured above
    than below, so it adds nothing to that."""
    some, at = edges[::_SOME_ROWS].ravel(), colour[::_SOME_ROWS].ravel()
    return float(some @ at) / max(1.0, float(some @ some))


def _print_below(ink: Mask, plain: Grey, chroma: Grey) -> Mask:
    """Where coloured ink lies on black strokes. A pen's edges look so, too, but are one pixel wide. ``chroma``: how far
    the ink's dark pixels are from grey; 0 for all other pixels."""
    dark = plain < _DARK
    black = (plain < _BLACK) & (chroma < _BLACK_CHROMA)
    greyish = dark & (chroma < cv2.LUT(plain, _TINTS))
    strokes = opened((greyish | (dark & ~ink)).view(np.uint8), 2, 2)
    return np.asarray(black | (greyish & grown(strokes, 3, 3).view(bool)), bool)
