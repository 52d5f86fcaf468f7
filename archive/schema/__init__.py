"""The tables. Dates are ISO days of the Common Era, instants are UTC. ``data`` columns hold ``letters.codec`` JSON: the
whole value; the columns beside it are copies of the parts that questions are asked about.

Derived (may be rebuilt at any time): pages, parses, letters, readings, references, nodes, links, tasks, changes.
Kept for good: packets and their names, offices, people's decisions (task states, comments, judgements, corrections,
records), users, audit events. Decisions refer to derived rows by their stable ids without a foreign key, so no re-run
can remove them.
"""

from archive.schema.base import (
    BANGKOK,
    NO_DAY,
    Base,
    UtcTime,
    Words,
)
from archive.schema.graph import (
    HeadKeyRecord,
    LinkingHeadRecord,
    LinkingMentionRecord,
    LinkRecord,
    MentionKeyRecord,
    NodeCopyRecord,
    NodeIdRecord,
    NodeRecord,
)
from archive.schema.house import (
    AuditRecord,
    ChangeRecord,
    CorrectionRecord,
    CounterRecord,
    JobRecord,
    JudgementRecord,
    MetaRecord,
    UserRecord,
)
from archive.schema.packets import (
    LetterRecord,
    PacketNameRecord,
    PacketRecord,
    PageRecord,
    ParseRecord,
    ReadingRecord,
    ReferenceRecord,
    StageRecord,
)
from archive.schema.work import (
    EntryEventRecord,
    EntryRecord,
    FeedRecord,
    OfficeChangeRecord,
    OfficeMailRecord,
    OfficeRecord,
    ReminderRecord,
    TaskAssignmentRecord,
    TaskBodyRecord,
    TaskCommentRecord,
    TaskProofRecord,
    TaskRecord,
    TaskStateRecord,
)

__all__ = [
    "BANGKOK",
    "NO_DAY",
    "AuditRecord",
    "Base",
    "ChangeRecord",
    "CorrectionRecord",
    "CounterRecord",
    "EntryEventRecord",
    "EntryRecord",
    "FeedRecord",
    "HeadKeyRecord",
    "JobRecord",
    "JudgementRecord",
    "LetterRecord",
    "LinkRecord",
    "LinkingHeadRecord",
    "LinkingMentionRecord",
    "MentionKeyRecord",
    "MetaRecord",
    "NodeCopyRecord",
    "NodeIdRecord",
    "NodeRecord",
    "OfficeChangeRecord",
    "OfficeMailRecord",
    "OfficeRecord",
    "PacketNameRecord",
    "PacketRecord",
    "PageRecord",
    "ParseRecord",
    "ReadingRecord",
    "ReferenceRecord",
    "ReminderRecord",
    "StageRecord",
    "TaskAssignmentRecord",
    "TaskBodyRecord",
    "TaskCommentRecord",
    "TaskProofRecord",
    "TaskRecord",
    "TaskStateRecord",
    "UserRecord",
    "UtcTime",
    "Words",
]
