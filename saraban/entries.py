"""What the search index holds of a letter: its own text once, however many copies there are, what it is counted by,
and who may find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from archive import Archive
from chain import Node
from index import Entry
from letters import Letter
from records import all_forms
from saraban.menus import menus_of
from tasks import Menu
from tasks.things import things_of

HERE, ABSENT, DOUBT = "here", "absent", "doubt"
"""States of a letter: in the archive, only cited by others, with something that a person should look at."""

_BATCH = 200


def entries_of(archive: Archive, nodes: Iterable[Node]) -> Iterator[Entry]:
    """The entries of letters, in their order. Read in batches, so that memory stays small."""
    rest = iter(nodes)
    while some := list(islice(rest, _BATCH)):
        seers = archive.findable.seers(node.id for node in some)
        for node in some:
            yield _entry(archive, node, seers[node.id])


def _entry(archive: Archive, node: Node, seers: tuple[str, ...]) -> Entry:
    letter = archive.letters.copy(node.copies[0]).letter if node.copies else None
    return Entry(
        id=node.id,
        number=str(node.number or ""),
        date=node.date.earliest if node.date else None,
        issuer=node.issuer or "",
        subject=node.subject or "",
        recipients=" ".join(recipient.name for recipient in letter.recipients) if letter else "",
        body=letter.text if letter else "",
        kind=letter.kind.value if letter else "",
        urgency=(letter.urgency.value or "") if letter else "",
        domains=_domains(letter) if letter else (),
        deadline=bool(letter and letter.deadlines),
        states=_states(node),
        people=_people(letter) if letter else (),
        seers=seers,
    )


def _states(node: Node) -> tuple[str, ...]:
    here = ABSENT if node.absent else HERE
    return (here, DOUBT) if node.doubts else (here,)


def _people(letter: Letter) -> tuple[str, ...]:
    """Who signed, and who is to be asked."""
    signed = (letter.signatory.name,) if letter.signatory else ()
    return tuple(dict.fromkeys((*signed, *(one.name for one in letter.coordinators))))


def _domains(letter: Letter) -> tuple[int, ...]:
    """The domains (ด้าน 1–8) of the menus that the letter asks for."""
    menus = (thing.menu for thing in things_of(letter, _menus()))
    return tuple(sorted({menu.domain for menu in menus if menu and menu.domain}))


@cache
def _menus() -> tuple[Menu, ...]:
    return menus_of(all_forms())
