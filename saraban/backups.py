"""What of the house's settings goes into a backup of the archive."""

from __future__ import annotations

from dataclasses import fields

from archive.backup import Extras
from saraban.settings import Settings, told


def extras(settings: Settings, *, secrets: bool) -> Extras:
    """Settings that are not the defaults, the house's own forms and, if ``secrets`` asks for them, the signing key and
    the settings' secrets as they are."""
    shown = {one.variable: one.value for one in told(settings) if one.source != "default" and not one.secret}
    if secrets:
        whole = {item.metadata["variable"]: str(getattr(settings, item.name)) for item in fields(Settings)}
        hidden = [one.variable for one in told(settings) if one.secret and one.value]
        shown |= {name: whole[name] for name in (*shown, *hidden)}
    return Extras(shown, settings.forms_folder, settings.secret_file if secrets else None)
