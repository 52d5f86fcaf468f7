"""What offices put on a letter after it was printed: stamps, seals, routing notes, punch holes, the emblem. As HTML."""

from __future__ import annotations

import random
from typing import Any

from letters.text import thai
from samples import hand
from samples.context import Context, date_words

COLOURS = {"blue": "#2a4fa8", "red": "#c0273a", "purple": "#6a3d9c"}

# An emblem of our own: a winged lamp. It stands where the state's emblem stands on a real letter.
EMBLEM = (
    '<svg class="emblem" viewBox="0 0 100 100"><g fill="none" stroke="#111" stroke-width="2.4">'
    '<path d="M50 8 L56 20 L50 30 L44 20Z" fill="#111"/>'
    '<circle cx="50" cy="40" r="9"/><circle cx="50" cy="40" r="4" fill="#111"/>'
    '<path d="M41 44 C24 30 14 30 4 18 C6 44 20 58 42 54Z"/><path d="M59 44 C76 30 86 30 96 18 C94 44 80 58 58 54Z"/>'
    '<path d="M12 30 C22 42 30 46 41 48 M16 40 C24 48 32 51 42 51 '
    'M88 30 C78 42 70 46 59 48 M84 40 C76 48 68 51 58 51"/>'
    '<path d="M42 54 L36 78 L44 72 L50 86 L56 72 L64 78 L58 54Z" fill="#111" fill-opacity=".75"/>'
    '<path d="M30 92 C40 84 60 84 70 92"/></g></svg>')


def received(stamp: dict[str, Any], context: Context, rng: random.Random, at: int) -> str:
    """A receiving stamp of an office at the top of a page; ``at`` counts the stamps of that page.

    Of the stamp's table, ``labels`` are the words before number, day and hour (two of them: no hour), ``thai`` writes
    Thai digits, ``form`` holds CSS classes (``wide``, ``bare``, ``machine``), ``place`` is left and top in mm."""
    colour = COLOURS[stamp.get("color", "blue")]
    left, top = stamp.get("place") or ((122, 9 if not stamp.get("over") else 24), (20, 8), (118, 34))[at % 3]
    date = date_words(context.shift(str(stamp["date"])), stamp.get("date_form", "s"))
    ink = colour if stamp.get("machine") else rng.choice(hand.INKS)
    labels = stamp.get("labels", ("เลขรับที่", "วันที่", "เวลา"))
    values = [thai(value) if stamp.get("thai") else value
              for value in (stamp["number"], date, stamp.get("time_printed") or stamp.get("time") or "")]
    lines = "".join(f'<div>{label} <u>{hand.written(value, rng, ink)}</u></div>'
                    for label, value in zip(labels, values, strict=False))
    classes = " ".join(["stamp", *stamp.get("form", [])])
    left, top = left + rng.uniform(-3, 3), top + rng.uniform(-2, 3)
    return (f'<div class="{classes}" style="left:{left:.1f}mm;top:{top:.1f}mm;'
            f'color:{colour};border-color:{colour};transform:rotate({rng.uniform(-4, 4):.1f}deg)">'
            f'<b>{context.fill(stamp["office"])}</b>{lines}</div>')


def copy_mark(words: str, rng: random.Random) -> str:
    """The red mark of the office's own copy."""
    return (f'<div class="mark" style="left:{rng.uniform(16, 24):.0f}mm;top:{rng.uniform(14, 20):.0f}mm;'
            f'transform:rotate({rng.uniform(-6, 3):.1f}deg)">{words}</div>')


def class_mark(words: str, left: float, top: float, rng: random.Random) -> str:
    """An urgency or secrecy class put on with a red rubber stamp."""
    return (f'<div class="mark plain" style="left:{left:.0f}mm;top:{top:.1f}mm;'
            f'transform:rotate({rng.uniform(-3, 3):.1f}deg)">{words}</div>')


def seal(left: float, top: float, words: str, rng: random.Random) -> str:
    """The round red seal of a stamped letter, over its office's name."""
    star = "M50 26 L56 44 L74 44 L60 55 L65 73 L50 62 L35 73 L40 55 L26 44 L44 44Z"
    style = f"left:{left:.1f}mm;top:{top:.1f}mm;transform:rotate({rng.uniform(-9, 9):.0f}deg)"
    return (f'<svg class="seal" style="{style}" viewBox="0 0 100 100">'
            '<g fill="none" stroke="#c0273a" stroke-width="2.5">'
            f'<circle cx="50" cy="50" r="47"/><circle cx="50" cy="50" r="31"/><path d="{star}"/>'
            '<path id="ring" stroke="none" d="M12 50 A38 38 0 1 1 88 50"/></g><text fill="#c0273a" font-size="10.5">'
            f'<textPath href="#ring" startOffset="2%" textLength="112">{words}</textPath></text></svg>')


def note(lines: list[str], left: float, top: float, rng: random.Random) -> str:
    """A routing-slip note as officers write it beside the signature, in pen."""
    ink = rng.choice(hand.INKS[:3])
    rows = "".join(f"<div>{hand.written(line, rng, ink)}</div>" for line in lines)
    style = f"left:{left:.1f}mm;top:{top:.1f}mm;transform:rotate({rng.uniform(-3, 2):.1f}deg)"
    return f'<div class="note" style="{style}">{rows}{hand.signature(rng)}</div>'


def name_stamp(lines: list[str], left: float, top: float, rng: random.Random) -> str:
    """A rubber stamp with an officer's name and post under a signature, as passed from desk to desk."""
    rows = "".join(f"<div>{line}</div>" for line in lines)
    style = f"left:{left:.1f}mm;top:{top:.1f}mm;transform:rotate({rng.uniform(-3, 3):.1f}deg)"
    return f'<div class="name-stamp" style="{style}">{hand.signature(rng)}{rows}</div>'


def holes(rng: random.Random) -> str:
    """Two punch holes at the left edge."""
    top = rng.uniform(104, 110)
    return "".join(f'<div class="hole" style="top:{y:.0f}mm"></div>' for y in (top, top + 80))
