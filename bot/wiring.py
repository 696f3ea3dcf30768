"""Who is who: build(settings) joins the adapters to the desk. Read it to know what runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from redis import Redis

from bot.actions import ACTIONS
from bot.agenda import Booking
from bot.alarm import Teller
from bot.approvals import TemplateFacts
from bot.background import Background, Pool
from bot.billing import Month, NextCosts
from bot.booking.files import CalendarFiles
from bot.booking.offering import Offering
from bot.classifying import Minds
from bot.clinic import Clinic, load_clinic
from bot.clock import Clock, MovedClock, SystemClock
from bot.desk import FrontDesk, Mindful
from bot.entry import Entry
from bot.files import Files
from bot.insight import Lately, menus_of
from bot.keeping import Keeper
from bot.later import WEB_TIMEOUT_S, RqBell, connect
from bot.message_templates import Template, load_templates, of_clinic
from bot.model import Notification
from bot.outreach.books import Books
from bot.outreach.keeper import Outreach
from bot.outreach.wording import Sayer, check_templates
from bot.ports import Classifications
from bot.relisting import Relisting
from bot.safety.mask import mask
from bot.scheduling.builtin.calendar import BuiltIn
from bot.scheduling.builtin.reception import AtReception
from bot.scheduling.busy import BusyCalendars
from bot.scheduling.fhir.connect import Connected, connected
from bot.scheduling.fhir.upkeep import Upkeep
from bot.settings import Settings, SettingsError
from bot.store import (
    Backing,
    Database,
    Seals,
    SqlAgeing,
    SqlApprovals,
    SqlAttendance,
    SqlAudit,
    SqlBusy,
    SqlChain,
    SqlClassifications,
    SqlCounter,
    SqlDaybook,
    SqlDiary,
    SqlElsewhere,
    SqlFeeds,
    SqlInsights,
    SqlLanes,
    SqlMedia,
    SqlNotices,
    SqlOutbox,
    SqlPeople,
    SqlRecords,
    SqlRights,
    SqlSessions,
    SqlStaffBook,
    SqlThrottle,
    SqlWaiting,
    SqlWatch,
)
from bot.turn import House
from bot.whatsapp.admin import Admin, AdminError
from bot.whatsapp.client import CloudApi
from bot.whatsapp.limits import LIMITS
from bot.whatsapp.media import CloudMedia
from bot.whatsapp.notification import UnreadableNotification, read
from bot.whatsapp.signature import is_signed
from bot.wording import load_wordings
from llm.offline import OfflineMatcher, load_examples
from llm.verdict import Question, Verdict
from menus.answers import CHECKS
from menus.engine import MAIN
from menus.load import load_flows

if TYPE_CHECKING:
    from llm.classifier import Prices

ROOT = Path(__file__).parent.parent
WEB_SQL, WORKER_SQL = 8, 5
WEB_REDIS, WORKER_REDIS = 4, 8


@dataclass(frozen=True)
class Built:
    """A desk and all it stands on, in one process."""

    settings: Settings
    house: House
    desk: FrontDesk
    database: Database
    seals: Seals
    notices: SqlNotices
    outreach: Outreach
    books: Books
    lanes: SqlLanes
    outbox: SqlOutbox
    watch: SqlWatch
    records: SqlRecords
    audit: SqlAudit
    chain: SqlChain
    rights: SqlRights
    counter: SqlCounter
    diary: SqlDiary
    daybook: SqlDaybook
    feeds: SqlFeeds
    reception: AtReception
    insights: Lately
    templates: tuple[Template, ...]
    approvals: SqlApprovals
    attendance: SqlAttendance
    book: SqlStaffBook
    sessions: SqlSessions
    entry: Entry
    keeper: Keeper
    redis: Redis
    pool: Pool
    background: Background
    classifications: Classifications
    media: SqlMedia
    minds: Minds

    def start(self) -> None:
        """Start the watcher and the sweep, in the process that will work; learn what words are matched with, beside them."""
        self.background.start()
        Thread(target=the_matcher().prepare, name="learning", daemon=True).start()

    def stop(self) -> None:
        """Take nothing more, finish what was taken, say good-bye, let go of the connections."""
        self.pool.drain()
        self.background.stop()
        if self.minds.model is not None:
            self.minds.model.close()
        self.redis.close()
        self.database.close()


def build(
    settings: Settings,
    clock: Clock | None = None,
    kind: str = "web",
    house: House | None = None,
    authored: tuple[Template, ...] | None = None,
) -> Built:
    """Build the desk for a web process or for a worker, around a house and message templates if they are given.

    Raise FlowError, WordingError, ClinicError, TemplateError with every fault.
    """
    clock, is_web = clock or SystemClock(), kind == "web"
    house = house or build_house(settings, clock)
    database = Database(settings.database_url, WEB_SQL if is_web else WORKER_SQL)
    seals = Seals(settings.field_keys, settings.hash_key)
    backing = Backing(database, seals, clock.now)
    elsewhere = _elsewhere(settings, house, backing, clock, kind)
    house = replace(house, booking=_booking(settings, house, backing, clock, elsewhere))
    lanes, outbox = SqlLanes(backing), SqlOutbox(backing)
    watch, records = SqlWatch(backing), SqlRecords(backing)
    redis = connect(
        settings.redis_url,
        settings.redis_tls_insecure,
        WEB_REDIS if is_web else WORKER_REDIS,
        WEB_TIMEOUT_S if is_web else None,
    )
    messengers = {settings.whatsapp_phone_number_id: _messenger(settings)}
    minds = _minds(settings, kind)
    mindful = Mindful(minds, SqlClassifications(backing), mask)
    media = SqlMedia(backing)
    files = Files(media, {settings.whatsapp_phone_number_id: _media_source(settings)})
    notices = SqlNotices(backing)
    templates, approvals = _templates(house.clinic, authored or the_templates()), SqlApprovals(backing)
    costs = NextCosts(Month(watch.delivered, house.clinic.zone), house.clinic.prices, settings.whatsapp_phone_number_id)
    begins_nothing = partial(outbox.holds_notices, settings.whatsapp_phone_number_id)
    sayer = Sayer(house.clinic, templates, approvals, clock, costs, begins_nothing)
    outreach = Outreach(notices, lanes, house.clinic, clock, sayer, SqlWaiting(backing))
    books = Books(outreach, notices, records, house.clinic, clock)
    desk = FrontDesk(house, lanes, outbox, watch, records, messengers, RqBell(redis), mindful, files, outreach)
    audit, chain = SqlAudit(backing), SqlChain(backing)
    daybook = SqlDaybook(backing, house.clinic.zone)
    wall = _of_the_phones(clock)
    book = SqlStaffBook(backing)
    sessions = SqlSessions(Backing(database, seals, wall.now), house.clinic.teams)
    entry = Entry(book, sessions, SqlThrottle(backing), clock, wall, settings.secret_key)
    keeper = Keeper(SqlAgeing(backing), audit, watch, records, house.clinic, clock, chain)
    teller = Teller(settings.smtp_url, settings.public_url)
    busy = _busy(settings, house, backing, clock, watch, records)
    upkeep = (
        Upkeep(elsewhere.calendar, elsewhere.changes, elsewhere.diary, watch, records).keep if elsewhere else busy.keep
    )
    offering = None if elsewhere and is_web else _offering(house, backing, clock)
    keeps_up = None if is_web else upkeep
    listed, languages = partial(_listed, settings), house.clinic.languages
    relisting = None if is_web else Relisting(listed, templates, languages, approvals, outbox, watch, records).keep
    background = Background(desk, watch, records, teller, kind, keeper, chain, keeps_up, books, offering, relisting)
    return Built(
        settings=settings,
        house=house,
        desk=desk,
        database=database,
        seals=seals,
        notices=notices,
        outreach=outreach,
        books=books,
        lanes=lanes,
        outbox=outbox,
        watch=watch,
        records=records,
        audit=audit,
        chain=chain,
        rights=SqlRights(backing),
        counter=SqlCounter(backing),
        diary=SqlDiary(backing, house.clinic.zone),
        daybook=daybook,
        feeds=SqlFeeds(backing),
        reception=AtReception(house.clinic, daybook, clock),
        insights=Lately(SqlInsights(backing, set(house.flows) - {MAIN}, menus_of(house.flows)), clock),
        templates=templates,
        approvals=approvals,
        attendance=SqlAttendance(backing),
        book=book,
        sessions=sessions,
        entry=entry,
        keeper=keeper,
        redis=redis,
        pool=Pool(desk),
        background=background,
        classifications=mindful.records,
        media=media,
        minds=minds,
    )


def _elsewhere(settings: Settings, house: House, backing: Backing, clock: Clock, kind: str) -> Connected | None:
    """Return the clinic's own system, if it keeps the calendar; the worker alone asks it."""
    if settings.fhir_base_url is None:
        return None
    diary = SqlElsewhere(backing, house.clinic.zone, settings.fhir_base_url)
    return connected(settings, house.clinic, diary, clock, is_asked=kind == "worker")


