"""What readers see: their own language whole, their own word for themselves, and no name that breaks anything."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.errors import RenderingError, UnknownLanguage
from content.library import Library
from content.markup import markup_problems
from domain.message import Choice, Keyboard, OutgoingMessage, QrPicture, Text, Value
from domain.reader import Reader, Role, Station
from domain.rendered import RenderedChoice
from tests.content.shelf import ENGLISH_ONLY, INTERFACE, MESSAGES, Shelf, reader, small_shelf

SKIN = Text("breastfeeding.week01.skin")
HELP = Text("breastfeeding.week02.help")
VACCINES = (Text("vaccine.bcg"), Text("vaccine.hepb"))
MORE = "content/interface/more.yaml"
ZH = "locales/zh/LC_MESSAGES/content.po"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return small_shelf(tmp_path_factory.mktemp("shelf")).library()


def invitation(values: Mapping[str, Value] | None = None) -> Text:
    return Text("visit.invitation", {"day": date(2026, 12, 1), "vaccines": VACCINES, **(values or {})})


@pytest.mark.parametrize(
    ("role", "you"),
    [
        (Role.MOTHER, "Mẹ"),
        (Role.FATHER, "Bố"),
        (Role.GRANDMOTHER, "Bà"),
        (Role.GRANDFATHER, "Ông"),
        (Role.OTHER_RELATIVE, "Cô chú"),
        (Role.GUARDIAN, "Anh/chị"),
        (Role.INSTITUTION, "Anh/chị"),
        (None, "Gia đình"),
    ],
)
def test_vietnamese_addresses_each_reader_by_what_she_is_to_the_child(
    library: Library, role: Role | None, you: str
) -> None:
    shown = library.renderer.render_text(SKIN, reader("vi", role))
    assert shown == f"{you} ôm An da kề da nhé.\n<b>Cho bú 8 đến 12 lần.</b>"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("vi", "Mẹ đưa An đến vào thứ Ba, ngày 1 tháng 12 năm 2026 để tiêm lao và viêm gan B nhé."),
        ("zh", "请带 An 在2026年12月1日星期二来接种卡介苗和乙肝疫苗。"),
        ("en", "You can come with An on Tuesday, 1 December 2026 for BCG and hepatitis B."),
    ],
)
def test_days_lists_and_nested_texts_are_written_as_the_language_writes_them(
    library: Library, language: str, shown: str
) -> None:
    assert library.renderer.render_text(invitation(), reader(language)) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("vi", "Mời mẹ đến Chủ nhật, ngày 6 tháng 12 lúc 07:30."),
        ("zh", "请在12月6日星期日07:30来。"),
        ("en", "Come on Sunday, 6 December at 07:30."),
    ],
)
def test_an_instant_is_told_in_the_readers_own_zone(library: Library, language: str, shown: str) -> None:
    at = datetime(2026, 12, 6, 0, 30, tzinfo=UTC)
    assert library.renderer.render_text(Text("visit.hour", {"starts_at": at}), reader(language)) == shown


def test_an_instant_given_as_a_date_is_the_day_where_the_reader_lives(library: Library) -> None:
    late = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
    shown = library.renderer.render_text(invitation({"day": late}), reader("en"))
    assert "Tuesday, 1 December 2026" in shown


def test_an_instant_without_a_zone_is_refused(library: Library) -> None:
    naive = datetime(2026, 12, 6, 7, 30)  # noqa: DTZ001 -- the mistake under test
    with pytest.raises(RenderingError, match="needs a zone"):
        library.renderer.render_text(Text("visit.hour", {"starts_at": naive}), reader())


@pytest.mark.parametrize(("language", "shown"), [("vi", "15/3/2026"), ("zh", "2026年3月15日"), ("en", "15 Mar 2026")])
def test_a_short_day_tells_two_children_of_one_name_apart(shelf: Shelf, language: str, shown: str) -> None:
    shelf.write(MORE, 'visit.born: "{{ born|short }}"\n')
    shelf.update()
    for tag in ("vi", "zh"):
        shelf.translate(tag, "interface", {"visit.born": "{{ born|short }}"})
    born = Text("visit.born", {"born": date(2026, 3, 15)})
    assert shelf.library().renderer.render_text(born, reader(language)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Text("vaccine.hepb"), "Hepatitis B"),
        ((Text("vaccine.hepb"), "An"), "Hepatitis B and An"),
        ("đức", "Đức"),
        ("<b>", "&lt;b&gt;"),
        ("", ""),
        (5, "5"),
    ],
)
def test_what_begins_a_line_begins_with_a_large_letter(shelf: Shelf, value: Value, shown: str) -> None:
    shelf.write(MORE, 'visit.first: "{{ first|capital }}"\n')
    renderer = shelf.library().renderer
    assert renderer.render_text(Text("visit.first", {"first": value}), reader("en")) == shown


@pytest.mark.parametrize(
    ("children", "shown"),
    [
        (("An",), "请带 An 来<b> An</b>：An。"),
        (("安安",), "请带安安来<b>安安</b>：安安。"),
        (("小An",), "请带小An 来<b>小An</b>：小An。"),
        (("Bình", "安安"), "请带 Bình 和安安来<b> Bình 和安安</b>：Bình 和安安。"),
    ],
)
def test_a_vietnamese_name_stands_apart_from_the_chinese_around_it(
    shelf: Shelf, children: tuple[str, ...], shown: str
) -> None:
    shelf.spoil(ZH, "抱着{{ child }}，", "请带{{ child }}来<b>{{ child }}</b>：{{ child }}。")
    assert shelf.library().renderer.render_text(SKIN, reader("zh", None, *children)).startswith(shown)


@pytest.mark.parametrize(
    ("language", "shown"), [("vi", "lao viêm gan B"), ("zh", "卡介苗乙肝疫苗"), ("en", "BCG hepatitis B")]
)
def test_sentences_are_joined_as_the_language_joins_them(library: Library, language: str, shown: str) -> None:
    assert library.renderer.render_text(Text("visit.story", {"items": VACCINES}), reader(language)) == shown


def test_a_list_may_stand_line_by_line(library: Library) -> None:
    shown = library.renderer.render_text(Text("visit.list", {"items": (*VACCINES, "<i>", 5)}), reader("en"))
    assert shown == "BCG\nhepatitis B\n&lt;i&gt;\n5"


@pytest.mark.parametrize(
    ("language", "children", "shown"),
    [
        ("en", ("An",), "An"),
        ("en", ("An", "Binh"), "An and Binh"),
        ("vi", ("An", "Bình", "Chi"), "An, Bình và Chi"),
        ("zh", ("安安", "宁宁"), "安安和宁宁"),
        ("en", ("",), "your baby"),
        ("vi", ("  ",), "em bé"),
        ("zh", (), "宝宝"),
        ("en", ("An", ""), "your babies"),
    ],
)
def test_children_are_called_by_name_or_by_the_languages_word(
    library: Library, language: str, children: tuple[str, ...], shown: str
) -> None:
    who = replace(reader(language), children=children)
    assert shown in library.renderer.render_text(SKIN, who)


def test_a_value_of_the_text_itself_comes_before_the_readers(library: Library) -> None:
    shown = library.renderer.render_text(replace(SKIN, values={"child": "Binh"}), reader("en", None, "An", "Binh"))
    assert shown.startswith("Hold Binh skin")


def test_the_station_is_named_with_its_telephone_and_hours(library: Library) -> None:
    shown = library.renderer.render_text(HELP, reader("en", Role.FATHER))
    assert shown.endswith("Ask Trạm Y tế Hạ Long, 0203 123 456, 7:30–16:30.")


def test_the_number_for_the_protection_of_children_is_the_sites_own(library: Library) -> None:
    worry = Text("visit.worry")
    assert library.renderer.render_text(worry, reader("vi")) == "Gọi 111."
    assert library.renderer.render_text(worry, reader("zh", station=Station())) == "请打儿童保护热线。"


def test_what_the_site_did_not_tell_leaves_no_hole(library: Library) -> None:
    shown = library.renderer.render_text(HELP, reader("vi", Role.FATHER, station=Station()))
    assert shown.endswith("Hỏi trạm y tế của gia đình, số điện thoại trên thẻ, giờ làm việc.")
    danger = Text("breastfeeding.week02.danger")
    assert library.renderer.render_text(danger, reader("zh", station=Station())) == "An 不吃奶？打急救电话。"


def test_a_missing_word_for_the_station_turns_the_whole_message_to_english(shelf: Shelf) -> None:
    shelf.translate("vi", "interface", {"common.station_hours_unknown": ""})
    renderer = shelf.library().renderer
    shown = renderer.render(OutgoingMessage(HELP), reader("vi", Role.FATHER, station=Station()))
    assert shown.language == "en"
    assert "your health station" in shown.text
    assert renderer.render(OutgoingMessage(SKIN), reader("vi", station=Station())).language == "vi"


def test_a_tay_reader_gets_the_whole_message_in_vietnamese_and_is_told_so(library: Library) -> None:
    message = OutgoingMessage(SKIN, ((Choice(Text("visit.coming.label"), "yes"),),))
    shown = library.renderer.render(message, reader("tyz", Role.GRANDMOTHER))
    assert shown.language == "vi"
    assert shown.text == "Bà ôm An da kề da nhé.\n<b>Cho bú 8 đến 12 lần.</b>\n(tiếng Việt)"
    assert shown.choices[0][0].label == "Vâng & An sẽ đến"


def test_a_tay_reader_gets_tay_as_soon_as_a_text_and_the_terms_are_there(shelf: Shelf) -> None:
    (shelf.root / "locales/tyz").mkdir()
    shelf.update()
    shelf.translate("tyz", "content", {SKIN.key: "{{ You }} {{ child }} 8 12 (Tày)"})
    assert shelf.library().renderer.render(OutgoingMessage(SKIN), reader("tyz")).language == "vi"
    terms = shelf.read("content/terms.yaml")
    shelf.write("content/terms.yaml", terms + "tyz:\n  baby: lục\n  babies: lục\n  you: {anyone: mé}\n")
    shown = shelf.library().renderer.render(OutgoingMessage(SKIN), reader("tyz"))
    assert (shown.text, shown.language) == ("Mé An 8 12 (Tày)", "tyz")


def test_a_reader_of_the_language_itself_sees_no_mark(library: Library) -> None:
    assert "(" not in library.renderer.render(OutgoingMessage(SKIN), reader("vi")).text


def test_a_text_of_the_interface_that_falls_back_carries_no_mark(library: Library) -> None:
    shown = library.renderer.render(OutgoingMessage(Text(ENGLISH_ONLY)), reader("vi"))
    assert (shown.text, shown.language) == ("Only in English.", "en")


def test_one_label_without_translation_turns_the_whole_message_to_english(library: Library) -> None:
    message = OutgoingMessage(invitation(), ((Choice(Text("visit.coming.label")), Choice(Text(ENGLISH_ONLY))),))
    shown = library.renderer.render(message, reader("vi"))
    assert shown.language == "en"
    assert shown.text == "You can come with An on Tuesday, 1 December 2026 for BCG and hepatitis B."
    assert [choice.label for choice in shown.choices[0]] == ["Yes, we & An are coming", "Only in English."]


def test_one_nested_text_without_translation_turns_the_whole_message_to_english(library: Library) -> None:
    nested = invitation({"vaccines": (Text("vaccine.bcg"), Text(ENGLISH_ONLY))})
    assert library.renderer.render(OutgoingMessage(nested), reader("zh")).language == "en"


def test_a_choice_keeps_all_that_the_channel_needs(library: Library) -> None:
    choices = (
        (Choice(Text("vaccine.bcg"), payload="a:1"), Choice(Text("vaccine.hepb"), url="https://example.org/?a=1&b=2")),
        (Choice(Text("vaccine.bcg"), asks_contact=True),),
    )
    message = OutgoingMessage(SKIN, choices, Keyboard.REPLY, QrPicture("https://t.me/x"), edits="77", names_child=True)
    shown = library.renderer.render(message, reader())
    assert shown.choices == (
        (RenderedChoice("lao", "a:1"), RenderedChoice("viêm gan B", url="https://example.org/?a=1&b=2")),
        (RenderedChoice("lao", asks_contact=True),),
    )
    assert (shown.keyboard, shown.picture, shown.edits, shown.names_child) == (
        Keyboard.REPLY,
        QrPicture("https://t.me/x"),
        "77",
        True,
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip),
    language=st.sampled_from(["vi", "zh", "en"]),
)
def test_a_child_may_be_called_anything(library: Library, name: str, language: str) -> None:
    shown = library.renderer.render_text(SKIN, reader(language, Role.MOTHER, name))
    assert not markup_problems(shown.replace("{", ""))
    assert name in unescape(shown)


@pytest.mark.parametrize("name", ["<b>&{{", "{{ 7*7 }}", "{% for x in y %}", "&lt;", "</b>", '"><a href="x">'])
def test_a_name_of_markup_and_braces_stays_what_it_is(library: Library, name: str) -> None:
    shown = library.renderer.render(
        OutgoingMessage(
            invitation({"vaccines": (name, Text("vaccine.bcg"))}), ((Choice(Text("visit.coming.label")),),)
        ),
        reader("en", None, name, "Binh"),
    )
    assert f"{name} and Binh" in unescape(shown.text)
    assert f"{name} and BCG" in unescape(shown.text)
    assert "<" not in shown.text
    assert shown.choices[0][0].label == f"Yes, we & {name} and Binh are coming"


def test_a_notice_over_the_chat_is_plain(library: Library) -> None:
    assert (
        library.renderer.render_plain(Text("visit.coming.label"), reader("en", None, "A<b"))
        == "Yes, we & A<b are coming"
    )


def test_a_value_that_nobody_gave_is_an_error_and_not_a_hole(library: Library) -> None:
    with pytest.raises(RenderingError, match=r"“visit.invitation” in vi: 'day' is undefined"):
        library.renderer.render_text(Text("visit.invitation", {"vaccines": VACCINES}), reader())


def test_a_key_that_no_file_has_is_an_error(library: Library) -> None:
    with pytest.raises(RenderingError, match=r"visit\.nothing"):
        library.renderer.render_text(Text("visit.nothing"), reader())


def test_a_template_cannot_reach_behind_its_values(shelf: Shelf) -> None:
    shelf.spoil(INTERFACE, "Only in English.", "'{{ child.__class__.__mro__ }}'")
    with pytest.raises(RenderingError, match="unsafe"):
        shelf.library().renderer.render_text(Text(ENGLISH_ONLY), reader("en"))


def test_a_template_that_does_not_parse_is_an_error_with_its_key(shelf: Shelf) -> None:
    shelf.spoil(MESSAGES, "Hold {{ child }}", "Hold {{ child")
    with pytest.raises(RenderingError, match=r"“breastfeeding\.week01\.skin” in en"):
        shelf.library().renderer.render_text(SKIN, reader("en"))


def test_a_language_that_nobody_registered_is_refused(library: Library) -> None:
    with pytest.raises(UnknownLanguage):
        library.renderer.render_text(SKIN, Reader("san", "Asia/Ho_Chi_Minh"))


def test_every_language_with_texts_needs_its_terms(tmp_path: Path) -> None:
    shelf = small_shelf(tmp_path)
    shelf.spoil("content/terms.yaml", "  baby: 宝宝\n", "")
    assert any("the field “baby” is missing" in finding for finding in shelf.findings())
