"""Words that say what a short block is for, in the languages we meet most; each word -> bits of the lists it is in.

Only single words, lower case. They are evidence among other evidence: no list decides anything alone.
"""

LISTS = {
    "related": """related recommended recommend recommends more read also trending popular latest next previous
        editors picks stories articles posts don't miss must see watch you might like may suggested further reading
        mehr lesen weitere auch ähnliche artikel empfohlen verwandte meistgelesen siehe thema lire aussi voir articles
        similaires plus lus suivant précédent leer también más noticias relacionadas relacionados te puede interesar
        leia mais veja também relacionadas leggi anche altri articoli correlati lees ook meer gerelateerd läs mer
        läs också også les læs czytaj więcej także podobne polecane читайте также ещё похожие материалы теме новости
        okumak ilgili haberler devamı 関連記事 相关 推荐 阅读 더보기 관련기사 اقرأ أيضا""",
    "subscribe": """subscribe subscription subscriber subscribers newsletter newsletters signup sign login log register
        account email inbox alerts premium unlock trial donate donation donations support membership member members
        contribute abonnieren abo abonnement anmelden registrieren spenden abonnez abonner inscrivez inscription
        connexion don suscríbete suscribirse suscripción boletín regístrate donar assine assinar assinatura iscriviti
        abbonati abbonamento accedi abonneer aanmelden inloggen prenumerera logga abonner zaloguj zapisz prenumerata
        подписаться подпишитесь подписка войти регистрация abone kayıt giriş 登録 会員 购读 订阅 登录 注册 구독 로그인
        اشترك تسجيل""",
    "legal": """copyright rights reserved reserves terms conditions privacy policy cookie cookies consent disclaimer
        trademark license licensed gdpr ccpa disclosure imprint impressum datenschutz agb rechte vorbehalten nutzung
        mentions légales droits réservés confidentialité derechos reservados privacidad aviso direitos diritti
        riservati rechten voorbehouden rättigheter prawa zastrzeżone права защищены конфиденциальности hakları saklıdır
        無断転載 著作権 版权 所有 저작권자 무단전재 재배포 الحقوق محفوظة advice affiliate commission""",
    "social": """share shares tweet retweet facebook twitter linkedin pinterest whatsapp telegram instagram youtube
        reddit tumblr email print copy link follow followers like likes messenger threads bluesky tiktok flipboard
        google teilen drucken folgen partager suivre suivez imprimer compartir comparte seguir imprimir síguenos
        compartilhar condividi stampa seguici delen dela udostępnij поделиться печать вконтакте paylaş takip シェア
        ツイート 分享 微信 微博 공유 شارك""",
    "ad": """advertisement advertisements advertise advertiser sponsored sponsor promoted promotion promo ad ads
        affiliate deal deals buy shop shopping coupon offer offers price sale discount anzeige werbung publicité
        publicidad anuncio pubblicità advertentie reklam annonse annonce reklama реклама 広告 广告 광고 إعلان""",
    "comment": """comment comments commented reply replies discussion respond response responses moderated moderation
        disqus feedback leave post posted guidelines report abuse kommentar kommentare kommentieren commentaire
        commentaires réagir comentario comentarios comentar comentários commenti reacties reageer kommentarer komentarze
        комментарии комментарий ответить yorum yorumlar コメント 评论 댓글 تعليق""",
    "by": """by author authors written reporter reporting correspondent editor editing writer staff contributor
        contributed byline journalist von autor redaktion par auteur rédaction por redacción autora di redazione autore
        door redactie av skribent tekst przez автор yazar muhabir 記者 文 记者 기자 بقلم reuters ap afp dpa efe ansa""",
    "time": """published updated posted modified last ago minutes minute hours hour days day yesterday today january
        february march april may june july august september october november december jan feb mar apr jun jul aug sep
        sept oct nov dec monday tuesday wednesday thursday friday saturday sunday am pm est edt gmt utc pst bst min read
        januar februar märz mai juni juli oktober dezember uhr aktualisiert veröffentlicht janvier février mars avril
        juin juillet août septembre octobre novembre décembre publié mis jour enero febrero marzo abril mayo junio julio
        agosto septiembre octubre noviembre diciembre publicado actualizado janeiro fevereiro março maio junho julho
        setembro outubro novembro dezembro atualizado gennaio febbraio aprile maggio giugno luglio settembre ottobre
        dicembre pubblicato aggiornato januari februari maart augustus gepubliceerd января февраля марта апреля мая
        июня июля августа сентября октября ноября декабря опубликовано обновлено ocak şubat nisan mayıs haziran temmuz
        ağustos eylül ekim kasım aralık""",
    "picture": """photo photos photograph photographer photography image images picture pictures credit credits courtesy
        getty caption video videos gallery slideshow illustration screenshot screengrab file handout shutterstock
        unsplash pixabay bild foto fotos bildquelle quelle crédit photographie vidéo imagen imágenes fotografía imagem
        immagine afbeelding beeld zdjęcie фото видео fotoğraf 写真 画像 图片 图 사진 صورة source""",
    "interface": """menu search home close open toggle back top skip content click here loading load show hide view all
        expand collapse download play pause mute slide page pages navigation navigate sections categories category tags
        tag topics topic tagged filed contact about faq help sitemap app apps edition language suche startseite menü
        schließen nach oben kategorien schlagwörter recherche accueil fermer catégories étiquettes buscar inicio cerrar
        categorías etiquetas início fechar cerca chiudi categorie zoeken sluiten sök stäng szukaj zamknij поиск меню
        главная закрыть теги ara anasayfa kapat 検索 ホーム 菜单 首页 搜索 标签 검색 홈 메뉴""",
    "bio": """is was he she his her lives works covers worked joined university professor graduate award winning
        author founder ceo director fellow co-founder freelance based bio biography profile reach contact him follow
        views expressed opinions own experience ist arbeitet schreibt lebt est journaliste es periodista vive""",
}  # fmt: skip

