"""The page of figures as the staff see it: whose figures, how small ones are hidden, and that a browser draws them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from bot.console import plots
from bot.staff import Permission, Role
from tests.consoles import AtConsole, at_console, hired, served, sign_in, signed_in
from tests.desks import DeskInProcess, minutes
from tests.test_entry import LEGIBLE


def facts(page: str) -> dict[str, str]:
    """Return the figures that stand alone, by name."""
    return dict(re.findall(r'<dt>([^<]+)</dt><dd class="value">([^<]+)<', page))


def titles(page: str) -> list[str]:
    """Return what is drawn."""
    return re.findall(r'<h2 id="f-[a-z]+">([^<]+)<', page)


def asked_for(desk: DeskInProcess, count: int, team: str = "reception") -> None:
    """Have so many people ask for a team."""
    for one in range(count):
        person = desk.patient(f"39333{len(team):03}{one:04}")
        person.writes("vorrei parlare con una persona")
        person.taps(f"person/which/{team}")
    desk.clock.move(minutes(2))


def manager(desk: DeskInProcess) -> AtConsole:
    """Return somebody who looks after everything."""
    return signed_in(desk, Role.MANAGER)


def test_the_whole_clinic_is_there_for_a_manager(desk: DeskInProcess) -> None:
    asked_for(desk, 6)

    page = manager(desk).get("/figures").text

    assert (facts(page)["Messaggi ricevuti"], facts(page)["Spam"]) == ("almeno 10", "troppo pochi")
    assert titles(page) == [
        "Messaggi ricevuti",
        "Richieste di una persona",
        "Per menu",
        "Perché una persona",
        "Chi ha capito le parole",
        "Spam",
        "Costo del modello",
    ]


def test_a_member_sees_what_their_teams_were_asked_for(desk: DeskInProcess) -> None:
    asked_for(desk, 6)
    nurse = signed_in(desk, Role.NURSE, ("nursing",), permissions=[*Permission])

    page = nurse.get("/figures?days=7").text

    assert titles(page) == ["Richieste di una persona", "Perché una persona"]
    assert facts(page)["Richieste di una persona"] == "troppo pochi"


def test_the_page_is_there_for_whom_it_is_meant(desk: DeskInProcess) -> None:
    receptionist, auditor = signed_in(desk), signed_in(desk, Role.AUDITOR, ())

    codes = [one.get("/figures").status_code for one in (receptionist, auditor, at_console(desk))]

    assert codes == [404, 200, 303]


def test_the_page_is_there_in_english(desk: DeskInProcess) -> None:
    asked_for(desk, 5)
    page = signed_in(desk, Role.MANAGER, language="en").get("/figures?days=90").text

    assert "How to read these figures" in page
    assert facts(page)["Requests for a person"] == "at least 5"


def test_nothing_at_all_is_a_page_too(desk: DeskInProcess) -> None:
    page = manager(desk).get("/figures?days=7000&by=century").text

    assert page.count("Troppo poco per un disegno in questo periodo.") == 7


def test_four_requests_are_told_from_none_by_nobody(desk: DeskInProcess) -> None:
    one = manager(desk)
    before = one.get("/figures?days=7").text
    asked_for(desk, 4)
    after = one.get("/figures?days=7").text

    assert (
        re.findall(r"<section.*?</section>", after, re.DOTALL)[1]
        == re.findall(r"<section.*?</section>", before, re.DOTALL)[1]
    )
    assert facts(after)["Richieste di una persona"] == facts(before)["Richieste di una persona"] == "troppo pochi"


def test_whoever_asks_for_more_than_is_kept_is_told(desk: DeskInProcess) -> None:
    one = manager(desk)

    told = ["solo gli ultimi 30 giorni" in one.get(f"/figures?days={days}").text for days in (28, 90)]

    assert told == [False, True]


# -------------------------------------------------------------------------------------------------------------- the plots


def test_a_plot_has_neither_style_nor_script_and_is_not_read_aloud() -> None:
    for drawn in (plots.columns([("1/11", 5), ("2/11", 0.04)]), plots.bars([("orari", 5), ("altro", 10)])):
        svg = ElementTree.fromstring(str(drawn))
        names = {element.tag.rpartition("}")[2] for element in svg.iter()}
        attributes = {name for element in svg.iter() for name in element.attrib}

        assert names <= {"svg", "g", "rect", "line", "text"}
        assert (attributes & {"style", "onload", "href"}, svg.get("aria-hidden")) == (set(), "true")


def test_names_are_text_to_a_plot_never_markup() -> None:
    drawn = plots.bars([("<script>alert(1)", 5), ("a&b", 7)])

    assert "<script" not in drawn
    assert [one.text for one in ElementTree.fromstring(str(drawn)).iter() if one.text and "b" in one.text] == ["a&b"]


def test_long_names_that_begin_alike_are_two_bars() -> None:
    drawn = plots.bars([("una ragione molto lunga, prima", 5), ("una ragione molto lunga, seconda", 5)])

    assert drawn.count("una ragione molto lu") == 2
    assert drawn.count("<rect") == 3


def test_cents_keep_their_places_on_the_axis() -> None:
    drawn = plots.columns([("1/11", 0.07), ("2/11", 0.02)])

    assert [word for word in (">0.04<", ">0.08<") if word not in drawn] == []


@pytest.mark.parametrize("draw", [plots.columns, plots.bars])
def test_nothing_is_drawn_of_nothing(draw: object) -> None:
    assert callable(draw)
    assert [draw([]), draw([("a", 0)])] == ["", ""]


# ----------------------------------------------------------------------------------------------------------- in a browser


@pytest.fixture
def live(environ: dict[str, str], tmp_path: Path) -> Iterator[DeskInProcess]:
    """A desk that serves real browsers, where some have asked for a person."""
    with served(environ, f"sqlite:///{tmp_path}/live.sqlite") as desk:
        asked_for(desk, 12)
        yield desk


@pytest.mark.parametrize("width", [390, 1280])
def test_the_plots_show_and_can_be_read_on_a_phone_and_on_a_screen(
    live: DeskInProcess, browser: Browser, width: int
) -> None:
    url, mine = live.settings.public_url, sign_in(live, hired(live, Role.MANAGER))
    window = browser.new_context(viewport={"width": width, "height": 844})
    window.add_cookies([{"name": "sportello", "value": str(mine.cookie), "url": url}])
    page, refused = window.new_page(), []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)

    page.goto(f"{url}/console/figures?days=7")
    page.get_by_text("Mostra i numeri").first.click()
    bar = page.locator("#f-reasons ~ svg .series rect").first.bounding_box()
    faults = page.evaluate(LEGIBLE)
    is_open = page.locator("table").first.is_visible()
    window.close()

    assert (refused, faults, is_open) == ([], [], True)
    assert bar is not None and bar["width"] > width / 10 and bar["height"] > 10
