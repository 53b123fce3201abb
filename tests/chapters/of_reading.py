"""Reading on one's own in pictures: cards for danger, topics, words, a quiz, what is kept and passed on, settings."""

from domain.people import ActorRole
from tests.chapters.scene import Scene, answer, tap_on
from tests.trips.journeys import enrol_and_join
from tests.trips.village import Person

BORN = "10/8/2026"
WORDS = {"vi": "mẹ ít sữa", "zh": "奶水不够", "en": "not enough milk"}
FITS = {"vi": "co giật", "zh": "抽搐", "en": "convulsion"}


async def play(scene: Scene) -> None:
    """Lan reads whatever there is to read about An, Hoa chooses extra messages, and Mai joins while she waits."""
    minh, lan = await scene.worker("minh", ActorRole.VOLUNTEER), await scene.person("lan", "mother")
    hoa, mai = await scene.worker("hoa", ActorRole.HEALTH_WORKER), await scene.person("mai", "mother")
    await enrol_and_join(minh, lan, born=BORN, name=scene.children[0])
    await _be_in_danger(scene, lan)
    await _read_by_topic(scene, lan)
    await _search(scene, lan)
    await _keep_and_pass_on(scene, lan)
    await _settle(scene, lan)
    await _choose_extra_messages(scene, hoa)
    await _answer_quiz(scene, lan)
    await _join_in_pregnancy(scene, minh, mai)
    for person in (lan, hoa, mai):
        await scene.camera.writes_down(person, scene="read")


async def _be_in_danger(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.danger")
    await scene.camera.takes("read-01-danger", lan)
    await tap_on(lan, lan.words("danger.convulsion#title"))
    await scene.camera.takes("read-02-card", lan)
    await lan.taps("danger.choice.all")
    await lan.types(FITS[scene.language])
    await scene.camera.takes("read-03-card-by-words", lan)
    await lan.types(FITS["zh" if scene.language == "vi" else "vi"])
    await scene.camera.takes("read-04-card-by-foreign-words", lan)


async def _read_by_topic(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.tip")
    await scene.camera.takes("read-05-tip", lan)
    await lan.taps("library.choice.topics")
    await scene.camera.takes("read-06-topics", lan)
    await lan.taps("topic_of_messages.sleep.label")
    await scene.camera.takes("read-07-by-topic", lan)
    await lan.taps("library.choice.next")
    await scene.camera.takes("read-08-another", lan)
    await lan.taps("library.choice.helpful")
    await lan.taps("library.choice.not_helpful")
    await scene.camera.takes("read-09-votes", lan)


async def _search(scene: Scene, lan: Person) -> None:
    await lan.types(WORDS[scene.language])
    await scene.camera.takes("read-10-by-words", lan)


async def _keep_and_pass_on(scene: Scene, lan: Person) -> None:
    await lan.types("/kept")
    await scene.camera.takes("read-11-none-kept", lan)
    await lan.presses("menu.tip")
    await lan.taps("library.choice.keep")
    await answer(lan, "library.choice.topics", "topic_of_messages.sleep.label", "library.choice.keep")
    await answer(lan, "library.choice.next", "library.choice.keep")
    await scene.camera.takes("read-12-keeps", lan)
    await lan.types("/kept")
    await scene.camera.takes("read-13-kept", lan)
    [[newest], *_] = (await lan.messages())[-1]["reply_markup"]["inline_keyboard"]
    await lan.taps(newest["text"])
    await scene.camera.takes("read-14-read-again", lan)
    await lan.taps("library.choice.pass_on")
    await scene.camera.takes("read-15-pass-on", lan)


async def _settle(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.settings")
    await scene.camera.takes("read-16-settings", lan)
    await lan.taps("settings.choice.away_on")
    await scene.camera.takes("read-17-away", lan)


async def _choose_extra_messages(scene: Scene, hoa: Person) -> None:
    await hoa.forges("v1:family_page:1")
    await scene.camera.takes("read-18-family-page", hoa)
    await hoa.taps("family_page.choice.family_tracks")
    await scene.camera.takes("read-19-extra-messages", hoa)
    await hoa.taps("family_tracks.choice.in_difficulty.on")
    await scene.camera.takes("read-20-in-hard-times", hoa)
    await hoa.taps("family_tracks.choice.back")


async def _answer_quiz(scene: Scene, lan: Person) -> None:
    await lan.presses("menu.tip")
    await answer(lan, "library.choice.topics", "topic_of_messages.breastfeeding.label")
    await scene.camera.takes("read-21-quiz", lan)
    quiz = "breastfeeding.week15.no_water"
    await lan.taps(f"{quiz}#answer1")
    await scene.camera.takes("read-22-not-quite", lan)
    await lan.taps(f"{quiz}#answer3")
    await scene.camera.takes("read-23-right", lan)


async def _join_in_pregnancy(scene: Scene, minh: Person, mai: Person) -> None:
    await minh.presses("menu.enrol")
    await answer(minh, "choice.role.mother", scene.spoken, "choice.skip", "choice.stage.pregnant")
    await minh.types("20/5/2027")
    await minh.taps("choice.save")
    await mai.scans(minh)
    await answer(mai, scene.spoken, "choice.yes", "choice.yes", "19:00", "choice.amount.3")
    await scene.camera.takes("read-24-digest", mai)