_STOPS = """
    the of and to in a is that for it on was with as he be at by this had not are but from or have an they which one you
    were her all their there been if more when will would who so no she what up about than into them can out other his
    its has after said we our do did could over just also my
    der die das und ist in den von zu mit sich des auf für nicht ein eine als auch es an werden aus er hat dass sie nach
    wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis mehr durch man sein wurde
    le la les de des du et un une est que qui dans pour pas sur au plus par ce avec il sont ne se ou mais son cette aux
    été ont fait comme nous vous elle leur être
    el los las que y en del se por con para una su al lo como más pero sus ha este sí porque esta entre cuando muy sin
    sobre también me hasta hay donde quien desde todo nos durante
    o os da do e em não uma dos no na das mais foi ao pela pelo são como mas seu sua ou já também está
    il di che è per non sono della del si dei nel alla con le gli ha anche più ma al delle nella da come questo
    het een van en dat op te voor met zijn niet aan er om ook dan maar bij uit naar heeft hij
    och att det som på är av för den till inte har med om ett men var jag från vi så kan nu eller
    ikke og til på det som med være fra han blev eller efter
    nie się na jest do że jak to o za od po przez ale był dla oraz są tym
    и в не на что я с он как а то по но за из у от это все его к до мы бы же был для так было они
    bir ve bu da de için ile çok olarak daha olan gibi kadar sonra
    și în la cu nu din sa pe care mai ca fi este sau
    a az és hogy nem is egy van már csak de meg
"""

STOPS = frozenset(_STOPS.split())
NAMES = tuple(LISTS)
BITS: dict[str, int] = {}
for _place, _words in enumerate(LISTS.values()):
    for _word in _words.split():
        BITS[_word] = BITS.get(_word, 0) | 1 << _place
