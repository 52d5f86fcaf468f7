"""Makes the Thai model from Debian's: ``python -m training.train --lines 120000``.

Every stage keeps what it made under ``training/work``, and a run that was stopped goes on where it was; delete the
folder to start afresh.
"""

from __future__ import annotations

import argparse
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from training.dequantise import dequantise
from training.shards import make_shards
from training.starter import LANGUAGE, call, make_starter, unpack

WORK = Path(__file__).parent / "work"
MODEL = Path(__file__).parent.parent / "ocr" / "models" / f"{LANGUAGE}.traineddata"
BASE = Path("/usr/share/tesseract-ocr/5/tessdata/tha.traineddata")
VERSION = "saraban-2"


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the training: its share of the lines and iterations, and its learning rate."""

    name: str
    share: float
    rate: float


#: Learn the new characters, then settle.
PLAN = (Stage("stage1", 0.50, 0.0007), Stage("stage2", 0.28, 0.0003), Stage("stage3", 0.22, 0.0001))


@dataclass(frozen=True, slots=True)
class Material:
    """What training needs: Debian's model, the starter, the float network to continue from, the files of lines."""

    base: Path
    starter: Path
    network: Path
    shards: list[Path]


def main(arguments: list[str] | None = None) -> None:
    """Prepares, trains and exports."""
    options = _options(arguments)
    material = prepare(options.base, options.lines, options.workers)
    checkpoint = train(material, options.iterations)
    export(checkpoint, material.starter, options.model)
    print(f"wrote {options.model}")


def prepare(base: Path, lines: int, workers: int) -> Material:
    """The starter, the float network and the training lines."""
    old = unpack(base, WORK / "base")
    network = WORK / "base" / "float.lstm"
    network.write_bytes(dequantise(Path(f"{old}.lstm").read_bytes()))
    starter = make_starter(old, WORK / "starter", VERSION)
    return Material(base, starter, network, make_shards(WORK / "lines", lines, workers))


def train(material: Material, iterations: int) -> Path:
    """Runs ``lstmtraining`` through the plan; the last checkpoint."""
    before = material.network
    for stage, shards in shared_out(material.shards, PLAN):
        before = train_stage(material, stage, shards, before, round(stage.share * iterations))
    return before


def shared_out(shards: Sequence[Path], plan: Sequence[Stage]) -> list[tuple[Stage, Sequence[Path]]]:
    """Lines of its own for every stage, by its share; a stage always gets one file at least."""
    ends = [round(len(shards) * total) for total in accumulate(stage.share for stage in plan)]
    starts = [min(start, len(shards) - 1) for start in (0, *ends)]
    return [(stage, shards[start : max(end, start + 1)]) for stage, start, end in zip(plan, starts, ends, strict=False)]


def train_stage(material: Material, stage: Stage, shards: Sequence[Path], before: Path, iterations: int) -> Path:
    """One stage, from the checkpoint ``before`` (or the float network) or from where it was stopped; its checkpoint."""
    folder = WORK / stage.name
    folder.mkdir(exist_ok=True)
    listing, checkpoint = folder / "lines.list", folder / "saraban_checkpoint"
    listing.write_text("".join(f"{shard.resolve()}\n" for shard in shards))
    source = checkpoint if checkpoint.exists() else before
    command = ["lstmtraining", "--continue_from", source, "--traineddata", material.starter,
               "--model_output", folder / "saraban", "--train_listfile", listing,
               "--max_iterations", iterations, "--target_error_rate", 0.001]
    if source != checkpoint:
        command += ["--learning_rate", stage.rate, "--reset_learning_rate"]
    if source == material.network:
        command += ["--old_traineddata", material.base]
    # A second thread only doubles the processor time here.
    one_thread = os.environ | {"OMP_THREAD_LIMIT": "1"}
    with (folder / "log.txt").open("a") as log:
        subprocess.run([str(part) for part in command], check=True, stdout=log, stderr=log, env=one_thread)
    return checkpoint


def export(checkpoint: Path, starter: Path, model: Path) -> None:
    """The int8 model of a checkpoint, ready for Tesseract."""
    model.parent.mkdir(parents=True, exist_ok=True)
    call("lstmtraining", "--stop_training", "--convert_to_int", "--continue_from", checkpoint, "--traineddata", starter,
         "--model_output", model)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=120_000, help="how many lines to draw")
    parser.add_argument("--iterations", type=int, default=120_000, help="lines to learn from, with repetition")
    parser.add_argument("--workers", type=int, default=2, help="processes that draw lines")
    parser.add_argument("--base", type=Path, default=BASE, help="the Thai model to start from")
    parser.add_argument("--model", type=Path, default=MODEL, help="where the model goes")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
