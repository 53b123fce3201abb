"""Hạnh writes to the families of Suối Mơ, Quang approves, Lan answers; nobody else can do anything."""

import pytest

from domain.people import ActorRole
from tests.fakes.pictures import picture
from tests.trips.journeys import enrol_and_join
from tests.trips.village import Json, Person, Village, words_of

WORDS = "Thứ Bảy tuần này trạm cho trẻ uống vitamin A. Mời cả nhà đưa bé đến trạm từ 7 giờ 30."
RIGHT = "Chủ nhật tuần này trạm cho trẻ uống vitamin A. Mời cả nhà đưa bé đến trạm từ 7 giờ 30."
FORBIDDEN = "Trời nóng, nhớ cho trẻ 4 tháng uống nước."
FORGED = (
    *(
        "v1:campaigns",
        "v1:campaign_new",
        "v1:campaign_page:1",
        "v1:campaign_section:1:texts",
        "v1:campaign_type:1:title",
    ),
    *(
        "v1:campaign_step:1:check",
        "v1:campaign_step:1:approve:1",
        "v1:campaign_step:1:pause",
        "v1:campaign_sure:1:cancel",
    ),
    *(
        "v1:campaign_whom:1:communes",
        "v1:campaign_whom_all:1",
        "v1:campaign_tick:1:communes:1:1",
        "v1:campaign_ages:1:6:36",
    ),
    *(
        "v1:campaign_set:1:overdue:1",
        "v1:campaign_at_once:1",
        "v1:campaign_yearly:1:6-1",
        "v1:campaign_missing:1:left_out",
    ),
    *("v1:campaign_drop_text:1:vi", "v1:campaign_no_media:1", "v1:campaign_drop_answer:1:0", "v1:campaign:99:1:0"),
)
NONSENSE = (
    *("v1:campaign_page:99", "v1:campaign_section:1:luck", "v1:campaign_step:1:luck", "v1:campaign_step:1:approve:x"),
    *(
        "v1:campaign_sure:1:pause",
        "v1:campaign_whom:1:luck",
        "v1:campaign_tick:1:roles:king:1",
        "v1:campaign_ages:1:36:6",
    ),
    *(
        "v1:campaign_ages:1:0:99",
        "v1:campaign_set:1:author:1",
        "v1:campaign_yearly:1:13-45",
        "v1:campaign_type:1:text:xx",
    ),
    *("v1:campaign_type:1:luck", "v1:campaign_page:x", "v1:campaign_tick:1:communes:x:1", "v1:campaign_missing:1:luck"),
)


@pytest.fixture
async def hanh(village: Village) -> Person:
    """Of the health department; she writes."""
    return await village.actor("Hạnh", ActorRole.STAFF)


@pytest.fixture
async def quang(village: Village) -> Person:
    """Her colleague; he approves, in English."""
    return await village.actor("Quang", ActorRole.STAFF, language="en")


async def begins(hanh: Person, title: str = "Vitamin A", words: str = WORDS) -> str:
    """A new campaign with a name and a text in Vietnamese; gives the page."""
    await hanh.types("/campaign")
    await hanh.taps("campaign.choice.new")
    await hanh.taps("campaign.choice.title")
    await hanh.types(title)
    await hanh.taps("campaign.choice.texts")
    await hanh.taps("✏️ Viết bằng Tiếng Việt")
    await hanh.types(words)
    return await hanh.taps("campaign.choice.back")


async def submits(hanh: Person) -> str:
    await hanh.taps("campaign.choice.check")
    return await hanh.taps("campaign.choice.submit")


async def are_over(village: Village) -> None:
    """Wait until nothing of any campaign is under way."""

    async def none_goes_on() -> bool:
        return not await village.rows("SELECT id FROM campaigns WHERE approved_at IS NOT NULL AND ended_at IS NULL")

    await village.until(none_goes_on, "every campaign to end")
    await village.settled()


async def campaigns_on(person: Person) -> list[Json]:
    shown = [one for one in await person.messages() if not one["deleted"]]
    return [one for one in shown if words_of(one) in (WORDS, RIGHT)]


async def test_hanh_writes_quang_approves_and_lan_gets_it_and_answers(
    village: Village, minh: Person, lan: Person, hanh: Person, quang: Person
) -> None:
    await enrol_and_join(minh, lan, born="5/10/2026")
    page = await begins(hanh)
    assert WORDS in page
    await hanh.taps("campaign.choice.answers")
    await hanh.taps("campaign.choice.add_answer")
    await hanh.types("Nhà tôi sẽ đến")
    await hanh.taps("campaign.choice.back")
    await hanh.taps("campaign.choice.for")
    await hanh.taps("campaign.segment.choice.communes")
    await hanh.taps("⬜ Suối Mơ")
    sentence = await hanh.taps("campaign.choice.back")
    assert "Người chăm sóc ở Suối Mơ" in sentence
    await hanh.taps("campaign.choice.back")
    check = await hanh.taps("campaign.choice.check")
    assert "📍 Suối Mơ: 1 × Tiếng Việt" in check
    await hanh.taps("campaign.choice.submit")
    assert hanh.words("campaign.submitted") in await hanh.has_read()

    assert "Vitamin A" in await quang.reads()
    await quang.taps("campaign.choice.open")
    await quang.taps("campaign.choice.approve")
    await are_over(village)
    (message,) = await campaigns_on(lan)
    assert any("Đã gửi 1/1 (100 %)" in one for one in await hanh.has_read())

    thanks = await lan.taps_in(message, "Nhà tôi sẽ đến")
    assert "Nhà tôi sẽ đến" in thanks
    await quang.types("/campaign")
    assert "Nhà tôi sẽ đến (1)" in await quang.taps("Vitamin A")


