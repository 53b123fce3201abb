"""What we know about her in pictures: the file, the consents, and how she is forgotten."""

from domain.people import ActorRole
from tests.chapters.scene import Scene, answer
from tests.looks import FOLDER
from tests.trips.journeys import enrol_and_join
from tests.trips.village import Person


async def play(scene: Scene) -> None:
    """Lan looks at everything, takes a yes back, and asks to be forgotten."""
    minh, lan = await scene.worker("minh", ActorRole.VOLUNTEER), await scene.person("lan", "mother")
    await enrol_and_join(minh, lan, born="15/10/2026", name=scene.children[0])
    await _read(scene, lan)
    await _take_back(scene, lan)
    await _be_forgotten(scene, lan)
    await scene.camera.writes_down(lan, scene="oneself")


async def _read(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.known")
    await scene.camera.takes("known-1", lan)
    await lan.taps("known.choice.known_file")
    await scene.camera.takes("known-2-file", lan)
    sent = next(one for one in reversed(await lan.messages()) if "document" in one)
    _keep(f"{scene.language}-known.pdf", await scene.village.stage.picture(sent["file"]["file_unique_id"]))


def _keep(name: str, file: bytes) -> None:
    (FOLDER / name).write_bytes(file)


async def _take_back(scene: Scene, lan: Person) -> None:
    await lan.taps("known.choice.consents")
    await scene.camera.takes("known-3-consents", lan)
    purpose = lan.words("purpose.file")
    await lan.taps(lan.words("consent.choice.withdraw", purpose=purpose))
    await scene.camera.takes("known-4-withdraw", lan)
    await answer(lan, "consent.choice.withdraw_yes", "known.choice.consents")
    await lan.taps(lan.words("consent.choice.give", purpose=purpose))
    await scene.camera.takes("known-5-ask-again", lan)
    await lan.taps("choice.yes")


async def _be_forgotten(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.known")
    await lan.taps("known.choice.forget")
    await scene.camera.takes("forget-1", lan)
    await lan.taps("forget.choice.go_on")
    await scene.camera.takes("forget-2-sure", lan)
    await lan.taps("forget.choice.sure")
    await scene.camera.takes("forget-3-receipt", lan)
