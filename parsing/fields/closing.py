"""The foot of a letter: who signed and in whose name, telephones, addresses of mail and web, received stamps."""

from __future__ import annotations

import re

from letters import LetterDate, ReceivedStamp, Signatory
from letters.text import arabic
from parsing import labels
from parsing.dates import read_date
from parsing.fields.address import joined
from parsing.flow import Flow, Row
from parsing.loose import either
from parsing.sections import Part
from parsing.sheet import Sheet

_NAME = re.compile(r"[({]\s*(?P<name>[ก-๙][ก-๙. ]{4,60}?)\s*[)}]")
_RANK = re.compile(
    r"^\s*(?P<rank>ว่าที่\s?(?:ร้อย|พัน)[ก-๙]+|พล(?:ตรี|โท|เอก|ตำรวจ[ก-๙]+)|(?:ร้อย|พัน)(?:ตำรวจ)?(?:ตรี|โท|เอก)|(?:จ่าสิบ|สิบ)[ก-๙]+|ดร\.|หม่อม[ก-๙]+)\s*$"
)
_POST = re.compile(
    r"(?<![ก-๙])"
    + either(
        "รองผู้ว่า",
        "ผู้ว่าราชการ",
        "รองอธิบดี",
        "อธิบดี",
        "ปลัด",
        "รองปลัด",
        "นายอำเภอ",
        "นายก",
        "รองนายก",
        "ผู้อำนวยการ",
        "รองผู้อำนวยการ",
        "หัวหน้า",
        "ท้องถิ่นจังหวัด",
        "ท้องถิ่นอำเภอ",
        "เลขาธิการ",
        "รองเลขาธิการ",
        "ประธาน",
        "เจ้าพนักงาน",
        "นักวิชาการ",
        "ผู้ช่วย",
        "รัฐมนตรี",
    )
    + ".*"
)
_ACTING = re.compile(
    either("ปฏิบัติราชการแทน", "รักษาราชการแทน", "รักษาการแทน", "รักษาการในตำแหน่ง", "ปฏิบัติหน้าที่แทน", "ทำการแทน")
)
_ACTING_KINDS = ("ปฏิบัติราชการแทน", "รักษาราชการแทน", "รักษาการในตำแหน่ง", "รักษาการแทน", "ปฏิบัติหน้าที่แทน", "ทำการแทน")


def find_signatory(sheet: Sheet) -> Signatory | None:
    """The first name in brackets below the closing (memos: below the body), with the posts that follow it.

    Posts are kept apart: the signer's own, the form of acting, and the principal.
    """
    flow = sheet.part(Part.CLOSING, Part.OFFICE)
    rows = list(flow.rows)
    for index, row in enumerate(rows):
        name = _NAME.search(row.text)
        if name is None:
            continue
        posts = _posts(row.text[name.end() :], rows[index + 1 : index + 7])
        start = flow.start_of(index) + name.start("name")
        position, kind, principal = _acting(posts)
        return Signatory(
            _with_rank(name["name"].strip(), rows[:index]),
            position,
            kind,
            principal,
            flow.evidence(start, start + len(name["name"])),
        )
    return None


def _with_rank(name: str, above: list[Row]) -> str:
    """A rank printed on the row above the brackets belongs to the name."""
    rank = _RANK.match(above[-1].text) if above and above[-1].text.strip() else None
    name = re.sub(r"\s+", " ", name)
    return re.sub(r"\s", "", rank["rank"]) + f" {name}" if rank else name


def _posts(rest: str, below: list[Row]) -> list[str]:
    """The post lines under a name, until the office block or another name."""
    posts = []
    for text in [rest, *(row.text for row in below)]:
        if not text.strip():
            continue
        if _NAME.search(text) or labels.CONTACT.search(text):
            break
        post = _POST.search(text) or _ACTING.search(text)
        if post:
            posts.append(joined(text[post.start() :]))
        elif posts or labels.OFFICE_BLOCK.match(text):
            break
    return posts[:3]


def _acting(posts: list[str]) -> tuple[str | None, str | None, str | None]:
    """Post lines → (own post, form of acting, principal's post)."""
    whole = " ".join(posts)
    acting = _ACTING.search(whole)
    if acting is None:
        return (posts[0] if posts else None), None, None
    kind = labels.word_of(acting[0], _ACTING_KINDS)
    own, principal = whole[: acting.start()].strip(" /"), whole[acting.end() :].strip()
    return own or None, kind, principal or None


# --- how to reach them -----------------------------------------------------------------------------------------------

