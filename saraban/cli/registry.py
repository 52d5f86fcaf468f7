"""Verbs on offices: ``registry import``, ``find``, ``history``, ``mail``, ``feed``."""

from __future__ import annotations

from pathlib import Path

import click

from letters.errors import NotFound
from saraban.cli.common import home_option
from saraban.cli.opening import opened
from saraban.feeds import feed_address
from tasks import Area, Registry, builtin_offices, full_name, read_lao_table
from tasks.addressees import read_name

_ACTOR = "command line"


@click.group()
def registry() -> None:
    """Provinces, districts and local administrative organisations."""


@registry.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@home_option
def registry_import(file: Path, home: Path | None) -> None:
    """Take the Department's list of organisations (tab- or comma-separated) in place of the built-in one.

    Offices that changed type or name keep what they were before; those no longer listed are retired, not removed.

    \b
    Example: saraban registry import lao_list.tsv
    """
    offices = {office.code: office for office in builtin_offices()} | {
        office.code: office for office in read_lao_table(file)
    }
    with opened(home) as (archive, _):
        archive.offices.save(offices.values(), actor=_ACTOR)
        click.echo(f"นำเข้าทะเบียนแล้ว {archive.offices.count()} แห่ง")


@registry.command("find")
@click.argument("name")
@click.option("--province", default="", help="Name of the province.")
@click.option("--district", default="", help="Name of the district.")
@home_option
def registry_find(name: str, province: str, district: str, home: Path | None) -> None:
    """Find an organisation by its name as a scan gives it, with or without its type, and how like it is. The one that
    is sure enough to be taken is marked; where several are as near, none is.

    \b
    Example: saraban registry find อบต.คงพลเหล็ก --province เพชรบูรณ์ --district เมืองเพชรบูรณ์
    """
    kinds, rest = read_name(name)
    with opened(home) as (archive, _):
        known, area = Registry(archive.offices.all()), Area(province, district)
    taken, near = known.find(rest, kinds, area), known.nearest(rest, kinds, area)
    if not near:
        raise NotFound(name, "ไม่มีชื่อที่ใกล้เคียงพอ ตรวจชื่อ จังหวัด และอำเภอ")
    for one in near:
        mark = "✓" if taken and one.office == taken.office else " "
        click.echo(f"{mark} {one.office.code}  {full_name(one.office)}  {one.office.district} {one.office.province}  "
                   f"ความเหมือน {one.score:.3f}")


@registry.command("history")
@click.argument("code")
@home_option
def registry_history(code: str, home: Path | None) -> None:
    """Show what an office was called and was, oldest first.

    \b
    Example: saraban registry history 6670116
    """
    with opened(home) as (archive, _):
        for one in archive.offices.history(code):
            click.echo(f"{one.at:%Y-%m-%d %H:%M}Z  {one.change:9}  {full_name(one.office)}  {one.office.district}  "
                       f"{one.actor}")


@registry.command("mail")
@click.argument("code")
@click.argument("address")
@home_option
def registry_mail(code: str, address: str, home: Path | None) -> None:
    """Tell where an office's reminders go.

    \b
    Example: saraban registry mail 6670116 saraban@lao.example.go.th
    """
    with opened(home) as (archive, _):
        archive.offices.set_mail(code, address, actor=_ACTOR)
    click.echo(f"{code} → {address}")


@registry.command("feed")
@click.argument("code")
@click.option("--revoke", is_flag=True, help="Take back all calendar addresses of the office instead.")
@home_option
def registry_feed(code: str, revoke: bool, home: Path | None) -> None:
    """Make a secret calendar address for an office's tasks, shown once; or take all of them back.

    \b
    Example: saraban registry feed 6670116
    """
    with opened(home) as (archive, settings):
        if revoke:
            click.echo(f"ยกเลิกที่อยู่ปฏิทินแล้ว {archive.feeds.revoke(code, actor=_ACTOR)} รายการ")
        else:
            click.echo(feed_address(settings, archive.feeds.make(code, actor=_ACTOR)))


COMMANDS = (registry,)
