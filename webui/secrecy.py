"""Letters with a secrecy class: who sees them, and the trail of who read them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g

from archive import Archive, User
from chain import CopyRef, Node
from letters.errors import NotFound
from webui.access import SECRET_READERS

_FIELD = "secrecy"


def class_of(archive: Archive, ref: CopyRef) -> str | None:
    """The secrecy class of a copy (ลับ, ลับมาก, ลับที่สุด), or ``None``."""
    return next((row.value or row.printed for row in archive.letters.readings(ref) if row.field == _FIELD), None)


def is_secret(archive: Archive, refs: Iterable[CopyRef]) -> bool:
    """Whether any of the copies has a secrecy class: one misread copy must not open what another one closes."""
    return any(class_of(archive, ref) for ref in refs)


def sees(archive: Archive, person: User, node: Node) -> bool:
    """Whether this person may know of the letter at all."""
    return person.role in SECRET_READERS or not is_secret(archive, node.copies)


def sees_all(archive: Archive, person: User, node_ids: Iterable[str]) -> bool:
    """Whether this person may know of every one of the letters; one that is gone hides nothing.

    Remembered for the request: hundreds of tasks come out of the same few letters.
    """
    if person.role in SECRET_READERS:
        return True
    known: dict[str, bool] = g.setdefault("secret_nodes", {})
    for node_id in node_ids:
        if node_id not in known:
            known[node_id] = _is_secret_node(archive, node_id)
        if known[node_id]:
            return False
    return True


def _is_secret_node(archive: Archive, node_id: str) -> bool:
    try:
        return is_secret(archive, archive.graph.node(node_id).copies)
    except NotFound:
        return False


def sees_packet(archive: Archive, person: User, packet_id: str) -> bool:
    """Whether this person may see pages and original: not before it is read, and not if any letter in it is secret."""
    if person.role in SECRET_READERS:
        return True
    if archive.packets.get(packet_id).letter_count is None:
        return False
    return not any(copy.letter.secrecy for copy in archive.letters.of_packet(packet_id))


def note_read(archive: Archive, person: User, subject: str, refs: Iterable[CopyRef], what: str) -> bool:
    """Writes the reading of a secret letter to the audit trail; tells whether it is one."""
    secret = is_secret(archive, refs)
    if secret:
        archive.audit.add(person.name, "secret-read", subject, what)
    return secret
