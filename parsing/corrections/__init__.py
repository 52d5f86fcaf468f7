"""What persons decided about a packet's letters, and how it is laid over every parse of that packet."""

from parsing.corrections.apply import PERSON, apply_corrections, in_force, open_corrections
from parsing.corrections.model import ITEMS, LISTS, READINGS, STARTS, Correction, Verdict, read_back, written

__all__ = [
    "ITEMS", "LISTS", "PERSON", "READINGS", "STARTS", "Correction", "Verdict", "apply_corrections", "in_force",
    "open_corrections", "read_back", "written",
]
