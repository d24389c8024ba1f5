"""One's own account, and the people as an admin sees them."""

import re

from flask import Flask

from tests.web.accounts.conftest import PASSWORD, SignIn, try_password
from tests.web.conftest import client_of, token_of
from web.layout.services import EXTENSION


def test_a_token_is_shown_once_and_works_until_it_is_revoked(shared: Flask, sign_in: SignIn):
    client = sign_in("reader")
    form = {"token": token_of(client), "do": "token", "purpose": "Feeds", "scope": "read"}
    made = client.post("/account", data=form)
    secret = re.search(r"pressmark_[\w-]{40,}", made.text)[0]
    assert made.headers["Cache-Control"] == "no-store"
    page = client.get("/account").text
    assert "Feeds" in page
    assert secret not in page
    stranger = client_of(shared)
    assert stranger.get("/search", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    client.post("/account", data={"token": form["token"], "do": "revoke", "id": "1"})
    assert stranger.get("/search", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_form_sent_twice_makes_one_token_and_the_secret_that_is_seen_works(shared: Flask, sign_in: SignIn):
    client, store = sign_in("reader"), shared.extensions[EXTENSION].store
    form = {"token": token_of(client), "do": "token", "purpose": "Feeds", "scope": "read"}
    answers = [client.post("/account", data=form).text for _ in range(2)]
    first, second = (re.search(r"pressmark_[\w-]{40,}", answer)[0] for answer in answers)
    said = "Token 1 has another secret: its form was sent twice. The secret that was shown first is good for nothing."
    assert [said in answer for answer in answers] == [False, True]
    assert [each.id for each in store.tokens.all()] == [1]
    assert "another secret" in store.audit.latest(1)[0].words
    stranger = client_of(shared)
    statuses = [
        stranger.get("/search", headers={"Authorization": f"Bearer {each}"}).status_code for each in (first, second)
    ]
    assert statuses == [401, 200]
    client.post("/account", data=form)  # the token was used: this one is another
    client.post("/account", data={**form, "scope": "write"})
    client.post("/account", data={**form, "purpose": "Mail"})
    assert len(store.tokens.all()) == 4
    ours, theirs = sign_in("editor"), store.tokens.all()
    ours.post("/account", data={**form, "token": token_of(ours)})
    assert len(store.tokens.all()) == len(theirs) + 1


def test_nobody_revokes_the_token_of_another(shared: Flask, sign_in: SignIn):
    ours, theirs = sign_in("reader"), sign_in("editor")
    ours.post("/account", data={"token": token_of(ours), "do": "token", "purpose": "Feeds"})
    for id in ("1", "0", "-1", "x", "9" * 30, ""):
        assert theirs.post("/account", data={"token": token_of(theirs), "do": "revoke", "id": id}).status_code == 404
    assert shared.extensions[EXTENSION].store.tokens.all()[0].revoked is None


def test_a_password_is_changed_by_who_knows_it_and_every_browser_is_signed_out(shared: Flask, sign_in: SignIn):
    here, there = sign_in("reader"), sign_in("reader")
    form = {"token": token_of(here), "do": "password", "password": "wrong", "new": "another tide table"}
    assert here.post("/account", data=form).status_code == 403
    refused = here.post("/account", data={**form, "password": PASSWORD, "new": "short"})
    assert (refused.status_code, "10 to 200 characters" in refused.text) == (403, True)
    assert here.post("/account", data={**form, "password": PASSWORD}).status_code == 303
    change = shared.extensions[EXTENSION].store.audit.latest()[0]
    assert (change.who, change.words) == ("reader", "The password is changed.")
    assert [each.get("/search").status_code for each in (here, there)] == [303, 303]
    assert try_password(client_of(shared), "reader", PASSWORD).status_code == 403
    assert try_password(client_of(shared), "reader", "another tide table").status_code == 303


def test_one_signs_out_of_every_browser_at_once(sign_in: SignIn):
    here, there = sign_in("reader"), sign_in("reader")
    assert here.post("/account", data={"token": token_of(here), "do": "leave"}).status_code == 303
    assert there.get("/search").status_code == 303


def test_an_admin_changes_roles_and_locks_out(shared: Flask, sign_in: SignIn):
    admin, reader = sign_in("admin"), sign_in("reader")
    form = {"token": token_of(admin), "name": "reader"}
    assert admin.post("/people", data={**form, "do": "role", "role": "editor"}).status_code == 303
    assert "editor" in reader.get("/account").text
    assert admin.post("/people", data={**form, "do": "role", "role": "king"}).status_code == 403
    assert admin.post("/people", data={**form, "do": "disable"}).status_code == 303
    assert reader.get("/search").status_code == 303
    assert try_password(client_of(shared), "reader", PASSWORD).status_code == 403
    assert admin.post("/people", data={**form, "do": "enable"}).status_code == 303
    assert try_password(client_of(shared), "reader", PASSWORD).status_code == 303
    assert admin.post("/people", data={**form, "name": "nobody", "do": "enable"}).status_code == 404


def test_the_last_admin_stays_one(shared: Flask, sign_in: SignIn):
    admin = sign_in("admin")
    form = {"token": token_of(admin), "name": "admin"}
    for change in ({"do": "role", "role": "reader"}, {"do": "disable"}):
        refused = admin.post("/people", data={**form, **change})
        assert (refused.status_code, "only admin" in refused.text) == (403, True)
    assert admin.get("/people").status_code == 200


def test_names_and_purposes_of_others_are_text_not_markup(shared: Flask, sign_in: SignIn):
    client = sign_in("admin")
    client.post("/account", data={"token": token_of(client), "do": "token", "purpose": "<script>x</script>"})
    assert "<script>x" not in client.get("/account").text
    assert "&lt;script&gt;x" in client.get("/account").text
