"""Words before a date -> what the date says: when it was published, when updated, or something else.

"Received 3 May / Accepted 6 June / Published 2 July" has one date of the story. A label without a date after it
belongs to the next date.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache

from crawler.text import Caseless


class DateOf(Enum):
    """What a printed date dates."""

    PUBLICATION = auto()
    UPDATE = auto()
    OTHER = auto()  # received, accepted, an event, a deadline, a birthday: not of the story


# ruff: noqa: E501 - lists of words, one line a kind
_UPDATE = (
    r"\b(?:updated?|modified|modification|revised|edited|corrected|amended|last (?:change|update)|aktualisiert|aktualisierung"
    r"|geändert|bearbeitet|modifiée?|mise? à jour|actuali[sz]ad[oa]|actualizaci[óo]n|modificad[oa]|aggiornat[oa]|aggiornamento"
    r"|modificato|ultima modifica|atualizad[oa]|atualização|bijgewerkt|gewijzigd|aangepast|uppdatera[dt]|ändrad|opdateret"
    r"|oppdatert|sist endret|päivitetty|muokattu|aktualizacja|aktualizac[ei]|zaktualizowan[oa]|zmieniono|güncelleme|güncellendi"
    r"|actualizat[ăa]?|frissítve|módosítva|ενημερώθηκε|ενημέρωση|обновлен[оаы]?|обновление|изменен[оа]?|исправлено|оновлено"
    r"|змінено|diperbarui|cập nhật|atjaunots|atnaujinta|uuendatud|zadnja sprememba|ažurirano|अपडेट|अद्यतन|हालनाग्राद)\b"
    r"|\bstand(?=\s*:|\s+(?:vom\s+)?\d)"
)
_UPDATE_UNSPACED = r"更新|修改|最終更新|改訂|업데이트|수정|تحديث|تعديل|به\s?روز\s?رسانی|עודכן|עדכון|อัปเดต|อัพเดต|แก้ไข|হালনাগাদ|আপডেট|புதுப்பிக்கப்பட்டது"
_PUBLICATION = (
    r"\b(?:published|publication|posted|publish|created|first|issued|released|filed|(?:erst)?veröffentlich(?:t|ung)|erschienen|erstellt"
    r"|publiziert|publiée?|parue?|mise? en ligne|créée?|publicad[oa]|publicación|creado|pubblicat[oa]|pubblicazione|creato"
    r"|gepubliceerd|geplaatst|publicerad|publicerat|skapad|udgivet|publiceret|offentliggjort|publisert|julkaistu"
    r"|opublikowan[oa]|dodano|utworzono|publikacja|data publikacji|publikováno|vydáno|zverejnené|yayınlan\w+|yayın|yayımlan\w+|publicat[ăa]?"
    r"|megjelent|közzétéve|δημοσιεύ\w+|дата публикации|опубликован[оаы]?|создано|дата|опубліковано|створено|diterbitkan|diposting"
    r"|đăng|objavljeno|publicēts|paskelbta|avaldatud|प्रकाशित)\b"
)
_PUBLICATION_UNSPACED = r"发布|發布|发表|發表|刊登|公開|公开|掲載|配信|投稿日|作成|出版|刊出|上线|上線|首发|首發|게재|발행|入力|입력|등록|게시|승인|نشر|النشر|انتشار|פורסם|เผยแพร่|প্রকাশ|வெளியிடப்பட்டது"
_OTHER = (
    r"\b(?:(?:last )?(?:web)?site (?:last )?updated?|website aktualisiert|site mis à jour|sitio actualizado|received|accepted|submitted|reviewed|fact[- ]?checked|in revised form|event|deadline|expires?|expiry|valid (?:until|from)"
    r"|due|closes|begins?|starts?|born|died|founded|established|joined|member since|copyright|registered"
    r"|eingereicht|eingegangen|angenommen|akzeptiert|überprüft|gültig|geboren|gestorben|gegründet|mitglied seit|termin|veranstaltung"
    r"|reçu|acceptée?|soumis|vérifiée?|née? le|expire|recibido|aceptado|enviado|revisado|nacid[oa]|caduca|ricevuto|accettato|inviato"
    r"|nat[oa] il|scade|recebido|aceit[oe]|aprovado|submetido|nascid[oa]|ontvangen|geaccepteerd|ingediend|geboren|mottagen|accepterad|godkänd"
    r"|otrzymano|przyjęto|zaakceptowano|urodzon[ya]|получен[оа]?|поступила|принята?|одобрена|рецензи\w+|родил(?:ся|ась)|отримано|прийнято)\b"
)
_OTHER_UNSPACED = (
    r"收到|收稿|接受日期|录用|錄用|修回|受付日?|受理日?|採択|投稿受付|접수|채택|심사|استلام|قبول|استُلم|התקבל|אושר"
)
_LABEL = Caseless(
    f"(?P<update>{_UPDATE}|{_UPDATE_UNSPACED})|(?P<publication>{_PUBLICATION}|{_PUBLICATION_UNSPACED})"
    f"|(?P<other>{_OTHER}|{_OTHER_UNSPACED})"
)
# The same for a text without letters of those scripts, looked for where a word begins: a third of the time.
_SPACED_LABEL = Caseless(
    rf"(?<!\w)(?=[^\W\d_])(?:(?P<update>{_UPDATE})|(?P<publication>{_PUBLICATION})|(?P<other>{_OTHER}))"
)
_MAY_BE_UNSPACED = re.compile("[^\x00-\u058f\u2000-\u2bff]")  # all beyond European letters and punctuation
_LATE = re.compile(r"[（(\s]*(?:" + r"更新|修改|수정|公開|发布|發布|掲載|配信|入力|입력|등록" + r")[）)\s]*$")
_LEAD = 30  # characters in which the label of a line ends
_SMALL = re.compile(  # what may stand beside a label that is alone
    r"(?:[\s:：]|\b(?:date|datum|data|fecha|dato|päivä|tarihi|last|on|am|le|el|il|em|zuletzt|дата|التاريخ|تاريخ)\b|日期|日|時間|时间)*\Z",
    re.I,
)
_DIGIT = re.compile(r"\d")
_CACHED = 300  # characters of a line whose labels are remembered: pages share the lines of their furniture
# What may stand between a label and its date: a colon, a small word, a weekday or month. "received a grant, 6 May" has more.
_CLOSE = re.compile(
    r"(?:日期|日|時間|时间|일자|일)?\s*[:：/·|–—-]?\s*(?:(?:on|at|in|by|date|online|am|vom|den|le|el|il|em|op|dnia|от|в)\s*:?\s+){0,2}"
    r"(?:[^\W\d]{2,12}[.,]?\s+){0,2}\d"
)

_FIRST = re.compile(r"^\s*(?:(?:기사|최초|최종)\s?)?")  # with which a label begins: "of the article", "first", "last"
_BESIDE = re.compile(r"^(?:日期|日|時間|时间|일자|일시|일)?\s*[:：/·|–—-]?\s*")


def label_of(text: str) -> DateOf | None:
    """Return what the date after a text dates, by the text's last label; None when it has no label."""
    found = _labels(text)
    return _kind(found[-1]) if found else None


