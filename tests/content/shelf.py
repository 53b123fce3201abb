"""A folder of content for a test: small and whole, in three languages, for the test to spoil."""

import shutil
from datetime import date
from pathlib import Path

from content.check import check_content
from content.library import ROOT, Library, load_library
from content.translations import update_translations
from domain.reader import Reader, Role, Station

TODAY = date(2026, 11, 22)
MESSAGES = "content/messages/breastfeeding/newborn.yaml"
INTERFACE = "content/interface/visits.yaml"
VI = "locales/vi/LC_MESSAGES/content.po"

MESSAGES_YAML = """\
# Milk in the first weeks.
messages:
  - key: breastfeeding.week01.skin
    window: {from: 0 days, to: 7 days}
    tier: 1
    audience: anyone
    excluded_from: [replacement_feeding, mother_absent]
    component: adequate_nutrition
    sources: [who_breastfeeding]
    review_by: 2027-11-22
    note: The first message a family gets.
    text: |-
      Hold {{ child }} skin to skin.
      <b>Offer the breast 8 to 12 times.</b>
  - key: breastfeeding.week02.help
    window: {from: 8 days, to: 15 days}
    tier: 2
    audience: father
    excluded_from: [mother_absent]
    component: responsive_caregiving
    sources: [who_breastfeeding]
    review_by: 2027-11-22
    text: Bring water to {{ child }}'s mother. Ask {{ station }}, {{ station_phone }}, {{ station_hours }}.
  - key: breastfeeding.week02.danger
    window: {from: 1 weeks, to: 2 weeks}
    tier: 1
    audience: anyone
    component: good_health
    sources: [who_breastfeeding]
    review_by: 2027-11-22
    text: "{{ child }} does not drink? Call {{ emergency_phone }}."
"""
INTERFACE_YAML = """\
visit.invitation:
  text: "{{ You }} can come with {{ child }} on {{ day }} for {{ vaccines }}."
  note: An invitation to a visit.
visit.coming.label: "Yes, we & {{ child }} are coming"
visit.hour: "Come on {{ starts_at|day }} at {{ starts_at|time }}."
visit.list: "{{ items|lines }}"
visit.story: "{{ items|sentences }}"
vaccine.bcg: BCG
vaccine.hepb: hepatitis B
visit.english.only: Only in English.
visit.worry: "Call {{ protection_phone }}."
"""
MATRIX_YAML = """\
columns: []
longest_gaps: {before_12_months: 400, before_24_months: 400, later: 400}
"""
# A plan for two weeks; how long anybody may wait stands behind it.
TWO_WEEKS = """\
columns:
  - column: the first two weeks
    from: 0 days
    to: 14 days
    window: 7 days
    each: 2
    topics: {breastfeeding: 3, illness: 1}
"""
SOURCES_YAML = """\
who_breastfeeding: {title: Breastfeeding, publisher: WHO, year: 2023, certainty: knowledge}
"""
TRANSLATIONS = {
    ("vi", "content"): {
        "breastfeeding.week01.skin": ("{{ You }} ôm {{ child }} da kề da nhé.\n<b>Cho bú 8 đến 12 lần.</b>"),
        "breastfeeding.week02.help": (
            "Rót nước cho mẹ của {{ child }}. Hỏi {{ station }}, {{ station_phone }}, {{ station_hours }}."
        ),
        "breastfeeding.week02.danger": "{{ child }} không bú? Gọi {{ emergency_phone }}.",
    },
    ("zh", "content"): {
        "breastfeeding.week01.skin": "抱着{{ child }}，肌肤相贴。\n<b>每天喂奶8到12次。</b>",
        "breastfeeding.week02.help": "帮{{ child }}妈妈。问{{ station }}，{{ station_phone }}，{{ station_hours }}。",
        "breastfeeding.week02.danger": "{{ child }}不吃奶？打{{ emergency_phone }}。",
    },
    ("vi", "interface"): {
        "common.station_unknown": "trạm y tế của gia đình",
        "common.station_phone_unknown": "số điện thoại trên thẻ",
        "common.station_hours_unknown": "giờ làm việc",
        "common.emergency_phone_unknown": "số cấp cứu",
        "common.protection_phone_unknown": "đường dây bảo vệ trẻ em",
        "visit.invitation": "{{ You }} đưa {{ child }} đến vào {{ day }} để tiêm {{ vaccines }} nhé.",
        "visit.coming.label": "Vâng & {{ child }} sẽ đến",
        "visit.hour": "Mời {{ you }} đến {{ starts_at|day }} lúc {{ starts_at|time }}.",
        "visit.list": "{{ items|lines }}",
        "visit.story": "{{ items|sentences }}",
        "visit.worry": "Gọi {{ protection_phone }}.",
        "vaccine.bcg": "lao",
        "vaccine.hepb": "viêm gan B",
    },
    ("zh", "interface"): {
        "common.station_unknown": "您的卫生院",
        "common.station_phone_unknown": "卡片上的电话",
        "common.station_hours_unknown": "工作时间",
        "common.emergency_phone_unknown": "急救电话",
        "common.protection_phone_unknown": "儿童保护热线",
        "visit.invitation": "请带{{ child }}在{{ day }}来接种{{ vaccines }}。",
        "visit.coming.label": "好 & {{ child }}会来",
        "visit.hour": "请在{{ starts_at|day }}{{ starts_at|time }}来。",
        "visit.list": "{{ items|lines }}",
        "visit.story": "{{ items|sentences }}",
        "visit.worry": "请打{{ protection_phone }}。",
        "vaccine.bcg": "卡介苗",
        "vaccine.hepb": "乙肝疫苗",
    },
}
ENGLISH_ONLY = "visit.english.only"
STATION = Station(
    name="Trạm Y tế Hạ Long", phone="0203 123 456", hours="7:30–16:30", emergency_phone="115", protection_phone="111"
)


