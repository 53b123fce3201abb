"""A hundred random family histories: births, losses, pauses, moves, blocks, removals in any order, the clock moving."""

import os
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.area import Facility
from domain.consent import TEXT_VERSION, Consent, ConsentWay, Purpose
from domain.identifiers import ActorId, CaregiverId, ChildId, FamilyId
from domain.invite import ActorPlace
from domain.journey import Amount, Standing, due_steps
from domain.pause import PauseScope
from domain.people import ActorRole, Address
from domain.reader import Role
from domain.rendered import RenderedMessage
from domain.sending.outbox import Lane
from domain.sex import Sex
from services.ports import UnitOfWork
from services.ports.families import NewChild
from tests.histories.family import Expected, Home, Kid, Someone, day_of, over_caps
from tests.histories.house import BOT, House, Letter, open_house

pytestmark = [pytest.mark.trip, pytest.mark.timeout(1800)]
HISTORIES = int(os.environ.get("HISTORIES", "3" if os.environ.get("TRIPS") == "some" else "5"))
MINH, LAN, TUAN, GRANDMOTHER = "100", "200", "201", "202"
ROLES = {LAN: Role.MOTHER, TUAN: Role.FATHER, GRANDMOTHER: Role.GRANDMOTHER}


@dataclass
class History:
    """A house, its family, and the letters that were looked at already."""

    house: House
    home: Home
    seen: int = 0

    def check(self) -> None:
        """Nothing that left since the last look should have stayed."""
        letters = self.house.wire.letters
        faults = [fault for letter in letters[self.seen :] for fault in self.home.faults(letter)]
        self.seen = len(letters)
        assert faults == []

    def living(self) -> list[Someone]:
        return [one for one in self.home.people if not one.gone]


async def begin(house: House, *, kids: tuple[str, ...], shared: bool) -> History:
    """Lan with a child, with twins or awaiting a birth; Tuấn on his own telephone, and a grandmother."""
    await house.types(MINH, "/start")
    for chat in (LAN, TUAN, GRANDMOTHER):
        await house.types(chat, "/start")
    async with house.parts.database.begin() as uow:
        (facility, *_rest) = await uow.area.facilities()
        minh = await _actor(uow, house)
        home = await _family(uow, house, facility, minh, names=kids, shared=shared)
    for chat in (LAN, TUAN, GRANDMOTHER):
        await house.types(chat, "/menu")
    return History(house, home)


async def _address(uow: UnitOfWork, chat: str) -> Address:
    found = await uow.people.find_address(channel="telegram", bot=BOT, external_id=chat)
    assert found is not None
    return found


async def _actor(uow: UnitOfWork, house: House) -> ActorId:
    minh = await uow.people.add_actor(ActorPlace("Hạnh", ActorRole.STAFF), by=None, at=house.now)
    await uow.people.link_actor(minh, (await _address(uow, MINH)).id, house.now)
    return minh


async def _family(
    uow: UnitOfWork, house: House, facility: Facility, minh: ActorId, *, names: tuple[str, ...], shared: bool
) -> Home:
    today = day_of(house.now)
    family = await uow.families.add_family(facility.id, facility.zone, by=minh, at=house.now)
    kids = []
    due_on, expected = today + timedelta(days=9), None
    if not names:
        expected = Expected(await uow.families.add_pregnancy(family, facility.id, due_on), due_on)
    for name in names:
        child = NewChild(name, today - timedelta(days=3), Sex.FEMALE)
        kids.append(Kid(await uow.families.add_child(family, facility.id, child), name, child.birth_date))
    people = []
    for chat, role in ROLES.items():
        caregiver = await uow.families.add_caregiver(family, role, "vi", "+84912345678")
        for kid in kids:
            await uow.families.add_care(caregiver, role, child=kid.id)
        if expected:
            await uow.families.add_care(caregiver, role, pregnancy=expected.id)
        phone = LAN if chat == GRANDMOTHER and shared else chat
        await uow.people.link_caregiver(caregiver, (await _address(uow, phone)).id, house.now)
        purposes = (Purpose.MESSAGES, Purpose.FILE) if role is not Role.GRANDMOTHER else (Purpose.MESSAGES,)
        for purpose in purposes:
            await uow.consents.add(Consent(caregiver, purpose, True, TEXT_VERSION, "vi", ConsentWay.TAP, house.now))
        await uow.families.change_caregiver(caregiver, amount=3, tip_hour=9)
        await uow.families.join_caregiver(caregiver, at=house.now, on=today)
        people.append(Someone(caregiver, role, phone, today))
    private = frozenset(step.key for step in house.parts.programme.journey if step.private)
    return Home(family, people, kids, private, expected)


