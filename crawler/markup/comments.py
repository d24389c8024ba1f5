"""The names of an element (class, id) -> whether it holds readers' comments, by the word of its language or service.

`SURE` names comments alone. `LIKELY` names them mostly, and sometimes a chapter of a story ("Reactions"): it says
whose a byline or a date is, and takes no text away.
"""

import re

SURE = (
    r"comment|komment|koment|coment[aá]|reacties|leserbrief|leserpost|lukijoiden|yorumlar|kommentti|otzyv"
    r"|disqus|livefyre|giscus|utterances|hyvor|remark42"
)
LIKELY = (
    r"(?<![a-z])(?:respond|responses?|repl(?:y|ies)|r[eé]actions?|reaktion(?:en|er)?|reacciones|reazioni|rea[cç][oõ]es"
    r"|r[eé]ponses?|respuestas?|respostas?|risposte|antworten|svar|discuss(?:ions?|ione|ão|ao)|diskussion(?:en|er)?"
    r"|discusi[oó]n|dyskusja|opinie)(?![a-z])"
)

_EITHER = re.compile(f"{SURE}|{LIKELY}", re.I)


def holds_comments(names: str) -> bool:
    """Return whether an element so named holds comments, so that no byline or date within it is the story's."""
    return _EITHER.search(names) is not None
