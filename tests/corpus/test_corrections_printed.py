"""A correction that a paper prints is found in many languages; what only speaks of corrections is not."""

from datetime import UTC, datetime

import pytest

from corpus.corrections.printed import LONGEST, MOST, printed_corrections
from corpus.model import Article
from tests.stalling import no_stall

STORY = [f"The harbour board met on day {day} and heard what the dredging of the basin costs." for day in range(30)]


def found(*paragraphs: str, standfirst: str | None = None) -> tuple[str, ...]:
    return printed_corrections(
        Article(
            url="https://a.example/1",
            source="a",
            fetched=datetime(2026, 11, 20, tzinfo=UTC),
            standfirst=standfirst,
            body="\n\n".join(paragraphs),
        )
    )


NOTES = [
    "Correction: The pier is 340 metres long, not 430.",
    "CORRECTION, Nov. 3, 2025: The ferry's captain is Ada Quist.",
    "Corrections and clarifications: we named the wrong quay in this story.",
    "An earlier version of this article misstated the depth of the basin.",
    "Because of an editing error, a previous version of this story gave the wrong year.",
    "This report has been corrected to show that the vote was on Tuesday.",
    "This column was amended on 3 March 2025. The bridge opened in 1931.",
    "This article originally said the lock had four gates; it has two.",
    "In einer früheren Version dieses Artikels hieß es, die Schleuse sei 1931 gebaut worden.",
    "Richtigstellung: Die Mole ist 340 Meter lang.",
    "Korrektur (3. November 2025): Die Kapitänin heißt Ada Quist.",
    "Wir haben den Fehler in der Bildzeile korrigiert.",
    "Une version précédente de cet article indiquait à tort que le quai avait fermé.",
    "Rectificatif : la jetée mesure 340 mètres.",
    "Cet article a été corrigé le 3 novembre : le pont date de 1931.",
    "Fe de errores: el muelle mide 340 metros y no 430.",
    "Una versión anterior de esta noticia decía que la esclusa tenía cuatro compuertas.",
    "Este artículo ha sido corregido para precisar la fecha de la votación.",
    "Errata: o cais tem 340 metros.",
    "Uma versão anterior deste texto informava que a ponte era de 1930.",
    "Errata corrige: il molo è lungo 340 metri.",
    "Una versione precedente di questo articolo riportava una data sbagliata.",
    "Correctie: de pier is 340 meter lang.",
    "In een eerdere versie van dit artikel stond dat de sluis vier deuren had.",
    "Rättelse: Piren är 340 meter lång.",
    "I en tidigare version av den här artikeln angavs fel årtal för bron.",
    "I en tidligere versjon av denne saken sto det feil årstall for broen.",
    "I en tidligere version af denne artikel stod der et forkert årstal for broen.",
    "Sprostowanie: molo ma 340 metrów.",
    "W poprzedniej wersji tego artykułu błędnie podaliśmy datę głosowania.",
    "Исправление: длина пирса 340 метров.",
    "В предыдущей версии этой статьи говорилось, что мост построен в 1930 году.",
    "У попередній версії цієї статті помилково вказано рік.",
    "Düzeltme: İskele 340 metre uzunluğundadır.",
    "Bu haberin önceki versiyonunda tarih yanlış yazılmıştı.",
    "تصحيح: يبلغ طول الرصيف 340 مترا.",
    "ذكرت نسخة سابقة من هذا المقال بالخطأ أن الجسر بني عام 1930.",
    "訂正：桟橋の長さは340メートルです。",
    "更正：码头长340米。",
    "정정: 부두의 길이는 340미터입니다.",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_correction_at_the_end_of_a_text_is_found_whole(note: str) -> None:
    assert found(*STORY, note) == (note,)


OTHERS = [
    "An earlier version of this article appeared in the spring issue of Quayside Review.",
    "A version of this story was first published by The Ledger.",
    "An earlier version of the harbour bill said that tolls would double.",
    "The phone is lighter than the previous version, and its camera is wrong less often.",
    "Analysts called it a correction: shares lost a tenth of their value.",
    "The warden of the department of correction said that this was wrong.",
    "Correction officers at the jail say that this story is not new.",
    "She corrected the minister twice, and this report did not please him.",
    "This article was updated on 3 March 2025 with a comment of the board.",
    "Er korrigierte die falsche Angabe in seiner Rede.",
    "In der neuen Version dieses Textes singt der Chor.",
    "Le correctif sera publié mardi, dit l'éditeur du logiciel.",
    "La versión anterior del teléfono tenía otra pantalla.",
    "La correzione dei compiti richiede tempo.",
    "Коррекция рынка была ошибкой, сказал министр.",
    "قال الوزير إن تصحيح المسار ضروري.",
    "市場の修正は続くと見られている。",
]


@pytest.mark.parametrize("paragraph", OTHERS)
def test_a_text_that_speaks_of_versions_and_corrections_prints_none(paragraph: str) -> None:
    assert found(*STORY, paragraph) == ()
    assert found(paragraph, *STORY) == ()


def test_a_heading_of_its_own_comes_with_the_paragraph_behind_it() -> None:
    note = "The story named the wrong quay."
    assert found(*STORY, "Correction", note) == (f"Correction {note}",)
    assert found(*STORY, "Correction: 3 November 2025", note)[0].endswith(note)


def test_a_heading_without_a_fault_behind_it_is_no_correction() -> None:
    assert found(*STORY, "Corrections", "Sport", "Weather") == ()


def test_a_bare_label_in_the_middle_of_a_text_needs_a_second_hint() -> None:
    label = "Correction: shares lost a tenth of their value."
    assert found(*STORY[:12], label, *STORY[:5]) == ()
    assert found(*STORY, label) == (label,)


def test_a_standfirst_may_hold_it() -> None:
    note = "This article has been corrected."
    assert found(*STORY, standfirst=note) == (note,)


def test_long_paragraphs_are_no_notes_and_the_number_is_bounded() -> None:
    assert found("An earlier version of this article was wrong. " + "x" * LONGEST) == ()
    assert len(found(*(f"Correction: the pier has {n} lamps, not more." for n in range(40)))) <= MOST


@pytest.mark.parametrize("piece", ["correction ", "this a article ", "an earlier version of this ", "تصحيح ", "("])
def test_hostile_paragraphs_cost_little(piece: str) -> None:
    with no_stall():
        found(*[(piece * 4_000)[:4_000]] * 50)
        found((piece * 400_000)[:400_000])  # a hundred times the longest that is read, to tell its square from it
