"""Words that are no tap: what a classifier is asked about them, and what its verdict comes to. Pure (docs/decisions/0018)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import format_date

from bot.always import LEAVE, RESUME, STOP
from bot.clinic import Clinic
from llm.verdict import EMERGENCY, PERSON, SPAM, UNCLEAR, Choice, Question, Slot, Tone, Verdict
from llm.verdict import STOP as STOP_ROUTE
from menus.answers import fold, number, yes_or_no
from menus.engine import MAIN, keyword_of
from menus.engine import PERSON as PERSON_FLOW
from menus.model import Choice as Option
from menus.model import Conversation, Flows, Localized, Prompt
from menus.person import wants_person

DAYS_AHEAD = 7  # days that words can name: "tomorrow", "on Tuesday"
OFFLINE = "offline"
WORDS_TO_TELL = 4  # fewer words do not tell a language surely enough to change the conversation's

# What can be chosen beside the flows; for whoever classifies, never for patients.
BESIDE = (
    (EMERGENCY, "Somebody is in danger now: a medical emergency, or talk of suicide or self-harm."),
    (STOP_ROUTE, "Wants to receive no more messages from the clinic."),
    (SPAM, "Advertising, chain letters, lures: nobody who writes to their clinic."),
    (UNCLEAR, "None of the others, or no business of a clinic's front desk."),
)
TEAMS = {
    "reception": "Talk to a person of the reception; complaints; whatever needs a person and no other team.",
    "billing": "Talk to a person about payments, invoices, refunds, costs.",
    "nursing": "A clinical question (symptoms, medicines, doses, therapies, the meaning of results), or talk to a nurse.",
}
PARTS_OF_DAY = (
    ("morning", ("mattina", "mattino", "morning", "mañana por la mañana", "por la mañana")),
    ("afternoon", ("pomeriggio", "afternoon", "tarde")),
    ("evening", ("sera", "evening", "noche")),
)
TITLES = ("dottoressa", "dottor", "dott", "dr", "doctor", "doctora", "dra")
NEAR_DAYS = ({"it": "oggi", "en": "today", "es": "hoy"}, {"it": "domani", "en": "tomorrow", "es": "mañana"})
AFTER_TOMORROW = {"it": "dopodomani", "en": "the day after tomorrow", "es": "pasado mañana"}


# ------------------------------------------------------------------------------------------------------- what is asked


def question(flows: Flows, clinic: Clinic, today: date, words: str, standing: Conversation) -> Question:
    """Return what a classifier is asked about masked words: the flows there are, the values the clinic has."""
    at = standing.at
    return Question(
        words=words,
        language=standing.language,
        choices=_choices(_Known(flows, clinic)),
        slots=_slots(_Known(flows, clinic), today),
        standing=f"{at.flow}/{at.node}" if at else None,
    )


@dataclass(frozen=True, eq=False)
class _Known:
    """The flows and the clinic, which are read once: equal by identity, so that what is built of them is built once."""

    flows: Flows
    clinic: Clinic

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.flows is self.flows and other.clinic is self.clinic

    def __hash__(self) -> int:
        return hash((id(self.flows), id(self.clinic)))


@lru_cache(maxsize=8)
def _choices(known: _Known) -> tuple[Choice, ...]:
    flows = tuple(
        Choice(flow.id, flow.description, _examples(flow.examples))
        for flow in known.flows.values()
        if flow.id != PERSON_FLOW
    )
    person = known.flows.get(PERSON_FLOW)
    asking = _examples(person.examples) if person else ()
    teams = tuple(
        Choice(PERSON + team, TEAMS.get(team, "Talk to a person of this team."), asking if team == "reception" else ())
        for team in known.clinic.teams
    )
    return (*flows, *teams, *(Choice(id, description) for id, description in BESIDE))


def _examples(examples: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    return tuple((language, sentence) for language, sentences in examples.items() for sentence in sentences)


@lru_cache(maxsize=8)
def _slots(known: _Known, today: date) -> tuple[Slot, ...]:
    clinic = known.clinic
    services = tuple((service.id, _said(service.name)) for service in clinic.services.values())
    practitioners = tuple((one.id, _called(one.name)) for one in clinic.practitioners.values())
    places = tuple((place.id, (place.name,)) for place in clinic.places.values())
    insurers = tuple((insurer.id, (insurer.name,)) for insurer in clinic.insurers.values())
    days = tuple(_day(today, ahead, clinic.languages) for ahead in range(DAYS_AHEAD))
    named = (
        ("service", services),
        ("practitioner", practitioners),
        ("place", places),
        ("insurer", insurers),
        ("day", days),
        ("part_of_day", PARTS_OF_DAY),
    )
    return tuple(Slot(name, values) for name, values in named if values)


def _said(name: Localized) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for _, text in name.texts))


def _called(name: str) -> tuple[str, ...]:
    """Return what people call a practitioner: as the clinic writes it, or a title and the surname."""
    return (name, *(f"{title} {name.split()[-1]}" for title in TITLES))


def _day(today: date, ahead: int, languages: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return a day's id and what people call it: tomorrow, Tuesday, 24 November."""
    day = today + timedelta(days=ahead)
    near = (*NEAR_DAYS, AFTER_TOMORROW)[ahead].values() if ahead < 3 else ()
    named = (format_date(day, form, locale=language) for language in languages for form in ("EEEE", "d MMMM"))
    return day.isoformat(), tuple(dict.fromkeys((*near, *named)))


