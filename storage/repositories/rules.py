"""What provinces settle, in rows."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ScalarSelect, func, select, update

from domain.care.rounds import CampaignRound
from domain.children_concerned import Births
from domain.identifiers import ActorId
from domain.province_rules import GateWord, Outbreak, ProvinceRules
from domain.sex import Sex
from domain.vaccination.ages import Age
from storage.statements import Statements
from storage.tables import care_rounds, children, communes, facilities, gates, outbreaks, provinces, upper_ages


class RuleRows:
    """The rules of provinces, each by its code; read once in a transaction, unless it changes them."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._known: dict[str, ProvinceRules] = {}

    async def of(self, province: str) -> ProvinceRules:
        """Everything that a province settled."""
        if province not in self._known:
            self._known[province] = await self._read(province)
        return self._known[province]

    async def _read(self, province: str) -> ProvinceRules:
        return ProvinceRules(
            gates=await self._gates(province),
            upper_ages=await self._upper_ages(province),
            outbreaks=await self._outbreaks(province),
            rounds=await self._rounds(province),
        )

    async def _gates(self, province: str) -> tuple[GateWord, ...]:
        rows = await self._statements.all(select(gates).where(gates.c.province_id == _number(province)))
        return tuple(GateWord(row[gates.c.gate], row[gates.c.from_on], row[gates.c.is_open]) for row in rows)

    async def _upper_ages(self, province: str) -> dict[str, Age]:
        rows = await self._statements.all(select(upper_ages).where(upper_ages.c.province_id == _number(province)))
        return {row[upper_ages.c.item]: Age.parse(row[upper_ages.c.age]) for row in rows}

    async def _outbreaks(self, province: str) -> tuple[Outbreak, ...]:
        rows = await self._statements.all(select(outbreaks).where(outbreaks.c.province_id == _number(province)))
        names = ("dose_group", "from_on", "until_on")
        return tuple(Outbreak(*(row[outbreaks.c[name]] for name in names)) for row in rows)

    async def _rounds(self, province: str) -> tuple[CampaignRound, ...]:
        standing = (care_rounds.c.province_id == _number(province)) & care_rounds.c.cancelled_at.is_(None)
        rows = await self._statements.all(select(care_rounds).where(standing).order_by(care_rounds.c.from_on))
        return tuple(
            CampaignRound(
                key=row[care_rounds.c.kind],
                from_on=row[care_rounds.c.from_on],
                until_on=row[care_rounds.c.until_on],
                min_age=Age.parse(row[care_rounds.c.min_age]),
                max_age=Age.parse(row[care_rounds.c.max_age]),
            )
            for row in rows
        )

    async def set_gate(self, province: str, word: GateWord, *, by: ActorId, at: datetime) -> None:
        """From a day on the gate is open or closed; a second word about the same day replaces the first."""
        self._known.clear()
        key = {"province_id": _number(province), "gate": word.gate, "from_on": word.from_on}
        values = {"is_open": word.is_open, "actor_id": by, "at": at}
        insert = self._statements.insert(gates).values(**key, **values)
        await self._statements.run(insert.on_conflict_do_update(index_elements=list(key), set_=values))

    async def set_upper_age(self, province: str, item: str, age: Age, *, by: ActorId, at: datetime) -> None:
        """The age before which the item is given here."""
        self._known.clear()
        key = {"province_id": _number(province), "item": item}
        values = {"age": str(age), "actor_id": by, "at": at}
        insert = self._statements.insert(upper_ages).values(**key, **values)
        await self._statements.run(insert.on_conflict_do_update(index_elements=list(key), set_=values))

    async def drop_upper_age(self, province: str, item: str) -> int:
        """The schedule's own age again."""
        self._known.clear()
        of_item = (upper_ages.c.province_id == _number(province)) & (upper_ages.c.item == item)
        return await self._statements.run(upper_ages.delete().where(of_item))

    async def declare_outbreak(self, province: str, outbreak: Outbreak, *, by: ActorId, at: datetime) -> None:
        """A disease is about."""
        self._known.clear()
        values = {
            "province_id": _number(province),
            "dose_group": outbreak.group,
            "from_on": outbreak.from_on,
            "until_on": outbreak.until_on,
            "actor_id": by,
            "at": at,
        }
        await self._statements.run(self._statements.insert(outbreaks).values(values))

    async def end_outbreak(self, province: str, group: str, last_day: date) -> int:
        """It is over: `last_day` was its last."""
        self._known.clear()
        lasting = outbreaks.c.until_on.is_(None) | (outbreaks.c.until_on > last_day)
        of_group = (outbreaks.c.province_id == _number(province)) & (outbreaks.c.dose_group == group) & lasting
        return await self._statements.run(update(outbreaks).where(of_group).values(until_on=last_day))

    async def add_round(self, province: str, one: CampaignRound, *, by: ActorId, at: datetime) -> None:
        """A dated campaign, such as vitamin A."""
        self._known.clear()
        values = {
            "province_id": _number(province),
            "kind": one.key,
            "from_on": one.from_on,
            "until_on": one.until_on,
            "min_age": str(one.min_age),
            "max_age": str(one.max_age),
            "actor_id": by,
            "at": at,
        }
        await self._statements.run(self._statements.insert(care_rounds).values(values))

    async def cancel_round(self, province: str, key: str, from_on: date, at: datetime) -> int:
        """It does not take place."""
        self._known.clear()
        of_round = (care_rounds.c.province_id == _number(province)) & (care_rounds.c.kind == key)
        standing = of_round & (care_rounds.c.from_on == from_on) & care_rounds.c.cancelled_at.is_(None)
        return await self._statements.run(update(care_rounds).where(standing).values(cancelled_at=at))

    async def births(self, province: str, born_after: date) -> Sequence[Births]:
        """Birthdays of the children who are cared for in a province, each with how many share it, by day."""
        count, day = func.count(children.c.id), (children.c.birth_date, children.c.sex)
        in_province = select(*day, count).join_from(children, facilities).join(communes)
        living = (children.c.ended_at.is_(None), children.c.birth_date > born_after)
        found = in_province.where(communes.c.province_id == _number(province), *living).group_by(*day).order_by(*day)
        rows = await self._statements.all(found)
        return [Births(row[day[0]], Sex(row[day[1]]), int(row[count])) for row in rows]


def _number(province: str) -> ScalarSelect[int]:
    return select(provinces.c.id).where(provinces.c.code == province).scalar_subquery()