def busy_fault(calendars: Sequence[tuple[str, str]], clinic: Clinic) -> str | None:
    """Tell what keeps the desk from starting with these calendars: they are not the clinic's practitioners'. None: nothing."""
    strangers = sorted(dict(calendars).keys() - clinic.practitioners.keys())
    return (
        f"BUSY_CALENDARS names {', '.join(strangers)}: nobody of the clinic's file is called so" if strangers else None
    )


def _busy(
    settings: Settings, house: House, backing: Backing, clock: Clock, watch: SqlWatch, records: SqlRecords
) -> BusyCalendars:
    """Return what reads practitioners' own calendars. Raise SettingsError if they are not the clinic's practitioners."""
    urls, clinic = dict(settings.busy_calendars), house.clinic
    if fault := busy_fault(settings.busy_calendars, clinic):
        raise SettingsError((fault,))
    return BusyCalendars(urls, SqlBusy(backing, clinic.zone), watch, records, clinic, clock)


def _booking(settings: Settings, house: House, backing: Backing, clock: Clock, elsewhere: Connected | None) -> Booking:
    """Return what the flows about appointments stand on."""
    calendar = elsewhere.calendar if elsewhere else BuiltIn(house.clinic, SqlDiary(backing, house.clinic.zone), clock)
    files = CalendarFiles(settings.public_url, settings.secret_key)
    return Booking(
        calendar,
        "away" if elsewhere else "ours",
        waiting=SqlWaiting(backing),
        people=SqlPeople(backing),
        file_url=files.url,
    )


