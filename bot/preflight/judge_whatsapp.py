"""From facts to findings, what Meta tells: token, number, account, webhook, templates. Meta's dates and words stand here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from bot.approvals import TEMPLATE_FAULTS, Compared, compare, fault_of
from bot.preflight.facts import (
    AccountFacts,
    DatabaseFacts,
    Facts,
    HouseFacts,
    NotAsked,
    NumberFacts,
    Post,
    Refused,
    RoundTrip,
    Silent,
    SubscriptionFacts,
    TemplateFacts,
    TokenFacts,
)
from bot.preflight.finding import DEPLOYING, WHATSAPP, Finding, Level, ok, stop, unknown, warn

GRAPH_HOST = "graph.facebook.com"
# Until when Meta serves a version; None: the newest, whose end is not announced. developers.facebook.com/docs/graph-api/changelog
GRAPH_ENDS: Mapping[str, date | None] = {
    "v20.0": date(2026, 9, 24),
    "v21.0": date(2027, 1, 21),
    "v22.0": date(2027, 5, 20),
    "v23.0": date(2027, 10, 8),
    "v24.0": date(2028, 2, 18),
    "v25.0": date(2028, 7, 29),
    "v26.0": None,
}
GRAPH_NOTICE = timedelta(days=90)
TOKEN_NOTICE = timedelta(days=30)
SEND, MANAGE = "whatsapp_business_messaging", "whatsapp_business_management"
NEEDED_FIELD = "messages"
USEFUL_FIELDS = frozenset(
    "account_update account_alerts account_review_update business_capability_update phone_number_quality_update"
    " phone_number_name_update security message_template_status_update template_category_update"
    " message_template_quality_update user_preferences".split()
)
NAMED_TEMPLATES = 6  # named in a line, the rest counted
NAMED = frozenset({"APPROVED", "AVAILABLE_WITHOUT_REVIEW"})
WORKING_TEMPLATES = frozenset({"APPROVED", "PENDING", "IN_APPEAL"})
PAYMENT = 131042
SKEW_S, GREAT_SKEW_S = 5.0, 300.0


def judge_whatsapp(facts: Facts) -> Iterator[Finding]:
    """Give a finding for everything Meta was asked."""
    yield from _graph(facts)
    yield from _token(facts)
    yield from _secret(facts)
    yield _clock(facts)
    yield from _number(facts)
    yield _payment(facts)
    yield from _account(facts)
    yield from _subscription(facts)
    yield from _round_trip(facts)
    yield from _templates(facts)


# ---------------------------------------------------------------------------------------------------------------- graph


def _graph(facts: Facts) -> Iterator[Finding]:
    environment = facts.environment
    if environment.graph_url is not None and not _is_metas(environment.graph_url):
        says = "WHATSAPP_GRAPH_URL is not Meta's: this is a provider's or a rehearsal"
        yield warn("graph", says, "remove it unless you send through a provider", f"{WHATSAPP}#through-a-provider")
    if environment.graph_version is not None:
        yield _graph_version(environment.graph_version, facts.now)


def _is_metas(url: str) -> bool:
    return urlsplit(url).hostname == GRAPH_HOST


def _graph_version(version: str, now: datetime) -> Finding:
    link, newest = f"{WHATSAPP}#graph-version", [*GRAPH_ENDS][-1]
    remedy = f"set WHATSAPP_GRAPH_VERSION to {newest}, or remove it"
    if version not in GRAPH_ENDS:
        return warn("graph_version", f"{version} is not known here: its end cannot be told", remedy, link)
    ends = GRAPH_ENDS[version]
    if ends is None:
        return ok("graph_version", f"{version} is the newest known here; Meta has announced no end")
    if ends <= now.date():
        return stop("graph_version", f"Meta served {version} until {ends}", remedy, link)
    if ends - now.date() < GRAPH_NOTICE:
        return warn("graph_version", f"Meta serves {version} until {ends} only", remedy, link)
    return ok("graph_version", f"{version} is served until {ends}")


# ----------------------------------------------------------------------------------------------------- token and secret


def _token(facts: Facts) -> Iterator[Finding]:
    token, link = facts.token, f"{WHATSAPP}#token"
    remedy = "make a system user's token and set WHATSAPP_ACCESS_TOKEN"
    if not isinstance(token, TokenFacts):
        yield unknown("token", token, "The token cannot be used", remedy, link)
        return
    if not token.is_valid:
        yield stop("token", "Meta says it is not valid", remedy, link)
        return
    yield _kind(token)
    yield from _scopes(token)
    yield _expiry(token.expires_at, facts.now)


def _kind(token: TokenFacts) -> Finding:
    if token.kind == "SYSTEM_USER":
        return ok("token", "valid, of a system user")
    says = "valid, but not a system user's: it ends with its person's session or job"
    return warn("token", says, "make a system user's token", f"{WHATSAPP}#token")


def _scopes(token: TokenFacts) -> Iterator[Finding]:
    link, remedy = f"{WHATSAPP}#token", "make the token again with both permissions, for this account"
    if SEND not in token.scopes:
        yield stop("token_permissions", f"{SEND} is missing: nothing can be sent", remedy, link)
    if MANAGE not in token.scopes:
        says = f"{MANAGE} is missing: neither the account nor its templates can be looked at"
        yield warn("token_permissions", says, remedy, link)
    if {SEND, MANAGE} <= token.scopes:
        yield ok("token_permissions", "both are there")


def _expiry(expires_at: datetime | None, now: datetime) -> Finding:
    link, remedy = f"{WHATSAPP}#token", "make a system user's token that never expires"
    if expires_at is None:
        return ok("token_expiry", "never")
    says = f"it ends on {expires_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if expires_at <= now:
        return stop("token_expiry", says, remedy, link)
    return warn("token_expiry", says, remedy, link) if expires_at - now < TOKEN_NOTICE else ok("token_expiry", says)


def _secret(facts: Facts) -> Iterator[Finding]:
    """Tell whether WHATSAPP_APP_SECRET is the secret of the token's app: every call to Meta carried its proof."""
    answers = (facts.token, facts.number)
    if any(isinstance(answer, Refused) and answer.about_proof for answer in answers):
        says = "WHATSAPP_APP_SECRET is not the secret of the token's app: no webhook could be proven either"
        remedy = "copy it from App settings > Basic of the app that made the token"
        yield stop("app_secret", says, remedy, f"{WHATSAPP}#app")
    elif any(isinstance(answer, TokenFacts | NumberFacts) for answer in answers):
        yield ok("app_secret", "Meta accepts appsecret_proof")


