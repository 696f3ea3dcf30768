"""Take out of a text who it is about, before a model reads it: names, numbers, addresses, birth dates. Pure.

Stricter than `identifiers.py`, which decides what may be stored: here a word too many may go, a name too many may not
stay. The days, times, amounts, ages and doctors a person speaks of stay, since the answer needs them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from phonenumbers import Leniency, PhoneNumberMatcher

from bot.safety.first_names import AMBIGUOUS, FIRST_NAMES
from bot.safety.identifiers import cut_identifiers, plain_sign

NAME, PHONE, EMAIL, LINK = "[nome]", "[telefono]", "[e-mail]", "[link]"
BIRTH, ADDRESS, NUMBER = "[data di nascita]", "[indirizzo]", "[numero]"
SHORTEST_NAME = 3  # letters a part of a profile name needs before it is looked for
REGIONS = ("IT", "ES", "GB", "US")  # whose national ways to write a telephone number are known
_MOST_READ = 4096  # the longest text WhatsApp delivers; telephone numbers are looked up by the library in no more

Found = tuple[int, int, str]


def mask(words: str, names: Sequence[str] = ()) -> str:
    """Return the words with a neutral mark in the place of everything that could tell who writes, or of whom.

    `names` are what is known of the person (the profile's name): every part of at least three letters is looked for.
    """
    text = _Folded(cut_identifiers(words)[0])
    found = [mark for finder in _FINDERS for mark in finder(text)]
    found += _known_names(text, names)
    return text.without(found)


class _Folded:
    """A text in small plain letters, with the way back from each letter to the sign it came from.

    `cased` is the same in its capitals.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        signs = [(plain, at) for at, sign in enumerate(original) for plain in _folded_sign(sign)]
        self.cased = "".join(plain for plain, _ in signs)
        self.plain = self.cased.lower()
        self._origin = [at for _, at in signs]
        letters = [sign for sign in self.cased if sign.isalpha()]
        self.shouted = len(letters) > 6 and sum(map(str.isupper, letters)) * 2 > len(letters)

    def without(self, found: Sequence[Found]) -> str:
        """Return the original with marks in these places; of two that overlap, the one that begins first."""
        parts: list[str] = []
        at, last = 0, 0
        for start, end, mark in sorted(found, key=lambda place: (place[0], -place[1])):
            if start < last:
                if end > last and parts:  # the rest of what began inside the one before goes with it
                    last, at = end, self._origin[end - 1] + 1
                continue
            parts += [self.original[at : self._origin[start]], mark]
            last, at = end, self._origin[end - 1] + 1
        return "".join([*parts, self.original[at:]])


def _folded_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return ""
    simple = plain_sign(sign)
    if simple.isascii():
        return simple
    letters = "".join(part for part in unicodedata.normalize("NFKD", sign) if unicodedata.category(part) != "Mn")
    return letters if letters and len(letters.lower()) == len(letters) else "?"


# ---------------------------------------------------------------------------------------- mail, links, numbers, dates

_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:]{1,64} ?(?:@|\(at\)|\[at\]| chiocciola | arroba ) ?[^\s@<>()\[\],;]{1,64}(?:(?:\.| punto | punto|"
    r" dot )[a-z]{2,8}\b)+"
    r"|[^\s@<>()\[\],;:]{1,64} at [a-z0-9\-]{2,30} (?:dot|punto) [a-z]{2,8}\b|(?<!\S)@[a-z][\w.]{2,30}"
)
_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"]+|\b[a-z0-9\-]{2,30}(?:\.[a-z0-9\-]{2,30}){0,3}\.[a-z]{2,6}/[^\s<>\"]+"
)


_AT = re.compile(r"@| at |[(\[]at[)\]]|chiocciola|arroba")


def _mail_and_links(text: _Folded) -> Iterator[Found]:
    if _AT.search(text.plain):
        yield from ((*found.span(), EMAIL) for found in _EMAIL.finditer(text.plain))
    if "/" in text.plain or "www" in text.plain:
        yield from ((*found.span(), LINK) for found in _LINK.finditer(text.plain))


