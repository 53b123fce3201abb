"""Forget me: three days to change one's mind, then no trace of her is left anywhere; the child's file stays."""

from datetime import timedelta

import pytest

from domain.people import ActorRole
from domain.reader import Role
from tests.trips.journeys import SPOKEN, enrol, join
from tests.trips.traces import add_caregiver, logged, paper_of, traces, words_on
from tests.trips.village import Person, Village

NUMBER = "+84987650123"
SECRET = "xin-đừng-nói-với-ai"


async def joined(village: Village, minh: Person, *, language: str = "vi", name: str = "Lan Ngọc-Quyên") -> Person:
    """Lan, with a name in Telegram that nobody else has, and her own number."""
    lan = await village.person(name, language=language)
    await enrol(minh)
    await lan.scans(minh)
    await join(lan, language=SPOKEN[language])
    await lan.shares(NUMBER, of=lan.phone)
    await lan.types(SECRET)
    return lan


async def ask(lan: Person) -> str:
    """She asks to be forgotten, and is sure; gives the receipt."""
    await lan.presses("menu.known")
    for key in ("known.choice.forget", "forget.choice.go_on", "forget.choice.sure"):
        await lan.taps(key)
    rows = await lan.village.rows("SELECT receipt FROM erasures WHERE cancelled_at IS NULL AND done_at IS NULL")
    return str(rows[0][0])


async def wait(village: Village, hours: int) -> None:
    """So many hours pass."""
    await village.pass_time(to=(await village.now() + timedelta(hours=hours)).isoformat())


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
async def test_after_three_days_no_trace_of_lan_is_left(
    village: Village, minh: Person, hoa: Person, language: str
) -> None:
    with logged() as log:
        lan = await joined(village, minh, language=language)
        tuan = await village.person("Tuấn")
        await add_caregiver(village, lan, tuan, Role.FATHER)
        hers = (NUMBER, NUMBER.removeprefix("+84"), str(lan.phone), lan.name, SECRET, "Ngọc-Quyên")
        assert await traces(village, *hers)
        receipt = await ask(lan)
        told = "\n".join(await lan.has_read())
        assert receipt in told
        assert lan.as_mother.words("forget.ask") in told
        await wait(village, 81)
        assert await lan.reads() == lan.words("forget.done", receipt=receipt)
        await wait(village, 6)
    assert await traces(village, *hers) == []
    assert [value for value in hers if value in log.getvalue()] == []
    tuans = await tuan.types("/known")
    assert "An" in tuans
    await tuan.taps("known.choice.known_file")
    assert [value for value in hers if value in words_on(await paper_of(tuan))] == []
    consents = await village.rows(
        "SELECT purpose, given FROM consents JOIN caregivers c ON c.id = caregiver_id WHERE c.role = 'mother'"
    )
    assert {purpose for purpose, _given in consents} == {"messages", "file"}
    assert await village.rows("SELECT 1 FROM children WHERE name = 'An'")


async def test_nothing_is_sent_meanwhile_and_at_71_hours_she_may_still_change_her_mind(
    village: Village, minh: Person
) -> None:
    lan = await joined(village, minh)
    await ask(lan)
    silent = len(await lan.has_read())
    await wait(village, 71)
    assert len(await lan.has_read()) == silent
    assert lan.words("forget.choice.undo") in str((await lan.messages())[-2])
    await lan.taps("forget.choice.undo")
    assert lan.words("forget.undone") in await lan.reads()
    await wait(village, 24)
    assert len(await lan.has_read()) > silent + 1
    assert await traces(village, NUMBER)
    assert await village.rows("SELECT 1 FROM caregivers WHERE stopped_at IS NULL AND ended_at IS NULL")


async def test_who_had_stopped_before_stays_stopped_when_she_takes_it_back(village: Village, minh: Person) -> None:
    lan = await joined(village, minh)
    await lan.presses("menu.stop")
    await lan.taps("stop.choice.yes")
    await wait(village, 1)
    await ask(lan)
    await lan.taps("forget.choice.undo")
    assert await village.rows("SELECT 1 FROM caregivers WHERE stopped_at IS NOT NULL")


async def test_the_same_confirmation_twice_is_one_wish_and_an_old_one_asks_anew(village: Village, minh: Person) -> None:
    lan = await joined(village, minh)
    receipt = await ask(lan)
    sure = [one for one in await lan.messages() if lan.words("forget.ask_sure") in str(one.get("text"))]
    hers = await village.caregiver_of(lan)
    today = (await village.now()).date().isoformat()
    await lan.forges(f"v1:forget_do:{hers}:{today}")
    assert len(sure) == 1
    assert await village.rows("SELECT receipt FROM erasures") == [(receipt,)]
    await lan.taps("forget.choice.undo")
    await lan.forges(f"v1:forget_undo:{hers}")
    await wait(village, 24)
    assert await lan.forges(f"v1:forget_do:{hers}:{today}") == lan.as_mother.words("forget.ask")
    assert len(await village.rows("SELECT 1 FROM erasures")) == 1


