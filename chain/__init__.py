"""Letters → graph: which copies are one letter, and which letter a citation means. Pure functions over plain values."""

from chain.bulk import Bulk, link_bulk
from chain.graph import build_graph, link_records, read_all
from chain.ids import Known, known_of
from chain.level import Level, level_of
from chain.lookup import Match, look_up
from chain.model import (
    Copy,
    CopyRef,
    Graph,
    Judgement,
    JudgementKind,
    Link,
    LinkRelation,
    LinkState,
    MentionRef,
    Node,
)
from chain.part import link_part
from chain.prior import letters_of
from chain.view import ChainView, Hop, Place, Step, chain_of
from chain.weights import version

__all__ = [
    "Bulk", "ChainView", "Copy", "CopyRef", "Graph", "Hop", "Judgement", "JudgementKind", "Known", "Level", "Link",
    "LinkRelation", "LinkState", "Match", "MentionRef", "Node", "Place", "Step", "build_graph", "chain_of", "known_of",
    "letters_of", "level_of", "link_bulk", "link_part", "link_records", "look_up", "read_all", "version",
]
