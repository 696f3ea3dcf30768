"""Cut out of a text what a clinic's chat must never keep: payment, identity and health-service numbers, and secrets.

Numbers are believed by their checksum where it says enough, and need a word beside them ("ssn", "nhs") where it would
also hit telephone numbers. Dates, times, telephone numbers, amounts, queue and appointment codes stay.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stdnum import luhn
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.iso7064 import mod_97_10
from stdnum.it import codicefiscale

MARK = "[•••]"
PASSES = 4  # people's texts need one or two
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Span:
    """Where an identifier of a kind stands in a text."""

    start: int
    end: int
    kind: str


def cut_identifiers(text: str, passes: int = PASSES) -> tuple[str, tuple[str, ...]]:
    """Return the text with a mark in the place of each identifier, and the kinds that were cut, in order of appearance.

    What a cut uncovers is cut in its turn, so that a second screening never finds anything. A text that still holds
    something after so many passes was made to be slow: it loses every word with a digit, and if that is not enough, all of them.
    """
    kinds: list[str] = []
    for _ in range(passes):
        spans = find_identifiers(text)
        if not spans:
            break
        kinds += [span.kind for span in spans]
        text = _without(text, spans)
    else:
        text = _coarsely(text)
    return text, tuple(dict.fromkeys(kinds))


def _coarsely(text: str) -> str:
    """Return the text without anything that could identify, at any price to what is told in it."""
    for coarser in (_without_digits, lambda _: MARK):
        if find_identifiers(text):
            text = coarser(text)
    return text


def _without_digits(text: str) -> str:
    return _WORD.sub(lambda word: MARK if any(sign.isdigit() for sign in word[0]) else word[0], text)


def find_identifiers(text: str) -> tuple[Span, ...]:
    """Return the identifiers in a text, in order, none overlapping another."""
    if not any(sign.isdigit() for sign in text) and not _SECRET_WORD.search(text):
        return ()
    plain = _plain(text)
    found = sorted((span for finder in _FINDERS for span in finder(plain)), key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in found:
        if not kept or span.start >= kept[-1].end:
            kept.append(Span(span.start, _after_marks(text, span.end), span.kind))
    return tuple(kept)


def _after_marks(text: str, end: int) -> int:
    """Return the end of a find with the invisible signs that make its last digit a key."""
    while text[end : end + 1] in _KEY_MARKS:
        end += 1
    return end


_KEY_MARKS = ("\ufe0f", "\u20e3")


def _without(text: str, spans: tuple[Span, ...]) -> str:
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], MARK]
        at = span.end
    return "".join([*parts, text[at:]])


def _plain(text: str) -> str:
    """Return a text of the same length in plain signs: ASCII digits and letters, one kind of space, dash and quote; dates hidden."""
    if not text.isascii():
        text = "".join(sign if sign.isascii() else plain_sign(sign) for sign in text)
    return _DATE.sub(lambda date: "~" * len(date[0]), text)


def plain_sign(sign: str) -> str:
    match unicodedata.category(sign):
        case "Nd":
            return str(unicodedata.decimal(sign))
        case "Pd":
            return "-"
        case "Zs" | "Cf" | "Zl" | "Zp":
            return " "
    simple = unicodedata.normalize("NFKC", sign)
    return simple if len(simple) == 1 and simple.isascii() else _LOOK_ALIKES.get(sign, sign)


_LOOK_ALIKES = {
    **{"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'},
    **dict.fromkeys("·•∙⋅‧・", "."),
    **dict.fromkeys(_KEY_MARKS, " "),  # what makes a digit a key: 4️⃣
    **dict(zip("АВЕКМНОРСТХУІЅЈаеорсухіѕј", "ABEKMHOPCTXYISJaeopcyxisj", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)),
}

# Written dates ("12/11/2026", "2026-11-12") and times are no part of any number beside them.
_DATE = re.compile(
    r"(?<![\d.\-/])(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|[12]\d|3[01])[./-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?![\d/-])|(?<![\d.])\d{1,2}:\d\d(?!\d)"
)

# --------------------------------------------------------------------------------------------------- numbers of digits

_RUN = re.compile(r"\d+(?:[ \t\r\n.\-/_]{1,3}\d+)*")
_GROUP = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Run:
    """Digits that stand together, in the groups they are written in."""

    text: str
    start: int
    groups: tuple[tuple[int, int], ...]
    digits: str
    offsets: tuple[int, ...]  # of each group within `digits`

    def pieces(self, shortest: int, longest: int) -> Iterator[tuple[str, int, int]]:
        """Yield every piece of whole groups with so many digits, longest first from each group: digits, start, end."""
        for first, (start, _) in enumerate(self.groups):
            at = self.offsets[first]
            least = bisect_left(self.offsets, at + shortest, first + 1)
            most = bisect_right(self.offsets, at + longest, least)
            for after in range(most - 1, least - 1, -1):
                yield self.digits[at : self.offsets[after]], start, self.groups[after - 1][1]


def _runs(text: str) -> Iterator[_Run]:
    for found in _RUN.finditer(text):
        groups = tuple((g.start() + found.start(), g.end() + found.start()) for g in _GROUP.finditer(found[0]))
        offsets = [0]
        for start, end in groups:
            offsets.append(offsets[-1] + end - start)
        digits = "".join(text[start:end] for start, end in groups)
        yield _Run(text, found.start(), groups, digits, tuple(offsets))


def _numbers(text: str) -> Iterator[Span]:
    for run in _runs(_LOOKING_LIKE_DIGITS.sub(_as_digits, text)):
        if len(run.digits) >= 8:
            yield from _numbers_in(run)


# A letter O or l typed for a digit; a lone "o" between two numbers is a word.
_LOOKING_LIKE_DIGITS = re.compile(r"(?<![A-Za-z])(?:[OoIl]*\d[\dOoIl]*|[Oo]{2,4})(?![A-Za-z])")
_DIGITS_OF = str.maketrans("OoIl", "0011")


def _as_digits(found: re.Match[str]) -> str:
    return found[0].translate(_DIGITS_OF)


def _numbers_in(run: _Run) -> Iterator[Span]:
    for check, kind, shortest, longest in _DIGIT_KINDS:
        if len(run.digits) < shortest:
            continue
        taken = -1
        for digits, start, end in run.pieces(shortest, longest):
            if start >= taken and check(digits, run.text, start, end):
                yield Span(start, end, kind)
                taken = end


def _is_card(digits: str, text: str, start: int, end: int) -> bool:
    if digits[0] == "0" or len(set(digits)) == 1 or text[max(start - 1, 0) : start] == "+":
        return False
    if digits[0] in "36" and not _CARD_SHAPE.fullmatch(text[start:end]) and not _near(_CARD_WORD, text, start, end):
        return False  # two mobile numbers side by side are no card, nor is what begins within the first
    if luhn.is_valid(digits):
        return _looks_issued(digits) or _near(_CARD_WORD, text, start, end)
    return len(digits) in (15, 16) and _near(_CARD_WORD, text, start, end)


_APART = r"[ \t\r\n.\-/_]{1,3}"
_CARD_SHAPE = re.compile(
    rf"\d{{13,19}}|\d{{4}}(?:{_APART}\d{{4,6}}){{2,3}}(?:{_APART}\d{{1,4}})?|\d(?:{_APART}\d){{12,18}}"
)


def _looks_issued(digits: str) -> bool:
    """Say whether a number begins as the card networks' numbers do, in the lengths they have."""
    return bool(_ISSUED.fullmatch(digits))


