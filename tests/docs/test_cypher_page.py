"""The page on Cypher says what the embedded store does, and covers every known difference."""

import pytest
from cypher_cases import FOLDER, lines
from cypher_page import ACCEPTED, FORMS, PAGE, page, remedy_of

from graphkb.errors import QueryError
from graphkb.store import Changes, open_store
from graphkb.store.lint import look_at

NEEDS_THE_DATA = pytest.mark.skipif(
    not lines("statements.jsonl"),
    reason=f"no statements in {FOLDER} (GRAPHKB_SHARED says where the real inputs are)",
)


@NEEDS_THE_DATA
def test_the_page_is_what_its_script_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run scripts/cypher_page.py"


@NEEDS_THE_DATA
def test_every_case_that_the_store_does_not_mend_is_a_form_of_the_page() -> None:
    told = [case for form in FORMS for case in form.cases]
    mended = {"B12-block-comment", "B13-call-imports-unbound", "C2-date-type"}
    known = {
        case["id"]
        for case in lines("embedded-cases.jsonl")
        if not case["fixed_by_disable_optimizer"]
    }
    assert sorted(told) == sorted(known - mended)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.wording)
def test_the_example_of_a_form_is_refused_with_a_rewriting(form: object) -> None:
    example = getattr(form, "example", "")
    assert getattr(form, "remedy", "") or remedy_of(example)


@pytest.mark.parametrize("statement", ACCEPTED.values(), ids=ACCEPTED)
def test_what_only_the_embedded_store_accepts_is_an_error_of_neo4j(
    statement: str, store_url: str
) -> None:
    from graphkb.model.graph import Entity

    paper = Entity("Paper", "arxiv:1", {"name": "A", "title": "A", "year": 2020})
    with open_store(store_url, write=True) as store:
        store.write(Changes(entities=(paper,)))
        look_at(statement, engine=store.engine)
        if store.engine == "embedded":
            assert store.cypher(statement).rows
        else:
            with pytest.raises(QueryError):
                store.cypher(statement)
