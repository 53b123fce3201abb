"""A birth in three taps, and a farewell after six years, in pictures."""

from datetime import date

from domain.people import ActorRole
from domain.reader import Role
from domain.sex import Sex
from services.ports.families import NewChild
from tests.chapters.scene import Scene
from tests.trips.births import await_child, is_with_us
from tests.trips.letters import at_home
from tests.trips.village import Person

DUE = date(2026, 11, 25)


async def play(scene: Scene) -> None:
    """Mai is asked at the due date and tells of two children; Lan's child is six."""
    minh = await scene.worker("minh", ActorRole.VOLUNTEER)
    mai, lan = await scene.person("mai", "mother"), await scene.person("lan", "mother")
    await await_child(minh, mai, f"{DUE.day}/{DUE.month}/{DUE.year}")
    await _bring_up(scene, lan)
    await scene.village.pass_time(to=at_home(DUE, "20:00"))
    await scene.camera.takes("farewell", lan)
    await scene.camera.takes("birth-1-asked", mai)
    await _tell(scene, mai)
    for person in (mai, lan):
        await scene.camera.writes_down(person, scene="birth")


async def _bring_up(scene: Scene, lan: Person) -> None:
    home = await is_with_us(scene.village, lan)
    async with scene.village.parts.database.begin() as uow:
        six = NewChild(scene.children[0], date(2020, 11, 24), Sex.FEMALE)
        child = await uow.families.add_child(home.family, home.station, six)
        await uow.families.add_care(home.mother, Role.MOTHER, child=child)


async def _tell(scene: Scene, mai: Person) -> None:
    await mai.taps("birth.choice.born")
    await scene.camera.takes("birth-2-when", mai)
    await mai.taps("choice.today")
    await scene.camera.takes("birth-3-who", mai)
    await mai.taps("choice.newborns.girl_and_boy")
    await scene.camera.takes("birth-4-where", mai)
    await mai.taps("choice.birth_place.hospital")
    await scene.camera.takes("birth-5-summary", mai)
    await mai.taps("choice.save")
    await scene.camera.takes("birth-6-digest", mai)
    await mai.taps("birth.choice.name")
    for name in scene.children:
        await mai.types(name)
    await scene.camera.takes("birth-7-named", mai)
