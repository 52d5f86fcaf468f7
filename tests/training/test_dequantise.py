"""The float network must say what the int8 one says."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from training.dequantise import NotAnInt8Network, dequantise, weights
from training.starter import unpack
from training.train import BASE


def header(kind: str, flags: int = 0) -> bytes:
    """A node as the file has it: kind, states, flags, sizes, name."""
    text = kind.encode()
    return b"\0" + struct.pack("<I", len(text)) + text + b"\1\1" + struct.pack("<4iI", flags, 3, 2, 0, 0)


def int8_matrix(rows: np.ndarray, scales: list[float]) -> bytes:
    """A weight matrix in int8 form."""
    head = bytes([1 | 128]) + struct.pack("<II", *rows.shape) + b"\0"
    return head + rows.astype(np.int8).tobytes() + struct.pack(f"<I{len(scales)}d", len(scales), *scales)


TAIL = struct.pack("<I", 4) + b"spec" + struct.pack("<iii", 65, 100, 120)


def test_weights_are_int8_times_the_scale_of_their_row() -> None:
    rows = np.array([[127, -127, 0, 64], [1, 2, 3, -127]])
    network = header("Series") + struct.pack("<I", 1) + header("Softmax") + int8_matrix(rows, [0.5, 0.01]) + TAIL
    assert np.allclose(weights(network)[0], rows * np.array([[0.5], [0.01]]))


def test_the_rest_of_the_file_is_kept_and_the_int_mode_cleared() -> None:
    network = header("Softmax") + int8_matrix(np.array([[127, 1, 2, 3]]), [2.0]) + TAIL
    result = dequantise(network)
    assert result.startswith(header("Softmax") + bytes([128]) + struct.pack("<IId", 1, 4, 0.0))
    assert result.endswith(struct.pack("<I", 4) + b"spec" + struct.pack("<iii", 64, 100, 120))


@pytest.mark.parametrize("cut", [0, 5, 40])
def test_other_files_are_refused(cut: int) -> None:
    network = header("Softmax") + int8_matrix(np.array([[127, 1, 2, 3]]), [2.0]) + TAIL
    with pytest.raises(NotAnInt8Network):
        dequantise(network[:cut])


def test_a_float_network_is_refused() -> None:
    network = header("Softmax") + int8_matrix(np.array([[127, 1, 2, 3]]), [2.0]) + TAIL
    with pytest.raises(NotAnInt8Network, match="floating point already"):
        dequantise(dequantise(network))


@pytest.mark.tesseract
@pytest.mark.skipif(not BASE.exists(), reason="Debian's Thai model is not installed")
def test_debians_network_quantises_back_to_itself(tmp_path: Path) -> None:
    """Each row's largest weight is 127 scales, so rounding the floats gives the int8 weights again."""
    network = Path(f"{unpack(BASE, tmp_path)}.lstm").read_bytes()
    matrices = weights(network)
    assert len(matrices) == 18
    for matrix in matrices:
        largest = np.abs(matrix).max(axis=1, keepdims=True)
        steps = matrix / np.where(largest == 0, 1, largest) * 127
        assert np.abs(steps - np.round(steps)).max() < 1e-6
        assert np.round(steps).astype(np.int8).tobytes() in network
