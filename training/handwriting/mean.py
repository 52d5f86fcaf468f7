"""The mean of exported networks, weight by weight: of one taught on from another it errs less than either.

    python -m training.handwriting.mean ONE.onnx OTHER.onnx OUT.onnx
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper


def mean(models: Sequence[Path], out: Path) -> None:
    """Writes the network whose every number is the mean of those of ``models``, which are of one form."""
    read = [onnx.load(str(model)) for model in models]
    for place, kept in enumerate(read[0].graph.initializer):
        values = [numpy_helper.to_array(one.graph.initializer[place]).astype(np.float64) for one in read]
        kept.CopyFrom(numpy_helper.from_array(np.mean(values, axis=0).astype(np.float32), kept.name))
    onnx.save(read[0], str(out))


if __name__ == "__main__":
    mean([Path(name) for name in sys.argv[1:-1]], Path(sys.argv[-1]))
