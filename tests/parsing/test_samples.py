"""The build samples as printed, fed as if reading were perfect: what the rules read when the letters are right.

What a person wrote or stamped is put into the print: running numbers, days, and classes of urgency and secrecy, these
as rows at the top of their letter's first page.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bench.scoring import Tally, score
from letters import Line, Page, Source
from letters.text import arabic
from parsing import packet_json, parse_packet
from parsing.dates import MONTH

BUILD = Path("samples/build")
PACKETS = sorted(BUILD.glob("*.json"))
SHARES = ("number", "date", "urgency", "subject", "signatory")
SETS = ("segmentation", "recipients", "references", "dated references", "deadlines")
UNDATED = re.compile(rf"^((?:(?:สั่ง|ประกาศ) ณ )?(?:วันที่\s*)?)(?={MONTH}\s*(?:พ\.ศ\.\s*)?(?:[0-9๐-๙]{{2}}){{1,2}}$)")


def read(path: Path) -> dict[str, Any]:
    packet: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return packet


def printed(packet: dict[str, Any]) -> list[Page]:
    texts = {page["page"]: page["text"].split("\n") for page in packet["page_text"]}
    for letter in packet["letters"]:
        first = texts[letter["pages"][0]]
        with_number(first, letter)
        with_day(first, letter)
        first[:0] = letter["marks_stamped"]
    return [Page(number, tuple(map(Line, lines)), Source.TEXT) for number, lines in sorted(texts.items())]


def with_number(lines: list[str], letter: dict[str, Any]) -> None:
    """Puts the running number that was left to a pen or a stamp into its row."""
    if not letter["number"]:
        return
    whole = re.sub(r"\s", "", arabic(letter["number"]["printed"]))
    owner = whole[: len(whole) - len(letter["number"]["serial"])].removesuffix("ว")
    for place, line in enumerate(lines):
        stump = re.sub(r"\s", "", arabic(line))
        if stump in (owner, owner + "ว"):
            lines[place] = letter["number"]["printed"]
            return


def with_day(lines: list[str], letter: dict[str, Any]) -> None:
    """Puts the day that was left to a pen or a stamp into the row of the date; a row of the body may look like it."""
    for place, line in enumerate(lines):
        undated = UNDATED.match(line)
        follows_day = place and re.search(r"\s[0-9๐-๙]{1,2}$|เดือน$", lines[place - 1])
        if letter["date"] and undated and (undated[1] or not follows_day):
            lines[place] = UNDATED.sub(lambda found: f"{found[1]}{int(letter['date'][8:])} ", line)
            return


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    packets = {path.stem: read(path) for path in PACKETS}
    return {name: score(packet, packet_json(parse_packet(name, printed(packet)))) for name, packet in packets.items()}


@pytest.mark.parametrize("name", [path.stem for path in PACKETS])
def test_a_sample_as_printed_is_read_right(name: str, tallies: dict[str, Tally]) -> None:
    tally = tallies[name]
    wrong = {measure: tally.counts[measure] for measure in SHARES if tally.value(measure, "share") not in (1.0, None)}
    wrong |= {measure: tally.counts[measure] for measure in SETS if tally.value(measure, "f1") not in (1.0, None)}
    assert wrong == {}
