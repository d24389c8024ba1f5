"""Lines as people type them, in languages of Latin, Greek and Cyrillic letters: a text, what finds it, what does not.

The lines of a text are parted by " ¦ ".
"""

Rows = tuple[tuple[str, str, str], ...]

LINES: dict[str, Rows] = {
    "en": (
        (
            "The C++ and C# teams met the .NET group.",
            'C++ ¦ c++ teams ¦ C# ¦ .NET ¦ net group ¦ "C++" ¦ C++ .NET',
            'C ¦ "C"',
        ),
        (
            "CO₂ and PM2.5 fell; vitamin B12 and H5N1 at 9:15am or 8pm, 20 p.m.; Opus 27, K. 331.",
            "CO2 ¦ PM 2.5 ¦ PM2.5 ¦ pm₂.₅ ¦ vitamin B 12 ¦ vitamin b-12 ¦ B12 ¦ H5N1 ¦ 9:15 am ¦ 9:15 a.m. ¦ 9.15am"
            " ¦ 8p.m. ¦ 8 p.m. ¦ 8 PM ¦ 8pm ¦ 20p.m. ¦ vitamin%20B12 ¦ CO%E2%82%82 ¦ K 331",
            "PM 2.6 ¦ B 13 ¦ 9:16 am ¦ 9p.m. ¦ 27 2 ¦ K331",
        ),
        (
            "Not in my name, they said of the harbour: 50%50 is a line of its own.",
            "NOT in my name ¦ harbour NOT the ¦ NOT In My Name ¦ 50%50 ¦ harbour%2C name ¦ %22in my name%22"
            " ¦ harbour NOT zebra ¦ NOT IN MY NAME",
            "harbour NOT name ¦ NOT harbour ¦ harbour -in ¦ in%20name harbours%20zebra",
        ),
        (
            "AC/DC play the O2 arena in N.Y.C. tonight.",
            'AC/DC ¦ ac dc ¦ AC / DC ¦ "AC/DC" ¦ O2 arena ¦ NYC ¦ N.Y.C. ¦ n.y.c tonight ¦ N. Y. C.',
            "acid",
        ),
        (
            "Spending on R&D rose; P&L and AT&T next.",
            'R&D ¦ r & d ¦ R&amp;D ¦ AT&T ¦ "R&D" ¦ P&L ¦ P & L ¦ AT&#38;T',
            "RD",
        ),
        (
            "The #MeToo march, led by @jane_doe of 5th Avenue.",
            '#MeToo ¦ metoo ¦ #metoo march ¦ @jane_doe ¦ jane_doe ¦ jane doe ¦ 5th avenue ¦ "#MeToo"',
            "me too",
        ),
        (
            "Open 24/7 since 9/11, on the 1st and 2nd of June.",
            '24/7 ¦ "24/7" ¦ open 24/7 ¦ 9/11 ¦ since 9/11 ¦ 1st ¦ 2nd of june ¦ 1st and 2nd ¦ 9-11 ¦ 9.11',
            '7/24 ¦ "11/9"',
        ),
        (
            "Louis XIV and the XIVth regiment; Rocky IV.",
            "Louis XIV ¦ louis xiv ¦ XIVth ¦ rocky iv ¦ Louis Ⅹⅳ ¦ Rocky Ⅳ",
            "XV ¦ Louis XI",
        ),
        (
            "Add ½ cup of milk and 1½ spoons of flour.",
            "½ cup ¦ 1½ ¦ ½ ¦ 1½ spoons ¦ 1/2 cup ¦ 1⁄2 cup",
            "¼ cup",
        ),
        (
            "The ﬁrst oﬃce ﬂoor had naïve café signs — a “ﬁne” one.",
            'first office floor ¦ first ¦ office ¦ ﬁrst ¦ naive cafe ¦ naïve ¦ café ¦ "fine" ¦ ‘fine’ ¦ cafe\u0301',
            "fist",
        ),
        (
            "Ｔｏｋｙｏ traders bought １２３ shares.",
            'tokyo ¦ Ｔｏｋｙｏ ¦ 123 shares ¦ １２３ ¦ "tokyo traders"',
            "124 shares",
        ),
        (
            "Call +44 20 7946 0958 or (020) 7946-0958, e-mail press@herald.example today.",
            '+44 20 7946 0958 ¦ 020 7946 0958 ¦ (020) 7946-0958 ¦ "7946 0958" ¦ press@herald.example'
            " ¦ herald.example ¦ 7946-0958",
            '"0958 7946"',
        ),
        (
            "The book, ISBN 978-3-16-148410-0, costs £12.99.",
            "978-3-16-148410-0 ¦ ISBN 978-3-16-148410-0 ¦ ISBN 9783161484100 ¦ 9783161484100 ¦ £12.99 ¦ 12.99"
            " ¦ isbn:978-3-16-148410-0",
            "ISBN 978-3-16-148410-1 ¦ 12.98",
        ),
        (
            "By J. R. R. Tolkien and J.K. Rowling, with George W. Bush.",
            "J. R. R. Tolkien ¦ j r r tolkien ¦ J.R.R. Tolkien ¦ JRR Tolkien ¦ Tolkien, J.R.R. ¦ J.K. Rowling"
            ' ¦ JK Rowling ¦ J. K. Rowling ¦ George W Bush ¦ george w. bush ¦ "J. R. R. Tolkien"',
            "JRK ¦ J.W. Bush ¦ RJ Tolkien",
        ),
        (
            "The U.S. and the U.K. signed; the U.N. and US-led NATO came.",
            'U.S. ¦ US signed ¦ "U.S." ¦ U.K. ¦ UK signed ¦ the UK ¦ UN nato ¦ U.N. ¦ us-led ¦ U.S.-led ¦ U. S. ¦ U S',
            "USA ¦ USSR ¦ U.S.A.",
        ),
        (
            "Mr. O'Neill's don't-care rock 'n' roll in the '90s.",
            "O'Neill ¦ oneill ¦ O’Neill’s ¦ don't ¦ rock 'n' roll ¦ rock n roll ¦ '90s ¦ 90s ¦ \"rock ’n’ roll\"",
            '"90"',
        ),
        (
            "A run of 12 km; a load of 5kg at 30 °C, up 5% to €100.",
            "12km ¦ 12 km ¦ 12-km ¦ 5 kg ¦ 5kg ¦ 30°C ¦ 30 °C ¦ 30℃ ¦ 5% ¦ 5 % ¦ €100 ¦ 100€ ¦ 100 € ¦ 12km run"
            " ¦ run 12 km 5 kg ¦ 12km OR 13km ¦ title:13km OR body:12km ¦ 12KM",
            '13km ¦ 12 kg ¦ 12kg ¦ -12km ¦ "12km" ¦ title:12km',
        ),
        (
            "The flat has 45 m², the field 3km², for $2.5bn or 1.5m people.",
            "45m² ¦ 45 m² ¦ 45m2 ¦ 45 m2 ¦ 3 km² ¦ 3km2 ¦ 3 km2 ¦ $2.5bn ¦ 2.5 bn ¦ $2.5 bn ¦ 1.5m ¦ 1.5 m people",
            "46m² ¦ 2.6bn ¦ 6bn people",
        ),
        (
            "Some 3,500 men and 1 250 000 women, 10,000-strong, paid 7,250.50.",
            "3500 ¦ 3,500 ¦ 3.500 ¦ 3 500 ¦ 1250000 ¦ 1,250,000 ¦ 1 250 000 ¦ 10000-strong ¦ 10,000 ¦ 10 000 strong"
            ' ¦ "3,500 men" ¦ 7250 ¦ 7250.50 ¦ 7,250 ¦ 7.250,50 ¦ 3500 men',
            "3501 ¦ 350 ¦ 7250.51 ¦ 35 00",
        ),
        (
            "Rs 1,50,000 crore in the 2G and 5G case of 2011-12, 3g of salt.",
            '1,50,000 ¦ 150000 ¦ 1,50,000 crore ¦ 2G ¦ 5g case ¦ 2011-12 ¦ 2011–12 ¦ "2011-12" ¦ 150000 crore',
            "15000 ¦ 4G",
        ),
        (
            "Covid-19: the SARS-CoV-2 B.1.1.7 variant, H5N1 and mp3 players, Olympics 2024.",
            "covid19 ¦ covid 19 ¦ COVID-19 ¦ sars-cov-2 ¦ sars cov 2 ¦ B.1.1.7 ¦ h5n1 ¦ H5N1 ¦ mp3 ¦ MP3 players"
            " ¦ Covid‑19 ¦ #Olympics2024 ¦ olympics 2024",
            "h5n2 ¦ covid20 ¦ olympics2020",
        ),
        (
            "Windows 11 and the iPhone15 meet Boeing 737-800 and F-16s.",
            "windows11 ¦ windows 11 ¦ iphone 15 ¦ iphone15 ¦ 737-800 ¦ boeing 737 ¦ F-16 ¦ F16 ¦ f16s ¦ f-16s",
            "F-15 ¦ windows 10 ¦ windows15",
        ),
        (
            "He said: «Bonjour» and „Hallo“ and ‚so‘.",
            '"bonjour" ¦ «bonjour» ¦ „hallo“ ¦ “hallo” ¦ ‚so‘ ¦ ‹bonjour› ¦ "so ¦ \'hallo\' ¦ ＂hallo＂',
            '"hallo bonjour"',
        ),
        (
            "Police 🚓 and fire 🔥 crews; rating ★★★★☆ (4/5).",
            "police 🚓 ¦ fire🔥 ¦ 🔥 fire ¦ ★ rating ¦ 4/5 ¦ rating 4/5",
            "🚓 ¦ 5/4",
        ),
        (
            "Read more at https://www.herald.example/news/2024/flood-walls?id=7#top now.",
            "https://www.herald.example/news/2024/flood-walls?id=7#top ¦ herald.example/news ¦ www.herald.example"
            " ¦ flood-walls ¦ flood walls ¦ www.herald.example/news/2024/flood-walls?id=7",
            "wall-floods",
        ),
        (
            "Under § 12 and Art. 5(2) of Reg. (EU) 2016/679, s. 4(1)(a), note¹ and Berlin³.",
            '§ 12 ¦ §12 ¦ art. 5 ¦ Art 5(2) ¦ 2016/679 ¦ reg 2016/679 ¦ (EU) 2016/679 ¦ s. 4(1)(a) ¦ "Art. 5(2)"'
            ' ¦ note ¦ berlin ¦ note¹ ¦ "and Berlin"',
            "§ 13 ¦ berlin3",
        ),
        (
            "Flood barrier wins prize as council backs the harbour plan.",
            "flood +barrier ¦ +flood +barrier ¦ flood && barrier ¦ flood AND barrier ¦ flood & barrier ¦ flood, barrier"
            " ¦ flood; barrier! ¦ (flood) (barrier) ¦ flood/barrier ¦ flood.barrier ¦ intext:flood"
            " ¦ allintext:flood barrier ¦ flood AROUND(3) prize ¦ flood AROUND (3) prize ¦ flood NEAR barrier"
            " ¦ flood W/3 prize ¦ flood -storm ¦ flood NOT storm ¦ \"flood barrier\" prize ¦ 'flood barrier'"
            ' ¦ ‘flood barrier’ ¦ “flood barrier ¦ flood barrier" ¦ flood* ¦ FLOOD BARRIER ¦ barrier~'
            " ¦ the flood barrier ¦ flood OR storm ¦ flood | storm ¦ harbor~ plan",
            'flood -prize ¦ flood NOT barrier ¦ "barrier flood" ¦ storm ¦ flood AND storm ¦ allintitle:flood barrier'
            " ¦ flood AROUND(1) plan",
        ),
        (
            "Meet at 8.30pm or 20:30 on 12/03/2024, Room 4B.",
            '8.30pm ¦ 8.30 pm ¦ 20:30 ¦ 12/03/2024 ¦ room 4B ¦ 4b ¦ "20:30" ¦ 12.03.2024',
            "8.31pm ¦ 30:20",
        ),
        (
            "Mrs D'Souza of Coeur d'Alene and Smith-Jones Jr.",
            "dsouza ¦ D'Souza ¦ D’Souza ¦ d souza ¦ coeur d'alene ¦ coeur dalene ¦ smith jones ¦ smithjones jr",
            "jones-smith",
        ),
        (
            "A well-known, state-of-the-art co-operative e-book.",
            "well known ¦ wellknown ¦ state of the art ¦ state-of-the-art ¦ cooperative ¦ co-operative ¦ ebook ¦ e-book"
            " ¦ e book ¦ ebooks",
            "art of the state -well",
        ),
    ),
    "de": (
        (
            "Der Bußgeldkatalog der Straße in Köln gilt für Fußgänger.",
            "bussgeldkatalog ¦ BUSSGELDKATALOG ¦ strasse ¦ STRASSE ¦ STRAẞE ¦ koeln ¦ köln ¦ koln ¦ fussgaenger",
            "kohl",
        ),
        (
            "Nach § 12 Abs. 3 BGB und Art. 5 GG zahlt er 3.500,50 €.",
            "§ 12 ¦ §12 ¦ § 12 Abs. 3 BGB ¦ §12 BGB ¦ Art. 5 GG ¦ 3.500,50 ¦ 3500,50 ¦ 3.500,50€ ¦ 3500 ¦ 3500,50 €",
            "§ 13 BGB ¦ 3500,51",
        ),
        (
            "Der 60-jährige Müller-Lüdenscheidt fährt 12 km zur U-Bahn.",
            "60jährige ¦ 60 jährige ¦ 60-jährige ¦ 60-jähriger ¦ mueller-luedenscheidt ¦ Müller Lüdenscheidt ¦ 12km"
            " ¦ ubahn ¦ u bahn ¦ U-Bahn",
            "61-jährige",
        ),
        (
            "Um 20 Uhr beginnt das 1:1 gegen St. Pauli im Jahr '74, z. B. hier, d. h. 100%ige.",
            "20 uhr ¦ 20Uhr ¦ 1:1 ¦ st. pauli ¦ st pauli ¦ '74 ¦ „st. pauli“ ¦ z.B. ¦ z. B. ¦ zB hier ¦ d.h. ¦ 100%ige",
            "2:1 ¦ 21Uhr",
        ),
    ),
    "fr": (
        (
            "L’inondation d’Évreux : 20 h 30, 1 500 € et 3,5 %.",
            "inondation ¦ l'inondation ¦ evreux ¦ d'Évreux ¦ 20h30 ¦ 20 h 30 ¦ 1500 ¦ 1 500 ¦ 1500€ ¦ 1\u202f500 €"
            " ¦ 3,5% ¦ 3,5 % ¦ 20h",
            "21h30 ¦ 1501",
        ),
        (
            "Le n° 12, l’article L. 121-1, le cœur et l’œuvre d’Œdipe.",
            "n°12 ¦ n° 12 ¦ article L. 121-1 ¦ L.121-1 ¦ coeur ¦ cœur ¦ oeuvre ¦ œuvre ¦ oedipe ¦ COEUR",
            "L. 121-2",
        ),
        (
            "L’article L131-1 à 20h30, puis R. 42-7 à 7 h 05.",
            "L. 131-1 ¦ L.131-1 ¦ L131-1 ¦ 20 h 30 ¦ 20h30 ¦ R42-7 ¦ R. 42-7 ¦ 7h05 ¦ 7 h 05",
            "L. 131-2 ¦ 20 h 31 ¦ R42-8",
        ),
        (
            "Aujourd’hui, Jean-Luc M’Bappé a-t-il parlé à Saint-Denis ?",
            "aujourd'hui ¦ aujourdhui ¦ mbappe ¦ M'Bappé ¦ jean luc ¦ jean-luc ¦ a-t-il parlé ¦ saint denis"
            " ¦ saint-denis ? ¦ « saint-denis »",
            "denis-saint",
        ),
    ),
    "es": (
        (
            "El niño de 12 años cumplió 3.500 días en España.",
            "nino ¦ niño ¦ anos ¦ años ¦ 3500 ¦ 3.500 ¦ 3 500 ¦ espana ¦ ESPAÑA ¦ ¿niño? ¦ ¡España! ¦ 12 años",
            "13 años",
        ),
        (
            "La EE. UU. y la ONU: 1.º de mayo, 2.ª vez, n.º 5 y Pérez-Reverte.",
            "EE. UU. ¦ EE.UU. ¦ ee uu ¦ 1º de mayo ¦ 1.º de mayo ¦ 2ª vez ¦ 2.ª vez ¦ nº 5 ¦ n.º 5 ¦ perez reverte",
            "3ª vez",
        ),
        (
            "EEUU y las FF. AA., nº5 y la gripe; los JJ.OO. y CCOO en el siglo XX.",
            "EE.UU. ¦ EE. UU. ¦ EE UU ¦ eeuu ¦ FFAA ¦ FF.AA. ¦ FF AA gripe ¦ nº5 ¦ JJOO ¦ JJ. OO. ¦ CC.OO. ¦ cc oo",
            "CCEE ¦ nº6 ¦ XXII",
        ),
    ),
    "it": (
        (
            "La città dell’Aquila e l’università: perché c’è un’altra diga alle ore 18.30?",
            "citta ¦ città ¦ citta' ¦ aquila ¦ dell'aquila ¦ l'universita ¦ perche ¦ perché ¦ c'è ¦ diga ¦ 18:30",
            "18.31",
        ),
    ),
    "pt": (
        (
            "São Paulo: as eleições e a ação da polícia às 20h; R$ 2,50 na 2.ª feira.",
            "sao paulo ¦ São Paulo ¦ eleicoes ¦ eleição ¦ eleicao ¦ acao ¦ policia ¦ às 20h ¦ 20 h ¦ R$2,50 ¦ 2ª feira",
            "3ª feira ¦ 21h",
        ),
    ),
    "nl": (
        (
            "Zo'n ’s-Hertogenbosch: zes foto’s, het café, de reünie en ĳs.",
            "zo'n ¦ 's-hertogenbosch ¦ s hertogenbosch ¦ foto's ¦ cafe ¦ reunie ¦ ijs ¦ ĳs",
            "ons",
        ),
    ),
    "sv": (
        (
            "Åke köpte 3 500 kr i Göteborg, 5:e gången, kl. 18.",
            "ake ¦ 3500 kr ¦ 3500 ¦ 3 500 kr ¦ 3500kr ¦ goteborg ¦ Goeteborg ¦ 5:e ¦ kl 18 ¦ kl. 18",
            "3600kr",
        ),
    ),
    "da": (
        (
            "Ærø og Århus: smørrebrød på Østerbro.",
            "aeroe ¦ Ærø ¦ aarhus ¦ Århus ¦ arhus ¦ smorrebrod ¦ smørrebrød ¦ smoerrebroed ¦ osterbro",
            "odense",
        ),
    ),
    "pl": (
        (
            "Łódź: 3 500 zł, ul. Świętego Józefa, r. 1989, 5 mln.",
            "lodz ¦ Łódź ¦ 3500 ¦ 3500zł ¦ 3 500 zl ¦ swietego jozefa ¦ ul. Świętego ¦ 5mln ¦ 5 mln",
            "6mln",
        ),
    ),
    "cs": (
        ("Příliš žluťoučký kůň v Plzni, 5. května 1945.", "prilis zlutoucky kun ¦ kůň ¦ plzni ¦ 5.května", "6.května"),
    ),
    "tr": (
        (
            "Işık İstanbul'da kapandı; ILICA ve iğne 3.500 TL.",
            "isik ¦ ışık ¦ IŞIK ¦ istanbul ¦ ISTANBUL ¦ İSTANBUL'DA ¦ istanbulda ¦ ilica ¦ ılıca ¦ igne ¦ 3500TL",
            "ankara",
        ),
    ),
    "ru": (
        (
            "Ёлка и съёмка в Москве: 3 500 руб., 12 км, №5, 1990-е годы.",
            "елка ¦ ЁЛКА ¦ съемка ¦ в Москве ¦ 3500 ¦ 3500 руб ¦ 3 500 руб. ¦ 12км ¦ 12 км ¦ №5 ¦ № 5 ¦ 1990-е",
            "№ 6 ¦ 13км",
        ),
        (
            "Санкт-Петербург, А. С. Пушкин и Л.Н. Толстой.",
            "санкт петербург ¦ А. С. Пушкин ¦ А.С. Пушкин ¦ АС Пушкин ¦ Л. Н. Толстой ¦ Л.Н. Толстой ¦ ЛН Толстой"
            " ¦ пушкин а.с. ¦ «санкт-петербург»",
            "А.Н. Пушкин",
        ),
    ),
    "uk": (
        (
            "Об’єднання в Києві: п'ять ґанків і м’яч.",
            "об'єднання ¦ обєднання ¦ києві ¦ п'ять ¦ п’ять ¦ ганків ¦ ґанків ¦ мяч",
            "львів",
        ),
    ),
    "el": (
        (
            "Η Αθήνα και ο Όμηρος: ΦΏΣ, λόγος του Οδυσσέα.",
            "αθηνα ¦ Αθήνα ¦ ΑΘΗΝΑ ¦ ομηρος ¦ φως ¦ ΦΩΣ ¦ λογοσ ¦ ΛΟΓΟΣ ¦ οδυσσεα",
            "σπάρτη",
        ),
    ),
    "hy": (("Հայաստանի Հանրապետություն և Երևան։", "հայաստանի ¦ երևան ¦ ԵՐԵՎԱՆ ¦ երեւան", "բաքու"),),
    "ka": (("საქართველოს მთავრობა თბილისში.", "საქართველოს ¦ თბილისში ¦ ᲗᲑᲘᲚᲘᲡᲨᲘ", "ბათუმი"),),
}
