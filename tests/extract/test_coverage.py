"""What a corpus shows of a catalogue: what it lacks, what hits words, what nobody names."""

from __future__ import annotations

from graphkb.extract.catalogue import Catalogue, Entry, Parent
from graphkb.extract.catalogue.coverage import Coverage, Remark
from graphkb.extract.learned.weights import Learned
from graphkb.extract.reader import Reader
from graphkb.model.reading import Reading

PPO = Entry("PPO", "Proximal Policy Optimization", "method", place="x.yaml:1")


def remarks(entries: list[Entry], *abstracts: str, least: int = 1) -> list[Remark]:
    # By rules alone: what is learned changes with every training.
    coverage = Coverage(Reader(Catalogue(entries), Learned()))
    for abstract in abstracts:
        coverage.add("On Kites", abstract)
    return list(coverage.findings(least))


def named(found: list[Remark], finding: str) -> list[tuple[str, int]]:
    return [(remark.name, remark.papers) for remark in found if remark.finding == finding]


def test_a_name_without_an_entry_is_told_with_its_kind_papers_and_a_sentence() -> None:
    found = remarks([PPO], "Kites fly. We evaluate on KiteBench.", "We report scores on KiteBench.")
    (lacking,) = [remark for remark in found if remark.finding == "lacking"]
    assert (lacking.name, lacking.kind, lacking.papers) == ("KiteBench", "benchmark", 2)
    assert lacking.example == "We evaluate on KiteBench."


def test_the_most_frequent_name_comes_first() -> None:
    found = remarks(
        [], "We use KiteBench.", "We evaluate on WindBench.", "We beat all on WindBench."
    )
    assert named(found, "lacking")[0] == ("WindBench", 2)


def test_a_name_of_fewer_papers_than_asked_for_is_not_told() -> None:
    assert named(remarks([], "We evaluate on KiteBench.", least=2), "lacking") == []


def test_a_name_counts_once_a_paper() -> None:
    found = remarks([], "We evaluate on KiteBench. On KiteBench we win.")
    assert named(found, "lacking") == [("KiteBench", 1)]


def test_a_name_that_only_its_own_papers_introduce_says_so() -> None:
    found = remarks([], "We propose KiteNet, a network for kites. KiteNet is fast.")
    assert [r.what for r in found if r.name == "KiteNet"] == ["introduced by 1 of 1"]


def test_any_spelling_of_an_entry_is_known() -> None:
    found = remarks(
        [PPO], "We train by Proximal Policy Optimization (PPO).", "We fine-tune with PPO."
    )
    assert named(found, "lacking") == []


def test_a_size_or_version_of_a_known_family_is_known() -> None:
    llama = Entry("Llama 2", None, "model")
    assert named(remarks([llama], "We fine-tune Llama-2-70B-Chat."), "lacking") == []


def test_an_entry_that_no_paper_names_is_told_with_what_hangs_on_it() -> None:
    child = Entry("GRPO", None, "method", extends=(Parent("PPO", "has no critic"),))
    found = remarks([PPO, child], "We train with GRPO.")
    assert [(r.name, r.place, r.what) for r in found if r.finding == "unmentioned"] == [
        ("PPO", "x.yaml:1", "parent of 1 entries")
    ]


def test_an_entry_is_mentioned_by_any_of_its_spellings_and_by_a_size() -> None:
    llama = Entry("Llama 2", None, "model")
    found = remarks([PPO, llama], "Proximal policy optimization trains Llama-2-7B.")
    assert named(found, "unmentioned") == []


def test_a_capitalised_name_that_is_an_ordinary_word_is_told() -> None:
    flow = Entry("Flow", None, "method", place="x.yaml:3")
    found = remarks([flow], "We train with Flow.", "Air is in flow.", "Kites flow. A flow is calm.")
    (word,) = [remark for remark in found if remark.finding == "ordinary word"]
    assert (word.name, word.place, word.what) == ("Flow", "x.yaml:3", "in lower case in 2 papers")


def test_an_ordinary_word_that_is_declared_ambiguous_is_not_told() -> None:
    flow = Entry("Flow", None, "method", ambiguous=("Flow",))
    found = remarks([flow], "We train with Flow.", "Air is in flow.", "Kites flow. A flow is calm.")
    assert named(found, "ordinary word") == []


def test_a_name_in_capitals_is_no_ordinary_word() -> None:
    found = remarks([Entry("FAST", None, "method")], "FAST wins.", "It is fast.", "All are fast.")
    assert named(found, "ordinary word") == []


class Doubter(Reader):
    """Believes nothing."""

    def read(self, title: str, abstract: str) -> Reading:
        del title, abstract
        return Reading()


def test_a_spelling_that_the_reader_rejects_in_most_papers_is_told() -> None:
    coverage = Coverage(Doubter(Catalogue([PPO])))
    coverage.add("On Kites", "Nobody wants proximal policy optimization. It is dear.")
    (rejected,) = coverage.findings(least=1)
    assert (rejected.finding, rejected.name) == ("rejected", "Proximal Policy Optimization")
    assert rejected.what == "taken for PPO in 0 of 1 papers"
    assert rejected.example == "Nobody wants proximal policy optimization."


def test_of_a_task_the_reader_need_not_speak() -> None:
    coverage = Coverage(Doubter(Catalogue([Entry("kite flying", None, "task")])))
    coverage.add("On Kites", "In kite flying wind is all.")
    assert coverage.findings(least=1) == ()


def test_a_spelling_that_the_reader_takes_is_not_told() -> None:
    found = remarks([PPO], "We train with PPO.", "We compare with PPO.")
    assert named(found, "rejected") == []


def test_a_long_form_is_taken_where_its_abbreviation_is() -> None:
    found = remarks([PPO], "We train with proximal policy optimization (PPO).")
    assert named(found, "rejected") == []