_MONTH = (
    r"(?:gen(?:naio)?|feb(?:braio|rero|ruary)?|mar(?:zo|ch)?|apr(?:ile|il)?|abr(?:il)?|mag(?:gio)?|may(?:o)?|giu(?:gno)?|"
    r"jun(?:e|io)?|"
    r"lug(?:lio)?|jul(?:y|io)?|ago(?:sto)?|aug(?:ust)?|set(?:t)?(?:embre)?|sep(?:t)?(?:iembre|ember)?|ott(?:obre)?|"
    r"oct(?:ubre|ober)?|"
    r"nov(?:embre|iembre|ember)?|dic(?:embre|iembre)?|dec(?:ember)?|jan(?:uary)?|ene(?:ro)?)\b\.?"
)
_SPELLED = (
    r"(?:primo|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|"
    r"diciassette|"
    r"diciotto|diciannove|vent\w{0,9}|trent\w{0,9}|quarant\w{0,9}|cinquant\w{0,9}|sessant\w{0,9}|settant\w{0,9}|ottant\w{0,9}|"
    r"novant\w{0,9}|mille\w{0,24}|duemila\w{0,14}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,7}teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|first|second|third|\w{3,10}th|dos|tres|cuatro|cinco|seis|siete|"
    r"ocho|"
    r"nueve|diez|once|doce|trece|catorce|quince|dieci\w{3,6}|veint\w{0,7}|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|"
    r"noventa|mil|novecientos|zero|cero|oh)\b"
)
_DAY = (
    rf"(?:\d{{1,2}} ?[./\- ] ?\d{{1,2}} ?[./\- ] ?(?:\d{{4}}|'?\d\d)|(?:19|20)\d\d[./\-]\d{{1,2}}[./\-]\d{{1,2}}|\d{{6}}|"
    rf"\d{{8}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|o|°)?(?: of| de| di)? ?{_MONTH},?(?: de| del)?(?: ?'?\d{{4}}| ?'?\d\d(?!\d|:))?|"
    rf"{_MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?,?(?: ?\d{{4}})?|(?:19|20)\d\d|'\d\d|\d{{1,2}}[./\-]\d{{1,2}}(?![\d:])|"
    rf"(?:{_SPELLED}(?: de | di | of | y | e | and | )?){{1,2}}{_MONTH}(?:(?: de| del)? {_SPELLED}){{0,4}})"
)
_BORN = re.compile(
    r"\b(?:nat[oa]|nati|nascit[ae]|nascita|nacid[oa]|naci|nacio|nacimiento|born|birth|birthdate|birthday|dob|d\.o\.b\.?|"
    r"geb(?:oren)?|"
    r"compleanno|cumpleanos|classe|del|bday|f\.? ?nac)\b[^\n\d]{0,25}?"
    rf"(?P<day>{_DAY})"
)
_DAY_THEN_BORN = re.compile(
    rf"(?P<day>{_DAY})[ ,()\-:e]{{1,4}}(?:e |is |es |la |mi |my )*(?:data di nascita|nascita|fecha de nacimiento|nacimiento|"
    rf"date of birth|dob|birth)"
)
_OLD_DAY = re.compile(
    r"(?<![\d./\-])(?:\d{1,2} ?[./\-] ?\d{1,2} ?[./\-] ?(?:(?:19\d\d|20[01]\d)|[3-9]\d)|(?:19\d\d|"
    r"20[01]\d)[./\-]\d{1,2}[./\-]\d{1,2}"
    rf"|\d{{1,2}} (?:de |di |of )?{_MONTH},? (?:de |del )?(?:19\d\d|20[01]\d))(?![\d./\-]\d|\d)"
)


def _birth_dates(text: _Folded) -> Iterator[Found]:
    """Find days beside a word of birth, and full dates of other decades: nobody has an appointment in 1980."""
    if not any(sign.isdigit() for sign in text.plain) and not _BIRTH_WORD.search(text.plain):
        return
    for pattern in (_BORN, _DAY_THEN_BORN):
        for found in pattern.finditer(text.plain):
            if not found[0].startswith(("del", "classe")) or _is_year(found["day"]):
                yield *found.span("day"), BIRTH
    yield from ((*found.span(), BIRTH) for found in _OLD_DAY.finditer(text.plain))


