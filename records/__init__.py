"""INFO-style records: forms as data, entry rules, the way of certification, year rule and LPA score. Pure functions."""

from records.check import Fault, check_data
from records.flow import (
    WAYS,
    NotAllowed,
    Part,
    Person,
    State,
    Step,
    Taken,
    is_locked,
    next_state,
    steps_open,
)
from records.form import Field, FieldType, Form, RecordedBy, YearRule
from records.forms import BadForm, Forms, all_forms, builtin_forms, read_form
from records.lpa import Missing, Score, Standing, lpa_score
from records.schema import json_schema
from records.table import Draft, RowFault, columns, from_rows, to_rows
from records.year import EntryYear, entry_year

__all__ = [
    "WAYS", "BadForm", "Draft", "EntryYear", "Fault", "Field", "FieldType", "Form", "Forms", "Missing", "NotAllowed",
    "Part", "Person", "RecordedBy", "RowFault", "Score", "Standing", "State", "Step", "Taken", "YearRule", "all_forms",
    "builtin_forms", "check_data", "columns", "entry_year", "from_rows", "is_locked", "json_schema", "lpa_score",
    "next_state", "read_form", "steps_open", "to_rows",
]
