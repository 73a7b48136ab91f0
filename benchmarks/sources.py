"""Realistic sources of any size: an OpenAlex snapshot and a file of our own that tell of the same.

``python -m benchmarks.sources -o DIR --papers N [--citations-a-paper 10] [--overlap 0.3] [--seed 1]
[--part 100000] [--abstracts]`` writes

- ``DIR/openalex/data/jsonl/works/updated_date=…/part_0000.gz …`` with a ``manifest.json``: works as
  the snapshot of OpenAlex has them, JSON lines in gzip, parts by the date of their last change;
- ``DIR/papers.jsonl``: papers as the loader ``papers`` reads them;
- ``DIR/made.json``: what was written, and from what.

Some papers are in both, under identifiers that partly differ (:mod:`benchmarks.made_paper`), and
become one paper each when both are loaded. The same size, parameters and seed give the same bytes.
Memory does not grow with the number of papers. Without ``--abstracts`` there is little to read:
titles of made-up words.

References
----------
https://developers.openalex.org/download/snapshot-format
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from benchmarks.abstracts import Abstracts
from benchmarks.machine import peak_mb
from benchmarks.made_paper import GROUP, Identity, MadePaper, Papers, orcid_of
from benchmarks.part import Part, Setting
from benchmarks.wording import Wording

__all__ = ["Papers", "Written", "write"]

WORKS_A_PART = 100_000
_PARTS_A_DATE = 4
_GROUPS_A_PLACE = 8
_PLACES = ("University", "Institute", "Laboratory")
_BUCKET = "s3://openalex/"
_WORKS = "data/jsonl/works"
_TOLD_EVERY = 5_000


@dataclass(frozen=True, slots=True)
class Written:
    """What sources tell of.

    Parameters
    ----------
    papers : int
        Different papers.
    works, ours : int
        Records of the snapshot and of our own file.
    both : int
        Papers that both tell of.
    citations : int
        Different pairs of a paper and one that it cites.
    works_folder : str
        What holds the parts of the snapshot, under the folder.
    parts : tuple of str
        The parts of the snapshot, under the folder, and then our own file.
    size : int
        Bytes of these.
    """

    papers: int
    works: int
    ours: int
    both: int
    citations: int
    works_folder: str
    parts: tuple[str, ...]
    size: int


def write(
    folder: Path,
    papers: Papers,
    *,
    abstracts: bool = False,
    part: int = WORKS_A_PART,
    progress: Callable[[int], None] = lambda _: None,
) -> Written:
    """Write the sources of papers into a folder.

    Parameters
    ----------
    folder : Path
        Is made; what is there already is written over.
    papers : Papers
        Read once, paper by paper.
    abstracts : bool
        Whether papers have abstracts.
    part : int
        How many works a part of the snapshot has at most.
    progress : callable
        Told now and then how many papers were written.

    Returns
    -------
    Written
        The counts, of which the loaded graph can be held to.
    """
    wording = Wording(random.Random(f"wording {papers.seed}"))  # noqa: S311 - nobody's secret
    texts = Abstracts(wording, papers.seed) if abstracts else None
    (folder / "openalex").mkdir(parents=True, exist_ok=True)
    ours = both = citations = 0
    own = folder / "papers.jsonl"
    with _Snapshot(folder / "openalex", part) as snapshot, own.open("wb") as file:
        for paper in papers:
            identity, title = paper.identity, wording.telling(paper.identity.number, 6)
            title, abstract = texts.write(paper, title) if texts else (title, "")
            if identity.openalex:
                snapshot.add(_work(paper, title, abstract, wording))
            if identity.ours:
                file.write(_line(_paper(paper, title, abstract, wording)))
            ours += identity.ours
            both += identity.ours and identity.openalex != ""
            citations += len(paper.cited)
            if identity.number % _TOLD_EVERY == 0:
                progress(identity.number)
    files = [*snapshot.parts, own]
    written = Written(
        papers=papers.count,
        works=snapshot.records,
        ours=ours,
        both=both,
        citations=citations,
        works_folder=f"openalex/{_WORKS}",
        parts=tuple(str(path.relative_to(folder)) for path in files),
        size=sum(path.stat().st_size for path in files),
    )
    given = {
        "papers": papers.count,
        "citations_a_paper": papers.citations,
        "overlap": papers.overlap,
        "seed": papers.seed,
        "abstracts": abstracts,
        "part": part,
    }
    _write_json(folder / "made.json", {"given": given, "written": asdict(written)})
    return written


class _Snapshot:
    """Works into parts, which are told in a manifest at the end."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most
        self._file: gzip.GzipFile | None = None
        self._counts: list[int] = []
        self.parts: list[Path] = []

    @property
    def records(self) -> int:
        return sum(self._counts)

    def add(self, work: dict[str, Any]) -> None:
        if self._file is None or self._counts[-1] == self._most:
            self._next()
        work["updated_date"] = self._date
        assert self._file is not None
        self._file.write(_line(work))
        self._counts[-1] += 1

    def _next(self) -> None:
        self._close()
        date, nth = divmod(len(self.parts), _PARTS_A_DATE)
        self._date = f"{2026 + date // 336}-{1 + date // 28 % 12:02}-{1 + date % 28:02}"
        path = self._folder / _WORKS / f"updated_date={self._date}" / f"part_{nth:04}.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Neither name nor time in the head, so that the same works are the same bytes.
        self._raw = path.open("wb")
        self._file = gzip.GzipFile("", "wb", compresslevel=1, fileobj=self._raw, mtime=0)
        self.parts.append(path)
        self._counts.append(0)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._raw.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        sizes = [path.stat().st_size for path in self.parts]
        files = [
            {
                "url": _BUCKET + path.relative_to(self._folder).as_posix(),
                "meta": {"content_length": size, "record_count": count},
            }
            for path, size, count in zip(self.parts, sizes, self._counts, strict=True)
        ]
        manifest = {
            "date": "2026-01-01",
            "format": "jsonl",
            "entity": "works",
            "record_count": self.records,
            "content_length": sum(sizes),
            "files": files,
        }
        (self._folder / _WORKS).mkdir(parents=True, exist_ok=True)
        _write_json(self._folder / _WORKS / "manifest.json", manifest)


