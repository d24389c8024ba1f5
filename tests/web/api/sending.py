"""A request to the API through Flask's test client."""

from typing import Any

from flask.testing import FlaskClient


def send(client: FlaskClient, method: str, path: str, body: Any = None, **headers: str) -> Any:
    return client.open(f"/api/v1{path}", method=method, json=body, headers=headers)
