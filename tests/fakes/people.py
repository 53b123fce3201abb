"""The named cast as plain values: Lan and her An at Hoa's station of Suối Mơ."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.area import Commune, Facility, FacilityKind, Province
from domain.identifiers import CaregiverId, ChildId, CommuneId, FacilityId, FamilyId
from domain.journey import Amount
from domain.moment import Moment
from domain.people import Caregiver, Child
from domain.reader import Role
from domain.sex import Sex

VIETNAM = "Asia/Ho_Chi_Minh"
BORN = date(2026, 1, 15)
QUANG_NINH = Province("VN-13", "Quảng Ninh", "VN", VIETNAM, "115", "111", None)
SUOI_MO = Commune(CommuneId(1), "Suối Mơ", QUANG_NINH)
STATION = Facility(
    FacilityId(1), "Trạm Y tế Suối Mơ", FacilityKind.HEALTH_STATION, SUOI_MO, "0203 555 0101", "7:30–16:30", "day 5,20"
)
AN = Child(ChildId(1), FamilyId(1), STATION.id, "An", BORN, Sex.FEMALE)
BE = replace(AN, id=ChildId(2), name="Bé", sex=Sex.MALE)
LAN = Caregiver(
    CaregiverId(1),
    FamilyId(1),
    Role.MOTHER,
    "vi",
    tip_hour=19,
    amount=Amount.SOME,
    joined_at=datetime(2026, 1, 16, 3, tzinfo=UTC),
    joined_on=date(2026, 1, 16),
)


def moment_at(day: date, hour: int, minute: int = 0) -> Moment:
    """A moment by the clock on Lan's wall, seven hours before Greenwich's."""
    now = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)
    return Moment(now=now, wall=now)
