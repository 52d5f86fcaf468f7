"""Letters by what an officer types, best first, with what differed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from chain.asked import Asked, understand
from chain.model import Node
from chain.numbers import AGENCY_PRICES, CODE_PRICES, string_gap
from letters import LetterDate, LetterNumber

FARTHEST = 2.5   # a letter further off than this is no answer
OTHER_DATE = 1.5
_PART = 0.4      # a beginning was typed
_MISREAD = 0.3   # found under a number that lost the vote


@dataclass(frozen=True, slots=True)
class Match:
    """One answer: ``score`` 0–1, ``differs`` in Thai, empty where all that was typed agrees."""

    node: Node
    score: float
    differs: tuple[str, ...]


def look_up(query: str, nodes: Iterable[Node]) -> list[Match]:
    """Letters that a typed number, part of a number, or date can mean, best first; empty for what is neither.

    One wrong digit is forgiven and said. Letters that arrived come before placeholders, newer before older.
    """
    asked = understand(query)
    if asked.empty:
        return []
    found = [match for node in nodes if (match := _match(asked, node))]
    return sorted(found, key=lambda match: (-match.score, match.node.absent, _age(match.node), match.node.id))


def _match(asked: Asked, node: Node) -> Match | None:
    differs: list[str] = []
    cost = _date_cost(asked.date, node.date, differs)
    if asked.code or asked.agency or asked.serial:
        cost += _number_cost(asked, node, differs)
    return Match(node, round(1 - cost / (FARTHEST + 1), 3), tuple(differs)) if cost <= FARTHEST else None


def _date_cost(asked: LetterDate | None, known: LetterDate | None, differs: list[str]) -> float:
    if asked is None:
        return 0.0
    if known is None:
        differs.append("ไม่ทราบวันที่ของหนังสือ")
        return _PART
    if asked.meets(known):
        return 0.0 if known.precision is asked.precision or asked.day is None else _PART
    differs.append(f"วันที่ต่างกัน: {known.thai(short=True)}")
    return OTHER_DATE if asked.year == known.year else FARTHEST


def _number_cost(asked: Asked, node: Node, differs: list[str]) -> float:
    if node.number is None:
        return FARTHEST + 1
    best, words = _one_number(asked, node.number)
    for other in node.also_read:
        cost, said = _one_number(asked, other)
        if cost + _MISREAD < best:
            best, words = cost + _MISREAD, [*said, f"เคยอ่านได้เป็น {other}"]
    differs.extend(words)
    return best


def _one_number(asked: Asked, number: LetterNumber) -> tuple[float, list[str]]:
    words: list[str] = []
    cost = 0.0
    if asked.code:
        cost += _told(string_gap(asked.code, number.code or "", CODE_PRICES), f"อักษรนำเป็น {number.code}", words)
    if asked.agency:
        cost += _agency(asked.agency, number.agency or "", words)
    if asked.circular and not number.circular:
        cost += _told(0.6, "ไม่ใช่หนังสือเวียน (ว)", words)
    if asked.serial:
        cost += _loose(asked.serial, number, words) if asked.loose else _serial(asked.serial, number, words)
    return cost, words


def _told(cost: float, said: str, words: list[str]) -> float:
    if cost:
        words.append(said)
    return cost


def _agency(typed: str, known: str, words: list[str]) -> float:
    if known.startswith(typed):
        return 0.0 if known == typed else 0.1
    return _told(string_gap(typed, known, AGENCY_PRICES), f"รหัสหน่วยงานเป็น {known or '–'}", words)


def _serial(typed: str, number: LetterNumber, words: list[str]) -> float:
    known = number.serial or ""
    wrong = OSA.distance(typed.lstrip("0"), known.replace(" ", "").lstrip("0"))
    if wrong == 0:
        return 0.0
    if known.startswith(typed):
        return _told(_PART, f"เลขทะเบียนเต็มคือ {known}", words)
    allowed = len(typed) >= 3 and wrong == 1
    return _told(1.0 if allowed else FARTHEST + 1, f"เลขทะเบียนเป็น {known or '–'}", words)


def _loose(typed: str, number: LetterNumber, words: list[str]) -> float:
    """Digits alone: a running number, or a part of the owner code."""
    tried: list[str] = []
    cost = _serial(typed, number, tried)
    if cost > 0.5 and (number.agency or "").startswith(typed):
        return 0.5
    words.extend(tried)
    return cost


def _age(node: Node) -> int:
    return -node.date.latest.toordinal() if node.date else 0
