"""A message -> a mail, handed to an SMTP server over TLS."""

import logging
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from corpus.config import NotifySettings
from corpus.errors import PressmarkError
from corpus.events import event
from corpus.notices.values import Message, NotReached
from corpus.texts.system_errors import words_of

log = logging.getLogger(__name__)

LONG_LINES = policy.default.clone(
    max_line_length=990
)  # a longer address in a header would be encoded, and lead nowhere
TIMEOUT = 20  # seconds for each answer of the server
ANSWER = 200  # characters of an answer that are shown


def send(message: Message, settings: NotifySettings) -> NotReached | None:
    """Hand a message to the SMTP server of [notify]; return whom it refused, if it took it for others, now or before.

    One that is still to reach some goes to these alone, as far as config has them.

    Raises:
        PressmarkError: It was not taken; the sentence says by whom and why, and holds no password.
    """
    to = [each for each in settings.mail_to if not message.to or each in message.to]
    refused = _handed_over(compose(message, settings), to, settings) if to else {}
    if not refused:
        return None
    why = f"{settings.smtp_host}:{settings.smtp_port}: {_refusals(refused)}"
    if not message.to and refused.keys() >= set(to):
        raise PressmarkError(why)
    addresses = ", ".join(refused)
    event(log, "mail refused for some", level=logging.WARNING, host=settings.smtp_host, addresses=addresses)
    return NotReached(tuple(refused), why)


def _handed_over(mail: EmailMessage, to: list[str], settings: NotifySettings) -> Mapping[str, tuple[int, bytes]]:
    """Hand a mail to the server; return whom it refused, and with which answer."""
    host, port = settings.smtp_host or "", settings.smtp_port
    try:
        server = _connected(host, port, settings)
        try:
            if settings.smtp_user is not None:
                server.login(settings.smtp_user, settings.smtp_password or "")
            return server.send_message(mail, to_addrs=to)
        finally:
            with suppress(smtplib.SMTPException, OSError):  # what was taken is taken, however one parts
                server.quit()
    except smtplib.SMTPRecipientsRefused as error:
        return error.recipients
    except smtplib.SMTPAuthenticationError as error:
        raise PressmarkError(f"{host}:{port}: user or password refused ({error.smtp_code})") from None
    except smtplib.SMTPResponseException as error:
        said = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        raise PressmarkError(f"{host}:{port}: answered {error.smtp_code} {said[:ANSWER]}") from None
    except smtplib.SMTPException as error:
        raise PressmarkError(f"{host}:{port}: {error}") from None
    except ssl.SSLError as error:
        raise PressmarkError(f"{host}:{port}: no safe connection: {words_of(error)}") from None
    except OSError as error:
        raise PressmarkError(f"{host}:{port}: cannot be reached: {words_of(error)}") from None


def _refusals(refused: Mapping[str, tuple[int, bytes]]) -> str:
    """Say for whom a server takes no mail, and what it answered for the first of them."""
    code, said = next(iter(refused.values()))
    words = " ".join(said.decode(errors="replace").split())[:ANSWER]
    return f"it takes no mail for {', '.join(refused)}: answered {code} {words}"


def compose(message: Message, settings: NotifySettings) -> EmailMessage:
    """Return the mail of a message; a message has one Message-ID, so that a mail sent twice is seen to be one."""
    mail = EmailMessage(policy=LONG_LINES)
    sender = settings.mail_from or settings.mail_to[0]
    mail["From"] = sender
    mail["To"] = ", ".join(settings.mail_to)
    mail["Subject"] = " ".join(f"[pressmark] {message.subject}".split())  # a line end would begin a header
    mail["Date"] = format_datetime(message.at)
    domain = sender.rpartition("@")[2]
    mail["Message-ID"] = f"<{sha256(message.key.encode()).hexdigest()[:32]}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no "out of office" comes back
    if message.stop:
        mail["List-Unsubscribe"] = f"<{message.stop}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058: a POST there, and no page
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    return mail


def _connected(host: str, port: int, settings: NotifySettings) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=str(settings.smtp_ca) if settings.smtp_ca else None)
    if settings.smtp_tls == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    try:
        if settings.smtp_tls == "starttls":
            server.starttls(context=context)
    except BaseException:
        server.close()
        raise
    return server
