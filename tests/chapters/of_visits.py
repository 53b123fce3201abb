"""Before a visit in pictures: the reminders, each answer, the next visit, the card and why."""

from datetime import date

from domain.area import FacilitySettings
from domain.identifiers import FacilityId
from domain.people import ActorRole
from domain.reader import Role
from tests.chapters.scene import Scene, answer
from tests.trips.journeys import Beginning, are_with_us
from tests.trips.letters import at_home
from tests.trips.village import Person

BORN = "5/10/2026"
DAY = date(2026, 12, 5)


async def play(scene: Scene) -> None:
    """Lan answers in every way there is, Tuấn says nothing, and Mai awaits a child."""
    minh, lan = await scene.worker("minh", ActorRole.VOLUNTEER), await scene.person("lan", "mother")
    tuan, mai = await scene.person("tuan", "father"), await scene.person("mai", "mother")
    await are_with_us(minh, lan, Beginning(BORN, scene.children))
    await are_with_us(minh, tuan, Beginning(BORN, scene.children[:1], role=Role.FATHER))
    await are_with_us(minh, mai, Beginning(due="20/5/2027"))
    await _reminds_each_morning(scene)
    await scene.village.pass_time(to=at_home(date(2026, 11, 28), "21:00"))
    await scene.camera.takes("visit-01-week", lan)
    await scene.camera.takes("visit-02-pregnancy", mai)
    await _answer_reminder(scene, lan)
    await _look_ahead(scene, lan)
    await _be_reminded_again(scene, lan, tuan)
    for person in (lan, tuan, mai):
        await scene.camera.writes_down(person, scene="visit")


async def _reminds_each_morning(scene: Scene) -> None:
    async with scene.village.parts.database.begin() as uow:
        await uow.area.set_settings(FacilityId(1), FacilitySettings(morning_reminder=True))


async def _answer_reminder(scene: Scene, lan: Person) -> None:
    await lan.taps("visit.choice.ill")
    await scene.camera.takes("visit-03-ill", lan)
    await lan.taps("visit.ill.choice.no")
    await scene.camera.takes("visit-04-mild", lan)
    await lan.taps("visit.choice.cannot")
    await scene.camera.takes("visit-05-cannot", lan)
    await lan.taps("visit.choice.change")
    await scene.camera.takes("visit-06-again", lan)
    await lan.taps("visit.choice.moved")
    await scene.camera.takes("visit-07-moved", lan)
    await lan.taps("visit.choice.moved_near")
    await scene.camera.takes("visit-08-near", lan)
    await answer(lan, "visit.choice.not_moved", "visit.choice.coming")
    await scene.camera.takes("visit-09-coming", lan)


async def _look_ahead(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.child")
    await scene.camera.takes("visit-10-next", lan)
    await lan.taps("record.choice.calendar")
    await scene.camera.takes("visit-11-calendar", lan)
    await lan.taps("record.choice.card")
    await scene.camera.takes("visit-12-card", lan)
    await lan.taps("record.choice.file")
    await scene.camera.takes("visit-13-file", lan)
    await lan.taps("record.choice.why")
    await scene.camera.takes("visit-14-why", lan)


async def _be_reminded_again(scene: Scene, lan: Person, tuan: Person) -> None:
    await scene.village.pass_time(to=at_home(date(2026, 12, 4), "21:00"))
    await scene.camera.takes("visit-15-eve-coming", lan)
    await scene.camera.takes("visit-16-eve", tuan)
    await scene.village.pass_time(to=at_home(DAY, "07:10"))
    await scene.camera.takes("visit-17-morning", tuan)
    await tuan.taps("visit.choice.vaccinated")
    await scene.camera.takes("visit-18-vaccinated", tuan)
