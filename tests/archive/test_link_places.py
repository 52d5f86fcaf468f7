"""A person's decision stays with the letters it is about, wherever a new reading puts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import Archive
from chain import CopyRef, Judgement, JudgementKind, MentionRef
from letters import Letter, Packet
from tests.chain.builders import PROVINCE, cite, letter

TOP = letter("มท 0816.3/ว 1203", "2023-05-02")
COVER = letter("ตง 0023.3/ว 7", "2023-06-01", cite("มท 0816.3/ว 1203", "2023-05-02"),
               cite("มท 0809.2/ว 44", "2022-02-01"),
               issuer=PROVINCE, subject="ส่งสำเนาหนังสือ")
FIRST = letter("ตง 0023.14/ว 9", "2023-06-05", issuer="อำเภอห้วยยอด", subject="ขอให้สำรวจ")
BLURRED = letter("ตง 0023.3/ว 1", "2023-06-01", *COVER.references[::-1], issuer=PROVINCE, subject="ส่งสำเนาหนังสือ")


def store(archive: Archive, folder: Path, name: str, *letters: Letter) -> str:
    """A packet with these letters; gives its id."""
    (folder / name).write_text(name, encoding="utf-8")
    row, _ = archive.packets.receive(f"{name}.txt", folder / name, "ผู้ส่ง")
    archive.packets.save_parse(row.id, Packet(name, (), letters))
    return row.id


@pytest.mark.parametrize(("again", "copy", "reference"), [
    ((COVER, TOP), 0, 1),
    ((FIRST, COVER, TOP), 1, 1),
    ((FIRST, BLURRED), 1, 0),     # day and subject tell it, and what it cites stands in another order
    ((FIRST, TOP), -1, 1),        # gone: it waits without effect
])
def test_a_confirmed_citation(archive: Archive, tmp_path: Path, again, copy: int, reference: int) -> None:
    citing, cited = store(archive, tmp_path, "a", COVER, TOP), store(archive, tmp_path, "b", TOP)
    word = Judgement(JudgementKind.CONFIRM, MentionRef(CopyRef(citing, 0), 1), other=CopyRef(cited, 0), by="สมหญิง")
    archive.judgements.add_linking(word, "สมหญิง")
    archive.packets.save_parse(citing, Packet("a", (), again))
    [now] = archive.judgements.linking()
    assert now == Judgement(JudgementKind.CONFIRM, MentionRef(CopyRef(citing, copy), reference),
                            other=CopyRef(cited, 0), by="สมหญิง")


def test_a_merge_of_copies(archive: Archive, tmp_path: Path) -> None:
    one, other = store(archive, tmp_path, "a", COVER, TOP), store(archive, tmp_path, "b", TOP)
    word = Judgement(JudgementKind.MERGE, copy=CopyRef(one, 1), other=CopyRef(other, 0))
    archive.judgements.add_linking(word, "สมหญิง")
    archive.packets.save_parse(one, Packet("a", (), (FIRST, COVER, TOP)))
    archive.packets.save_parse(other, Packet("b", (), (FIRST, TOP)))
    assert archive.judgements.linking() == (
        Judgement(JudgementKind.MERGE, copy=CopyRef(one, 2), other=CopyRef(other, 1)),)