_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|"
    r"6(?:011|4\d\d|5\d\d)\d{12}|62\d{14,17}|(?:5[06789]|6\d)\d{14,17}|1\d{15}|9\d{15}|81\d{14}"
)
_CARD_WORD = re.compile(
    r"tarjeta (?:de )?(?:cr[eé]dito|d[eé]bito|bancaria)|n[uú]mero de (?:la |mi )?tarjeta|mi tarjeta|kredit ?karte|kartennummer|"
    r"carte (?:bancaire|bleue|de cr[eé]dit)|bank card|carta prepagata|\bmy card|la mia carta|"
    r"carta di (?:credito|debito)|credit card|debit card|bancomat|mastercard|\bvisa\b|american express|\bamex\b|postepay|card number|"
    r"numero (?:della |di )?carta|\bcvv\b|\bcvc\b|\bmaestro\b",
    re.IGNORECASE,
)


def _is_tessera(digits: str, text: str, start: int, end: int) -> bool:
    return digits.startswith("80380") or _near(_TESSERA_WORD, text, start, end)


_TESSERA_WORD = re.compile(
    r"tessera (?:sanitaria|europea|team)|\bteam\b|\bts\b|health insurance card|\behic\b", re.IGNORECASE
)


def _is_ssn(digits: str, text: str, start: int, end: int) -> bool:
    if text[start:end].count("-") == 2 and _DASHED_SSN.fullmatch(text[start:end]):
        return digits[:3] not in ("000", "666") and digits[3:5] != "00" and digits[5:] != "0000"
    return _near(_SSN_WORD, text, start, end)


