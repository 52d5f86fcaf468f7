"""Offices that send, pass on or must act: departments, provinces, districts and local administrative organisations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OfficeKind(StrEnum):
    """Levels and types of offices (DOMAIN section 1)."""

    DEPARTMENT = "department"
    PROVINCE = "province"
    DISTRICT = "district"
    PAO = "pao"  # องค์การบริหารส่วนจังหวัด
    CITY = "city"  # เทศบาลนคร
    TOWN = "town"  # เทศบาลเมือง
    TAMBON = "tambon"  # เทศบาลตำบล
    TAO = "tao"  # องค์การบริหารส่วนตำบล
    SPECIAL = "special"  # กรุงเทพมหานคร, เมืองพัทยา

    @property
    def is_lao(self) -> bool:
        """Whether it is a local administrative organisation (อปท.)."""
        return self not in (OfficeKind.DEPARTMENT, OfficeKind.PROVINCE, OfficeKind.DISTRICT)


@dataclass(frozen=True, slots=True)
class Office:
    """One office. ``code``: the DLA's code for an LAO (type digit, province 2, district 2, running 2), ``P36`` for
    province 36, ``D3604`` for its district 04, ``DLA`` for the department. ``name`` is without the type word."""

    code: str
    kind: OfficeKind
    name: str
    province: str = ""
    district: str = ""
