"""The product that is running: its version."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def product_version() -> str:
    """Return the version of Pressmark that is running."""
    try:
        return version("pressmark")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"
