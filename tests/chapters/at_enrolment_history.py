"""What the child has had before she came to us, in pictures: by dates, up to an age, or without a card."""

from domain.people import ActorRole
from tests.chapters.scene import Scene, answer
from tests.trips.journeys import enrol
from tests.trips.village import Person

BORN = "5/2/2026"  # nine months old on the day of the pictures


async def play(scene: Scene) -> None:
    """Minh writes down one card, hears of another child by heart, and sees no card of the third."""
    minh = await scene.worker("minh", ActorRole.VOLUNTEER)
    first, second = scene.children
    await _read_card(scene, minh, first)
    await _hear(scene, minh, second)
    await _have_no_card(scene, minh)
    await scene.camera.writes_down(minh, scene="had")


async def _read_card(scene: Scene, minh: Person, name: str) -> None:
    await enrol(minh, born=BORN, name=name)
    await scene.camera.takes("had-1-enrolled", minh)
    await minh.taps("doses_had.choice.begin")
    await scene.camera.takes("had-2-which", minh)
    await minh.taps("choice.doses_had.dates")
    await minh.taps("choice.told_from.card")
    await scene.camera.takes("had-3-day", minh)
    await minh.types("6/2/2026")
    await minh.taps("choice.dose_day.apart")
    await scene.camera.takes("had-4-one-vaccine", minh)
    await minh.types("10/4/2026")
    await minh.types("10/4/2026")
    await minh.types("11/5/2026")
    await minh.taps("choice.dose_day.unknown")
    while minh.words("choice.dose_day.none") in str((await minh.messages())[-1].get("reply_markup")):
        await minh.taps("choice.dose_day.none")
    await scene.camera.takes("had-5-summary", minh)
    await minh.taps("choice.save")
    await scene.camera.takes("had-6-kept", minh)


async def _hear(scene: Scene, minh: Person, name: str) -> None:
    await enrol(minh, born=BORN, name=name)
    await answer(minh, "doses_had.choice.begin", "choice.doses_had.all", "choice.told_from.heart")
    await scene.camera.takes("had-7-up-to", minh)
    await minh.taps(minh.words("doses_had.months", months=4))
    await minh.taps("choice.save")
    await scene.camera.takes("had-8-kept", minh)


async def _have_no_card(scene: Scene, minh: Person) -> None:
    await enrol(minh, born=BORN, name="Bi")
    await answer(minh, "doses_had.choice.begin", "choice.doses_had.no_card", "choice.save")
    await scene.camera.takes("had-9-no-card", minh)
