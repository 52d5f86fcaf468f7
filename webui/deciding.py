"""A decision about a letter as read, checked against what stands there now: the same for screen and API."""

from __future__ import annotations

from collections.abc import Mapping

from archive import Overtaken, PacketRow
from letters import Letter, Packet
from letters.errors import BadRequest, NotFound
from parsing.boundaries import Start
from parsing.corrections import ITEMS, READINGS, STARTS, Correction, Verdict, written
from webui.current import archive, today
from webui.reviewing import SCALARS
from webui.typed import read_typed, untouched

ANEW = "ระบบ (อ่านใหม่)"
"""Who changed what no person did."""

_LONGEST_KEY = 40


def correction(row: PacketRow, page: int, key: str, verdict: Verdict, before: str | None,
               typed: Mapping[str, str]) -> Correction:
    """The decision. ``key`` is a field or a list's entry (``references[0]``), ``typed`` has ``value`` and the
    field's other parts. Raises :class:`webui.typed.Refused` for what cannot be meant, :class:`archive.Overtaken` if the
    letter no longer holds ``before``, :class:`letters.errors.BadRequest` for what is no decision."""
    field = key.partition("[")[0]
    if not field or len(key) > _LONGEST_KEY:
        raise BadRequest(key[:_LONGEST_KEY] or "field")
    if field == STARTS:
        start = typed.get("value", "")
        if start not in list(Start):
            raise BadRequest(f"starts={start[:_LONGEST_KEY]}")
        return Correction(page, STARTS, Verdict.SET, None, start)
    letter = letter_at(parsed(row), page)
    if verdict in (Verdict.WITHDRAW, Verdict.SEEN):
        return Correction(page, field if verdict is Verdict.WITHDRAW else key, verdict)
    if field not in (*SCALARS, *ITEMS) or (verdict in (Verdict.ADD, Verdict.REMOVE) and field not in ITEMS):
        raise BadRequest(key)
    if verdict is Verdict.ADD:
        return Correction(page, field, Verdict.ADD, None, read_typed(field, typed, today()))
    unchanged(letter, field, before)
    if verdict is Verdict.REMOVE:
        return Correction(page, field, Verdict.REMOVE, before)
    same = before is not None and typed.get("value") == before
    after = before if same or untouched(field, before, typed) else read_typed(field, typed, today())
    return Correction(page, field, Verdict.SET, before, after)


def unchanged(letter: Letter, field: str, before: str | None) -> None:
    """Raises :class:`archive.Overtaken` if the field no longer holds what the person saw: it was read anew."""
    value = getattr(letter, field)
    now = [written(entry) for entry in value] if field in ITEMS else [
        written(value.value if field in READINGS or field == "kind" else value)]
    if before not in now:
        after = None if field in ITEMS else now[0]
        raise Overtaken(field, [Correction(letter.pages[0], field, Verdict.SET, before, after, ANEW)])


def parsed(row: PacketRow) -> Packet:
    """The packet as read. Raises :class:`letters.errors.NotFound`."""
    packet = archive().packets.parse(row.id)
    if packet is None:
        raise NotFound(row.name)
    return packet


def letter_at(packet: Packet, page: int) -> Letter:
    """The letter that begins on a page. Raises :class:`archive.Overtaken` if none does any more."""
    for letter in packet.letters:
        if letter.pages and letter.pages[0] == page:
            return letter
    raise Overtaken("", [Correction(page, STARTS, Verdict.SET, None, None, ANEW)])
