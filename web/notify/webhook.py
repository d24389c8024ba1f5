"""A message -> a signed POST of JSON to the address of a webhook."""

import hmac
import http.client
import json
import ssl
from urllib.parse import urlsplit

from corpus.config import NotifySettings
from corpus.errors import PressmarkError
from corpus.notices.values import Message
from corpus.texts.system_errors import words_of

TIMEOUT = 20  # seconds for the connection, and for the answer


def send(message: Message, settings: NotifySettings) -> None:
    """Post a message to the webhook of [notify]; a redirect is not followed, as the address is the user's own.

    Raises:
        PressmarkError: The answer was not a 2xx, or there was none; the sentence names the host alone, since the rest
            of the address may be a secret.
    """
    parts = urlsplit(settings.webhook or "")
    host = parts.hostname or ""
    body = json.dumps(
        {
            "id": message.key,
            "at": message.at.isoformat(),
            "subject": message.subject,
            "text": message.text,
            **message.data,
        },
        ensure_ascii=False,
    ).encode()
    headers = {"Content-Type": "application/json", "User-Agent": "pressmark", **signature(body, message, settings)}
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = (
        http.client.HTTPSConnection(host, parts.port, timeout=TIMEOUT, context=ssl.create_default_context())
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT)
    )
    try:
        connection.request("POST", target, body, headers)
        status = connection.getresponse().status
    except ssl.SSLError as error:
        raise PressmarkError(f"{host}: no safe connection: {words_of(error)}") from None
    except OSError as error:
        raise PressmarkError(f"{host}: cannot be reached: {words_of(error)}") from None
    except http.client.HTTPException:
        raise PressmarkError(f"{host}: its answer is no HTTP") from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise PressmarkError(f"{host}: answered {status}: expected a 2xx")


def signature(body: bytes, message: Message, settings: NotifySettings) -> dict[str, str]:
    """Return the headers that prove who sent a body, and when the message was made; none without a secret.

    The signature is HMAC-SHA256, in hex, of the timestamp, a full stop, and the body.
    """
    if settings.webhook_secret is None:
        return {}
    stamp = str(int(message.at.timestamp()))
    digest = hmac.digest(settings.webhook_secret.encode(), stamp.encode() + b"." + body, "sha256").hex()
    return {"X-Pressmark-Timestamp": stamp, "X-Pressmark-Signature": f"sha256={digest}"}
