"""Words of printed dates: the names of the months, and of the spans that "ago" counts, in many languages.

Words are casefolded and stand without accents (`corpus.names.unaccented`); full stops of short forms are dropped.
"""

# ruff: noqa: E501 - lists of words, one line a kind or a language

import unicodedata

from corpus.characters import without_invisible
from corpus.people.names import unaccented

# One line a month; short forms beside long ones. A word that names two months in two languages is left out.
_MONTHS = """
1 january jan januar janner janv janvier enero ene gennaio genn gen janeiro januari jaan tammikuu tammikuuta stycznia
1 styczen sty ocak oca января январь янв januara januar ledna leden ianuarie ian januarja јануар siecanj sijecnja
1 ιανουαριου ιανουαριος ιαν كانون-الثاني يناير جانفي janvye janeiro sausio janvaris januaris ژانویه ינואר जनवरी
1 january styczniu січня січень
2 february feb febr februar fevrier fevr fev febrero febbraio febb fevereiro februari helmikuu helmikuuta lutego luty
2 lut subat sub февраля февраль фев unora unor februara februarie φεβρουαριου φεβρουαριος φεβ شباط فبراير فيفري
2 فوریه פברואר फरवरी лютого лютий veljace veljaca velj
3 march marts mar marz maerz mars marzo marco maart mrt maaliskuu maaliskuuta marca marzec mart мар марта март
3 brezna brezen
3 martie μαρτιου μαρτιος μαρ اذار مارس marcius مارس מרץ मार्च березня березень ozujka ozujak
4 april apr avril avr abril abr aprile huhtikuu huhtikuuta kwietnia kwiecien kwi nisan nis апреля апрель апр dubna
4 duben
4 aprilie απριλιου απριλιος απρ نيسان ابريل افريل aprilis آوریل אפריל अप्रैल квітня квітень travnja aprila
5 may mai mayo maggio magg maio mei maj toukokuu toukokuuta maja mayis мая май kvetna kveten μαιου μαιος μαι ايار مايو
5 ماي majus مه מאי मई травня травень svibnja svibanj maia
6 june jun juni juin junio giugno giu junho kesakuu kesakuuta czerwca czerwiec cze haziran haz июня июнь июн
6 cervna cerven
6 iunie ιουνιου ιουνιος ιουν حزيران يونيو جوان junius ژوئن יוני जून червня червень lipnja juna
7 july jul juli juillet juil julio luglio lugl lug julho heinakuu heinakuuta lipca lipiec temmuz tem июля июль июл
7 cervence cervenec iulie ιουλιου ιουλιος ιουλ تموز يوليو جويلية julius ژوئیه יולי जुलाई липня липень jula
8 august aug aout agosto ago augustus elokuu elokuuta sierpnia sierpien sie agustos agu августа август авг srpna srpen
8 αυγουστου αυγουστος αυγ اب اغسطس اوت augusztus اوت אוגוסט अगस्त серпня серпень kolovoza avgusta agustus
9 september sep sept septembre septiembre setiembre settembre sett set setembro syyskuu syyskuuta wrzesnia
9 wrzesien wrz
9 eylul eyl сентября сентябрь сен сент zari septembrie σεπτεμβριου σεπτεμβριος σεπ ايلول سبتمبر szeptember سپتامبر
9 ספטמבר
9 सितंबर сентябре вересня вересень rujna septembra setembre
10 october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta pazdziernika pazdziernik paz
10 ekim eki
10 октября октябрь окт rijna rijen octombrie οκτωβριου οκτωβριος οκτ تشرين-الاول اكتوبر اکتبر אוקטובר अक्टूबर жовтня
10 жовтень oktobra
11 november nov novembre noviembre novembro marraskuu marraskuuta listopadu listopada kasim kas ноября ноябрь
11 noiembrie νοεμβριου νοεμβριος νοε تشرين-الثاني نوفمبر نوامبر נובמבר नवंबर novembra
12 december dec dezember dez decembre decembre diciembre dic dicembre dezembro desember des joulukuu joulukuuta
12 grudnia
12 grudzien gru aralik ara декабря декабрь дек prosince prosinec decembrie δεκεμβριου δεκεμβριος δεκ كانون-الاول
12 ديسمبر
12 دسامبر דצמבר दिसंबर грудня грудень prosinca decembra
1 มกราคม জানুয়ারি জানুয়ারী ஜனவரி జనవరి ಜನವರಿ ജനുവരി जानेवारी જાન્યુઆરી ਜਨਵਰੀ جنوری جنوري yanvar қаңтар enero januari ionawr eanair
1 urtarrila xaneiro gener jaanuar janvari јануари იანვარი հունվար հունվարի студзеня студзень janar hunyuari januarie
1 thang-mot
2 thang-hai
3 thang-ba
4 thang-tu
5 thang-nam
6 thang-sau
7 thang-bay
8 thang-tam
9 thang-chin
10 thang-muoi
11 thang-muoi-mot
12 thang-muoi-hai
2 กุมภาพันธ์ ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி ఫిబ్రవరి ಫೆಬ್ರವರಿ ഫെബ്രുവരി फेब्रुवारी ફેબ્રુઆરી ਫਰਵਰੀ فروری فبروري fevral ақпан chwefror feabhra
2 otsaila febreiro febrer veebruar februar februaris фебруари თებერვალი փետրվար փետրվարի лютага shkurt pebrero februarie vasario
2 februārī февруари
3 มีนาคม মার্চ மார்ச் మార్చి ಮಾರ್ಚ್ മാർച്ച് मार्च માર્ચ ਮਾਰਚ مارچ марта наурыз mawrth martxoa martxoaren marzo marc märts marts
3 март მარტი მარტს մարտ մարտի сакавіка сакавік mars marso maart kovo mars martie machi maret berezen
4 เมษายน এপ্রিল ஏப்ரல் ఏప్రిల్ ಏಪ್ರಿಲ್ ഏപ്രിൽ एप्रिल એપ્રિલ ਅਪ੍ਰੈਲ اپریل сәуір ebrill aibrean apirila apirilaren abril aprill
4 aprilis април აპრილი აპრილს ապրիլ ապրիլի красавіка красавік prill balandzio aprili aprel apríl
5 พฤษภาคม মে மே మే ಮೇ മേയ് മെയ് मे મે ਮਈ مئی می مايو مەي мамыр mai bealtaine maiatza maiatzaren maiatzak maig мај мая მაისი მაისს
5 մայիս մայիսի мая maji maijs geguze geguzes mei svibnja mayo maí
6 มิถุนายน জুন ஜூன் జూన్ ಜೂನ್ ജൂൺ जून જૂન ਜੂਨ جون маусым mehefin meitheamh ekaina ekainaren xuno juny juuni junijs юни јуни ივნისი
6 ივნისს հունիս հունիսի чэрвеня чэрвень qershor hunyo junie birzelio birzelis juniu iyun junya
7 กรกฎาคม জুলাই ஜூலை జులై జూలై ಜುಲೈ ജൂലൈ जुलै જુલાઈ ਜੁਲਾਈ جولائی جولای шілде gorffennaf iuil uztaila uztailaren xullo juliol juuli
7 julijs юли јули ივლისი ივლისს հուլիս հուլիսի ліпеня ліпень korrik hulyo julie liepos liepa iyul julai julija
8 สิงหาคม আগস্ট ஆகஸ்ட் ఆగస్టు ಆಗಸ್ಟ್ ഓഗസ്റ്റ് ऑगस्ट ઓગસ્ટ ਅਗਸਤ اگست тамыз awst lunasa abuztua abuztuaren august augusts август
8 აგვისტო აგვისტოს օգոստոս օգոստոսի жніўня жнівень gusht agosto augustus rugpjucio rugpjutis avgust ogos agost
9 กันยายน সেপ্টেম্বর செப்டம்பர் సెప్టెంబర్ ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ सप्टेंबर સપ્ટેમ્બર ਸਤੰਬਰ ستمبر қыркүйек iraila irailaren
9 setembro septembris септември სექტემბერი სექტემბერს սեպտեմբեր սեպտեմբերի верасня верасень shtator setyembre rugsejo rugsejis sentyabr septemba
10 ตุลาคม অক্টোবর அக்டோபர் అక్టోబర్ ಅಕ್ಟೋಬರ್ ഒക്ടോബർ ऑक्टोबर ઓક્ટોબર ਅਕਤੂਬਰ اکتوبر қазан hydref urria urriaren outubro octubre oktoobris
10 oktobris октомври ოქტომბერი ოქტომბერს հոկտեմբեր հոկտեմբերի кастрычніка кастрычнік tetor oktubre spalio spalis oktyabr oktoba oktoober
11 พฤศจิกายน নভেম্বর நவம்பர் నవంబర్ ನವೆಂಬರ್ നവംബർ नोव्हेंबर નવેમ્બર ਨਵੰਬਰ نومبر қараша tachwedd azaroa azaroaren novembris
11 ноември ნოემბერი ნოემბერს նոյեմբեր նոյեմբերի лістапада nentor nobyembre lapkricio lapkritis noyabr novemba
12 ธันวาคม ডিসেম্বর டிசம்பர் డిసెంబర్ ಡಿಸೆಂಬರ್ ഡിസംബർ डिसेंबर ડિસેમ્બર ਦਸੰਬਰ دسمبر желтоқсан rhagfyr nollaig abendua abenduaren
12 desembre decembris декември დეკემბერი დეკემბერს դեկտեմբեր դեկտեմբերի снежня снежань dhjetor disyembre gruodzio gruodis dekabr detsember desemba dekabr
1 јануара jannar ghennargiu genier januaro jannewaris ianuarii schaner genver гыйнвар faoilleach
2 februarja фебруара frar frearghiu febrier februaro febrewaris februarii favrer c'hwevrer resemi fevriye gearran
3 marzu martzu marto martii merca maris adar meurzh
4 априла aprilo abrell avrigl apryla avrel abrile ebrel giblean
5 маја mee mejju maju majo maaie maii matg maajo maija ceitean
6 junija јуна gunju junh junio zercladur iunii pusper mezheven ogmhios
7 јула lulju julhet fanadur iulii luuliyo trìulas iuchar gouere
8 awwissu augusto austu avust ogost awgusta gelawej lunastal
9 септембра settembru septimber septembro settember rezber septembri septanm cabudanni sultain gwengolo
10 октобра ottubru oktobro octobris kewcer oktobri oktob santugaine damhair
11 studenog новембра novembru novimber nowembra sermawez novembri nofembar novanm santandria
12 децембра dicembru desimber desembar decembri desanm dubhlachd kerzu
1 amajjii janaayo janairu jannaayo januwari janyuwari rebendan saus sausis sijecanj xan yanwar сту січ январ яну януари јан հնվ ינו ژانویهٔ کانوونی-دووەم
1 जाने জানু জানুৱাৰী જાન્યુ ଜାନୁଆରୀ ജനു ජනවාරි ມັງກອນ ဇန်နဝါရီ იან ጃንዋሪ មករា
2 faburairu febraayo februwari fewral guraandhala sibat vasaris veebr лют люты феб фебруар февр феврал փտվ פבר شوبات فوریهٔ فيبروري فېبروري फ़र फ़रवरी
2 फेब्रु फेब्रुअरी ফেব ফেব্ৰুৱাৰী ਫ਼ਰਵਰੀ ફેબ્રુ ଫେବୃଆରୀ பிப் ఫిబ్ర ಫೆಬ್ರ ഫെബ്രു පෙබරවාරි ກຸມພາ ဖေဖော်ဝါရီ თებ ለካቲት ፌብሩዋሪ កុម្ភៈ
3 bitootessa kovas maarso mac marec marta mashi matshi бер сак մրտ ئازار মাৰ্চ ମାର୍ଚ୍ଚ மார் മാർ මාර්තු มีค ມີນາ မတ်
3 მარ መጋቢት ማርች មីនា
4 abriil afirilu balandis eebila ephreli epreli travanj апрел квіт ապր אפר اپريل نیسان अप्रिल एप्रि এপ্রি এপ্ৰিল ଅପ୍ରେଲ ஏப் ఏప్రి ಏಪ್ರಿ ഏപ്രി
4 අප්‍රේල් เมย ເມສາ ဧပြီ აპრ ሚያዝያ ኤፕሪል មេសា
5 caamsaa gulan maayo mag mayu meyi трав մյս ئایار مئي مهٔ මැයි ພຶດສະພາ მაი ጉንበት ឧសភា
6 birz heziran iun junij juun lipanj waxabajjii yuni черв чэр јун հնս حوزەیران जुन ଜୁନ ජූනි มิย ມິຖຸນາ ဇွန် ივნ មិថុនា
7 adoolessa iul julayi julij liep luulyo srpanj srpnja tirmeh xul yuli лип ліп јул հլս تەمووز جولاءِ ژوئیهٔ जुल জুল ଜୁଲାଇ ජූලි
7 ກໍລະກົດ ဇူလိုင် ივლ ሓምለ ጁላይ កក្កដា
8 agasti agosti agust agusta augusta augusti avg avqust awgust hagayya kolovoz ogosto rugp tebax жні серп օգս אוג آگسٽ ئاب اګست अगस्ट
8 আগষ্ট ઑગસ્ટ ଅଗଷ୍ଟ අගෝස්තු ສິງຫາ ဩဂုတ် აგვ ነሓሰ ኦገስት សីហា
9 fulbaana ilon mean-fomhair medi rugs rujan satumba sebteembar sebtembar sentabr septembar septhemba szept вер сентябр сеп септембар սեպ ספט ئەیلوول سيپٽمبر سپتمبر
9 سېپتمبر सप्टें सित सेप्टेम्बर ছেপ্তেম্বৰ সেপ સપ્ટે ସେପ୍ଟେମ୍ବର செப் సెప్టెం ಸೆಪ್ಟೆಂ സെപ്റ്റം සැප්තැම්බර් ກັນຍາ စက်တင်ဘာ სექ መስከረም ሴፕቴምበር កញ្ញា
10 cotmeh deireadh-fomhair oktabr okthoba okthobha oktobar oktoobar onkoloolessa spal жовт октобар октябр հոկ אוק آڪٽوبر تشرینی-یەکەم अक्टू अक्टोबर ऑक्टो অক্টো অক্টোবৰ ઑક્ટો
10 ઑક્ટોબર ଅକ୍ଟୋବର அக் అక్టో ಅಕ್ಟೋ ഒക്ടോ ඔක්තෝබර් ຕຸລາ အောက်တိုဘာ ოქტ ኦክቶበር ጥቅምቲ តុលា
11 lapkr mijdar noofeembar novembar nuwamba sadaasa samhain studeni studenoga лист листопад листопада ліс лістапад нов новембар ное нояб ноябр նոյ נוב تشرینی-دووەم
11 नोभेम्बर नोव्हें নভে নৱেম্বৰ નવે ନଭେମ୍ବର నవం ನವೆಂ നവം නොවැම්බර් ພະຈິກ နိုဝင်ဘာ ნოე ሕዳር ኖቬምበር វិច្ឆិកា
12 berfanbar decembar decembro dets disamba diseembar disemba disember gruod mudde prosinac груд декабр дец децембар դեկ דצמ ڊسمبر کانونی-یەکەم डिसें डिसेम्बर दिस
12 ডিচেম্বৰ ডিসে ડિસે ଡିସେମ୍ବର டிச డిసెం ಡಿಸೆಂ ഡിസം දෙසැම්බර් ທັນວາ ဒီဇင်ဘာ დეკ ታሕሳስ ዲሴምበር ធ្នូ
1 chinero faoilleach fhaoilleach ferikgong genier genver ghennargiu ghjennaghju ianuali januarii januarius janeru jannar jannewaris janoary januaar januaro januwale janwaliyo jasytei
1 jenaro jenuwari mutarama ndira nzero oddajagemannu pherekgong schaner styczyn sunguti xineru zenar bhimbidvwane гыйнвар кӑрлач тохсунньу январы јанвар יאנואר جنؤری يانۋار osu-sere viz-genver urtarrilaren
1 كانون-التاني کانوونی-دووەمی rebendana
2 favrer febereware febraro febreru febrewaris febrier febroary februaar februaro febuluwale febwaliyo ferraghju fevrar frar freargiu gashyantare ghearran gearran guovvamannu hlakola
2 indlovana kukadzi pepeluali ruhuhuma tlhakole нарӑс олунньу февралы פעברואר فرؤری فېۋرال osu-erele hwevrer cʼhwevrer viz-cʼhwevrer otsailaren شوباتی sibata फेब्रूवारी
3 hlakubele maachi malichi marzu martsa martzu matshe meurzh viz-meurzh mhart mopitlo njukcamannu ntwarante werurwe мартъийы מערץ مارت osu-erena ئازاری adara
4 abrell abrile aprilo aprily avrigl ebrel viz-ebrel epreel epulo giblean ghiblean kubvumbi mmesa moranang ndamukiza cuoŋomannu апрелы ئاپرېل osu-igbe نیسانی nisana
5 ceitean cheitean chivabvu gicurasi inkhwekhweti maaie maayi maghju mejju meje miessemannu motsheanong motsheganang rusama viz-mae майы מיי osu-ebibi ሜይ ئایاری gulana
6 chikumi chunyo czyrwca geassemannu ghjugnu gunju inhlaba junh kamena mezheven viz-mezheven ogmhios phupjane ruheshi seetebosigo xunu zercladur июны ијун ҫӗртме ئىيۇن osu-okudu ጁን حوزەیرانی hezirana
7 chikunguru chuliol fanadur gouere viz-gouere iuchar julaayi julhet kholwane lugliu lulju mukakaro phukwi suoidnemannu triulas xunetu июлы ијул ئىيۇل osu-agemo تەمووزی tirmeha
8 agostu aostu auguscht aukake avost avust awwissu borgemannu eost viz-eost ingci kanama lunastal nyamavhuvhu nyandagaro ogasiti ogoost phatwe siyrpnia августы ҫурла אויגוסט ئاۋغۇست osu-ogun ئابی tebaxa
9 cabudanni cakcamannu gunyana gwengolo viz-gwengolo inyoni lwetse mean-fhomhair nzeri sebuttemba septamber septambra septembro septimber seputemba setembar setenbre settembru sittembre t-sultain sultain сентябры авӑн סעפטעמבער سېنتەبىر सितम्बर osu-owewe ئەیلوولی ilona
10 damhair diphalane gitugutu golggotmannu gumiguru mphalane ochobre okitobba oktobro okutoba ottubru otubar santugaine ukwakira viz-here октябры алтынньы אקטאבער ئۆكتەبىر अक्तूबर osu-owara تشرینی-یەکەمی تشرين-الأول cotmeha
11 lweti mbudzi munyonyo ngwanatsele novambra novembru novenbre novimber nuvembre payares pudungwana samhuinn t-samhain santandria skabmamannu ugushyingo viz-du ноябры сэтинньи נאוועמבער نويابىر नवम्बर osu-belu تشرینی-دووەمی تشرين-التاني mijdara
12 avientu decembro desambra desimber dezamber dezenbre dicembar dicembru dubhlachd grudziyn ingongoni juovlamannu kerzu viz-kerzu kigarama sedimonthole tshitwe ukuboza zvita декабры ахсынньы דעצעמבער دېكابىر दिसम्बर osu-ope کانوونی-یەکەمی کانونی-یەکەمی berfanbara
"""


