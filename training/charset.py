"""The character set the model can write, and its file form (Tesseract's unicharset).

Debian's Thai model lacks ๔ ๖ ๗ ๘ ๙, all Latin letters, ำ as one character (it writes ํ and า), ฅ ฃ ฦ and ; & –
among others.
"""

from __future__ import annotations

import unicodedata

CONSONANTS = "".join(chr(code) for code in range(0x0E01, 0x0E2F) if chr(code) not in "ฤฦ")
VOWELS = "ะัาำิีึืุูเแโใไๅฤฦ"
TONE_MARKS = "่้๊๋"
OTHER_MARKS = "็์ํฺ"
SIGNS = "ฯๆ฿๏"
THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ARABIC_DIGITS = "0123456789"
LATIN = "".join(chr(code) for code in (*range(0x41, 0x5B), *range(0x61, 0x7B)))
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_{|}~“”‘’–…«»•°×½²√"

#: Every character the model can write, without the space.
CHARACTERS = CONSONANTS + VOWELS + TONE_MARKS + OTHER_MARKS + SIGNS + THAI_DIGITS + ARABIC_DIGITS + LATIN + PUNCTUATION

_ALPHA, _LOWER, _UPPER, _DIGIT, _PUNCTUATION = 1, 2, 4, 8, 16
# Identifiers of ICU's writing directions.
_LEFT_TO_RIGHT, _EUROPEAN_NUMBER, _NONSPACING, _OTHER_NEUTRAL = 0, 2, 17, 10
_MIRRORS = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))


def kind_of(character: str) -> str:
    """The class a character is counted under: thai, mark, thai digit, arabic digit, latin or punctuation."""
    if character in THAI_DIGITS:
        return "thai digit"
    if character in ARABIC_DIGITS:
        return "arabic digit"
    if character in LATIN:
        return "latin"
    if unicodedata.category(character) == "Mn":
        return "mark"
    return "thai" if "\u0e01" <= character <= "\u0e46" and character not in SIGNS else "punctuation"


def unicharset() -> str:
    """The character set in Tesseract's file form: a count, three special entries, one line per character."""
    entries = ["NULL 0 Common 0",
               "Joined 7 0,255,0,255,0,0,0,0,0,0 Latin 1 0 1 Joined",
               "|Broken|0|1 f 0,255,0,255,0,0,0,0,0,0 Common 2 10 2 |Broken|0|1"]
    numbers = {character: number for number, character in enumerate(CHARACTERS, start=len(entries))}
    entries += [_entry(character, numbers) for character in CHARACTERS]
    return "\n".join([str(len(entries)), *entries]) + "\n"


def _entry(character: str, numbers: dict[str, int]) -> str:
    number = numbers[character]
    other_case = numbers.get(character.swapcase(), number)
    mirror = numbers[_MIRRORS.get(character, character)]
    return (f"{character} {_properties(character):x} 0,255,0,255,0,0,0,0,0,0 {_script(character)} "
            f"{other_case} {_direction(character)} {mirror} {character}")


def _properties(character: str) -> int:
    category = unicodedata.category(character)
    by_category = {"Lu": _ALPHA | _UPPER, "Ll": _ALPHA | _LOWER, "Lo": _ALPHA, "Lm": _ALPHA, "Nd": _DIGIT}
    return by_category.get(category, _PUNCTUATION if category[0] == "P" else 0)


def _script(character: str) -> str:
    if character in LATIN:
        return "Latin"
    return "Thai" if "\u0e01" <= character <= "\u0e5b" and character != "฿" else "Common"


def _direction(character: str) -> int:
    if character in ARABIC_DIGITS:
        return _EUROPEAN_NUMBER
    if unicodedata.category(character) == "Mn":
        return _NONSPACING
    return _LEFT_TO_RIGHT if character.isalnum() else _OTHER_NEUTRAL
