"""Which engine stands for which name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from index.engine import SearchEngine
from letters.errors import BadRequest, IndexUnavailable

# Imported when asked for: a machine without wheels for tantivy can still run on Whoosh.
_BACKENDS = {
    "tantivy": ("index.tantivy_backend", "TantivyBackend"),
    "whoosh": ("index.whoosh_backend", "WhooshBackend"),
}


def open_engine(kind: str, folder: Path, *, patience: float = 10.0, batch: int = 500) -> SearchEngine:
    """The engine ``tantivy`` or ``whoosh`` over an index folder, which both can share.

    Touches no index yet, so that a broken or missing one can still be rebuilt. ``patience``: seconds that
    writing waits for another writer; ``batch``: entries that a rebuild commits together. Raises BadRequest for
    another name, IndexUnavailable if the library is not installed.
    """
    if kind not in _BACKENDS:
        raise BadRequest(kind, f"SARABAN_INDEX is one of {', '.join(_BACKENDS)}")
    module, name = _BACKENDS[kind]
    try:
        backend = getattr(import_module(module), name)()
    except ImportError as error:
        raise IndexUnavailable(str(folder), f"ไม่ได้ติดตั้ง / not installed: {kind}") from error
    return SearchEngine(backend, folder, patience, batch)
