"""Letters → graph: which copies are one letter, and which letter a citation means. Pure functions over plain values."""

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

__all__ = [
    "Copy", "CopyRef", "Graph", "Judgement", "JudgementKind", "Link", "LinkRelation", "LinkState", "MentionRef", "Node",
]
