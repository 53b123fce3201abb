"""In which journeys a caregiver stands today: that of her youngest children, and that of each pregnancy."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.births import births_of
from domain.care.plan import pregnancy_start
from domain.journey import Standing, Step, current_essential, is_older_than, reached_steps
from domain.people import Caregiver, Child
from services.turn import Turn


@dataclass(frozen=True)
class HerJourney:
    """The steps of a journey and where she stands in it; `children` are those whom it concerns, none in pregnancy."""

    steps: Sequence[Step]
    standing: Standing
    children: tuple[Child, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether her children, or the pregnancy, have outgrown the messages there are."""
        return is_older_than(self.steps, begins_on=self.standing.begins_on, today=self.standing.today)

    def essential(self) -> Step | None:
        """The newest essential step that is of use today."""
        return current_essential(self.steps, self.standing)

    def reached(self) -> tuple[Step, ...]:
        """Every step that has begun, the newest first."""
        return reached_steps(self.steps, self.standing)


async def find_journeys(
    turn: Turn, caregiver: Caregiver, children: Sequence[Child], zone: str
) -> tuple[HerJourney, ...]:
    """That of the youngest of these children first, then those of her pregnancies, today in the family's zone."""
    today = turn.moment.today(zone)
    births = births_of(children)[-1:]
    born = [
        HerJourney(
            turn.programme.journey,
            Standing(birth.born_on, today, caregiver.role, birth.tracks, zone),
            birth.children,
        )
        for birth in births
    ]
    awaited = await turn.uow.families.pregnancies_of(caregiver.id)
    starts = [pregnancy_start(one.due_on) for one in awaited]
    expecting = [
        HerJourney(turn.programme.pregnancy_journey, Standing(start, today, caregiver.role, zone=zone))
        for start in starts
    ]
    return (*born, *expecting)
