"""Verbs on who may do what: ``user``, ``token``, ``secret``, ``permissions``."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from archive import Archive, Role, Scope, User
from archive.sight import Sight
from letters.errors import NotFound
from saraban.cli.common import home_option, json_option, print_json
from saraban.cli.opening import opened

_ACTOR = "command line"


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.CLERK.value, show_default=True)
@click.option("--office", help="Code of the person's office.")
@click.option(
    "--password-file", type=click.File("r"), help="File whose first line is the password (- for standard input)."
)
@home_option
def user_add(name: str, role: str, office: str | None, password_file: Any, home: Path | None) -> None:
    """Add a person; without a password file a strong password is made and shown once.

    \b
    Example: saraban user add malee --role clerk
    """
    password = password_file.readline().strip() if password_file else secrets.token_urlsafe(12)
    with opened(home) as (archive, _):
        archive.users.add(name, password, role, office, actor="command line")
    click.echo(f"เพิ่มผู้ใช้ {name} ({role}) แล้ว" + ("" if password_file else f" รหัสผ่าน: {password}"))


@user.command("list")
@home_option
def user_list(home: Path | None) -> None:
    """List the people who may sign in.

    \b
    Example: saraban user list
    """
    with opened(home) as (archive, _):
        for person in archive.users.list():
            click.echo(f"{person.name}\t{person.role}\t{person.office or '–'}")


@user.command("password")
@click.argument("name")
@home_option
def user_password(name: str, home: Path | None) -> None:
    """Give a person a new password, made here and shown once.

    \b
    Example: saraban user password malee
    """
    password = secrets.token_urlsafe(12)
    with opened(home) as (archive, _):
        archive.users.set_password(_user(archive, name).id, password, actor=_ACTOR)
    click.echo(f"รหัสผ่านใหม่ของ {name}: {password}")


@user.command("change")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="New role.")
@click.option("--office", help="Code of the new office; empty: of the house.")
@click.option("--out/--in", "out", default=None, help="Puts the person out, or lets them in again.")
@home_option
def user_change(name: str, role: str | None, office: str | None, out: bool | None, home: Path | None) -> None:
    """Give a person another role or office, put them out, or let them in again.

    \b
    Example: saraban user change malee --role province --office P36
    """
    with opened(home) as (archive, _):
        person = _user(archive, name)
        if role is not None or office is not None:
            archive.users.set_place(person.id, role or person.role,
                                    person.office if office is None else office or None, _ACTOR)
        if out is not None:
            archive.users.set_active(person.id, not out, _ACTOR)
    click.echo(f"เปลี่ยนข้อมูลของ {name} แล้ว")


@user.command("factor-off")
@click.argument("name")
@home_option
def user_factor_off(name: str, home: Path | None) -> None:
    """Switch a person's second factor off: the phone is lost and the recovery codes are too.

    \b
    Example: saraban user factor-off malee
    """
    with opened(home) as (archive, _):
        archive.second_factors.switch_off(_user(archive, name).id, _ACTOR)
    click.echo(f"ปิดการยืนยันสองขั้นของ {name} แล้ว")


@click.group()
def token() -> None:
    """Keys with which programs use the API for a person."""


@token.command("add")
@click.argument("user_name")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice([scope.value for scope in Scope]),
              default=(Scope.READ.value,), show_default=True, help="What the key is for; may be given several times.")
@click.option("--days", type=int, default=90, show_default=True, help="For how many days.")
@home_option
def token_add(user_name: str, name: str, scopes: tuple[str, ...], days: int, home: Path | None) -> None:
    """Make a key for a person; it is shown once.

    \b
    Example: saraban token add malee scanner --scope read --scope intake --days 365
    """
    with opened(home) as (archive, _):
        secret, made = archive.tokens.make(_user(archive, user_name).id, name, scopes, days, _ACTOR)
    click.echo(f"กุญแจ {made.id} ของ {user_name}: {secret}")


@token.command("list")
@json_option
@home_option
def token_list(as_json: bool, home: Path | None) -> None:
    """List all keys, newest first.

    \b
    Example: saraban token list
    """
    with opened(home) as (archive, _):
        rows = [{"id": one.id, "user": one.user_name, "name": one.name, "scopes": sorted(one.scopes),
                 "expires": one.expires_at.isoformat(), "used": one.last_used_at and one.last_used_at.isoformat(),
                 "revoked": one.revoked_at and one.revoked_at.isoformat()} for one in archive.tokens.list()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "ยกเลิกแล้ว" if row["revoked"] else f"ถึง {row['expires'][:10]}"  # type: ignore[index]
        click.echo(f"{row['id']}\t{row['user']}\t{row['name']}\t{' '.join(row['scopes'])}\t{state}")  # type: ignore[arg-type]


@token.command("revoke")
@click.argument("number", type=int)
@home_option
def token_revoke(number: int, home: Path | None) -> None:
    """Take a key back at once.

    \b
    Example: saraban token revoke 3
    """
    with opened(home) as (archive, _):
        archive.tokens.revoke(number, _ACTOR)
    click.echo(f"ยกเลิกกุญแจ {number} แล้ว")


@click.group()
def secret() -> None:
    """Packets with secret letters, and who may read them."""


@secret.command("list")
@json_option
@home_option
def secret_list(as_json: bool, home: Path | None) -> None:
    """List packets with secret letters: nothing of what they say.

    \b
    Example: saraban secret list
    """
    with opened(home) as (archive, _):
        rows = [{"packet": row.id, "received_by": row.received_by, "readers": list(row.readers)}
                for row in archive.readers.secret(Sight(_ACTOR, whole=True, keeper=True))]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{str(row['packet'])[:12]}\t{row['received_by']}\t{' '.join(row['readers']) or '–'}")


@secret.command("name")
@click.argument("packet")
@click.argument("names", nargs=-1)
@home_option
def secret_name(packet: str, names: tuple[str, ...], home: Path | None) -> None:
    """Name exactly these people as readers of a packet's secret letters; without names, nobody.

    \b
    Example: saraban secret name eed903986b69 malee somchai
    """
    with opened(home) as (archive, _):
        found = archive.packets.find(packet)
        if len(found) != 1:
            raise NotFound(packet)
        archive.readers.name(found[0].id, names, _ACTOR)
    click.echo(f"ผู้อ่าน {found[0].id[:12]}: {' '.join(names) or '–'}")


@click.command()
@json_option
@click.option("--md", "as_markdown", is_flag=True, help="Print Markdown.")
def permissions(as_json: bool, as_markdown: bool) -> None:
    """Who may use which screen and which operation of the API, as the program checks it.

    \b
    Example: saraban permissions --md
    """
    from webui.permissions import markdown, table  # noqa: PLC0415 - the other verbs start faster without the web stack

    if as_json:
        print_json([{"endpoint": row.endpoint, "scope": row.scope or None, "open": row.open,
                     "roles": sorted(row.roles)} for row in table()])
    elif as_markdown:
        click.echo(markdown(), nl=False)
    else:
        shown = Table("", "scope", *(role.value for role in Role))
        for row in table():
            shown.add_row(row.endpoint, row.scope, *("✓" if row.open or role in row.roles else "" for role in Role))
        Console(width=150).print(shown)


def _user(archive: Archive, name: str) -> User:
    person = archive.users.named(name)
    if person is None:
        raise NotFound(name)
    return person


COMMANDS = (user, token, secret, permissions)
