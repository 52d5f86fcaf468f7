"""The area a letter's sender is responsible for: the country, a province, or a district."""

from __future__ import annotations

import re

from chain import Level, Node, level_of
from letters import Office, OfficeKind, Recipient
from letters.text import mend, squeeze
from tasks.addressees import expand
from tasks.registry import Area, Registry, province_letters

_PROVINCE = re.compile(r"จังหวัด(.+)$")
_DISTRICT = re.compile(r"อำเภอ(.+?)(?:จังหวัด.*)?$")


def area_of(node: Node, registry: Registry) -> Area | None:
    """The area of a letter's sender; ``None`` where it cannot be told, so that no group is expanded at a guess.

    A department's area is the country. A province is told by the owner letters of the number, else by the sender's
    name; a district by its name within the province; an LAO writes within its district.
    """
    level = level_of(node.number, node.issuer)
    if level is Level.DEPARTMENT:
        return Area()
    province = _province(node, registry)
    if level is Level.PROVINCE:
        return Area(province) if province else None
    if level is Level.DISTRICT:
        return _district(node, registry, province)
    lao = lao_of(node, registry) if level is Level.LAO else None
    return Area(lao.province, lao.district) if lao else None


def lao_of(node: Node, registry: Registry) -> Office | None:
    """The LAO that a letter comes from, by its name in the province of its owner letters."""
    name, province = squeeze(mend(node.issuer or "")), _province(node, registry)
    if not province:
        return registry.named(name)
    found, _ = expand([Recipient(name)], Area(province), registry)
    return found[0].office if len(found) == 1 and found[0].office.kind.is_lao else None


def _province(node: Node, registry: Registry) -> str:
    by_letters = province_letters().get((node.number.code if node.number else None) or "", "")
    if by_letters:
        return by_letters
    named = _PROVINCE.search(squeeze(mend(node.issuer or "")))
    found = registry.find(named[1], [OfficeKind.PROVINCE]) if named else None
    return found.office.name if found else ""


def _district(node: Node, registry: Registry, province: str) -> Area | None:
    named = _DISTRICT.search(squeeze(mend(node.issuer or "")))
    found = registry.find(named[1], [OfficeKind.DISTRICT], Area(province)) if named else None
    return Area(found.office.province, found.office.name) if found else None
