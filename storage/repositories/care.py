"""Care that is no vaccine, and why a dose is not asked for, in rows."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, update

from domain.identifiers import ActorId, CaregiverId, ChildId, FacilityId, PregnancyId
from domain.vaccination.engine import Exemption
from services.ports.care import CareDone, NewExemption
from services.ports.visits import VaccinationSource
from storage.repositories.stale_forecasts import forget_forecasts
from storage.statements import Statements
from storage.tables import care_done, exemptions

_STANDING = care_done.c.withdrawn_at.is_(None)
_NOT_ASKED = exemptions.c.withdrawn_at.is_(None)
_WEAKEST_FIRST = (Exemption.REFUSED, Exemption.IMMUNE, Exemption.CONTRAINDICATED)
"""Of two reasons that stand since files were joined, what must not be given goes before what is not wanted."""


class CareRows:
    """What was done, and what is not asked for."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def done_for_children(self, children: Collection[ChildId]) -> Mapping[ChildId, Mapping[str, date]]:
        """For each child the last day of each item done."""
        done: dict[ChildId, dict[str, date]] = {child: {} for child in children}
        found = select(care_done).where(care_done.c.child_id.in_(children), _STANDING)
        for row in await self._statements.all(found.order_by(care_done.c.done_on)):
            done[ChildId(row[care_done.c.child_id])][row[care_done.c.item]] = row[care_done.c.done_on]
        return done

    async def done_in_pregnancies(
        self, pregnancies: Collection[PregnancyId]
    ) -> Mapping[PregnancyId, Mapping[str, date]]:
        """The same for pregnancies."""
        done: dict[PregnancyId, dict[str, date]] = {pregnancy: {} for pregnancy in pregnancies}
        found = select(care_done).where(care_done.c.pregnancy_id.in_(pregnancies), _STANDING)
        for row in await self._statements.all(found.order_by(care_done.c.done_on)):
            done[PregnancyId(row[care_done.c.pregnancy_id])][row[care_done.c.item]] = row[care_done.c.done_on]
        return done

    async def note_done(
        self,
        done: Collection[CareDone],
        *,
        at: datetime,
        actor: ActorId | None = None,
        caregiver: CaregiverId | None = None,
        facility: FacilityId | None = None,
    ) -> None:
        """Keep them; the same item on the same day a second time changes nothing."""
        word = {"recorded_at": at, "actor_id": actor, "caregiver_id": caregiver, "facility_id": facility}
        await forget_forecasts(self._statements, [one.child for one in done if one.child is not None])
        for one in done:
            if not await self._is_known(one):
                await self._statements.run(self._statements.insert(care_done).values(**_values(one), **word))

    async def _is_known(self, one: CareDone) -> bool:
        subject = (
            care_done.c.child_id == one.child if one.child is not None else care_done.c.pregnancy_id == one.pregnancy
        )
        same = (care_done.c.item == one.item) & (care_done.c.done_on == one.done_on) & subject & _STANDING
        return await self._statements.first(select(care_done.c.id).where(same)) is not None

    async def withdraw_done(self, child: ChildId, done_on: date, at: datetime) -> int:
        """Take back what was noted for a child on a day."""
        await forget_forecasts(self._statements, [child])
        of_day = (care_done.c.child_id == child) & (care_done.c.done_on == done_on) & _STANDING
        return await self._statements.run(update(care_done).where(of_day).values(withdrawn_at=at))

    async def withdraw_done_in_pregnancy(self, pregnancy: PregnancyId, done_on: date, at: datetime) -> int:
        """The same in a pregnancy."""
        of_day = (care_done.c.pregnancy_id == pregnancy) & (care_done.c.done_on == done_on) & _STANDING
        return await self._statements.run(update(care_done).where(of_day).values(withdrawn_at=at))

    async def withdraw_told(self, caregiver: CaregiverId, since: datetime, at: datetime) -> int:
        """What a caregiver told of from an instant on, of children and pregnancies, no longer stands."""
        told = (care_done.c.caregiver_id == caregiver) & (care_done.c.recorded_at >= since) & _STANDING
        reported = care_done.c.source == VaccinationSource.REPORTED.value
        return await self._statements.run(update(care_done).where(told, reported).values(withdrawn_at=at))

    async def exemptions_of(
        self, children: Collection[ChildId], today: date
    ) -> Mapping[ChildId, Mapping[str, Exemption]]:
        """For each child the groups that are not asked for today, and why."""
        found: dict[ChildId, dict[str, Exemption]] = {child: {} for child in children}
        lasting = exemptions.c.until_on.is_(None) | (exemptions.c.until_on > today)
        rows = select(exemptions).where(exemptions.c.child_id.in_(children), _NOT_ASKED, lasting)
        standing = await self._statements.all(rows.order_by(exemptions.c.id))
        for row in sorted(standing, key=lambda row: _WEAKEST_FIRST.index(Exemption(row[exemptions.c.kind]))):
            kind = Exemption(row[exemptions.c.kind])
            found[ChildId(row[exemptions.c.child_id])][row[exemptions.c.dose_group]] = kind
        return found

    async def exemptions_end(self, children: Collection[ChildId], today: date) -> Mapping[ChildId, date]:
        """For those of them of whom a group is left out for a while, the first day on which one is asked for again."""
        ends = func.min(exemptions.c.until_on).label("ends")
        lasting = exemptions.c.child_id.in_(children) & (exemptions.c.until_on > today) & _NOT_ASKED
        found = select(exemptions.c.child_id, ends).where(lasting).group_by(exemptions.c.child_id)
        return {ChildId(row[exemptions.c.child_id]): row[ends] for row in await self._statements.all(found)}

    async def exempt(
        self,
        exemption: NewExemption,
        *,
        at: datetime,
        actor: ActorId | None = None,
        caregiver: CaregiverId | None = None,
    ) -> None:
        """Keep it; an earlier one of the same group no longer stands."""
        await self.end_exemption(exemption.child, exemption.group, at)
        values = {
            "child_id": exemption.child,
            "dose_group": exemption.group,
            "kind": exemption.kind.value,
            "until_on": exemption.until_on,
            "actor_id": actor,
            "caregiver_id": caregiver,
            "noted_at": at,
        }
        await self._statements.run(self._statements.insert(exemptions).values(values))

    async def end_exemption(self, child: ChildId, group: str, at: datetime) -> int:
        """It no longer stands."""
        return await self._end(at, child, exemptions.c.dose_group == group)

    async def take_back_refusal(self, child: ChildId, group: str, at: datetime) -> int:
        """The family's own word that it does not want the group no longer stands; what a worker noted does."""
        hers = exemptions.c.caregiver_id.is_not(None) & (exemptions.c.kind == Exemption.REFUSED.value)
        return await self._end(at, child, (exemptions.c.dose_group == group) & hers)

    async def _end(self, at: datetime, child: ChildId, which: ColumnElement[bool]) -> int:
        await forget_forecasts(self._statements, [child])
        ended = update(exemptions).where(exemptions.c.child_id == child, _NOT_ASKED, which)
        return await self._statements.run(ended.values(withdrawn_at=at))


def _values(one: CareDone) -> dict[str, object]:
    return {
        "child_id": one.child,
        "pregnancy_id": one.pregnancy,
        "item": one.item,
        "done_on": one.done_on,
        "source": one.source.value,
    }
