"""Thai words, to tell text from what only looks like it."""

from __future__ import annotations

from functools import cache

from pythainlp.corpus import thai_words


@cache
def dictionary() -> frozenset[str]:
    """PyThaiNLP's list of Thai words (CC0), some sixty thousand."""
    return frozenset(thai_words())
