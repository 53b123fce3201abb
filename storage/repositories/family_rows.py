"""Caregivers, children and pregnancies as their rows tell them."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import RowMapping

from domain.consent import Consent, ConsentWay, Purpose
from domain.ends import CaregiverEnd, ChildEnd, PregnancyEnd
from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId, FamilyId, PregnancyId
from domain.journey import Amount
from domain.pause import Pause, PauseScope
from domain.people import Caregiver, Child, Family, Pregnancy
from domain.reader import Role
from domain.sex import Sex
from storage.repositories.kept_tracks import read_kept
from storage.tables import caregivers, children, consents, families, pregnancies

Value = TypeVar("Value")
# A plain look-up: a day's planning reads these columns of hundreds of thousands of rows.
_CAREGIVER = dict(caregivers.c.items())
_CHILD = dict(children.c.items())


def family_of(row: RowMapping) -> Family:
    """The family in a row."""
    return Family(
        id=FamilyId(row[families.c.id]),
        facility=FacilityId(row[families.c.facility_id]),
        zone=row[families.c.zone],
        enrolled_by=ActorId(row[families.c.enrolled_by]),
        enrolled_at=row[families.c.enrolled_at],
        volunteer=_maybe(ActorId, row[families.c.volunteer_id]),
    )


def caregiver_of(row: RowMapping) -> Caregiver:
    """The caregiver in a row."""
    return Caregiver(
        id=CaregiverId(row[_CAREGIVER["id"]]),
        family=FamilyId(row[_CAREGIVER["family_id"]]),
        role=Role(row[_CAREGIVER["role"]]),
        language=row[_CAREGIVER["language"]],
        phone=row[_CAREGIVER["phone"]],
        tip_hour=row[_CAREGIVER["tip_hour"]],
        amount=Amount(row[_CAREGIVER["amount"]]),
        joined_at=row[_CAREGIVER["joined_at"]],
        joined_on=row[_CAREGIVER["joined_on"]],
        stopped_at=row[_CAREGIVER["stopped_at"]],
        wants_visits=row[_CAREGIVER["wants_visits"]],
        pause=_pause_of(row),
        bereaved_at=row[_CAREGIVER["bereaved_at"]],
        ended_as=_maybe(CaregiverEnd, row[_CAREGIVER["ended_as"]]),
    )


def _pause_of(row: RowMapping) -> Pause | None:
    scope = row[_CAREGIVER["pause_covers"]]
    return Pause(PauseScope(scope), row[_CAREGIVER["paused_until"]]) if scope is not None else None


def child_of(row: RowMapping) -> Child:
    """The child in a row."""
    return Child(
        id=ChildId(row[_CHILD["id"]]),
        family=FamilyId(row[_CHILD["family_id"]]),
        facility=FacilityId(row[_CHILD["facility_id"]]),
        name=row[_CHILD["name"]],
        birth_date=row[_CHILD["birth_date"]],
        sex=Sex(row[_CHILD["sex"]]),
        birth_weight_g=row[_CHILD["birth_weight_g"]],
        gestation_weeks=row[_CHILD["gestation_weeks"]],
        kept_tracks=read_kept(row[_CHILD["kept_tracks"]], row[_CHILD["tracks"]]),
        ended_as=_maybe(ChildEnd, row[_CHILD["ended_as"]]),
    )


def pregnancy_of(row: RowMapping) -> Pregnancy:
    """The pregnancy in a row."""
    return Pregnancy(
        id=PregnancyId(row[pregnancies.c.id]),
        family=FamilyId(row[pregnancies.c.family_id]),
        facility=FacilityId(row[pregnancies.c.facility_id]),
        due_on=row[pregnancies.c.due_on],
        ended_as=_maybe(PregnancyEnd, row[pregnancies.c.ended_as]),
        not_yet_on=row[pregnancies.c.not_yet_on],
    )


def consent_of(row: RowMapping) -> Consent:
    """The answer in a row."""
    return Consent(
        caregiver=CaregiverId(row[consents.c.caregiver_id]),
        purpose=Purpose(row[consents.c.purpose]),
        given=row[consents.c.given],
        text_version=row[consents.c.text_version],
        language=row[consents.c.language],
        way=ConsentWay(row[consents.c.way]),
        at=row[consents.c.at],
        witness=_maybe(ActorId, row[consents.c.witness_id]),
        withdrawn_at=row[consents.c.withdrawn_at],
    )


def _maybe(of: Callable[[Any], Value], found: Any) -> Value | None:
    return of(found) if found is not None else None
