"""Common given names, by which a person's own site is known from a company's: "Gary Marcus" on garymarcus.example.

Names are folded. The list is far from complete: a missing name is no evidence against a person.
"""

GIVEN_NAMES = frozenset(
    """aaron abdul abdullah abigail adam adrian adriana agata agnes agnieszka ahmad ahmed ahmet aino aisha aisling akiko
    alain alan albert alberto alejandro aleksander aleksandr aleksandra alena alessandro alex alexander alexandra alexei
    alexey alexis alfred ali alice alicia alina aline alison allison alma alojz amadou amanda amber amelia amina amir
    amira amy ana anastasia anders andrea andreas andrew andrzej andy angela anil anita anja anjali anke ann anna anne
    annika ansgar anthony antje antoine anton antonio ari arjun arne arthur arun asa ash asha ashley ashok astou astrid
    aurelie austin ayse balazs barbara barbora bastian beata beatrice beatriz ben benedikt bengt benjamin bernard bhavna
    bilal bill birgit birgitte bjorn bo bob bogdan borja bozena brad brandon brenda brett brian brigid brigitte bruce
    bruna bruno bryan budi burak caio camille carl carla carlos carmela carmen carol carolina caroline casey catalina
    catarina catherine cathy cecile cecilia celine cem charles charlie charlotte chen cheryl chiara chidi chinedu chloe
    chris christian christina christine christoffer christophe christopher christos ciaran cindy claire clara claudia
    claudio claus clemens clement colin conchita connor cory craig cristian cristiano cristina cynthia damien dan daniel
    daniela danielle dario darko dave david deborah deepak deirdre delphine denis denise deniz dennis derek dewi diana
    diane diego dieter dimitris dirk dmitri dmitry dominic don donald donna doris dorota dorothy doug douglas dragan
    dusan dylan ebru eduard eduardo edward elena eli elif elise elizabeth elke ellen emilia emilie emily emma emmanuel
    emre enrico enrique eoin eric erica erik erin ernest esra esteban esther eszter eva evan evelyn ewa fabian fabio
    fabrice farah farid fatima fatma fatoumata federica federico felix ferenc fernando filip fiona fiorella florian
    frances francesca francesco francis francisco francois francoise frank franz fred frederic frederik friedrich gabor
    gabriel gabriela gabriele gary george gerald gerard gerhard giacomo gianluca giorgio giovanni giulia giulio giuseppe
    glenn gloria gopal goran gordana gordon grace graham greg gregory grzegorz guadalupe gudrun guido guillaume gunnar
    gustav gustavo hadi hakan hala halina hana hanna hannah hans hans-peter harald harold harry hartmut haruki hassan
    heather heidi heike heinrich helen helena helene helga helmut henri henrik henrique henry herve hiroshi holger holly
    howard hubert huda hugo hui hussein ian ibrahim ida ignacio igor ilaria ilona ines inga inge ingo ingrid inna irene
    irina iris irma isaac isabel isabella isabelle ivan ivana ivo jack jackie jacob jacques jaime jake jakob jakub jamal
    james jamie jan jana jane janet janine janos jaroslav jason javier jay jean jeff jeffrey jelena jen jennifer jens
    jeremy jerome jerry jesse jessica ji-hoon jill jim jing jiri joan joana joanna joao joaquin jochen joe joel johan
    johann johannes john johnny jon jonas jonathan jordan jorg jorge jose jose-luis josef josefina josep joseph josh
    joshua juan judith juha jukka julia julian julie julien jurgen justin justyna kaan kaisa kamal karen karim karin
    karl karolina katarina katarzyna kate katerina katherine kathleen kathrin kathryn katie katja katrin kavita keiko
    keith kelly ken kenji kenneth kenta kerstin kevin khaled khalid kim kirill kirsten kjell klaus kofi konstantin
    kristen kristian kristin kristina krzysztof kurt kwame kyle laila lakshmi lars laszlo laura lauren laurent lawrence
    layla lea lee leila leo leon leonard leonardo leonie leticia leyla liam lidia lieke linda ling lisa lise liz loic
    lois lorenzo lotte louis louise luc luca lucas lucia lucie lucy ludovic luigi luis luisa luise lukas lukasz lynn
    maciej magdalena magnus mahmoud mai malgorzata manfred manish manon manuel manuela mara marc marcel marcelo marcin
    marco marcus marek margaret margot maria mariam mariana marie marija mariko marina marine mario marion marius
    mariusz mark marketa markus marlene marta martha martin mary mateusz mathias mathieu mathilde mats matt matteo
    matthew matthias maurice maurizio max maya meera megan mehmet mei melanie melissa mette michael michaela michal
    michel michelle miguel mikael mike mikko milan milena milos min-ji mira mireille mirjam mohamed mohammad mohammed
    mohan mona monica monika morten muhammad murat mustafa nabil nadia nancy naoko naomi natalia natalie natasha nathan
    neha neil nele ngozi niamh nicholas nick nicola nicolai nicolas nicole niels nikhil niklas niko nikola nikolai nikos
    nils nina njeri noah noemi nora norbert nour noura nuno odile oksana olaf ole oleg oleksandr oleksii olena olga
    oliver olivia olivier omar omer orla oscar oskar ottavia ozlem pablo pamela paola paolo pascal pascale patrice
    patricia patrick patrik paul paula paulina pauline paulo pavel pawel pedro pekka pelle pernille peter petra phil
    philip philipp philippe pia pierce pierre pierre-yves piet pieter pilar piotr pooja pradeep priya putri rachel
    rafael rahul rainer raj rajesh ralph ramesh ramon rania ranjit raquel rashid raul ravi raymond rebecca reem reinhard
    rekha renata renate renato renee ricardo riccardo richard rick rita robert roberta roberto robin rodrigo roger
    roland romain ron ronald rosa rosalind ross roxana roy ruben rudi rudolf rui rune ruslan russell ruth ryan sabine
    sabrina salim sally salma sam samantha sami samir samira samuel sandeep sandra sanjay sanna sara sarah sascha
    satoshi scott sean sebastian sebastien selim selma serge sergei sergey sergii sergio serhii serkan seth severine
    shannon sharon shawn shreya siegfried sigrid silke silvia simon simona simone sipho siti sofia soledad solene sonia
    sonja soo-jin sophia sophie soren stanislav stefan stefania stefano steffen stella stephanie stephen steve steven
    stig stine stuart sue sunil sunita suresh susan sven svetlana sylvia sylvie szilvia takashi tanja tanya tara tarek
    tariq tatiana tatjana ted teresa terry thabo theo theresa thibault thierry thomas thorsten tiago tilde tim timothy
    tina tobias toby todd tom tomas tomasz tony torsten tove tracy trevor troy ulf uli ulla ulrich ulrike ursula ute uwe
    vaclav valentin valentina valerie valerio vanessa vasco vera veronica veronika veronique vicki victoire victor
    victoria vijay vikram viktor viktoria vincent vincenzo virginie vitaly vladimir volker volodymyr waldemar walter
    wanda wanjiru wayne wei wendy werner wiebke wieland wilhelm william wojciech wolfgang xavier xenia xiao yan yann
    yannick yasmin yasmine yelena yoko yousef yuki yuko yulia yuri yusuf yvonne zach zachary zahra zainab zdenek zeynep
    zoe zofia zoltan zuzana""".split()
)
