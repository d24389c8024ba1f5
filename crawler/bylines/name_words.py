"""Words that stand in no person's name: roles, desks, organisations, menus, sentences, places.

All folded as `corpus.names.fold` does. Several languages in each list; a word that is also a common surname
or given name (Baker, Cook, May, Young, Rose) is left out.
"""

# ruff: noqa: E501 - lists of words, one line a kind or a language

# A part of a byline with such a word says what somebody is, not who.
ROLES = frozenset(
    """editor editors reporter reporters correspondent correspondents writer writers journalist journalists columnist columnists
    publisher special staff contributor contributors contributing producer director directors manager managers
    officer chief ceo cfo cto
    coo founder cofounder
    co-founder president vice chairman chairwoman professor lecturer analyst analysts researcher photographer
    photojournalist
    photography photo photos photograph illustrator illustration specialist consultant strategist engineer
    developer designer
    intern freelance freelancer freelancers author authors blogger expert experts nutritionist dietitian therapist
    attorney lawyer senior
    junior associate assistant deputy executive head coordinator anchor presenter host reviewer reviewed
    translator translated
    translation student candidate fellow scientist economist physician surgeon secretary ambassador minister
    senator spokesperson
    spokesman spokeswoman creator owner coach trainer instructor advisor adviser expertise marketing
    manufacturer redakteur redakteurin reporterin korrespondent korrespondentin autor autorin autoren journalistin
    leiter
    leiterin chefredakteur
    chefredakteurin volontar volontarin fotos foto redacteur redactrice correspondante envoye envoyee speciale
    journaliste
    auteur auteure auteurs chroniqueur correspondant redactora redactor redactores periodista corresponsal enviado
    enviada especial
    director directora fotografo fotografa giornalista inviato inviata corrispondente direttore autore autrice
    jornalista reporteres
    correspondente colunista enviada repórter verslaggever verslaggeefster redacteurs correspondent columniste
    journalisten reportern fotograf kronikor skribent journalisten dziennikarz dziennikarka redaktor redaktorka
    muhabir muhabiri
    yazar yazari editoru корреспондент обозреватель редактор журналист журналистка автор авторы кореспондент
    kirjeenvaihtaja toimittaja
    صحفي صحفية مراسل كاتب كاتبة محرر zpravodaj 记者 記者 编辑 編集 기자 특파원 논설위원 앵커""".split()
)

# Those who sign for the paper.
DESKS = frozenset(
    """staff editorial newsroom desk team redaktion redaction redaccion redazione redacao redactie redaktionen redaksjonen
    redakcja redakce redakcia toimitus редакция редакція newsdesk editors board bureau reporters correspondents
    writers
    onlineredaktion redaktionsnetzwerk deskmanagement crew collective webdesk 编辑部 編集部 편집부 التحرير haber-merkezi संवाददाता
    ডেস্ক-রিপোর্ট redakzioa redaccio редакција уредништво מערכת
    merkezi
    newsteam contributors admin administrator webmaster""".split()
)

# A name with such a word is an organisation's, not a person's.
ORGANISATIONS = frozenset(
    """inc ltd llc gmbh corp corporation company co university universitat universite universidad universita college institute institut
    instituto istituto foundation stiftung fondation association society council committee commission ministry
    department
    agency agentur agence agencia news magazine media network press times herald tribune gazette journal daily
    weekly newspaper
    radio tv television channel group holdings partners solutions services systems technologies labs studio studios
    center centre club school hospital clinic bank blog online digital publishing publications books podcast
    chronicle observer guardian telegraph zeitung nachrichten zeitschrift tagblatt tageblatt anzeiger journaux
    noticias diario
    periodico notizie giornale jornal noticias krant nyheter tidning gazeta gazetesi haber новости газета издание
    com org net
    report reports newsletter guide wire museum union federation alliance coalition project initiative program
    programme
    trust authority fund ministerium verein verband stichting vereniging insurance consulting capital ventures realty homes dental kitchen travel tours shop store construction renovation care strategies security expert remodel""".split()
)

