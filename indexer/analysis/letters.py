"""A letter that many keyboards lack -> the letters that are typed for it: the plain one, and those of a habit.

The plain letter stands for the letter in each folded spelling (indexer/analysis/folding.py). A habit is that of the
languages that have the letter: ö is oe, å is aa, đ is dj, and ə is a in the names of Azerbaijan. A form with such a
letter has a folded spelling more.
"""

# Letters that no mark can be taken off: of the Latin alphabets of Africa, the Sámi, Malta, Azerbaijan and phonetics.
# corpus/people/names.py has ø, ł, đ, ı, æ, œ, þ and ð, as names have them in keys.
_LATIN = (
    "ƀb ɓb ƃb ȼc ƈc ɖd ɗd ƌd əe ɛe ǝe ɇe ƒf ɠg ǥg ɣg ɡg ħh ɦh ɨi ɩi ɪi ɉj ƙk ĸk ƚl ɫl ⱡl ɬl ɲn ƞn ŋn ɔo ɵo ƥp ɍr ɽr"
    " ʂs ŧt ƭt ʈt ⱦt ʉu ʊu ʋv ƿw ƴy ɏy ƶz ȥz ʒz ⱥa ɑa"
)
# Letters of the Kazakhs, Kyrgyz, Tatars, Bashkirs, Tajiks, Uzbeks, Mongols, Chuvash, Belarusians and Macedonians, as
# they are typed on a Russian or Serbian keyboard. Of и and і both are on the keyboards of Ukraine.
_CYRILLIC = "ёе ґг ѐе ѝи ѓг ќк ўу қк ҡк ғг ңн ҳх һх ҷч ҙз ҫс җж ӣи ӯу әа өо үу ұу ӑа ӗе ӳу ӓа ӧо ӱу ӹы ҝк"
PLAIN = {pair[0]: pair[1] for pair in (*_LATIN.split(), *_CYRILLIC.split())}
HABITS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj", "ŋ": "ng", "ə": "a", "ә": "э"}

DIGITS = {
    chr(ord(zero) + digit): str(digit)
    for zero in (
        "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0"
        "\u0f20\u1040\u1090\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0"
        "\ua900\ua9d0\ua9f0\uaa50\uabf0\U000104a0\U00010d30\U00011066\U000110f0\U00011136\U000111d0"
        "\U000112f0\U00011450\U000114d0\U00011650\U000116c0\U00011730\U000118e0\U00011950\U00011c50"
        "\U00011d50\U00011da0\U00016a60\U00016ac0\U00016b50\U0001e140\U0001e2f0\U0001e950"
    )
    for digit in range(10)
}
"""The digits of all writings that are digits of their own in compatibility form, and what they count."""

_WITH_HABITS = frozenset(HABITS)
_ALL = str.maketrans(HABITS)
_SEVERAL = 3  # letters with habits in a form of which each may be typed in either way; of more, all in one way


def as_typed(form: str) -> list[str]:
    """Return a form in all the ways that habits write it, itself first; of most forms, itself alone."""
    letters = sorted(_WITH_HABITS.intersection(form))
    ways = [form]
    if len(letters) > _SEVERAL:
        return [form, form.translate(_ALL)]
    for letter in letters:
        ways += [way.replace(letter, HABITS[letter]) for way in ways]
    return ways
