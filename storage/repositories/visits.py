"""Vaccinations and answers about visits in rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import RowMapping, exists, select, update

from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId
from services.ports.visits import ON_RECORD, HistoryRow, Vaccination, VaccinationSource, VisitAnswer, Withdrawal
from storage.repositories.stale_forecasts import forget_forecasts, forget_forecasts_where
from storage.statements import Statements
from storage.tables import care_roles, caregivers, vaccinations, visit_answers
from storage.tables import children as children_

_LIVING = vaccinations.c.withdrawn_at.is_(None)
_ON_RECORD = vaccinations.c.source.in_([source.value for source in ON_RECORD])
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
        corrects: int | None = None,
    ) -> int:
        """Keep them; the same dose a second time changes nothing. Gives how many were new.

        `corrects` is the row that these take the place of.
        """
        teller = {"actor_id": actor, "caregiver_id": caregiver, "facility_id": facility}
        word = {"recorded_at": at, "corrects_id": corrects, **teller}
        rows = [_given(vaccination) | word for vaccination in vaccinations]
        await forget_forecasts(self._statements, [vaccination.child for vaccination in vaccinations])
        await self._withdraw_guesses([one for one in vaccinations if one.date_known], by=actor, at=at)
        return await self._insert_new(rows)

    async def _withdraw_guesses(self, known: Sequence[Vaccination], *, by: ActorId | None, at: datetime) -> None:
        """A guessed day that turns out to be the true one must not stand in the way of the dose with its day."""
        if not known:
            return
        doses = {(one.child, one.vaccine, one.given_on, one.source.value) for one in known}
        guessed = select(vaccinations.c.id, *_DOSE).where(
            vaccinations.c.child_id.in_({one.child for one in known}), _LIVING, vaccinations.c.date_known.is_(False)
        )
        same = [row for row in await self._statements.all(guessed) if tuple(row[column] for column in _DOSE) in doses]
        for row in same:
            await self.withdraw_row(row[vaccinations.c.id], why=Withdrawal.CORRECTED, by=by, at=at)

    async def _insert_new(self, rows: Sequence[Mapping[str, object]]) -> int:
        insert = self._statements.insert(vaccinations)
        unless_known = insert.on_conflict_do_nothing(index_elements=_DOSE, index_where=_LIVING)
        return await self._statements.run_many(unless_known.returning(vaccinations.c.id), rows)

    async def withdraw(self, child: ChildId, given_on: date, *, facility: FacilityId, at: datetime) -> int:
        """Take back what the facility recorded for a child on a day."""
        of_day = (vaccinations.c.child_id == child) & (vaccinations.c.given_on == given_on) & _LIVING
        recorded = vaccinations.c.source == VaccinationSource.RECORD.value
        here = recorded & (vaccinations.c.facility_id == facility)
        gone = {"withdrawn_at": at, "withdrawn_as": Withdrawal.MISTAKE.value}
        await forget_forecasts(self._statements, [child])
        return await self._statements.run(update(vaccinations).where(of_day, here).values(gone))

    async def withdraw_row(self, row: int, *, why: Withdrawal, by: ActorId | None, at: datetime) -> bool:
        """One row no longer stands; False when it did not any more."""
        gone = {"withdrawn_at": at, "withdrawn_as": why.value, "withdrawn_by": by}
        whose = select(vaccinations.c.child_id).where(vaccinations.c.id == row).scalar_subquery()
        await forget_forecasts_where(self._statements, children_.c.id == whose)
        return bool(
            await self._statements.run(update(vaccinations).where(vaccinations.c.id == row, _LIVING).values(gone))
        )

    async def history_of(self, child: ChildId) -> Sequence[HistoryRow]:
        """Every row that there ever was about a child, in order of recording."""
        found = select(vaccinations).where(vaccinations.c.child_id == child)
        return [_history(row) for row in await self._statements.all(found.order_by(vaccinations.c.id))]

    async def note_card_missing(self, child: ChildId, at: datetime) -> None:
        """The child's card was not there when somebody asked for it."""
        noted = update(children_).where(children_.c.id == child).values(card_missing_since=at)
        await self._statements.run(noted)

    async def cards_missing(self, children: Collection[ChildId]) -> frozenset[ChildId]:
        """Those whose card was not there, and of whom nothing was written down since then but by hearsay."""
        seen = (vaccinations.c.child_id == children_.c.id) & _LIVING & _ON_RECORD
        since = seen & (vaccinations.c.recorded_at >= children_.c.card_missing_since)
        missing = children_.c.card_missing_since.is_not(None) & ~exists().where(since)
        rows = await self._statements.all(select(children_.c.id).where(children_.c.id.in_(children), missing))
        return frozenset(ChildId(row[children_.c.id]) for row in rows)

    async def recorded_on(self, facility: FacilityId, day: date) -> frozenset[ChildId]:
        """The children for whom the facility recorded something given on that day."""
        recorded = _LIVING & vaccinations.c.source.in_([source.value for source in ON_RECORD])
        here = (vaccinations.c.facility_id == facility) & (vaccinations.c.given_on == day) & vaccinations.c.date_known
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
        return (await self.answers_of_all([caregiver]))[caregiver]

    async def answers_of_all(
        self, caregivers: Collection[CaregiverId]
    ) -> Mapping[CaregiverId, Mapping[tuple[FacilityId, date], VisitAnswer]]:
        """The same for each of many."""
        answers: dict[CaregiverId, dict[tuple[FacilityId, date], VisitAnswer]] = {number: {} for number in caregivers}
        found = select(visit_answers).where(visit_answers.c.caregiver_id.in_(caregivers))
        for row in await self._statements.all(found):
            answer = VisitAnswer(row[visit_answers.c.answer])
            answers[CaregiverId(row[visit_answers.c.caregiver_id])][_visit(row)] = answer
        return answers

    async def answers_about(
        self, children: Collection[ChildId]
    ) -> Mapping[ChildId, Sequence[tuple[FacilityId, date, VisitAnswer]]]:
        """For each child the latest answers of everybody who cares for it, by visit."""
        said = select(care_roles.c.child_id, visit_answers).join_from(visit_answers, caregivers).join(care_roles)
        about = said.where(care_roles.c.child_id.in_(children), caregivers.c.ended_at.is_(None))
        answers: dict[ChildId, list[tuple[FacilityId, date, VisitAnswer]]] = {child: [] for child in children}
        for row in await self._statements.all(about.order_by(visit_answers.c.visit_on, visit_answers.c.id)):
            answer = VisitAnswer(row[visit_answers.c.answer])
            answers[ChildId(row[care_roles.c.child_id])].append((*_visit(row), answer))
        return answers

    async def answered_at(self, caregiver: CaregiverId, facility: FacilityId, visit_on: date) -> datetime | None:
        """When she gave her latest answer about a visit."""
        of_visit = (visit_answers.c.facility_id == facility) & (visit_answers.c.visit_on == visit_on)
        hers = select(visit_answers.c.at).where(visit_answers.c.caregiver_id == caregiver, of_visit)
        at: datetime | None = await self._statements.value(hers)
        return at

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
        "date_known": vaccination.date_known,
    }


def _vaccination(row: RowMapping) -> Vaccination:
    return Vaccination(
        child=ChildId(row[vaccinations.c.child_id]),
        vaccine=row[vaccinations.c.vaccine],
        given_on=row[vaccinations.c.given_on],
        source=VaccinationSource(row[vaccinations.c.source]),
        date_known=row[vaccinations.c.date_known],
    )


def _history(row: RowMapping) -> HistoryRow:
    actor, facility, gone = (row[vaccinations.c[name]] for name in ("actor_id", "facility_id", "withdrawn_as"))
    return HistoryRow(
        id=row[vaccinations.c.id],
        vaccination=_vaccination(row),
        recorded_at=row[vaccinations.c.recorded_at],
        actor=ActorId(actor) if actor is not None else None,
        facility=FacilityId(facility) if facility is not None else None,
        withdrawn_at=row[vaccinations.c.withdrawn_at],
        withdrawn_as=Withdrawal(gone) if gone else None,
        corrects=row[vaccinations.c.corrects_id],
    )
