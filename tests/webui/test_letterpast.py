"""What became of a letter, where its copies differ, and its text over the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chain import Copy, CopyRef, Judgement, JudgementKind, MentionRef
from letters import Letter, LetterDate, Reading
from tests.webui.conftest import Visitor, World
from webui.letterpast import differences, touches

DISTRICT = "พช 0118/ว 417"
ONE, OTHER, THIRD = (CopyRef("a" * 64, 0), CopyRef("b" * 64, 1), CopyRef("c" * 64, 0))


def test_only_fields_that_differ_are_told() -> None:
    letter = Letter(pages=(1,), date=Reading(LetterDate(2023, 6, 1), "1 มิ.ย. 66", 0.9))
    other = replace(letter, date=Reading(LetterDate(2023, 6, 7), "7 มิ.ย. 66", 0.5))
    found = differences([Copy(ONE, "a", letter), Copy(OTHER, "b", other)])
    assert found == {"date": [LetterDate(2023, 6, 1), LetterDate(2023, 6, 7)]}
    assert differences([Copy(ONE, "a", letter)]) == {}


def test_a_judgement_touches_its_copies_and_its_citation() -> None:
    merged = Judgement(JudgementKind.MERGE, copy=ONE, other=OTHER)
    confirmed = Judgement(JudgementKind.CONFIRM, mention=MentionRef(THIRD, 0), other=ONE)
    assert [touches(merged, {ref}) for ref in (ONE, OTHER, THIRD)] == [True, True, False]
    assert [touches(confirmed, {ref}) for ref in (ONE, OTHER, THIRD)] == [True, False, True]


def test_the_letter_tells_when_it_came_and_its_text_is_a_file(
        world: World, signed_in: Callable[[str], Visitor]) -> None:
    node = world.node(DISTRICT)
    page = signed_in("officer").get(f"/letters/{node}").text
    past = page[page.index("ความเป็นมา"):]
    assert "clerk1" in past and "รับเข้าคลังในชุด" in past and "chain.txt" in past
    answer = signed_in("officer").get(f"/letters/{node}.txt")
    assert answer.mimetype == "text/plain" and answer.text.startswith("ที่ พช 0118/ว 417")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert signed_in("officer").get(f"/letters/{'0' * 32}.txt").status_code == 404
