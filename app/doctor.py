"""`cradle doctor`: is everything as it must be, in plain words."""

from dataclasses import dataclass
from datetime import date

from telegram.error import InvalidToken, TelegramError

from app.clock import SimulatedClock, SimulatorAwayError
from app.settings import Settings
from app.wiring import Parts, make_parts, make_transport
from bot.application import build_application
from domain.area import Province
from domain.vaccination.sources import SignOff
from storage.migrating import pending


@dataclass(frozen=True)
class Finding:
    """One sentence; a fault has to be mended before families are served."""

    sentence: str
    is_fault: bool = False

    @property
    def mark(self) -> str:
        """What stands before the sentence."""
        return "✗" if self.is_fault else "✓"


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything; what is wrong does not keep the rest from being looked at."""
    parts = make_parts(settings)
    try:
        database, clock = await _database(parts), await _clock(parts)
        return [
            Finding("The settings can be read."),
            database,
            clock,
            *([] if database.is_fault or clock.is_fault else await _numbers(parts)),
            *_drafts(parts),
            *_schedules(parts),
            await _telegram(parts),
        ]
    finally:
        await parts.close()


async def _database(parts: Parts) -> Finding:
    try:
        behind = await pending(parts.database)
    except Exception as error:  # whatever the driver raises, it is one answer here
        return Finding(f"The database cannot be reached ({type(error).__name__}). See CRADLE_DATABASE_URL.", True)
    if behind:
        return Finding(f"The database lacks {len(behind)} step(s) of its schema: run `cradle migrate`.", True)
    return Finding("The database answers and its schema is up to date.")


async def _clock(parts: Parts) -> Finding:
    if not isinstance(parts.clock, SimulatedClock):
        return Finding("The clock is the machine's own.")
    try:
        moment = await parts.clock.moment()
    except SimulatorAwayError as error:
        return Finding(str(error), True)
    return Finding(f"The clock is simulated and shows {moment.now:%Y-%m-%d %H:%M} UTC: this is a rehearsal.")


async def _numbers(parts: Parts) -> list[Finding]:
    """Whether the numbers that families are told to call are known to be right."""
    today = (await parts.clock.moment()).now.date()
    async with parts.database.look() as uow:
        return [_number(one, today, rehearsal=parts.settings.rehearsal) for one in await uow.area.provinces()]


def _number(province: Province, today: date, *, rehearsal: bool) -> Finding:
    numbers = f"The numbers of {province.name} ({province.emergency_phone}, {province.protection_phone})"
    if province.phones_are_verified(today):
        return Finding(f"{numbers} were verified on {province.phones_verified_on}.")
    sentence = f"{numbers} have not been verified for a year, and families are told to call them."
    return Finding(
        f"{sentence} Ask those who answer them, then say so on the page of the province (/area).", not rehearsal
    )


def _drafts(parts: Parts) -> list[Finding]:
    library = parts.library
    findings = []
    for language in parts.programme.languages:
        drafts = sum(library.is_draft(step.key, language.tag) for step in parts.programme.all_steps)
        if drafts and parts.settings.rehearsal:
            findings.append(Finding(f"{drafts} texts in {language.autonym} are drafts; in a rehearsal they are shown."))
        elif drafts:
            sentence = f"{drafts} texts in {language.autonym} wait for a clinician's approval and are not sent."
            findings.append(Finding(sentence, True))
    return findings or [Finding("Every text is approved.")]


def _schedules(parts: Parts) -> list[Finding]:
    schedules = [one.schedule for one in parts.programme.versions]
    signatures = [(f"{one.key} {one.version}", one.signed_off) for one in schedules]
    signatures += [(f"{plan.key} {plan.version}", plan.signed_off) for plan in parts.programme.care_plans]
    return [_signature(name, signed_off, rehearsal=parts.settings.rehearsal) for name, signed_off in signatures]


def _signature(name: str, signed_off: SignOff | None, *, rehearsal: bool) -> Finding:
    if signed_off is not None:
        return Finding(f"The schedule {name} is signed by {signed_off.by}.")
    if rehearsal:
        return Finding(f"Nobody has signed the schedule {name}; in a rehearsal it is used all the same.")
    return Finding(f"Nobody has signed the schedule {name}: no reminder from it is sent to a family.", True)


async def _telegram(parts: Parts) -> Finding:
    settings = parts.settings
    if settings.telegram_token is None:
        return Finding("CRADLE_TELEGRAM_TOKEN is not set: without the bot's token nobody is answered.", True)
    application = build_application(settings.require_token(), settings.telegram_api, make_transport(settings))
    try:
        async with application.bot as bot:
            return Finding(f"Telegram answers: the bot is @{bot.username}.")
    except InvalidToken:
        return Finding("Telegram does not know this token. See CRADLE_TELEGRAM_TOKEN.", True)
    except TelegramError as error:
        return Finding(f"Telegram cannot be reached ({error.message}).", True)
