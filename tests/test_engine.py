"""The engine: where each event leads, that every event leads somewhere, and that every place can be stored and read back."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menus.answers import CHECKS
from menus.check import endless
from menus.engine import FlowLoop, advance, again, at_rest, offered
from menus.graph import after_handoff, places, waits
from menus.load import load_flows
from menus.model import (
    END,
    NO_ANSWERS,
    Answers,
    Aside,
    Ask,
    Call,
    Choice,
    Conversation,
    Do,
    Event,
    Flow,
    Flows,
    Goto,
    Handoff,
    Human,
    Localized,
    Menu,
    Node,
    Offer,
    Option,
    Other,
    Output,
    Paused,
    Pick,
    Prompt,
    Result,
    Say,
    Standing,
    Start,
    Step,
    Tap,
    Text,
    Typed,
    Unmatched,
    Value,
)
from menus.stored import (
    StoredError,
    answers_from_json,
    answers_to_json,
    conversation_from_json,
    conversation_to_json,
    prompts_from_json,
    prompts_to_json,
)

FLOWS_OF_THE_HOUSE = Path(__file__).parent.parent / "menus" / "flows"


def flow(id_: str, *nodes: Node, keywords: tuple[str, ...] = (), renamed: Mapping[str, str] | None = None) -> Flow:
    """Make a flow that starts at its first node."""
    by_id = {node.id: node for node in nodes}
    return Flow(id_, 1, id_, nodes[0].id, by_id, keywords={"it": keywords}, renamed=renamed or {})


def way(option: str, node: str | None = None, to_flow: str | None = None, **sets: str) -> Option:
    return Option(option, Goto(node, to_flow), tuple(sets.items()))


MAIN = flow(
    "main",
    Menu("menu", (way("info", to_flow="info"), way("visit", to_flow="visit"), way("person", to_flow="person"))),
    keywords=("menu", "ciao"),
)
INFO = flow(
    "info",
    Do("find", "find_places", (("one", Goto("topics")), ("several", Goto("which")), ("none", Goto("closing")))),
    Pick("which", "places", "place", Goto("topics"), (way("menu", to_flow="main"),)),
    Menu("topics", (way("hours", "hours"), way("other", "which", place=""), way("map", "map"), way("page", "page"))),
    Say("hours", Goto("closing")),
    Say("closing", Goto("topics")),
    Say("map", Goto("topics"), place="location"),
    Say("page", END, link="url"),
    keywords=("orari", "dove siete?"),
)
VISIT = flow(
    "visit",
    Ask("day", "day", "date", Goto("look"), (way("skip", "look"), way("person", to_flow="person"))),
    Do("look", "free_slots", (("found", Goto("bye")), ("none", Goto("day")))),
    Say("bye", END),
)
PERSON = flow(
    "person",
    Menu("who", (way("front", "bring", team="reception"), way("bills", "bring", team="billing"))),
    Handoff("bring", "@team", "asked", Goto("subject")),
    Ask("subject", "subject", "words", Goto("thanks"), (way("skip", "thanks"),)),
    Say("thanks", END),
    keywords=("operatore",),
)
LANGUAGE = flow(
    "language",
    Menu("which", (way("it", "done", language="it"), way("en", "done", language="en"))),
    Say("done", Goto(flow="main")),
    keywords=("lingua",),
)
DAY = flow("day", Menu("ok", (way("yes", "thanks"), way("no", to_flow="person"))), Say("thanks", END))
FLOWS: Flows = {each.id: each for each in (MAIN, INFO, VISIT, PERSON, LANGUAGE, DAY)}

PLACES = (Offer("centro", (("name", "Centro"),)), Offer("mare", (("name", "Mare"),)))
MANY = tuple(Offer(f"p{number}", (("name", f"Sede {number}"),)) for number in range(1, 21))
MENU = Prompt(
    "main/menu",
    choices=(
        Choice("main/menu/info", "info"),
        Choice("main/menu/visit", "visit"),
        Choice("main/menu/person", "person"),
    ),
)


def titles(prompt: Prompt) -> tuple[tuple[str, str], ...]:
    """Word what is on offer: the name of a found thing, the id of an option."""
    return tuple((choice.id, str(dict(choice.values).get("name", choice.option))) for choice in prompt.choices)


class Chat:
    """A person's chat: each step is stored and read back before the next, as a host does."""

    def __init__(self, flows: Flows = FLOWS, language: str = "it") -> None:
        self.flows = flows
        self.now = Conversation(language)
        self.outputs: tuple[Output, ...] = ()

    def sees(self, *events: Event) -> Chat:
        for event in events:
            step = advance(self.flows, CHECKS, self.now, event, titles)
            self.now = conversation_from_json(conversation_to_json(step.conversation))
            assert self.now == step.conversation
            self.outputs = step.outputs
        return self

    def said(self) -> list[str]:
        return [output.wording for output in self.outputs if isinstance(output, Prompt)]

    def choices(self) -> list[str]:
        return [choice.id for output in self.outputs if isinstance(output, Prompt) for choice in output.choices]


