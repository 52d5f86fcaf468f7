"""The command line's contract: verbs, exit codes, JSON, words for people."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import Result

from letters import DateRole, DeadlineKind, Kind, Packet, Page, Relation
from letters.errors import BadRequest, NotFound
from parsing import parse_packet
from saraban.cli import VERBS as ROOMS
from saraban.cli import main, saraban
from saraban.cli.explained import DEADLINES, FORMS, RELATIONS, ROLES
from saraban.settings import Settings
from tests.parsing.texts import DEPARTMENT

Run = Callable[..., Result]
VERBS = [(name, saraban.get_command(click.Context(saraban), name)) for name in sorted(ROOMS)]


@pytest.fixture
def taken(run: Run, packet: Path) -> Run:
    assert run("init").exit_code == 0
    done = run("ingest", packet)
    assert done.exit_code == 0, done.output
    return run


def test_parse_writes_the_contract(run: Run, packet: Path, tmp_path: Path) -> None:
    done = run("parse", packet, "--out", tmp_path / "out")
    assert done.exit_code == 0
    written = json.loads((tmp_path / "out" / "packet.json").read_text(encoding="utf-8"))
    assert (written["packet"], written["pages"], len(written["letters"])) == ("packet", 2, 2)
    first = written["letters"][0]
    assert set(first) >= {
        "pages",
        "kind",
        "number",
        "date",
        "urgency",
        "secrecy",
        "issuer",
        "subject",
        "addressed_as",
        "recipients",
        "references",
        "enclosures",
        "deadlines",
        "actions",
        "signatory",
        "phones",
        "emails",
        "urls",
        "qr",
        "received_stamps",
        "text",
        "review",
    }
    assert first["number"] | {"printed": "", "confidence": 0} == {
        "code": "กบ",
        "agency": "0023.3",
        "circular": True,
        "serial": "2222",
        "printed": "",
        "confidence": 0,
        "rivals": [],
    }
    assert first["date"] == "2023-06-12"
    assert [(item["relation"], item["number"]["serial"], item["date"]) for item in first["references"]] == [
        ("enclosure", "456", "2023-06-05")
    ]
    assert "กบ 0023.3/ว 2222" in done.output


def test_where_the_program_fails_on_one_file_the_others_go_on(
    run: Run, packet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "odd.txt"
    other.write_bytes(packet.read_bytes())

    def fails_on_odd(name: str, pages: list[Page]) -> Packet:
        if name == "odd":
            raise ValueError("no such month: 13")
        return parse_packet(name, pages)

    monkeypatch.setattr("saraban.cli.packets.parse_packet", fails_on_odd)
    done = run("parse", other, packet, "--out", tmp_path / "out")
    assert done.exit_code == 70
    assert [path.stem for path in (tmp_path / "out").iterdir()] == ["packet"]
    assert "โปรแกรมขัดข้องขณะแยกหนังสือใน odd.txt – " in done.stderr
    assert "(ValueError: no such month: 13)" in done.stderr


def test_bad_files_are_named_and_the_others_go_on(run: Run, packet: Path, tmp_path: Path) -> None:
    empty, wrong, torn = tmp_path / "empty.pdf", tmp_path / "wrong.pdf", tmp_path / "torn.pdf"
    empty.write_bytes(b"")
    wrong.write_bytes(b"MZ\x00\x00\x01")
    torn.write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    run("init")
    for verb in (("parse", "--out", tmp_path / "out"), ("ingest",)):
        done = run(verb[0], empty, wrong, torn, packet, *verb[1:])
        assert done.exit_code == 65
        for name in ("empty.pdf", "wrong.pdf", "torn.pdf"):
            assert name in done.output
        assert "กบ 0023.3/ว 2222" in done.output


def test_ingest_of_a_folder_takes_packets_only_and_once(run: Run, packet: Path, tmp_path: Path) -> None:
    (tmp_path / "truth.json").write_text("{}")
    (tmp_path / "notes.md").write_text("text")
    run("init")
    assert run("ingest", tmp_path).exit_code == 0
    again = run("ingest", tmp_path)
    assert again.exit_code == 0
    assert "มีอยู่แล้ว" in again.output
    assert len(json.loads(run("packets", "--json").stdout)) == 1


def test_chain_shows_the_cover_above_and_the_absent_letter_below(taken: Run) -> None:
    lines = taken("chain", "มท 0810.7/ว 456").output.splitlines()
    number = [
        next(i for i, line in enumerate(lines) if text in line) for text in ("ว 2222", "▶ มท 0810.7/ว 456", "ว 123")
    ]
    assert number == sorted(number)
    assert "ยังไม่มีในคลัง" in lines[number[2]]
    data = json.loads(taken("chain", "ว ๔๕๖", "--json").stdout)
    assert [letter["place"] for letter in data["letters"]].count("asked") == 1
    assert {step["state"] for step in data["steps"]} == {"linked", "absent"}


@pytest.mark.parametrize("query", ["ถังขยะ", "สำรวจถังขยะ", "ว 456", "ว ๔๕๖", "5 มิ.ย. 66", "มท 0810.7/ว 456"])
def test_search_by_word_number_and_date(taken: Run, query: str) -> None:
    found = json.loads(taken("search", query, "--json").stdout)
    assert "มท 0810.7/ว 456" in [row["number"] for row in found]


def test_search_within_a_range_of_dates(taken: Run) -> None:
    found = json.loads(taken("search", "ถังขยะ", "--from", "2023-06-10", "--to", "2023-06-30", "--json").stdout)
    assert [row["number"] for row in found] == ["กบ 0023.3/ว 2222"]


def test_show_and_tasks(taken: Run) -> None:
    assert "นายทดสอบ ระบบดี" in taken("show", "ว 456").output
    assert json.loads(taken("show", "ว 456", "--json").stdout)["copies"][0]["packet"] == "packet"
    rows = json.loads(taken("tasks", "--json").stdout)
    assert rows
    assert {row["due"] for row in rows} == {"2023-06-26"}
    assert "จาก" in taken("tasks", "--limit", 1).output


def test_exports(taken: Run) -> None:
    letters = json.loads(taken("export", "letters", "--json").stdout)
    links = json.loads(taken("export", "links", "--json").stdout)
    assert {(row["absent"], len(row["copies"])) for row in letters} == {(False, 1), (True, 0)}
    assert next(row for row in letters if not row["absent"])["copies"][0]["packet"] == "packet"
    ids = {row["id"] for row in letters}
    assert all(row["source"] in ids and row["target"] in ids for row in links)
    assert {row["state"] for row in links} == {"linked", "absent"}


def test_reindex_after_the_index_is_gone_loses_nothing(taken: Run, home: Path) -> None:
    import shutil  # noqa: PLC0415

    before = taken("search", "ถังขยะ", "--json").stdout
    shutil.rmtree(home / "index")
    degraded = taken("search", "ว 456")
    assert degraded.exit_code == 0
    assert "มท 0810.7/ว 456" in degraded.output
    assert taken("reindex").exit_code == 0
    assert taken("search", "ถังขยะ", "--json").stdout == before


def test_check_finds_an_altered_original(taken: Run, home: Path) -> None:
    assert taken("check").exit_code == 0
    original = next(path for path in (home / "originals").rglob("*") if path.is_file())
    original.chmod(0o600)
    original.write_bytes(b"altered")
    done = taken("check", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)


def test_users(taken: Run) -> None:
    assert "รหัสผ่าน" in taken("user", "add", "malee", "--role", "clerk").output
    assert "malee" in taken("user", "list").output
    assert taken("user", "password", "malee").exit_code == 0


def test_unknown_letters_and_missing_archives_are_named(
    run: Run, taken: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(taken("show", "ว 99999").exception, NotFound)
    monkeypatch.setenv("SARABAN_HOME", str(tmp_path / "nowhere"))
    monkeypatch.setattr("sys.argv", ["saraban", "tasks"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 69
    assert "saraban init" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "command"), VERBS)
def test_every_verb_has_help_with_an_example(name: str, command: click.Command) -> None:
    parts = command.commands.values() if isinstance(command, click.Group) else [command]
    for part in parts:
        assert "Example: saraban" in (part.help or ""), name


def test_settings_read_the_environment_and_name_bad_values() -> None:
    settings = Settings.from_env(
        {"SARABAN_MAX_PAGES": "7", "SARABAN_SECURE_COOKIES": "1", "SARABAN_HOME": "/x"}, port=9
    )
    assert (settings.limits.pages, settings.secure_cookies, settings.home, settings.port) == (7, True, Path("/x"), 9)
    with pytest.raises(BadRequest, match="SARABAN_MAX_PAGES"):
        Settings.from_env({"SARABAN_MAX_PAGES": "many"})


def test_a_text_with_page_breaks_is_paged(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text(DEPARTMENT + "\f" + "คู่มือ\n๑. เข้าสู่ระบบ", encoding="utf-8")
    run("parse", path, "--out", tmp_path)
    written = json.loads((tmp_path / "two.json").read_text(encoding="utf-8"))
    assert [(item["pages"], item["kind"]) for item in written["attachments"]] == [([2], "manual")]


def test_explain_shows_words_repairs_and_what_is_no_deadline(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(
        DEPARTMENT.replace("๕ มิถุนายน ๒๕๖๖", "๕๕๕ มิถุนายน ๒๕๖๖", 1).replace("มท ๐๘๑๐.๗/ว ๔๕๖", "มท ๐๘๑๐.๗/จ ๔๕๖"),
        encoding="utf-8",
    )
    output = run("explain", path).output
    assert "“มท ๐๘๑๐.๗/จ ๔๕๖”" in output
    assert "แก้ “จ” → “ว” [circular mark]" in output
    assert "แบบหนังสือ: หนังสือภายนอก" in output
    assert "ไม่ใช่กำหนด (เรื่องเดิม)" in output
    assert "กำหนด (วัน): 30 มิ.ย. 2566" in output


def test_explain_writes_the_text_with_its_fields_marked(run: Run, tmp_path: Path) -> None:
    path, page = tmp_path / "one.txt", tmp_path / "one.html"
    path.write_text(DEPARTMENT, encoding="utf-8")
    assert run("explain", path, "--marked", page).exit_code == 0
    marked = re.findall(r"<mark[^>]*>\s*(.*?)\s*<span[^>]*>(\w+)</span>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert {("มท ๐๘๑๐.๗/ว ๔๕๖", "number"), ("ภายในวันศุกร์ที่ ๓๐ มิถุนายน ๒๕๖๖", "deadlines")} <= set(marked)


def test_explain_has_a_thai_word_for_every_kind() -> None:
    for names, kinds in ((FORMS, Kind), (RELATIONS, Relation), (DEADLINES, DeadlineKind), (ROLES, DateRole)):
        assert set(names) == set(kinds)


def test_rerun_reads_and_parses_again_and_changes_nothing(taken: Run) -> None:
    before = taken("export", "letters", "--json").stdout
    assert taken("rerun").exit_code == 0
    assert taken("rerun", "--from", "read", "packet.txt").exit_code == 0
    assert taken("export", "letters", "--json").stdout == before
    assert isinstance(taken("rerun", "nowhere.pdf").exception, NotFound)


def test_every_verb_is_found_where_it_is_said_to_be() -> None:
    """Verbs are loaded when they are called; the table must name them all."""
    rooms = {room: import_module(f"saraban.cli.{room}").COMMANDS for room in set(ROOMS.values())}
    assert {command.name: room for room, commands in rooms.items() for command in commands} == ROOMS


def test_reading_files_loads_neither_database_nor_screens() -> None:
    code = "import sys, saraban.cli.files; print({'sqlalchemy', 'flask', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