def _offering(house: House, backing: Backing, clock: Clock) -> Offering | None:
    """Return what offers freed places; a calendar elsewhere is asked by the worker alone."""
    if house.booking is None:
        return None
    return Offering(house.booking.calendar, SqlWaiting(backing), house.clinic, clock)


@lru_cache(maxsize=1)
def the_templates() -> tuple[Template, ...]:
    """Return the house's message templates; the files are read once a process."""
    return load_templates(ROOT / "templates" / "message_templates")


def _templates(clinic: Clinic, authored: tuple[Template, ...]) -> tuple[Template, ...]:
    """Return the message templates the clinic sends. Raise TemplateError where the code could not fill one in."""
    templates = of_clinic(authored, clinic.privacy)
    check_templates(templates, clinic)
    return templates


@dataclass(frozen=True, slots=True)
class _Examples:
    """The authored examples as a classifier: they need no time worth bounding."""

    matcher: OfflineMatcher

    def classify(self, question: Question, within_s: float) -> Verdict:
        return self.matcher.classify(question)


@lru_cache(maxsize=1)
def the_matcher() -> OfflineMatcher:
    """Return this process's matcher; it learns once."""
    return OfflineMatcher(load_examples())


def _minds(settings: Settings, kind: str) -> Minds:
    """Return who classifies: with a key a model, asked by the worker; everywhere the examples."""
    model = None
    if settings.anthropic_api_key is not None and kind == "worker":
        from llm.classifier import open_loop  # loads the vendor's SDK: never in the web

        model = open_loop(
            settings.anthropic_api_key, settings.anthropic_model, settings.anthropic_base_url, _prices(settings)
        )
    name = settings.anthropic_model or "claude-haiku-5-5" if settings.anthropic_api_key is not None else None
    return Minds(
        matcher=_Examples(the_matcher()),
        model=model,
        model_name=name,
        daily_cap=settings.llm_daily_calls,
        hourly_rate=settings.llm_person_calls,
        surge=settings.llm_surge,
        shadow=settings.llm_shadow,
    )


