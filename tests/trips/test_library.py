"""Reading on one's own: a card in danger two taps away, what typed words mean, topics, votes, kept ones, a copy."""

from datetime import timedelta

import pytest

from domain.sending.outbox import Lane
from tests.trips.births import await_child
from tests.trips.journeys import enrol_and_join
from tests.trips.village import Person, Village

MARKS = "SELECT message_key, helpful, kept_at IS NOT NULL FROM message_marks ORDER BY id"


@pytest.fixture
async def reader(village: Village, minh: Person, lan: Person) -> Person:
    """Lan, who joined."""
    await enrol_and_join(minh, lan)
    return lan


@pytest.fixture
async def mother(village: Village, minh: Person, lan: Person) -> Person:
    """Lan, whose An is three months old: of each topic there are several messages to read."""
    await enrol_and_join(minh, lan, born="10/8/2026")
    return lan


async def buttons(who: Person) -> list[str]:
    last = (await who.messages())[-1]
    return [one["text"] for row in last.get("reply_markup", {}).get("inline_keyboard", []) for one in row]


async def test_every_card_is_two_taps_away(reader: Person) -> None:
    asked = await reader.presses("menu.danger")
    assert "115" in asked
    card = await reader.taps("Co giật")
    assert "nghiêng" in card
    assert "115" in card
    assert "115" in await reader.taps("danger.choice.all")


async def test_cards_for_other_ages_are_left_out(reader: Person) -> None:
    await reader.presses("menu.danger")
    titles = await buttons(reader)
    assert "Hóc, dưới 1 tuổi" in titles
    assert "Hóc, từ 1 tuổi" not in titles
    assert "Nguy hiểm khi mang thai" not in titles


@pytest.mark.parametrize("words", ["co giật", "co giat", "Bé bị CO GIẬT rồi", "convulsion", "抽搐"])
async def test_typed_words_bring_the_card_in_any_language(reader: Person, words: str) -> None:
    assert "Co giật" in (await reader.types(words)).splitlines()[0]


@pytest.mark.parametrize("words", ["con bị hóc xương cá", "hoc xuong ca", "heimlich", "bé bị hóc"])
async def test_words_never_bring_the_card_for_another_age(reader: Person, words: str) -> None:
    """An is a day old: what helps a child of two would harm her."""
    said = await reader.types(words)
    assert "Hóc, từ 1 tuổi" not in said.splitlines()[0]
    assert "115" in said


async def test_a_stranger_in_danger_gets_the_cards_too(village: Village) -> None:
    mai = await village.person("Mai")
    await mai.starts()
    assert "115" in await mai.taps("public.choice.danger")
    assert "Co giật" in (await mai.types("con em co giật")).splitlines()[0]


async def test_what_means_nothing_is_answered_as_before(reader: Person) -> None:
    for words in ("xin chào", "ok", "x", "👍", "ơi"):
        assert reader.words("public.nobody_reads").splitlines()[0][3:20] in await reader.types(words)


async def test_words_that_a_message_holds_bring_it_and_say_that_nobody_reads(reader: Person) -> None:
    said = await reader.types("vàng da sau sinh có sao không")
    assert "🔎" in said or "Vàng da" in said
    said = await reader.types("mẹ ít sữa")
    assert "🔎" in said
    assert "Không có ai đọc" in said


async def test_a_topic_shows_its_newest_message_and_another_one(mother: Person) -> None:
    await mother.presses("menu.tip")
    await mother.taps("library.choice.topics")
    assert mother.words("topic_of_messages.breastfeeding.label") in await buttons(mother)
    first = await mother.taps("topic_of_messages.breastfeeding.label")
    assert mother.words("library.choice.helpful") in await buttons(mother)
    read = [first]
    while mother.words("library.choice.next") in await buttons(mother):
        read.append(await mother.taps("library.choice.next"))
    assert 1 < len(read) == len(set(read))
    assert mother.words("refused") not in read
    assert await mother.taps("library.choice.topics") == mother.as_mother.words("library.topics")


async def test_she_says_that_it_helped_and_changes_her_mind(reader: Person, village: Village) -> None:
    await reader.presses("menu.tip")
    tip = (await reader.messages())[-1]
    assert reader.words("library.voted.helpful", You="Mẹ", you="mẹ")[:10] in await reader.taps_in(
        tip, reader.words("library.choice.helpful")
    )
    await reader.taps_in(tip, reader.words("library.choice.not_helpful"))
    [(key, helpful, kept)] = await village.rows(MARKS)
    assert (bool(helpful), bool(kept)) == (False, False)
    assert key


