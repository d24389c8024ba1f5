"""Words of printed dates: the names of the months, and of the spans that "ago" counts, in many languages.

Words are casefolded and stand without accents (`corpus.names.unaccented`); full stops of short forms are dropped.
"""

# ruff: noqa: E501 - lists of words, one line a kind or a language

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
"""

MONTHS: dict[str, int] = {
    word: int(number) for number, *words in (line.split() for line in _MONTHS.strip().splitlines()) for word in words
}
# "listopad" is October in Croatian and November in Polish and Czech: left to the more widely read.
MONTHS["listopad"] = MONTHS["lis"] = 11

# A word of a span -> its length in minutes.
SPANS: dict[str, int] = {
    word: minutes
    for minutes, words in (
        (
            1,
            "minute minutes min mins minuten minuto minutos minuti minuut minuter minutt minutter minutter minut"
            " minuty minuta"
            " dakika dk минут минуты минуту мин хвилин דקות دقيقة دقائق 分 分钟 分鐘 분 menit phut lepta λεπτα मिनट",
        ),
        (
            60,
            "hour hours hr hrs h stunde stunden std heure heures hora horas ora ore uur uren timme timmar time"
            " timer godzina"
            " godziny godzin saat час часа часов годин שעות ساعة ساعات 小时 小時 時間 시간 jam gio ωρες घंटे",
        ),
        (
            1440,
            "day days d tag tage tagen jour jours dia dias giorno giorni dag dagen dagar dage dager dzien dni gun"
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
    "ago vor il hace ha fa atras geleden sedan siden temu once назад тому לפני منذ قبل 前 전 lalu truoc πριν पहले"
    " since".split()
)
YESTERDAY = frozenset(
    "yesterday gestern hier ayer ieri ontem gisteren igar wczoraj dun вчера вчора אתמול امس 昨天 昨日 어제 kemarin".split()
)
TODAY = frozenset(
    "today heute aujourdhui hoy oggi hoje vandaag idag dzisiaj dzis bugun сегодня сьогодні היום اليوم 今天 今日 오늘".split()
)

# Zones by the letters newspapers print; minutes east of UTC. IST is India's: by far the most print it.
ZONES: dict[str, int] = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60, "west": 60, "cest": 120, "mesz": 120, "eet": 120,
    "sast": 120, "eest": 180, "msk": 180, "gst": 240, "pkt": 300, "ist": 330, "wib": 420, "sgt": 480, "hkt": 480,
    "awst": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "brt": -180, "art": -180,
    "ast": -240, "edt": -240, "et": -300, "est": -300, "cdt": -300, "ct": -360, "cst": -360, "mdt": -360, "mst": -420,
    "mt": -420, "pdt": -420, "pst": -480, "pt": -480,
}  # fmt: skip
