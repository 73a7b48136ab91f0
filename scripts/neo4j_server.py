"""A real Neo4j Community server for tests and trials: its jars, its start and its certain stop.

    python scripts/neo4j_server.py fetch    # put the jars into the cache, print the folder
    python scripts/neo4j_server.py start    # run a server until Ctrl-C, print how to reach it
    python scripts/neo4j_server.py run -- COMMAND…    # one command, with GRAPHKB_DB and NEO4J_* set

Needs Java 17 or later, and Maven where the jars are not cached yet. The server listens on a free
port of the loopback only, without HTTP and telemetry, and its data goes when it stops. It stops
with its starter, however that ends: a watchdog process holds the reading end of a pipe whose
writing end only the starter has, and when the pipe closes without a word it ends the server and
removes its folder. (Linux's PR_SET_PDEATHSIG would be shorter, but fires when the starting
*thread* ends, exists on one system, and leaves the folder.)
"""

from __future__ import annotations

import argparse
import os
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from neo4j_jars import VERSION, Neo4jUnavailableError, fetch, find_java

if TYPE_CHECKING:
    from neo4j import Driver

__all__ = ["Neo4jServer", "Neo4jUnavailableError", "admin_program", "neo4j_server"]

USER = "neo4j"
START_WITHIN = 120.0  # seconds; about 7 are usual on two cores, more when other work fills them
STOP_WITHIN = 20.0
ATTEMPTS = 3  # a free port can be taken by somebody else before the server binds it

CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
dbms.security.auth_minimum_password_length=8
server.memory.pagecache.size={pages}
db.tx_log.preallocate=false
db.logs.query.enabled=OFF
"""

OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_ONE_TIER = ["-XX:TieredStopAtLevel=1"]
_OPENINGS = tuple(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED)


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A running server.

    Attributes
    ----------
    url, user, password
        How to reach it over Bolt.
    pid
        The server's own process.
    home
        Its folder, which goes when it stops; `logs/neo4j.log` says what it did.
    seconds
        From the start of Java to the first answer over Bolt.
    """

    url: str
    user: str
    password: str
    pid: int
    home: Path
    seconds: float
    _run: Callable[[], int] = field(repr=False)

    def environment(self) -> dict[str, str]:
        """Return the variables with which graphkb finds and enters this server."""
        return {
            "GRAPHKB_DB": self.url,
            "NEO4J_USERNAME": self.user,
            "NEO4J_PASSWORD": self.password,
        }

    def restart(self) -> Neo4jServer:
        """Kill the server, as a power failure would, and start it again on its data.

        Raises
        ------
        Neo4jUnavailableError
            It did not come up.
        """
        begun = time.monotonic()
        pid = self._run()
        _answers(self.url, self.password)
        return replace(self, pid=pid, seconds=time.monotonic() - begun)


@contextmanager
def neo4j_server(
    heap: str = "512m",
    *,
    pages: str = "64m",
    brief: bool = False,
    fill: Callable[[Path], object] | None = None,
) -> Iterator[Neo4jServer]:
    """Run a server with a random password until the block ends.

    Parameters
    ----------
    heap
        The Java heap, as `java -Xmx` takes it.
    pages
        The cache of the store's pages; what is larger than it is read from files again and again.
    brief
        Whether it will only do a little: Java then compiles in one tier, which starts with 7
        instead of 12 seconds of processor time and is slower when warm.
    fill
        Called with the server's folder before it starts, where :func:`admin_program` gives what
        imports into it.

    Raises
    ------
    Neo4jUnavailableError
        Java, Maven or the jars are missing, or the server did not come up; the message quotes
        the end of its log.
    """
    java = find_java()
    jars = fetch()
    tiers = _ONE_TIER if brief else []
    for attempt in range(1, ATTEMPTS + 1):
        home = Path(tempfile.mkdtemp(prefix="graphkb-neo4j-"))
        try:
            port = _free_port()
            command = _command([java, f"-Xmx{heap}", *tiers], jars, home, port, pages)
            if fill is not None:
                fill(home)
            begun = time.monotonic()
            with ExitStack() as stack:
                run = partial(_run, stack, command, home, port)
                try:
                    pid = run()
                except Neo4jUnavailableError:
                    if _port_was_taken(home) and attempt < ATTEMPTS:
                        continue
                    raise
                url = f"bolt://127.0.0.1:{port}"
                password = secrets.token_urlsafe(12)
                _set_password(url, password)
                seconds = time.monotonic() - begun
                yield Neo4jServer(url, USER, password, pid, home, seconds, run)
                return
        finally:
            shutil.rmtree(home, ignore_errors=True)


