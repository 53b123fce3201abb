"""Families with a need of their own: parents far away, hard times; who may say so, and what comes of it."""

from domain.people import ActorRole
from domain.sending.outbox import Lane
from tests.trips.journeys import enrol, enrol_and_join
from tests.trips.village import Person, Village

KEPT = "SELECT kept_tracks FROM children ORDER BY id"


async def tracks(village: Village) -> list[str | None]:
    return [row[0] for row in await village.rows(KEPT)]


async def test_lan_says_that_a_parent_is_away_and_that_he_is_back(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    await lan.presses("menu.settings")
    assert lan.words("settings.ask_feeding") == await lan.taps("settings.choice.away_on")
    assert lan.as_mother.words("settings.away_on_kept")[:20] in (await lan.has_read())[-2]
    assert await tracks(village) == ["parents_away"]
    await lan.presses("menu.settings")
    await lan.taps("settings.choice.away_off")
    assert await tracks(village) == [None]


async def test_who_stays_with_a_baby_is_asked_at_once_whether_it_still_gets_breast_milk(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan)
    await lan.presses("menu.settings")
    await lan.taps("settings.choice.away_on")
    await lan.taps("settings.choice.no_breast_milk")
    assert await tracks(village) == ["parents_away replacement_feeding"]
    await lan.presses("menu.settings")
    await lan.taps("settings.choice.away_off")
    await lan.presses("menu.settings")
    assert "🤱" not in await lan.taps("settings.choice.away_on")


async def test_who_has_parents_away_gets_a_message_about_it_besides(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan)
    await lan.presses("menu.settings")
    await lan.taps("settings.choice.away_on")
    await village.pass_time(days=75)
    keys = {row.message_key.partition(".")[0] for row in await village.ledger(lan) if row.lane is Lane.TIP}
    assert "parents_away" in keys
    assert "in_difficulty" not in keys
    assert "twins" not in keys


async def test_hoa_chooses_for_a_family_and_a_volunteer_cannot(village: Village, minh: Person, lan: Person) -> None:
    await enrol(minh)
    hoa = await village.actor("Hoa", ActorRole.HEALTH_WORKER)
    [(family,)] = await village.rows("SELECT id FROM families")
    assert "🌱" not in await hoa.forges(f"v1:family_tracks:{family}")
    await hoa.forges(f"v1:family_tracks:{family}:in_difficulty:1")
    assert await tracks(village) == ["in_difficulty"]
    assert len(await village.audited("choose_track")) == 1
    await minh.forges(f"v1:family_tracks:{family}:in_difficulty:0")
    await minh.forges(f"v1:family_tracks:{family}")
    assert await tracks(village) == ["in_difficulty"]
    await hoa.forges(f"v1:family_tracks:{family}:in_difficulty:0")
    assert await tracks(village) == [None]


async def test_a_track_that_nobody_may_choose_is_not_kept(village: Village, minh: Person) -> None:
    await enrol(minh)
    hoa = await village.actor("Hoa", ActorRole.HEALTH_WORKER)
    [(family,)] = await village.rows("SELECT id FROM families")
    for word in ("replacement_feeding", "twins", "nothing"):
        assert await hoa.forges(f"v1:family_tracks:{family}:{word}:1")
    assert await tracks(village) == [None]


async def test_lan_says_that_an_gets_no_breast_milk_and_reads_how_to_prepare_it(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol_and_join(minh, lan)
    await lan.presses("menu.settings")
    said = await lan.taps("settings.choice.no_breast_milk")
    assert said.startswith(lan.as_mother.words("settings.no_breast_milk_kept")[:20])
    assert await tracks(village) == ["replacement_feeding"]
    before = len(await village.ledger(lan))
    await village.pass_time(days=40)
    keys = {row.message_key for row in (await village.ledger(lan))[before:] if row.lane is Lane.TIP}
    assert "replacement_feeding" in {key.partition(".")[0] for key in keys}
    assert [key for key in keys if key.startswith("breastfeeding.")] == []
    assert "replacement_feeding.week04.your_grief" not in keys


async def test_she_takes_it_back_and_reads_of_breastfeeding_again(village: Village, minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)
    await lan.presses("menu.settings")
    await lan.taps("settings.choice.no_breast_milk")
    await lan.presses("menu.settings")
    assert lan.as_mother.words("settings.breast_milk_kept")[:10] in await lan.taps("settings.choice.breast_milk")
    assert await tracks(village) == [None]
    await village.pass_time(days=30)
    assert {row.message_key.partition(".")[0] for row in await village.ledger(lan)} >= {"breastfeeding"}


async def test_of_a_child_of_two_it_is_not_asked_and_an_old_button_keeps_nothing(
    village: Village, minh: Person, lan: Person
) -> None:
    today = (await village.now()).date()
    await enrol_and_join(minh, lan, born=f"{today.day}/{today.month}/{today.year - 3}")
    assert "🥣" not in str(await lan.presses("menu.settings"))
    caregiver = await village.caregiver_of(lan)
    assert await lan.forges(f"v1:settings:{caregiver}:no_breast_milk")
    assert await tracks(village) == [None]
