"""What the commands about content share: the folder they work on, its languages, and refusals in words."""

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

if TYPE_CHECKING:
    from content.desk import Desk
    from content.library import Library
    from domain.message import Text


def paper() -> Console:
    """Where tables and texts go: as wide as the terminal is now."""
    return Console(highlight=False)


def say(words: str) -> None:
    """One sentence, never broken into lines."""
    paper().print(words, soft_wrap=True, markup=False)


def print_json(values: object) -> None:
    """The same for a program, whole words of every language."""
    import json

    typer.echo(json.dumps(values, ensure_ascii=False, indent=2))


def fail(*sentences: str, code: int = 1) -> NoReturn:
    """End with what stands in the way."""
    err = Console(stderr=True, highlight=False)
    for sentence in sentences:
        err.print(sentence, style="bold red", soft_wrap=True, markup=False)
    raise SystemExit(code)


def folder() -> Path:
    """Where content/ and locales/ are."""
    from content import library

    return library.ROOT


def open_desk() -> "Desk":
    """All content, drafts too; what cannot be loaded ends the command."""
    from content.desk import load_desk
    from content.errors import ContentError

    try:
        return load_desk(folder())
    except ContentError as error:
        fail(f"The content cannot be loaded: {error}.")


def known_key(desk: "Desk", key: str) -> str:
    """The key, when a message or a part of one has it; otherwise the nearest ones are offered."""
    from difflib import get_close_matches

    if desk.message_of(key) is not None:
        return key
    keys = list(desk.all_keys())
    like = [one for one in keys if key and key in one][:5] or get_close_matches(key, keys, n=5, cutoff=0.4)
    nearest = f" Near to it are: {', '.join(like)}." if like else ""
    fail(f"There is no message “{key}”.{nearest}", code=2)


def known_language(desk: "Desk", tag: str) -> str:
    """The language, when it has texts or a place for them."""
    if tag in desk.tags:
        return tag
    if tag in desk.library.languages.tags:
        fail(f"“{tag}” has no translations yet: `cradle content languages add {tag}` makes their place.", code=2)
    fail(f"“{tag}” is not in content/languages.yaml. There are: {', '.join(desk.tags)}.", code=2)


def words_in(library: "Library", text: "Text", language: str) -> str:
    """A text of the interface without markup."""
    from domain.reader import Reader

    return library.renderer.render_plain(text, Reader(language=language, zone="UTC"))
