"""What persons decided about a packet's letters, and how it is laid over every parse of that packet."""

from parsing.corrections.apply import PERSON, apply_corrections, in_force, open_corrections
from parsing.corrections.model import (
    ITEMS,
    LISTS,
    PARTS,
    READINGS,
    SIGNATORY,
    STARTS,
    Correction,
    Verdict,
    parts_of,
    read_back,
    written,
)

__all__ = [
    "ITEMS", "LISTS", "PARTS", "PERSON", "READINGS", "SIGNATORY", "STARTS", "Correction", "Verdict",
    "apply_corrections", "in_force", "open_corrections", "parts_of", "read_back", "written",
]
