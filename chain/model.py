"""What linking gives: letters as nodes with their copies, citations as links with reasons, and people's judgements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from letters import Evidence, Letter, LetterDate, LetterNumber


@dataclass(frozen=True, slots=True, order=True)
class CopyRef:
    """Where one copy of a letter stands: ``packet`` is the packet's SHA-256 in hex, ``index`` counts from 0."""

    packet: str
    index: int

    def __eq__(self, other: object) -> bool:
        # Written out because millions are looked up by it.
        if not isinstance(other, CopyRef):
            return NotImplemented
        return self.index == other.index and self.packet == other.packet

    def __hash__(self) -> int:
        return hash((self.packet, self.index))


@dataclass(frozen=True, slots=True)
class Copy:
    """One printed copy of a letter as read. ``packet_name`` is the file's name for people."""

    ref: CopyRef
    packet_name: str
    letter: Letter


@dataclass(frozen=True, slots=True, order=True)
class MentionRef:
    """One citation: ``reference`` counts the ``references`` of the citing copy's letter from 0."""

    copy: CopyRef
    reference: int


class LinkState(StrEnum):
    """How sure it is that a citation means a letter.

    LIKELY and AMBIGUOUS go to a person; ABSENT means the cited letter is in no packet; REJECTED is a person's no.
    """

    LINKED = "linked"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    ABSENT = "absent"
    REJECTED = "rejected"


class LinkRelation(StrEnum):
    """What the citing letter does with the cited one (DOMAIN section 4)."""

    FORWARDS = "forwards"
    REFERS = "refers"
    FOLLOWS = "follows"
    REPLIES = "replies"
    AMENDS = "amends"
    CANCELS = "cancels"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Node:
    """One real letter. ``absent``: cited, but no copy has arrived. ``number`` and ``date`` are the winners of the
    vote of its copies and its typed citations; ``also_read`` are the numbers that lost. ``doubts`` are plain Thai;
    ``compared`` are those among them that come from holding its copies against other letters'. ``dated``: the date is
    surely read, or told by a citation."""

    id: str
    number: LetterNumber | None
    date: LetterDate | None
    issuer: str | None
    subject: str | None
    absent: bool
    copies: tuple[CopyRef, ...]
    doubts: tuple[str, ...] = ()
    also_read: tuple[LetterNumber, ...] = ()
    compared: tuple[str, ...] = ()
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """One citation and the letter it means. ``source`` and ``target`` are node ids; ``target`` is ``None`` only where
    the citation names neither a number nor a title. ``score`` is the probability that it means this letter,
    ``reasons`` plain Thai and ``reasons_en`` the same in English, ``rule`` the name of the rule that decided,
    ``model`` the version of the numbers it used, ``rivals`` the ids of other letters it could mean, best first.
    ``evidence`` is where the citation stands, ``told`` the words that tell the relation where there are any."""

    source: str
    target: str | None
    relation: LinkRelation
    state: LinkState
    score: float
    reasons: tuple[str, ...]
    mention: MentionRef
    rule: str
    evidence: Evidence | None
    rivals: tuple[str, ...] = ()
    reasons_en: tuple[str, ...] = ()
    model: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """All letters and all citations, each sorted by id and by mention, so that equal content gives equal graphs.
    ``aliases``: ids that letters had before two were found to be one, with the id that stands for them now."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    aliases: tuple[tuple[str, str], ...] = ()


class JudgementKind(StrEnum):
    """What a person can decide about a citation (CONFIRM, REJECT) or about two copies (MERGE, SPLIT)."""

    CONFIRM = "confirm"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision. It names copies and citations, never node ids, so that it outlives every re-run.

    CONFIRM / REJECT: ``mention`` means / does not mean the letter that ``other`` is a copy of; CONFIRM without
    ``other``: it means a letter that is in no packet. MERGE / SPLIT: ``copy`` and ``other`` are / are not one letter.
    ``by`` is the person's name for the record, ``reason`` their words.
    """

    kind: JudgementKind
    mention: MentionRef | None = None
    copy: CopyRef | None = None
    other: CopyRef | None = None
    by: str = ""
    reason: str = ""
