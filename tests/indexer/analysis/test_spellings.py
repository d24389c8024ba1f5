"""A folded word -> the spellings it may stand for: typed without accents and in another inflection, a word is found."""

import pytest

from indexer.analysis.spellings import spellings
from indexer.analysis.text import forms
from tests.indexer.variants import are_variants

TYPED = {  # language -> as typed, and as it stands in a text
    "ar": "مدرسه/مدرسة المدرسه/مدرسة مستشفي/مستشفى اسرائيل/إسرائيل الحكومه/حكومة رئيس/الرئيس احمد/أحمد "
    "انتخابات/الانتخابات",
    "cs": "volby/voleb povodne/povodní prezidentu/prezidentů skoly/škola",
    "de": "hauser/Häuser waehler/Wählern uberschwemmungen/Überschwemmung burgermeister/Bürgermeisters "
    "muenchen/Münchens",
    "el": "εκλογες/εκλογές πλημμυρα/πλημμύρες",
    "en": "cafes/café resumes/résumé naive/naïve F-35/F-35s 1990/1990s",
    "es": "eleccion/elecciones economicas/económico inundacion/inundaciones ninos/niña "
    "camion/camiones votacion/votaciones",
    "fr": "inondee/inondations societes/société elections/élection regionale/régionales deputes/députée prefete/préfet "
    "ecoles/école blessees/blessé hopitaux/hôpital generale/généraux proces/procès evacues/évacuée greve/grèves",
    "he": "שלום/שָׁלוֹם ירושלים/יְרוּשָׁלַיִם מלחמה/מִלְחָמָה",
    "hi": "हिंदी/हिन्दी आंदोलन/आन्दोलन चुनाव/चुनावों संबंध/सम्बन्ध जमीन/ज़मीन पांच/पाँच",
    "hu": "valasztasok/választás arviz/árvízi kormany/kormányért",
    "it": "citta/città universita/università elezione/elezioni perche/perché liberta/libertà",
    "nl": "geweldig/geweldige reele/reële verkiezingen/verkiezing",
    "pl": "wyborow/wybory zolnierzy/żołnierze lodzi/Łódź powodzi/powódź sejmowa/sejmową",
    "pt": "eleicoes/eleição eleicao/eleições nacoes/nação avioes/avião policias/polícia inundacoes/inundação "
    "cidadaos/cidadão manifestacao/manifestações orgaos/órgão responsavel/responsáveis",
    "ro": "alegeri/alegerile inundatii/inundații judetul/județ tarii/țară",
    "ru": "еще/ещё полет/полёты самолеты/самолётов выборы/выборах",
    "sv": "oversvamningar/översvämning atgarder/åtgärd kopenhamn/Köpenhamns",
    "tr": "isiklar/ışık istanbulda/İstanbul gorusler/görüşü cocuklar/çocuğun universiteler/üniversite saglik/sağlığı",
}
PAIRS = [(language, *pair.split("/")) for language, pairs in TYPED.items() for pair in pairs.split()]


@pytest.mark.parametrize(("language", "typed", "written"), PAIRS)
def test_a_word_without_accents_finds_its_other_forms(language, typed, written):
    assert all(are_variants(one, other, (language,)) for one, other in zip(forms(typed), forms(written), strict=True))


def test_the_list_is_long_enough_to_say_something():
    assert len(PAIRS) > 90
    assert len(TYPED) >= 11


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "monde", "montre"),
        ("es", "paz", "pez"),
        ("pt", "avô", "ave"),
        ("tr", "kıl", "kul"),
        ("pl", "sad", "sąsiad"),
    ],
)
def test_other_words_are_not_found(language, one, other):
    assert not are_variants(one, other, (language,))


def test_a_long_word_has_few_spellings():
    assert len(list(spellings("a" * 10_000, "es"))) < 30
