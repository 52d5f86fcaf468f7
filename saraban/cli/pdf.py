"""The verb ``pdf``: packets as searchable PDFs, without an archive."""

from __future__ import annotations

from pathlib import Path

import click

from letters.errors import BadFile
from ocr import Reader, open_document, read_pages
from ocr.searchable import write_searchable
from saraban.cli.common import Steps
from saraban.settings import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for <stem>.pdf.")
@click.option("--pdfa", is_flag=True, help="For keeping: PDF/A-2b, pages that cannot be vouched for drawn as pictures.")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="Keep what was read here, by content.")
def pdf(files: tuple[Path, ...], out: Path, pdfa: bool, cache: Path | None) -> None:
    """Write each packet as a PDF that looks as it came and can be searched in Thai.

    The files themselves are not changed. One that cannot be read is named with what to do about it; the others go on,
    and the exit code tells.

    \b
    Example: saraban pdf letter.pdf scan.jpg --out searchable/
    """
    settings = Settings.from_env()
    out.mkdir(parents=True, exist_ok=True)
    failed: list[BadFile] = []
    with Steps() as steps:
        for path in files:
            try:
                _write(path, out / f"{path.stem}.pdf", settings, cache, steps, pdfa=pdfa)
            except BadFile as error:
                failed.append(error)
                click.echo(f"{error.message('th')}\n{error.message('en')}", err=True)
    if failed:
        raise click.exceptions.Exit(failed[0].exit_code)


def _write(path: Path, target: Path, settings: Settings, cache: Path | None, steps: Steps, *, pdfa: bool) -> None:
    if target.exists() and target.samefile(path):
        raise click.UsageError(f"{target} is the packet itself; choose another folder for --out")
    reader = Reader(languages=settings.languages, seconds=settings.page_seconds, cache=cache)
    with open_document(path, settings.limits) as document:
        pages = {}
        for page in read_pages(document, range(1, document.page_count + 1), reader, settings.workers):
            pages[page.number] = page
            steps(path, path.name, "read", len(pages), document.page_count)
        write_searchable(path, document, pages, target, pdfa=pdfa)
    click.echo(f"{target}: {len(pages)} หน้า")


COMMANDS = (pdf,)
