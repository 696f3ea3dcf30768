"""How words sound, by lists in Italian, English and Spanish: worried, upset (anger, complaint, grief), else"
" calm. Standard library only."""

from __future__ import annotations

import re

from llm.folded import folded
from llm.verdict import Tone


def tone_of(words: str) -> Tone:
    """Return how the words sound; upset before worried. Calm means only that no listed word was found."""
    text = folded(words)
    if _UPSET.search(text):
        return Tone.UPSET
    plain = _REASSURED.sub(" ", text)
    return Tone.WORRIED if _WORRIED.search(plain) else Tone.CALM


def _one_of(lines: str) -> re.Pattern[str]:
    """Return a pattern that finds one of these lines; `..` stands for up to three words between."""
    parts = (line.strip().replace(".. ", r"(?:[a-z0-9]+ ){0,3}") for line in lines.strip().splitlines())
    return re.compile(f" (?:{'|'.join(part for part in parts if part)}) ")


_KIN = (
    r"(?:padre|papa|madre|mamma|marito|moglie|figli[oa]|fratello|sorella|nonn[oa]|zi[oa]|suocer[oa]|compagn[oa]|"
    r"amic[oa]|bambin[oa]|gemell[oa]|"
    r"father|dad|mother|mum|mom|husband|wife|son|daughter|brother|sister|grand(?:mother|father|ma|pa)|uncle|aunt|partner|baby|friend|"
    r"hij[oa]|herman[oa]|abuel[oa]|ti[oa]|espos[oa]|marido|mujer|suegr[oa]|bebe|pareja)"
)
_DIED = (
    r"(?:mort[oa]|mancat[oa]|decedut[oa]|scompars[oa]|venut[oa] a mancare|died|dead|passed(?: away)?|deceased|murio|"
    r"muerto|muerta|fallecio|"
    r"fallecid[oa]|ha muerto|ha fallecido)"
)

_UPSET = _one_of(
    rf"""
    (?:e|ho) .. vergogna
    (?:una|che) vergogna
    vergognos[oa]
    vergogna
    schif[oa]
    fa schifo
    pessim[oa]
    inaccettabile
    intollerabile
    indecente
    scandalos[oa]
    assurd[oaie]
    ridicol[oaie]
    furios[oa]
    furibond[oa]
    arrabbiat[oaie]
    incazzat[oaie]
    infuriat[oa]
    indignat[oa]
    delus[oaie]
    deludente
    stuf[oaie]
    esasperat[oa]
    non ne posso piu
    mai piu da voi
    mai piu
    basta (?:cosi|adesso|non)
    incompeten\w+
    incapac[ei]
    maleducat[oaie]
    scortes[ei]
    cafon[ei]
    arrogant[ei]
    pres[oaie] in giro
    prendet?e in giro
    trattat[oaie] (?:malissimo|male|da cani|come)
    (?:fatto|fate|state facendo) perdere .. (?:giornata|tempo|ore|mattina|pazienza)
    (?:terza|quarta|quinta|ennesima|seconda|decima) (?:volta (?:che|e)|(?:telefonata|chiamata|mail|richiesta))
    senza (?:una |nessuna |alcuna )?rispost[ae]
    (?:giorni|settimane|mesi) senza
    complimenti davvero
    nessuno .. (?:sa|dice|fa) niente
    without (?:an |any )?(?:answer|reply)
    well done .. (?:really|indeed)
    sin (?:una |ninguna )?respuesta
    (?:was|were|been) killed
    (?:abbiamo|ho) (?:appena )?pers[oa] (?:\w+ )?{_KIN}
    stanotte .. mort[oa]
    ennesim[oa]
    di nuovo .. sbagliat[oaie]
    sbagliat[oaie] di nuovo
    (?:fare|faccio|presentare|sporgere|un) reclamo
    (?:voglio|devo) (?:reclamare|lamentarmi|protestare)
    lamentarmi
    denunci[ao]
    denuncero
    denunciarvi
    avvocat[oi]
    querel[ao]
    (?:ridatemi|rivoglio|restituitemi) .. (?:soldi|denaro)
    rimborsatemi
    nessuno (?:mi |ci )?(?:risponde|richiama|ascolta|considera|chiama)(?: mai)?
    (?:possibile|mai possibile) che
    (?:due|tre|quattro|cinque|dieci|\d+) (?:ore|settimane|mesi|giorni|volte) che (?:aspetto|chiamo|provo|scrivo|attendo)
    aspett[oa] da (?:due|tre|quattro|cinque|\d+|ore|giorni|settimane|mesi)(?: (?:ore|settimane|mesi|giorni))?
    urlat[oa]
    rispost[oa] male
    menefreghist\w+
    menefreghismo
    truffat[oaie]
    ladri
    vaffanculo
    cazzo
    stronz\w+
    disorganizzat\w+
    disservizio
    malasanita
    {_KIN} (?:e |ci ha |has |just |si e |he |she )?(?:appena |purtroppo |just |sadly )?{_DIED}
    {_DIED} .. {_KIN}
    {_KIN} (?:non c e piu|ci ha lasciat[oi]|is no longer with us|is gone|ya no esta|nos dejo)
    non c e piu .. {_KIN}
    e (?:morto|morta|mancato|mancata|deceduto|deceduta)
    (?:perso|perdut[oa]|lost|perdimos|perdido|perdi) (?:il|la|mi[oa]|our|my|the|nuestr[oa]|al|a mi|nostr[oa]) (?:\w+ )?{_KIN}
    (?:lutto|funerale|funeral|luto|duelo|entierro)
    outrageous
    furious
    angry
    fuming
    livid
    disgust\w+
    disgraceful?
    a disgrace
    unacceptable
    ridiculous
    appalling
    shocking service
    awful (?:service|experience|treatment)
    terrible (?:service|experience|clinic|treatment)
    horrible (?:service|experience|clinic|treatment)
    worst
    useless
    incompetent
    rude
    disrespect\w*
    fed up
    sick (?:and tired )?of
    had enough
    never (?:again|coming back)
    disappointed
    disappointing
    dissatisfied
    complain
    (?:a|formal|file|make) complaint
    lawyer
    solicitor
    sue you
    report you
    (?:want|give me|get) my money back
    money back
    (?:third|fourth|second|umpteenth) time
    (?:wrong|cancelled|moved|changed) again
    (?:nobody|no one|noone) (?:ever )?(?:answers?|listens?|calls?|replies|cares|called|answered|replied|helps)(?: ever)?
    waiting (?:for )?(?:over |more than )?(?:two|three|four|five|six|\d+|hours|weeks|months) .. (?:hours|weeks|months|days)
    treated .. (?:badly|poorly|terribly|like)
    shouted at
    yelled at
    waste of .. time
    wasted my
    scam(?:med)?
    ripped off
    fuck\w*
    bullshit
    vergonzos[oa]
    verguenza
    furios[oa]s?
    enfadad[oa]s?
    cabread[oa]
    enojad[oa]
    indignad[oa]
    hart[oa]
    inaceptable
    absurdo
    ridiculo
    pesim[oa]
    asco
    decepcionad[oa]
    decepcionante
    indignante
    lamentable
    (?:una|poner|presentar|interponer) (?:queja|reclamacion|denuncia)
    quejarme
    denunciar\w*
    abogado
    incompetentes?
    inutil(?:es)?
    maleducad[oa]s?
    groser[oa]s?
    (?:tercera|segunda|cuarta|enesima) vez
    otra vez .. (?:mal|equivocad[oa]|cancelad[oa]|cambiado)
    nadie (?:me |nos )?(?:contesta|responde|escucha|llama|atiende|coge)(?: nunca)?
    nunca mas
    trataron (?:fatal|muy mal|mal)
    (?:devuelvanme|devolvedme|quiero) mi dinero
    llevo .. (?:horas|semanas|meses|dias) esperando
    me gritaron
    me grito
    tomadura de pelo
    estafa
    mierda
    perdida de tiempo
    """
)

