"""What methods are given is of the types that their signatures say, or is refused by name."""

from __future__ import annotations

import ast
import functools
import inspect
import os
import reprlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from graphkb.errors import ArgumentError

__all__ = ["checks_arguments"]


_Checked = TypeVar("_Checked", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class _Type:
    """What a part of a signature takes: in words, and how a value is recognised."""

    words: str
    takes: Callable[[object], bool]


def checks_arguments(checked: _Checked) -> _Checked:
    """Make a function, or each public method that a class itself has, check what it is given.

    The annotations of its signature say what it takes. Numbers of other packages, such as
    numpy's, are numbers; classes are known by name, so that none is imported for this.

    Parameters
    ----------
    checked : function or class
        Decorated by this.

    Returns
    -------
    function or class
        The class itself, or a function that raises ArgumentError where a value does not fit.

    Examples
    --------
    >>> @checks_arguments
    ... def doubled(number: int) -> int:
    ...     return 2 * number
    >>> doubled("3")
    Traceback (most recent call last):
    ...
    graphkb.errors.ArgumentError: number of doubled cannot be '3' (str). Give int.
    """
    if not inspect.isclass(checked):
        return _checking(checked)  # type: ignore[return-value]
    for name, member in list(vars(checked).items()):
        if inspect.isfunction(member) and (name == "__init__" or not name.startswith("_")):
            setattr(checked, name, _checking(member))
    return checked


def _checking(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def checking(*args: object, **given: object) -> object:
        signature, types = _signature(function)
        try:
            bound = signature.bind(*args, **given)
        except TypeError:
            # Too many, too few or others: Python says so, of the function itself.
            return function(*args, **given)
        for name, value in bound.arguments.items():
            kind = signature.parameters[name].kind
            if name not in types:
                continue
            if kind is inspect.Parameter.VAR_POSITIONAL:
                for one in value:
                    _look_at(function, name, one, types[name])
            elif kind is inspect.Parameter.VAR_KEYWORD:
                _look_at_each(function, value, types)
            else:
                _look_at(function, name, value, types[name])
        return function(*args, **given)

    return checking


def _look_at(function: Callable[..., Any], name: str, value: object, type_: _Type) -> None:
    if type_.takes(value):
        return
    named = function.__qualname__.partition(".")[0] if function.__name__ == "__init__" else None
    shown = reprlib.repr(value)
    what = shown if value is None else f"{shown} ({type(value).__name__})"
    raise ArgumentError(
        f"{name} of {named or function.__name__} cannot be {what}", remedy=f"give {type_.words}"
    )


def _look_at_each(
    function: Callable[..., Any], given: Mapping[str, object], types: Mapping[str, _Type]
) -> None:
    """Look at what ``**`` took by the name of each, where the signature says what there may be."""
    for name, value in given.items():
        if f"**{name}" in types:
            _look_at(function, name, value, types[f"**{name}"])
        elif any(known.startswith("**") for known in types):
            known = ", ".join(sorted(known[2:] for known in types if known.startswith("**")))
            raise ArgumentError(
                f"{function.__name__} takes no {name}", remedy=f"what it takes: {known}"
            )


@functools.cache
def _signature(function: Callable[..., Any]) -> tuple[inspect.Signature, dict[str, _Type]]:
    """The signature of a function, and the types of its parameters; of options each with stars."""
    signature = inspect.signature(function)
    types: dict[str, _Type] = {}
    for name, parameter in signature.parameters.items():
        if parameter.annotation is inspect.Parameter.empty:
            continue
        types[name] = _parsed(parameter.annotation)
        if parameter.annotation.startswith("Unpack["):
            types |= {f"**{option}": type_ for option, type_ in _options().items()}
    return signature, types


@functools.cache
def _options() -> dict[str, _Type]:
    from graphkb.topic.bounds import TopicOptions

    hints = TopicOptions.__annotations__
    return {name: _parsed(hint.__forward_arg__) for name, hint in hints.items()}


def _parsed(annotation: str) -> _Type:
    return _of(ast.parse(annotation, mode="eval").body)


def _of(node: ast.expr) -> _Type:
    """What a part of an annotation takes."""
    match node:
        case ast.BinOp(left, ast.BitOr(), right):
            one, other = _of(left), _of(right)
            words = f"{one.words} or {other.words}"
            return _Type(words, lambda value: one.takes(value) or other.takes(value))
        case ast.Constant(None):
            return _Type("None", lambda value: value is None)
        case ast.Name(name) | ast.Attribute(attr=name):
            return _KNOWN.get(name) or _Type(name, functools.partial(_is_a, name))
        case ast.Subscript(ast.Name(name), inner):
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return _GENERIC[name](parts)
    raise TypeError(f"no rule for the annotation {ast.unparse(node)}")


def _is_a(name: str, value: object) -> bool:
    return any(kind.__name__ == name for kind in type(value).__mro__)


def _is_bool(value: object) -> bool:
    return isinstance(value, bool) or _is_a("bool_", value)


def _is_int(value: object) -> bool:
    return hasattr(type(value), "__index__") and not _is_bool(value)


def _is_float(value: object) -> bool:
    return hasattr(type(value), "__float__") and not _is_bool(value)


def _are_options(value: object) -> bool:
    options = _options()
    return isinstance(value, Mapping) and all(
        name in options and options[name].takes(one) for name, one in value.items()
    )


_ANY = _Type("anything", lambda _: True)
_KNOWN = {
    "str": _Type("str", lambda value: isinstance(value, str)),
    "bool": _Type("True or False", _is_bool),
    "int": _Type("int", _is_int),
    "float": _Type("float", _is_float),
    "Path": _Type("Path", lambda value: isinstance(value, os.PathLike)),
    "Progress": _Type("a function", callable),
    "HasStore": _Type("a KnowledgeBase", lambda value: hasattr(type(value), "store")),
    "TopicOptions": _Type("a dict of what topic takes", _are_options),
    "object": _ANY,
    "Any": _ANY,
}


def _collection(parts: list[ast.expr]) -> _Type:
    each = _of(parts[0])

    def takes(value: object) -> bool:
        # What can be read once only is not read here.
        if not isinstance(value, Collection):
            return isinstance(value, Iterable)
        return all(each.takes(one) for one in value)

    return _Type(f"a collection of {each.words}", takes)


def _mapping(parts: list[ast.expr]) -> _Type:
    keys, values = _of(parts[0]), _of(parts[1])
    return _Type(
        f"a mapping of {keys.words} to {values.words}",
        lambda value: (
            isinstance(value, Mapping)
            and all(keys.takes(key) and values.takes(one) for key, one in value.items())
        ),
    )


def _tuple(parts: list[ast.expr]) -> _Type:
    types = [_of(part) for part in parts]
    return _Type(
        f"a tuple of {', '.join(type_.words for type_ in types)}",
        lambda value: (
            isinstance(value, tuple)
            and len(value) == len(types)
            and all(type_.takes(one) for type_, one in zip(types, value, strict=True))
        ),
    )


_GENERIC: dict[str, Callable[[list[ast.expr]], _Type]] = {
    "Callable": lambda _: _Type("a function", callable),
    "Collection": _collection,
    "Iterable": _collection,
    "Sequence": _collection,
    "Mapping": _mapping,
    "Unpack": lambda _: _ANY,
    "tuple": _tuple,
}
