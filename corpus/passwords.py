"""A password -> its hash, and whether a password is the one of a hash: scrypt, as OWASP's cheat sheet sets it."""

import base64
import hashlib
import hmac
import secrets

from corpus.texts import text

SHORTEST = 10  # characters
LONGEST = 200
LOG_N, R, P = 15, 8, 3  # 32 MB of memory, a third of a second
_MEMORY = 64 * 1024 * 1024  # bytes; what a stored hash may ask for at most
_NOBODY = "scrypt$15$8$3$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


def problem(password: str) -> str | None:
    """Say why a password is not taken; None: it is."""
    if not SHORTEST <= len(password) <= LONGEST:
        return text(
            "a password has {least} to {most} characters; this one has {n}",
            least=SHORTEST,
            most=LONGEST,
            n=len(password),
        )
    if len(set(password)) < 4:
        return text("a password has at least four different characters")
    return None


def hash_password(password: str, *, log_n: int = LOG_N) -> str:
    """Return the hash of a password, with its salt and parameters, as one line."""
    salt = secrets.token_bytes(16)
    return "$".join(("scrypt", str(log_n), str(R), str(P), _text(salt), _text(_scrypt(password, salt, log_n, R, P))))


def is_password(password: str, stored: str | None) -> bool:
    """Tell whether a password is the one of a hash; None, a name without a password, takes as long and is false."""
    try:
        kind, *numbers, salt, wanted = (stored or _NOBODY).split("$")
        log_n, r, p = map(int, numbers)
        made = _scrypt(password, base64.b64decode(salt), log_n, r, p)
    except ValueError:  # not a hash of ours: memory or parameters beyond the limit, or text of another kind
        return False
    same = kind == "scrypt" and hmac.compare_digest(_text(made), wanted)
    return same and stored is not None


def _scrypt(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    if not (1 <= log_n <= 16 and 1 <= r <= 8 and 1 <= p <= 4):
        raise ValueError("parameters beyond the limit")
    # HMAC, within scrypt, takes "x" and "x\0" for the same key, so the password is hashed to one length first.
    secret = hashlib.sha512(password[: LONGEST + 1].encode(errors="surrogatepass")).digest()
    return hashlib.scrypt(secret, salt=salt, n=1 << log_n, r=r, p=p, maxmem=_MEMORY + 4096 * 1024, dklen=32)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
