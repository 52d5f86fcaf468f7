"""Verbs on backups: ``backup``, ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from archive.backup import make
from archive.restore import OLD_SETTINGS, restore
from archive.schema import BANGKOK
from saraban.backups import extras
from saraban.cli.common import home_option
from saraban.cli.opening import opened
from saraban.rebuilding import Rebuild
from saraban.settings import Settings

_MEBIBYTE = 1024 * 1024


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--secrets", is_flag=True, help="Put in passwords of the settings and the key that signs sessions.")
@click.option("--actor", default="command line", help="Who makes it, for the audit trail.")
@home_option
def backup(file: Path, secrets: bool, actor: str, home: Path | None) -> None:
    """Write one file with the database, all originals, own forms and settings. Others may go on working.

    It holds letters and password digests: keep it under lock, on another disk. What is in the index and in caches is
    left out; it can be made again. Exit code 1 if the archive had lost or altered originals; the backup is made still.

    \b
    Example: saraban backup /mnt/disk/saraban-2569-11-20.tar
    """
    with opened(home) as (archive, settings):
        made = make(archive, file, extras(settings, secrets=secrets), actor)
    click.echo(f"สำรองแล้วที่ {file}: ชุดหนังสือ {made.head.packets} ชุด ไฟล์ {made.tail.files} ไฟล์ "
               f"รวม {made.size / _MEBIBYTE:,.1f} MiB / backed up")
    for digest in made.tail.missing:
        click.echo(f"ไม่มีไฟล์ต้นฉบับ {digest} ในคลัง จึงไม่อยู่ในสำเนา / the original {digest} is lost", err=True)
    for digest in made.tail.altered:
        click.echo(f"ไฟล์ต้นฉบับ {digest} ไม่ตรงกับที่รับมา / the original {digest} is not what it was", err=True)
    if made.head.breaks:
        click.echo(f"ประวัติการใช้งานถูกแก้ {made.head.breaks} แห่ง / the audit trail is broken in {made.head.breaks} "
                   "places", err=True)
    if made.tail.missing or made.tail.altered or made.head.breaks:
        raise click.exceptions.Exit(1)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--actor", default="command line", help="Who restores it, for the audit trail.")
@home_option
def restore_(file: Path, actor: str, home: Path | None) -> None:
    """Restore a backup into an empty home (and an empty PostgreSQL database, where SARABAN_DATABASE names one).

    Everything is verified: digests of the files and the database, the version of the tables, the audit trail. Then what
    saraban check finds is told; exit code 1 if it finds anything.

    \b
    Example: saraban restore /mnt/disk/saraban-2569-11-20.tar --home /srv/saraban
    """
    settings = Settings.from_env(home=home)
    done = restore(file, settings.home, settings.database_url, actor)
    with opened(home) as (archive, _):
        archive.jobs.enqueue(Rebuild.INDEX.value)
    click.echo(f"กู้คืนแล้วที่ {settings.home}: ชุดหนังสือ {done.head.packets} ชุด ไฟล์ {done.tail.files} ไฟล์ "
               f"ตามที่สำรองไว้เมื่อ {done.head.made_at.astimezone(BANGKOK):%Y-%m-%d %H:%M} / restored")
    click.echo(f"ค่าที่ตั้งไว้เดิมอยู่ใน {settings.home / OLD_SETTINGS} ดัชนีค้นหาจะสร้างใหม่เมื่อเปิดใช้ (saraban serve)")
    for problem in done.problems:
        click.echo(f"{problem.kind}  {problem.subject}  {problem.detail}", err=True)
    if done.problems:
        raise click.exceptions.Exit(1)


COMMANDS = (backup, restore_)