# What may happen. Each takes the history and a number that chooses among those whom it may happen to.


async def time_goes_by(history: History, number: int) -> None:
    await history.house.live(1 + number % 12)


async def somebody_pauses(history: History, number: int) -> None:
    one = _one_of(history, number)
    scope, days = (PauseScope.TIPS, PauseScope.ALL)[number % 2], (7, 30, 0)[number % 3]
    await history.house.taps(one.chat, f"v1:pause:{one.id}:{scope}:{days}")
    until = day_of(history.house.now) + timedelta(days=days) if days else None
    one.pause, one.was_silent = (scope, until), True


async def somebody_stops(history: History, number: int) -> None:
    one = _one_of(history, number)
    await history.house.taps(one.chat, f"v1:stop:{one.id}:yes")
    one.stopped = one.was_silent = True


async def somebody_comes_back(history: History, number: int) -> None:
    one = _one_of(history, number)
    await history.house.taps(one.chat, f"v1:back:{one.id}")
    one.stopped, one.pause = False, None


async def somebody_blocks(history: History, number: int) -> None:
    chat = _one_of(history, number).chat
    history.house.wire.blocked.add(chat)
    for one in history.home.people:
        one.was_silent |= one.chat == chat


async def everybody_unblocks(history: History, _number: int) -> None:
    for chat in sorted(history.house.wire.blocked):
        history.house.wire.blocked.discard(chat)
        await history.house.types(chat, "/menu")


async def a_child_dies(history: History, number: int) -> None:
    one, kids = _one_of(history, number), [kid for kid in history.home.kids if not kid.lost]
    if not kids:
        return
    kid = kids[number % len(kids)]
    await history.house.taps(one.chat, f"v1:loss_yes:{one.id}:child:{kid.id}")
    kid.lost = True


async def a_birth_is_told(history: History, number: int) -> None:
    expected, one = history.home.expected, _one_of(history, number)
    if expected is None or expected.over or one.stopped:
        return
    await history.house.taps(one.chat, f"v1:birth:born:{expected.id}")
    newborns = ("girl", "boys")[number % 2]
    for part in ("birth_date:yesterday", f"newborns:{newborns}", "birth_place:hospital", "form_save:birth"):
        assert await history.house.taps_button(one.chat, part), part
    expected.over = True
    found = await history.house.rows("SELECT id, birth_date FROM children")
    born = day_of(history.house.now) - timedelta(days=1)
    history.home.kids += [Kid(ChildId(int(str(row[0]))), "", born) for row in found]
    assert len(history.home.kids) == 1 + number % 2


async def a_pregnancy_is_lost(history: History, number: int) -> None:
    expected, one = history.home.expected, _one_of(history, number)
    if expected is None or expected.over:
        return
    await history.house.taps(one.chat, f"v1:loss_yes:{one.id}:pregnancy:{expected.id}")
    expected.over = True


async def the_mother_dies(history: History, number: int) -> None:
    mother = next((one for one in history.living() if one.role is Role.MOTHER), None)
    tellers = [one for one in history.living() if one.role is not Role.MOTHER]
    if mother is None or not tellers:
        return
    teller = tellers[number % len(tellers)]
    await history.house.taps(teller.chat, f"v1:loss_yes:{teller.id}:mother:{mother.id}")
    mother.gone = history.home.mother_died = True
    if history.home.expected is not None:
        history.home.expected.over = True


async def somebody_is_removed(history: History, number: int) -> None:
    if len(history.living()) < 2:
        return
    one = _one_of(history, number)
    await history.house.taps(MINH, f"v1:remove:{one.id}:now")
    one.gone = True


async def somebody_gets_a_new_telephone(history: History, number: int) -> None:
    one = _one_of(history, number)
    new = str(300 + history.house.updates)
    await history.house.types(new, "/start")
    async with history.house.parts.database.begin() as uow:
        address = await _address(uow, new)
        await uow.people.link_caregiver(one.id, address.id, history.house.now)
        await uow.people.unlink_caregiver(one.id, history.house.now, as_="replaced", but=address.id)
    one.chat = new