def _clock(facts: Facts) -> Finding:
    skew, link = facts.meta_skew_s, f"{DEPLOYING}#clocks"
    if isinstance(skew, NotAsked | Silent | Refused):
        return unknown("clock_meta", skew, "Meta's time is not known", "see the token", link, Level.WARN)
    says = f"this machine's clock differs from Meta's by {abs(skew):.0f} s"
    if abs(skew) < SKEW_S:
        return ok("clock_meta", says)
    make = warn if abs(skew) < GREAT_SKEW_S else stop
    return make("clock_meta", says, "let NTP set the clock", link)


# --------------------------------------------------------------------------------------------------------------- number


def _number(facts: Facts) -> Iterator[Finding]:
    number, link = facts.number, f"{WHATSAPP}#number"
    if not isinstance(number, NumberFacts):
        remedy = "look at WHATSAPP_PHONE_NUMBER_ID, and give the system user this account"
        yield unknown("number", number, "The number cannot be looked at", remedy, link)
        return
    yield from _registration(number)
    yield from _health(number)
    yield _quality(number.quality)
    yield _display_name(number.name_status)
    yield _told("messaging_limit", number.limit, "people who did not write within 24 h; answers do not count")
    yield _told("throughput", number.throughput, "80 messages a second where it is STANDARD")


def _registration(number: NumberFacts) -> Iterator[Finding]:
    link = f"{WHATSAPP}#number"
    if number.platform not in (None, "CLOUD_API"):
        remedy = "register it: POST /PHONE_NUMBER_ID/register with its PIN"
        yield stop("number", "it is not on the Cloud API", remedy, link)
    match number.status:
        case "CONNECTED":
            yield ok("number", "registered and connected")
        case "FLAGGED" | "RESTRICTED" | "RATE_LIMITED":
            remedy = "look at the account's quality in WhatsApp Manager"
            yield warn("number", f"its status is {number.status}", remedy, f"{WHATSAPP}#quality-and-limits")
        case None:
            yield warn("number", "Meta does not tell its status", "look at it in WhatsApp Manager", link)
        case status:
            remedy = "register it: POST /PHONE_NUMBER_ID/register with its PIN; see WhatsApp Manager for a ban"
            yield stop("number", f"its status is {status}", remedy, link)


def _health(number: NumberFacts) -> Iterator[Finding]:
    link = f"{WHATSAPP}#quality-and-limits"
    for entity in number.health:
        codes = f" ({', '.join(map(str, entity.codes))})" if entity.codes else ""
        says = f"Meta says that sending is {entity.can_send.lower()} by {entity.kind}{codes}"
        remedy = "look at the codes in Meta's list of messaging health errors"
        if entity.can_send == "BLOCKED":
            yield stop("messaging_health", says, remedy, link)
        elif entity.can_send == "LIMITED":
            yield warn("messaging_health", says, remedy, link)
    if number.health and all(entity.can_send == "AVAILABLE" for entity in number.health):
        yield ok("messaging_health", "available")


