"""Read `flows/*.yaml` into flows, or tell everything that is wrong with them at once: file, line, node, fault, remedy.

YAML is read with BaseLoader's rules: every scalar is a string (`no`, `10:30` and dates stay what they are). What must
be what is said by the marshmallow schemas below. A file that is no YAML is one fault; the others are read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from marshmallow import Schema, ValidationError, fields, validate

from menus.model import END, Ask, Do, Flow, Flows, Goto, Handoff, Menu, Node, Option, Pick, Say, Typed

SPEC = "1"
RESERVED_NODES = ("end", "flow")  # ways are written with these words
RESERVED_OPTIONS = ("more",)  # the next page of a pick


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, and what to do about it. `line` is 0 and `node` empty where they say nothing."""

    file: str
    line: int
    node: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        """Say it in one line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.node, f"{self.fault}. {self.remedy}.") if part)


class FlowError(Exception):
    """The flows cannot be used; `faults` are all that was found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def load_flows(folder: Path) -> Flows:
    """Return the flows of a folder by their ids. Raise FlowError with every fault if they cannot be walked."""
    flows, faults = read_flows(folder)
    faults += lost_ways(flows, unread(folder, flows))
    if faults:
        raise FlowError(faults)
    return flows


def read_flows(folder: Path) -> tuple[Flows, tuple[Fault, ...]]:
    """Return the flows that could be read, and what is wrong with the others."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        return {}, (Fault(str(folder), 0, "", "holds no flows", "Write main.yaml and person.yaml there"),)
    read = [_flow(path) for path in paths]
    flows = {flow.id: flow for flow, _ in read if flow}
    return MappingProxyType(flows), tuple(fault for _, faults in read for fault in faults)


def unread(folder: Path, flows: Flows) -> frozenset[str]:
    """Return the ids of the flows that have a file, but could not be read."""
    return frozenset(path.stem for path in folder.glob("*.yaml")) - frozenset(flows)


def lost_ways(flows: Flows, broken: frozenset[str] = frozenset()) -> tuple[Fault, ...]:
    """Return a fault for each way that leads to no node or flow; ways to `broken` flows are not told twice."""
    return tuple(fault for flow in flows.values() for fault in _lost_ways(flow, frozenset(flows) | broken))


def ways(node: Node) -> tuple[tuple[str, Goto], ...]:
    """Return every way on from a node, each with the name it has in the file."""
    match node:
        case Menu():
            return tuple((f"option {option.id}", option.goto) for option in node.options)
        case Pick() | Ask():
            typed = (("typed", node.typed.goto),) if isinstance(node, Pick) and node.typed else ()
            return (("then", node.goto), *typed, *((f"option {option.id}", option.goto) for option in node.options))
        case Do():
            return tuple((f"outcome {outcome}", goto) for outcome, goto in node.outcomes)
        case Say() | Handoff():
            return (("then", node.goto),)


def head_line(flow: Flow, key: str) -> int:
    """Return the line of a key of the flow's head; 1 if it is not known."""
    return flow.lines.get(key, 1)


def _lost_ways(flow: Flow, known: frozenset[str]) -> Iterator[Fault]:
    if flow.start not in flow.nodes:
        fault = f'starts at "{flow.start}", which is no node'
        yield Fault(flow.file, head_line(flow, "start"), "", fault, "Name one of its nodes at start")
    for old, new in flow.renamed.items():
        if new not in flow.nodes:
            fault = f'is renamed to "{new}", which is no node'
            yield Fault(flow.file, head_line(flow, "renamed"), old, fault, "Name a node of today")
        if old in flow.nodes:
            yield Fault(flow.file, flow.nodes[old].line, old, "is renamed, but still there", "Take it out of renamed")
    for node in flow.nodes.values():
        for name, goto in ways(node):
            if goto.flow is not None and goto.flow not in known:
                fault = f'{name} leads to flow "{goto.flow}", which does not exist'
                yield Fault(flow.file, node.line, node.id, fault, f"Write flows/{goto.flow}.yaml or correct the way")
            elif goto.flow is None and goto.node is not None and goto.node not in flow.nodes:
                fault = f'{name} leads to "{goto.node}", which is no node of this flow'
                remedy = f'Add the node or correct the way (another flow is written "flow {goto.node}")'
                yield Fault(flow.file, node.line, node.id, fault, remedy)