_BIRTH_WORD = re.compile(r"\bnat[oa]\b|nascit|nacid|nacim|\bnaci|\bborn\b|birth")


def _is_year(day: str) -> bool:
    return len(day) == 4 and day.isdigit() and day < "2020"


# Days, times and amounts are no part of a number to be hidden; what is hidden keeps its length.
_KEPT = re.compile(
    r"(?<![\d.\-/])(?:\d{1,2}[./-]\d{1,2}[./-](?:20)?[2-9]\d|20[2-9]\d-\d\d-\d\d)(?![\d/-])|(?<![\d.])\d{1,2}[:.]\d\d(?![\d.])|"
    r"(?<!\d)\d{1,3}(?:[. ]\d{3})*,\d\d(?!\d)|[€$£] ?\d[\d.,]*|\d[\d.,]* ?(?:€|eur|£|\$)"
)
_PHONE_SHAPE = re.compile(r"(?:\+|\(|\b00)?\d(?:[ ().\-/]{0,3}\d){5,18}")
_RUN = re.compile(r"\d{6,}")
_CODE = re.compile(r"\b(?=[a-z0-9\-/]*\d[a-z\-/]*\d[a-z\-/]*\d)(?=[0-9\-/]*[a-z])[a-z0-9]+(?:[\-/][a-z0-9]+){0,4}\b")
_SPELLED_NUMBER = re.compile(rf"\b(?:{_SPELLED}[ ,.\-]{{0,3}}){{6,}}")


def _numbers(text: _Folded) -> Iterator[Found]:
    if sum(sign.isdigit() for sign in text.plain) >= 6:
        plain = _KEPT.sub(lambda kept: "~" * len(kept[0]), text.plain)
        yield from _phones(plain)
        yield from ((*found.span(), NUMBER) for found in _RUN.finditer(plain))
        yield from ((*found.span(), NUMBER) for found in _CODE.finditer(plain) if len(found[0]) >= 6)
    yield from ((*found.span(), PHONE) for found in _SPELLED_NUMBER.finditer(text.plain))


def _phones(plain: str) -> Iterator[Found]:
    for found in _PHONE_SHAPE.finditer(plain):
        groups = re.findall(r"\d+", found[0])
        size = sum(map(len, groups))
        if size >= 7 and (max(map(len, groups)) >= 3 or found[0][0] in "0+(" or len(groups) == size):
            yield *found.span(), PHONE
    for region in REGIONS:
        for match in PhoneNumberMatcher(plain[:_MOST_READ], region, leniency=Leniency.VALID, max_tries=20):
            yield match.start, match.end, PHONE


# --------------------------------------------------------------------------------------------------------- addresses

_STREET = re.compile(
    r"\b(?:via|viale|v\.le|piazza|piazzale|p\.?zza|corso|c\.so|largo|vicolo|strada|contrada|localita|borgo|calle|c/|avenida|"
    r"avda\.?|"
    r"plaza|paseo|carretera|ronda|travesia|camino)(?: +[a-z'.]+){1,6},? *(?:n\.?|no\.?|num\.?|numero|nº|"
    r"civico)? *\d{1,4}(?:/?[a-z]\b|/\d+)?"
    r"(?:[, \-]+(?:interno|int\.?|scala|sc\.?|piano|piso|puerta|esc\.?) *\w{1,4})*(?:[, \-]+\d{5}(?: +[a-z']+){0,2})?"
)
_LIVES = re.compile(
    r"\b(?:abito|abitiamo|abita|vivo|viviamo|vive|residente|resido|domiciliat[oa]|i live|we live|lives|living|"
    r"mi direccion es|indirizzo(?: e)?|"
    r"my address is|address|domicilio)(?: +(?:in|a|at|on|en|al|e|is|es|la|il))*[ :,]+(?P<place>(?:via|viale|piazza|corso|"
    r"largo|vicolo|calle|avenida|"
    r"plaza|paseo|\d{1,5}) [^\n.;!?]{2,60}?)(?=$|[\n.;!?]| (?:e|ed|and|y|ma|but|pero|vorrei|ho|devo|i|need|quiero|necesito|"
    r"posso|come|is)\b)"
)
_ENGLISH_STREET = re.compile(
    r"\b\d{1,5}[a-z]? +(?:[a-z']+ +){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|crescent|square|gardens|"
    r"terrace|boulevard|blvd)\b"
    r"(?:,? (?:apt|flat|unit) ?\w{1,4})?(?:,? [a-z]+,? [a-z]{2},? \d{5})?"
)
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b")


