"""Runs the small networks (OpenCV's dnn) on cut-out entries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from threading import Lock

import cv2
import numpy as np

from ocr.handwriting.decode import Scores
from ocr.handwriting.signs import picture
from ocr.raster import PAPER, Grey

#: Two of one form, the second taught on from the first: they err differently, so that both together err less.
MODELS = tuple(Path(__file__).parents[1] / "models" / name for name in ("handwriting.onnx", "handwriting-2.onnx"))
#: How an entry is looked at, by each as it is and besides by one or the other: (shear, width). Readings that last under
#: a little slant and stretch are worth more.
_AS_IT_IS, _FURTHER = (0.0, 1.0), ((0.15, 1.0), (-0.15, 1.0), (0.0, 0.85), (0.0, 1.2))
_ONE_AT_A_TIME = Lock()


def glance(crop: Grey) -> list[Scores]:
    """The first network's scores of an entry as it is: enough to tell plain print."""
    return list(_seen(crop, MODELS[0], (_AS_IT_IS,)))


def views(crop: Grey, models: Sequence[Path] = MODELS) -> list[Scores]:
    """The networks' scores of an entry (grey, dark on light), once for each look; the looks are shared between them."""
    share = len(_FURTHER) // len(models)
    return [scores for place, model in enumerate(models)
            for scores in _seen(crop, model, (_AS_IT_IS, *_FURTHER[place * share : (place + 1) * share]))]


def _seen(crop: Grey, model: Path, looks: Sequence[tuple[float, float]]) -> Iterator[Scores]:
    pictures = np.stack([picture(slanted(crop, shear, width)) for shear, width in looks])[:, None]
    with _ONE_AT_A_TIME:  # the network is one for all threads and not made for two at once
        net = _network(model)
        net.setInput(pictures)
        scores = net.forward()
    for one in scores:
        yield np.asarray(one, np.float32).reshape(one.shape[0], -1)


@cache
def temperature() -> float:
    """What the scores are divided by before they become probabilities; the training of the first network found it."""
    return float(json.loads(MODELS[0].with_suffix(".json").read_text())["temperature"])


@cache
def version() -> str:
    """Eight signs that tell these weights from others."""
    return hashlib.sha256(b"".join(model.read_bytes() for model in MODELS)).hexdigest()[:8]


@cache
def _network(model: Path) -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(str(model))


def slanted(crop: Grey, shear: float, width: float) -> Grey:
    """A crop sheared (to the right at its head, in heights) and made so many times as wide."""
    high, wide = crop.shape
    extra = abs(shear) * high
    matrix = np.array([[width, -shear * width, width * max(0.0, shear) * high], [0, 1, 0]], np.float64)
    size = (max(1, round((wide + extra) * width)), high)
    flags = cv2.INTER_AREA if width < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(crop, matrix, size, flags=flags, borderValue=PAPER), np.uint8)
