"""The words by which registers call their columns and vaccines, in Vietnamese, Chinese and English.

They only offer a guess; a person confirms what a column means. Chinese words are those of the provinces' own systems.
"""

CHILD_HEADINGS = {
    "name": (
        *("họ tên trẻ", "họ và tên trẻ", "tên trẻ", "họ tên", "họ và tên", "họ tên con", "họ tên bé", "tên bé"),
        *("儿童姓名", "姓名", "孩子姓名", "宝宝姓名", "name", "child name", "name of child"),
    ),
    "birth_date": (
        *("ngày sinh", "ngày sinh trẻ", "ngày tháng năm sinh", "ngày sinh của trẻ", "出生日期", "出生年月日", "生日"),
        *("birth date", "date of birth", "dob"),
    ),
    "sex": ("giới tính", "giới", "nam/nữ", "性别", "sex", "gender"),
    "phone": (
        *("điện thoại", "số điện thoại", "sđt", "điện thoại mẹ", "sđt mẹ", "số điện thoại mẹ", "di động"),
        *("电话", "联系电话", "手机", "手机号", "手机号码", "母亲电话", "家长电话", "phone", "telephone", "mobile"),
    ),
    "card": (
        *("mã số", "mã đối tượng", "mã trẻ", "mã tiêm chủng", "mã số tiêm chủng", "số thẻ", "số sổ"),
        *("儿童编码", "儿童编号", "接种证号", "预防接种证号", "卡号", "card", "card number"),
    ),
    "vaccine": (
        *("vắc xin", "vaccine", "tên vắc xin", "loại vắc xin", "tên vaccine", "vắc xin tiêm", "mũi tiêm"),
        *("疫苗", "疫苗名称", "疫苗种类", "接种疫苗"),
    ),
    "given_on": (
        *("ngày tiêm", "ngày tiêm chủng", "ngày chủng", "ngày uống", "ngày tiêm/uống", "ngày thực hiện"),
        *("接种日期", "接种时间", "vaccination date", "given on", "date given"),
    ),
}

VACCINE_WORDS = {
    "HEPB0": (
        *("VGB sơ sinh", "VGB SS", "VGB 24h", "VGB 24 giờ", "VGB", "viêm gan B sơ sinh", "viêm gan B", "HepB0"),
        *("HBV sơ sinh", "hepatitis B birth"),
    ),
    "BCG": ("BCG", "lao", "phòng lao", "卡介苗", "卡介"),
    "PENTA": (
        *("5 trong 1", "5in1", "5 in 1", "DPT-VGB-Hib", "DPT VGB Hib", "ComBE Five", "Quinvaxem", "SII", "Pentavalent"),
        "Penta",
    ),
    "HEXA": ("6 trong 1", "6in1", "6 in 1", "Hexaxim", "Infanrix Hexa", "Infanrix", "Hexa"),
    "OPV": ("OPV", "bOPV", "bại liệt uống", "uống bại liệt"),
    "IPV": ("IPV", "bại liệt tiêm", "tiêm bại liệt", "脊灰灭活", "脊灰灭活疫苗", "灭活脊灰"),
    "ROTA2": ("Rota", "Rotavin", "Rotarix", "tiêu chảy do rota"),
    "PCV": ("PCV", "phế cầu", "PCV10", "PCV13", "Synflorix", "Prevenar"),
    "MEASLES": ("sởi", "sởi đơn", "MVVac", "measles"),
    "MR": ("MR", "sởi rubella", "sởi - rubella", "MRVac", "measles rubella"),
    "MMR": ("MMR", "sởi quai bị rubella", "sởi - quai bị - rubella", "麻腮风", "麻风腮"),
    "DPT": ("DPT", "bạch hầu ho gà uốn ván", "bạch hầu - ho gà - uốn ván"),
    "JE_INACT": (
        *("VNNB", "viêm não Nhật Bản", "Jevax", "VNNB B", "乙脑灭活", "乙脑灭活疫苗", "乙脑(灭活)", "灭活乙脑"),
    ),
    "TD": ("Td", "uốn ván bạch hầu", "uốn ván - bạch hầu giảm liều"),
    "HPV": ("HPV", "ung thư cổ tử cung"),
    "HEPB": ("乙肝", "乙肝疫苗", "HepB"),
    "BOPV": ("脊灰减毒", "脊灰减毒疫苗", "二价脊灰", "减毒脊灰", "bOPV", "糖丸"),
    "DTAP": ("百白破", "无细胞百白破", "DTaP"),
    "DTAP_IPV_HIB": ("五联", "五联疫苗", "DTaP-IPV-Hib", "DTaP-IPV/Hib"),
    "DT": ("白破", "DT"),
    "JE_LIVE": ("乙脑减毒", "乙脑减毒疫苗", "乙脑(减毒)", "减毒乙脑", "JE-L"),
    "MPSV_A": ("A群流脑", "流脑A", "流脑A群", "A群流脑多糖", "MPSV-A"),
    "MPSV_AC": ("A+C群流脑", "流脑A+C", "A群C群流脑", "AC群流脑", "流脑AC", "MPSV-AC"),
    "HEPA_LIVE": ("甲肝减毒", "甲肝减毒疫苗", "甲肝(减毒)", "HepA-L"),
    "HEPA_INACT": ("甲肝灭活", "甲肝灭活疫苗", "甲肝(灭活)", "HepA-I"),
    "HPV2": ("二价HPV", "双价HPV", "HPV", "HPV疫苗", "人乳头瘤病毒"),
}

BESIDE_THE_DAY = (
    *("lô", "số lô", "hẹn", "sẹo", "phản ứng", "nơi tiêm", "người tiêm", "lot", "batch"),
    *("批号", "下次", "部位", "反应", "接种者", "预约"),
)
"""What a column of a vaccine says that does not say the day."""

FEMALE = ("nữ", "nu", "gái", "bé gái", "con gái", "f", "female", "girl", "女", "女孩", "女婴", "女童")
MALE = ("nam", "trai", "bé trai", "con trai", "m", "male", "boy", "男", "男孩", "男婴", "男童")

NOT_GIVEN = (
    *("-", "–", "—", "/", "\\", ".", "0", "không", "chưa", "chưa tiêm", "không tiêm", "hoãn", "chống chỉ định"),
    *("无", "未种", "未接种", "没打", "缓种", "禁忌", "no", "none", "not given", "n/a"),
)
"""What stands in the cell of a dose that was not given."""