def admin_program(home: Path, heap: str = "512m", *, brief: bool = False) -> Path:
    """Write the program `neo4j-admin` for a server's folder, and return it.

    Parameters
    ----------
    home
        The folder, `conf/neo4j.conf` in it.
    heap, brief
        As of :func:`neo4j_server`.

    Returns
    -------
    Path
        A shell script; its folder goes on PATH.

    Raises
    ------
    Neo4jUnavailableError
        Java, Maven or the jars are missing.
    """
    tiers = _ONE_TIER if brief else []
    java = [find_java(), f"-Xmx{heap}", *tiers, "-XX:+UseSerialGC", *_OPENINGS]
    program = home / "bin" / "neo4j-admin"
    program.parent.mkdir(exist_ok=True)
    program.write_text(
        "#!/bin/sh\n"
        f"export NEO4J_HOME={shlex.quote(str(home))} NEO4J_CONF={shlex.quote(str(home / 'conf'))}\n"
        f'exec {shlex.join([*java, "-cp", f"{fetch()}/*"])} org.neo4j.cli.AdminTool "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return program


def _run(stack: ExitStack, command: Sequence[str], home: Path, port: int) -> int:
    """Stop what ran before, run a server, and return its process."""
    stack.close()
    process = stack.enter_context(watched(command, home))
    if not _listens(process, port):
        raise Neo4jUnavailableError(f"Neo4j {VERSION} did not start: {_log_end(home)}")
    return process.pid


def _command(java: Sequence[str], jars: Path, home: Path, port: int, pages: str) -> list[str]:
    """Write the configuration and return the command that runs a server by it."""
    (home / "conf").mkdir()
    text = CONFIGURATION.format(port=port, pages=pages)
    (home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")
    return [
        *java,
        "-XX:+UseSerialGC",
        *_OPENINGS,
        "-cp",
        f"{jars}/*",
        "org.neo4j.server.CommunityEntryPoint",
        f"--home-dir={home}",
        f"--config-dir={home}/conf",
    ]


@contextmanager
def watched(command: Sequence[str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server and its watchdog until the block, or this process, ends.

    Parameters
    ----------
    command
        What runs the server; it has `--home-dir=` in it, by which the watchdog knows it.
    home
        The folder for `output.log`, which the watchdog removes.
    """
    with (home / "output.log").open("wb") as output:
        # A session of its own: Ctrl-C in the terminal reaches the starter only.
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        watchdog = subprocess.Popen(
            [sys.executable, __file__, "watch", str(process.pid), str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)
            watchdog.communicate(b"stopped")
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop the server at once: its data goes anyway, and an orderly stop takes ten seconds."""
    process.kill()
    process.wait()


def watch(pid: int, home: Path) -> None:
    """Wait for the starter's word or death; on its death end the server and remove its folder."""
    if sys.stdin.buffer.read():
        return
    if _is_server_of(pid, home):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + STOP_WITHIN
        while time.monotonic() < until and _is_server_of(pid, home):
            time.sleep(0.1)
    shutil.rmtree(home, ignore_errors=True)


def _is_server_of(pid: int, home: Path) -> bool:
    """Tell whether the process is still our server and not another that was given its number."""
    answer = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return f"--home-dir={home}" in answer.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _listens(process: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return process.poll() is None
        time.sleep(0.1)
    return False


def _port_was_taken(home: Path) -> bool:
    return "Address already in use" in _log(home)


def _log(home: Path) -> str:
    logs = (home / "output.log", home / "logs" / "neo4j.log")
    return "\n".join(log.read_text(errors="replace") for log in logs if log.is_file())


def _log_end(home: Path) -> str:
    return " / ".join(_log(home).splitlines()[-5:]) or "its log is empty"


def _set_password(url: str, password: str) -> None:
    """Exchange the first password, which admits to nothing else, for ours."""

    def exchange(driver: Driver) -> None:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
            password=password,
            database_="system",
        )

    _asked(url, "neo4j", exchange)
    _answers(url, password)


def _answers(url: str, password: str) -> None:
    """Wait until the server answers."""
    _asked(url, password, lambda driver: driver.execute_query("RETURN 1"))


def _asked(url: str, password: str, ask: Callable[[Driver], object]) -> None:
    from neo4j import GraphDatabase
    from neo4j.exceptions import DriverError, Neo4jError

    until = time.monotonic() + START_WITHIN
    while True:
        try:
            with GraphDatabase.driver(url, auth=(USER, password)) as driver:
                ask(driver)
                return
        except (DriverError, Neo4jError) as error:
            # The port listens a moment before the databases behind it are open.
            if time.monotonic() > until:
                raise Neo4jUnavailableError(f"Neo4j at {url} does not answer: {error}") from error
            time.sleep(0.1)


def start() -> int:
    """Run a server until Ctrl-C or a termination; print how to reach it."""
    with neo4j_server() as server:
        print(f"export NEO4J_USERNAME={server.user}")
        print(f"export NEO4J_PASSWORD={server.password}")
        print(f"graphkb --db {server.url} stats", flush=True)
        told = f"Neo4j {VERSION} answers after {server.seconds:.1f} s (process {server.pid});"
        print(f"# {told} Ctrl-C stops it", file=sys.stderr)
        with suppress(KeyboardInterrupt):
            signal.pause()
    return 0


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command while a server stands, and return its exit code."""
    with neo4j_server() as server:
        merged = {**environment, **server.environment()}
        return subprocess.run(command, env=merged, check=False).returncode


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says."""
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="neo4j_server.py", description=summary)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fetch", help="put the jars into the cache")
    commands.add_parser("start", help="run a server until Ctrl-C")
    one = commands.add_parser("run", help="run one command while a server stands")
    one.add_argument("argv", nargs="+", metavar="COMMAND")
    watched = commands.add_parser("watch", help="(used by the others)")
    watched.add_argument("pid", type=int)
    watched.add_argument("home", type=Path)
    chosen = parser.parse_args(arguments)
    # A termination unwinds the blocks above like Ctrl-C does, so that the server is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        match chosen.command:
            case "fetch":
                print(fetch())
                return 0
            case "start":
                return start()
            case "run":
                return run(chosen.argv, os.environ)
            case _:
                watch(chosen.pid, chosen.home)
                return 0
    except Neo4jUnavailableError as error:
        print(f"neo4j_server.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