def _quality(quality: str | None) -> Finding:
    if quality in ("YELLOW", "RED"):
        remedy = "find out what people block or report before Meta lowers the limits"
        return warn("quality", f"it is {quality}", remedy, f"{WHATSAPP}#quality-and-limits")
    return ok("quality", quality or "not told yet")


def _display_name(status: str | None) -> Finding:
    if status in NAMED:
        return ok("display_name", status or "")
    remedy = "put the display name right in WhatsApp Manager"
    return warn("display_name", f"its status is {status or 'not told'}", remedy, f"{WHATSAPP}#display-name")


def _told(check: str, value: str | None, meaning: str) -> Finding:
    return ok(check, f"{value}: {meaning}" if value else f"not told: {meaning}")


def _payment(facts: Facts) -> Finding:
    database, link = facts.database, f"{WHATSAPP}#payment"
    if not isinstance(database, DatabaseFacts):
        return unknown("payment", database, "What Meta refused is not known", "see the database", link, Level.WARN)
    if database.payment_at is None:
        return ok("payment", f"Meta has not refused for payment ({PAYMENT}) in seven days")
    says = f"Meta refused {database.payment_refusals} messages for payment ({PAYMENT}) in seven days"
    remedy = "put the account's payment method right in Meta's billing hub"
    if database.sent_at is not None and database.sent_at > database.payment_at:
        return warn("payment", f"{says}; messages went out since", remedy, link)
    return stop("payment", f"{says}; nothing went out since", remedy, link)


# -------------------------------------------------------------------------------------------------- account and webhook


def _account(facts: Facts) -> Iterator[Finding]:
    account, link = facts.account, f"{WHATSAPP}#webhook"
    if not isinstance(account, AccountFacts):
        yield unknown("account", account, "The account cannot be looked at", "see the token", link)
        return
    yield _belongs(account, facts)
    yield _subscribed(account, facts)


def _belongs(account: AccountFacts, facts: Facts) -> Finding:
    link = f"{WHATSAPP}#number"
    remedy = "look at WHATSAPP_BUSINESS_ACCOUNT_ID and at the permissions of the token"
    if isinstance(account.numbers, NotAsked | Silent | Refused):
        return unknown("account", account.numbers, "The account cannot be looked at", remedy, link)
    if facts.environment.phone_number_id not in account.numbers:
        return stop("account", "the number is not one of the account's", remedy, link)
    return ok("account", "the number is one of the account's")


def _subscribed(account: AccountFacts, facts: Facts) -> Finding:
    link, remedy = f"{WHATSAPP}#webhook", "POST /WABA_ID/subscribed_apps with the token"
    apps = account.apps
    if isinstance(apps, NotAsked | Silent | Refused):
        return unknown("subscribed_apps", apps, "Who is told of messages is not known", remedy, link, Level.WARN)
    ours = facts.token.app_id if isinstance(facts.token, TokenFacts) else None
    if not apps or (ours is not None and ours not in apps):
        return stop("subscribed_apps", "the account does not tell our app: no message arrives", remedy, link)
    others = len(apps) - 1
    return ok("subscribed_apps", "the account tells our app" + (f" and {others} more" if others else ""))


def _subscription(facts: Facts) -> Iterator[Finding]:
    subscription, link = facts.subscription, f"{WHATSAPP}#webhook"
    remedy = "register the webhook in the app: WhatsApp > Configuration"
    if isinstance(subscription, NotAsked | Silent | Refused):
        yield unknown("webhook_fields", subscription, "The webhook's fields are not known", remedy, link, Level.WARN)
    elif subscription is None or not subscription.is_active:
        yield stop("webhook_fields", "the app has no active webhook for WhatsApp", remedy, link)
    else:
        yield _fields(subscription)
    yield from _address(facts)


def _fields(subscription: SubscriptionFacts) -> Finding:
    link, remedy = f"{WHATSAPP}#webhook", "subscribe the fields in the app: WhatsApp > Configuration"
    if NEEDED_FIELD not in subscription.fields:
        return stop("webhook_fields", f"the field {NEEDED_FIELD} is not subscribed: no message arrives", remedy, link)
    absent = sorted(USEFUL_FIELDS - subscription.fields)
    if absent:
        return warn("webhook_fields", f"not subscribed: {', '.join(absent)}", remedy, link)
    return ok("webhook_fields", "all that are used are subscribed")


