"""How fast the words are loaded and rendered, on one core."""

from benchmarks.measurement import Measurement, seconds
from content.library import load_library
from domain.message import OutgoingMessage, Text
from domain.reader import Reader, Role, Station

MANY = 5_000


def loading() -> Measurement:
    """The whole library: catalogue, interface and translations."""
    return Measurement("content_loading", seconds(load_library), "s", 0.5, at_most=True)


def rendering() -> Measurement:
    """Tips in three languages, as the sender asks for them."""
    library = load_library()
    keys = [step.key for step in library.catalogue.steps()]
    station = Station("Trạm Y tế Suối Mơ", "0203 555 0101", "7:30–16:30", "115")
    readers = [Reader(tag, "Asia/Ho_Chi_Minh", Role.MOTHER, ("An",), station) for tag in ("vi", "zh", "en")]

    def render_many() -> None:
        for number in range(MANY):
            message = OutgoingMessage(Text(keys[number % len(keys)]))
            library.renderer.render(message, readers[number % len(readers)])

    return Measurement("rendering", MANY / seconds(render_many), "messages/s", 20_000, at_most=False)
