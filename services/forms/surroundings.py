"""What a form needs from the programme: places that may be chosen, languages, and the readers of typed words."""

from collections.abc import Sequence
from datetime import date

from domain.area import Commune, Facility
from domain.forms.doses_had import months_had
from domain.forms.form import Answers, Option, Surroundings
from domain.identifiers import FacilityId
from domain.people import Actor, ActorRole
from services.access import access_facilities
from services.forms.readers import readers
from services.turn import Turn

DEFAULT_COUNTRY = "VN"
DEFAULT_ZONE = "Asia/Ho_Chi_Minh"


async def surroundings_of(turn: Turn, answers: Answers) -> Surroundings:
    """Options and readers for this speaker, on her day."""
    actor = turn.speaker.actor
    facilities = await access_facilities(turn.uow, actor) if actor else await _of_paper(turn, answers)
    communes = await turn.uow.area.communes() if actor and actor.role is ActorRole.STAFF else ()
    home = _home(facilities, answers)
    zone = answers.get("zone") or (home.zone if home else DEFAULT_ZONE)
    due_on = answers.get("due_on")
    country = home.commune.province.country if home else DEFAULT_COUNTRY
    return Surroundings(
        options={
            "languages": tuple(Option(one.tag, one.autonym, is_key=False) for one in turn.programme.languages),
            "spoken_languages": tuple(
                Option(one.tag, one.autonym, is_key=False) for one in turn.programme.spoken_languages
            ),
            "facilities": _facilities(facilities, actor),
            "communes": _communes(communes),
            "months_had": _months_had(answers),
            "other_communes": tuple(one for one in _communes(communes) if one.value != answers.get("commune")),
        },
        readers=readers(
            turn.said_on(zone),
            country,
            turn.programme.read_phone,
            due_on=date.fromisoformat(due_on) if due_on else None,
            answers=answers,
        ),
    )


def _months_had(answers: Answers) -> tuple[Option, ...]:
    """The ages up to which a child may have had every dose."""
    months = months_had(answers) if answers.get("expected") else ()
    return tuple(Option(str(one), "choice.up_to") for one in months)


async def _of_paper(turn: Turn, answers: Answers) -> tuple[Facility, ...]:
    """The facility whose card or poster somebody scanned who begins by herself."""
    place = answers.get("facility")
    facility = await turn.uow.area.facility(FacilityId(place_row(place))) if place else None
    return (facility,) if facility is not None else ()


def place_value(row: int) -> str:
    """A place as an answer. It does not look like a number: "2" is the second of the list."""
    return f"p{row}"


def place_row(value: str) -> int:
    """The row of a place that was answered."""
    return int(value.removeprefix("p"))


def _home(facilities: Sequence[Facility], answers: Answers) -> Facility | None:
    chosen = next((one for one in facilities if place_value(one.id) == answers.get("facility")), None)
    return chosen or (facilities[0] if facilities else None)


def _facilities(facilities: Sequence[Facility], actor: Actor | None) -> tuple[Option, ...]:
    several = actor is not None and len({one.commune.id for one in facilities}) > 1
    return tuple(
        Option(place_value(one.id), f"{one.name} · {one.commune.name}" if several else one.name, is_key=False)
        for one in facilities
    )


def _communes(communes: Sequence[Commune]) -> tuple[Option, ...]:
    return tuple(Option(place_value(one.id), f"{one.name} · {one.province.name}", is_key=False) for one in communes)
