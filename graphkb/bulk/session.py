"""The Spark that a bulk build runs on: the one that is there, or one on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.errors import GraphKBError, MissingExtraError

if TYPE_CHECKING:
    from pyspark import SparkConf, SparkContext

__all__ = ["JAVA_AT_LEAST", "find_java", "spark_context"]

JAVA_AT_LEAST = 17
"""What Spark 4 asks for."""

_MEGABYTES, _MEGABYTES_A_CORE, _MOST_MEGABYTES = 1024, 512, 16 * 1024


def spark_context(work: Path, master: str | None = None) -> tuple[SparkContext, bool]:
    """Return the Spark to run on, and whether it was started here.

    Parameters
    ----------
    work : Path
        A folder: what a Spark started here spills goes to ``spark`` in it, what it says of itself
        to ``spark.log``.
    master : str, optional
        Where to run, as Spark says it: ``local[4]``, ``spark://host:7077``, ``yarn``. By default
        what ``spark-submit`` was told, else all cores of this machine.

    Returns
    -------
    tuple of SparkContext and bool
        Whoever is given True stops it.

    Raises
    ------
    MissingExtraError
        pyspark is not there.
    GraphKBError
        Java is missing or too old; or Spark does not start.
    """
    try:
        from pyspark import SparkConf, SparkContext
    except ModuleNotFoundError as error:
        missing = f"Spark needs {error.name}"
        remedy = "install it: pip install 'graphkb-papers[spark]'"
        raise MissingExtraError(missing, remedy=remedy) from None
    running = SparkContext._active_spark_context  # noqa: SLF001 - nothing public starts none
    if running is not None:
        return running, False
    conf = SparkConf().setIfMissing("spark.app.name", "graphkb bulk")
    if "PYSPARK_GATEWAY_PORT" in os.environ:  # spark-submit started this, and says the rest
        if master is not None:
            conf.setMaster(master)
        return SparkContext(conf=conf), True
    find_java()
    conf.setMaster(master or conf.get("spark.master") or f"local[{os.cpu_count() or 1}]")
    work.mkdir(parents=True, exist_ok=True)
    log = work / "spark.log"
    settings: dict[str, str] = {}
    if (conf.get("spark.master") or "").startswith("local"):
        settings = _on_this_machine(conf, work)
    try:
        with _environment(settings), _stderr_to(log):
            return SparkContext(conf=conf), True
    except Exception as error:  # noqa: BLE001 - Java, py4j and pyspark each have their own
        what = f"Spark does not start: {str(error).splitlines()[0] if str(error) else error!r}"
        raise GraphKBError(what, where=str(log), remedy="the end of that file says why") from None


def _on_this_machine(conf: SparkConf, work: Path) -> dict[str, str]:
    """Set what a Spark within this process needs; return the environment that it starts in."""
    cores = re.fullmatch(r"local\[(\d+)\b.*", conf.get("spark.master") or "")
    count = int(cores[1]) if cores else os.cpu_count() or 1
    memory = min(_MEGABYTES + _MEGABYTES_A_CORE * count, _MOST_MEGABYTES)
    for name, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": f"{memory}m",
        # Items go between Python and Java in lists, and these as bytes: nothing of them is on
        # Java's heap for long. What steps hold is in Python, beside it.
        "spark.local.dir": str((work / "spark").absolute()),
        # What an exchange laid down goes when Java finds that nobody asks for it any more.
        "spark.cleaner.periodicGC.interval": "5min",
        "spark.log.level": "WARN",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }.items():
        conf.setIfMissing(name, value)
    return {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}


def find_java() -> str:
    """Return the `java` that Spark will run.

    Raises
    ------
    GraphKBError
        There is none, or it is older than Spark wants.
    """
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    remedy = (
        f"install Java {JAVA_AT_LEAST} or later (Debian: apt-get install default-jre-headless; "
        "macOS: brew install openjdk), or set JAVA_HOME to one"
    )
    if java is None:
        there = f"in JAVA_HOME, {home}" if home else "on PATH"
        raise GraphKBError(f"Spark needs Java, and there is no java {there}", remedy=remedy)
    # macOS has a `java` that only says that there is none.
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    if answer.returncode != 0 or version is None or int(version[1]) < JAVA_AT_LEAST:
        found = f"Java {version[1]}" if version else "none that answers"
        what = f"Spark needs Java {JAVA_AT_LEAST} or later, and {java} is {found}"
        raise GraphKBError(what, remedy=remedy)
    return java


@contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    """Set what is not set yet, for a while."""
    added = [name for name in settings if name not in os.environ]
    os.environ.update({name: settings[name] for name in added})
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


@contextmanager
def _stderr_to(log: Path) -> Iterator[None]:
    """Let processes that are started meanwhile write what they say to a file.

    Java warns of its own modules, and of each step that failed with all of its stack; neither is
    for whoever waits for the build.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with log.open("ab") as file:
            os.dup2(file.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
