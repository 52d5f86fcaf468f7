"""Graph → duties → tasks for offices, with recipient groups expanded from a registry of offices that is passed in."""

from tasks.assign import assign, task_id
from tasks.calendar import is_working_day, last_working_day, working_day_note
from tasks.due import by_urgency, is_overdue, waits_for_receipt
from tasks.duties import find_duties
from tasks.ics import Dated, calendar_of
from tasks.lao_table import read_lao_table
from tasks.model import Duty, LevelDeadline, Menu, Task, TaskEvidence, TaskRole, TaskState
from tasks.passing import waiting
from tasks.receipt import Receipt, Registered
from tasks.registry import Area, Registry, builtin_offices, full_name, province_letters
from tasks.remind import Digest, Stage, digest, stage_of
from tasks.states import CLOSED, MOVES, IllegalMove, check_move, open_moves

__all__ = [
    "CLOSED", "MOVES", "Area", "Dated", "Digest", "Duty", "IllegalMove", "LevelDeadline", "Menu", "Receipt",
    "Registered", "Registry", "Stage", "Task", "TaskEvidence", "TaskRole", "TaskState", "assign", "builtin_offices",
    "by_urgency", "calendar_of", "check_move", "digest", "find_duties", "full_name", "is_overdue", "is_working_day",
    "last_working_day", "open_moves", "province_letters", "read_lao_table", "stage_of", "task_id", "waiting",
    "waits_for_receipt", "working_day_note",
]
