"""How today's catalogue differs from another state of it: message by message, and which ages are touched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from content.catalogue import Catalogue, load_catalogue
from content.languages import load_languages
from content.message import Message
from content.texts import Texts, load_texts
from content.windows import Window
from domain.journey import Origin


class Kind(StrEnum):
    """What became of a message."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Tree:
    """As much of a state of the content as is compared."""

    catalogue: Catalogue
    texts: Texts


@dataclass(frozen=True)
class ChangedText:
    """One text in one language; an empty one is not there."""

    key: str
    language: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One message that differs. `rules` are whom it reaches and when, where they changed: name, before, after."""

    kind: Kind
    key: str
    windows: tuple[Window, ...]
    texts: tuple[ChangedText, ...] = ()
    rules: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """In which its words changed."""
        return tuple(dict.fromkeys(text.language for text in self.texts))


def read_tree(root: Path) -> Tree:
    """The content of a folder; raises ContentError where today's program cannot read it."""
    catalogue = load_catalogue(root)
    return Tree(catalogue, load_texts(root, load_languages(root), catalogue, {}))


def differences(before: Tree, after: Tree) -> tuple[Change, ...]:
    """Every message that differs, in today's order; what is gone comes last."""
    old, new = before.catalogue.messages, after.catalogue.messages
    found = (_change(old.get(key), new.get(key), before, after) for key in dict.fromkeys((*new, *old)))
    return tuple(one for one in found if one is not None)


def touched_days(changes: Iterable[Change], origin: Origin) -> Sequence[tuple[int, int]]:
    """The ages in days, from and up to (exclusive), at which something changed; ages that meet are one."""
    windows = [window for change in changes for window in change.windows if window.origin is origin]
    joined: list[tuple[int, int]] = []
    for first, end in sorted((window.from_day, window.to_day) for window in windows):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((first, end))
    return joined


def _change(old: Message | None, new: Message | None, before: Tree, after: Tree) -> Change | None:
    message = new or old
    if message is None:
        return None
    texts, rules = tuple(_texts(old, new, before, after)), dict(_rules(old, new))
    windows = tuple(dict.fromkeys(one.window for one in (old, new) if one is not None and not one.on_request))
    if old is not None and new is not None:
        return Change(Kind.CHANGED, message.key, windows, texts, rules) if texts or rules else None
    return Change(Kind.REMOVED if new is None else Kind.ADDED, message.key, windows, texts)


def _texts(old: Message | None, new: Message | None, before: Tree, after: Tree) -> Iterator[ChangedText]:
    keys = dict.fromkeys(key for one in (new, old) if one is not None for key, _text in one.texts())
    for tag in dict.fromkeys((*after.texts.tables, *before.texts.tables)):
        for key in keys:
            was, now = (tree.texts.tables.get(tag, {}).get(key, "") for tree in (before, after))
            if was != now:
                yield ChangedText(key, tag, was, now)


def _rules(old: Message | None, new: Message | None) -> Iterator[tuple[str, tuple[str, str]]]:
    if old is not None and new is not None:
        was, now = _described(old), _described(new)
        yield from ((name, (was[name], now[name])) for name in was if was[name] != now[name])


def _described(message: Message) -> Mapping[str, str]:
    window = message.window
    ages = f"{window.origin} {window.from_day}–{window.to_day - 1}" if window.to_day else "every age"
    return {
        "window": f"on request, {ages}" if message.on_request else ages,
        "tier": str(int(message.tier)),
        "audience": message.audience or "anyone",
        "tracks": ", ".join(sorted(message.tracks)) or "none",
        "countries": ", ".join(sorted(message.countries)) or "all",
        "excluded from": ", ".join(sorted(message.excluded_from)) or "none",
    }
