"""[notify]: how those who run the archive get messages, and which."""

from ipaddress import ip_address
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from corpus.config import units
from corpus.config.secrets import HIDDEN
from corpus.config.table import Secret, Table
from corpus.config.units import FilePath, Host, Mailbox, Schedule

SecretUrl = Annotated[
    str,
    BeforeValidator(units.url),
    PlainSerializer(lambda _: HIDDEN, when_used="json"),
    WithJsonSchema({"type": "string"}),
]


class NotifySettings(Table):
    """[notify]"""

    when: Literal["problems", "runs", "daily"] = Field(
        "problems", description="A message when something is wrong, after each crawl, or once a day"
    )
    digest: Schedule = Field(units.schedule("daily 07:00"), description='When the message of when = "daily" is sent')
    mail_to: tuple[Mailbox, ...] = Field((), description="Addresses that messages are mailed to")
    mail_from: Mailbox | None = Field(None, description="Address that mails are from; the first of mail_to if not set")
    smtp_host: Host | None = Field(None, description="Server that takes the mails")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection is kept private; none: only to this machine"
    )
    smtp_user: str | None = Field(None, min_length=1, description="Who we are there")
    smtp_password: Secret | None = Field(None, repr=False, description="That user's password")
    smtp_ca: FilePath | None = Field(None, description="Certificate that the server's certificate is signed by")
    webhook: SecretUrl | None = Field(None, repr=False, description="Address that messages are posted to, as JSON")
    webhook_secret: Secret | None = Field(None, repr=False, description="Key by which they are signed")
    command: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        (), description="Program with its arguments that gets messages on its standard input"
    )

    @property
    def sends(self) -> bool:
        """Whether there is any way to send a message."""
        return bool(self.mail_to or self.webhook or self.command)

    @model_validator(mode="after")
    def _has_what_a_mail_needs(self) -> Self:
        if self.mail_to and self.smtp_host is None:
            raise ValueError('mail_to needs smtp_host: expected a server such as "mail.example"')
        if self.smtp_host is not None and self.smtp_tls == "none" and not _is_here(self.smtp_host):
            raise ValueError(
                f'smtp_tls = "none" sends mails in the clear to {self.smtp_host}: expected "starttls" or "tls"'
            )
        if self.smtp_password is not None and self.smtp_user is None:
            raise ValueError("smtp_password needs smtp_user: whose password it is")
        return self


def _is_here(host: str) -> bool:
    """Whether a host is this machine, so that nobody else sees what is sent to it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
