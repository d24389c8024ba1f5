"""What each role may do: every address and method of the pages, as nobody, reader, editor and admin."""

import base64
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.store.accounts.sessions import Scope
from corpus.store.accounts.users import Role
from tests.web.accounts.conftest import PASSWORD, SignIn, people, try_password
from tests.web.conftest import app_over, client_of, token_of
from tests.web.corpus import NOW
from web.layout.services import EXTENSION

ROLES = ("reader", "editor", "admin")
OPEN = {
    "/login",
    "/logout",
    "/static/<name>",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/opensearch.xml",
    "/saved/feeds/<name>.atom",
    "/saved/pause/<name>",
    "/shared/<name>",
    "/shared/<name>.json",
    "/shared/<name>/export.<ending>",
}  # answer everybody
HERE = {"/metrics"}  # asks itself: this machine, or who has an account
# Every form, and the least role that may send it.
FORMS = {
    "/saved": "reader",
    "/saved/looked": "reader",
    "/saved/<int:id>": "reader",
    "/q": "reader",
    "/q/<mark>": "reader",
    "/keep": "reader",
    "/batch": "reader",
    "/dossiers": "reader",
    "/d/<mark>": "reader",
    "/d/<mark>/bundles": "reader",
    "/undo": "reader",
    "/passages": "reader",
    "/tags": "reader",
    "/samples": "reader",
    "/samples/<mark>": "reader",
    "/correct": "editor",
    "/authors": "editor",
    "/sources": "editor",
    "/schedule": "editor",
    "/requests": "editor",
    "/requests/<int:id>": "editor",
    "/account": "reader",
    "/people": "admin",
}
API = "/api/v1/"  # what it changes takes JSON and no form: tests/web/api tries it
ADMINS_PAGES = {"/audit", "/audit.json", "/audit.csv", "/people", "/people.json", "/people.csv"}