def _addresses(text: _Folded) -> Iterator[Found]:
    yield from ((*found.span(), ADDRESS) for found in _STREET.finditer(text.plain))
    yield from ((*found.span("place"), ADDRESS) for found in _LIVES.finditer(text.plain))
    if any(sign.isdigit() for sign in text.plain):
        for pattern in (_ENGLISH_STREET, _POSTCODE):
            yield from ((*found.span(), ADDRESS) for found in pattern.finditer(text.plain))


# -------------------------------------------------------------------------------------------------------------- names

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_NEXT = re.compile(r"[ \t]+(?=[^\W\d_])")

# After these a name must come.
_INTRODUCES = re.compile(
    r"\b(?:mi chiamo|si chiama|si chiamano|il mio nome(?: completo)? e|nome e cognome|cognome e nome|nome completo|di nome|"
    r"di cognome|"
    r"a nome di|a nome|intestat[oa] a|(?:il )?cognome(?: e)?|nome(?= ?:)|my(?: full| last| first)? name(?: is|'s|s)|"
    r"his name is|her name is|"
    r"the name is|name(?= ?:)|named|surname(?: is)?|last name(?: is)?|first name(?: is)?|full name(?: is)?|in the name of|"
    r"under the name(?: of)?|me llamo|se llama|"
    r"mi nombre(?: completo)? es|su nombre es|nombre y apellidos|nombre(?= ?:)|apellidos?(?: es)?|a nombre de|de nombre|"
    r"sig\.?r?a?\.?|signora|signor|sra\.?|sr\.?|senora|senor|don|dona|mr\.?|mrs\.?|ms\.?|miss)[ :,]+(?=[^\W\d_])"
)
# After these it may: a capital letter, or a name that is known.
_MAY_INTRODUCE = re.compile(
    r"\b(?:sono|son|io sono|qui e|parla|call me|soy|i am|i'm|im|this is|it's|it is|here is|aqui|habla|"
    r"(?:mio|mia|nostr[oa]|suo|sua|mi|my|our|his|her|il|la|el|del|della|al|alla|il mio|la mia|los|mis|miei|mie|nuestr[oa]|tu|"
    r"their) (?:"
    r"figli[oa]|figli|bambin[oa]|bimb[oa]|bebe|neonat[oa]|padre|papa|madre|mamma|marito|moglie|nonn[oa]|fratello|sorella|"
    r"zi[oa]|cugin[oa]|"
    r"nipote|nipotin[oa]|suocer[oa]|cognat[oa]|compagn[oa]|fidanzat[oa]|ragazz[oa]|gener[oa]|nuora|pazient[ei]|amic[oa]|"
    r"son|daughter|child|baby|kid|boy|girl|father|dad|mother|mum|mom|husband|wife|grandmother|grandfather|grandma|grandpa|"
    r"granny|brother|"
    r"sister|uncle|aunt|cousin|nephew|niece|partner|boyfriend|girlfriend|friend|patient|"
    r"hij[oa]|nin[oa]|espos[oa]|marido|mujer|abuel[oa]|herman[oa]|ti[oa]|prim[oa]|niet[oa]|sobrin[oa]|suegr[oa]|pareja|"
    r"novi[oa]|paciente|amig[oa])"
    r"|zia|zio|nonna|nonno|paziente|patient|paciente|tia|tio|abuela|abuelo|aunt|uncle),?[ ]+(?=[^\W\d_])"
)
_CLOSING = re.compile(
    r"(?:\b(?:grazie(?: mille)?|saluti|cordialmente|gracias|saludos|un saludo|atentamente|thanks|thank you|regards|"
    r"best wishes|cheers|sincerely|firmato|attesa|"
    r"anticipo)\b[ ,.!\n\-]+|\n[ \-]*)(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,2})[ .!]*$"
)
_TITLED = re.compile(
    r"(?:dott\.?|dottor|dottore|dottoressa|dott\.?ssa|dssa|dr|dr\.|dra\.?|doctor|doctora|prof\.?|professor|professore|"
    r"professoressa|via|viale|piazza|corso|largo|calle|plaza|"
    r"san|santa|sant|sede|ospedale|clinica|hospital|avenida|st\.?|saint)[ ']$"
)

