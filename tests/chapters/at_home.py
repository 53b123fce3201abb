"""A family in pictures: who belongs to it, a shared telephone, a new one, and ninety silent days."""

from datetime import date

from domain.people import ActorRole
from tests.chapters.scene import Scene, answer
from tests.trips.journeys import enrol_and_join, newest_invite
from tests.trips.letters import at_home
from tests.trips.village import Person, link_in


async def play(scene: Scene) -> None:
    """Lan invites Tuấn, shares her telephone with her mother, gets a new one, and is silent for ninety days."""
    minh, lan = await scene.worker("minh", ActorRole.VOLUNTEER), await scene.person("lan", "mother")
    await enrol_and_join(minh, lan, born="15/10/2026", name=scene.children[0])
    tuan = await scene.person("tuan", "father")
    await _invite(scene, lan)
    await _join(scene, lan, tuan)
    await _remove(scene, minh)
    await _relink(scene, minh, lan)
    await _share(scene, lan)
    await _be_silent(scene, tuan)
    for person in (minh, lan, tuan):
        await scene.camera.writes_down(person, scene="home")


async def _invite(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.kin")
    await scene.camera.takes("family-1-mine", lan)
    await lan.taps("kin.choice.invite")
    await scene.camera.takes("family-2-who", lan)
    await answer(lan, "choice.role.father", scene.spoken)
    await scene.camera.takes("family-3-invite", lan)


async def _join(scene: Scene, lan: Person, tuan: Person) -> None:
    await tuan.opens(link_in((await lan.has_read())[-2]))
    await answer(tuan, scene.spoken, "choice.yes", "choice.yes", "19:00")
    await scene.camera.takes("family-4-father", tuan)
    await tuan.taps("choice.amount.3")
    await lan.presses("menu.kin")
    await scene.camera.takes("family-5-both", lan)


async def _remove(scene: Scene, minh: Person) -> None:
    """As far as the question: Tuấn stays."""
    await minh.forges("v1:family_page:1")
    await scene.camera.takes("page-1", minh)
    await minh.taps("family_page.choice.kin_remove")
    await minh.taps(f"👤 {minh.words('choice.role.father')}")
    await scene.camera.takes("page-2-remove", minh)
    await minh.taps("kin.choice.keep")


async def _relink(scene: Scene, minh: Person, lan: Person) -> None:
    new = await scene.person("lan", "mother")
    await minh.forges(f"v1:family:{await scene.village.caregiver_of(lan)}")
    await scene.camera.takes("relink-1-entry", minh)
    await minh.taps("choice.new_link")
    await new.opens(link_in(await newest_invite(minh)))
    await scene.camera.takes("relink-2-ask", new)
    await new.taps("relink.choice.both")
    await scene.camera.takes("relink-3-both", new)


async def _share(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.kin")
    await answer(lan, "kin.choice.invite", "choice.role.grandmother", scene.spoken)
    await lan.opens(link_in((await lan.has_read())[-2]))
    await answer(lan, scene.spoken, "choice.yes", "08:00", "choice.amount.3")
    await scene.camera.takes("shared-1-joined", lan)
    await lan.presses("menu.settings")
    await scene.camera.takes("shared-2-settings", lan)
    await lan.presses("menu.stop")
    await scene.camera.takes("shared-3-stop", lan)
    await answer(lan, "stop.choice.no")
    await scene.village.pass_time(to=at_home(date(2026, 11, 29), "21:00"))
    await scene.camera.takes("shared-4-messages", lan)


async def _be_silent(scene: Scene, tuan: Person) -> None:
    await scene.village.pass_time(to=at_home(date(2027, 3, 5), "21:00"))
    await scene.camera.takes("silent-1-greeted", tuan)
    await tuan.taps("still.choice.yes")
    await scene.camera.takes("silent-2-back", tuan)
