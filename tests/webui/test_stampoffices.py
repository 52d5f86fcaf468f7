"""What offices' received stamps bear, found by what was read of them."""

from __future__ import annotations

import pytest

from tasks import builtin_offices
from webui.stampoffices import near, stamp_names

NAMES = stamp_names(builtin_offices())


@pytest.mark.parametrize(("read", "first"), [
    ("เหตบาลตำบลสระยายโสม", "เทศบาลตำบลสระยายโสม"),
    ("ที่จำการอำเภอหลมสัก", "ที่ว่าการอำเภอหล่มสัก"),
    ("ศาลากลางจังหวัดลำนาง", "ศาลากลางจังหวัดลำปาง"),
    ("อบต.บุงคล้า", "อบต.บุ่งคล้า"),
])
def test_the_nearest_name_comes_first(read: str, first: str) -> None:
    found = near(read, NAMES)
    assert found[0] == first and len(found) <= 3


@pytest.mark.parametrize("read", [None, "", "ที่ว่าการอำเภอหล่มสัก", "เลขรับ"])
def test_nothing_is_offered_for_a_name_that_is_right_or_like_none(read: str | None) -> None:
    assert near(read, NAMES) == []
