"""One transaction and all that can be reached in it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from services.ports.absences import AbsencePort
from services.ports.area import AreaPort
from services.ports.attendances import AttendancePort
from services.ports.auditing import AuditPort
from services.ports.budgets import BudgetPort
from services.ports.campaigns import CampaignPort
from services.ports.cards import CardPort
from services.ports.care import CarePort
from services.ports.consents import ConsentPort
from services.ports.contacts import ContactPort
from services.ports.drafts import DraftPort
from services.ports.endings import EndingPort
from services.ports.families import FamilyPort
from services.ports.forecasts import ForecastIndexPort
from services.ports.invites import InvitePort
from services.ports.lives import LifePort
from services.ports.media import MediaPort
from services.ports.merges import MergePort
from services.ports.message_marks import MessageMarkPort
from services.ports.moves import MovePort
from services.ports.operations import OperationsPort
from services.ports.outbox import OutboxPort
from services.ports.people import PeoplePort
from services.ports.popular_hours import PopularHourPort
from services.ports.privacy import PrivacyPort
from services.ports.programme import ProgrammePort
from services.ports.reactions import ReactionPort
from services.ports.recipients import RecipientPort
from services.ports.registers import RegisterPort
from services.ports.rules import RulePort
from services.ports.session_marks import SessionMarkPort
from services.ports.sessions import SessionPort
from services.ports.tasks import TaskPort
from services.ports.topics import TopicPort
from services.ports.updates import UpdatePort
from services.ports.visits import VisitPort


class UnitOfWork(Protocol):
    """Everything done through one of these is kept together or not at all."""

    @property
    def area(self) -> AreaPort: ...
    @property
    def people(self) -> PeoplePort: ...
    @property
    def families(self) -> FamilyPort: ...
    @property
    def lives(self) -> LifePort: ...
    @property
    def consents(self) -> ConsentPort: ...
    @property
    def tasks(self) -> TaskPort: ...
    @property
    def cards(self) -> CardPort: ...
    @property
    def merges(self) -> MergePort: ...
    @property
    def absences(self) -> AbsencePort: ...
    @property
    def moves(self) -> MovePort: ...
    @property
    def invites(self) -> InvitePort: ...
    @property
    def drafts(self) -> DraftPort: ...
    @property
    def outbox(self) -> OutboxPort: ...
    @property
    def recipients(self) -> RecipientPort: ...
    @property
    def media(self) -> MediaPort: ...
    @property
    def budgets(self) -> BudgetPort: ...
    @property
    def message_marks(self) -> MessageMarkPort: ...
    @property
    def campaigns(self) -> CampaignPort: ...
    @property
    def operations(self) -> OperationsPort: ...
    @property
    def updates(self) -> UpdatePort: ...
    @property
    def visits(self) -> VisitPort: ...
    @property
    def sessions(self) -> SessionPort: ...
    @property
    def marks(self) -> SessionMarkPort: ...
    @property
    def attendances(self) -> AttendancePort: ...
    @property
    def reactions(self) -> ReactionPort: ...
    @property
    def registers(self) -> RegisterPort: ...
    @property
    def care(self) -> CarePort: ...
    @property
    def rules(self) -> RulePort: ...
    @property
    def forecasts(self) -> ForecastIndexPort: ...
    @property
    def topics(self) -> TopicPort: ...
    @property
    def endings(self) -> EndingPort: ...
    @property
    def contacts(self) -> ContactPort: ...
    @property
    def popular_hours(self) -> PopularHourPort: ...
    @property
    def privacy(self) -> PrivacyPort: ...
    @property
    def programme(self) -> ProgrammePort: ...
    @property
    def auditing(self) -> AuditPort: ...

    def apart(self) -> AbstractAsyncContextManager[object]:
        """What is done within is undone by itself when it raises; all else of the transaction stands."""
        ...


class UnitsOfWork(Protocol):
    """Where units of work come from."""

    @property
    def writers(self) -> int:
        """How many writing transactions of one process go forward at once, at most."""
        ...

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A writing transaction: committed when the block ends, rolled back when it raises."""
        ...

    def look(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A reading transaction: it waits for no writer."""
        ...
