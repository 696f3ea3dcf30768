"""Danger is recognised and identifiers are cut, in every text, whatever it looks like."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety import Alert, Screened, screen
from bot.safety.__main__ import main
from bot.safety.danger import DANGER, DESPAIR
from bot.safety.danger_learning import LABELLED, tables, written
from bot.safety.danger_learning import labelled as told_in
from bot.safety.identifiers import MARK, cut_identifiers, find_identifiers
from bot.safety.weighing import table_of

DATA = Path(__file__).parent / "data"
TEMPLATES = Path(__file__).parent.parent / "templates"
MESSAGE = 4096  # the longest text WhatsApp delivers
HOSTILE = [
    "1" * MESSAGE,
    "1 " * 2048,
    "4532015112830366 " * 240,
    "1234567-" * 512,
    "IT60 " * 819,
    "R-S-S-M-R-A-8-5-T-1-0-A-5-6-2-" * 136,
    "password: " * 409,
    "password " + "la " * 1360,
    "x is my " * 512,
    "nhs 1234567890 " * 273,
    "carta di credito " + "4 " * 2039,
    "dolore petto " * 315,
    "non," * 1024,
    "ho dolore, anni fa, " * 204,
    "non ho dolore al petto ma voglio morire " * 102,
    "a" + "\u0301" * 4095,
    "\ufdfa" * MESSAGE,
    "." * MESSAGE,
]


def labelled(name: str) -> Iterator[tuple[str, str, str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, label, text = line.split("\t")
            yield first, label, text


def recognised(text: str) -> str:
    return screen(text).alert or "none"


# -------------------------------------------------------------------------------------------------------------- danger


@pytest.mark.parametrize("alert", ["emergency", "distress"])
def test_no_labelled_danger_is_missed(alert: str) -> None:
    lines = [text for _, label, text in labelled("emergencies.tsv") if label == alert]

    missed = [text for text in lines if recognised(text) != alert]

    assert missed == []


def test_a_weak_sign_gets_its_soft_line() -> None:
    lines = [text for _, label, text in labelled("emergencies.tsv") if label == "soft"]

    others = [text for text in lines if recognised(text) != "soft"]

    assert others == []


def test_ordinary_lines_with_alarming_words_raise_hardly_any_alarm() -> None:
    lines = [text for _, label, text in labelled("emergencies.tsv") if label == "none"]

    alarms = [text for text in lines if recognised(text) != "none"]

    assert len(alarms) <= len(lines) * 0.05, alarms


TOLD = [
    tuple(line.split("\t")) for line in (DATA / "danger.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"
]


def found_of(language: str, how: str) -> float:
    lines = [text for spoken, _, told, text in TOLD if (spoken, told) == (language, how)]
    return sum(recognised(text) in ("emergency", "distress") for text in lines) / len(lines)


@pytest.mark.parametrize("language", ["it", "en", "es"])
def test_whatever_is_told_outright_is_found(language: str) -> None:
    assert found_of(language, "explicit") == 1.0


@pytest.mark.parametrize("language", ["it", "en", "es"])
def test_nearly_all_that_is_hinted_at_is_found(language: str) -> None:
    assert found_of(language, "indirect") >= 0.95


@pytest.mark.parametrize("language", ["it", "en", "es"])
def test_what_is_old_denied_a_joke_or_the_clinics_business_rings_no_alarm(language: str) -> None:
    assert found_of(language, "-") <= 0.05


def test_danger_never_learned_from_is_found() -> None:
    lines = [line.split("\t") for line in (DATA / "unseen.tsv").read_text(encoding="utf-8").splitlines()[1:]]

    missed = [text for _, danger, text in lines if danger == "1" and not is_alarming(text)]
    alarms = [text for _, danger, text in lines if danger == "0" and is_alarming(text)]

    assert (len(missed) <= 3, missed) == (True, missed)
    assert (len(alarms) <= 2, alarms) == (True, alarms)


def is_alarming(text: str) -> bool:
    return recognised(text) in ("emergency", "distress")


def test_no_title_of_our_own_rings() -> None:
    files = [yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in TEMPLATES.glob("??/*.yaml")]
    titles = {text for told in files for entry in told.values() for text in texts_of(entry, "options")}

    ringing = [title for title in titles if recognised(title) != "none"]

    assert (len(titles) > 100, ringing) == (True, [])


def texts_of(entry: object, key: str = "") -> Iterator[str]:
    """Yield every text below a key."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for name, below in entry.items():
            if not key or name == key:
                yield from texts_of(below)


