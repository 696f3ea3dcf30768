"""One conversation at the counter: what is seen of it, what can be done in it, and that it is not there for another team."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from bot.approvals import TemplateFacts
from bot.console.bubbles import written
from bot.console.conversation import picture_kind
from bot.message_templates import Parameter, Template
from bot.model import TemplateMessage
from bot.ports import Remedy, SendError
from bot.staff import Permission, Role
from bot.store import tables
from menus.model import Localized
from tests.consoles import AtConsole, signed_in
from tests.desks import DeskInProcess, Patient, minutes
from tests.test_booking import Booker

RECEPTION, NURSING = ("reception",), ("nursing",)
WORDS = "parole che nessun altro deve leggere"


@pytest.fixture
def carla(desk: DeskInProcess) -> AtConsole:
    """Somebody of the reception, signed in."""
    return signed_in(desk, teams=RECEPTION)


@pytest.fixture
def chat(desk: DeskInProcess, patient: Patient) -> str:
    """The path of a conversation that waits for the reception."""
    patient.writes("vorrei parlare con una persona")
    patient.taps("person/which/reception")
    patient.reads_all()
    (row,) = desk.rows(tables.conversation)
    return f"/conversations/{row.id}"


def shown(answer: TestResponse) -> str:
    """Return what a page says, without its tags."""
    assert answer.status_code == 200, answer.status
    return shown_text(answer.text)


def shown_text(page: str) -> str:
    """Return the words of a page."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def bubbles(answer: TestResponse) -> list[str]:
    """Return the text of each message shown."""
    found = re.findall(r'<li class="bubble.*?</li>\n', answer.text, re.DOTALL)
    return [html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", one))).strip() for one in found]


# --------------------------------------------------------------------------------------------------------- what is seen


def test_a_conversation_is_seen_as_the_patient_sees_it(carla: AtConsole, chat: str) -> None:
    page = shown(carla.get(chat))

    for said in (
        "vorrei parlare con una persona",
        "Con chi desidera parlare?",
        "Sì, prima volta",
        "prima persona in attesa",
    ):
        assert said in page


def test_the_card_says_who_it_is_and_what_was_answered(carla: AtConsole, chat: str, patient: Patient) -> None:
    patient.taps("person/known/known")
    patient.writes("una fattura di ottobre")

    page = shown(carla.get(chat))

    for said in ("Anna Prova", "+393330000001", "ha chiesto una persona", "Accettazione", "una fattura di ottobre"):
        assert said in page


def test_the_card_says_nothing_that_only_the_flows_can_read(desk: DeskInProcess, carla: AtConsole) -> None:
    Booker(desk.patient()).comes_to_the_summary()
    (row,) = desk.rows(tables.conversation)

    page = carla.get(f"/conversations/{row.id}").text

    card = shown_text(page[page.index("Risposte date") :])
    known = "Risposte date Prestazione: Visita cardiologica Per chi: Anna Data di nascita: 3 mag 1980 Appuntamenti"
    assert card.startswith(known)


def test_what_a_patient_writes_is_never_a_part_of_the_page(carla: AtConsole, chat: str, patient: Patient) -> None:
    patient.writes('<script>alert(1)</script> *<img src=x onerror="y">*')

    page = carla.get(chat).text

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("*grazie* _mille_ ~no~", "<strong>grazie</strong> <em>mille</em> <s>no</s>"),
        ("2 * 3 * 4 e snake_case_name", "2 * 3 * 4 e snake_case_name"),
        ("<b>*x*</b>", "&lt;b&gt;<strong>x</strong>&lt;/b&gt;"),
        ("*" * 4000, "*" * 4000),
    ],
)
def test_whatsapps_signs_are_shown_and_nothing_else_is_html(words: str, seen: str) -> None:
    assert written(words) == seen


