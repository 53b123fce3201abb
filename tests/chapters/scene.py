"""One village before the camera: its people have names and labels in the language of the pictures."""

from dataclasses import dataclass

from domain.people import ActorRole
from tests.browser.cast import add_person, add_worker
from tests.looks import Camera
from tests.trips.journeys import SPOKEN
from tests.trips.village import Person, Village

NAMES = {
    "vi": {"minh": "Minh", "lan": "Lan", "tuan": "Tuấn", "mai": "Mai", "hoa": "Hoa", "thu": "Thu", "hanh": "Hạnh"},
    "zh": {"minh": "小敏", "lan": "兰", "tuan": "俊", "mai": "梅", "hoa": "华", "thu": "秋", "hanh": "杏"},
    "en": {"minh": "Minh", "lan": "Lan", "tuan": "Tuan", "mai": "Mai", "hoa": "Hoa", "thu": "Thu", "hanh": "Hanh"},
}
CHILDREN = {"vi": ("An Nhiên", "Bình Minh"), "zh": ("安安", "平平"), "en": ("An", "Binh")}


@dataclass(frozen=True)
class Scene:
    """Where a chapter is played."""

    village: Village
    camera: Camera

    @property
    def language(self) -> str:
        return self.camera.language

    @property
    def spoken(self) -> str:
        """The language as its button names it."""
        return SPOKEN[self.language]

    @property
    def children(self) -> tuple[str, str]:
        return CHILDREN[self.language]

    async def worker(self, name: str, role: ActorRole) -> Person:
        """Somebody who works for the programme."""
        label = self.words(f"choice.actor_role.{role}")
        return await add_worker(self.village, NAMES[self.language][name], label, role, language=self.language)

    async def person(self, name: str, role: str) -> Person:
        """Somebody of a family."""
        label = self.words(f"choice.role.{role}")
        return await add_person(self.village, NAMES[self.language][name], label, language=self.language)

    def words(self, key: str) -> str:
        """A text of the interface in the language of the pictures."""
        return Person("", 0, self.village, self.language).words(key)


async def answer(person: Person, *labels: str) -> None:
    """She taps one button after another."""
    for label in labels:
        await person.taps(label)


async def tap_on(person: Person, name: str) -> None:
    """She taps the button of the newest message on which this name stands."""
    rows = (await person.messages())[-1]["reply_markup"]["inline_keyboard"]
    await person.taps(next(one["text"] for row in rows for one in row if name in one["text"]))