# ------------------------------------------------------------------------------------------------- YAML, with its lines


Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class _Lines:
    """Where each thing of a YAML file stands, by its path of keys; and the keys that were written twice."""

    of: dict[Path_, int] = field(default_factory=dict)
    twice: list[tuple[Path_, int]] = field(default_factory=list)

    def near(self, path: Path_) -> int:
        """Return the line of a path, or of the nearest thing around it."""
        while path and path not in self.of:
            path = path[:-1]
        return self.of.get(path, 1)


class _NotYaml(Exception):
    """The file cannot be read as YAML."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(fault)
        self.line = line
        self.fault = fault


def _read_yaml(path: Path) -> tuple[Any, _Lines]:
    """Return the plain strings, lists and mappings of a YAML file, with their lines. Raise _NotYaml."""
    lines = _Lines()
    try:
        text = path.read_text(encoding="utf-8")
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent):
                raise _NotYaml(_line(event.start_mark), "uses an alias (*)")
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _NotYaml(_line(mark), f"is not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _NotYaml(1, "is not YAML: it holds bytes that are no text") from error
    except RecursionError as error:
        raise _NotYaml(1, "is not YAML: it is nested too deeply") from error
    return (None if root is None else _plain(root, (), lines)), lines


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


def _plain(node: yaml.Node, path: Path_, lines: _Lines) -> Any:
    lines.of.setdefault(path, _line(node.start_mark))
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, place), lines) for place, item in enumerate(node.value)]
    return {key: value for key, value in _pairs(node, path, lines)}


def _pairs(node: Any, path: Path_, lines: _Lines) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        here = (*path, name)
        if name in seen:
            lines.twice.append((here, _line(key.start_mark)))
        seen.add(name)
        lines.of[here] = _line(key.start_mark)
        yield name, _plain(value, here, lines)


# --------------------------------------------------------------------------------------------- what must be what


ID = validate.Regexp(
    r"[a-z][a-z0-9_]*\Z", error='"{input}" is no id: small letters, digits and _, beginning with a letter'
)
_FLOW_ID = re.compile(r"[a-z][a-z0-9_]*")
WAY = validate.Regexp(
    r"(flow [a-z][a-z0-9_]*|[a-z][a-z0-9_]*)\Z", error='"{input}" is no way: write a node id, "flow <id>" or "end"'
)
NOT_EMPTY = validate.Length(min=1, error="is empty")


class _Text(fields.String):
    """A text that is really there: not empty, not blank."""

    default_error_messages = {
        "required": "is missing",
        "invalid": "is not a text",
        "blank": "is empty",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not text.strip():
            raise self.make_error("blank")
        return text


def _id(**kwargs: Any) -> _Text:
    return _Text(validate=ID, **kwargs)


def _way(**kwargs: Any) -> _Text:
    return _Text(validate=WAY, **kwargs)


class _Way(fields.Field[Any]):
    """An option's way: a way alone, or `{to: way, sets: {answer: value}}`."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return _WaySchema().load(value if isinstance(value, dict) else {"to": value})


class _Strict(Schema):
    """A mapping that may hold these keys and no other."""

    error_messages = {
        "unknown": "is no key that is known here",
        "type": "is not a mapping",
    }


class _WaySchema(_Strict):
    to = _way(required=True)
    sets = fields.Dict(keys=_id(), values=fields.String(), load_default=dict)


def _options(**kwargs: Any) -> fields.Dict:
    return fields.Dict(keys=_id(), values=_Way(), **kwargs)


def _by_language() -> fields.Dict:
    phrases = fields.List(_Text(), validate=NOT_EMPTY)
    return fields.Dict(keys=_id(), values=phrases, load_default=dict)


class _FlowSchema(_Strict):
    spec = fields.String(
        required=True, validate=validate.Equal(SPEC, error=f'is "{{input}}": this release reads {SPEC}')
    )
    description = _Text(required=True)
    examples = _by_language()
    keywords = _by_language()
    start = _id(required=True)
    renamed = fields.Dict(keys=_id(), values=_id(), load_default=dict)
    nodes = fields.Dict(keys=_id(), values=fields.Raw(), required=True, validate=NOT_EMPTY)


class _NodeSchema(_Strict):
    kind = fields.String(required=True)


class _MenuSchema(_NodeSchema):
    options = _options(required=True, validate=NOT_EMPTY)


