"""What staff see of a province before they change anything: what is offered, until which age, in which rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.area import Commune, Province
from domain.calendar import add_months
from domain.care.rounds import CampaignKind, CampaignRound
from domain.children_concerned import END_OF_PROGRAMME, Births, in_round, may_get, of_the_age
from domain.identifiers import CommuneId
from domain.people import Actor
from domain.province_rules import GateWord, Outbreak, ProvinceRules
from domain.vaccination.ages import Age
from domain.vaccination.schedule import Group, Schedule
from domain.vaccination.upper_ages import least_age_of, upper_age_of
from services.access import Permission, Refused, access_actor
from services.ports.forecasting import ForecastPort
from services.turn import Turn


@dataclass(frozen=True)
class NamedProvince:
    """A province; buttons name it by the first of its communes."""

    number: CommuneId
    province: Province


@dataclass(frozen=True)
class GateState:
    """Whether what stands behind a gate is offered today, since which word of the province's, and which comes next."""

    key: str
    is_open: bool
    last: GateWord | None
    following: GateWord | None


@dataclass(frozen=True)
class ProvincePage:
    """A province with its rules and what they are about; `schedule` is None where its country has none."""

    actor: Actor
    number: CommuneId
    province: Province
    rules: ProvinceRules
    forecaster: ForecastPort | None
    kinds: Mapping[str, CampaignKind]
    today: date

    @property
    def phones_are_verified(self) -> bool:
        """Whether the numbers that its families call were found right within a year."""
        return self.province.phones_are_verified(self.today)

    @property
    def schedule(self) -> Schedule | None:
        """The schedule of its country."""
        return self.forecaster.schedule if self.forecaster else None

    @property
    def groups(self) -> Mapping[str, Group]:
        """The groups of doses, in the schedule's order."""
        return {group.key: group for group in self.schedule.groups} if self.schedule else {}

    @property
    def gates(self) -> tuple[GateState, ...]:
        """Every gate of the schedule, as it stands today."""
        if self.forecaster is None or self.schedule is None:
            return ()
        default = self.forecaster.default_gates(self.province.code, self.today)
        is_open = self.rules.open_gates(default, self.today)
        return tuple(self._gate(key, is_open=key in is_open) for key in self.schedule.gates)

    def _gate(self, key: str, *, is_open: bool) -> GateState:
        words = sorted((word for word in self.rules.gates if word.gate == key), key=lambda word: word.from_on)
        past = [word for word in words if word.from_on <= self.today]
        to_come = words[len(past) :]
        return GateState(key, is_open, past[-1] if past else None, to_come[0] if to_come else None)

    def behind(self, gate: str) -> tuple[Group, ...]:
        """The groups that are given where the gate is open."""
        return tuple(group for group in self.groups.values() if group.gate == gate)

    @property
    def items(self) -> tuple[str, ...]:
        """What may have an upper age of its own: kinds of campaigns, then groups of doses."""
        return (*self.kinds, *self.groups)

    def age_by_schedule(self, item: str) -> Age | None:
        """The upper age that holds where the province says nothing; None when there is none."""
        return self.kinds[item].max_age if item in self.kinds else upper_age_of(self.groups[item])

    def least_age(self, item: str) -> Age:
        """The age from which an item is given."""
        return self.kinds[item].min_age if item in self.kinds else least_age_of(self.groups[item])

    def proposed_ages(self, kind: str) -> tuple[Age, Age]:
        """The ages proposed for a new round: the kind's, with the province's own upper age."""
        return self.kinds[kind].min_age, self.rules.upper_ages.get(kind, self.kinds[kind].max_age)

    @property
    def outbreaks(self) -> tuple[Outbreak, ...]:
        """Those that are declared today."""
        return tuple(one for one in self.rules.outbreaks if one.covers(self.today))

    @property
    def rounds(self) -> tuple[CampaignRound, ...]:
        """Those that are not over."""
        return tuple(one for one in self.rules.rounds if one.until_on >= self.today)


async def list_provinces(turn: Turn) -> tuple[NamedProvince, ...]:
    """Every province of the programme, by name."""
    access_actor(turn.speaker, Permission.CHANGE_RULES)
    first: dict[str, Commune] = {}
    for commune in await turn.uow.area.communes():
        known = first.get(commune.province.code)
        if known is None or commune.id < known.id:
            first[commune.province.code] = commune
    named = [NamedProvince(commune.id, commune.province) for commune in first.values()]
    return tuple(sorted(named, key=lambda one: one.province.name))


async def show_province(turn: Turn, number: CommuneId) -> ProvincePage:
    """The province of a commune."""
    actor = access_actor(turn.speaker, Permission.CHANGE_RULES)
    found = next((one for one in await turn.uow.area.communes() if one.id == number), None)
    if found is None:
        raise Refused(Permission.CHANGE_RULES, f"commune:{number}")
    province = found.province
    kinds = (one for one in turn.programme.campaign_kinds if one.country == province.country)
    return ProvincePage(
        actor=actor,
        number=number,
        province=province,
        rules=await turn.uow.rules.of(province.code),
        forecaster=turn.programme.forecaster(province.country, await turn.uow.forecasts.active_versions()),
        kinds={one.key: one for one in kinds},
        today=turn.moment.today(province.zone),
    )


async def show_gate(turn: Turn, number: CommuneId, gate: str) -> tuple[ProvincePage, GateState]:
    """One gate of a province."""
    page = await show_province(turn, number)
    state = next((one for one in page.gates if one.key == gate), None)
    if state is None:
        raise Refused(Permission.CHANGE_RULES, f"gate:{gate}")
    return page, state


async def show_item(turn: Turn, number: CommuneId, item: str) -> ProvincePage:
    """A province, of which one item that may have an upper age is looked at."""
    page = await show_province(turn, number)
    if item not in page.items:
        raise Refused(Permission.CHANGE_RULES, f"item:{item}")
    return page


async def count_by_gate(turn: Turn, page: ProvincePage, gate: str, on: date) -> int:
    """How many children could get what stands behind a gate."""
    return may_get(await _births(turn, page), page.behind(gate), on)


async def count_by_group(turn: Turn, page: ProvincePage, group: str) -> int:
    """How many children could get a group today or later."""
    return may_get(await _births(turn, page), [page.groups[group]], page.today)


async def count_by_age(turn: Turn, page: ProvincePage, item: str, age: Age | None) -> int:
    """How many children another upper age lets in, or shuts out, today."""
    by_schedule = page.age_by_schedule(item)
    now, then = page.rules.upper_ages.get(item, by_schedule), age or by_schedule
    return of_the_age(await _births(turn, page), (now, then), page.today)


async def count_by_round(turn: Turn, page: ProvincePage, one: CampaignRound) -> int:
    """How many children are of a round's age."""
    return in_round(await _births(turn, page), one)


async def _births(turn: Turn, page: ProvincePage) -> Sequence[Births]:
    born_after = add_months(page.today, -END_OF_PROGRAMME.months)
    return await turn.uow.rules.births(page.province.code, born_after)
