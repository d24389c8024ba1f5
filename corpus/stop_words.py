"""The commonest words of languages in Latin and Cyrillic letters, by which the language of a text is recognised."""

# ruff: noqa: E501 - lists of words, one line a kind or a language

_STOP_WORDS = {
    "en": "the of and to in is that it for was on are as with his they at be this have from or had by but not what were which their said has who will more an",
    "de": "der die und das den ist von zu mit sich des auf nicht ein eine dem für im auch als es sind wird dass aus bei nach werden hat einen sie wie war oder über",
    "fr": "le la les de des et un une du en est que qui dans pour pas au sur ce il plus par avec se sont ne son elle cette ont ses mais aux été nous leur",
    "es": "de la que el en los del las un por con una su para es se no al lo como más fue pero sus le ha este sin sobre ya son entre cuando desde también",
    "it": "di che il la per un in non una si le del con alla della gli più dei come sono anche da ha nel lo ma delle al dal questo ai è stato nella hanno",
    "pt": "de que o do da em um para não uma os com no se na por mais as dos como mas ao das foi à são pelo pela também ele seu sua até você está",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit door naar wordt heeft hij worden deze over ze werd meer",
    "sv": "och att det som en på är av för med till den inte om ett har de var jag men vid från kan ska så efter när också nu vi säger under sig eller",
    "da": "og at det er en til af på som for med den der de ikke har et om var men fra han vi også kan skal være efter blev sig så hvor når siger nu",
    "no": "og i det er som på en av til for med at den ikke har om et de var men fra han vi også kan skal være etter ble seg så hvor når sier nå mellom",
    "fi": "ja on ei se että oli ovat hän mutta kun myös niin kuin joka tai jos ole sen mukaan ovat ollut vain sekä jo nyt vuoden mitä kanssa ennen hänen",
    "pl": "i w na z do się nie to że jest o jak po od za co przez dla są ale tym był jego przy które oraz tak także może już tego być jej który została",
    "cs": "a se v na je že s o z do to i ve k pro za by ale si po jako které podle od jsou už který bylo jeho tak byl také než při až",
    "sk": "a v sa na je že s o z do to aj vo k pre za by ale si po ako ktoré podľa od sú už ktorý bolo jeho tak bol tiež pri až nie",
    "hu": "a az és hogy nem is egy van volt ez csak meg már de el még ki mint vagy azt amely szerint ezt lehet után között majd pedig akkor ha azonban",
    "ro": "de și în a la cu pe că nu din care o un pentru mai au fost este sunt ale al să prin după dar sau ca lui fi dintre către această s-a",
    "tr": "ve bir bu da de için ile olarak çok daha en gibi sonra kadar olan ancak ise ya ne o her var oldu göre yeni olduğu değil şu dedi tarafından",
    "id": "yang dan di dengan untuk dari pada ini itu dalam tidak akan ke adalah juga oleh telah sebagai bisa ada mereka atau karena saat kata tersebut lebih",
    "vi": "và của là có được cho trong một không với những các này đã để người khi từ về đến cũng tại vào theo năm nhiều sẽ trên ông sau",
    "ca": "de la que el en i els les del per amb una és un no al se més ha han però com són aquest també sobre entre aquesta seva fins",
    "hr": "i je u se na da su za od s a o kao koji će to iz ne što bi bio do nije koje ali te već po ili nakon samo može",
    "ru": "и в не на что с по это как из к а он для от за его у о то было но так все был бы же или уже года",
    "uk": "і в не на що з до та за у це як про від для його є але він після було може які або щоб також вже під року",
    "bg": "и на в за се от е да не с по като са че това до при което но ще след има бе които си или той така",
}
STOP_WORDS: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
