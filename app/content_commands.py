"""`cradle content …`: what translators, editors, clinicians and `make check` ask of the texts."""

from typing import Annotated

import typer

from app.content_desk import fail, folder, known_key, open_desk, paper, print_json, say
from app.content_difference import difference_commands
from app.content_preview import preview_commands
from app.content_previews import previews_commands
from app.content_review import review_commands
from app.content_votes import vote_commands

content_commands = typer.Typer(no_args_is_help=True, help="The words that families read.")
languages = typer.Typer(no_args_is_help=True, help="The languages of the texts.")
content_commands.add_typer(languages, name="languages")
content_commands.add_typer(preview_commands)
content_commands.add_typer(previews_commands)
content_commands.add_typer(difference_commands)
content_commands.add_typer(review_commands)
content_commands.add_typer(vote_commands)
AsJson = Annotated[bool, typer.Option("--json", help="For a program.")]


@content_commands.command("check")
def check(as_json: AsJson = False) -> None:
    """Find every text that is missing, stale, too long, or differs between languages."""
    from app.clock import SystemClock
    from content.check import check_content

    findings = check_content(folder(), SystemClock.today())
    if as_json:
        print_json([finding.as_values() for finding in findings])
    else:
        for finding in findings:
            say(str(finding))
        say("The texts are in order." if not findings else f"{len(findings)} finding(s).")
    raise SystemExit(1 if findings else 0)


@content_commands.command("translations")
def translations() -> None:
    """Bring the templates and every language's files up to date with the English texts."""
    from content.translations import update_translations

    say(str(update_translations(folder())))


@content_commands.command("show")
def show(key: Annotated[str, typer.Argument(help="The key of a message, like breastfeeding.week01.skin.")]) -> None:
    """Show one message whole: whom it reaches, on what it rests, its words in every language, how far they are."""
    from app.content_page import page_of

    desk, console = open_desk(), paper()
    message = desk.message_of(known_key(desk, key))
    if message is not None:
        console.print(page_of(desk, message, console))


@content_commands.command("stats")
def stats(as_json: AsJson = False) -> None:
    """Count the matrix, the library, tiers, languages, drafts and approvals."""
    from app.content_figures import count_all, tables_of, values_of
    from content.matrix import load_matrix

    figures = count_all(open_desk().library, load_matrix(folder()))
    if as_json:
        print_json(values_of(figures))
        return
    console = paper()
    for table in tables_of(figures, console.width):
        console.print(table)
        console.print()


@languages.command("add")
def add(tag: Annotated[str, typer.Argument(help="Its tag, as content/languages.yaml names it.")]) -> None:
    """Make the place for the translations of another language."""
    from content.new_language import CannotAddLanguageError, add_language

    try:
        made = add_language(folder(), tag)
    except CannotAddLanguageError as error:
        fail(str(error), code=2)
    for path in made:
        say(f"Made: {path.relative_to(folder())}")
    say("Translate these files; docs/translating.md says how.")
