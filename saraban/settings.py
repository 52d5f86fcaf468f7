"""Every setting of the program: one frozen value, one documented environment variable each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from letters.errors import BadRequest
from ocr import Limits

_SECRETS = frozenset({"smtp_password"})


def _setting(variable: str, default: Any, text: str) -> Any:
    return field(default=default, metadata={"variable": variable, "help": text})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program runs with. Sizes in bytes and pixels, times in seconds."""

    home: Path = _setting("SARABAN_HOME", Path("var"), "folder of the archive: originals, database, index, secret key")
    database: str = _setting(
        "SARABAN_DATABASE", "", "PostgreSQL URL (postgresql+psycopg://…); empty: SQLite in the home"
    )
    index: str = _setting("SARABAN_INDEX", "tantivy", "search engine: tantivy or whoosh")
    languages: str = _setting("SARABAN_LANGUAGES", "", "Tesseract languages; empty: the project's model, else tha+eng")
    workers: int = _setting("SARABAN_WORKERS", os.cpu_count() or 1, "pages read at a time")
    max_bytes: int = _setting("SARABAN_MAX_BYTES", 200 * 1024 * 1024, "largest file taken in")
    max_pages: int = _setting("SARABAN_MAX_PAGES", 500, "most pages of a file")
    max_pixels: int = _setting("SARABAN_MAX_PIXELS", 60_000_000, "largest page image")
    page_seconds: float = _setting("SARABAN_PAGE_SECONDS", 120.0, "longest time to read a page")
    lease_seconds: float = _setting(
        "SARABAN_LEASE_SECONDS", 60.0, "after how long a silent worker's job goes to another"
    )
    host: str = _setting("SARABAN_HOST", "127.0.0.1", "address the screens are served on")
    port: int = _setting("SARABAN_PORT", 8000, "port the screens are served on")
    forms: str = _setting("SARABAN_FORMS", "", "folder of further forms (*.toml); empty: forms/ in the home")
    separate_steps: bool = _setting(
        "SARABAN_SEPARATE_STEPS", True, "1: nobody takes two forward steps with one record in a round (four-eyes rule)"
    )
    address: str = _setting("SARABAN_ADDRESS", "http://127.0.0.1:8000", "address of the screens, for links in mails")
    smtp_host: str = _setting("SARABAN_SMTP_HOST", "", "mail server for reminders; empty: none are sent")
    smtp_port: int = _setting("SARABAN_SMTP_PORT", 25, "port of the mail server")
    smtp_security: str = _setting("SARABAN_SMTP_SECURITY", "none", "none, starttls or tls")
    smtp_user: str = _setting("SARABAN_SMTP_USER", "", "user name at the mail server; empty: without signing in")
    smtp_password: str = _setting("SARABAN_SMTP_PASSWORD", "", "password at the mail server")
    mail_from: str = _setting("SARABAN_MAIL_FROM", "saraban@localhost", "sender of reminders")
    requests_per_minute: int = _setting("SARABAN_REQUESTS_PER_MINUTE", 600, "most requests of one API key a minute")
    local_webhooks: bool = _setting(
        "SARABAN_LOCAL_WEBHOOKS", False, "1: webhooks may go to addresses of the machine and its private network"
    )
    idle_minutes: int = _setting("SARABAN_IDLE_MINUTES", 120, "after how long without a request a session ends")
    session_hours: int = _setting("SARABAN_SESSION_HOURS", 12, "after how long a session ends in any case")
    secure_cookies: bool = _setting("SARABAN_SECURE_COOKIES", False, "1 behind HTTPS: cookies are sent over HTTPS only")

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ, **given: Any) -> Settings:
        """Settings from the environment; ``given`` values (the command line's) win.

        Raises ``BadRequest`` naming the variable whose value cannot be read.
        """
        values = {
            item.name: _read(env[item.metadata["variable"]], item.default, item.metadata["variable"])
            for item in fields(cls)
            if item.metadata["variable"] in env
        }
        return cls(**{**values, **{name: value for name, value in given.items() if value is not None}})

    @property
    def limits(self) -> Limits:
        """The limits as the reader of files takes them."""
        return Limits(self.max_bytes, self.max_pages, self.max_pixels, self.page_seconds)

    @property
    def database_url(self) -> str | None:
        """Database URL, ``None`` for SQLite in the home."""
        return self.database or None

    @property
    def index_folder(self) -> Path:
        """Where the search index lies; deleting it loses nothing."""
        return self.home / "index"

    @property
    def forms_folder(self) -> Path:
        """Where forms beside the built-in ones lie."""
        return Path(self.forms) if self.forms else self.home / "forms"

    @property
    def secret_file(self) -> Path:
        """File with the key that signs session cookies; made on first use, readable by the owner only."""
        return self.home / "secret.key"


@dataclass(frozen=True, slots=True)
class Told:
    """One setting as it is in force, for people who keep the house running. ``source``: ``default``, ``environment``
    or ``given`` (the command line). A secret is never told, only ``set``; an empty ``value`` is not set."""

    name: str
    variable: str
    value: str
    source: str
    secret: bool = False


def told(settings: Settings, env: Mapping[str, str] = os.environ) -> tuple[Told, ...]:
    """Every setting in force and where it comes from. A database's address is told without who signs in to it."""
    return tuple(_told(settings, name, env) for name in (item.name for item in fields(Settings)))


def _told(settings: Settings, name: str, env: Mapping[str, str]) -> Told:
    item = next(one for one in fields(Settings) if one.name == name)
    value, variable = getattr(settings, name), item.metadata["variable"]
    named = variable in env and _read(env[variable], item.default, variable) == value
    source = "environment" if named else "default" if value == item.default else "given"
    secret = name in _SECRETS
    shown = ("set" if value else "") if secret else _without_user(value) if name == "database" else str(value)
    return Told(name, variable, shown, source, secret)


def _without_user(address: str) -> str:
    """An address without user, password and query, any of which may hold a secret."""
    parts = urlsplit(address)
    place = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{place}{parts.path}" if address else ""


def _read(text: str, default: Any, variable: str) -> Any:
    """An environment variable's text as the type of its default."""
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[
                text.lower()
            ]
        return type(default)(text)
    except (KeyError, ValueError) as error:
        raise BadRequest(f"{variable}={text}", f"expected {type(default).__name__}") from error