_DASHED_SSN = re.compile(r"[0-8]\d\d-\d\d-\d{4}")
_SSN_WORD = re.compile(
    r"\bs\.?s\.?n\b|social security|\bsoc\.? ?sec|social sec|\bmy social\b|\bsocial (?:no|num|number|is)\b",
    re.IGNORECASE,
)


def _is_nuss(digits: str, text: str, start: int, end: int) -> bool:
    return _near(_NUSS_WORD, text, start, end)


_NUSS_WORD = re.compile(r"seg(?:uridad|\.)? ?social|\bnuss\b|\bnaf\b|n[uú]mero de afiliaci[oó]n", re.IGNORECASE)


def _is_account(digits: str, text: str, start: int, end: int) -> bool:
    return _near(_ACCOUNT_WORD, text, start, end)


_ACCOUNT_WORD = re.compile(
    r"(?:numero|n\.?) (?:di |del )?conto|conto corrente|n[uú]mero de (?:la |mi )?cuenta|cuenta (?:bancaria|corriente)|"
    r"(?:bank )?account n(?:umber|o|r)|kontonummer|num[eé]ro de compte|compte bancaire",
    re.IGNORECASE,
)


def _is_nhs(digits: str, text: str, start: int, end: int) -> bool:
    if _NHS_NUMBER.search(text[max(start - 30, 0) : start]):
        return True
    if _NHS_BESIDE.search(text[max(start - 10, 0) : start]) and _NHS_SHAPE.fullmatch(text[start:end]):
        return True
    return _near(_NHS_WORD, text, start, end) and nhs.is_valid(digits)


_NHS_BESIDE = re.compile(r"\bn\.?h\.?s(?:\W{1,3}(?:is |è |es )?)$", re.IGNORECASE)
_NHS_SHAPE = re.compile(r"\d{3}\D{1,3}\d{3}\D{1,3}\d{4}")


_NHS_NUMBER = re.compile(r"\bn\.?h\.?s\.?\s*(?:number|numero|no|nr|n|num|#)\b|numero (?:dell.)?nhs", re.IGNORECASE)
_NHS_WORD = re.compile(r"\bn\.?h\.?s\b|national health", re.IGNORECASE)


def _is_nir(digits: str, text: str, start: int, end: int) -> bool:
    born = int(digits[3:5])  # month; 20 and more where it is not known
    if digits[0] not in "123478" or not (1 <= born <= 12 or born >= 20) or text[max(start - 1, 0) : start] == "+":
        return False
    return nir.is_valid(digits) or _near(_NIR_WORD, text, start, end)


def _is_short_nir(digits: str, text: str, start: int, end: int) -> bool:
    return digits[0] in "12" and _near(_NIR_WORD, text, start, end)


_NIR_WORD = re.compile(r"s[eé]cu\b|s[eé]curit[eé] sociale|\bnir\b|carte vitale|\binsee\b", re.IGNORECASE)


_DigitCheck = Callable[[str, str, int, int], bool]
_DIGIT_KINDS: tuple[tuple[_DigitCheck, str, int, int], ...] = (
    (_is_tessera, "tessera_sanitaria", 20, 20),
    (_is_nir, "nir", 15, 15),
    (_is_short_nir, "nir", 13, 13),
    (_is_card, "card", 13, 19),
    (_is_account, "account", 8, 24),
    (_is_nuss, "ssn", 12, 12),
    (_is_nhs, "nhs", 10, 10),
    (_is_ssn, "ssn", 9, 9),
)


