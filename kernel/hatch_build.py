"""The files of C beside this -> a shared library in a wheel; `python hatch_build.py FOLDER` leaves it in a folder."""

import os
import shlex
import subprocess
import sys
import sysconfig
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

SOURCES = tuple(
    f"pressmark_{part}.c"
    for part in (
        "kernel",
        "phrases",
        "sweep",
        "lexicon",
        "trees",
        "features",
        "seek",
        "snippets",
        "pages",
        "texts",
        "words",
    )
)
NAME = "pressmark_kernel.abi3.so"
OPTIONS = ("-std=c11", "-O3", "-ffp-contract=off", "-fPIC", "-shared")  # sums are rounded as NumPy rounds them
MAC = ("-undefined", "dynamic_lookup")


def command() -> list[str]:
    """Return the compiler and its options; `CC` names another one than `cc`, `CFLAGS` has options that come last."""
    more = MAC if sys.platform == "darwin" else ()
    return [*shlex.split(os.environ.get("CC", "cc")), *OPTIONS, *more, *shlex.split(os.environ.get("CFLAGS", ""))]


def made_of() -> str:
    """Return a digest of all that the kernel is compiled of and by; the kernel has it as its MADE_OF."""
    digest = sha256(shlex.join(command()).encode())
    folder = Path(__file__).parent
    for each in (Path(__file__), *sorted(folder.glob("*.[ch]"))):
        digest.update(each.name.encode() + each.read_bytes())
    return digest.hexdigest()


def compiled(folder: Path) -> Path:
    """Compile the kernel into a folder and return its file."""
    library = folder / NAME
    include = sysconfig.get_path("include")
    sources = [str(Path(__file__).with_name(name)) for name in SOURCES]
    made = f'-DMADE_OF="{made_of()}"'
    subprocess.run([*command(), made, f"-I{include}", *sources, "-lm", "-o", str(library)], check=True)  # noqa: S603
    return library


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # to compile alone, nothing is needed
    pass
else:

    class KernelHook(BuildHookInterface):  # type: ignore[type-arg]
        """The step of the wheel's build that compiles."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
            """Compile, and put the library into the wheel under the tag of this platform."""
            library = compiled(Path(tempfile.mkdtemp(prefix="pressmark-kernel-")))
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["pure_python"] = False
            build_data["tag"] = f"cp311-abi3-{platform}"
            build_data["force_include"][str(library)] = NAME


if __name__ == "__main__":
    compiled(Path(sys.argv[1]))
