"""The registry of offices and the expansion of addressees, checked against whom offices really write to."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from letters import Office, OfficeKind, Recipient
from tasks import Area, Registry, builtin_offices, full_name, province_letters, read_lao_table
from tasks.addressees import expand
from tasks.lao_table import BadTable
from tasks.registry import district_names

LIST = Path(__file__).parents[3] / "shared" / "data" / "lao_list.tsv"
K = OfficeKind


@pytest.fixture(scope="module", params=["builtin", "list"])
def registry(request):
    """The built-in registry, and the full official list where it lies beside the project."""
    if request.param == "builtin":
        return Registry(builtin_offices())
    if not LIST.exists():
        pytest.skip("the official list is not beside the project")
    return Registry(read_lao_table(LIST))


def recipients(*names: str) -> list[Recipient]:
    """Addressees as the parser gives them."""
    return [Recipient(name, "ทุก" in name) for name in names]


def kinds(offices) -> dict[OfficeKind, int]:
    """How many of each kind."""
    return dict(Counter(one.office.kind for one in offices))


TO_PROVINCE_WIDE = ("นายอำเภอ ทุกอำเภอ", "นายกองค์การบริหารส่วนจังหวัด", "นายกเทศมนตรีนคร ทุกแห่ง", "นายกเทศมนตรีเมือง ทุกแห่ง")


@pytest.mark.parametrize(("province", "districts", "pao", "city", "town"), [
    ("นครราชสีมา", 32, 1, 1, 4), ("เพชรบูรณ์", 11, 1, 0, 3), ("ชัยภูมิ", 16, 1, 0, 1), ("กระบี่", 8, 1, 0, 1)])
def test_whom_a_province_writes_to(registry, province, districts, pao, city, town):
    found, unknown = expand(recipients(*TO_PROVINCE_WIDE), Area(province), registry)
    counted = kinds(found)
    assert [counted.get(kind, 0) for kind in (K.DISTRICT, K.PAO, K.CITY, K.TOWN)] == [districts, pao, city, town]
    assert unknown == [] or city == 0


@pytest.mark.parametrize(("province", "district", "tambon", "tao"), [
    ("นครราชสีมา", "ด่านขุนทด", 3, 15), ("เพชรบูรณ์", "เมืองเพชรบูรณ์", 3, 15), ("ชัยภูมิ", "เทพสถิต", 1, 5)])
@pytest.mark.parametrize("names", [
    ("นายกเทศมนตรีตำบล และนายกองค์การบริหารส่วนตำบล ทุกแห่ง",),
    ("นายกเทศมนตรีตำบล", "นายกองค์การบริหารส่วนตำบล ทุกแห่ง"),
    ("นายกเทศมนตรีตำบลทุกแห่ง", "นายก อบต. ทุกแห่ง"),
    ("เทศบาลตำบล และองค์การบริหารส่วนตำบลในพื้นที่",),
])
def test_whom_a_district_writes_to(registry, province, district, tambon, tao, names):
    found, unknown = expand(recipients(*names), Area(province, district), registry)
    assert (kinds(found), unknown) == ({K.TAMBON: tambon, K.TAO: tao}, [])


def test_whom_a_department_writes_to(registry):
    for name in ("ผู้ว่าราชการจังหวัด ทุกจังหวัด", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดทุกจังหวัด"):
        found, _ = expand(recipients(name), Area(), registry)
        assert kinds(found) == {K.PROVINCE: 76}


@pytest.mark.parametrize(("name", "expected"), [
    ("นายอำเภอทุกอำเภอ", 16),
    ("สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอทุกอำเภอ", 16),
    ("นายกองค์การบริหารส่วนจังหวัดชัยภูมิ", "องค์การบริหารส่วนจังหวัดชัยภูมิ"),
    ("นายองค์การบริหารส่วนจังหวัดชัยภูมิ", "องค์การบริหารส่วนจังหวัดชัยภูมิ"),
    ("นายกองค้การบริหารส่วนจังหวัดชัยภูมิ", "องค์การบริหารส่วนจังหวัดชัยภูมิ"),
    ("เทศบาลเมืองชัยภูมิ", "เทศบาลเมืองชัยภูมิ"),
    ("และนายกเทศมนตรีเมืองชัยภูมิ", "เทศบาลเมืองชัยภูมิ"),
    ("นายอำเภอเมืองชัยภูมิ", "อำเภอเมืองชัยภูมิ"),
    ("นายอำเภอเทพสถิต", "อำเภอเทพสถิต"),
    ("นายกเทศมนตรีตำบลเทพสถิต", "เทศบาลตำบลเทพสถิต"),
    ("นายกเทศมนตรีตำบสเทพสถิต", "เทศบาลตำบลเทพสถิต"),
    ("นายก อบต.ห้วยยายจิ๋ว", "องค์การบริหารส่วนตำบลห้วยยายจิ๋ว"),
    ("นายก อบต ห้วยยายจิ๋ว", "องค์การบริหารส่วนตำบลห้วยยายจิ๋ว"),
    ("ผู้ว่าราชการจังหวัดชัยภูมิ", "จังหวัดชัยภูมิ"),
    ("นายกเทศมนตรีเมือง ทุกแห่ง", 1),
    ("หัวหน้าสำนักปลัด", None),
    ("นายกเทศมนตรีตำบลไม่มีจริง", None),
])
def test_names_in_chaiyaphum(registry, name, expected):
    found, unknown = expand(recipients(name.removeprefix("และ")), Area("ชัยภูมิ"), registry)
    if expected is None:
        assert (found, unknown) == ([], [name])
    elif isinstance(expected, int):
        assert len(found) == expected
    else:
        assert [full_name(one.office) for one in found] == [expected]


@pytest.mark.parametrize(("read", "meant"), [
    ("คงพลเหล็ก", "ดงมูลเหล็ก"), ("ดงมูลเหลก", "ดงมูลเหล็ก"), ("สะเดียง", "สะเดียง"),
    ("นางว", None), ("", None), ("บ้านใหม่ไชยพจน์", None)])
def test_a_misread_name_in_its_district(registry, read, meant):
    found = registry.find(read, [K.TAO], Area("เพชรบูรณ์", "เมืองเพชรบูรณ์"))
    assert (found.office.name if found else None) == meant
    assert found is None or (found.score == 1.0) == (read == meant)


def test_a_name_that_two_offices_bear_needs_its_district(registry):
    assert registry.find("หนองบัว", [K.TAO]) is None
    twice = Registry([Office("6990101", K.TAO, "นาดี", "ก", "ข"), Office("6990201", K.TAO, "นาดี", "ก", "ค")])
    assert twice.find("นาดี", [K.TAO], Area("ก")) is None
    found = twice.find("นาดี", [K.TAO], Area("ก", "ค"))
    assert found is not None and found.office.code == "6990201"


def test_the_builtin_table_is_whole():
    offices = builtin_offices()
    provinces = [office for office in offices if office.kind is K.PROVINCE]
    assert len({office.code for office in offices}) == len(offices)
    assert len(provinces) == len(province_letters()) == 77
    assert {office.province for office in offices if office.province} == {office.name for office in provinces}
    districts = {(office.province, office.name) for office in offices if office.kind is K.DISTRICT}
    assert {(office.province, office.district) for office in offices if office.district} == districts
    assert Registry(offices).get("DLA") is not None


def test_the_builtin_table_agrees_with_the_official_list():
    if not LIST.exists():
        pytest.skip("the official list is not beside the project")
    official = {office.code: office for office in read_lao_table(LIST)}
    assert all(official[office.code] == office for office in builtin_offices())
    assert sum(office.kind.is_lao for office in official.values()) == 7852


@pytest.mark.parametrize(("text", "words"), [
    ("dla_code\tname_th\n", "type"),
    ("dla_code,type,name_th,province_th\n6300806,อะไร,กุดพิมาน,นครราชสีมา\n", "บรรทัด 2"),
    ("dla_code,type,name_th,province_th\n63,TAO,กุดพิมาน,นครราชสีมา\n", "7 หลัก"),
])
def test_a_wrong_table_is_refused_with_its_line(tmp_path, text, words):
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadTable, match=words):
        read_lao_table(tmp_path / "list.csv")


def test_districts_are_named_by_the_digits_of_the_codes(tmp_path):
    table = ("dla_code,type,name_th,province_th\n6960101,TAO,ทุ่งใหม่,นราธิวาส\n6959901,TAO,ทุ่งเก่า,ยะลา\n"
             "6380201,TAO,ทุ่งกลาง,บึงกาฬ\n")
    (tmp_path / "list.csv").write_text(table, encoding="utf-8")
    registry = Registry(read_lao_table(tmp_path / "list.csv"))
    assert {office.code: office.district for office in registry.within([K.TAO])} == {
        "6960101": "เมืองนราธิวาส", "6959901": "9599", "6380201": "พรเจริญ"}
    assert registry.find("พรเจรญ", [K.DISTRICT], Area("บึงกาฬ")).office.code == "D3802"


@pytest.mark.skipif(not LIST.exists(), reason="the official list is not beside the project")
def test_the_table_of_districts_fits_the_official_list():
    laos = [office for office in read_lao_table(LIST) if office.kind.is_lao and office.kind is not K.SPECIAL]
    assert {office.code[1:5] for office in laos} == set(district_names())
    builtin = {office.code[1:]: office.name for office in builtin_offices() if office.kind is K.DISTRICT}
    assert len(builtin) > 300 and builtin.items() <= district_names().items()
    # Most districts hold an LAO of their own name; a shifted row of the table would break that at once.
    named = {office.code[1:5] for office in laos if office.name == office.district}
    assert len(named) == 671


def test_the_built_in_registry_covers_the_districts_of_the_samples() -> None:
    places = tomllib.loads((Path(__file__).parents[2] / "samples" / "places.toml").read_text(encoding="utf-8"))
    offices = builtin_offices()
    laos = {(office.province, office.district) for office in offices if office.kind in (K.TAMBON, K.TAO)}
    assert {(place["prov"], place["dist"]) for place in places.values()} <= laos
