"""The overview of a province or district: which offices have done what, as a chart, a grid and a table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from archive import Progress
from archive.sight import sight_of
from letters import Office, OfficeKind
from saraban.menus import forms_of
from saraban.tables import PROGRESS_COLUMNS, Table, as_bytes, progress_table
from webui.current import archive, house, today, user
from webui.due import within

blueprint = Blueprint("progress", __name__, url_prefix="/progress")

_TYPES = {"csv": "text/csv; charset=utf-8",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_SHORT = {OfficeKind.PAO: "อบจ.", OfficeKind.CITY: "ทน.", OfficeKind.TOWN: "ทม.", OfficeKind.TAMBON: "ทต.",
          OfficeKind.TAO: "อบต."}


@dataclass(frozen=True, slots=True)
class Tile:
    """An office in the grid; ``standing`` is ``late``, ``open``, ``done`` or ``none`` (no task)."""

    office: Office
    standing: str
    done: int
    open: int
    late: int

    @property
    def name(self) -> str:
        """Its name with a short word for its type."""
        return _SHORT.get(self.office.kind, "") + self.office.name


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What the offices of an area have done; ``format`` gives it as a file."""
    area, hidden = _area(), archive().sights.closed(sight_of(user()))
    asked = {name: request.args.get(name, "").strip() for name in ("form", "district", "duty")}
    district = area["district"] or asked["district"] or None
    offices = archive().offices.within(area["province"], district) if area["province"] else ()
    counted = archive().tasks.progress(
        today(), area["province"], district, asked["form"] or None, asked["duty"] or None,
        hidden=hidden) if offices else ()
    table = progress_table(counted, {office.code: office for office in offices})
    if (kind := request.args.get("format", "")) in _TYPES:
        data = as_bytes(kind, PROGRESS_COLUMNS, table, "ความคืบหน้า")
        return Response(data, mimetype=_TYPES[kind],
                        headers={"Content-Disposition": f"attachment; filename=progress.{kind}"})
    tiles = _tiles(offices, {one.office: one for one in counted})
    return render_template(
        "progress.html", duty=_title(asked["duty"]), table=_latest_first(table), area=area,
        asked=asked | {"province": area["province"]}, groups=_by_district(tiles), provinces=_provinces(),
        districts=_districts(area["province"]),
        forms=tuple(forms_of(house().settings)),
        chart=[{"name": one.name, "done": one.done, "open": one.open, "late": one.late}
               for one in tiles if one.standing != "none"])


def _latest_first(table: Table) -> Table:
    """The lines with most overdue first; the sum stays at the end."""
    return sorted(table[:-1], key=lambda line: -line["overdue"]) + table[-1:]


def _title(duty: str) -> str:
    """What a duty asks for, as the reader's tasks of it say; empty without one."""
    rows = archive().tasks.find(replace(within(archive(), user()), duty=duty), limit=1) if duty else ()
    return rows[0].task.title if rows else ""


def _area() -> dict[str, str]:
    """Province and district (names) that are shown: the reader's own, or, for those who see the whole country, the
    province asked for."""
    sight = sight_of(user())
    if sight.whole:
        return {"province": request.args.get("province", "").strip(), "district": ""}
    code = f"P{sight.province}" if sight.province else f"D{sight.district}" if sight.district else sight.home
    office = next((one for one in archive().offices.all() if one.code == code), None)
    if office is None:
        return {"province": "", "district": ""}
    return {"province": office.province, "district": office.district}


def _provinces() -> list[str]:
    """The provinces to choose from; none where the reader has one."""
    if not sight_of(user()).whole:
        return []
    return sorted(one.name for one in archive().offices.all() if one.kind is OfficeKind.PROVINCE)


def _districts(province: str) -> list[str]:
    if not province or sight_of(user()).district:
        return []
    return sorted(one.name for one in archive().offices.within(province) if one.kind is OfficeKind.DISTRICT)


def _tiles(offices: tuple[Office, ...], counted: dict[str, Progress]) -> list[Tile]:
    """A tile for each LAO, in the order of the codes."""
    return [_tile(one, counted.get(one.code)) for one in offices if one.kind.is_lao]


def _tile(office: Office, one: Progress | None) -> Tile:
    if one is None:
        return Tile(office, "none", 0, 0, 0)
    left = one.total - one.done - one.not_applicable
    standing = "late" if one.overdue else "open" if left else "done"
    return Tile(office, standing, one.done, left - one.overdue, one.overdue)


def _by_district(tiles: list[Tile]) -> list[tuple[str, list[Tile]]]:
    names = dict.fromkeys(one.office.district for one in tiles)
    return [(name, [one for one in tiles if one.office.district == name]) for name in names]
