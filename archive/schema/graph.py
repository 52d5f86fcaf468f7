"""The graph: letters as nodes, citations as links, ids that stay, and what the linker finds candidates by."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.schema.base import Base, Key, Serial


class NodeRecord(Base):
    """A letter as such, of which the archive may hold many copies, or none (``absent``)."""

    __tablename__ = "nodes"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    code: Mapped[str | None]
    agency: Mapped[str | None]
    circular: Mapped[bool | None]
    serial: Mapped[str | None]
    date_from: Mapped[dt.date | None]
    date_to: Mapped[dt.date | None]
    sort_day: Mapped[dt.date]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    absent: Mapped[bool]
    digest: Mapped[str]
    data: Mapped[str]
    __table_args__ = (
        Index(None, "sort_day", "id"), Index(None, "serial", "agency"), Index(None, "date_from"),
        Index(None, "code", "sort_day"), Index(None, "agency", "sort_day"))


class NodeCopyRecord(Base):
    """Which letters in packets are copies of a node."""

    __tablename__ = "node_copies"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    node_id: Mapped[str] = mapped_column(ForeignKey("nodes.id", ondelete="CASCADE"), index=True)


class LinkRecord(Base):
    """A link between letters. ``id`` is a digest of the whole value, so an unchanged link is an unchanged row."""

    __tablename__ = "links"
    id: Mapped[str] = mapped_column(Key, primary_key=True)
    source: Mapped[str] = mapped_column(index=True)
    target: Mapped[str | None] = mapped_column(index=True)
    relation: Mapped[str]
    state: Mapped[str]
    score: Mapped[float]
    packet_id: Mapped[str]
    position: Mapped[int]
    reference: Mapped[int]
    data: Mapped[str]
    __table_args__ = (Index(None, "packet_id", "position", "reference"),)


class NodeIdRecord(Base):
    """Every id a letter ever had, in the order they were given. ``stands``: the id that stands for it now, where two
    letters were found to be one. Kept for good."""

    __tablename__ = "node_ids"
    id: Mapped[str] = mapped_column(Key, primary_key=True)
    born: Mapped[int] = mapped_column(BigInteger, index=True)
    stands: Mapped[str | None]


class LinkingHeadRecord(Base):
    """What linking needs of a copy."""

    __tablename__ = "linking_heads"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    packet_id: Mapped[str]
    position: Mapped[int]
    data: Mapped[str]
    __table_args__ = (Index(None, "packet_id", "position", unique=True),)


class LinkingMentionRecord(Base):
    """What linking needs of a citation."""

    __tablename__ = "linking_mentions"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    packet_id: Mapped[str]
    position: Mapped[int]
    reference: Mapped[int]
    data: Mapped[str]
    __table_args__ = (Index(None, "packet_id", "position", "reference", unique=True),)


class HeadKeyRecord(Base):
    """Under which keys (``chain.keys``) a copy is found."""

    __tablename__ = "linking_head_keys"
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    __table_args__ = {"sqlite_with_rowid": False}


class MentionKeyRecord(Base):
    """Under which keys a citation is found."""

    __tablename__ = "linking_mention_keys"
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    __table_args__ = {"sqlite_with_rowid": False}
