"""What is known of a file's fault, in Thai."""

import pytest

from letters.details import in_thai
from letters.errors import BadRequest, DamagedFile, LimitExceeded


@pytest.mark.parametrize(("detail", "thai"), [
    ("no pages", "ไม่มีหน้าเลย"),
    ("the end of the file is missing", "ส่วนท้ายของไฟล์หายไป"),
    ("seconds", "ใช้เวลาอ่านนานเกินกำหนด"),
    ("262144000 bytes > bytes 209715200", "ขนาด 250 MB รับได้ไม่เกิน 200 MB"),
    ("612 pages > pages 500", "มี 612 หน้า รับได้ไม่เกิน 500 หน้า"),
    ("pages > 500", "รับได้ไม่เกิน 500 หน้า"),
    ("pages > pages 500", "รับได้ไม่เกิน 500 หน้า"),
    ("20 MB", "รับได้ไม่เกิน 20 MB"),
    ("page 2: 9000 x 14000 pixels > pixels 60000000", "หน้า 2 กว้าง 9000 สูง 14000 จุดภาพ รับได้ไม่เกิน 60 ล้านจุด"),
    ("page 2: an image of 9000 x 14000 pixels > pixels 60000000",
     "หน้า 2 กว้าง 9000 สูง 14000 จุดภาพ รับได้ไม่เกิน 60 ล้านจุด"),
    ("page 7: 200 x 300 inches > pixels 60000000", "หน้า 7 เป็นกระดาษกว้าง 200 สูง 300 นิ้ว ใหญ่เกินไป"),
    ("page 3: Failed to load\npage.", "หน้า 3"),
    ("PDFium: data format error", ""),
    ("กรองให้เหลือน้อยลงก่อน", "กรองให้เหลือน้อยลงก่อน"),
    ("", ""),
])
def test_details_have_their_thai_or_are_left_out(detail: str, thai: str) -> None:
    assert in_thai(detail) == thai


def test_a_message_tells_them_in_its_language() -> None:
    fault = DamagedFile("a.pdf", "page 3: xref")
    assert "(หน้า 3) – ขอไฟล์ใหม่" in fault.message("th") and "(page 3: xref)" in fault.message("en")
    assert LimitExceeded("a.pdf", "pages > 5").message("th").startswith("ไฟล์ a.pdf เกินขีดจำกัด: รับได้ไม่เกิน 5 หน้า – ")
    assert "(one file at a time)" in BadRequest("files", "one file at a time").message("th"), "other errors keep theirs"
