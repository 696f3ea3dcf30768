"""What a newcomer and a platform run: script/demo for real from a fresh copy, gunicorn's settings, the files of platforms."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request

import pytest
import requests
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot import credentials
from bot.settings import names
from script.demo import without_secrets
from tests import servers
from tests.conftest import ROOT, StartProgram
from tests.servers import Program, answers, free_port, until

FULL = os.environ.get("FULL") == "1"
FIRST_START_S = 280 if FULL else 90  # the first one under FULL=1 installs everything
OF_PIP = re.compile(r"PIP_\w+|https?_proxy|no_proxy|SSL_CERT_FILE|REQUESTS_CA_BUNDLE", re.I)


@dataclass
class Demo:
    """A demo that runs in a copy of the project."""

    program: Program
    checkout: Path
    phone: str

    def asks(self, path: str, told: dict[str, Any] | None = None) -> Any:
        """Ask the stand-in's control API; with something told, as a POST."""
        body = None if told is None else json.dumps(told).encode()
        request = Request(f"{self.phone}/_control/{path}", body, {"Content-Type": "application/json"})
        with servers.direct.open(request, timeout=10) as response:
            return json.load(response)

    def chat(self, person: str) -> list[tuple[str, str]]:
        """Return what stands on a person's phone: who wrote it, and the words."""
        messages = self.asks(f"people/{person}/chat")["messages"]
        return [("person" if message["mine"] else "desk", message["words"]) for message in messages]

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        self.program.signal(number)
        return self.program.wait_end(15)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git knows, in a folder with a space in its name."""
    copy = tmp_path_factory.mktemp("a newcomer") / "the desk"
    listed = subprocess.check_output(["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, text=True)
    for name in listed.split("\0"):
        if name and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with a new home; under FULL=1 the packages are installed anew, else this run's are used."""
    kept = {name: value for name, value in os.environ.items() if OF_PIP.fullmatch(name)}
    venv = {} if FULL else {"SPORTELLO_VENV": sys.prefix}
    return kept | venv | {"PATH": os.environ["PATH"], "HOME": str(tmp_path_factory.mktemp("home")), "LANG": "C.UTF-8"}


@pytest.fixture
def start_demo(
    start_program: StartProgram, checkout: Path, fresh: dict[str, str], tmp_path: Path
) -> Iterator[Callable[[], Demo]]:
    """Start the demo from another folder and wait for its address; what is left of it is ended after the test."""
    started: list[Program] = []

    def start() -> Demo:
        program = start_program(checkout / "script" / "demo", environ=fresh, cwd=tmp_path)
        started.append(program)
        phone = program.wait_line(r"http://127\.0\.0\.1:\d+", FIRST_START_S).group()
        return Demo(program, checkout, phone)

    yield start
    for program in started:
        if program.code is None:
            program.stop()


