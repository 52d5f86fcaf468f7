"""The review screen: a clerk goes through what was read, field by field, and decides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import Archive, Narrowed, Overtaken, PacketRow
from archive.columns import digest, pack
from chain import CopyRef
from letters import Letter, Packet
from parsing.corrections import ITEMS, PARTS, STARTS, Correction, Verdict, open_corrections
from parsing.waiting import waiting
from saraban.review import decide
from webui.access import sight
from webui.bounds import moved
from webui.citings import citings_of
from webui.current import archive, today, user
from webui.deciding import ANEW, correction, letter_at, parsed, unchanged
from webui.fields import sheets_of
from webui.reviewing import SCALARS, Item, first_doubtful, items_of, leaves_of, removed
from webui.secrecy import note_read
from webui.stampoffices import stamp_names
from webui.typed import Refused, read_typed
from webui.views.packets import refs, visible

blueprint = Blueprint("review", __name__, url_prefix="/packets/<packet_id>/review")

_MOST_TOLD = 300
"""Characters of a value that a message repeats."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a decision was not kept: ``message`` at the field ``key``, what was ``typed`` there, what ``others`` did."""

    key: str
    message: str
    typed: dict[str, str]
    others: tuple[Correction, ...] = ()
    status: int = 422


@blueprint.get("")
def screen(packet_id: str) -> ResponseReturnValue:
    """The packet's pages and the fields of one letter (``?letter=`` its first page, else the first in doubt)."""
    row = visible(packet_id)
    note_read(archive(), user(), f"packet:{row.id}", refs(row), "review")
    return _shown(row, request.args.get("letter", type=int))


@blueprint.post("")
def judge(packet_id: str) -> ResponseReturnValue:
    """Keeps one decision, or the acceptance of a whole letter; goes on with the next field in doubt. What cannot be
    meant (422) and what somebody else decided meanwhile (409) is told beside the field, with what was typed."""
    row = visible(packet_id)
    page, key, do = request.form.get("page", 0, type=int), request.form.get("key", ""), request.form.get("do", "")
    try:
        decisions = _decisions(row, page, key, do)
        decide(archive(), row.id, decisions, user().name, request.form.get("version", 0, type=int))
    except Refused as error:
        return _troubled(row, page, Trouble(key, error.subject, _typed()))
    except Overtaken as error:
        return _troubled(row, page, Trouble(key, "", _typed(), error.others, 409))
    return redirect(_next(row, decisions[-1].page if key == STARTS else page, key))


def _decisions(row: PacketRow, page: int, key: str, do: str) -> list[Correction]:
    """What the form says: all of a letter, a letter's beginning moved to another page, or one field."""
    if do == "accept-all":
        return _accept_all(row, page)
    if do == "move" and key == STARTS:
        return moved(parsed(row), page, request.form.get("to", 0, type=int))
    return [_decision(row, page, key, do)]


def _decision(row: PacketRow, page: int, key: str, do: str) -> Correction:
    """What the form says. Raises :class:`webui.typed.Refused`, :class:`archive.Overtaken`, or answers 400."""
    before, rival = request.form.get("before", "").replace("\r\n", "\n") or None, request.form.get("rival")
    field = key.partition("[")[0]
    verdict = Verdict(do) if do in list(Verdict) else Verdict.SET
    if verdict is Verdict.SET and rival is not None and field in (*SCALARS, *ITEMS):
        letter = letter_at(parsed(row), page)
        unchanged(letter, field, before)
        return Correction(page, field, Verdict.SET, before, _rival(letter, field, key, rival))
    return correction(row, page, key, verdict, before, request.form)


def _rival(letter: Letter, field: str, key: str, rival: str) -> str:
    """A value offered by a button; it must be one that the program itself would offer or can read."""
    offered = {one.value for item in items_of(letter, {}, ()) if item.key == key for one in item.choices}
    if rival in offered:
        return rival
    return read_typed(field, {"value": rival}, today()) or ""