def _work(paper: MadePaper, title: str, abstract: str, wording: Wording) -> dict[str, Any]:
    """A paper as OpenAlex has it."""
    identity = paper.identity
    arxiv, doi = identity.openalex_ids
    id_ = f"https://openalex.org/{identity.openalex}"
    written = f"https://doi.org/{doi or f'10.48550/arxiv.{arxiv}'}" if doi or arxiv else None
    places = []
    if doi or not arxiv:
        source = {"display_name": f"Journal of {wording.rare(identity.number % 400).capitalize()}"}
        places.append({"is_oa": False, "landing_page_url": written, "source": source})
    if arxiv:
        address = f"https://arxiv.org/abs/{arxiv}"
        source = {"display_name": "arXiv (Cornell University)"}
        places.append({"is_oa": True, "landing_page_url": address, "source": source})
    return {
        "id": id_,
        "doi": written,
        "title": title,
        "display_name": title,
        "publication_year": int(paper.published[:4]),
        "publication_date": paper.published,
        "ids": {"openalex": id_, **({"doi": written} if written else {})},
        "language": "en",
        "type": "article" if doi else "preprint",
        "is_paratext": False,
        "primary_location": places[0],
        "locations": places,
        "authorships": list(_authorships(paper, wording)),
        "biblio": {"volume": None, "issue": None, "first_page": None, "last_page": None},
        "referenced_works": [
            f"https://openalex.org/{cited.openalex}" for cited in paper.cited if cited.openalex
        ],
        "abstract_inverted_index": _inverted(abstract) if abstract else None,
        "created_date": paper.published,
    }


