"""Every word of a table and every pattern of the room knows its own quoted example."""

from __future__ import annotations

import importlib
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

import parsing
from letters.text import arabic
from parsing import continuing, labels
from parsing.attachments import attachment_kind
from parsing.fields import backwards, binding, counted, phrases, pointing, recurrence
from parsing.fields.actions import OPENER, verb_and_object
from parsing.tables import table
from tests.parsing.texts import text_page

PATTERNS = tomllib.loads((Path(__file__).parent / "cases" / "patterns.toml").read_text(encoding="utf-8"))
DATA = Path(parsing.__file__).parent / "data"
KNOWS = {
    "subject": labels.SUBJECT, "salutation": labels.SALUTATION, "to": labels.TO, "reference": labels.REFERENCE,
    "enclosure": labels.ENCLOSURE, "closing": labels.CLOSING, "purpose": labels.PURPOSE, "memo": labels.MEMO,
    "memo_office": labels.MEMO_OFFICE, "radio": labels.RADIO, "radio_form": labels.RADIO_FORM,
    "radio_from": labels.RADIO_FROM, "radio_text": labels.RADIO_TEXT, "order": labels.ORDER,
    "announcement": labels.ANNOUNCEMENT, "copy": labels.COPY_MARK, "received": labels.STAMP,
    "office": labels.OFFICE_BLOCK, "contact": labels.CONTACT, "address": labels.ADDRESS, "body": labels.BODY_STARTS,
    "urgency": labels.URGENCY_MARK, "secrecy": labels.SECRECY_MARK,
    "tells": continuing.TELLS,
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(DATA.glob("*.tsv")), ids=lambda path: path.stem)
def test_every_row_of_a_table_says_where_it_is_from(path):
    rows = table(path.stem)
    assert rows
    assert all(row["source"] and None not in row and None not in row.values() for row in rows)
    assert len({tuple(row.items()) for row in rows}) == len(rows)


@pytest.mark.parametrize("row", table("labels"), ids=lambda row: row["form"])
def test_a_label_is_known_in_its_example(row):
    assert KNOWS[row["label"]].search(row["example"])
    assert row["form"] in row["example"]


@pytest.mark.parametrize("row", table("requests"), ids=lambda row: row["word"])
def test_a_word_of_the_wish_is_known_in_its_example(row):
    assert row["word"] in row["example"]
    if row["group"] == "opener":
        opener = OPENER.match(row["example"])
        assert opener
        assert opener[0] == row["word"]
    if row["group"] == "verb":
        verb, thing = verb_and_object(row["example"])
        assert verb is not None
        assert verb.startswith(row["word"])
        assert (verb + (thing or "")).replace(" ", "") == row["example"].replace(" ", "")


AGAIN = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in recurrence.PATTERNS if not pattern.groups))
PHRASES = {
    "due": phrases.CUE, "from_now": phrases.UNTIL, "refrain": phrases.REFRAINS, "invite": phrases.INVITES,
    "inspect": phrases.INSPECTS, "hand_ask": phrases.HANDS_IN, "hand_verb": phrases.HANDS_IN, "go": phrases.GOES,
    "within": counted.RELATIVE, "limits": counted.RELATIVE, "counts": counted.RELATIVE,
    "urgent": phrases.URGENT, "cause": phrases.CAUSE,
    "done": phrases.DONE, "round": phrases.BEFORE_NOW, "turn": phrases.TURN,
    "wish": phrases.WISH, "ask": phrases.ASKS, "rule": phrases.QUOTED, "rule_says": phrases.QUOTED,
    "by_rule": phrases.BY_RULE, "moved": phrases.MOVED_TO, "moved_to": phrases.MOVED_TO, "former": phrases.FORMER,
    "revoked": phrases.REVOKED, "own_wish": phrases.OWN_WISH, "while": phrases.WHILE, "period": phrases.PERIOD,
    "fair": phrases.FAIRS, "effect": phrases.EFFECTIVE, "held": phrases.HELD,
    "in_the_end": phrases.IN_THE_END, "due_on": phrases.DUE_ON, "right": phrases.QUOTED,
    "closes": phrases.DUE_ON, "opens": phrases.CLOSES, "starts": phrases.WINDOW_END,
    "last": phrases.LAST, "for_above": phrases.FOR_ABOVE,
    "term": phrases.TERM, "public": phrases.PUBLIC, "meeting": phrases.MEETING,
    "at_least": backwards.COUNTED, "named_day": backwards.NAMED_DAY, "that_day": pointing.SAME_DAY,
    "must": phrases.MUST, "time": phrases.LIMIT, "never": phrases.WITHIN, "beyond": phrases.WITHIN,
    "last_day": phrases.LAST, "take_in": phrases.LAST, "too_late": phrases.TOO_LATE, "by_itself": phrases.BY_ITSELF,
    "closing": phrases.DUE_ON, "motion": phrases.IS_THERE, "there": phrases.IS_THERE, "lasting": phrases.LASTS,
    "praise": phrases.THANKS, "opens_request": binding.OPENER, "passes_on": binding.PASSES, "joins_on": binding.JOINS,
    "tells_cause": phrases.TELLS_CAUSE, "turns": phrases.TURNS, "own_request": phrases.OWN_REQUEST,
    "others": phrases.OTHERS, "own_will": phrases.OWN_WILL, "make_known": phrases.ONLY_MADE_KNOWN,
    "request": phrases.REQUESTS, "set_for": phrases.SET_FOR, "summons": phrases.SUMMONS,
    **{row["group"]: AGAIN for row in table("deadlines") if row["group"].startswith("every_")},
}  # fmt: skip