def test_the_tables_are_what_the_sentences_make() -> None:
    told = [line for name in LABELLED for line in told_in(name)]

    danger, despair = tables([*told, *written()])

    assert (danger, despair) == (dict(table_of(DANGER)), dict(table_of(DESPAIR)))


def test_no_ordinary_message_that_once_rang_rings_again() -> None:
    told = (DATA / "danger.tsv").read_text(encoding="utf-8")
    lines = told.split("# ordinary messages that once rang")[1].splitlines()[1:]

    alarms = [line for line in lines if recognised(line.split("\t")[3]) in ("emergency", "distress")]

    assert (len(lines) >= 24, alarms) == (True, [])


def test_despair_is_rarely_taken_for_another_danger() -> None:
    lines = [text for _, alert, _, text in TOLD if alert == "distress"]

    taken = [text for text in lines if recognised(text) == "emergency"]

    assert len(taken) <= len(lines) * 0.1, taken


def test_each_language_has_lines_enough_to_mean_something() -> None:
    counted = {language: sum(line[0] == language for line in TOLD) for language in ("it", "en", "es")}

    assert min(counted.values()) >= 300


MIXED = [
    "help mio padre non respira",
    "ayuda my dad collapsed",
    "aiuto he's gone all blue",
    "my mamma non si sveglia",
    "nn respirooooo",
    "NO PUEDO RESPIRAR",
    "cant breeeathe",
    "me duele el pechooo",
]


@pytest.mark.parametrize("text", MIXED)
def test_danger_is_found_in_two_languages_at_once_and_however_it_is_typed(text: str) -> None:
    assert screen(text).alert is Alert.EMERGENCY