def test_ticks_say_what_became_of_each_message(desk: DeskInProcess, carla: AtConsole, chat: str) -> None:
    carla.post(f"{chat}/reply", words="Buongiorno")
    rows = sorted(desk.rows(tables.outbox), key=lambda row: row.position)[-3:]
    with desk.built.database.begin() as connection:
        for row, state in zip(rows, ("read", "delivered", "sent"), strict=True):
            connection.execute(tables.outbox.update().where(tables.outbox.c.id == row.id).values(state=state))

    seen = bubbles(carla.get(chat))

    assert [mark in text for mark, text in zip(("letto", "consegnato", "inviato"), seen[-3:], strict=True)] == [
        True
    ] * 3


def test_what_was_not_delivered_is_red_and_says_why(desk: DeskInProcess, carla: AtConsole, chat: str) -> None:
    carla.post(f"{chat}/claim")
    desk.whatsapp.answers = [SendError(Remedy.GIVE_UP, 131026)]

    carla.post(f"{chat}/reply", words="Buongiorno, mi dica")

    answer = carla.get(chat)
    (failed,) = [text for text in bubbles(answer) if "NON CONSEGNATO" in text]
    assert "Buongiorno, mi dica WhatsApp lo ha rifiutato (codice 131026)" in failed
    assert 'class="bubble out by-staff failed"' in answer.text


def test_what_the_assistant_would_have_said_is_seen_and_marked(desk: DeskInProcess, carla: AtConsole) -> None:
    desk.whatsapp.answers = [SendError(Remedy.WAIT, 131056, wait_s=600.0)]
    desk.patient().writes("ciao")
    (row,) = desk.rows(tables.conversation)

    carla.post(f"/conversations/{row.id}/claim")

    seen = bubbles(carla.get(f"/conversations/{row.id}"))
    assert any("non inviato, l'assistente avrebbe detto" in text and "Le diamo il benvenuto" in text for text in seen)


def test_what_was_deleted_by_age_is_said_to_be_gone(desk: DeskInProcess, carla: AtConsole, chat: str) -> None:
    with desk.built.database.begin() as connection:
        connection.execute(tables.message.update().values(content_sealed=b""))
        connection.execute(tables.outbox.update().values(content_sealed=b""))

    assert all("Contenuto cancellato, o non leggibile" in text for text in bubbles(carla.get(chat)))


def test_reading_is_audited_once_in_ten_minutes(desk: DeskInProcess, carla: AtConsole, chat: str) -> None:
    for wait in (0, 4, 4, 4):
        desk.clock.move(minutes(wait))
        carla.get(chat)
        carla.get(f"{chat}/part")

    reads = [(row.action, str(row.subject_id)) for row in desk.rows(tables.audit) if row.action == "read"]
    assert reads == [("read", chat.rpartition("/")[2])] * 2


# --------------------------------------------------------------------------------------------------------- what is done


def test_whoever_claims_is_named_to_the_patient(carla: AtConsole, chat: str, patient: Patient) -> None:
    answer = carla.post(f"{chat}/claim")

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/console{chat}")
    assert "Le scrive Carla" in patient.reads().body
    assert "Questa conversazione è Sua." in shown(carla.get(chat))


def test_the_second_who_claims_is_told_who_has_it(desk: DeskInProcess, carla: AtConsole, chat: str) -> None:
    dora = signed_in(desk, teams=RECEPTION, first_name="Dora")
    carla.post(f"{chat}/claim")

    dora.post(f"{chat}/claim")

    page = shown(dora.get(chat))
    assert "La conversazione ce l'ha già Carla." in page
    assert "Subentra a Carla" in page


