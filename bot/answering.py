"""One turn from beginning to end: who speaks, which handler answers, and the answer as rows of the first lane."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.drawing.menus import ALL_KEYS, main_menu
from bot.handlers.attached import attached
from bot.handlers.coming_back import quietly, say_who, welcome_back
from bot.handlers.labels import reads_like
from bot.handlers.public import SAID_TO_ALL, nobody_reads, words
from bot.handlers.settings import share_contact
from bot.heard import Heard
from bot.payloads import UnreadableButtonError
from bot.routes import COMMANDS, TAPS
from bot.talk import Handler, Said, Talk, say
from domain.flood import Hurry
from domain.message import Keyboard, OutgoingMessage, Text
from domain.moment import Moment
from domain.people import AddressState
from services.access import Arrival, Refused, Speaker, identify
from services.messages.reply import reply
from services.ports import UnitOfWork
from services.programme import Programme
from services.turn import Turn

Label = Callable[[Text, str], str]


@dataclass(frozen=True)
class Answering:
    """What answering needs besides the update: the programme, the bot's name, and labels in a language.

    `most_a_minute`: so many updates of a chat are answered within a minute; None: all of them.
    """

    programme: Programme
    username: str
    label: Label
    most_a_minute: int | None = None

    async def answer(self, uow: UnitOfWork, arrival: Arrival, heard: Heard, *, occasion: str, moment: Moment) -> None:
        """Answer one update in one transaction."""
        speaker = await identify(uow, arrival, moment)
        turn = Turn(uow, self.programme, moment, speaker, occasion, heard.said_at)
        talk = Talk(turn, heard, self.username, lambda text: self.label(text, speaker.address.language))
        if heard.blocked:
            await _blocked(turn)
            return
        if heard.hurry is not None and speaker.actor is None:  # who works here may tap through a long list
            await _slow_down(turn, heard.hurry)
            return
        back = await welcome_back(talk) if speaker.returned or heard.blocked is False else Said(())
        said = Said(()) if heard.blocked is False else await self._handled(talk)
        placed = replace(said, messages=await _placed(turn, said, heard))
        number = 0
        for part in (back, *back.then, placed, *placed.then):
            await reply(turn, part.messages, about=part.about, first=number)
            number += len(part.messages)

    async def _handled(self, talk: Talk) -> Said:
        try:
            return await self._handler(talk)(talk)
        except Refused as refusal:
            return await _refused(talk, refusal.wanted, refusal.subject)
        except UnreadableButtonError:
            return await _refused(talk, "forged_button", "")

    def _handler(self, talk: Talk) -> Handler:
        heard, speaker = talk.heard, talk.turn.speaker
        if speaker.must_say_who:
            return say_who
        found = self._asked_for(heard)
        return quietly if speaker.quiet and found not in SAID_TO_ALL else found

    def _asked_for(self, heard: Heard) -> Handler:
        if heard.forged:
            return forged
        if heard.tap is not None:
            return TAPS.get(heard.tap.action, forged)
        if heard.contact is not None:
            return share_contact
        if heard.kept is not None:
            return attached
        if heard.command:
            return COMMANDS.get(heard.command, nobody_reads)
        key = self._key(heard.words)
        return COMMANDS[key] if key else words

    def _key(self, typed: str) -> str | None:
        """The menu key whose label this is, in any language: an old keyboard may still show another one."""
        for language in self.programme.languages:
            for key in ALL_KEYS:
                if reads_like(typed, self.label(Text(f"menu.{key}"), language.tag)):
                    return key
        return None


async def _blocked(turn: Turn) -> None:
    await turn.uow.people.mark_address(
        turn.speaker.address.id, state=AddressState.UNREACHABLE, reason="blocked", at=turn.moment.now
    )


async def _slow_down(turn: Turn, hurry: Hurry) -> None:
    if hurry is Hurry.FIRST:
        await reply(turn, (OutgoingMessage(Text("flood.wait")),))


async def forged(_talk: Talk) -> Said:
    """A button that we never made."""
    raise Refused("forged_button")


async def _refused(talk: Talk, wanted: str, subject: str) -> Said:
    speaker: Speaker = talk.turn.speaker
    await talk.turn.uow.programme.audit(
        "refused",
        at=talk.turn.moment.now,
        actor=speaker.actor.id if speaker.actor else None,
        address=speaker.address.id,
        subject=subject or None,
        details={"wanted": wanted},
    )
    key = "refused.contact" if wanted == "share_contact" else "refused"
    return say(main_menu(speaker, Text(key)))


async def _placed(turn: Turn, said: Said, heard: Heard) -> Sequence[OutgoingMessage]:
    """Where the first answer stands: in place of the tapped message, or below one that loses its buttons."""
    if not said.messages:
        return said.messages
    first, *others = said.messages
    if said.ends_question:
        return (replace(first, disarms=await turn.uow.outbox.last_reply_to(turn.speaker.address.id)), *others)
    if heard.tap is None or heard.message_id is None or heard.tap.action not in (IN_PLACE | DISARMED):
        return said.messages
    stands_alone = first.keyboard is not Keyboard.INLINE or bool(first.picture or first.media)
    if said.below or stands_alone or heard.tap.action in DISARMED:
        return (replace(first, disarms=heard.message_id), *others)
    return (replace(first, edits=heard.message_id), *others)


# Tips stay as they are; a reminder stays but loses its buttons; a question makes room for the next one.
DISARMED = frozenset(
    {"visit", "missed", "ill", "moved", "consent_set", "forget_sure", "forget_do", "forget_undo", "topic_said"}
    | {"campaign_no_media"}
)
IN_PLACE = frozenset(
    {"form", "form_skip", "form_back", "form_correct", "form_cancel", "form_resume", "form_anew"}
    | {
        "form_save",
        "settings",
        "hour",
        "amount",
        "stop",
        "still",
        "after_seen",
        "session",
        "session_say",
        "session_one",
        "mark",
        "had_all",
        "unmark",
        "swap",
        "swap_one",
        "close",
        "close_yes",
        "reopen",
        "record",
        "take_back",
        "family_doses",
        "born",
        "born_yes",
        "doses",
        "dose",
        "dose_vaccine",
        "dose_child",
        "dose_gone",
        "dose_true",
        "late_dose",
        "exempt",
        "exempt_end",
        "family",
        "family_page",
        "family_tracks",
        "family_child",
        "public",
        "consent",
        "forget_keep",
        "application",
        "pair",
        "merge",
        "merges",
        "duplicates",
    }
    | {"turned_away"}
    | {"pause", "back", "relink", "kin_remove", "remove"}
    | {"loss", "loss_of", "loss_yes", "loss_no", "family_loss", "family_loss_of", "family_loss_yes"}
    | {"ended", "ended_one", "begin_again", "begin_again_yes", "contact_person", "name_contact"}
    | {"families", "family_done", "task", "task_done", "away", "away_to", "away_back"}
    | {"colleagues", "colleague", "revoke", "revoke_yes", "hand_all", "family_hand_over", "hand_one"}
    | {"family_move", "move_to", "move_ask", "move_paper", "move"}
    | {"topic", "topic_list", "topic_choose", "topic_done", "topic_undo", "topics_report"}
    | {"area", "area_province", "area_phones"}
    | {"area_gates", "area_gate", "area_gate_ask", "area_gate_yes", "area_gate_day"}
    | {"area_ages", "area_age", "area_age_type", "area_age_ask", "area_age_yes", "stations"}
    | {"area_rounds", "area_round_add", "area_round_yes", "area_round_drop", "area_round_gone"}
    | {"area_outbreaks", "area_outbreak", "area_outbreak_yes", "area_outbreak_end"}
    | {"station_days", "station_morning", "station_capacity", "station_route", "station_duty", "station_on_call"}
    | {"session_days", "session_day", "session_add", "session_move", "session_moved", "session_move_date"}
    | {"session_cancel", "session_cancelled", "session_undo", "session_short", "session_out", "session_there"}
    | {"session_keep", "session_other"}
    | {"parked_retry", "parked_leave"}
    | {"campaigns", "campaign_new", "campaign_here", "campaign_section", "campaign_step", "campaign_sure"}
    | {"campaign_drop_text", "campaign_missing", "campaign_drop_answer", "campaign_at_once", "campaign_yearly"}
    | {"campaign_whom", "campaign_whom_all", "campaign_tick", "campaign_ages", "campaign_set"}
)