# Words of sentences, menus and buttons; none stands in a name.
NOISE = frozenset(
    """the this that these those your our my his their its it is are was were be been has have had would can could
    should about above after all also any at before below between but for from here how if in into most new news
    next not now of off only or other out over previous share show since some then there they to under until up
    updated update us via view views we what when where which while who why with you published publish posted posts
    comment comments follow subscribe sign login log register menu contact email e-mail mail newsletter click open
    save print download video videos image images gallery advertisement sponsored promoted related latest popular
    trending topics topic tags tag category categories minute minutes hour hours week weeks month months year years
    ago today yesterday january february july september october november december monday tuesday wednesday thursday
    friday saturday sunday pm est edt pst pdt gmt utc reading time words written edited filed facebook twitter
    instagram linkedin youtube whatsapp pinterest reddit telegram bluesky mastodon threads tiktok copyright rights
    reserved stories story mon tue tues wed thu thur thurs fri sat icon copy copied live watch font text size
    rate checked shares released disclosure unknown anonymous none null undefined user guest default author-name
    profile bio biography website lesen uber und oder der ist sind mit auf fur aktualisiert veroffentlicht
    uhr teilen artikel minuten stand lesezeit heute gestern alle beitrage kommentare publie modifie plus
    articles tous partager mis jour des publicado actualizado compartir todos articulos pubblicato
    aggiornato leggi condividi tutti gli articoli minuti atualizado compartilhar leia mais gepubliceerd bijgewerkt
    deel artikelen publicerad uppdaterad dela las opublikowano udostepnij czytaj wiecej yayinlanma
    guncelleme paylas опубликовано обновлено читать далее поделиться نشر تحديث مشاركة подписаться написать следить
    підписатися стежити フォロー フォローする メール 記事一覧 关注 關注 联系作者 订阅 구독 구독하기 팔로우 이메일 기사더보기 متابعة تابع تواصل راسل
    اشترك עקוב עקבו שתף ติดตาม फॉलो अनुसरण অনুসরণ folgen abonnieren suivre contacter seguir segui volgen folj obserwuj""".split()
)

# The words among these that are never a name.
MENU_WORDS = frozenset(
    """the this our all more top new news video videos image images gallery newsletter advertisement sponsored promoted related latest
    popular trending topics topic tags tag category categories facebook twitter instagram linkedin youtube whatsapp pinterest reddit
    copyright rights reserved stories story posts published updated posted written edited filed unknown anonymous none null
    undefined user guest default author-name profile bio biography website email e-mail mail contact login log-in sign register
    subscribe menu comments share follow articles artikel alle tous todos and or of for from by with about your""".split()
)

# Texts of links and buttons beside a name.
EXTRAS = frozenset(
    """email e-mail mail follow following contact view see profile bio biography subscribe website login log-in share message more
    folgen kontakt kontaktieren abonnieren schreiben profil suivre contacter ecrire voir abonner seguir contactar escribir ver
    segui contatta scrivi volgen bekijk folj kontakta mejla folg folge obserwuj napisz kontaktuj sledovat takip seuraa""".split()
)
# Places that follow a name after a comma or a dash: large cities and countries, as newspapers write them.
PLACES = frozenset(
    """ירושלים תל-אביב חיפה القاهرة بيروت دمشق بغداد عمان الرياض الدوحة دبي الرباط تونس الجزائر الخرطوم صنعاء القدس غزة واشنطن لندن باريس موسكو تهران مشهد
    کابل اسلام-آباد اسلام-اباد لاہور کراچی پشاور نئی-دہلی دہلی ھەولێر هەولێر سلێمانی नई-दिल्ली दिल्ली मुंबई कोलकाता चेन्नई लखनऊ पटना भोपाल जयपुर काठमांडू वाशिंगटन
    लंदन ঢাকা কলকাতা চট্টগ্রাম দিল্লি சென்னை கொழும்பு தில்லி అమరావతి హైదరాబాద్ ಬೆಂಗಳೂರು കൊച്ചി തിരുവനന്തപുരം москва киев київ минск софия београд скопје
    αθηνα θεσσαλονικη βρυξελλες თბილისი ბათუმი երևան አዲስ-አበባ กรุงเทพฯ
    london paris berlin washington moscow moskau moscou beijing peking pekin tokyo tokio seoul kyiv kiev kiew brussels brussel
    bruxelles bruselas geneva genf geneve ginebra vienna wien vienne rome rom roma madrid barcelona lisbon
    lissabon lisboa lisbonne
    milan milano munich munchen hamburg frankfurt koln stuttgart leipzig dresden zurich bern basel amsterdam rotterdam
    den-haag the-hague stockholm oslo copenhagen kopenhagen helsinki warsaw warschau varsovie warszawa prague prag
    praha budapest
    bucharest athens athen istanbul ankara jerusalem tel-aviv cairo kairo beirut damascus baghdad tehran teheran dubai
    abu-dhabi riyadh doha kabul islamabad karachi lahore delhi new-delhi neu-delhi mumbai bengaluru kolkata
    chennai hyderabad
    dhaka colombo kathmandu bangkok hanoi jakarta manila singapore kuala-lumpur hong-kong taipei shanghai
    sydney melbourne canberra brisbane perth wellington auckland new-york los-angeles san-francisco chicago boston
    houston dallas atlanta miami seattle denver philadelphia detroit phoenix san-diego toronto ottawa
    montreal vancouver mexico-city ciudad-de-mexico bogota caracas lima quito santiago buenos-aires montevideo
    brasilia
    sao-paulo rio-de-janeiro havana nairobi lagos abuja accra dakar johannesburg pretoria cape-town kapstadt
    addis-ababa
    khartoum tunis algiers rabat casablanca edinburgh glasgow cardiff belfast dublin manchester liverpool birmingham
    strasbourg strassburg davos marseille lyon nice toulouse bordeaux valencia sevilla bilbao napoli torino
    firenze venezia
    germany france spain italy portugal netherlands belgium switzerland austria poland ukraine russia china japan
    korea india
    pakistan bangladesh israel egypt turkey iran iraq syria lebanon jordan canada mexico brazil argentina chile
    colombia peru venezuela cuba australia new-zealand south-africa nigeria kenya ethiopia ghana uk usa u-s us
    united-kingdom united-states massachusetts california texas florida virginia ohio pennsylvania illinois michigan
    minnesota wisconsin oregon colorado arizona nevada utah tennessee kentucky alabama louisiana connecticut
    москва киев париж лондон берлин القاهرة بيروت دمشق بغداد الرياض دبي عمان القدس 北京 上海 東京 서울 香港 台北""".split()
)