def at_topics() -> Chat:
    return Chat().sees(Start("info"), Result("several", {"places": PLACES}), Tap("info/which/mare"))


def at_which(places: tuple[Offer, ...] = PLACES) -> Chat:
    return Chat().sees(Start("info"), Result("several", {"places": places}))


# ------------------------------------------------------------------------------------------------------- taps and walks


def test_a_start_walks_to_the_first_node_that_waits() -> None:
    chat = Chat().sees(Start("main"))

    assert (chat.now.at, chat.outputs) == (Standing("main", "menu"), (MENU,))


def test_an_option_that_leads_to_an_action_asks_the_host_and_rests() -> None:
    chat = Chat().sees(Start("main"), Tap("main/menu/info"))

    assert chat.now == Conversation("it", doing=Standing("info", "find"), turn=2, step=1)
    assert chat.outputs == (Call("find_places", NO_ANSWERS, 0),)


def test_each_outcome_of_an_action_has_its_own_way() -> None:
    one = Chat().sees(Start("info"), Result("one"))
    several = Chat().sees(Start("info"), Result("several", {"places": PLACES}))

    assert (one.now.at, several.now.at) == (Standing("info", "topics"), Standing("info", "which"))


def test_a_pick_offers_what_was_found_beside_its_fixed_options() -> None:
    chat = at_which()

    assert chat.outputs == (
        Prompt(
            "info/which",
            choices=(
                Choice("info/which/centro", "centro", PLACES[0].values, fixed=False),
                Choice("info/which/mare", "mare", PLACES[1].values, fixed=False),
                Choice("info/which/menu", "menu"),
            ),
        ),
    )


def test_a_picked_thing_is_known_by_its_id() -> None:
    assert at_topics().now.answers["place"] == "mare"


def test_consecutive_words_and_the_next_question_come_in_one_turn() -> None:
    chat = at_topics().sees(Tap("info/topics/hours"))

    assert chat.said() == ["info/hours", "info/closing", "info/topics"]


def test_a_place_is_said_with_the_offer_that_holds_it() -> None:
    location = Offer("mare", (("latitude", "45.1"), ("longitude", "9.2")))

    chat = Chat().sees(Start("info", {"location": location}), Result("one"), Tap("info/topics/map"))

    assert chat.outputs[0] == Prompt("info/map", (("location", location),), place=location)


def test_a_link_is_said_in_the_language_of_the_conversation() -> None:
    url = Localized((("it", "https://clinic.example/it"), ("en", "https://clinic.example/en")))

    chat = Chat(language="en").sees(Start("info", {"url": url}), Result("one"), Tap("info/topics/page"))

    assert [output.link for output in chat.outputs if isinstance(output, Prompt)] == ["https://clinic.example/en"]


def test_after_the_end_of_a_flow_nothing_is_asked() -> None:
    chat = Chat().sees(Start("info", {"url": "https://clinic.example"}), Result("one"), Tap("info/topics/page"))

    assert (chat.now.at, again(FLOWS, chat.now), offered(FLOWS, chat.now)) == (None, None, ())


def test_an_answer_that_is_known_already_is_not_asked() -> None:
    chat = Chat().sees(Start("info", {"place": "mare"}), Result("several", {"places": PLACES}))

    assert chat.now.at == Standing("info", "topics")


def test_an_answer_that_is_not_on_offer_is_asked() -> None:
    chat = Chat().sees(Start("info", {"place": "luna"}), Result("several", {"places": PLACES}))

    assert chat.now.at == Standing("info", "which")


def test_a_known_answer_is_checked_and_kept_in_its_own_type() -> None:
    chat = Chat().sees(Start("visit", {"day": "2026-11-24"}))

    assert chat.outputs == (Call("free_slots", MappingProxyType({"day": date(2026, 11, 24)}), 0),)


def test_a_known_answer_that_fails_its_check_is_asked() -> None:
    assert Chat().sees(Start("visit", {"day": "soon"})).now.at == Standing("visit", "day")


def test_an_option_that_sets_an_answer_to_nothing_has_it_asked_again() -> None:
    chat = at_topics().sees(Tap("info/topics/other"))

    assert (chat.now.at, "place" in chat.now.answers) == (Standing("info", "which"), False)


def test_what_an_answer_led_back_to_is_asked_again_within_the_turn() -> None:
    chat = Chat().sees(Start("visit"), Text("24/11/2026"), Result("none"))

    assert (chat.now.at, chat.said()) == (Standing("visit", "day"), ["visit/day"])


def test_two_actions_of_one_turn_have_two_numbers() -> None:
    twice = flow("twice", Do("a", "first", (("ok", Goto("b")),)), Do("b", "second", (("ok", END),)))

    chat = Chat({**FLOWS, "twice": twice}).sees(Start("twice"), Result("ok"))

    assert chat.outputs == (Call("second", NO_ANSWERS, 1),)


