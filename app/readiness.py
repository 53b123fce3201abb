"""Whether the programme can serve: the database answers and has its schema, ticks are young, tokens accepted."""

import asyncio

from app.clock import SimulatorAwayError
from app.observing import Fresh, limits_of, looking
from app.schema import SchemaBehindError, require_schema
from app.wiring import Parts
from console.health import Readiness
from console.metrics import Figures
from domain.operations import Limits, Observation, Trouble, TroubleKind, troubles_of
from services.operations.say_trouble import say_trouble, say_unwatched
from storage.engine import DatabaseAwayError
from storage.migrating import SchemaAheadError

PATIENCE = 5.0
"""Real seconds in which a database that is well answers."""
SCHEMA_STAYS = 30.0
KEEPS_FROM_SERVING = frozenset({TroubleKind.TICK, TroubleKind.REFUSED})
"""Other trouble is told beside it: nothing is served better by a process that is taken out."""
LOOKS_BACK = frozenset({"audit"})
"""Ticks without which families get everything all the same."""


class Checking:
    """Looks, and says in words why not. However many ask, the database is asked once in a while."""

    def __init__(self, parts: Parts) -> None:
        self._whom = "The database or the simulator" if parts.settings.rehearsal else "The database"
        self.limits = limits_of(parts.settings)
        self.look = looking(parts)
        self._schema = Fresh(lambda: require_schema(parts.database), seconds=SCHEMA_STAYS)

    async def ready(self) -> Readiness:
        """Whether it can serve."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._schema()
                return readiness_of(await self.look(), self.limits)
        except TimeoutError:
            return Readiness((f"{self._whom} did not answer within {PATIENCE:.0f} seconds.",))
        except (DatabaseAwayError, SchemaAheadError, SchemaBehindError, SimulatorAwayError) as error:
            return Readiness((str(error),))

    async def measure(self) -> Figures:
        """The figures, and the trouble in them."""
        async with asyncio.timeout(PATIENCE):
            seen = await self.look()
        return Figures(seen, troubles_of(seen, self.limits))


def readiness_of(seen: Observation, limits: Limits) -> Readiness:
    """What a measurement means."""
    troubles = troubles_of(seen, limits)
    why = tuple(say_trouble(one) for one in troubles if _keeps_from_serving(one))
    others = [say_trouble(one) for one in troubles if not _keeps_from_serving(one)]
    return Readiness(
        why,
        {
            "trouble": [*others, *say_unwatched(seen)],
            "parked_updates": seen.inbound.parked,
            "uncertain": seen.total.uncertain,
        },
    )


def _keeps_from_serving(trouble: Trouble) -> bool:
    return trouble.kind in KEEPS_FROM_SERVING and trouble.about not in LOOKS_BACK