def _accept_all(row: PacketRow, page: int) -> list[Correction]:
    """Every field of the letter as it stands, and every entry in doubt."""
    letter = letter_at(parsed(row), page)
    if request.form.get("state") != _state(letter):
        raise Overtaken("", [Correction(page, "", Verdict.SET, None, None, ANEW)])
    found = []
    for item in items_of(letter, {}, archive().corrections.of(row.id)):
        if item.field not in (*SCALARS, *ITEMS) or (item.field in ITEMS and item.before is None):
            found.append(Correction(page, item.key, Verdict.SEEN))
        elif item.decided is None and (item.doubtful or item.field not in ITEMS):
            found.append(Correction(page, item.field, Verdict.SET, item.before, item.before))
    return found


def _state(letter: Letter) -> str:
    return digest(pack(letter))


def _next(row: PacketRow, page: int, key: str) -> str:
    """Where the clerk goes on: the next field in doubt of this letter, else the next letter with one."""
    packet, decided = parsed(row), archive().corrections.of(row.id)
    place = next((place for place, letter in enumerate(packet.letters) if letter.pages[0] == page), None)
    if key == STARTS:
        return url_for("review.screen", packet_id=row.id, letter=page if place is not None else None,
                       _anchor=f"leaf-{page}")
    if place is None:
        return url_for("review.screen", packet_id=row.id)
    open_here = [item for item in items_of(packet.letters[place], {}, decided) if item.doubtful]
    if open_here:
        return url_for("review.screen", packet_id=row.id, letter=page, _anchor=f"f-{open_here[0].id}")
    others = [*packet.letters[place + 1:], *packet.letters[:place]]
    there = next((letter.pages[0] for letter in others if waiting(letter)), None)
    return url_for("review.screen", packet_id=row.id, letter=there or page, done=None if there else 1)


def _troubled(row: PacketRow, page: int, trouble: Trouble) -> ResponseReturnValue:
    return _shown(row, page, trouble), trouble.status


def _shown(row: PacketRow, page: int | None, trouble: Trouble | None = None) -> str:
    here = archive()
    packet, decided = here.packets.parse(row.id), here.corrections.of(row.id)
    if packet is None:
        return render_template("review.html", row=row, packet=None)
    place = next((place for place, letter in enumerate(packet.letters) if page in letter.pages[:1]),
                 first_doubtful(packet.letters))
    letter = packet.letters[place] if packet.letters else None
    pages = {one.number: one for one in packet.pages}
    return render_template(
        "review.html", row=row, packet=packet, place=place, letter=letter, trouble=trouble,
        items=_items(here, row, packet, place, decided, trouble) if letter else (),
        sheets=sheets_of(letter, pages) if letter else (), leaves=leaves_of(packet, decided),
        removed=removed(letter, decided) if letter else {}, lists=ITEMS,
        waiting=[len(waiting(one)) for one in packet.letters], version=decided[-1].id if decided else 0,
        following=_following(row) if request.args.get("done") else None,
        state=_state(letter) if letter else "", lost=open_corrections(packet, decided), most=_MOST_TOLD)


def _following(row: PacketRow) -> PacketRow | None:
    """The packet to go on with: the next older one in which something waits for a person, else the newest such one."""
    rest = [archive().packets.list(after, 2, sight(), Narrowed(waits=True)) for after in (row.id, None)]
    return next((one for rows in rest for one in rows if one.id != row.id), None)


def _items(here: Archive, row: PacketRow, packet: Packet, place: int, decided: tuple[Correction, ...],
           trouble: Trouble | None) -> list[Item]:
    letter, pages = packet.letters[place], {one.number: one for one in packet.pages}
    elsewhere = citings_of(here, packet, CopyRef(row.id, place))
    items = items_of(letter, pages, decided, elsewhere, _offices(letter))
    if trouble is None:
        return items
    return [replace(item, inputs={**item.inputs, **trouble.typed}, problem=trouble.message or "overtaken")
            if item.key == trouble.key else item for item in items]


def _offices(letter: Letter) -> tuple[str, ...]:
    """Names that the letter's received stamps may bear."""
    return stamp_names(archive().offices.all()) if letter.received_stamps else ()


def _typed() -> dict[str, str]:
    """What the inputs held when the form was sent."""
    names = {"value", *(name for parts in PARTS.values() for name in parts)}
    return {name: request.form[name] for name in sorted(names) if name in request.form}
