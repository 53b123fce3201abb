"""While families wait after the vaccination: Hoa's topic of the day, what Lan tries at home, and what came of it."""

from datetime import date, timedelta

from domain.consent import Consent, ConsentWay, Purpose
from domain.identifiers import ChildId, FacilityId, FamilyId
from domain.people import ActorRole
from domain.reader import Role
from domain.sending.outbox import Lane, OutboxState
from services.ports.outbox import OutboxEntry
from services.ports.visits import Vaccination, VaccinationSource
from tests.trips.journeys import address_of, enrol_and_join
from tests.trips.letters import at_home, local, sent, told
from tests.trips.village import Json, Person, Village, words_of

# Suối Mơ vaccinates on the 5th and the 20th; the topic of December is growing up with grandparents.
BORN = "5/10/2026"
SESSION = date(2026, 12, 5)
TRY, ASK = "topics.grandparents.under6", "topics.grandparents.question"


async def on_the_day(village: Village, minh: Person, lan: Person) -> None:
    """It is the morning of the session, and An is vaccinated."""
    await enrol_and_join(minh, lan, born=BORN)
    await village.pass_time(to=at_home(SESSION, "08:30"))
    async with village.parts.database.begin() as uow:
        moment = await village.parts.clock.moment()
        dose = Vaccination(ChildId(1), "PENTA", SESSION, VaccinationSource.RECORD)
        await uow.visits.record([dose], at=moment.now, facility=FacilityId(1))


async def about_topics(village: Village, lan: Person) -> list[OutboxEntry]:
    """What was sent to her of a topic."""
    return [row for row in sent(await village.ledger(lan)) if row.occasion.startswith("topic:")]


async def questions(lan: Person) -> list[Json]:
    """The messages with the three answers under them."""
    return [one for one in await lan.messages() if lan.words("topic.choice.little") in str(one.get("reply_markup"))]


async def topic_is_done(hoa: Person) -> None:
    """Hoa has spoken about it."""
    await hoa.presses("menu.session")
    await hoa.taps("🧸")
    await hoa.taps("topic.choice.done")


