"""Who may use what, as a table made from the rules that are checked: for people to read and for records to keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive import Role
from webui.access import API, RULES, STRANGERS


@dataclass(frozen=True, slots=True)
class Row:
    """One route or operation. ``scope``: what a key must be for, empty for screens; ``open``: without signing in."""

    endpoint: str
    scope: str
    open: bool
    roles: frozenset[Role]


def table() -> tuple[Row, ...]:
    """Every route and operation, by name."""
    return tuple(_row(endpoint) for endpoint in sorted(RULES))


def markdown() -> str:
    """The table as Markdown."""
    head = ["route or operation", "scope", *(role.value for role in Role)]
    lines = (_line(head), _line(["---"] * len(head)), *(_line(cells) for cells in _cells()))
    return "\n".join(lines) + "\n"


def _cells() -> Iterator[list[str]]:
    for row in table():
        yield [f"`{row.endpoint}`", row.scope, *("✓" if row.open or role in row.roles else "" for role in Role)]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _row(endpoint: str) -> Row:
    right = API.get(endpoint.removeprefix("api.")) if endpoint.startswith("api.") else None
    return Row(endpoint, right.scope.value if right else "", RULES[endpoint] is STRANGERS, RULES[endpoint])