async def test_she_keeps_a_message_reads_it_again_and_lets_it_go(reader: Person, village: Village) -> None:
    tip = await reader.presses("menu.tip")
    await reader.taps("library.choice.keep")
    assert "🔖" in await reader.presses("menu.kept")
    [label, *_] = await buttons(reader)
    assert await reader.taps(label) == tip
    await reader.taps("library.choice.drop")
    assert reader.words("library.none_kept")[-20:] in await reader.presses("menu.kept")


async def test_kept_messages_of_one_topic_are_told_apart_and_lead_back_to_the_list(mother: Person) -> None:
    await mother.presses("menu.tip")
    await mother.taps("library.choice.topics")
    texts = [await mother.taps("topic_of_messages.breastfeeding.label")]
    await mother.taps("library.choice.keep")
    texts.append(await mother.taps("library.choice.next"))
    await mother.taps("library.choice.keep")
    kept = await mother.presses("menu.kept")
    labels = await buttons(mother)
    assert all(any(text.startswith(label.rstrip("…")) for text in texts) for label in labels)
    assert len(set(labels)) == 2
    await mother.taps(labels[0])
    assert await mother.taps("library.choice.kept") == kept


async def test_what_she_found_by_words_leads_on_too(reader: Person) -> None:
    found = await reader.types("mẹ ít sữa")
    assert await reader.taps("library.choice.next") not in (found, reader.words("refused"))
    assert reader.words("library.choice.topics") in await buttons(reader)


async def test_what_ends_a_life_in_minutes_stands_first_among_the_cards(reader: Person) -> None:
    await reader.presses("menu.danger")
    assert (await buttons(reader))[:5] == ["Hóc, dưới 1 tuổi", "Bất tỉnh", "Khó thở", "Tím môi", "Co giật"]


async def test_a_copy_for_grandmother_has_nothing_of_the_child_in_it(reader: Person) -> None:
    await reader.presses("menu.tip")
    await reader.taps("library.choice.pass_on")
    copy, how = [one["text"] for one in (await reader.messages())[-2:]]
    assert "An" not in copy.replace("An toàn", "").split()
    assert "Trạm Y tế Suối Mơ" in copy
    assert "↪️" in how


async def test_a_tip_that_comes_by_itself_has_the_same_buttons(reader: Person, village: Village) -> None:
    await village.pass_time(days=3)
    assert reader.words("library.choice.keep") in str(await reader.messages())


async def test_a_button_of_another_family_is_refused(village: Village, reader: Person) -> None:
    caregiver = await village.caregiver_of(reader)
    binh = await village.person("Binh")
    await binh.starts()
    for data in (f"v1:keep:{caregiver}:0123456789:1", f"v1:read:{caregiver}:0123456789", f"v1:topics:{caregiver}"):
        await binh.forges(data)
    assert await village.rows(MARKS) == []
    assert len(await village.audited()) >= 1


@pytest.mark.parametrize(
    "data", ["v1:helped:{}:zzz:1", "v1:quiz:{}:zzz:1", "v1:danger_card:nothing", "v1:topic_tip:{}:x"]
)
async def test_a_button_about_a_message_that_is_gone_gets_an_answer(
    village: Village, reader: Person, data: str
) -> None:
    assert await reader.forges(data.format(await village.caregiver_of(reader)))
    assert await village.rows(MARKS) == []


async def test_in_pregnancy_she_reads_what_belongs_to_her_week(village: Village, minh: Person, lan: Person) -> None:
    today = (await village.now()).date()
    due = today + timedelta(days=280 - 20 * 7 - 2)
    await await_child(minh, lan, f"{due.day}/{due.month}/{due.year}")
    assert "20" in await lan.presses("menu.child")
    await lan.presses("menu.tip")
    await village.pass_time(days=8)
    weeks = {row.message_key.split(".")[1] for row in await village.ledger(lan) if row.lane is Lane.TIP}
    assert weeks <= {"preg20", "preg21"}
    assert "preg21" in weeks
    assert "Nguy hiểm khi mang thai" in (await lan.types("mang thai mà ra máu")).splitlines()[0]
