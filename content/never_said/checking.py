"""Judges the whole catalogue, in every language: what it says that must never be said, but for what has a waiver."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from content.catalogue import Catalogue
from content.findings import Finding
from content.languages import SOURCE
from content.message import Message
from content.never_said.loading import NeverSaidRules, load_never_said
from content.never_said.waivers import load_waivers
from content.po_files import Entry
from domain.journey import Origin
from domain.never_said.finding import NeverSaid

Translations = Mapping[str, Mapping[str, Entry]]


def never_said_findings(root: Path, catalogue: Catalogue, translations: Translations) -> Iterator[Finding]:
    """What is found in the English texts and in `translations` (by language and key)."""
    rules, waivers = load_never_said(root), load_waivers(root)
    waived = {(one.key, one.rule) for one in waivers}
    used: set[tuple[str, str]] = set()
    for message in catalogue.messages.values():
        for rule, key, problem in _said_in(message, rules, translations):
            used.add((key, rule))
            if (key, rule) not in waived:
                remedy = "Say it otherwise, or give the reason in content/never_said/waivers.yaml."
                yield Finding(message.place, key, problem, remedy)
    for one in waivers:
        if (one.key, one.rule) not in used:
            yield Finding(one.place, one.key, f"No text needs the waiver of {one.rule}.", "Take it out.")


def _said_in(message: Message, rules: NeverSaidRules, translations: Translations) -> Iterator[tuple[str, str, str]]:
    """The rule, the key of the text, and what is wrong."""
    for key, english in message.texts():
        translated = {tag: entries[key].translation for tag, entries in translations.items() if key in entries}
        for tag, text in {SOURCE: english, **translated}.items():
            for said in said_in_text(message, text, tag, rules):
                yield said.rule, key, f"It says “{said.words}” ({tag}), which {said.rule} forbids."


def said_in_text(message: Message, text: str, tag: str, rules: NeverSaidRules) -> Sequence[NeverSaid]:
    """The same in one text, for children of the ages for which the message is."""
    youngest, oldest = ages_meant(message)
    return rules(text, tag, youngest_days=youngest, oldest_days=oldest)


def ages_meant(message: Message) -> tuple[int | None, int | None]:
    """Of a child, in days: in pregnancy that to come, of a message for no age in particular the strictest."""
    if message.window.origin is Origin.PREGNANCY or message.window.to_day == 0:
        return None, None
    return message.window.from_day, message.window.to_day