def test_coming_to_the_main_menu_forgets_what_was_known() -> None:
    chat = at_which().sees(Tap("info/which/menu"))

    assert chat.now == Conversation("it", at=Standing("main", "menu"), turn=2)


def test_the_answer_called_language_is_the_language_of_the_conversation() -> None:
    chat = Chat().sees(Start("language"), Tap("language/which/en"))

    assert (chat.now.language, chat.said()) == ("en", ["language/done", "main/menu"])


# ------------------------------------------------------------------------------------------------- pages of found things


def test_more_things_than_rows_are_paged() -> None:
    chat = at_which(MANY)

    assert chat.choices() == [
        *(f"info/which/p{number}" for number in range(1, 9)),
        "info/which/more/1",
        "info/which/menu",
    ]


def test_more_leads_through_all_pages_and_ends() -> None:
    chat = at_which(MANY).sees(Tap("info/which/more/1"), Tap("info/which/more/2"))

    assert chat.choices() == [*(f"info/which/p{number}" for number in range(17, 21)), "info/which/menu"]


def test_a_plain_more_is_the_next_page() -> None:
    assert at_which(MANY).sees(Tap("info/which/more")).now.at == Standing("info", "which", page=1)


def test_tapping_the_same_more_twice_shows_the_same_page() -> None:
    chat = at_which(MANY).sees(Tap("info/which/more/1"), Tap("info/which/more/1"))

    assert chat.now.at == Standing("info", "which", page=1)


@pytest.mark.parametrize("tapped", ["more/9", "more/-1", "more/x", "more/", "more/99999999999999"])
def test_a_page_that_does_not_exist_shows_where_we_are(tapped: str) -> None:
    chat = at_which(MANY).sees(Tap(f"info/which/{tapped}"))

    assert chat.said() in (["desk/old_tap", "info/which"], ["info/which"])


def test_a_thing_of_an_earlier_page_can_still_be_tapped() -> None:
    chat = at_which(MANY).sees(Tap("info/which/more/1"), Tap("info/which/p3"))

    assert chat.now.answers["place"] == "p3"


def test_ten_things_and_no_more_fit_without_paging() -> None:
    plain = flow("plain", Do("find", "x", (("ok", Goto("which")),)), Pick("which", "found", "one", END))

    chat = Chat({**FLOWS, "plain": plain}).sees(Start("plain"), Result("ok", {"found": MANY[:10]}))

    assert chat.choices() == [f"plain/which/p{number}" for number in range(1, 11)]


def test_a_pick_that_found_nothing_says_so_and_offers_its_options() -> None:
    chat = at_which(())

    assert chat.outputs == (Prompt("desk/nothing_found", choices=(Choice("info/which/menu", "menu"),)),)


def test_a_pick_that_found_nothing_and_offers_nothing_leads_to_the_main_menu() -> None:
    plain = flow("plain", Pick("which", "found", "one", END))

    chat = Chat({**FLOWS, "plain": plain}).sees(Start("plain"))

    assert chat.outputs == (Prompt("desk/nothing_found"), MENU)


# --------------------------------------------------------------------------------------------- words instead of a pick


TYPED = flow(
    "typed",
    Do("find", "find_days", (("ok", Goto("which")),)),
    Pick("which", "days", "day", Goto("bye"), (way("menu", to_flow="main"),), typed=Typed("date", "said", Goto("bye"))),
    Say("bye", END),
)


def at_days() -> Chat:
    days = (Offer("2026-11-23", (("name", "23/11/2026"),)), Offer("2026-11-24"))
    return Chat({**FLOWS, "typed": TYPED}).sees(Start("typed"), Result("ok", {"days": days}))


def test_words_that_pass_the_check_of_a_pick_are_its_answer() -> None:
    chat = at_days().sees(Text("12/05/2026"))

    assert (chat.now.answers["said"], chat.said()) == (date(2026, 5, 12), ["typed/bye"])


def test_a_title_is_a_choice_before_it_is_an_answer() -> None:
    chat = at_days().sees(Text("23/11/2026"))

    assert (chat.now.answers.get("day"), chat.now.answers.get("said")) == ("2026-11-23", None)


def test_words_that_do_not_pass_the_check_of_a_pick_are_the_hosts() -> None:
    chat = at_days().sees(Text("un giorno qualunque"))

    assert (chat.outputs, chat.now.misses) == ((Unmatched("un giorno qualunque"),), 1)


@pytest.mark.parametrize(("words", "leads"), [("ciao", "main/menu"), ("operatore", "person/who")])
def test_words_that_always_work_work_where_words_may_be_typed(words: str, leads: str) -> None:
    assert at_days().sees(Text(words)).said() == [leads]


def test_another_flows_word_is_heard_if_it_is_no_answer() -> None:
    assert at_days().sees(Text("orari")).outputs == (Call("find_places", NO_ANSWERS, 0),)


