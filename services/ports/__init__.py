"""What the use cases need from the outside, as Protocols: storage, content and channels implement them."""

from services.ports.absences import AbsencePort
from services.ports.area import AreaPort
from services.ports.cards import CardPort
from services.ports.consents import ConsentPort
from services.ports.contacts import ContactPort
from services.ports.drafts import Draft, DraftPort
from services.ports.endings import EndingPort
from services.ports.families import FamilyPort
from services.ports.invites import InvitePort
from services.ports.lives import LifePort
from services.ports.merges import MergePort
from services.ports.moves import MovePort
from services.ports.outbox import OutboxPort
from services.ports.people import PeoplePort
from services.ports.privacy import PrivacyPort
from services.ports.programme import ProgrammePort
from services.ports.tasks import TaskPort
from services.ports.unit_of_work import UnitOfWork, UnitsOfWork
from services.ports.updates import StoredUpdate, UpdatePort
from services.ports.visits import VisitPort

__all__ = [
    "AbsencePort",
    "AreaPort",
    "CardPort",
    "ConsentPort",
    "ContactPort",
    "Draft",
    "DraftPort",
    "EndingPort",
    "FamilyPort",
    "InvitePort",
    "LifePort",
    "MergePort",
    "MovePort",
    "OutboxPort",
    "PeoplePort",
    "PrivacyPort",
    "ProgrammePort",
    "StoredUpdate",
    "TaskPort",
    "UnitOfWork",
    "UnitsOfWork",
    "UpdatePort",
    "VisitPort",
]
