"""What the desk keeps, in PostgreSQL or SQLite. SQLAlchemy lives here and nowhere else."""

from bot.store.agenda import SqlDiary
from bot.store.approvals import SqlApprovals
from bot.store.attendance import SqlAttendance
from bot.store.audit import SqlAudit
from bot.store.audit_chain import SqlChain
from bot.store.backing import Backing
from bot.store.busy import SqlBusy
from bot.store.classification import SqlClassifications
from bot.store.counter import SqlCounter
from bot.store.database import Database
from bot.store.daybook import SqlDaybook
from bot.store.elsewhere import SqlElsewhere
from bot.store.feeds import SqlFeeds
from bot.store.insight import SqlInsights
from bot.store.known import SqlPeople
from bot.store.lanes import SqlLanes
from bot.store.media import SqlMedia
from bot.store.notices import SqlNotices
from bot.store.outbox import SqlOutbox
from bot.store.records import SqlRecords
from bot.store.retention import SqlAgeing
from bot.store.rights import SqlRights
from bot.store.sealed import SealBroken, Seals
from bot.store.staff import SqlSessions, SqlStaffBook, SqlThrottle
from bot.store.waiting import SqlWaiting
from bot.store.watch import SqlWatch

__all__ = [
    "Backing",
    "Database",
    "SealBroken",
    "Seals",
    "SqlAgeing",
    "SqlApprovals",
    "SqlAttendance",
    "SqlAudit",
    "SqlBusy",
    "SqlChain",
    "SqlClassifications",
    "SqlCounter",
    "SqlDaybook",
    "SqlDiary",
    "SqlElsewhere",
    "SqlFeeds",
    "SqlInsights",
    "SqlLanes",
    "SqlMedia",
    "SqlNotices",
    "SqlOutbox",
    "SqlPeople",
    "SqlRecords",
    "SqlRights",
    "SqlSessions",
    "SqlStaffBook",
    "SqlThrottle",
    "SqlWaiting",
    "SqlWatch",
]