class _TypedSchema(_Strict):
    check = _id(required=True)
    as_ = _id(required=True, data_key="as")
    then = _way(required=True)


class _PickSchema(_NodeSchema):
    from_ = _id(required=True, data_key="from")
    as_ = _id(required=True, data_key="as")
    then = _way(required=True)
    options = _options(load_default=dict)
    typed = fields.Nested(_TypedSchema, load_default=None)


class _AskSchema(_NodeSchema):
    as_ = _id(required=True, data_key="as")
    check = _id(required=True)
    then = _way(required=True)
    options = _options(load_default=dict)


class _SaySchema(_NodeSchema):
    then = _way(required=True)
    link = _id(load_default=None)
    place = _id(load_default=None)


class _DoSchema(_NodeSchema):
    action = _id(required=True)
    outcomes = fields.Dict(keys=_id(), values=_way(), required=True, validate=NOT_EMPTY)


class _HandoffSchema(_NodeSchema):
    team = _Text(
        required=True,
        validate=validate.Regexp(r"@?[a-z][a-z0-9_]*\Z", error='"{input}" is neither a team\'s id nor "@answer"'),
    )
    reason = _id(required=True)
    then = _way(load_default="end")


_SCHEMAS: Mapping[str, type[_NodeSchema]] = {
    "menu": _MenuSchema,
    "pick": _PickSchema,
    "ask": _AskSchema,
    "say": _SaySchema,
    "do": _DoSchema,
    "handoff": _HandoffSchema,
}


# ------------------------------------------------------------------------------------------------- from file to flow


def _flow(path: Path) -> tuple[Flow | None, list[Fault]]:
    """Read one file; no flow if anything is wrong with it."""
    file = f"{path.parent.name}/{path.name}"
    try:
        written, lines = _read_yaml(path)
    except _NotYaml as error:
        return None, [Fault(file, error.line, "", error.fault, "Correct the file from this line on")]
    told = _Told(file, lines)
    told.twice()
    if not _FLOW_ID.fullmatch(path.stem):
        told.one((), "has a name that is no flow id", "Use small letters, digits and _")
    head = told.load(_FlowSchema(), written, ())
    nodes = {} if head is None else _nodes(told, head["nodes"])
    told.faults.sort(key=lambda fault: fault.line)
    return (None if told.faults or head is None else _built(path.stem, file, head, nodes, lines)), told.faults


def _nodes(told: _Told, written: Mapping[str, Any]) -> dict[str, Node]:
    nodes = {}
    for name, node in written.items():
        if name in RESERVED_NODES:
            told.one(("nodes", name), f'"{name}" is reserved: ways are written with it', "Give the node another id")
        if (loaded := _node(told, name, node)) is not None:
            nodes[name] = loaded
    return nodes


def _node(told: _Told, name: str, written: Any) -> Node | None:
    here: Path_ = ("nodes", name)
    if not isinstance(written, dict):
        told.one(here, "is not a mapping", f"Write `kind:` and what belongs to it; kinds are {', '.join(_SCHEMAS)}")
        return None
    kind = written.get("kind")
    schema = _SCHEMAS.get(kind) if isinstance(kind, str) else None
    if schema is None:
        fault = "has no kind" if kind is None else f'is of kind "{kind}", which does not exist'
        told.one((*here, "kind"), fault, f"Kinds are {', '.join(_SCHEMAS)}")
        return None
    loaded = told.load(schema(), written, here)
    if loaded is None:
        return None
    for option in loaded.get("options", {}):
        if option in RESERVED_OPTIONS:
            told.one((*here, "options", option), f'option "{option}" is reserved', "Give the option another id")
    return _BUILDERS[schema](name, told.lines.near(here), loaded)