async def the_family_moves(history: History, _number: int) -> None:
    async with history.house.parts.database.begin() as uow:
        facilities = await uow.area.facilities()
        family = await uow.families.family(history.home.family)
        assert family is not None
        await uow.lives.place_family(family.id, next(one.id for one in facilities if one.id != family.facility))


def _one_of(history: History, number: int) -> Someone:
    living = history.living()
    return living[number % len(living)]


Event = Callable[[History, int], Awaitable[None]]
EVENTS: tuple[Event, ...] = (
    time_goes_by,
    time_goes_by,
    somebody_pauses,
    somebody_stops,
    somebody_comes_back,
    somebody_blocks,
    everybody_unblocks,
    a_child_dies,
    a_birth_is_told,
    a_birth_is_told,
    a_pregnancy_is_lost,
    the_mother_dies,
    somebody_is_removed,
    somebody_gets_a_new_telephone,
    the_family_moves,
)


@settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=os.environ.get("HISTORIES") is None,
    database=None,
    phases=(Phase.generate,),  # a history is too long to be made shorter again and again
)
@given(
    kids=st.sampled_from([("An",), ("An", "Khoai"), ()]),
    shared=st.booleans(),
    events=st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 59)), min_size=4, max_size=14),
)
async def test_whatever_happens_to_a_family_nothing_reaches_whom_it_should_not(
    kids: tuple[str, ...], shared: bool, events: list[tuple[Event, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_house(Path(folder)) as house:
            history = await begin(house, kids=kids, shared=shared)
            for event, number in events:
                await event(history, number)
                history.check()
            await house.live(8)
            history.check()
            assert over_caps(house.wire.letters) == []
            await everything_is_explained(history)


async def everything_is_explained(history: History) -> None:
    """Every row says what became of it, the wire agrees, and no message that was due is without a row."""
    rows = await history.house.rows(
        "SELECT caregiver_id, message_key, occasion, state, reason FROM outbox WHERE lane > 0"
    )
    assert [row for row in rows if row[3] == "closed" and row[4] is None] == []
    assert {row[3] for row in rows} <= {"sent", "closed", "planned"}
    gone = [one for one in history.house.wire.letters if one.lane is not Lane.REPLY]
    assert len(gone) == len([row for row in rows if row[3] == "sent"])
    known = {(row[0], row[1]) for row in rows}
    missing = [
        (one.role, key) for one in history.living() for key in due_for(history, one) if (one.id, key) not in known
    ]
    assert missing == []


def due_for(history: History, one: Someone) -> set[str]:
    """What should have been planned for one who was never silent, for children of whom none was lost."""
    if one.was_silent or any(kid.lost for kid in history.home.kids) or history.home.mother_died:
        return set()
    if not history.home.kids or history.home.expected is not None:
        return set()
    today, journey = day_of(history.house.now), history.house.parts.programme.journey
    born = history.home.kids[0].born_on
    days = [one.joined_on + timedelta(days=n) for n in range((today - one.joined_on).days)]
    return {
        step.key
        for day in days
        for step in due_steps(journey, Standing(born, day, one.role), joined_on=one.joined_on, amount=Amount.ALL)
    }


def test_the_account_notices_what_should_have_stayed() -> None:
    born = date(2026, 11, 19)
    lan = Someone(CaregiverId(1), Role.MOTHER, LAN, born, stopped=True)
    tuan = Someone(CaregiverId(2), Role.FATHER, LAN, born)
    home = Home(FamilyId(1), [lan, tuan], [Kid(ChildId(1), "An", born, lost=True)], frozenset({"wellbeing"}))
    at_night = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    letter = Letter(at_night, LAN, Lane.TIP, "wellbeing", lan.id, (1,), RenderedMessage("An và các bé", "vi"))
    assert [fault.split(":")[0] for fault in home.faults(letter)] == [
        "at night",
        "to one who asked for silence",
        "about nobody who is spoken of",
        "with the name of a lost child",
        "about two where one was lost",
        "private on a shared telephone",
        "without saying for whom",
    ]