# ------------------------------------------------------------------------------------------- what need not be classified


def wins(flows: Flows, words: str) -> bool:
    """Say whether words work always: they are heard though other words await their verdict."""
    said = fold(words)
    if said in STOP | RESUME | LEAVE or wants_person(words) is not None:
        return True
    return keyword_of(flows, words) in (PERSON_FLOW, "language")


def meant(words: str, offered: tuple[tuple[str, str], ...]) -> str | None:
    """Return the tap id of which the words are the number or the title; `offered` are (tap id, title) in their order."""
    said, place = fold(words), number(words)
    named = [option for option, title in offered if fold(title) == said]
    if len(named) == 1:
        return named[0]
    return offered[place - 1][0] if place and place <= len(offered) else None


def replied(words: str, offered: tuple[tuple[str, str], ...], is_asked: bool = False) -> str | None:
    """Return the tap id that words written to a notice mean: its number, its title, or a plain yes or no where that is clear.

    `offered` are (tap id, title) of the notice; a no to "do you come" may mean several things, and means nothing here.
    `is_asked`: a question was open when the notice came. Then a number, a yes and a no are that question's, and so is
    "Confermo": only what no other question is answered with is the notice's.
    """
    said = fold(words)
    is_plain = said in AGREED or number(words) is not None or yes_or_no(words) is not None
    if is_asked and is_plain:
        return None
    tap = meant(words, offered)
    if tap is not None:
        return tap
    wishes = {option.split("/")[1]: option for option, _ in offered}
    comes = said in COMING or agrees(words) or yes_or_no(words)
    if comes is None:
        return None
    return wishes.get("confirm") or wishes.get("accept") if comes else wishes.get("decline")


def agreed(words: str, offered: tuple[tuple[str, str], ...]) -> str | None:
    """Return the tap id that a plain yes means: the only one whose title is no more than a yes; None for any other words."""
    said = [option for option, title in offered if agrees(title)] if agrees(words) else []
    return said[0] if len(said) == 1 else None


def agrees(words: str) -> bool:
    """Say whether words are no more than a yes."""
    return fold(words) in AGREED or yes_or_no(words) is True


LONGEST_REPLY = 40  # characters of words that may be a notice's answer: its titles have 25 at most

