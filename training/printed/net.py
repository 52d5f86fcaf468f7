"""The network: convolutions only, so that OpenCV's dnn runs it; about 0.3 million weights."""

from __future__ import annotations

from torch import Tensor, nn

from ocr.printed.signs import CHANNELS

_Size = int | tuple[int, int]


def _block(before: int, after: int, size: _Size = 3, pad: _Size = 1, stride: _Size = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(before, after, size, stride, pad, bias=False), nn.BatchNorm2d(after), nn.ReLU())


class Net(nn.Module):
    """Pictures (n, 1, 48, 320) to scores (n, CHANNELS, 1, 160) for CTC: a column for every two of the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _block(1, 24, 5, 2, 2),
            _block(24, 48, 3, 1, (2, 1)),
            _block(48, 64, 3, 1, (2, 1)),
            _block(64, 96),
            _block(96, 128, (6, 1), 0),
            _block(128, 128, (1, 5), (0, 2)),
            _block(128, 128, (1, 3), (0, 1)), nn.Dropout(0.1),
            nn.Conv2d(128, CHANNELS, 1),
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """Scores before softmax."""
        return self.layers(pictures)  # type: ignore[no-any-return]
