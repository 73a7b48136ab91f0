"""What pyproject.toml, the folders and the code say of each other."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
MAPPED = sorted(
    name.removeprefix("graphkb.")
    for name in PYPROJECT["tool"]["setuptools"]["package-dir"]
    if "." in name
)


def modules() -> list[Path]:
    folders = ("graphkb", *MAPPED)
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imported() -> set[str]:
    """Return the top-level names that graphkb's modules import, lazily too."""
    names = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    later = {"compression"}  # of the standard library of Python 3.14, where it is asked for
    return names - sys.stdlib_module_names - {"graphkb"} - later


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    declared = [*PYPROJECT["project"]["dependencies"]]
    for extra, requirements in PYPROJECT["project"]["optional-dependencies"].items():
        # `all` names the other extras.
        if extra not in ("dev", "all"):
            declared += requirements
    owners = packages_distributions()
    used = {canonicalize_name(owner) for name in imported() for owner in owners[name]}
    assert used == {canonicalize_name(Requirement(text).name) for text in declared}


def test_a_package_that_ships_inside_graphkb_lies_beside_it_only() -> None:
    for name in MAPPED:
        assert (ROOT / name / "__init__.py").is_file()
        assert not (ROOT / "graphkb" / name).exists()
        assert not (ROOT / "graphkb" / f"{name}.py").exists()


def test_every_folder_with_modules_is_a_package() -> None:
    """A folder without `__init__.py` would be missing from the wheel."""
    for path in modules():
        assert (path.parent / "__init__.py").is_file(), path.parent


@pytest.mark.parametrize("name", MAPPED)
def test_the_type_checker_finds_it_through_a_link(name: str) -> None:
    link = ROOT / "typings" / "graphkb" / name
    assert link.is_symlink()
    assert not link.readlink().is_absolute()
    assert link.resolve() == ROOT / name


def test_the_type_checker_knows_the_types_of_a_loader(tmp_path: Path) -> None:
    use = tmp_path / "use.py"
    use.write_text("from graphkb.loaders import hf_listing\nhf_listing.is_not_there\n")
    options = ("--config-file", ROOT / "pyproject.toml", "--cache-dir", ROOT / ".mypy_cache")
    told = subprocess.run(
        (sys.executable, "-m", "mypy", *options, use),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert 'Module has no attribute "is_not_there"' in told
    assert "import-not-found" not in told
    assert "import-untyped" not in told


def test_the_folders_of_the_contract_on_imports_are_those_that_ship() -> None:
    script = (ROOT / "scripts" / "check_imports.py").read_text()
    (beside,) = re.findall(r"^BESIDE = (\(.+\))$", script, re.MULTILINE)
    assert sorted(ast.literal_eval(beside)) == MAPPED


def test_no_registry_and_no_lock_file_is_named() -> None:
    """Where packages come from is the machine's business."""
    listed = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    names = done.stdout.splitlines()
    locks = ("package-lock.json", "yarn.lock", "uv.lock", "poetry.lock", "pnpm-lock.yaml")
    assert not [name for name in names if name.rpartition("/")[2] in locks]
    # Patterns that do not name the hosts either, so that this file needs no exception.
    hosts = re.compile(rb"[p]ypi\.org|[p]ythonhosted\.org|registry\.[n]pmjs|repo1?\.[m]aven")
    files = [ROOT / name for name in names]
    assert not [file for file in files if file.is_file() and hosts.search(file.read_bytes())]


def test_continuous_integration_runs_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make test"]
