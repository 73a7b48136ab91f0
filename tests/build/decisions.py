"""Decisions about the small worlds of the property tests, as a person may make them."""

from collections.abc import Sequence

from hypothesis import strategies as st

from graphkb.model.decision import DECIDED_RELATIONSHIPS, Decision

PAPERS = (
    ("arxiv:2401.00001",),
    ("arxiv:2401.00002",),
    ("doi:10.1/a",),
    ("doi:10.1/b", "title:a-study-of-policies-without-a-critic"),
    ("doi:10.1/gone",),
    ("arxiv:2402.03300",),
    ("title:short",),
    ("title:spa-stepwise-progress-attribution-for-agents", "record:test:0#1"),
    ("record:test:1#0", "record:test:2#2"),
)
NAMES = tuple(
    f"method:{key}"
    for key in (
        *("spa", "stepwiseprogressattribution", "sparseattention", "ppo", "vit"),
        *("gpt9", "zeta", "zetabench"),
    )
)
AUTHORS = (
    ("key:ada-l", "arxiv:2401.00001", "doi:10.1/a"),
    ("key:ada-l", "arxiv:2401.00002", "title:short"),
    ("key:bob-b", "arxiv:2401.00001"),
    ("key:cy-c", "doi:10.1/b"),
    ("orcid:0000-0002-1825-0097",),
)
SPELLED = tuple(f"name:{id_.removeprefix('method:')}" for id_ in NAMES)
ENDS = (*NAMES, *SPELLED, "repo:github.com/a/spa", "org:lab", "key:ada-l", "key:bob-b", *PAPERS[0])


def pairs(of: Sequence[tuple[str, ...]]) -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
    """Two different ones."""
    return st.permutations(of).map(lambda found: (found[0], found[1]))


def decided(word: str, subject: str, of: Sequence[tuple[str, ...]]) -> st.SearchStrategy[Decision]:
    """Two of these, joined or set apart."""
    return pairs(of).map(
        lambda two: Decision(word, subject, two[0], two[1], ("A", "B"))  # type: ignore[arg-type]
    )


rejections = st.builds(
    Decision,
    word=st.just("reject"),
    subject=st.just("edge"),
    first=st.sampled_from((*PAPERS, *((name,) for name in NAMES))),
    second=st.lists(st.sampled_from(ENDS), min_size=3, max_size=12, unique=True).map(tuple),
    names=st.just(("A", "B")),
    relationship=st.sampled_from(DECIDED_RELATIONSHIPS),
    paper=st.sampled_from(((), (), *PAPERS)),
)
one_names = tuple((name,) for name in NAMES)
names_apart_in_one_paper = st.builds(
    lambda two, paper: Decision("apart", "name", two[0], two[1], ("A", "B"), paper=paper),
    pairs(one_names),
    st.sampled_from(PAPERS),
)
papers_decided = decided("join", "paper", PAPERS) | decided("apart", "paper", PAPERS)
names_decided = (
    decided("join", "name", one_names)
    | decided("apart", "name", one_names)
    | names_apart_in_one_paper
)
authors_decided = decided("join", "author", AUTHORS) | decided("apart", "author", AUTHORS)


def some(of: st.SearchStrategy[Decision]) -> st.SearchStrategy[list[Decision]]:
    """A few different ones."""
    return st.lists(of, min_size=1, max_size=4, unique_by=lambda decision: decision.id)


# Of one kind, they meet more often than where all kinds come together.
decisions = st.one_of(
    some(papers_decided),
    some(names_decided),
    some(authors_decided),
    some(rejections),
    some(papers_decided | names_decided | authors_decided | rejections),
)
