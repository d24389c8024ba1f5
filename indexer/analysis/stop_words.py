"""The words of a query, and the languages of a corpus -> the words among them that say nothing of what is sought.

The lists are function words: articles, pronouns, prepositions, auxiliaries, question words. Words that are as often
something else in the press (us, may, state) are on none of them.
"""

from collections.abc import Sequence

from corpus.stop_words import STOP_WORDS

_NEVER = {  # frequent words that show the language, but are no stop words
    "en": "said more",
    "de": "nach",
    "fr": "été plus",
    "es": "más",
    "pt": "foi mais",
    "nl": "werd",
    "id": "kata tersebut",
    "vi": "người ông năm",
    "ru": "года",
    "uk": "року",
    "fi": "vuoden mukaan",
    "tr": "yeni dedi",
    "sv": "säger",
    "da": "siger",
    "no": "sier",
}
_MORE = {
    "en": "a i you he she we me my your our its him her them these those there here how when where why whom whose "
    "does do did done been being am can could would should shall if then than so such into about between "
    "through during any each some only also just because while both",
    "de": "ich du er wir ihr ihm ihn ihre sein seine einer eines einem was wo wann warum wieso welche welcher "
    "welches wurde wurden kann können zum zur vom am um durch gegen ohne bis dass da diese dieser dieses",
    "fr": "l d qu n s j c y à où quand comment pourquoi quel quelle quels quelles quoi je tu nous vous ils elles "
    "était sera être avoir avait ou si ces cet mon ma mes son leurs entre sans sous dont donc",
    "es": "qué cómo cuándo dónde quién cuál cuáles por y o e u a es son era fue ser estar está están tiene hay si "
    "mi tu sus les nos esta estos estas ese esa eso quien cual donde",
    "it": "l d e è o i lo gli uno chi cosa come quando dove perché quale quali mi ti si ci vi era erano essere "
    "ha hanno su tra fra se suo sua loro questa questi",
    "pt": "e é a à às quem quando onde como porque porquê qual quais são era ser estar há tem um ou se seu sua este "
    "esta esse isso nos nas num numa",
    "nl": "ik je jij hij zij wij ze wat wie waar wanneer waarom hoe welke was waren wordt zou zal kan dit deze die "
    "zo haar hun",
    "pl": "co kto gdzie kiedy dlaczego jaki jaka jakie który czy a lub ten ta te ma będzie są był była",
    "ru": "кто где когда почему какой какая какие ли или при до мы вы они она его её их этот эта эти быть есть",
    "tr": "mi mı mu mü kim nerede nasıl neden niçin hangi ben sen biz siz onlar",
    "ar": "من في على إلى عن ما ماذا متى أين كيف لماذا هل هو هي هم هذا هذه ذلك التي الذي أن إن كان كانت و أو مع لا",
    "he": "של את על עם אל מה מי מתי איפה איך למה האם הוא היא הם זה זאת אשר כי לא או גם",
    "hi": "का की के में से को है हैं था थे थी और या पर ने क्या कौन कब कहाँ कैसे क्यों यह वह ये वे जो भी नहीं",
    "fa": "از در به با که این آن را و یا چه کی کجا چرا چگونه آیا است بود برای تا",
    "el": "ο η το οι τα του της των τον την και ή σε από με για ποιος πού πότε γιατί πώς τι είναι ήταν δεν να θα που",
}
_LISTS = {
    language: (STOP_WORDS.get(language, frozenset()) | frozenset(_MORE.get(language, "").split()))
    - frozenset(_NEVER.get(language, "").split())
    for language in {*STOP_WORDS, *_MORE}
}
EVERY_STOP_WORD = frozenset().union(*_LISTS.values())
_LESSER = 2  # stop words that a query must have in a language that is not the first of the corpus


def stop_words(words: Sequence[str], languages: Sequence[str]) -> frozenset[str]:
    """Return which of some words are stop words, in the language that most of them speak for.

    Args:
        words: Surface forms; a repeated word is repeated.
        languages: Keys of languages, the likeliest first; any other than the first needs two of its words.
    """
    best: frozenset[str] = frozenset()
    most = 0
    for at, language in enumerate(languages):
        known = _LISTS.get(language, frozenset())
        count = sum(word in known for word in words)
        if count > most and (at == 0 or count >= _LESSER):
            best, most = known, count
    return best.intersection(words)