_PHONE_LABEL = re.compile(either("โทรศัพท์", "โทร", "โทรสาร", "เบอร์") + r"|Tel|Fax", re.IGNORECASE)
_PHONE = re.compile(r"0[\s-]?\d(?:[\s-]?\d){6,8}(?:\s?[-–]\s?\d{1,2}(?!\d))?(?:\s*ต่อ\s*\d{2,5}(?:\s*,\s*\d{2,5})*)?")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_URL = re.compile(r"(?:https?\s?:\s?//|www\s?\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.IGNORECASE)
_BARE_HOST = re.compile(
    r"(?<![@\w.])(?:[a-z0-9-]+\.)+(?:go|or|ac|co|mi|in)\.th(?:/[A-Za-z0-9\-._~/?#=&%]*)?", re.IGNORECASE
)


def find_phones(sheet: Sheet) -> tuple[str, ...]:
    """Telephone and fax numbers of the print, digits folded, as printed otherwise (``0-2241-9000 ต่อ 2303``)."""
    found = [
        re.sub(r"\s+", " ", match[0]).strip()
        for row in sheet.printed.rows
        if _PHONE_LABEL.search(row.text)
        for match in _PHONE.finditer(arabic(row.text))
    ]
    return tuple(dict.fromkeys(found))


def find_emails(sheet: Sheet) -> tuple[str, ...]:
    """E-mail addresses of the print."""
    return tuple(dict.fromkeys(match[0].replace(" ", "") for match in _EMAIL.finditer(sheet.printed.text)))


def find_urls(sheet: Sheet) -> tuple[str, ...]:
    """Web addresses of the print, without the brackets and stops around them."""
    text = _EMAIL.sub(" ", sheet.printed.text)
    found = [re.sub(r"\s", "", match[0]).rstrip(".,;)>”\"'") for match in _URL.finditer(text)]
    rest = _URL.sub(" ", text)
    return tuple(dict.fromkeys([*found, *(match[0].rstrip(".") for match in _BARE_HOST.finditer(rest))]))


# --- received stamps -------------------------------------------------------------------------------------------------

_RECEIVED_NUMBER = re.compile(
    r"(?:เลขทะเบียนรับ|ทะเบียนรับ|เลขที่รับ|เลขรับที่|เลขรับ|รับที่)\s*(?:ที่)?\s*[.…]*\s*(?P<number>\d{1,6}(?:\s?/\s?\d{2,4})?)"
)
_STAMP_DATE = re.compile(r"^\s*วัน\s?ท[ีิ]่?\s*[.…]*\s*(?P<date>.+)$")
_STAMP_TIME = re.compile(r"เวลา\s*[.…]*\s*(?P<hour>\d{1,2})\s?[.:]\s?(?P<minute>\d{2})")


def find_stamps(sheet: Sheet) -> tuple[ReceivedStamp, ...]:
    """Received stamps (office, number, date, time) as far as readable, from stamp rows and the rows around them."""
    rows = [
        row
        for row, part in zip(sheet.rows, sheet.parts, strict=True)
        if part in (Part.STAMP, Part.HEAD, Part.NOTE) and row.text.strip()
    ]
    marks = [index for index, row in enumerate(rows) if labels.STAMP.search(row.text)]
    stamps = [_stamp(rows, index) for index in marks]
    numbered = [i for i, stamp in zip(marks, stamps, strict=True) if stamp.number]
    return tuple(
        stamp
        for i, stamp in zip(marks, stamps, strict=True)
        if stamp.number or (stamp.date and not any(abs(i - other) <= 2 for other in numbered))
    )


def _stamp(rows: list[Row], index: int) -> ReceivedStamp:
    above = rows[index - 1].text.strip() if index else ""
    number = _RECEIVED_NUMBER.search(arabic(rows[index].text))
    date = time = None
    for row in rows[index : index + 4]:
        text = arabic(row.text)
        dated, timed = _STAMP_DATE.match(text), _STAMP_TIME.search(text)
        date = date or (_stamp_day(dated["date"]) if dated else None)
        time = time or (f"{int(timed['hour']):02d}:{timed['minute']}" if timed and int(timed["hour"]) < 24 else None)
    flow = Flow((rows[index],))
    office = above if above and len(above) < 60 and not re.search(r"\d{3}|ถนน|วันที่|เวลา", arabic(above)) else None
    return ReceivedStamp(
        office,
        re.sub(r"\s", "", number["number"]) if number else None,
        date,
        time,
        flow.evidence(0, len(rows[index].text)),
    )


def _stamp_day(text: str) -> LetterDate | None:
    value = read_date(text).value
    return value if value and value.date else None
