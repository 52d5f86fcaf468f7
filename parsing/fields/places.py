"""One title before several names: ``นายอำเภอเมืองตราด แหลมงอบ และเขาสมิง`` are three addressees, each with the title."""

from __future__ import annotations

import re

from parsing.loose import either
from parsing.owners import provinces
from parsing.tables import column

_TITLE = either(*column("titles", "word", use="listed"))
_PLACE = r"(?!ทุก|ใน|ผ่าน|และ|หรือ|กับ|ที่|หมู่|สาขา|ยกเว้น|ตาม|จังหวัด|อำเภอ|จำกัด|ตำบล\b)[ก-์]{2,30}?"
# A second one alone: no province, in which the first lies, and no piece of a torn name.
_OTHER = rf"(?!(?:{'|'.join(provinces())})(?:\s|$))(?=[ก-์]{{4}}){_PLACE}"
_TAIL = r"(?P<tail>\s+(?:ทุก|ใน|จังหวัด|อำเภอ|\().*)?"
_PARTED = r"(?:\s*/\s*|\s*,\s*(?:และ\s*)?|\s*และ\s*|\s+)"
_PLACES = re.compile(
    rf"(?P<title>{_TITLE})\s?(?P<names>{_PLACE}(?:(?:\s*/\s*{_PLACE})+|(?:\s*,\s*{_PLACE})+"
    rf"|(?:(?:\s+|\s*,\s*){_PLACE})*\s+และ\s*{_PLACE}|(?:\s+{_PLACE}){{2,}}|(?<=[ก-์]{{4}})\s+{_OTHER}))"
    rf"{_TAIL}$"
)
_PROVINCES = re.compile(
    r"(?P<title>[ก-์]{3,60}?)\s?"
    rf"(?P<names>(?:{'|'.join(provinces())})(?:{_PARTED}(?:{'|'.join(provinces())}))+){_TAIL}$"
)
_KINDS = re.compile(
    rf"(?P<title>นายกเทศมนตรี|เทศบาล)(?P<names>(?:นคร|เมือง|ตำบล)(?:{_PARTED}(?:นคร|เมือง|ตำบล))+){_TAIL}$"
)
_COMMITTEE = r"ก\.[ก-ฮ.]{1,6}(?:\s?จังหวัด)?"
_COMMITTEES = re.compile(
    rf"(?P<title>(?:ประธาน|รองประธาน|เลขานุการ|กรรมการ|)\s?)(?P<names>{_COMMITTEE}(?:{_PARTED}{_COMMITTEE})+){_TAIL}$"
)
_OPEN = either(*column("addressees", "word", kind="open"))
_BODY = either(*column("addressees", "word", kind="office"), *column("addressees", "word", kind="likeness"))
_BODIES = re.compile(rf"(?P<title>{_OPEN})(?P<names>(?P<body>{_BODY})[ก-์]+(?:{_PARTED}(?P=body)[ก-์]+)+){_TAIL}$")
_OF_BODY = re.compile(rf"{_OPEN}(?P<body>{_BODY})[ก-์]")


def same_body(before: str, text: str, start: int) -> bool:
    """Whether a body behind a post's body is one more of the kind: ``ผู้อำนวยการโรงเรียนบ้านนา โรงเรียนวัดป่า``."""
    first = _OF_BODY.match(before)
    return first is not None and text.startswith(first["body"], start)


def each(name: str) -> list[str]:
    """The addressees that a title before a list of names makes, with the tail behind them; one where it is no list."""
    for pattern in (_PROVINCES, _KINDS, _COMMITTEES, _PLACES):
        if found := pattern.fullmatch(name):
            tail = found["tail"] or ""
            return [found["title"] + one + tail for one in re.split(_PARTED, found["names"])]
    if found := _BODIES.fullmatch(name):
        tail = found["tail"] or ""
        return [found["title"] + one + tail for one in re.split(rf"{_PARTED}(?={found['body']})", found["names"])]
    return [name] if name else []