def _labels(text: str) -> tuple[re.Match[str], ...]:
    return (_cached_labels if len(text) <= _CACHED else _found_labels)(text)


def _found_labels(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_pattern(text).finditer(text))


_cached_labels = lru_cache(1_024)(_found_labels)


def _pattern(text: str) -> Caseless:
    """Return the pattern that finds the labels of a text."""
    return _LABEL if not text.isascii() and _MAY_BE_UNSPACED.search(text) else _SPACED_LABEL


def without_labels(text: str) -> str:
    """Return a text without its labels of publication and update."""
    parts: list[str] = []
    end = 0
    for label in _labels(text):
        if not label["other"]:
            parts += text[end : label.start()], " "
            end = label.end()
    return "".join((*parts, text[end:]))


def is_label_alone(text: str) -> bool:
    """Whether a text is a label of publication or update and nothing else: "Published", "Last updated:"."""
    text = _FIRST.sub("", text, count=1)
    return (
        len(text) <= _LEAD and label_of(text) not in {None, DateOf.OTHER} and bool(_SMALL.match(without_labels(text)))
    )


def is_direct(text: str) -> bool:
    """Whether a text begins with a label that has its date right after it: "Published: 3 May 2024"."""
    return (_cached_directness if len(text) <= _CACHED else _has_direct_label)(text)


def _has_direct_label(text: str) -> bool:
    lead = text[:_LEAD]
    match = _pattern(lead).search(lead)
    return match is not None and not match["other"] and _CLOSE.match(text, match.end()) is not None


_cached_directness = lru_cache(1_024)(_has_direct_label)


def without_label_before(text: str) -> str:
    """Return a text without the label it begins with, if its date follows right after: "기사입력 2026.11.29" -> "2026.11.29"."""
    label = next(iter(_labels(text[:_LEAD])), None)
    if label is None or label["other"] or _FIRST.fullmatch(text[: label.start()]) is None:
        return text
    if _CLOSE.match(text, label.end()) is None:
        return text
    return _BESIDE.sub("", text[label.end() :], count=1)


def labelled_parts(text: str) -> Iterator[tuple[DateOf | None, str]]:
    """Part a line at its labels: a part with its date, and what that date dates; None: no label says."""
    labels = [label for label in _labels(text) if _is_label(label, text)]
    if labels and _LATE.search(text) and _DIGIT.search(text[: labels[0].start()]):
        yield from _labelled_behind(labels, text)
        return
    yield None, text[: labels[0].start()] if labels else text
    is_paper = any(_kind(label) is DateOf.OTHER for label in labels)
    for n, label in enumerate(labels):
        end = labels[n + 1].start() if n + 1 < len(labels) else len(text)
        own = _kind(label)
        if is_paper and own is DateOf.UPDATE:
            own = DateOf.OTHER  # "revised" beside "received": before it came out
        part = text[label.start() : end]
        if _DIGIT.search(part) or n + 1 == len(labels):
            yield own, part


def _labelled_behind(labels: Sequence[re.Match[str]], text: str) -> Iterator[tuple[DateOf | None, str]]:
    """Part a line whose labels stand after their dates: "2024年6月20日 更新 / 2024年5月6日 公開"."""
    start = 0
    for label in labels:
        if _DIGIT.search(text, start, label.start()):
            yield _kind(label), text[start : label.end()]
            start = label.end()


def _is_label(match: re.Match[str], text: str) -> bool:
    """Whether a word is a label, not part of a sentence: a label of other things must have its date right after it."""
    if match["other"] is None:
        return True
    return _CLOSE.match(text, match.end()) is not None or not _DIGIT.search(text)


def _kind(match: re.Match[str]) -> DateOf:
    if match["update"]:
        return DateOf.UPDATE
    return DateOf.PUBLICATION if match["publication"] else DateOf.OTHER
