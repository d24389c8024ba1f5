"""A purpose and numbers -> the signature of an address that works without signing in; made by this archive alone."""

import hashlib
import hmac
from collections.abc import Sequence


def signature(secret: bytes, purpose: str, numbers: Sequence[int]) -> str:
    """Return 32 hexadecimal digits; `secret` is the store's own, and a signature is good for one purpose."""
    text = "\0".join((purpose, *map(str, numbers)))
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32]