def test_words_for_a_chat_somebody_else_has_are_kept_in_the_form(
    desk: DeskInProcess, carla: AtConsole, chat: str, patient: Patient
) -> None:
    dora = signed_in(desk, teams=RECEPTION, first_name="Dora")
    carla.post(f"{chat}/claim")
    patient.reads_all()

    answer = dora.post(f"{chat}/reply", words="Le parole di Dora")

    assert answer.status_code == 409
    assert "Non inviato: la conversazione ce l&#39;ha Carla." in answer.text
    assert ">Le parole di Dora</textarea>" in answer.text
    assert patient.reads_all() == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "Non c&#39;è scritto nulla."),
        ("x" * 5000, "Troppo lungo: al massimo 4096 caratteri, 904 di troppo."),
        ("Il Suo IBAN è IT60X0542811101000000123456", "sembra un dato da non scrivere in chat"),
        (
            "Approfitti della nostra offerta: compri ora il pacchetto con lo sconto del 20%!",
            "sembra un&#39;offerta di vendita",
        ),
    ],
)
def test_what_must_not_be_said_stays_in_the_form_with_the_reason(
    carla: AtConsole, chat: str, patient: Patient, words: str, why: str
) -> None:
    answer = carla.post(f"{chat}/reply", words=words)

    assert (answer.status_code, why in answer.text) == (422, True)
    assert f">{html.escape(words)}</textarea>" in answer.text
    assert patient.reads_all() == []


def test_a_note_is_for_colleagues_only(carla: AtConsole, desk: DeskInProcess, chat: str, patient: Patient) -> None:
    carla.post(f"{chat}/note", note="Ha chiamato anche ieri.")

    (row,) = desk.rows(tables.note)
    assert b"ieri" not in row.words_sealed
    assert "Ha chiamato anche ieri." in shown(carla.get(chat))
    assert patient.reads_all() == []


def test_labels_are_put_on_and_taken_off(carla: AtConsole, desk: DeskInProcess, chat: str) -> None:
    carla.post(f"{chat}/label", label="call_back", on="yes")
    carla.post(f"{chat}/label", label="first_visit", on="yes")
    carla.post(f"{chat}/label", label="call_back")

    assert [row.label for row in desk.rows(tables.label)] == ["first_visit"]
    assert "Prima visita" in shown(carla.get("/queue"))
    assert carla.post(f"{chat}/label", label="invented", on="yes").status_code == 400


def test_a_conversation_is_passed_to_a_team_and_to_a_colleague(
    desk: DeskInProcess, carla: AtConsole, chat: str
) -> None:
    dora = signed_in(desk, teams=RECEPTION, first_name="Dora")
    assert dora.member is not None
    offered = carla.get(chat).text

    carla.post(f"{chat}/assign", to=f"member:{dora.member.id}")
    (held,) = desk.rows(tables.handoff)
    dora.post(f"{chat}/assign", to="team:nursing")
    (passed,) = desk.rows(tables.handoff)

    assert f'value="member:{dora.member.id}"' in offered
    assert (held.claimed_by, passed.state, passed.team) == (str(dora.member.id), "queued", "nursing")
    assert carla.get(chat).status_code == 404


def test_a_conversation_is_closed_and_the_assistant_goes_on(carla: AtConsole, chat: str, patient: Patient) -> None:
    carla.post(f"{chat}/claim")
    patient.reads_all()

    answer = carla.post(f"{chat}/close", to="info")
    patient.writes("menu")

    assert answer.headers["Location"] == "/console/queue"
    assert "La conversazione è chiusa" in shown(carla.get("/queue"))
    assert "Come posso aiutarLa?" in patient.reads_all()[-1].body


def test_a_conversation_is_never_given_to_whoever_may_not_answer(
    desk: DeskInProcess, carla: AtConsole, chat: str
) -> None:
    auditor = signed_in(desk, Role.AUDITOR)
    assert auditor.member is not None

    given = [carla.post(f"{chat}/assign", to=f"member:{who}").status_code for who in (auditor.member.id, uuid4())]

    assert given == [400, 400]


@pytest.mark.parametrize("to", ["person", "nowhere", "../x"])
def test_a_conversation_is_closed_to_places_of_the_list_only(carla: AtConsole, chat: str, to: str) -> None:
    assert carla.post(f"{chat}/close", to=to).status_code == 400


def test_ready_answers_are_offered_in_the_patients_language(desk: DeskInProcess, carla: AtConsole, chat: str) -> None:
    with desk.built.database.begin() as connection:
        connection.execute(tables.conversation.update().values(language="en"))

    page = carla.get(chat).text

    assert 'data-words="Thank you, I will check and write to you here shortly."' in page


# ------------------------------------------------------------------------------------------------------- after 24 hours


