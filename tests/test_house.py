"""The floors of docs/house.md 3, read from the imports themselves: who may import whom, and which package lives where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("bot", "menus", "llm", "simulator", "worker")

# The longest prefix decides. A room imports its own floor and those below, never one above.
FLOORS = {
    "worker": 6,
    "bot.app": 5,
    "bot.commands": 5,
    "bot.upkeep": 5,
    "bot.staffing": 5,
    "bot.auditing": 5,
    "bot.templating": 5,
    "bot.baselining": 5,
    "bot.jobs": 5,
    "bot.wiring": 4,
    "bot.webhook": 4,
    "bot.visits": 4,
    "bot.feeds": 4,
    "bot.background": 4,
    "bot.checkup": 4,
    "bot.console": 4,
    "bot.api": 4,
    "bot.desk": 3,
    "bot.entry": 3,
    "bot.relisting": 3,
    "bot.delivery": 3,
    "bot.turn": 3,
    "bot.announce": 3,
    "bot.free_text": 3,
    "bot.classifying": 3,
    "bot.files": 3,
    "bot.gate": 3,
    "bot.acting": 3,
    "bot.actions": 3,
    "bot.booking": 3,
    "bot.figures": 3,
    "bot.keeping": 3,
    "bot.dossier": 3,
    "bot.transcript": 3,
    "bot.outreach": 3,
    "bot.whatsapp": 3,
    "bot.scheduling": 3,
    "bot.store": 3,
    "bot.ports": 2,
    "bot.staff": 2,
    "bot.trail": 2,
    "bot.notices": 2,
    "bot.abroad": 1,
    "bot.counter": 2,
    "bot.insight": 2,
    "bot.message_templates": 2,
    "bot.approvals": 2,
    "bot.attendance": 2,
    "bot.reminding": 2,
    "bot.agenda": 2,
    "bot.elsewhere": 2,
    "bot.daybook": 2,
    "bot.when": 2,
    "bot.clinic": 2,
    "bot.wording": 2,
    "bot.later": 2,
    "bot.preflight": 2,
    "bot.reach": 2,
    "bot.alarm": 2,
    "bot.billing": 2,
    "bot.model": 1,
    "bot.settings": 1,
    "bot.clock": 1,
    "bot.logs": 1,
    "bot.credentials": 1,
    "bot.client_key": 1,
    "bot.safety": 1,
    "menus": 1,
    "llm": 1,
    "bot": 0,
}
ADAPTERS = ("bot.whatsapp", "bot.scheduling", "bot.store")
KNOW_ADAPTERS = ("bot.wiring", "bot.checkup", "bot.app", "bot.commands", "bot.templating", "menus.__main__")

# Packages of others that may be imported in these rooms only.
LIVES_IN = {
    "flask": (
        "bot.app",
        "bot.commands",
        "bot.staffing",
        "bot.webhook",
        "bot.visits",
        "bot.feeds",
        "bot.console",
        "bot.api",
        "simulator",
    ),
    "sqlalchemy": ("bot.store",),
    "alembic": ("bot.store",),
    "psycopg": ("bot.store",),
    "cryptography": ("bot.store", "bot.client_key"),
    "rq": ("bot.later", "bot.jobs", "worker"),
    "redis": ("bot.later", "bot.wiring"),
    "requests": ("bot.whatsapp.client", "bot.whatsapp.media", "bot.reach", "bot.scheduling", "simulator"),
    "anthropic": ("llm.classifier",),
    "argon2": ("bot.credentials",),
    "pyotp": ("bot.credentials",),
    "segno": ("bot.console",),
    "leather": ("bot.console.plots",),
    "jwt": ("bot.client_key", "bot.scheduling.fhir"),
    "dateutil": ("bot.scheduling",),
    "icalendar": ("bot.booking.files", "bot.booking.feeds", "bot.scheduling"),
    "prometheus_client": ("bot.figures",),
    "smtplib": ("bot.alarm",),
}
MENUS_MAY = ("menus", "yaml", "marshmallow")
LLM_MAY = ("llm", "yaml", "anthropic")


def modules() -> dict[str, Path]:
    """Return every module of ours by its name."""
    found = {}
    for top in OURS:
        for path in (ROOT / f"{top}.py", *(ROOT / top).rglob("*.py")):
            if path.exists():
                found[".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = path
    return found


MODULES = modules()
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def imports(name: str) -> Iterator[str]:
    """Return the full names a module imports, wherever in the file."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else str(node.module)


