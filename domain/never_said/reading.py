"""How a text is read before it is judged: words as they are meant, however they were typed, each with its place."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

CHILD, READER, BREAK, COMMA, HEADING, RANGE = "§", "¤", ".", ",", ":", "-"
BULLET, CROSS, TICK = "•", "✗", "✓"
_UNIT = re.compile(
    r"\{\{[^{}]{0,80}\}\}|</?[A-Za-z][^<>]{0,80}>|[^\u0300-\u036f\ufe0e\ufe0f][\u0300-\u036f\ufe0e\ufe0f]*"
)
_WORD = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)|(?P<han>[\u3400-\u4dbf\u4e00-\u9fff〇])"
    r"|(?P<word>[^\W\d_\u3400-\u4dbf\u4e00-\u9fff][\u0300-\u036f]*(?:'?[^\W\d_\u3400-\u4dbf\u4e00-\u9fff][\u0300-\u036f]*)*)"
    r"|(?P<sign>[§¤%.!?;。…\n,、:()—–~•*+▪●·\u2190-\u2bff\U0001f000-\U0001faff-])"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ALIKE: Mapping[str, str] = MappingProxyType({"’": "'", "‘": "'", "ʼ": "'", "．": ".", "｡": "。", "︰": ":"})
_ENDS = {"!": BREAK, "?": "?", ";": BREAK, "。": BREAK, "…": BREAK, "\n": "\n", "(": COMMA, ")": COMMA}
_DASHES = frozenset("—–~-")
_BULLETS = frozenset("•*+▪●·-—–")
_SIGNS: Mapping[str, str] = MappingProxyType({**dict.fromkeys("✗✘❌🚫⛔🙅❎✖", CROSS), **dict.fromkeys("✅✔✓☑", TICK)})
# Traditional letters of the words that the rules use, each with the simplified one at the same place.
_TRADITIONAL = str.maketrans(
    "餵給寶飲開鹽醬調奶嬰兒蓋趴臥電視機動畫應該讓孩歲個幾週為別禁絕對許嚴會喫藥買頭鈣劑寫後從長壓驚嚇罵關罰確診斷發遲癥閉殘過營養疫針種絕險這樣當沒點溫熱糖蜜漿鮮純淨礦過濾罐裝優惠買贈購試樂購進預訂單聯繫麼嗎還於與準備間時覺產媽無須傷腦損樁類訴導師證據價聽話罵錯麵裡輔點訓練癒濕發燒瀉獎",
    "喂给宝饮开盐酱调奶婴儿盖趴卧电视机动画应该让孩岁个几周为别禁绝对许严会吃药买头钙剂写后从长压惊吓骂关罚确诊断发迟症闭残过营养疫针种绝险这样当没点温热糖蜜浆鲜纯净矿过滤罐装优惠买赠购试乐购进预订单联系么吗还于与准备间时觉产妈无须伤脑损桩类诉导师证据价听话骂错面里辅点训练愈湿发烧泻奖",
)


@dataclass(frozen=True)
class Token:
    """A word, a Chinese letter, a number or a sign, and where it stands in what was typed."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text: case, tone's place, invisible letters, wide and traditional letters make no difference."""
    letters = list(_letters(text))
    plain = "".join(letter for letter, _, _ in letters)
    found = []
    for match in _WORD.finditer(plain):
        word = _meant(match, plain)
        if word:
            found.append(Token(word, letters[match.start()][1], letters[match.end() - 1][2]))
    return found


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """A word as it is typed without Vietnamese marks."""
    if word.isascii():
        return word
    kept = (letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return "".join(kept).replace("đ", "d")


def is_typed_bare(tokens: Sequence[Token]) -> bool:
    """Whether these words seem to be Vietnamese typed without its marks: hardly any word has one."""
    words = [token.word for token in tokens if token.word[:1].isalpha()]
    return sum(not word.isascii() for word in words) * 10 < len(words) * 3


def _letters(text: str) -> Iterator[tuple[str, int, int]]:
    for unit in _UNIT.finditer(text):
        for letter in _read(unit.group()):
            yield letter, unit.start(), unit.end()


@lru_cache(maxsize=4096)
def _read(written: str) -> str:
    """What stands for a letter with its marks, a tag or a placeholder."""
    if written.startswith("{{") and len(written) > 2:
        return f" {_value(written)} "
    if (written[0] == "<" and len(written) > 1 and written[-1] == ">") or unicodedata.category(written[0]) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", written.rstrip("\ufe0e\ufe0f")).casefold().translate(_TRADITIONAL)
    return _ALIKE.get(plain, plain)


def _value(written: str) -> str:
    name = written.strip("{} ").lower()
    return CHILD if name.startswith(("child", "children")) else READER if name.startswith("you") else "x"


def _meant(match: re.Match[str], plain: str) -> str:
    written = match.group()
    if match["word"]:
        return _tone_last(written)
    if not match["sign"]:
        return written
    return _sign(written, plain[max(0, match.start() - 40) : match.start()], plain[match.end() : match.end() + 40])


def _sign(sign: str, before: str, after: str) -> str:
    """What a sign means between what stands before it and after it; nothing when it is only decoration."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    if sign in _BULLETS or ord(sign) > 0x2190:
        begins_line = not before.rpartition("\n")[2].strip()
        if begins_line and sign not in "、。":
            return BULLET
    if sign in _DASHES:
        return _dash(sign, before, after)
    return _ENDS.get(sign, sign if sign.isascii() or sign in "§¤、" else "") if sign not in _BULLETS else ""


def _dash(sign: str, before: str, after: str) -> str:
    if before.rstrip()[-1:].isdigit() and after.lstrip()[:1].isdigit():
        return RANGE
    return COMMA if before[-1:].isspace() or sign in "—–" else ""


@lru_cache(maxsize=4096)
def _tone_last(word: str) -> str:
    """The word with its tone's mark at the end: “hòa” and “hoà” are one."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in parts if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)) + tones
