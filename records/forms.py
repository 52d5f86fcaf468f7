"""Reads forms from their files and keeps them for look-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from letters.errors import BadFile, NotFound
from records.form import Form


class BadForm(BadFile):
    """A form file that does not fit the schema of forms."""

    code = "bad-form"
    what = {"th": "แบบบันทึก {subject} ไม่ถูกต้อง: {detail}", "en": "the form {subject} is not valid: {detail}"}
    remedy = {"th": "แก้ไฟล์แล้วเปิดโปรแกรมใหม่", "en": "mend the file and start again"}


class Forms:
    """The forms in use, by code. Iterating gives the eight domains first, then the others by code."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._forms: dict[str, Form] = {}
        for form in forms:
            if form.code in self._forms:
                raise BadForm(form.code, "รหัสซ้ำกับแบบอื่น")
            self._forms[form.code] = form

    def __iter__(self) -> Iterator[Form]:
        return iter(sorted(self._forms.values(), key=lambda form: (not form.assessed, form.domain or 99, form.code)))

    def __len__(self) -> int:
        return len(self._forms)

    def get(self, code: str) -> Form:
        """The form with this code. Raises :class:`letters.errors.NotFound`."""
        if code not in self._forms:
            raise NotFound(code)
        return self._forms[code]

    @property
    def assessed(self) -> tuple[Form, ...]:
        """The forms of the eight domains, which the LPA counts."""
        return tuple(form for form in self if form.assessed)


def read_form(text: str, name: str) -> Form:
    """A form from the text of its TOML file. Raises :class:`BadForm` with the place that is wrong."""
    try:
        return msgspec.toml.decode(text, type=Form)
    except msgspec.MsgspecError as error:
        raise BadForm(name, str(error)) from error


def read_folder(folder: Path) -> list[Form]:
    """All forms of a folder of ``*.toml`` files. Raises :class:`BadForm`."""
    return [read_form(path.read_text(encoding="utf-8"), path.name) for path in sorted(folder.glob("*.toml"))]


@cache
def builtin_forms() -> tuple[Form, ...]:
    """The forms the program brings along: the eight domains and the menus seen in letters (DOMAIN section 6)."""
    folder = resources.files("records").joinpath("data", "forms")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return tuple(read_form(one.read_text(encoding="utf-8"), one.name) for one in files)


def all_forms(folder: Path | None = None) -> Forms:
    """The built-in forms and those of a folder, which may hold newer versions of built-in ones.

    Raises :class:`BadForm`.
    """
    known = {form.code: form for form in builtin_forms()}
    added = read_folder(folder) if folder and folder.is_dir() else []
    Forms(added)  # of two files with one code none may win silently
    return Forms({**known, **{form.code: form for form in added}}.values())
