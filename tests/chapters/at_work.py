"""The volunteer's list, a family's page, a search, a move, and colleagues, in pictures."""

from domain.identifiers import FamilyId
from domain.people import ActorRole
from domain.tasks import TaskKind
from services.ports.tasks import NewTask
from tests.chapters.scene import NAMES, Scene, answer
from tests.trips.journeys import enrol, enrol_and_join
from tests.trips.village import Person


async def play(scene: Scene) -> None:
    """Minh helps three families; Hạnh, of the staff, looks after colleagues."""
    minh, thu = await scene.worker("minh", ActorRole.VOLUNTEER), await scene.worker("thu", ActorRole.VOLUNTEER)
    hanh, lan = await scene.worker("hanh", ActorRole.STAFF), await scene.person("lan", "mother")
    await _need_help(scene, minh, lan)
    await _help(scene, minh)
    await _find(scene, minh)
    await _move(scene, minh, lan)
    await _be_away(scene, minh, thu)
    await _let_go(scene, hanh)
    for person in (minh, hanh, lan):
        await scene.camera.writes_down(person, scene="work")


async def _need_help(scene: Scene, minh: Person, lan: Person) -> None:
    """One joined and unreachable, one who has not joined, one who is to be called."""
    await enrol_and_join(minh, lan, born="15/10/2026", name=scene.children[0])
    await enrol(minh, name=scene.children[1])
    await enrol(minh, name="Nguyễn Thị Hoàng Anh Thư", born="1/11/2026")
    await lan.blocks()
    async with scene.village.parts.database.begin() as uow:
        now = await scene.village.now()
        task = NewTask(TaskKind.ASK_BIRTH, "ask_birth:2", FamilyId(2), due_on=now.date())
        await uow.tasks.add(task, at=now)


async def _help(scene: Scene, minh: Person) -> None:
    await minh.presses("menu.families")
    await scene.camera.takes("list-1", minh)
    await minh.taps("☎️")
    await scene.camera.takes("list-2-to-call", minh)
    await answer(minh, "menu.families", "⏳")
    await scene.camera.takes("list-3-not-joined", minh)
    await minh.taps("tasks.choice.not_home")
    await scene.camera.takes("list-4-done", minh)
    await answer(minh, "menu.families", "📵")
    await scene.camera.takes("list-5-unreachable", minh)


async def _find(scene: Scene, minh: Person) -> None:
    await minh.presses("menu.find")
    await minh.types(scene.children[0])
    await scene.camera.takes("find", minh)
    await minh.taps(minh.words("choice.role.mother")[:1])
    await scene.camera.takes("page-3-volunteer", minh)


async def _move(scene: Scene, minh: Person, lan: Person) -> None:
    await lan.unblocks()
    await minh.taps("family_page.choice.family_move")
    await scene.camera.takes("move-1-where", minh)
    await minh.taps("Trạm Y tế Đảo Sao")
    await scene.camera.takes("move-2-how", minh)
    await minh.taps("moves.choice.ask")
    await scene.camera.takes("move-3-asked", lan)
    await lan.taps("moves.choice.yes")
    await scene.camera.takes("move-4-welcome", lan)


async def _be_away(scene: Scene, minh: Person, thu: Person) -> None:
    await minh.presses("menu.families")
    await minh.taps("families.choice.away")
    await scene.camera.takes("away-1-until", minh)
    await minh.taps("absence.choice.14")
    await scene.camera.takes("away-2-who", minh)
    await minh.taps(thu.name)
    await scene.camera.takes("away-3-stand-in", thu)


async def _let_go(scene: Scene, hanh: Person) -> None:
    await scene.camera.takes("colleagues-0-keys", hanh)
    await hanh.forges("v1:family_page:2")
    await scene.camera.takes("page-4-staff", hanh)
    await hanh.taps("family_page.choice.family_hand_over")
    await scene.camera.takes("page-5-hand-over", hanh)
    await hanh.presses("menu.colleagues")
    await scene.camera.takes("colleagues-1", hanh)
    await hanh.taps(NAMES[scene.language]["minh"])
    await scene.camera.takes("colleagues-2-one", hanh)
    await hanh.taps("colleagues.choice.left")
    await scene.camera.takes("colleagues-3-sure", hanh)
    await hanh.taps("colleagues.choice.yes")
    await scene.camera.takes("colleagues-4-who-takes-over", hanh)
