"""What Lan and others get in the days to come, as they read it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from content.errors import ContentError
from content.library import Library, load_library
from content.preview import Previewed, Situation, preview
from domain.journey import Amount, Origin
from domain.message import OutgoingMessage, Text
from domain.reader import Role
from domain.tracks import Track
from tests.content.shelf import MESSAGES, TODAY, Shelf, reader

SKIN, HELP, DANGER = "breastfeeding.week01.skin", "breastfeeding.week02.help", "breastfeeding.week02.danger"
OF_PREGNANCY = """\
  - key: breastfeeding.week20.belly
    window: {of: pregnancy, from: 20 weeks, to: 21 weeks}
    tier: 1
    audience: anyone
    component: good_health
    sources: [who_breastfeeding]
    review_by: 2027-11-22
    text: Talk to {{ child }}.
"""


@pytest.fixture
def library(shelf: Shelf) -> Library:
    return shelf.library()


def situation(
    days: int = 0,
    language: str = "vi",
    role: Role = Role.MOTHER,
    amount: Amount = Amount.ALL,
    tracks: frozenset[Track] = frozenset(),
) -> Situation:
    born_on = TODAY - timedelta(days=days)
    return Situation(reader(language, role, "An"), role, amount, {Origin.BIRTH: born_on}, tracks)


def seen(library: Library, whose: Situation, days: int = 30) -> list[Previewed]:
    return list(preview(library, whose, TODAY, days))


def keys(library: Library, whose: Situation, days: int = 30) -> list[tuple[str, int]]:
    return [(one.step.key, one.age_days) for one in seen(library, whose, days)]


def test_each_message_stands_on_the_day_on_which_it_begins(library: Library) -> None:
    assert keys(library, situation()) == [(SKIN, 0), (DANGER, 7)]
    first, second = seen(library, situation(days=-2))
    assert [one.on for one in (first, second)] == [TODAY + timedelta(days=2), TODAY + timedelta(days=9)]


def test_a_father_gets_what_is_for_him_too(library: Library) -> None:
    assert keys(library, situation(role=Role.FATHER)) == [(SKIN, 0), (DANGER, 7), (HELP, 8)]


def test_who_wants_few_gets_few(library: Library) -> None:
    assert keys(library, situation(role=Role.FATHER, amount=Amount.FEW)) == [(SKIN, 0), (DANGER, 7)]


def test_a_track_leaves_out_what_is_not_for_it(library: Library) -> None:
    assert keys(library, situation(tracks=frozenset({Track.REPLACEMENT_FEEDING}))) == [(DANGER, 7)]


def test_what_began_before_and_what_begins_later_is_not_shown(library: Library) -> None:
    assert keys(library, situation(days=1)) == [(DANGER, 7)]
    assert keys(library, situation(), days=7) == [(SKIN, 0)]
    assert keys(library, situation(days=400)) == []


def test_it_is_shown_as_she_reads_it(library: Library) -> None:
    (first, *_rest) = seen(library, situation())
    assert first.message.text == "Mẹ ôm An da kề da nhé.\n<b>Cho bú 8 đến 12 lần.</b>"
    (first, *_rest) = seen(library, situation(language="tyz"))
    assert first.message.text.endswith("\n(tiếng Việt)")
    assert first.is_draft


def test_a_name_is_never_markup(library: Library) -> None:
    whose = replace(situation(), reader=reader("vi", Role.MOTHER, "<b>An"))
    assert "&lt;b&gt;An" in seen(library, whose)[0].message.text


def test_a_pregnancy_beside_a_child_comes_in_the_order_of_days_and_without_a_name(shelf: Shelf) -> None:
    shelf.write(MESSAGES, shelf.read(MESSAGES) + OF_PREGNANCY)
    shelf.update()
    begun = TODAY - timedelta(weeks=20) + timedelta(days=3)
    whose = replace(situation(language="en"), begins_on={Origin.BIRTH: TODAY, Origin.PREGNANCY: begun})
    found = seen(shelf.library(), whose)
    assert [(one.step.key, one.on) for one in found] == [
        (SKIN, TODAY),
        ("breastfeeding.week20.belly", TODAY + timedelta(days=3)),
        (DANGER, TODAY + timedelta(days=7)),
    ]
    assert (found[1].age_days, found[1].message.text) == (140, "Talk to your baby.")


def test_every_message_of_the_real_catalogue_is_said_to_everybody_in_every_language() -> None:
    library = load_library()
    for role, language in product(Role, ("vi", "zh", "en")):
        hers = reader(language, role, "")
        for key in library.catalogue.messages:
            assert library.renderer.render(OutgoingMessage(Text(key)), hers).text


def test_six_years_and_a_pregnancy_of_the_real_catalogue_bring_nothing_twice() -> None:
    begins_on = {Origin.BIRTH: date(2020, 1, 1), Origin.PREGNANCY: date(2020, 1, 1)}
    whose = Situation(reader("vi", Role.MOTHER, ""), Role.MOTHER, Amount.ALL, begins_on)
    found = list(preview(load_library(), whose, date(2020, 1, 1), 2200))
    assert len({one.step.key for one in found}) == len(found) > 400


def test_what_is_for_one_country_is_read_there_alone(shelf: Shelf) -> None:
    shelf.spoil(
        MESSAGES,
        "    audience: anyone\n    component: good",
        "    audience: anyone\n    countries: [CN]\n    component: good",
    )
    known = shelf.library()
    in_china = replace(situation(), reader=replace(situation().reader, zone="Asia/Shanghai"))
    assert keys(known, situation()) == [(SKIN, 0)]
    assert keys(known, in_china) == [(SKIN, 0), (DANGER, 7)]


def test_a_country_that_there_is_not_is_told(shelf: Shelf) -> None:
    shelf.spoil(
        MESSAGES,
        "    audience: anyone\n    component: good",
        "    audience: anyone\n    countries: [XX]\n    component: good",
    )
    with pytest.raises(ContentError, match="“XX” is no country like VN or CN"):
        shelf.library()
