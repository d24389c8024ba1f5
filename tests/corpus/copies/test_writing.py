"""One text in two writings is one text; words that a reader tells apart stay two."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.copies.shingles import shingles
from corpus.copies.writing import in_one_writing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Élève où ça créé à Nîmes", "Eleve ou ca cree a Nimes"),
        ("Żółć łódź gęślą jaźń wół", "Zolc lodz gesla jazn wol"),
        ("Đại hội Đảng bộ thành phố", "Dai hoi Dang bo thanh pho"),
        ("Στην Αθήνα μίλησε ο ποιητής", "Στην Αθηνα μιλησε ο ποιητης"),
        ("Њен џеп је љубичаст и жут", "Njen džep je ljubičast i žut"),
        ("Ещё один полёт вёл на север", "Еще один полет вел на север"),
        ("مُحَمَّدٌ كَتَبَ إلى علي عن المدرسة", "محمد كتب الى على عن المدرسه"),
        ("کتاب یک شهر قدیمی ۱۲", "كتاب يك شهر قديمي 12"),
        ("שָׁלוֹם לְכָל אָדָם בָּעוֹלָם הַזֶּה", "שלום לכל אדם בעולם הזה"),
        ("सड़क पर १२ लोग और फ़िल्म", "सड़क पर 12 लोग और फ़िल्म"),
        ("ሠላም ለዓለም ሕዝብ ሁሉ ዐይን", "ሰላም ለአለም ህዝብ ሁሉ አይን"),
        ("國會議員討論新的環境保護法案", "国会议员讨论新的环境保护法案"),
        ("１２人がカメラを買った東京の店で", "12人がｶﾒﾗを買った東京の店で"),
        ("The min\u00adister spoke at the bridge", "The minister spoke at the bridge"),
        ("Ein Fluß fließt an der Straße", "Ein Fluss fliesst an der Strasse"),
        ("Müller grüßt schöne Äpfel über Öl", "Mueller gruesst schoene Aepfel ueber Oel"),
        ("På øen ved Århus æder får grønt", "Paa oeen ved Aarhus aeder faar groent"),
        ("Sa sœur a le cœur à l’œuvre", "Sa soeur a le coeur à l'oeuvre"),
        ("The “bridge” — it’s old… and long", 'The "bridge" - it\'s old... and long'),
    ],
)
def test_a_text_in_two_writings_has_the_same_shingles(one: str, other: str) -> None:
    found = shingles(one)
    assert len(found)
    assert found.tolist() == shingles(other).tolist()
    assert found.tolist() == shingles(unicodedata.normalize("NFD", one)).tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("casa", "cosa"),
        ("fire", "fir"),
        ("дом", "том"),
        ("كتب", "كتم"),
        ("कमल", "कमर"),
        ("議員", "議院"),
        ("1½", "112"),
    ],
)
def test_words_of_other_letters_stay_two(one: str, other: str) -> None:
    assert in_one_writing(one) != in_one_writing(other)


@given(st.text(alphabet="aéÈßØªµ²½_9 .-´¨’—€™›−·\n\xa0\xad\x85ıя한字", max_size=40))
def test_a_text_in_one_writing_is_written_no_further(text: str) -> None:
    once = in_one_writing(text.casefold())
    assert in_one_writing(once) == once
