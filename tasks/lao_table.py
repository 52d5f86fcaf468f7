"""The official list of LAOs as a table: ``dla_code``, ``type``, ``name_th``, ``province_th`` (others are ignored)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from letters import Office, OfficeKind
from letters.errors import BadFile
from tasks.registry import builtin_offices, district_names

_TYPES = {
    "PAO": OfficeKind.PAO, "ThesabanNakhon": OfficeKind.CITY, "ThesabanMueang": OfficeKind.TOWN,
    "ThesabanTambon": OfficeKind.TAMBON, "TAO": OfficeKind.TAO, "Mueang": OfficeKind.SPECIAL,
    "อบจ.": OfficeKind.PAO, "ทน.": OfficeKind.CITY, "ทม.": OfficeKind.TOWN, "ทต.": OfficeKind.TAMBON,
    "อบต.": OfficeKind.TAO,
}
_COLUMNS = ("dla_code", "type", "name_th", "province_th")
_PATTAYA = "S2001"  # เมืองพัทยา stands in the list without a code


class BadTable(BadFile):
    """A list of offices that lacks columns or holds a type nobody knows."""

    code = "bad-table"
    what = {"th": "ตารางรายชื่อ อปท. {subject} ไม่ถูกต้อง", "en": "{subject} is not a list of LAOs"}
    remedy = {"th": "ใช้ไฟล์ที่มีคอลัมน์ dla_code, type, name_th, province_th",
              "en": "use a file with the columns dla_code, type, name_th, province_th"}


def read_lao_table(path: Path) -> list[Office]:
    """All offices of a list: its LAOs, and the districts and provinces they lie in.

    Tab or comma separated, UTF-8. Districts are named by the codes (:func:`tasks.registry.district_names`);
    one founded since is called by its digits until the table names it. Raises :class:`BadTable`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTable(path.name, "ไม่ใช่ข้อความ UTF-8 บันทึกเป็น CSV UTF-8 ก่อน") from error
    reader = csv.DictReader(text.splitlines(), delimiter="\t" if "\t" in text.partition("\n")[0] else ",",
                            restval="")
    lacking = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if lacking:
        raise BadTable(path.name, f"ไม่มีคอลัมน์ {', '.join(lacking)}")
    known = {office.code: office for office in builtin_offices()}
    laos = [_lao(row, path.name, number) for number, row in enumerate(reader, start=2)]
    above = (office for office in known.values() if not office.kind.is_lao)
    return sorted({office.code: office for office in [*above, *_districts(laos), *laos]}.values(),
                  key=lambda office: office.code)


def _lao(row: dict[str, str], name: str, number: int) -> Office:
    kind = _TYPES.get(row["type"].strip())
    if kind is None:
        raise BadTable(name, f"บรรทัด {number}: ไม่รู้จักประเภท {row['type']}")
    code = row["dla_code"].strip()
    if kind is OfficeKind.SPECIAL:
        return Office(code or _PATTAYA, kind, "เมือง" + row["name_th"].strip(), row["province_th"].strip())
    if len(code) != 7 or not code.isdigit():
        raise BadTable(name, f"บรรทัด {number}: รหัส {code or '(ว่าง)'} ไม่ใช่ตัวเลข 7 หลัก")
    district = district_names().get(code[1:5], code[1:5])
    return Office(code, kind, row["name_th"].strip(), row["province_th"].strip(), district)


def _districts(laos: Iterable[Office]) -> Iterator[Office]:
    """A district office for each district that an LAO lies in."""
    for office in laos:
        if office.district:
            yield Office(f"D{office.code[1:5]}", OfficeKind.DISTRICT, office.district, office.province, office.district)
