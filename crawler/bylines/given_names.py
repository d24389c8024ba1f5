"""Common given names, by which a person's own site is known from a company's: "Gary Marcus" on garymarcus.example.

Names are folded. The list is far from complete: a missing name is no evidence against a person. A name that is a word
besides ("hope", "victory") is left out where it would open other lines.
"""

GIVEN_NAMES = frozenset(
    """aaron abay abdirahman abdoulaye abdul abdullah abdullahi abena abigail abiodun abubakar achieng adaeze adam
    adebayo adebola adedayo adekunle adel adelina ademola adeola adewale adina adomas adrian adriana aengus agalar
    agata agim agne agnes agnieszka agron agung agus ahmad ahmed ahmet aiala aigars ailbhe aina ainara ainhoa aino
    aisha aisling aissata aiste aitor aivar akiko akos akosua akua alain alan alasdair albana albert alberto aled
    alejandro aleksander aleksandr aleksandra alena alessandro alex alexander alexandra alexei alexey alexis alfred
    algirdas ali alice alicia alicja alina aline alison aliyu allison alma alojz alper alun alzbeta amadou amaka
    amanda amber amelia amina amir amira amy ana anastasia anca ander anders andi andrea andreas andreea andrew andris
    andrius andrus andrzej andy ane aneirin angela angharad aniko anil anita anja anjali anke ann anna anne anneli
    annika ansgar anthony antia antje antoine anton antoni antonio antti anwar anxo aodh aodhan aoife aouregan arantxa
    arben arda ardian ardit ari arief aris aritz arjun arkadiusz arnau arne arta artan arthur artur arun arunas arvo
    arwel asa ash asha ashley ashok asier asli astou astrid asuman atieno attila aurelie ausra austin ayaan aylin
    ayodele ayomide ayse aysel ayu azad azenor azizbek azman babatunde balazs bambang bamidele banu baran barbara
    barbora bartlomiej bartosz bashir bastian bayu beata beatrice beatriz begona bela ben benat bence benedikt bengt
    benjamin berfin beritan berivan berk berna bernard bernat berta besa besnik bethan beyza bhavna bilal bill birgit
    birgitte bjorn blanca blanka blathnaid blerim blerina bo bob bogdan boglarka boguslaw bohumil bohuslav bojan
    bolaji bongani boris borislav borja bozena bozidar brad brais brandon branislav branka branko breixo brenda brett
    brian brid brigid brigitte bruce bruna bruno bryan bryn budi bujar bukola bulent burak burcu busra cabdi cagla
    caio caitriona calin calum camelia camille canan cansu caoimhe carl carla carles carlos carme carmela carmen carol
    carolina caroline caryl carys casey catalina catarina cathal catherine cathy catrin catriona cecile cecilia celine
    cem cemal cemil cengiz cezary charles charlie charlotte cheikh chen cheryl chiamaka chiara chidi chidiebere chika
    chimamanda chinedu chinonso chioma chipo chloe chris christian christina christine christoffer christophe
    christopher christos chukwudi chukwuemeka ciara ciaran cigdem cillian cindy ciprian claire clara claudia claudio
    claudiu claus clemens clement cliona codruta coinneach colin colm conall conchita connor conor corina cormac cory
    cosmin craig cristi cristian cristiano cristina csaba cynthia dafydd dagmar daithi dalibor damian damien damilola
    damir dan daniel daniela danielle danijela danilo danuta dario darius dariusz darko darragh dave david deaglan
    deborah declan deepak deirdre dejan delphine delyth denis denise deniz dennis derek derya dewi dian diana diane
    diarmuid diego dieter dilan dilek dilnoza dimitris dirk dmitri dmitry dogan dolors domhnall dominic dominik
    dominika don donal donald donna dora doris dorota dorothy dorottya doug douglas dovile dragan dragana dragos
    drazen dritan dumitru dusan dusko dyah dylan eamon eamonn eanna ebere ebru ece edgars edlira edona eduard eduardo
    edurne edward edyta eero egle eider eilidh eilis eimear eirian eka elcin elena eleri eli elif elin elinor elise
    eliska elizabeth elke ellen elnur eluned elvana elzbieta emeka emese emil emilia emilie emily emine emma emmanuel
    emre emyr endang eneko eneritz eniko enora enrico enrique enver eoghan eoin ercan erdal eric erica erik erika erin
    erion erkan erkki ernest erwan erzsebet esin esra esteban esther eszter eulalia eva evan evelin evelyn evin ewa
    ewelina faadumo fabian fabio fabrice fadime fajar fanch farah farai farid faridah fatima fatma faton fatou
    fatoumata fearghal federica federico felix femi ferenc fergal ferhad ferhat fernando ferran feyza ffion fiachra
    figen fikret filip filiz fiona fionn fionnuala fiorella fitri flaka flamur florentina florian florin folake
    folasade frances francesca francesco francis francisco francois francoise frank franz fred frederic frederik
    friedrich fruzsina funmilayo gabor gabriel gabriela gabriele gael gamze garazi garba garbine gareth gary gatis
    gazmend gbenga gearoid gediminas gemma genc gentian george geraint gerald gerallt gerard gergely gergo gerhard
    gethin gheorghe giacomo gianluca giedre gintaras giorgio giovanni giulia giulio giuseppe gizem glenn gloria glyn
    gokhan gopal goran gordana gordon gorka goulven grace graham grainne grazyna greg gregory gruffudd gruffydd
    grzegorz guadalupe gudrun guido guillaume guillem gul gulay gulnora gulsen gunel gunnar guntis gurkan gustav
    gustavo guto gwen gwenael gwenan gwendal gwenllian gwenola gwilym gwyn gyorgy gyula hacer hadi hadiza hafiz hakan
    hala halil halima halina halit hamisi hana hande hanna hannah hannu hans hans-peter harald harold harry hartmut
    haruki hasan hassan hatice hauwa hawa heather hefin heidi heike heiki heikki heinrich heledd helen helena helene
    helga helmut hendra henri henrik henrique henry henryk herve hevin hilkka hiroshi hodan holger holly horia howard
    hrvoje hubert huda hugo hui hulya huseyin hussein huw hywel iain ian ibrahim ibrahima ida iestyn ieuan ifan
    ifeanyi ifeoma ifrah ignacio ignasi igor ikenna iker ilaria ildiko ileana ilir ilker ilkka ilona ilze imanol imre
    inaki inara indah indrek ines inese inga inge ingo ingrid inigo inna ioan ioana iolo ionela ionut iorwerth irati
    irene iria irina iris irma isaac isabel isabella isabelle ismail istvan itziar iulia iva ivan ivana iveta ivica
    ivo iwan iwona izabela jaak jaana jabari jacek jack jackie jacob jacques jadranka jadwiga jaime jake jakob jakub
    jamal james jamie jan jana jane janet janine janis janne janos janusz jari jarmila jaroslav jaroslaw jasmina jasna
    jason jasur jaume javier jay jean jeff jeffrey jelena jen jennifer jens jeremy jerome jerry jerzy jesse jessica
    jeton ji-hoon jill jim jing jiri jitka jiyan joan joana joanna joao joaquin jochen joe joel johan johann johanna
    johannes john johnny jokin joko jolanta jon jonas jonathan jordan jordi jorg jorge jorma jose jose-luis joseba
    josef josefina josep joseph josh joshua josip josu jouko jouni jovan jovana jozef juan judit judith juha juhani
    jukka julen julia julian julie julien juma juraj jurgen jurgita juri juris justin justyna jyrki kaan kaarina
    kabiru kacper kadir kadri kagiso kaia kaisa kaja kalman kamal kamarudin kamau kamil kamila kamran karen karim
    karin karl karolina kartika katalin katarina katarzyna kate katell katerina katherine kathleen kathrin kathryn
    katie katja katrin kavita kehinde keiko keith kelly kemal ken kenji kenneth kenta kepa kerem kerstin kestutis
    ketut kevin khaled khalid khamis kim kimmo kinga kipchoge kirill kirsi kirsten kjell klaudia klaus klervi klodian
    kofi kojo kolade koldo konrad konstantin koray kornel kreshnik kresimir kristen kristian kristijan kristin
    kristina kristine kristjan krisztina krzysztof ksenija kujtim kunle kurt kveta kwabena kwaku kwame kyle labhras
    ladislav laia laila laima laimdota lajos lakshmi laoise lars laszlo laura lauren laurent laurentiu lawal lawrence
    layla lea lee leena leila leire lekan lenka leo leon leonard leonardo leonie leonora lerato lestari leszek leticia
    levent leyla liam libor lidia lieke liga liina liisa liliana lilla linas linda lindiwe ling lisa lise liviu liz
    ljiljana llinos llorenc lluis loeiz loic lois loredana lorenzo lotte louis louise lowri lubica lubos luc luca
    lucas lucia lucian lucie lucy ludmila ludovic luigi luis luisa luise luka lukas lukasz luljeta luminita lynn
    maarja maciej madalina magdalena magnus mahmoud mahmut mai maialen maire mairead mairtin maitane maite maiwenn
    maja malgorzata malika malo mamadou mandla manfred manish manoel manon mantas manuel manuela mara marc marcal
    marcel marcela marcelo marcin marco marcus mared marek margaret margot maria mariam marian mariana maricel marie
    marija mariko marina marine mario marion maris marites marius mariusz marjatta mark marketa markku marko markus
    marlene marta martha marti martin martins mary maryam marzena mate matej mateja mateusz mathias mathieu mathilde
    mats matt matteo matthew matthias matti matyas maurice maurizio max maxamed maya meelis meera megan mehmet mei
    meinir melanie meleri melike melis melissa meltem menna mererid merike meritxell merja mert merve mesut metin
    mette michael michaela michal micheal michel michelle miguel mihaela mihai mihajlo mikael mike mikel mikko miklos
    milada milan milena milos miloslav mimoza min-ji mindaugas minna miquel mira miray mircea mireia mireille mirela
    miren mirjam mirjana miroslav miroslava miroslaw mizgin mladen mohamed mohammad mohammed mohan mohd mona monica
    monika montserrat morag morfydd morgane morten moussa mpho muhammad muireann muiris murat murchadh musa mustafa
    mwajuma nabil nadia nahia naim nalan nancy naoko naomi nasiru natalia natalie natasa natasha nathan nazli nebojsa
    neema neha neil nele nenad nerea nermin nerys neus nevena newroz ngozi nia niall niamh nicholas nick nicola
    nicolai nicolas nicole nicoleta niels nigar nihat nikhil niklas niko nikola nikolai nikolett nikolina nikos nilgun
    nils nina njeri njoki nkechi nnamdi noa noah noemi nolwenn nomsa nomvula noora nora norbert normunds nour noura
    nuala nuno nurcan nurhaliza nuria nurul nyambura nyasha oana obinna octavian odile ogechi ognjen oguz oihana oisin
    okan okechukwu oksana olabisi olaf olalla olatz oldrich ole oleg oleksandr oleksii olena olga oliver olivia
    olivier olumide olusegun oluwafemi oluwaseun omar omari omer omotola ondrej orhan oriol orla orlaith orxan oscar
    osian oskar osman otabek otieno ottavia ousmane outi ovidiu owain ozge ozgur ozlem pablo padraic padraig padrig
    paivi pamela paola paolo pascal pascale patrice patricia patrick patrik patxi paul paula paulina pauline paulo
    pavel pavla pawel peadar pedro peeter pekka pelin pelle pentti pernille petar peter petra petre phil philip
    philipp philippe pia pierce pierre pierre-yves piet pieter pilar pinar piotr piret pirjo pirkko piroska pooja
    pradeep predrag priit priya proinsias prys przemyslaw putri putu quim rabia rabiu rachel radek radim radka radmila
    radoslaw radu rafael rafal rahmat rahul raija raimo raimonds rainer raj rajabu rajesh ralph ramadhani ramazan
    ramesh ramil ramon rania ranjit ranko raquel rashid ratna raul ravi raymond razvan rebecca recep reem rehema reijo
    reinhard reka rekha renata renate renato renee rhian rhiannon rhodri rhys ricardo riccardo richard rick riitta
    rimantas rini rinor riona rita ritva riwal riza rizki robert roberta roberto robin rodel rodica rodrigo roger
    roisin rojda rojin roland romain rommel ron ronald ronan rosa rosalind roser roslan rosli ross rotimi rowena
    roxana roy rozenn ruairi ruaraidh ruben rudi rudolf rui rune ruslan russell rustam ruta ruth ruxandra ruzena ryan
    ryszard rəsad saadet sabela sabine sabrina sade sadiq sahra saidi salim salisu sally salma salum salvador sam
    samantha sami samir samira samuel sandeep sandor sandra sanita sanja sanjay sanna sara sarah sarka sasa sascha
    satoshi saulius scott seamas sean sebastian sebastien sebnem seda selim selin selma semra seonaidh seosamh seppo
    serap serdar serge sergei sergey sergi sergii sergio serhat serhed serhii serkan serko serpil seth severine sevim
    seydou seyma shahnoza shannon sharon shawn shehu sherzod shkelqim shpresa shreya sian sibel sibongile siegfried
    sigrid siim silan sile silke silvia simon simona simone sinan sinead siobhan sion sioned sipho sirje sirpa siti
    sladana slamet slavica slawomir slobodan snezana soazig sofia soledad solene songul sonia sonja soo-jin sophia
    sophie sorcha soren sorin srdan stanislav stanislaw stefan stefania stefano steffen stella stepan stephanie
    stephen steve steven stig stine stjepan stuart sue suharto suleyman sulwyn sunil sunita suresh susan suzana sven
    svetlana sylvia sylvie sylwia szabolcs szilard szilvia szymon taavi tadeusz tadhg taiwo takashi tamas tangi tanja
    tanya tapio tara tarek tarik tariq tatenda tatiana tatjana ted teemu tegid tegwen temitope tendai teresa tereza
    terry thabiso thabo thandeka thandi themba theo theresa thibault thierry thomas thorsten tiago tibor tihomir tiina
    tiit tilde tim timea timo timothy tina titilayo tobias toby todd tolulope tom tomas tomasz tomislav tomos toms
    toni tonu tony toomas torsten tove tracy treasa trevor triin troy tshepo tudor tudual tudur tugba tuncay tunde
    tuomas tural turgut tuula uche uchenna ugur uilleam uldis ulf uli ulla ulle ulrich ulrike ultan ulugbek umar umit
    unai urmas ursula urszula urve usman ute uwe uxia uxue vaclav vaida valbona valentin valentina valerie valerio
    valeriu valon vanessa vasco vasile veikko veli vendula venla vera veronica veronika veronique vesna vicenc vicki
    victoire victor victoria vijay vikram viktor viktoria vincent vincenzo viorel virag virginie visar vitaly vlad
    vladan vladimir vladimira vlado vojislav vojtech volkan volker volodymyr vuk vuqar vytautas waclaw wahyu wairimu
    waldemar wale walter wambui wanda wangari wanjala wanjiru wati wayan wayne wei wendy werner weronika wiebke
    wieland wieslaw wiktor wilhelm william witold wladyslaw wojciech wolfgang xabi xabier xasan xavi xavier xenia
    xezal xiana xiao xoan xose xulio yaa yakubu yan yann yannick yannig yanti yasar yasemin yasmin yasmine yaw yelena
    yemi yetunde yigit yilmaz yoko youenn yousef yudi yuki yuko yulia yuri yusuf yvonne zach zachary zahra zainab
    zainabu zainal zane zanele zbigniew zdenek zdenka zdravko zdzislaw zehra zelal zeljka zeljko zeynep zilan zita zoe
    zofia zoltan zoran zorica zsofia zsolt zsuzsa zsuzsanna zubairu zuhura zulkifli zurine zuzana zydrunas αγγελικη
    αθανασιοσ αθηνα αλεξανδρα αλεξανδροσ αναστασια ανδρεασ αννα αντωνησ αντωνιοσ αποστολοσ αργυρησ αριστειδησ βασιλησ
    βασιλικη γεωργια γεωργιοσ γιαννησ γιωργοσ γρηγορησ δεσποινα δημητρα δημητρησ διονυσησ ελενη ευαγγελια ευαγγελοσ
    ευη ηλιασ θανασησ θανοσ θεοδωροσ ιωαννα ιωαννησ κατερινα κυριακοσ κωνσταντινα κωνσταντινοσ κωστασ λευτερησ λινα
    μανοσ μαρια μαρινα μαριοσ μιχαλησ μυρτω νικολαοσ νικοσ ξενια ολγα παναγιωτα παναγιωτησ παυλοσ πετροσ σπυροσ
    σταυροσ σταυρουλα στελιοσ στεφανοσ σωτηρησ τασοσ φωτησ χαραλαμποσ χαρησ χρηστοσ χριστινα айбек айгерим айгуль
    александар александр александра алексей алина алла алтынай алёна ана анастасия анастасія анатолий ангел андрей
    андрій анна антон арман артур артём асель асен бакыт батбаяр бауыржан биляна билјана благоја богдан божидар
    болормаа борис боян бојан бранислав бранка бранко вадим валентин валентина валерий ваня варвара васил василий
    василь вања венцислав вероника весела весна виктор виктория виталий владан владимир владислав володимир војислав
    вук вячеслав віктор вікторія віталій галина ганбаатар ганна геннадий георгий гергана горан гордана григорий
    гүлнара даниела данияр дарина дарья денис деница десислава димитър динара дмитрий дмитро драган драгана душан
    евгений евгения егор екатерина елена елизавета елица емил ерлан жанар жељко живко зоран зоранчо зорица ивайло иван
    иванка иво игорь илья инна ирина калин калоян катарина катерина кирилл кирило константин красимир кристина ксения
    лазар лариса леонид леся лидия лилия лука любомир людмила максим маргарита марина мария марија марко мартин марія
    маја микола милан милена милица милош мирослав мирјана михаил михайло младен надя назар наталия наталья наталія
    наташа небојша невена немања ненад никита никола николай нина нурлан огнян огњен оксана олег олександр олександра
    олексій олена ольга остап павел пенка петар петро петя пламен полина предраг пётр раде радмила радослав росен
    ростислав румен румяна руслан саша сашо светлана светослав семён сергей сергій серик силвия славица снежана
    соломія софия софія соња срђан станислав степан стефан стоян стојан тамара тарас татьяна тања теодора тетяна
    тимофей тимур тихомир тијана тодор трајче ульяна урош филип фёдор христо цветан цветелина энхжаргал юлия юлиян
    юлія юрий юрій яна ярослав ђорђе євген іван ігор ірина јасмина јелена јован јована љиљана љупчо անահիտ անի աննա
    աստղիկ արամ արման արմեն արմինե արսեն արտակ արտյոմ բագրատ գագիկ գայանե գեւորգ գոհար դավիթ էդգար թաթուլ լեւոն լիլիթ
    լուսինե կարեն հայկ հասմիկ հովհաննես հրանտ մարիամ մարինե մերի միքայել մհեր նաիրա նարե նարեկ նարինե նունե շուշան
    ռուբեն սաթենիկ սամվել սարգիս սերգեյ սիրանուշ սյուզաննա սոնա սուրեն վահան վահե վարդան վիկտոր տաթեւ տիգրան אבי
    אביגיל אברהם אהרן אורית אורלי אורנה אילן אילנה אילת איציק איתי איתמר איתן אלון אליהו אליעזר אמיר אמנון אסף אפרת
    אריאל אריה בועז בנימין גדעון גיא גילי גלעד דוד דורון דליה דן דנה דניאל דפנה הדס הילה זאב חגית חנה טלי יאיר יהודה
    יהושע יואב יואל יובל יוחאי יונתן יוסי יוסף יעל יעקב יפעת יצחק ירון לאה ליאור ליאת לירון מאיה מאיר מיכאל מיכל מירב
    מרדכי משה נדב נועה נועם נחום נטע נירית נעמי סיגל עדי עדית עודד עומר עופר עידו עמוס עמיר עמית ענת ערן פנינה צבי
    ציפי רבקה רוני רונית רונן רועי רות רחל רינה רפאל שגיא שולמית שלומי שמואל שמעון שרה שרון תומר תמי תמר آرش آرمان
    آمنہ آیدا أحمد أسامة أشرف أنس أيمن إبراهيم إسماعيل إيناس ئاراس ئاسۆ ئاکۆ ئەحمەد ئەمیر ابراهیم احسان احمد ارشد اسد
    اسماعیل اعجاز افتخار افشین اقبال امیر امیرحسین انیلہ اکبر ایرج بابر بابک باسم بسام بشری بلال بهاره بهرام بهزاد
    بهنام بیژن بێستون بەختیار بەهرۆز تارا تامر تقی ثاقب ثمینہ جابر جاوید جعفر جلال جمیل جواد حاتم حازم حامد حبیب حسام
    حسين حسین حمدي حمزة حمید حمیدرضا حمیرا حەسەن خالد خديجة خرم خسرو خليل داریوش دانا داود دلێر دينا دڵشاد دیاکۆ رابعہ
    راحیلہ راشد رامي رامین رانيا رباب رشيد رضا رضوان رنا روزبه ريم ریحان ریحانه زانا زاہد زاہدہ زكريا زهرا زهره زياد
    زينب زیلان سارا سارة ساسان سامح سامر سامي سجاد سعاد سعدیہ سعید سلمان سلمى سليمان سمير سميرة سمیرا سمیه سناء سهام
    سهراب سهيل سهیلا سودابه سۆران سیاوش سیروان سینا سەردار سەرکەوت شازیہ شاهۆ شاهین شاہد شبانہ شنۆ شهرام شهره شيماء
    شہباز شیلان شیما شێرکۆ شەهلا صائمہ صدیقه طارق طاهر طاهره طاہر طه عائشة عائشہ عارف عاصم عاصمہ عامر عباس عبدالرحمن
    عبدالعزيز عبدالله عثمان عدنان عرفان عصام عظمی علاء علي علی علیرضا عماد عمار عمر عمران عمرو عەلی غادة غزالہ غسان
    غلامرضا فؤاد فاتن فادي فاطمة فاطمه فاطمہ فراس فرحان فرزاد فرزانه فرزانہ فرشاد فرهاد فریبا فریحہ فریدون فهد فوزیہ
    فيصل فہد فہیم فیصل فەرهاد فەریدە قاسم كاظم لؤي لبنى لبنی لطيفة لمياء ليلى لیلا لیلی لەیلا ماجد مبشر مجتبی مجید
    محسن محمد محمدرضا محمود محەمەد مدثر مرتضی مرجان مروان مروة مريم مریم مسعود مصطفى مصطفی معتز معصومه منال منذر منصور
    منوچهر منى مها مهدی مهران مهرداد مهسا مهناز مهند مهین موسى ميساء میترا مەریوان نادية نادیہ نازنین ناصر نالی ناہید
    نجلاء ندیم نرگس نزار نسرين نسرین نعیم نهى نوال نوید نیان نیلوفر نیما نەسرین هادی هاشم هالة هاله هاني هدى هشام هند
    هوشنگ هيثم هێرۆ هێمن هەردی هەڵۆ وائل وحید وسیم وقار ياسر ياسمين ياسين يحيى يوسف پرویز پروین پریسا پگاه پیمان
    پەروین چنار ڕۆژان ڕێبوار ڕێبین ژاله ژیلا ژینۆ کاشف کاظم کامران کاوه کاوە کنول کیوان کەریم کەژاڵ گلناز گۆران یاسر
    یاسمن یاسمین یوسف अंकित अंजलि अजय अतुल अनिल अनीता अनुज अनुराधा अभिषेक अमित अमृता अरविंद अर्चना अशोक अश्विनी कपिल
    कुणाल कृष्ण गणेश गोपाल जितेंद्र तरुण दिनेश दिलीप दीपक दीपिका देवेंद्र धर्मेंद्र नरेंद्र नरेश निखिल नितिन नीरज नीलम
    नेहा पंकज पीयूष पुनीत पूनम प्रदीप प्रमोद प्रवीण प्रियंका प्रिया बृजेश भारती मंजू मनीष मनीषा मनोज महेंद्र महेश मीना
    मुकेश मोहन मोहित योगेश रजनीश रमेश रवि रश्मि राकेश राजीव राजू राजेंद्र राजेश रामकुमार राहुल रितु रीता रोहित ललित
    वंदना विकी विनय विनीत विनोद विपिन वीरेंद्र शशि शालिनी शिखा शिवानी शैलेंद्र श्वेता संगीता संजय संजीव संदीप सचिन
    सतीश सरिता सुधा सुधीर सुनीता सुनील सुभाष सुमन सुमित सुरेंद्र सुरेश सुषमा सौरभ हरीश हिमांशु हेमंत অনিতা অনির্বাণ
    অপর্ণা অভিজিৎ অমিত অরিন্দম অর্ণব অশোক আব্দুল আরিফ আশরাফ ইমরান কাজী কামরুল কামাল কৌশিক গৌতম চন্দন জসিম জাহাঙ্গীর
    জাহিদ তন্ময় তানভীর তাপস দীপঙ্কর দেবাশিস নাজমা নাসরিন নাসির নুসরাত পারভেজ প্রদীপ প্রসেনজিৎ ফাতেমা ফারহানা ফারুক
    মাহফুজ মাহমুদ মিজানুর মিতা মোস্তফা মোহাম্মদ মৌসুমী রফিক রাশেদ রুবেল রুমানা লায়লা শফিক শর্মিলা শাহনাজ শাহীন
    শুভাশিস শ্যামল সজল সঞ্জয় সাইফুল সাদিয়া সাবরিনা সালমা সুজন সুদীপ সুদীপ্ত সুব্রত সুমন সুমিত সোহেল সৌমিত্র সৌরভ
    স্বপন அகிலா அனிதா அமுதா அருண் ஆனந்த் இந்திரா இளங்கோ கண்ணன் கமலா கவிதா காயத்ரி கார்த்திக் குமார் கோபால் சங்கர்
    சண்முகம் சரவணன் சித்ரா சிவகுமார் சீனிவாசன் சுந்தர் சுரேஷ் செந்தில் செல்வி ஜெயந்தி ஜெயா தமிழ்ச்செல்வி தினேஷ்
    நந்தினி பாலாஜி பிரகாஷ் பிரியா மகேஷ் மணிகண்டன் மாலதி மீனா மீனாட்சி முருகன் ரமேஷ் ரவி ராஜேஷ் ராமன் ரேவதி லட்சுமி
    வசந்தி வாசுகி விஜய் வேல்முருகன் అనిత అనిల్ కిరణ్ గోపాల్ దీపిక నరేష్ ప్రవీణ్ ప్రసాద్ మహేష్ రమేష్ రవి రాజేష్ లక్ష్మి
    వెంకట్ శ్రీధర్ శ్రీనివాస్ సుజాత సురేష్ స్వాతి ಅನಿಲ್ ಅರುಣ್ ಕವಿತಾ ಗಣೇಶ್ ಮಂಜುನಾಥ್ ಮಹೇಶ್ ರಮೇಶ್ ರವಿ ರಾಜೇಶ್ ಲಕ್ಷ್ಮಿ
    ಶ್ರೀನಿವಾಸ್ അനിത അനിൽ അരുൺ ഗിരീഷ് ബിജു മനോജ് രമേഷ് രാജേഷ് ശ്രീജ ഷാജി സജീവ് സന്തോഷ് സുനിൽ ავთანდილ ალექსანდრე ანა
    ანი ბექა გელა გია გიგა გიორგი დავით დათო დიანა ეკა ეკატერინე ელენე ზაზა ზვიად ზურაბ თამარ თამთა თეა თეონა თინათინ
    თორნიკე ირაკლი ირინა კახა ლალი ლაშა ლევან ლელა ლია მაია მაკა მამუკა მანანა მარიამ მერაბ მზია მიხეილ ნათია ნანა
    ნანი ნატა ნიკა ნიკოლოზ ნინო ნოდარ ნონა ოთარ პაატა რუსუდან სალომე სანდრო სოფიო სოფო ქეთევან ქეთი შორენა ხათუნა ሀና
    ሀይሉ ሄለን መሐመድ መስፍን ሙሉጌታ ማርታ ሰለሞን ሰላማዊት ሳሙኤል ሳምራዊት ሳራ ስንታየሁ ቤተልሔም ብሩክ ብርሃኑ ተስፋዬ ታደሰ አለማየሁ አለምነህ አማኑኤል አስቴር አበበ አብርሃም
    አየለ ኤልያስ ከበደ ወንድሙ ዘሪሁን ዮሐንስ ዮሴፍ ዮናስ ዳንኤል ዳዊት ገብረ ጌታቸው ግርማ ፍሬሕይወት ፍቃዱ ፍቅርተ""".split()
)
