"""Neo4j Community as jars from Maven Central, and the Java that runs them."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

VERSION = "5.26.12"
JAVA_AT_LEAST = 17

POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>neo4j-for-tests</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.neo4j</groupId><artifactId>neo4j-bolt</artifactId><version>{VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.neo4j</groupId><artifactId>neo4j-import-tool</artifactId>
      <version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""


class Neo4jUnavailableError(Exception):
    """No Neo4j can be had here; the message says what is missing and how to get it."""


def cache_folder() -> Path:
    """Return the folder that keeps the jars from one checkout to the next."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "graphkb-tests" / f"neo4j-{VERSION}"


def find_java() -> str:
    """Return the `java` to run.

    Raises
    ------
    Neo4jUnavailableError
        There is none, or it is older than Neo4j 5.26 wants.
    """
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    remedy = f"install Java {JAVA_AT_LEAST} or later (Debian: apt-get install default-jre-headless)"
    if java is None:
        raise Neo4jUnavailableError(f"no java on PATH: {remedy}")
    # macOS has a `java` that only says that there is none.
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    if answer.returncode != 0 or version is None or int(version[1]) < JAVA_AT_LEAST:
        found = version[1] if version else "none that answers"
        raise Neo4jUnavailableError(f"{java} is Java {found}: {remedy}")
    return java


def fetch() -> Path:
    """Put Neo4j's jars into the cache, unless they are there, and return their folder.

    Raises
    ------
    Neo4jUnavailableError
        Maven is missing or could not get the jars.
    """
    folder = cache_folder()
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise Neo4jUnavailableError(
            f"Neo4j's jars are not in {folder} and there is no mvn on PATH to get them:"
            " install Maven (Debian: apt-get install maven)"
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with (folder.parent / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes ask at once: one downloads
            if not folder.is_dir():
                _download(maven, folder)
    except OSError as error:
        raise Neo4jUnavailableError(f"cannot keep Neo4j's jars in {folder}: {error}") from error
    return folder


def _download(maven: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="download-", dir=folder.parent) as name:
        work = Path(name)
        (work / "pom.xml").write_text(POM, encoding="utf-8")
        copy = ["dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=lib"]
        answer = subprocess.run(
            [maven, "--batch-mode", "--quiet", *copy],
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if answer.returncode != 0:
            said = [line for line in answer.stdout.splitlines() if "ERROR" in line][:3]
            raise Neo4jUnavailableError(
                f"mvn could not get Neo4j {VERSION}: {' / '.join(said) or 'it said nothing'}"
            )
        # All or nothing: a download that is cut off never looks like a cache.
        (work / "lib").rename(folder)
