"""The one place that runs Graphviz's ``dot``, an optional program that draws chains as SVG."""

from __future__ import annotations

import shutil
import subprocess

from letters.errors import SarabanError

_SECONDS = 60


class NoGraphviz(SarabanError):
    """The program is not installed, or could not draw."""

    code = "no-graphviz"
    exit_code = 69
    http_status = 503
    what = {"th": "วาดผังหนังสือ {subject} เป็น SVG ไม่ได้", "en": "{subject} cannot be drawn as SVG"}
    remedy = {"th": "ติดตั้งโปรแกรม Graphviz (แพ็กเกจ graphviz) หรือใช้ --format dot",
              "en": "install Graphviz (package graphviz), or use --format dot"}


def svg(dot: str, subject: str) -> str:
    """A DOT drawing as SVG. Raises :class:`NoGraphviz`."""
    program = shutil.which("dot")
    if program is None:
        raise NoGraphviz(subject)
    try:
        done = subprocess.run([program, "-Tsvg"], input=dot, capture_output=True, text=True, encoding="utf-8",
                              timeout=_SECONDS, check=True)
    except (subprocess.SubprocessError, OSError) as error:
        raise NoGraphviz(subject, str(error)) from error
    return done.stdout
