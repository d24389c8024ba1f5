"""A word finds itself in every way to write it, on every engine: other signs, other letters, another alphabet."""

import pytest

from indexer.contract.protocol import Document
from indexer.results.snippets import Marker
from tests.indexer.conftest import read
from tests.indexer.known import known

LINES = (  # a language, a text, what finds it, what does not; both parted by " ¦ "
    ("uk", "Об’єкт і п`ятниця, сім´я.", "об`єкт ¦ обєкт ¦ об\"єкт ¦ п'ятниця ¦ сім’я", "вятниця"),
    ("hy", "Նա հարցրեց՝ ինչո՞ւ։", 'ինչու ¦ "ինչու" ¦ ինչո՞ւ', "հարցմունք"),
    ("mt", "Il-Ħamrun u ż-żgħażagħ.", "il-hamrun ¦ zghazagh ¦ zgha*", "hamrum"),
    ("en", "Novak Đoković beat Ødegård of Århus.", "dokovic ¦ odegaard ¦ aarhus ¦ djok*", "jokovic"),
    ("en", "Robert Mueller and Aarhuus.", "Müller ¦ Århuus", "muller"),
    ("ha", "Ƙasar Hausa da ɓarawo.", "kasar ¦ barawo", "barayi"),
    ("kk", "Қазақстан мен Өскемен.", "казакстан ¦ оскемен", "казак"),
    ("ru", "Росси́я, за́мок.", "россия ¦ замок", "замак"),
    ("ca", "El col·legi i la intel.ligència.", "collegi ¦ COL•LEGI ¦ intelligencia", "pluja"),
    ("en", "AC/DC on Node.js, in COVID−19, anti﹣war.", "acdc ¦ nodejs ¦ covid19 ¦ antiwar", "andor"),
    ("sr", "Председник и Његош, ђак.", "predsednika ¦ njegos ¦ djak", "predmet"),
    ("hr", "Predsjednik Čengić.", "предсједник ¦ Ченгић ¦ cengic", "cenic"),
    ("uz", "Ўзбекистон ва Мирзиёев, ер, конституция.", "o‘zbekiston ¦ mirziyoyev ¦ konstitutsiya", "qozon"),
    ("uz", "Qo‘qon shahri, hayot.", "Қўқон ¦ ҳаёт", "ҳаво"),
    ("az", "Һејдәр Әлијев, Ҝәнҹә.", "heydər ¦ eliyev ¦ gence", "gəncəli"),
    ("az", "İlham Əliyev.", "Әлијев ¦ aliyev", "Һејдәр"),
    ("mi", "Te reo Māori, whaanau.", "maaori ¦ whānau", "whana"),
    ("eo", "Ĉirkaŭ la ĝardeno, sxia.", "cxirkaux ¦ ŝia ¦ gardeno", "chirkau"),
    ("ar", "محـــمد رســول في ٢٠٢٤.", '"محمد رسول" ¦ "2024" ¦ ۲۰۲۴', "2025"),
    ("ckb", "ڕۆژنامە ساڵی ۱۴۰۴.", "روژنامه ¦ سالی ¦ 1404", "1405"),
    ("th", "ปี ๒๕๖๗ เเละนํ้าท่วม", "น้ำท่วม ¦ และ ¦ 2567", "ไฟไหม้"),
    ("ml", "അവന്\u200d പറഞ്ഞു.", "അവൻ ¦ അവന്\u200d", "അവൾ"),
    ("ja", "葛\U000e0100城市", "葛城市 ¦ 葛城", "葛飾"),
    ("ka", "Ⴋⴐⴀⴅⴀⴊ", "მრავალ", "მრა"),
)


@pytest.fixture(scope="module")
def filled(holding_for_all):
    texts = enumerate(LINES)
    return holding_for_all(*(Document(id=at, body=text, facets=known(lang=lang)) for at, (lang, text, _, _) in texts))


@pytest.mark.parametrize("at", range(len(LINES)))
def test_every_way_to_write_a_word_finds_and_marks_its_text_and_another_word_does_not(filled, at):
    _, text, found, other = LINES[at]
    wrong = []
    for line in found.split(" ¦ "):
        results = filled.search(read(line, n=100))
        shown = Marker(results.readings).fragments(text)
        if at not in [hit.id for hit in results.hits] or not any(one.spans for one in shown):
            wrong.append(line)
    assert wrong == []
    missing = filled.search(read(other, n=100))
    assert at not in [hit.id for hit in missing.hits[: missing.total]]
