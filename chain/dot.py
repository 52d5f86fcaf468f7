"""A chain as a drawing in the DOT language of Graphviz: newest letters on top, the origin at the bottom."""

from __future__ import annotations

import textwrap

from chain.model import LinkState, Node
from chain.report import Report
from chain.text import RELATIONS, STATES, standing
from chain.view import ChainView, Place

_SURE = {LinkState.LINKED: "solid", LinkState.LIKELY: "dashed"}
_WIDTH = 44  # characters of a subject that are shown


def dot(view: ChainView, told: Report | None = None) -> str:
    """The chain as DOT: one box a letter, the one asked for bold, letters that are not here dotted; ``told``
    (:func:`chain.report.report`) adds stamps, days left and who still has it."""
    more = {one["id"]: one for one in told["letters"]} if told else {}
    lines = ["digraph chain {", "  rankdir=TB;", '  node [shape=box, fontname="TH Sarabun New, Sarabun, sans-serif"];',
             '  edge [fontname="TH Sarabun New, Sarabun, sans-serif"];']
    for hop in view.hops:
        style = "dotted" if hop.node.absent else "bold" if hop.place is Place.ASKED else "solid"
        label = _quoted(_label(hop.node, more.get(hop.node.id)))
        lines.append(f"  {_quoted(hop.node.id)} [label={label}, style={style}];")
    for step in view.steps:
        words = [RELATIONS[step.link.relation], STATES[step.link.state]]
        if step.days is not None:
            words.append(f"{step.days} วัน")
        style = _SURE.get(step.link.state, "dotted")
        label = _quoted(" · ".join(words))
        lines.append(f"  {_quoted(step.upper)} -> {_quoted(step.lower)} [label={label}, style={style}];")
    return "\n".join([*lines, "}", ""])


def _label(node: Node, told: Report | None) -> str:
    subject = node.subject or ""
    rows = (str(node.number) if node.number else "(ไม่มีเลขที่)",
            node.date.thai(short=True) if node.date else "(ไม่ทราบวันที่)", node.issuer,
            subject if len(subject) <= _WIDTH else subject[: _WIDTH - 1] + "…",
            *(textwrap.fill(line, _WIDTH) for line in (standing(told) if told else ())))
    return "\n".join(row for row in rows if row)


def _quoted(text: str) -> str:
    """A string of DOT; line breaks become its own."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