class _Told:
    """The faults of one file, as they are found."""

    def __init__(self, file: str, lines: _Lines) -> None:
        self.file = file
        self.lines = lines
        self.faults: list[Fault] = []

    def one(self, path: Path_, fault: str, remedy: str) -> None:
        """Tell one fault, at the line of a path."""
        node = str(path[1]) if len(path) > 1 and path[0] == "nodes" else ""
        self.faults.append(Fault(self.file, self.lines.near(path), node, fault, remedy))

    def twice(self) -> None:
        """Tell the keys that were written twice."""
        for path, line in self.lines.twice:
            node = str(path[1]) if len(path) > 2 and path[0] == "nodes" else ""
            fault = f'"{path[-1]}" is written twice'
            self.faults.append(Fault(self.file, line, node, fault, "Keep one: the other would silently be lost"))

    def load(self, schema: Schema, written: Any, path: Path_) -> Any:
        """Return what the schema makes of it; None, and the faults told, if it does not fit."""
        if not isinstance(written, dict):
            self.one(path, "is empty or not a mapping", "Write spec, description, start and nodes")
            return None
        try:
            return schema.load(written)
        except ValidationError as error:
            known = ", ".join(field.data_key or name for name, field in schema.fields.items())
            for inner, message in _flat(error.messages):
                self.one((*path, *inner), *_sentence(inner, message, known))
            return None


def _sentence(path: Path_, message: str, known: str) -> tuple[str, str]:
    """Return fault and remedy for a message of marshmallow's about something at this path."""
    name = ".".join(map(str, path)) or "it"
    message = "is missing" if message.startswith("Missing data") else message
    if message == "is no key that is known here":
        return f"{name} {message}", f"Known are {known}"
    if message == "is missing":
        return f"{name} is missing", f"Write `{name}:`"
    return f"{name}: {message}", "Correct it"


def _flat(messages: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Unfold marshmallow's nested messages into (path, message); its own `key` and `value` steps of a Dict are left out."""
    if isinstance(messages, str):
        yield path, messages
    elif isinstance(messages, list):
        for message in messages:
            yield from _flat(message, path)
    else:
        for key, inner in messages.items():
            inside = key in ("key", "value", "_schema") and not (path and isinstance(inner, str))
            yield from _flat(inner, path if inside else (*path, key))


def _built(id_: str, file: str, head: Mapping[str, Any], nodes: Mapping[str, Node], lines: _Lines) -> Flow:
    return Flow(
        id=id_,
        spec=int(head["spec"]),
        description=head["description"],
        start=head["start"],
        nodes=MappingProxyType(dict(nodes)),
        keywords=_phrases(head["keywords"]),
        examples=_phrases(head["examples"]),
        renamed=MappingProxyType(head["renamed"]),
        file=file,
        lines=MappingProxyType({key: lines.near((key,)) for key in head}),
    )


def _phrases(written: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({language: tuple(phrases) for language, phrases in written.items()})


def _goto(way: str) -> Goto:
    if way == "end":
        return END
    return Goto(flow=way.removeprefix("flow ")) if way.startswith("flow ") else Goto(node=way)


def _fixed(options: Mapping[str, Mapping[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(name, _goto(way["to"]), tuple(way["sets"].items())) for name, way in options.items())


def _menu(name: str, line: int, loaded: Mapping[str, Any]) -> Node:
    return Menu(name, _fixed(loaded["options"]), line)


def _pick(name: str, line: int, loaded: Mapping[str, Any]) -> Node:
    typed = loaded["typed"]
    instead = Typed(typed["check"], typed["as_"], _goto(typed["then"])) if typed else None
    return Pick(name, loaded["from_"], loaded["as_"], _goto(loaded["then"]), _fixed(loaded["options"]), line, instead)


def _ask(name: str, line: int, loaded: Mapping[str, Any]) -> Node:
    return Ask(name, loaded["as_"], loaded["check"], _goto(loaded["then"]), _fixed(loaded["options"]), line)


def _say(name: str, line: int, loaded: Mapping[str, Any]) -> Node:
    return Say(name, _goto(loaded["then"]), loaded["link"], loaded["place"], line)


def _do(name: str, line: int, loaded: Mapping[str, Any]) -> Node:
    outcomes = tuple((outcome, _goto(way)) for outcome, way in loaded["outcomes"].items())
    return Do(name, loaded["action"], outcomes, line)


def _handoff(name: str, line: int, loaded: Mapping[str, Any]) -> Node:
    return Handoff(name, loaded["team"], loaded["reason"], _goto(loaded["then"]), line)


_BUILDERS: Mapping[type[_NodeSchema], Callable[[str, int, Mapping[str, Any]], Node]] = {
    _MenuSchema: _menu,
    _PickSchema: _pick,
    _AskSchema: _ask,
    _SaySchema: _say,
    _DoSchema: _do,
    _HandoffSchema: _handoff,
}
