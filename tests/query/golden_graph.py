"""A small graph with what trips engines up: cycles, self loops, parallel edges, missing values."""

from graphkb.model.graph import Edge, Entity, Graph, Value

PAPERS: dict[str, dict[str, Value]] = {
    "arxiv:2401.00001": {"published": "2024-01-05", "year": 2024},
    "arxiv:2402.00002": {"published": "2024-02", "year": 2024},
    "title:no-date": {},
    "arxiv:2501.00003": {"published": "2025-01-09", "year": 2025},
    "arxiv:1707.00004": {"published": "2017", "year": 2017, "stub": True},
    "doi:10.1/moved": {"published": "2025-01", "upvotes": 3, "former_ids": ("title:a", "title:b")},
    "title:silent": {"upvotes": 0, "author_count": 1},
}

THINGS: dict[str, tuple[str, dict[str, Value]]] = {
    "method:ppo": (
        "Method",
        {"kind": "method", "support": 2, "support_groups": 1, "curated": True},
    ),
    "method:grpo": ("Method", {"kind": "method", "support": 3, "long_name": "Group Relative PO"}),
    "method:dapo": ("Method", {"kind": "method", "support": 1, "first_stated": "2025-01-09"}),
    "method:loop": ("Method", {"kind": "framework", "support": 0}),
    "method:spa": ("Method", {"kind": "method", "ambiguous": True, "senses": ("method:loop",)}),
    "method:qwen": ("Model", {"kind": "model", "support": 2, "support_groups": 2}),
    "method:math": ("Benchmark", {"kind": "benchmark", "support": 3, "aliases": ("MATH-all",)}),
    "method:gsm8k": ("Benchmark", {"kind": "dataset", "support": 1}),
    "task:reasoning": ("Task", {"support": 2}),
    "repo:github.com/a/x": ("Repository", {"url": "https://github.com/a/x"}),
    "result:1": ("Result", {"reading": "absolute", "value": 62.5, "value_text": "62.5%"}),
    "result:2": ("Result", {"reading": "gain", "value": 3.0, "value_text": "3", "metric": "acc"}),
    "org:lab": ("Organization", {}),
    "org:firm": ("Organization", {}),
    "author:ada": ("Author", {}),
    "author:ben": ("Author", {}),
    "author:cem": ("Author", {}),
    "method:qwen2": ("Model", {"kind": "model", "support": 1, "first_stated": "2025-01"}),
    "method:loop~2": ("Method", {"kind": "method", "long_name": "Looping"}),
    "repo:github.com/a/y": ("Repository", {"url": "https://github.com/a/y", "stars": 5}),
    "result:3": ("Result", {"reading": "absolute", "value": 71.5, "value_text": "71.5"}),
}

