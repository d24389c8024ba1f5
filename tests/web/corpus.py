"""The sample corpus of the page tests: about sixty articles in six languages, written for this purpose."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.config import Config
from corpus.health.comparing import counted_reasons
from corpus.health.values import Health, HealthState
from corpus.model import (
    Article,
    Author,
    AuthorKind,
    Discovered,
    Outcome,
    PageDate,
    Precision,
    UrlKind,
    UrlState,
    Visit,
)
from corpus.people.names import fold
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from corpus.texts import text, texts
from corpus.via import Via
from indexer.contract.protocol import SearchEngine
from indexer.open import open_engine
from indexer.sync import update

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)

HERALD, POST, ALMARSA, RIBAO, KUESTE, FENLAND, JOURNAL = (
    "valley-herald.example",
    "coastpost.example",
    "almarsa.example",
    "haibin-ribao.example",
    "die-kueste.example",
    "fenland-gazette.example",
    "lejournal.example",
)

HOSTILE_HEADLINE = '<script>alert("x")</script> & <b>bold</b> flood defences'
HOSTILE_NAME = "Mal\u202eroy <img src=x onerror=alert(1)>"


def article(
    source: str,
    path: str,
    headline: str | None,
    body: str,
    *,
    day: str | None = None,
    by: tuple[str, ...] = (),
    language: str = "en",
    section: str | None = None,
    standfirst: str | None = None,
    agency: str | None = None,
) -> Article:
    """Return an article; `day` is 2026-01-12, 2026-01-12T08:30, 2026-01 or 2026."""
    shapes = {4: ("%Y", Precision.YEAR), 7: ("%Y-%m", Precision.MONTH), 10: ("%Y-%m-%d", Precision.DAY)}
    shape, precision = shapes.get(len(day or ""), ("%Y-%m-%dT%H:%M", Precision.MINUTE))
    at = datetime.strptime(day, shape).replace(tzinfo=UTC) if day else None
    authors = [Author(name, fold(name)) for name in by]
    authors += [Author(agency, fold(agency), AuthorKind.AGENCY)] if agency else []
    return Article(
        url=f"https://{source}/{path}",
        source=source,
        headline=headline,
        standfirst=standfirst,
        byline=f"By {' and '.join(by)}" if by else None,
        authors=tuple(authors),
        published=PageDate(at, precision, "json-ld") if at else None,
        language=language,
        section=section,
        body=body,
        fetched=(at or NOW - timedelta(days=300)) + timedelta(minutes=32),
        facts={"published": "json-ld datePublished", "authors": "json-ld author"} if at else {},
    )


COUNCIL = article(
    HERALD,
    "climate/2026/01/12/council-approves-flood-defences",
    "Council approves flood defences after worst storm",
    "The county council voted 29 to 14 on Monday night to rebuild the flood defences along nine kilometres of coast,"
    " eleven days after the worst storm that broke them.\n\n"
    "Residents who lost homes in the January surge said the new walls came a decade too late. Some stood at the back"
    " of the chamber through four hours of debate, holding photographs of kitchens under water.\n\n"
    "A spokesman for the county declined to say why the vote was not announced in advance.\n\n"
    "“We were told in 2014 that the sea would wait for the budget,” said a shopkeeper from Quay Street, whose family"
    " has rented the same corner since the harbour was dug. “The sea did not wait.”\n\n"
    "Engineers told the inquiry last autumn that the existing flood defences had been rated for a storm half that"
    " strength, and that the survey behind them predated the dredging of the harbour. The budget for raising them was"
    " cut twice, in March and in October 2022.\n\n"
    "The plan approved on Monday puts flood gates at Saltmere and Port Allard first, then a raised bank of clay and"
    " stone as far as the sluice.",
    day="2026-01-12T08:30",
    by=("Maria Okafor", "Tom Whitfield"),
    section="Climate",
    standfirst="Nine kilometres of coast to be rebuilt; the money is found for less than half of it",
)
COUNCIL_REVISED = replace(
    COUNCIL,
    headline="Council approves flood defences after record storm",
    body=COUNCIL.body.replace("29 to 14", "31 to 12")
    .replace("the worst storm", "the record storm")
    .replace("A spokesman for the county declined to say why the vote was not announced in advance.\n\n", "")
    + "\n\nWork is to begin in April. It will cost 41 million, of which the county has found 17. An earlier version of"
    " this article misstated the vote.",
    fetched=datetime(2026, 1, 14, 2, 11, tzinfo=UTC),
)

WRITTEN = (
    COUNCIL,
    article(POST, "wall", "The wall that was built for half a storm",
        "The drawings are dated 1974. They show the flood defences at Saltmere as a single line of concrete, 2.1 metres"
        " above the mean tide, with a note in pencil: to be raised within ten years. Nobody raised it.\n\nThe engineer"
        " who drew it, now ninety, keeps a copy in his kitchen.",
        day="2023-08-19", by=("Aoife Byrne",), section="Climate"),
    article(ALMARSA, "khutta", "خطة جديدة لحماية البلدات الساحلية من الفيضانات بعد عاصفة الشتاء",
        "قال مهندسون إن الجدران البحرية القديمة لم تعد تكفي لمواجهة فيضانات بهذا الحجم، وأعلنت البلدية أن أعمال البناء"
        " ستبدأ في الربيع على امتداد أربعة كيلومترات من الساحل.\n\nوطالب السكان بتعويضات عن البيوت التي غمرتها المياه.",
        day="2026-02-03", by=("محمد حسن",), language="ar", section="Climate"),
    article(RIBAO, "fanghong", "沿海三镇防洪工程提前开工，居民仍盼补偿方案",
        "市水务局表示，新的防洪墙将比旧堤高出一点二米，首段工程预计在汛期前完成。专家提醒，仅靠防洪设施不足以应对连续"
        "强降雨，上游湿地也需尽快恢复。\n\n居民代表说，补偿方案至今没有公布。",
        day="2026-01-28", by=("李娜",), language="zh", section="Climate"),
    article(HERALD, "budget", "Flood defences budget was cut twice before the breach, papers show",
        "Minutes released under the open records act show the county struck flood defences from the capital plan in"
        " March and again in October, each time “pending review”.\n\nThe insurance fund was told of neither cut.",
        day="2023-08-22", by=("Priya Raman",), section="Climate"),
    article(FENLAND, "drainage", "Minutes of the drainage board: flood defences and pumping stations",
        "Item 7. The clerk reported that the flood defences east of the sluice had been inspected and found sound, save"
        " for two gates.", section="Climate"),
    article(POST, "after", "After the water: a year behind the sandbags",
        "Nobody on Quay Street speaks of flood defences any more without lowering their voice. The promised gates lie"
        " in a yard in Port Allard, paid for and unfitted.",
        day="2024-08-21", by=("Aoife Byrne",), agency="Harbour Wire", section="Climate"),
    article(HERALD, "paper-wall", "Engineers warn inquiry on flood defences of “a paper wall”",
        "The safety margin existed on paper only, the inquiry heard, because the survey used for the flood defences"
        " predated the dredging of the harbour.", day="2023-09-06", by=("Tom Whitfield",), section="Climate"),
    article(KUESTE, "deich", "Der Deich hält, das Geld nicht",
        "Der Hochwasserschutz an der Küste ist teurer als geplant. Die Gemeinde prüft nun, ob die Flutmauer kürzer"
        " ausfallen darf.\n\nEine Entscheidung soll im März fallen.",
        day="2025-11-04", by=("Jürgen Groß",), language="de", section="Politik"),
    article(JOURNAL, "digue", "Le conseil reporte le vote sur la digue",
        "Les élus ont reporté à lundi le vote sur la digue, faute de quorum. Les riverains attendent depuis l'été.",
        day="2026-11-22T20:10", by=("Élodie Marchand",), language="fr", section="Politique"),
    article(HERALD, "harbour-master", "Harbour master resigns over unfitted flood gates",
        "The harbour master resigned on Sunday over gates that were bought and never fitted.",
        day="2026-11-23T02:11", by=("Maria Okafor",), section="Local"),
    article(POST, "hostile", HOSTILE_HEADLINE,
        'The page said <script>alert("body")</script> and meant it & nothing happened.', day="2025-05-05",
        by=(HOSTILE_NAME,), section="Local"),
    article(FENLAND, "formula", "=2+5 is no sum", "A cell that a spreadsheet would run.", day="2024-04-01"),
    article(FENLAND, "no-headline", None, "A note without a headline about the flood of 1953, found in a drawer.",
        day="1953-02"),
)  # fmt: skip

TOWNS = ("Saltmere", "Port Allard", "Quay Street", "Marsh End", "Northshore", "Tidewell")
MATTERS = (
    (
        "Ferry timetable cut again as crews leave {}",
        "The ferry to {} will sail twice a day from Monday.",
        "Local",
    ),
    (
        "Storm closes the coast road at {}",
        "The storm tore tiles and a flood closed the road at {}.",
        "Local",
    ),
    (
        "{} asks why the insurance never paid",
        "Claims from {} were refused for want of flood cover.",
        "Business",
    ),
    (
        "New school in {} opens without a roof",
        "Pupils in {} were taught in the church hall.",
        "Politics",
    ),
)
AFTERMATH = (
    "Nobody was hurt, the council said, and the chair of the harbour board promised that the matter would be looked at"
    " before the winter; residents of the lower streets answered that it had been looked at every winter since the"
    " flood defences were drawn.\n\nWork goes on."
)
WRITERS = ("Maria Okafor", "Tom Whitfield", "Aoife Byrne", "Priya Raman", "Jan van der Berg", "Sam Lee")


def generated(count: int = 48) -> Iterator[Article]:
    """Yield plain articles, one every six weeks or so from 2021 on, of three papers."""
    for at in range(count):
        town, (headline, body, section) = TOWNS[at % len(TOWNS)], MATTERS[at % len(MATTERS)]
        when = datetime(2021, 1, 10, 6, 0, tzinfo=UTC) + timedelta(days=44 * at, hours=at % 12)
        yield article(
            (HERALD, POST, FENLAND)[at % 3],
            f"news/{at}",
            headline.format(town),
            f"{body.format(town)} {AFTERMATH}",
            day=f"{when:%Y-%m-%dT%H:%M}",
            by=() if at % 7 == 3 else (WRITERS[at % len(WRITERS)],),
            section=section,
        )


VISITS: dict[str, list[tuple[float, Outcome, str | None]]] = {
    HERALD: [(days, Outcome.READ, None) for days in (6, 5, 4, 3, 2, 1, 0.4)],
    POST: [(3, Outcome.READ, None), (2, Outcome.FAILED, "http-429"), (1.5, Outcome.FAILED, "http-429: asks to wait")],
    ALMARSA: [(30, Outcome.READ, None), *((days, Outcome.REFUSED, "robots") for days in (6, 5, 4, 3, 2, 1, 0.4))],
    RIBAO: [(6, Outcome.READ, None), (5, Outcome.READ, None), (1, Outcome.FAILED, "tls")],
}


ASKED_TO_WAIT = "it asks us to slow down, or answers too late: {reasons} in {n:,} visit"
NOTHING = "nothing could be read"
TROUBLES = {
    POST: (
        HealthState.SLOW,
        "http-429",
        texts(ASKED_TO_WAIT, f"{ASKED_TO_WAIT}s", 9, reasons=counted_reasons({"http-429": 4})),
    ),
    ALMARSA: (
        HealthState.BLOCKED,
        "robots",
        text("{what}: {reasons}", what=text(NOTHING), reasons=counted_reasons({"robots": 7})),
    ),
    RIBAO: (
        HealthState.FAILING,
        "tls",
        text("{what}: {reasons}", what=text(NOTHING), reasons=counted_reasons({"tls": 1})),
    ),
}


def _visit(url: str, at: datetime, outcome: Outcome, reason: str | None) -> Visit:
    due = at + timedelta(days=1)
    return Visit(url=url, at=at, outcome=outcome, reason=reason, state=UrlState.WAITING, due=due, bytes=2000)


def fill(store: ArticleStore) -> None:
    """Write the sample into a store: the articles, a revision, a withdrawal and a run."""
    store.write_many([*WRITTEN, *generated()])
    store.write(COUNCIL_REVISED)
    gone = article(POST, "gone", "Taken down", "This text was withdrawn.", day="2022-02-02")
    store.write(gone)
    stored = store.by_url(gone.url)
    assert stored is not None
    store.withdraw(stored.id, "asked for by the author", at=NOW)
    for site, visits in VISITS.items():
        store.frontier.add(
            [Discovered(url=f"https://{site}/feed", kind=UrlKind.FEED, via=Via.CONFIG)], site, NOW - timedelta(days=40)
        )
        for days, outcome, reason in visits:
            store.record(_visit(f"https://{site}/feed", NOW - timedelta(days=days), outcome, reason))
    store.sources.pause(FENLAND, NOW - timedelta(days=9))
    for site, (state, cause, why) in TROUBLES.items():
        since = NOW - timedelta(days=2)
        store.health.write(Health(source=site, state=state, since=since, cause=cause, why=why), NOW)
    counts = {HERALD: {"new": 12, "unchanged": 40}, POST: {"new": 6, "failed": 1}}
    began, ended = NOW - timedelta(hours=8, minutes=16), NOW - timedelta(hours=8)
    with store.runs.begin([HERALD, POST], started=began) as claim:
        store.runs.finish_sources(claim.run.id, [_receipt(name, counts[name], began, ended) for name in counts], {})
        store.runs.finish(replace(claim.run, ended=ended, status="done", counts=counts, bytes=4_200_000))


def _receipt(source: str, counts: dict[str, int], began: datetime, ended: datetime) -> SourceReceipt:
    reasons = {outcome: {"timeout" if outcome == "failed" else "": count} for outcome, count in counts.items()}
    return SourceReceipt(
        source=source, state="done", started=began, ended=ended, counts=reasons, bytes=2_100_000,
        requests=sum(counts.values()), waiting=timedelta(minutes=9), fetching=timedelta(minutes=3), left=3,
    )  # fmt: skip


def config(data: Path, **tables: object) -> Config:
    """Return a config over a data directory; `tables` such as web={"public": True}."""
    sources = tuple({"url": f"https://{name}/", "name": name} for name in (HERALD, POST, ALMARSA, RIBAO))
    return Config.model_validate({"data": str(data), "source": sources, **tables})


def make(data: Path) -> tuple[ArticleStore, SearchEngine]:
    """Make the sample corpus in a directory, indexed."""
    data.mkdir(parents=True, exist_ok=True)
    store = ArticleStore.open(data / "pressmark.sqlite")
    fill(store)
    engine = open_engine(data / "index")
    update(store, engine, zone=config(data).zone)
    return store, engine
