"""What a letter asks for, thing by thing: a menu of the record store each, or actions with days of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from letters import Action, Deadline, Letter
from letters.text import squeeze
from tasks.model import Menu
from tasks.where import meant, system_of


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing asked for. ``key`` tells it from the letter's others (empty if it is the only one), ``menu`` is the
    form it means."""

    key: str
    menu: Menu | None
    actions: tuple[Action, ...]
    deadlines: tuple[Deadline, ...]


def things_of(letter: Letter, menus: Sequence[Menu] = ()) -> tuple[Thing, ...]:
    """The things a letter asks for; none if it asks for nothing. Only what is asked counts: a menu that is told of in
    the letter's history means nothing."""
    if not (letter.actions or letter.deadlines):
        return ()
    named = _menus(letter, menus)
    if named:
        return tuple(Thing(menu.form, menu, actions_for(letter, menu, named), deadlines_for(letter, menu, named))
                     for menu in named)
    dated = [(action, held) for action in letter.actions if (held := _within(letter.deadlines, [action]))]
    if len({one.last_day for _, held in dated for one in held}) > 1 and len(dated) > 1:
        return tuple(Thing(f"action {place}", None, (action,), tuple(held))
                     for place, (action, held) in enumerate(dated, start=1))
    return (Thing("", None, letter.actions, letter.deadlines),)


def deadlines_for(letter: Letter, menu: Menu, named: Sequence[Menu]) -> tuple[Deadline, ...]:
    """The deadlines of a letter that bind the work in one menu: those within the actions that mean it or no menu, and
    those outside all actions; all of them where that leaves none."""
    others = [action for action in letter.actions if (found := meant(action.text, named)) and menu not in found]
    kept = [one for one in letter.deadlines if one not in _within(letter.deadlines, others)]
    return tuple(kept or letter.deadlines)


def actions_for(letter: Letter, menu: Menu, named: Sequence[Menu]) -> tuple[Action, ...]:
    """The actions that mean this menu, and those that mean none of the letter's."""
    return tuple(action for action in letter.actions
                 if not (found := meant(action.text, named)) or menu in found)


def _menus(letter: Letter, menus: Sequence[Menu]) -> tuple[Menu, ...]:
    """The menus that the request means; the subject's where the request names none. Everyday words (สถานที่ท่องเที่ยว) are
    no menu unless the letter names the system."""
    if system_of([letter.text, *_asked(letter)]) is None:
        return ()
    return meant("\n".join(_asked(letter)), menus) or meant(letter.subject.value or "", menus)


def _asked(letter: Letter) -> list[str]:
    return [*(action.text for action in letter.actions), *(one.sentence or one.text for one in letter.deadlines)]


def _within(deadlines: Iterable[Deadline], actions: Iterable[Action]) -> list[Deadline]:
    """The deadlines whose words stand in one of the actions."""
    texts = [squeeze(action.text) for action in actions]
    return [one for one in deadlines if any(squeeze(one.text) in text for text in texts)]
