import pytest

from corpus.tracking import tracks

# Names that the lists of ClearURLs and miniflux have in common with our table, a few of each maker.
TRACKERS = """
utm utm_source utm_medium utm_swu mtm_campaign ga_source yclid ysclid _openstat fb_action_types fb_action_ids fb_source
fb_ref fb_comment_id fbclid action_object_map action_type_map action_ref_map gs_l mkt_tok hmb_campaign hmb_medium
hmb_source gclid gclsrc gbraid wbraid srsltid dclid otm_a cmpid os_ehash _ga _gl __twitter_impression wt_mc wt_zmc wtmc
wtzmc wtrid echobox spm vn_a vn_a_b tracking_source ceneo_spo itm_campaign itm_medium itm_source __hsfp __hssc __hstc
_hsenc _hsmi hsctatracking hsa_cam __s mc_eid mc_cid mc_tc ml_subscriber ml_subscriber_hash msclkid oly_anon_id
oly_enc_id rb_clickid s_cid sc_cid vero_conv vero_id wickedid twclid _bhlid _branch_match_id _branch_referrer
__readwiselocation campaign_id campaign_medium campaign_name campaign_source campaign_term campaign_content
""".split()


@pytest.mark.parametrize("name", TRACKERS)
def test_a_known_tracker_says_nothing_of_the_page(name: str):
    assert tracks(name)


@pytest.mark.parametrize(
    "name",
    ["id", "p", "s", "sid", "session", "ref", "ref_", "referrer", "cmp", "source", "pk_id", "pk_", "ga_id", "mc", ""],
)
def test_a_name_that_may_number_a_story_is_kept(name: str):
    assert not tracks(name)
