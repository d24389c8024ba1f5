"""What schemathesis makes of the document, right and wrong, as nobody, reader and editor: nothing surprises."""

from collections.abc import Collection
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from corpus.store.accounts.sessions import Scope
from tests.web.accounts.conftest import shared
from tests.web.corpus import NOW
from web.api.operations import OPERATIONS
from web.api.rates import Rates
from web.layout.services import EXTENSION

__all__ = ["shared"]

WHO = ("nobody", "reader", "editor")
MANY, FEW = 200, 2  # requests of each operation
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "negative_data_rejection",
)


@pytest.fixture
def headers(shared: Flask) -> dict[str, dict[str, str]]:
    """The headers by which each of WHO asks."""
    shared.extensions["pressmark.api_rates"] = Rates(lambda: 0.0, at_once=float("inf"))
    tokens = shared.extensions[EXTENSION].store.tokens
    secrets = {who: tokens.add(who, "sweep", Scope.WRITE, NOW)[1] for who in WHO[1:]}
    host = {"Host": "localhost", "Accept-Encoding": "identity"}
    return {"nobody": host, **{who: {**host, "Authorization": f"Bearer {secret}"} for who, secret in secrets.items()}}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.soak
def test_no_request_breaks_the_api_or_is_answered_as_not_declared(
    shared: Flask, headers: dict[str, dict[str, str]], who: str
):
    sweep(shared, headers, who, MANY)


def test_a_few_requests_do_not(shared: Flask, headers: dict[str, dict[str, str]]):
    sweep(shared, headers, "reader", FEW, {"facet", "change_search"})


def sweep(app: Flask, headers: dict[str, dict[str, str]], who: str, requests: int, only: Collection[str] = ()) -> None:
    # Imported here: both workers collect the tests, one sweeps.
    schemathesis = pytest.importorskip("schemathesis", reason="the sweep of the API needs schemathesis")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, headers=headers["reader"])
    checks = [each for each in schemathesis.checks.CHECKS.get_all() if each.__name__ in CHECKS]
    assert len(checks) == len(CHECKS)
    phases = [Phase.explicit, Phase.generate]
    calm = settings(
        max_examples=requests, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck)
    )
    swept = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if only and operation.definition.raw["operationId"] not in only:
            continue
        swept += 1

        @calm
        @given(
            case=operation.as_strategy() | operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
        )
        def ask(case: Any) -> None:
            case.call_and_validate(headers=headers[who], checks=checks)

        ask()
    assert swept == (len(only) or len(OPERATIONS))
