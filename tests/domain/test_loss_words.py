"""What Lan, her husband or her mother types when there was a loss, and what is typed when there was none."""

import re
import unicodedata
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.loss_words import Loss, read_loss

PREGNANCY_ENDED = (
    "sảy thai", "em bị sảy thai", "Em bị sẩy thai rồi ạ", "say thai roi", "em bi say thai phai lam sao", "hỏng thai",
    "hong thai roi chi oi", "thai lưu", "em bị thai lưu 9 tuần", "thai luu", "bác sĩ nói thai chết lưu",
    "đình chỉ thai", "em phải đình chỉ thai kỳ hôm qua", "dinh chi thai", "phá thai rồi", "em đã phá thai", "bỏ thai",
    "em bo thai roi", "không giữ được thai", "Thai không giữ được nữa chị ạ", "không may sảy thai rồi",
    "tim thai ngừng đập", "mất tim thai", "vợ em bị sảy thai", "con dâu tôi sảy thai hôm qua",
    "con mất trong bụng mẹ", "Em mới sảy thai, mất con rồi", "SẢY THAI", "sảy... thai", "流产了", "我流产了",
    "流產了", "胎停", "胎停育了", "昨天做了引产", "引产了", "死胎", "没保住", "孩子没保住", "没有胎心了",
    "流产后吃什么", "上周做了人流", "不小心流产了", "没想到流产了", "老婆流产了", "流 产", "miscarriage",
    "I had a miscarriage", "I miscarried last week", "my baby was stillborn", "still-birth", "abortion",
    "I had an abortion", "we lost the pregnancy", "There was no heartbeat.", "no longer pregnant",
    "thai e ngừng phát triển", "em không còn mang thai nữa", "the doctor said there is no heartbeat",
)  # fmt: skip
CHILD_DIED = (
    "mất con", "mất con rồi", "mat con", "em mất con rồi chị ơi", "mất bé", "mất bé rồi", "cháu mất rồi",
    "chau mat roi", "Cháu mất rồi ạ 😭", "con tôi không còn", "con toi khong con", "con em không còn nữa",
    "em bé chết", "em be chet roi", "bé nhà em mất hôm qua", "con gái tôi mất rồi", "bé mất đêm qua vì viêm phổi",
    "cháu không qua khỏi", "con em qua đời", "cháu đã qua đời", "bé chết đuối", "mẹ mất con", "vợ em mất con rồi",
    "không giữ được con", "mất đứa con đầu lòng", "bé thành thiên thần rồi", "Không, cháu mất rồi",
    "con trai mình mất rồiiii", "bé nhà mình... mất rồi", "bé chết yểu", "宝宝没了", "孩子没了", "寶寶沒了",
    "孩子没了，我好难过", "孩子去世了", "我家孩子昨天去世", "夭折", "宝宝夭折了", "孩子死了", "女儿不在了",
    "儿子没救过来", "孩子抢救无效", "宝宝去了天堂", "我失去了孩子", "宝宝变成小天使了", "宝宝😭没了", "孙子没了",
    "宝宝出生三天没了", "my baby died", "My baby boy died yesterday", "our son passed away",
    "the baby has passed away", "lost the baby", "I lost my baby", "we lost our daughter", "my baby didn't make it",
    "our little girl is in heaven", "my child is dead", "I am not okay because I lost my baby", "Baby An died",
    "death of my child", "we lost one of the twins", "our son didnt survive", "cả hai con mất rồi", "vì con mất rồi",
    "vi con mat roi", "mẹ ơi con em không còn nữa",
)  # fmt: skip
MOTHER_DIED = (
    "mẹ cháu mất", "mẹ cháu mất rồi", "me chau mat roi", "vợ tôi mất", "vợ em mất rồi", "vo toi mat hom qua",
    "mẹ bé qua đời", "mẹ của bé đã mất", "cháu mồ côi mẹ", "con dâu tôi mất khi sinh", "cháu mất mẹ rồi",
    "孩子妈妈去世了", "孩子妈妈去世", "宝宝的妈妈没了", "我老婆去世了", "孩子没了妈妈", "产妇死亡", "她妈妈难产死了",
    "the mother died", "my wife died", "My wife passed away", "the baby's mother has died", "his mum passed away",
    "My daughter-in-law died", "vợ em mất do băng huyết", "mẹ cháu không còn",
)  # fmt: skip
UNCLEAR = (
    "mất rồi", "mat roi", "mất rồi cô ơi", "bé mất", "be mat", "con em mất ạ", "bé An mất rồi", "cháu ra đi rồi",
    "mẹ mất rồi", "mẹ tôi mất rồi", "em đã từng sảy thai", "trước đây em bị sảy thai 2 lần",
    "hình như em bị sảy thai", "bé đi xa rồi", "qua đời rồi", "chị gái em sảy thai",
    "vợ tôi mất, con cũng mất rồi, cháu mất hôm qua", "孩子走了", "宝宝昨天走了", "孩子妈妈走了", "以前流产过两次",
    "宫外孕", "可能流产了", "她去世了", "医生建议引产", "passed away", "she died", "my baby is gone", "we lost her",
    "my mother died", "I had a miscarriage two years ago", "maybe I had a miscarriage", "it was ectopic",
    "bé Bin nhà em mất tuần trước", "mẹ bé An mất rồi", "bé Bin không qua khỏi",
)  # fmt: skip
NO_LOSS = (
    "mất điện thoại", "em mất điện thoại rồi", "điện thoại của cháu mất rồi", "mất sổ", "em làm mất sổ tiêm rồi",
    "mat so", "sổ tiêm của bé mất rồi", "mất ngủ", "con mất ngủ", "bé mất ngủ cả đêm", "mẹ cháu mất ngủ", "mất sữa",
    "mẹ mất sữa", "mất nước", "bé mất nước phải làm sao", "mất con dấu", "mất con gấu bông", "bé mất giọng",
    "bé mất tập trung", "con mất vía", "mất điện", "mất mạng internet", "mất sim", "mất tiền", "mất thẻ bảo hiểm",
    "mất số điện thoại", "mất nick zalo rồi", "bé đi mất dép", "bé ngủ mất rồi", "con ngủ mất rồi ạ",
    "em quên mất rồi", "quen mat lich tiem", "con ăn hết mất rồi", "đau chết đi được", "mệt chết", "mệt chết mất",
    "sốt chết mất", "con sốt chết mất thôi", "chết rồi, quên lịch tiêm", "con chết mất", "con mèo chết rồi",
    "con gà nhà em chết", "con cá mất rồi", "bé mát rồi", "con đỡ sốt, người mát rồi", "mắt con bị đỏ",
    "mat con bi do", "lau mat con", "mát xa cho bé", "con tôi không còn sốt", "bé không còn ho nữa", "bé bị rôm sảy",
    "bé nổi sảy", "sợ mất con", "em sợ sảy thai", "em lo bị sảy thai", "doạ sảy thai", "bị dọa sảy thai", "ra máu",
    "em bị ra máu", "suýt mất con", "suýt sảy thai", "sảy thai là gì", "say thai la gi", "làm sao để tránh sảy thai",
    "dấu hiệu sảy thai", "sảy thai có nguy hiểm không", "có phải em bị sảy thai không", "không mất con",
    "em không bị sảy thai", "chưa sảy thai", "em muốn phá thai", "có nên bỏ thai không", "phá thai ở đâu",
    "thuốc phá thai", "bà nội cháu mất", "bố cháu mất rồi", "ông ngoại mất rồi", "hàng xóm sảy thai", "con em bị sốt",
    "bé bú kém", "cảm ơn chị", "bé được 3 tháng rồi", "mẹ con em khoẻ", "con cháu đi tiêm rồi", "mất 3 ngày mới khỏi",
    "thai 12 tuần", "em có thai", "món ăn Thái", "bé mất đồ chơi", "累死了", "饿死了", "笑死", "笑死我了",
    "宝宝饿死了", "孩子吓死了", "热死了", "急死我了", "累死宝宝了", "宝宝会走了", "孩子走路了", "宝宝走了两步",
    "宝宝会走路了吗", "我们走了", "走了", "没了", "没有了", "没事了", "手机没了", "宝宝奶粉没了", "孩子没了胃口",
    "宝宝没有了食欲", "宝宝没了精神", "手机死了", "先兆流产", "怕流产", "担心流产", "怎么预防流产", "没有流产",
    "我没流产", "流产是什么", "流产的症状", "会不会流产", "是不是流产了", "流产了吗", "差点流产", "想打胎",
    "要不要引产", "人流量很大", "催产", "朋友流产了", "爷爷去世了", "奶奶昨天去世了", "孩子不在家", "妈妈不在家",
    "卡丢了", "宝宝发烧了", "猫死了", "宝宝没有发烧", "my phone died", "lost my phone", "lost the card",
    "dead battery", "lost my baby's card", "lost the baby book", "lost the baby weight", "my baby's monitor died",
    "our dog died", "I died laughing", "dead tired", "scared to death", "my baby did not die", "did not die",
    "I did not have a miscarriage", "no miscarriage", "is it a miscarriage?", "what is a miscarriage",
    "how to prevent miscarriage", "afraid of a miscarriage", "signs of miscarriage", "threatened miscarriage",
    "risk of stillbirth", "where can I get an abortion", "I want an abortion", "my friend had a miscarriage",
    "the baby passed urine", "my baby passed stool", "baby almost died laughing", "my baby is gone to sleep",
    "I lost my way", "say it in Thai", "my father died", "the rain died down", "thank you", "ok", "", "😭",
    "bé mất bình tĩnh", "con em mất 1 cái răng", "dau mat con qua", "con mất bố", "my daughter lost her shoe",
    "is my baby dead?", "宝宝没呼吸了",
)  # fmt: skip
KINDS = {
    Loss.PREGNANCY_ENDED: PREGNANCY_ENDED,
    Loss.CHILD_DIED: CHILD_DIED,
    Loss.MOTHER_DIED: MOTHER_DIED,
    Loss.UNCLEAR: UNCLEAR,
}
TOLD = [(text, kind) for kind, texts in KINDS.items() for text in texts]


