"""A printed card in pictures: her own answers, her number, and Minh who confirms it."""

import tempfile
from pathlib import Path

from domain.people import ActorRole
from tests.chapters.scene import Scene, answer
from tests.documents.paper import Paper
from tests.trips.paper_trail import make_cards
from tests.trips.village import Person

STATION = "Trạm Y tế Suối Mơ"


async def play(scene: Scene) -> None:
    """Lan scans a card and answers for herself; Minh confirms her by her number."""
    minh, lan = await scene.worker("minh", ActorRole.VOLUNTEER), await scene.person("lan", "mother")
    with tempfile.TemporaryDirectory() as folder:
        card = Paper(await make_cards(scene.village, STATION, 8, Path(folder))).codes(page=0)[0]
    await lan.opens(card.link)
    await scene.camera.takes("card-1-scanned", lan)
    await _answer_questions(scene, lan)
    await _confirm(scene, minh)
    await scene.camera.takes("card-8-joined", lan)
    for person in (minh, lan):
        await scene.camera.writes_down(person, scene="paper")


async def _answer_questions(scene: Scene, lan: Person) -> None:
    await lan.taps(scene.spoken)
    await scene.camera.takes("card-2-may-we-ask", lan)
    await lan.taps("choice.yes")
    await scene.camera.takes("card-3-role", lan)
    await answer(lan, "choice.role.mother", "choice.yes", "choice.yes", "choice.stage.born", "choice.number.1")
    await lan.types("15/10/2026")
    await lan.types(scene.children[0])
    await scene.camera.takes("card-4-sex", lan)
    await answer(lan, "choice.sex.female", "choice.skip", "19:00")
    await lan.taps("choice.amount.3")
    await scene.camera.takes("card-5-number", lan)


async def _confirm(scene: Scene, minh: Person) -> None:
    number = (await scene.village.rows("SELECT number FROM applications"))[0][0]
    await minh.presses("menu.applications")
    await scene.camera.takes("card-6-by-number", minh)
    await minh.types(str(number))
    await scene.camera.takes("card-7-confirm", minh)
    await minh.taps("application.choice.right")