ASK = Template(
    "please_write",
    "utility",
    {"it": "Ci scriva: {{ why }}"},
    (Parameter("why", "words", 20, Localized((("it", "Perché"), ("en", "Why")))),),
)


def let_24_hours_pass(desk: DeskInProcess) -> None:
    """Have the patient have written last a day ago."""
    with desk.built.database.begin() as connection:
        long_ago = desk.clock.now() - timedelta(hours=24)
        connection.execute(tables.conversation.update().values(last_inbound_at=long_ago))


def approve(desk: DeskInProcess, *templates: Template) -> None:
    """Have message templates approved."""
    known = desk.app.extensions["console"]
    desk.app.extensions["console"] = replace(known, templates=templates)
    listed = [TemplateFacts(one.name, language, "APPROVED") for one in templates for language in one.wordings]
    desk.built.approvals.keep(listed, frozenset(one.name for one in templates))


def test_after_24_hours_only_an_approved_template_can_be_sent(
    desk: DeskInProcess, carla: AtConsole, chat: str, patient: Patient
) -> None:
    let_24_hours_pass(desk)
    nothing = shown(carla.get(chat))
    approve(desk, ASK)

    free = carla.post(f"{chat}/reply", words="Buongiorno")
    sent = carla.post(f"{chat}/template", template="please_write", **{"v-why": "la fattura"})

    assert "Nessun modello è approvato." in nothing
    assert (free.status_code, "Non inviato: sono passate 24 ore" in free.text, sent.status_code) == (422, True, 303)
    assert [one.reply for one in patient.reads_all()] == [
        TemplateMessage("please_write", "it", (("why", "la fattura"),))
    ]


@pytest.mark.parametrize("value", ["", "x" * 21, "due\nrighe"])
def test_a_value_of_a_template_is_checked(
    desk: DeskInProcess, carla: AtConsole, chat: str, patient: Patient, value: str
) -> None:
    let_24_hours_pass(desk)
    approve(desk, ASK)

    answer = carla.post(f"{chat}/template", template="please_write", **{"v-why": value})

    assert (answer.status_code, "scriva da 1 a 20 caratteri" in answer.text) == (422, True)
    assert patient.reads_all() == []


def test_a_template_is_offered_for_as_long_as_meta_lets_it_be_sent(
    desk: DeskInProcess, carla: AtConsole, chat: str
) -> None:
    let_24_hours_pass(desk)
    approve(desk, ASK)
    desk.built.approvals.keep([TemplateFacts("please_write", "it", "PAUSED")], frozenset({"please_write"}))

    paused = carla.post(f"{chat}/template", template="please_write", **{"v-why": "la fattura"})

    assert (paused.status_code, "Nessun modello è approvato." in shown(carla.get(chat))) == (400, True)


# --------------------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0rest", "jpeg"),
        (b"\x89PNG\r\n\x1a\nrest", "png"),
        (b"RIFF1234WEBPrest", "webp"),
        (b"<svg onload=alert(1)>", None),
        (b"<html><script>", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_only_the_first_bytes_say_what_a_picture_is(content: bytes, kind: str | None) -> None:
    assert picture_kind(content) == kind


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xd8\xff\xe0rest", ("image/jpeg", "inline")),
        (b"<svg onload=alert(1)>", ("application/octet-stream", "attachment")),
    ],
)
def test_a_file_is_shown_only_if_it_is_a_picture(
    desk: DeskInProcess, carla: AtConsole, chat: str, patient: Patient, content: bytes, told: tuple[str, str]
) -> None:
    patient.sends(type="image", image={"id": "1", "mime_type": "image/jpeg", "sha256": "x"})
    (file,) = desk.rows(tables.media)
    desk.built.media.keep(file.id, "image/jpeg", content)

    answer = carla.get(f"{chat}/media/{file.message_id}")

    assert (answer.mimetype, answer.headers["Content-Disposition"].split(";")[0]) == told
    assert (answer.data, answer.headers["X-Content-Type-Options"]) == (content, "nosniff")
    assert "open_file" in [row.action for row in desk.rows(tables.audit)]


