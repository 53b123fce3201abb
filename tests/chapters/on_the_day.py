"""A session of sixty in pictures: the list, what is said of a few, the end; one child's record; the days to come."""

from datetime import date

from domain.identifiers import ActorId
from domain.people import ActorRole
from domain.reader import Role
from domain.sex import Sex
from services.ports.families import NewChild
from tests.chapters.scene import Scene, answer, tap_on
from tests.trips.journeys import enrol_and_join
from tests.trips.letters import at_home
from tests.trips.village import Person

SESSION, NEXT = date(2026, 12, 5), date(2026, 12, 20)
BORN = (date(2026, 10, 1), date(2026, 9, 3), date(2026, 2, 28), date(2025, 11, 20))
FIRST_NAMES = {
    "vi": ("Bảo", "Cúc", "Nguyễn Thị Hoàng Anh Thư", "Dũng", "Gia Hân"),
    "zh": ("小宝", "子涵", "欧阳雨桐", "浩然", "诗琪"),
    "en": ("Bao", "Cuc", "Nguyen Thi Hoang Anh Thu", "Dung", "Gia Han"),
}
SIXTY = 60


async def play(scene: Scene) -> None:
    """Hoa closes her session, looks at An's record and changes the days that follow."""
    minh, hoa = await scene.worker("minh", ActorRole.VOLUNTEER), await scene.worker("hoa", ActorRole.HEALTH_WORKER)
    lan = await scene.person("lan", "mother")
    await enrol_and_join(minh, lan, born="5/10/2026", name=scene.children[0])
    await scene.village.pass_time(to=at_home(SESSION, "08:00"))
    await _come(scene)
    await _mark(scene, hoa)
    await _close(scene, hoa)
    await _keep_record(scene, hoa)
    await _speak(scene, hoa)
    await _change_days(scene, hoa)
    await _tell(scene, minh)
    for person in (hoa, minh, lan):
        await scene.camera.writes_down(person, scene="day")


async def _come(scene: Scene) -> None:
    """Children of four ages, and one woman who awaits hers, of whom no phone is known."""
    at = await scene.village.now()
    names = FIRST_NAMES[scene.language]
    async with scene.village.parts.database.begin() as uow:
        station = (await uow.area.facilities())[0]
        for number in range(1, SIXTY):
            family = await uow.families.add_family(station.id, station.zone, by=ActorId(1), at=at)
            mother = await uow.families.add_caregiver(family, Role.MOTHER, scene.language, f"+8491234{number:04d}")
            if number == 1:
                pregnancy = await uow.families.add_pregnancy(family, station.id, date(2027, 3, 1))
                await uow.families.add_care(mother, Role.MOTHER, pregnancy=pregnancy)
                continue
            new = NewChild(names[number % len(names)], BORN[number % 7 % len(BORN)], Sex.FEMALE)
            child = await uow.families.add_child(family, station.id, new)
            await uow.families.add_care(mother, Role.MOTHER, child=child)


async def _mark(scene: Scene, hoa: Person) -> None:
    await hoa.presses("menu.session")
    await scene.camera.takes("day-01-list", hoa)
    await hoa.taps("call_list.choice.print")
    await scene.camera.takes("day-25-call-list", hoa)
    await hoa.presses("menu.session")
    await hoa.taps("7 ·")
    await scene.camera.takes("day-02-marked", hoa)
    await hoa.taps("session.choice.postponed")
    await scene.camera.takes("day-03-why", hoa)
    await answer(hoa, "🌡", "9 ·")
    await hoa.taps("session.choice.no_vaccine")
    await scene.camera.takes("day-04-which-vaccine", hoa)
    await answer(hoa, "🚫", "12 ·", "session.choice.after")
    await scene.camera.takes("day-05-page-2", hoa)
    await hoa.taps("session.choice.swap")
    await scene.camera.takes("day-06-swap", hoa)
    await answer(hoa, "session.choice.list", "session.choice.one")
    await tap_on(hoa, scene.children[0])
    await scene.camera.takes("day-07-one", hoa)
    await hoa.taps("session.choice.record")
    await scene.camera.takes("day-08-recorded", hoa)


async def _close(scene: Scene, hoa: Person) -> None:
    await hoa.presses("menu.session")
    await hoa.taps("session.choice.close")
    await scene.camera.takes("day-09-close", hoa)
    await hoa.taps("session.choice.close_yes")
    await scene.camera.takes("day-10-closed", hoa)
    await hoa.taps("session.choice.list")
    await scene.camera.takes("day-11-closed-list", hoa)


async def _keep_record(scene: Scene, hoa: Person) -> None:
    await hoa.presses("menu.find")
    await hoa.types(scene.children[0])
    await hoa.taps(hoa.words("choice.role.mother")[:1])
    await scene.camera.takes("day-12-family", hoa)
    await hoa.taps("family_page.choice.family_doses")
    await scene.camera.takes("day-13-record", hoa)
    await hoa.taps("doses.choice.late")
    await scene.camera.takes("day-14-which-day", hoa)
    await hoa.types("20/11/2026")
    await hoa.taps("doses.choice.elsewhere")
    await scene.camera.takes("day-15-which-vaccine", hoa)
    await tap_on(hoa, hoa.words("vaccine.hepb0.short")[1:])
    await hoa.taps("doses.choice.all")
    await hoa.taps("✏️")
    await scene.camera.takes("day-16-row", hoa)
    await hoa.taps("doses.choice.day")
    await hoa.types("19/11/2026")
    await scene.camera.takes("day-17-corrected", hoa)
    await hoa.taps("doses.choice.exempt")
    await scene.camera.takes("day-18-exempt", hoa)


async def _speak(scene: Scene, hoa: Person) -> None:
    await hoa.presses("menu.session")
    await hoa.taps("🧸")
    await scene.camera.takes("day-20-topic", hoa)
    await hoa.taps("topic.choice.other")
    await scene.camera.takes("day-21-topics", hoa)
    await answer(hoa, "topic.choice.back", "topic.choice.done")
    await scene.camera.takes("day-22-topic-done", hoa)
    await hoa.taps("topic.choice.report")
    await scene.camera.takes("day-23-topic-report", hoa)


async def _change_days(scene: Scene, hoa: Person) -> None:
    await hoa.presses("menu.session")
    await hoa.taps("turned_away.choice.open")
    await scene.camera.takes("day-24-in-vain", hoa)
    await hoa.types("/session_days")
    await scene.camera.takes("day-30-days", hoa)
    await hoa.taps(hoa.words("session_days.choice.day", on=NEXT))
    await scene.camera.takes("day-31-one-day", hoa)
    await hoa.taps("session_days.choice.move")
    await scene.camera.takes("day-32-where-to", hoa)
    await hoa.taps(hoa.words("session_days.choice.back_to_day", on=NEXT))
    await hoa.taps("session_days.choice.short")
    await scene.camera.takes("day-33-short", hoa)
    await hoa.taps(hoa.words("session_days.choice.back_to_day", on=NEXT))
    await hoa.taps("session_days.choice.cancel")
    await scene.camera.takes("day-34-cancel", hoa)
    await hoa.taps("session_days.choice.cancel_yes")
    await scene.camera.takes("day-35-cancelled", hoa)


async def _tell(scene: Scene, minh: Person) -> None:
    """Minh has families on his list whom no message reaches."""
    await minh.presses("menu.families")
    await scene.camera.takes("day-36-to-tell", minh)
    await minh.taps("☎️")
    await scene.camera.takes("day-37-what-to-tell", minh)
