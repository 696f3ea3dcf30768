"""The authored flows walked end to end in both languages, and what must hold of every flow and wording.

The host here does what the desk does with a step, and nothing else: it runs the actions at a given instant and words
the prompts. There is no store, no WhatsApp and no clock.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.actions import ACTIONS, longest_answers
from bot.clinic import Clinic, load_clinic
from bot.model import Button, ListMessage, Place, Reply, ReplyButtons, Row, Section, Text
from bot.safety import screen
from bot.whatsapp.limits import LIMITS
from bot.wording import Wordings, bubbles, load_wordings, titles, word
from menus import model
from menus.answers import CHECKS, fold
from menus.engine import advance
from menus.load import load_flows
from menus.model import Call, Choice, Conversation, Event, Flow, Human, Offer, Option, Other, Prompt, Start, Tap, Value
from menus.person import wants_person
from tests.paper import Paper, paper_of

ROOT = Path(__file__).parent.parent
CLINIC = load_clinic(ROOT / "clinic.example.yaml")
LANGUAGES = ("it", "en", "es")
HOUSE: Mapping[str, Value] = {"clinic": CLINIC.name, "emergency_number": CLINIC.emergency.numbers[0]}
WORDINGS: Wordings = load_wordings(ROOT / "templates", LANGUAGES, HOUSE)
FLOWS = load_flows(ROOT / "menus" / "flows")

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CLINIC.zone)
MONDAY_NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=CLINIC.zone)


@dataclass
class Patient:
    """Someone on a phone, and a host that answers: `read` is what the last turn said, `brought` the people it asked for."""

    language: str
    now: datetime = MONDAY
    clinic: Clinic = CLINIC
    read: tuple[Reply, ...] = ()
    brought: tuple[Human, ...] = ()
    conversation: Conversation = field(init=False)
    paper: Paper = field(init=False)

    def __post_init__(self) -> None:
        self.conversation = Conversation(self.language)
        self.paper = paper_of(self.clinic, self.now)

    def taps(self, *options: str) -> tuple[Reply, ...]:
        for option in options:
            self.does(Tap(option))
        return self.read

    def writes(self, words: str) -> tuple[Reply, ...]:
        return self.does(model.Text(words))

    def does(self, event: Event) -> tuple[Reply, ...]:
        spoken = self.conversation.language
        step = advance(FLOWS, CHECKS, self.conversation, event, lambda prompt: titles(WORDINGS, spoken, prompt))
        outputs = [*step.outputs]
        while isinstance(call := outputs[-1] if outputs else None, Call):
            facts = self.paper.facts(self.clinic, self.now, step.conversation.language)
            step = advance(FLOWS, CHECKS, step.conversation, ACTIONS[call.action].run(facts, call.answers))
            outputs += step.outputs
        self.conversation = step.conversation
        self.brought = tuple(output for output in outputs if isinstance(output, Human))
        prompts = tuple(output for output in outputs if isinstance(output, Prompt))
        language = step.conversation.language
        grouped = bubbles(WORDINGS, language, prompts, LIMITS)
        self.read = tuple(word(WORDINGS, language, bubble, LIMITS) for bubble in grouped)
        return self.read


def rows(node: str, *lines: tuple[str, str] | tuple[str, str, str]) -> tuple[Section, ...]:
    return (Section(tuple(Row(f"{node}/{line[0]}", *line[1:]) for line in lines)),)


MAIN_IT = ListMessage(
    "Come posso aiutarLa?",
    "Apra il menu",
    rows(
        "main/menu",
        ("book", "Prenotare", "Una nuova visita o un esame"),
        ("appointments", "I miei appuntamenti", "Vedere, spostare o disdire"),
        ("info", "Orari e sedi", "Quando siamo aperti, dove siamo, parcheggio e mezzi"),
        ("insurance", "Assicurazioni e fatture", "Convenzioni, pagamenti e ricevute"),
        ("documents", "Preparazione e documenti", "Che cosa portare e come prepararsi"),
        ("results", "Referti", "Dove trovare i risultati degli esami"),
        ("nursing", "Linea infermieristica", "Scrivere a un infermiere o a un'infermiera"),
        ("person", "Parlare con una persona", "Accettazione, amministrazione o infermieri"),
        ("tips", "Consigli di salute", "Alimentazione, movimento, sonno, prevenzione"),
        ("other", "Altro", "Attesa, opinioni, domande frequenti, lingua, privacy"),
    ),
)
MAIN_EN = ListMessage(
    "How can I help you?",
    "Open the menu",
    rows(
        "main/menu",
        ("book", "Book", "A new visit or test"),
        ("appointments", "My appointments", "See, move or cancel"),
        ("info", "Hours and places", "When we are open, where we are, parking and transport"),
        ("insurance", "Insurance and invoices", "Agreements, payments and receipts"),
        ("documents", "Preparation, documents", "What to bring and how to prepare"),
        ("results", "Results", "Where to find your test results"),
        ("nursing", "Nursing line", "Write to a nurse"),
        ("person", "Talk to a person", "Reception, billing or nursing"),
        ("tips", "Health tips", "Food, movement, sleep, prevention"),
        ("other", "Other", "Waiting, opinions, frequent questions, language, privacy"),
    ),
)
TOPICS_IT = rows(
    "info/topics",
    ("hours", "Orari", "Giorno per giorno, festività comprese"),
    ("address", "Indirizzo e mappa"),
    ("parking", "Parcheggio"),
    ("transport", "Mezzi pubblici"),
    ("access", "Accesso e ascensori"),
    ("another", "Un'altra sede"),
    ("person", "Parlare con qualcuno"),
    ("menu", "Menu principale"),
)
TOPICS_EN = rows(
    "info/topics",
    ("hours", "Opening hours", "Day by day, holidays included"),
    ("address", "Address and map"),
    ("parking", "Parking"),
    ("transport", "Public transport"),
    ("access", "Access"),
    ("another", "Another place"),
    ("person", "Talk to someone"),
    ("menu", "Main menu"),
)


def after(answer: str, language: str, place: str = "Sede Centro") -> ListMessage:
    """Return the message that gives an answer about a place and asks what else."""
    if language == "it":
        return ListMessage(f"{answer}\n\nDesidera sapere altro di *{place}*?", "Scelga", TOPICS_IT)
    return ListMessage(
        f"{answer}\n\nIs there anything else you would like to know about *{place}*?", "Choose", TOPICS_EN
    )


# ----------------------------------------------------------------------------------------------------------------- main


@pytest.mark.parametrize(("language", "menu"), [("it", MAIN_IT), ("en", MAIN_EN)])
@pytest.mark.parametrize("hello", ["menù", "Home", "MENU!"])
def test_a_word_of_several_languages_opens_the_menu(language: str, menu: ListMessage, hello: str) -> None:
    assert Patient(language).writes(hello) == (menu,)


@pytest.mark.parametrize("language", ["it", "en", "es"])
@pytest.mark.parametrize(("hello", "menu"), [("Ciao!", MAIN_IT), ("Hello", MAIN_EN), ("Good morning", MAIN_EN)])
def test_a_first_greeting_is_answered_in_its_own_language(language: str, hello: str, menu: ListMessage) -> None:
    assert Patient(language).writes(hello) == (menu,)


def test_a_later_greeting_does_not_change_the_language() -> None:
    patient = Patient("it")
    patient.writes("menu")

    assert patient.writes("hello") == (MAIN_IT,)


def test_the_welcome_and_the_menu_are_one_message() -> None:
    prompts = (Prompt("desk/welcome"), Prompt("main/menu", (), (Choice("main/menu/info", "info"),)))

    grouped = bubbles(WORDINGS, "it", prompts, LIMITS)

    assert grouped == (prompts,)


def test_the_welcome_says_what_it_is_and_what_it_is_not() -> None:
    assert word(WORDINGS, "it", (Prompt("desk/welcome"),), LIMITS) == Text(
        "Le diamo il benvenuto allo sportello automatico di *Poliambulatorio Tre Tigli*. "
        "Le risponde un programma, non una persona.\n\n"
        "Qui può prenotare, spostare o disdire un appuntamento e trovare orari, preparazione agli esami, referti e fatture. "
        "Non posso dare consigli medici.\n\n"
        "Per parlare con una persona, in qualsiasi momento, scriva *persona*.\n\n"
        "Se è un'emergenza non scriva qui: chiami subito il 112."
    )


# ----------------------------------------------------------------------------------------------------------------- info


def test_with_several_places_the_first_question_is_which() -> None:
    assert Patient("it").taps("main/menu/info") == (
        ListMessage(
            "Quale sede Le interessa?",
            "Scelga la sede",
            rows(
                "info/which",
                ("centro", "Sede Centro", "Via dei Tigli Inventati 3, Bologna"),
                ("fiera", "Sede Fiera", "Viale della Prova 120, Bologna"),
                ("person", "Parlare con qualcuno"),
                ("menu", "Menu principale"),
            ),
        ),
    )


def test_a_place_leads_to_what_can_be_known_of_it() -> None:
    assert Patient("en").taps("main/menu/info", "info/which/fiera") == (
        ListMessage("What would you like to know about *Sede Fiera*?", "Choose", TOPICS_EN),
    )


def test_a_clinic_with_one_place_is_not_asked_which_nor_offered_another() -> None:
    one = replace(CLINIC, places={"centro": CLINIC.places["centro"]})

    (reply,) = Patient("it", clinic=one).taps("main/menu/info")

    assert isinstance(reply, ListMessage)
    assert reply.body == "Che cosa desidera sapere?"
    assert [row.id for row in reply.sections[0].rows] == [
        f"info/topics_one/{option}"
        for option in ("hours", "address", "parking", "transport", "access", "person", "menu")
    ]


def test_the_hours_are_asked_by_day_and_each_day_already_shows_them() -> None:
    assert Patient("it").taps("main/menu/info", "info/which/fiera", "info/topics/hours") == (
        ListMessage(
            "Per quale giorno desidera sapere gli orari?",
            "Scelga il giorno",
            rows(
                "info/which_day",
                ("2026-11-23", "Oggi, lun 23 nov", "8:30–13:00 e 14:00–18:30"),
                ("2026-11-24", "Domani, mar 24 nov", "8:30–13:00 e 14:00–18:30"),
                ("2026-11-25", "Mercoledì 25 novembre", "8:30–13:00 e 14:00–18:30"),
                ("2026-11-26", "Giovedì 26 novembre", "8:30–13:00 e 14:00–18:30"),
                ("2026-11-27", "Venerdì 27 novembre", "8:30–13:00"),
                ("2026-11-28", "Sabato 28 novembre", "Chiuso"),
                ("2026-11-29", "Domenica 29 novembre", "Chiuso"),
                ("more/1", "Altri giorni", "Festività e altri orari particolari"),
                ("person", "Parlare con qualcuno"),
                ("menu", "Menu principale"),
            ),
        ),
    )


def test_more_days_are_the_unusual_ones() -> None:
    patient = Patient("en")

    (reply,) = patient.taps("main/menu/info", "info/which/centro", "info/topics/hours", "info/which_day/more/1")

    assert isinstance(reply, ListMessage)
    assert [(row.title, row.description) for row in reply.sections[0].rows] == [
        ("Tuesday 8 December", "Closed (Immaculate Conception)"),
        ("Thursday 24 December", "Closed (Christmas closure)"),
        ("Friday 25 December", "Closed (Christmas closure)"),
        ("Saturday 26 December", "Closed (Christmas closure)"),
        ("Thursday 31 December", "8:00–12:00 (New Year's Eve)"),
        ("Friday 1 January", "Closed (New Year's Day)"),
        ("Wednesday 6 January", "Closed (Epiphany)"),
        ("Talk to someone", None),
        ("Main menu", None),
    ]


HOURS = [
    ("it", "2026-11-24", "*Sede Centro*, martedì 24 novembre\nAperto: 8:00–19:30"),
    ("en", "2026-11-24", "*Sede Centro*, Tuesday 24 November\nOpen: 8:00–19:30"),
    (
        "it",
        "2026-12-08",
        "*Sede Centro*, martedì 8 dicembre\nChiuso: Immacolata Concezione.\nRiapriamo mercoledì 9 dicembre alle 8:00.",
    ),
    (
        "en",
        "2026-11-29",
        "*Sede Centro*, Sunday 29 November\nClosed.\nWe open again Monday 30 November at 8:00.",
    ),
    (
        "it",
        "2026-12-31",
        "*Sede Centro*, giovedì 31 dicembre\nAperto: 8:00–12:00\n"
        "Attenzione, orario diverso dal solito: Ultimo dell'anno.",
    ),
]


@pytest.mark.parametrize(("language", "day", "answer"), HOURS)
def test_a_day_is_answered_and_what_next_is_asked_in_one_message(language: str, day: str, answer: str) -> None:
    patient = Patient(language)
    patient.taps("main/menu/info", "info/which/centro", "info/topics/hours")

    read = patient.taps(f"info/which_day/{day}")

    assert read == (after(answer, language),)


def test_the_hours_of_a_second_day_can_be_asked() -> None:
    patient = Patient("it")
    patient.taps("main/menu/info", "info/which/centro", "info/topics/hours", "info/which_day/2026-11-24")

    patient.taps("info/topics/hours")

    assert patient.taps("info/which_day/2026-11-28") == (
        after("*Sede Centro*, sabato 28 novembre\nAperto: 8:30–12:30", "it"),
    )


def test_an_address_is_a_place_on_the_map_then_the_words() -> None:
    patient = Patient("it")

    read = patient.taps("main/menu/info", "info/which/centro", "info/topics/address")

    point = Place(
        "44.49400", "11.34300", "Poliambulatorio Tre Tigli, Sede Centro", "Via dei Tigli Inventati 3, 40100 Bologna"
    )
    phone = CLINIC.places["centro"].phone
    answer = f"*Sede Centro*\nVia dei Tigli Inventati 3\n40100 Bologna\nTelefono: {phone}"
    assert read == (point, after(answer, "it"))


TOLD = [
    ("it", "parking", "*Parcheggio, Sede Fiera*", "parking"),
    ("en", "parking", "*Parking, Sede Fiera*", "parking"),
    ("it", "transport", "*Mezzi pubblici, Sede Fiera*", "transport"),
    ("en", "transport", "*Public transport, Sede Fiera*", "transport"),
    ("it", "access", "*Accesso, Sede Fiera*", "accessibility"),
    ("en", "access", "*Access, Sede Fiera*", "accessibility"),
]


@pytest.mark.parametrize(("language", "topic", "heading", "fact"), TOLD)
def test_what_the_clinic_says_of_a_place_is_told(language: str, topic: str, heading: str, fact: str) -> None:
    patient = Patient(language)

    read = patient.taps("main/menu/info", "info/which/fiera", f"info/topics/{topic}")

    told = dict(getattr(CLINIC.places["fiera"], fact).texts)[language]
    assert read == (after(f"{heading}\n{told}", language, "Sede Fiera"),)


def test_another_place_can_be_chosen() -> None:
    patient = Patient("it")
    patient.taps("main/menu/info", "info/which/centro", "info/topics/another")

    assert patient.taps("info/which/fiera") == (
        ListMessage("Che cosa desidera sapere di *Sede Fiera*?", "Scelga", TOPICS_IT),
    )


def test_a_title_or_a_number_typed_by_hand_is_a_choice() -> None:
    patient = Patient("it")
    patient.writes("Orari e sedi")
    patient.writes("sede fiera")

    (reply,) = patient.writes("3")

    assert isinstance(reply, ListMessage)
    assert reply.body.startswith("*Parcheggio, Sede Fiera*\n")


def test_a_place_that_closed_for_good_meanwhile_is_asked_again() -> None:
    patient = Patient("it")
    patient.taps("main/menu/info", "info/which/fiera")
    patient.clinic = replace(CLINIC, places={"centro": CLINIC.places["centro"], "nuova": CLINIC.places["centro"]})

    (reply,) = patient.taps("info/topics/parking")

    assert isinstance(reply, ListMessage)
    assert reply.body == "Quale sede Le interessa?"


# --------------------------------------------------------------------------------------------------------------- person


def test_the_teams_say_whether_they_answer_now() -> None:
    patient = Patient("it", now=MONDAY.replace(hour=14))

    assert patient.taps("main/menu/person") == (
        ListMessage(
            "Certo. Con chi desidera parlare?",
            "Scelga",
            rows(
                "person/which",
                ("reception", "Accettazione", "Risponde ora, fino alle 19:30"),
                ("billing", "Amministrazione", "Ora chiuso, apre domani alle 9:00"),
                ("nursing", "Infermieri", "Ora chiuso, apre oggi alle 15:00"),
                ("menu", "Menu principale"),
            ),
        ),
    )


FIRST_IT = (
    "Intanto, se vuole, due domande: ci aiutano a risponderLe meglio. Può saltarle e non perde il Suo posto."
    "\n\nÈ la prima volta che viene da noi?"
)
FIRST_EN = (
    "Meanwhile, two questions if you like: they help us answer you better. You can skip them and keep your place."
    "\n\nIs this your first time with us?"
)
KNOWN_IT = (
    Button("person/known/new", "Sì, prima volta"),
    Button("person/known/known", "No"),
    Button("person/known/skip", "Salta"),
)
KNOWN_EN = (
    Button("person/known/new", "Yes, first time"),
    Button("person/known/known", "No"),
    Button("person/known/skip", "Skip"),
)


def test_an_open_team_is_brought_before_anything_is_asked() -> None:
    patient = Patient("it")

    read = patient.taps("main/menu/person", "person/which/reception")

    answer = (
        "La Sua richiesta è arrivata (*Accettazione*): una persona Le risponderà qui, in questa chat, "
        "di solito entro 15 minuti.\n"
        "Leggiamo i messaggi fino alle 19:30.\n"
        f"Se preferisce telefonare: {CLINIC.teams['reception'].phone}."
    )
    assert patient.brought == (Human("reception", "asked"),)
    assert read == (ReplyButtons(f"{answer}\n\n{FIRST_IT}", KNOWN_IT),)


def test_a_closed_team_is_brought_too_and_says_so_honestly() -> None:
    patient = Patient("en", now=MONDAY_NIGHT)

    read = patient.taps("main/menu/person", "person/which/nursing")

    answer = (
        "Your request has arrived (*Nursing line*), but right now nobody is there to read it.\n"
        "We open again tomorrow at 8:30: we will answer here, in this chat.\n"
        f"Phone, during opening hours: {CLINIC.teams['nursing'].phone}."
    )
    assert patient.brought == (Human("nursing", "asked"),)
    assert read == (ReplyButtons(f"{answer}\n\n{FIRST_EN}", KNOWN_EN),)


def test_the_two_questions_are_answered_and_kept() -> None:
    patient = Patient("it")
    patient.taps("main/menu/person", "person/which/billing", "person/known/new")

    read = patient.writes("una fattura di ottobre")

    assert read == (
        Text(
            "Grazie, l'ho aggiunto alla Sua richiesta. Ora attenda pure qui. Se vuole tornare al menu, scriva *menu*."
        ),
    )
    kept = {name: patient.conversation.answers[name] for name in ("team", "patient", "subject")}
    assert kept == {"team": "billing", "patient": "new", "subject": "una fattura di ottobre"}


def test_the_two_questions_can_be_skipped() -> None:
    patient = Patient("en")
    patient.taps("main/menu/person", "person/which/billing", "person/known/skip")

    read = patient.taps("person/subject/skip")

    assert read == (
        Text(
            "All right. Your request is waiting for an answer: you can wait here. To go back to the menu, write *menu*."
        ),
    )
    assert patient.conversation.at is None


def test_a_known_team_is_not_asked() -> None:
    patient = Patient("it")

    patient.does(Start("person", {"team": "nursing"}))

    assert patient.brought == (Human("nursing", "asked"),)


def test_a_team_that_is_gone_since_the_menu_was_shown_still_brings_a_person() -> None:
    patient = Patient("it")
    patient.taps("main/menu/person")
    patient.clinic = replace(CLINIC, teams={"reception": CLINIC.teams["reception"]})

    read = patient.taps("person/which/billing")

    answer = "La Sua richiesta è arrivata: una persona Le risponderà qui, in questa chat, negli orari di apertura."
    assert patient.brought == (Human("reception", "asked"),)
    assert read == (ReplyButtons(f"{answer}\n\n{FIRST_IT}", KNOWN_IT),)


def test_a_team_the_clinic_does_not_have_is_asked() -> None:
    patient = Patient("it")

    (reply,) = patient.does(Start("person", {"team": "surgery"}))

    assert patient.brought == ()
    assert isinstance(reply, ListMessage)
    assert reply.body == "Certo. Con chi desidera parlare?"


def test_asking_for_a_person_a_second_time_asks_for_the_team_again() -> None:
    patient = Patient("it")
    patient.taps("main/menu/person", "person/which/billing", "person/known/skip", "person/subject/skip")

    (reply,) = patient.taps("main/menu/person")

    assert isinstance(reply, ListMessage)
    assert reply.body == "Certo. Con chi desidera parlare?"


# ------------------------------------------------------------------------------------------------------------- language


def test_the_language_is_asked_in_all_languages() -> None:
    asked = (
        "In quale lingua preferisce continuare?\nWhich language would you like to use?\n¿En qué idioma desea continuar?"
    )
    offered = (("it", "Italiano"), ("en", "English"), ("es", "Español"), ("person", "Parlare con qualcuno"))

    assert Patient("it").writes("lingua") == (
        ListMessage(asked, "Lingua / Language", rows("language/which", *offered)),
    )


SWITCHES = [
    ("it", "en", "All right, we will continue in English.", MAIN_EN),
    ("en", "it", "Va bene, da ora continuiamo in italiano.", MAIN_IT),
]


@pytest.mark.parametrize(("before", "wanted", "said", "menu"), SWITCHES)
def test_the_chosen_language_is_spoken_at_once(before: str, wanted: str, said: str, menu: ListMessage) -> None:
    patient = Patient(before)

    read = patient.taps("main/menu/language", f"language/which/{wanted}")

    assert patient.conversation.language == wanted
    assert read == (replace(menu, body=f"{said}\n\n{menu.body}"),)


def test_a_clinic_with_one_language_says_so() -> None:
    patient = Patient("it", clinic=replace(CLINIC, languages=("it",)))

    read = patient.taps("main/menu/language")

    said = "Per ora rispondo solo in italiano. / For now I can only answer in Italian."
    assert read == (replace(MAIN_IT, body=f"{said}\n\n{MAIN_IT.body}"),)


# ----------------------------------------------------------------------------------------------- what was not understood


def test_a_voice_message_is_declined_with_the_emergency_number_and_the_question_again() -> None:
    patient = Patient("it")
    patient.does(Start("main"))

    read = patient.does(Other("audio"))

    said = (
        "Mi scusi, non posso ascoltare i messaggi vocali. Può scrivermi, oppure scrivere *persona* per parlare con "
        "qualcuno.\n\nSe è un'emergenza, chiami subito il 112."
    )
    assert read == (replace(MAIN_IT, body=f"{said}\n\n{MAIN_IT.body}"),)


def test_an_old_tap_shows_where_the_person_is() -> None:
    patient = Patient("en")
    patient.taps("main/menu/language")

    (reply,) = patient.taps("info/which_day/2026-11-20")

    assert isinstance(reply, ListMessage)
    assert reply.body == (
        "That choice belonged to an earlier message. Let's go on from here.\n\n"
        "Which language would you like to use?\nIn quale lingua preferisce continuare?\n¿En qué idioma desea continuar?"
    )


# -------------------------------------------------------------------------------- what must hold of every flow and wording

Waiting = model.Menu | model.Pick | model.Ask
EVERY_NODE = [(flow, node) for flow in FLOWS.values() for node in flow.nodes.values()]


def named(case: object) -> str:
    return case.id if isinstance(case, Flow | Waiting | model.Say | model.Do | model.Handoff) else str(case)


@pytest.mark.parametrize(
    ("flow", "node"), [(flow, node) for flow, node in EVERY_NODE if isinstance(node, model.Do)], ids=named
)
def test_every_outcome_of_an_action_has_a_way_on(flow: Flow, node: model.Do) -> None:
    assert {name for name, _goto in node.outcomes} == set(ACTIONS[node.action].outcomes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flow", FLOWS.values(), ids=named)
def test_every_flow_has_examples_and_keywords_in_each_language(flow: Flow, language: str) -> None:
    assert len(set(flow.examples[language])) >= 8
    assert flow.keywords[language]


@pytest.mark.parametrize("flow", FLOWS.values(), ids=named)
def test_an_example_is_neither_an_emergency_nor_another_flows_wish_for_a_person(flow: Flow) -> None:
    examples = [example for of in flow.examples.values() for example in of]

    alarming = [example for example in examples if screen(example).alert is not None]
    wishes = [example for example in examples if flow.id != "person" and wants_person(example)]

    assert (alarming, wishes) == ([], [])


def test_no_keyword_belongs_to_two_flows() -> None:
    owners: dict[str, set[str]] = {}
    for flow in FLOWS.values():
        for words in flow.keywords.values():
            for keyword in words:
                owners.setdefault(fold(keyword), set()).add(flow.id)

    assert {keyword: flows for keyword, flows in owners.items() if len(flows) > 1} == {}


ONE_TAP_FURTHER = {"book/summary"}  # three buttons and no room for a fourth: the next list offers a person


def test_wherever_a_person_waits_before_being_brought_someone_a_person_is_offered() -> None:
    without = [
        f"{flow.id}/{node.id}"
        for flow, node in EVERY_NODE
        if isinstance(node, Waiting) and flow.id != "person" and "person" not in {option.id for option in node.options}
    ]

    assert set(without) == ONE_TAP_FURTHER


def longest_prompts(flow: Flow, node: model.Node, longest: Mapping[str, Value]) -> Iterator[Prompt]:
    """Give what a node says when every value is the longest there can be; a pick in pages as the engine shows them."""
    key, values = f"{flow.id}/{node.id}", tuple(longest.items())
    if isinstance(node, model.Pick):
        fixed = _fixed(key, node.options) + (Choice(f"{key}/more/1", "more"),)
        offers = longest[node.source]
        assert isinstance(offers, tuple)
        found = [offer for offer in offers if isinstance(offer, Offer)]
        for offer in found:
            yield Prompt(key, values, (Choice(f"{key}/{offer.id}", offer.id, offer.values, fixed=False), *fixed))
    elif isinstance(node, model.Menu | model.Ask):
        yield Prompt(key, values, _fixed(key, node.options))
    elif isinstance(node, model.Say) and node.place:
        place = longest[node.place]
        assert isinstance(place, Offer)
        yield Prompt(key, values, place=place)
    elif not isinstance(node, model.Do):
        yield Prompt(key, values)


def _fixed(key: str, options: tuple[Option, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(f"{key}/{option.id}", option.id) for option in options)


def too_long(reply: Reply) -> list[str]:
    """Name what was cut to fit Meta's limits: nothing authored may be."""
    match reply:
        case Text(body):
            texts = [body]
        case ReplyButtons(body, buttons):
            texts = [body, *(button.title for button in buttons)]
        case ListMessage(body, button, sections):
            listed = [row for section in sections for row in section.rows]
            texts = [body, button, *(row.title for row in listed)]
            texts += [row.description for row in listed if row.description and not row.description.endswith("…)")]
        case _:
            texts = []
    return [text for text in texts if text.endswith("…")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("flow", "node"), [(flow, node) for flow, node in EVERY_NODE if not isinstance(node, model.Do)], ids=named
)
def test_every_node_is_worded_within_metas_limits_by_the_longest_values(
    flow: Flow, node: model.Node, language: str
) -> None:
    longest = longest_answers(ACTIONS, CLINIC)

    replies = [word(WORDINGS, language, (prompt,), LIMITS) for prompt in longest_prompts(flow, node, longest)]

    assert replies
    assert [text for reply in replies for text in too_long(reply)] == []