def under(name: str, rooms: tuple[str, ...]) -> bool:
    """Tell whether a module is one of these rooms or within one."""
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def floor(name: str) -> int:
    """Return the floor a module stands on; a package's command stands on 5."""
    if name.endswith("__main__"):
        return 5
    return FLOORS[max((room for room in FLOORS if under(name, (room,))), key=len)]


def test_nobody_imports_a_floor_above() -> None:
    wrong = [
        f"{name} ({floor(name)}) imports {other} ({floor(other)})"
        for name in MODULES
        if not name.startswith("simulator")
        for other in imports(name)
        if other in MODULES and not other.startswith("simulator") and floor(other) > floor(name)
    ]

    assert wrong == []


def test_adapters_are_known_to_the_wiring_alone() -> None:
    wrong = [
        f"{name} imports {other}"
        for name in MODULES
        if not under(name, KNOW_ADAPTERS)
        for other in imports(name)
        for adapter in ADAPTERS
        if under(other, (adapter,)) and not under(name, (adapter,))
    ]

    assert wrong == []


@pytest.mark.parametrize("package", sorted(LIVES_IN))
def test_a_package_of_others_stays_in_its_rooms(package: str) -> None:
    wrong = [
        name
        for name in MODULES
        if any(under(other, (package,)) for other in imports(name)) and not under(name, LIVES_IN[package])
    ]

    assert wrong == []


@pytest.mark.parametrize(("room", "may"), [("menus", MENUS_MAY), ("llm", LLM_MAY)])
def test_the_pure_rooms_import_little(room: str, may: tuple[str, ...]) -> None:
    import sys

    wrong = [
        f"{name} imports {other}"
        for name in MODULES
        if under(name, (room,)) and not name.endswith("__main__")
        for other in imports(name)
        if not under(other, may) and other.split(".")[0] not in sys.stdlib_module_names
    ]

    assert wrong == []


def test_the_stand_in_imports_nothing_of_the_desk() -> None:
    wrong = [
        f"{name} imports {other}"
        for name in MODULES
        if name.startswith("simulator")
        for other in imports(name)
        if under(other, ("bot", "menus", "llm", "worker"))
    ]

    assert wrong == []


def test_there_is_no_import_circle() -> None:
    graph = {name: {other for other in imports(name) if other in MODULES and other != name} for name in MODULES}

    assert circles(graph) == []


def circles(graph: dict[str, set[str]]) -> list[str]:
    """Take away what imports nothing that is left, again and again; what remains is in a circle or depends on one."""
    left = {name: set(others) for name, others in graph.items()}
    while ready := [name for name, others in left.items() if not others & left.keys()]:
        for name in ready:
            del left[name]
    return sorted(left)


def test_only_the_entries_read_the_environment() -> None:
    wrong = [
        name
        for name in MODULES
        if not name.startswith("simulator") and not under(name, ("bot.app", "worker", "bot.figures", "llm.__main__"))
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"
        if node.attr in ("environ", "getenv")
    ]

    assert wrong == []


def test_only_doors_catch_everything() -> None:
    doors = {"bot.desk", "bot.jobs", "bot.background", "worker"}
    wrong = [
        name
        for name in MODULES
        if not name.startswith("simulator") and name not in doors
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and not any(isinstance(child, ast.Raise) and child.exc is None for child in node.body)
    ]

    assert wrong == []


def test_nothing_is_called_utils() -> None:
    vague = ("utils", "helpers", "common", "misc", "manager")

    assert [name for name in MODULES if name.rsplit(".", 1)[-1] in vague] == []