async def test_hanh_cannot_approve_her_own_and_a_text_that_must_never_be_said_is_refused(
    village: Village, minh: Person, lan: Person, hanh: Person
) -> None:
    await enrol_and_join(minh, lan, born="5/10/2026")
    await begins(hanh)
    await submits(hanh)
    await hanh.forges("v1:campaign_step:1:approve:1")
    assert any(hanh.words("campaign.own") in one for one in await hanh.has_read())
    assert await village.rows("SELECT id FROM campaigns WHERE approved_at IS NOT NULL") == []
    assert await campaigns_on(lan) == []


async def test_a_picture_arrives_on_lans_phone_with_the_words_below_it(
    village: Village, minh: Person, lan: Person, hanh: Person, quang: Person
) -> None:
    await enrol_and_join(minh, lan, born="5/10/2026")
    await begins(hanh)
    await hanh.taps("campaign.choice.media")
    page = await hanh.sends("photo", picture())
    assert hanh.words("campaign.line.photo") in page
    await submits(hanh)
    await quang.taps("campaign.choice.open")
    await quang.taps("campaign.choice.approve")
    await are_over(village)
    (message,) = await campaigns_on(lan)
    assert message["photo"]
    assert message["caption"] == WORDS
    assert "text" not in message


async def test_water_at_four_months_is_refused_in_words_when_it_is_typed_and_nothing_is_kept(
    village: Village, hanh: Person
) -> None:
    await hanh.types("/campaign")
    await hanh.taps("campaign.choice.new")
    await hanh.taps("campaign.choice.texts")
    await hanh.taps("✏️ Viết bằng Tiếng Việt")
    before = await village.rows("SELECT * FROM campaigns")
    asked = await hanh.types(FORBIDDEN)
    *_, refused = [words for words in await hanh.has_read() if words != asked]
    assert hanh.words("never_said.water_u6m", words="trẻ 4 tháng uống nước") in refused
    assert asked == hanh.words("form.campaign_text.text", language="Tiếng Việt")
    assert await village.rows("SELECT * FROM campaigns") == before
    assert "4 th" not in str(await village.rows("SELECT answers FROM drafts"))
    await hanh.types("/campaign")
    assert hanh.words("campaign.line.no_text") in await hanh.taps("campaign.untitled")


async def test_progress_is_one_message_in_each_chat_and_its_last_word_is_that_all_is_sent(
    village: Village, minh: Person, lan: Person, hanh: Person, quang: Person
) -> None:
    await enrol_and_join(minh, lan, born="5/10/2026")
    await begins(hanh)
    await submits(hanh)
    await quang.taps("campaign.choice.open")
    await quang.taps("campaign.choice.approve")
    await are_over(village)
    for person in (hanh, quang):
        (told,) = [one for one in await person.has_read() if one.startswith("📣 Vitamin A")]
        assert person.words("campaign.state.done").capitalize() in told


async def test_the_page_of_a_campaign_changes_in_place(village: Village, hanh: Person) -> None:
    await hanh.types("/campaign")
    shown = len(await hanh.messages())
    for label in ("campaign.choice.new", "campaign.choice.for", "campaign.segment.choice.communes", "⬜ Suối Mơ"):
        await hanh.taps(label)
    await hanh.taps("campaign.choice.back")
    assert "người chăm sóc ở Suối Mơ" in await hanh.taps("campaign.choice.back")
    assert len(await hanh.messages()) == shown


async def test_a_correction_is_edited_on_lans_phone_and_a_withdrawal_takes_it_away(
    village: Village, minh: Person, lan: Person, hanh: Person, quang: Person
) -> None:
    await enrol_and_join(minh, lan, born="5/10/2026")
    await begins(hanh)
    await submits(hanh)
    await quang.taps("campaign.choice.open")
    await quang.taps("campaign.choice.approve")
    await are_over(village)
    assert [words_of(one) for one in await campaigns_on(lan)] == [WORDS]

    await hanh.types("/campaign")
    await hanh.taps("Vitamin A")
    await hanh.taps("campaign.choice.correct")
    await hanh.taps("✏️ Tiếng Việt")
    await hanh.types(RIGHT)
    await village.settled()
    assert [words_of(one) for one in await campaigns_on(lan)] == [RIGHT]

    await hanh.taps("campaign.choice.withdraw")
    await hanh.taps("campaign.choice.withdraw_yes")
    await are_over(village)
    assert await campaigns_on(lan) == []


@pytest.mark.parametrize("role", [ActorRole.VOLUNTEER, ActorRole.HEALTH_WORKER])
async def test_nobody_but_staff_reaches_a_campaign_by_forged_buttons(
    village: Village, hanh: Person, role: ActorRole
) -> None:
    await begins(hanh)
    before = await village.rows("SELECT * FROM campaigns")
    other = await village.actor("Bình", role)
    for button in FORGED:
        await other.forges(button)
    await other.types("/campaign")
    assert await village.rows("SELECT * FROM campaigns") == before
    assert len(await village.audited()) >= len(FORGED)


async def test_buttons_that_make_no_sense_change_nothing(village: Village, hanh: Person) -> None:
    await begins(hanh)
    before = await village.rows("SELECT * FROM campaigns")
    for button in NONSENSE:
        await hanh.forges(button)
    assert await village.rows("SELECT * FROM campaigns") == before
    assert await village.rows("SELECT id FROM updates WHERE state = 'parked'") == []
