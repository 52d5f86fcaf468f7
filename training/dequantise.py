"""int8 Tesseract networks back to floating point, so that ``lstmtraining`` can continue from them.

Tesseract trains floating-point networks only, and the "fast" models that distributions carry are int8. The
conversion loses nothing: a row of int8 is stored with the scale that turns it into the weights it stands for.

The network file is a tree written depth first, little endian (Tesseract 5, ``lstm/network.cpp`` and
``lstm/weightmatrix.cpp``): a header per node, then its children or its weight matrices. Everything but the matrices is
copied byte by byte.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

INT8_FLAG, ADAM_FLAG, DOUBLE_FLAG = 1, 4, 128
LAYER_RATES_FLAG = 64
INT_MODE_FLAG = 1
CONTAINERS = {"Series", "Parallel", "Replicated", "ParBidiLSTM", "DepParUDLSTM", "Par2dLSTM",
              "RTLReversed", "TTBReversed", "XYTranspose"}
# Bytes a node of the kind stores after its header and before any weights.
FIXED_PARTS = {"Input": 20, "Convolve": 8, "Maxpool": 8, "Reconfig": 8}
LSTM_KINDS = {"LSTM", "SummLSTM"}
LSTM_GATES = 4  # cell input, input gate, forget gate, output gate (one-dimensional LSTM)


class NotAnInt8Network(ValueError):
    """The bytes are not an int8 network of the Tesseract 5 file format."""


@dataclass
class _Walk:
    """One pass over a network file: reads from ``data`` and writes the float version to ``out``."""

    data: bytes
    at: int = 0
    out: bytearray = field(default_factory=bytearray)
    matrices: list[NDArray[np.float64]] = field(default_factory=list)

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise NotAnInt8Network(f"the file ends at byte {len(self.data)}, {count} more expected at {self.at}")
        self.at += count
        return self.data[self.at - count : self.at]

    def copy(self, count: int) -> bytes:
        chunk = self.take(count)
        self.out += chunk
        return chunk

    def copy_int(self) -> int:
        return int(struct.unpack("<i", self.copy(4))[0])

    def copy_string(self) -> str:
        return self.copy(self.copy_int()).decode("utf-8")


def dequantise(network: bytes) -> bytes:
    """The float64 version of an int8 network (the ``lstm`` component of a traineddata file).

    Raises NotAnInt8Network for any other file.
    """
    walk = _walk(network)
    return bytes(walk.out)


def weights(network: bytes) -> list[NDArray[np.float64]]:
    """The weight matrices of an int8 network in file order, as floats, one row per output, the bias last."""
    return _walk(network).matrices


def _walk(network: bytes) -> _Walk:
    walk = _Walk(network)
    _node(walk)
    walk.copy_string()  # the network's description
    training_flags = struct.unpack("<i", walk.take(4))[0]
    walk.out += struct.pack("<i", training_flags & ~INT_MODE_FLAG)
    walk.copy(len(network) - walk.at)  # iteration counters, null code, rates
    return walk


def _node(walk: _Walk) -> None:
    if walk.copy(1) != b"\0":
        raise NotAnInt8Network("a node of a numbered kind: older than Tesseract 4")
    kind = walk.copy_string()
    walk.copy(2)  # training state, needs-backprop
    flags, _inputs, _outputs, _weights = (walk.copy_int() for _ in range(4))
    walk.copy_string()  # the node's name
    if kind in CONTAINERS:
        for _ in range(walk.copy_int()):
            _node(walk)
        if flags & LAYER_RATES_FLAG:
            walk.copy(4 * walk.copy_int())
    elif kind in FIXED_PARTS:
        walk.copy(FIXED_PARTS[kind])
    elif kind in LSTM_KINDS:
        walk.copy(4)  # the width of a single softmax of its own; none here
        for _ in range(LSTM_GATES):
            _matrix(walk)
    else:
        _matrix(walk)


def _matrix(walk: _Walk) -> None:
    mode = walk.take(1)[0]
    if not mode & INT8_FLAG:
        raise NotAnInt8Network("the weights are floating point already")
    rows, columns = struct.unpack("<II", walk.take(8))
    walk.take(1)  # the value of an empty cell
    quantised = np.frombuffer(walk.take(rows * columns), np.int8).reshape(rows, columns)
    matrix = quantised.astype(np.float64) * _scales(walk, mode)[:rows, None]
    walk.matrices.append(matrix)
    walk.out += bytes([mode & ~INT8_FLAG | DOUBLE_FLAG])
    walk.out += struct.pack("<IId", rows, columns, 0.0) + matrix.astype("<f8").tobytes()


def _scales(walk: _Walk, mode: int) -> NDArray[np.float64]:
    count = struct.unpack("<I", walk.take(4))[0]
    if mode & DOUBLE_FLAG:
        return np.frombuffer(walk.take(8 * count), "<f8")
    # Files of Tesseract 4 keep floats that include the scale of the inputs, 1/127.
    return np.frombuffer(walk.take(4 * count), "<f4").astype(np.float64) * 127
