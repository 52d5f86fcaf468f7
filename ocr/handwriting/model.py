"""Runs the small network (OpenCV's dnn) on cut-out entries."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from threading import Lock

import cv2
import numpy as np

from ocr.handwriting.decode import Scores
from ocr.handwriting.signs import picture
from ocr.raster import PAPER, Grey

MODEL = Path(__file__).parents[1] / "models" / "handwriting.onnx"
#: How an entry is looked at: (shear, width). Readings that last under a little slant and stretch are worth more.
_LOOKS = ((0.0, 1.0), (0.15, 1.0), (-0.15, 1.0), (0.0, 0.85), (0.0, 1.2))
_ONE_AT_A_TIME = Lock()


def views(crop: Grey, model: Path = MODEL) -> list[Scores]:
    """The network's scores of an entry (grey, dark on light), once for each look."""
    pictures = np.stack([picture(slanted(crop, shear, width)) for shear, width in _LOOKS])[:, None]
    with _ONE_AT_A_TIME:  # the network is one for all threads and not made for two at once
        net = _network(model)
        net.setInput(pictures)
        scores = net.forward()
    return [np.asarray(one, np.float32).reshape(one.shape[0], -1) for one in scores]


@cache
def temperature(model: Path = MODEL) -> float:
    """What this model's scores are divided by before they become probabilities; the training found it."""
    return float(json.loads(model.with_suffix(".json").read_text())["temperature"])


@cache
def version(model: Path = MODEL) -> str:
    """Eight signs that tell these weights from others."""
    return hashlib.sha256(model.read_bytes()).hexdigest()[:8]


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