# ------------------------------------------------------------------------------------------------------ each team alone


def test_on_every_path_another_teams_conversation_is_not_there(
    desk: DeskInProcess, chat: str, patient: Patient
) -> None:
    patient.writes(WORDS)
    nina = signed_in(desk, Role.NURSE, teams=NURSING, first_name="Nina")
    ids = {"conversation_id": chat.rpartition("/")[2], "message_id": str(desk.rows(tables.message)[0].id)}
    tried = {}
    for rule in desk.app.url_map.iter_rules():
        if rule.arguments and rule.arguments <= ids.keys():
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids[found[1]], rule.rule).removeprefix("/console")
            form = {"words": "x", "note": "x", "to": "main", "label": "call_back", "on": "yes"}
            answer = nina.get(path) if "GET" in (rule.methods or ()) else nina.post(path, **form)
            tried[rule.endpoint] = (answer.status_code, WORDS in answer.text)

    assert {found for found in tried.values()} == {(404, False)}
    assert len(tried) >= 12


def test_on_no_page_and_in_no_search_anything_of_another_team_is_read(
    desk: DeskInProcess, chat: str, patient: Patient
) -> None:
    patient.writes(WORDS)
    nina = signed_in(desk, Role.MANAGER, teams=NURSING, first_name="Nina")
    pages = [
        rule.rule.removeprefix("/console")
        for rule in desk.app.url_map.iter_rules()
        if rule.rule.startswith("/console/") and not rule.arguments and "GET" in (rule.methods or ())
    ]

    read = [nina.get(path).text for path in pages if not path.endswith("/stream")]
    read.append(nina.post("/search", wanted="393330000001").text)

    assert [page for page in read if WORDS in page or "Anna Prova" in page or chat in page] == []


@pytest.mark.parametrize("guess", [str(uuid4()), "x", "..%2f", "1"])
def test_a_guessed_id_is_not_there(carla: AtConsole, guess: str) -> None:
    assert carla.get(f"/conversations/{guess}").status_code == 404


def test_a_reader_sees_and_cannot_act(desk: DeskInProcess, chat: str) -> None:
    reader = signed_in(desk, Role.CLINICIAN, teams=RECEPTION, permissions=[Permission.READ])

    page = reader.get(chat)

    acts = ("claim", "reply", "note", "label", "assign", "close", "template")
    assert (page.status_code, 'method="post"' in page.text.split("<main", 1)[1]) == (200, False)
    assert {reader.post(f"{chat}/{act}", words="x").status_code for act in acts} == {404}


def test_what_was_kept_as_spam_is_given_back_by_one_press(
    desk: DeskInProcess, carla: AtConsole, patient: Patient
) -> None:
    patient.writes("ciao")
    with desk.built.database.begin() as connection:
        connection.execute(tables.message.update().values(outcome="ignored", reason="spam"))
    (message,) = desk.rows(tables.message)
    before = shown(carla.get("/spam"))

    carla.post(f"/spam/{message.conversation_id}/{message.id}")

    assert ("Anna Prova" in before, "ciao" in before) == (True, True)
    assert [row.reason for row in desk.rows(tables.handoff)] == ["rescued"]
    assert "Niente è stato tenuto fuori." in shown(carla.get("/spam"))


def test_every_member_of_every_team_sees_what_the_file_names_no_more(desk: DeskInProcess, chat: str) -> None:
    with desk.built.database.begin() as connection:
        connection.execute(tables.handoff.update().values(team="dissolved"))
        connection.execute(tables.conversation.update().values(team="dissolved"))

    assert signed_in(desk).get(chat).status_code == 200
    assert signed_in(desk, teams=RECEPTION).get(chat).status_code == 404


def test_a_patient_erased_while_the_page_is_open_is_not_there(desk: DeskInProcess, carla: AtConsole, chat: str) -> None:
    (contact,) = desk.rows(tables.contact)
    desk.built.rights.erase(UUID(str(contact.id)), "a test")

    assert [carla.get(chat).status_code, carla.post(f"{chat}/reply", words="x").status_code] == [404, 404]
