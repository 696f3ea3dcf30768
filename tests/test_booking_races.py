"""Many patients tap the same free time at once, through the whole desk on PostgreSQL: one keeps it, the others read what is left."""

from __future__ import annotations

import pytest

from bot.store.agenda_tables import appointment
from tests.conftest import MakeDesk, counts
from tests.desks import DeskInProcess, Patient, Sent, together

CROWD, FEW = 50, 8  # people who want it: FULL, and otherwise
WAY = (
    "main/menu/book",
    "book/which_group/visits",
    "book/which_of_group/general_visit",
    "book/which_way/neri.centro",
)


def walked(patient: Patient) -> Sent:
    """Take somebody to the list of free times."""
    patient.writes("ciao")
    for option in WAY:
        patient.taps(option)
    return patient.reads_all()[-1]


def tapped(patient: Patient, option: str) -> None:
    """Tap, and let Meta repeat the webhook until it is taken: fifty at once are more than the pool has connections."""
    message = patient.message(
        type="interactive", interactive={"type": "list_reply", "list_reply": {"id": option, "title": "una voce"}}
    )
    while patient.at.post(patient.body(message)) == 503:
        continue


@pytest.mark.timeout(120)
def test_of_many_patients_who_tap_one_time_one_keeps_it_and_the_others_read_what_is_left(
    make_postgres_desk: MakeDesk,
) -> None:
    desk: DeskInProcess = make_postgres_desk()
    crowd = [desk.patient(f"3933300{n:05}") for n in range(CROWD if counts(20) == 20 else FEW)]
    offered = {walked(patient).taps for patient in crowd}
    ((wanted, *others),) = offered

    together(len(crowd), lambda n: tapped(crowd[n], wanted))

    read = [patient.reads().taps for patient in crowd]
    losers = [taps for taps in read if taps[0].startswith("book/when/")]
    assert [taps[0] for taps in read if taps not in losers] == ["book/first_name/person"]
    assert {(wanted in taps, others[0] in taps) for taps in losers} == {(False, True)}
    ids = [f"book/when/{row.foreign_id}" for row in desk.rows(appointment) if row.state == "hold"]
    assert ids == [wanted]
    assert {outcome for outcome, _ in desk.outcomes()} == {"answered"}
