"""Teaches the network for printed numbers and writes it for OpenCV, as ``ocr/models/numbers.onnx`` or elsewhere.

    python -m training.printed.train [--steps 5000] [--batch 64] [--out FILE] [--work training/work/printed]

The same arguments give the same entries in the same order; weights differ in the last digits between processors.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader, IterableDataset

from ocr.printed.signs import HEIGHT, SIGNS, WIDTH
from training.printed.compose import entry
from training.printed.net import Net

OUT = Path("ocr/models/numbers.onnx")
SEED = 1
_LONGEST = 48
_RATE, _SAYS = 3e-3, 50
_REMEMBERS = 0.995  # of the running mean, from one step to the next

Sample = tuple[np.ndarray[tuple[int, ...], np.dtype[np.float32]], np.ndarray[tuple[int], np.dtype[np.int64]], int]


class Entries(IterableDataset[Sample]):
    """Endless entries: picture, classes padded with blanks, their number."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __iter__(self) -> Iterator[Sample]:
        rng = Random(self.seed)
        while True:
            one = entry(rng)
            if not 0 < len(one.text) <= _LONGEST:
                continue
            classes = np.zeros(_LONGEST, np.int64)
            classes[:len(one.text)] = [SIGNS.index(sign) + 1 for sign in one.text]
            yield np.pad(one.picture, ((0, 0), (0, WIDTH - one.picture.shape[1])))[None], classes, len(one.text)


def loss_of(scores: Tensor, classes: Tensor, lengths: Tensor) -> Tensor:
    """CTC loss of the reading."""
    columns = scores[:, :, 0].permute(2, 0, 1).log_softmax(2)
    width = torch.full((scores.shape[0],), columns.shape[0])
    return nn.functional.ctc_loss(columns, classes, width, lengths, zero_infinity=True)


def teach(steps: int, batch: int, net: Net, seed: int, rate: float, work: Path) -> None:
    """Runs the steps, says now and then how it goes, and leaves the running mean of the weights in ``net``, which errs
    less than those of any one step; kept in ``work`` all the while."""
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, steps, pct_start=0.1)
    loader = DataLoader(Entries(seed), batch, num_workers=1, prefetch_factor=8)
    running = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(_REMEMBERS), use_buffers=True)
    net.train()
    started, total = time.monotonic(), 0.0
    for step, (pictures, classes, lengths) in enumerate(islice(loader, steps), 1):
        with torch.autocast("cpu", torch.bfloat16):
            scores = net(pictures.to(memory_format=torch.channels_last))
        loss = loss_of(scores.float(), classes, lengths)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        running.update_parameters(net)
        total += float(loss.detach())
        if step % _SAYS == 0:
            print(f"step {step}: loss {total / _SAYS:.3f}, {time.monotonic() - started:.0f} s", flush=True)
            total = 0.0
            torch.save(running.module.state_dict(), work / "net.pt")
    net.load_state_dict(running.module.state_dict())


def export(net: Net, out: Path) -> None:
    """Writes the network for OpenCV (ONNX; any number of pictures of any width)."""
    net.eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(net, (torch.zeros(1, 1, HEIGHT, WIDTH),), str(out), dynamo=False, opset_version=13,
                          input_names=["pictures"], output_names=["scores"],
                          dynamic_axes={"pictures": {0: "n", 3: "w"}, "scores": {0: "n", 3: "c"}})


def main() -> None:
    """Teaches and exports."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--work", type=Path, default=Path("training/work/printed"))
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # with the process that draws entries, two in all
    net = Net().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    print(f"{sum(one.numel() for one in net.parameters())} weights")
    teach(asked.steps, asked.batch, net, SEED, _RATE, asked.work)
    export(net, asked.out)


if __name__ == "__main__":
    main()
