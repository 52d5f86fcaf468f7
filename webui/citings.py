"""How other letters cite a letter: in its own packet, and, by the links, in any other."""

from __future__ import annotations

from archive import Archive
from chain import CopyRef, LinkState
from letters import Packet
from letters.errors import NotFound
from webui.access import sight
from webui.reviewing import Elsewhere, citings_in, cut_of

_MOST = 5


def citings_of(archive: Archive, packet: Packet, ref: CopyRef) -> list[Elsewhere]:
    """Citations of a letter with their pictures, those in its own packet first, of copies that the
    reader sees."""
    found = citings_in(packet, ref.index)
    node = archive.graph.node_of(ref)
    for link in archive.graph.links_to(node.id) if node else ():
        if link.mention.copy.packet == ref.packet or link.state is LinkState.REJECTED or len(found) >= _MOST:
            continue
        if not archive.sights.copies(sight(), [link.mention.copy]):
            continue
        try:
            copy = archive.letters.copy(link.mention.copy)
            reference = copy.letter.references[link.mention.reference]
        except (NotFound, IndexError):  # parsed anew since it was linked
            continue
        if reference.number.value is None or reference.evidence is None:
            continue
        pages = archive.packets.pages(copy.ref.packet)
        found.append(Elsewhere(copy.packet_name, str(reference.number.value), reference.date.value,
                               reference.evidence.page, cut_of(reference.evidence, pages), copy.ref.packet))
    return found[:_MOST]
