"""A loss told by mistake is undone by a person: by Hoa or by staff, never by Minh or a family; nobody sees why."""

from datetime import date, timedelta

from domain.ends import ChildEnd
from domain.identifiers import ChildId
from domain.people import ActorRole
from tests.trips.grieving import enrol_mother, loses, payloads_of
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home, sent
from tests.trips.village import Person, Village

UNDO = ("v1:ended", "v1:ended_one:child:1", "v1:begin_again:child:1", "v1:begin_again_yes:child:1")
TOMORROW = date(2026, 11, 23)


async def undoes(hoa: Person, whom: str = "An") -> str:
    """Hoa finds it on her list and begins again."""
    await hoa.presses("menu.ended")
    await hoa.taps(whom)
    await hoa.taps("ended.choice.begin_again")
    return await hoa.taps("ended.choice.yes")


def before_a_tip(village: Village) -> str:
    """A birth date on which a tip for everybody is due tomorrow."""
    steps = (step for step in village.parts.programme.journey if step.from_day > 7 and not step.tracks)
    step = next(step for step in steps if step.audience is None and not step.private)
    born = TOMORROW - timedelta(days=step.from_day)
    return f"{born.day}/{born.month}/{born.year}"


async def test_hoa_undoes_it_and_the_tip_of_tonight_goes(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_mother(minh, lan, born=before_a_tip(village))
    await village.pass_time(to=at_home(TOMORROW, "18:30"))
    await loses(lan)
    assert await undoes(hoa) == hoa.words("ended.begun")

    assert await village.rows("SELECT 1 FROM children WHERE ended_at IS NOT NULL") == []
    assert await village.rows("SELECT 1 FROM caregivers WHERE bereaved_at IS NOT NULL") == []
    assert len(await village.audited("contact_begun_again")) == 1
    await village.pass_time(to=at_home(TOMORROW, "21:00"))
    assert len(sent(await village.ledger(lan))) == 1
    assert "An" in await lan.types("/child")
    assert lan.words("menu.child") in await lan.keys() or await lan.starts()
    assert lan.words("menu.child") in await lan.keys()


async def test_after_a_month_there_is_no_backlog(village: Village, minh: Person, hoa: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan, born="10/11/2026")
    await loses(lan)
    await village.pass_time(days=20)
    before = len(await lan.messages())
    await undoes(hoa)
    await village.pass_time(days=3)
    assert 0 <= len(await lan.messages()) - before <= 3
    assert all(row.send_from.date() >= date(2026, 12, 12) for row in sent(await village.ledger(lan)))


async def test_a_pregnancy_is_awaited_again(village: Village, minh: Person, hoa: Person, lan: Person) -> None:
    await enrol_mother(minh, lan, due="15/3/2027")
    await loses(lan)
    await undoes(hoa, hoa.words("common.awaited_child")[:1].upper() + hoa.words("common.awaited_child")[1:])
    assert lan.words("child.awaited", weeks=23, due_on=date(2027, 3, 15)) in await lan.types("/child")


async def test_minh_and_the_family_cannot_undo_it(village: Village, minh: Person, lan: Person, binh: Person) -> None:
    await enrol_and_join(minh, lan)
    await loses(lan)
    await binh.starts()
    for somebody in (minh, lan, binh):
        for tap in UNDO:
            assert await somebody.forges(tap) == somebody.words("refused")
    assert minh.words("menu.ended") not in await minh.keys()
    assert await village.rows("SELECT 1 FROM children WHERE ended_at IS NULL") == []


async def test_a_nurse_of_another_station_cannot_see_it(village: Village, minh: Person, lan: Person) -> None:
    nga = await village.actor("Nga", ActorRole.HEALTH_WORKER, communes=("Đảo Sao",))
    await enrol_and_join(minh, lan)
    await loses(lan)
    assert await nga.presses("menu.ended") == nga.words("ended.none")
    for tap in UNDO[1:]:
        assert await nga.forges(tap) == nga.words("refused")


async def test_every_end_looks_the_same(village: Village, minh: Person, hoa: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    seen = []
    for end in (ChildEnd.DIED, ChildEnd.GRADUATED, ChildEnd.MOVED):
        async with village.parts.database.begin() as uow:
            await uow.lives.end_child(ChildId(1), end, await village.now())
        shown = [await hoa.presses("menu.ended"), await hoa.taps("An"), await hoa.forges("v1:family_page:1")]
        seen.append((*shown, await minh.forges("v1:family_page:1"), await minh.presses("menu.families")))

    assert len(set(seen)) == 1
    listed, one, page, page_of_minh, helped = seen[0]
    assert listed == hoa.words("ended.list")
    assert one.startswith("An\n")
    assert hoa.words("family_page.nobody") in page
    assert minh.words("family_page.nobody") in page_of_minh
    assert "An" not in helped.split()


async def test_hoa_tells_it_for_the_family_and_undoes_it(
    village: Village, minh: Person, hoa: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan)
    await lan.types("/menu")
    theirs = len(await lan.messages())
    await hoa.forges("v1:family_page:1")
    assert "v1:family_loss:1" in payloads_of((await hoa.messages())[-1])
    await hoa.forges("v1:family_loss:1")
    await hoa.taps("An")
    await hoa.taps("loss.choice.confirm")
    assert await hoa.reads() == hoa.words("family_loss.done")
    await village.pass_time(days=3)
    assert len(await lan.messages()) == theirs

    await undoes(hoa)
    assert [row[1] is not None for row in await village.audited("contact_ended")] == [True]
    assert "An" in await lan.types("/child")
