"""Which handler answers what: one table for commands and keys, one for taps."""

from bot.handlers import caregiver, coming_back, forms, public, start, workers
from bot.talk import Handler

COMMANDS: dict[str, Handler] = {
    "start": start.start,
    "menu": start.start,
    "help": public.help_,
    "language": caregiver.ask_language,
    "child": caregiver.child,
    "tip": caregiver.tip,
    "settings": caregiver.settings,
    "known": caregiver.known,
    "stop": caregiver.ask_to_stop,
    "come_back": caregiver.back_again,
    "enrol": workers.enrol,
    "families": workers.families,
    "session": workers.session,
    "invite": workers.invite,
}

TAPS: dict[str, Handler] = {
    "form": forms.answer,
    "form_skip": forms.skip,
    "form_back": forms.back,
    "form_correct": forms.correct,
    "form_cancel": forms.cancel,
    "form_save": forms.save,
    "form_resume": forms.resume,
    "form_anew": forms.begin_anew,
    "public": public.public,
    "language": caregiver.choose_language,
    "settings": caregiver.settings,
    "hour": caregiver.choose_hour,
    "amount": caregiver.choose_amount,
    "tip": caregiver.tip,
    "stop": caregiver.confirm_stop,
    "visit": caregiver.answer_visit,
    "still": coming_back.settled,
    "enrol": workers.enrol,
    "family": workers.family,
    "family_page": workers.family_page,
    "renew": workers.renew,
    "confirm": workers.confirm,
    "session": workers.session,
    "record": workers.record,
    "take_back": workers.take_back,
}