_NOT_NAMES = frozenset(
    """
    un una uno il lo la i gli le in a al alla alle allo di da del della con per su tra fra e o ma se che chi non piu molto
    troppo
    sempre gia ancora qui li qua la stato stata stati state io tu lui lei noi voi loro mio mia miei mie tuo suo nostro
    questo questa
    quello quella vorrei voglio devo posso ho hai ha abbiamo avete hanno sono sei siamo siete era ero prenotare disdire spostare
    annullare confermare chiedere sapere avere ore alle dalle oggi domani ieri lunedi martedi mercoledi giovedi venerdi sabato
    domenica nuovo nuova paziente cliente mamma papa madre padre figlio figlia moglie marito nonna nonno fratello sorella
    signora
    signor signore dottor dottore dottoressa medico infermiera segretaria ciao salve buongiorno buonasera grazie mille
    arrivederci
    italiano italiana straniero straniera inglese spagnolo spagnola rumeno rumena ucraino ucraina marocchino marocchina albanese
    allergico allergica diabetico diabetica incinta malato malata pronto pronta preoccupato preoccupata disperato disperata
    arrivato arrivata convenzionato convenzionata assicurato assicurata pensionato pensionata disabile celiaco celiaca
    visita appuntamento esame esami referto fattura prelievo controllo ecografia si no ok va bene quanto quando dove come perche
    cosa mi ti ci vi fa quindi allora infatti comunque purtroppo anche solo prima dopo poi era nata nato nati residente
    of as by the an my your his her our their not no yes so very too also just still here there from at on to for with and
    or but if that who
    is was are were been have has had do does did can could would will should may might must need want like late early new
    patient client mother father mum mom dad son daughter wife husband sister brother doctor nurse italian english spanish
    german
    french american british diabetic pregnant allergic sick ill worried sorry afraid sure unable able going coming calling
    writing
    asking looking trying waiting about today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday
    hi hello hey good morning afternoon evening thanks thank please born i you he she it we they me him them this these what
    when
    where how why which
    un una unos unas el los las en al del de con por para y o pero si que quien no muy mas ya aun aqui alli nuevo nueva paciente
    cliente madre padre hijo hija mujer marido esposo esposa hermana hermano medico medica doctor doctora enfermera espanol
    espanola
    italiana italiano mexicana mexicano argentina argentino colombiana colombiano alergico alergica diabetico diabetica
    embarazada
    enfermo enferma preocupado preocupada quiero quisiera necesito tengo puedo estoy soy es fue era mi tu su mis sus me te
    se le nos
    les hola buenos buenas dias tardes noches gracias cita visita consulta resultado resultados factura hoy manana ayer
    lunes martes
    miercoles jueves viernes sabado domingo cuando donde como cuanto porque tambien solo nacido nacida
    reception segreteria accettazione menu operatore stop start whatsapp roma milano madrid barcelona londra london italia spain
    santo spirito urgente libero libera disponibile sicuro sicura occupato occupata nessuno qualcuno tutto tutti uomo donna
    """.split()
)
_JOINS = frozenset(("di", "de", "del", "della", "lo", "la", "van", "von", "da", "dal", "mc", "mac", "o"))


