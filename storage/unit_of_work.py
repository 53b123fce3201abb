"""One transaction, and the repositories that work in it."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.repositories.area import AreaRows
from storage.repositories.consents import ConsentRows
from storage.repositories.drafts import DraftRows
from storage.repositories.families import FamilyRows
from storage.repositories.invites import InviteRows
from storage.repositories.lives import LifeRows
from storage.repositories.outbox import OutboxRows
from storage.repositories.people import PeopleRows
from storage.repositories.programme import ProgrammeRows
from storage.repositories.tasks import TaskRows
from storage.repositories.updates import UpdateRows
from storage.repositories.visits import VisitRows
from storage.statements import Statements


class RowsOfWork:
    """The unit of work of `services.ports`, on rows."""

    def __init__(self, connection: AsyncConnection) -> None:
        statements = Statements(connection)
        self.area = AreaRows(statements)
        self.people = PeopleRows(statements)
        self.families = FamilyRows(statements)
        self.lives = LifeRows(statements)
        self.consents = ConsentRows(statements)
        self.tasks = TaskRows(statements)
        self.invites = InviteRows(statements)
        self.drafts = DraftRows(statements)
        self.outbox = OutboxRows(statements)
        self.updates = UpdateRows(statements)
        self.visits = VisitRows(statements)
        self.programme = ProgrammeRows(statements)
