"""Sentences in quotation marks, each with the number of its paper, and the list of the papers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graphkb.model.graph import Edge, Entity
from graphkb.model.markdown import markdown_address, markdown_text
from graphkb.model.text import shortened
from graphkb.query.stated import Stated, sentence
from graphkb.view.address import entity_links

__all__ = [
    "CUT",
    "LAST",
    "TITLE_CUT",
    "Citations",
    "authors_by_paper",
    "linked",
    "place",
    "shown",
    "written_by",
]

_NAME, _TITLE, _SENTENCE, _AUTHORS = 120, 250, 1500, 3

CUT = f"sentence cut at {_SENTENCE:,} characters"
TITLE_CUT = f"title cut at {_TITLE} characters"
"""What happened to a long text, for the report of losses."""

LAST = 10**9
"""The place of an author whose place is not known."""


class Citations:
    r"""The papers that a report cites, numbered as they are first cited.

    Parameters
    ----------
    papers : mapping of str to Entity
        By id; a paper that is not there is cited by its id.
    authors : mapping of str to sequence of str
        Names by the id of the paper.

    Examples
    --------
    >>> paper = Entity("Paper", "arxiv:2401.00001", {"name": "Knots", "published": "2024-01-02"})
    >>> cite = Citations({paper.id: paper}, {})
    >>> print(cite.number(paper.id))
    [\[1\]](https://arxiv.org/abs/2401.00001)
    >>> print("".join(cite.references()), end="")
    1. Knots. 2024. [arXiv 2401.00001](https://arxiv.org/abs/2401.00001)
    """

    def __init__(self, papers: Mapping[str, Entity], authors: Mapping[str, Sequence[str]]) -> None:
        self._papers = papers
        self._authors = authors
        self._numbers: dict[str, int] = {}
        self._said: set[str] = set()
        self._long: set[tuple[str, str]] = set()

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of the papers, in order of their numbers."""
        return tuple(self._numbers)

    @property
    def cut(self) -> Counter[tuple[str, str]]:
        """What was told shortened, each text once, by what happened and to which property."""
        titles = (self._papers[id_].name for id_ in self._numbers if id_ in self._papers)
        found = Counter((CUT, place) for place, _ in self._long)
        found[TITLE_CUT, "Paper.title"] = sum(len(title) > _TITLE for title in titles)
        return found

    def begin(self) -> None:
        """Begin a part of the report: what was quoted in another one is quoted again."""
        self._said.clear()

    def number(self, paper: str) -> str:
        """Return a paper's number as a link to the paper."""
        number = self._numbers.setdefault(paper, len(self._numbers) + 1)
        links = _links(paper, self._papers.get(paper))
        return linked(f"\\[{number}\\]", links[0][1]) if links else f"\\[{number}\\]"

    def quoted(self, edge: Edge) -> str:
        """Return the sentence of an edge with its citation.

        What quotes nothing stands in no quotation marks and says what it is; a sentence that
        stands in this part of the report already is not repeated.
        """
        return self.sentence(Stated(edge, self._papers.get(edge.paper)), edge.paper)

    def sentence(self, said: Stated, paper: str) -> str:
        """Return a statement with its citation; see :meth:`quoted`."""
        text, number = sentence(said.edge), self.number(paper)
        if text is None:
            return f"({said.basis}) {number}"
        quoted = "evidence" in said.edge.properties
        place = f"{said.edge.type}.{'evidence' if quoted else 'reason'}"
        return self.words(text, paper, "" if said.basis == "quoted" else said.basis, place)

    def words(self, text: str, paper: str, basis: str = "", place: str = "REPORTS.evidence") -> str:
        """Return a sentence of a paper with its citation.

        Parameters
        ----------
        text : str
            The sentence.
        paper : str
            The paper's id.
        basis : str
            What it is where it is no quotation.
        place : str
            The relationship and property that hold it, for the report of losses.

        Returns
        -------
        str
            Markdown.
        """
        if text in self._said:
            return f"(same sentence) {self.number(paper)}"
        self._said.add(text)
        if len(text) > _SENTENCE:
            self._long.add((place, text))
        told = markdown_text(shortened(text, _SENTENCE))
        told = f"{basis}: {told}" if basis else f"“{told}”"
        return f"{told} {self.number(paper)}"

    def references(self) -> Iterator[str]:
        """Yield a line a cited paper, in order of the numbers."""
        for number, id_ in enumerate(self._numbers, 1):
            paper = self._papers.get(id_)
            name = id_ if paper is None else paper.name
            parts = [f"{number}. {shown(name, id_, _TITLE).rstrip('.')}."]
            writers = self._authors.get(id_, ())
            if writers:
                parts.append(f"{written_by(writers).rstrip('.')}.")
            if paper is not None and "published" in paper.properties:
                parts.append(f"{markdown_text(str(paper.properties['published'])[:4])}.")
            parts += [linked(markdown_text(text), to) for text, to in _links(id_, paper)[:1]]
            yield " ".join(parts) + "\n"


def written_by(names: Sequence[str]) -> str:
    """Return the authors of a paper as Markdown.

    Parameters
    ----------
    names : sequence of str
        At least one; in their order.

    Returns
    -------
    str
        All of a few; of many the first.

    Examples
    --------
    >>> written_by(["Ada", "Bob"]), written_by(["Ada", "Bob", "Cy", "Di"])
    ('Ada, Bob', 'Ada, Bob, Cy et al.')
    """
    told = ", ".join(markdown_text(shortened(name, _NAME)) for name in names[:_AUTHORS])
    return told if len(names) <= _AUTHORS else f"{told} et al."


def linked(text: str, address: str) -> str:
    """Return Markdown as a link.

    Parameters
    ----------
    text : str
        Markdown without links.
    address : str
        http or https.

    Returns
    -------
    str
        Markdown.
    """
    return f"[{text}]({markdown_address(address)})"


def shown(name: str, id_: str, length: int = _NAME) -> str:
    """Return a name as Markdown; the id where it has no visible character.

    Parameters
    ----------
    name, id_ : str
        Of an entity.
    length : int
        The most characters.

    Returns
    -------
    str
        Never empty.
    """
    return markdown_text(shortened(" ".join(name.split()), length)) or markdown_text(id_)


def authors_by_paper(
    edges: Iterable[Edge], entities: Mapping[str, Entity]
) -> dict[str, tuple[str, ...]]:
    """Return the names of the authors of each paper.

    Parameters
    ----------
    edges : iterable of Edge
        Of which AUTHORED_BY count.
    entities : mapping of str to Entity
        The authors by id.

    Returns
    -------
    dict of str to tuple of str
        By the paper's id; as the paper has them where a source told their order.
    """
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.type == "AUTHORED_BY" and edge.end in entities:
            found[edge.start].append(edge)
    return {
        paper: tuple(entities[edge.end].name for edge in sorted(written, key=place))
        for paper, written in found.items()
    }


def place(edge: Edge) -> tuple[int, str]:
    """Return a key that orders the authors of a paper.

    Parameters
    ----------
    edge : Edge
        AUTHORED_BY.

    Returns
    -------
    tuple
        The place that is known, then the author's id.
    """
    position = edge.properties.get("position")
    return (position if isinstance(position, int) else LAST, edge.end)


def _links(id_: str, paper: Entity | None) -> tuple[tuple[str, str], ...]:
    return entity_links(id_, {} if paper is None else paper.properties)