def _near(words: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Say whether one of these words stands shortly before, or right after."""
    return bool(words.search(text[max(start - 40, 0) : start]) or words.search(text[end : end + 20]))


# -------------------------------------------------------------------------------------- numbers with letters in them

_GAP = r"[ \t\r\n.\-/_]{0,3}"
_ALONE = r"(?<![A-Za-z0-9])"
_END = r"(?![A-Za-z0-9])"

_IBAN_START = re.compile(rf"{_ALONE}[A-Za-z]{_GAP}[A-Za-z]{_GAP}[\dOo]{_GAP}[\dOo]")
_IBAN_WORD = re.compile(r"\biban\b", re.IGNORECASE)
_IBAN_MISTYPED = re.compile(r"[A-Za-z]{2} ?[\dOo]{2}(?:[ \-.]?[A-Za-z]{0,4}\d[A-Za-z\d]{0,30}){2,12}")
# Registered lengths: SWIFT IBAN Registry.
_IBAN_LENGTHS = {
    code: int(length)
    for code, length in (
        pair.split(":")
        for pair in (
            "AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 DE:22 DK:18 DO:28 EE:20 "
            "EG:29 ES:24 FI:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HR:21 HU:28 IE:22 IL:23 IQ:23 IS:26 IT:27 JO:30 "
            "KW:30 KZ:20 LB:28 LC:32 LI:21 LT:20 LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MR:27 MT:31 MU:30 NL:18 NO:15 PK:24 "
            "PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 SA:24 SC:31 SE:24 SI:19 SK:24 SM:27 ST:25 SV:28 TL:23 TN:24 TR:26 UA:29 VA:22 "
            "VG:24 XK:20"
        ).split()
    )
}


def _ibans(text: str) -> Iterator[Span]:
    for found in _IBAN_START.finditer(text):
        letters = "".join(filter(str.isalnum, found[0])).upper()
        end = _take(text, found.start(), _IBAN_LENGTHS.get(letters[:2], 0))
        if (
            end is not None
            and not _is_article(text[found.start() : end])
            and _is_iban(_compact(text[found.start() : end]))
        ):
            yield Span(found.start(), end, "iban")
        elif _near(_IBAN_WORD, text, found.start(), max(end or 0, found.end())):
            mistyped = _IBAN_MISTYPED.match(text, found.start())
            end = max(end or 0, mistyped.end() if mistyped else 0)
            if end:
                yield Span(found.start(), end, "iban")


def _is_article(written: str) -> bool:
    """Say whether what looks like a country is a small word before telephone numbers ("il 333 1234567")."""
    return written[:2].islower() and not written[2].isalnum() and not _BANK_LETTER.search(written, 2)


_BANK_LETTER = re.compile(r"[A-NP-Za-np-z]")


def _is_iban(compact: str) -> bool:
    """Check an account number as written, and with each letter O read as a zero."""
    for read in (compact, compact[:2] + compact[2:].replace("O", "0")):
        if mod_97_10.is_valid(read[4:] + read[:4]):
            return True
    return False


def _take(text: str, start: int, size: int) -> int | None:
    """Return where `size` letters and digits end that begin here, with at most three separators between two; None if they do not."""
    if not size:
        return None
    apart = 0
    for at in range(start, min(len(text), start + 4 * size)):
        if text[at].isascii() and text[at].isalnum():
            size, apart = size - 1, 0
            if not size:
                return at + 1
        elif text[at] in " \t\r\n.-/_" and apart < 3:
            apart += 1
        else:
            return None
    return None


_D = (
    "[0-9LMNPQRSTUVOIlmnpqrstuvoi]"  # a digit, the letter that stands for it in a code given twice, or a letter like it
)
_LETTER = "[A-Za-z0]"
_FISCAL_CODE = re.compile(
    _ALONE
    + _GAP.join([_LETTER] * 6 + [_D] * 2 + ["[ABCDEHLMPRSTabcdehlmprst]"] + [_D] * 2 + [_LETTER] + [_D] * 3 + [_LETTER])
    + _END
)
_FISCAL_WORD = re.compile(
    r"codice fiscale|cod\.? ?fisc|\bc\.?f\.?(?![a-z])|tax code|fiscal code|tessera sanitaria|c[oó]digo fiscal",
    re.IGNORECASE,
)
_FISCAL_DIGITS = (6, 7, 9, 10, 12, 13, 14)


def _fiscal_codes(text: str) -> Iterator[Span]:
    for found in _FISCAL_CODE.finditer(text):
        if _is_fiscal_code(found[0]) or _near(_FISCAL_WORD, text, *found.span()):
            yield Span(*found.span(), "codice_fiscale")

    for found in _FISCAL_TOLD.finditer(text):
        yield Span(*found.span("value"), "codice_fiscale")


# With the word right before it, a code with a letter too few or a digit for a letter is one too.
_FISCAL_TOLD = re.compile(
    r"(?:codice ?fiscale|\bcod\.? ?fisc(?:ale)?|\bc\.?f\.?|c[oó]digo fiscal)(?: ?(?:[:=è]|is|es|n\.)){0,2} {0,2}"
    r"(?P<value>(?=(?:[a-z]*\d){4})(?=(?:\d*[a-z]){5})[a-z0-9]{12,18})(?![a-z0-9])",
    re.IGNORECASE,
)


def _is_fiscal_code(written: str) -> bool:
    """Believe a code by its check letter; one written in one piece with real digits also with a wrong letter."""
    code = "".join(
        sign.translate(_DIGITS_OF) if place in _FISCAL_DIGITS and sign != "L" else sign.replace("0", "O")
        for place, sign in enumerate(_compact(written))
        if place not in _FISCAL_DIGITS or sign.isalnum()
    )
    if codicefiscale.is_valid(code):
        return True
    return len(written) == 16 and all(code[place].isdigit() for place in _FISCAL_DIGITS) and int(code[9:11]) % 40 <= 31


_TIGHT = r"[.\-]?"
_DNI = re.compile(rf"{_ALONE}\d{{2}}{_TIGHT}\d{{3}}{_TIGHT}\d{{3}}([ .\-]{{0,2}})[A-Za-z]{_END}")
_NIE = re.compile(rf"{_ALONE}[XYZxyz][ .\-]?\d(?:[ .\-]?\d){{6}}[ .\-]?[A-Za-z]{_END}")
_DNI_TOLD = re.compile(rf"{_ALONE}\d(?:[ .\-]{{0,2}}\d){{7}}[ .\-]{{0,2}}(?:[A-Za-z]{_END}|(?![A-Za-z\d]))")
_DNI_WORD = re.compile(r"\bd\.?n\.?i\b|\bn\.?i\.?f\b|documento (?:nacional|de identidad)", re.IGNORECASE)
_NIE_WORD = re.compile(r"\bn\.?i\.?e\b|extranjer[oa]", re.IGNORECASE)


def _spanish(text: str) -> Iterator[Span]:
    for found in _DNI.finditer(text):
        believed = " " not in found[1] or _near(_DNI_WORD, text, *found.span())
        if believed and dni.is_valid(_compact(found[0])):
            yield Span(*found.span(), "dni")
    for found in _NIE.finditer(text):
        if nie.is_valid(_compact(found[0])) or _near(_NIE_WORD, text, *found.span()):
            yield Span(*found.span(), "nie")
    if _DNI_WORD.search(text):
        for found in _DNI_TOLD.finditer(text):
            if _DNI_WORD.search(text[max(found.start() - 25, 0) : found.start()]):
                yield Span(*found.span(), "dni")


def _compact(written: str) -> str:
    return "".join(filter(str.isalnum, written)).upper()


_KVNR = re.compile(rf"{_ALONE}[A-Za-z][ .\-]?\d(?:[ .\-]?\d){{8}}{_END}")
_KVNR_WORD = re.compile(r"versicherten|krankenkasse|krankenversicher|\bkvnr\b|gesundheitskarte", re.IGNORECASE)


def _german(text: str) -> Iterator[Span]:
    for found in _KVNR.finditer(text):
        if _is_kvnr(_compact(found[0])) or _near(_KVNR_WORD, text, *found.span()):
            yield Span(*found.span(), "kvnr")


def _is_kvnr(number: str) -> bool:
    """Check a German health insurance number: the letter as 01 to 26, weights 1 and 2 in turn, cross sums, last digit of the sum."""
    digits = f"{ord(number[0]) - 64:02d}{number[1:9]}"
    products = (int(digit) * (1 + place % 2) for place, digit in enumerate(digits))
    return sum(product // 10 + product % 10 for product in products) % 10 == int(number[9])


_CORSICAN = re.compile(rf"{_ALONE}[12]{_GAP}\d\d{_GAP}\d\d{_GAP}2[ABab]" + rf"{_GAP}\d" * 8 + _END)


def _corsican(text: str) -> Iterator[Span]:
    for found in _CORSICAN.finditer(text):
        if nir.is_valid(_compact(found[0])):
            yield Span(*found.span(), "nir")


# ------------------------------------------------------------------------------------------------------------ secrets

_SECRET_WORD = re.compile(
    r"passw|pasword|\bpsw\b|\bpwd\b|passcode|parola d|parola chiave|\bpin\b|\bpuk\b|\botp\b|credenzial|credential|credencial|"
    r"user ?name|utente\b|\buser\b|\blogin\b|\bcvv2?\b|\bcvc2?\b|c[oó]di(?:ce|go)|\bcodes?\b|contrase[nñ]a|\bclave\b|usuario|"
    r"kennwort|benutzer|\bpass\b|\bpw\b|mot de passe|\bmdp\b|identifiant|palabra clave",
    re.IGNORECASE,
)

_PASSWORD = (
    r"(?:passwords?|pasword|passwd|psw|pwd|pass word|passcode|parola (?:d.ordine|chiave)|codice segreto|contrase[nñ]as?|mi clave|"
    r"palabra clave|clave(?=[^\n]{1,40}?\d)|pass(?=\s?[:=])|pw|passwort|kennwort|mot de passe|mdp)"
)
_PIN = (
    r"(?:pin|puk|otp|c[oó]di(?:ce|go) (?:di |de )?(?:accesso|acceso|segreto|secreto|temporaneo|temporal|otp|sms|pin|verifica|"
    r"verificaci[oó]n|sblocco|seguridad)|(?:access|secret|one.time|verification|confirmation|sms|texted) code|passcode|geheimzahl|"
    r"code (?:secret|pin|d.acc[eè]s))"
)
_USER = (
    r"(?:user ?name|user ?id|id utente|nome utente|utente|login|user|credenziali|credentials?|credenciales|nombre de usuario|"
    r"usuario|benutzername|benutzer|identifiant)"
)
_CARD_CODE = r"(?:cvv2?|cvc2?|codice di sicurezza|c[oó]digo de seguridad|security code|pr[uü]fnummer|cryptogramme)"

_BE = r"(?:c'est|è|é|e'|is|sono|are|was|era|sarebbe|es|son|ser[ií]a|ist|lautet|war|est|sont)"
_IS = rf"(?P<is>\s{{0,3}}(?:=|:|->|→)\s{{0,3}}|'s\s{{1,3}}|\s{{1,3}}{_BE}\s{{1,3}}(?:el |la |il |the )?|\s{{1,3}})"
_OF = (
    r"(?:\s(?:mia|mio|del|della|dello|dell|per|di|for|of|to|the|my|il|la|al|sul|spid|cie|portale|portal|fascicolo|sito|website|site|"
    r"account|app|bancomat|carta|tessera|card|wifi|online|numero|number|code|temporaneo|segreto|nuova|nuovo|new|attuale|current|"
    r"de|mi|el|web|para|tarjeta|nueva|secreto|meine?|das|mein|paziente|paciente|patient|mon|ma|du|le)){0,4}"
)
_VALUE = r"[\"'(\[<]?(?P<value>[^\s\"'<>]{3,})"
_FAR = r"(?P<far>(?:\s[^\s.:;!?=]+){1,6}?)"  # "the password I use for the portal is ..."

_SECRETS = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (rf"\b{_CARD_CODE}{_OF}{_IS}[\"'(]?(?P<value>\d{{3,4}})(?!\d)", "card_code"),
        (rf"\b{_PIN}{_OF}{_IS}[\"'(]?(?P<value>\d(?:[ .\-]?\d){{3,9}})(?!\d)", "pin"),
        (
            r"\b(?:c[oó]di(?:ce|go)|code)\b[^.!?\n]{0,40}?\b(?:sms|otp|arrivato|verifica|verification|verificaci[oó]n|texted|spid)\b"
            rf"[^.!?\n\d]{{0,25}}?{_IS}(?P<value>\d[\d \-]{{3,8}}\d)(?!\d)",
            "pin",
        ),
        (rf"\b{_PASSWORD}{_OF}{_IS}{_VALUE}", "password"),
        (rf"\b{_USER}{_OF}{_IS}{_VALUE}", "credentials"),
        (rf"\b{_USER}{_OF}{_IS}[^\s/]{{3,40}} ?/ ?(?P<value>[^\s\"'<>]{{4,}})", "password"),
        (rf"\b{_PASSWORD}{_FAR}(?P<is>\s?(?:=|:)\s{{0,3}}|\s{_BE}\s{{1,3}}){_VALUE}", "password"),
        (
            rf"\b{_PASSWORD}(?P<far>(?:\s[^\s.:;!?=]+){{0,4}}?)(?P<is>\s(?:in|to|en|a|con|with|auf)\s)"
            r"(?P<value>(?=[^\s\d]*\d)(?=\S*[A-Za-z])[^\s\"'<>]{5,})",
            "password",
        ),
        (rf"\b{_PIN}{_FAR}(?P<is>\s?(?:=|:)\s{{0,3}}|\s{_BE}\s{{1,3}})(?P<value>\d{{4,8}})(?!\d)", "pin"),
        (
            rf"(?<!\S)[\"'(]?(?P<value>[^\s\"'<>]{{4,}})[\"')]?(?P<is>,?\s{_BE}\s)(?:la|il|my|the|mio|mia|mi|el)\s(?:mia\s|mio\s)?"
            r"(?:nuova\s|nuovo\s|new\s|nueva\s)?(?:password|pin|passcode|otp|codice segreto|parola d.ordine|contrase[nñ]a|clave)\b",
            "password",
        ),
    )
)

# What is said about a password rather than the password itself.
_ORDINARY = frozenset(
    """
    scaduta scaduto sbagliata sbagliato errata errato dimenticata dimenticato dimenticate bloccata bloccato cambiata cambiato persa
    perso corretta corretto valida valido giusta giusto vecchia nuova non stata stato quella quello questa questo una uno lunga
    corta troppo sempre ancora la il le lo per che come dove richiesta richiesto obbligatoria necessaria mancante arrivata arrivato
    diversa uguale stessa difficile facile sicura segreta personale privata temporanea scadute errate resettare cambiare recuperare
    expired wrong incorrect not blocked locked lost invalid correct the too required missing forgotten changed valid right old
    new same different secure secret safe long short case this that what where how being working reset needed never still
    attiva attivo inattiva disattivata funziona funzionante rifiutata accettata sicuro inserire inserita
    active inactive disabled rejected accepted and with for from only also please over under about at
    incorrecta incorrecto olvidada caducada caducado bloqueada bloqueado cambiada valida equivocada erronea errónea válida
    importante necesaria necesario obligatoria obligatorio corta larga segura nueva vieja misma distinta personal temporal que
    esta este esa ese muy demasiado siempre todavia aún una uno donde como para por con cual cuál qué cómo dónde mala
    perdida perdido secreta privada activa inactiva correcta correcto
    falsch abgelaufen vergessen gesperrt richtig nicht zu lang kurz neu alt ungültig sehr noch
    expiré faux oublié bloqué incorrect pas trop long court nouveau ancien valide
    registrato registrata nuovo abilitato iscritto disabile straniero vostro cliente paziente registered blind deaf
    registrado registrada nuevo
    """.split()
)


def _secrets(text: str) -> Iterator[Span]:
    if not _SECRET_WORD.search(text):
        return
    for pattern, kind in _SECRETS:
        for found in pattern.finditer(text):
            start = found.start("value")
            quoted = _quoted(text, start)
            value = quoted or found["value"].rstrip(",;:.)]>")
            stated = bool(quoted or found["is"].strip()) and "far" not in found.groupdict()
            if _is_username(value, found) if kind == "credentials" else _is_secret(value, stated):
                yield Span(start, start + len(value), kind)


def _is_username(value: str, found: re.Match[str]) -> bool:
    """Say whether a word after "user" is a name: letters with digits or dots, or a plain word that is written as one (":")."""
    if not any(sign.isalpha() for sign in value):
        return False
    if value.isalpha() and found["is"].strip() not in (":", "=", "->"):
        return found[0].casefold().startswith("user") and _is_secret(value, bool(found["is"].strip()))
    return _is_secret(value, True)


def _quoted(text: str, start: int) -> str:
    """Return what stands between quotation marks that open just before this place; empty if there are none."""
    mark = text[start - 1 : start]
    end = text.find(mark, start, start + 65) if mark in ('"', "'") else -1
    return text[start:end] if end > start else ""


def _is_secret(value: str, stated: bool) -> bool:
    """Say whether a word after "password" is one: any sign no ordinary word has, or any word stated to be it."""
    letters = value.strip("!?")
    if not any(sign.isalnum() for sign in value):
        return False
    if letters.isalpha() and (letters.islower() or letters.istitle() or letters.isupper()):
        return stated and letters.casefold() not in _ORDINARY
    return any(sign.isdigit() for sign in value) or stated


_FINDERS: tuple[Callable[[str], Iterable[Span]], ...] = (
    _ibans,
    _fiscal_codes,
    _numbers,
    _spanish,
    _german,
    _corsican,
    _secrets,
)
