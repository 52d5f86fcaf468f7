"""The measured confusions: asymmetric, versioned, never zero."""

import pytest

from letters.errors import DamagedFile
from ocr.confusions import MEASURED, load
from ocr.tesseract import PACKAGED

HEAD = "# model: tha_test:00000001 (test-1); ∅: nothing there\nprinted\tread\tcount\tprobability\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "confusions.tsv"
    path.write_text(
        HEAD + "๓\t๓\t90\t0.9\n๓\t๑\t8\t0.08\n๓\t∅\t2\t0.02\n๑\t๑\t100\t1.0\n∅\t๑\t4\t0.8\n∅\t\"\t1\t0.2\n", "utf-8"
    )
    return load(path)


@pytest.mark.parametrize(
    ("read", "printed", "wanted"),
    [("๓", "๓", 0.9), ("๑", "๓", 0.08), ("", "๓", 0.02), ("๑", "", 0.02), ("๓", "๑", 0.005), ("๙", "", 0.0025)],
    ids=["right", "confused", "lost", "added", "never seen", "never added"],
)
def test_likelihood_of_what_was_read(table, read, printed, wanted):
    assert table.likelihood(read, printed) == pytest.approx(wanted)


def test_a_character_never_printed_is_read_as_itself(table):
    assert table.likelihood("ฬ", "ฬ") == 1.0
    assert 0 < table.likelihood("ฎ", "ฬ") < 0.01


@pytest.mark.parametrize(("read", "printed"), [("๑๑", "๑"), ("๑", "๑๑"), ("", "")])
def test_only_single_characters_have_a_likelihood(table, read, printed):
    with pytest.raises(ValueError, match="single characters"):
        table.likelihood(read, printed)


def test_texts_are_aligned(table):
    assert table.text_likelihood("๑๑", "๑๓") == pytest.approx(0.08)
    assert table.text_likelihood("๑", "๑๓") == pytest.approx(0.02)
    assert table.text_likelihood("๑๑", "๑") == pytest.approx(0.02)
    assert table.text_likelihood("", "") == 1.0


def test_the_version_names_the_model(table):
    assert table.version == "tha_test:00000001"
    assert table.speaks_for("tesseract 5.5 tha_test:00000001")
    assert not table.speaks_for("tesseract 5.5 tha_test:00000002")


@pytest.mark.parametrize("text", ["", "printed\tread\tcount\tprobability\n", HEAD + "๓\t๓\n", HEAD + "๓\t๓\tmany\t1\n"])
def test_what_is_no_table_is_named(tmp_path, text):
    path = tmp_path / "confusions.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(DamagedFile):
        load(path)


def test_the_measured_table_is_of_a_packaged_model():
    measured = load()
    assert measured.version.split(":")[0] in {path.stem for path in PACKAGED.glob("*.traineddata")}
    assert MEASURED.exists()
    for digit in "๐๑๒๓๔๕๖๗๘๙0123456789":
        shares = [count for (printed, _), count in measured.counts.items() if printed == digit]
        assert sum(shares) == measured.totals[digit]
        assert measured.likelihood(digit, digit) > 0.9
