"""Staff change what a province settles for itself. Whatever stands so already is written no second time."""

from dataclasses import replace
from datetime import date, timedelta

from domain.care.rounds import CampaignRound
from domain.forms.area_rules import AHEAD_DAYS, LONGEST_AGE, PAST_DAYS
from domain.identifiers import CommuneId
from domain.province_rules import GateWord, Outbreak
from domain.vaccination.ages import Age
from domain.vaccination.upper_ages import length
from services.access import Permission, Refused
from services.staff.area_rules.show_rules import ProvincePage, show_gate, show_item, show_province
from services.turn import Turn

PAST, AHEAD = timedelta(days=PAST_DAYS), timedelta(days=AHEAD_DAYS)
"""How far from today the day of a rule may lie."""


async def set_gate(turn: Turn, number: CommuneId, word: GateWord) -> ProvincePage:
    """From a day on it is offered here, or it is not."""
    page, _state = await show_gate(turn, number, word.gate)
    _check_day(page, word.from_on)
    if word not in page.rules.gates:
        await turn.uow.rules.set_gate(page.province.code, word, by=page.actor.id, at=turn.moment.now)
        state = "open" if word.is_open else "closed"
        await _note(turn, page, "gate", gate=word.gate, state=state, from_on=word.from_on.isoformat())
    return await _anew(turn, page)


async def set_upper_age(turn: Turn, number: CommuneId, item: str, age: Age | None) -> ProvincePage:
    """The age before which an item is given here; None: as the schedule says."""
    page = await show_item(turn, number, item)
    before = page.rules.upper_ages.get(item)
    if age is not None and not length(page.least_age(item)) < length(age) <= length(LONGEST_AGE):
        raise Refused(Permission.CHANGE_RULES, f"item:{item}")
    if age == before:
        return page
    rules = turn.uow.rules
    if age is None:
        await rules.drop_upper_age(page.province.code, item)
    else:
        await rules.set_upper_age(page.province.code, item, age, by=page.actor.id, at=turn.moment.now)
    await _note(turn, page, "upper_age", item=item, before=str(before or ""), age=str(age or ""))
    return await _anew(turn, page)


async def add_round(turn: Turn, number: CommuneId, one: CampaignRound) -> ProvincePage:
    """A dated campaign; a second word about the same day replaces the first."""
    page = await show_province(turn, number)
    if one.key not in page.kinds or one.until_on < page.today or one.until_on - one.from_on > PAST:
        raise Refused(Permission.CHANGE_RULES, f"round:{one.key}")
    _check_day(page, one.from_on)
    if one in page.rules.rounds:
        return page
    await turn.uow.rules.cancel_round(page.province.code, one.key, one.from_on, turn.moment.now)
    await turn.uow.rules.add_round(page.province.code, one, by=page.actor.id, at=turn.moment.now)
    days = {"from_on": one.from_on.isoformat(), "until_on": one.until_on.isoformat()}
    await _note(turn, page, "round", kind=one.key, **days, ages=f"{one.min_age} - {one.max_age}")
    return await _anew(turn, page)


async def cancel_round(turn: Turn, number: CommuneId, kind: str, from_on: date) -> ProvincePage:
    """It does not take place."""
    page = await show_province(turn, number)
    if await turn.uow.rules.cancel_round(page.province.code, kind, from_on, turn.moment.now):
        await _note(turn, page, "round_cancelled", kind=kind, from_on=from_on.isoformat())
    return await _anew(turn, page)


async def declare_outbreak(turn: Turn, number: CommuneId, group: str) -> ProvincePage:
    """From today on a disease is about."""
    page = await show_province(turn, number)
    if group not in page.groups:
        raise Refused(Permission.CHANGE_RULES, f"group:{group}")
    if any(one.group == group for one in page.outbreaks):
        return page
    begun = Outbreak(group, page.today)
    await turn.uow.rules.declare_outbreak(page.province.code, begun, by=page.actor.id, at=turn.moment.now)
    await _note(turn, page, "outbreak", group=group)
    return await _anew(turn, page)


async def end_outbreak(turn: Turn, number: CommuneId, group: str) -> ProvincePage:
    """It is over: yesterday was its last day."""
    page = await show_province(turn, number)
    if await turn.uow.rules.end_outbreak(page.province.code, group, page.today - timedelta(days=1)):
        await _note(turn, page, "outbreak_over", group=group)
    return await _anew(turn, page)


def _check_day(page: ProvincePage, day: date) -> None:
    if not page.today - PAST <= day <= page.today + AHEAD:
        raise Refused(Permission.CHANGE_RULES, f"day:{day}")


async def _anew(turn: Turn, page: ProvincePage) -> ProvincePage:
    return replace(page, rules=await turn.uow.rules.of(page.province.code))


async def _note(turn: Turn, page: ProvincePage, rule: str, **details: str) -> None:
    await turn.uow.programme.audit(
        "change_rule",
        at=turn.moment.now,
        actor=page.actor.id,
        subject=f"province:{page.province.code}",
        details={"rule": rule, **details},
    )
