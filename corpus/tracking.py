"""Is this query parameter about the reader rather than the page?

Campaign and click identifiers as the advertising networks, newsletters and analytics programs name them,
and session ids. What may as well number a story is judged by its value.
"""

import re

_NAMES = """
fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh epik
s_cid s_kwcid mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi hsctatracking vero_id vero_conv oly_anon_id oly_enc_id
xtor wt_mc wt.mc_id wt_zmc ref_src ref_url cmpid cmp icid intcid ncid ocid smid smtyp sr_share spm scm share_id
__twitter_impression __tn__ fb_action_ids fb_action_types fb_source action_object_map
gaa_at gaa_n gaa_ts gaa_sig ns_mchannel ns_source ns_campaign ns_linkname ns_fee
dicbo ftag guccounter guce_referrer guce_referrer_sig
phpsessid jsessionid sessionid session_id aspsessionid cfid cftoken zenid osclsid
"""
_KNOWN = frozenset(_NAMES.split())
_STARTS = ("utm_", "pk_", "mtm_", "piwik_", "matomo_", "at_custom", "at_campaign", "at_medium", "aspsessionid")
_PERHAPS_SESSION = frozenset({"sid", "s", "session"})  # these also number stories
_OPAQUE = re.compile(r"(?=.*\d)[0-9A-Za-z_-]{24,}")
_PERHAPS_REFERRER = frozenset({"ref", "referrer", "referer"})  # with a digit it may number a document


def tracks(name: str, value: str) -> bool:
    """Tell whether a parameter, its name in lower case, says nothing of the page."""
    if name in _PERHAPS_SESSION:
        return _OPAQUE.fullmatch(value) is not None
    if name in _PERHAPS_REFERRER:
        return not any(sign.isdigit() for sign in value)
    return name in _KNOWN or name.startswith(_STARTS)