def test_a_found_thing_that_has_the_id_of_an_option_or_of_another_thing_is_offered_once() -> None:
    twice = (Offer("mare"), Offer("menu"), Offer("mare", (("name", "Mare"),)))

    assert at_which(twice).choices() == ["info/which/mare", "info/which/menu"]


def test_what_a_flow_picked_from_does_not_travel_to_another_flow() -> None:
    away = replace(INFO, nodes={**INFO.nodes, "closing": Say("closing", Goto(flow="person"))})

    chat = Chat({**FLOWS, "info": away}).sees(Start("info"), Result("several", {"places": PLACES, "name": "Mare"}))
    chat.sees(Tap("info/which/mare"), Tap("info/topics/hours"))

    assert chat.now.answers == {"name": "Mare", "place": "mare"}


# --------------------------------------------------------------------------------------------------------------- old taps


def test_a_tap_on_an_old_menu_shows_where_we_are() -> None:
    chat = at_topics().sees(Tap("info/which/centro"))

    assert (chat.now.at, chat.said()) == (Standing("info", "topics"), ["desk/old_tap", "info/topics"])


def test_a_tap_on_an_old_main_menu_starts_that_flow() -> None:
    chat = at_topics().sees(Tap("main/menu/visit"))

    assert (chat.now.at, chat.now.answers) == (Standing("visit", "day"), NO_ANSWERS)


@pytest.mark.parametrize("tapped", ["", "/", "info", "info/topics", "info/topics/nothing", "@survey/7", "a/b/c/d/e"])
def test_a_tap_that_was_never_offered_shows_where_we_are(tapped: str) -> None:
    chat = at_topics().sees(Tap(tapped))

    assert (chat.now.at, chat.said()) == (Standing("info", "topics"), ["desk/old_tap", "info/topics"])


def test_an_old_tap_while_nothing_is_asked_shows_the_main_menu() -> None:
    chat = Chat().sees(Tap("info/topics/hours"))

    assert chat.outputs == (Prompt("desk/old_tap"), MENU)


# ------------------------------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize("body", ["2", "2.", " 2) ", "due", "2️⃣", "Two!", "mare", "MARE", "Máre."])
def test_a_title_or_number_typed_by_hand_is_that_choice(body: str) -> None:
    assert at_which().sees(Text(body)).now.answers.get("place") == "mare"


@pytest.mark.parametrize("body", ["0", "4", "99999999", "2 3", "mare o centro?"])
def test_a_number_or_words_that_are_not_on_offer_match_nothing(body: str) -> None:
    assert at_which().sees(Text(body)).outputs == (Unmatched(body),)


def test_a_title_two_choices_share_is_neither() -> None:
    twins = (Offer("a", (("name", "Rossi"),)), Offer("b", (("name", "rossi"),)))

    assert at_which(twins).sees(Text("Rossi")).outputs == (Unmatched("Rossi"),)


def test_a_number_on_the_second_page_counts_what_is_shown_there() -> None:
    chat = at_which(MANY).sees(Tap("info/which/more/1"), Text("1"))

    assert chat.now.answers["place"] == "p9"


@pytest.mark.parametrize("body", ["orari", "ORARI!", "Dove siete", "  dove siete ?? "])
def test_a_keyword_starts_its_flow(body: str) -> None:
    assert Chat().sees(Start("main"), Text(body)).outputs == (Call("find_places", NO_ANSWERS, 0),)


def test_a_keyword_inside_a_sentence_is_left_to_the_classifier() -> None:
    chat = Chat().sees(Start("main"), Text("mi manda gli orari?"))

    assert (chat.outputs, chat.now.misses) == ((Unmatched("mi manda gli orari?"),), 1)


@pytest.mark.parametrize("body", ["", "   ", "👍", "…", "مرحبا", "\u202e", "x" * 4096, "\ud83d"])
def test_any_words_lead_somewhere(body: str) -> None:
    chat = Chat().sees(Start("main"), Text(body))

    assert chat.outputs == (Unmatched(body),)


def test_what_is_understood_ends_the_row_of_misses() -> None:
    chat = Chat().sees(Start("main"), Text("boh"), Text("mah"), Text("orari"))

    assert chat.now.misses == 0


def test_an_ask_takes_what_its_check_accepts() -> None:
    chat = Chat().sees(Start("visit"), Text("24/11/2026"))

    assert chat.now.answers == {"day": date(2026, 11, 24)}


def test_an_ask_asks_again_what_its_check_refuses() -> None:
    chat = Chat().sees(Start("visit"), Text("domani"))

    assert (chat.now.at, chat.said()) == (Standing("visit", "day"), ["desk/not_valid", "visit/day"])


@pytest.mark.parametrize(("body", "at"), [("menu", "main"), ("lingua", "language"), ("operatore", "person")])
def test_words_that_always_work_are_heard_at_an_ask(body: str, at: str) -> None:
    standing = Chat().sees(Start("person"), Tap("person/who/front"), Text(body)).now.at

    assert standing is not None and standing.flow == at


