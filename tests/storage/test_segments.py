"""Whom a segment means: counted, shown and sent to by one definition. The tests ask by hand as well."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.campaigns.segment import Segment
from domain.identifiers import CampaignId, CommuneId, FacilityId
from domain.journey import Amount
from domain.reader import Role
from services.ports.campaigns import Audience, FanOut, LeftOut
from storage import tables as t
from storage.engine import Database
from storage.unit_of_work import RowsOfWork
from tests.storage.campaign_families import (
    CHINA,
    COMMUNES,
    FOR_GOOD,
    OVER,
    TIPS_ONLY,
    TODAY,
    Baby,
    Chat,
    Household,
    Person,
    add_households,
    add_places,
    is_meant,
    left_out,
    numbered,
)
from tests.storage.village import NOW, ZONE

EVERYBODY = Audience(Segment(), TODAY, frozenset({"vi", "zh-Hans"}))
ROWS = FanOut(CampaignId(7), {ZONE: NOW, CHINA: NOW + timedelta(hours=1)}, NOW + timedelta(days=3))
LAN = Person()


class UndoneError(Exception):
    """Ends a transaction of which nothing is to stay."""


@asynccontextmanager
async def living_there(
    database: Database, households: Sequence[Household]
) -> AsyncIterator[tuple[RowsOfWork, AsyncConnection]]:
    try:
        async with database.transaction() as connection:
            await add_places(connection)
            await add_households(connection, households)
            yield RowsOfWork(connection), connection
            raise UndoneError
    except UndoneError:
        pass


async def reached(database: Database, segment: Segment, *households: Household) -> list[int]:
    async with living_there(database, households) as (uow, connection):
        await uow.campaigns.fan_out(replace(EVERYBODY, segment=segment), ROWS, NOW)
        rows = await connection.execute(select(t.outbox.c.caregiver_id).order_by(t.outbox.c.caregiver_id))
        return list(rows.scalars())


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (replace(LAN, joined=False, ended=True), LeftOut.NOT_JOINED),
        (replace(LAN, ended=True), LeftOut.ENDED),
        (replace(LAN, bereaved=True, stopped=True), LeftOut.ENDED),
        (replace(LAN, stopped=True, words=("no",)), LeftOut.STOPPED),
        (replace(LAN, words=()), LeftOut.NO_CONSENT),
        (replace(LAN, words=("yes", "no")), LeftOut.NO_CONSENT),
        (replace(LAN, words=("yes", "taken back")), LeftOut.NO_CONSENT),
        (replace(LAN, amount=Amount.NONE, pause=FOR_GOOD), LeftOut.NOT_WANTED),
        (replace(LAN, pause=TIPS_ONLY), LeftOut.PAUSED),
        (replace(LAN, pause=FOR_GOOD, chats=()), LeftOut.PAUSED),
        (replace(LAN, chats=()), LeftOut.NO_CHAT),
        (replace(LAN, chats=(Chat(active=False), Chat(asked_who=True), Chat(unlinked=True))), LeftOut.NO_CHAT),
        (replace(LAN, chats=(Chat(silent_days=90),), language="en"), LeftOut.NO_CHAT),
        (replace(LAN, language="en"), LeftOut.NO_TEXT),
    ],
)
async def test_who_may_not_be_written_to_is_counted_with_the_first_reason(
    database: Database, person: Person, reason: LeftOut
) -> None:
    async with living_there(database, [Household((person, LAN))]) as (uow, _connection):
        reach = await uow.campaigns.reach(EVERYBODY)
        assert (reach.left_out, reach.recipients) == ({reason: 1}, 1)
        assert await uow.campaigns.fan_out(EVERYBODY, ROWS, NOW) == 1


@pytest.mark.parametrize(
    "person",
    [
        LAN,
        replace(LAN, words=("no", "yes")),
        replace(LAN, pause=OVER),
        replace(LAN, chats=(Chat(active=False), Chat(silent_days=89))),
    ],
)
async def test_who_came_back_is_reached_again(database: Database, person: Person) -> None:
    assert await reached(database, Segment(), Household((person,))) == [1]


async def test_ages_are_completed_months_and_the_last_one_is_not_among_them(database: Database) -> None:
    ages = Segment(age_from=6, age_to=12)
    born = [(TODAY - date).days for date in (TODAY.replace(month=5), TODAY.replace(month=5, day=21))]
    almost_one, one = [(TODAY - date).days for date in (TODAY.replace(year=2025, day=21), TODAY.replace(year=2025))]
    houses = [Household(children=(Baby(days),)) for days in (*born, almost_one, one)]
    assert await reached(database, ages, *houses) == [1, 3]


async def test_with_ages_and_expecting_either_is_enough(database: Database) -> None:
    houses = [Household(), Household(children=(), awaits=True), Household(children=(), awaits=False)]
    assert await reached(database, Segment(age_to=6, expecting=True), *houses) == [1, 2]
    assert await reached(database, Segment(expecting=True), *houses) == [2]


async def test_only_the_child_that_is_overdue_counts_and_not_on_the_day_itself(database: Database) -> None:
    late = [Household(children=(Baby(overdue_in=days),)) for days in (-1, 0, 1)]
    gone = Household(children=(Baby(overdue_in=-9, ended=True), Baby()))
    assert await reached(database, Segment(overdue=True), *late, gone) == [1]


async def test_a_child_who_is_cared_for_elsewhere_counts_there_when_children_are_looked_at(database: Database) -> None:
    at_grandmothers = Household(children=(Baby(facility=3),))
    there = frozenset({CommuneId(2)})
    assert await reached(database, Segment(communes=there, age_to=12), at_grandmothers) == [1]
    assert await reached(database, Segment(communes=there), at_grandmothers) == []
    assert await reached(database, Segment(facilities=frozenset({FacilityId(2)}), age_to=12), at_grandmothers) == []


async def test_a_family_whose_father_never_joined_is_told_and_he_is_counted(database: Database) -> None:
    whole = Household((LAN, replace(LAN, role="father")))
    half = Household((LAN, replace(LAN, role="father", joined=False)))
    left = Household((LAN, replace(LAN, role="father", joined=False, ended=True)))
    assert await reached(database, Segment(kin_not_joined=True), whole, half, left) == [3]
    assert await reached(database, Segment(kin_not_joined=True, roles=frozenset({Role.FATHER})), half) == []


async def test_three_examples_speak_as_many_languages_and_live_in_as_many_communes_as_there_are(
    database: Database,
) -> None:
    houses = [Household() for _ in range(5)]
    houses += [Household(facility=3), Household((replace(LAN, language="zh-Hans"),), facility=3)]
    async with living_there(database, houses) as (uow, _connection):
        assert await uow.campaigns.some_recipients(EVERYBODY, count=3) == [1, 7, 6]
        assert await uow.campaigns.some_recipients(EVERYBODY, count=2) == [1, 7]
        assert sorted(await uow.campaigns.some_recipients(EVERYBODY, count=9)) == [1, 2, 3, 4, 5, 6, 7]


async def test_each_family_is_as_likely_to_be_asked_first(database: Database) -> None:
    mothers, campaigns, first = 40, 60, 10
    chosen: Counter[Any] = Counter()
    async with living_there(database, [Household() for _ in range(mothers)]) as (uow, connection):
        for number in range(1, campaigns + 1):
            rows = replace(ROWS, campaign=CampaignId(number), at_most=first)
            assert await uow.campaigns.fan_out(EVERYBODY, rows, NOW) == first
        chosen.update((await connection.execute(select(t.outbox.c.caregiver_id))).scalars())
    # Fifteen times each, had they taken turns.
    assert len(chosen) == mothers
    assert 4 <= min(chosen.values()) <= max(chosen.values()) <= 30


PEOPLE = st.builds(
    Person,
    role=st.sampled_from(["mother", "father", "grandmother"]),
    language=st.sampled_from(["vi", "vi", "zh-Hans", "en"]),
    joined=st.sampled_from([True, True, True, False]),
    ended=st.sampled_from([False, False, False, True]),
    bereaved=st.sampled_from([False, False, False, True]),
    stopped=st.sampled_from([False, False, False, True]),
    words=st.sampled_from([("yes",), ("no", "yes"), ("yes",), ("yes", "no"), ("yes", "taken back"), ()]),
    amount=st.sampled_from([Amount.SOME, Amount.SOME, Amount.NONE]),
    pause=st.sampled_from([None, None, TIPS_ONLY, FOR_GOOD, OVER]),
    chats=st.lists(
        st.sampled_from(
            [Chat(), Chat(), Chat(89), Chat(90), Chat(active=False), Chat(asked_who=True), Chat(unlinked=True)]
        ),
        max_size=3,
    ).map(tuple),
    cares=st.sampled_from([True, True, False]),
)
CHILDREN = st.builds(
    Baby,
    days=st.sampled_from([0, 30, 183, 184, 185, 365, 366, 730, 1095, 1096, 2190, 2191, 2192]),
    ended=st.sampled_from([False, False, True]),
    facility=st.sampled_from([1, 2, 3]),
    overdue_in=st.sampled_from([None, -3, -1, 0, 2]),
)
HOUSEHOLDS = st.lists(
    st.builds(
        Household,
        people=st.lists(PEOPLE, min_size=1, max_size=3).map(tuple),
        children=st.lists(CHILDREN, max_size=2).map(tuple),
        awaits=st.sampled_from([None, True, False]),
        facility=st.sampled_from([1, 2, 3]),
        zone=st.sampled_from([ZONE, CHINA]),
    ),
    max_size=4,
)
AGES = st.sampled_from([(None, None), (None, None), (0, 6), (6, 36), (12, None), (None, 24)])


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    first, last = draw(AGES)
    return Segment(
        age_from=first,
        age_to=last,
        expecting=draw(st.booleans()),
        communes=draw(st.sampled_from([frozenset(), frozenset({CommuneId(1)}), frozenset({CommuneId(2)})])),
        facilities=draw(st.sampled_from([frozenset(), frozenset(), frozenset({FacilityId(1), FacilityId(3)})])),
        languages=draw(st.sampled_from([frozenset(), frozenset({"vi"}), frozenset({"zh-Hans", "en"})])),
        roles=draw(st.sampled_from([frozenset(), frozenset({Role.MOTHER}), frozenset({Role.FATHER})])),
        overdue=draw(st.booleans()),
        kin_not_joined=draw(st.sampled_from([False, False, True])),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(households=HOUSEHOLDS, segment=segments(), canary=st.integers(1, 4))
async def test_what_is_counted_is_what_is_sent_and_nobody_else(
    database: Database, households: list[Household], segment: Segment, canary: int
) -> None:
    households = [replace(house) for house in households]  # two that are alike are still two
    audience = replace(EVERYBODY, segment=segment)
    meant = [
        (number, person, house) for number, person, house in numbered(households) if is_meant(person, house, segment)
    ]
    reasons = {number: left_out(person, audience) for number, person, _house in meant}
    reachable = {number for number, reason in reasons.items() if reason is None}
    async with living_there(database, households) as (uow, connection):
        reach = await uow.campaigns.reach(audience)
        first = await uow.campaigns.fan_out(audience, replace(ROWS, at_most=canary), NOW)
        canaries = set((await connection.execute(select(t.outbox.c.caregiver_id))).scalars())
        rest = await uow.campaigns.fan_out(audience, ROWS, NOW)
        again = await uow.campaigns.fan_out(audience, ROWS, NOW)
        rows = (await connection.execute(select(t.outbox.c.caregiver_id, t.outbox.c.send_from, t.outbox.c.bot))).all()
        examples = await uow.campaigns.some_recipients(audience, count=3)
    assert sorted(row.caregiver_id for row in rows) == sorted(reachable)
    assert reach.recipients == len(rows) == first + rest
    assert reach.left_out == Counter(reason for reason in reasons.values() if reason is not None)
    assert reach.recipients + sum(reach.left_out.values()) == len(meant)
    of = {number: (person, house) for number, person, house in meant}
    assert reach.by_place == Counter((COMMUNES[of[one][1].facility], of[one][0].language) for one in reachable)
    assert reach.by_zone == Counter(of[one][1].zone for one in reachable)
    assert (first, again) == (min(canary, len(reachable)), 0)
    assert canaries <= reachable
    assert {row.send_from for row in rows} == {ROWS.send_from[of[one][1].zone] for one in reachable}
    assert len(set(examples)) == len(examples) == min(3, len(reachable))
    assert set(examples) <= reachable
    silent = {number for number, person, _house in meant if person.bereaved or person.stopped or person.ended}
    assert not silent & {row.caregiver_id for row in rows}