@pytest.mark.parametrize(("text", "kind"), TOLD)
def test_a_loss_is_read_from_her_own_words(text: str, kind: Loss) -> None:
    assert read_loss(text) is kind


@pytest.mark.parametrize("text", NO_LOSS)
def test_nobody_is_asked_about_a_loss_for_words_that_tell_of_none(text: str) -> None:
    assert read_loss(text) is None


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_capitals_emoji_and_normal_form_change_nothing(form: Literal["NFC", "NFD"]) -> None:
    texts = [*(text for text, _kind in TOLD), *NO_LOSS]
    typed = {text: "🕯️ " + unicodedata.normalize(form, text.upper()) + "... 🙏" for text in texts}
    assert [text for text in texts if read_loss(typed[text]) != read_loss(text)] == []


ON_A_LONG_DAY = (
    (
        "Chào chị, em là Lan ở xã Hạ Long. "
        "Mấy hôm nay em không trả lời được tin nhắn vì nhà có chuyện buồn. Em đi khám ở "
        "bệnh viện tỉnh, bác sĩ bảo thai lưu từ tuần trước, em phải nằm viện đến hôm nay mới về. Em cảm ơn chị nhiều.",
        Loss.PREGNANCY_ENDED,
    ),
    (
        "Bé nhà em hôm nay được ba tháng, "
        "hay quấy đêm, em mất ngủ suốt, lại còn làm mất sổ tiêm của cháu. Chị cho em hỏi "
        "phải xin lại sổ ở đâu và bé có phải tiêm lại mũi nào không ạ? Em cảm ơn chị nhiều lắm.",
        None,
    ),
    (
        "您好，我是淮安的李娟。上个月我们带孩子去医院看病，一直发高烧，医生尽力了，但是孩子还是没了。"
        "以后请不要再发打针的提醒了，我看到会很难过，谢谢您一直以来的照顾。",
        Loss.CHILD_DIED,
    ),
    (
        "Hello, thank you for all the messages. "
        "We were in the hospital for two weeks and I could not answer. My wife died "
        "on Sunday. The little one is with me and with my mother now, and we need to know about milk.",
        Loss.MOTHER_DIED,
    ),
)


