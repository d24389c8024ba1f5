"""What the tag of an element says of it: whether it holds a block, is part of a sentence, or is left out."""

SKIPPED = frozenset(
    "script style noscript template svg iframe object canvas video audio select input textarea math map head "
    "datalist embed frameset frame applet progress meter option optgroup".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q rb rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr img picture source data output".split()
)
# Dropped only when they do not hold the article: libxml2 lets an unclosed button or nav swallow the page.
MENUS = frozenset("nav menu dialog".split())
BUTTON = "button"
OF_STORY = frozenset("main article h1".split())
OF_PROSE = frozenset("h2 p".split())  # a button with one of these holds the article, too; a menu may have them

IMAGES = frozenset({"img", "amp-img"})
CELLS = frozenset({"td", "th"})
BOLD = frozenset("b strong em i".split())
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PREFORMATTED = frozenset({"pre", "listing", "xmp"})

# Tags whose presence among a block's ancestors says something of it; bit n of `Blocks.within`.
TELLING = tuple(
    "article main aside header footer section figure figcaption li table blockquote form details address "
    "p pre dl h1 h2 h3 h4 h5 h6".split()
)
BIT = {tag: 1 << n for n, tag in enumerate(TELLING)}

SKIP, CONTAINER, TEXT, BREAK = range(4)
ROLE = dict.fromkeys(SKIPPED, SKIP) | dict.fromkeys(INLINE, TEXT) | {"br": BREAK}

NAMING = frozenset("class id itemprop role data-testid data-component data-type".split())  # attributes that name
