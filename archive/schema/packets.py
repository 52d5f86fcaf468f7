"""Packets: files taken in, their pages as read, parses, letters with what they say."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from archive.schema.base import Base, Key


class PacketRecord(Base):
    """A file taken in; the id is the SHA-256 of its bytes."""

    __tablename__ = "packets"
    id: Mapped[str] = mapped_column(Key, primary_key=True)
    name: Mapped[str]
    stem: Mapped[str] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[dt.datetime]
    received_by: Mapped[str] = mapped_column(index=True)
    __table_args__ = (Index(None, "received_at", "id"),)


class PacketNameRecord(Base):
    """Every name the same file came in under."""

    __tablename__ = "packet_names"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    stem: Mapped[str] = mapped_column(index=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str] = mapped_column(index=True)


class StageRecord(Base):
    """How far a packet has come in one stage of the pipeline."""

    __tablename__ = "stages"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(Key, primary_key=True)
    state: Mapped[str]
    detail: Mapped[str]
    at: Mapped[dt.datetime]


class PageRecord(Base):
    """A page as read."""

    __tablename__ = "pages"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str]
    reader: Mapped[str]
    data: Mapped[str]


class ParseRecord(Base):
    """What parsing made of a packet besides its letters. ``pages`` only where parsing divided them differently;
    ``waiting``: how many fields wait for a person, ``None`` for a parse of before that was counted."""

    __tablename__ = "parses"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    name: Mapped[str]
    pages: Mapped[str | None]
    attachments: Mapped[str]
    letter_count: Mapped[int]
    waiting: Mapped[int | None] = mapped_column(index=True)


class LetterRecord(Base):
    """A letter in a packet: one copy of a letter that may have many."""

    __tablename__ = "letters"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    number: Mapped[str | None]
    code: Mapped[str | None]
    agency: Mapped[str | None]
    circular: Mapped[bool | None]
    serial: Mapped[str | None]
    date_from: Mapped[dt.date | None]
    date_to: Mapped[dt.date | None]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    data: Mapped[str]


class ReadingRecord(Base):
    """One field of a letter as read: what stands there, what it was taken for, how sure, and what settled it."""

    __tablename__ = "readings"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(Key, primary_key=True)
    value: Mapped[str | None]
    printed: Mapped[str]
    confidence: Mapped[float]
    evidence: Mapped[str]
    repairs: Mapped[str]
    rivals: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["packet_id", "position"], ["letters.packet_id", "letters.position"], ondelete="CASCADE"),
        Index(None, "field"),
        Index("ix_readings_secrecy", "packet_id", "position", sqlite_where=text("field = 'secrecy'"),
              postgresql_where=text("field = 'secrecy'")),
    )


class ReferenceRecord(Base):
    """A citation of another letter."""

    __tablename__ = "letter_references"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reference: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    relation: Mapped[str]
    number: Mapped[str | None]
    code: Mapped[str | None]
    agency: Mapped[str | None]
    circular: Mapped[bool | None]
    serial: Mapped[str | None]
    date_from: Mapped[dt.date | None]
    date_to: Mapped[dt.date | None]
    issuer: Mapped[str | None]
    title: Mapped[str | None]
    data: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["packet_id", "position"], ["letters.packet_id", "letters.position"], ondelete="CASCADE"),
        Index(None, "serial", "agency"),
    )
