"""Vaccinations and answers about visits in rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import RowMapping, select, update

from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId
from services.ports.visits import Vaccination, VaccinationSource, VisitAnswer
from storage.statements import Statements
from storage.tables import vaccinations, visit_answers

_LIVING = vaccinations.c.withdrawn_at.is_(None)
_DOSE = [vaccinations.c.child_id, vaccinations.c.vaccine, vaccinations.c.given_on, vaccinations.c.source]


class VisitRows:
    """What was given, and what was answered."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def vaccinations_of(self, children: Collection[ChildId]) -> Mapping[ChildId, Sequence[Vaccination]]:
        """What is on record or reported for each child, in order of date; withdrawn ones left out."""
        found = select(vaccinations).where(vaccinations.c.child_id.in_(children), _LIVING)
        given: dict[ChildId, list[Vaccination]] = {child: [] for child in children}
        for row in await self._statements.all(found.order_by(vaccinations.c.given_on, vaccinations.c.id)):
            vaccination = _vaccination(row)
            given[vaccination.child].append(vaccination)
        return given

    async def record(
        self,
        vaccinations: Collection[Vaccination],
        *,
        at: datetime,
        actor: ActorId | None = None,
        caregiver: CaregiverId | None = None,
        facility: FacilityId | None = None,
    ) -> int:
        """Keep them; the same dose a second time changes nothing. Gives how many were new."""
        word = {"recorded_at": at, "actor_id": actor, "caregiver_id": caregiver, "facility_id": facility}
        rows = [_given(vaccination) | word for vaccination in vaccinations]
        return await self._insert_new(rows)

    async def _insert_new(self, rows: Sequence[Mapping[str, object]]) -> int:
        insert = self._statements.insert(vaccinations)
        unless_known = insert.on_conflict_do_nothing(index_elements=_DOSE, index_where=_LIVING)
        return await self._statements.run_many(unless_known.returning(vaccinations.c.id), rows)

    async def withdraw(self, child: ChildId, given_on: date, *, facility: FacilityId, at: datetime) -> int:
        """Take back what the facility recorded for a child on a day."""
        of_day = (vaccinations.c.child_id == child) & (vaccinations.c.given_on == given_on) & _LIVING
        recorded = vaccinations.c.source == VaccinationSource.RECORD.value
        here = recorded & (vaccinations.c.facility_id == facility)
        return await self._statements.run(update(vaccinations).where(of_day, here).values(withdrawn_at=at))

    async def recorded_on(self, facility: FacilityId, day: date) -> frozenset[ChildId]:
        """The children for whom the facility recorded something given on that day."""
        recorded = _LIVING & (vaccinations.c.source == VaccinationSource.RECORD.value)
        here = (vaccinations.c.facility_id == facility) & (vaccinations.c.given_on == day)
        rows = await self._statements.all(select(vaccinations.c.child_id).where(recorded, here).distinct())
        return frozenset(ChildId(row[vaccinations.c.child_id]) for row in rows)

    async def answer(
        self, caregiver: CaregiverId, facility: FacilityId, visit_on: date, answer: VisitAnswer, at: datetime
    ) -> None:
        """Keep her latest answer about a visit."""
        visit = {"caregiver_id": caregiver, "facility_id": facility, "visit_on": visit_on}
        values = {"answer": answer.value, "at": at}
        insert = self._statements.insert(visit_answers).values(**visit, **values)
        await self._statements.run(insert.on_conflict_do_update(index_elements=list(visit), set_=values))

    async def answers_of(self, caregiver: CaregiverId) -> Mapping[tuple[FacilityId, date], VisitAnswer]:
        """Her latest answers by visit."""
        rows = await self._statements.all(select(visit_answers).where(visit_answers.c.caregiver_id == caregiver))
        return {_visit(row): VisitAnswer(row[visit_answers.c.answer]) for row in rows}

    async def answers_for(self, facility: FacilityId, visit_on: date) -> Mapping[CaregiverId, VisitAnswer]:
        """Everybody's latest answer about a session day."""
        of_visit = (visit_answers.c.facility_id == facility) & (visit_answers.c.visit_on == visit_on)
        rows = await self._statements.all(select(visit_answers).where(of_visit))
        answer = visit_answers.c.answer
        return {CaregiverId(row[visit_answers.c.caregiver_id]): VisitAnswer(row[answer]) for row in rows}


def _visit(row: RowMapping) -> tuple[FacilityId, date]:
    return FacilityId(row[visit_answers.c.facility_id]), row[visit_answers.c.visit_on]


def _given(vaccination: Vaccination) -> dict[str, object]:
    return {
        "child_id": vaccination.child,
        "vaccine": vaccination.vaccine,
        "given_on": vaccination.given_on,
        "source": vaccination.source.value,
    }


def _vaccination(row: RowMapping) -> Vaccination:
    return Vaccination(
        child=ChildId(row[vaccinations.c.child_id]),
        vaccine=row[vaccinations.c.vaccine],
        given_on=row[vaccinations.c.given_on],
        source=VaccinationSource(row[vaccinations.c.source]),
    )
