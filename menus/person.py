"""Recognise the wish for a person inside any sentence, in every language at once, before and without any model."""

from __future__ import annotations

from dataclasses import dataclass

from menus import person_es
from menus.phrases import Phrasebook, Reading, after, before


@dataclass(frozen=True, slots=True)
class PersonWish:
    """Someone wants a person: of `team` ("reception", "billing", "nursing"), or None when the words name no team."""

    team: str | None


def wants_person(text: str) -> PersonWish | None:
    """Return the wish for a person in a text; None if there is none, or if it says that none is wanted."""
    readings = _PHRASES.read(text)
    if any(_wish(reading) for reading in readings):
        return PersonWish(_team(readings))
    return None


def _wish(reading: Reading) -> bool:
    told = _reach(reading["elsewhere"], 6) | before(reading["elsewhere"], 1)
    asked = reading["wish"] & ~_refused(reading) & ~told
    return bool(asked | reading["no_machine"]) or _is_bare(reading) or _ends_bare(reading)


def _is_bare(reading: Reading) -> bool:
    """Say whether the words are nothing but a name for a person, with or without politeness ("un operatore, per favore")."""
    words = sum(1 << place for place in reading.words.places)
    return bool(reading["bare"]) and not words & ~(reading["bare"] | reading["polite"])


def _ends_bare(reading: Reading) -> bool:
    """Say whether the last clause is nothing but a name for a person ("it does not work, operator")."""
    words = sum(1 << place for place in reading.words.places)
    last = next((clause & words for clause in reversed(reading.words.clauses) if clause & words), 0)
    return bool(last & reading["called_for"]) and not last & ~(reading["bare"] | reading["polite"])


def _refused(reading: Reading) -> int:
    """Return the places a refusal reaches: six words on, within its clause, up to the next thing asked for."""
    refusals = reading["refusal"]
    stops = reading["asking"] & ~_reach(refusals, 4) | reading["turn"]
    stops |= sum(clause & -clause for clause in reading.words.clauses)
    reach, covered = refusals, refusals
    for _ in range(6):
        reach = (reach << 1) & ~stops
        covered |= reach
    return covered


def _reach(mask: int, words: int) -> int:
    return mask | after(mask, words - 2)


TEAMS = ("reception", "billing", "nursing")


def _team(readings: tuple[Reading, ...]) -> str | None:
    """Return the team that is named first."""
    for reading in readings:
        named = [(reading[team] & -reading[team], team) for team in TEAMS if reading[team]]
        if named:
            return min(named)[1]
    return None


_GROUPS = {
    # Who can be talked to.
    "chi": "front+desk|persona|personaa|prsona|persone|qualcuno|qualcun|qualkuno|qlcn|qualche+umano|operatore|operatrice|"
    "operatori|umano|umana|"
    "umani|addetto|addetta|addetti|impiegat*|segretari*|segreteri*|accettazione|reception|receptionist|centralino|centralinista|"
    "amministrazione|amministrativ*|contabilita|infermier*|dottore|dottoressa|dott|dottssa|medico|responsabile|direttore|direttrice|"
    "assistente|consulente|staff|collega|ufficio|voi|lei|sportello|caposala|fatturazione|ostetrica|titolare|direzione|gente",
    # Whom one can simply ask for.
    "chiunque": "persona|prsona|operatore|operatrice|umano|umana|qualcuno|addetto|addetta|segreteria|segretaria|reception|"
    "receptionist|"
    "accettazione|infermier*|amministrazione|contabilita|centralino|centralinista|ufficio+fatture|ufficio+amministrativo|"
    "ufficio+fatturazione|ufficio+contabilita|responsabile",
    "vorrei": "vorrei|voglio|vogliamo|vorremmo|serve|servirebbe|serva|bisogno|desidero|desidererei|preferisco|"
    "preferirei|cerco|chiedo|"
    "dammi|datemi|mandatemi|gradirei|esigo|pretendo|dia|mi+occorre|aspetto|richiedo",
    "parlare": "parlare|parlar|palare|parlre|prlare|parlarci|parlarne|parlarvi|parlarle|conferire|comunicare|"
    "interloquire|dialogare|"
    "chattare|confrontarmi|parlerei",
    "macchina": "bot|robot|robots|macchina|macchine|risponditore|computer|chatbot|ia|automatic*|automa|algoritmo|"
    "messaggi+automatici|bots|pc",
    "who": "human|humans|person|prson|persn|someone|somebody|smeone|anyone|anybody|operator|agent|representative|rep|"
    "receptionist|reception|"
    "front+desk|frontdesk|nurse|nurses|nursing|doctor|staff|secretary|billing|accounts|accounting|finance|manager|people|advisor|adviser|"
    "member|assistant|being|office|clinic|team|supervisor|coordinator|midwife|administrator|administration|admin",
    "anyone": "human|person|someone|somebody|operator|agent|representative|receptionist|reception|front+desk|nurse|"
    "manager|"
    "billing+office|billing+department|billing+team|billing+people|billing+desk|billing|accounts+department|accounts+office|"
    "accounts+team|real+person|administration|secretary|humans|staff+member",
    "machine": "bot|bots|robot|robots|machine|machines|computer|chatbot|ai|automated|automatic|automation|recording",
}

