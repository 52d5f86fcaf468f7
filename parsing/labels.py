"""The printed labels by which a letter is laid out (Regulation on Correspondence, forms 1–3), matched loosely."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from parsing.loose import MARKS, THI, either, loose

_START = r"^\s*"

SUBJECT = re.compile(_START + loose("เรื่อง", spaced=True) + r"\s*[:：]?\s*")
SALUTATION = re.compile(
    _START + f"(?P<form>{either('กราบเรียน', 'เรียน', 'นมัสการ', 'เจริญพร', spaced=True)})" + r"\s*[:：]?\s+"
)
TO = re.compile(_START + f"(?P<form>{loose('ถึง')})" + r"\s*[:：]?\s+")
REFERENCE = re.compile(_START + either("อ้างถึง", "อ้างอิง", spaced=True) + r"\s*[:：]?\s*")
ENCLOSURE = re.compile(
    _START
    + r"(?:[-–•|]\s*\|?\s*:?\s*[-|:\s]*)?"
    + either("สิ่งที่ส่งมาด้วย", "เอกสารแนบ", "สิ่งที่แนบมาด้วย", spaced=True)
    + r"\s*[:：]?\s*"
)
CLOSING = re.compile(_START + r".{0,40}" + either("ขอแสดงความนับถือ", "ขอแสดงความนับถืออย่างยิ่ง", spaced=True))
PURPOSE = re.compile(
    _START + either("จึงเรียนมาเพื่อ", "จึงเรียนมา", "จึงกราบเรียนมา", "จึงแจ้งมาเพื่อ", "จึงขอเรียนมา", spaced=True)
)
MEMO = re.compile(_START + r".{0,12}" + loose("บันทึกข้อความ", spaced=True))
MEMO_OFFICE = re.compile(_START + loose("ส่วนราชการ", spaced=True) + r"\s*[:：]?\s*")
RADIO = re.compile(either("ความเร่งด่วน", "วิทยุสื่อสาร", "กระดาษเขียนข่าว", "ข่าววิทยุ", "ลำดับความเร่งด่วน", spaced=True))
RADIO_FORM = re.compile(_START + either("วิทยุสื่อสาร", "กระดาษเขียนข่าว", "ข่าววิทยุ", spaced=True) + r"[^\d]{0,60}$")
RADIO_FROM = re.compile(_START + loose("จาก") + r"\s*[:：]?\s+")
RADIO_TEXT = re.compile(_START + either("ข้อความ", "เนื้อความ", spaced=True) + r"\s*[:：]?\s*")
ORDER = re.compile(_START + f"(?P<title>{loose('คำสั่ง')}[^\\d]{{2,60}})$")
ANNOUNCEMENT = re.compile(_START + f"(?P<title>{either('ประกาศ', 'แถลงการณ์')}[^\\d]{{2,80}})$")
ORDER_NUMBER = re.compile(_START + THI + r"\s*(?P<serial>\d{1,5})\s*/\s*(?P<year>25\d\d)\s*$")

BODY_STARTS = re.compile(
    _START
    + either(
        "ด้วย",
        "ตามที่",
        "ตามหนังสือ",
        "ตาม",
        "เนื่องจาก",
        "เนื่องด้วย",
        "อนุสนธิ",
        "พร้อมนี้",
        "พร้อมหนังสือนี้",
        "พร้อมกันนี้",
        "สืบเนื่อง",
        "โดยที่",
        "เพื่อให้",
        "เพื่อ",
        "ในการนี้",
        "ขอส่ง",
        "ขอให้",
        "จึงขอ",
        "เพื่อเป็นการ",
        "บัดนี้",
        "ในโอกาส",
        "ในปี",
        "ปัจจุบัน",
    )
)

PAGE_NUMBER = re.compile(r"^\s*[-–—]?\s*\d{1,2}\s*[-–—]?\s*$")
CATCH_WORD = re.compile(r"^\s*/\s*\S.{0,60}(?:\.{2,}|…)\s*$")
COPY_WORDS = ("สำเนาคู่ฉบับ", "คู่ฉบับ", "สำเนาถูกต้อง", "รับรองสำเนาถูกต้อง", "สำเนา")
COPY_MARK = re.compile(_START + rf"[(\[]?\s*{either(*COPY_WORDS)}\s*[)\]]?\s*$")

URGENCY = ("ด่วนที่สุด", "ด่วนมาก", "ด่วนภายใน", "ด่วน")
SECRECY = ("ลับที่สุด", "ลับมาก", "ลับ")
URGENCY_MARK = re.compile(
    r"(?<![ก-๙])(?P<mark>" + "|".join(loose(word, spaced=True) for word in URGENCY) + r")(?![ก-๙])"
)
SECRECY_MARK = re.compile(_START + r"(?P<mark>" + "|".join(loose(word, spaced=True) for word in SECRECY) + r")\s*$")

STAMP = re.compile(
    rf"{either('เลขที่รับ', 'เลขรับ', 'ทะเบียนรับ', 'เลขทะเบียนรับ')}|(?<![ก-๙]){loose('รับ')}\s?{THI}(?!\s?[ก-ฮ]{{3}})"
)
OFFICE_BLOCK = re.compile(
    _START + either("สำนักงาน", "สำนัก", "กอง", "กลุ่มงาน", "ฝ่าย", "ศูนย์", "งาน", "ส่วน", "กลุ่ม", "ที่ทำการปกครอง")
)
CONTACT = re.compile(
    either("โทรศัพท์", "โทรสาร", "ไปรษณีย์อิเล็กทรอนิกส์", "ผู้ประสานงาน", "อีเมล")
    + rf"|{loose('โทร')}\s*(?:[.:/]|[\d๐-๙]|$)|E-?mail|\bFax\b|\bTel\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(either("ถนน", "ถ.", "หมู่", "ตำบล", "เขต", "แขวง", "ซอย") + r"|\d{5}\s*$")
ITEM = re.compile(r"^\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)\s*[.)]\s*(?=\D)")


_FIRST_WORD = re.compile(r"^(\s*)(\S{3,16})(?=\s{2,}\S)")
_WHOLE = {word: re.sub(f"[{MARKS}]", "", word) for word in ("เรื่อง", "เรียน", "อ้างถึง", "สิ่งที่ส่งมาด้วย")}


def with_whole_label(text: str) -> str:
    """A row whose first word, set off by a wide gap, is a label but for a letter or two, with that label whole.

    ``เรื่ออ  การสำรวจ`` → ``เรื่อง  การสำรวจ``. What is as near to two labels stays as it is.
    """
    first = _FIRST_WORD.match(text)
    if first is None:
        return text
    read = re.sub(f"[{MARKS}]", "", first[2])
    near = sorted((Levenshtein.distance(read, bare), word) for word, bare in _WHOLE.items())
    distance, word = near[0]
    if 0 < distance <= len(_WHOLE[word]) // 4 and distance < near[1][0]:
        return f"{first[1]}{word}{text[first.end() :]}"
    return text


def word_of(printed: str, words: tuple[str, ...]) -> str:
    """The listed word that a loosely printed one stands for (longest first): ``ด่วนทีสุด`` → ``ด่วนที่สุด``."""
    return next((word for word in words if re.fullmatch(loose(word, spaced=True), printed.strip())), printed.strip())
