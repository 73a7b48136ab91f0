"""How the page's modules are joined."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from graphkb.view import script
from graphkb.view.script import page_script


def test_every_module_is_in_the_page() -> None:
    folder = files("graphkb.view")
    modules = {entry.name for entry in folder.iterdir() if entry.name.endswith(".js")}
    joined = set(re.findall(r"^// ([a-z-]+\.js)$", page_script(), re.MULTILINE))
    assert joined == modules - {"types.js"}


def test_a_module_comes_after_those_that_it_imports() -> None:
    text = page_script()
    assert text.index("// dom.js") < text.index("// quote.js") < text.index("// panel.js")


def test_nothing_is_left_to_import() -> None:
    assert not re.search(r"^\s*(import|export) ", page_script(), re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(script, "files", lambda _package: tmp_path)
    return tmp_path


def test_modules_that_import_each_other_are_refused(folder: Path) -> None:
    (folder / "main.js").write_text('import { b } from "./b.js";\nexport const a = 1;\n')
    (folder / "b.js").write_text('import { a } from "./main.js";\nexport const b = 1;\n')
    with pytest.raises(ValueError, match="main imports b imports main: a circle"):
        page_script()


@pytest.mark.parametrize(
    "line", ['import "./x.js";', 'import x from "./x.js";', "export default 1;", "export { a };"]
)
def test_an_unknown_form_of_import_or_export_is_refused(folder: Path, line: str) -> None:
    (folder / "main.js").write_text(f"const a = 1;\n{line}\n")
    with pytest.raises(ValueError, match=r"main\.js: cannot join"):
        page_script()


def test_comments_on_lines_of_their_own_stay_behind(folder: Path) -> None:
    (folder / "main.js").write_text(
        "// @ts-check\n/**\n * What it does.\n * @param {string} a\n */\n"
        'const one = (a) => a; // "beside"\n/** @type {string} */\nconst two = "// text";\n'
    )
    text = page_script()
    assert "What it does" not in text
    assert "@t" not in text
    assert 'const one = (a) => a; // "beside"\nconst two = "// text";\n' in text


def test_a_template_of_several_lines_is_refused_in_which_a_comment_would_be_text(
    folder: Path,
) -> None:
    (folder / "main.js").write_text("const text = `\n// not a comment\n`;\n")
    with pytest.raises(ValueError, match="a template of several lines"):
        page_script()
