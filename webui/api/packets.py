"""Packets: taking files in, how far they are, their pages, letters and files to take away."""

from __future__ import annotations

from typing import Annotated

from flask import url_for
from flask.typing import ResponseReturnValue
from msgspec import Meta

from archive import Narrowed
from chain import CopyRef
from letters import Page
from letters.errors import NotFound
from webui.access import sight
from webui.api import shapes
from webui.api.core import Closed, Open, operation
from webui.api.files import FILE, uploads
from webui.api.paging import Paged, cursor_of, key_of
from webui.current import archive, user
from webui.secrecy import note_read, pages_seen, sees_packet, sees_page
from webui.views import downloads
from webui.views import packets as screens
from webui.views.intake import take, take_together

_BYTES = "application/octet-stream"


class Packets(Open):
    """A page of packets."""

    items: tuple[shapes.Packet, ...]
    next: str | None


class Rerun(Closed):
    """``anew``: the pages are read again too, not only what follows."""

    anew: bool = False


class PageRow(Open):
    """A page: its picture's size in pixels at ``dpi`` (zero: bare text), where its text came from, and by how many
    degrees it was turned before it was read."""

    number: int
    width: int
    height: int
    dpi: int
    source: str
    rotation: float


class Pages(Open):
    """The pages read so far that the asker sees."""

    items: tuple[PageRow, ...]


class Found(Open):
    """A letter found in a packet: its place from 0, its pages from 1, and the letter it is a copy of once linked."""

    index: int
    pages: tuple[int, ...]
    letter: shapes.Letter | None


class FoundLetters(Open):
    """The letters found in a packet that the asker sees."""

    items: tuple[Found, ...]


class PacketQuery(Paged):
    """``name``: part of a file name; ``doubtful``: only those in which something waits for a person; ``failed``: only
    those that could not be read."""

    name: Annotated[str, Meta(max_length=150)] = ""
    doubtful: bool = False
    failed: bool = False


@operation("GET", "/packets", "packets", Packets)
def packets(query: PacketQuery) -> Packets:
    """Packets, the last that came first."""
    only = Narrowed(query.name, waits=query.doubtful, failed=query.failed)
    rows = archive().packets.list(key_of(query.cursor), query.limit + 1, sight(), only)
    page = rows[: query.limit]
    return Packets(items=tuple(shapes.packet(archive(), row) for row in page),
                   next=cursor_of(page[-1].id if len(rows) > query.limit else None))


@operation("POST", "/packets", "packets", shapes.Packet, 201, upload=FILE, problems=(507,),
           also={200: "The same file is here already"})
def upload_packet() -> ResponseReturnValue:
    """Takes one file in (``multipart/form-data``, part ``file``): PDF, JPEG, PNG, TIFF or UTF-8 text, judged by its
    content. Several parts ``file`` are pictures that become the pages of one packet. 201 for a new packet, 200 for a
    file that is here already."""
    files = uploads()
    row, new = take(files[0]) if len(files) == 1 else take_together(files)
    place = url_for("api.packet", packet_id=row.id)
    return shapes.packet(archive(), row), 201 if new else 200, {"Location": place}  # type: ignore[return-value]


@operation("GET", "/packets/<packet_id>", "packets", shapes.Packet)
def packet(packet_id: str) -> shapes.Packet:
    """One packet and how far it is."""
    row = screens.visible(packet_id)
    note_read(archive(), user(), f"packet:{row.id}", _refs(row.id), "packet")
    return shapes.packet(archive(), row)


@operation("POST", "/packets/<packet_id>/rerun", "packets", shapes.Packet, 202)
def rerun_packet(packet_id: str, json: Rerun) -> ResponseReturnValue:
    """Queues the packet again."""
    row = screens.visible(packet_id)
    screens.run_again(row.id, anew=json.anew)
    return shapes.packet(archive(), archive().packets.get(row.id)), 202  # type: ignore[return-value]


@operation("GET", "/packets/<packet_id>/original", "packets", media=_BYTES)
def packet_original(packet_id: str) -> ResponseReturnValue:
    """The file as it came, byte for byte."""
    return screens.original(packet_id)


@operation("GET", "/packets/<packet_id>/searchable.pdf", "packets", media="application/pdf", problems=(409,))
def packet_searchable(packet_id: str) -> ResponseReturnValue:
    """The pages as they came with the reading under them; with ``?pdfa=1`` as PDF/A-2b."""
    return downloads.searchable(packet_id)


@operation("GET", "/packets/<packet_id>/text.txt", "packets", media="text/plain")
def packet_text(packet_id: str) -> ResponseReturnValue:
    """What was read, a form feed between pages."""
    return downloads.text(packet_id)


@operation("GET", "/packets/<packet_id>/packet.json", "packets", problems=(409,))
def packet_json(packet_id: str) -> ResponseReturnValue:
    """Its letters as ``saraban parse`` writes them."""
    return downloads.as_json(packet_id)


@operation("GET", "/packets/<packet_id>/pages", "packets", Pages)
def packet_pages(packet_id: str) -> Pages:
    """The pages read so far."""
    pages = archive().packets.pages(archive().packets.get(packet_id).id)
    whole = sees_packet(archive(), user(), packet_id)
    seen = frozenset(pages) if whole else pages_seen(archive(), sight(), packet_id)
    if not whole and not seen:
        raise NotFound(packet_id)
    return Pages(items=tuple(
        PageRow(number=page.number, width=page.width, height=page.height, dpi=page.dpi, source=page.source.value,
                rotation=page.rotation) for number, page in sorted(pages.items()) if number in seen))


@operation("GET", "/packets/<packet_id>/pages/<int(max=2147483647):number>", "packets", Page)
def packet_page(packet_id: str, number: int) -> Page:
    """A page as read: lines and words with their boxes, in pixels of its picture."""
    _seen_page(packet_id, number)
    note_read(archive(), user(), f"packet:{packet_id}", _refs(packet_id), f"page {number}")
    return archive().packets.page(packet_id, number)


@operation("GET", "/packets/<packet_id>/pages/<int(max=2147483647):number>/<any(small, page, large):size>.jpg",
           "packets", media="image/jpeg")
def packet_picture(packet_id: str, number: int, size: str) -> ResponseReturnValue:
    """A page as a picture, 240, 1240 or 2480 pixels across."""
    return screens.picture(packet_id, number, size)


@operation("GET", "/packets/<packet_id>/letters", "packets", FoundLetters)
def packet_letters(packet_id: str) -> FoundLetters:
    """The letters found in it."""
    here = archive()
    row = here.packets.get(packet_id)
    refs = here.sights.copies(sight(), _refs(row.id))
    if not refs and not sees_packet(here, user(), row.id):
        raise NotFound(packet_id)
    note_read(here, user(), f"packet:{row.id}", refs, "letters")
    found = [(ref, here.letters.copy(ref), here.graph.node_of(ref)) for ref in refs]
    return FoundLetters(items=tuple(
        Found(index=ref.index, pages=copy.letter.pages, letter=shapes.letter(node) if node else None)
        for ref, copy, node in found))


def _seen_page(packet_id: str, number: int) -> None:
    if not sees_page(archive(), user(), archive().packets.get(packet_id).id, number):
        raise NotFound(packet_id)


def _refs(packet_id: str) -> list[CopyRef]:
    return [CopyRef(packet_id, place) for place in range(archive().packets.get(packet_id).letter_count or 0)]
