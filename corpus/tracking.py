"""Is a query parameter about the reader and not about the page? Known names decide, never the look of a value.

The names are facts gathered from, last looked at in November 2026: the global rules of ClearURLs, the cleaner of
miniflux, Mozilla's query-stripping list, Neat URL's defaults, and the documentation of the programs named below. A
name that may as well tell two stories apart (`ref`, `s`, `sid`, `session`, `cmp`, `source`) is on no list: whether it
is noise at one site is asked of that site (crawler/visiting/proof.py).
"""

_TRACKERS = {
    "Google": "gclid gclsrc dclid gbraid wbraid srsltid _ga _gl gs_l gs_lcp gad_source gad_campaignid ved usg",
    "Google AMP and Reader Revenue": "gaa_at gaa_n gaa_ts gaa_sig usqp amp_js_v amp_gsa",
    "Meta": "fbclid fb_action_ids fb_action_types fb_ref fb_source fb_comment_id mibextid igshid igsh __tn__",
    "Meta, Open Graph actions": "action_object_map action_type_map action_ref_map",
    "Microsoft": "msclkid",
    "Yandex": "yclid ysclid _openstat",
    "X": "twclid ref_src ref_url __twitter_impression",
    "TikTok, LinkedIn, Pinterest, Snapchat": "ttclid li_fat_id epik sccid",
    "Adobe": "s_cid s_kwcid sc_cid ef_id",
    "Marketo": "mkt_tok",
    "Mailchimp": "mc_cid mc_eid mc_tc",
    "MailerLite": "ml_subscriber ml_subscriber_hash",
    "HubSpot": "_hsenc _hsmi __hssc __hstc __hsfp hsctatracking hsa_acc hsa_cam hsa_grp hsa_ad hsa_net hsa_src hsa_kw",
    "Drip": "__s",
    "Vero": "vero_id vero_conv",
    "Olytics": "oly_anon_id oly_enc_id rb_clickid",
    "Oracle Eloqua": "elqtrack elqtrackid elqaid elqat elqcampaignid",
    "Wicked Reports": "wickedid",
    "Beehiiv": "_bhlid",
    "Branch": "_branch_match_id _branch_referrer",
    "Readwise": "__readwiselocation",
    "Humble Bundle": "hmb_campaign hmb_medium hmb_source",
    "Google Analytics by hand": "campaign_id campaign_medium campaign_name campaign_source"
    " campaign_term campaign_content",
    "AT Internet": "xtor",
    "Mapp, once Webtrekk": "wt_mc wt.mc_id wt_zmc wtmc wtzmc wtrid",
    "Comscore": "ns_mchannel ns_source ns_campaign ns_linkname ns_fee",
    "Omniture's habit": "cmpid icid intcid ncid ocid smid smtyp",
    "Echobox": "echobox",
    "Optimizely's and others' e-mail": "os_ehash tracking_source ceneo_spo trk trkcampaign",
    "Alibaba": "spm scm",
    "Outbrain, Taboola": "dicbo obclid tblci",
    "Impact, CJ, ShareASale, TradeTracker": "irclickid irgwc cjevent sscid",
    "Yahoo": "guccounter guce_referrer guce_referrer_sig soc_src soc_trk",
    "Mediaset and other houses": "ftag sr_share share_id",
    "sessions of PHP, Java, ASP, ColdFusion, osCommerce": "phpsessid jsessionid sessionid session_id aspsessionid"
    " cfid cftoken zenid osclsid",
}
_KNOWN = frozenset(" ".join(_TRACKERS.values()).split())

# Families whose makers reserve the beginning of a name; of `pk_` and `ga_`, which stories' numbers may begin with too,
# only the names that are documented.
_FAMILIES = (
    "utm_", "mtm_", "piwik_", "matomo_", "itm_", "otm_", "vn_", "at_custom", "at_campaign", "at_medium", "hsa_",
    "aspsessionid",
)  # fmt: skip
_ENDS = ("campaign", "kwd", "keyword", "source", "medium", "content", "cid", "term", "group", "placement", "place")
_PARTLY = tuple(start + end for start in ("pk_", "ga_") for end in _ENDS)
_WHOLE = _KNOWN | frozenset(_PARTLY) | {"utm", "mtm"}


def tracks(name: str) -> bool:
    """Return whether a parameter, its name in lower case, says nothing of the page."""
    return name in _WHOLE or name.startswith(_FAMILIES)
