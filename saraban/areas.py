"""Which offices a letter concerns: its sender, its addressees, and the addressees of the letter it was enclosed with.

An LAO that was sent a packet got the department's letter in it too, though that one is addressed to provinces. Whoever
cannot be told from the words is nobody: then only the house and those above the sender see the letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from archive import Archive, ChangeKind
from chain import CopyRef, Level, LinkState, Node, level_of
from letters import Letter, Office, OfficeKind, Recipient
from tasks import Area, Registry
from tasks.addressees import expand
from tasks.area import area_of, lao_of

_OFFICES, _REVISION = "areas.offices", "areas.revision"
_SURE = (LinkState.LINKED, LinkState.LIKELY)


def note_areas(archive: Archive) -> None:
    """Notes the offices of every letter that came or changed since the last time; of all after the list of offices
    changed."""
    offices = archive.offices.all()
    mark = hashlib.sha256(repr(offices).encode()).hexdigest()
    start, anew = archive.revision(), archive.meta.get(_OFFICES) != mark
    registry = Registry(offices)
    for packet_id in sorted(_packets(archive, 0 if anew else int(archive.meta.get(_REVISION) or 0))):
        copies = archive.letters.of_packet(packet_id)
        archive.sights.set_areas(packet_id, areas_of([copy.letter for copy in copies], registry,
                                                     _linked(archive, packet_id, len(copies))))
    archive.meta.set(_OFFICES, mark)
    archive.meta.set(_REVISION, str(start))


def areas_of(letters: Sequence[Letter], registry: Registry, linked: Sequence[Iterable[int]]) -> list[set[str]]:
    """The codes of the offices that each letter of a packet concerns. ``linked``: for each letter the places of those
    that it cites, as linking found them; numbers that agree count too."""
    found = [offices_of(letter, registry) for letter in letters]
    cites = [{*linked[place], *_numbered(letter, letters)} - {place} for place, letter in enumerate(letters)]
    for _ in letters:  # as many rounds as a chain can be long
        for place, cited in enumerate(cites):
            for other in cited:
                found[other] |= found[place]
    return found


def offices_of(letter: Letter, registry: Registry) -> set[str]:
    """The codes of a letter's own sender and addressees."""
    node = Node("", letter.number.value, letter.date.value, letter.issuer.value, None, absent=False, copies=())
    area = area_of(node, registry)
    return {office.code for office in (*_senders(node, area, registry), *_addressed(letter.recipients, area, registry))}


def _senders(node: Node, area: Area | None, registry: Registry) -> list[Office]:
    level = level_of(node.number, node.issuer)
    if level is Level.LAO:
        lao = lao_of(node, registry)
        return [lao] if lao else []
    kind = {Level.PROVINCE: OfficeKind.PROVINCE, Level.DISTRICT: OfficeKind.DISTRICT}.get(level) if level else None
    if kind is None or area is None:
        return []
    named = area.district if kind is OfficeKind.DISTRICT else area.province
    return [office for office in registry.within([kind], Area(area.province)) if office.name == named]


def _addressed(recipients: Iterable[Recipient], area: Area | None, registry: Registry) -> list[Office]:
    """Addressees in the sender's area, and those outside it (a district writes up to its province) that are named by
    themselves, never a group."""
    everybody = list(recipients)
    found, outside = expand(everybody, area, registry) if area is not None else ([], [])
    if area is None:
        outside = [one.name for one in everybody if not one.everyone]
    named = (expand([Recipient(words)], wider, registry)[0] for words in outside for wider in _wider(area))
    return [one.office for one in found] + [some[0].office for some in named if len(some) == 1]


def _wider(area: Area | None) -> tuple[Area, ...]:
    return (Area(area.province), Area()) if area and area.province else (Area(),)


def _numbered(letter: Letter, letters: Sequence[Letter]) -> Iterable[int]:
    cited = {one.number.value.key(None) for one in letter.references if one.number.value and one.number.value.serial}
    return (place for place, other in enumerate(letters)
            if other.number.value and other.number.value.serial and other.number.value.key(None) in cited)


def _linked(archive: Archive, packet_id: str, count: int) -> list[set[int]]:
    """For each letter of a packet, the places of those in it that it is linked to."""
    nodes = [archive.graph.node_of(CopyRef(packet_id, place)) for place in range(count)]
    places: dict[str, set[int]] = {}
    for place, node in enumerate(nodes):
        if node:
            places.setdefault(node.id, set()).add(place)
    return [{there for link in archive.graph.links_from(node.id) if link.state in _SURE and link.target
             for there in places.get(link.target, ())} if node else set() for node in nodes]


def _packets(archive: Archive, revision: int) -> set[str]:
    found: set[str] = set()
    while changes := archive.changes(revision):
        found |= {change.copy.packet for change in changes if change.kind is ChangeKind.COPY and not change.gone}
        revision = changes[-1].revision
    return found
