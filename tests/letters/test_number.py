"""Letter numbers in every printed form of the Regulation and of practice."""

import pytest

from letters import LetterNumber

FORMS = [
    # printed, letters, code, circular, running number, canonical
    ("ที่ มท ๐๘๑๐.๗/ว ๙๐๘", "มท", "0810.7", True, "908", "มท 0810.7/ว 908"),
    ("ที่มท0809.2/ว 6", "มท", "0809.2", True, "6", "มท 0809.2/ว 6"),
    ("มท.0804.5/ว 484", "มท", "0804.5", True, "484", "มท 0804.5/ว 484"),
    ("ว.25", None, None, True, "25", "ว 25"),
    ("มท 0307.2/ว 12(ล)", "มท", "0307.2", True, "12(ล)", "มท 0307.2/ว 12(ล)"),
    ("ว0003", None, None, True, "0003", "ว 0003"),
    ("ว 2883", None, None, True, "2883", "ว 2883"),
    ("กค 0409.5/203.15", "กค", "0409.5", False, "203.15", "กค 0409.5/203.15"),
    ("นม 0117/ป 5103", "นม", "0117", False, "ป 5103", "นม 0117/ป 5103"),
    ("ที่ 0421.3/ว 106", None, "0421.3", True, "106", "0421.3/ว 106"),
    ("มท 0810.7 ว 908", "มท", "0810.7", True, "908", "มท 0810.7/ว 908"),
    ("กค (กวจ) ๐๔๐๕.๒/ว ๕", "กค (กวจ)", "0405.2", True, "5", "กค (กวจ) 0405.2/ว 5"),
    ("กค(กวพ)0421.3/ว 7", "กค (กวพ)", "0421.3", True, "7", "กค (กวพ) 0421.3/ว 7"),
    ("ศธ 0514.1.31/12", "ศธ", "0514.1.31", False, "12", "ศธ 0514.1.31/12"),
    ("มท ๐๘๐๖ / ๑๒", "มท", "0806", False, "12", "มท 0806/12"),
    ("มท 0808.2/030", "มท", "0808.2", False, "030", "มท 0808.2/030"),
    ("นม 92701/559", "นม", "92701", False, "559", "นม 92701/559"),
    ("สปสช ๕.๓๑/ว ๐๔๑๒", "สปสช", "5.31", True, "0412", "สปสช 5.31/ว 0412"),
    ("อว 0605.7(3)/1129", "อว", "0605.7(3)", False, "1129", "อว 0605.7(3)/1129"),
    ("ว 10551", None, None, True, "10551", "ว 10551"),
    ("มท ๐๘๑๐.๘ / ว๕๕๖๗", "มท", "0810.8", True, "5567", "มท 0810.8/ว 5567"),
]


@pytest.mark.parametrize(("printed", "code", "agency", "circular", "serial", "canonical"), FORMS)
def test_reads_every_printed_form(printed, code, agency, circular, serial, canonical):
    number = LetterNumber.parse(printed)
    assert number == LetterNumber(code, agency, circular, serial)
    assert str(number) == canonical


@pytest.mark.parametrize("canonical", [row[-1] for row in FORMS])
def test_canonical_form_reads_back(canonical):
    number = LetterNumber.parse(canonical)
    assert number is not None
    assert str(number) == canonical


@pytest.mark.parametrize("text", ["", "hello", "12", "๒๕๖๔", "ที่ทำการ", "๒๔ พฤษภาคม ๒๕๖๔", "มท 0810.7/ว 908 ลงวันที่",
                                  "12/3", "ซ. 12/3", "ก.จ. 3/2567"])
def test_what_is_no_number_is_none(text):
    assert LetterNumber.parse(text) is None


def test_identity_needs_the_year_and_forgets_leading_zeros():
    padded, plain = LetterNumber.parse("ว0003"), LetterNumber.parse("ว 3")
    assert padded.key(2021) == plain.key(2021)
    assert padded.key(2021) != plain.key(2022)
    assert LetterNumber("มท", "0806", True, "25").key(2014) != LetterNumber("มท", "0806", False, "25").key(2014)


def test_orders_by_owner_then_series_then_running_number():
    numbers = [LetterNumber.parse(text) for text in ("มท 0810.10/5", "มท 0810.7/ว 12", "มท 0810.7/ว 2", "มท 0810.7/90")]
    assert [str(number) for number in sorted(numbers)] == [
        "มท 0810.7/90",
        "มท 0810.7/ว 2",
        "มท 0810.7/ว 12",
        "มท 0810.10/5",
    ]