def tappable(replies: tuple[Reply, ...]) -> list[str]:
    """Return the ids of what the last message offers."""
    match replies[-1] if replies else None:
        case ReplyButtons(_, buttons):
            return [button.id for button in buttons]
        case ListMessage(_, _, sections):
            return [row.id for section in sections for row in section.rows]
    return []


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_taps_at_random_is_always_answered_and_never_lost(language: str, seed: int) -> None:
    dice = random.Random(seed)
    patient = Patient(language, now=MONDAY + timedelta(hours=seed))

    for _ in range(100):
        offered = tappable(patient.read)
        patient.taps(dice.choice(offered)) if offered else patient.writes("menu")

        assert patient.read
        assert len(tappable(patient.read)) <= LIMITS.rows
        assert tappable(patient.read) or patient.conversation.at is None


def host_prompts() -> list[Prompt]:
    """Give every wording the host says by itself, open, closed, and with nothing that can be left empty."""
    team: Mapping[str, Value] = {"team": longest_answers(ACTIONS, CLINIC)["team_name"], "first_name": "Massimiliano"}
    helpline = CLINIC.emergency.helplines[0]
    known: Mapping[str, Value] = {
        **team,
        "open": False,
        "opens_at": MONDAY,
        "today": MONDAY.date(),
        "phone": CLINIC.teams["reception"].phone,
        "portal": "https://portale.tretigli.example",
        "helpline_name": helpline.name,
        "helpline_phone": helpline.phone,
        "helpline_hours": helpline.hours,
        "ahead": 2,
        "usual_minutes": 15,
        "code": "K7M2Q",
        "notice_day": MONDAY.date(),
        "notice_time": MONDAY.time(),
        "notice_place": "Centro, Via Prova 1",
        "until_day": MONDAY.date(),
        "until_time": MONDAY.time(),
        "is_confirmed": False,
    }
    nothing = {**known, "ahead": 0, "usual_minutes": 0, "opens_at": "", "phone": "", "portal": "", "helpline_phone": ""}
    of_host = [key for key in WORDINGS.entries["it"] if key.startswith(("desk/", "safety/")) and key != "desk/moment"]
    cases = ({**known, "open": True, "ahead": 1, "usual_minutes": 1}, known, nothing)
    return [Prompt(key, tuple(values.items())) for key in of_host for values in cases]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hosts_own_words_can_all_be_said(language: str) -> None:
    replies = [word(WORDINGS, language, (prompt,), LIMITS) for prompt in host_prompts()]

    bodies = [reply.body for reply in replies if isinstance(reply, Text)]
    assert len(bodies) == len(replies)
    assert [body for body in bodies if "\n\n\n" in body or "  " in body or body != body.strip()] == []


def test_nothing_is_authored_that_no_node_and_no_host_says() -> None:
    said = {f"{flow.id}/{node.id}" for flow, node in EVERY_NODE if not isinstance(node, model.Do)}

    authored = {key for key in WORDINGS.entries["it"] if not key.startswith(("desk", "safety/"))}

    assert authored == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["safety/emergency", "safety/distress", "safety/soft", "desk/voice", "desk/welcome"])
def test_every_text_about_danger_says_the_number(key: str, language: str) -> None:
    values = next(prompt.values for prompt in host_prompts() if prompt.wording == key)

    reply = word(WORDINGS, language, (Prompt(key, values),), LIMITS)

    assert isinstance(reply, Text)
    assert "112" in reply.body
