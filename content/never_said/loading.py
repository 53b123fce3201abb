"""Reads what must never be said: content/never_said/rules/*.yaml, with the words of each language in words/*.yaml."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from content.errors import ContentError
from content.never_said.addresses import Addresses, load_addresses
from content.never_said.rule_entries import RuleEntry, read_rule
from content.never_said.word_lists import WordLists, read_word_lists
from content.yaml_files import read_record
from domain.never_said.contacts import foreign_contacts
from domain.never_said.finding import NeverSaid
from domain.never_said.judge import judge
from domain.never_said.rule import Language, Rule

ROOT = Path(__file__).resolve().parent.parent.parent
_FOLDER = Path("content") / "never_said"


@dataclass(frozen=True)
class NeverSaidRules:
    """All rules; called with a text, it gives what is wrong with it."""

    rules: tuple[Rule, ...]
    languages: tuple[Language, ...]
    addresses: Addresses

    def __call__(
        self,
        text: str,
        language: str,
        /,
        *,
        youngest_days: int | None,
        oldest_days: int | None,
        phones: Collection[str] = (),
    ) -> Sequence[NeverSaid]:
        """What a text for children of these ages says that it must not."""
        concerned = [rule for rule in self.rules if rule.concerns(youngest_days, oldest_days)]
        said = judge(text, language, concerned, self.languages)
        said += foreign_contacts(text, phones, self.addresses.trusted, self.addresses.call_words)
        return sorted(said, key=lambda one: (one.start, one.rule))


def load_never_said(root: Path = ROOT) -> NeverSaidRules:
    """The rules of this programme; raises ContentError for the first file that breaks the form."""
    entries, lists = load_entries(root), _load_lists(root)
    rules = tuple(entry.rule(lists) for entry in entries)
    languages = tuple(
        one.language([entry.groups(one) for entry in entries], _last_groups(rules, one.tag)) for one in lists.values()
    )
    return NeverSaidRules(rules, languages, load_addresses(root))


def load_entries(root: Path = ROOT) -> list[RuleEntry]:
    """Every rule as its file describes it, with its examples."""
    entries = [read_rule(read_record(path, root)) for path in sorted((root / _FOLDER / "rules").glob("*.yaml"))]
    seen: set[str] = set()
    for entry in entries:
        if entry.key in seen:
            raise ContentError(entry.place, f"the rule “{entry.key}” is there twice")
        seen.add(entry.key)
    return entries


def _last_groups(rules: Sequence[Rule], tag: str) -> set[str]:
    return {name for rule in rules if tag in rule.wordings for name in rule.wordings[tag].endings}


def _load_lists(root: Path) -> Mapping[str, WordLists]:
    paths = sorted((root / _FOLDER / "words").glob("*.yaml"))
    return {path.stem: read_word_lists(path.stem, read_record(path, root)) for path in paths}
