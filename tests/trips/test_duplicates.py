"""The same child twice: shown by initials before it happens, and made one file by staff when it has happened."""

from domain.people import ActorRole
from tests.trips.journeys import enrol, join, newest_invite
from tests.trips.village import Person, Village

BORN = "21/11/2026"


async def enrol_again(minh: Person, *, name: str = "An", role: str = "mother") -> str:
    """Minh enrols a child born on the same day; gives what is said instead of an invite."""
    await minh.presses("menu.enrol")
    for answer in (f"choice.role.{role}", "Tiếng Việt", "choice.skip", "choice.stage.born", "choice.number.1"):
        await minh.taps(answer)
    await minh.types(BORN)
    await minh.types(name)
    for answer in ("choice.sex.female", "choice.skip", "choice.skip"):
        await minh.taps(answer)
    return await minh.taps("choice.save")


async def families(village: Village) -> int:
    return int((await village.rows("SELECT count(*) FROM families"))[0][0])


async def test_minh_sees_initials_only_and_makes_a_new_link_instead(village: Village, minh: Person) -> None:
    await enrol(minh, born=BORN, name="Nguyễn Bảo An")
    asked = await enrol_again(minh, name="bao an")
    assert "N. B. A." in asked
    assert "11/2026" in asked
    assert "Nguyễn" not in asked
    assert await families(village) == 1

    await minh.taps("👶")
    await minh.taps("choice.new_link")
    assert "https://t.me/" in await newest_invite(minh)
    assert await families(village) == 1


async def test_another_child_with_the_same_name_is_saved(village: Village, minh: Person) -> None:
    await enrol(minh, born=BORN)
    await enrol_again(minh)
    assert "https://t.me/" in await saved_anyway(minh)
    assert await families(village) == 2


async def saved_anyway(minh: Person) -> str:
    await minh.taps("duplicate.choice.other")
    return await newest_invite(minh)


async def test_a_shared_phone_alone_or_another_day_asks_nothing(village: Village, minh: Person) -> None:
    await enrol(minh, born="20/10/2026")
    await enrol_again(minh)
    assert await families(village) == 2
    await enrol_again(minh, name="Bình")
    assert await families(village) == 3


async def test_staff_make_one_file_of_two_and_nothing_is_said_twice(
    village: Village, minh: Person, lan: Person
) -> None:
    await enrol(minh, born=BORN)
    await lan.scans(minh)
    await join(lan)
    await village.pass_time(days=3)
    tuan = await village.person("Tuấn")
    await enrol_again(minh, role="father")
    await saved_anyway(minh)
    await tuan.scans(minh)
    await join(tuan)
    await village.pass_time(days=3)

    thao = await village.actor("Thảo", ActorRole.STAFF)
    await thao.presses("menu.duplicates")
    seen = await thao.taps("A. ⇄ A.")
    assert thao.words("choice.role.father") in seen
    await thao.taps("duplicates.choice.merge")
    assert "A." in await thao.taps("duplicates.choice.merge_yes")
    assert await village.rows("SELECT id FROM children WHERE ended_at IS NULL") == [(1,)]

    await village.pass_time(days=10)
    for person in (lan, tuan):
        sent = [entry.message_key for entry in await village.ledger(person) if entry.sent_at]
        assert len(sent) == len(set(sent))
        assert len(sent) > 2
    assert "An" in await tuan.presses("menu.child")
    await minh.forges("v1:merge:1:2")
    assert minh.words("refused") == await minh.reads()

    assert await thao.presses("menu.duplicates") == thao.words("duplicates.nothing")
    await thao.taps("duplicates.choice.merges")
    undone = await thao.taps("↩️")
    assert undone == thao.words("duplicates.undone")
    assert len(await village.rows("SELECT id FROM children WHERE ended_at IS NULL")) == 2
    assert [len(await village.audited(act)) for act in ("merge_families", "undo_merge")] == [1, 1]


async def test_merging_twice_and_undoing_twice_change_nothing(village: Village, minh: Person) -> None:
    await enrol(minh, born=BORN)
    await enrol_again(minh)
    await saved_anyway(minh)
    thao = await village.actor("Thảo", ActorRole.STAFF)
    await thao.forges("v1:merge_yes:1:2")
    assert await thao.forges("v1:merge_yes:2:1") == thao.words("duplicates.past")
    assert await thao.forges("v1:merge_undo:1") == thao.words("duplicates.undone")
    assert await thao.forges("v1:merge_undo:1") == thao.words("duplicates.undone_before")
    for forged in ("v1:merge_yes:1:1", "v1:merge_yes:1:99", "v1:merge_undo:9", "v1:pair:x:y", "v1:merge"):
        assert await thao.forges(forged) == thao.words("refused")
    for forged in ("v1:merge_yes:1:2", "v1:merge_undo:1", "v1:duplicates", "v1:merges", "v1:pair:1:2"):
        assert await minh.forges(forged) == minh.words("refused")
