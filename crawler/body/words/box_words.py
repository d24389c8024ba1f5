"""The words of boxes that stand in, before and after stories: "read also", appeals, letters, labels, tails."""

import re
from functools import lru_cache

from corpus.patterns import AnyOf
from crawler.text import Caseless

CREDIT_LEAD = re.compile(
    r"(?:FILE|File photo|Photo|Image|Picture|Foto|Bild|Crédit photo|Photo credit)\s*[:—–-]\s"
    r"|(?:Photograph|Image|Credit|Source): "
)
CREDIT = re.compile(r"\(AP Photo/|/(?:Getty Images|AFP|AP)\)?\.?$|\bPhoto by [A-Z]")
CREDITED = Caseless(  # the end of a caption that says who took its picture
    r"(?<!\w)(?:photos?|photographs?|fotos?|pictures?|images?|bild(?:er)?|imagen|imagem|immagine|crédits?|credits?"
    r"|zdjęcie|fot\."
    r"|kuva|фото|写真|撮影|图片?|摄影|사진)\s*(?:[:：/／=＝|]|by|von|par|de|av|di)\s*[^.:!?。]{2,60}\.?$"
    r"|©\s?[^.!?]{2,60}\.?$"
)
_ALSO = (
    r"\W*(?:read (?:more|also|next|now|on)|also read|related|see also|more(?: on| from)?|watch|listen|don.t miss"
    r"|you (?:may|might) (?:also )?(?:like|enjoy)|you (?:may|might) also|recommended|click here|further reading"
    r"|must read|up next|trending"
    r"|lesen sie (?:auch|dazu|hier)|mehr (?:zum thema|dazu)|siehe auch|passend dazu|auch interessant|lesetipp"
    r"|das könnte (?:sie|dich)(?: auch)? interessieren|(?:à )?lire (?:aussi|également|plus)|à voir aussi|voir aussi"
    r"|sur le même (?:sujet|thème)|à ne pas manquer|pour aller plus loin|le[ae] (?:también|además|más)|ver también"
    r"|(?:te|le) (?:puede|podría) interesar|no (?:te|se) pierda?s?|más información|noticias? relacionadas?"
    r"|leia (?:também|mais)|veja (?:também|mais)|saiba mais|não perca|leggi anche|vedi anche|per approfondire"
    r"|(?:ti|vi) potrebbe(?: anche)? interessare|da non perdere|lees (?:ook|meer|verder)|zie ook|bekijk ook"
    r"|läs (?:också|även|mer|vidare)|se (?:även|också|også)|missa inte|les (?:også|mer)|læs (?:også|mere)|lue (?:myös"
    r"|lisää)"
    r"|(?:prze)?czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)|więcej na ten temat|polecamy"
    r"|(?:čtěte|přečtěte si|prečítajte si) (?:také|též|i|aj)|olvassa (?:el )?(?:ezt )?is|citiți și|citește și"
    r"|чита(?:йте|ть) (?:также|ещё|еще)|смотрите (?:также|ещё|еще)|(?:ещё |материалы )?по теме|не пропустите"
    r"|читайте (?:також|ще)|дивіться також|за темою|прочетете още|ayrıca (?:okuyun|bakın)|(?:şunu|bunu) da okuyun"
    r"|ilgili haber(?:ler)?|(?:bunlar da |şunlar da )?ilginizi çekebilir|kaçırmayın|διαβάστε (?:επίσης|ακόμ[ηα]|και)"
    r"|δείτε (?:επίσης|ακόμ[ηα]|και)|σχετικ(?:ά|ά άρθρα|ό άρθρο)|μη(?:ν)? χάσετε|延伸(?:閱讀|阅读)|相[关關](?:阅读"
    r"|閱讀|新闻|新聞|报道|報導)"
    r"|推[荐薦](?:阅读|閱讀)|另(?:请|請)参[阅見见]|(?:あわ|合わ)せて読みたい|関連(?:記事|ニュース)"
    r"|こちらも(?:おすすめ|どうぞ|読む)?|続報"
    r"|관련 ?(?:기사|뉴스)|함께 (?:읽기|보기|읽으면 좋은 기사)|더 ?(?:보기|읽기)|놓치지 마세요|اقر[أا] (?:أيض[اًا]+"
    r"|المزيد)"
    r"|شاهد (?:أيض[اًا]+|المزيد)|(?:مواضيع|أخبار|مقالات) ذات صلة|لا (?:تفوت|يفوتك)|بیشتر بخوانید|مطالب مرتبط"
    r"|קראו (?:גם|עוד)"
    r"|(?:यह|ये|इसे) भी (?:पढ़ें|पढ़ें|देखें|देखिए)|और (?:पढ़ें|पढ़ें)|संबंधित (?:ख़|ख|ख़)बर(?:ें)?|आणखी वाचा"
    r"|baca (?:juga|selengkapnya)|simak juga|xem thêm|đọc thêm|อ่านเพิ่มเติม|อ่านต่อ)"
)
ALSO = Caseless(rf"{_ALSO}(?!\w).{{0,20}}?[:：>»|–-]")
_ALSO_ALONE = Caseless(rf"{_ALSO}\W*")
_LISTEN = (
    r"(?:(?:artikel|beitrag|text) (?:anhören|vorlesen)|écouter (?:l.article|cet article)|escuchar (?:el "
    r"|este )?artículo"
    r"|ouvir (?:o |este )?(?:artigo|texto)|ascolta (?:l.articolo|questo articolo)|luister naar (?:dit )?artikel"
    r"|lyssna på (?:artikeln|texten)|lytt til (?:saken|artikkelen)|lyt til artiklen|posłuchaj (?:tego )?artykułu"
    r"|(?:yazıyı|haberi) (?:sesli )?dinle(?:yin)?|(?:по)?слушать (?:статью|новость|текст)|ακούστε το άρθρο"
    r"|استمع إلى (?:المقال|الخبر)|記事を(?:音声で)?聞く|[收聆][听聽](?:本文|文章)|기사 (?:듣기|읽어주기)|लेख सुनें)"
)
_ON = (  # a story goes on below an advertisement
    r"(?:der |die |das )?(?:text|artikel|beitrag|meldung|es)? ?geht (?:nach|unter).{1,25} weiter"
    r"|weiter nach der (?:anzeige|werbung)"
    r"|la suite après (?:la|cette) (?:publicité|pub)|l.article (?:se poursuit|continue) (?:après|sous) .{1,20}"
    r"|(?:la (?:noticia|nota|información)|el artículo)? ?(?:continúa|sigue) .{1,12}(?:publicidad|anuncio)"
    r"|(?:l.articolo )?(?:continua|prosegue) .{1,20}pubblicità|(?:a matéria "
    r"|a notícia )?continua .{1,20}(?:publicidade|anúncio)"
    r"|(?:het |de )?(?:artikel|tekst|lees) (?:gaat )?(?:verder|door) (?:onder|na) .{1,20}"
    r"|(?:artikeln|texten) fortsätter .{1,20}|(?:artikkelen|saken) fortsetter .{1,20}|artiklen fortsætter .{1,20}"
    r"|(?:juttu|artikkeli) jatkuu .{1,20}|dalsz[ya] (?:ciąg|część) .{0,20}pod (?:reklamą|materiałem.{0,20})"
    r"|(?:článek )?pokrač(?:uje|ování) (?:pod|po|za) reklam\w+|(?:a cikk )?.{0,20}hirdetés után .{0,20}"
    r"|(?:материал|статья|текст|продолжение|читайте) .{0,20}(?:после|под|ниже) .{0,10}реклам\w+"
    r"|(?:haber|haberin devamı|yazı|içerik) .{0,20}reklam\w* .{0,10}(?:altında|sonra|devam).{0,20}"
    r"|(?:το άρθρο|η είδηση|το κείμενο|η συνέχεια) .{0,15}(?:μετά|κάτω) .{0,8}διαφήμιση"
    r"|(?:يستمر|تستمر|يتبع|تتابع|أكمل) .{0,20}(?:بعد|أسفل|تحت) .{0,4}(?:الإعلان|الاعلان)"
    r"|(?:記事|本文|続き)は.{0,4}広告の(?:下|後|あと|次).{0,8}|.{0,5}在?[广廣]告之?[后後下]方?[继繼][续續].{0,6}"
    r"|기사는 광고 (?:아래|뒤|다음).{0,14}|(?:लेख |ख़बर |खबर )?विज्ञापन के (?:बाद|नीचे) .{0,25}"
    r"|(?:artikel|berita) .{0,15}(?:setelah|di bawah) iklan.{0,10}"
)
FURNITURE = Caseless(
    r"\W*(?:advertisement|advertising|ad|sponsored|(?:story|article) continues (?:below|after).{0,30}"
    r"|continue reading.{0,30}|share(?: this)?(?: article| story| page)?|print|e-?mail|comments?|tags?|loading|save"
    r"|copy link|view comments|leave a (?:comment|reply)|topics|listen to (?:this )?article.{0,20}|anzeige|werbung"
    r"|publicité|publicidad|pubblicità|advertentie|annonse?|reklama?|реклама|διαφήμιση|विज्ञापन|広告|广告|廣告|광고"
    r"|إعلان"
    r"|[\d.,\s]{1,12}(?:views?|reads?|aufrufe|vues|visitas|visualizaciones|visualizações|visualizzazioni|weergaven"
    r"|visninga?r?|wyświetle[nń]\w*|zobrazení|görüntülen?me|okunma|просмотр\w*|перегляд\w*|προβολές|مشاهد(?:ة|ات)"
    r"|回閲覧"
    r"|次[浏瀏][览覽]|बार देखा गया)|조회(?:수)?\s?[\d.,]+|閲覧数\W?[\d.,]+|(?:浏览|浏覽|瀏览|瀏覽)\S?\W?[\d.,]+"
    r"|просмотр\w*\W{1,3}[\d.,]+"
    r"|\d{1,3}[\s-]?(?:min(?:ute[ns]?|uti|utos|s)?|dk|dakika|мин|хв|λεπτά|λεπτό|دقائق|دقيقة|मिनट)\.?\s(?:reads?"
    r"|to read|lesezeit"
    r"|de lecture|de lectura|de leitura|di lettura|leestijd|läsning|lästid|lesetid|læsetid|czytania|čtení|okuma|чтения"
    r"|читання|ανάγνωσης|قراءة|का पाठ|में पढ़ें)|lesezeit\W{1,3}\d+.{0,8}|(?:約|约)?\d+分で読めます|読了時間.{0,8}"
    r"|阅读(?:时间|时长)?\W?\d+\s?分.{0,2}|읽는 시간\s?\d+분"
    rf"|{_LISTEN}(?:\W{{1,3}}[\d:]+)?|{_ON})\W*"
)
APPEAL = Caseless(
    r"\b(?:support (?:our|us|independent|quality)|your (?:contribution|donation)|as little as [$£€]"
    r"|(?:contribut|donat)(?:e|ing) (?:now|today|here|as|to (?:us|our))|without your (?:help|support)"
    r"|(?:keep our stories|journalism|democracy are at stake)|become a (?:member|subscriber|supporter)"
    r"|our (?:journalism|newsroom|journalists|reporters|readers)|paywalls?"
    r"|(?:we|site|partners|website)\W.{0,60}\bcookies|cookies? (?:policy|settings|preferences|notice)|your consent"
    r"|opt[ -]out|(?:your|our) privacy|sale of your personal|personal(?:ly identifiable)? (?:information|data))\b"
)
APPEAL_WORDS = AnyOf(
    "cookie",
    "consent",
    "newsroom",
    "journalis",
    "as little as",
    "donat",
    "contribution",
    "privacy",
    "opt out",
    "opt-out",
)
TAIL = Caseless(
    r"\W*(?:related (?:posts?|stories|articles|content|news|topics|reading)|more (?:stories|news|on this(?: story)?"
    r"|from .{2,40})|you may also like|recommended(?: for you| stories| reading)?|most (?:read|popular|viewed)"
    r"|about the authors?|leave a (?:reply|comment)|comments|tags|share this(?: post| article)?|read next|up next"
    r"|trending(?: now)?|latest (?:news|stories)|mehr zum thema|das könnte sie auch interessieren|sur le même sujet"
    r"|à lire aussi|noticias relacionadas|leia também|veja também|articoli correlati|lees ook|читайте также|по теме"
    r"|verwandte (?:artikel|themen|beiträge)|weitere (?:artikel|beiträge|nachrichten)|auch interessant|meistgelesen"
    r"|articles (?:liés|similaires)|(?:à lire|voir) également|les plus lus|artículos relacionados|te puede interesar"
    r"|lo más (?:leído|visto)|notícias relacionadas|mais lid[ao]s|articoli simili|(?:i )?più letti"
    r"|potrebbe interessarti"
    r"|gerelateerde? (?:artikelen|berichten|nieuws)|meest gelezen|relaterade (?:artiklar|nyheter)|mest läst[a]?"
    r"|relaterte (?:artikler|saker)|relaterede artikler|mest les[t]e?|(?:powiązane|podobne) (?:artykuły|tematy|wpisy)"
    r"|najczęściej czytane|související články|похожие (?:материалы|статьи|новости)|материалы по теме|самое читаемое"
    r"|схожі новини|ilgili (?:haberler|yazılar|içerikler)|en çok okunanlar|benzer haberler|σχετικ(?:ά|ές) (?:άρθρα"
    r"|ειδήσεις)"
    r"|(?:τα )?πιο διαβασμένα|関連(?:記事|ニュース)|よく読まれている記事|相[关關](?:文章|阅读|閱讀|新闻|新聞|报道"
    r"|報導)|[热熱][门門](?:文章|新闻|新聞)"
    r"|관련 ?(?:기사|뉴스)|많이 본 (?:기사|뉴스)|(?:مواضيع|أخبار|مقالات) ذات صلة|الأكثر قراءة|संबंधित (?:ख़|ख|ख़)बरें"
    r"|ये भी पढ़ें"
    r"|berita terkait|terpopuler|tin liên quan|ข่าวที่เกี่ยวข้อง)\W*"
)
LETTER = (
    *("newsletter", "inbox", "lettre d", "infolettre", "boletin", "boletín", "nieuwsbrief", "nyhetsbrev"),
    *("рассылк", "розсилк", "bülten", "uutiskirje", "hírlevél", "ενημερωτικό δελτίο", "نشرة", "نشرتنا"),
    *("ニュースレター", "メルマガ", "メールマガジン", "邮件通讯", "電子報", "电子报", "뉴스레터", "न्यूज़लेटर"),
)
ANY_LETTER = AnyOf(*LETTER)
SIGN_UP = re.compile(
    r"\b(?:sign up|subscribe|delivered|enter your|abonnier\w+|anmelden|inscri\w+|abonnez|suscr[íi]b\w+|schrijf"
    r"|apúnta\w+|iscriv\w+"
    r"|подпи[шс]\w+|підпи[шс]\w+|kaydol\w*|abone ol\w*|zapisz|anmäl|prenumerera|meld je|tilmeld|påmeld|tilaa"
    r"|iratkoz\w+)\b"
    r"|εγγραφ|γραφτείτε|اشترك|登録|订阅|訂閱|구독|신청|सदस्यता"
)