# start, type, end, paper, properties beside the sentence
EDGES: list[tuple[str, str, str, str, dict[str, Value]]] = [
    ("arxiv:2401.00001", "INTRODUCES", "method:grpo", "arxiv:2401.00001", {}),
    ("arxiv:2501.00003", "INTRODUCES", "method:dapo", "arxiv:2501.00003", {}),
    ("arxiv:2501.00003", "INTRODUCES", "method:gsm8k", "arxiv:2501.00003", {}),
    ("title:no-date", "INTRODUCES", "method:loop", "title:no-date", {}),
    ("arxiv:1707.00004", "INTRODUCES", "method:ppo", "arxiv:1707.00004", {"rule": "catalogue"}),
    ("arxiv:2401.00001", "MENTIONS", "method:ppo", "arxiv:2401.00001", {}),
    ("arxiv:2402.00002", "MENTIONS", "method:grpo", "arxiv:2402.00002", {}),
    ("arxiv:2402.00002", "MENTIONS", "method:ppo", "arxiv:2402.00002", {}),
    ("arxiv:2402.00002", "MENTIONS", "method:spa", "arxiv:2402.00002", {}),
    ("arxiv:2402.00002", "MENTIONS", "method:qwen", "arxiv:2402.00002", {}),
    ("arxiv:2402.00002", "MENTIONS", "method:math", "arxiv:2402.00002", {"role": "evaluation"}),
    ("arxiv:2402.00002", "MENTIONS", "task:reasoning", "arxiv:2402.00002", {}),
    ("title:no-date", "MENTIONS", "method:grpo", "title:no-date", {}),
    ("method:grpo", "EXTENDS", "method:ppo", "arxiv:2401.00001", {}),
    ("method:grpo", "EXTENDS", "method:ppo", "arxiv:2402.00002", {}),
    ("method:dapo", "EXTENDS", "method:grpo", "arxiv:2501.00003", {}),
    ("method:loop", "EXTENDS", "method:loop", "title:no-date", {}),
    ("method:loop", "EXTENDS", "method:grpo", "title:no-date", {}),
    ("method:ppo", "EXTENDS", "method:dapo", "title:no-date", {}),
    ("method:dapo", "GENERALIZES", "method:ppo", "arxiv:2501.00003", {"rule": "catalogue"}),
    ("arxiv:2402.00002", "USES", "method:grpo", "arxiv:2402.00002", {}),
    ("method:dapo", "USES", "method:grpo", "arxiv:2501.00003", {}),
    ("method:loop", "USES", "method:loop", "title:no-date", {}),
    ("method:grpo", "EVALUATED_ON", "method:math", "arxiv:2401.00001", {}),
    ("method:grpo", "EVALUATED_ON", "method:math", "title:no-date", {}),
    ("method:dapo", "EVALUATED_ON", "method:gsm8k", "arxiv:2501.00003", {}),
    ("method:grpo", "OUTPERFORMS", "method:ppo", "arxiv:2401.00001", {"on": "method:math"}),
    ("method:dapo", "OUTPERFORMS", "method:grpo", "arxiv:2501.00003", {}),
    ("method:loop", "OUTPERFORMS", "method:grpo", "title:no-date", {}),
    ("method:grpo", "APPLIED_TO", "task:reasoning", "arxiv:2401.00001", {}),
    ("title:no-date", "APPLIED_TO", "task:reasoning", "title:no-date", {}),
    ("arxiv:2401.00001", "HAS_CODE", "repo:github.com/a/x", "arxiv:2401.00001", {}),
    ("title:no-date", "HAS_CODE", "repo:github.com/a/x", "title:no-date", {}),
    ("arxiv:2401.00001", "REPORTS", "result:1", "arxiv:2401.00001", {}),
    ("result:1", "OF", "method:grpo", "arxiv:2401.00001", {}),
    ("result:1", "ON", "method:math", "arxiv:2401.00001", {}),
    ("result:1", "AGAINST", "method:ppo", "arxiv:2401.00001", {}),
    ("arxiv:2501.00003", "REPORTS", "result:2", "arxiv:2501.00003", {}),
    ("result:2", "ON", "method:math", "arxiv:2501.00003", {}),
    ("arxiv:2402.00002", "CITES", "arxiv:2402.00002", "arxiv:2402.00002", {}),
    ("arxiv:2402.00002", "CITES", "arxiv:1707.00004", "arxiv:2402.00002", {}),
    ("arxiv:2402.00002", "AFFILIATED_WITH", "org:lab", "arxiv:2402.00002", {}),
    ("arxiv:2401.00001", "AFFILIATED_WITH", "org:lab", "arxiv:2401.00001", {}),
    ("arxiv:2401.00001", "AFFILIATED_WITH", "org:firm", "arxiv:2401.00001", {}),
    ("author:ada", "AFFILIATED_WITH", "org:firm", "arxiv:2401.00001", {}),
    ("arxiv:2401.00001", "AUTHORED_BY", "author:ada", "arxiv:2401.00001", {}),
    ("arxiv:2401.00001", "AUTHORED_BY", "author:ben", "arxiv:2401.00001", {}),
    ("title:no-date", "AUTHORED_BY", "author:ada", "title:no-date", {}),
    ("title:no-date", "AUTHORED_BY", "author:ben", "title:no-date", {}),
    ("arxiv:2501.00003", "AUTHORED_BY", "author:ada", "arxiv:2501.00003", {}),
    ("title:silent", "AUTHORED_BY", "author:cem", "title:silent", {}),
    ("arxiv:2401.00001", "CITES", "arxiv:1707.00004", "arxiv:2401.00001", {}),
    ("arxiv:2501.00003", "CITES", "arxiv:1707.00004", "arxiv:2501.00003", {}),
    ("arxiv:2501.00003", "CITES", "arxiv:2401.00001", "arxiv:2501.00003", {}),
    ("doi:10.1/moved", "CITES", "arxiv:2401.00001", "doi:10.1/moved", {}),
    ("doi:10.1/moved", "INTRODUCES", "method:qwen2", "doi:10.1/moved", {}),
    ("doi:10.1/moved", "HAS_CODE", "repo:github.com/a/x", "doi:10.1/moved", {}),
    ("doi:10.1/moved", "HAS_CODE", "repo:github.com/a/y", "doi:10.1/moved", {}),
    ("doi:10.1/moved", "SURVEYS", "task:reasoning", "doi:10.1/moved", {}),
    ("method:grpo", "IMPLEMENTED_IN", "repo:github.com/a/x", "arxiv:2401.00001", {}),
    ("method:qwen2", "EXTENDS", "method:qwen", "doi:10.1/moved", {}),
    ("method:qwen", "EXTENDS", "method:qwen2", "arxiv:2402.00002", {}),
    ("method:qwen", "EXTENDS", "method:qwen", "arxiv:2402.00002", {}),
    ("method:grpo", "USES", "method:qwen", "arxiv:2401.00001", {}),
    ("doi:10.1/moved", "USES", "method:qwen", "doi:10.1/moved", {}),
    ("title:no-date", "USES", "method:qwen", "title:no-date", {}),
    ("method:qwen2", "EVALUATED_ON", "method:math", "doi:10.1/moved", {}),
    ("method:qwen2", "EVALUATED_ON", "method:math", "title:no-date", {}),
    ("method:ppo", "OUTPERFORMS", "method:grpo", "arxiv:2402.00002", {}),
    ("method:loop", "OUTPERFORMS", "method:loop", "title:no-date", {}),
    ("doi:10.1/moved", "REPORTS", "result:3", "doi:10.1/moved", {}),
    ("result:3", "OF", "method:qwen2", "doi:10.1/moved", {}),
]