async def test_nobody_else_can_have_lan_forgotten_or_read_her_file(
    village: Village, minh: Person, binh: Person
) -> None:
    lan = await joined(village, minh)
    await binh.starts()
    hers = await village.caregiver_of(lan)
    today = (await village.now()).date().isoformat()
    taps = ("known", "known_file", "consents", "forget", "forget_sure", "forget_keep", "forget_undo")
    for tap in (*(f"{one}:{hers}" for one in taps), f"forget_do:{hers}:{today}", f"consent_set:{hers}:messages:no"):
        for thief in (binh, minh):
            assert await thief.forges(f"v1:{tap}") == thief.words("refused")
    for nonsense in ("forget_do", f"consent:{hers}:nothing", f"consent_set:{hers}:messages:maybe", "known_file:x"):
        assert await lan.forges(f"v1:{nonsense}") == lan.words("refused")
    assert await village.rows("SELECT 1 FROM erasures") == []
    assert len(await village.rows("SELECT 1 FROM consents WHERE withdrawn_at IS NULL AND given")) == 2


async def test_the_wish_outlives_a_restart_and_is_carried_out_when_the_bot_is_back(
    village: Village, minh: Person
) -> None:
    lan = await joined(village, minh)
    receipt = await ask(lan)
    await village.stop_bot()
    await village.start_bot()
    await wait(village, 60)
    assert await traces(village, NUMBER)
    await village.stop_bot()
    await village.start_bot()
    await wait(village, 20)
    assert receipt in await lan.reads()
    await wait(village, 6)
    assert await traces(village, NUMBER, str(lan.phone)) == []


async def test_who_was_forgotten_leaves_the_childs_file_and_comes_back_as_a_stranger(
    village: Village, minh: Person
) -> None:
    lan = await joined(village, minh)
    await ask(lan)
    await wait(village, 87)
    children = await village.rows("SELECT name, ended_at FROM children")
    assert [tuple(row) for row in children] == [("An", None)]  # a thief with her telephone could not touch the file
    assert await lan.starts() == lan.words("public.hello")
    await enrol(minh, name="Bống")
    await lan.scans(minh)
    await join(lan)
    known = await lan.presses("menu.known")
    assert "Bống" in known
    assert NUMBER not in known


async def test_the_menu_and_messages_again_show_the_wish_that_waits(village: Village, minh: Person) -> None:
    lan = await joined(village, minh)
    receipt = await ask(lan)
    assert receipt in await lan.starts()
    assert receipt in await lan.presses("menu.come_back")
    assert await village.rows("SELECT 1 FROM caregivers WHERE stopped_at IS NOT NULL")
    await lan.taps("forget.choice.undo")
    assert receipt not in await lan.starts()


async def test_on_a_shared_phone_one_is_forgotten_and_the_other_goes_on(village: Village, minh: Person) -> None:
    lan = await joined(village, minh)
    grandmother = await add_caregiver(village, lan, lan, Role.GRANDMOTHER)
    hers = (await village.rows("SELECT id FROM caregivers WHERE role = 'mother'"))[0][0]
    assert await lan.presses("menu.known") == lan.words("known.whose")
    for_lan = "An"
    asked = await lan.forges(f"v1:known:{hers}")
    assert asked.startswith(lan.words("common.whom", role=_role(lan, "mother"), children=(for_lan,)))
    for key in ("known.choice.forget", "forget.choice.go_on", "forget.choice.sure"):
        await lan.taps(key)
    await wait(village, 87)
    read = "\n".join(await lan.has_read())
    assert lan.words("common.whom_alone", role=_role(lan, "mother")) in read
    assert await traces(village, NUMBER) == []
    assert await village.rows("SELECT 1 FROM addresses WHERE external_id = :chat", chat=str(lan.phone))
    assert int(await village.caregiver_of(lan)) == grandmother
    sent = await village.rows("SELECT 1 FROM outbox WHERE caregiver_id = :id AND state = 'sent'", id=grandmother)
    assert sent


async def test_the_chat_of_a_worker_who_is_a_mother_too_stays_hers(village: Village) -> None:
    hoa = await village.actor("Hoa", ActorRole.HEALTH_WORKER)
    minh = await village.actor("Minh", ActorRole.VOLUNTEER)
    await enrol(minh)
    await hoa.scans(minh)
    await join(hoa)
    await ask(hoa)
    await wait(village, 87)
    assert await hoa.starts() == hoa.words("menu.hello")
    assert hoa.words("menu.session") in await hoa.keys()
    assert await village.rows("SELECT 1 FROM caregiver_addresses") == []


def _role(person: Person, role: str) -> str:
    return person.words(f"choice.role.{role}")
