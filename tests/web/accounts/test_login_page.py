"""Signing in and out with a password."""

import re

import pytest
from flask import Flask

from corpus.passwords import hash_password
from corpus.store.accounts.users import Role
from tests.web.accounts.conftest import PASSWORD, SignIn, try_password
from tests.web.conftest import client_of, token_of
from tests.web.corpus import NOW
from web.layout.services import EXTENSION


def test_who_is_signed_in_sees_the_archive_and_others_are_led_to_the_form(shared: Flask):
    client = client_of(shared)
    refused = client.get("/search?q=flood&sort=newest")
    assert (refused.status_code, refused.location) == (303, "/login?back=%2Fsearch%3Fq%3Dflood%26sort%3Dnewest")
    page = client.get(refused.location)
    assert "Sign in" in page.text
    texts = re.sub(r"<[^>]*>", "", page.text)
    assert "flood" not in texts
    back = try_password(client, "reader", PASSWORD, back="/search?q=flood&sort=newest")
    assert (back.status_code, back.location) == (303, "/search?q=flood&sort=newest")
    assert "Account" in client.get("/search?q=flood").text


def test_the_cookie_is_kept_from_scripts_and_other_sites(shared: Flask):
    cookie = try_password(client_of(shared), "reader", PASSWORD).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    client = client_of(shared)
    token = client.get("/login").text.partition('name="token" value="')[2].partition('"')[0]
    form = {"token": token, "name": "reader", "password": PASSWORD}
    assert "Secure" in client.post("/login", data=form, base_url="https://localhost").headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("name", "password"), [("reader", "the tide table"), ("nobody", PASSWORD), ("", ""), ("reader", ""), ("\0", "x")]
)
def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(shared: Flask, name: str, password: str):
    client = client_of(shared)
    reply = try_password(client, name, password)
    assert reply.status_code == 403
    assert "do not belong together" in reply.text
    assert client.get("/search").status_code == 303


def test_ten_wrong_passwords_are_slowed_and_the_right_one_waits_too(shared: Flask):
    client = client_of(shared)
    replies = [try_password(client, "reader", "wrong") for _ in range(10)]
    assert [each.status_code for each in replies] == [403] * 5 + [429] * 5
    assert int(replies[-1].headers["Retry-After"]) > 0
    assert try_password(client, "Reader", PASSWORD).status_code == 429


def test_too_many_passwords_are_a_page_in_the_readers_language_and_a_problem_for_programs(shared: Flask):
    client = client_of(shared)
    other = try_password(client, "nobody", "wrong", headers={"Accept": "application/json"})
    assert (other.status_code, other.json["detail"]) == (403, "Name and password do not belong together.")
    for _ in range(6):
        try_password(client, "reader", "wrong")
    page = try_password(client, "reader", "wrong", headers={"Accept": "text/html", "Accept-Language": "fr"})
    assert (page.status_code, page.headers["Content-Language"]) == (429, "fr")
    assert "Trop de mots de passe" in page.text
    reply = try_password(client, "reader", "wrong", headers={"Accept": "application/json"})
    assert (reply.status_code, reply.mimetype) == (429, "application/problem+json")
    assert reply.json["title"] == "Too often"
    assert int(reply.headers["Retry-After"]) > 0


def test_behind_a_proxy_that_is_not_trusted_one_stranger_locks_nobody_else_out(shared: Flask):
    client = client_of(shared)
    client.environ_base["HTTP_X_FORWARDED_FOR"] = "198.51.100.7"
    users, hashed = shared.extensions[EXTENSION].store.users, hash_password("of somebody else", log_n=4)
    for number in range(8):  # people, because a name that nobody has costs a third of a second to refuse
        users.add(f"guess {number}", Role.READER, hashed, NOW)
        assert try_password(client, f"guess {number}", "wrong").status_code == 403
    assert try_password(client, "reader", PASSWORD).status_code == 303


def test_a_session_ends_in_the_store_not_in_the_browser_alone(shared: Flask, sign_in: SignIn):
    client = sign_in("reader")
    cookie = client.get_cookie("pressmark")
    token = token_of(client)
    assert client.post("/logout", data={"token": token}).status_code == 303
    client.set_cookie("pressmark", cookie.value)
    assert client.get("/search").status_code == 303


def test_signing_in_anew_gives_another_session_and_ends_the_old_one(shared: Flask, sign_in: SignIn):
    client = sign_in("reader")
    old = client.get_cookie("pressmark").value
    form = {"token": token_of(client), "name": "editor", "password": PASSWORD}
    assert client.post("/login", data=form).status_code == 303
    assert client.get_cookie("pressmark").value != old
    other = client_of(shared)
    other.set_cookie("pressmark", old)
    assert other.get("/search").status_code == 303


def test_a_form_of_one_session_is_none_of_another(sign_in: SignIn):
    first, second = sign_in("reader"), sign_in("reader")
    fields = {"search": "q=flood", "name": "x", "token": token_of(first)}
    assert second.post("/saved", data=fields).status_code == 403
    assert first.post("/saved", data=fields).status_code == 303


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_signs_nobody_in_or_out(shared: Flask, sign_in: SignIn, headers: dict[str, str]):
    client = client_of(shared)
    token = client.get("/login").text.partition('name="token" value="')[2].partition('"')[0]
    fields = {"token": token, "name": "reader", "password": PASSWORD}
    assert client.post("/login", data=fields, headers=headers).status_code == 403
    inside = sign_in("reader")
    assert inside.post("/logout", data={"token": token_of(inside)}, headers=headers).status_code == 403
    assert inside.get("/search").status_code == 200


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x"])
def test_signing_in_leads_to_our_pages_alone(shared: Flask, back: str):
    assert try_password(client_of(shared), "reader", PASSWORD, back=back).location == "/"


def test_an_archive_without_people_says_how_the_first_one_is_added(shared: Flask):
    users = shared.extensions[EXTENSION].store.users
    for each in users.all():
        users.remove(each.name)
    assert "pressmark users add NAME --role admin" in client_of(shared).get("/login").text


def test_without_accounts_there_is_nothing_to_sign_in_to(desk: Flask):
    client = client_of(desk)
    assert [client.get(path).status_code for path in ("/login", "/account")] == [404, 404]
    assert "Sign in" not in client.get("/").text
