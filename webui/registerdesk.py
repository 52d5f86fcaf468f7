"""What the views of the registers share: whose book, which book and year, and rows as the reader may see them."""

from __future__ import annotations

from flask import abort, render_template, request

from letters import Office
from letters.date import BE_OFFSET
from letters.errors import BadRequest
from registers import Book, Row, State
from tasks import full_name
from webui.access import sight
from webui.current import archive, today, user
from webui.dates import read_day
from webui.registering import home_office, office_seen, offices_named, writes
from webui.secrecy import sees_packet


def asked_office() -> Office | None:
    """The office asked for or the reader's own; ``None`` where there is neither."""
    code = request.values.get("office", "").strip() or home_office(archive(), user())
    return office_seen(archive(), user(), code) if code else None


def posted_office() -> Office:
    """The office whose book is to be written; 403 for those who may not."""
    office = asked_office()
    if office is None:
        raise BadRequest("office")
    may_write(office)
    return office


def may_write(office: Office) -> None:
    """403 for those who may not write in the office's books."""
    if not writes(user(), office.code):
        abort(403)


def choose() -> str:
    """The page on which an office is looked for."""
    words = request.args.get("find", "")
    return render_template("registers_offices.html", words_typed=words, name=full_name,
                           offices=offices_named(archive(), user(), words))


def asked_book() -> Book:
    """The book asked for, the received register without one. Raises ``BadRequest``."""
    name = request.values.get("book", "") or Book.RECEIVED.value
    if name not in list(Book):
        raise BadRequest(name)
    return Book(name)


def asked_year() -> int:
    """The CE year of the BE one asked for, else the present one."""
    return be_year() or today().year


def be_year() -> int | None:
    """The CE year of the year asked for, in the BE or the CE. Raises ``BadRequest`` for one far off."""
    year = request.values.get("year", type=int)
    if year is None:
        return None
    year = year - BE_OFFSET if year > 2400 else year
    if not 1900 < year < 2200:
        raise BadRequest(f"{year}")
    return year


def filters() -> dict[str, str]:
    """What the list is narrowed by, as typed."""
    return {name: request.args.get(name, "").strip() for name in ("first", "last", "words")}


def asked_rows(office: Office, book: Book, year: int, limit: int, before: int | None = None) -> tuple[Row, ...]:
    """Rows of a book within the filters, the last number first. Raises ``BadRequest`` for a day nobody understands."""
    asked = filters()
    first = read_day(asked["first"]).earliest if asked["first"] else None
    last = read_day(asked["last"]).latest if asked["last"] else None
    return noted(archive().registers.list(office.code, book, year, sight(), before=before, first=first, last=last,
                                           words=asked["words"], limit=limit))


def noted(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows; that somebody named read those of secret letters is noted."""
    here = archive()
    for packet in sorted(here.registers.secret(one.packet for one in rows if one.packet and not one.closed)):
        here.audit.add(user().name, "secret-read", f"packet:{packet}", "register")
    return rows


def row_seen(row_id: int) -> Row:
    """The row, if it is of the reader's area. Raises ``NotFound``."""
    return archive().registers.get(row_id, sight())


def stampable(found: Row) -> bool:
    """Whether a copy with the receiving stamp can be made for the one who asks."""
    here = archive()
    return (found.packet is not None and found.book is Book.RECEIVED and found.state is State.ENTERED
            and sees_packet(here, user(), found.packet)
            and any(page.width for page in here.packets.pages(found.packet).values()))
