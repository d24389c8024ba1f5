"""News that never happened, and what newsrooms do with it: rewritten, shortened, templated, framed, translated."""

import random

WORDS = {
    "en": "harbour council winter ferry engineer bridge school market river tower budget vote street museum forest"
    " train storm nurse farmer captain minister library orchestra quarry bakery tunnel island doctor".split(),
    "de": "hafen rat winter fähre ingenieur brücke schule markt fluss turm haushalt wahl straße museum wald zug sturm"
    " pfleger bauer kapitän ministerin bibliothek orchester steinbruch bäcker tunnel insel ärztin gärtner".split(),
}
LINKS = {
    "en": "said the that of and in after before while with for to from about over under between against".split(),
    "de": "sagte die dass von und in nach vor während mit für zu aus über unter zwischen gegen bei".split(),
}


def story(seed: int, *, paragraphs: int = 8, language: str = "en") -> list[str]:
    """Return the paragraphs of a story of about 45 words each."""
    chance = random.Random(f"{seed} {language}")
    return [" ".join(_sentence(chance, language) for _ in range(3)) for _ in range(paragraphs)]


def _sentence(chance: random.Random, language: str) -> str:
    words = [chance.choice(WORDS[language] if at % 2 else LINKS[language] + WORDS[language]) for at in range(15)]
    words[chance.randrange(15)] = str(chance.randrange(3, 4_000))
    return " ".join(words).capitalize() + "."


def rewritten(seed: int, chance: random.Random) -> list[str]:
    """Return a wire story as another paper prints it: its own first lines, some paragraphs gone, some words changed."""
    lines = story(seed)
    gone = set(chance.sample(range(2, len(lines)), chance.randrange(0, 4)))
    lines = [_edited(line, chance) for at, line in enumerate(lines) if at not in gone]
    return [story(seed + 1_000_000, paragraphs=1)[0], *lines[1:]]


def _edited(line: str, chance: random.Random) -> str:
    words = line.split()
    for _ in range(chance.randrange(0, 3)):
        words[chance.randrange(len(words))] = chance.choice(WORDS["en"])
    return " ".join(words)


def match_report(seed: int) -> list[str]:
    """Return a report from a template: the same sentences, other names and figures."""
    chance = random.Random(seed)
    home, away = (chance.choice(WORDS["en"]).capitalize() + " United" for _ in range(2))
    scorer, keeper = (f"{chance.choice('ABCDEFG')}. {chance.choice(WORDS['en']).capitalize()}" for _ in range(2))
    return [
        f"{home} beat {away} {chance.randrange(1, 6)}-{chance.randrange(0, 1)} on Saturday in front of"
        f" {chance.randrange(900, 9_000)} people at the {chance.choice(WORDS['en'])} ground.",
        f"{scorer} scored in the {chance.randrange(2, 44)}th minute after a pass by {chance.choice('HIJKL')}."
        f" {chance.choice(WORDS['en']).capitalize()}, and {keeper} saved a penalty before the break.",
        f"The home side had {chance.randrange(40, 70)} per cent of the ball and {chance.randrange(5, 30)} shots, and"
        f" their manager said that {chance.choice(WORDS['en'])} and luck had made the difference.",
        f"{home} are now in place {chance.randrange(1, 18)} with {chance.randrange(3, 80)} points; {away} travel to"
        f" {chance.choice(WORDS['en']).capitalize()} Town on {chance.choice(['Tuesday', 'Wednesday', 'Friday'])}.",
    ]


BOILERPLATE = story(999_999, paragraphs=2)  # as a paper sets it under every story
