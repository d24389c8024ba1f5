"""The three sites: where they stand, what they speak, and who writes for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Desk:
    """What one site publishes in one language.

    Attributes:
        writers: The most diligent first; each writes about half as much again as the one after the next.
        label: How articles without a person are signed.
        date_form: How this desk prints a day; {d}, {month}, {y} are filled in. None: it prints none.
    """

    language: str
    articles: int
    writers: tuple[str, ...]
    label: str
    date_form: str


@dataclass(frozen=True, slots=True)
class Site:
    """One site. `name` is what it is called in config.toml, `first_id` the number of its first article."""

    key: str
    name: str
    title: str
    address: str
    first_id: int
    desks: tuple[Desk, ...]


HERALD = Site(
    key="herald",
    name="valley-herald.example",
    title="The Valley Herald",
    address="127.77.0.1",
    first_id=1,
    desks=(
        Desk(
            "en",
            122,
            (
                "Maria Okafor", "Jan van der Berg", "Tom Whitfield", "Siobhán Doyle", "Ravi Menon", "Greta Lindqvist",
                "Oliver Stanhope", "Nell Barraclough", "Ana Pérez", "Li Wei",
            ),
            "Editorial Board",
            "{d} {month} {y}",
        ),
        Desk(
            "es",
            34,
            ("Lucía Ferrer Ortega", "Mateo Salgado", "Carmen Iriarte", "Álvaro Quintana"),
            "Redacción",
            "{d} de {month} de {y}",
        ),
    ),
)  # fmt: skip

COAST = Site(
    key="coast",
    name="coastpost.example",
    title="Coast Post",
    address="127.77.0.2",
    first_id=10400,
    desks=(
        Desk(
            "en",
            64,
            ("Hugh Penmarric", "Abigail Thorne", "Kwame Boateng", "Dilys Morgan-Reese", "Peter Novak"),
            "Staff Reporter",
            "{d} {month} {y}",
        ),
        Desk(
            "de",
            36,
            ("Anneliese Vogt", "Lars Hinrichsen", "Mehmet Aydın", "Friederike von Sassen"),
            "Redaktion",
            "{d}. {month} {y}",
        ),
        Desk(
            "fr",
            34,
            ("Hélène Marchetti", "Yann Le Goff", "Aminata Diop", "Bastien Lacroix"),
            "La rédaction",
            "{d} {month} {y}",
        ),
    ),
)

LEDGER = Site(
    key="ledger",
    name="delta-ledger.example",
    title="Delta Ledger",
    address="127.77.0.3",
    first_id=2001,
    desks=(
        Desk(
            "en",
            50,
            ("Rohan Deshmukh", "Leela Warrier", "Samuel Kirubi", "Dana Whitlock"),
            "Newsroom",
            "{month} {d}, {y}",
        ),
        Desk("ar", 34, ("محمد حسن", "ليلى منصور", "سامر الخطيب"), "هيئة التحرير", "{d} {month} {y}"),
        Desk("zh", 34, ("王丽华", "李明轩", "张晓燕", "刘海涛"), "编辑部", "{y}年{month}{d}日"),
    ),
)  # fmt: skip

SITES = (HERALD, COAST, LEDGER)
