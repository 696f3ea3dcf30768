"""YAML as plain strings, lists and mappings, with the line of each: nothing is guessed (`no`, `10:30` stay words)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong at a path, and what to do; `line` is set where it is not the path's own."""

    path: Path
    fault: str
    remedy: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Lined:
    """What a file says, where each thing stands, and what is wrong with the writing itself."""

    value: object
    lines: Mapping[Path, int]
    flaws: tuple[Flaw, ...]

    def line(self, path: Path) -> int:
        """Return the line of a thing, or of the nearest thing around it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_lines(text: str) -> Lined:
    """Read one YAML document; what cannot be read is a flaw, with its line."""
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _unreadable(error.problem or "it cannot be read", mark.line + 1 if mark else 1)
    except yaml.reader.ReaderError as error:
        return _unreadable("it holds a character that is not allowed", text.count("\n", 0, error.position) + 1)
    return _Reading().lined(node)


def _unreadable(problem: str, line: int) -> Lined:
    remedy = "correct the writing here or on the line above: indents, colons, quotes"
    return Lined(None, {(): line}, (Flaw((), f"this is not YAML: {problem}", remedy),))


def _printable(key: str) -> str:
    """Return a key as it can be told in a fault: half a character, written by its code, breaks any output."""
    return key.encode("utf-8", "backslashreplace").decode("utf-8")


@dataclass(slots=True)
class _Reading:
    """One walk through the nodes of a document."""

    lines: dict[Path, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    around: list[yaml.Node] = field(default_factory=list)

    def lined(self, node: yaml.Node | None) -> Lined:
        self.lines[()] = 1
        value = None if node is None else self._value(node, ())
        return Lined(value, self.lines, tuple(self.flaws))

    def _value(self, node: yaml.Node, path: Path) -> object:
        if any(node is other for other in self.around):
            self.flaws.append(Flaw(path, "this alias contains itself", "write the values out"))
            return ""
        self.lines.setdefault(path, node.start_mark.line + 1)
        self.around.append(node)
        value = self._inside(node, path)
        self.around.pop()
        return value

    def _inside(self, node: yaml.Node, path: Path) -> object:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*path, index)) for index, item in enumerate(node.value)]
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in node.value:
            name = _printable(str(key.value)) if isinstance(key, yaml.ScalarNode) else "?"
            if name in values:
                self.flaws.append(self._written_twice((*path, name), key.start_mark.line + 1))
                continue
            self.lines[(*path, name)] = key.start_mark.line + 1
            values[name] = self._value(value, (*path, name))
        return values

    def _written_twice(self, path: Path, line: int) -> Flaw:
        return Flaw(path, f"is written twice, first on line {self.lines[path]}", "keep one of the two", line)
