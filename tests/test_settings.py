"""The settings: every problem at once, in sentences to act on, and never a value."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, names, platform

ROOT = Path(__file__).parent.parent
WRITER = b"0123456789abcdef0123456789abcdef"
READER = b"an older key, thirty-two bytes!!"
CANARY = "canary-c0ffee"


@pytest.fixture
def environ(environ: dict[str, str], tmp_path: Path) -> dict[str, str]:
    clinic = tmp_path / "clinic.yaml"
    clinic.touch()
    return environ | {"CLINIC_FILE": str(clinic)}


def problems(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env(environ)
    return raised.value.problems


def in_base64(key: bytes) -> str:
    return b64encode(key).decode()


def test_a_complete_environment_is_read_whole(environ: dict[str, str]) -> None:
    settings = Settings.from_env(environ)

    assert settings == Settings(
        whatsapp_access_token="EAAtest0token0of0nobody",
        whatsapp_app_secret="0123456789abcdef0123456789abcdef",
        whatsapp_verify_token="a-word-of-the-tests",
        whatsapp_phone_number_id="106540352242922",
        whatsapp_business_account_id="102290129340398",
        whatsapp_graph_url="http://127.0.0.1:9",
        whatsapp_graph_version="v26.0",
        database_url="postgresql+psycopg://desk@127.0.0.1:9/desk",
        redis_url="redis://127.0.0.1:9/0",
        redis_tls_insecure=False,
        field_keys=(("k1", WRITER),),
        hash_key=b"fedcba9876543210fedcba9876543210",
        secret_key="tests-only-0123456789-abcdefghijklmnop",
        clinic_file=Path(environ["CLINIC_FILE"]),
        public_url="https://desk.example.org",
        smtp_url=None,
        worker_threads=64,
        anthropic_api_key=None,
        anthropic_base_url=None,
        anthropic_model=None,
        anthropic_prices=None,
    )


def test_an_empty_environment_names_everything_that_has_no_default() -> None:
    found = [problem.split(" is not set: ")[0] for problem in problems({})]

    assert found == [
        "WHATSAPP_ACCESS_TOKEN",
        "WHATSAPP_APP_SECRET",
        "WHATSAPP_VERIFY_TOKEN",
        "WHATSAPP_PHONE_NUMBER_ID",
        "WHATSAPP_BUSINESS_ACCOUNT_ID",
        "DATABASE_URL",
        "REDIS_URL",
        "FIELD_KEYS",
        "HASH_KEY",
        "SECRET_KEY",
        "CLINIC_FILE",
        "PUBLIC_URL",
    ]


def test_the_names_are_the_ones_the_documents_promise() -> None:
    assert names() == (
        *("WHATSAPP_ACCESS_TOKEN", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN", "WHATSAPP_PHONE_NUMBER_ID"),
        *("WHATSAPP_BUSINESS_ACCOUNT_ID", "WHATSAPP_GRAPH_URL", "WHATSAPP_GRAPH_VERSION", "DATABASE_URL", "REDIS_URL"),
        *("REDIS_TLS_INSECURE", "FIELD_KEYS", "HASH_KEY", "SECRET_KEY", "CLINIC_FILE", "PUBLIC_URL", "SMTP_URL"),
        *("WORKER_THREADS", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "ANTHROPIC_MODEL", "ANTHROPIC_PRICES"),
        *("LLM_DAILY_CALLS", "LLM_PERSON_CALLS", "LLM_SURGE", "LLM_SHADOW"),
        *("BUSY_CALENDARS", "FHIR_BASE_URL", "FHIR_TOKEN_URL", "FHIR_CLIENT_ID", "FHIR_PRIVATE_KEY", "FHIR_KEY_ID"),
        *("FHIR_PREVIOUS_KEY", "FHIR_PREVIOUS_KEY_ID", "FHIR_SCOPE", "FHIR_PROFILE"),
    )


def test_missing_malformed_and_contradicting_settings_are_named_together(environ: dict[str, str]) -> None:
    del environ["SECRET_KEY"]
    environ |= {"HASH_KEY": "short", "DATABASE_URL": "sqlite:///desk.db", "DYNO": "web.1", "REDIS_TLS_INSECURE": "1"}

    assert [problem.split()[0] for problem in problems(environ)] == [
        "HASH_KEY",
        "SECRET_KEY",
        "DATABASE_URL",
        "REDIS_TLS_INSECURE",
    ]


def test_a_variable_of_blanks_only_is_not_set(environ: dict[str, str]) -> None:
    environ["WHATSAPP_APP_SECRET"] = "  "

    assert problems(environ) == (
        "WHATSAPP_APP_SECRET is not set: the app's secret, from App settings > Basic at developers.facebook.com",
    )


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgres://u:p@h:5432/d", "postgresql+psycopg://u:p@h:5432/d"),
        ("postgresql://u:p@h/d?sslmode=require", "postgresql+psycopg://u:p@h/d?sslmode=require"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("sqlite:///data/desk.db", "sqlite:///data/desk.db"),
        ("sqlite:////srv/my desk/desk.db", "sqlite:////srv/my desk/desk.db"),
    ],
)
def test_a_database_is_read_as_the_platforms_write_it(environ: dict[str, str], given: str, read: str) -> None:
    settings = Settings.from_env(environ | {"DATABASE_URL": given})

    assert settings.database_url == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WHATSAPP_ACCESS_TOKEN", "EAA two words"),
        ("WHATSAPP_PHONE_NUMBER_ID", "+39021234567"),
        ("WHATSAPP_BUSINESS_ACCOUNT_ID", "٣٤٥"),
        ("WHATSAPP_GRAPH_URL", "http://graph.example.org"),
        ("WHATSAPP_GRAPH_URL", "graph.facebook.com"),
        ("WHATSAPP_GRAPH_VERSION", "26.0"),
        ("DATABASE_URL", "mysql://u:p@h/d"),
        ("DATABASE_URL", "postgresql+psycopg2://u:p@h/d"),
        ("DATABASE_URL", "postgres://u:p@h:port/d"),
        ("DATABASE_URL", "postgres://u:p@[::1/d"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("REDIS_URL", "http://h:6379"),
        ("REDIS_URL", "rediss://h:6379?ssl_cert_reqs=none"),
        ("REDIS_TLS_INSECURE", "yes"),
        ("FIELD_KEYS", in_base64(WRITER)),
        ("FIELD_KEYS", "k1:" + in_base64(b"sixteen bytes ok")),
        ("FIELD_KEYS", f"k1:{in_base64(WRITER)},"),
        ("FIELD_KEYS", f"k1:{in_base64(WRITER)},k1:{in_base64(READER)}"),
        ("FIELD_KEYS", f"k1:{in_base64(WRITER)},k2:{in_base64(WRITER)}"),
        ("HASH_KEY", "not base64!"),
        ("HASH_KEY", in_base64(WRITER)),
        ("SECRET_KEY", "too-short"),
        ("SECRET_KEY", "a" * 64),
        ("CLINIC_FILE", "/nowhere/clinic.yaml"),
        ("PUBLIC_URL", "http://desk.example.org"),
        ("PUBLIC_URL", "https://desk.example.org/?a=b"),
        ("SMTP_URL", "smtp://h:587/?from=desk@example.org"),
        ("WORKER_THREADS", "0"),
        ("WORKER_THREADS", "many"),
        ("ANTHROPIC_BASE_URL", "http://models.example.org"),
        ("LLM_DAILY_CALLS", "-1"),
        ("LLM_PERSON_CALLS", "many"),
        ("LLM_SURGE", "9999999"),
        ("LLM_SHADOW", "yes"),
        ("ANTHROPIC_PRICES", "0.10"),
        ("ANTHROPIC_PRICES", "-1/0.50"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(environ: dict[str, str], name: str, value: str) -> None:
    found = problems(environ | {name: value})

    assert [problem.split()[0] for problem in found] == [name]


def test_what_another_model_costs_is_two_prices(environ: dict[str, str]) -> None:
    settings = Settings.from_env(environ | {"ANTHROPIC_PRICES": "1/5.25"})

    assert settings.anthropic_prices == (1.0, 5.25)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]"])
def test_the_graph_may_be_plain_http_on_this_machine(environ: dict[str, str], host: str) -> None:
    settings = Settings.from_env(environ | {"WHATSAPP_GRAPH_URL": f"http://{host}:8080/"})

    assert settings.whatsapp_graph_url == f"http://{host}:8080"


def test_the_first_field_key_writes_and_the_others_follow_in_order(environ: dict[str, str]) -> None:
    settings = Settings.from_env(environ | {"FIELD_KEYS": f"new:{in_base64(WRITER)}, old:{in_base64(READER)}"})

    assert settings.field_keys == (("new", WRITER), ("old", READER))


def test_a_self_signed_redis_is_accepted_by_its_own_setting(environ: dict[str, str]) -> None:
    settings = Settings.from_env(environ | {"REDIS_URL": "rediss://h:6380/0", "REDIS_TLS_INSECURE": "1"})

    assert settings.redis_tls_insecure


@pytest.mark.parametrize(
    "mark",
    [
        *({"DYNO": "web.1"}, {"RENDER": "true"}, {"RAILWAY_ENVIRONMENT": "production"}, {"FLY_APP_NAME": "desk"}),
        *({"CONTAINER": "worker-2"}, {"DOKKU_APP_TYPE": "herokuish"}, {"K_SERVICE": "desk"}),
    ],
)
def test_a_file_is_no_database_on_a_platform(environ: dict[str, str], mark: dict[str, str]) -> None:
    found = problems(environ | mark | {"DATABASE_URL": "sqlite:///desk.db"})

    [variable] = mark
    assert found == (
        f"DATABASE_URL is a file, but {variable} tells of a platform whose disk is emptied: add PostgreSQL",
    )


@pytest.mark.parametrize("environ_", [{}, {"CONTAINER": "oci"}, {"HOME": "/root"}])
def test_a_machine_of_ones_own_is_no_platform(environ_: dict[str, str]) -> None:
    assert platform(environ_) is None


def test_no_secret_is_shown_when_the_settings_are(environ: dict[str, str]) -> None:
    settings = Settings.from_env(environ)

    shown = set(re.findall(r"(\w+)=", repr(settings)))

    assert shown == {
        *("whatsapp_phone_number_id", "whatsapp_business_account_id", "whatsapp_graph_url", "whatsapp_graph_version"),
        *("redis_tls_insecure", "clinic_file", "public_url", "worker_threads", "anthropic_base_url", "anthropic_model"),
        *("anthropic_prices", "llm_daily_calls", "llm_person_calls", "llm_surge", "llm_shadow"),
        *("fhir_base_url", "fhir_token_url", "fhir_client_id", "fhir_key_id", "fhir_previous_key_id"),
        *("fhir_scope", "fhir_profile"),
    }


@pytest.mark.parametrize("shape", ["{}", "{} {}", "postgres://u:{}@[h/d", "k1:{}", "sqlite://{}", "https://u:{}@h"])
def test_no_value_is_shown_in_an_error(shape: str) -> None:
    broken = dict.fromkeys(names(), shape.format(CANARY, CANARY))

    with pytest.raises(SettingsError) as raised:
        Settings.from_env(broken)

    assert CANARY not in str(raised.value) + repr(raised.value)


def test_the_example_file_names_every_setting_and_sets_no_secret() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    assignments = dict(line.lstrip("# ").split("=", 1) for line in lines if re.match(r"(# )?[A-Z_]+=", line))

    assert set(names()) <= set(assignments)
    assert [name for name in ("WHATSAPP_APP_SECRET", "FIELD_KEYS", "HASH_KEY", "SECRET_KEY") if assignments[name]] == []
