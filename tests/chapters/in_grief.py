"""Stop, pause and loss in pictures."""

from domain.people import ActorRole
from tests.chapters.scene import Scene, answer
from tests.trips.grieving import enrol_mother
from tests.trips.village import Person

TYPED = {"vi": "em bị sảy thai rồi", "zh": "我流产了", "en": "I had a miscarriage"}


async def play(scene: Scene) -> None:
    """Lan pauses, then loses her pregnancy; Mai loses one of two children."""
    minh, hoa = await scene.worker("minh", ActorRole.VOLUNTEER), await scene.worker("hoa", ActorRole.HEALTH_WORKER)
    lan, mai = await scene.person("lan", "mother"), await scene.person("mai", "mother")
    await enrol_mother(minh, lan, due="30/5/2027", phone="0912345678")
    await enrol_mother(minh, mai, children=scene.children, born="28/9/2026")
    await _pause(scene, lan)
    await _lose(scene, lan)
    await _lose_one(scene, mai)
    await _be_told(scene, hoa)
    for person in (lan, mai, hoa):
        await scene.camera.writes_down(person, scene="grief")


async def _pause(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.stop")
    await scene.camera.takes("stop-1-ask", lan)
    await lan.taps("pause.choice.ask")
    await scene.camera.takes("stop-2-pause", lan)
    await lan.taps("pause.choice.all")
    await scene.camera.takes("stop-3-how-long", lan)
    await lan.taps("pause.choice.days_30")
    await scene.camera.takes("stop-4-paused", lan)
    await lan.presses("menu.come_back")
    await scene.camera.takes("stop-5-back", lan)


async def _lose(scene: Scene, lan: Person) -> None:
    await lan.types(TYPED[scene.language])
    await scene.camera.takes("loss-1-typed", lan)
    await lan.taps("loss.choice.tell")
    await scene.camera.takes("loss-2-confirm", lan)
    await lan.taps("loss.choice.confirm")
    await scene.camera.takes("loss-3-words", lan)
    await lan.taps("loss.choice.miscarriage")
    await scene.camera.takes("loss-4-danger", lan)
    await lan.taps("loss.choice.call")
    await scene.camera.takes("loss-5-call", lan)
    await lan.presses("menu.known")
    await scene.camera.takes("loss-6-known", lan)


async def _lose_one(scene: Scene, mai: Person) -> None:
    await mai.presses("menu.stop")
    await mai.taps("stop.choice.loss")
    await scene.camera.takes("loss-7-whom", mai)
    await answer(mai, scene.children[0], "loss.choice.confirm")
    await scene.camera.takes("loss-8-other-goes-on", mai)


async def _be_told(scene: Scene, hoa: Person) -> None:
    await scene.camera.takes("loss-9-please-call", hoa)
    await hoa.presses("menu.ended")
    await scene.camera.takes("ended-1-list", hoa)
    await hoa.taps(scene.children[0])
    await scene.camera.takes("ended-2-one", hoa)
