"""What is built from the checkout, and whether it works where nothing else is installed."""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.parser import Parser
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from graphkb.loaders import loaders
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = {"graphkb": "graphkb", "loaders": "graphkb/loaders"}
SHIPPED |= {"queries": "graphkb/queries", "samples": "graphkb/samples"}
TYPES_ONLY = ".d.ts"  # for the checker of the page's JavaScript; no page holds it

Install = Callable[[str | Path, str], Path]


@dataclass(frozen=True)
class Built:
    """A copy of the checkout, and what was built from it."""

    source: Path
    wheel: Path
    sdist: Path

    def files(self) -> frozenset[str]:
        with zipfile.ZipFile(self.wheel) as archive:
            return frozenset(archive.namelist())

    def sdist_files(self) -> frozenset[str]:
        with tarfile.open(self.sdist) as archive:
            names = (member.name for member in archive.getmembers() if member.isfile())
            return frozenset(name.partition("/")[2] for name in names)


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build sdist and wheel, with what an older build left over in the way."""
    source = tmp_path_factory.mktemp("source")
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in SHIPPED:
        shutil.copytree(ROOT / name, source / name, ignore=unwanted)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    left_over = source / "build" / "lib" / "graphkb"
    left_over.mkdir(parents=True)
    (left_over / "deleted_long_ago.py").write_text("")
    out = tmp_path_factory.mktemp("dist")
    for kind in ("--sdist", "--wheel"):
        command = (sys.executable, "-m", "build", "--no-isolation", kind, "--outdir", out)
        run(*command, cwd=source)
    (wheel,), (sdist,) = out.glob("*.whl"), out.glob("*.tar.gz")
    return Built(source, wheel, sdist)


def declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return list(project["dependencies"])


def closure(requirements: list[str]) -> dict[str, Distribution]:
    """Return the installed distributions that these requirements lead to."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found[name] = distribution(name)
        waiting += [Requirement(text) for text in found[name].requires or ()]
    return found


@pytest.fixture(scope="module")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of links to what the declared dependencies install, and to nothing else.

    setuptools is among them because sdist and editable install are built in the environment.
    """
    folder = tmp_path_factory.mktemp("dependencies")
    for found in closure([*declared(), "setuptools"]).values():
        for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
            target = Path(str(found.locate_file(top)))
            if target.exists() and not (folder / top).exists():
                (folder / top).symlink_to(target)
    return folder


@pytest.fixture(scope="module")
def install(dependencies: Path, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Return what makes a clean environment, installs into it and returns its bin folder."""

    def into_a_clean_environment(what: str | Path, option: str) -> Path:
        place = tmp_path_factory.mktemp("environment")
        run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place)
        (packages,) = place.glob("lib/python*/site-packages")
        (packages / "dependencies.pth").write_text(f"{dependencies}\n")
        pip = (sys.executable, "-m", "pip", "--python", place / "bin" / "python", "install")
        only_ours = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation", option)
        run(*pip, *only_ours, what, cwd=place)
        return place / "bin"

    return into_a_clean_environment


@pytest.fixture(scope="module", params=["wheel", "sdist", "editable"])
def installed(request: pytest.FixtureRequest, built: Built, install: Install) -> Path:
    """Return the bin folder of a clean environment that holds graphkb, one way of installing."""
    match request.param:
        case "wheel":
            return install(built.wheel, "--no-cache-dir")
        case "sdist":
            return install(built.sdist, "--no-cache-dir")
        case _:
            return install(built.source, "--editable")


def shipped_files() -> frozenset[str]:
    """Return the paths at which the wheel should hold the files of the checkout."""
    return frozenset(
        f"{target}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, target in SHIPPED.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and TYPES_ONLY not in path.name
    )


def test_the_wheel_holds_graphkb_and_its_metadata_and_nothing_else_at_top_level(
    built: Built,
) -> None:
    tops = {name.partition("/")[0] for name in built.files()}
    (metadata,) = tops - {"graphkb"}
    assert re.fullmatch(r"graphkb_papers-[\w.]+\.dist-info", metadata)


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(built: Built) -> None:
    ours = frozenset(name for name in built.files() if name.startswith("graphkb/"))
    assert ours == shipped_files()


def test_the_sdist_holds_what_the_wheel_is_built_from(built: Built) -> None:
    held = built.sdist_files()
    expected = {"pyproject.toml", "setup.py", "README.md", "LICENSE"}
    for path in shipped_files():
        _, folder, rest = f"{path}//".split("/", 2)
        beside = folder in SHIPPED
        expected.add(f"{folder}/{rest}".rstrip("/") if beside else path)
    assert expected <= held


def test_modules_that_an_older_build_left_over_do_not_come_back(built: Built) -> None:
    assert (built.source / "build" / "lib" / "graphkb" / "deleted_long_ago.py").exists()
    assert "graphkb/deleted_long_ago.py" not in built.files()


def test_the_wheel_says_name_version_licence_and_python(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        said = Parser().parsestr(archive.read(name).decode())
    assert said["Name"] == "graphkb-papers"
    release = (ROOT / "graphkb" / "model" / "release.py").read_text()
    assert f'VERSION = "{said["Version"]}"' in release
    assert (said["License-Expression"], said["Requires-Python"]) == ("MIT", ">=3.11")


def test_an_installed_graphkb_says_its_version(
    installed: Path, tmp_path: Path, built: Built
) -> None:
    version = built.wheel.name.split("-")[1]
    assert run(installed / "graphkb", "--version", cwd=tmp_path).split()[-1] == version


def test_an_installed_graphkb_finds_its_loaders(installed: Path, tmp_path: Path) -> None:
    told = run(installed / "graphkb", "loaders", "--format", "json", cwd=tmp_path)
    names = {row["name"] for row in json.loads(told)}
    assert {"hf-listing", "papers", "sample"} <= names
    assert names == set(loaders())


def test_an_installed_graphkb_finds_every_named_query(installed: Path, tmp_path: Path) -> None:
    told = run(installed / "graphkb", "queries", "--format", "json", cwd=tmp_path)
    files = {path.stem for path in (ROOT / "queries").glob("*.cypher")}
    assert {row["name"] for row in json.loads(told)} == files


def test_an_installed_graphkb_loads_its_sample_and_draws_it(
    installed: Path, tmp_path: Path
) -> None:
    graphkb = (installed / "graphkb", "--db", "papers.kgl")
    run(*graphkb, "load", "sample:", cwd=tmp_path)
    count = "MATCH (p:Paper {stub: false}) RETURN count(p) AS papers"
    assert run(*graphkb, "cypher", count, "--format", "csv", cwd=tmp_path) == "papers\n41\n"
    run(*graphkb, "view", "GRPO", "-o", "page.html", cwd=tmp_path)
    assert "GRPO" in (tmp_path / "page.html").read_text()


@pytest.mark.parametrize("name", ["loaders", "queries", "samples", "tests", "scripts"])
def test_nothing_of_a_general_name_can_be_imported(
    installed: Path, tmp_path: Path, name: str
) -> None:
    find = f"import importlib.util as i; print(i.find_spec({name!r}))"
    assert run(installed / "python", "-c", find, cwd=tmp_path) == "None\n"


def test_importing_and_running_it_leaves_warnings_to_nobody(
    installed: Path, tmp_path: Path
) -> None:
    run(installed / "python", "-W", "error", "-m", "graphkb.cli.main", "--version", cwd=tmp_path)