@pytest.mark.parametrize(("text", "kind"), ON_A_LONG_DAY)
def test_a_long_message_is_read_to_its_end(text: str, kind: Loss | None) -> None:
    assert read_loss(text) is kind


KEY_SYLLABLES = re.compile(
    "mat|thai|luu|chet|qua|doi|tu|vong|tran|khoi|con|nua|cuu|giu|song|coi|yeu|non|say|thien|than|troi|ra|"
    "di|xa|miscarr|still|abort|terminat|lost|heartbeat|pregnan|died|passed|dead|gone|heaven|god|angel|"
    "make|surviv|pull|born|alive|with|ectopic|molar|death|loss|sleeping|"
    "产|胎|停|流|引|堕|打|死|宫|保|掉|没|夭|去|世|过|逝|不在|救|活|挺|熬|离|天|气|走|丧|痛|失|葡|生|心"
)


KEYS_AMONG_OTHERS = [
    "em",
    "bé",
    "con",
    "mẹ",
    "không",
    "còn",
    "chết",
    "mất",
    "rồi",
    "sảy",
    "thai",
    "lo",
    "sợ",
    "nếu",
    "đã",
    "孩子",
    "没了",
    "走",
    "流产",
    "my",
    "baby",
    "died",
    "lost",
    "|",
    "'",
    ",",
]
NO_KEYS = [
    "em",
    "bé",
    "cháu",
    "mẹ",
    "vợ",
    "tôi",
    "bị",
    "rồi",
    "孩子",
    "宝宝",
    "妈妈",
    "了",
    "my",
    "baby",
    "the",
    "mother",
    "has",
]


@given(st.text(max_size=4500))
def test_any_text_can_be_read(text: str) -> None:
    assert read_loss(text) in (None, *Loss)


@given(st.lists(st.sampled_from(KEYS_AMONG_OTHERS)))
def test_key_words_in_any_order_can_be_read(words: list[str]) -> None:
    assert read_loss(" ".join(words)) in (None, *Loss)


@given(st.one_of(st.text(), st.lists(st.sampled_from(NO_KEYS)).map(" ".join)))
def test_words_without_a_key_syllable_are_never_a_loss(text: str) -> None:
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    assume(not KEY_SYLLABLES.search(bare))
    assert read_loss(text) is None


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "words", ["mất con mèo ", "không con em bé ", "my baby an ", "孩子昨天", "em em em ", "bé con cháu "]
)
def test_the_longest_message_that_a_chat_can_send_is_read_at_once(words: str) -> None:
    assert read_loss((words * 4096)[:4096]) is None
