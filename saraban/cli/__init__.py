"""The command line: thin verbs that parse, call and print. ``saraban VERB --help`` shows an example of each."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from types import ModuleType

import click

from letters.errors import SarabanError

VERBS = {
    "parse": "files", "explain": "files", "pdf": "pdf", "init": "archive", "ingest": "archive", "rerun": "archive",
    "relink": "archive", "reindex": "archive", "check": "archive", "export": "archive", "search": "look",
    "show": "look", "chain": "look", "packets": "look", "user": "people", "token": "people", "secret": "people",
    "permissions": "people", "registry": "registry", "tasks": "tasks", "progress": "tasks", "remind": "tasks",
    "records": "records", "register": "registers", "serve": "serve", "worker": "serve", "watch": "serve",
    "backup": "backup", "restore": "backup",
}
"""Each verb and the module beside this one that holds it."""


class Verbs(click.Group):
    """Loads a verb's module when the verb is called: ``parse`` needs neither database nor screens, and to load them
    takes as long as to read a page."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own form
        """The names of all verbs."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A verb by its name."""
        if cmd_name not in VERBS:
            return None
        name = f"saraban.cli.{VERBS[cmd_name]}"
        room = sys.modules.get(name) or _loaded(name)
        found: dict[str, click.Command] = {command.name: command for command in room.COMMANDS}
        return found[cmd_name]


def _loaded(name: str) -> ModuleType:
    """A module with all it needs. What modules hold lives to the end, so the collector of garbage is not to go through
    it, now or later: that took a twentieth of the time of reading."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="saraban")
def saraban() -> None:
    """Reads scanned Thai government letters, links them into chains and turns what they ask into tasks."""


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
