"""What can end a command and can be mended by whoever gave it: each of these errors is a sentence for people."""

from app.bot_process import CannotStartError
from app.clock import ClockRefusedError, SimulatorAwayError
from app.demo.play import SimulatorEndedError
from app.printing import CannotPrintError
from app.schema import SchemaBehindError
from app.settings import SettingsError
from app.simulator_process import CannotSimulateError
from console.serving import CannotListenError
from storage.engine import DatabaseAwayError
from storage.migrating import CannotMigrateError, SchemaAheadError

SENTENCES = (
    CannotListenError,
    CannotMigrateError,
    CannotPrintError,
    CannotSimulateError,
    CannotStartError,
    ClockRefusedError,
    DatabaseAwayError,
    SchemaAheadError,
    SchemaBehindError,
    SettingsError,
    SimulatorAwayError,
    SimulatorEndedError,
)


def sentence_in(error: BaseException) -> BaseException | None:
    """The first of these errors in what was raised, None when it is a fault of ours."""
    if isinstance(error, BaseExceptionGroup):
        found = (sentence_in(one) for one in error.exceptions)
        return next((one for one in found if one is not None), None)
    return error if isinstance(error, SENTENCES) else None
