"""A message as it was worded before -> its present wording, as stores still hold sentences in the older words.

Health, alarms, notes of crawls, requests and the audit log keep the message of a sentence; reasons of visits keep its
English alone. When such a message is reworded, its older wording is added here; else
what is stored of it stays English on all pages.
"""

FORMER: dict[str, str] = {
    # visits
    "its front page could not be had either": "its front page could not be read either",
    "its page names one of another site as its own": "its page names an address of another site as its own",
    "the proxy hung up": "the proxy closed the connection",
    # reasons, as the health of a source and notes of crawls name them
    "a page asks for consent, an age, a login or a proof that we are no robot": (
        "a page asks for consent, an age, a login or a proof that we are not a robot"
    ),
    "a selector of the source is none": "a selector of the source is invalid",
    "the address ends as that of an imprint, a contact, a login or another page that is no story": (
        "the address ends like that of an imprint, a contact, a login or another page of service"
    ),
    "the page is a further page of a story, and its text stands in that": (
        "the page is a further page of a story, and its text is stored with that story"
    ),
    "the page lists stories and is none": "the page lists stories and is not a story itself",
    "the same text stands at another address of the same path": (
        "the same text is at another address of the same path"
    ),
    "the years of an archive stand behind a form that posts, which no crawl sends": (
        "the years of an archive are behind a form that posts, which no crawl sends"
    ),
    # health and alarms
    "no story could be had": "no story could be read",
    "nothing could be had": "nothing could be read",
    "{lacking:,} of {of:,} new stories could not be had, usual {usual:.0%}": (
        "{lacking:,} of {of:,} new stories could not be read, usual {usual:.0%}"
    ),
    "{lost:,} of {all:,} new stories could not be had": "{lost:,} of {all:,} new stories could not be read",
    "{lost:,} of {all:,} stories could not be had": "{lost:,} of {all:,} stories could not be read",
    "{said}; it is asked for no more": "{said}; it is no longer asked for",
    # notes of crawls
    "most stories of {source} could not be had ({why})": "most stories of {source} could not be read ({why})",
    "no new story could be had of {source} ({why})": "no new story of {source} could be read ({why})",
    "no story could be had of {source} ({why})": "no story of {source} could be read ({why})",
    "nothing could be had of {sources}": "nothing of {sources} could be read",
    "named anew in config.toml: {sources}; a search by the name before finds nothing more, and an article counts as"
    " changed once": (
        "renamed in config.toml: {sources}; a search by the former name finds nothing more, and an article counts as"
        " changed once"
    ),
    "no more memory is to be had (`ulimit -v` is {limit}): end other programs, or give this one more": (
        "no more memory is available (`ulimit -v` is {limit}): end other programs, or give this one more"
    ),
    "The index could not be opened, and could not be built anew yet; the log says why. It is tried again.": (
        "The index could not be opened, and could not be rebuilt yet; the log says why. It is tried again."
    ),
    "The index is being built anew from the articles; nothing is lost.": (
        "The index is being rebuilt from the articles; nothing is lost."
    ),
    # requests
    "{source} is paused: let it go on first.": "{source} is paused: resume it first.",
    # the audit log
    "The passage is marked no more.": "The passage is no longer marked.",
    "Whoever has its address reads “{name}” now.": "All who have its address can read “{name}” now.",
    "“{name}” goes on.": "“{name}” is resumed.",
}
