"""What the one who asks may see: one place for screens and API, and the trail of who read secret letters."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g

from archive import Archive, User
from archive.sight import Sight, sight_of
from chain import CopyRef, Node
from letters.errors import NotFound

_FIELD = "secrecy"


def class_of(archive: Archive, ref: CopyRef) -> str | None:
    """The secrecy class of a copy (ลับ, ลับมาก, ลับที่สุด), or ``None``."""
    return next((row.value or row.printed for row in archive.letters.readings(ref) if row.field == _FIELD), None)


def sees(archive: Archive, person: User, node: Node) -> bool:
    """Whether this person may know of the letter at all. Remembered for the request."""
    known: dict[tuple[str, str], bool] = g.setdefault("seen_nodes", {})
    if (person.name, node.id) not in known:
        known[person.name, node.id] = archive.sights.sees_node(sight_of(person), node.id)
    return known[person.name, node.id]


def sees_all(archive: Archive, person: User, node_ids: Iterable[str]) -> bool:
    """Whether none of the letters is secret to this person: what quotes them may be told. One that is gone hides
    nothing."""
    return closed_to(archive, person).isdisjoint(node_ids)


def closed_to(archive: Archive, person: User) -> frozenset[str]:
    """Ids of the secret letters that a person is not named for. Remembered for the request: hundreds of tasks come out
    of the same few letters."""
    key = f"closed to {person.name}"
    if key not in g:
        setattr(g, key, archive.sights.closed(sight_of(person)))
    found: frozenset[str] = getattr(g, key)
    return found


def sees_packet(archive: Archive, person: User, packet_id: str) -> bool:
    """Whether this person may see the packet as a whole: all its pages, its original."""
    return archive.sights.sees_packet(sight_of(person), packet_id)


def sees_page(archive: Archive, person: User, packet_id: str, number: int) -> bool:
    """Whether this person may see a page: the packet as a whole, or the letter that the page belongs to."""
    return sees_packet(archive, person, packet_id) or number in pages_seen(archive, sight_of(person), packet_id)


def pages_seen(archive: Archive, sight: Sight, packet_id: str) -> frozenset[int]:
    """The pages of a packet that belong to letters somebody sees, with what is attached to them."""
    packet = archive.packets.parse(packet_id)
    if packet is None:
        return frozenset()
    refs = [CopyRef(packet_id, place) for place in range(len(packet.letters))]
    places = {ref.index for ref in archive.sights.copies(sight, refs)}
    own = {page for place in places for page in packet.letters[place].pages}
    attached = {page for item in packet.attachments if item.letter in places for page in item.pages}
    return frozenset(own | attached)


def visible_node(archive: Archive, person: User, node_id: str) -> Node:
    """The letter, if it is there and the person may know of it; both are told alike."""
    node = archive.graph.node(node_id)
    if not sees(archive, person, node):
        raise NotFound(node_id)
    return node


def note_read(archive: Archive, person: User, subject: str, refs: Iterable[CopyRef], what: str) -> bool:
    """Writes the reading of a secret letter to the audit trail; tells whether it is one."""
    secret = archive.sights.any_secret(refs)
    if secret:
        archive.audit.add(person.name, "secret-read", subject, what)
    return secret
