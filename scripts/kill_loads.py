"""Kill loads at random points, and see that each can be finished or taken back.

    python scripts/kill_loads.py [--kills N] [--neo4j] [--server-kills N] [--seed N]

In an embedded store, or with --neo4j in a Neo4j that is started for it, a source is loaded,
replaced and forgotten by turns in a process that gets SIGKILL somewhere between its first write
and its end, N times (100). With --server-kills it is the Neo4j server that gets SIGKILL and is
started again, N times. Each time the store must open, with the graph of before or of after and
nothing for doctor to find, or else name the source whose load is unfinished and say how to finish
it; then that is done, or the source is forgotten, and the digest must be that of a store where
nobody was killed. A line a kill is printed, and how far they came. Ends with 1 where anything is
otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from neo4j_server import Neo4jServer, neo4j_server

import graphkb
from graphkb.store import neo4j

__all__ = ["ATOMIC_SIZE", "Ground", "Killing", "papers"]

# So few changes to a transaction that a load of this size is many of them, as a large one is.
ATOMIC_SIZE = 40
# How the time within which is killed changes after a kill that came too late, and after another:
# a server that is warm writes faster, and seven of ten kills shall find something to break.
SHORTER, LONGER = 0.8, 1.1

# Loads or forgets; tells when it begins to write, and how many seconds later it was done, and then
# waits for a word, so that whoever is to kill it never comes too late.
SCRIPT = f"""
import sys, time
import graphkb
from graphkb.store import embedded, neo4j

url, action, source = sys.argv[1:]
neo4j.ATOMIC_SIZE = {ATOMIC_SIZE}
begun = None


def watched(write):
    def begin(self, *told):
        global begun
        if begun is None:
            begun = time.perf_counter()
            print("begun", flush=True)
        return write(self, *told)
    return begin


for store in (embedded.EmbeddedStore, neo4j.Neo4jStore):
    store.write = watched(store.write)
with graphkb.open(url) as base:
    getattr(base, action)(source)
