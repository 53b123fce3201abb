"""What An has had before she came to us: told to Minh right after enrolment, or later, or never; nothing is guessed."""

import pytest

from domain.message import Text
from domain.people import ActorRole
from tests.trips.journeys import Beginning, are_with_us, enrol
from tests.trips.letters import told
from tests.trips.village import Person, Village

Dose = tuple[str, str, str, bool]
BORN = "5/8/2026"  # on 22 November she is three months old: two dates have passed, and the doses of birth


async def doses(village: Village) -> list[Dose]:
    found = await village.rows(
        "SELECT vaccine, given_on, source, date_known FROM vaccinations WHERE withdrawn_at IS NULL ORDER BY id"
    )
    return [(str(row[0]), str(row[1]), str(row[2]), bool(row[3])) for row in found]


async def begins(minh: Person, *ways: str) -> str:
    """Minh taps the button under the invite, and these answers."""
    said = await minh.taps("doses_had.choice.begin")
    for way in ways:
        said = await minh.taps(way)
    return said


async def test_minh_reads_the_dates_from_the_card_and_nonsense_is_not_taken(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol(minh, born=BORN)
    asked = await begins(minh)
    assert "An" in asked
    assert minh.words("vaccine.penta.short") in asked
    await minh.taps("choice.doses_had.dates")
    await minh.taps("choice.told_from.card")

    for typed, problem in (
        ("vâng", "not_a_date"),
        ("31/9/2026", "no_such_day"),
        ("23/11/2026", "in_future"),
        ("4/8/2026", "before_birth"),
    ):
        assert minh.words(f"problem.dose_day.{problem}") in await minh.types(typed)
    await minh.types("6/8/2026")
    await minh.types("10 tháng 10")
    assert minh.words("problem.dose_day.twice") in await minh.types("10/10/2026")
    summary = await minh.taps("choice.dose_day.none")
    assert minh.words("choice.told_from.card") in summary
    assert await doses(village) == []

    written = await minh.taps("choice.save")
    assert "An" in written
    assert await doses(village) == [
        ("HEPB0", "2026-08-06", "card", True),
        ("BCG", "2026-08-06", "card", True),
        ("PENTA", "2026-10-10", "card", True),
        ("OPV", "2026-10-10", "card", True),
    ]
    # The button asks only for what is still unknown.
    again = await minh.taps("doses_had.choice.begin")
    assert minh.words("vaccine.bcg.short") not in again
    assert minh.words("vaccine.penta.short") in again


async def test_vaccines_of_different_days_are_asked_for_one_by_one_and_corrected_in_the_summary(
    village: Village, minh: Person
) -> None:
    await enrol(minh, born=BORN)
    await begins(minh, "choice.doses_had.dates", "choice.told_from.card", "choice.dose_day.apart")
    assert minh.words("vaccine.hepb0.short") in await minh.reads()
    await minh.types("5/8/2026")
    assert minh.words("vaccine.bcg.short") in await minh.reads()
    await minh.taps("choice.dose_day.unknown")
    await minh.taps("choice.dose_day.none")
    await minh.taps("choice.dose_day.none")
    corrected = f"✏️ {minh.words('doses_had.birth').capitalize()}: {minh.words('vaccine.bcg.short')}"
    await minh.taps(corrected)
    await minh.types("20/8")
    await minh.taps("choice.save")
    assert await doses(village) == [("HEPB0", "2026-08-05", "card", True), ("BCG", "2026-08-20", "card", True)]


async def test_all_up_to_an_age_told_by_heart_silences_and_is_marked_as_the_familys_word(
    village: Village, minh: Person, lan: Person
) -> None:
    await are_with_us(minh, lan, Beginning(BORN))
    await minh.forges("v1:doses_had:1")
    await minh.taps("choice.doses_had.all")
    await minh.taps("choice.told_from.heart")
    summary = await minh.types("3 tháng")
    assert minh.words("doses_had.months", months=3) in summary
    await minh.taps("choice.save")

    found = await doses(village)
    assert {(source, known) for _vaccine, _day, source, known in found} == {("reported", False)}
    assert [vaccine for vaccine, *_rest in found] == ["HEPB0", "BCG", "PENTA", "OPV", "PENTA", "OPV"]
    card = await lan.forges("v1:card:1")
    assert told(lan, "record.source.told_by_you") in card
    assert (
        told(lan, "why.dose.day_unknown", day=told(lan, "record.day_unknown"), vaccine="X", source="").split(":")[0]
        in card
    )
    assert told(lan, "known.dose.undated", vaccine=Text("vaccine.penta.short")) in await lan.presses("menu.known")
    assert await lan.forges("v1:known_file:1") == told(lan, "known_file.caption")
    # The third doses are next, by age alone: no interval begins with a day that nobody knows.
    assert told(lan, "vaccine.penta.short") in await lan.presses("menu.child")


async def test_a_card_that_is_not_here_is_noted_for_the_nurse_and_nothing_is_written_down(
    village: Village, minh: Person, hoa: Person
) -> None:
    await enrol(minh, born=BORN)
    await begins(minh, "choice.doses_had.no_card")
    assert await minh.taps("choice.save") == minh.words("doses_had.no_card")
    assert await doses(village) == []
    await hoa.forges("v1:child_why:1")
    assert hoa.words("why.card_missing") in (await hoa.has_read())[-2]

    await hoa.forges("v1:doses_had_of:1")
    for answer in ("choice.doses_had.all", "choice.told_from.card", "3 tháng", "choice.save"):
        await hoa.taps(answer)
    await hoa.forges("v1:child_why:1")
    assert hoa.words("why.card_missing") not in (await hoa.has_read())[-2]


async def test_a_night_and_a_restart_lose_no_answer(village: Village, minh: Person) -> None:
    await enrol(minh, born=BORN)
    await begins(minh, "choice.doses_had.dates", "choice.told_from.card")
    await minh.types("5/8/2026")
    await village.stop_bot()
    await village.start_bot()
    await village.pass_time(days=1)

    assert minh.words("vaccine.penta.short") in await minh.taps("doses_had.choice.begin")
    await minh.types("10/10/2026")
    await minh.taps("choice.dose_day.none")
    await minh.taps("choice.save")
    assert len(await doses(village)) == 4
    # A second tap on the old summary keeps nothing twice.
    await minh.forges("v1:form_save:doses_had:1")
    assert len(await doses(village)) == 4


async def test_of_twins_each_is_asked_about(village: Village, minh: Person, lan: Person) -> None:
    await are_with_us(minh, lan, Beginning(BORN, ("An", "Bình")))
    assert await minh.forges("v1:doses_had:1") == minh.words("doses_had.whom")
    await minh.taps(minh.words("doses_had.choice.child", children="Bình"))
    assert "Bình" in await minh.reads()
    await minh.taps("choice.doses_had.none")
    await minh.taps("choice.save")
    await minh.taps(minh.words("doses_had.choice.child", children="An"))
    assert "An" in await minh.reads()


async def test_a_newborn_has_little_to_ask_about_and_an_awaited_child_nothing(village: Village, minh: Person) -> None:
    await enrol(minh, born="hôm nay")
    asked = await begins(minh)
    assert minh.words("vaccine.bcg.short") in asked
    assert minh.words("vaccine.penta.short") not in asked


@pytest.mark.parametrize("tap", ["doses_had:1", "doses_had_of:1", "doses_had_new:1", "doses_had:999", "doses_had_of:x"])
async def test_nobody_else_writes_into_ans_record(
    village: Village, minh: Person, lan: Person, binh: Person, tap: str
) -> None:
    await are_with_us(minh, lan, Beginning(BORN))
    other = await village.actor("Thu", ActorRole.VOLUNTEER, communes=("Đảo Sao",))
    await binh.starts()
    for stranger in (other, lan, binh):
        assert await stranger.forges(f"v1:{tap}") == stranger.words("refused")
    assert await doses(village) == []