def _prices(settings: Settings) -> Prices | None:
    """Return what a model that is not ours by default costs; None: what is known of it."""
    if settings.anthropic_prices is None:
        return None
    from llm.classifier import Prices

    return Prices(*settings.anthropic_prices)


def admin_of(settings: Settings) -> Admin:
    """Return the Graph API as an operator asks it."""
    return Admin(
        settings.whatsapp_graph_url,
        settings.whatsapp_graph_version,
        settings.whatsapp_access_token,
        settings.whatsapp_app_secret,
    )


def _listed(settings: Settings) -> tuple[TemplateFacts, ...] | None:
    """Return the message templates Meta has; None: it does not tell."""
    try:
        return admin_of(settings).templates(settings.whatsapp_business_account_id)
    except AdminError:
        return None


def _media_source(settings: Settings) -> CloudMedia:
    return CloudMedia(
        settings.whatsapp_graph_url,
        settings.whatsapp_graph_version,
        settings.whatsapp_phone_number_id,
        settings.whatsapp_access_token,
        settings.whatsapp_app_secret,
    )


def _of_the_phones(clock: Clock) -> Clock:
    """Return the time by which codes change and staff stay signed in: they know nothing of a clock the demo has moved."""
    return SystemClock() if isinstance(clock, MovedClock) else clock


def build_house(settings: Settings, clock: Clock) -> House:
    """Read the flows, their words and the clinic's facts."""
    clinic = load_clinic(settings.clinic_file)
    facts = {"clinic": clinic.name, "emergency_number": clinic.emergency.numbers[0]}
    return House(
        flows=load_flows(ROOT / "menus" / "flows"),
        checks=CHECKS,
        wordings=load_wordings(ROOT / "templates", clinic.languages, facts),
        actions=ACTIONS,
        clinic=clinic,
        limits=LIMITS,
        clock=clock,
    )


@dataclass(frozen=True)
class Reading:
    """How what Meta posts is proven and read."""

    is_signed: Callable[[bytes, str | None], bool]
    read: Callable[[bytes], Notification]


def reading(settings: Settings, clock: Clock) -> Reading:
    """Return how the webhook reads; a body nothing can be made of is a notification with one unreadable part."""
    secret = settings.whatsapp_app_secret.encode()

    def read_or_keep(raw: bytes) -> Notification:
        try:
            return read(raw, clock.now())
        except UnreadableNotification as unreadable:
            return Notification(unreadable=(unreadable.shape,))

    return Reading(lambda raw, header: is_signed(raw, header, secret), read_or_keep)


def _messenger(settings: Settings) -> CloudApi:
    return CloudApi(
        settings.whatsapp_graph_url,
        settings.whatsapp_graph_version,
        settings.whatsapp_phone_number_id,
        settings.whatsapp_access_token,
        settings.whatsapp_app_secret,
    )
