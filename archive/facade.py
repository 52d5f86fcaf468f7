"""The archive as a whole: a home folder with originals, a database, and a register for each subject."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from archive import migrate
from archive.audit import Audit
from archive.changes import OF_LETTERS, Change, ChangeKind, latest, list_changes
from archive.check import Problem, check
from archive.corrections import Corrections
from archive.database import Database
from archive.failures import Failures
from archive.feeds import Feeds
from archive.files import Files
from archive.findable import Findable
from archive.graph import Graphs
from archive.jobs import Jobs
from archive.judgements import Judgements
from archive.letters import Letters
from archive.linking import Linking
from archive.meta import Meta
from archive.offices import Offices
from archive.packets import Packets
from archive.records import Records
from archive.registers import Registers
from archive.reminders import Reminders
from archive.searches import Searches
from archive.secondfactor import SecondFactors
from archive.secrecy import Readers, secret_nodes
from archive.sight import Sights
from archive.tasks import Tasks
from archive.tokens import Tokens
from archive.users import Users
from archive.webhooks import Webhooks
from letters.errors import BadRequest, NoArchive, SarabanError

_URL_FORMS = "postgresql+psycopg://user@host/database or sqlite:///file"


class Archive:
    """Everything the house keeps. Threads may share one; each process opens its own. Close it, or use ``with``."""

    def __init__(self, home: Path, database: Database) -> None:
        self.home = home = home.resolve()  # what is served or opened later must not hang on the working directory
        self.database = database
        self.files = Files(home / "originals")
        self.packets = Packets(database, self.files)
        self.corrections = Corrections(database, self.packets)
        self.letters = Letters(database)
        self.graph = Graphs(database)
        self.linking = Linking(database)
        self.tasks = Tasks(database)
        self.offices = Offices(database)
        self.records = Records(database)
        self.registers = Registers(database)
        self.reminders = Reminders(database)
        self.feeds = Feeds(database)
        self.users = Users(database)
        self.failures = Failures(database)
        self.second_factors = SecondFactors(database)
        self.tokens = Tokens(database)
        self.webhooks = Webhooks(database)
        self.sights = Sights(database)
        self.findable = Findable(database)
        self.searches = Searches(database)
        self.readers = Readers(database)
        self.jobs = Jobs(database)
        self.audit = Audit(database)
        self.judgements = Judgements(database)
        self.meta = Meta(database)

    @classmethod
    def create(cls, home: Path, url: str | None = None) -> Archive:
        """Makes the archive in the home folder, or brings one that is there to this version; gives it opened.

        ``url`` names a PostgreSQL database (``postgresql+psycopg://…``, which must exist); without it the database is
        ``saraban.db`` in the home. Raises :class:`archive.DatabaseUnavailable` if it does not answer, and
        :class:`letters.errors.BadRequest` for a URL of another kind.
        """
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls._open(home, url, migrate_tables=True)

    @classmethod
    def open(cls, home: Path, url: str | None = None, *, migrate: bool = False) -> Archive:
        """Opens the archive. Raises :class:`letters.errors.NoArchive` if there is none, or one of another version
        that ``migrate`` does not ask to change."""
        address = address_of(home, url)
        if address.get_backend_name() == "sqlite" and not Path(str(address.database)).is_file():
            raise NoArchive(str(home))
        return cls._open(home, url, migrate_tables=migrate)

    @classmethod
    def _open(cls, home: Path, url: str | None, *, migrate_tables: bool) -> Archive:
        database = Database(address_of(home, url), locks=home / "locks")
        try:
            if migrate_tables:
                migrate.upgrade(database)
            version = migrate.current(database)
        except SarabanError:
            database.close()
            raise
        if version != migrate.newest():
            database.close()
            raise NoArchive(str(home), f"version {version or 'none'}, needed {migrate.newest()}")
        archive = cls(home, database)
        archive.files.sweep()
        return archive

    def exclusively(self, name: str) -> AbstractContextManager[None]:
        """Lets one process at a time do the named work, such as linking, which reads all and then writes all."""
        return self.database.exclusively(name)

    def changes(self, after: int, limit: int = 500, kinds: Collection[ChangeKind] = OF_LETTERS) -> list[Change]:
        """Copies and nodes, or other ``kinds`` of things, changed since a revision, in order; what changed twice
        appears once."""
        return list_changes(self.database, after, limit, kinds)

    def revision(self) -> int:
        """The revision of the latest change."""
        return latest(self.database)

    def secret_letters(self) -> frozenset[str]:
        """Ids of the letters with a secrecy class."""
        return secret_nodes(self.database)

    def check(self, *, originals: bool = True) -> list[Problem]:
        """What is wrong with the archive; empty if nothing is. ``originals`` reads every original whole."""
        return check(self.database, self.files, originals=originals)

    def close(self) -> None:
        """Closes the database."""
        self.database.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


def address_of(home: Path, url: str | None) -> URL:
    """The address of the database that ``url`` names, or of the one in the home. Raises
    :class:`letters.errors.BadRequest` for one of another kind."""
    if url is None:
        return URL.create("sqlite", database=str(home / "saraban.db"))
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise BadRequest("database URL", _URL_FORMS) from error
    if address.get_backend_name() not in ("sqlite", "postgresql") or not address.database:
        raise BadRequest("database URL", _URL_FORMS)
    return address
