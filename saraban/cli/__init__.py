"""The command line: thin verbs that parse, call and print. ``saraban VERB --help`` shows an example of each."""

from __future__ import annotations

import sys

import click

from letters.errors import SarabanError
from saraban.cli import archive, files, look, pdf, people, records, registers, registry, serve, tasks


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="saraban")
def saraban() -> None:
    """Reads scanned Thai government letters, links them into chains and turns what they ask into tasks."""


for room in (files, pdf, archive, look, people, registry, tasks, records, registers, serve):
    for command in room.COMMANDS:
        saraban.add_command(command)


def main() -> None:
    """Entry point. Named errors are said in one line, Thai and English, and end with their exit code."""
    try:
        sys.exit(saraban.main(standalone_mode=False))  # the code of a verb that ends with one, else None
    except SarabanError as error:
        click.echo(f"{error.message('th')}\n{error.message('en')}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("ยกเลิก / stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
