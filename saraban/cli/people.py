"""Verbs on who may sign in and on the registry of offices: ``user``, ``registry``."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import click

from archive import Role
from letters.errors import NotFound
from saraban.cli.common import home_option, opened
from tasks import builtin_offices, read_lao_table


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
        person = next((person for person in archive.users.list() if person.name == name), None)
        if person is None:
            raise NotFound(name)
        archive.users.set_password(person.id, password, actor="command line")
    click.echo(f"รหัสผ่านใหม่ของ {name}: {password}")


@click.group()
def registry() -> None:
    """Provinces, districts and local administrative organisations."""


@registry.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@home_option
def registry_import(file: Path, home: Path | None) -> None:
    """Take the Department's list of organisations (tab-separated) in place of the built-in one.

    \b
    Example: saraban registry import lao_list.tsv
    """
    offices = {office.code: office for office in builtin_offices()} | {
        office.code: office for office in read_lao_table(file)
    }
    with opened(home) as (archive, _):
        archive.offices.save(offices.values(), actor="command line")
        click.echo(f"นำเข้าทะเบียนแล้ว {archive.offices.count()} แห่ง")


COMMANDS = (user, registry)
