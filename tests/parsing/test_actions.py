"""What is asked for: where a request begins, and its verb and object among words that look like them."""

from __future__ import annotations

import pytest

from parsing.fields.actions import verb_and_object
from tests.parsing.texts import body, parsed


@pytest.mark.parametrize(
    ("words", "verb", "thing"),
    [
        ("ปิดสถานศึกษาที่มีผู้ป่วย", "ปิด", "สถานศึกษาที่มีผู้ป่วย"),
        ("ส่งข้อมูลดังกล่าว ภายในวันที่ 5", "ส่ง", "ข้อมูลดังกล่าว"),
        ("รับฟังความคิดเห็นของประชาชน", "รับฟัง", "ความคิดเห็นของประชาชน"),
        ("ส่งหนังสือตั้งแต่วันที่ 5", "ส่ง", "หนังสือตั้งแต่วันที่ 5"),
        ("หน่วยงานของท่านตรวจใบอนุญาตทุกใบ แล้วแจ้งอำเภอ", "ตรวจ", "ใบอนุญาตทุกใบ"),
        ("รถที่ใบอนุญาตสิ้นอายุงดออกปฏิบัติการ", "งด", "ออกปฏิบัติการ"),
        ("คณะทำงานจัดทำแผน ให้ทันวันงาน", "จัดทำ", "แผน"),
        ("ขนส่งจังหวัดตรวจสภาพรถรับส่งนักเรียน", "ตรวจสภาพ", "รถรับส่งนักเรียน"),
        ("แบบวัดการเปิดเผยข้อมูล ให้ตรวจสอบความครบถ้วน", "ตรวจสอบ", "ความครบถ้วน"),
    ],
)
def test_verb_and_object(words: str, verb: str, thing: str) -> None:
    assert verb_and_object(words) == (verb, thing)


@pytest.mark.parametrize("words", ["ข้อมูลดังกล่าวเป็นความลับ", "ตั้งแต่วันที่ 5 เป็นต้นไป", "ประกาศ ณ วันที่ 5"])
def test_words_that_hold_a_verb_by_chance(words: str) -> None:
    assert verb_and_object(words)[0] is None


@pytest.mark.parametrize(
    ("sentence", "begins"),
    [
        ("ด้วยมีงานต้องทำ จังหวัดได้แจ้งให้อำเภอทราบแล้ว จึงขอให้นับถังขยะ", "จึงขอให้นับถังขยะ"),
        ("บัดนี้ใกล้สิ้นปี จังหวัดใคร่ขอทราบผลการนับถังขยะ", "ใคร่ขอทราบผลการนับถังขยะ"),
        ("มีผู้ร้องเรียน ให้เทศบาลตรวจสอบถังขยะ", "ให้เทศบาลตรวจสอบถังขยะ"),
        ("ได้ให้นับแล้ว และขอความกรุณาขยายเวลา", "ขอความกรุณาขยายเวลา"),
        ("เจ้าหน้าที่ไม่อาจนับได้ทัน จึงขยายเวลาให้ส่งบัญชีถังขยะ", "จึงขยายเวลาให้ส่งบัญชีถังขยะ"),
    ],
)
def test_where_a_request_begins(sentence: str, begins: str) -> None:
    actions = parsed(body(sentence)).letters[0].actions
    assert [action.text for action in actions] == [begins]
