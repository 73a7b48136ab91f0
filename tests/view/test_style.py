"""That kinds and relationships can be told apart, by everybody."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES
from graphkb.view.marks import MARKS
from graphkb.view.style import GROUND, kind_styles, line_styles


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def sheet(scheme: str) -> dict[str, str]:
    """Return the colours that the style sheet gives names to, of one scheme."""
    text = files("graphkb.view").joinpath("page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    block = blocks[0 if scheme == "light" else 1]
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", block))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_and_line_stands_out_from_the_ground(scheme: str) -> None:
    faint = [
        style
        for style in (*kind_styles(), *line_styles())
        if contrast(getattr(style, scheme), GROUND[scheme]) < 3
    ]
    assert faint == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ground_is_the_style_sheets(scheme: str) -> None:
    assert sheet(scheme)["--ground"] == GROUND[scheme]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("--text", ("--ground", "--raised", "--badge")),
        ("--quiet", ("--ground", "--raised", "--badge")),
        ("--accent", ("--ground", "--raised")),
        ("--marked-text", ("--marked",)),
        ("--badge-text", ("--badge",)),
    ],
)
def test_text_has_the_contrast_of_level_aa(
    scheme: str, text: str, grounds: tuple[str, ...]
) -> None:
    colours = sheet(scheme)
    assert min(contrast(colours[text], colours[ground]) for ground in grounds) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_controls_can_be_seen(scheme: str) -> None:
    colours = sheet(scheme)
    assert contrast(colours["--control"], colours["--raised"]) >= 3


def test_every_kind_has_a_shape_of_its_own() -> None:
    outlines = [style.outline for style in kind_styles()]
    assert len(set(outlines)) == len(outlines)


def test_no_two_relationships_look_the_same() -> None:
    looks = [(s.light, s.width, s.arrow, s.dotted) for s in line_styles()]
    assert len(set(looks)) == len(looks)


def test_every_label_that_is_no_ground_truth_and_no_result_is_drawn() -> None:
    wanted = {kind.label for kind in ENTITY_TYPES if not kind.ground} - {"Result"}
    assert {style.label for style in kind_styles()} == wanted


def test_every_relationship_but_those_of_results_is_drawn() -> None:
    of_results = {"REPORTS", "OF", "ON", "AGAINST"}
    declared = {type_.name for type_ in RELATIONSHIP_TYPES} - of_results
    ground = {kind.label for kind in ENTITY_TYPES if kind.ground}
    told = {t.name for t in RELATIONSHIP_TYPES if set(t.starts) <= ground or set(t.ends) <= ground}
    assert {style.type for style in line_styles()} == declared - told


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_of_what_became_of_something_is_read_as_text_is(scheme: str) -> None:
    for style in MARKS:
        assert contrast(getattr(style, scheme), GROUND[scheme]) >= 4.5
