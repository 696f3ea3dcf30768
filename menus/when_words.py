"""How a day is named in each language, as patterns over folded words (no accents, no capitals). `when.py` reads with them.

The order matters: the first pattern that fits is taken, so what is longer stands before what it begins with. Whatever is
not in here is not understood, on purpose. `{next}` and the like stand for the words of the same language.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language. `weekdays` from Monday; `short_months` are read only beside a number of the month."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    numbers: tuple[str, ...]  # from one to ten, then fifteen
    parts: dict[str, str]
    patterns: tuple[tuple[str, str], ...]


# The same in every language. A point or a dash between two numbers may be a time or a span: only with a year is it a date.
EVERYWHERE = (
    ("date", r"(?P<year>20\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)"),
    ("date", r"(?P<day>\d\d?)(?P<by>[/.-])(?P<month>\d\d?)(?P=by)(?P<year>20\d\d|\d\d)"),
    ("date", r"(?P<day>\d\d?)/(?P<month>\d\d?)"),
    ("hour", r"(?P<hour>\d\d?):(?P<minute>\d\d)"),
    ("number", r"(?P<day>\d\d?)"),
)

IT = Vocabulary(
    weekdays=(
        "lunedi|lun", "martedi", "mercoledi|mer|merc", "giovedi|gio|giov", "venerdi|ven", "sabato|sab", "domenica"
    ),
    months=(
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
        "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
    ),
    short_months=("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set|sett", "ott", "nov", "dic"),
    numbers=(
        "un|una|uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "quindici|una quindicina"
    ),
    parts={
        "morning": "(?:prima |tarda )?mattinata|(?:prima )?mattina(?: presto)?|mattino|mattine",
        "afternoon": "(?:(?:primo|tardo) )?pomeriggio|sera|serata|dopo pranzo",
        "next": "prossim[oa]|pross|prox|ventur[oa]|che viene|entrante",
        "this": "quest[oa]",
        "ahead": "tra|fra",
    },
    patterns=(
        ("nothing", "buon ?giorno|buona ?sera|buon pomeriggio|buona giornata|salve|ciao|(?:molte |mille )?grazie(?: mille)?"),
        ("nothing", "per (?:favore|piacere|cortesia)|se (?:e )?possibile|se si puo|si puo|(?:e|sarebbe) possibile"),
        ("nothing", "(?:mi )?(?:va|vanno|andrebbe|sarebbe|starebbe) (?:bene|meglio|comodo)|vorrei|preferi(?:rei|sco)|meglio"),
        ("nothing", "(?:vorrei )?(?:un appuntamento|una visita|prenotare|venire)|possiamo fare|facciamo|solo|si|ok"),
        ("soon", "(?:il |al )?(?:prima|piu presto) possibile|(?:non )?appena possibile|quanto prima"),
        ("soon", "(?:nei prossimi|in questi) giorni|(?:un )?(?:qualsiasi|qualunque) giorno|(?:un )?giorno qualsiasi"),
        ("soon", "quando (?:volete|vuole|c e posto)"),
        ("today_morning", "(?:sta|questa )mattina|stamane|stamani|oggi (?:di |in )?mattin(?:a|ata)"),
        ("today_afternoon", "(?:sta|questa )sera|questo pomeriggio"),
        ("tomorrow_morning", "domattina"),
        ("in_days_2", "dopo ?domani"),
        ("in_days_1", "domani"),
        ("in_days_0", "oggi(?: stesso)?|in giornata"),
        ("next_weekend", "(?:{next}) (?:fine ?settimana|week ?end)|(?:fine ?settimana|week ?end) (?:{next})"),
        ("weekend", "(?:(?:{this}) )?(?:fine ?settimana|week ?end)"),
        ("next_week", "(?:{next}) sett(?:imana)?|sett(?:imana)? (?:{next})"),
        ("this_week", "(?:{this}|in|entro la) settimana|settimana in corso"),
        ("next_month", "(?:{next}) mese|mese (?:{next})"),
        ("this_month", "(?:{this}|in) mese|mese in corso"),
        ("next_weekday", "(?:{next}) {weekday}|{weekday} (?:{next})"),
        ("this_weekday", "(?:{this}) {weekday}"),
        ("days", "(?:{ahead}) (?:{count}) giorn[oi]"),
        ("weeks", "(?:{ahead}) (?:{count}) settiman[ae]"),
        ("months", "(?:{ahead}) (?:{count}) mes[ei]"),
        ("date", "(?:(?:il(?: giorno)?|l|giorno) )?(?P<day>[0-3]?[0-9]|primo|1o) (?:di )?{anymonth}(?: (?:del )?(?P<year>20[0-9]{2}))?"),
        ("weekday", "{weekday}"),
        ("hour", "(?:alle(?: ore)?|ore|h) {clock}"),
        ("between", "(?:tra le|fra le|dalle)(?: ore)? {clock} (?:e le|alle)(?: ore)? {clock}"),
        ("after", "(?:dopo le|dalle|a partire dalle|non prima delle)(?: ore)? {clock}(?: in poi)?"),
        ("before", "(?:prima delle|entro le|non oltre le|fino alle)(?: ore)? {clock}"),
        ("day", "(?:il(?: giorno)?|l|giorno) (?P<day>[0-9]{1,2}|1o)"),
        ("month", "(?:(?:a|in|nel mese di|per|di) )?{month}"),
        ("morning", "(?:(?:di|in|al|alla|la|il|nella|sul|per la|per il) )?(?:{morning})"),
        ("afternoon", "(?:(?:di|in|al|alla|la|il|nel|nella|sul|per la|per il) )?(?:{afternoon})"),
        ("by", "entro(?: e non oltre)?"),
        ("nothing", "il|lo|la|l|per|di|del|della|nel|nella|a|al|alla|giorno|giornata di|nella giornata di"),
    ),
)  # fmt: skip

EN = Vocabulary(
    weekdays=(
        "monday|mon", "tuesday|tues|tue", "wednesday|wed", "thursday|thurs|thur|thu", "friday|fri", "saturday|sat", "sunday|sun"
    ),
    months=(
        "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december",
    ),
    short_months=("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept?", "oct", "nov", "dec"),
    numbers=("an?|one", "two|a couple of", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "fifteen"),
    parts={
        "morning": "(?:(?:early|late) )?mornings?|before lunch",
        "afternoon": "(?:(?:early|late) )?afternoons?|evenings?|after lunch",
        "next": "next",
        "this": "this(?: coming)?|coming",
        "ahead": "in",
    },
    patterns=(
        ("nothing", "good (?:morning|afternoon|evening)|hello|hi|(?:many )?thanks|thank you|please|if possible"),
        ("nothing", "(?:is it|would it be) possible|would be (?:good|great|fine|best)|(?:is|works|would work)(?: for me)?"),
        ("nothing", "(?:i would|i d|we d) (?:like|prefer)|i prefer|can i come|could i come|(?:an )?appointment|only|ok|yes"),
        ("soon", "as soon as possible|asap|any ?day|whenever(?: you can)?|(?:the )?(?:soonest|earliest)(?: possible)?"),
        ("today_morning", "this morning|today (?:in the )?morning"),
        ("today_afternoon", "this (?:afternoon|evening)|tonight"),
        ("in_days_2", "(?:the )?day after (?:tomorrow|tmrw)"),
        ("in_days_1", "tomorrow|tomorow|tommorow|tommorrow|tmrw"),
        ("in_days_0", "(?:later )?today"),
        ("next_weekend", "(?:{next}) week ?end"),
        ("weekend", "(?:(?:{this}) )?week ?end"),
        ("next_week", "(?:{next}) week"),
        ("this_week", "(?:{this}) week"),
        ("next_month", "(?:{next}) month"),
        ("this_month", "(?:{this}) month"),
        ("next_weekday", "(?:{next}) {weekday}"),
        ("this_weekday", "(?:{this}) {weekday}"),
        ("days", "(?:{ahead}) (?:{count}) days?(?: time)?"),
        ("fortnight", "(?:{ahead}) a fortnight"),
        ("weeks", "(?:{ahead}) (?:{count}) weeks?(?: time)?"),
        ("months", "(?:{ahead}) (?:{count}) months?(?: time)?"),
        ("date", "(?:the )?(?P<day>[0-3]?[0-9]|first)(?:st|nd|rd|th)?(?: of)? {anymonth}(?: (?P<year>20[0-9]{2}))?"),
        ("date", "{anymonth} (?:the )?(?P<day>[0-3]?[0-9]|first)(?:st|nd|rd|th)?(?: (?P<year>20[0-9]{2}))?"),
        ("weekday", "{weekday}"),
        ("hour", "at {clock}(?: ?(?P<half>[ap]m))?"),
        ("hour", "{clock} ?(?P<half>[ap]m)"),
        ("between", "between {clock} and {clock}"),
        ("after", "(?:after|from|not before) {clock} ?(?P<half>[ap]m)(?: onwards?)?"),  # "after 3" may go on "December"
        ("before", "(?:before|until|by) {clock} ?(?P<half>[ap]m)"),
        ("day", "the (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?|(?P<ordinal>[0-9]{1,2})(?:st|nd|rd|th)"),
        ("month", "(?:in )?{month}"),
        ("morning", "(?:(?:in the|on the|in) )?(?:{morning})"),
        ("afternoon", "(?:(?:in the|on the|in) )?(?:{afternoon})"),
        ("by", "by|no later than"),
        ("nothing", "on|the|for|a|of"),
    ),
)  # fmt: skip

ES = Vocabulary(
    weekdays=(
        "lunes|lun", "martes", "miercoles|mie", "jueves|jue", "viernes|vie", "sabado|sab", "domingo|dom"
    ),
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre|setiembre", "octubre", "noviembre", "diciembre",
    ),
    short_months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept?", "oct", "nov", "dic"),
    numbers=("un|una|uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "quince"),
    parts={
        "morning": "mananas?",
        "afternoon": "tardes?|noche",
        "next": "proxim[oa]|que viene|entrante",
        "this": "est[ea]",
        "ahead": "en|dentro de",
    },
    patterns=(
        ("nothing", "buenos dias|buen dia|buenas (?:tardes|noches)|buenas|hola|(?:muchas )?gracias|por favor|si es posible"),
        ("nothing", "(?:seria|es) posible|puede ser|podria ser|quisiera|quiero|me gustaria|prefiero|preferiria|mejor"),
        ("nothing", "me (?:va|viene|iria|vendria) (?:bien|mejor)|una cita|una visita|reservar|solo|si|vale|ok"),
        ("soon", "(?:lo )?(?:antes|mas pronto) posible|cuanto antes|cualquier dia"),
        ("today_morning", "esta manana|hoy (?:por|en|a) la manana"),
        ("today_afternoon", "esta (?:tarde|noche)"),
        ("in_days_2", "pasado manana"),
        ("morning", "(?:(?:por|en|a|de) )?las? (?:{morning})|de manana"),
        ("in_days_1", "manana"),
        ("in_days_0", "hoy(?: mismo)?"),
        ("next_weekend", "(?:{next}) (?:fin de semana|finde)|(?:fin de semana|finde) (?:{next})"),
        ("weekend", "(?:(?:{this}) )?(?:fin de semana|finde)"),
        ("next_week", "(?:{next}) semana|semana (?:{next})"),
        ("this_week", "(?:{this}) semana"),
        ("next_month", "(?:{next}) mes|mes (?:{next})"),
        ("this_month", "(?:{this}) mes"),
        ("next_weekday", "(?:{next}) {weekday}|{weekday} (?:{next})"),
        ("this_weekday", "(?:{this}) {weekday}"),
        ("days", "(?:{ahead}) (?:{count}) dias?"),
        ("weeks", "(?:{ahead}) (?:{count}) semanas?"),
        ("months", "(?:{ahead}) (?:{count}) mes(?:es)?"),
        ("date", "(?:(?:el dia|el|dia) )?(?P<day>[0-3]?[0-9]|primero|1o) (?:de )?{anymonth}(?: (?:de |del )?(?P<year>20[0-9]{2}))?"),
        ("weekday", "{weekday}"),
        ("hour", "a las? {clock}"),
        ("between", "(?:entre|de|desde) las? {clock} (?:y|a) las? {clock}"),
        ("after", "(?:despues de|a partir de|desde) las? {clock}"),
        ("before", "(?:antes de|hasta) las? {clock}"),
        ("day", "(?:el dia|el|dia) (?P<day>[0-9]{1,2}|1o)"),
        ("month", "(?:(?:en|el mes de|para) )?{month}"),
        ("afternoon", "(?:(?:por|en|a|de) )?(?:las? )?(?:{afternoon})"),
        ("by", "como (?:tarde|muy tarde|maximo) el"),
        ("nothing", "el|la|para|de|del|a|dia"),
    ),
)  # fmt: skip

VOCABULARIES = {"it": IT, "en": EN, "es": ES}
