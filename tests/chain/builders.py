"""Small letters for tests: invented offices' numbers, dates in the Buddhist era."""

from __future__ import annotations

import datetime as dt
import hashlib

from chain import Copy, CopyRef, Graph, Link, Node, build_graph
from letters import Evidence, Letter, LetterDate, LetterNumber, Reading, Recipient, Reference, Relation

DEPARTMENT, PROVINCE, DISTRICT = "กรมส่งเสริมการปกครองท้องถิ่น", "จังหวัดตรัง", "อำเภอห้วยยอด"
SUBJECT = "การสำรวจข้อมูลสนามกีฬาขององค์กรปกครองส่วนท้องถิ่น ประจำปีงบประมาณ พ.ศ. 2566"


def number(printed: str | None) -> LetterNumber | None:
    """A number from its printed form."""
    parsed = LetterNumber.parse(printed) if printed else None
    assert parsed or not printed, printed
    return parsed


def day(iso: str | None) -> LetterDate | None:
    """A day-precise date from CE ISO."""
    return LetterDate.of(dt.date.fromisoformat(iso)) if iso else None


def cite(printed: str | None, iso: str | None = None, issuer: str | None = DEPARTMENT,
         relation: Relation = Relation.REFERENCE, title: str | None = None, words: str = "", sure: float = 0.95,
         ) -> Reference:
    """A citation; ``words`` as they stand in the citing letter's text."""
    return Reference(relation, Reading(number(printed), printed or "", sure), Reading(day(iso), "", sure if iso else 0),
                     issuer=issuer, title=title, evidence=Evidence(1, 0, len(words), words) if words else None)


def enclose(printed: str | None, iso: str | None = None, issuer: str | None = DEPARTMENT) -> Reference:
    """A citation under สิ่งที่ส่งมาด้วย."""
    return cite(printed, iso, issuer, Relation.ENCLOSURE)


def letter(printed: str | None, iso: str | None = None, *references: Reference, issuer: str | None = DEPARTMENT,
           subject: str | None = SUBJECT, text: str = "", to: tuple[str, ...] = (), sure: float = 0.95,
           **more: object) -> Letter:
    """A letter read with confidence ``sure``."""
    return Letter(
        pages=(1,), number=Reading(number(printed), printed or "", sure if printed else 0.0),
        date=Reading(day(iso), "", sure if iso else 0.0), issuer=Reading(issuer, issuer or "", sure),
        subject=Reading(subject, subject or "", sure), references=references, text=text,
        recipients=tuple(Recipient(name, "ทุก" in name) for name in to), **more)  # type: ignore[arg-type]


def packet(name: str, *letters: Letter) -> list[Copy]:
    """The letters of one packet as copies."""
    sha = hashlib.sha256(name.encode()).hexdigest()
    return [Copy(CopyRef(sha, index), name, one) for index, one in enumerate(letters)]


def graph_of(*packets: list[Copy]) -> Graph:
    """The graph of some packets."""
    return build_graph(copy for one in packets for copy in one)


def node_of(graph: Graph, printed: str) -> Node:
    """The only node with this number."""
    [found] = [node for node in graph.nodes if node.number == number(printed)]
    return found


def link_of(graph: Graph, copy: Copy, reference: int = 0) -> Link:
    """The only link of a copy's citation."""
    [found] = [link for link in graph.links
               if (link.mention.copy, link.mention.reference) == (copy.ref, reference)]
    return found


def arrived(graph: Graph) -> list[Node]:
    """Letters of which there is a copy."""
    return [node for node in graph.nodes if not node.absent]
