"""A small graph of what joins things: straight, by lineage, by use, by mention, not at all."""

from lineage_graph import written

from graphkb.model.graph import Value
from graphkb.store import Changes

THINGS: dict[str, tuple[str, dict[str, Value]]] = {
    "bench": ("Benchmark", {"support": 3}),
    "gain": ("Result", {"value_text": "5", "reading": "gain"}),
    "reasoning": ("Task", {"support": 2}),
    "ann": ("Author", {}),
    "ben": ("Author", {}),
    "lonely": ("Method", {}),
    "dapo": ("Method", {"support": 3}),
    "spa": ("Method", {"support": 1, "ambiguous": True, "senses": ("method:grpo",)}),
}

LINES = """
    dapo EXTENDS grpo p1 *
    grpo EXTENDS ppo p2 700
    grpo EXTENDS ppo p3 950
    ppo EXTENDS trpo stub *
    dapo OUTPERFORMS grpo p1 800
    grpo OUTPERFORMS dapo p4 800
    p1 INTRODUCES dapo p1
    p1 MENTIONS grpo p1
    p1 MENTIONS dapo p1
    p5 SURVEYS dapo p5
    p5 SURVEYS trpo p5
    rival OUTPERFORMS dapo p6
    rival OUTPERFORMS ppo p6
    loop USES loop p6
    loop USES ppo p6
    gain OF grpo p7
    gain ON bench p7
    p7 REPORTS gain p7
    far1 USES dapo p8
    far1 COMPARED_WITH far2 p8
    far2 USES far3 p8
    far3 USES far4 p8
    far4 USES far5 p8
    far5 USES far6 p8
    far6 USES far7 p8
    p8 AUTHORED_BY ann p8
    p9 AUTHORED_BY ann p9
    p9 AUTHORED_BY ben p9
    spa USES spare p9
"""
MENTIONED = 12


def changes() -> Changes:
    """The graph of LINES, and many that use one method and are applied to one task."""
    lines = [line.split() for line in LINES.split("\n") if line.strip()]
    for n in range(MENTIONED):
        lines += [
            [f"user{n:02}", "USES", "grpo", f"p1{n:02}"],
            [f"user{n:02}", "USES", "bench2", f"p1{n:02}"],
            [f"user{n:02}", "APPLIED_TO", "reasoning", f"p1{n:02}"],
        ]
    return written(lines, THINGS)
