"""ARCHITECTURE.md and CONTRIBUTING.md speak of the tree as it is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "crawler", "indexer", "web")
DATA = {"schema", "static", "templates", "__pycache__"}  # folders without modules
DOCUMENTS = ("ARCHITECTURE.md", "CONTRIBUTING.md")


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def section(package: str) -> str:
    """Return what ARCHITECTURE.md says of one package."""
    return text_of("ARCHITECTURE.md").split(f"### {package}/:")[1].split("\n##")[0]


def wings(folder: Path) -> list[str]:
    """Return the folders of a package; one that was taken out may have left what Python compiled."""
    found = [each for each in folder.iterdir() if each.is_dir() and each.name not in DATA]
    return sorted(each.name for each in found if any(file.name != "__pycache__" for file in each.iterdir()))


@pytest.mark.parametrize("package", PACKAGES)
def test_every_wing_of_a_package_is_named_in_its_section(package: str) -> None:
    named = section(package)
    assert not [wing for wing in wings(ROOT / package) if f"`{wing}/`" not in named and f"/{wing}/`" not in named]


def test_every_wing_of_the_store_is_named() -> None:
    assert not [wing for wing in wings(ROOT / "corpus" / "store") if f"`{wing}/`" not in section("corpus")]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_wing_that_a_table_names_is_there(package: str) -> None:
    rows = re.findall(r"^\| (`.+?) \|", section(package), re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([\w/]+(?:\.py)?)`", row)]
    assert named
    missing = []
    for name in named:
        place = ROOT / package / name
        if not (place.is_dir() if name.endswith("/") else place.with_suffix(".py").is_file()):
            missing.append(name)
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_is_named_is_there(document: str) -> None:
    packages = "|".join((*PACKAGES, "tests", "docs", "bench"))
    paths = set(re.findall(rf"`((?:{packages})/[\w./-]*)`", text_of(document)))
    assert paths
    assert not [path for path in sorted(paths) if not (ROOT / path).exists()]


def test_every_name_of_a_how_to_stands_in_the_module_beside_it() -> None:
    how_to = text_of("CONTRIBUTING.md").split("## How to add")[1].split("\n## ")[0]
    pairs = re.findall(r"((?:`\w+`[^`\[\]()]*)+)\(\[([\w/]+\.py)\]", how_to)
    assert len(pairs) >= 6
    missing = [
        (name, module)
        for names, module in pairs
        for name in re.findall(r"`(\w+)`", names)
        if not re.search(rf"\b{name}\b", (ROOT / module).read_text(encoding="utf-8"))
    ]
    assert not missing


def test_every_attribute_of_the_store_that_is_named_is_there() -> None:
    source = (ROOT / "corpus" / "store" / "__init__.py").read_text(encoding="utf-8")
    named = re.findall(r"`store\.(\w+)`", text_of("ARCHITECTURE.md"))
    assert named
    assert not [name for name in named if f"self.{name} = " not in source and f"def {name}(" not in source]
