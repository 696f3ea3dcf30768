"""docs/data-map.md says of every table and every sealed or hashed column what it holds and in which class it is."""

from __future__ import annotations

import re
from pathlib import Path

from bot.clinic import load_clinic
from bot.model import Kept
from bot.store.classes import COLUMNS, INSIDE, ROWS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "data-map.md").read_text("utf-8")
LINE = re.compile(r"^\| `([a-z_.:]+)` \| .+ \| `([a-z]+)` \|$", re.MULTILINE)
DAYS = re.compile(r"^\| `([a-z]+)` \| [^|]+ \| (\d+)", re.MULTILINE)


def test_the_map_names_every_table_and_column_with_its_class() -> None:
    named = LINE.findall(PAGE)

    assert dict(named) == {place: kept.value for place, kept in {**ROWS, **COLUMNS, **INSIDE}.items()}
    assert len(named) == len(dict(named))


def test_the_map_explains_every_class() -> None:
    explained = re.findall(r"^\| `([a-z]+)` \|", PAGE.split("## Tables")[0], re.MULTILINE)

    assert sorted(explained) == sorted(Kept)


def test_the_usual_days_are_those_of_the_example() -> None:
    days = load_clinic(ROOT / "clinic.example.yaml").retention

    said = {name: int(number) for name, number in DAYS.findall(PAGE)}

    assert said == {name: getattr(days, f"{name}_days") for name in said}
    assert len(said) == 6