def test_another_flows_keyword_is_an_answer_at_an_ask() -> None:
    chat = Chat().sees(Start("person"), Tap("person/who/front"), Text("orari"))

    assert chat.now.answers["subject"] == "orari"


def test_a_number_at_an_ask_is_an_answer_not_a_choice() -> None:
    chat = Chat().sees(Start("person"), Tap("person/who/front"), Text("1"))

    assert chat.now.answers["subject"] == "1"


def test_an_options_title_at_an_ask_is_that_option() -> None:
    chat = Chat().sees(Start("person"), Tap("person/who/front"), Text("Skip"))

    assert (chat.said(), "subject" in chat.now.answers) == (["person/thanks"], False)


@pytest.mark.parametrize("kind", ["image", "sticker", "location", "unsupported", "", "🤷"])
def test_what_cannot_be_read_is_said_so_and_asked_again(kind: str) -> None:
    assert at_topics().sees(Other(kind)).said() == ["desk/cannot_read", "info/topics"]


def test_a_voice_note_has_its_own_answer() -> None:
    assert at_topics().sees(Other("audio")).said() == ["desk/voice", "info/topics"]


# ------------------------------------------------------------------------------------------------------- bringing a person


def test_a_handoff_brings_the_team_that_was_chosen_and_goes_on_asking() -> None:
    chat = Chat().sees(Start("person"), Tap("person/who/bills"))

    assert chat.outputs[0] == Human("billing", "asked")
    assert (chat.said(), chat.now.at) == (["person/bring", "person/subject"], Standing("person", "subject"))


def test_a_handoff_without_a_known_team_leaves_the_team_to_the_host() -> None:
    now = flow("now", Handoff("bring", "@team", "unclear"))

    assert Chat({**FLOWS, "now": now}).sees(Start("now")).outputs == (Human("", "unclear"), Prompt("now/bring"))


@pytest.mark.parametrize("body", ["voglio parlare con una persona", "I want to talk to a human please"])
@pytest.mark.parametrize("place", ["main", "visit", "language", "day"])
def test_the_wish_for_a_person_is_heard_in_any_sentence_anywhere(body: str, place: str) -> None:
    standing = Chat().sees(Start(place), Text(body)).now.at

    assert standing is not None and standing.flow == "person"


def test_the_wish_for_a_person_is_heard_while_an_action_runs() -> None:
    chat = Chat().sees(Start("info"), Text("voglio parlare con una persona"))

    assert (chat.now.doing, chat.now.at) == (None, Standing("person", "who"))


def test_the_wish_for_a_person_is_an_answer_where_the_person_flow_asks_for_words() -> None:
    body = "vorrei parlare con la segreteria"

    chat = Chat().sees(Start("person"), Tap("person/who/front"), Text(body))

    assert chat.now.answers["subject"] == body


def test_a_conversation_put_to_rest_asks_nothing() -> None:
    resting = at_rest(Chat().sees(Start("info")).now)

    assert (resting.at, resting.doing, resting.asides, again(FLOWS, resting)) == (None, None, (), None)


# ----------------------------------------------------------------------------------------------------------------- asides


def test_an_aside_ends_where_the_person_stood() -> None:
    before = at_topics()

    after = Chat()
    after.now = before.now
    after.sees(Aside("day", {"code": "A7"}), Tap("day/ok/yes"))

    assert after.said() == ["day/thanks", "info/topics"]
    assert replace(after.now, turn=0, passed=()) == replace(before.now, turn=0, passed=())


def test_an_aside_within_an_aside_comes_back_step_by_step() -> None:
    chat = at_topics().sees(Aside("day"), Aside("day"), Tap("day/ok/yes"))

    assert (chat.now.at, len(chat.now.asides)) == (Standing("day", "ok"), 1)


def test_an_aside_while_nothing_is_asked_just_ends() -> None:
    chat = Chat().sees(Aside("day"), Tap("day/ok/yes"))

    assert (chat.now.at, chat.said()) == (None, ["day/thanks"])


def test_a_handoff_within_an_aside_does_not_go_back() -> None:
    chat = at_topics().sees(Aside("day"), Tap("day/ok/no"), Tap("person/who/front"), Tap("person/subject/skip"))

    assert (chat.now.at, chat.said()) == (None, ["person/thanks"])


# ------------------------------------------------------------------------------------------------- flows that have changed


def test_a_person_in_a_renamed_node_is_carried_over() -> None:
    renamed = replace(INFO, nodes={**INFO.nodes, "subjects": replace(INFO.nodes["topics"], id="subjects")})
    nodes = {name: node for name, node in renamed.nodes.items() if name != "topics"}
    today = {**FLOWS, "info": replace(renamed, nodes=nodes, renamed={"topics": "subjects"})}
    chat = at_topics()
    chat.flows = today

    chat.sees(Tap("info/topics/other"))

    assert chat.now.at == Standing("info", "which")


def test_a_person_in_a_node_that_is_gone_is_shown_the_main_menu() -> None:
    chat = at_topics()
    chat.flows = {**FLOWS, "info": flow("info", Say("closed", END))}

    chat.sees(Text("2"))

    assert chat.outputs == (Prompt("desk/old_tap"), MENU)