def _authorships(paper: MadePaper, wording: Wording) -> Iterator[dict[str, Any]]:
    last = len(paper.authors) - 1
    for at, person in enumerate(paper.authors):
        name, orcid = wording.named(person), orcid_of(person)
        place = person // GROUP // _GROUPS_A_PLACE
        called = f"{wording.rare(place).title()} {_PLACES[place % len(_PLACES)]}"
        yield {
            "author_position": "first" if at == 0 else "last" if at == last else "middle",
            "author": {
                "id": f"https://openalex.org/A{5_000_000_000 + person}",
                "display_name": name,
                "orcid": f"https://orcid.org/{orcid}" if orcid else None,
            },
            "institutions": [
                {"id": f"https://openalex.org/I{4_000_000_000 + place}", "display_name": called}
            ],
            "is_corresponding": at == 0,
            "raw_author_name": name,
        }


def _paper(paper: MadePaper, title: str, abstract: str, wording: Wording) -> dict[str, Any]:
    """A paper as the loader ``papers`` reads it."""
    arxiv, doi = paper.identity.our_ids
    authors = [
        {"name": wording.named(person), **({"orcid": orcid} if (orcid := orcid_of(person)) else {})}
        for person in paper.authors
    ]
    return {
        "id": f"made-{paper.identity.number}",
        "title": title,
        **({"abstract": abstract} if abstract else {}),
        **({"arxiv": arxiv} if arxiv else {}),
        **({"doi": doi} if doi else {}),
        "published": paper.published,
        "authors": authors,
        "references": [_cited(cited) for cited in paper.cited if cited.cited_as],
    }


def _cited(cited: Identity) -> str:
    told = cited.cited_as
    return told if told.startswith("10.") else f"arXiv:{told}"


def _inverted(abstract: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(abstract.split()):
        found.setdefault(word, []).append(at)
    return found


def _line(value: dict[str, Any]) -> bytes:
    return _ENCODE(value).encode() + b"\n"


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def _part(setting: Setting) -> Iterator[Mapping[str, Any]]:
    for count, abstracts in (
        (setting.size.papers // 10, False),
        (setting.size.papers, False),
        (setting.size.papers // 10, True),
    ):
        begin = time.perf_counter()
        found = write(setting.own("sources"), Papers(count), abstracts=abstracts)
        took = time.perf_counter() - begin
        yield {
            "what": f"sources of {count:,} papers{' with abstracts' if abstracts else ''}",
            "wall_s": took,
            "records_a_s": (found.works + found.ours) / took,
            "citations": found.citations,
            "mb": found.size / 1e6,
            "peak_mb": peak_mb(),
        }


PART = Part("sources", "the made-up sources, written", _part)


def main() -> None:
    """Write sources, and say how fast."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, required=True, help="a folder")
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--citations-a-paper", type=float, default=10.0)
    parser.add_argument("--overlap", type=float, default=0.3, help="share that both tell of")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--part", type=int, default=WORKS_A_PART, help="works in a part of the snapshot"
    )
    parser.add_argument("--abstracts", action="store_true")
    given = parser.parse_args()
    begin = time.perf_counter()

    def tell(done: int) -> None:
        rate = done / (time.perf_counter() - begin)
        print(
            f"\r{done:,} of {given.papers:,} papers, {rate:,.0f} a second", end="", file=sys.stderr
        )

    papers = Papers(given.papers, given.citations_a_paper, given.overlap, given.seed)
    found = write(given.out, papers, abstracts=given.abstracts, part=given.part, progress=tell)
    took = time.perf_counter() - begin
    told = f"{found.papers:,} papers, {found.citations:,} citations, {found.size / 1e6:,.1f} MB"
    rate = f"{(found.works + found.ours) / took:,.0f} records a second"
    print(f"\r{told} in {len(found.parts)} files, {took:.1f} s: {rate}", file=sys.stderr)


if __name__ == "__main__":
    main()