ODD = [
    "\U0001f600" * 5000,
    "\u202e" + "abc " * 2500,
    "\u200b" * 10_000,
    "\u05d0\u05d1 " * 3000,
    "no puedo " * 1100,
    "ho sangue e febbre e dolore " * 350,
    "\x00\ud800" * 5000,
    "help " * 2000,
    "a_b+c|d&e<>f!g*=h " * 550,
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_of_ten_thousand_signs_are_screened(text: str) -> None:
    assert isinstance(screen(text), Screened)


def test_the_set_is_large_enough_to_mean_something() -> None:
    lines = list(labelled("emergencies.tsv"))

    assert len(lines) >= 120
    assert {language for language, _, _ in lines} == {"it", "en"}


@pytest.mark.parametrize(
    ("text", "alert"),
    [
        ("NON RIESCO A RESPIRARE!!!", Alert.EMERGENCY),
        ("Non   riesco\na respirare", Alert.EMERGENCY),
        ("i can’t breathe", Alert.EMERGENCY),
        ("dolooore al pettooo", Alert.EMERGENCY),
        ("ｄｏｌｏｒｅ al petto", Alert.EMERGENCY),
        ("do\u200blore al petto", Alert.EMERGENCY),
        ("Buongiorno. Scusi il disturbo. Mio padre non respira.", Alert.EMERGENCY),
        ("voglio morire, non ce la faccio più", Alert.DISTRESS),
    ],
)
def test_danger_is_recognised_however_it_is_typed(text: str, alert: Alert) -> None:
    assert screen(text).alert is alert


def test_danger_at_the_end_of_a_very_long_text_is_recognised() -> None:
    text = "vorrei spostare la visita " * 2000 + "mio padre non respira"

    assert screen(text).alert is Alert.EMERGENCY


def test_a_denial_does_not_reach_what_is_said_next() -> None:
    assert screen("non ho febbre ho dolore al petto").alert is Alert.EMERGENCY


def test_an_old_illness_does_not_hide_a_new_one() -> None:
    assert screen("Nel 2015 ho avuto un infarto. Ho dolore al petto").alert is Alert.EMERGENCY


def test_a_red_flag_comes_before_talk_of_suicide() -> None:
    assert screen("voglio morire, ho preso troppe pastiglie").alert is Alert.EMERGENCY


# --------------------------------------------------------------------------------------------------------- identifiers


def test_every_labelled_identifier_is_cut() -> None:
    lines = [(kind, text) for kind, label, text in labelled("identifiers.tsv") if label == "1"]

    missed = [text for kind, text in lines if kind not in screen(text).cut]

    assert missed == []


def test_dates_times_phones_amounts_and_codes_stay() -> None:
    lines = [text for _, label, text in labelled("identifiers.tsv") if label == "0"]

    changed = [text for text in lines if screen(text) != Screened(text, screen(text).alert)]

    assert changed == []


def test_the_identifier_set_is_large_enough() -> None:
    assert len(list(labelled("identifiers.tsv"))) >= 80


def test_an_identifier_is_replaced_by_a_mark_and_the_rest_stays() -> None:
    screened = screen("Pago con la carta 4532 0151 1283 0366, alle 10:30?")

    assert screened == Screened("Pago con la carta [•••], alle 10:30?", None, ("card",))


def test_an_identifier_split_over_lines_is_found() -> None:
    assert screen("carta\n4532\n0151\n1283\n0366").words == "carta\n[•••]"


def test_several_kinds_are_named_in_order() -> None:
    screened = screen("IBAN DE12 3704 0044 0532 0130 01 pin 4821")

    assert screened.cut == ("iban", "pin")


def test_digits_of_other_scripts_are_digits() -> None:
    assert screen("carta ４５３２０１５１１２８３０３６６").words == "carta [•••]"


def test_a_date_beside_a_phone_number_is_no_card() -> None:
    text = "venerdì 13.11.2026 10.30 oppure 3331234567"

    assert screen(text).words == text


def test_nothing_readable_is_nothing_screened() -> None:
    assert screen(None) == Screened(None, None, ())


def test_words_do_not_show_in_a_repr() -> None:
    assert "petto" not in repr(screen("dolore al petto"))


# ---------------------------------------------------------------------------------------------------------- properties

IDENTIFIERS = ["4532015112830366", "GB33BUKB20201555555555", "291017505601381"]
PIECES = st.sampled_from(
    [
        *IDENTIFIERS,
        "password",
        "è",
        "pin",
        ":",
        "4821",
        "nhs",
        "9434765919",
        "-",
        ".",
        " ",
        "[",
        "•••",
        "]",
        "\n",
        "IT60",
        "x",
        "12345678Z",
        "ssn",
        '"',
    ]
)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_screened(text: str) -> None:
    assert isinstance(screen(text), Screened)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=300, deadline=None)
def test_screening_what_was_screened_cuts_nothing_more(text: str) -> None:
    once = screen(text)

    assert screen(once.words).cut == ()


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=200, deadline=None)
def test_words_grow_by_no_more_than_the_marks(text: str) -> None:
    words = screen(text).words or ""

    assert len(words) <= len(text) + len(MARK) * words.count(MARK)


@given(
    st.text(alphabet="abcdefghi ,.!èìò", max_size=40),
    st.sampled_from(IDENTIFIERS),
    st.text(alphabet="abcdefghi ,.!èìò", max_size=40),
)
@settings(max_examples=200, deadline=None)
def test_no_identifier_is_left_whole_between_other_words(before: str, identifier: str, after: str) -> None:
    words = screen(f"{before} {identifier} {after}").words or ""

    assert identifier not in words


@given(
    st.sampled_from(IDENTIFIERS), st.lists(st.sampled_from(["", " ", "-", ".", "\n", "  "]), min_size=30, max_size=30)
)
@settings(max_examples=200, deadline=None)
def test_an_identifier_is_found_however_it_is_split(identifier: str, separators: list[str]) -> None:
    text = "".join(sign + separator for sign, separator in zip(identifier, separators, strict=False))

    assert find_identifiers(text)


