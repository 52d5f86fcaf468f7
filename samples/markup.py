"""The small markup of letter texts: what a phrase means is written where the phrase stands.

``[due date 2023-03-24|ภายใน<w 2023-03-24>]`` prints the words and makes a deadline; marks can be nested. Tags:

* ``due`` – deadline: ``date ISO``, ``event ISO``, ``relative DAYS START``, ``recurring RULE``, ``urgent``
  (``date`` is the day printed, also after ก่อน, or the last day of the month or year printed); ``optional`` behind
  them where one may argue whether it binds
* ``past`` – a date that is no deadline: ``ISO`` (history); ``other`` – ``ROLE ISO`` (event of others, effective, rule)
* ``cite`` – ``ISSUER; NUMBER; ISO; URGENCY; MEANT``; with nothing after the bar the usual words are printed;
  ``MEANT`` is the right number where the printed one is a slip
* ``raw`` – digits stay Arabic, as offices mix them; no fact of its own
* ``do`` – one thing asked for; ``tel``, ``mail``, ``url`` – contact data
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from samples.context import Context


@dataclass(frozen=True)
class Mark:
    """One marked phrase: tag, its argument, and the words as printed."""

    tag: str
    argument: str
    text: str


@dataclass
class Marked:
    """Plain printed text and its marks, in order of their beginning."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)


def read(source: str, context: Context) -> Marked:
    """Marked text, filled and printed in the context's digits. Raises ``ValueError`` for an unclosed mark."""
    marked, end = _read(source, 0, context)
    if end != len(source):
        raise ValueError(f"a bracket too many in: {source}")
    return marked


def _read(source: str, at: int, context: Context) -> tuple[Marked, int]:
    result, plain = Marked(), ""
    while at < len(source) and source[at] != "]":
        if source[at] != "[":
            plain += source[at]
            at += 1
            continue
        result.text += context.print(context.fill(plain))
        plain = ""
        head, _, _ = source[at + 1:].partition("|")
        plain_digits = replace(context, digits="arabic") if head == "raw" else context
        inner, end = _read(source, at + len(head) + 2, plain_digits)
        if end >= len(source):
            raise ValueError(f"a mark is not closed in: {source}")
        tag, _, argument = head.strip().partition(" ")
        text = inner.text or _citation(argument, context)
        result.text += text
        result.marks += [*([] if tag == "raw" else [Mark(tag, argument, text)]), *inner.marks]
        at = end + 1
    result.text += context.print(context.fill(plain))
    return result, at


def citation_parts(argument: str) -> tuple[str, str, str, str, str]:
    """Issuer, number, date, urgency and meant number of a ``cite`` mark, as in the file; empty where not given."""
    parts = [part.strip() for part in argument.split(";")] + [""] * 5
    return parts[0], parts[1], parts[2], parts[3], parts[4]


def number_words(number: dict[str, object]) -> str:
    """The usual printed form of a number's parts: ``มท 0810.7/ว 908``."""
    owner = " ".join(str(number[part]) for part in ("code", "agency") if number[part])
    running = ("ว " if number["circular"] else "") + str(number["serial"])
    return f"{owner}/{running}" if owner else running


def _citation(argument: str, context: Context) -> str:
    issuer, number, date, urgency, _ = citation_parts(argument)
    words = [issuer, urgency, f"ที่ {number_words(context.number(number))}" if number else "",
             f"ลงวันที่ <{date}>" if date else ""]
    return context.print(context.fill(" ".join(word for word in words if word)))
