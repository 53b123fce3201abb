"""Words for visits, as short as can be: for tests, until and beside those that clinicians approve."""

from collections.abc import Iterable
from pathlib import Path

from content.library import Library
from content.schedules.care_loading import load_care_plans
from content.schedules.loading import load_versions
from content.visit_texts import load_visit_texts
from domain.visit_texts import VisitTexts
from tests.content.shelf import Shelf, real_shelf
from tests.fakes.visit_words import all_keys, english

FILE = "content/visits.yaml"
TEXTS = "content/messages/visits/all.yaml"
LANGUAGES = ("vi", "zh")


def write_visits(shelf: Shelf, keys: Iterable[str], *, more: str = "") -> None:
    """These texts, in three languages; `more` are further fields of each."""
    wanted = tuple(keys)
    shelf.write(TEXTS, "# Words of visits.\nmessages:\n" + "".join(_entry(key, more) for key in wanted))
    for tag in LANGUAGES:
        file = f"locales/{tag}/LC_MESSAGES/content.po"
        shelf.write(file, shelf.read(file) + "".join(_translation(key, tag) for key in wanted))


def _entry(key: str, more: str) -> str:
    return (
        f"  - {{key: {key}, on_request: true, tier: 1, audience: anyone, component: good_health, "
        f'sources: [who_iip_2015], review_by: 2027-11-22, {more}text: "{english(key)}"}}\n'
    )


def _translation(key: str, tag: str) -> str:
    return f'\nmsgctxt "{key}"\nmsgid "{english(key)}"\nmsgstr "{tag} {key} {{{{ child }}}}"\n'


def shelf_without_visits(root: Path) -> Shelf:
    """A copy of what families really get, without any words for a visit."""
    shelf = real_shelf(root)
    for path in (root / "content/messages/visits").glob("*.yaml"):
        path.unlink()
    for tag in LANGUAGES:
        _forget(shelf, tag)
    return shelf


def shelf_with_visits(root: Path) -> Shelf:
    """The same with words for every visit."""
    shelf = shelf_without_visits(root)
    write_visits(shelf, all_keys())
    return shelf


def load(shelf: Shelf, library: Library | None = None) -> VisitTexts:
    """What the programme knows of them."""
    folder = shelf.root / "content" / "schedules"
    plans = tuple(load_care_plans(folder / "care").values())
    return load_visit_texts(library or shelf.library(), load_versions(folder), plans, shelf.root)


def _forget(shelf: Shelf, tag: str) -> None:
    file = f"locales/{tag}/LC_MESSAGES/content.po"
    blocks = [block for block in shelf.read(file).split("\n\n") if 'msgctxt "visits.' not in block]
    shelf.write(file, "\n\n".join(blocks))
