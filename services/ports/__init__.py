"""What the use cases need from the outside, as Protocols: storage, content and channels implement them."""

from services.ports.area import AreaPort
from services.ports.consents import ConsentPort
from services.ports.drafts import Draft, DraftPort
from services.ports.families import FamilyPort
from services.ports.invites import InvitePort
from services.ports.lives import LifePort
from services.ports.outbox import OutboxPort
from services.ports.people import PeoplePort
from services.ports.programme import ProgrammePort
from services.ports.tasks import TaskPort
from services.ports.unit_of_work import UnitOfWork, UnitsOfWork
from services.ports.updates import StoredUpdate, UpdatePort
from services.ports.visits import VisitPort

__all__ = [
    "AreaPort",
    "ConsentPort",
    "Draft",
    "DraftPort",
    "FamilyPort",
    "InvitePort",
    "LifePort",
    "OutboxPort",
    "PeoplePort",
    "ProgrammePort",
    "StoredUpdate",
    "TaskPort",
    "UnitOfWork",
    "UnitsOfWork",
    "UpdatePort",
    "VisitPort",
]