def normal(text: str) -> str:
    """Return a text as the words here are spelled: compatibility forms unified, casefolded, without accents."""
    return unaccented(unicodedata.normalize("NFKC", text).casefold()).strip()


MONTHS: dict[str, int] = {
    word: int(number)
    for number, *words in map(str.split, without_invisible(normal(_MONTHS)).splitlines())
    for word in words
}
# Short forms, and names that are words besides: a month only between a day and a year ("3 Here 2026", "14 pro 2026").
_BETWEEN = """
1 ean ion jen sij yan қаң 2 chw chwef feabh peb shk few ақп ਫ਼ਰ 3 kurume ozu нау maw 4 aib ebr epr pri кра сәу ਅਪ੍ਰੈ 5 beal mee mej svi мам mae 6 lampadas iyn meh meith qer
7 gorff iyl korr шіл lip ਜੁਲਾ 8 aga avq awg gush kol lun ogo ogs там 9 mfomh ruj sht қыр ਸਤੰ 10 dfomh hyd tet кас қаз here ਅਕਤੂ 11 nen nob noy samh stu tach ноя қар du ਨਵੰ
12 nadale dek dhj dis noll pro rhag жел сне ਦਸੰ 3 fawrth 6 fehefin 7 orffennaf 9 fedi 11 dachwedd 12 ragfyr
"""

