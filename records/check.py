"""Whether data fits a form: each fault with its place and, in plain Thai, what is expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

import msgspec

from records.form import Field, FieldType, Form

Data = Mapping[str, Any]
"""An entry's values by field key; groups are mappings, repeated fields lists."""

_PATTERNS = {
    FieldType.PHONE: r"^(?=(?:\D*\d){9,10}(?:\D|$))[0-9 \-]+(?:\s*ต่อ\s*[0-9, \-]+)?$",
    FieldType.URL: r"^(?:https?://)?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+(?:[/?#]\S*)?$",
    FieldType.EMAIL: r"^[^@\s]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+$",
    FieldType.FILE: r"^[0-9a-f]{64}$",
}
_EXPECTED = {
    FieldType.TEXT: "ต้องเป็นข้อความ", FieldType.INTEGER: "ต้องเป็นจำนวนเต็ม ไม่ติดลบ",
    FieldType.MONEY: "ต้องเป็นจำนวนเงินบาท ไม่ติดลบ", FieldType.DATE: "ต้องเป็นวันที่ แบบ ปปปป-ดด-วว (ค.ศ.)",
    FieldType.PHONE: "ต้องเป็นหมายเลขโทรศัพท์ 9–10 หลัก", FieldType.URL: "ต้องเป็นที่อยู่เว็บไซต์ เช่น www.dla.go.th",
    FieldType.EMAIL: "ต้องเป็นที่อยู่อีเมล", FieldType.YES_NO: "ต้องตอบว่าใช่หรือไม่ใช่",
    FieldType.FILE: "ต้องเป็นไฟล์ที่แนบไว้แล้ว", FieldType.GROUP: "ต้องกรอกเป็นกลุ่ม",
}
_EMPTY: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: ``path`` as in ``administrators[1].phone`` (lists count from 1), ``message`` in Thai."""

    path: str
    message: str


def check_data(form: Form, data: Data, *, whole: bool = True) -> tuple[Fault, ...]:
    """What is wrong with an entry's data; empty if nothing is. ``whole``: required fields must be there, as when it
    is submitted; a draft may lack them."""
    known = {field.key for field in form.fields}
    strange = tuple(Fault(str(key), "ไม่มีช่องนี้ในแบบ") for key in data if key not in known)
    return (*strange, *(fault for field in form.fields for fault in _field(field, data.get(field.key), "", whole)))


def type_of(field: Field) -> Any:
    """The Python type a single value of a field must convert to, for msgspec: one source for checks and schema."""
    if field.type is FieldType.CHOICE:
        return Literal[tuple(choice.value for choice in field.choices)]
    if field.type is FieldType.GROUP:
        return dict[str, Any]
    return _plain_type(field.type, field.pattern)


@cache
def _plain_type(kind: FieldType, pattern: str | None) -> Any:
    if kind is FieldType.INTEGER:
        return Annotated[int, msgspec.Meta(ge=0)]
    if kind is FieldType.MONEY:
        return Annotated[float, msgspec.Meta(ge=0)]
    if kind in (FieldType.DATE, FieldType.YES_NO):
        return dt.date if kind is FieldType.DATE else bool
    own = f"^(?:{pattern})$" if pattern else None
    wanted = own or _PATTERNS.get(kind)
    return Annotated[str, msgspec.Meta(pattern=wanted, max_length=4000)]


def _field(field: Field, value: Any, at: str, whole: bool) -> Iterator[Fault]:
    path = f"{at}{field.key}"
    if value in _EMPTY:
        if whole and field.required:
            yield Fault(path, f"ต้องกรอก {field.label.th}")
        return
    if field.repeat is None:
        yield from _value(field, value, path, whole)
        return
    if not isinstance(value, list):
        yield Fault(path, f"{field.label.th}: ต้องเป็นรายการ")
        return
    if len(value) > field.repeat.max or (whole and len(value) < field.repeat.min):
        yield Fault(path, f"{field.label.th}: ต้องมี {field.repeat.min} ถึง {field.repeat.max} รายการ")
    for place, one in enumerate(value, start=1):
        yield from _value(field, one, f"{path}[{place}]", whole)


def _value(field: Field, value: Any, path: str, whole: bool) -> Iterator[Fault]:
    try:
        msgspec.convert(value, type_of(field))
    except msgspec.ValidationError:
        yield Fault(path, _expected(field))
        return
    if field.type is FieldType.GROUP:
        known = {part.key for part in field.fields}
        yield from (Fault(f"{path}.{key}", "ไม่มีช่องนี้ในแบบ") for key in value if key not in known)
        for part in field.fields:
            yield from _field(part, value.get(part.key), f"{path}.", whole)


def _expected(field: Field) -> str:
    if field.type is FieldType.CHOICE:
        names = " / ".join(f"{choice.value} ({choice.label.th})" for choice in field.choices)
        return f"{field.label.th}: เลือกได้เฉพาะ {names}"
    own = field.pattern and field.help
    return f"{field.label.th}: {field.help if own else _EXPECTED[field.type]}"