class Shelf:
    """Content under `root`, which a test may write, spoil, translate, load and check."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def spoil(self, file: str, old: str, new: str) -> None:
        """Replace what is there; a test that spoils nothing would prove nothing."""
        text = self.read(file)
        assert old in text, f"{old!r} is not in {file}"
        self.write(file, text.replace(old, new, 1))

    def translate(self, tag: str, domain: str, texts: dict[str, str]) -> None:
        """Write `texts` in the places that an update made for them."""
        file = f"locales/{tag}/LC_MESSAGES/{domain}.po"
        blocks = [_filled(block, texts) for block in self.read(file).split("\n\n")]
        self.write(file, "\n\n".join(blocks))

    def update(self) -> str:
        return str(update_translations(self.root))

    def library(self) -> Library:
        return load_library(self.root)

    def findings(self, today: date = TODAY) -> set[str]:
        return {str(finding) for finding in check_content(self.root, today)}


def small_shelf(root: Path) -> Shelf:
    """Three health messages and a little interface, translated whole but for one text."""
    shelf = Shelf(root)
    for file in ("languages.yaml", "terms.yaml", "interface/common.yaml"):
        shelf.write(f"content/{file}", (ROOT / "content" / file).read_text(encoding="utf-8"))
    for path in (ROOT / "content" / "never_said").rglob("*.yaml"):
        shelf.write(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    shelf.write("content/never_said/waivers.yaml", "waivers: []\n")
    shelf.write("content/sources.yaml", SOURCES_YAML)
    shelf.write("content/matrix.yaml", MATRIX_YAML)
    shelf.write("content/visits.yaml", "countries: []\nsigns: []\n")
    shutil.copy(ROOT / "content" / "readability.yaml", root / "content")
    shelf.write("content/approvals.yaml", "approvals: []\n")
    shelf.write(MESSAGES, MESSAGES_YAML)
    shelf.write(INTERFACE, INTERFACE_YAML)
    shelf.update()
    for (tag, domain), texts in TRANSLATIONS.items():
        shelf.translate(tag, domain, texts)
    return shelf


def real_shelf(root: Path) -> Shelf:
    """A copy of what families really get."""
    for folder in ("content", "locales"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return Shelf(root)


def reader(language: str = "vi", role: Role | None = Role.MOTHER, *children: str, station: Station = STATION) -> Reader:
    """Lan, caregiver of An, unless the test says otherwise."""
    return Reader(language, "Asia/Ho_Chi_Minh", role, children or ("An",), station)


def _filled(block: str, texts: dict[str, str]) -> str:
    for key, text in texts.items():
        if f'msgctxt "{key}"\n' in block:
            escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return block[: block.index("\nmsgstr")] + f'\nmsgstr "{escaped}"'
    return block
