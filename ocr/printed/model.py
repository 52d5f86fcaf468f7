"""Runs the small network for printed numbers (OpenCV's dnn)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.ctc import LogColumns, log_softmax
from ocr.printed.signs import Picture

MODEL = Path(__file__).parents[1] / "models" / "numbers.onnx"
_ONE_AT_A_TIME = Lock()


def columns(pictures: Sequence[Picture], model: Path = MODEL) -> list[LogColumns]:
    """What the columns of each picture show, one for every two of its own."""
    by_width = defaultdict(list)
    for place, one in enumerate(pictures):
        by_width[one.shape[1]].append(place)
    found: dict[int, LogColumns] = {}
    for places in by_width.values():
        scores = _scores(np.stack([pictures[place] for place in places])[:, None], model)
        found |= {place: log_softmax(one.reshape(one.shape[0], -1).T.astype(np.float64))
                  for place, one in zip(places, scores, strict=True)}
    return [found[place] for place in range(len(pictures))]


def _scores(pictures: NDArray[np.float32], model: Path) -> NDArray[np.float32]:
    with _ONE_AT_A_TIME:  # the network is one for all threads and not made for two at once
        net = _network(model)
        net.setInput(pictures)
        return np.asarray(net.forward())


@cache
def version() -> str:
    """Eight signs that tell these weights from others."""
    return hashlib.sha256(MODEL.read_bytes()).hexdigest()[:8]


@cache
def _network(model: Path) -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(str(model))