def test_a_result_for_an_action_that_is_gone_leads_to_the_main_menu() -> None:
    chat = Chat().sees(Start("info"))
    chat.flows = {**FLOWS, "info": flow("info", Say("closed", END))}

    chat.sees(Result("one"))

    assert (chat.now.doing, chat.outputs) == (None, (MENU,))


def test_renamed_nodes_that_turn_in_a_circle_lead_to_the_main_menu() -> None:
    chat = at_topics()
    chat.flows = {**FLOWS, "info": flow("info", Say("closed", END), renamed={"topics": "a", "a": "topics"})}

    assert chat.sees(Tap("info/topics/hours")).outputs == (Prompt("desk/old_tap"), MENU)


def test_a_flow_that_does_not_exist_starts_the_main_menu() -> None:
    assert Chat().sees(Start("gone")).outputs == (MENU,)


# ------------------------------------------------------------------------------------------------ what a host must not do


@pytest.mark.parametrize("event", [Tap("main/menu/info"), Text("orari"), Other("image"), Aside("day")])
def test_while_an_action_runs_other_events_change_nothing(event: Event) -> None:
    busy = Chat().sees(Start("info")).now

    assert advance(FLOWS, CHECKS, busy, event, titles) == Step(busy)


def test_a_result_that_nobody_waits_for_changes_nothing() -> None:
    standing = at_topics().now

    assert advance(FLOWS, CHECKS, standing, Result("one")) == Step(standing)


def test_an_outcome_the_flow_does_not_name_changes_nothing() -> None:
    busy = Chat().sees(Start("info")).now

    assert advance(FLOWS, CHECKS, busy, Result("exploded")) == Step(busy)


def test_a_flow_that_never_waits_is_stopped() -> None:
    spinning = {**FLOWS, "spin": flow("spin", Say("a", Goto("b")), Say("b", Goto("a")))}

    with pytest.raises(FlowLoop):
        advance(spinning, CHECKS, Conversation("it"), Start("spin"))


def test_a_flow_that_never_stops_calling_is_stopped() -> None:
    spinning = {**FLOWS, "spin": flow("spin", Do("a", "x", (("ok", Goto("a")),)))}
    chat = Chat(spinning).sees(Start("spin"))

    with pytest.raises(FlowLoop):
        chat.sees(*[Result("ok")] * 60)


def test_with_no_flows_at_all_every_event_still_leads_somewhere() -> None:
    for event in (Start("a"), Aside("a"), Tap("a/b/c"), Text("ciao"), Other("image"), Result("ok")):
        assert isinstance(advance({}, {}, Conversation("it"), event), Step)


# -------------------------------------------------------------------------------------------------- any event, any state


NAMES = st.sampled_from(["menu", "a", "b", "c", "d"])
FLOW_NAMES = st.sampled_from(["main", "person", "x"])
GOTOS = st.one_of(
    st.just(END),
    NAMES.map(lambda node: Goto(node)),
    FLOW_NAMES.map(lambda name: Goto(flow=name)),
    st.just(Goto("gone")),
)
OPTIONS = st.lists(
    st.builds(
        Option, st.sampled_from(["o1", "o2", "skip"]), GOTOS, st.sampled_from([(), (("v", "k1"),), (("v", ""),)])
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda option: option.id,
).map(tuple)
KINDS = st.one_of(
    st.builds(Menu, NAMES, OPTIONS),
    st.builds(Pick, NAMES, st.just("found"), st.just("v"), GOTOS, st.one_of(st.just(()), OPTIONS)),
    st.builds(Ask, NAMES, st.just("v"), st.sampled_from(["words", "date", "gone"]), GOTOS, OPTIONS),
    st.builds(Say, NAMES, GOTOS, st.sampled_from([None, "v"]), st.sampled_from([None, "v"])),
    st.builds(Do, NAMES, st.just("act"), st.tuples(st.tuples(st.just("ok"), GOTOS), st.tuples(st.just("no"), GOTOS))),
    st.builds(Handoff, NAMES, st.sampled_from(["@v", "desk"]), st.just("asked"), GOTOS),
)


@st.composite
def any_flows(draw: st.DrawFn) -> Flows:
    made = {}
    for name in draw(st.lists(FLOW_NAMES, min_size=1, unique=True)):
        nodes = draw(st.lists(KINDS, min_size=1, max_size=5, unique_by=lambda node: node.id))
        made[name] = flow(name, *nodes, keywords=(name,), renamed={"gone": nodes[0].id})
    return made


VALUES = st.recursive(
    st.one_of(
        st.sampled_from(["k1", "k2", "", "2026-11-23"]),
        st.text(max_size=8),
        st.integers(),
        st.booleans(),
        st.dates(),
        st.times(),
        st.times(timezones=st.just(UTC)),
        st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))])),
        st.datetimes(timezones=st.sampled_from([ZoneInfo("Europe/Rome"), ZoneInfo("America/New_York")])),
        st.datetimes(),
        st.builds(
            Localized, st.lists(st.tuples(st.sampled_from(["it", "en"]), st.text(max_size=5)), max_size=2).map(tuple)
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.builds(
            Offer, st.sampled_from(["k1", "k2", "a/b"]), st.lists(st.tuples(NAMES, inner), max_size=2).map(tuple)
        ),
    ),
    max_leaves=5,
)
ANSWERS = st.dictionaries(st.sampled_from(["v", "found", "language", "team"]), VALUES, max_size=3)
EVENTS = st.one_of(
    st.builds(Start, FLOW_NAMES, ANSWERS),
    st.builds(Aside, FLOW_NAMES, ANSWERS),
    st.builds(Tap, st.tuples(FLOW_NAMES, NAMES, st.sampled_from(["o1", "o2", "k1", "more", "more/1"])).map("/".join)),
    st.builds(Tap, st.text(max_size=12)),
    st.builds(Text, st.one_of(st.sampled_from(["1", "2", "main", "person", "k1", "24/11/2026"]), st.text(max_size=12))),
    st.builds(Other, st.sampled_from(["audio", "image"])),
    st.builds(Result, st.sampled_from(["ok", "no", "huh"]), ANSWERS),
)


