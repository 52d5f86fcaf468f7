"""The foot of a letter: who signed and in whose name, and the office that wrote it."""

from __future__ import annotations

import re

from letters import Reading, Signatory
from parsing import labels
from parsing.fields.address import joined
from parsing.flow import Row
from parsing.loose import either
from parsing.names import ACTING, ACTING_KINDS, BRACKETED, NAME_ROW, POST, TITLED, name_in, rank_above
from parsing.parts import Part
from parsing.sheet import Sheet
from parsing.tables import column

_GAP = re.compile(r"\s{3,}")


def find_signatory(sheet: Sheet) -> Signatory | None:
    """The first name in brackets below the closing (memos: below the body), with the posts that follow it.

    Posts are kept apart: the signer's own, the form of acting, and the principal.
    """
    flow = sheet.part(Part.CLOSING, Part.OFFICE)
    rows = list(flow.rows)
    for index, row in enumerate(rows):
        name = name_in(rows, index)
        if name is None:
            continue
        beside = len(BRACKETED.findall(row.text)) > 1  # two sign side by side: the left one's posts stand left
        below = [_GAP.split(other.text.strip())[0] if beside else other.text for other in rows[index + 1 : index + 7]]
        posts = _posts("" if beside else row.text[name.end() :], below)
        start = flow.start_of(index) + name.start("name")
        position, kind, principal = acting_parts(posts)
        end = start + len(name["name"])
        return Signatory(
            _with_rank(name["name"].strip(), rows[:index]),
            position,
            kind,
            principal,
            flow.evidence(start, end),
            0.95 * flow.confidence(start, end) * _plausible(row.text, name["name"], position or principal),
        )
    return None


def _plausible(row: str, name: str, post: str | None) -> float:
    """How much a row looks like a signature's name: in brackets, with a title, a post below; 1 where it has all."""
    signs = (BRACKETED.search(row), TITLED.match(name), post)
    return float(0.85 ** sum(not sign for sign in signs))


def _with_rank(name: str, above: list[Row]) -> str:
    """A rank printed on the row above the brackets, alone or with the name once more, belongs to the name."""
    name = re.sub(r"\s+", " ", name)
    filled = next((row.text for row in reversed(above[-3:]) if row.text.strip()), "")
    rank = rank_above(filled, name) if filled else None
    return f"{rank} {name}" if rank else name


_ENDS_ACTING = re.compile(rf"{ACTING.pattern}\s*$")


def _posts(rest: str, below: list[str]) -> list[str]:
    """The post lines under a name, until the office block or another name."""
    posts: list[str] = []
    for place, text in enumerate([rest, *below]):
        if not text.strip():
            continue
        if NAME_ROW.match(text) or labels.CONTACT.search(text):
            break
        start = _post_start(text, expected=place == 1 or bool(posts and _ENDS_ACTING.search(posts[-1])))
        if start is not None:
            posts.append(joined(text[start:]))
        elif posts and below[place - 2].strip() and _POST_GOES_ON.match(text):
            posts[-1] += text.strip()
        elif posts or labels.OFFICE_BLOCK.match(text):
            break
    return posts[:3]


# Right below a name stands a post, whatever it is called; the office at the foot stands apart.
_UNKNOWN_POST = re.compile(rf"\s*(?!{labels.OFFICE_BLOCK.pattern})[ก-ฮเ-ไ][ก-๙. ]{{5,70}}$")


def _post_start(text: str, *, expected: bool) -> int | None:
    """Where a post begins in a row; ``expected``: whatever the row holds is one. The words before a form of acting are
    a post too (สาธารณภัยจังหวัด ปฏิบัติราชการแทน), or the end of one."""
    acting, post = ACTING.search(text), POST.search(text)
    if acting and not (post and post.start() < acting.start()):
        return len(text) - len(text.lstrip())
    if post:
        return post.start()
    return 0 if expected and _UNKNOWN_POST.match(text) else None


_POST_GOES_ON = re.compile(rf"\s*{either(*column('titles', 'word', use='goes on'))}[ก-๙ ]{{2,60}}$")


def acting_parts(posts: list[str]) -> tuple[str | None, str | None, str | None]:
    """Post lines → (own post, form of acting, principal's post). Behind the principal's post only what goes on with it
    counts: more posts of the principal's own are none of the letter's."""
    whole = ""
    for post in posts:
        done = ACTING.search(whole)
        if done and whole[done.end() :].strip(". ") and not (ACTING.match(post) or _ENDS_ACTING.search(whole)):
            break
        torn = not (done or POST.match(post) or ACTING.match(post))  # the end of a post that began on the row above
        whole = f"{whole}{'' if torn else ' '}{post}".strip()
    acting = ACTING.search(whole)
    if acting is None:
        return (posts[0] if posts else None), None, None
    kind = labels.word_of(acting[0], ACTING_KINDS)
    own, principal = whole[: acting.start()].strip(" /"), whole[acting.end() :].lstrip(" .").rstrip()
    return own or None, kind, principal or None


# --- the office at the foot ------------------------------------------------------------------------------------------

MOST_ROWS = 5
_NUMBERED = re.compile(r"(?<=[ก-์])\s?(?:ที่\s?)?[\d๐-๙]{1,2}$")


def find_office(sheet: Sheet) -> Reading[str]:
    """The owner's office with its divisions as the foot names them, above the telephone."""
    flow = sheet.part(Part.OFFICE)
    names: list[tuple[int, str]] = []
    for index, row in enumerate(flow.rows):
        name = _office_name(row.text)
        if name:
            names.append((index, name))
        elif row.text.strip() and (names or index > MOST_ROWS):
            break
    if not names:
        return Reading()
    first, last = names[0], names[:MOST_ROWS][-1]
    start = flow.start_of(first[0])
    end = flow.start_of(last[0]) + flow.rows[last[0]].text.find(last[1]) + len(last[1])
    evidence = flow.evidence(start, end)
    printed = " ".join(name for _, name in names[:MOST_ROWS])
    return Reading(printed, flow.text[start:end], 0.9 * flow.confidence(start, end), (evidence,) if evidence else ())


def _office_name(text: str) -> str:
    """The part of a row of the foot that names an office: left of a wide gap, of a post and of a telephone."""
    name = _GAP.split(text.strip())[0]
    contact, post = labels.CONTACT.search(name), POST.search(name)
    cut = min(found.start() for found in (contact, post) if found) if contact or post else len(name)
    name = name[:cut].strip()
    bare = _NUMBERED.sub("", name)  # กลุ่มตรวจสอบการเงินที่ ๒
    return name if len(name) > 3 and not re.search(r"[(){}\d๐-๙]", bare) else ""
