"""The record store's forms, and the same as tasks know them: rooms that stand beside each other meet here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from archive.schema import BANGKOK
from records import Form, Forms, RecordedBy, all_forms
from saraban.settings import Settings
from tasks import Menu


def forms_of(settings: Settings) -> Forms:
    """The built-in forms and those of the settings' folder. Raises :class:`records.BadForm`."""
    return all_forms(settings.forms_folder)


def menus_of(forms: Iterable[Form]) -> tuple[Menu, ...]:
    """The menus that letters may name, one for each form."""
    return tuple(Menu(form.code, form.title.th, form.menu, form.aliases, form.groups,
                      form.recorded_by is RecordedBy.PROVINCE, form.domain, form.assessed) for form in forms)


def thai_today() -> dt.date:
    """Today (CE) in Thailand, wherever the machine stands."""
    return dt.datetime.now(BANGKOK).date()