@settings(max_examples=300, deadline=None)
@given(any_flows(), st.lists(EVENTS, max_size=12))
def test_any_events_through_any_flows_end_in_a_place_that_can_be_stored(flows: Flows, events: list[Event]) -> None:
    conversation = Conversation("it")
    loops = bool(endless(flows))

    for event in events:
        try:
            step = advance(flows, CHECKS, conversation, event, titles)
        except FlowLoop:
            assert loops, "the checker must find every flow that never waits"
            continue
        prompts = tuple(output for output in step.outputs if isinstance(output, Prompt))
        stored = (conversation_to_json(step.conversation), prompts_to_json(prompts))
        conversation = conversation_from_json(stored[0])
        assert (conversation, prompts_from_json(stored[1])) == (step.conversation, prompts)
        assert (step.conversation.at is None) or (step.conversation.doing is None)
        assert advance(flows, CHECKS, conversation, Result("never")).conversation == conversation or conversation.doing


def _random_event(dice: random.Random, conversation: Conversation, flows: Flows) -> Event:
    choices = offered(flows, conversation)
    taps: list[Event] = [Tap(choice.id) for choice in choices] or [Tap("main/menu/info")]
    flow_id = dice.choice(sorted(flows))
    node = dice.choice(sorted(flows[flow_id].nodes))
    others: list[Event] = [
        Tap(f"{flow_id}/{node}/menu"),
        Tap(f"main/menu/{flow_id}"),
        Text(str(dice.randint(0, 11))),
        Text(dice.choice(["menu", "orari", "boh", "", "23/11/2026", "operatore"])),
        Other(dice.choice(["audio", "image"])),
        Start(flow_id),
        Aside(flow_id),
    ]
    return dice.choice(taps) if dice.random() < 0.7 else dice.choice(others)


def _random_result(dice: random.Random, conversation: Conversation, flows: Flows) -> Result:
    doing = conversation.doing
    assert doing is not None
    node = flows[doing.flow].nodes[doing.node]
    assert isinstance(node, Do)
    found = tuple(Offer(f"f{number}") for number in range(dice.randint(0, 25)))
    return Result(dice.choice(node.outcomes)[0], dict.fromkeys(_all_sources(flows), found))


def _all_sources(flows: Flows) -> set[str]:
    return {pick.source for each in flows.values() for pick in each.nodes.values() if isinstance(pick, Pick)}


@pytest.mark.parametrize("flows", [FLOWS, load_flows(FLOWS_OF_THE_HOUSE)], ids=["small", "of the house"])
def test_a_walk_at_random_is_never_silent_and_never_offers_more_than_ten_rows(flows: Flows) -> None:
    dice = random.Random(20261122)
    conversation = Conversation("it")

    for _ in range(5000):
        busy = conversation.doing is not None
        event = _random_result(dice, conversation, flows) if busy else _random_event(dice, conversation, flows)
        step = advance(flows, CHECKS, conversation, event, titles)
        conversation = conversation_from_json(conversation_to_json(step.conversation))

        assert conversation == step.conversation
        assert step.outputs or busy  # what an action ends without a word is the host's: it shows the main menu
        assert len(offered(flows, conversation)) <= 10


def _settled(flows: Flows, step: Step) -> Iterator[Step]:
    """Give every step that may come of it, whatever the outcomes of its actions."""
    doing = step.conversation.doing
    if doing is None:
        yield step
        return
    node = flows[doing.flow].nodes[doing.node]
    assert isinstance(node, Do)
    for outcome, _ in node.outcomes:
        found = dict.fromkeys(_all_sources(flows), MANY)
        after = advance(flows, CHECKS, step.conversation, Result(outcome, found))
        yield from _settled(flows, replace(after, outputs=(*step.outputs, *after.outputs)))