async def test_hoa_speaks_lan_tries_it_at_home_and_a_week_later_says_how_it_was(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await on_the_day(village, minh, lan)
    await hoa.presses("menu.session")
    page = await hoa.taps("🧸")
    assert hoa.words("topic.grandparents.title") in page
    assert hoa.words("topic.grandparents.plan") in page
    done = await hoa.taps("topic.choice.done")
    assert hoa.words("topic.grandparents.title") in done
    assert hoa.words("topic.grandparents.plan") not in done

    await village.pass_time(to=at_home(SESSION + timedelta(days=7), "07:30"))
    (tried,) = await about_topics(village, lan)
    assert (tried.lane, tried.message_key) == (Lane.TIP, TRY)
    assert local(tried).hour == 19
    # The evening of the day, and of the next, belong to how An is after the vaccination.
    assert timedelta(0) <= local(tried).date() - SESSION < timedelta(days=7)
    assert any("An" in words and "👵" in words for words in await lan.has_read())

    await village.pass_time(to=at_home(local(tried).date() + timedelta(days=10), "21:00"))
    (_tried, question) = await about_topics(village, lan)
    assert question.message_key == ASK
    assert local(question) - local(tried) >= timedelta(days=6, hours=23)
    thanks = told(lan, "topic.answered.little", child="An")
    asked = (await questions(lan))[-1]
    assert await lan.taps("topic.choice.little") == thanks
    assert await lan.taps_in(asked, "topic.choice.little") == thanks

    await hoa.presses("menu.session")
    await hoa.taps("🧸")
    report = await hoa.taps("topic.choice.report")
    numbers = {"done": 1, "held": 1, "reached": 1, "did": 0, "little": 1, "not_yet": 0}
    assert hoa.words("topic.report.line", name=hoa.words("topic.grandparents.title"), **numbers) in report


async def test_hoa_chooses_another_topic_and_takes_a_slip_back(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await on_the_day(village, minh, lan)
    await hoa.presses("menu.session")
    await hoa.taps("🧸")
    await hoa.taps("topic.choice.done")
    again = await hoa.taps("topic.choice.undo")
    assert hoa.words("topic.grandparents.plan") in again
    choices = await hoa.taps("topic.choice.other")
    assert hoa.words("topic.grandparents.title") in choices
    assert hoa.words("topic.sleep.plan") in await hoa.taps("topic.sleep.title")
    await hoa.taps("topic.choice.done")

    await village.pass_time(to=at_home(SESSION + timedelta(days=7), "07:30"))
    assert [row.message_key for row in await about_topics(village, lan)] == ["topics.sleep.under6"]


async def test_nobody_else_notes_a_topic_or_answers_for_lan(
    village: Village, minh: Person, hoa: Person, lan: Person, binh: Person
) -> None:
    await on_the_day(village, minh, lan)
    await binh.types("/start")
    await hoa.types("/start")
    mai = await village.actor("Mai", ActorRole.HEALTH_WORKER, communes=("Đảo Sao",))
    taps = [f"v1:topic{action}:1:{SESSION}" for action in ("", "_list", "_undo")]
    taps += [f"v1:topic{action}:1:{SESSION}:sleep" for action in ("_choose", "_done")]
    for stranger in (mai, minh, lan, binh):
        for tap in (*taps, "v1:topics_report:1"):
            assert stranger.words("refused") == await stranger.forges(tap), tap
    for stranger in (mai, minh, binh, hoa, lan):
        assert stranger.words("refused") in await stranger.forges(f"v1:topic_said:1:1:{SESSION}:did")
    assert hoa.words("refused") == await hoa.forges(f"v1:topic_done:1:{SESSION}:dance")
    assert await village.rows("SELECT 1 FROM session_closings WHERE topic_done_at IS NOT NULL") == []
    assert await village.rows("SELECT 1 FROM topic_answers") == []


async def test_on_a_shared_phone_each_is_asked_by_name_and_answers_for_herself(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await on_the_day(village, minh, lan)
    async with village.parts.database.begin() as uow:
        moment = await village.parts.clock.moment()
        address = await address_of(uow, lan)
        father = await uow.families.add_caregiver(FamilyId(1), Role.FATHER, "vi", None)
        await uow.families.add_care(father, Role.FATHER, child=ChildId(1))
        await uow.people.link_caregiver(father, address.id, moment.now)
        await uow.consents.add(Consent(father, Purpose.MESSAGES, True, "2026-11", "vi", ConsentWay.TAP, moment.now))
        await uow.families.join_caregiver(father, at=moment.now, on=SESSION)
    await topic_is_done(hoa)
    await village.pass_time(to=at_home(SESSION + timedelta(days=18), "21:00"))
    asked = await questions(lan)
    headers = {words_of(one).splitlines()[0] for one in asked}
    assert (len(asked), len(headers)) == (2, 2)
    for one in asked:
        assert words_of(one).splitlines()[0] in await lan.taps_in(one, "topic.choice.did")
    answered = await village.rows("SELECT caregiver_id, answer FROM topic_answers ORDER BY caregiver_id")
    assert [tuple(row) for row in answered] == [(1, "did"), (2, "did")]


async def test_who_stopped_in_the_evening_gets_nothing_of_it(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await on_the_day(village, minh, lan)
    await topic_is_done(hoa)
    (planned,) = [row for row in await village.ledger(lan) if row.occasion.startswith("topic:")]
    assert planned.state is OutboxState.PLANNED
    await lan.types("/stop")
    await lan.taps("stop.choice.yes")
    await village.pass_time(to=at_home(SESSION + timedelta(days=8), "07:30"))
    assert await about_topics(village, lan) == []
