"""Orders named in a body: they stand there among rules and laws, and are citations only where the order itself lies in
the packet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from letters import Kind, Letter, LetterNumber, Reference, Relation


def keep_own_orders(letters: Sequence[Letter]) -> list[Letter]:
    """The letters, without what their bodies cite of orders that are none of the packet's."""
    own = {letter.number.value.serial for letter in letters if letter.kind is Kind.ORDER and letter.number.value}
    return [replace(letter, references=tuple(one for one in letter.references if _stays(one, own)))
            for letter in letters]


def _stays(reference: Reference, own: set[str | None]) -> bool:
    number = reference.number.value
    return reference.relation is not Relation.BODY or number is None or not _is_orders(number) or number.serial in own


def _is_orders(number: LetterNumber) -> bool:
    """A running number alone: letters have an owner before it, circulars ว."""
    return number.code is None and number.agency is None and not number.circular