def left_behind(checkout: Path) -> list[str]:
    """Return what still runs in the copy's folder."""
    found = subprocess.run(["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=True).stdout
    inside = [line for line in found.splitlines() if _works_in(line.split()[0], checkout)]
    return inside + [line for line in found.splitlines() if str(checkout) in line and line not in inside]


def _works_in(pid: str, folder: Path) -> bool:
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")).is_relative_to(folder)
    except OSError:  # it has ended meanwhile, or this is macOS, where the command line alone tells
        return False


def redis_port(checkout: Path) -> int:
    """Return the port on which the demo's Redis listens, from its log."""
    log = (checkout / "data" / "log" / "redis.log").read_text("utf-8", "replace")
    return int(re.findall(r"port=(\d+)", log)[-1])


# ------------------------------------------------------------------------------------------------------------- the demo


@dataclass
class Twice:
    """What was seen of two demos in the same folder, one after the other, each with one message and ended by Ctrl-C."""

    phones: list[str] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)
    entered: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    chats: list[list[tuple[str, str]]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    left: list[list[str]] = field(default_factory=list)
    logs: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def twice(checkout: Path, fresh: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Twice:
    seen = Twice()
    for number, words in enumerate(("ciao", "menu")):
        began = time.monotonic()
        log = tmp_path_factory.mktemp("twice") / "log"
        program = Program([checkout / "script" / "demo"], log, fresh, cwd=log.parent)
        try:
            demo = Demo(program, checkout, program.wait_line(r"http://127\.0\.0\.1:\d+", FIRST_START_S).group())
            seen.seconds.append(time.monotonic() - began)
            look(demo, words, 2 * number, seen)
        finally:
            program.kill()
    return seen


def look(demo: Demo, words: str, before: int, seen: Twice) -> None:
    """Write to the desk when `before` messages stand on the phone, wait for the answer, end the demo, keep all of it."""
    seen.phones.append(demo.phone)
    seen.pages.append(answers(demo.phone + "/"))
    if before == 0:  # the same half minute's code would not let in twice
        seen.entered.append(enter(demo))
    person = demo.asks("people")["people"][0]["key"]  # the first of the two phones the demo begins with
    seen.chats.append(demo.chat(person))
    demo.asks(f"people/{person}/say", {"type": "text", "body": words})
    until(lambda: len(demo.chat(person)) == before + 2, 20)
    seen.chats.append(demo.chat(person))
    seen.secrets.append((demo.checkout / "data" / "demo.env").read_text())
    seen.codes.append(demo.end())
    seen.left.append(left_behind(demo.checkout))
    seen.said.append(demo.program.said)
    logs = (demo.checkout / "data" / "log").iterdir()
    seen.logs.append({log.name: log.read_text("utf-8", "replace") for log in logs})


def enter(demo: Demo) -> int:
    """Sign in at the console with what the terminal said; return what its first page is answered with."""
    console = demo.program.wait_line(r"The staff's console:\s+(http://\S+)", 20).group(1)
    password = demo.program.wait_line(r"password\s+(\S+)", 20).group(1)
    factor = demo.program.wait_line(r"(?m)^  ([A-Z2-7]{32})$", 20).group(1)
    browser = requests.Session()
    origin = console.removesuffix("/console/")
    for path, typed in (("login", {"email": "demo@example.org", "password": password}), ("code", {})):
        page = browser.get(console + path, timeout=10).text
        token = re.findall(r'name="form_token" value="([0-9a-f]+)"', page)[0]
        typed = typed or {"code": credentials.code_at(factor, datetime.now(UTC) + timedelta(seconds=30))}
        browser.post(console + path, {"form_token": token, **typed}, headers={"Origin": origin}, timeout=10)
    return browser.get(console + "account", headers={"Accept": "text/html"}, timeout=10).status_code


def test_the_demo_says_in_both_languages_where_the_phone_is(twice: Twice) -> None:
    lines = [line.strip() for line in twice.said[0].splitlines() if twice.phones[0] in line]

    assert lines == [
        f"Il telefono di prova è qui:    {twice.phones[0]}/",
        f"The phone to try it on is at:  {twice.phones[0]}/",
    ]
    assert twice.pages == [200, 200]


def test_the_demo_says_how_to_get_into_the_console(twice: Twice, checkout: Path) -> None:
    said = [line.split() for line in twice.said[1].splitlines()]
    told = {words[0]: words[-1] for words in said if words and words[0] in ("e-mail", "password")}
    login = (checkout / "data" / "login.env").read_text()

    assert f"DEMO_PASSWORD={told['password']}" in login
    assert told["e-mail"] == "demo@example.org"
    assert "█ ▄▄▄▄▄ █" in twice.said[1]  # a corner of the QR code
    assert twice.entered == [200]


def test_who_writes_on_the_phone_is_answered(twice: Twice) -> None:
    assert [who for who, _ in twice.chats[1]] == ["person", "desk"]


def test_it_says_which_model_sorts_the_words(twice: Twice) -> None:
    assert "the authored examples, no key is set" in twice.said[0]


def test_a_second_start_keeps_what_was_said_and_goes_on(twice: Twice) -> None:
    assert twice.chats[2] == twice.chats[1]
    assert [who for who, _ in twice.chats[3]] == ["person", "desk", "person", "desk"]


def test_a_second_start_is_quick(twice: Twice) -> None:
    assert twice.seconds[1] < 15  # 3 s on a machine that does nothing else


def test_ctrl_c_ends_the_demo_with_everything_it_started(twice: Twice) -> None:
    assert (twice.codes, twice.left) == ([0, 0], [[], []])


def test_nothing_the_demo_says_or_logs_is_a_traceback(twice: Twice) -> None:
    parts = ("redis", "phone", "check", "ready", "web", "worker")
    assert set(twice.logs[1]) == {f"{part}.log" for part in parts}
    assert [
        said for said in (*twice.said, *twice.logs[0].values(), *twice.logs[1].values()) if "Traceback" in said
    ] == []


def test_the_demo_keeps_its_secrets_for_the_next_time_and_to_itself(twice: Twice, checkout: Path) -> None:
    secrets = [line.partition("=")[2] for line in twice.secrets[0].splitlines()]
    said = "".join((*twice.said, *twice.logs[0].values(), *twice.logs[1].values()))

    assert twice.secrets[1] == twice.secrets[0]
    assert stat.S_IMODE((checkout / "data" / "demo.env").stat().st_mode) == 0o600
    assert [secret for secret in secrets if len(secret) > 15 and secret in said] == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_platform_or_a_closed_terminal_ends_it_as_well(
    start_demo: Callable[[], Demo], number: signal.Signals
) -> None:
    demo = start_demo()
    began = time.monotonic()

    code = demo.end(number)

    assert (code, left_behind(demo.checkout)) == (0, [])
    assert time.monotonic() - began < 12


def test_a_second_demo_in_the_same_folder_is_refused_politely(
    start_demo: Callable[[], Demo], start_program: StartProgram, fresh: dict[str, str]
) -> None:
    demo = start_demo()

    second = start_program(demo.checkout / "script" / "demo", environ=fresh)

    assert second.wait_end(20) == 1
    assert second.said.splitlines() == [
        f"La prova è già aperta in questa cartella: {demo.phone}",
        f"A demo already runs in this folder: {demo.phone}",
    ]
    assert answers(demo.phone + "/") == 200


def test_the_demo_takes_other_ports_when_its_own_are_taken(start_demo: Callable[[], Demo], twice: Twice) -> None:
    with socket.create_server(("127.0.0.1", urlsplit(twice.phones[0]).port or 0)):
        demo = start_demo()

        assert demo.phone != twice.phones[0]
        assert answers(demo.phone + "/") == 200


def test_a_database_that_holds_anothers_data_is_left_alone(
    start_program: StartProgram, checkout: Path, fresh: dict[str, str], tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.sqlite"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE invoices (id INTEGER)")
        connection.commit()

    told = fresh | {"DATABASE_URL": f"sqlite:///{theirs}"}
    demo = start_program(checkout / "script" / "demo", environ=told, cwd=tmp_path)
    code = demo.wait_end(FIRST_START_S)

    with closing(sqlite3.connect(theirs)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert (code, tables) == (1, [("invoices",)])
    assert f"Data:   sqlite:///{theirs}" in demo.said
    assert "this demo did not write it" in demo.said


def test_the_demo_says_no_password() -> None:
    assert without_secrets("postgres://desk:word@db.example.org:5432/desk?password=word") == (
        "postgres://db.example.org:5432/desk"
    )


def test_when_a_part_dies_the_demo_says_which_and_ends(start_demo: Callable[[], Demo]) -> None:
    demo = start_demo()

    with socket.create_connection(("127.0.0.1", redis_port(demo.checkout)), 5) as line:
        line.sendall(b"SHUTDOWN NOSAVE\r\n")

    assert demo.program.wait_end(20) == 1
    assert re.search(r"^redis ended with 0\. The end of .*redis\.log:\n(    .*\n)+", demo.program.said, re.M)
    assert left_behind(demo.checkout) == []


def test_a_python_without_venv_is_told_the_one_line_that_helps(
    start_program: StartProgram, checkout: Path, bare_machine: Path, tmp_path: Path
) -> None:
    demo = start_program(
        checkout / "script" / "demo", environ={"PATH": str(bare_machine), "SPORTELLO_VENV": str(tmp_path / "venv")}
    )

    assert demo.wait_end(20) == 2
    assert demo.said.splitlines() == [
        "python3 cannot make a virtual environment. Run this line, then start again:",
        "    sudo apt-get install -y python3-venv",
    ]


def test_root_has_the_missing_venv_installed(
    start_program: StartProgram, checkout: Path, bare_machine: Path, tmp_path: Path
) -> None:
    write_tool(bare_machine / "id", "echo 0")
    write_tool(bare_machine / "apt-get", f'echo "$*" >>"{tmp_path}/apt"\n: >"{bare_machine}/venv-is-there"')

    demo = start_program(
        checkout / "script" / "demo", environ={"PATH": str(bare_machine), "SPORTELLO_VENV": str(tmp_path / "venv")}
    )

    assert demo.wait_end(20) == 7  # making it is where the bare machine stops
    assert (tmp_path / "apt").read_text().splitlines() == [
        "update -qq",
        "install -y -qq --no-install-recommends python3-venv",
    ]


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A folder of tools for PATH, whose Python has no venv and cannot make one (exit code 7)."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "dirname", "basename", "cat", "cksum"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    write_tool(tools / "id", "echo 1000")
    write_tool(
        tools / "python3",
        f'case "$2" in *ensurepip*) test -e "{tools}/venv-is-there"; exit;; venv) exit 7;; esac\n'
        f'exec "{sys.executable}" "$@"',
    )
    return tools


def write_tool(path: Path, body: str) -> None:
    """Write a small program of the shell."""
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


# -------------------------------------------------------------------------------------------------------------- the web


@pytest.fixture
def start_web(start_program: StartProgram) -> Callable[..., tuple[Program, str]]:
    """Start gunicorn as a platform does, with a stand-in for the desk."""

    def start(**variables: str) -> tuple[Program, str]:
        port = free_port()
        environ = dict(os.environ) | {"PORT": str(port)} | variables
        program = start_program(sys.executable, "-m", "gunicorn", "tests.wsgi_double:app", environ=environ)
        program.wait_http(f"http://127.0.0.1:{port}/")
        return program, f"http://127.0.0.1:{port}"

    return start


def test_the_desk_is_started_and_stopped_in_the_process_that_answers(
    start_web: Callable[..., tuple[Program, str]],
) -> None:
    web, _ = start_web()

    code = web.stop()

    started = re.findall(r"desk (\w+) in (\d+)", web.said)
    assert [what for what, _ in started] == ["started", "stopped"]
    assert len({pid for _, pid in started} - {str(web.pid)}) == 1
    assert code == 0


def test_a_request_that_has_begun_is_answered_before_the_web_ends(
    start_web: Callable[..., tuple[Program, str]],
) -> None:
    web, address = start_web()
    answered: list[int | None] = []
    request = threading.Thread(target=lambda: answered.append(answers(address + "/slow", timeout_s=5)))
    request.start()
    web.wait_line("slow begun")

    web.stop()

    request.join()
    assert answered == [200]


def test_a_request_without_end_does_not_keep_the_desk_from_ending(
    start_web: Callable[..., tuple[Program, str]],
) -> None:
    web, address = start_web()
    request = threading.Thread(target=lambda: answers(address + "/endless", timeout_s=20))
    request.start()
    web.wait_line("slow begun")

    web.stop(timeout_s=12)

    request.join()
    assert "desk stopped" in web.said


def test_several_web_processes_add_their_figures_up_in_one_folder(
    start_web: Callable[..., tuple[Program, str]],
) -> None:
    web, address = start_web(WEB_CONCURRENCY="2")
    with servers.direct.open(address, timeout=5) as response:
        folder = Path(response.read().decode())
    was_there = folder.is_dir()

    web.stop()

    assert (was_there, folder.exists()) == (True, False)


def test_no_request_is_written_down(start_web: Callable[..., tuple[Program, str]]) -> None:
    web, address = start_web()

    answers(address + "/console/conversation/canary")

    web.stop()
    assert "canary" not in web.said


# ---------------------------------------------------------------------------------------------------- files of platforms


def test_the_procfile_says_what_a_platform_runs() -> None:
    assert (ROOT / "Procfile").read_text() == (
        "release: python -m flask --app bot.app:create_app db-upgrade\n"
        'web: gunicorn "bot.app:create_app()"\n'
        "worker: python worker.py\n"
    )


def test_the_app_file_asks_for_settings_that_exist_and_gives_no_secret() -> None:
    asked = json.loads((ROOT / "app.json").read_text())["env"]

    assert set(asked) - set(names()) == set()
    assert {name: entry["value"] for name, entry in asked.items() if "value" in entry} == {
        "CLINIC_FILE": "clinic.example.yaml"
    }


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned(file: str) -> None:
    lines = [line.split("#")[0].strip() for line in (ROOT / file).read_text().splitlines()]

    loose = [
        line for line in lines if line and not re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+|-r requirements\.txt", line)
    ]

    assert loose == []


def test_what_the_requirements_need_is_pinned_as_installed() -> None:
    pinned = dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)$", (ROOT / "requirements.txt").read_text(), re.M))
    expected = {canonicalize_name(name): version for name, version in pinned.items()}

    needed = {name: distribution(name).version for name in closure(set(expected))}

    assert needed == expected


def closure(names: set[str]) -> set[str]:
    """Return the packages and all they need on this machine, but for what a package pins to its own version."""
    found = set(names)
    for name in names:
        for need in map(Requirement, distribution(name).requires or ()):
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                found.add(canonicalize_name(need.name))
    return found if found == names else closure(found)
