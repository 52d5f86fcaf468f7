"""The level of administration a letter comes from, told by its issuer and its number (DOMAIN sections 1 and 2)."""

from __future__ import annotations

import re
from enum import StrEnum

from letters import LetterNumber


class Level(StrEnum):
    """Which level of administration a letter comes from."""

    DEPARTMENT = "department"
    PROVINCE = "province"
    DISTRICT = "district"
    LAO = "lao"

    @property
    def thai(self) -> str:
        """The level's name for people."""
        return {"department": "ส่วนกลาง", "province": "จังหวัด", "district": "อำเภอ", "lao": "อปท."}[self.value]


_BY_NAME = (
    (Level.LAO, re.compile(r"บริหารส่วน(?:จังหวัด|ตำบล)"  # whatever was read of the words before it
                           r"|^(?:ที่ทำการ|สำนักงาน|นายก)?(?:องค์การบริหารส่วน|เทศบาล|เทศมนตรี|อบต|อบจ|เมืองพัทยา)")),
    (Level.DISTRICT, re.compile(r"อำเภอ")),
    (Level.PROVINCE, re.compile(r"จังหวัด")),
    (Level.DEPARTMENT, re.compile(r"^(?:กรม|กระทรวง|สำนักนายก|คณะกรรมการ|สำนักงานก[.ทจอ])")),
)
# Owner letters that are a ministry's and of two letters like a province's, as seen on letters.
_MINISTRIES = frozenset((
    "นร", "กห", "กค", "กต", "กก", "พม", "กษ", "คค", "ทส", "ดศ", "พน", "พณ", "มท", "ยธ", "รง", "วธ", "ศธ", "สธ", "อก",
    "อว", "ตช", "ทช",
))
_LOCAL_OFFICE = re.compile(r"00(?:23|37)(?:\.(?P<part>\d+))?")  # สถจ.; its office in a district writes .10 and above


def level_of(number: LetterNumber | None, issuer: str | None) -> Level | None:
    """The level of a letter. A ministry's number is the centre's whatever a stamp over the head says; else the
    issuer's name counts before the number. ``None`` if neither tells."""
    if number and _by_number(number) is Level.DEPARTMENT and not _LOCAL_OFFICE.fullmatch(number.agency or ""):
        return Level.DEPARTMENT
    name = re.sub(r"\s", "", issuer or "")
    for level, pattern in _BY_NAME:
        if pattern.search(name):
            return level
    return _by_number(number) if number else None


def _by_number(number: LetterNumber) -> Level | None:
    code, agency = (number.code or "").split(" ")[0], number.agency or ""
    if code in _MINISTRIES:
        return Level.DEPARTMENT
    if office := _LOCAL_OFFICE.fullmatch(agency):
        return Level.DISTRICT if int(office["part"] or 0) >= 10 else Level.PROVINCE
    if agency == "0117":
        return Level.DISTRICT
    return Level.LAO if re.match(r"[5-9]\d{4}", agency) else None
