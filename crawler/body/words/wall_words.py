"""The words of walls in the languages we meet: in their titles, paragraphs and buttons.

A phrase alone says nothing: crawler/extraction/walls.py asks where it stands, and what else the page shows.
"""

import re

from corpus.patterns import deferred
from crawler.text import Caseless


def _any(patterns: str) -> Caseless:
    """Compile alternatives; none matches from within a word of an alphabet, whose small letters the class names."""
    return Caseless(rf"(?<![A-Za-zÀ-ʯⱥⱦЀ-ӿ])(?:{patterns})")


ROBOT = _any(
    r"just a moment|checking (?:if the site connection|your browser)|attention required|are you a robot"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|i.m not a robot|unusual (?:traffic|activity) from"
    r"|ddos protection by|pardon our interruption|request unsuccessful"
    r"|enable (?:javascript and cookies|js and disable any ad ?blocker)"
    r"|access (?:to this page has been )?denied|complete the (?:captcha|security check)"
    r"|security (?:check|verification)|please verify|one more step|bitte (?:bestätigen|beweisen) sie, dass sie"
    r"|(?:sind sie|kein) (?:ein )?roboter|zugriff verweigert|vérifi\w+ que vous êtes|êtes.vous un robot"
    r"|accès refusé|(?:no eres|eres) un robot|eres humano|acceso denegado|non sei un robot|sei un robot"
    r"|accesso negato|geen robot|toegang geweigerd|не робот|доступ запрещ[её]н|ロボットではありません"
    r"|アクセスが拒否|安全验证|安全驗證|人机验证|访问被拒绝|로봇이 아닙니다|접근이 거부|لست روبوت"
    r"|تم رفض الوصول"
)
GONE = _any(
    r"(?:error|http)[ :-]{0,3}40[34]|40[34][ :–-]{0,3}(?:error|not found|page)|^\W*40[34]\W*$"
    r"|(?:oops|sorry)?\W{0,3}(?:this |that |the )?(?:page|article|story|content|url|link)(?: you \w+(?: \w+){0,3})?"
    r" (?:was |is |could |can |cannot |can.t |has |isn.t |no )?(?:not |be |been )?(?:be )?"
    r"(?:found|available|unavailable|removed|deleted)"
    r"|\bnot found|no longer (?:available|exists)|doesn.t exist|does not exist|nothing (?:was )?found"
    r"|(?:seite|artikel|beitrag)(?: \w+){0,2} nicht (?:gefunden|verfügbar|mehr verfügbar)|nicht gefunden"
    r"|page (?:est )?(?:introuvable|non trouvée)|(?:article|contenu) (?:introuvable|supprimé)"
    r"|n.existe (?:pas|plus)|no (?:se )?(?:ha |pudo )?(?:sido )?encontr\w+|página no (?:encontrada|existe)"
    r"|(?:página )?não (?:foi )?encontrad[ao]"
    r"|(?:pagina )?non (?:è stata )?trovat[ao]|(?:pagina )?niet (?:\w+ )?gevonden"
    r"|sidan (?:kunde inte hittas|hittades inte)|siden (?:blev|ble|finnes|findes) ikke(?: f[ou]n[dn]et)?"
    r"|strona nie (?:istnieje|została znaleziona)|страница не (?:найдена|существует)"
    r"|(?:sayfa|haber) bulunamadı|ページ[がは]?(?:見つかりません|存在しません)"
    r"|(?:页面|頁面|網頁|网页|文章)(?:不存在|未找到|找不到)|找不到(?:页面|頁面)|페이지를 찾을 수 없\w*"
    r"|(?:الصفحة|المقال|المحتوى|الرابط)(?: المطلوبة?)? (?:غير (?:موجود\w?|متاح\w?)|لم تعد (?:موجودة|متاحة))"
    r"|no (?:\w+ ){1,3}encontrar|(?:página|artículo|noticia|contenido)(?: \w+){0,4} no (?:existe|está disponible)"
    r"|no encontramos|(?:nous )?(?:n.avons pas|ne) (?:pu )?trouv\w+|n.(?:a|ont) pas (?:pu être |été )?trouvé\w*"
    r"|n.est (?:pas|plus) disponible|(?:seite|artikel|beitrag)(?: \w+){0,6} (?:existiert|gibt es)(?: \w+)? nicht"
    r"|(?:existiert|gibt es) (?:leider )?nicht mehr|(?:página|artigo|conteúdo)(?: \w+){0,4} não (?:existe|está)"
    r"|não (?:encontramos|conseguimos encontrar)|(?:pagina|articolo)(?: \w+){0,4} non (?:esiste|è (?:più )?disponibile)"
    r"|non (?:abbiamo|riusciamo a) trova\w+|(?:pagina|artikel)(?: \w+){0,4} bestaat niet|niet meer beschikbaar"
    r"|(?:η )?σελίδα (?:που \w+ )?δεν (?:βρέθηκε|υπάρχει)|δεν βρέθηκε|сторінк[уа] не (?:знайдено|існує)"
    r"|(?:запрошенн\w+ )?(?:страниц\w|стать\w|материал)(?: \w+){0,3} (?:не (?:найден\w?|существует)|удал[её]н\w?)"
    r"|страницата не (?:е намерена|съществува)|stránk[au] (?:nebyla nalezena|nenalezena|neexistuje|sa nenašla)"
    r"|stranica nije pronađena|az oldal nem (?:található|létezik)|sivua ei (?:löy[dt]\w+|ole)"
    r"|pagina nu (?:a fost(?: găsită)?|există|poate fi găsită)"
    r"|(?:sayfa|haber|içerik)(?: \w+){0,3} (?:mevcut değil|kaldırılmış)|sayfaya ulaşılamıyor"
    r"|(?:पृष्ठ|पेज|पन्ना|लेख)(?: \S+){0,2} (?:नहीं मिला|मौजूद नहीं|उपलब्ध नहीं)|(?:পাতা|পৃষ্ঠা)\S* পাওয়া যায়নি"
    r"|صفحه\S*(?: \S+){0,3} (?:یافت|پیدا) نشد|صفحہ (?:نہیں ملا|موجود نہیں)|(?:הדף|העמוד)(?: \S+)? לא נמצא"
    r"|không tìm thấy(?: (?:trang|bài|nội dung))?|(?:trang|bài viết|nội dung)(?: \w+){0,6} không (?:còn )?(?:tồn|tìm)\b"
    r"|halaman tidak (?:ditemukan|tersedia)|ไม่พบหน้า"
    r"|nie (?:znaleziono|ma takiej) strony|strony nie (?:znaleziono|odnaleziono)|nincs ilyen oldal|puslapis nerastas"
    r"|lehte ei leitud|lapa nav atrasta|stran (?:ni bila najdena|ne obstaja)|síða fannst ekki|orria ez da aurkitu"
    r"|pàgina no (?:trobada|existeix)|(?:fant ikke|kunne ikke finde) siden|hittade inte sidan"
    r"|(?:we )?(?:can.t|couldn.t|cannot|could not) find (?:that|this|the) page|(?:this )?page (?:is )?missing"
    r"|(?:cette |la )page (?:\w+ ){0,4}n.existe (?:pas|plus)"
    r"|^\W*(?:error|oops|oups|hoppla|fehler|erro|errore|fout|feil|błąd|chyba|hiba|eroare|ошибка|помилка|грешка|σφάλμα"
    r"|hata|خطأ|خطا|त्रुटि|错误|錯誤|エラー|오류|lỗi|kesalahan)\W*$"
)
CONSENT = _any(
    r"we (?:value|respect|care about) your privacy|your privacy (?:choices|matters|settings|is important)"
    r"|before you continue|(?:we|us|our) (?:and )?(?:our )?(?:\d+ )?partners|use of cookies"
    r"|(?:we|site) uses? cookies"
    r"|(?:manage|accept|reject|allow)(?: all)?(?: your)? (?:cookie|privacy|consent)\w*"
    r"|cookie (?:consent|settings|preferences)|consent to (?:our|the|us)"
    r"|access information on (?:a|your) device|your (?:personal )?data|personali[sz]ed ad\w*"
    r"|wir und unsere (?:\d+ )?partner|ihre (?:privatsphäre|daten|einwilligung|zustimmung)"
    r"|datenschutz.?einstellungen|personenbezogene\w? daten|cookies? (?:akzeptieren|zustimmen|zu)"
    r"|bevor sie (?:fortfahren|weiterlesen)|wir verwenden cookies|(?:nous et )?nos (?:\d+ )?partenaires"
    r"|votre vie privée|votre consentement|vos données|continuer sans accepter|nous utilisons des cookies"
    r"|avant de continuer|(?:nosotros y )?nuestros (?:\d+ )?socios|(?:su|tu) privacidad"
    r"|(?:su|tu) consentimiento|(?:sus|tus) datos|(?:utilizamos|usamos) cookies|antes de continuar"
    r"|(?:noi e )?i nostri (?:\d+ )?partner|la (?:tua|vostra) privacy|il (?:tuo|suo) consenso|i tuoi dati"
    r"|utilizziamo (?:i )?cookie|wij en onze (?:\d+ )?partners|(?:jouw|uw|je) (?:privacy|toestemming|gegevens)"
    r"|nossos parceiros|sua privacidade|seus dados|nasi partnerzy"
    r"|twoj\w+ (?:prywatność|prywatności|dane|danych)|vår[ae]? partner[es]\w*|din integritet|ditt samtycke"
    r"|наши партн[её]ры|ваш\w* (?:конфиденциальност\w*|данны\w+|согласи\w+)|файлы cookie|gizliliğiniz|çerez\w*"
    r"|(?:当社|弊社)?と?パートナー|プライバシー|クッキー|(?:您|你)的(?:隐私|隱私|同意|个人|個人)"
    r"|隐私(?:设置|政策)|쿠키|개인정보|귀하의|خصوصيتك|ملفات تعريف الارتباط|شركاؤنا|موافقتك"
)
PUR = _any(
    r"pur.?abo|werbefrei|ohne werbung|mit werbung (?:weiter|und)|ad.free"
    r"|without (?:ads|ad tracking|advertising|tracking)|(?:accept|consent) or (?:pay|subscribe)"
    r"|pay or (?:accept|consent)|sans (?:publicité|pub|traceurs)|sin publicidad|senza pubblicità"
    r"|zonder (?:reclame|advertenties)|sem publicidade|bez reklam|uten reklame|utan reklam|広告なし|无广告"
    r"|광고 없이"
)
AGE = _any(
    r"(?:are you|you are|be) (?:at least |over |of )*(?:the )?(?:legal |drinking |\d\d)"
    r"|\b\d\d (?:years|or (?:over|older))|(?:confirm|verify|enter) (?:your (?:age|date of birth)|you are)"
    r"|your (?:age|date of birth)|age (?:verification|check|gate)|(?:mindestens|über|schon) \d\d|\d\d jahre"
    r"|volljährig|altersprüfung|(?:ihr|dein) (?:alter|geburtsdatum)|\d\d ans|majeur"
    r"|(?:votre|ton) (?:âge|date de naissance)|\d\d años|mayor(?:es)? de (?:edad|\d\d)|(?:su|tu) edad"
    r"|\d\d anni|maggiorenne|\d\d jaar|jouw leeftijd|uw leeftijd|\d\d anos|maior de (?:idade|\d\d)|\d\d lat"
    r"|pełnoletni|\d\d år|\d\d лет|совершеннолет|\d\d歳|年齢確認|\d\d岁|\d\d歲|年满|年滿|成年|만 ?\d\d세"
    r"|성인 ?인증|عمرك|\d\d عام"
)
REGION = _any(
    r"(?:choose|select|pick|change) (?:a|your) (?:region|country|edition|location|language)"
    r"|which (?:edition|country)|not available in your (?:country|region|location)"
    r"|(?:wählen sie|wähle) (?:ihr|ihre|dein|deine) (?:land|region|ausgabe|sprache)"
    r"|in (?:ihrem land|ihrer region) nicht verfügbar|choisi\w+ (?:votre|ton) (?:pays|région|édition|langue)"
    r"|(?:pas|non) disponible dans votre (?:pays|région)"
    r"|(?:elige|elija|selecciona|seleccione) (?:tu|su) (?:país|región|edición|idioma)"
    r"|no (?:está )?disponible en (?:tu|su) (?:país|región)"
    r"|scegli (?:il tuo|la tua) (?:paese|regione|edizione|lingua)"
    r"|kies (?:je|uw|jouw) (?:land|regio|editie|taal)|escolha (?:o seu|seu|a sua|sua) (?:país|região|edição)"
    r"|wybierz (?:swój|kraj|region)|выберите (?:вашу? |свою? )?(?:стран|регион|издани|язык)\w*"
    r"|国(?:・|や)?地域|地域を選択|选择(?:您的|你的)?(?:国家|地区|地區|版本)"
    r"|選擇(?:您的|你的)?(?:國家|地區|版本)|국가를? 선택|지역을? 선택|اختر (?:بلدك|منطقتك|النسخة|الطبعة)"
)
SURVEY = _any(
    r"(?:our|this|a|one|(?:quick|short|brief|reader|two.minute)) (?:short |quick |brief |two.minute )*survey"
    r"(?: questions?)?(?: (?:to|and) (?:continue|keep|go on|access|unlock).{0,40})?"
    r"|survey questions?"
    r"|(?:one|a|a few|some|two|three) (?:quick |short )questions?"
    r"|(?:one|a few|two|three) questions?|help us (?:improve|understand)"
    r"|tell us about you\w*|umfrage|eine (?:kurze )?frage|ein paar fragen|helfen sie uns"
    r"|(?:notre |une |cette )(?:courte )?enquête|sondage|quelques questions|encuesta|unas preguntas|sondaggio"
    r"|(?:pregunta|pergunta|domanda|vraag|question|frage)s?.{0,20} (?:para|pour|per|om|um) .{0,20}?"
    r"(?:leyendo|lendo|a ler|leggere|lezen|lecture|lire|weiterzulesen)"
    r"|enquête|pesquisa rápida|ankieta|undersøgelse|undersökning|опрос|アンケート|问卷|問卷|调查问卷|설문"
    r"|استبيان"
)
LOGIN = _any(
    r"(?:log ?in|sign in|register|sign up)(?: (?:to|or|with|and|now)\b|$)"
    r"|create (?:a|an|your) (?:free )?account|please (?:log|sign) in"
    r"|(?:melden sie sich|bitte) (?:an|anmelden|einloggen)|anmelden(?: um|$| oder)|registrieren"
    r"|kostenlos(?:es)? konto|(?:connectez|inscrivez|identifiez).vous|se connecter"
    r"|cré(?:ez|er) (?:un|votre) compte|inici(?:a|e|ar) sesión"
    r"|(?:crea|cree) (?:una|tu|su) cuenta|regístr(?:ate|ese)|accedi\b|registrati|inloggen"
    r"|maak een account|(?:faça|fazer) login|entrar na (?:sua )?conta|zaloguj|logg(?:a)? inn?|войдите|войти"
    r"|зарегистрируйтесь|ログイン|会員登録|登录|登錄|登入|注册|註冊|로그인|회원가입|تسجيل الدخول|سجل الدخول"
    r"|giriş yap"
)
MAINTENANCE = _any(
    r"(?:down for|under(?:going)?|scheduled|planned|carrying out)(?: \w+)? maintenance"
    r"|maintenance (?:work|mode|in progress)"
    r"|(?:temporarily|currently|briefly) (?:unavailable|offline|down|closed)"
    r"|(?:be )?(?:right )?back (?:soon|shortly|online)|service unavailable|technical (?:difficulties|problems)"
    r"|wartungs(?:arbeiten|modus)|wird gewartet|gleich (?:wieder )?zurück"
    r"|(?:derzeit|vorübergehend|momentan) nicht (?:erreichbar|verfügbar)|en (?:cours de )?maintenance"
    r"|(?:momentanément|temporairement) indisponible|de retour (?:bientôt|dans)|en mantenimiento"
    r"|(?:temporalmente|momentáneamente) (?:no disponible|fuera)|volvemos (?:pronto|enseguida)|in manutenzione"
    r"|(?:temporaneamente|momentaneamente) non disponibile|torniamo (?:presto|subito)|(?:in )?onderhoud"
    r"|tijdelijk niet|em manutenção|temporariamente indisponível|przerwa techniczna"
    r"|prace (?:techniczne|konserwacyjne)|vedligehold\w*|underhåll\w*|vedlikehold|технически\w+ работ\w+"
    r"|техобслуживани\w+|временно недоступ\w+|メンテナンス|维护中?|維護中?|점검 ?중|시스템 점검|صيانة|bakım\w*"
)
# What the buttons of walls say, whichever they are; a page that shows its story may have them too.
ANSWER = _any(
    r"^\W*(?:i )?(?:accept|agree|allow|reject|refuse|decline|consent|continue|ok|okay"
    r"|got it|yes|no|enter|submit|confirm|leave|exit)\b"
    r"|^\W*(?:alle |alles )?(?:akzeptieren|ablehnen|zustimmen|einwilligen|weiter"
    r"|fortfahren|ja|nein|bestätigen|absenden|einverstanden)\b"
    r"|^\W*(?:tout )?(?:accepter|refuser|continuer|oui|non|valider|entrer|confirmer|j.accepte)\b"
    r"|^\W*(?:aceptar|acepto|rechazar|continuar|sí|si|entrar|confirmar|enviar|accetta|accetto|rifiuta|continua|conferma|entra|invia)\b"
    r"|^\W*(?:accepteren|akkoord|weigeren|doorgaan|ja|nee|verder|aceitar|aceito|recusar|sim|não|zgadzam|akceptuj\w*|tak|nie)\b"
    r"|^\W*(?:godkänn\w*|acceptera|godta|accepter|принять|согласен|согласна|да|нет|продолжить|войти|kabul|evet|hayır)\b"
    r"|同意|承認|許可|はい|いいえ|続ける|接受|拒绝|拒絕|继续|繼續|是的?$|否$|동의|수락|거부|계속|예$|아니"
    r"|موافق|أوافق|قبول|رفض|متابعة|نعم"
)
# What an offer behind a teaser speaks of, in its own words or its button's.
OFFER = _any(
    r"subscri\w+|free (?:trial|article|month)|(?:start|begin) (?:your|a) (?:free )?trial"
    r"|become a (?:member|supporter)|membership|unlock|premium|full (?:access|article|story)"
    r"|read (?:the )?(?:full|whole|rest)|abonn\w+|probe(?:monat|abo|woche)|jetzt testen|gratis testen"
    r"|weiterlesen|freischalten|vollständige\w? artikel|essai (?:gratuit|sans)|la suite|réservé|suscr[íi]\w+"
    r"|prueba gratis|hazte (?:socio|premium)|seguir leyendo|abbon\w+|prova gratis|continua a leggere"
    r"|lees verder|proefabonnement|assin\w+|continue lendo|prenumer\w+|subskry\w+|подпис\w+|полный доступ|購読"
    r"|会員|続きを読む|有料|订阅|訂閱|付费|會員|会员|阅读全文|閱讀全文|구독|유료|회원|전체 기사|اشترك\w*"
    r"|اشتراك|للمشتركين|abone\w*|předplat\w+|predplat\w+|передплат\w+|підпи[сш]\w+|συνδρομ\w+|előfizet\w*"
    r"|pretplat\w*|naročnin\w*|abonament\w*|tilaaj\w*|tellimus\w*|langgan\w*|berlangganan|đăng ký|thuê bao"
    r"|सदस्यता|सब्सक्र\w+|সাবস্ক্র\w+|สมัครสมาชิก|מנוי\w*|למנויים|خریدار\w*|اشتراک|üyeli\w+"
    r"|(?:choose|pick|select) (?:a|your) plan"
)
LOCKED = _any(
    r"(?:subscribe|sign (?:in|up)|log ?in|register|join)[^.]{0,40} to (?:continue|keep|finish|read|unlock|access)"
    r"|to (?:continue|keep) reading|(?:for|to) (?:paid |our )?(?:subscribers|members) only"
    r"|subscribers? (?:only|exclusive)|already a (?:subscriber|member)\?"
    r"|this (?:article|story|content|post) is (?:reserved )?for (?:\w+ )?(?:subscribers|members)"
    r"|unlock this (?:article|story)|you have (?:reached|used|read) (?:your|all)[^.]{0,40}(?:free|limit)"
    r"|weiterlesen mit|jetzt (?:abonnieren|weiterlesen)|nur für abonnenten|bereits abonnent|um weiterzulesen"
    r"|réservée? (?:à nos|aux) abonnés|il vous reste \d+ ?% de|déjà abonné|pour lire la suite"
    r"|abonnez.vous pour|exclusivo para (?:suscriptores|assinantes)|suscríbete para|para seguir leyendo"
    r"|ya eres suscriptor|para continuar lendo|(?:articolo )?riservato agli abbonati|sei già abbonato"
    r"|per continuare a leggere|alleen voor abonnees|om verder te lezen"
    r"|tylko dla (?:prenumeratorów|subskrybentów)|только для подписчиков"
    r"|чтобы (?:читать|прочитать) (?:дальше|полностью)|会員限定|有料会員|続きを読むには|이 기사는 유료"
    r"|구독자 전용|订阅后|仅限会员|付费阅读|للمشتركين فقط|لمتابعة القراءة"
    r"|um (?:den|diesen) (?:ganzen )?artikel|exklusiv für abonnent\w+|(?:schon|bereits) ein abo\b|ya est[áa]s? suscrit"
    r"|verder lezen\?|(?:om|voor) (?:het )?(?:hele|volledige) artikel te lezen|(?:al|reeds) abonnee\b"
    r"|exclusief voor abonnees"
    r"|para continuar a (?:ler|leitura)|já é (?:nosso )?assinante"
    r"|(?:conteúdo|artigo|exclusivo|só|apenas) para assinantes"
    r"|aby (?:czytać|przeczytać) (?:dalej|całość|cały|ten)|masz już (?:konto|prenumeratę|subskrypcję|dostęp)"
    r"|läs vidare med|för att läsa (?:vidare|hela)|redan prenumerant|(?:endast|bara|enbart) för prenumeranter"
    r"|læs videre med|for at læse (?:videre|hele)|les videre med|for å lese (?:videre|hele)|allerede abonnent"
    r"|(?:kun|bare) for abonnenter|jatkaaksesi lukemista|lukeaksesi (?:koko|lisää|jutun)|vain tilaajille"
    r"|oletko jo tilaaja"
    r"|a cikk (?:folytatás|teljes)\w+[^.]{0,30}előfizet\w+|csak előfizető\w*|már előfizető"
    r"|(?:pouze|jen) pro předplatitele|(?:chcete|pokud chcete)[^.]{0,20} číst dál|už (?:máte|jste) předplat\w+"
    r"|(?:len|iba) pre predplatiteľov|chcete čítať ďalej|už (?:máte|ste) predplat\w+"
    r"|pentru a citi (?:mai departe|în continuare|tot)|(?:doar|numai) pentru abonați|(?:ești|sunteți) deja abonat"
    r"|devamını okumak için|okumaya devam etmek için|(?:sadece|yalnızca) aboneler|zaten (?:bir )?abone"
    r"|για να (?:συνεχίσετε|διαβάσετε ολόκληρο)|μόνο για συνδρομητές|είστε ήδη συνδρομητ\w+"
    r"|щоб (?:читати|прочитати) (?:далі|повністю)|(?:лише|тільки) для передплатників|уже (?:подписан\w*|подписчик)"
    r"|(?:вже|уже) (?:є )?передплат\w+|за да (?:прочетете|продължите)|само за абонати"
    r"|samo za (?:pretplatnike|naročnike)|za nastavak čitanja|već (?:ste|imate) pretplat\w+|za nadaljevanje branja"
    r"|per continuar llegint|només per a subscriptors|ja (?:ets|n.ets) subscriptor|ainult tellijatele|edasi lugemiseks"
    r"|tik prenumeratoriams|norėdami skaityti (?:toliau|visą)|tikai abonentiem|lai lasītu tālāk"
    r"|untuk (?:lanjut|terus|melanjutkan) membaca|khusus pelanggan|sudah berlangganan|để đọc tiếp"
    r"|dành riêng cho (?:thuê bao|thành viên)|เฉพาะสมาชิก|เพื่ออ่านต่อ|आगे पढ़ने के लिए|केवल सदस्यों|למנויים בלבד"
    r"|להמשך (?:ה)?קריאה|ویژه مشترک\w+|برای ادامه(?:‌ی)? مطالعه|هل أنت مشترك|(?:订阅|訂閱)(?:以|後)(?:继续|繼續)?"
    r"|(?:会员|會員|订户|訂戶)(?:专享|專享|专属|專屬)|(?:继续|繼續)(?:阅读|閱讀)(?:请|請)|已是(?:会员|會員|订户|訂戶)"
    r"|계속 읽으려면|구독자만|이미 구독"
)
# How much of a story is not shown, beside a lock.
LEFT = _any(
    r"il (?:vous )?reste \d+ ?%|\d[\d.,]* ?(?:more )?words (?:left|remaining|more)"
    r"|\d+ ?% (?:of (?:this|the) \w+ )?(?:left|remain\w*)|noch \d[\d.,]* ?(?:%|prozent|w[öo]rter|zeichen)"
    r"|(?:queda|te queda|falta|resta)n? (?:el |um |il )?\d+ ?%|nog \d+ ?%|pozostało (?:jeszcze )?\d+ ?%"
    r"|осталось (?:ещё |еще )?\d+ ?%|残り[：:]?\s?\d[\d,，]*\s?(?:文字|字|%)|剩[余餘下][：:]?\s?\d+"
    r"|남은\s?\d+|(?:يتبقى|متبقي)\s?\d+"
)
# The characters of all currencies, the usual short words, and codes in capitals.
_CURRENCY = "[$¢-¥֏؋৲৳૱௹฿៛₠-⃀]"
_SHORT = r"kr|kč|zł|tl|lei|лв|грн|руб\w*|ريال\w*|دولار\w*|جنيه\w*|درهم|تومان|บาท"
_CODE = "EUR|USD|GBP|CHF|INR|PLN|CZK|SEK|NOK|DKK|TRY|RUB"
PRICE = deferred(
    rf"\d ?(?:{_CURRENCY}|[円元圆圓원]|(?:{_SHORT})(?!\w)|(?-i:{_CODE})\b)"
    rf"|(?:{_CURRENCY}|(?-i:{_CODE}|Rs\.?|Rp|Kč|kr)) ?\d|\d[.,]\d\d (?:a|per|/) ?(?:week|month|year)\b",
    re.I,
)
