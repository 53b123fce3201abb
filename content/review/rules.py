"""What an incoming text must keep to before it may stand in the place of another: all that `content check` asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from content.findings import Flaw
from content.languages import SOURCE
from content.message import Message
from content.never_said.checking import said_in_text
from content.never_said.loading import NeverSaidRules, load_never_said
from content.never_said.waivers import load_waivers
from content.readability import Readability, load_readability
from content.text_rules import text_flaws
from content.track_rules import mother_flaws
from content.translation_rules import pair_flaws


@dataclass(frozen=True)
class IncomingRules:
    """The rules of a folder of content, loaded once."""

    never_said: NeverSaidRules
    waived: frozenset[tuple[str, str]]
    readability: Readability

    def flaws(self, message: Message, key: str, tag: str, text: str) -> Iterator[Flaw]:
        """Everything that speaks against this text of a message, its readability too."""
        yield from self.grave_flaws(message, key, tag, text)
        if key == message.key:
            yield from self.readability.flaws(text, tag, eased=bool(message.longer))

    def grave_flaws(self, message: Message, key: str, tag: str, text: str) -> Iterator[Flaw]:
        """What no family may read, however well it reads."""
        yield from text_flaws(text, tag, message.kind_of(key))
        if tag != SOURCE:
            yield from pair_flaws(dict(message.texts())[key], text, message.kind_of(key))
        if key == message.key:
            yield from mother_flaws(message, {tag: text})
        for said in said_in_text(message, text, tag, self.never_said):
            if (key, said.rule) not in self.waived:
                yield Flaw(f"It says “{said.words}”, which {said.rule} forbids.", "Say it otherwise.")


def load_rules(root: Path) -> IncomingRules:
    """The rules of content/; raises ContentError."""
    waived = frozenset((one.key, one.rule) for one in load_waivers(root))
    return IncomingRules(load_never_said(root), waived, load_readability(root))
