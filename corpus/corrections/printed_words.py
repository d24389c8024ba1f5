"""The words of corrections that papers print, language by language, as parts of regular expressions.

The words are matched in small letters without accents (`plain` in corpus/corrections/printed.py), so they may be
written with them. `{}` in a part stands for `this`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionWords:
    """How one language says that a paper corrects itself.

    Attributes:
        hints: A paragraph without any of these, in small letters but with accents, is no correction in the language.
        label: What a correction is headed by.
        this: The article that speaks of itself: "this article".
        earlier: Its earlier text: "an earlier version of this article".
        elsewhere: What follows `earlier` when it says where that text was printed, which corrects nothing.
        corrected: Says that the article was put right.
        fault: Names a fault.
        said: Reports what a text said.
    """

    hints: tuple[str, ...]
    label: str
    this: str
    earlier: str
    elsewhere: str
    corrected: str
    fault: str
    said: str


WORDS = {
    "en": CorrectionWords(
        hints=("correct", "clarif", "version", "amended", "errat", "originally", "previously", "misstat"),
        label=r"(?:corrections?(?: (?:and|&) clarifications?)?|clarifications?|errat(?:um|a)|corrigend(?:um|a))",
        this=r"this (?:\w+ )?(?:article|story|report|piece|post|column|headline|caption|essay|review|interview|page"
        r"|obituary|dispatch|item|text|newsletter|transcript|profile|analysis|editorial|version|feature)",
        earlier=r"(?:earlier|previous|prior|original|initial|first|older) (?:versions?|headlines?|captions?) (?:\w+ )?"
        r"(?:of|on|for|in|with|accompanying) {}|{} (?:originally|previously|initially|earlier|first)(?! appeared"
        r"| published| ran)|(?:originally|previously|initially|first) published, {}",
        elsewhere=r"(?: (?:was|has|had|also|been|first|originally|previously|initially))* (?:appeared|published|ran\b"
        r"|posted|printed|presented|delivered|released|broadcast)",
        corrected=r"{} (?:\w+ ){0,4}(?:corrected|amended|corrects)|{} (?:\w+ ){0,4}(?:updated|edited|changed"
        r"|revised|modified|clarified) (?:\w+ ){0,6}(?:to (?:correct|clarify|fix|reflect the correct|remove an?"
        r" (?:incorrect|error))|with a correction|for accuracy)",
        fault=r"\b(?:incorrect|inaccura|wrong|erroneous|mis-?(?:stat|spell|spelt|ident|attribut|quot|character|report"
        r"|led|lead|label|represent|taken|take|nam)|errors?\b|omitted|failed to|typo)",
        said=r"\b(?:said|stated|stating|referred|reported|gave|named|described|claimed|suggested|listed|quoted"
        r"|attributed|indicated|implied|contained|included|identified|called|did not|put the)\b",
    ),
    "de": CorrectionWords(
        hints=("korr", "berichtig", "richtigstell", "version", "fassung"),
        label=r"(?:korrektur(?:hinweis|en)?|richtigstellung|berichtigung|korrigendum)",
        this=r"(?:diese[snmr]?|der vorliegende) (?:\w+ )?(?:artikels?|textes?|text|beitrags?|berichts?|meldung|version"
        r"|geschichte|interviews?|kommentars?|seite|fassung|stelle|uberschrift|porträts?)",
        earlier=r"(?:fruheren?|vorherigen?|ersten?|ursprunglichen?|alteren?|vorigen?) (?:version|fassung|meldung)"
        r" (?:\w+ )?{}|(?:fruheren?|vorherigen?|ursprunglichen?) (?:version|fassung) (?:hiess|stand|hatten|hatte|war)"
        r"|in {} (?:hiess es|stand) (?:\w+ )?(?:zuerst|zunachst|ursprunglich|zuvor)",
        elsewhere=r" (?:ist|erschien|wurde) (?:\w+ ){0,5}(?:erschienen|veröffentlicht|gedruckt|zuerst)",
        corrected=r"{} (?:\w+ ){0,6}(?:korrigiert|berichtigt|richtiggestellt)|haben (?:\w+ ){0,6}(?:fehler|angabe"
        r"|stelle|passage|text|artikel) (?:\w+ ){0,4}(?:korrigiert|berichtigt|richtiggestellt)",
        fault=r"\b(?:falsch|irrtumlich|fehler|unrichtig|unzutreffend|versehentlich|falschlich|nicht korrekt|ungenau)",
        said=r"\b(?:hiess|stand|war die rede|hatten|hatte|haben wir|schrieben|behauptet|genannt|angegeben|berichtet)",
    ),
    "fr": CorrectionWords(
        hints=("rectif", "correct", "corrig", "version", "erratum", "précision", "mise au point"),
        label=r"(?:rectificatifs?|rectification|correctif|correction|erratum|precision|mise au point)",
        this=r"(?:cet(?:te)?|ce|notre|nos) (?:\w+ )?(?:article|texte|papier|depeche|reportage|billet|interview|page"
        r"|chronique|entretien|enquete|titre|version|information)",
        earlier=r"(?:(?:version|mouture) (?:anterieure|precedente|initiale|originale)|(?:premiere|precedente|ancienne)"
        r" (?:version|mouture)) (?:\w+ )?(?:de|du) {}|{} (?:\w+ ){0,2}(?:initialement|precedemment|auparavant)",
        elsewhere=r" (?:a ete|est|etait|fut|est parue?|a paru) (?:\w+ ){0,3}(?:publiee?|parue?|diffusee?)",
        corrected=r"{} (?:\w+ ){0,4}(?:corrige|rectifie)e?s?\b|{} (?:\w+ ){0,4}(?:modifie|mis a jour)e? (?:\w+ )"
        r"{0,6}(?:pour corriger|pour rectifier|apres une erreur|afin de corriger)",
        fault=r"\b(?:erreur|errone|a tort|par erreur|inexact|incorrect|fautive|faute|confondu|coquille)",
        said=r"\b(?:indiquait|affirmait|mentionnait|disait|faisait etat|precisait|ecrivions|avions|avons ecrit"
        r"|attribuait|annoncait|evoquait|laissait entendre|comportait|contenait|citait|presentait)",
    ),
    "es": CorrectionWords(
        hints=("fe de err", "correc", "correg", "rectif", "versión", "aclaraci", "fe de ratas"),
        label=r"(?:fe de err(?:ores|atas)|correccion|rectificacion|aclaracion)",
        this=r"(?:este|esta|nuestro|nuestra) (?:\w+ )?(?:articulo|noticia|nota|texto|informacion|reportaje|entrevista"
        r"|columna|cronica|publicacion|pieza|titular|version|pagina)",
        earlier=r"(?:version (?:anterior|previa|inicial|original)|(?:primera|anterior) version) (?:\w+ )?de {}|(?:en )?"
        r"{} (?:\w+ ){0,2}(?:originalmente|inicialmente|previamente|anteriormente)",
        elsewhere=r" (?:fue|se|aparecio|ha sido) ?(?:\w+ ){0,3}(?:publicad[oa]|publico|aparecio|difundid[oa])",
        corrected=r"{} (?:\w+ ){0,4}(?:corregid|rectificad)[oa]|{} (?:\w+ ){0,4}(?:modificad|actualizad|editad)[oa]"
        r" (?:\w+ ){0,6}(?:para corregir|para rectificar|tras un error|para subsanar)",
        fault=r"\b(?:error|erronea|equivocad|incorrect|por error|inexact|errata|se equivoc)",
        said=r"\b(?:decia|indicaba|afirmaba|senalaba|mencionaba|atribuia|figuraba|se dijo|dijimos|publicamos|constaba"
        r"|aseguraba|informaba|identificaba|recogia|citaba)",
    ),
    "pt": CorrectionWords(
        hints=("correç", "corrig", "errata", "erramos", "versão", "retifica", "esclarecimento"),
        label=r"(?:correcao|correccao|errata|erramos|retificacao|esclarecimento)",
        this=r"(?:est[ea]|dest[ea]|nest[ea]) (?:\w+ )?(?:artigo|texto|reportagem|materia|noticia|nota|coluna|entrevista"
        r"|peca|publicacao|versao|titulo)",
        earlier=r"(?:versao (?:anterior|inicial|original|previa)|(?:primeira|anterior) versao) (?:\w+ )?(?:de )?{}"
        r"|{} (?:\w+ ){0,2}(?:originalmente|inicialmente|anteriormente)",
        elsewhere=r" (?:foi|saiu) ?(?:\w+ ){0,3}(?:publicad[oa]|divulgad[oa])",
        corrected=r"{} (?:\w+ ){0,4}(?:corrigid|retificad)[oa]|{} (?:\w+ ){0,4}(?:alterad|atualizad|editad)[oa]"
        r" (?:\w+ ){0,6}(?:para corrigir|para retificar)",
        fault=r"\b(?:erro\b|erros\b|errad|errone|equivocad|incorret|por engano|inexat|incorrecta)",
        said=r"\b(?:dizia|informava|afirmava|indicava|informou|mencionava|atribuia|constava|trazia|publicou)",
    ),
    "it": CorrectionWords(
        hints=("errata", "corre", "rettific", "versione", "precisazione"),
        label=r"(?:errata corrige|correzione|rettifica|precisazione)",
        this=r"quest[oa'’] ?(?:\w+ )?(?:articolo|testo|pezzo|notizia|servizio|intervista|versione|pagina|titolo)",
        earlier=r"(?:versione (?:precedente|iniziale|originale)|(?:prima|precedente) versione) (?:\w+ )?(?:di|del) {}"
        r"|in {} (?:\w+ ){0,2}(?:inizialmente|originariamente|in precedenza)",
        elsewhere=r" (?:e|era) (?:stat[oa] )?(?:pubblicat[oa]|apparsa|uscita)",
        corrected=r"{} (?:\w+ ){0,4}(?:corrett|rettificat)[oa]|{} (?:\w+ ){0,4}(?:modificat|aggiornat)[oa]"
        r" (?:\w+ ){0,6}(?:per correggere|per rettificare)",
        fault=r"\b(?:errore|erroneamente|errat[oa]|sbagliat|inesatt|scorrett|refuso|per sbaglio)",
        said=r"\b(?:diceva|indicava|affermava|riportava|sosteneva|attribuiva|era scritto|abbiamo scritto|citava)",
    ),
    "nl": CorrectionWords(
        hints=("correctie", "rectificatie", "versie", "gecorrigeerd", "aanvulling"),
        label=r"(?:correcties?(?: (?:en|&) aanvullingen?)?|rectificatie|verbetering)",
        this=r"(?:dit|deze) (?:\w+ )?(?:artikel|stuk|bericht|verhaal|tekst|interview|column|reportage|versie|recensie)",
        earlier=r"(?:eerdere|vorige|eerste|oorspronkelijke) versie (?:\w+ )?van {}|in {} stond (?:\w+ )?(?:eerder"
        r"|aanvankelijk|oorspronkelijk)",
        elsewhere=r" (?:verscheen|is|werd) (?:\w+ ){0,4}(?:verschenen|gepubliceerd|verscheen)",
        corrected=r"{} (?:\w+ ){0,5}(?:gecorrigeerd|gerectificeerd|verbeterd)",
        fault=r"\b(?:onjuist|verkeerd|fout|foutief|abusievelijk|ten onrechte|per abuis|onterecht|vergissing)",
        said=r"\b(?:stond|werd|vermeldde|meldde|schreven|heette|beweerd|genoemd)",
    ),
    "sv": CorrectionWords(
        hints=(
            "rättelse",
            "version",
            "versjon",
            "rettelse",
            "korrig",
            "rättad",
            "rättat",
            "retting",
            "rettet",
            "presisering",
        ),
        label=r"(?:rattelse|rettelse|retting|korrigering|presisering|precisering|fortydligande)",
        this=r"(?:den har|denna|denne|den|dette|det har) (?:\w+ )?(?:artikeln?|artikkelen|saken|texten?|teksten"
        r"|nyheten|notisen?|kronikan?|intervjun?|versionen?|versjonen|reportaget)|artikeln|artikkelen|texten",
        earlier=r"(?:tidigare|tidligere|forsta|forste|opprinnelig|ursprunglig) (?:versjon|version)(?:en)? (?:\w+ )?"
        r"(?:av|af) {}|i {} (?:stod|sto) (?:det )?(?:forst|tidigare|tidligere)",
        elsewhere=r" (?:har|ble|blev|er|ar) (?:\w+ ){0,4}(?:publicerats?|publisert|publiceret|trykt|tryckt)",
        corrected=r"{} (?:\w+ ){0,5}(?:korrigerats|korrigeret|korrigert|rattats?|rattad|rettet)\b",
        fault=r"\b(?:fel|felaktig|fejl|fejlagtig|feil|feilaktig|ukorrekt|oriktig|forkert)",
        said=r"\b(?:stod|uppgavs|angavs|fremgik|fremgikk|ble|blev|skrev|angav|oplyst)",
    ),
    "pl": CorrectionWords(
        hints=("sprostowa", "korekt", "wersji", "wersja", "poprawi", "erratum"),
        label=r"(?:sprostowanie|korekta|errata|wyjasnienie)",
        this=r"(?:tego|ten|tej|tym|ta) (?:\w+ )?(?:artykul\w*|tekst\w*|wpis\w*"
        r"|publikacji|informacji|wersji|materialu?)",
        earlier=r"(?:poprzedniej|wczesniejszej|pierwotnej|pierwszej|poprzednia|wczesniejsza) wersj\w+ {}",
        elsewhere=r" (?:ukazal\w*|zostal\w*) (?:\w+ ){0,3}(?:opublikowan\w*|sie)",
        corrected=r"{} (?:\w+ ){0,4}(?:poprawion\w+|skorygowan\w+|sprostowan\w+)",
        fault=r"\b(?:blad|bledn\w*|blednie|omylkowo|pomylk\w*|nieprawidlow\w*|mylnie|niescisl\w*)",
        said=r"\b(?:napisalismy|podalismy|podano|napisano|widnial\w*|znalazl\w*|informowalismy)",
    ),
    "ru": CorrectionWords(
        hints=("исправл", "поправк", "уточнен", "верси", "редакци", "помилк", "виправл", "опечат"),
        label=r"(?:исправление|поправка|уточнение|опровержение|виправлення|уточнення|спростування)",
        this=r"(?:это[йтм]|этого|данно[йг]о?|цієї|цього|ця|цей|наше[йг]о?) (?:\w+ )?(?:стат\w+|новост\w+|текст\w*"
        r"|материал\w*|публикаци\w+|заметк\w+|новин\w+|матеріал\w*|публікаці\w+|верси\w+)",
        earlier=r"(?:предыдущ\w+|ранн\w+|первоначальн\w+|прежн\w+|перв\w+|попередн\w+|первинн\w+) (?:верси\w+|версі\w+"
        r"|редакци\w+) (?:{})|в {} (?:\w+ )?(?:первоначально|ранее|изначально)",
        elsewhere=r" (?:был[аио]?|вышл[аи]) (?:\w+ ){0,3}(?:опубликован\w*|вышл[аи])",
        corrected=r"{} (?:\w+ ){0,4}(?:исправлен\w*|уточнен\w*|виправлен\w*)",
        fault=r"\b(?:ошиб\w+|неверн\w+|неправильн\w+|неточн\w+|помилк\w+|хибн\w+|невірн\w+|опечатк\w+)",
        said=r"\b(?:говорилось|сообщалось|утверждалось|было указано|указывалось|значилось|йшлося|зазначалося|вказано)",
    ),
    "tr": CorrectionWords(
        hints=("düzelt", "tekzip", "versiyon", "sürüm", "hali"),
        label=r"(?:duzeltme(?: ve ozur)?|tekzip)",
        this=r"bu (?:\w+ )?(?:haber\w*|yazi\w*|makale\w*|metn\w*|metin\w*|roportaj\w*|icerik\w*|icerig\w*)",
        earlier=r"{} (?:\w+ )?(?:onceki|ilk|eski|daha onceki) (?:\w+ )?(?:versiyon\w*|surum\w*|hal\w*)",
        elsewhere=r" (?:\w+ ){0,3}(?:yayimlan\w+|yayinlan\w+)",
        corrected=r"{} (?:\w+ ){0,4}duzeltil\w+",
        fault=r"\b(?:yanlis\w*|hata\w*|sehven|hatali\w*)",
        said=r"\b(?:yazil\w+|belirtil\w+|ifade edil\w+|yer al\w+|denil\w+)",
    ),
    "ar": CorrectionWords(
        hints=("تصحيح", "تصويب", "استدراك", "نسخة", "توضيح", "تنويه", "صحح", "صُحح", "النسخة"),
        label=r"(?:تصحيح|تصويب|استدراك|توضيح|تنويه)",
        this=r"(?:هذا|هذه) (?:المقال[ةه]?|التقرير|الخبر|النص|الماد[ةه]|القص[ةه]|الموضوع|النسخ[ةه]|المقابل[ةه])",
        earlier=r"(?:نسخ[ةه]|روايه|صيغ[ةه]) (?:سابق[ةه]|اولى|اوليه|اصلي[ةه]) من {}|النسخ[ةه] (?:السابق[ةه]|الاولى"
        r"|الاصلي[ةه]) من {}",
        elsewhere=r" (?:نشرت|ظهرت|صدرت)",
        corrected=r"(?:تم تصحيح|جرى تصحيح|صحح|صححت|تم تعديل|جرى تعديل) (?:\w+ ){0,2}{}|{} (?:\w+ ){0,3}(?:تصحيح)",
        fault=r"(?:خطا|خاطئ|بالخطا|غير صحيح|غير دقيق|اخطا|سهوا)",
        said=r"(?:ذكر|ذكرت|قال|قالت|جاء|اشار|اشارت|ورد|افاد|نسب)",
    ),
    "ja": CorrectionWords(
        hints=("訂正", "お詫び", "おわび", "更正", "勘误", "修正", "정정", "바로잡"),
        label=r"(?:(?:お詫びと|おわびと)?訂正(?:とお詫び|とおわび|して(?:お詫び|おわび)します)?|更正(?:启事|啟事)?|勘[误誤]"
        r"|정정(?:보도)?|바로잡습니다|바로잡음)",
        this=r"(?:この記事|本記事|当記事|本稿|本文|本報道|本报道|本篇報道|이 기사|본 기사|이 글)",
        earlier=r"(?:{}の(?:以前の|当初の|初出の)版|{}(?:早前|先前|此前|较早|較早)(?:的)?版本)",
        elsewhere=r"(?:は|が)[^。]{0,20}(?:掲載|発表)され",
        corrected=r"{}[^。]{0,20}(?:訂正|修正|更正|정정|바로잡)",
        fault=r"(?:誤り|誤って|間違い|誤記|错误|錯誤|有误|有誤|误|誤|잘못|오류|사실과 다)",
        said=r"(?:とありました|としていました|と記載|称为|稱為|写成|寫成)",
    ),
}
