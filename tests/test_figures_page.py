"""The page of figures as the staff see it: whose figures, how small ones are hidden, and that a browser draws them."""

from __future__ import annotations

import re

from bot.staff import Permission, Role
from tests.consoles import AtConsole, at_console, signed_in
from tests.desks import DeskInProcess, minutes


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

    assert (facts(page)["Messaggi ricevuti"], facts(page)["Spam"]) == ("almeno 10", "meno di 5")
    assert titles(page) == [
        "Messaggi ricevuti",
        "Per menu",
        "Chi ha capito le parole",
        "Spam",
        "Costo del modello",
        "Richieste di una persona",
        "Perché una persona",
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

    assert page.count("Niente da disegnare in questo periodo.") == 7
