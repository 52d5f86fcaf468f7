"""Letters into the registers of offices: what a letter as read says, and what follows from its being received."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from archive import Archive, Wanted
from archive.registers import Entered
from chain import CopyRef
from letters import Box, Letter, Office
from letters.errors import NotFound
from registers import Book, Columns, Row, columns_of
from saraban.pipeline import LINK
from tasks import full_name
from tasks.due import waits_for_receipt

BANGKOK = dt.timezone(dt.timedelta(hours=7))


def letter_at(archive: Archive, packet: str, page: int) -> tuple[int, Letter]:
    """The letter of a packet that has this page, and its place in the packet. Raises
    :class:`letters.errors.NotFound`."""
    parsed = archive.packets.parse(packet)
    for place, letter in enumerate(parsed.letters if parsed else ()):
        if page in letter.pages:
            return place, letter
    raise NotFound(f"{packet[:12]} {page}")


def stamps_on(archive: Archive, packet: str, page: int) -> list[Box]:
    """Where offices that received the packet before have put their stamps on a page; pixels of the page as read."""
    parsed = archive.packets.parse(packet)
    return [seen.box for letter in (parsed.letters if parsed else ()) for stamp in letter.received_stamps
            if (seen := stamp.evidence) and seen.page == page and seen.box]


def columns_for(archive: Archive, packet: str, page: int, office: Office) -> Columns:
    """What the received register of an office says of a letter as read: addressed to the office where the letter names
    nobody."""
    found = columns_of(letter_at(archive, packet, page)[1])
    return found if found.recipient else replace(found, recipient=full_name(office))


def enter(archive: Archive, office: str, book: Book, entered: Entered, actor: str,
          now: dt.datetime | None = None) -> Row:
    """Gives the next number; days after receipt are then counted from the day of a received letter. A letter received
    today that names no time gets the present one, which its stamp asks for. Raises as
    :meth:`archive.registers.Registers.enter`, and :class:`letters.errors.NotFound` for a letter that is not there."""
    now = now or dt.datetime.now(dt.UTC)
    if book is Book.RECEIVED and not entered.time and entered.day is None:
        entered = replace(entered, time=f"{now.astimezone(BANGKOK):%H:%M}")
    if entered.packet is None:
        return archive.registers.enter(office, book, entered, actor, now)
    packet, (place, letter) = entered.packet, letter_at(archive, entered.packet, entered.page or 1)
    row = archive.registers.enter(office, book, replace(entered, page=letter.pages[0]), actor, now)
    count_anew(archive, office, CopyRef(packet, place))
    return row


def cancel(archive: Archive, row: Row, reason: str, actor: str, version: int | None = None) -> Row:
    """Takes a row out of use; days after receipt are counted without it. Raises as
    :meth:`archive.registers.Registers.cancel`."""
    done = archive.registers.cancel(row.id, reason, actor, version)
    if row.packet is not None and row.page is not None and archive.packets.parse(row.packet) is not None:
        count_anew(archive, row.office, CopyRef(row.packet, letter_at(archive, row.packet, row.page)[0]))
    return done


def count_anew(archive: Archive, office: str, copy: CopyRef) -> None:
    """Has tasks given out again where one of the office's counts its days from the receipt of the letter."""
    node = archive.graph.node_of(copy)
    tasks = archive.tasks.find(Wanted(office=office, letter=node.id), limit=None) if node else ()
    if node and any(waits_for_receipt(one) or one.counted for row in tasks for one in row.task.level_deadlines):
        archive.tasks.retell([node.id])
        archive.jobs.enqueue(LINK)
