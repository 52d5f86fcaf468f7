"""The archive: the only room that knows SQL. Originals on disk, everything else in SQLite or PostgreSQL."""

from archive.audit import AuditEvent
from archive.changes import Change, ChangeKind
from archive.check import Problem, ProblemKind
from archive.corrections import Corrections, Overtaken
from archive.database import DatabaseUnavailable
from archive.facade import Archive
from archive.jobs import PROCESS, Job, JobState
from archive.judgements import JudgementRow
from archive.letters import ReadingRow
from archive.narrowed import Narrowed
from archive.offices import OfficeChange
from archive.packets import PacketRow, Stage, StageRow, StageState
from archive.parts import person_for, province_code
from archive.records import Entry, EntryEvent
from archive.reminders import Reminder, ReminderState
from archive.tasks import DayRow, Progress, TaskRow, letters_of
from archive.taskwork import Comment, Proof
from archive.tokens import Scope, Token
from archive.users import LAO_ROLES, Role, User
from archive.wanted import Wanted

__all__ = [
    "LAO_ROLES", "PROCESS", "Archive", "AuditEvent", "Change", "ChangeKind", "Comment", "Corrections",
    "DatabaseUnavailable", "DayRow", "Entry", "EntryEvent", "Job", "JobState", "JudgementRow", "Narrowed",
    "OfficeChange", "Overtaken", "PacketRow", "Problem", "ProblemKind", "Progress", "Proof", "ReadingRow", "Reminder",
    "ReminderState", "Role", "Scope", "Stage", "StageRow", "StageState", "TaskRow", "Token", "User", "Wanted",
    "letters_of", "person_for", "province_code",
]