def _brings_a_person(flows: Flows, conversation: Conversation, taps: int) -> bool:
    """Say whether a person can be had within so many taps, whatever the outcomes of the actions on the way."""
    if taps == 0:
        return False
    return any(
        all(
            any(isinstance(output, Human) for output in settled.outputs)
            or _brings_a_person(flows, settled.conversation, taps - 1)
            for settled in _settled(flows, advance(flows, CHECKS, conversation, Tap(choice.id)))
        )
        for choice in offered(flows, conversation)
        if choice.fixed or choice.option == offered(flows, conversation)[0].option
    )


def test_the_engine_itself_brings_a_person_within_two_taps_from_wherever_one_walks() -> None:
    flows = load_flows(FLOWS_OF_THE_HOUSE)
    served = after_handoff(flows)
    dice = random.Random(7)
    conversation = Conversation("it")
    seen: set[tuple[str, str]] = set()

    for _ in range(20_000):
        busy = conversation.doing is not None
        event = _random_result(dice, conversation, flows) if busy else _random_event(dice, conversation, flows)
        conversation = advance(flows, CHECKS, conversation, event, titles).conversation
        at = conversation.at
        if at is None or (at.flow, at.node) in seen | served or not _all_picks_found(conversation):
            continue
        seen.add((at.flow, at.node))
        assert _brings_a_person(flows, conversation, 2), at

    waiting = {place for place, node in places(flows).items() if waits(node)} - served
    rarely_met = {place: _standing_at(flows, place) for place in waiting - seen}
    assert seen <= waiting
    assert [place for place, there in rarely_met.items() if not _brings_a_person(flows, there, 2)] == []


def _standing_at(flows: Flows, place: tuple[str, str]) -> Conversation:
    """Return somebody who stands at a place that walks at random seldom come to."""
    return Conversation("it", at=Standing(*place), answers=dict.fromkeys(_all_sources(flows), MANY))


def _all_picks_found(conversation: Conversation) -> bool:
    """Say whether there is something on offer beside the fixed options: a real action has an outcome for the rest."""
    found = [value for value in conversation.answers.values() if isinstance(value, tuple)]
    return all(found)


# ----------------------------------------------------------------------------------------------------------------- stored


def test_every_value_is_read_back_exactly_as_it_was() -> None:
    rome = ZoneInfo("Europe/Rome")
    answers: Answers = {
        "yes": True,
        "one": 1,
        "word": "è “così” \u2028\ud83d",
        "day": date(2026, 11, 23),
        "hour": time(10, 30, fold=1),
        "instant": datetime(2026, 10, 25, 2, 30, tzinfo=rome, fold=1),
        "utc": datetime(2026, 1, 1, tzinfo=UTC),
        "words": Localized((("it", "Sì"), ("en", "Yes"))),
        "found": (Offer("a/b", (("at", time(8)), ("in", (Offer("c"), ())))),),
        "nothing": (),
    }

    read = answers_from_json(answers_to_json(answers))

    assert read == answers
    assert [type(value) for value in read.values()] == [type(value) for value in answers.values()]
    instant = read["instant"]
    assert isinstance(instant, datetime) and (instant.tzinfo, instant.fold) == (rome, 1)


def test_a_whole_conversation_is_read_back_as_it_was() -> None:
    conversation = Conversation(
        "en",
        at=Standing("info", "which", 2),
        doing=Standing("info", "find"),
        answers={"place": "mare"},
        asides=(Paused(Standing("visit", "day"), {"day": date(2026, 11, 23)}),),
        passed=("info/which",),
        turn=7,
        step=2,
        misses=1,
    )

    assert conversation_from_json(conversation_to_json(conversation)) == conversation


@pytest.mark.parametrize("text", ['{"v":2}', '{"v":null}', "{}", "[]", "", "null", "{", '{"v":1}', "[" * 100_000])
def test_text_of_another_version_or_damaged_text_is_refused_without_telling_what_it_held(text: str) -> None:
    for read in (conversation_from_json, prompts_from_json, answers_from_json):
        with pytest.raises(StoredError, match="this release reads version 1") as told:
            read(text)
        assert told.value.__context__ is None


def test_what_a_person_gave_is_in_no_repr() -> None:
    chat = Chat().sees(Start("person"), Tap("person/who/front"), Text("canary words"))
    events = (Start("a", chat.now.answers), Aside("a", chat.now.answers), Result("a", chat.now.answers))
    paused = Paused(Standing("a", "b"), chat.now.answers)

    shown = repr((chat.now, chat.outputs, events, paused, Call("a", chat.now.answers, 0), Text("canary")))

    assert "canary" not in shown


def test_what_is_no_value_is_not_stored() -> None:
    wrong: dict[str, Value] = {"x": object()}  # type: ignore[dict-item]

    with pytest.raises(TypeError, match="object is no Value"):
        answers_to_json(wrong)
