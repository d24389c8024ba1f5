"""Names of the world, made up by the hundred: whole in a byline and in data, and two names are never one person."""

import re
import unicodedata

import pytest
from faker import Faker

from crawler.bylines.text import read_byline

EACH, ALL = 100, 200  # names of a locale
WRONG = 100  # one of so many may be refused, split or merged

LOCALES = (
    "ar_SA az_AZ bg_BG bn_BD cs_CZ da_DK de_DE el_GR en_GB en_IN es_ES et_EE fa_IR fi_FI fr_FR"
    " he_IL hi_IN hr_HR hu_HU hy_AM id_ID it_IT ja_JP ka_GE ko_KR lt_LT lv_LV ne_NP nl_NL no_NO pl_PL pt_BR ro_RO ru_RU"
    " sk_SK sv_SE ta_IN th_TH tr_TR uk_UA uz_UZ vi_VN zh_CN zh_TW"
).split()  # fmt: skip
FAMILY_FIRST = {"ja_JP": " ", "hu_HU": " ", "zh_CN": "", "zh_TW": "", "ko_KR": ""}


def made(locale, count):
    """Return names of a locale as its papers print them, without the generator's brackets and stops."""
    source = Faker(locale)
    source.seed_instance(7)
    names = []
    for _ in range(count):
        given, family = (
            re.sub(r"[;,()\u200d]|\.$", "", unicodedata.normalize("NFC", part)).strip()
            for part in (source.first_name(), source.last_name())
        )
        if locale in FAMILY_FIRST:
            names.append(f"{family}{FAMILY_FIRST[locale]}{given}")
        else:
            names.append(f"{given[:1].upper()}{given[1:]} {family[:1].upper()}{family[1:]}")
    return names


@pytest.mark.parametrize("count", [EACH, pytest.param(ALL, marks=pytest.mark.soak)])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_names_of_a_locale_are_whole_and_their_own(locale, count):
    keys: dict[str, str] = {}
    wrong = []
    for name in made(locale, count):
        authors = read_byline(name, language=locale[:2]).authors
        if [author.name for author in authors] != [name] or keys.setdefault(authors[0].key, name) != name:
            wrong.append((name, [author.name for author in authors]))
    assert len(wrong) <= count / WRONG, wrong


def test_there_are_forty_locales():
    assert len(LOCALES) >= 40
