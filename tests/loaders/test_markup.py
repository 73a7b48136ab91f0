"""Plain text out of publishers' markup."""

import pytest
from graphkb.loaders.markup import plain_text


@pytest.mark.parametrize(
    ("marked_up", "plain"),
    [
        ("Kites", "Kites"),
        ("On\n                    <i>Kites</i>\n  flying", "On Kites flying"),
        ("CO<sub>2</sub> and <scp>KITE</scp>", "CO2 and KITE"),
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."),
        ("<jats:title>Abstract</jats:title><jats:p>One.</jats:p>", "One."),
        (
            "<jats:sec><jats:title>Results</jats:title><jats:p>One.</jats:p></jats:sec>",
            "Results One.",
        ),
        ("<p>a &lt; b &amp;amp; c</p>", "a < b &amp; c"),
        ("p<0.05, n>3", "p<0.05, n>3"),
        (
            "<jats:alternatives><jats:tex-math>$x^2$</jats:tex-math>"
            "<mml:math><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:math></jats:alternatives> grows",
            "x2 grows",
        ),
        ("<script>alert(1)</script>Kites<!-- no -->", "Kites"),
        ("<jats:p>Kites <b>without end", "Kites without end"),
        ("", ""),
        ("On <![endif-- and more", "On <![endif-- and more"),
        ("<![CDATA[On Kites & Wind]]>", "On Kites & Wind"),
        ("<p><![CDATA[We propose KITE.]]></p>", "We propose KITE."),
        ("<![CDATA[open", "open"),
    ],
)
def test_marked_up_text_becomes_plain(marked_up: str, plain: str) -> None:
    assert plain_text(marked_up) == plain
