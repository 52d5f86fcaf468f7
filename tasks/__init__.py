"""Graph → duties → tasks for offices, with recipient groups expanded from a registry of offices that is passed in."""

from tasks.model import Duty, LevelDeadline, Task, TaskEvidence, TaskRole, TaskState

__all__ = ["Duty", "LevelDeadline", "Task", "TaskEvidence", "TaskRole", "TaskState"]
