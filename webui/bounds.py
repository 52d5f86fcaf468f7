"""Where a letter begins, moved from one page to another as on the review screen's strip."""

from __future__ import annotations

from archive import Overtaken
from letters import Packet
from parsing.boundaries import Start
from parsing.corrections import STARTS, Correction, Verdict
from webui.deciding import ANEW
from webui.typed import Refused


def moved(packet: Packet, old: int, new: int) -> list[Correction]:
    """The decisions by which the letter that begins on page ``old`` begins on page ``new``; pages in between go to the
    letter before, or come from it.

    Raises :class:`archive.Overtaken` if no letter begins on ``old`` any more, :class:`webui.typed.Refused` for a page
    that is not between the letters before and after: a move never swallows a letter.
    """
    starts = sorted(letter.pages[0] for letter in packet.letters if letter.pages)
    if old not in starts:
        raise Overtaken(STARTS, [Correction(old, STARTS, Verdict.SET, None, None, ANEW)])
    place = starts.index(old)
    if place == 0:
        raise Refused("ฉบับแรกย้ายจุดเริ่มไม่ได้ หากหน้าแรกไม่ใช่หนังสือ ให้กด “เป็นเอกสารแนบ” ที่หน้านั้น")
    after = starts[place + 1] if place + 1 < len(starts) else max(page.number for page in packet.pages) + 1
    if new == old or not starts[place - 1] < new < after:
        raise Refused(f"ย้ายได้เฉพาะหน้า {starts[place - 1] + 1} ถึง {after - 1} มิฉะนั้นจะทับหนังสือฉบับอื่น")
    return [Correction(old, STARTS, Verdict.SET, None, Start.SAME.value),
            Correction(new, STARTS, Verdict.SET, None, Start.LETTER.value)]
