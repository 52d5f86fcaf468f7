"""Graph → duties → tasks for offices, with recipient groups expanded from a registry of offices that is passed in."""

from tasks.assign import assign
from tasks.due import by_urgency, is_overdue
from tasks.duties import find_duties
from tasks.lao_table import read_lao_table
from tasks.model import Duty, LevelDeadline, Menu, Task, TaskEvidence, TaskRole, TaskState
from tasks.registry import Area, Registry, builtin_offices, full_name, province_letters
from tasks.states import CLOSED, MOVES, IllegalMove, check_move, open_moves

__all__ = [
    "CLOSED", "MOVES", "Area", "Duty", "IllegalMove", "LevelDeadline", "Menu", "Registry", "Task", "TaskEvidence",
    "TaskRole", "TaskState", "assign", "builtin_offices", "by_urgency", "check_move", "find_duties", "full_name",
    "is_overdue", "open_moves", "province_letters", "read_lao_table",
]
