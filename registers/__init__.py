"""The registry's books: rules of order and keeping, the Regulation's forms, and the receiving stamp. Pure functions."""

from registers.forms import CLOSED, DESTRUCTION, FORMS, Form
from registers.fromletter import columns_of
from registers.model import (
    AlreadyThere,
    BadDay,
    Book,
    Columns,
    Mark,
    NoReason,
    NotSo,
    Opinion,
    Row,
    State,
)
from registers.retention import FOREVER, RETENTION, Retention
from registers.rules import (
    Place,
    be_day,
    be_number,
    clock_time,
    is_due,
    kept_until,
    list_year,
    outgoing,
    owner_of,
    placed,
)
from registers.workbook import workbook

__all__ = [
    "CLOSED", "DESTRUCTION", "FOREVER", "FORMS", "RETENTION", "AlreadyThere", "BadDay", "Book", "Columns", "Form",
    "Mark", "NoReason", "NotSo", "Opinion", "Place", "Retention", "Row", "State", "be_day", "be_number", "clock_time",
    "columns_of", "is_due", "kept_until", "list_year", "outgoing", "owner_of", "placed", "workbook",
]