# ---------------------------------------------------------------------------------------------------------------- time


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_costs_no_more_than_a_long_one(text: str) -> None:
    start = process_time()

    screen(text[:MESSAGE])

    assert process_time() - start < 1.0  # 0.1 s on a slow core; a pattern that backtracks would take minutes


@pytest.mark.parametrize(
    "text", ["password:" + "a1" * 32_768, 'password:"a1b' * 5000, "1 " * 32_768, "login is a1 " * 5461]
)
def test_cutting_a_text_of_64_kb_takes_no_longer_than_reading_it(text: str) -> None:
    start = process_time()

    kept, _ = cut_identifiers(text)

    assert process_time() - start < 10  # 0.1 to 0.5 s on an idle core; scanning anew after every cut took minutes
    assert find_identifiers(kept) == ()


def test_a_secret_is_cut_whole_however_long_it_is() -> None:
    assert cut_identifiers("la password: " + "a1" * 5000 + " grazie")[0] == f"la password: {MARK} grazie"


CHAINED = "pin: password 1234 <-x9 nhs 943 476 5919 4111 1111 1111 1111"


@pytest.mark.parametrize("passes", [0, 1, 2])
def test_a_text_that_holds_something_after_the_last_pass_loses_every_number(passes: int) -> None:
    kept, _ = cut_identifiers(CHAINED, passes)

    assert find_identifiers(kept) == ()


def test_a_text_that_cannot_be_made_harmless_is_a_mark() -> None:
    assert cut_identifiers("la mia password: segretissima", passes=0)[0] == MARK


# ------------------------------------------------------------------------------------------------------------- command


def test_the_command_prints_what_was_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lines.tsv"
    file.write_text("# comment\nit\t1\tnon respira\nit\t1\tciao\nen\t0\tchest pain\nen\t0\thello\n", encoding="utf-8")

    code = main(["emergencies", str(file)])

    assert (code, json.loads(capsys.readouterr().out)) == (
        0,
        {"count": 4, "missed": ["ciao"], "false_alarms": ["chest pain"], "recall": 0.5, "false_alarm_rate": 0.5},
    )


def test_the_command_measures_spanish_and_reads_what_other_systems_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lines.tsv"
    file.write_bytes("\ufeff# comentario\r\nes\t1\tno respira\r\n\r\n  # otro\r\nes\t0\thola\tadiós\r\n".encode())

    code = main(["emergencies", str(file)])

    assert (code, json.loads(capsys.readouterr().out)) == (
        0,
        {"count": 2, "missed": [], "false_alarms": [], "recall": 1.0, "false_alarm_rate": 0.0},
    )


def test_a_file_of_nothing_misses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lines.tsv"
    file.write_text("# nothing\n", encoding="utf-8")

    main(["emergencies", str(file)])

    assert json.loads(capsys.readouterr().out) == {
        "count": 0,
        "missed": [],
        "false_alarms": [],
        "recall": 1.0,
        "false_alarm_rate": 0.0,
    }


def test_the_command_measures_identifiers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lines.tsv"
    file.write_text("card\t1\t4532015112830366\nnone\t0\tA047\n", encoding="utf-8")

    main(["identifiers", str(file)])

    assert json.loads(capsys.readouterr().out) == {
        "count": 2,
        "missed": [],
        "false_alarms": [],
        "recall": 1.0,
        "false_alarm_rate": 0.0,
    }


def test_the_command_names_a_line_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lines.tsv"
    file.write_text("it\tmaybe\tciao\n", encoding="utf-8")

    code = main(["emergencies", str(file)])

    assert (code, "line 1:" in capsys.readouterr().err) == (2, True)


def test_screening_loads_nothing_heavy() -> None:
    heavy = {"flask", "sqlalchemy", "anthropic", "requests", "rq", "redis", "phonenumbers"}
    script = "import sys, bot.safety; print(' '.join(sys.modules))"

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    assert heavy.isdisjoint(loaded)