# What people write under a reminder, whole. It may agree to anything; what follows it can only be meant of a visit.
AGREED = frozenset(
    (
        "confermo",
        "confermato",
        "confermata",
        "si confermo",
        "ok confermo",
        "confermo grazie",
        "si grazie",
        "ok grazie",
        "va bene grazie",
    )
    + ("confirm", "confirmed", "i confirm", "yes thanks", "ok thanks", "yes please")
    + ("confirmo", "confirmado", "si confirmo", "si gracias", "vale gracias", "ok gracias")
)
COMING = frozenset(
    ("ci saro", "si ci saro", "ci saremo", "confermo che vengo", "confermo la visita", "confermo l appuntamento")
    + (
        "confermo la mia presenza",
        "i will be there",
        "i ll be there",
        "yes i will be there",
        "i confirm the appointment",
    )
    + ("alli estare", "ahi estare", "si alli estare", "confirmo la cita", "confirmo que voy")
)


# ---------------------------------------------------------------------------------------------------- what it comes to


@dataclass(frozen=True, slots=True)
class Begin:
    """A flow begins with what is known; `first` are the wordings said before it, `reason` is why, if it brings a person."""

    flow: str
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    first: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    """The person is asked: `wording` is the question, `routes` what can be chosen, in order."""

    wording: str
    routes: tuple[str, ...]
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bring:
    """A person is brought, for a reason of the closed list."""

    reason: str
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowMenu:
    """The menu is shown where they stand, after a line."""

    wording: str


@dataclass(frozen=True, slots=True)
class Alarmed:
    """The words tell of an emergency: the fixed text, a person, an alarm."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """They want no more of what the clinic begins."""


@dataclass(frozen=True, slots=True)
class PutAside:
    """It is spam."""


Answer = Begin | Choose | Bring | ShowMenu | Alarmed | Stopped | PutAside

SOFT = "soft"  # among what is said first: the line with the emergency number
SURGE = ("busy", "late")  # why nobody surer was asked: more wait than can be answered in time
SPARED = (*SURGE, "capped", "day_over")
NURSES = "nursing"
DEEDS = (
    "book",
    "appointments",
    "reschedule",
    "cancel",
    "feedback",
    "privacy",
    "queue",
    "language",
)  # done, not answered
THIRD_TIME = 3  # words not understood this often in a row bring a person
SECOND_TIME = 2


@dataclass(frozen=True, slots=True)
class Case:
    """What is known beside the verdict.

    `misses` counts what was written in a row and not understood, these words too. `why` tells why no model was asked, or gave
    no verdict (one of `llm.verdict.WHYS`, or None). `grief`: the words tell of a death. `clinical`: they ask about symptoms,
    medicines, doses or results.
    """

    misses: int
    why: str | None = None
    grief: bool = False
    clinical: bool = False


def come_to(verdict: Verdict, case: Case) -> Answer:
    """Decide what a verdict comes to. The model may add an emergency, even one it doubts; it never removes one."""
    if verdict.route == EMERGENCY and (verdict.sure or verdict.by != OFFLINE):
        return Alarmed()
    if verdict.route == STOP_ROUTE and verdict.sure:
        return Stopped()
    if verdict.route == SPAM and verdict.sure:
        return PutAside()
    first = tuple(key for key in (SOFT if _may_be_danger(verdict) else None, _feeling(verdict)) if key)
    if case.clinical and _is_left_open(verdict):
        return Begin(PERSON_FLOW, {"team": NURSES}, first, "clinical")
    if verdict.sure and verdict.route == UNCLEAR:
        return Bring(UNCLEAR) if case.misses >= THIRD_TIME else ShowMenu("only_help")
    if verdict.route.startswith(PERSON) and (verdict.sure or verdict.by != OFFLINE):
        return _person(verdict, first)
    if not verdict.sure:
        return _unsure(verdict, case, first)
    if _deserves_a_person(verdict, case):
        routes = (PERSON_FLOW, verdict.route, *_offerable(verdict.alternatives))
        return Choose("person_first", tuple(dict.fromkeys(routes)), first)
    return Begin(verdict.route, verdict.answers, first)


def _is_left_open(verdict: Verdict) -> bool:
    """Say whether a clinical question could still be met by a menu: unless something to be done there was surely asked for."""
    return not (verdict.sure and (verdict.route in DEEDS or verdict.route.startswith(PERSON)))


def _person(verdict: Verdict, first: tuple[str, ...]) -> Begin:
    """Bring a person of a team; why is told to staff: who asks for nurses in their own words asks something clinical."""
    team = verdict.route.removeprefix(PERSON)
    reason = "clinical" if team == NURSES else _feeling(verdict)
    return Begin(PERSON_FLOW, {"team": team}, first, reason)


def _may_be_danger(verdict: Verdict) -> bool:
    """Say whether danger was thought of, and not surely: the line with the number is said first, whatever follows."""
    return EMERGENCY in (verdict.route, *verdict.alternatives)


def _feeling(verdict: Verdict) -> str | None:
    return None if verdict.tone is Tone.CALM else verdict.tone.value


def _unsure(verdict: Verdict, case: Case, first: tuple[str, ...]) -> Answer:
    """Ask what is meant; the third time, or where nobody surer can be asked, bring a person."""
    bring = Bring(_feeling(verdict) or UNCLEAR, first)
    if case.misses >= THIRD_TIME or case.grief:
        return bring
    if verdict.by == OFFLINE and (case.why not in SPARED or first):
        return bring
    if verdict.by == OFFLINE:
        return ShowMenu("surge" if case.why in SURGE else "unmatched")
    routes = _offerable((verdict.route, *verdict.alternatives))
    if not routes:
        return ShowMenu("unmatched")
    return Choose("did_you_mean", (*routes, PERSON_FLOW), first)


def _deserves_a_person(verdict: Verdict, case: Case) -> bool:
    """Say whether a person is offered before the menus: complaints, grief, several wishes, a step failed twice."""
    if verdict.route in (MAIN, "language"):
        return False
    return (
        case.grief or verdict.tone is Tone.UPSET or bool(_offerable(verdict.alternatives)) or case.misses > SECOND_TIME
    )


def _offerable(routes: Iterable[str]) -> tuple[str, ...]:
    """Return the flows of routes, each once; whoever means a person is offered one anyway."""
    beside = {id for id, _ in BESIDE} | {MAIN, PERSON_FLOW}
    return tuple(dict.fromkeys(route for route in routes if route not in beside and not route.startswith(PERSON)))


def choosing(wording: str, routes: Iterable[str]) -> Prompt:
    """Return the question what is meant, with a tap id for each route: a row of the main menu, today's or an older one."""
    return asked_again(wording, tuple(f"{MAIN}/menu/{route}" for route in routes))


