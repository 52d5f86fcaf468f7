"""Orders named in a body are citations where they lie in the packet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters import Kind, LetterNumber, Reading, Reference, Relation
from parsing.checks.orders import keep_own_orders
from tests.parsing.texts import DEPARTMENT, parsed

ORDER = LetterNumber(None, None, False, "287")


@pytest.mark.parametrize(("relation", "number", "beside", "stays"), [
    (Relation.BODY, ORDER, "287", True), (Relation.BODY, ORDER, "288", False), (Relation.REFERENCE, ORDER, "288", True),
    (Relation.BODY, LetterNumber("มท", "0806", True, "287"), "288", True),
    (Relation.BODY, LetterNumber(None, None, True, "287"), "288", True), (Relation.BODY, None, "288", True)])
def test_an_order_of_another_packet_is_no_citation_of_a_body(relation, number, beside: str, stays: bool) -> None:
    reference = Reference(relation, Reading(number), Reading())
    memo = replace(parsed(DEPARTMENT).letters[0], references=(reference,))
    order = replace(memo, kind=Kind.ORDER, number=Reading(LetterNumber(None, None, False, beside)), references=())
    assert keep_own_orders((memo, order))[0].references == ((reference,) if stays else ())