def addresses(app: Flask, method: str) -> list[tuple[str, str]]:
    """Return each rule that takes the method, and an address of it that leads to nothing."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    rules = [rule for rule in rules if method == "GET" or not rule.startswith(API)]
    return [(rule, re.sub(r"<\w+>", "none-00000", re.sub(r"<int:\w+>", "9", rule))) for rule in rules]


def test_every_form_has_its_place_in_the_table(shared: Flask):
    assert {rule for rule, _ in addresses(shared, "POST")} - OPEN == set(FORMS)


def test_nobody_reads_anything_but_the_way_in(shared: Flask):
    client = client_of(shared)
    for rule, path in addresses(shared, "GET"):
        reply = client.get(path)
        if rule in OPEN | HERE:
            assert reply.status_code in (200, 404), path
        else:
            is_led_to_the_form = reply.status_code == 303 and reply.location.startswith("/login")
            assert is_led_to_the_form or reply.status_code == 401, path
            assert "flood" not in reply.text.lower()


def test_what_asks_itself_answers_nobody_elsewhere(shared: Flask):
    client = client_of(shared)
    client.environ_base["REMOTE_ADDR"] = "198.51.100.77"
    assert {path: client.get(path).status_code for path in HERE} == dict.fromkeys(HERE, 401)


def test_nobody_sends_any_form(shared: Flask):
    client = client_of(shared)
    token = client.get("/login").text.partition('name="token" value="')[2].partition('"')[0]
    for rule, path in addresses(shared, "POST"):
        if rule not in OPEN:
            assert client.post(path, data={"token": token}).status_code == 401, path
    assert shared.extensions[EXTENSION].store.audit.latest() == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_all_pages_but_an_admins(shared: Flask, sign_in: SignIn, role: str):
    client = sign_in(role)
    for rule, path in addresses(shared, "GET"):
        status = client.get(path).status_code
        wanted = 403 if rule in ADMINS_PAGES and role != "admin" else None
        assert status == wanted if wanted else status not in (401, 403, 500), path


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sends_the_forms_that_it_may_and_no_other(shared: Flask, sign_in: SignIn, role: str):
    client = sign_in(role)
    token = token_of(client)
    for rule, path in addresses(shared, "POST"):
        if rule in OPEN:
            continue
        assert client.post(path, data={"token": "0" * 32}).status_code == 403, path
        reply = client.post(path, data={"token": token})
        if ROLES.index(role) < ROLES.index(FORMS[rule]):
            assert reply.status_code == 403, path
            assert re.search(rf"\bAn? {role} may not do this", reply.text)
        else:
            assert "may not do this" not in reply.text, path
            assert reply.status_code != 401, path


def test_what_one_reader_saves_no_other_sees_or_changes(shared: Flask, sign_in: SignIn):
    ours, theirs = sign_in("reader"), sign_in("editor")
    token = token_of(ours)
    ours.post("/saved", data={"token": token, "search": "q=flood", "name": "Secret search"})
    ours.post("/dossiers", data={"token": token, "name": "Secret dossier"})
    store = shared.extensions[EXTENSION].store
    dossier, changes = store.dossiers.all()[0], store.audit.latest()
    assert {each.who for each in changes} == {"reader"}
    assert "Secret search" in ours.get("/saved").text
    for path in ("/saved", "/saved.json", "/dossiers", f"/dossiers?done={changes[0].id}", "/search?q=flood"):
        assert "Secret" not in theirs.get(path).text, path
    assert theirs.get(f"/d/{dossier.mark}").status_code == 404
    assert theirs.get(f"/d/{dossier.mark}/export.csv").status_code == 404
    foreign = {"token": token_of(theirs)}
    assert theirs.post(f"/d/{dossier.mark}", data={**foreign, "do": "delete"}).status_code == 404
    assert theirs.post("/saved/1", data={**foreign, "do": "delete"}).status_code == 404
    assert theirs.post("/undo", data={**foreign, "change": str(changes[0].id)}).status_code == 403
    assert store.dossiers.all() == [dossier]


def test_a_sample_of_a_dossier_that_is_shared_no_more_says_not_what_the_dossier_is_called_now(
    shared: Flask, sign_in: SignIn
):
    ours, theirs = sign_in("reader"), sign_in("editor")
    token = token_of(ours)
    ours.post("/keep", data={"token": token, "what": "all", "search": "q=flood", "dossier": "new", "dossier_name": "A"})
    dossiers = shared.extensions[EXTENSION].store.dossiers
    (dossier,) = dossiers.all()
    path = f"/d/{dossier.mark}"
    ours.post(path, data={"token": token, "do": "share", "with": "people"})
    theirs.post("/samples", data={"token": token_of(theirs), "dossier": dossier.mark, "n": "2", "seed": "1"})
    assert f'href="{path}"' in theirs.get("/samples").text
    ours.post(path, data={"token": token, "do": "share", "with": ""})
    ours.post(path, data={"token": token, "do": "describe", "name": "Secret"})
    page = theirs.get("/samples").text
    assert (dossier.mark in page, "Secret" in page, f'href="{path}"' in page) == (True, False, False)
    assert dossiers.all()[0].name == "Secret"


def test_what_was_saved_before_there_were_accounts_is_the_admins(shared: Flask, sign_in: SignIn):
    shared.extensions[EXTENSION].store.saved.add("Old search", "q=flood", "this machine", NOW)
    assert "Old search" in sign_in("admin").get("/saved").text
    assert "Old search" not in sign_in("reader").get("/saved").text


def test_a_receipt_is_read_by_all_and_changed_by_who_made_it(shared: Flask, sign_in: SignIn):
    ours, theirs = sign_in("reader"), sign_in("editor")
    mark = ours.post("/q", data={"token": token_of(ours), "search": "q=flood"}).location.partition("?")[0]
    assert theirs.get(mark).status_code == 200
    refused = theirs.post(mark, data={"token": token_of(theirs), "do": "withdraw"})
    assert (refused.status_code, "who alone changes it" in refused.text) == (403, True)
    assert ours.post(mark, data={"token": token_of(ours), "do": "withdraw"}).status_code == 303


def test_a_change_is_noted_with_who_and_the_network(shared: Flask, sign_in: SignIn):
    client = sign_in("reader")
    token = token_of(client)
    client.environ_base["REMOTE_ADDR"] = "198.51.100.77"
    client.post("/dossiers", data={"token": token, "name": "Walls"})
    change = shared.extensions[EXTENSION].store.audit.latest()[0]
    assert (change.who, change.network) == ("reader", "198.51.100.0/24")
    page = sign_in("admin").get("/people").text
    assert "198.51.100.0/24" in page
    assert "198.51.100.77" not in page


def test_a_public_archive_shows_a_part_to_all_and_the_whole_to_its_people(folder: Path):
    app = people(app_over(folder, web={"accounts": "password", "public": True}))
    stranger, reader = client_of(app), client_of(app)
    assert try_password(reader, "reader", PASSWORD).status_code == 303
    article = re.search(r'href="(/a/[^"]+)"', stranger.get("/search?q=flood").text)[1]
    assert len(reader.get(article).text) > len(stranger.get(article).text)
    assert stranger.get("/saved").status_code == 403
    assert reader.get("/saved").status_code == 200
    assert "Save this search" not in stranger.get("/search?q=flood").text
    assert "Save this search" in reader.get("/search?q=flood").text
    app.extensions[EXTENSION].close()


# ---------------------------------------------------------------- tokens


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def basic(secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"any:{secret}".encode()).decode()}


def test_a_token_reads_in_its_persons_name_and_writes_when_it_may(shared: Flask):
    tokens = shared.extensions[EXTENSION].store.tokens
    _, reads = tokens.add("reader", "feed", Scope.READ, NOW)
    _, writes = tokens.add("reader", "script", Scope.WRITE, NOW)
    client = client_of(shared)
    for headers in (bearer(reads), basic(reads), bearer(writes), basic(writes)):
        assert client.get("/search.atom?q=flood", headers=headers).status_code == 200
    form = {"search": "q=flood", "name": "By script"}
    for headers in (bearer(reads), basic(reads), basic(writes)):  # a browser sends name and password by itself
        assert client.post("/saved", data=form, headers=headers).status_code == 403
    assert client.post("/saved", data=form, headers=bearer(writes)).status_code == 303
    assert shared.extensions[EXTENSION].store.saved.all()[0].who == "reader"


def test_what_an_admin_rules_no_token_rules(shared: Flask):
    _, secret = shared.extensions[EXTENSION].store.tokens.add("admin", "script", Scope.WRITE, NOW)
    client = client_of(shared)
    form = {"name": "reader", "do": "role", "role": "admin"}
    assert client.get("/people", headers=bearer(secret)).status_code == 403
    assert client.post("/people", data=form, headers=bearer(secret)).status_code == 403
    assert shared.extensions[EXTENSION].store.users.get("reader").role is Role.READER


def test_a_token_changes_no_account(shared: Flask):
    _, secret = shared.extensions[EXTENSION].store.tokens.add("admin", "script", Scope.WRITE, NOW)
    client = client_of(shared)
    reply = client.post("/account", data={"do": "token", "purpose": "another"}, headers=bearer(secret))
    assert reply.status_code == 403
    assert len(shared.extensions[EXTENSION].store.tokens.all()) == 1


@pytest.mark.parametrize(
    "header",
    ["Bearer x", "Bearer", "Basic", "Basic !!!", "Basic eA==", "Basic /////w==", "Digest a=b", "Bearer " + "x" * 9999],
)
def test_a_token_that_is_none_opens_nothing_and_says_so(shared: Flask, header: str):
    reply = client_of(shared).get("/search?q=flood", headers={"Authorization": header})
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")


# ---------------------------------------------------------------- a proxy that signs people in


def behind_a_proxy(folder: Path, peer: str, **web: str) -> FlaskClient:
    app = people(app_over(folder, web={"accounts": "proxy", "trusted_proxies": ("10.0.0.1",), **web}))
    client = client_of(app)
    client.environ_base["REMOTE_ADDR"] = peer
    client.environ_base["HTTP_X_FORWARDED_FOR"] = "198.51.100.7"
    return client


def test_a_trusted_proxy_names_the_person_and_the_store_the_role(folder: Path):
    client = behind_a_proxy(folder, "10.0.0.1")
    assert client.get("/people", headers={"X-Remote-User": "admin"}).status_code == 200
    assert client.get("/people", headers={"X-Remote-User": "editor"}).status_code == 403
    assert client.get("/search", headers={"X-Remote-User": "somebody new"}).status_code == 200
    assert client.get("/people", headers={"X-Remote-User": "somebody new"}).status_code == 403
    assert client.get("/search").status_code == 401
    client.application.extensions[EXTENSION].store.users.disable("editor", NOW)
    assert client.get("/search", headers={"X-Remote-User": "EDITOR"}).status_code == 401


def test_a_proxy_names_people_of_any_script_in_utf_8(folder: Path):
    client = behind_a_proxy(folder, "10.0.0.1")
    client.application.extensions[EXTENSION].store.users.add("Søren 李", Role.ADMIN, None, NOW)
    name = "Søren 李".encode().decode("latin-1")  # as WSGI gives the bytes of a header
    assert client.get("/people", headers={"X-Remote-User": name}).status_code == 200


def test_names_in_latin_1_are_not_mixed_up(folder: Path):
    client = behind_a_proxy(folder, "10.0.0.1")
    users = client.application.extensions[EXTENSION].store.users
    assert users.add("Müller", Role.ADMIN, None, NOW) and users.add("Möller", Role.READER, None, NOW)
    assert client.get("/people", headers={"X-Remote-User": "Müller"}).status_code == 200
    assert client.get("/people", headers={"X-Remote-User": "Möller"}).status_code == 403


def test_nobody_but_the_trusted_proxy_names_a_person(folder: Path):
    client = behind_a_proxy(folder, "10.0.0.2")
    assert client.get("/search", headers={"X-Remote-User": "admin"}).status_code == 401


def test_the_header_and_the_role_of_unknown_people_are_configured(folder: Path):
    client = behind_a_proxy(folder, "10.0.0.1", accounts_header="X-Auth-Name", accounts_role="admin")
    assert client.get("/search", headers={"X-Remote-User": "admin"}).status_code == 401
    assert client.get("/people", headers={"X-Auth-Name": "somebody new"}).status_code == 200


def test_who_edits_no_more_undoes_no_correction(shared: Flask, sign_in: SignIn):
    editor = sign_in("editor")
    store = shared.extensions[EXTENSION].store
    mark = store.newest(1)[0].mark
    sent = editor.post("/correct", data={"token": token_of(editor), "mark": mark, "field": "section", "value": "Sea"})
    assert sent.status_code == 303
    store.users.set_role("editor", Role.READER)
    change = store.audit.latest()[0]
    assert editor.post("/undo", data={"token": token_of(editor), "change": str(change.id)}).status_code == 403
    assert store.corrections.count() == 1


def test_the_search_box_leads_to_a_dossier_only_those_who_may_read_it(shared: Flask, sign_in: SignIn):
    ours, theirs = sign_in("reader"), sign_in("editor")
    token = token_of(ours)
    ours.post("/dossiers", data={"token": token, "name": "Secret"})
    mark = shared.extensions[EXTENSION].store.dossiers.all()[0].mark
    assert ours.get(f"/search?q={mark}").location == f"/d/{mark}"
    ours.post(f"/d/{mark}", data={"token": token, "do": "share", "with": "people"})
    assert theirs.get(f"/search?q={mark}").location == f"/d/{mark}"
    ours.post(f"/d/{mark}", data={"token": token, "do": "share", "with": ""})
    private = theirs.get(f"/search?q={mark}")
    ours.post(f"/d/{mark}", data={"token": token, "do": "delete"})
    gone = theirs.get(f"/search?q={mark}")
    assert ours.get(f"/d/{mark}").status_code == 410 and (private.status_code, gone.status_code) == (200, 200)
    assert private.text.count(mark) == gone.text.count(mark)  # the letters of a mark may find articles of their own
