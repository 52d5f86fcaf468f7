"""Teaches a network, calibrates it on held-out entries and writes it, as ``ocr/models/handwriting.onnx`` or elsewhere.

    python -m training.handwriting.train [--steps 4000] [--batch 96] [--work training/work/handwriting] [--out FILE]
    python -m training.handwriting.train --part 2 --steps 2000
    python -m training.handwriting.train --part 5 --steps 2800 --out ocr/models/handwriting-2.onnx

The same arguments give the same entries in the same order; weights differ in the last digits between processors.
"""

from __future__ import annotations

import argparse
import json
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

from ocr.handwriting.model import slanted
from ocr.handwriting.signs import HEIGHT, SIGNS, TYPED, WIDTH, picture
from training.corpus import Part
from training.handwriting.compose import Composer
from training.handwriting.evaluate import accuracy, calibrated, held_out, outcomes, reliability
from training.handwriting.net import Net, taken_from
from training.handwriting.ways import Ways, load

OUT = Path("ocr/models/handwriting.onnx")
_LONGEST = 14
_TYPED_WEIGHT = 0.3
_CALIBRATING = 350  # of the held-out entries
_SAYS = 50
_REMEMBERS = 0.995  # of the running mean, from one step to the next
_TAKEN = 1000  # entries whose means stand for those the shipped model was taught with

Sample = tuple[np.ndarray[tuple[int, ...], np.dtype[np.float32]], np.ndarray[tuple[int], np.dtype[np.int64]], int, int]


class Entries(IterableDataset[Sample]):
    """Endless entries, each twice, as it is and slanted: picture, classes padded with blanks, their number; typed (1),
    by hand (0), neither (-1). To draw an entry takes longer than to learn from it."""

    def __init__(self, ways: Ways, part: Part, seed: int) -> None:
        self.composer, self.seed = Composer(ways, part), seed

    def __iter__(self) -> Iterator[Sample]:
        rng = Random(self.seed)
        while True:
            entry = self.composer.entry(rng)
            classes = np.zeros(_LONGEST, np.int64)
            classes[:len(entry.text)] = [SIGNS.index(sign) + 1 for sign in entry.text]
            typed = -1 if entry.typed is None else int(entry.typed)
            for crop in (entry.crop, slanted(entry.crop, rng.uniform(-0.25, 0.25), rng.uniform(0.75, 1.3))):
                yield picture(crop)[None], classes, len(entry.text), typed


def loss_of(scores: Tensor, classes: Tensor, lengths: Tensor, typed: Tensor) -> Tensor:
    """CTC loss of the reading and the loss of telling print from hand."""
    columns = scores[:, :TYPED, 0].permute(2, 0, 1).log_softmax(2)
    width = torch.full((scores.shape[0],), columns.shape[0])
    reading = nn.functional.ctc_loss(columns, classes, width, lengths, zero_infinity=True)
    known = typed >= 0
    look = scores[:, TYPED, 0].mean(dim=1)[known]
    return reading + _TYPED_WEIGHT * nn.functional.binary_cross_entropy_with_logits(look, typed[known].float())


def teach(ways: Ways, steps: int, batch: int, net: Net, work: Path, part: int) -> None:
    """Runs the steps of one part (each with entries of its own, at a lower rate), says now and then how it goes, and
    keeps the weights in ``work``: their running mean, which errs less than the weights of any one step."""
    rate = 3e-3 / part
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, steps, pct_start=0.1)
    loader = DataLoader(Entries(ways, "teach", part), batch, num_workers=1, prefetch_factor=8)
    running = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(_REMEMBERS), use_buffers=True)
    net.train()
    started, total = time.monotonic(), 0.0
    for step, (pictures, classes, lengths, typed) in enumerate(islice(loader, steps), 1):
        with torch.autocast("cpu", torch.bfloat16):
            scores = net(pictures)
        loss = loss_of(scores.float(), classes, lengths, typed)
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


def _kept(weights: Path, ways: Ways) -> dict[str, Tensor]:
    """The weights kept by an earlier part; where there are none, those of the shipped model."""
    if weights.is_file():
        return torch.load(weights, weights_only=True)  # type: ignore[no-any-return]
    entries = islice(Entries(ways, "teach", 0), _TAKEN)
    return taken_from(OUT, torch.from_numpy(np.stack([one[0] for one in entries]))).state_dict()


def export(net: Net, out: Path) -> None:
    """Writes the network for OpenCV (ONNX, batch of any size)."""
    net.eval()
    out.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(net, (torch.zeros(1, 1, HEIGHT, WIDTH),), str(out), dynamo=False, opset_version=13,
                          input_names=["pictures"], output_names=["scores"],
                          dynamic_axes={"pictures": {0: "n"}, "scores": {0: "n"}})


def main() -> None:
    """Teaches, exports, calibrates, and prints what held-out entries give."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--work", type=Path, default=Path("training/work/handwriting"))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--part", type=int, default=1,
                        help="2 and on go on from the kept weights (else the shipped ones); 0 only exports them")
    parser.add_argument("--held", type=int, default=1500, help="held-out entries to calibrate with and to measure on")
    asked = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)  # with the process that draws entries, two in all
    teach_ways, held_ways = load(asked.work)
    net = Net().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    print(f"{sum(one.numel() for one in net.parameters())} weights")
    if asked.part != 1:
        net.load_state_dict(_kept(asked.work / "net.pt", teach_ways))
    if asked.part:
        teach(teach_ways, asked.steps, asked.batch, net, asked.work, asked.part)
    export(net, asked.out)
    held = held_out(held_ways, asked.held, [asked.out])
    temperature = calibrated(held[:_CALIBRATING])
    asked.out.with_suffix(".json").write_text(json.dumps({"temperature": temperature}) + "\n")
    found = outcomes(held, temperature)
    print(f"temperature {temperature}", json.dumps(accuracy(found), indent=1), sep="\n")
    for low, high, count, said, right in reliability(found):
        print(f"said {low:.2f} to {high:.2f}: {count} entries, mean {said:.3f}, right {right:.3f}")


if __name__ == "__main__":
    main()