@pytest.mark.parametrize("row", table("deadlines"), ids=lambda row: f"{row['group']} {row['phrase']}")
def test_a_phrase_of_time_is_known_in_its_example(row):
    """The group's pattern finds the example, by this phrase and no other part of it."""
    assert row["phrase"] in row["example"]
    found = PHRASES[row["group"]].search(arabic(row["example"]))
    assert found
    assert row["phrase"] in row["example"][found.start() : found.end()]


@pytest.mark.parametrize(
    "row", [row for row in table("attachments") if row["where"] == "heading" and row["kind"] != "other"],
    ids=lambda row: row["word"],
)  # fmt: skip
def test_a_heading_alone_tells_the_kind(row):
    assert attachment_kind(text_page(row["word"])).value == row["kind"]


def flattened() -> list[tuple[str, str, str]]:
    return [(module, name, text) for module, rows in PATTERNS.items() for name, texts in rows.items() for text in texts]


@pytest.mark.parametrize(("module", "name", "example"), flattened(), ids=lambda value: value[:24])
def test_a_pattern_knows_its_example(module, name, example):
    """What the pattern must take of its example stands between ⟦ and ⟧, or is the whole of it."""
    pattern = getattr(importlib.import_module(f"parsing.{module}"), name)
    wanted = re.search("⟦(.*)⟧", example, re.DOTALL)
    found = pattern.search(re.sub("[⟦⟧]", "", example))
    assert found
    assert found[0].strip() == (wanted[1] if wanted else example).strip()


# What has tables of cases of its own, form by form: dates, numbers, deadlines, checks, entries by hand.
ELSEWHERE = (
    "dates", "daynoise", "numbers", "owners", "confidence", "confusion", "checks", "fields.deadlines", "fields.periods",
    "fields.recurrence", "fields.binding", "fields.bounds", "fields.roles", "fields.history",
    "fields.around", "fields.counted", "fields.cues", "fields.misdated",
    "fields.attending", "fields.backwards", "fields.pointing", "fields.weighing",
    "fields.framed", "fields.typed", "fields.handwritten", "corrections", "boundaries",
)  # fmt: skip


def patterns() -> dict[re.Pattern[str], list[str]]:
    """Each pattern of the room with the names it goes by, modules with cases of their own left out."""
    found: dict[re.Pattern[str], list[str]] = {}
    for info in pkgutil.walk_packages(parsing.__path__, "parsing."):
        short = info.name.removeprefix("parsing.")
        if not short.startswith(ELSEWHERE):
            for name, value in vars(importlib.import_module(info.name)).items():
                if isinstance(value, re.Pattern):
                    found.setdefault(value, []).append(f"{short}.{name}")
    return found


def test_every_pattern_has_an_example():
    quoted = {f"{module}.{name}" for module, rows in PATTERNS.items() for name in rows}
    by_table = {*KNOWS.values(), *PHRASES.values(), OPENER}
    missing = [names for pattern, names in patterns().items() if pattern not in by_table and not quoted & {*names}]
    assert missing == []
