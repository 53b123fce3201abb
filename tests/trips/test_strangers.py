"""Strangers: a short public menu, and for everything that is written an answer at once that helps."""

from tests.trips.journeys import enrol_and_join
from tests.trips.village import Person, Village

TOPICS = ("code", "about", "danger", "language")


async def test_a_stranger_gets_a_short_menu_in_the_language_of_the_phone(village: Village, binh: Person) -> None:
    hello = await binh.starts()
    assert await binh.starts() == hello
    buttons = (await binh.messages())[-1]["reply_markup"]["inline_keyboard"]
    assert [row[0]["text"] for row in buttons] == [binh.words(f"public.choice.{topic}") for topic in TOPICS]

    mei = await village.person("Mei", language="zh-hant")
    assert "您" in await mei.starts()
    jean = await village.person("Jean", language="fr")
    assert await jean.starts()
    await jean.taps("🌐")
    assert await jean.taps("English") == "From now on we write in English."
    assert (await jean.starts()).startswith("Hello!")


async def test_every_topic_of_the_public_menu_is_answered(binh: Person) -> None:
    await binh.starts()
    for topic in TOPICS[:3]:
        said = await binh.taps(f"public.choice.{topic}")
        assert said
        assert said != await binh.starts()
    await binh.taps("public.choice.danger")
    assert "115" in await binh.reads()


async def test_whatever_a_stranger_sends_is_answered_at_once(village: Village, binh: Person) -> None:
    await binh.starts()
    nobody = await binh.types("xin chào")
    assert nobody.startswith(binh.words("public.nobody_reads").split("\n")[0].replace("<b>", "").replace("</b>", ""))

    for words in (
        "🙂",
        "<b>",
        "{{ 7*7 }}",
        "x" * 4000,
        "/nonsense",
        "/START@cradle_demo_bot x y",
        "-",
        "12345",
        "1234567",
    ):
        said = await binh.types(words)
        assert said in (nobody, binh.words("claim.link_unknown")), words
    assert await binh.sends("voice") == nobody
    assert await binh.sends("document", caption="con tôi sốt") == nobody
    assert await village.rows("SELECT id FROM updates WHERE state <> 'done'") == []


async def test_a_caregiver_who_writes_gets_her_own_stations_telephone_and_hours(minh: Person, lan: Person) -> None:
    await enrol_and_join(minh, lan)

    for send in (lan.types("Con tôi bị sốt, làm sao?"), lan.sends("voice"), lan.types("cảm ơn 🙏")):
        said = await send
        for help_ in ("115", "Trạm Y tế Suối Mơ", "0203 555 0101", "7:30–16:30"):
            assert help_ in said, help_
    assert lan.words("menu.child") in await lan.keys()


async def test_what_is_meant_for_families_is_refused_kindly(village: Village, binh: Person) -> None:
    await binh.starts()
    for command in (
        "/child",
        "/tip",
        "/settings",
        "/known",
        "/stop",
        binh.words("menu.child"),
        binh.words("menu.enrol"),
    ):
        assert await binh.types(command) == binh.words("refused"), command
    assert len(await village.audited()) == 7


async def test_nothing_is_said_in_groups_and_channels(village: Village, minh: Person) -> None:
    said = len(await minh.messages())
    person = {"id": minh.phone, "is_bot": False, "first_name": "Minh"}
    group = {"id": -100500, "type": "supergroup", "title": "Xóm"}
    message = {"message_id": 1, "date": 1, "chat": group, "from": person, "text": "/start"}

    await village.brings("message", message)
    await village.brings("channel_post", {**message, "chat": {**group, "type": "channel"}})
    tap = {"id": "1", "from": person, "chat_instance": "1", "data": "v1:families", "message": message}
    await village.brings("callback_query", tap)
    await village.brings("edited_message", {**message, "chat": {"id": minh.phone, "type": "private"}, "edit_date": 2})

    assert len(await minh.messages()) == said
    chats = {call["params"].get("chat_id") for call in await village.stage.journal(method="sendMessage")}
    assert str(group["id"]) not in {str(chat) for chat in chats}
    assert await village.rows("SELECT id FROM updates WHERE state <> 'done'") == []