def _names(text: _Folded) -> Iterator[Found]:
    for found in _INTRODUCES.finditer(text.plain):
        if not _TITLED.search(text.plain[max(found.start() - 16, 0) : found.start()]):
            yield from _name_at(text, found.end(), certain=True)
    for found in _MAY_INTRODUCE.finditer(text.plain):
        yield from _name_at(text, found.end(), certain=False)
    for found in _WORD.finditer(text.cased):
        if _is_known_name(text, found):
            yield from _name_at(text, found.start(), certain=False)
            yield from _name_before(text, found.start())
    if not text.shouted and (closing := _CLOSING.search(text.plain)):
        yield from _name_at(text, closing.start("name"), certain=False)


def _is_known_name(text: _Folded, found: re.Match[str]) -> bool:
    """Say whether a word is a first name by itself: known, no everyday word, and no doctor's, street's or saint's."""
    word = found[0].casefold()
    if word not in FIRST_NAMES or _TITLED.search(text.plain[max(found.start() - 16, 0) : found.start()]):
        return False
    if text.shouted:
        return word not in AMBIGUOUS
    begins = not text.plain[: found.start()].rstrip(" ") or text.plain[: found.start()].rstrip(" ")[-1] in ".!?\n"
    if word in AMBIGUOUS:
        return found[0][0].isupper() and not begins
    return True


def _name_at(text: _Folded, start: int, certain: bool) -> Iterator[Found]:
    """Yield the name that begins here: its first word if it is believed, and up to three more that go with it."""
    first = _WORD.match(text.cased, start)
    if first is None or not (_begins_name(text, first[0], certain) or _continues_name(text, first, False, joined=True)):
        return
    end, words = first.end(), 1
    while words < 5 and (gap := _NEXT.match(text.cased, end)):
        following = _WORD.match(text.cased, gap.end())
        if following is None or not _continues_name(text, following, first[0][0].isupper()):
            break
        end, words = following.end(), words + 1
    yield start, end, NAME


def _name_before(text: _Folded, end: int) -> Iterator[Found]:
    """Yield the family name written before a first name ("Prova Anna")."""
    before = _LAST_WORD.search(text.cased[max(end - 30, 0) : end])
    if before is not None and before[1][0].isupper() and not text.shouted:
        word = before[1].casefold()
        if word not in _NOT_NAMES and not _TITLE.fullmatch(word):
            yield end - len(before[0]), end - 1, NAME


_LAST_WORD = re.compile(r"([^\W\d_]{2,}(?:'[^\W\d_]+)?) $")


def _begins_name(text: _Folded, word: str, certain: bool) -> bool:
    said = word.casefold()
    if said in _NOT_NAMES:
        return False
    if certain:
        return True
    if word[0].isupper() and not text.shouted:
        return not _TITLE.fullmatch(said)
    return said in FIRST_NAMES and said not in AMBIGUOUS


_TITLE = re.compile(r"dott\w*|dr|dra|prof\w*|doctor\w*|sig\w*")


def _continues_name(text: _Folded, found: re.Match[str], capital: bool, joined: bool = False) -> bool:
    """Say whether a word goes on with a name; `joined`: only as what stands before a known name ("de luca")."""
    word, said = found[0], found[0].casefold()
    if said in _JOINS:  # "de Luca": only before another part of it
        gap = _NEXT.match(text.cased, found.end())
        after = _WORD.match(text.cased, gap.end()) if gap else None
        if after is None or after[0].casefold() in _NOT_NAMES | _JOINS:
            return False
        return said != "di" and after[0].casefold() in FIRST_NAMES if joined else after[0][0].isupper() or not capital
    if joined:
        return False
    if said in _NOT_NAMES:
        return False
    return word[0].isupper() if capital and not text.shouted else True


def _known_names(text: _Folded, names: Sequence[str]) -> Iterator[Found]:
    parts = {part for name in names for part in _parts(name)}
    if parts:
        for found in _LETTERS.finditer(text.plain):
            if found[0] in parts:
                yield *found.span(), NAME


_LETTERS = re.compile(r"[^\W\d_]+")


def _parts(name: str) -> Iterator[str]:
    yield from (part for part in _LETTERS.findall(_Folded(name).plain) if len(part) >= SHORTEST_NAME)


_FINDERS: tuple[Callable[[_Folded], Iterator[Found]], ...] = (
    _mail_and_links,
    _birth_dates,
    _addresses,
    _numbers,
    _names,
)
