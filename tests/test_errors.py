"""How an error reads: a clause, a remedy, and the place before both."""

import pytest

from graphkb.errors import GraphKBError


@pytest.mark.parametrize(
    ("remedy", "told"),
    [
        ("give each paper a title", "no title. Give each paper a title."),
        ("did you mean vLLM?", "no title. Did you mean vLLM?"),
        ("vLLM is a repository", "no title. vLLM is a repository."),
        ("`graphkb load` loads it.", "no title. `graphkb load` loads it."),
        (None, "no title"),
    ],
)
def test_a_remedy_is_a_sentence_that_spells_names_as_they_are(
    remedy: str | None, told: str
) -> None:
    assert str(GraphKBError("no title.", remedy=remedy)) == told
    assert str(GraphKBError("no title", where="a.jsonl:3", remedy=remedy)) == f"a.jsonl:3: {told}"