# "listopad" is October in Croatian and November in Polish and Czech: left to the more widely read. `crawler.dates.named`
# reads "3. listopada", with the full stop that Poles do not write, as Croatian.
MONTHS["listopad"] = MONTHS["lis"] = 11

BETWEEN: dict[str, int] = {}
for _word in normal(_BETWEEN).split():
    if _word.isdecimal():
        _number = int(_word)
    elif _word not in MONTHS:
        BETWEEN[_word] = _number

# A word of a span -> its length in minutes.
SPANS: dict[str, int] = {
    word: minutes
    for minutes, words in (
        (
            1,
            "minute minutes min mins minuten minuto minutos minuti minuut minuter minutt minutter minutter minut"
            " minuty minuta minutami minutach minuuttia perce deqiqe"
            " dakika dk минут минуты минуту мин хвилин דקות دقيقة دقائق 分 分钟 分鐘 분 menit phut lepta λεπτα मिनट",
        ),
        (
            60,
            "hour hours hr hrs h stunde stunden std heure heures hora horas ora ore uur uren timme timmar time"
            " timer godzina"
            " godziny godzin godzinami hodinami hodin hodiny tuntia tunti oraja sata saati klukkustundum saat час часа часов годин שעות ساعة ساعات 小时 小時 時間 시간 jam gio ωρες घंटे",
        ),
        (
            1440,
            "day days d tag tage tagen jour jours dia dias giorno giorni dag dagen dagar dage dager dzien dni dniami dnu dny paivaa napja zile gun"
            " день дня дней днів ימים يوم ايام 天 日 일 hari ngay ημερες दिन",
        ),
        (
            10080,
            "week weeks wk woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor"
            " uge uger uke"
            " uker tydzien tygodnie hafta неделю недели недель שבועות اسبوع اسابيع 周 週間 주 minggu tuan",
        ),
    )
    for word in words.split()
}

# Words that turn "2 hours" into a moment past; before or after the number.
AGO = frozenset(
    "ago vor przed pred prije acum sitten ezelott zpet il hace ha fa atras geleden sedan siden temu once назад тому לפני منذ قبل 前 전 lalu truoc πριν पहले"
    " since".split()
)
YESTERDAY = frozenset(
    "yesterday gestern hier ayer ieri ontem gisteren igar wczoraj dun вчера вчора אתמול امس 昨天 昨日 어제 kemarin".split()
)
TODAY = frozenset(
    "today heute aujourdhui hoy oggi hoje vandaag idag dzisiaj dzis bugun сегодня сьогодні היום اليوم 今天 今日 오늘".split()
)