# What each named query is asked; without parameters where it is absent.
QUESTIONS: dict[str, list[dict[str, object]]] = {
    "ancestors": [{"method": "grpo"}, {"method": "loop"}],
    "descendants": [{"method": "PPO"}, {"method": "loop"}],
    "siblings": [{"method": "dapo"}],
    "used-by": [{"method": "GRPO"}, {"method": "loop"}],
    "used-together": [{"method": "GRPO"}],
    "evaluated-on": [{"method": "GRPO"}],
    "benchmark-users": [{"benchmark": "MATH-all"}],
    "results": [{"benchmark": "MATH"}],
    "task-methods": [{"task": "reasoning"}],
    "methods": [{}, {"limit": 1}],
    "cites": [{"paper": "2402.00002"}, {"paper": "title:silent"}],
    "cited-by": [{"paper": "1707.00004"}, {"paper": "2401.00001", "since": "2025-01-05"}],
    "co-cited": [{"paper": "1707.00004"}],
    "coupled": [{"paper": "2501.00003"}],
    "similar-papers": [{"paper": "2402.00002"}, {"paper": "2402.00002", "widest": 2}],
    "new-papers": [{}, {"since": "2024-01-20"}],
    "new-models": [{}, {"since": "2024"}],
    "upvoted": [{}, {"since": "2025", "until": "2025-01"}],
    "author-papers": [{"author": "ada"}],
    "author-introduced": [{"author": "ada"}],
    "co-authors": [{"author": "ada"}, {"author": "cem"}],
    "collaborations": [{}, {"among": 1, "least": 1}],
    "organization-introduced": [{"organization": "firm"}],
    "organization-partners": [{"organization": "firm"}],
    "model-users": [{"model": "qwen"}],
    "model-descendants": [{"model": "qwen"}],
    "model-results": [{"model": "qwen2"}],
    "model-benchmarks": [{"model": "qwen2"}],
    "method-code": [{"method": "GRPO"}, {"method": "PPO"}],
    "repository-papers": [{"repository": "https://github.com/a/x"}],
}


def golden_graph() -> Graph:
    papers = [
        Entity("Paper", id_, {"name": f"On {id_}", "title": f"On {id_}", "stub": False, **known})
        for id_, known in PAPERS.items()
    ]
    names = {"method:grpo": "GRPO", "method:ppo": "PPO", "method:math": "MATH"}
    names["method:loop~2"] = "loop"  # another thing of the same name
    things = [
        Entity(label, id_, {"name": names.get(id_, id_.partition(":")[2]), **known})
        for id_, (label, known) in THINGS.items()
    ]
    labels = {entity.id: entity.label for entity in (*papers, *things)}
    edges = []
    for start, type_, end, paper, own in EDGES:
        stated = {"evidence": f"{start} {type_} {end}, says {paper}.", "rule": "test"}
        if own.get("rule") == "catalogue":
            stated = {"reason": "it is known", "rule": "catalogue"}
        properties: dict[str, Value] = {**stated, "confidence": 900, **own}
        edges.append(Edge(start, type_, end, paper, labels[start], labels[end], properties))
    return Graph.of([*papers, *things], edges)
