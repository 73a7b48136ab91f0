"""The page's own script: the modules beside this file, joined into one without a build step.

A module is written as every browser and editor reads it, with ``import`` and ``export``. In-lined
they cannot import each other without a request, so each becomes a function that returns what it
exports, called once in the order of the imports. Comments on lines of their own and indents stay
behind: they are a quarter of the text, and the modules beside this file have them.
"""

from __future__ import annotations

import re
from importlib.resources import files

__all__ = ["page_script"]

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/)[\s\S])*\*/[ \t]*)\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def page_script(entry: str = "main") -> str:
    """Return the modules that the entry imports, joined into one script.

    Parameters
    ----------
    entry : str
        The module to begin with, without ``.js``.

    Returns
    -------
    str
        A classic script that declares no global name.

    Raises
    ------
    ValueError
        A module imports itself by a detour, says import or export in a form that joining does
        not know, or has a template of several lines, in which both would be text.
    """
    joined: dict[str, str] = {}
    _join(entry, joined, ())
    return '"use strict";\n(() => {\n' + "".join(joined.values()) + "})();\n"


def _join(name: str, joined: dict[str, str], path: tuple[str, ...]) -> None:
    if name in joined:
        return
    if name in path:
        raise ValueError(f"{' imports '.join((*path, name))}: a circle")
    text = files("graphkb.view").joinpath(f"{name}.js").read_text(encoding="utf-8")
    for match in _IMPORT.finditer(text):
        _join(match[2], joined, (*path, name))
    text = _INDENT.sub("", _COMMENT.sub("", text))
    if any(line.count("`") % 2 for line in text.splitlines()):
        raise ValueError(f"{name}.js: cannot join a template of several lines")
    exported = [match[1] for match in _EXPORT.finditer(text)]
    body = _IMPORT.sub(lambda match: f"const {{{match[1]}}} = {_variable(match[2])};\n", text)
    body = _EXPORT.sub("", body)
    if left := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE):
        raise ValueError(f"{name}.js: cannot join `{left[0]}`")
    joined[name] = (
        f"// {name}.js\nconst {_variable(name)} = (() => {{\n{body}"
        f"return {{ {', '.join(exported)} }};\n}})();\n"
    )


def _variable(name: str) -> str:
    return "in_" + name.replace("-", "_")
