"""Whether a typed message may tell of a loss, in Vietnamese (with or without marks), Chinese or English.

It only decides whether the bot asks "is it so?". Nothing stops before somebody has confirmed it.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum


class Loss(StrEnum):
    """What a message may tell. `UNCLEAR`: a loss is quite possible, or it is told of whom or when only in part."""

    PREGNANCY_ENDED = "pregnancy_ended"
    CHILD_DIED = "child_died"
    MOTHER_DIED = "mother_died"
    UNCLEAR = "unclear"


def read_loss(text: str) -> Loss | None:
    """The loss that `text` (any length, any normal form, marks or none) may tell of; None when it plainly tells none.

    None too for a fear, a threat (ra máu, doạ sảy, 先兆流产), a wish, a denial, and a question what something is:
    nobody is asked wrongly. A loss of long ago, or of a near relative, is UNCLEAR: she who writes of it may mean today.
    "Mất con" and "lost the baby" are CHILD_DIED even during a pregnancy; whoever asks knows whether a birth is awaited.
    A stillbirth is PREGNANCY_ENDED. Two different losses in one message are UNCLEAR. Raises nothing.
    Source: rule of this house; the phrases are everyday speech and await readers from both places.
    """
    clauses = _clauses(text)
    told = {kind for n, clause in enumerate(clauses) for kind in _told_in(clause, before=" ".join(clauses[:n]))}
    if Loss.PREGNANCY_ENDED in told:
        # In a pregnancy "I lost my baby" says the same once more.
        told.discard(Loss.CHILD_DIED)
    known = told - {Loss.UNCLEAR}
    if len(known) == 1:
        return known.pop()
    return Loss.UNCLEAR if told else None


_LETTER = "[a-zà-ỹđ0-9']"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SIMPLIFIED = str.maketrans(
    "產寶沒媽過離開個嗎兒親難產爺壞後掉這們來懷體見為麼誰", "产宝没妈过离开个吗儿亲难产爷坏后掉这们来怀体见为么谁"
)


def _vietnamese(pattern: str) -> str:
    """The pattern with every word also as it is typed without its tone, and without any mark."""
    return re.sub(r"\[[^]]*\]|[a-zà-ỹđ]+", _spellings, pattern)


def _spellings(word: re.Match[str]) -> str:
    if word[0].startswith("["):
        return word[0]
    letters = unicodedata.normalize("NFD", word[0])
    toneless = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("đ", "d")
    return f"(?:{'|'.join(dict.fromkeys((word[0], toneless, bare)))})"


def _words(pattern: str) -> str:
    return rf"(?<!{_LETTER})(?:{pattern})(?!{_LETTER})"


def _any_of(*, vi: str, en: str, zh: str, marked: str = "") -> str:
    """One pattern of the three languages; `marked` is Vietnamese that counts only with its marks."""
    latin = "|".join(part for part in (_vietnamese(vi), marked, en) if part)
    return f"{_words(latin)}|{zh}" if zh else _words(latin)


# The pieces: who, what may stand between, and what happened.

_VI_CHILD = (
    "(?:(?:em |thằng |đứa |cháu |con )?bé|(?:đứa )?con|cháu|thằng cu|cu tí|đứa (?:trẻ|nhỏ)|cặp song sinh|sinh đôi"
    "|(?:cả )?hai đứa|một đứa)"
)
_VI_OWNER = (
    "(?: (?:nhà|của|em|tôi|tui|mình|chị|anh|chúng|vợ chồng|bọn|trai|gái|đầu lòng|đầu|út|lớn|nhỏ|bé|cháu|thứ hai|này"
    "|nó"
    "|con))"
)
_VI_JUST = (
    "(?: (?:đã|vừa|mới|cũng|thì|đều|không may|chẳng may|đột ngột|sinh ra|sinh non|mới sinh|được sinh ra|chẳng|lại"
    "|thật sự"
    "|vẫn|cuối cùng))"
)
_VI_NOT_A_NAME = _vietnamese(
    "ngủ|quên|uống|ỉa|tè|khóc|ngã|trốn|lạc|làm|đánh|bỏ|để|vứt|rơi|lấy|cắn|nuốt|hết|chết|thành|lên|xuống|ra|về|thức"
    "|trễ"
    "|muộn|lỡ|biến|sợ|đi|chạy|bị|không|chưa|chẳng|sắp|gần|suýt|tưởng|muốn|có|sẽ|đang|ốm|tiêm|chích|phá|xé|tháo|xoá"
    "|xóa|tắt"
    "|bay|trôi|hỏng|vỡ|gãy|rách|sổ|thẻ|mũ|dép|giày|áo|mẹ|bố|ông|bà|lo|nghịch|giấu|cầm|mang|hay|mà|thì|nôn|trớ|chơi"
    "|học|đòi"
    "|thấy|mệt|sốt|đói|khát|bú|nói|dậy|nằm|ném|trượt|tuột|xé|hóc|mải|vội|nhỡ|và|với|cho|chơi|điện|thoại|tuổi|tháng"
    "|ngày"
)
_VI_NAME = rf"(?: (?!(?:{_VI_NOT_A_NAME}|ăn|ị|bò|vẽ)(?!{_LETTER}))[a-zà-ỹđ]+){{1,2}}"
_VI_WHEN = (
    "(?:rồi|tối|đêm|sáng|trưa|chiều|hôm|ngày|tuần|tháng|năm|thứ|lúc|khi|vì|trong|ở|tại|trên|từ|sau|trước|hồi|vào"
    "|được|cách đây"
    "|do (?:bệnh|tai nạn|ngạt|sinh|sốt|viêm|tim|suy|băng huyết|đẻ|biến chứng)|đột ngột|sớm|đi rồi|ngay|nên|nhưng|và"
    "|thật|mới|vừa|luôn rồi|giữa|lâu|gần)"
)
_VI_END = r"(?=(?: (?:ạ|à|ah|nhé|nha|huhu|hu|ơi|cô|chị|bác|anh|em|bác sĩ|bs|trời|đi))* *(?:$|\|))"
_VI_THEN = rf"(?= {_VI_WHEN}(?!{_LETTER}))"
_VI_DIED = (
    "(?:qua đời|tử vong|từ trần|lìa đời|mất mạng|không qua khỏi|không cứu được|không sống được|không sống nổi"
    "|không còn nữa|không còn trên đời|(?:lên|về) (?:thiên đường|trời|cõi phật)|về với (?:trời|chúa|phật|ông bà|đất)"
    "|(?:thành|làm) thiên thần|ra đi mãi mãi|(?:bị )?chết"
    "(?! (?:mất|đi được|thôi|cười|mê|mệt|đói|khát|khiếp|rét|dở|tiệt|toi|nỗi|sống|người|đứng|lặng|ngất|luôn|sợ|thèm"
    "|nóng|chưa)))"
)
_VI_MOTHER = (
    "(?:mẹ (?:đẻ )?(?:của )?(?:cháu|bé|con|nó|em bé|đứa bé|các cháu|hai đứa|chúng nó|thằng bé|con bé)|mẹ chúng nó"
    "|vợ|bà xã|con dâu|sản phụ)"
)
_VI_LOST = (
    "(?:mất|không giữ (?:lại )?được|không cứu được)(?: đi)? (?:(?:một|1|hai|2|cả) )?"
    "(?:em bé|đứa con|đứa bé|con|bé|cháu|đứa)"
)

_EN_CHILD = (
    "(?:baby|babies|child|children|son|daughter|newborn|infant|twins?|little (?:one|boy|girl)|boy|girl"
    "|grand(?:child|son|daughter)|kid|toddler)(?! in law|')"
)
_EN_BETWEEN = (
    "(?: (?!(?:almost|nearly|not|never|could|would|may|might|if|and|but|because|when|that|before|said|says|thinks"
    "|asked|had"
    "|phone|battery|car|bike|tv|toy|fish|goldfish|dog|cat|hamster|plant|tablet|camera|monitor|laptop|father|dad"
    "|grand.*|uncle"
    "|aunt|mother|mom|mum|in|wants|learned|knows|saw|what|how|why|until|didn't|hasn't|haven't|was|is"
    "|are)(?![a-z']))[a-z]+){0,2}"
)
_EN_DIED = (
    "(?:died|(?:has |have |had )?(?:just |already |sadly )?(?:died|passed away|passed on|passed)(?= *$| last"
    "| yesterday| this| today"
    r"| in| on| at| a |\|)|passed away|(?:is|are|was|were) (?:dead|no longer with us|no longer alive|in heaven"
    "|with god|an angel"
    "|not with us any ?more|born dead|born sleeping)|(?:did not|didn'?t|could not|couldn'?t) (?:make it|survive"
    "|pull through)"
    "|(?:not|isn'?t|no longer) alive|went to heaven|is no more)(?! (?:laughing|down|out|of laughter))"
)
_EN_MOTHER = (
    "(?:(?:the|her|his|their|baby's|child's|kid's|children's|son's|daughter's|baby) (?:mother|mom|mum|mama|mommy"
    "|mummy)"
    "|(?:my|his) wife|daughter in law)"
)
_EN_THINGS = (
    "book|card|weight|hat|shoes?|socks?|tooth|teeth|bottle|toys?|blanket|file|papers?|photos?|records?|vaccin.*"
    "|health|number"
    "|seat|bag|clothes|stuff|pram|monitor|fat|bump|passport|certificate|id|fish|phone|tooth|food|form|cot"
)

_ZH_CHILD = (
    "(?:孩子|宝宝|宝贝|婴儿|娃娃|娃|小孩|小宝|大宝|二宝|儿子|女儿|闺女|丫头|双胞胎|老大|老二|小家伙|孙子|孙女|外孙女?"
    "|囡囡|毛毛)"
)
_ZH_BETWEEN = (
    "(?:我们?|已经?|刚刚?|才|就|也|都|突然|昨[天晚夜]|今[天早晚]|前天|早上|晚上|凌晨|夜里|半夜|在医院里?|上个?月"
    "|上周|前几天"
    "|这周|出生|生下来|以?后|没几天|几天|[0-9一两三四五六七八九十]+[个天月岁周]+|因病|意外|不幸|最后|还是|发烧|病"
    "|淹|溺水|摔"
    "|车祸|在?肚子里|一个|其中|两个|不久|真的){0,5}"
)
_ZH_THINGS = (
    "胃口|食欲|精神|力气|笑|耐心|兴趣|声|奶|口粮|尿|衣|玩具|信心|感觉|动静|胎动|反应|发烧|咳|烧|鼻|症状|疹|湿疹"
    "|黄疸|妈|爸|爷"
    "|安全|自信|电|钱|牙|头发|觉|睡|话|问题|疫苗|本|卡|证|以前|原来|之前|那么|热|痰|腹泻|食|眼泪|吃|喝|机会|依靠|呼吸"
)
_ZH_DIED = (
    f"(?:没有?了(?!{_ZH_THINGS})|死了(?!我|心)|死掉|死亡|去世|过世|离世|逝世|夭折|不在了|不在人世|没救(?:过来|回来"
    "|活)"
    "|没能?抢救|抢救无效|没能活|没活(?:下来|成|过)|没挺过|没熬过|离开了?(?:我们|这个世界|人世|人间)(?!就|会|时)"
    "|[去上到]了?天堂|(?:变成|成|当|做)了?小?天使|断了气)"
)
_ZH_LEFT = r"(?:走了(?!路|[几两三四五六一二十0-9]|很|好|多|半|出|进|上|下|来|过|吗)|离开了(?!我|妈|爸|奶|家|他|她))"
_ZH_MOTHER = "(?:(?:孩子?|宝宝|娃|他|她|孙子|孙女)[的他她]*(?:妈妈?|娘|母亲)|我?(?:老婆|妻子|媳妇|爱人|儿媳妇?)|产妇)"

_PREGNANCY = _any_of(
    vi="(?:sảy|sẩy|xảy|xẩy|sãy) (?:mất )?thai|(?:hỏng|hư|trôi|rụng|rớt|rơi|lưu|mất|phá|bỏ|nạo|hút) (?:mất |cái )?thai"
    "|thai (?:nhi )?(?:(?:đã|bị|cũng) )*(?:chết lưu|lưu|chết|hỏng|hư|không còn|không giữ được)"
    f"|thai (?:nhi )?mất(?:{_VI_THEN}|{_VI_END})"
    "|không còn mang thai|thai (?:nhi )?(?:(?:đã|bị|của|em|e|tôi|mình) )*(?:ngừng|ngưng|dừng) (?:phát triển|đập"
    "|tim)|(?:mất|không còn|ngừng|ngưng) tim thai"
    "|tim thai (?:(?:đã|bị|không) )*(?:ngừng|ngưng|mất|còn)|(?:đình chỉ|chấm dứt) thai|chết lưu|(?:chết|mất) (?:từ "
    "|ngay )?trong bụng"
    "|không giữ (?:lại )?được (?:cái )?thai",
    en="miscarr[a-z]*|still ?born|still ?births?|abortions?|aborted(?! (?:the )?(?:call|update|download|mission))"
    "|terminated (?:the|my|our) pregnancy|termination|lost (?:the|my|our|her|this) pregnancy|no (?:more )?heartbeat"
    "|(?:no longer|not) pregnant any ?more|no longer pregnant|f(?:o)?etus (?:has )?died|pregnancy (?:has )?ended",
    zh="流产|小产|滑胎|胎停|停胎|引产|堕胎|打胎|药流|人流(?!量|很|多|大|密|太|高|少|比|较|如|不)|死胎|死产|胎死"
    "|终止妊娠|清宫"
    "|(?:胎心|心跳)(?:停|没了|没有了|消失)|(?<!还)没有?了?胎心|没有?了?心跳|(?:没有?能?|不能|无法)保住|保不住"
    "|(?:打掉|拿掉|流掉)了?(?:孩子|宝宝|胎)|(?:孩子|宝宝|胎儿?|娃)(?:就|给|也|已经)?(?:打掉|拿掉|做掉|流掉)"
    "|胎儿(?:已经)?停止",
)
_MOTHER = _any_of(
    vi=f"{_VI_MOTHER}{_VI_OWNER}{{0,3}}{_VI_JUST}{{0,3}} (?:{_VI_DIED}|không còn{_VI_END}|mất(?:{_VI_THEN}"
    f"|{_VI_END}))"
    f"|(?:mất|mồ côi|không còn) mẹ(?: đẻ)?(?:{_VI_THEN}|{_VI_END})|mồ côi mẹ",
    en=f"{_EN_MOTHER}{_EN_BETWEEN} {_EN_DIED}|lost (?:my|his) wife|lost (?:her|his|their|its) (?:mother|mom|mum)",
    zh=f"{_ZH_MOTHER}{_ZH_BETWEEN}(?:难产)?(?:{_ZH_DIED}|难产死)|(?:没有?了|失去了?)(?:妈妈?|母亲|娘)|没有?(?:妈妈?"
    "|母亲)了",
)
_CHILD = _any_of(
    vi=f"{_VI_CHILD}{_VI_OWNER}{{0,4}}{_VI_JUST}{{0,3}} (?:{_VI_DIED}|không còn{_VI_END}|mất{_VI_THEN})"
    f"|{_VI_LOST}{_VI_OWNER}{{0,3}}(?:{_VI_THEN}|{_VI_END})|chết yểu|chết non",
    en=f"{_EN_CHILD}{_EN_BETWEEN} {_EN_DIED}|(?:baby|child|son|daughter)(?:'s|s| is)? (?:dead|not alive)(?= *$)"
    f"|(?:death|loss) of (?:my|our|the|her|his) {_EN_CHILD}"
    f"|lost (?:my|our|the|her|his|a|one|both|one of the) (?:[a-z]+ )?{_EN_CHILD}(?! (?:{_EN_THINGS})(?![a-z]))",
    zh=f"{_ZH_CHILD}{_ZH_BETWEEN}{_ZH_DIED}|夭折|丧[子女]|痛失"
    f"|(?:失去了?|没了)(?:我们?的?|一个|唯一的?|第一个)?{_ZH_CHILD}(?!的)",
)
_UNCLEAR = _any_of(
    vi=f"{_VI_CHILD}{_VI_OWNER}{{0,4}}{_VI_JUST}{{0,3}} (?:(?:bị )?mất{_VI_END}|bị mất{_VI_THEN}|ra đi(?:{_VI_THEN}"
    f"|{_VI_END})|đi (?:xa|mất)(?: rồi)?{_VI_END}"
    rf"|mất [0-9]+ (?:ngày|tuần|tháng|năm) (?:rồi|nay))"
    f"|mẹ(?: (?:em|tôi|mình))?{_VI_JUST}{{0,3}} (?:{_VI_DIED}|mất(?:{_VI_THEN}|{_VI_END}))"
    "|(?:chửa|thai) ngoài tử cung|thai trứng|qua đời|tử vong|không có tim thai",
    marked=f"{_vietnamese(_VI_CHILD + _VI_OWNER)}{{0,2}}{_VI_NAME}{_vietnamese(_VI_OWNER)}{{0,2}}"
    f"{_vietnamese(_VI_JUST)}{{0,2}} {_vietnamese(f'(?:{_VI_DIED}|mất{_VI_THEN})')}"
    "|(?:vợ|em|tôi|mình|con dâu)(?: tôi| em)?(?: bị)? (?:sảy|sẩy) (?:rồi|mất)",
    en="(?:she|he|they|both|baby|mother|mom|mum) (?:has |have |just |had |all )?(?:died|passed away|passed on"
    "|is dead|didn't make it)"
    f"|{_EN_CHILD} (?:is|are) gone(?= *$| forever)|lost (?:her|him|them)(?= *$| yesterday| today| last)|passed away"
    "|ectopic|molar pregnancy"
    "|my (?:mother|mom|mum) (?:has )?(?:died|passed away)",
    zh=f"{_ZH_CHILD}{_ZH_BETWEEN}{_ZH_LEFT}|{_ZH_MOTHER}{_ZH_BETWEEN}{_ZH_LEFT}|妈妈?{_ZH_BETWEEN}(?:去世|过世|离世"
    "|死了|不在了)"
    "|宫外孕|葡萄胎|生化妊娠|生化了|去世|过世",
)
_TOLD = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Loss.PREGNANCY_ENDED, _PREGNANCY),
        (Loss.MOTHER_DIED, _MOTHER),
        (Loss.CHILD_DIED, _CHILD),
        (Loss.UNCLEAR, _UNCLEAR),
    )
)

# What is said before those words and takes them back: a denial, a fear, a threat, a wish, a question.

_FILL_VI = (
    "(?: (?:là|rằng|có|bị|phải|bé|con|em|cháu|mình|tôi|mẹ|vợ|để|cho|việc|hề|hiện tượng|tình trạng|nguy cơ|dấu hiệu"
    "|khả năng"
    "|muốn|làm|thấy|ai|nhà|lại|em bé|như|gây|gây ra|dẫn đến|mang|sẽ|thai|của))"
)
_HELD_BACK = re.compile(
    _words(
        _vietnamese(
            "(?:không(?! may)|chưa|chẳng(?! may)|chả(?! may)|đừng|khỏi|tránh|ngừa|phòng|sợ|lo|lo lắng|ngại|doạ|dọa"
            "|hù|suýt"
            "|suýt nữa|tí nữa|gần như|nguy cơ|có thể|khả năng|liệu|nếu|nhỡ|lỡ như|có nên|muốn|định|tính|sắp|tưởng"
            "|có phải|có bị"
            f"|dấu hiệu|triệu chứng|biểu hiện|nguyên nhân|thuốc|hỏi về|rôm){_FILL_VI}{{0,4}} $"
        )
        + "|(?:not|never|no|without|prevent|avoid|(?:afraid|scared|risk|fear|signs?|symptoms?|chances?|causes?) of"
        "|about|against"
        "|almost|nearly|threatened|if|is (?:this|it|that)|causes?|want|need|considering|thought|think about|can"
        "|could|should|would"
        "|will|might|may (?:have|get|be)|do not think|don't think|(?:did|have|has|had|was|do|does|is|would|could)n't)"
        "(?: (?:a|an|the|to|have|had|having|be|get|getting|any|another|i|we|been|possible|early|late|about|of|it"
        "|it was|you))"
        "{0,4} $"
        "|^(?:is|are) (?:my|the|our|her|his) $"
    ).removesuffix(f"(?!{_LETTER})")
    + "|(?:没有?|未|不是|不会|不想|不要|并没有?|怕|害怕|担心|恐|预防|避免|防止|会不会|是否|是不是|有没有|差点|险些"
    "|几乎|先兆性?"
    "|如果|要是|万一|想|想要|要不要|打算|准备|能不能|可以|容易|以防|足月|过期)(?:孩子|宝宝|会|有|要|再|的|儿|发生"
    "|出现|做|去|自己|我|性)"
    "{0,4}$"
)
_OF_OTHERS = re.compile(
    _any_of(
        vi="bạn (?:em|tôi|mình|thân|học|gái)|hàng xóm|đồng nghiệp|người ta|người quen|trên mạng|trong phim|xem phim"
        "|nghe nói",
        en="friends?|neighbou?rs?|colleagues?|movie|film|news|celebrity",
        zh="朋友|邻居|同事|闺蜜|电视|电影|新闻|听说|同学|狗|猫",
    )
)
_KIN_BEFORE = re.compile(
    _words(_vietnamese("(?:bố|cha|ông|bà|chồng)(?: (?:nội|ngoại|của|nhà))* $")).removesuffix(f"(?!{_LETTER})")
    + "|(?:爷爷|奶奶|外婆|外公|姥姥|姥爷|爸爸?|公公|婆婆|父亲|老人|叔叔?|伯伯?|舅舅?|姑姑?|姨)(?:已经|昨天|刚刚?|也"
    "|都|突然)?$"
)
_THINGS = _any_of(
    vi="điện thoại|sim|sổ|sổ tiêm|thẻ bảo hiểm|thẻ tiêm|giấy|tiền|dép|giày|đồ chơi|tài khoản|mật khẩu|tin nhắn"
    "|hồ sơ|chìa khoá"
    "|chìa khóa|phiếu|vòng|khăn|zalo|facebook|nick|quyển|cuốn|nước|lịch hẹn|sữa|giọng",
    marked="máy|ví|mũ|bình|túi|mạng|ảnh|mã|số|thẻ|áo|quần|xe|điện|thuốc|ban",
    en="phone|card|book|key|bag|battery",
    zh="手机|电话|卡|本子|钱包|钥匙|奶粉|二维码|电池",
)
_THING = re.compile(_THINGS)
_THINGS_OF_HIS = re.compile(rf"(?:{_THINGS})(?: {_vietnamese('(?:của|nhà|cho|tiêm|khám|chơi)')})* $")
_TAKEN_BACK = (_HELD_BACK, _KIN_BEFORE, _THINGS_OF_HIS)

_MEANS_ELSE = re.compile(
    _any_of(
        vi="con (?:chó|mèo|gà|lợn|heo|trâu|vịt|chim|thỏ|nghé|ngựa|chuột|gián|muỗi|kiến|ruồi|rùa)[^|]*|(?:rôm|nổi) sảy"
        "|mang thai hộ",
        marked="con (?:bò|bê|dê|cá|ong)(?= )[^|]*|(?:nhin|lau|rua|dui|dau|nho|hai|doi|tren|trong|quanh|tra|sung"
        "|do) mat (?:con|be|chau)",
        en="(?:phone|battery|laptop|tablet|camera|car|bike|tv|dog|cat|fish|goldfish|hamster|plant|wifi"
        "|internet)(?: [a-z]+)? "
        r"(?:died|is dead|passed away)|(?:died|dying) (?:laughing|of laughter|down|out)",
        zh="[累饿笑急吓气烦困热冷痛疼羞想渴忙爱美难冻](?:得要|得|要|都)?死(?:了|我|人|宝宝|你|他)*|(?:狗|猫|鱼|仓鼠"
        "|手机|电池)[^|]{0,6}死了?"
        "|流产(?:的)?(?:先兆|征兆|迹象|症状|原因|风险|可能|几率|概率|预防|危险)|(?:流产|胎停|引产)了?[吗么]"
        "|无痛人流广告",
    )
)
_ONLY_ASKED = re.compile(
    _any_of(
        vi="là gì|là sao|là như thế nào|thế nào là|có nguy hiểm|vì sao|tại sao|làm sao (?:để|mà|biết)|làm thế nào"
        "|bao nhiêu"
        "|ở đâu|nguyên nhân|dấu hiệu|triệu chứng|biểu hiện|có sao không|là bệnh",
        en="what(?:'s| is| are| does| causes)|how (?:do|to|can|common|does)|why do|where can|^ *(?:does|is|do)"
        "|causes?|symptoms?|signs?",
        zh="什么|怎么(?!办)|怎样|如何|为什么|会不会|是不是|吗|原因|症状|征兆|迹象|哪|多少钱",
    )
)
_HAPPENED = re.compile(
    _any_of(
        vi="rồi|đã|vừa|mới|bị|em|tôi|mình|cháu|con|vợ|bé",
        en="i|my|we|our|she|her|died|passed|lost|had|after|dead|gone",
        zh="[了刚我后]|去世|过世",
    )
)
_LONG_AGO_OR_UNSURE = re.compile(
    _any_of(
        vi="từng|trước đây|ngày trước|hồi trước|lần trước|năm ngoái|năm trước|những lần|nhiều lần|(?:2|hai|3|ba"
        "|mấy) lần|tiền sử"
        "|năm rồi|hình như|chắc là|có lẽ|chị gái|em gái|chị dâu",
        en="years? ago|last year|previous(?:ly)?|in the past|once|history|twice|recurrent|used to|last time|(?:two"
        "|three|2|3) miscarriages"
        "|maybe|perhaps|i think|probably|possibly|sister|cousin|aunt",
        zh="以前|曾经?|去年|前年|上次|上一胎|第一胎|习惯性|年前|[两二三2-9几]次|有过|可能|好像|大概|建议|应该|姐姐"
        "|妹妹|嫂子|弟媳",
    )
)
# A whole clause that names nobody.
_VI_BARE = "(?:(?:dạ|vâng|cũng|đã|vừa|mới|không may) )*mất (?:rồi|hôm qua|đêm qua|tối qua|sáng nay)"
_NOBODY_NAMED = re.compile(
    rf"^ *(?:{_vietnamese(_VI_BARE + _VI_END)}"
    "|(?:昨[天晚]|已经|今天|都)*(?:不在了|死了)[啊呀]? *$)"
)


def _clauses(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").translate(_SIMPLIFIED)
    shown = "".join(letter for letter in letters if unicodedata.category(letter) != "Cf")
    once = re.sub(r"([^\W\d])\1{2,}", r"\1", re.sub(r"[.。]{2,}", " ", unicodedata.normalize("NFC", shown)))
    parts = re.split(r"[,;:!?\n。、|]|\.(?=\s|$)", once)
    return [clause for part in parts if (clause := _plain(part))]


def _plain(part: str) -> str:
    """Words with single spaces; Chinese without any, however it was spaced."""
    words = " ".join(re.sub(r"[^\w']|_|(?<!\w)'|'(?!\w)", " ", part).split())
    return re.sub(r"(?<=[一-鿿]) (?=[一-鿿])", "", words)


def _told_in(clause: str, *, before: str) -> Iterator[Loss]:
    if _NOBODY_NAMED.search(clause) and not _THING.search(before):
        yield Loss.UNCLEAR
    if _ONLY_ASKED.search(clause) and not _HAPPENED.search(clause):
        return
    rest = _MEANS_ELSE.sub("|", clause)
    unsure = _LONG_AGO_OR_UNSURE.search(rest) is not None
    for kind, pattern in _TOLD:
        if any(_is_meant(rest[: found.start()]) for found in pattern.finditer(rest)):
            yield Loss.UNCLEAR if unsure else kind
        rest = pattern.sub("|", rest)


def _is_meant(before: str) -> bool:
    return not _OF_OTHERS.search(before) and not any(pattern.search(before) for pattern in _TAKEN_BACK)
