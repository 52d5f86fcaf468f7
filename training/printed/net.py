"""The network: convolutions only, so that OpenCV's dnn runs it; about 0.3 million weights."""

from __future__ import annotations

from torch import Tensor, nn

from ocr.printed.signs import CHANNELS
from training.handwriting.net import block


class Net(nn.Module):
    """Pictures (n, 1, 48, 320) to scores (n, CHANNELS, 1, 160) for CTC: a column for every two of the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            block(1, 24, 5, 2, 2),
            block(24, 48, 3, 1, (2, 1)),
            block(48, 64, 3, 1, (2, 1)),
            block(64, 96),
            block(96, 128, (6, 1), 0),
            block(128, 128, (1, 5), (0, 2)),
            block(128, 128, (1, 3), (0, 1)), nn.Dropout(0.1),
            nn.Conv2d(128, CHANNELS, 1),
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """Scores before softmax."""
        return self.layers(pictures)  # type: ignore[no-any-return]
