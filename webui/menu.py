"""The main menu: one row for each room of the house, in the order of the way a letter takes."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the menu. ``section`` is what a page's template sets to be marked here; ``key`` is pressed after g;
    ``icon`` is a symbol of ``static/vendor/icons.svg``."""

    section: str
    endpoint: str
    icon: str
    label: LazyString
    key: str = ""


MENU = (
    Item("home", "home.dashboard", "house", _("หน้าหลัก"), "h"),
    Item("intake", "intake.form", "upload", _("รับเข้า"), "i"),
    Item("packets", "packets.index", "files", _("ชุดหนังสือ"), "p"),
    Item("letters", "letters.index", "file-text", _("หนังสือ"), "l"),
    Item("registers", "registers.index", "notebook-tabs", _("ทะเบียน"), "n"),
    Item("tasks", "tasks.index", "list-checks", _("งาน"), "t"),
    Item("records", "records.index", "notebook-pen", _("บันทึกข้อมูล"), "r"),
    Item("progress", "progress.index", "chart-column", _("ความคืบหน้า"), "o"),
    Item("jobs", "admin.jobs", "activity", _("คิวอ่าน"), "q"),
    Item("secrets", "secrets.page", "lock", _("หนังสือลับ")),
    Item("audit", "admin.audit", "history", _("ประวัติ"), "a"),
    Item("admin", "admin_house.health", "settings", _("ดูแลระบบ"), "s"),
    Item("account", "account.page", "user-round", _("บัญชีของฉัน")),
)
