"""The committed packets, read once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import samples
from samples.packet import HALVES

ROOT = Path(samples.__file__).parent
Packets = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def packets() -> dict[str, Packets]:
    """Half → stem → truth file."""
    files = {half: sorted((ROOT / half).glob("*.json")) for half in HALVES}
    return {half: {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}
            for half, paths in files.items()}


FILLED = tuple(half for half in HALVES if any((ROOT / half).glob("*.json")))


@pytest.fixture(params=FILLED)
def half(request: pytest.FixtureRequest, packets: dict[str, Packets]) -> Packets:
    """One half's packets: what must be present must be present in both (an empty half is being written)."""
    return packets[request.param]
