"""Verbs on the archive as a whole: make it, fill it, link and index it anew, audit it, export it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from archive import Archive, Job, JobState, Stage
from chain import Link, Node
from letters.errors import BadFile, NotFound, SarabanError
from ocr import FileKind, Limits, open_document
from parsing.contract import day as iso_day
from saraban.cli.common import Steps, home_option, json_option, print_json
from saraban.cli.files import summary
from saraban.cli.opening import all_packets, opened
from saraban.jobs import run_all
from saraban.pipeline import process, take_in
from saraban.rebuilding import Rebuild, rebuild_here, start
from saraban.settings import Settings
from tasks import builtin_offices


@click.command()
@home_option
def init(home: Path | None) -> None:
    """Make an archive, or bring one to this version; what is in it stays.

    \b
    Example: saraban init --home /srv/saraban
    """
    settings = Settings.from_env(home=home)
    with Archive.create(settings.home, settings.database_url) as archive:
        if not archive.offices.count():
            archive.offices.save(builtin_offices())
    click.echo(f"คลังหนังสือพร้อมใช้ที่ {settings.home}")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@home_option
@click.option("--actor", default="command line", help="Who takes the files in, for the audit trail.")
def ingest(paths: tuple[Path, ...], home: Path | None, actor: str) -> None:
    """Take files (or all files of folders) into the archive: read, parse, link, give out tasks, index.

    A file known already is said and not taken in twice. A file that cannot be read is named with what to do about it;
    the others go on, and the exit code tells.

    \b
    Example: saraban ingest scans/ letter.pdf
    """
    with opened(home) as (archive, settings):
        taken, failed = _take_all(archive, settings, paths, actor)
        with Steps() as steps:
            names = {packet: archive.packets.get(packet).name for packet in taken}
            ended = run_all(
                archive,
                settings,
                lambda job, stage, done, total: steps(
                    job.id, names.get(job.packet_id or "", "คลังหนังสือ"), stage, done, total
                ),
            )
        for packet in taken:
            parsed = archive.packets.parse(packet)
            if parsed:
                click.echo(summary(parsed))
        codes = [error.exit_code for error in failed] + [
            _report(job, names) for job in ended if job.state is JobState.FAILED
        ]
    if codes:
        raise click.exceptions.Exit(codes[0])


def _take_all(
    archive: Archive, settings: Settings, paths: tuple[Path, ...], actor: str
) -> tuple[list[str], list[SarabanError]]:
    """Receives the files; gives the ids of the new packets and the errors of the files that could not be taken."""
    taken: list[str] = []
    failed: list[SarabanError] = []
    for path, asked in _files(paths):
        try:
            if not asked and not _is_packet(path, settings.limits):
                continue
            row, new = take_in(archive, settings, path, path.name, actor)
        except BadFile as error:
            failed.append(error)
            click.echo(f"{error.message('th')}\n{error.message('en')}", err=True)
            continue
        if new:
            taken.append(row.id)
        else:
            click.echo(f"{path.name}: มีอยู่แล้วในคลัง ({row.name})", err=True)
    return taken, failed


def _files(paths: tuple[Path, ...]) -> Iterator[tuple[Path, bool]]:
    """The files named, and those in the folders named: (path, named itself)."""
    for path in paths:
        if path.is_dir():
            yield from (
                (file, False) for file in sorted(path.rglob("*")) if file.is_file() and not file.name.startswith(".")
            )
        else:
            yield path, True


def _is_packet(path: Path, limits: Limits) -> bool:
    """Of a folder's files, only scans, PDFs and plain .txt files are packets; truth files and the like are not."""
    try:
        with open_document(path, limits) as document:
            return document.kind is not FileKind.TEXT or path.suffix.lower() == ".txt"
    except BadFile:
        return path.suffix.lower() in (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".txt")


def _report(job: Job, names: dict[str, str]) -> int:
    click.echo(f"{names.get(job.packet_id or '', job.kind)}: {job.message}", err=True)
    return 65 if job.packet_id else 75


@click.command()
@click.option("--queue", is_flag=True, help="Leave it to saraban serve or saraban worker, as a job.")
@home_option
def relink(queue: bool, home: Path | None) -> None:
    """Link all letters anew, give out tasks, refresh the index. People's decisions stay.

    \b
    Example: saraban relink
    """
    with opened(home) as (archive, settings):
        _rebuild(archive, settings, Rebuild.LINKS, queue=queue)
        if not queue:
            here, absent = archive.graph.count(absent=False), archive.graph.count(absent=True)
            click.echo(f"โยงหนังสือแล้ว {here} ฉบับ อ้างถึงแต่ไม่มีในคลัง {absent} ฉบับ")


