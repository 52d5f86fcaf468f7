"""Names of persons and posts as signatures print them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsing.flow import Row
from parsing.loose import either
from parsing.tables import column

_SIGNED = r"ลง\s?(?:ชื่อ|นาม)"  # the word before or above a signature, itself in brackets at times
BRACKETED = re.compile(rf"[({{]\s*(?P<name>(?!{_SIGNED})[ก-๙][ก-๙. -]{{4,60}}?)\s*(?:[)}}]|\][)}}]?)")
# Strokes of the signature before the bracket are read as signs.
NAME_ROW = re.compile(rf"^\s*(?:[^\sก-๙({{]{{1,8}}\s+)?[({{]\s*(?!{_SIGNED})[ก-๙][ก-๙. -]{{6,50}}[)}}\]]{{1,2}}\s*$")
_RANKS = (*column("persons", "word", kind="rank"), *column("persons", "word", kind="learned"))
# Ranks in their short form are letters with stops; a woman's ends in หญิง, one held for the time begins with ว่าที่.
RANK = re.compile(
    rf"^\s*(?P<rank>(?:ว่าที่\s?)?(?:{either(*_RANKS, spaced=True)}|(?:[ก-ฮ]{{1,2}}\s?\.\s?){{2,4}})(?:\s?หญิง)?)\s*$"
)
POST = re.compile(rf"(?<![ก-๙])(?:(?:รอง|ผู้ช่วย|อดีต)\s?)?{either(*column('titles', 'word', use='signs'))}.*")
ACTING_KINDS = column("titles", "word", use="acting")
ACTING = re.compile(either(*ACTING_KINDS, spaced=True))

# A bracket is lost, or both are: then the word before a name must stand there, and a post on the row below.
_HONORIFIC = either(*column("persons", "word"))
TITLED = re.compile(_HONORIFIC)
_BARE = re.compile(
    rf"^\s*[({{]?\s*(?P<name>{_HONORIFIC}\s?[ก-๙]{{2,30}}(?:\s+(?:ณ\s+)?[ก-๙]{{2,30}})?)\s*[)}}\]|]?\s*$"
)


_SIGNED_ROW = re.compile(rf"^\(?{_SIGNED}\)?[.…]*")


def rank_above(row: str, name: str) -> str | None:
    """The rank on the row above a name's brackets, alone or with the name once more (``สิบเอก กล้า งานดี``)."""
    words = _SIGNED_ROW.sub("", "".join(row.split())).removesuffix("".join(name.split()))
    rank = RANK.match(words) if words else None
    return rank["rank"] if rank else None


def name_in(rows: Sequence[Row], index: int) -> re.Match[str] | None:
    """The name of a signature on a row (group ``name``): in brackets, or with its title above a post."""
    return BRACKETED.search(rows[index].text) or bare_name(rows, index)


def bare_name(rows: Sequence[Row], index: int) -> re.Match[str] | None:
    """A name without its brackets: alone on its row, with its title, a post on the next row that holds anything."""
    bare = _BARE.match(rows[index].text)
    below = next((row.text for row in rows[index + 1 : index + 4] if row.text.strip()), "")
    return bare if bare and POST.match(below.strip()) else None
