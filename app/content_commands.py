"""`cradle content …`: what translators, editors and `make check` ask of the texts."""

import typer
from rich.console import Console

content_commands = typer.Typer(no_args_is_help=True, help="The words that families read.")
out = Console(highlight=False)


@content_commands.command("check")
def check() -> None:
    """Find every text that is missing, stale, too long, or differs between languages."""
    from app.clock import SystemClock
    from content.check import check_content
    from content.library import ROOT

    findings = check_content(ROOT, SystemClock.today())
    for finding in findings:
        out.print(str(finding), soft_wrap=True, markup=False)
    out.print("The texts are in order." if not findings else f"{len(findings)} finding(s).")
    raise SystemExit(1 if findings else 0)


@content_commands.command("translations")
def translations() -> None:
    """Bring the templates and every language's files up to date with the English texts."""
    from content.library import ROOT
    from content.translations import update_translations

    out.print(str(update_translations(ROOT)), soft_wrap=True, markup=False)


@content_commands.command("stats")
def stats() -> None:
    """Count the messages by topic, tier and language."""
    from content.library import load_library
    from content.statistics import count_texts

    out.print(str(count_texts(load_library())), soft_wrap=True, markup=False)
