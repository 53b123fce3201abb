"""One transaction, and the repositories that work in it."""

from contextlib import AbstractAsyncContextManager

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.repositories.absences import AbsenceRows
from storage.repositories.area import AreaRows
from storage.repositories.attendances import AttendanceRows
from storage.repositories.auditing import AuditRows
from storage.repositories.budgets import BudgetRows
from storage.repositories.campaigns import CampaignRows
from storage.repositories.cards import CardRows
from storage.repositories.care import CareRows
from storage.repositories.consents import ConsentRows
from storage.repositories.contacts import ContactRows
from storage.repositories.drafts import DraftRows
from storage.repositories.endings import EndingRows
from storage.repositories.families import FamilyRows
from storage.repositories.forecasts import ForecastRows
from storage.repositories.invites import InviteRows
from storage.repositories.lives import LifeRows
from storage.repositories.media import MediaRows
from storage.repositories.merges import MergeRows
from storage.repositories.message_marks import MessageMarkRows
from storage.repositories.moves import MoveRows
from storage.repositories.operations import OperationsRows
from storage.repositories.outbox import OutboxRows
from storage.repositories.people import PeopleRows
from storage.repositories.popular_hours import PopularHourRows
from storage.repositories.privacy import PrivacyRows
from storage.repositories.programme import ProgrammeRows
from storage.repositories.reactions import ReactionRows
from storage.repositories.recipients import RecipientRows
from storage.repositories.registers import RegisterRows
from storage.repositories.rules import RuleRows
from storage.repositories.session_marks import SessionMarkRows
from storage.repositories.sessions import SessionRows
from storage.repositories.tasks import TaskRows
from storage.repositories.topics import TopicRows
from storage.repositories.updates import UpdateRows
from storage.repositories.visits import VisitRows
from storage.statements import Statements


class RowsOfWork:
    """The unit of work of `services.ports`, on rows."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        statements = Statements(connection)
        self.area = AreaRows(statements)
        self.people = PeopleRows(statements)
        self.families = FamilyRows(statements)
        self.lives = LifeRows(statements)
        self.consents = ConsentRows(statements)
        self.tasks = TaskRows(statements)
        self.cards = CardRows(statements)
        self.merges = MergeRows(statements)
        self.absences = AbsenceRows(statements)
        self.moves = MoveRows(statements)
        self.invites = InviteRows(statements)
        self.drafts = DraftRows(statements)
        self.outbox = OutboxRows(statements)
        self.recipients = RecipientRows(statements)
        self.media = MediaRows(statements)
        self.budgets = BudgetRows(statements)
        self.message_marks = MessageMarkRows(statements)
        self.campaigns = CampaignRows(statements)
        self.operations = OperationsRows(statements)
        self.updates = UpdateRows(statements)
        self.visits = VisitRows(statements)
        self.sessions = SessionRows(statements)
        self.marks = SessionMarkRows(statements)
        self.attendances = AttendanceRows(statements)
        self.reactions = ReactionRows(statements)
        self.registers = RegisterRows(statements)
        self.care = CareRows(statements)
        self.rules = RuleRows(statements)
        self.forecasts = ForecastRows(statements)
        self.topics = TopicRows(statements)
        self.endings = EndingRows(statements)
        self.contacts = ContactRows(statements)
        self.popular_hours = PopularHourRows(statements)
        self.privacy = PrivacyRows(statements)
        self.programme = ProgrammeRows(statements)
        self.auditing = AuditRows(statements)

    def apart(self) -> AbstractAsyncContextManager[object]:
        """What is done within is undone by itself when it raises; all else of the transaction stands."""
        return self._connection.begin_nested()
