"""Lines of fax machines: what is one, and that it belongs to nothing."""

from __future__ import annotations

import pytest

from parsing.faxed import is_fax_line
from tests.parsing.texts import DEPARTMENT, parsed

LINES = [
    "15/11/2010 09:30 0444444444 ABC OFFICE PAGE 01/02",
    "FROM :KRABI OFFICE FAX NO. :075 000 000 Nov. 11 2010 10:45AM P1",
    "11-NOV-2010 10:45 FROM 075000000 TO 074000000 P.01/02",
    "จาก : สถจ.กระบี่ หมายเลขโทรสาร : 075 000 000  11 พ.ย. 2553 10:45AM P1",
    "2010-11-11 10:45 075000000 >> 074000000 P 1/2",
    "KHAO KOB SAO  FAX 075-000-111  08/06/23  14:05  P.01",
]
OTHERS = [
    "ที่ กบ 0023.3/ว 2222  ศาลากลางจังหวัดกระบี่",
    "โทร. 075-000-000 ในวันที่ 11 พ.ย. 2553 เวลา 10.45 น. ณ ห้องประชุม",
    "12 มิถุนายน 2566",
    "- 2 -",
]


@pytest.mark.parametrize("line", LINES)
def test_a_fax_line_is_known_and_no_part_of_the_letter(line: str) -> None:
    assert is_fax_line(line)
    letter = parsed(f"{line}\n{DEPARTMENT}", f"{line}\n{DEPARTMENT}").letters[0]
    assert line not in letter.text
    assert letter.number.value == parsed(DEPARTMENT).letters[0].number.value
    assert letter.phones == parsed(DEPARTMENT).letters[0].phones


@pytest.mark.parametrize("line", OTHERS)
def test_other_rows_are_none(line: str) -> None:
    assert not is_fax_line(line)


def test_a_fax_line_over_a_second_page_is_no_part_of_the_sentence() -> None:
    first, rest = DEPARTMENT.split("อีกครั้ง", 1)
    packet = parsed(first, f"{LINES[0]}\nอีกครั้ง{rest}")
    assert len(packet.letters) == 1
    assert LINES[0] not in packet.letters[0].text
