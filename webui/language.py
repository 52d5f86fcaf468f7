"""Thai first, English by a switch. Texts in code and templates are Thai; English stands in ``translations/``."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, has_request_context, request
from flask_babel import Babel

from letters.errors import SarabanError

LANGUAGES = {"th": "ไทย", "en": "English"}
"""Languages of the screens, each by its own name."""

COOKIE = "language"
_FOLDER = Path(__file__).parent / "translations"


def language() -> str:
    """The reader's language: what they chose, else Thai. A browser's setting is no wish: many speak English."""
    chosen = request.cookies.get(COOKIE, "") if has_request_context() else ""
    return chosen if chosen in LANGUAGES else "th"


def subjects() -> list[Path]:
    """Folders of translations, one for each group of screens."""
    return sorted(path for path in _FOLDER.iterdir() if (path / "en" / "LC_MESSAGES").is_dir())


def add_languages(app: Flask) -> None:
    """Sets up translation for templates and views."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(map(str, subjects()))
    Babel(app, default_locale="th", locale_selector=language)


def told(error: SarabanError) -> str:
    """What went wrong and what to do, in the reader's language."""
    return error.message("en" if language() == "en" else "th")
