"""After a visit in pictures: how is the child, danger, a day that was missed or was in vain, and the topic to try."""

from datetime import date

from domain.people import ActorRole
from domain.reader import Role
from tests.chapters.scene import Scene, answer, tap_on
from tests.trips.journeys import Beginning, are_with_us
from tests.trips.letters import at_home
from tests.trips.village import Person

BORN = "5/10/2026"
DAY, NEXT = date(2026, 12, 5), date(2026, 12, 6)


async def play(scene: Scene) -> None:
    """An is vaccinated; Tuấn's child does not come, Mai's is sent home; nobody writes Thu's down."""
    minh, hoa = await scene.worker("minh", ActorRole.VOLUNTEER), await scene.worker("hoa", ActorRole.HEALTH_WORKER)
    lan, tuan = await scene.person("lan", "mother"), await scene.person("tuan", "father")
    mai = await scene.person("mai", "mother")
    an, binh = scene.children
    await are_with_us(minh, lan, Beginning(BORN, (an,), phone="+84912345678"))
    await are_with_us(minh, tuan, Beginning(BORN, (binh,), role=Role.FATHER, phone="+84912345679"))
    await are_with_us(minh, mai, Beginning(BORN, ("Ti",), phone="+84912345670"))
    await _hold_session(scene, hoa)
    await _ask_in_the_evening(scene, lan, hoa)
    await _be_missed(scene, tuan, mai)
    await _call(scene, minh)
    await _try_at_home(scene, lan)
    for person in (lan, tuan, mai, hoa, minh):
        await scene.camera.writes_down(person, scene="after")


async def _hold_session(scene: Scene, hoa: Person) -> None:
    await scene.village.pass_time(to=at_home(DAY, "10:00"))
    await hoa.presses("menu.session")
    await tap_on(hoa, scene.children[1])
    await answer(hoa, "session.choice.postponed", "🌡")
    await tap_on(hoa, "Ti")
    await answer(hoa, "session.choice.close", "session.choice.close_yes", "session.choice.list")
    await answer(hoa, "🧸", "topic.choice.done")


async def _ask_in_the_evening(scene: Scene, lan: Person, hoa: Person) -> None:
    await scene.village.pass_time(to=at_home(DAY, "20:30"))
    await scene.camera.takes("after-01-evening", lan)
    await lan.taps("after.choice.fever")
    await scene.camera.takes("after-02-fever", lan)
    await lan.taps("after.choice.none")
    await scene.camera.takes("after-03-noted", lan)
    await lan.taps("after.choice.change")
    await lan.taps("after.choice.else")
    await scene.camera.takes("after-04-signs", lan)
    await lan.taps("after.choice.fit")
    await scene.camera.takes("after-05-go-now", lan)
    await scene.camera.takes("after-06-alarm", hoa)


async def _be_missed(scene: Scene, tuan: Person, mai: Person) -> None:
    await scene.village.pass_time(to=at_home(NEXT, "20:30"))
    await scene.camera.takes("after-07-missed", tuan)
    await tuan.taps("missed.choice.stayed")
    await scene.camera.takes("after-08-stayed", tuan)
    await tuan.taps("missed.stayed.choice.afraid")
    await scene.camera.takes("after-09-afraid", tuan)
    await scene.camera.takes("after-10-sorry", mai)


async def _call(scene: Scene, minh: Person) -> None:
    await scene.village.pass_time(to=at_home(date(2026, 12, 7), "08:30"))
    await scene.camera.takes("after-11-please-call", minh)
    await minh.taps("menu.families")
    await scene.camera.takes("after-12-families", minh)
    await minh.taps("☎️")
    await scene.camera.takes("after-13-whom-to-call", minh)


async def _try_at_home(scene: Scene, lan: Person) -> None:
    await scene.village.pass_time(to=at_home(date(2026, 12, 8), "21:00"))
    await scene.camera.takes("after-14-try", lan)
    await scene.village.pass_time(to=at_home(date(2026, 12, 15), "21:00"))
    await scene.camera.takes("after-15-topic-question", lan)
    await lan.taps("topic.choice.little")
    await scene.camera.takes("after-16-topic-thanks", lan)
