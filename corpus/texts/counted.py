"""A number and its noun -> both as a sentence has them: "1 raw response", "2,000 raw responses"."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    Args:
        number: How many, 0 or more.
        noun: For exactly one.
        plural: For any other number; the noun with an "s" where it is empty.
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
