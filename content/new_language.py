"""Makes the place for the translations of another language: a folder with the templates, nothing translated yet."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from content.languages import SOURCE, load_languages
from content.po_files import PoFile, format_po, new_header
from content.translations import DOMAINS, translation_path

_ROW = """\
Add a row to content/languages.yaml first, for example:
  - tag: {tag}
    autonym: (its name in its own words)
    mark: (the same as it stands in brackets)
    formatting: vi
    fallback: [vi]
    script: Latn
    text: false"""


class CannotAddLanguageError(Exception):
    """What stands in the way; its text is a sentence for people."""


def add_language(root: Path, tag: str) -> Sequence[Path]:
    """The files that were made; a folder stands whole or not at all."""
    folder = root / "locales" / tag
    _prove(root, tag, folder)
    with TemporaryDirectory(dir=root / "locales", prefix=".new-") as place:
        for domain, entries in DOMAINS.items():
            path = Path(place) / translation_path(root, tag, domain).relative_to(folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(format_po(PoFile(new_header(tag), entries(root))), encoding="utf-8")
        shutil.copytree(place, folder)
    return [translation_path(root, tag, domain) for domain in DOMAINS]


def _prove(root: Path, tag: str, folder: Path) -> None:
    if tag == SOURCE:
        raise CannotAddLanguageError("English is not translated: it stands in content/messages and content/interface.")
    if tag not in load_languages(root).tags:
        raise CannotAddLanguageError(f"“{tag}” is not in our registry of languages. {_ROW.format(tag=tag)}")
    if folder.exists():
        raise CannotAddLanguageError(f"locales/{tag} is there already; `make translations` keeps it up to date.")
