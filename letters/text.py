"""Thai text as letters need it: digits of both scripts, and the marks OCR and PDF makers leave in the wrong shape."""

from __future__ import annotations

import re

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_HAS_THAI_DIGIT = re.compile("[๐-๙]").search
_PAIRS = tuple(zip(THAI_DIGITS, "0123456789", strict=True))
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_NIKHAHIT_AA = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


def arabic(text: str) -> str:
    """The text with Thai digits written as Arabic ones; length and positions do not change."""
    if not _HAS_THAI_DIGIT(text):
        return text
    for ours, theirs in _PAIRS:  # str.translate walks Thai text sign by sign: ten to eighty times slower
        text = text.replace(ours, theirs)
    return text


def thai(text: str) -> str:
    """The text with Arabic digits written as Thai ones; length and positions do not change."""
    for ours, theirs in _PAIRS:
        text = text.replace(theirs, ours)
    return text


def mend(text: str) -> str:
    """The text with ํ+า joined to ำ (a tone mark between them kept), เเ made แ, and invisible characters dropped.

    These are two ways of writing the same printed shape, never a change of what was printed
    (DOMAIN section 5). Positions may shift: mend before spans are taken.
    """
    if text.isprintable() and "\u0e4d" not in text and "\u0e40\u0e40" not in text:
        return text
    text = _INVISIBLE.sub("", text).replace("\u0e40\u0e40", "\u0e41")
    return _NIKHAHIT_AA.sub("\\1\u0e33", text)


def squeeze(text: str) -> str:
    """The text without any white space, for comparing what was printed."""
    return re.sub(r"\s+", "", text)
