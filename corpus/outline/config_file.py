"""Where config.toml is looked for, and where the corpus stands when config.toml does not say; no file is read here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ConfigError, Problem

FILE = "config.toml"
VARIABLE = "PRESSMARK_CONFIG"
_OWN = "the user's own"


@dataclass(frozen=True, slots=True)
class ConfigChoice:
    """Which config file is used, and why; `path` is None when there is none and the defaults hold."""

    path: Path | None
    why: str


def find(explicit: Path | None, *, cwd: Path, environ: Mapping[str, str]) -> ConfigChoice:
    """Return the file to use: the one named, $PRESSMARK_CONFIG, here, in a folder above, the user's own."""
    if explicit is not None:
        return ConfigChoice(_file(cwd / explicit), "named by --config")
    if environ.get(VARIABLE):
        return ConfigChoice(_file(cwd / environ[VARIABLE]), f"named by ${VARIABLE}")
    home = _home(environ)
    for folder in (cwd, *cwd.parents):
        if _stands(folder / FILE):
            return ConfigChoice(folder / FILE, "in this folder" if folder == cwd else "in a folder above")
        if folder == home or (folder / ".git").exists():
            break
    own = Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "pressmark" / FILE
    if _stands(own):
        return ConfigChoice(own, _OWN)
    return ConfigChoice(None, "no file: defaults only")


def default_data(choice: ConfigChoice, environ: Mapping[str, str]) -> Path:
    """Return where the corpus stands when nothing names another folder.

    That is beside the file; without one, or with the user's own, $XDG_DATA_HOME/pressmark.
    """
    if choice.path is not None and choice.why != _OWN:
        return choice.path.parent.absolute() / "data"
    return Path(environ.get("XDG_DATA_HOME") or _home(environ) / ".local" / "share") / "pressmark"


def _stands(path: Path) -> bool:
    """Whether a file stands where none was named; not for somebody who may not look, such as in another user's home.

    Raises:
        ConfigError: What has the name of the file is a folder, a pipe or a device, or a link that leads nowhere.
    """
    try:
        if path.is_file():
            return True
        if not path.is_symlink() and not path.exists():
            return False
    except PermissionError:
        return False
    what = (
        "a folder" if path.is_dir() else "a link that leads to no file" if path.is_symlink() else "a pipe or a device"
    )
    raise ConfigError(
        (Problem(str(path), None, "", f"is {what}: expected a file; the defaults are not taken in its place"),)
    )


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("HOME") or "/")


def _file(path: Path) -> Path:
    if not path.is_file():
        raise ConfigError((Problem(str(path), None, "", "there is no such file; `pressmark init` writes one"),))
    return path