print(time.perf_counter() - begun, flush=True)
sys.stdin.read()
"""


def papers(first: int, number: int) -> str:
    """Return papers about methods that rest on each other and on what the catalogue has."""
    lines = []
    for n in range(first, first + number):
        name, other = f"Kite{n}Net", f"Kite{n // 2}Net"
        abstract = (
            f"We propose {name}, a variant of GRPO. {name} extends {other} and outperforms PPO on "
            f"GSM8K by {n % 9 + 1}.5%. Code: https://github.com/kites/{name}."
        )
        lines.append(
            {
                "id": f"24{n % 12 + 1:02}.{n:05}",
                "title": f"{name}: Flying Kites in Wind {n}",
                "abstract": abstract,
                "authors": [f"Ada {n % 7}", f"Bob {n % 5}"],
                "references": [f"arxiv:24{n // 2 % 12 + 1:02}.{n // 2:05}"],
            }
        )
    return "".join(json.dumps(line) + "\n" for line in lines)


class Ground:
    """A store with one source, and a second that is loaded, replaced and forgotten.

    Attributes
    ----------
    url
        Of the store, which is empty at first.
    digests
        Of a store where nobody was killed: `absent` without the second source, `first` and
        `second` with one of its two contents.
    state
        Which of them the store should be in.
    """

    SOURCE = "papers:second.jsonl"

    def __init__(self, url: str, folder: Path, size: int = 20) -> None:
        self.url = url
        self.state = "absent"
        self._path = folder / "second.jsonl"
        self._contents = {"first": papers(5, size), "second": papers(size // 2, size)}
        first = folder / "first.jsonl"
        first.write_text(papers(0, 10))
        with graphkb.open(":memory:") as undisturbed:
            undisturbed.load(str(first))
            self.digests = {"absent": undisturbed.digest()}
            for state, text in self._contents.items():
                self._path.write_text(text)
                undisturbed.load(str(self._path))
                self.digests[state] = undisturbed.digest()
        with graphkb.open(url) as base:
            base.load(str(first))
            self._must_be("absent", base)

    def begin(self, state: str) -> subprocess.Popen[str]:
        """Start a process that brings the store to a state; return it where it begins to write."""
        if state == "absent":
            what = ["forget", self.SOURCE]
        else:
            self._path.write_text(self._contents[state])
            what = ["load", str(self._path)]
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, self.url, *what],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        if process.stdout.readline() != "begun\n":
            raise AssertionError(f"{what[0]} wrote nothing: {process.communicate()[1]}")
        return process

    def lasts(self, state: str) -> float:
        """Bring the store to a state; return the seconds from the first write to the end."""
        out, err = self.begin(state).communicate()
        if not out:
            raise AssertionError(f"the store could not be brought to {state}: {err}")
        self.state = state
        return float(out)

    def told(self, wanted: str) -> str:
        """Check that the store tells how far it came on the way to a state; return what it is.

        Returns
        -------
        str
            `loading`, the state before, or the state that was wanted.
        """
        with graphkb.open(self.url) as base:
            states = {source.id: str(source.properties["state"]) for source in base.sources()}
            remedies = {finding.where: finding.remedy for finding in base.doctor()}
            if "loading" not in states.values():
                found = base.digest()
                if remedies:
                    raise AssertionError(f"doctor finds {remedies}")
                for state in (self.state, wanted):
                    if found == self.digests[state]:
                        return state
                raise AssertionError(f"neither {self.state} nor {wanted}, and nothing tells")
            remedy = remedies.get(self.SOURCE, "")
            if "load it again" not in remedy or f"graphkb forget {self.SOURCE}" not in remedy:
                raise AssertionError(f"doctor does not say what to do: {remedies}")
            return "loading"

    def bring(self, state: str) -> None:
        """Bring the store to a state, as a person would, and check that it is in it."""
        with graphkb.open(self.url) as base:
            if state != "absent":
                self._path.write_text(self._contents[state])
                base.load(str(self._path))
            elif self.SOURCE in {source.id for source in base.sources()}:
                base.forget(self.SOURCE)
            self._must_be(state, base)
            if findings := base.doctor():
                raise AssertionError(f"doctor finds {findings}")
        self.state = state

    def _must_be(self, state: str, base: graphkb.KnowledgeBase) -> None:
        if base.digest() != self.digests[state]:
            raise AssertionError(f"the digest is not that of an undisturbed store ({state})")


@dataclass
class Killing:
    """One kill after another.

    Parameters
    ----------
    ground
        What is written.
    chance
        Chooses what is done, when it is killed and how it is finished.
    restart
        Kills the server and starts it again; without it the writing process is killed.
    """

    ground: Ground
    chance: random.Random
    restart: Callable[[], object] | None = None

    def __post_init__(self) -> None:
        self._within = dict.fromkeys(self.ground.digests, self.ground.lasts("first"))

    def kill(self) -> tuple[str, str]:
        """Kill once, look and finish; return what was done and how far it came."""
        ground = self.ground
        wanted = self.chance.choice([state for state in ground.digests if state != ground.state])
        what = f"{ground.state} to {wanted}"
        process = ground.begin(wanted)
        time.sleep(self.chance.uniform(0, self._within[wanted]))
        if self.restart is None:
            process.kill()
            process.communicate()
        else:
            self.restart()
            _, complaint = process.communicate()
            if process.returncode and "\ngraphkb.errors." not in complaint:
                raise AssertionError(f"the writer ended with {complaint}")
        state = ground.told(wanted)
        came = {ground.state: "nothing", wanted: "everything"}.get(state, "something")
        self._within[wanted] *= SHORTER if came == "everything" else LONGER
        ground.bring(self.chance.choice([wanted, "absent"]))
        return what, came


@contextmanager
def ground_of(
    *, with_neo4j: bool, size: int
) -> Iterator[tuple[Ground, Callable[[], Neo4jServer] | None]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="graphkb-kills-")))
        stack.enter_context(patch.dict(os.environ, GRAPHKB_CACHE=str(folder / "cache")))
        stack.enter_context(patch.object(neo4j, "ATOMIC_SIZE", ATOMIC_SIZE))
        url, restart = str(folder / "graph.kgl"), None
        if with_neo4j:
            server = stack.enter_context(neo4j_server(brief=True))
            stack.enter_context(patch.dict(os.environ, server.environment()))
            url, restart = server.url, server.restart
        yield Ground(url, folder, size), restart


def main() -> int:
    """Kill as often as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, help="of writers (100; with --server-kills none)")
    parser.add_argument("--neo4j", action="store_true", help="kill writers of a Neo4j")
    parser.add_argument("--server-kills", type=int, default=0, help="of the Neo4j server")
    parser.add_argument("--size", type=int, default=60, help="papers in the source")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    server_kills = chosen.server_kills
    kills = chosen.kills if chosen.kills is not None else 0 if server_kills else 100
    came: Counter[str] = Counter()
    wrong = 0
    with ground_of(with_neo4j=chosen.neo4j or bool(server_kills), size=chosen.size) as (
        ground,
        kill,
    ):
        killing = Killing(ground, random.Random(chosen.seed))  # noqa: S311
        for number in range(1, kills + server_kills + 1):
            victim = "writer" if number <= kills else "server"
            killing.restart = None if victim == "writer" else kill
            try:
                what, how_far = killing.kill()
            except AssertionError as error:
                print(f"{number:4}  {victim} killed: WRONG: {error}", flush=True)
                wrong += 1
                ground.bring("absent")
                continue
            came[how_far] += 1
            print(f"{number:4}  {victim} killed, {what}: {how_far} was written", flush=True)
    told = ", ".join(f"{how_far} {times}" for how_far, times in sorted(came.items()))
    print(f"{kills + server_kills} kills; written: {told}; wrong: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
