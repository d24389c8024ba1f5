"""A message -> the standard input of a program of the user's."""

import os
import subprocess
import tempfile

from corpus.config import NotifySettings
from corpus.errors import PressmarkError
from corpus.notices.values import Message
from corpus.texts.system_errors import words_of
from web.processes.inherited import of_the_user

TIMEOUT = 60  # seconds that the program may take
SAID = 2000  # bytes at the end of what it says that are looked at


def send(message: Message, settings: NotifySettings) -> None:
    """Run the command of [notify] with the text on its standard input; no shell reads anything of it.

    The subject stands in the variable PRESSMARK_SUBJECT, the message's key in PRESSMARK_ID.

    Raises:
        PressmarkError: It cannot be run, takes too long, or ends with another exit code than 0.
    """
    name = settings.command[0]
    environment = {each: value for each, value in of_the_user().items() if not each.startswith("PRESSMARK__")}
    environment |= {"PRESSMARK_SUBJECT": message.subject, "PRESSMARK_ID": message.key}
    with tempfile.TemporaryFile() as errors:  # no pipe, which what it starts and leaves behind would hold open
        try:
            done = subprocess.run(  # noqa: S603 - the program is named in config.toml, and no text of strangers with it
                settings.command,
                input=message.text.encode(),
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise PressmarkError(f"{name}: took longer than {TIMEOUT} s") from None
        except OSError as error:
            raise PressmarkError(f"{name}: cannot be run: {words_of(error)}") from None
        if done.returncode:
            errors.seek(max(errors.seek(0, os.SEEK_END) - SAID, 0))
            said = errors.read().decode(errors="replace").strip()[-200:]
            raise PressmarkError(f"{name}: ended with {done.returncode}{f': {said}' if said else ''}")
