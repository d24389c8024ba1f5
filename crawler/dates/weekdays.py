"""Words of dates and bylines: the names of the days of the week, in many languages.

Words are casefolded and stand without accents, as those of `crawler.dates.months`. Days that are above all people's
names are left out: "Anna" is Friday in Turkmen, "Juma" in Uzbek.
"""

# ruff: noqa: E501 - lists of words, a line for some languages

from crawler.dates.months import normal

_LONG = """
sunday monday tuesday wednesday thursday friday saturday sonntag montag dienstag mittwoch donnerstag freitag samstag sonnabend
lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi
venerdi sabato domenica segunda-feira terca-feira quarta-feira quinta-feira sexta-feira dilluns dimarts dimecres dijous divendres dissabte
diumenge luns mercores xoves venres duminica luni marti miercuri joi vineri sambata
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag tisdag onsdag torsdag fredag lordag sondag tysdag laurdag
manudagur thridjudagur midvikudagur fimmtudagur fostudagur laugardagur sunnudagur manadagur tysdagur mikudagur hosdagur friggjadagur
leygardagur maandei moandei tiisdei woansdei tongersdei freed sneon snein sonndeg meindeg denschdeg mettwoch donneschdeg freideg samschdeg
vrydag saterdag poniedzialek wtorek sroda czwartek piatek sobota niedziela pondeli utery streda ctvrtek patek nedele pondelok utorok
stvrtok piatok nedela ponedeljek torek sreda cetrtek petek nedelja ponedjeljak ponedeljak utorak srijeda cetvrtak petak subota nedjelja
понедељак уторак среда четвртак петак субота недеља понеделник вторник четврток петок сабота недела сряда четвъртък петък събота неделя
понедельник четверг пятница суббота воскресенье понеділок вівторок середа четвер п'ятниця пʼятниця неділя панядзелак аўторак серада
чацвер пятніца нядзеля pirmadienis antradienis treciadienis ketvirtadienis penktadienis sestadienis sekmadienis pirmdiena otrdiena
tresdiena ceturtdiena piektdiena sestdiena svetdiena vasarnap hetfo kedd szerda csutortok pentek szombat
maanantai maanantaina tiistai tiistaina keskiviikko keskiviikkona torstai torstaina perjantai perjantaina lauantai lauantaina sunnuntai
sunnuntaina esmaspaev teisipaev kolmapaev neljapaev reede laupaev puhapaev astelehena asteartea asteazkena osteguna ostirala larunbata
igandea δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη pazartesi sali carsamba persembe cuma cumartesi pazar
bazar cərsənbə cumə sənbə yakshanba dushanba seshanba chorshanba payshanba shanba дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі
дүйшөмбү шейшемби шаршемби бейшемби жума ишемби жекшемби даваа мягмар лхагва пүрэв баасан бямба ням душанбе сешанбе чоршанбе панҷшанбе
երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ կիրակի ორშაბათი სამშაბათი ოთხშაბათი ხუთშაბათი პარასკევი შაბათი კვირა
deardaoin dihaoine disathairne didomhnaich diluain dimairt diciadain diardaoin il-ħadd it-tnejn it-tlieta l-erbgħa il-ħamis il-gimgħa is-sibt
الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت یکشنبه دوشنبه چهارشنبه پنجشنبه جمعه شنبه منگل بدھ جمعرات جمعہ ہفتہ اتوار
रविवार सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार मंगळवार आइतबार सोमबार मङ्गलबार बुधबार बिहिबार शुक्रबार शनिबार
রবিবার সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার ஞாயிறு திங்கள் செவ்வாய் புதன் வியாழன் வெள்ளி சனி ఆదివారం సోమవారం మంగళవారం బుధవారం గురువారం
శుక్రవారం శనివారం ಭಾನುವಾರ ಸೋಮವಾರ ಮಂಗಳವಾರ ಬುಧವಾರ ಗುರುವಾರ ಶುಕ್ರವಾರ ಶನಿವಾರ રવિવાર સોમવાર મંગળવાર બુધવાર ગુરુવાર શુક્રવાર શનિવાર
ਐਤਵਾਰ ਸੋਮਵਾਰ ਮੰਗਲਵਾਰ ਬੁੱਧਵਾਰ ਵੀਰਵਾਰ ਸ਼ੁੱਕਰਵਾਰ ਸ਼ਨਿੱਚਰਵਾਰ ඉරිදා සඳුදා අඟහරුවාදා බදාදා සිකුරාදා සෙනසුරාදා እሑድ ማክሰኞ ረቡዕ ሐሙስ ዓርብ ቅዳሜ
minggu senin selasa rabu kamis jumat sabtu ahad isnin khamis jumaat linggo miyerkules huwebes biyernes jumapili jumatatu jumanne jumatano
alhamisi ijumaa jumamosi lahadi litinin talata laraba alhamis asabar axad isniin talaado arbaco khamiis jimco sabti
"""
_SHORT = "mon tue tues wed thu thur thurs fri sat sun"

# Shorter still, beside a date alone: most are words too.
_SHORTEST = """mo di mi do fr sa so mond dien mitt donn frei sams sonn lun mar mer jeu ven sam dim mie jue vie sab dom gio seg ter qua qui sex
maan din woe don vri zat zon man tir ons tor lor son tis fre pon wto sro czw pia sob nie nd wt sr cz pt ma wo vr za zo lu je ve
пн вт ср чт пт сб вс нд pzt car per cum cmt paz"""

WEEKDAYS = frozenset(normal(f"{_LONG} {_SHORT}").split())
SHORT_WEEKDAYS = frozenset(_SHORT.split())
DAYS_BESIDE_A_DATE = WEEKDAYS | frozenset(normal(_SHORTEST).split())
