"""Confidences that were fitted on samples: 0.9 means nine in ten."""

import pytest

from bench.calibration import Pool, curve, error, fit, trials
from letters import LetterNumber, Reading
from parsing import packet_json
from parsing.checks import check_packet
from parsing.confidence import Calibration, calibrated, fitted
from parsing.finders import read_letter
from parsing.flow import rows_of
from tests.parsing.texts import DEPARTMENT, PROVINCE, parsed, text_page

HALF = Calibration("test", {"number": ((0.0, 0.0), (0.8, 0.4), (1.0, 0.9))})


@pytest.mark.parametrize(("own", "said"), [(0.0, 0.0), (0.4, 0.2), (0.8, 0.4), (0.9, 0.65), (1.0, 0.9)])
def test_a_curve_is_straight_between_its_points(own, said):
    assert HALF.sure("number", own) == pytest.approx(said)
    assert HALF.sure("date", own) == own  # no curve


def test_all_fields_of_a_letter_are_calibrated_and_empty_ones_left():
    letter = read_letter(rows_of(text_page(DEPARTMENT)), (1,))
    names = (
        *("number", "date", "issuer", "subject", "reference number", "reference date", "deadline"),
        *("kind", "salutation", "recipient", "action", "contact", "signatory"),
    )
    sure = calibrated(letter, Calibration("test", dict.fromkeys(names, ((0.0, 0.5), (1.0, 0.5)))))
    readings = [sure.number, sure.date, sure.issuer, sure.subject]
    readings += [reading for item in sure.references for reading in (item.number, item.date)]
    assert {reading.confidence for reading in readings} == {0.5}
    items = (*sure.deadlines, *sure.recipients, *sure.actions, *sure.contacts, sure.signatory)
    assert {item.confidence for item in (*items, sure.form, sure.salutation)} == {0.5}
    assert calibrated(letter, HALF).secrecy == letter.secrecy == Reading()


def test_a_packet_is_calibrated_before_its_doubts_are_named():
    letter = read_letter(rows_of(text_page(DEPARTMENT)), (1,))
    low = Calibration("test", {"number": ((0.0, 0.3), (1.0, 0.3))})
    assert "number" not in {doubt.field for doubt in check_packet([letter], "", Calibration())[0].review}
    assert "number" in {doubt.field for doubt in check_packet([letter], "", low)[0].review}


def test_the_shipped_curves_rise_and_name_their_reader():
    shipped = fitted()
    assert "tha_saraban:" in shipped.reader
    assert {"number", "date", "reference number", "deadline"} <= set(shipped.curves)
    for points in shipped.curves.values():
        assert list(points) == sorted(points)
        assert [share for _, share in points] == sorted(share for _, share in points)
        assert points[0] == (0.0, 0.0)
        assert all(0 <= share < 1 for _, share in points)


def test_a_curve_says_what_was_right():
    """Said 0.9 and right six times in ten; said 0.95 and right always."""
    points = curve([(0.9, index % 10 < 6) for index in range(200)] + [(0.95, True)] * 200)
    by = Calibration("", {"date": points})
    assert by.sure("date", 0.9) == pytest.approx(0.6, abs=0.02)
    assert by.sure("date", 0.95) == pytest.approx(0.99, abs=0.01)
    assert by.sure("date", 0.3) < 0.25  # never seen: still a doubt


def test_few_letters_make_no_certainty():
    assert Pool(0.5, 0.5, 0.5, 1, 1).share == pytest.approx(0.6)
    assert Pool(0.9, 0.9, 900.0, 1000, 1000).share == 0.99


def test_no_letter_is_judged_by_a_curve_that_saw_it():
    halves = [[("date", 0.9, True)] * 50, [("date", 0.9, False)] * 50]
    tried = trials(halves)
    assert all(said < 0.2 if right else said > 0.8 for _, said, right in tried)
    assert error(tried) > 0.7  # the halves contradict one another, and the trial shows it
    assert fit(halves[0], "reader").reader == "reader"


def test_a_number_keeps_all_but_its_confidence():
    own = Reading(LetterNumber("มท", "0810.7", True, "456"), "ที่ มท ๐๘๑๐.๗/ว ๔๕๖", 0.8)
    letter = read_letter(rows_of(text_page(DEPARTMENT)), (1,))
    sure = calibrated(letter, HALF).number
    assert (sure.value, sure.evidence, sure.repairs) == (own.value, letter.number.evidence, letter.number.repairs)


def test_every_field_of_the_contract_says_how_sure_it_is():
    written = packet_json(parsed(PROVINCE))["letters"][0]
    said = written["confidence"]
    assert all(0 < said[name] <= 1 for name in ("kind", "date", "issuer", "subject", "addressed_as", "signatory"))
    assert said["urgency"] is None
    for name in ("recipients", "enclosures", "actions", "phones", "received_stamps"):
        assert len(said[name]) == len(written[name])
        assert all(0 < sure <= 1 for sure in said[name])
    assert all(0 < item["confidence"] <= 1 for item in (written["number"], *written["deadlines"]))


def test_every_value_of_a_letter_shows_where_it_stands():
    letter = parsed(PROVINCE).letters[0]
    readings = (letter.form, letter.salutation, letter.number, letter.date, letter.issuer, letter.subject)
    assert all(reading.evidence for reading in readings)
    items = (*letter.recipients, *letter.enclosures, *letter.deadlines, *letter.actions, *letter.contacts)
    assert all(item.evidence for item in (*items, letter.signatory))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("(นางสาวตัวอย่าง งานดี)\nรองผู้ว่าราชการจังหวัด รักษาราชการแทน\nผู้ว่าราชการจังหวัดกระบี่", "", "signatory"),
        ("เรียน นายอำเภอ ทุกอำเภอ นายกองค์การบริหารส่วนจังหวัดกระบี่ และนายกเทศมนตรีเมืองกระบี่", "", "recipients"),
    ],
)
def test_a_letter_to_nobody_or_from_nobody_is_doubted(old, new, field):
    whole, torn = parsed(PROVINCE).letters[0], parsed(PROVINCE.replace(old, new)).letters[0]
    assert field not in {doubt.field for doubt in whole.review}
    assert field in {doubt.field for doubt in torn.review}
