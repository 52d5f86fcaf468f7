"""The network: convolutions only, so that OpenCV's dnn runs it; about 0.25 million weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from ocr.handwriting.signs import TYPED

CHANNELS = TYPED + 1
_Size = int | tuple[int, int]


def block(before: int, after: int, size: _Size = 3, pad: _Size = 1, stride: _Size = 1) -> nn.Sequential:
    """A convolution, normalised, of which what is above nothing goes on."""
    return nn.Sequential(nn.Conv2d(before, after, size, stride, pad, bias=False), nn.BatchNorm2d(after), nn.ReLU())


class Net(nn.Module):
    """Pictures (n, 1, 32, 160) to scores (n, CHANNELS, 1, 40): CTC's classes, and how typed each column looks."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            block(1, 24, 5, 2, 2),
            block(24, 48, 3, 1, 2),
            block(48, 64),
            block(64, 96, 3, 1, (2, 1)),
            block(96, 128, (4, 1), 0),
            block(128, 128, (1, 5), (0, 2)),
            block(128, 128, (1, 3), (0, 1)), nn.Dropout(0.1),
            nn.Conv2d(128, CHANNELS, 1),
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """Scores before softmax."""
        return self.layers(pictures)  # type: ignore[no-any-return]


def taken_from(model: Path, pictures: Tensor) -> Net:
    """The network of an exported ``model``, ready to be taught on. Export folds each normalisation into its
    convolution; here it is unfolded again with the means of ``pictures``, so that it reads as before."""
    net = Net()
    # Named weights first, then the folded ones in the order of the layers: the last layer has none to fold.
    stored = [torch.from_numpy(np.array(numpy_helper.to_array(one))) for one in onnx.load(str(model)).graph.initializer]
    last, folded = stored[:2], stored[2:]
    blocks = [layer for layer in net.layers if isinstance(layer, nn.Sequential)]
    seen = pictures
    net.eval()
    with torch.no_grad():
        for layer in net.layers:
            if layer in blocks:
                at = blocks.index(layer)
                _unfold(layer, folded[2 * at], folded[2 * at + 1], seen)
            elif isinstance(layer, nn.Conv2d):
                layer.weight.copy_(last[0])
                layer.bias.copy_(last[1])  # type: ignore[union-attr]
            seen = layer(seen)
    return net


def _unfold(block: nn.Sequential, weight: Tensor, bias: Tensor, seen: Tensor) -> None:
    """Sets a block to give on ``seen`` what the folded convolution gives."""
    convolution, norm = block[0], block[1]
    convolution.weight.copy_(weight)  # type: ignore[operator]
    before = convolution(seen)
    mean, var = before.mean(dim=(0, 2, 3)), before.var(dim=(0, 2, 3), unbiased=False)
    norm.running_mean.copy_(mean)  # type: ignore[operator]
    norm.running_var.copy_(var)  # type: ignore[operator]
    norm.weight.copy_((var + norm.eps).sqrt())  # type: ignore[operator]
    norm.bias.copy_(bias + mean)  # type: ignore[operator]