_LISTS = {
    "wish": """
mi potete|puo|puoi|potreste|potrebbe|puoi telefonare|chiamare|richiamare|contattare|ricontattare
posso|potrei|possiamo|vorrei avere|contattare {chiunque}
serve|servirebbe|bisogno|vorrei|voglio ... assistenza|aiuto ... {chiunque}
me_la|lo passate|passa|passi|passereste
posso|potrei|vorrei|devo parlarle|parlargli|parlarvi|parlarti|parlarci
customer_service|support|care
give|gimme me_a_call|ring
help|support|assistance from|of {anyone}
transfer|connect_me
{anyone} i_can|could talk|speak
{parlare} con|coi|col|cn|a|al|alla|all|dal {chi}
{parlare} con|cn ... {chi}
parlare|parlarci con_un|una|la|il|lo|l|le|gli ... infermier*|segretari*|operator*|person*
vorrei|voglio|devo|dovrei|posso|potrei|possiamo|potremmo|bisogno|possibile|vogliamo|riesco|riuscire|modo|faccio parlare|
parlarvi|parlarne
mi|fatemi|fammi|lasciatemi|lasciami faccia|fatemi|fammi|fai|fate|lasci|lasciatemi|lasciami {parlare}
fatemi|fammi|lasciatemi|lasciami|mi+faccia|mi+faccia+pure {parlare}
parlare a_voce
parlare ... telefono
sentire|sentirei|sento un|una|l|la|il|qualcuno infermier*|operator*|segretari*|persona|dottor*|medico
sentire qualcuno
passi|passa|passate|passami|passatemi|passarmi|passarmela|pasi|passimi|passerebbe {chi}
mi ... passi|passa|passate|passare|passarmi {chi}
contatto|contattare|contattarmi ... {chi}
{chi} ... contatto|contattarmi
mi|farmi|fatemi contatt*|ricontatt*|richiam*|ritelefon* {chi}
contattatemi|ricontattatemi|richiamatemi|chiamatemi|telefonatemi
mi =chiamasse|=richiamasse|=contattasse|=ricontattasse|=rispondesse
mi|potete|puo|puoi|potreste|potrebbe =chiami|=chiamate|=richiamate|=richiami|=richiama|=chiama|=richiamare|richiamarmi|
chiamarmi|telefonarmi|ricontattarmi|contattarmi
essere|venire|esser richiamat*|ricontattat*|contattat*|chiamat*
qualcuno|qualcun ... puo|possa|potrebbe|potete|rispond*|aiuti|aiutarmi|aiutare|chiami|richiami
puo|puoi|possa|potrebbe|farmi ... qualcuno
mi_risponda|risponde|rispondete|rispondesse|aiuti qualcuno|persona|operatore
rispondere|risponde|rispondermi|risponda una|un persona|umano|operatore
c_e persona|operatore|operatrice|umano|essere+umano|addetto
c_e_qualcuno
ce|ci+sta|esiste|avete|siete persona|operatore|umano|essere+umano
ce|c+e|esiste|sei|siete|e_una|un_persona|umano_vera|vero|reale
ce_qualcuno
{vorrei} {chiunque}
{vorrei} ... persona|essere|operatore vera|vero|umana|umano|reale|fisica|carne
serve|bisogno|voglio|vorrei|cerco ... aiuto|assistenza umano|umana
persona|operatore|essere|assistenza|aiuto vera|vero|umana|umano|reale|carne
operatore|persona|umano|infermiera|segreteria|segretaria per_favore|piacere|cortesia
operatore|persona|umano subito
quando|chi mi_risponde persona|qualcuno|operatore
collegami|collegatemi|trasferiscimi|trasferitemi|mettimi|mettetemi|mi+metta|mi+colleghi|mi+trasferisca ... {chi}
talk|speak|chat|tlak|spaek|speek|talking|speaking|discuss|tallk to|with|2 {who}
talk|speak|chat|tlak|talking|speaking to|with ... {who}
talk|speak to|with a|an|the|your|one|some ... nurse|human|person|operator|receptionist
want|need|like|can|could|may|let|how|wanna|must|gotta i|to|me|we|id|do talk|speak
can|could|may i|we talk|speak|have {who}
wanna|gotta|lemme|like+to|need+to|want+to talk|speak
can|could|would|will|please|have|may {anyone} call|ring|phone|help|contact|answer|reply|assist|get
can|could|would|will|please|have someone|somebody|anyone|anybody|nurse|reception|doctor ... call|ring|phone|help|
contact|reply|assist|talk|speak
call|ring|phone me_back|please
ring|phone|contact_me
call_me on|at|tomorrow|today|asap|now|when|about|soon|as
please_call_me
callback
call_back
can|could|would|please you|someone|somebody ... call|ring|phone_me
hear|heard_from {anyone}
need|want|get|give|find|connect|transfer|put|pass|wanna|like|prefer|request|requesting {anyone}
need|want|get|give|like|prefer ... real|actual|live|proper human|person|agent|operator|nurse|people
id|would|want+to|rather like|prefer|have {anyone}
put|connect|transfer|pass|switch me through|to|over ... {who}
put|connect|transfer|pass|switch|hand me ... {anyone}
put|connect_me_through
is|are|any there|anyone|anybody real|actual|human|someone|somebody|person|anybody|anyone
is_anyone|anybody|someone|somebody there|available|here
is_this|it a real|human person
real|actual|live|living human|person|agent|operator|people
human_being|please|now|agent|operator|help|support
operator|agent|representative|receptionist please|pls|now
reach ... {anyone}
mi|ci|m aiuta|aiuti|assiste|assista|risponde|ascolta|segue persona|qualcuno|operatore|umano
risponde|rispondono|legge|rispondera|leggera qualcuno|persona|umano
spiegare|spiegarmi|spiegarvi|spiegarle|dirvi|dirle|sentirci|sentirvi|sentirla|raccontare a_voce
spiegare|spiegarvi|spiegarle|sentirci|sentirvi|sentirla|chiarire ... telefono
fatemi|fammi|farmi|mi+fa|mi+fate|mi+faccia|mi+faccia+pure|facciate chiamare|richiamare|ricontattare|contattare|telefonare
chiedere|discutere|discuterne|spiegare|domandare|rivolgermi|chiarire|dirlo|chiederlo|spiegarlo ... a|con|ad|al|all|alla|un|
una {chiunque}
come|modo|posso|faccio|potrei parlarci|parlarvi|parlarle
mi|puo|puoi|potete mette|mettete|metta|mettere|mettermi in contatto
parlo|parlando|parlero con_una|un persona|umano|operatore|essere+umano
colloquio|consulto telefonico|telefono
mi_date|dai|dia|mandate {chiunque}
mi|ci =chiamaste|=chiamiate|=richiamaste|=richiamiate|=contattaste|=telefonaste|=contattiate|=telefonasse
assistente umano|umana
dove|come|quando|chi posso|devo rivolgermi
vorrei|voglio|posso|potrei|devo sentire|sentirvi|sentirla telefono|voce
telefonarmi|telefonatemi|telefonami
who can|could|do|should|may|to talk|speak to|with
human|operator|agent|receptionist available|around
a_word|chat with {who}
hold_of {anyone}
someone|somebody|anyone should|must|to|from|at ... call|ring|phone|contact
hand_me|over ... {who}
un|una|qualche|nessun|l operatore|persona|umano|addetto|infermiera mi|ci puo|possa|potrebbe
signorina|signora|dottoressa|dottore ... rispondere|risponda|risponde lei
avere|ricevere|chiedere|fissare|aspetto|attendo una|vostra|sua ... chiamata|telefonata
voce|telefono con {chi}
parlare_operatore|persona|umano|segreteria|infermiera|addetto|segretaria|amministrazione
mi_telefoni|chiami|richiami|contatti|ricontatti qualcuno|persona|operatore|infermiera|segreteria
have|possible|arrange|get|want|need|request phone|telephone_call
anyone|anybody|someone real|human
be|get called|rung|phoned back
like|want|prefer to_be_called|phoned
can|could|would|will_you please_call|ring|phone
someone|somebody|anyone|you ... in_touch
like|want|need|get|have_a_call|callback from|with
operatori|operatore liberi|libero|disponibili|disponibile
appuntamento telefonico con {chi}
puo|puoi|potrebbe rispondermi {chiunque}
=chiamami|=richiamami|=telefonami
give|get_me|us ... {anyone}
""",
    "no_machine": """
non|nn|no|basta|odio|stufo|stufa|stanco|stanca|niente|invece|senza|piu ... voglio|vorrei|parlo|parlare|usare|bot|robot|
con|scrivere|di {macchina}
non|nn|basta|no|odio|niente_un|una|con|questo|questi|il|piu|di|i|voglio|mi+piace {macchina}
basta|odio|niente|stop|no_bot|robot|macchine|risponditore|chatbot
not_a|with {machine}
not|no|dont|stop|hate|sick|tired|fed|without|instead ... talk|talking|speak|speaking|want|chat|with|to|of|use|using {machine}
no|hate|stop|enough|not+a|not+with_a|the|this|more|these|with|your|bots|robots|bot|robot|machines {machine}
no|hate|stop_bots|bot|robots|robot|machines|chatbot
""",
    "refusal": """
non|nn_richiamatemi|chiamatemi|chiamate|richiamate|telefonatemi|contattatemi|telefonate
non|nn|mica_voglio|vorrei|serve|servono|occorre|devo|bisogno|necessario|intendo|desidero|va|volevo|preferisco|chiedo|voglia
non|nn_mi|ci|ne|ti|ho|c|c+e|e|mi+e|ho+piu|ho+nessun|c+e+piu|c+e+nessun|c+e+alcun|ho+affatto|credo|penso_bisogno|serve|
necessario|voglia|va|interessa|
occorre|serva|mi+serva
senza parlare|passare|chiamare|sentire|operatore
dont|do+not|didnt|doesnt|not|no+longer|never want|need|wanna|have|like|wish|require|looking|necessary
dont|do+not_call|phone|ring|contact|text
non|nn_potete|puo|possono|dovete|puoi|dovrebbe chiamarmi|richiamarmi|telefonarmi|contattarmi
non|nn_parlare|chiamare|sentire|disturbare
not_to talk|speak|call|phone
dont|do+not please call|phone|ring|contact
no_need
without talking|speaking|having|a
rather_not
prefer|prefiero|preferisco|preferirei_not|no|non
instead_of|rather_than
invece_di
""",
    "asking": """
vorrei|voglio|posso|potrei|serve|bisogno|mi+passi|preferisco|want|need|can|could|prefer|let|just+want
""",
    "turn": """
ma|pero|but|solo|just|invece
""",
    # People and teams that are only spoken about.
    "elsewhere": """
devo|posso|possiamo|potremmo|vorrei|potrei|si|sa|sanno|can|i|you parlare|speak|parlo in|inglese|italiano|francese|spagnolo|tedesco|
arabo|english|italian|french|spanish|german
quante|quanti|numero|nome|cognome|quale|quali persone|persona
numero|orario|orari|telefono|indirizzo|mail|email|recapito|sede|cellulare ... segreteria|accettazione|reception|
amministrazione|infermieri|ufficio|medico
name|number|address|email|hours|times|phone ... person|reception|office|nurse|department|people
mi|si =chiamo|chiamava|chiama
persona che|con|di|a|dell|della|per|delegata
person who|that|i|with|for|in|is
people per|can|in|for
how_many people|persons
ha|hanno|avete|ho|avevo|aveva|abbiamo gia parlato
qualcuno|persona_che mi|la|lo|viene ... accompagn*|viene|vive|guida|porta|aspetta
serve|servono|occorre|bisogno ... persona per|che firmare|accompagn*|ritirare|guidare|firmi
detto|dice|consigliato|chiesto|suggerito|said|told|advised|dijo|dijeron|dicho|recomendo ... parlare|sentire|talk|speak|
hablar|contattare|contact
parlare|parlarne|parlo|talk|speak|hablar|hablo|hablarlo_con|to|with_mia|mio|miei|mie|il+mio|la+mia|my|mi|mis
operatore_per lingua|disabili
someone|anyone|anybody ... at|on ... monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|weekends|easter|christmas
mandate|mandarmi|inviate|inviarmi|mandami ... contatto|recapito
responsabile|direttore|medico|dottore|infermiera|segretaria_e|era|ha
c_e_qualcuno che accompagn*
avete|serve l_operatore per
id|like|want|need|prefer|can|could speak|talk in english|italian|french|spanish|german
had|have+had talk|chat|word
get|getting|go|walk_to {anyone}
need|want|bring|have|must person|someone|adult|somebody to|who drive|accompany|come|sign|pick|stay|collect
gia parlato
""",
    "bare": "\n".join(
        (
            "{chiunque}|umani|impiegata|impiegato|operatori|segretari|persona+vera|persona+reale|essere+umano|"
            "assistenza+umana|infermieri",
            "{anyone}|human+being|live+agent|live+person|agent|someone|frontdesk|rep|real+human|nurses",
            "ufficio amministrativo|fatture|contabilita",
            "vera|vero|umano|umana|reale|persona",
        )
    ),
    "called_for": "operatore|operatrice|umano|operator|agent|human|operador|operadora|agente|humano",
    "polite": """
favore|piacere|per+favore|per+piacere|per+cortesia|cortesia|grazie|prego|un|una|la|il|lo|l|subito|ciao|buongiorno|
buonasera|salve|si|ora|adesso|con|
fatture|please|pls|plz|
thanks|thank|vi|ti|you|a|an|the|now|hi|hello|yes|real|human|to|scusi|scusate|amministrativo|desk|office|x|xfavore|department|
team|di|in|carne|ossa|e|
=persona|contabilita|fatturazione|vero|vera|umano|reale|reali|live|being|me|asap|urgente|urgent
""",
    "reception": "segreteri*|segretari*|accettazion*|reception*|recepsion|front+desk|frontdesk|centralin*|secretary|"
    "sportello",
    "billing": "amministrazion*|amministrativ*|fattur*|contabil*|billing|biling|invoice*|accounts|accounting|pagament*|"
    "rimbors*|finance|payment*|bill|refund",
    "nursing": "infermier*|nurse*|nursing|caposala",
}

# Words that exist: never a misspelling of one of the above.
_REAL = """
chiamo chiamato chiamata chiamati parlato parliamo parlavo passata passato passare pasti parcheggio personale personali persona
persone spark speaker speak talk talks walk walking asking passo pass pasta umani umido mani vecchia cercare circa call calls
sentito sentita sentiamo sente nurse purse operazione operazioni operare operato operata opera operate operation operated
referto reception recezione ricezione ricevuta ricetta contratto contratti contatto finale finanze ostetricia clinica clinico
officina amministratore bit both boat rot rotto hour hours humour humid
assente presente assenti dolore dolori paziente pazienti
"""

_PHRASES = Phrasebook(
    {name: f"{text}\n{getattr(person_es, name.upper(), '')}" for name, text in _LISTS.items()},
    {**_GROUPS, **person_es.GROUPS},
    (*_REAL.split(), *person_es.REAL.split()),
)
