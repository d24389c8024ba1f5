"""The commonest family names of China, Japan, Korea and Vietnam, and whether a line is nothing but names that begin so."""
# ruff: noqa: E501 - a line holds a quarter of a list

import re

from corpus.characters import CJK, HAN
from corpus.patterns import deferred

CHINESE = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈"
    "丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文"
)
_CHINESE_OF_TWO = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 皇甫 慕容 令狐 公孙 公孫 司徒 尉迟 尉遲 夏侯 长孙 長孫 宇文 申屠 端木".split()
)
# Those of one letter with which everyday words begin as well: 周末, 高清, 金融 and 马上 are no names.
_OF_WORDS = frozenset("万萬乔喬于任余周夏史孔孟常康文方易武段毛江汤湯白石秦范金钱錢钟鍾陆陸雷顾顧马馬高黎龍龙")
JAPANESE = frozenset(
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤 齋藤 清水 山崎 阿部 森 池田 橋本 石川"
    " 山下 小川 石井 長谷川 後藤 岡田 近藤 前田 藤田 遠藤 青木 坂本 村上 太田 金子 藤井 福田 西村 三浦 竹内 中島 岡本 松田 原田 中野 小野 田村 藤原"
    " 中山 石田 小島 和田 森田 内田 柴田 酒井 高木 横山 安藤 宮崎 上田 島田 工藤 大野 宮本 杉山 今井 丸山 増田 高田 村田 平野 大塚 菅原 武田 新井"
    " 小山 野口 桜井 千葉 岩崎 佐野 谷口 上野 松井 河野 市川 渡会 菊地 菊池 木下 野村 吉川 久保 永井 浜田 杉本 荒木 大西 松尾 中川 北村 川口 平田 土屋".split()
)
VIETNAMESE = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh lương trịnh đoàn mai tạ phùng triệu lưu hà chu tô châu nghiêm".split()
)  # as it is written, with its signs, in small letters
KOREAN = frozenset(
    "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 유 홍 전 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주 우 구 민 나 진 지 엄 남궁 황보 제갈 선우".split()
)
_CHINESE_ALONE = CHINESE - _OF_WORDS  # those that tell a name from a word
_LONGEST = 3  # characters of a family name here


def begins_as_name(text: str) -> bool:
    """Whether a text without blanks begins with a common family name, and is as long as a whole name there.

    Not so Korean ones: as many everyday words begin with their syllables.
    """
    if (2 <= len(text) <= 3 and text[:1] in _CHINESE_ALONE) or (3 <= len(text) <= 4 and text[:2] in _CHINESE_OF_TWO):
        return True
    if 3 <= len(text) <= 6 and any(text[:size] in JAPANESE for size in range(2, min(_LONGEST, len(text) - 1) + 1)):
        return True
    return len(text) == 3 and text[:1] in JAPANESE


# "【佐藤健一】", "（佐藤健一、高橋美咲）": the whole line in brackets, of which each part is as long as a name.
_BRACKETED = deferred(rf"[【（(\[〔]([{CJK}]{{2,6}}(?:[ 　]?[、・,，／/][ 　]?[{CJK}]{{2,6}}){{0,3}})[】）)\]〕]")
_PLAIN = deferred(rf"[{CJK}]{{2,6}}")
_WHOLE = deferred(rf"[{HAN}]{{3,6}}(?:[ 　]?[、・,，／/][ 　]?[{HAN}]{{3,6}}){{0,3}}")
_JOINED = re.compile("[ 　]?[、・,，／/][ 　]?")
# Parts of a paper, offices and places may begin as a name does: "森林局", "千葉県警".
_NO_NAME = re.compile("[部局社課课室署庁厅省院校会會党黨警県縣县府市区區町村镇鎮港駅报報网網]$")
_PROVINCES = ("千葉", "石川", "山口", "宮崎")  # above a story as often a part of the country as a family


def is_eastern_name(text: str) -> bool:
    """Whether a text is as a Chinese or Japanese name is, and nothing like an office or a place."""
    return _PLAIN.fullmatch(text) is not None and begins_as_name(text) and not _NO_NAME.search(text)


def names_in_brackets(line: str) -> list[str] | None:
    """Return the names of a line that is in brackets, nothing of it where not all are names; None without brackets."""
    bracketed = _BRACKETED.fullmatch(line)
    if bracketed is None:
        return None
    names = _JOINED.split(bracketed[1])
    return names if all(map(is_eastern_name, names)) and len(bracketed[1]) > 2 else []


def names_near_date(line: str) -> list[str]:
    """Return the names of a line that only a date stands beside: in brackets, or three letters and more each.

    Two letters name a section as well: "林业" is forestry.
    """
    names = names_in_brackets(line)
    if names is None:
        names = _JOINED.split(line) if _WHOLE.fullmatch(line) else []
    return names if all(is_eastern_name(name) and not name.startswith(_PROVINCES) for name in names) else []


def is_korean_name(text: str) -> bool:
    """Whether a text is as long as a Korean name, and begins with a common family name; so do everyday words."""
    return (len(text) == 3 and text[:1] in KOREAN) or (len(text) == 4 and text[:2] in KOREAN)


def are_two_names(first: str, second: str) -> bool:
    """Whether two texts without blanks are a whole name each, not the family's name and the given one: 吳怡君 and 張建宏."""
    is_family = first in _CHINESE_OF_TWO or first in JAPANESE or first in KOREAN
    return not is_family and all(begins_as_name(name) or is_korean_name(name) for name in (first, second))
