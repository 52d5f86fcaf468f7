"""A chain as a text tree for the terminal: Thai labels, Buddhist-era dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chain.model import Link, LinkRelation, LinkState, Node
from chain.report import Report
from chain.view import ChainView, Hop, Place, Step
from letters import LetterDate, Precision

RELATIONS = {
    LinkRelation.FORWARDS: "ส่งต่อ", LinkRelation.REFERS: "อ้างถึง", LinkRelation.FOLLOWS: "ติดตาม/เตือน",
    LinkRelation.REPLIES: "ตอบ", LinkRelation.AMENDS: "แก้ไข/เลื่อนกำหนด", LinkRelation.CANCELS: "ยกเลิก",
    LinkRelation.MENTIONS: "กล่าวถึง",
}
STATES = {
    LinkState.LINKED: "เชื่อมแล้ว", LinkState.LIKELY: "น่าจะใช่ รอตรวจ", LinkState.AMBIGUOUS: "กำกวม รอตรวจ",
    LinkState.ABSENT: "ยังไม่มีในคลัง", LinkState.REJECTED: "ปฏิเสธแล้ว",
}
_SUBJECT = 60
_NAMED = 5  # offices that are named one by one


def tree(view: ChainView, told: Report | None = None) -> str:
    """The chain, one letter a line under the letters that forward or cite it; ``▶`` marks the one asked for. ``told``
    (:func:`chain.report.report`) adds stamps, days left and who still has it.

    A letter with several above it is drawn in full once and named again at its other places.
    """
    lower = {step.lower for step in view.steps}
    tops = [hop for hop in view.hops if hop.node.id not in lower] or [view.hop(view.asked)]
    drawing = _Drawing(view, told)
    return "\n".join(line for top in tops for line in drawing.draw(top, None, "", ""))


def name(node: Node) -> str:
    """A letter in a few words: number, date, issuer."""
    number = str(node.number) if node.number else "(ไม่มีเลขที่)"
    date = f"ลงวันที่ {node.date.thai(short=True)}" if node.date else "(ไม่ทราบวันที่)"
    return "  ".join(part for part in (number, date, node.issuer) if part)


def standing(told: Report) -> Iterator[str]:
    """What a report tells of one letter: who received it when, what it is due, who has not passed it on."""
    for stamp in told["received"]:
        number = f" เลขรับ {stamp['number']}" if stamp["number"] else ""
        yield f"รับ {_day(stamp['date'])}  {stamp['office'] or '(อ่านชื่อหน่วยงานไม่ได้)'}{number}"
    if told["due"]:
        left = f" (เหลือ {told['days_left']} วัน)" if told["days_left"] is not None else ""
        yield f"กำหนด {_day(told['due'])}{left}"
    if told["waiting"]:
        rest = len(told["waiting"]) - _NAMED
        yield "ยังไม่พบว่าส่งต่อ: " + ", ".join(told["waiting"][:_NAMED]) + (f" และอีก {rest} แห่ง" if rest > 0 else "")


def _day(iso: str | None) -> str:
    return known_day(iso) if iso else "(ไม่ทราบวันที่)"


def known_day(iso: str) -> str:
    """A stored date (``2023-03-24``, ``2023-03`` or ``2023``, CE) as a Thai reader expects it, as far as known."""
    year, month, day = (*map(int, iso.split("-")), None, None)[:3]
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return LetterDate(year or 0, month, day, precision).thai(short=True)


def step_words(link: Link, days: int | None) -> str:
    """How two letters hang together: relation, state, score, days between."""
    words = f"{RELATIONS[link.relation]} · {STATES[link.state]}"
    if link.state not in (LinkState.ABSENT, LinkState.REJECTED):
        words += f" {link.score:.2f}"
    if days is not None:
        words += f" · ห่าง {days} วัน" if days else " · วันเดียวกัน"
    return words


class _Drawing:
    def __init__(self, view: ChainView, told: Report | None) -> None:
        self.told = {one["id"]: one for one in told["letters"]} if told else {}
        self.hops = {hop.node.id: hop for hop in view.hops}
        self.steps: dict[str, list[Step]] = defaultdict(list)
        for step in view.steps:
            self.steps[step.upper].append(step)
        self.drawn: set[str] = set()

    def draw(self, hop: Hop, by: Step | None, lead: str, indent: str) -> Iterator[str]:
        """The lines of one letter and all below it. ``lead`` begins its own line, ``indent`` the ones that follow."""
        yield lead + self._line(hop, by)
        if hop.node.id in self.drawn:
            return
        self.drawn.add(hop.node.id)
        told = self.told.get(hop.node.id)
        yield from (f"{indent}   {line}" for line in (*_details(hop.node), *(standing(told) if told else ())))
        steps = self.steps[hop.node.id]
        for step in steps:
            last = step is steps[-1]
            yield from self.draw(self.hops[step.lower], step, indent + ("└─ " if last else "├─ "),
                                 indent + ("   " if last else "│  "))

    def _line(self, hop: Hop, by: Step | None) -> str:
        mark = "▶ " if hop.place is Place.ASKED else ""
        level = f"  ({hop.level.thai})" if hop.level else ""
        words = f"  [{step_words(by.link, by.days)}]" if by else ""
        again = "  (ดูด้านบน)" if hop.node.id in self.drawn else ""
        return f"{mark}{name(hop.node)}{level}{words}{again}"


def _details(node: Node) -> Iterator[str]:
    if node.subject:
        yield "เรื่อง " + (node.subject if len(node.subject) <= _SUBJECT else node.subject[: _SUBJECT - 1] + "…")
    if len(node.copies) > 1:
        yield f"มี {len(node.copies)} สำเนา"
    yield from (f"⚠ {doubt}" for doubt in node.doubts)