_WORRIED = _one_of(
    r"""
    preoccupa\w*
    preoccupazion[ei]
    impensierit[oa]
    paura
    spaventat[oaie]
    spavent[oa]
    terrore
    terrorizzat[oaie]
    ansia
    ansios[oaie]
    angoscia\w*
    agitat[oaie]
    nervos[oa] per
    in pensiero
    temo
    tem[eo] che
    panico
    disperat[oaie]
    non so (?:piu )?(?:cosa|che) fare
    (?:vi|la|ti) prego
    vi supplico
    e urgente
    urgentissimo
    aiutatemi
    (?:mi aiuti|aiuto) .. prego
    non dormo
    sto impazzendo
    e (?:una cosa )?grave
    (?:un|il) tumore
    sia (?:grave|un tumore|cancro)
    worr(?:ied|ying|y)
    scared
    scary
    afraid
    frightened
    terrified
    anxious
    anxiety
    nervous
    stressed
    panic\w*
    desperate
    what if
    (?:i )?(?:dont|do not) know what to do
    please help me
    i beg you
    freaking out
    can t sleep
    cant sleep
    it s urgent
    its urgent
    distressed
    preocupa\w*
    preocupacion
    miedo
    asustad[oa]
    aterrad[oa]
    aterrorizad[oa]
    angustia\w*
    ansiedad
    ansios[oa]
    nervios[oa]s?
    agobiad[oa]
    temo
    panico
    desesperad[oa]
    no se que hacer
    no duermo
    ayudenme
    ayudeme por favor
    es urgente
    se lo ruego
    les suplico
    """
)

# Words of worry by which nobody is worried.
_REASSURED = _one_of(
    r"""
    non (?:sono |e |si |ti |vi |mi |c e da |bisogna |ho |abbiamo )?(?:piu |molto |affatto )?(?:preoccup\w+|paura|ansia|agitat[oa])
    senza (?:preoccupazion[ei]|paura|ansia)
    nessuna (?:preoccupazione|paura)
    no worries
    no worry
    (?:dont|do not|not|no need to|never|nothing to) (?:be |too |really |that |so )?(?:worry|worried|scared|afraid|nervous|anxious)
    no (?:se |te |os |me |estoy |tengo |hay )?(?:preocup\w+|miedo|nervios[oa])
    sin (?:miedo|preocupacion)
    (?:i m|im|i am) afraid (?:i|we|that|not|so|my|the) (?:cant|cannot|wont|have|need|must|will|missed|am|ve|is|has)
    (?:studio|centro|ambulatorio|visita|disturb[oi]|terapia) .. (?:ansia|panico|fobi[ae])
    """
)
