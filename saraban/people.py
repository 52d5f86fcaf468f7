"""Rules of accounts: which office goes with which role, and what administrators may not do to themselves."""

from __future__ import annotations

from archive import LAO_ROLES, Archive, Role, User
from letters import Office, OfficeKind
from letters.errors import SarabanError


class Unfit(SarabanError):
    """What was asked for an account does not go together; ``detail`` is a stable word for it."""

    code = "unfit-account"
    exit_code = 65
    http_status = 422
    what = {"th": "ตั้งค่าบัญชี {subject} เช่นนี้ไม่ได้", "en": "the account {subject} cannot be set so"}
    remedy = {"th": "ตรวจหน้าที่และหน่วยงานแล้วลองใหม่", "en": "check role and office and try again"}


def check_place(name: str, role: Role, office: Office | None) -> None:
    """Raises :class:`Unfit` if the office does not go with the role: users of an LAO need that LAO, those of a province
    its province; the department and administrators see the house whole."""
    if role in LAO_ROLES and (office is None or not office.kind.is_lao):
        raise Unfit(name, "needs-lao")
    if role is Role.PROVINCE and (office is None or office.kind is not OfficeKind.PROVINCE):
        raise Unfit(name, "needs-province")


def change(archive: Archive, person: User, role: Role, office: Office | None, active: bool, actor: User) -> None:
    """Another role, office, or being let in or not; sessions of who is put out end. Raises :class:`Unfit`, also for
    administrators who would lock themselves out."""
    check_place(person.name, role, office)
    if person.id == actor.id and (role is not Role.ADMIN or not active):
        raise Unfit(person.name, "oneself")
    archive.users.set_place(person.id, role, office.code if office else None, actor.name)
    archive.users.set_active(person.id, active, actor.name)
