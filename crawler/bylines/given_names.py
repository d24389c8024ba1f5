"""Common given names, by which a person's own site is known from a company's: "Gary Marcus" on garymarcus.example.

Names are folded. The list is far from complete: a missing name is no evidence against a person.
"""

# ruff: noqa: E501 - a list of words

GIVEN_NAMES = frozenset(
    """aaron abdul abigail adam adrian adriana agnes ahmad ahmed aisha alain alan albert alberto alejandro alessandro alex alexander
    alexandra alexis alfred ali alice alicia alison allison amanda amber amelia amir amy ana anastasia anders
    andrea andreas andrew
    andrzej andy angela anita anja ann anna anne annika anthony antoine anton antonio ari arjun arthur ash ashley
    astrid austin
    barbara beatriz ben benjamin bernard bill bjorn bob brad brandon brenda brett brian bruce bruno bryan camille
    carl carla carlos
    carmen carol caroline casey catherine cathy cecilia charles charlie charlotte chen cheryl chloe chris
    christian christina
    christine christoffer christopher cindy claire clara claudia clemens colin connor cory craig cynthia dan
    daniel daniela danielle
    dave david deborah denis dennis derek diana diane diego dmitri dominic don donald donna doris dorothy doug
    douglas dylan eduardo
    edward elena eli elizabeth ellen emily emma eric erica erik erin ernest esther eva evan evelyn fatima felix
    fernando florian
    frances francesca francesco francis francisco frank franz fred frederic gabriel gary george gerald gerard
    giovanni giulia glenn
    gloria gordon grace graham greg gregory guido guillaume gustav hanna hannah hans harold harry hassan heather
    heidi helen henri
    henry hiroshi holly howard hugo hussein ian ibrahim ida igor ingrid irene isaac isabel isabella ivan jack
    jackie jacob jacques
    jaime jake james jamie jan jane janet jason javier jay jean jeff jeffrey jen jennifer jeremy jerry jesse
    jessica jill jim joan
    joanna joe joel johan johann johannes john johnny jon jonas jonathan jordan jorge jose joseph josh joshua juan
    judith julia
    julian julie justin karen karl kate katherine kathleen kathryn katie keith kelly ken kenji kenneth kevin kim
    kirsten klaus
    kristen kristian kristin kristina kurt kyle lars laura lauren lawrence lea lee leo leon leonard linda lisa liz
    lois lorenzo louis
    louise luca lucas lucia lucy luigi luis lukas lynn marc marco marcus margaret maria marie mario mark markus
    marta martha martin
    mary matt matteo matthew matthias maurice max maya megan mehmet melanie melissa michael michel michelle miguel
    mike mohamed
    mohammad mohammed monica muhammad nadia nancy naomi natalie natasha nathan neil nicholas nick nicolas nicole
    nikolai nina noah
    nora olga oliver olivia omar oscar pablo pamela paolo pascal patricia patrick paul paula pavel pedro peter
    petra phil philip
    philippe pierce pierre piotr rachel rafael ralph raymond rebecca renee ricardo richard rick robert roberto
    robin rodrigo roger
    ron ronald rosa ross roy russell ruth ryan sally salma sam samantha samuel sandra sara sarah scott sean
    sebastian sergei sergio
    seth shannon sharon shawn simon sofia sophia sophie stefan stella stephanie stephen steve steven stuart sue
    susan sven sylvia
    tanya tara ted teresa terry theo theresa thomas tim timothy tina tobias toby todd tom tony tracy trevor troy
    uwe valentina
    valerie vanessa vera veronica vicki victor victoria vincent vladimir walter wanda wayne wendy werner wilhelm
    william wolfgang
    xavier yan yasmin yuki yusuf zach zachary zoe""".split()
)
