"""The words of notes of the house beside a story: appeals for support, commissions, machine summaries, rights, apps."""

from crawler.text import AnyCaseless

_SUPPORT = (
    r"\b(?:become a (?:member|subscriber|supporter)|support us\b(?! with| in)|support our (?:work|reporting"
    r"|journalism|newsroom)"
    r"|readers? (?:pay|like you)|small gift|small donation|small sum|one-off (?:gift|donation|sum)"
    r"|monthly gift|monthly donation|monthly sum|stay independent|donate (?:now|today)"
    r"|unterstützen sie (?:uns|unsere)|(?:jetzt|regelmäßig) (?:spenden|unterstützen)|werden sie (?:jetzt )?mitglied"
    r"|mitglied werden|mit (?:ihrer|deiner) (?:spende|hilfe|unterstützung)|unabhängig (?:zu )?bleiben|kleinen betrag"
    r"|soutenez[ -](?:nous|notre)|faites un (?:petit )?don|devenez (?:membre|adhérente?|abonnée?)|votre (?:don|soutien)"
    r"|rester indépendante?s?|apóy[ae]nos|hazte (?:socio|socia|miembro)|haz una donación|tu (?:donación|donativo|apoyo)"
    r"|seguir siendo independientes|periodismo (?:libre|independiente)|danos (?:hoy )?una|apoie|torne-se (?:membro"
    r"|assinante)"
    r"|faça uma doação|sua (?:doação|contribuição)|jornalismo (?:livre|independente)|sosti?en(?:ici|eteci)"
    r"|diventa (?:socio|sostenitore|membro)|(?:fai|fate) una donazione|dona (?:ora|oggi)|restare indipendenti"
    r"|giornalismo (?:è )?(?:libero|indipendente)|steun ons|word lid|word vriend|word donateur|doneer"
    r"|onafhankelijk blijven"
    r"|st(?:öd|ött[ae]?) oss|bli (?:medlem|stödmedlem|månadsgivare)|(?:ge|ge gärna) en (?:gåva|slant|liten summa)"
    r"|förbli oberoende|støtt oss|støt os|bliv? medlem|wesprzyj|zostań (?:członkiem|patronem)|wpłać"
    r"|zachować niezależność|podpořte|staňte se členem|destek ol\w*|üye ol(?:un|arak)|bağış yap\w*|bağımsız kal\w*"
    r"|поддержите|поддержать (?:нас|редакцию|проект)|станьте (?:участни|подписчи|член|патрон)\w*|пожертвуйте"
    r"|остаться независим\w+|підтримайте|στηρίξτε|γίνετε μέλος|κάντε δωρεά|να μείνουμε ανεξάρτητοι)"
    r"|ادعم(?:نا|وا)|كن عضوا|تبرع(?:وا)? (?:الآن|اليوم|لنا)|البقاء مستقلين|תמכו ב|सहयोग करें|सदस्य बनें|दान (?:करें"
    r"|दें)"
    r"|ご寄付|ご支援|寄付(?:する|で)|会員になって?|支持我们|捐助|成为会员|후원(?:해|하기)|회원이 되어|dukung kami"
    r"|jadi anggota"
)
_COMMISSION = (
    r"(?:commission|affilia|provision|comisi[oó]n|afilia|comissão|prowizj|provize|komisyon|комисси|комісі|προμήθεια"
    r"|عمولة|手数料|アフィリエイト|佣金|수수료|कमीशन)"
)
_LINK = (
    r"(?:links?\b|liens?\b|enlace|odnośnik|linki|odkaz|länk|lenke|bağlantı|ссыл|посилан|συνδέσμ|روابط|رابط|リンク"
    r"|[链鏈]接|連結|링크|लिंक)"
)
_SUMMARY = (
    r"(?:summar|zusammenfass|résumé|resumen|resumo|riassunto|samenvatting|sammanfattning|sammendrag|streszczeni"
    r"|podsumowani|shrnutí|özet|содержание|пересказ|сводк|περίληψ|ملخص|要約|要約|摘要|요약|सार\b|ringkasan)"
)
_MACHINE = (
    r"(?:machine|\bai\b|artificial|automatic|\bki\b|maschinell|künstlich|automatisch|\bia\b|généré|automatique|máquina"
    r"|automátic|macchina|automatic|gegenereerd|maskin|maszyn|sztuczn|automatycz|makine|yapay zek|otomatik|машин"
    r"|нейросет|автоматич|μηχαν|τεχνητή|الآلة|آلي|ذكاء|機械|自動|人工知能|机器|機器|人工智|自动|기계|인공지능|자동"
    r"|मशीन|एआई)"
)
_FREE = (
    r"(?:free|kostenlos|gratuit|gratis|grátis|grati[st]|bezpłatn|zdarma|ücretsiz|бесплатн|безкоштовн|δωρεάν|مجاني"
    r"|無料|免费|免費"
    r"|무료|मुफ़्त|fria)"
)
_LEFT = (
    r"(?:\bleft\b|remaining|noch|reste|qued[ae]|restan?t?|\bover\b|kvar|został|zbývá|kaldı|остал|залиш|απομέν"
    r"|بق[يى]|残り|剩|남"
    r"|बचे|बाकी)"
)
_RIGHTS = (
    r"all rights reserved|rechte vorbehalten|droits réservés|(?:derechos|diritti|direitos) (?:reservados|riservati)"
    r"|rechten voorbehouden|rättigheter förbehåll|rettigheter (?:forbeholdt|reservert)|prawa zastrzeżone"
    r"|práva vyhrazena"
    r"|hakları saklıdır|права защищены|права захищені|με την επιφύλαξη|حقوق .{0,12}محفوظة|無断転載|版[权權]所有"
    r"|未[经經][许許授][可权權]|무단 ?전재|재배포|सर्वाधिकार"
)
_APP = (
    r"\b(?:download our|download the|get our|get the|install our|install the|try our|try the) .{0,20}\bapp\b"
    r"|\b(?:laden |lade |hole |holen |hol dir |holt euch |installiere |installieren ).{0,20}\bapp\b"
    r"|téléchargez .{0,20}(?:appli|application)\b|descarg(?:a|ue) .{0,20}(?:app|aplicación)\b"
    r"|baixe .{0,20}(?:app|aplicativo)\b|scarica .{0,20}\bapp\b|download (?:onze|de) .{0,15}app\b|ladda ner .{0,15}app"
    r"|last ned .{0,15}app|pobierz .{0,20}(?:apk|aplikacj)|скачайте .{0,20}приложение|uygulama\w* indir"
    r"|κατεβάστε .{0,20}εφαρμογή|حمل(?:وا)? .{0,6}تطبيق|アプリを?.{0,4}(?:ダウンロード|入手)|下[载載].{0,8}(?:应用"
    r"|應用|客户端)"
    r"|앱을? ?(?:내려받기|다운로드|설치)|ऐप डाउनलोड"
)
NOTE = AnyCaseless(
    _SUPPORT,
    rf"^.{{0,80}}(?:{_COMMISSION}.{{0,150}}{_LINK}|{_LINK}.{{0,150}}{_COMMISSION})",
    rf"^.{{0,40}}(?:{_SUMMARY}.{{0,60}}{_MACHINE}|{_MACHINE}.{{0,60}}{_SUMMARY})",
    _RIGHTS,
    _APP,
    rf"^.{{0,40}}\d.{{0,30}}(?:{_FREE}.{{0,60}}{_LEFT}|{_LEFT}.{{0,60}}{_FREE})",
    rf"^.{{0,20}}{_LEFT}.{{0,20}}\d.{{0,40}}{_FREE}",
    r"^\W{0,2}(?:©|\(c\)|copyright)\W{0,4}[12]\d{3}",
)
