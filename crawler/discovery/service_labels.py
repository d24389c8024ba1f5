"""A link at the foot of a page -> whether it leads to a page that serves the reader: "Impressum", "Qui som".

The words of such a link count only there: "Contact" may be the headline of a story, and at a story's own foot its
section. An address of numbers ("/page?id=3") says nothing.
"""

import re
from functools import lru_cache
from itertools import islice

from crawler.discovery.anchors import Anchor

MAX_LABEL = 40  # characters
ABOVE = 8  # elements around a link, one of which is the foot

_FOOT = re.compile(
    r"(?:^|[-_\s])(?:site-?|page-?|main-?|global-?|bottom-?)?(?:footer|foot|colophon|impressum)(?:$|[-_\s])", re.I
)
# The foot of a card or a story, whose links are its sections and tags.
_OF_PART = re.compile(
    r"(?:card|entry|post|article|story|item|teaser|tile|block|box|panel|list)[-_]*foot(?:er)?(?:$|[-_\s])", re.I
)
_EDGES = " \t\xa0.:·|»›→©"

LABELS = frozenset(
    label.strip().casefold()
    for label in (
        # about us, contact, imprint, terms, privacy, cookies, advertising
        "polityka prywatności, "
        "about, about us, who we are, contact, contact us, imprint, legal notice, terms, terms of use, terms of "
        "service, terms and conditions, privacy, privacy policy, privacy notice, cookies, cookie policy, advertise, "
        "advertise with us, our team, careers, accessibility, accessibility statement, impressum, über uns, kontakt, "
        "datenschutz, datenschutzerklärung, nutzungsbedingungen, agb, "
        "mediadaten, barrierefreiheit, mentions légales, "
        "à propos, qui sommes-nous, nous contacter, contactez-nous, confidentialité, politique de confidentialité, "
        "conditions générales, plan du site, quiénes somos, sobre nosotros, acerca de, contacto, aviso legal, "
        "privacidad, política de privacidad, política de cookies, publicidad, quem somos, sobre nós, contato, "
        "contactos, termos de uso, política de privacidade, chi siamo, contatti, note legali, informativa sulla "
        "privacy, pubblicità, over ons, colofon, privacybeleid, privacyverklaring, adverteren, om oss, om os, "
        "kontakta oss, kontakt oss, integritetspolicy, personvern, "
        "personvernerklæring, privatlivspolitik, annonsera, "
        "tietoa meistä, yhteystiedot, ota yhteyttä, tietosuoja, tietosuojaseloste, um okkur, hafa samband, o nas, "
        "prywatność, regulamin, reklama, o nás, kontakty, ochrana osobních údajů, ochrana osobných údajov, "
        "rólunk, kapcsolat, adatvédelem, adatvédelmi nyilatkozat, despre noi, politica de confidențialitate, termeni "
        "și condiții, o nama, privatnost, politika privatnosti, uvjeti korištenja, marketing, о нама, контакт, "
        "приватност, политика приватности, за нас, контакти, поверителност, о нас, контакты, конфиденциальность, "
        "политика конфиденциальности, реклама, про нас, конфіденційність, аб нас, кантакты, біз туралы, биз жөнүндө, "
        "hakkımızda, iletişim, künye, gizlilik, gizlilik politikası, kvkk, reklam, haqqımızda, əlaqə, biz haqimizda, "
        "aloqa, σχετικά, σχετικά με εμάς, ποιοι είμαστε, επικοινωνία, απόρρητο, πολιτική απορρήτου, όροι χρήσης, "
        "rreth nesh, na kontaktoni, apie mus, kontaktai, par mums, kontakti, meist, kontaktid, qui som, contacte, "
        "privadesa, política de privadesa, quen somos, privacidade, nor gara, harremanetarako, pribatutasuna, lege "
        "oharra, piv omp, darempred, prevezded, amdanom ni, cysylltu, cysylltu â ni, preifatrwydd, fúinn, teagmháil, "
        "príobháideachas, mu ar deidhinn, fios thugainn, من نحن, "
        "اتصل بنا, الخصوصية, سياسة الخصوصية, الشروط والأحكام, "
        "درباره ما, تماس, تماس با ما, حریم خصوصی, ہمارے بارے میں, رابطہ, رازداری, دەربارەی ئێمە, پەیوەندی, "
        "تایبەتمەندی, زموږ په اړه, אודות, צור קשר, פרטיות, "
        "מדיניות פרטיות, תנאי שימוש, हमारे बारे में, संपर्क, संपर्क "
        "करें, गोपनीयता, गोपनीयता नीति, आमच्याबद्दल, আমাদের সম্পর্কে, যোগাযোগ, গোপনীয়তা, গোপনীয়তা নীতি, எங்களைப் "
        "பற்றி, தொடர்பு, தனியுரிமை, மா గురించి, మా గురించి, సంప్రదించండి, ನಮ್ಮ ಬಗ್ಗೆ, ഞങ്ങളെക്കുറിച്ച്, અમારા વિશે, "
        "ਸਾਡੇ ਬਾਰੇ, เกี่ยวกับเรา, ติดต่อ, ติดต่อเรา, "
        "นโยบายความเป็นส่วนตัว, giới thiệu, liên hệ, chính sách bảo mật, "
        "điều khoản sử dụng, tentang kami, hubungi kami, "
        "kebijakan privasi, pedoman media siber, redaksi, tungkol sa "
        "amin, ჩვენ შესახებ, კონტაქტი, კონფიდენციალურობა, մեր մասին, "
        "կապ, գաղտնիություն, ስለ እኛ, ያግኙን, የግል መረጃ, kuhusu "
        "sisi, wasiliana, wasiliana nasi, faragha, nípa wa, kàn sí wa, 关于我们, "
        "联系我们, 联系方式, 隐私政策, 版权声明, 關於我們, 聯絡我們, "
        "聯絡方式, 隱私權政策, 会社概要, 運営会社, お問い合わせ, プライバシー, プライバシーポリシー, 利用規約, "
        "회사 소개, 회사소개, 문의, 개인정보처리방침, 이용약관, 청소년보호정책, pri ni, "
        "kontaktu nin"
    ).split(",")
)


@lru_cache(1_024)  # the menu of a site stands on all of its pages
def _are_a_label(words: str) -> bool:
    """Whether the words of a link are a label, capitals or not; a Turkish dotted capital is the small letter."""
    return words.casefold().replace("i\u0307", "i").strip(_EDGES) in LABELS


def is_label(words: str) -> bool:
    """Whether the words of a link are those of one that serves the reader, where they stand at the foot of a page."""
    return 0 < len(words) <= MAX_LABEL and _are_a_label(words)


def serves(anchor: Anchor) -> bool:
    """Whether a link stands at the foot of its page and says by its words that it serves the reader."""
    if not is_label(anchor.words):
        return False
    is_foot = False
    for above in islice(anchor.element.iterancestors(), ABOVE):
        names = f"{above.get('class') or ''} {above.get('id') or ''}"[:300]
        if above.tag == "article" or _OF_PART.search(names):
            return False
        is_foot = is_foot or above.tag == "footer" or (above.tag not in {"body", "html"} and bool(_FOOT.search(names)))
    return is_foot
