"""Thai marks as PDF makers write them, back in the order and code points of the Unicode standard."""

from __future__ import annotations

import re

from pythainlp.util import normalize

from letters.text import mend

# Windows' Thai fonts keep shifted shapes of marks (and two consonants without their foot) at U+F700-F71A; PDF makers
# that look a glyph's name up backwards write those code points out.
_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_SHIFTED = dict(zip(range(0xF700, 0xF71B),
                    "\u0e10" "\u0e34\u0e35\u0e36\u0e37" + _TONES + _TONES
                    + "\u0e0d" "\u0e31\u0e4d\u0e47" + _TONES + "\u0e38\u0e39\u0e3a", strict=True))
_COMBINING = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_TORN = re.compile(rf"\s+(?=[{_COMBINING}])")
_TONE_FIRST = re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a\u0e4d])")
_TONE_AA = re.compile("\u0e33([\u0e48-\u0e4b])")  # ำ then tone: typed in the wrong order

COMBINING = re.compile(f"[{_COMBINING}\uf701-\uf70e\uf710-\uf71a]")


def repair(word: str) -> str:
    """One word of a text layer with its marks put right; a word is never changed into another.

    The order matters: shifted shapes, marks torn off by spaces, ํ+า, the order of marks, then PyThaiNLP's rules.
    """
    word = _TORN.sub("", word.translate(_SHIFTED))
    word = mend(_TONE_FIRST.sub(r"\2\1", word))
    normal: str = normalize(_TONE_AA.sub("\\1\u0e33", word))
    return normal