@click.command()
@click.option("--queue", is_flag=True, help="Leave it to saraban serve or saraban worker, as a job.")
@home_option
def reindex(queue: bool, home: Path | None) -> None:
    """Build the search index anew from the archive; goes on with a rebuild that was broken off.

    Search answers from the old index meanwhile.

    \b
    Example: saraban reindex
    """
    with opened(home) as (archive, settings):
        _rebuild(archive, settings, Rebuild.INDEX, queue=queue)
        if not queue:
            click.echo(f"สร้างดัชนีแล้ว {archive.graph.count()} ฉบับ")


def _rebuild(archive: Archive, settings: Settings, what: Rebuild, *, queue: bool) -> None:
    if queue:
        click.echo(f"อยู่ในคิวแล้ว งานที่ {start(archive, what, 'command line')} ดูความคืบหน้าที่หน้าคิวอ่าน")
        return
    with Steps() as steps:
        rebuild_here(archive, settings, what, partial(steps, what, "คลังหนังสือ"))


@click.command()
@home_option
@json_option
def check(home: Path | None, as_json: bool) -> None:
    """Audit the archive: originals there and unaltered, nothing half stored, links whole. Exit code 1 if not.

    \b
    Example: saraban check
    """
    with opened(home) as (archive, _):
        problems = archive.check()
    if as_json:
        print_json(
            [{"kind": problem.kind, "subject": problem.subject, "detail": problem.detail} for problem in problems]
        )
    for problem in problems if not as_json else ():
        click.echo(f"{problem.kind}  {problem.subject}  {problem.detail}")
    if not problems and not as_json:
        click.echo("คลังหนังสือสมบูรณ์ ไม่พบปัญหา")
    if problems:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("what", type=click.Choice(["letters", "links"]))
@home_option
@json_option
def export(what: str, home: Path | None, as_json: bool) -> None:
    """List the canonical letters of the archive, or the links between them.

    \b
    Example: saraban export letters --json
    """
    with opened(home) as (archive, _):
        graph = archive.graph.load()
        stems = {
            packet: archive.packets.get(packet).stem
            for packet in {ref.packet for node in graph.nodes for ref in node.copies}
        }
        pages = (
            {ref: archive.letters.copy(ref).letter.pages for node in graph.nodes for ref in node.copies}
            if what == "letters"
            else {}
        )
    if what == "letters":
        rows = [
            _node_row(node, [{"packet": stems[ref.packet], "pages": list(pages[ref])} for ref in node.copies])
            for node in graph.nodes
        ]
    else:
        rows = [_link_row(link) for link in graph.links]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            click.echo("\t".join(str(value) for value in row.values()))


def _node_row(node: Node, copies: list[dict[str, Any]]) -> dict[str, Any]:
    number = node.number
    parts = (
        {"code": number.code, "agency": number.agency, "circular": number.circular, "serial": number.serial}
        if number
        else None
    )
    return {
        "id": node.id,
        "number": parts,
        "canonical": str(number) if number else None,
        "date": iso_day(node.date),
        "issuer": node.issuer,
        "subject": node.subject,
        "absent": node.absent,
        "copies": copies,
    }


def _link_row(link: Link) -> dict[str, Any]:
    return {
        "source": link.source,
        "target": link.target,
        "relation": link.relation.value,
        "state": link.state.value,
        "score": round(link.score, 4),
        "evidence": link.evidence.text if link.evidence else None,
        "reasons": list(link.reasons),
    }


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--from",
    "first",
    type=click.Choice([Stage.READ.value, Stage.PARSE.value]),
    default=Stage.PARSE.value,
    show_default=True,
    help="Stage to begin with; read forgets the pages and reads them anew.",
)
@home_option
def rerun(names: tuple[str, ...], first: str, home: Path | None) -> None:
    """Read or parse packets again (all of them, or those named by file name), then link, give out tasks, index.

    For a new model or new rules; people's decisions stay.

    \b
    Example: saraban rerun --from read letter.pdf
    """
    with opened(home) as (archive, settings), Steps() as steps:
        rows = [row for name in names for row in archive.packets.find(name)] if names else list(all_packets(archive))
        for row in rows:
            if first == Stage.READ:
                archive.packets.clear_pages(row.id)
            process(archive, settings, row.id, partial(steps, row.id, row.name), Stage(first))
        run_all(archive, settings)
    click.echo(f"ทำใหม่แล้ว {len(rows)} ชุด")
    if names and len(rows) < len(names):
        raise NotFound(", ".join(names))


COMMANDS = (init, ingest, rerun, relink, reindex, check, export)