_ADVERT = (
    r"(?:advertisement|advertising|advertorial|sponsored(?: content| post| by)?|promoted"
    r"|paid (?:content|post)|anzeige|werbung|gesponsert|publicité|annonce|sponsorisé|contenu sponsorisé"
    r"|publicidad|anuncio|patrocinado|contenido patrocinado|pubblicità|annuncio|sponsorizzato"
    r"|publicidade|conteúdo patrocinado|advertentie|reclame|gesponsord|annons|reklama?|sponsrat|sponset"
    r"|artykuł sponsorowany|реклама|на правах рекламы|広告|スポンサー|広告企画|广告|廣告|赞助内容|推广|광고"
    r"|إعلان|برعاية|محتوى برعاية|contenuto sponsorizzato|gesponsorde inhoud|sponsorlu(?: içerik)?|sponsrat innehåll"
    r"|materiał sponsorowany|διαφήμιση|χορηγούμενο(?: περιεχόμενο)?|विज्ञापन|प्रायोजित|協賛|提供記事|협찬(?: 콘텐츠)?)"
)
ADVERT = Caseless(rf"\W*{_ADVERT}\W*")
ADVERT_LEAD = Caseless(rf"\W{{0,5}}{_ADVERT}\s{{0,3}}[:：|–—・-]")
APP = Caseless(
    r"\b(?:download|get|install|try|lade\w*|hol\w*|téléchargez?|descarg\w+|scarica|baixe|pobierz)"
    r"\b.{0,40}\bapps?\b"
    r"|app ?store|google play|アプリ|下载.{0,8}(?:app|客户端)|앱을? (?:다운로드|설치)|حم[ّ]?ل التطبيق"
)
EMBED = Caseless(
    r"cookies?|consent|third.part|(?:another|other) (?:service|provider|platform|site)s?|external (?:content|media)"
    r"|extern\w+ (?:inhalt\w*|medien|content)|drittanbieter|zustimm\w+"
    r"|ander\w+ (?:dienst|anbieter|plattform|aanbieder)\w*"
    r"|autres? (?:services?|plateformes?|sites?)|otr[oa]s? (?:servicios?|plataformas?|sitios?)"
    r"|altr[oaie] (?:servizi\w*|piattaform\w+|sit\w+)"
    r"|contenus? (?:externe|tiers)|contenido (?:externo|de terceros)"
    r"|contenuti? estern\w+|derden|外部コンテンツ|第三方|외부 콘텐츠"
)
LETTER_WORD = Caseless("|".join(LETTER))


@lru_cache(1_024)
def announces(text: str) -> bool:
    """Whether a short line says that what stands under it leads to other stories: "More on this"."""
    return bool(TAIL.fullmatch(text) or ALSO.match(f"{text}:"))


@lru_cache(1_024)
def announces_alone(text: str) -> bool:
    """Whether a short line says that other stories follow, and nothing else: "Watch out for ice" may be a sentence."""
    return bool(TAIL.fullmatch(text) or _ALSO_ALONE.fullmatch(text))