# Small words within names; they may stand in lower case.
PARTICLES = frozenset(
    """van von der den de del della delle dello degli di da dal dos das do du des la le les lo el al ul ter ten te zu zum zur
    bin bint ibn abu ben bat st san santa e y i und af av op t d l o mac mc ap ud din wa of'""".split()
)

# Letters after a name that belong to it.
CREDENTIALS = frozenset(
    """phd ph-d md m-d jd j-d jr sr esq rn rd mba mph dds dmd dvm vmd dacvb facp faan msc m-sc bsc ma m-a ms m-s mfa ba b-a llm llb
    cpa cfa cfp ii iii iv pe rdn cscs np pa-c do dpt od pharmd lcsw lmft edd psyd bs mhs cpt fand facc faap mbbs
    frcp rdh cbe obe mbe mp
    facls facog foma dabom cissp cpp psp lvt vts ldn cdces med rph aprn fnp crnp dnp bsn msn mlis ra aia esquire sj op osb""".split()
)
TITLES = frozenset(
    "dr prof professor mr mrs ms sir dame rev fr sr sra don dona herr frau ing dipl mag hon lord lady rabbi imam".split()
)
# Titles after another one, or with a stop ("Dr. med.", "dr hab.", "doc."); without them they are given names.
LATER_TITLES = frozenset("med hab doc phil".split())

# Words of menus and dates that are names too ("Gregory Day", "Adrienne So"): noise only when nothing else is there.
WEAK_NOISE = frozenset(
    """meer lees mehr mas leer lire mer so min an am day read more post close march april june august may will see than her
    le on page home search no days sun name das sur link les""".split()
)

# After such a word in a list of names, another list begins: teasers, menus.
ENDINGS = frozenset(
    "latest related recent popular trending topics tags categories filed share follow subscribe comments".split()
)

# Words for "the editors": the paper itself signs.
UNNAMED = frozenset(
    """staff-reporter a-staff-reporter our-staff-reporter staff-correspondent our-correspondent
    our-correspondents special-correspondent
    our-special-correspondent our-reporter our-reporters own-correspondent from-our-own-correspondent staff-writer
    staff-writers
    city-reporter court-reporter unser-korrespondent eigener-bericht notre-correspondant
    notre-envoye-special de-notre-correspondant
    nuestro-corresponsal redaccion-central dal-nostro-corrispondente dal-nostro-inviato van-onze-verslaggever
    van-onze-correspondent var-reporter mwandishi-wetu নিজস্ব-প্রতিবেদক กองบรรณาธิการ ویب-ڈیسک न्यूज़-डेस्क собкор наш-корреспондент 本报记者 本報記者 本社記者 본지기자""".split()
)