def _address(facts: Facts) -> Iterator[Finding]:
    """Compare where Meta posts with where we are; an override of the number or the account wins over the app's."""
    told = facts.number.webhook if isinstance(facts.number, NumberFacts) else None
    if told is None and isinstance(facts.subscription, SubscriptionFacts):
        told = facts.subscription.callback_url
    if told is None or facts.environment.public_url is None:
        return
    if told.rstrip("/") == f"{facts.environment.public_url}/webhook":
        yield ok("webhook_address", "Meta posts to PUBLIC_URL/webhook")
        return
    make = stop if facts.environment.graph_url and _is_metas(facts.environment.graph_url) else warn
    says = f"Meta posts to another address, at {urlsplit(told).hostname or 'no host'}"
    remedy = "register PUBLIC_URL/webhook, or correct PUBLIC_URL"
    yield make("webhook_address", says, remedy, f"{WHATSAPP}#webhook")


# ----------------------------------------------------------------------------------------------------------- round trip


def _round_trip(facts: Facts) -> Iterator[Finding]:
    trip, link = facts.round_trip, f"{WHATSAPP}#webhook"
    if not isinstance(trip, RoundTrip):
        yield unknown("webhook_handshake", trip, "PUBLIC_URL cannot be tried", "set PUBLIC_URL", link)
        return
    yield _answered("webhook_handshake", trip.handshake, _handshake)
    yield _answered("webhook_signed", trip.signed, _signed)
    yield _answered("webhook_unsigned", trip.unsigned, _unsigned)


def _answered(check: str, post: Post | NotAsked | Silent | Refused, say: Callable[[str, Post], Finding]) -> Finding:
    if isinstance(post, Post):
        return say(check, post)
    remedy = "look at PUBLIC_URL, its DNS, its certificate and the web process"
    return unknown(check, post, "PUBLIC_URL/webhook cannot be reached", remedy, f"{WHATSAPP}#webhook")


def _handshake(check: str, post: Post) -> Finding:
    link = f"{WHATSAPP}#webhook"
    if post.status == 200 and post.echoed:
        return ok(check, "answered with the challenge")
    if post.status == 403:
        remedy = "let every process have the same WHATSAPP_VERIFY_TOKEN, and PUBLIC_URL lead to this deployment"
        return stop(check, "refused: another verify token is set there", remedy, link)
    remedy = "let PUBLIC_URL lead to this deployment"
    return stop(check, f"answered {post.status} without the challenge: something else is there", remedy, link)


def _signed(check: str, post: Post) -> Finding:
    link = f"{WHATSAPP}#webhook"
    match post.status:
        case 200:
            return ok(check, "taken")
        case 403:
            remedy = "let every process have the same WHATSAPP_APP_SECRET"
            return stop(check, "refused: another app secret is set there, or something changes the body", remedy, link)
        case 503:
            return stop(check, "not taken: the web process does not reach its database", "see the database", link)
        case status:
            return stop(check, f"answered {status}", "let PUBLIC_URL lead to this deployment", link)


def _unsigned(check: str, post: Post) -> Finding:
    if post.status == 403:
        return ok(check, "refused")
    if post.status < 300:
        says = "an unsigned notification was taken: something that is not this desk answers"
        return stop(check, says, "let PUBLIC_URL lead to this deployment, at once", f"{WHATSAPP}#webhook")
    remedy = "let PUBLIC_URL lead to this deployment"
    return warn(check, f"answered {post.status}, not 403", remedy, f"{WHATSAPP}#webhook")


# ------------------------------------------------------------------------------------------------------------ templates


def _templates(facts: Facts) -> Iterator[Finding]:
    templates, link = facts.templates, f"{WHATSAPP}#message-templates"
    if isinstance(templates, NotAsked | Silent | Refused):
        yield unknown("templates", templates, "Templates cannot be listed", "see the token", link, Level.WARN)
        return
    house = facts.house if isinstance(facts.house, HouseFacts) else HouseFacts()
    compared = compare(house.templates, house.languages, templates)
    lines = [line for says, remedy in TEMPLATE_FAULTS for line in _alike(compared, says, remedy)]
    ours = {one.name for one in house.templates}
    others = [one for one in templates if one.name not in ours and one.status not in WORKING_TEMPLATES]
    yield from (warn("templates", says, remedy, link) for says, remedy in lines)
    yield from (_foreign(template, link) for template in others)
    if not lines and not others:
        yield ok("templates", f"{len(compared)} of ours approved as their files say, {len(templates)} in all")


def _alike(compared: Sequence[Compared], says: str, remedy: str) -> Iterator[tuple[str, str]]:
    """Tell in one line of all templates that have the same fault."""
    found = [f"{one.template.name} ({one.language})" for one in compared if fault_of(one) == says]
    if found:
        more = f" and {len(found) - NAMED_TEMPLATES} more" if len(found) > NAMED_TEMPLATES else ""
        yield f"{says}: {', '.join(found[:NAMED_TEMPLATES])}{more}", remedy


def _foreign(template: TemplateFacts, link: str) -> Finding:
    says = f"{template.name} ({template.language}) is {template.status}"
    return warn("templates", says, "correct it in WhatsApp Manager, or delete it", link)