def asked_again(wording: str, offered: tuple[str, ...]) -> Prompt:
    """Return the question with these tap ids."""
    return Prompt(f"desk/{wording}", choices=tuple(Option(id, id.rpartition("/")[2]) for id in offered))


def spoken(verdict: Verdict, words: str, languages: tuple[str, ...]) -> str | None:
    """Return the language to go on in: the words' own, where there are enough of them and we speak it."""
    if verdict.language in languages and len(words.split()) >= WORDS_TO_TELL:
        return verdict.language
    return None


# ------------------------------------------------------------------------------------------------------------------ grief


def tells_of_death(words: str) -> bool:
    """Say whether somebody of theirs has died: nobody is to read a menu first."""
    said = f" {fold(words)} "
    return any(f" {phrase} " in said for phrase in _phrases())


@lru_cache(maxsize=1)
def _phrases() -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in _listed(DEATHS))


def _listed(text: str) -> Iterator[str]:
    return (phrase.strip() for phrase in text.split("|") if phrase.strip())


DEATHS = (
    "è morto|è morta|è deceduto|è deceduta|è mancato|è mancata|è venuto a mancare|è venuta a mancare|ci ha lasciato|"
    "ci ha lasciati|non c'è più da|è scomparso ieri|è scomparsa ieri|un lutto|in lutto|il funerale|"
    "passed away|has died|died yesterday|died last|is dead|we lost my|i lost my mother|i lost my father|i lost my husband|"
    "i lost my wife|bereavement|the funeral|"
    "ha muerto|ha fallecido|falleció|murió|ha fallecido mi|el funeral|de luto|un duelo"
)
