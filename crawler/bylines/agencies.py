"""A name -> whether it is a news agency's, by its folded key and with the words that may stand around it."""

# ruff: noqa: E501 - lists of words, one line a kind or a language

from corpus.people.names import fold

# Name of an agency -> the folded forms with which papers credit it.
_AGENCIES = """
reuters thomson-reuters reuters-staff ap associated-press the-associated-press afp agence-france-presse
agence-france-presse-afp afp-relaxnews afprelaxnews dpa dpa-international deutsche-presse-agentur dpa-afx apa
austria-presse-agentur
keystone-sda sda ats keystone-ats epd kna sid afp-sid efe agencia-efe europa-press ep lusa agencia-lusa
agencia-brasil estadao-conteudo folhapress ansa agi
adnkronos askanews lapresse italpress anp belga ntb tt tt-nyhetsbyran ritzau stt pap ctk cti tass itar-tass
ria-novosti interfax
unian ukrinform rbc-ukraina xinhua xinhua-news-agency china-news-service cns central-news-agency cna kyodo kyodo-news
jiji jiji-press yonhap yonhap-news-agency newsis news1 ians ani pti press-trust-of-india uni
indo-asian-news-service app
associated-press-of-pakistan bss unb bernama antara vna dha iha aa anadolu-agency anadolu-ajansi
demiroren-haber-ajansi irna isna
wam spa qna mena petra kuna press-association pa pa-media bloomberg-news upi united-press-international canadian-press
the-canadian-press la-presse-canadienne aap australian-associated-press cp nzpa nan saba sapa african-news-agency
panapress
telam notimex prensa-latina merco-press inter-press-service ips agencies agencias agenturen agences agenzie
wire-reports wire-services
wire-service news-agencies ians-english tribune-news-service tns states-newsroom kaiser-health-news globe-newswire
globenewswire
pr-newswire prnewswire business-wire businesswire accesswire newswire ein-presswire med agenturmaterial
mit-agenturmaterial
新华社 新華社 中新社 中新网 中央社 共同通信 共同通信社 時事通信 時事通信社 時事 연합뉴스 뉴시스 뉴스1 тасс риа-новости риа интерфакс
укринформ укрінформ танјуг апе-мпе бта белта mti ttxvn tanjug hina sta bns elta leta bta agerpres mediafax belga
סוכנויות-הידיעות унн وكالات رويترز فرانس-برس ا-ف-ب أ-ف-ب د-ب-أ وكالة-الأنباء
"""
AGENCIES = frozenset(_AGENCIES.split())


def is_agency(name: str) -> bool:
    """Whether a name, however it is dressed ("With AP", "Reuters in Kyiv", "AFP, dpa"), is a news agency's."""
    key = fold(name)
    if key.endswith(("-news-agency", "-press-agency")) and 3 <= len(key.split("-")) <= 5:
        return True  # whatever its name: it says what it is
    for before in ("with-", "by-", "mit-", "via-", "the-", "from-", "source-", "quelle-"):
        key = key.removeprefix(before)
    for behind in ("-news-agency", "-staff", "-agency", "-news-service", "-wire"):
        key = key.removesuffix(behind)
    return key in AGENCIES or (key.startswith("reuters-") and key.count("-") <= 3)
