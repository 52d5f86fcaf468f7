"""Line images for training on disk: files of a thousand lines each, made once and kept."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from training.lines import sample
from training.lstmf import pack_lines

LINES_PER_SHARD = 1000
SEED = 2


def make_shards(folder: Path, lines: int, workers: int = 2) -> list[Path]:
    """At least ``lines`` training lines under ``folder``, those already there included; their files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    count = -(-lines // LINES_PER_SHARD)
    with ProcessPoolExecutor(workers, initializer=partial(os.nice, 19)) as pool:
        return list(pool.map(partial(_shard, folder), range(count)))


def _shard(folder: Path, number: int) -> Path:
    path = folder / f"lines{number:04d}.lstmf"
    if not path.exists():
        first = number * LINES_PER_SHARD
        images = [sample(SEED, index) for index in range(first, first + LINES_PER_SHARD)]
        usable = [image.as_training_line() for image in images if image.text and min(image.image.shape) > 8]
        part = path.with_suffix(".part")
        part.write_bytes(pack_lines(usable, path.name))
        part.rename(path)
    return path
