"""Every check of content fires on the mistake it is for, says how to mend it, and is silent otherwise."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.content.shelf import ENGLISH_ONLY, INTERFACE, MESSAGES, TODAY, VI, Shelf
from tests.fakes.stopwatch import quiet_seconds

INTERFACE_VI = "locales/vi/LC_MESSAGES/interface.po"
INTERFACE_ZH = "locales/zh/LC_MESSAGES/interface.po"
ZH = "locales/zh/LC_MESSAGES/content.po"
SKIN = "breastfeeding.week01.skin"
HELP = "breastfeeding.week02.help"

Spoil = Callable[[Shelf], None]


def spoil(file: str, old: str, new: str, *, update: bool = False) -> Spoil:
    def do(shelf: Shelf) -> None:
        shelf.spoil(file, old, new)
        if update:
            shelf.update()

    return do


def translate(tag: str, domain: str, key: str, text: str) -> Spoil:
    return lambda shelf: shelf.translate(tag, domain, {key: text})


def without(file: str) -> Spoil:
    return lambda shelf: (shelf.root / file).unlink()


@pytest.fixture
def whole(shelf: Shelf) -> Shelf:
    """A shelf with nothing wrong."""
    for tag, text in (("vi", "Chỉ tiếng Anh."), ("zh", "只有英文。")):
        shelf.translate(tag, "interface", {ENGLISH_ONLY: text})
    return shelf


def test_content_with_nothing_wrong_has_no_findings(whole: Shelf) -> None:
    assert whole.findings() == set()


def test_a_finding_says_where_what_and_how_to_mend_it(shelf: Shelf) -> None:
    assert shelf.findings() == {
        f"{file}:63: {ENGLISH_ONLY}: The translation is missing. Translate it; `make translations` makes its place."
        for file in (INTERFACE_VI, INTERFACE_ZH)
    }


MISTAKES: dict[str, tuple[Spoil, str, str, str]] = {
    "a family whose mother has died would read of her": (
        spoil(MESSAGES, "    audience: father\n    excluded_from: [mother_absent]\n", "    audience: father\n"),
        MESSAGES,
        HELP,
        "A family whose mother has died would read “mother” (en).",
    ),
    "a family whose mother has died would get what is for her": (
        spoil(
            MESSAGES,
            "    tier: 1\n    audience: anyone\n    component: good",
            "    tier: 1\n    audience: mother\n    component: good",
        ),
        MESSAGES,
        "breastfeeding.week02.danger",
        "A family whose mother has died would read “its audience” (en).",
    ),
    "a family whose baby gets no breast milk would read of the breast": (
        spoil(MESSAGES, "excluded_from: [replacement_feeding, mother_absent]", "excluded_from: [mother_absent]"),
        MESSAGES,
        SKIN,
        "A family whose baby gets no breast milk would read “breast” (en).",
    ),
    "the template is older than the YAML": (
        spoil(INTERFACE, "vaccine.bcg: BCG", "vaccine.bcg: TB"),
        "locales/interface.pot",
        "",
        "The template is not what the YAML says.",
    ),
    "there is no template": (without("locales/content.pot"), "locales/content.pot", "", "Run `make translations`."),
    "the English changed and nobody updated": (
        spoil(MESSAGES, "Hold {{ child }}", "Keep {{ child }}"),
        VI,
        SKIN,
        "The translation is of an older English text.",
    ),
    "the English changed": (
        spoil(MESSAGES, "Hold {{ child }}", "Keep {{ child }}", update=True),
        ZH,
        SKIN,
        "The translation is marked fuzzy.",
    ),
    "a translation is empty": (translate("zh", "content", SKIN, ""), ZH, SKIN, "The translation is missing."),
    "a file of translations is missing": (without(VI), VI, SKIN, "The translation is missing."),
    "a text is no longer there": (
        spoil(INTERFACE, "vaccine.bcg: BCG\n", ""),
        INTERFACE_VI,
        "vaccine.bcg",
        "It translates a text that is no longer there.",
    ),
    "a translation lost a placeholder": (
        translate("vi", "content", HELP, "Hỏi {{ station }}, {{ child }}, {{ station_hours }}."),
        VI,
        HELP,
        "The placeholders differ from the English: station_phone.",
    ),
    "a placeholder of the interface is misspelt": (
        translate("zh", "interface", "visit.hour", "{{ start|day }} {{ starts_at|time }}"),
        INTERFACE_ZH,
        "visit.hour",
        "The placeholders differ from the English: start.",
    ),
    "a placeholder is unknown": (
        spoil(MESSAGES, "Hold {{ child }}", "Hold {{ kid }}"),
        MESSAGES,
        SKIN,
        "The placeholder {{ kid }} is unknown.",
    ),
    "a filter is unknown": (
        translate("vi", "interface", "visit.hour", "{{ starts_at|clock }}"),
        INTERFACE_VI,
        "visit.hour",
        "The filter “clock” is unknown.",
    ),
    "the braces do not close": (
        translate("vi", "content", HELP, "{{ child }} {{ station"),
        VI,
        HELP,
        "The placeholders cannot be read",
    ),
    "a tag is never closed": (
        translate("vi", "content", SKIN, "{{ child }} <b>8 đến 12"),
        VI,
        SKIN,
        "Telegram refuses the markup: <b> is never closed.",
    ),
    "a tag is not Telegram's": (
        spoil(MESSAGES, "<b>Offer the breast 8 to 12 times.</b>", "<p>Offer the breast 8 to 12 times.</p>"),
        MESSAGES,
        SKIN,
        "Telegram refuses the markup: <p> is not one of Telegram's tags.",
    ),
    "there is a space that Telegram does not know": (
        translate("zh", "interface", "vaccine.bcg", "卡介苗&nbsp;"),
        INTERFACE_ZH,
        "vaccine.bcg",
        "“&nbsp;” is not an entity",
    ),
    "a label has markup": (
        translate("vi", "interface", "visit.coming.label", "<b>{{ child }}</b>"),
        INTERFACE_VI,
        "visit.coming.label",
        "A label is plain text",
    ),
    "a number differs": (
        translate("zh", "content", SKIN, "{{ child }} 8到20次"),
        ZH,
        SKIN,
        "The numbers differ from the English: 12, 20.",
    ),
    "a health message is too long": (
        translate("vi", "content", SKIN, "{{ child }} 8 12 " + "a" * 303),
        VI,
        SKIN,
        "The text is too long: 321 letters, a health message may have 320.",
    ),
    "a Chinese health message is too long": (
        translate("zh", "content", SKIN, "{{ child }} 8 12 " + "宝" * 103),
        ZH,
        SKIN,
        "The text is too long: 121 letters, a health message may have 120.",
    ),
    "an English health message is too long": (
        spoil(MESSAGES, "Bring water", "Bring water" + " and more water" * 20),
        MESSAGES,
        HELP,
        "a health message may have 320.",
    ),
    "a text of the interface is too long": (
        spoil(INTERFACE, "vaccine.bcg: BCG", "vaccine.bcg: " + "B" * 1001),
        INTERFACE,
        "vaccine.bcg",
        "a text of the interface may have 1000.",
    ),
    "a label is too long": (
        translate("vi", "interface", "visit.coming.label", "{{ child }}" + "a" * 53),
        INTERFACE_VI,
        "visit.coming.label",
        "The text is too long: 65 letters, a label may have 64.",
    ),
    "a Chinese label is too long": (
        translate("zh", "interface", "visit.coming.label", "{{ child }}" + "宝" * 19),
        INTERFACE_ZH,
        "visit.coming.label",
        "The text is too long: 31 letters, a label may have 30.",
    ),
    "an English text is empty": (
        spoil(INTERFACE, "vaccine.bcg: BCG", "vaccine.bcg: ' '"),
        INTERFACE,
        "vaccine.bcg",
        "The text is empty.",
    ),
    "two messages begin on one day for one reader": (
        spoil(MESSAGES, "from: 1 weeks", "from: 0 weeks"),
        MESSAGES,
        "breastfeeding.week02.danger",
        "It starts on day 0, like “breastfeeding.week01.skin”, for the same reader.",
    ),
    "the interface has the key of a health message": (
        spoil(INTERFACE, "vaccine.bcg: BCG", f"{HELP}: BCG"),
        INTERFACE,
        HELP,
        "A health message has the same key.",
    ),
    "an approval is of no text": (
        spoil(
            "content/approvals.yaml",
            "approvals: []",
            "approvals:\n- {key: x, language: vi, clinician: Hoa, approved_on: 2026-11-22, sha256: '" + "0" * 64 + "'}",
        ),
        "content/approvals.yaml",
        "x",
        "is of a text that does not exist.",
    ),
    "a source is unknown": (
        spoil(MESSAGES, "[who_breastfeeding]", "[who_says]"),
        MESSAGES,
        "",
        "names the source “who_says”, which is unknown",
    ),
    "a file cannot be read": (
        spoil("content/terms.yaml", "anyone: you", "anyone: {"),
        "content/terms.yaml",
        "",
        "The content cannot be loaded: this is not YAML",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_mistake_is_found(whole: Shelf, mistake: str) -> None:
    do, file, key, problem = MISTAKES[mistake]
    do(whole)
    assert [text for text in whole.findings() if text.startswith(file) and key in text and problem in text]


HARMLESS: dict[str, Spoil] = {
    "a translation addresses its reader where the English does not": translate(
        "zh", "content", SKIN, "{{ you }}{{ child }}8到12次"
    ),
    "a number is written in wide digits": translate("zh", "content", SKIN, "{{ child }}８到12次"),
    "the interface counts in words": translate("zh", "interface", "vaccine.bcg", "五联3"),
    "a health message has exactly its length": translate("vi", "content", SKIN, "{{ child }} 8 12 " + "a" * 302),
    "a label has exactly its length": translate("zh", "interface", "visit.coming.label", "{{ child }}" + "宝" * 18),
    "a label has a lone sign": translate("vi", "interface", "visit.coming.label", "{{ child }} & co < 3"),
    "two readers get their messages on one day": spoil(MESSAGES, "from: 8 days", "from: 7 days"),
}


@pytest.mark.parametrize("change", HARMLESS)
def test_what_is_no_mistake_is_let_through(whole: Shelf, change: str) -> None:
    HARMLESS[change](whole)
    assert whole.findings() == set()


def test_a_message_past_its_review_is_found_the_day_after(whole: Shelf) -> None:
    assert whole.findings(date(2027, 11, 22)) == set()
    found = whole.findings(date(2027, 11, 23))
    assert len(found) == 3
    assert all("It was to be reviewed by 2027-11-22." in text for text in found)


@pytest.fixture
def families(real: Shelf) -> Shelf:
    """A copy of what families really get, with a place for every translation."""
    real.update()
    return real


SPOILT: tuple[tuple[Callable[[str], str], str], ...] = (
    (lambda text: text + " <b>", "<b> is never closed"),
    (lambda text: text + "&nbsp;", "“&nbsp;” is not an entity"),
    (lambda text: text + " 977", "The numbers differ from the English: 977."),
    (lambda text: text + " {{ station_secret }}", "{{ station_secret }} is unknown"),
    (lambda text: text + " {{ station_secret }}", "The placeholders differ from the English: station_secret."),
    (lambda text: text + " {{", "The placeholders cannot be read"),
    (lambda text: text * 20, "The text is too long"),
    (lambda _: "", "The translation is missing."),
)


def test_spoilt_translations_among_the_real_ones_are_found_each_by_its_own_fault(families: Shelf) -> None:
    library = families.library()
    spoilt_keys = {}
    for tag in ("vi", "zh"):
        table = library.texts.tables[tag]
        spoilt_keys[tag] = keys = [key for key in library.catalogue.messages if key in table][: len(SPOILT)]
        broken = {key: spoilt(table[key]) for key, (spoilt, _) in zip(keys, SPOILT, strict=True)}
        families.translate(tag, "content", broken)
    found = families.findings()
    for tag, keys in spoilt_keys.items():
        for key, (_, problem) in zip(keys, SPOILT, strict=True):
            assert [text for text in found if key in text and problem in text and f"/{tag}/" in text], (tag, key)
    assert all(any(key in text for keys in spoilt_keys.values() for key in keys) for text in found)


def test_the_real_content_is_checked_within_six_seconds(families: Shelf) -> None:
    found: set[str] = set()
    assert quiet_seconds(lambda: found.update(families.findings(TODAY)), times=1) <= 6
    assert not [text for text in found if "cannot be loaded" in text]
