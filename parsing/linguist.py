"""spaCy as this room uses it: pipelines and spans, no networks.

spaCy loads a library for networks wherever one is installed, if nothing is ever asked of it; that takes longer than to
read a page.
"""

from __future__ import annotations

import sys

_NETWORKS = ("torch", "cupy")
_hidden = [name for name in _NETWORKS if name not in sys.modules]
sys.modules.update(dict.fromkeys(_hidden))  # type: ignore[arg-type] # None: "not to be imported"
try:
    import spacy
    from spacy import displacy
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.util import filter_spans, registry
    from spacy.vocab import Vocab
finally:
    for _name in _hidden:
        del sys.modules[_name]

__all__ = ["Doc", "Language", "Vocab", "displacy", "filter_spans", "registry", "spacy"]
