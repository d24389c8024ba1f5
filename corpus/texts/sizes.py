"""A number of bytes -> the size as a sentence has it, in the unit that fits: "512 B", "84 kB", "4.2 MB", "1.5 TB"."""

UNITS = (
    ("TB", "terabyte", 10**12),
    ("GB", "gigabyte", 10**9),
    ("MB", "megabyte", 10**6),
    ("kB", "kilobyte", 10**3),
    ("B", "byte", 1),
)
ROUNDED_UP = 0.9995  # from there on a size is written as 1.0 of the next unit, and not as 1000 of its own


class Size(int):
    """A value of a Text: a number of bytes; in English it is written with its unit, and each language has its own."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Return the size in English."""
        amount, digits, short, _ = measured(self)
        return f"{amount:,.{digits}f} {short}"

    def __str__(self) -> str:
        """Return the size in English."""
        return format(self)


def measured(size: int) -> tuple[float, int, str, str]:
    """Return a size as a number of units, its digits after the point, and the unit's sign and name."""
    short, name, step = next((unit for unit in UNITS if size >= ROUNDED_UP * unit[2]), UNITS[-1])
    amount = size / step
    digits = 0 if step == 1 or amount >= 10 else 1
    return round(amount, digits), digits, short, name
