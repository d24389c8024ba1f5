"""The words of boxes that stand in, before and behind stories: "read also", appeals, letters, labels, tails."""

import re

from corpus.patterns import AnyOf
from crawler.text import Caseless

CREDIT_LEAD = re.compile(
    r"(?:FILE|File photo|Photo|Image|Picture|Foto|Bild|Crédit photo|Photo credit)\s*[:—–-]\s"
    r"|(?:Photograph|Image|Credit|Source): "
)
CREDIT = re.compile(r"\(AP Photo/|/(?:Getty Images|AFP|AP)\)?\.?$|\bPhoto by [A-Z]")
CREDITED = Caseless(  # the end of a caption that says who took its picture
    r"(?<!\w)(?:photos?|photographs?|fotos?|pictures?|images?|bild(?:er)?|imagen|imagem|immagine|crédits?|credits?|zdjęcie|fot\."
    r"|kuva|фото|写真|撮影|图片?|摄影|사진)\s*(?:[:：/／=＝|]|by|von|par|de|av|di)\s*[^.:!?。]{2,60}\.?$|©\s?[^.!?]{2,60}\.?$"
)
ALSO = Caseless(
    r"\W*(?:read (?:more|also|next|now|on)|also read|related|see also|more(?: on| from)?|watch|listen|don.t miss"
    r"|you (?:may|might) also(?: like)?|recommended|click here|further reading|must read|up next|trending"
    r"|lesen sie auch|mehr zum thema|siehe auch|lire aussi|à lire aussi|voir aussi|lea también|lee también"
    r"|te puede interesar|leia (?:também|mais)|veja também|leggi anche|lees ook|läs också|les også|læs også"
    r"|czytaj też|czytaj także|читайте также|смотрите также|延伸閱讀|相关阅读|関連記事|관련기사"
    r"|اقرأ أيضا)\b.{0,20}?[:：>»|–-]"
)
FURNITURE = Caseless(
    r"\W*(?:advertisement|advertising|ad|sponsored|(?:story|article) continues below.{0,30}"
    r"|continue reading.{0,30}|share(?: this)?(?: article| story| page)?|print|e-?mail|comments?|tags?|loading|save"
    r"|copy link|view comments|leave a (?:comment|reply)|topics|listen to (?:this )?article.{0,20}|anzeige|werbung"
    r"|publicité|publicidad|pubblicità|advertentie|reklama?|реклама|広告|广告|광고|إعلان)\W*"
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
    r"|関連記事|相关文章|相关阅读|相关新闻|관련기사|مواضيع ذات صلة)\W*"
)
LETTER = ("newsletter", "inbox", "lettre d", "infolettre", "boletin", "boletín", "nieuwsbrief", "nyhetsbrev")
ANY_LETTER = AnyOf(*LETTER)
SIGN_UP = re.compile(
    r"\b(?:sign up|subscribe|delivered|enter your|abonnier\w+|anmelden|inscri\w+|abonnez|suscr[íi]b\w+|schrijf)\b"
)

_ADVERT = (
    r"(?:advertisement|advertising|advertorial|sponsored(?: content| post| by)?|promoted"
    r"|paid (?:content|post)|anzeige|werbung|gesponsert|publicité|annonce|sponsorisé|contenu sponsorisé"
    r"|publicidad|anuncio|patrocinado|contenido patrocinado|pubblicità|annuncio|sponsorizzato"
    r"|publicidade|conteúdo patrocinado|advertentie|reclame|gesponsord|annons|reklama?|sponsrat|sponset"
    r"|artykuł sponsorowany|реклама|на правах рекламы|広告|スポンサー|広告企画|广告|廣告|赞助内容|推广|광고"
    r"|إعلان|برعاية)"
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
