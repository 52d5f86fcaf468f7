"""The registry's books: rows of the received, sent and kept registers of each office."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.schema.base import Base, Serial


class RegisterRowRecord(Base):
    """A row of a book. Triggers refuse to remove a row or to change its book, year and number: a number once given
    stays used. ``year`` is of the CE; ``page``: the first page of the letter in its packet."""

    __tablename__ = "register_rows"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    office_code: Mapped[str] = mapped_column(ForeignKey("offices.code"))
    book: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    day: Mapped[dt.date]
    time: Mapped[str]
    state: Mapped[str]
    mark: Mapped[str]
    reason: Mapped[str]
    letter_number: Mapped[str]
    dated: Mapped[str]
    sender: Mapped[str]
    recipient: Mapped[str]
    subject: Mapped[str]
    action: Mapped[str]
    remark: Mapped[str]
    packet_id: Mapped[str | None] = mapped_column(ForeignKey("packets.id"))
    page: Mapped[int | None]
    source: Mapped[int | None] = mapped_column(Serial, ForeignKey("register_rows.id"), index=True)
    received: Mapped[str]
    folder: Mapped[str]
    retention: Mapped[str]
    keep_until: Mapped[int | None]
    opinion: Mapped[str]
    version: Mapped[int]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]
    __table_args__ = (
        Index(None, "office_code", "book", "year", "number", unique=True),
        Index(None, "packet_id", "office_code"),
        Index(None, "office_code", "book", "day"),
        {"sqlite_autoincrement": True},
    )
