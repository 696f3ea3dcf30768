"""Recognise the wish to buy goods from the clinic, and words of selling in what staff write. Pure, in every language at once.

A clinic's chat sells nothing: medicines and devices may not be traded there, and a message that sells is no message of care.
"""

from __future__ import annotations

import re

from menus.answers import fold
from menus.check_words import SELLING
from menus.phrases import Phrasebook, Reading, after, before


def wants_to_buy(words: str) -> bool:
    """Say whether someone wants to buy, order or be sent medicines, devices or products; paying for a visit is none of it."""
    return any(_wants(reading) for reading in _WISHES.read(words))


def _wants(reading: Reading) -> bool:
    innocent = reading["innocent"] | before(reading["innocent"], 3) | after(reading["innocent"], 5)
    return bool(reading["buy"] & ~innocent)


def offers_to_sell(words: str) -> bool:
    """Say whether words of our own sell: a discount, an offer, goods to buy; saying that nothing is sold does not."""
    said = [fold(sentence) for sentence in _SENTENCE_END.split(words)]
    if any(_NO.search(sentence[: found.start()]) is None for sentence in said for found in _SELLS.finditer(sentence)):
        return True
    return any(reading["sell"] & ~_denied(reading) for reading in _OFFERS.read(words))


_SENTENCE_END = re.compile(r"[.!?\n;]+")
_SELLS = re.compile(r"\b(?:" + "|".join(map(re.escape, SELLING)) + r")\b")
_NO = re.compile(
    r"\b(?:non|no|nessun\w*|niente|senza|not|never|without|don t|cannot|ningun\w*|nunca|sin|ni)\b(?: \w+){0,5} ?$"
)


def _denied(reading: Reading) -> int:
    return reading["no"] | after(reading["no"], 5)


_GROUPS = {
    "product": "crema|creme|pomata|pomate|unguento|integrator*|vitamin*|lenti|lentine|farmac*|medicin*|medicinal*|"
    "collirio|gocce|antibiotic*|"
    "calze|tutore|tutori|plantar*|apparecchio+acustico|apparecchi+acustici|protesi+acustic*|misuratore|saturimetro|"
    "aerosol|siring*|aghi|"
    "insulina|shampoo|dentifricio|collutorio|spazzolin*|deambulatore|stampelle|carrozzina|kit|test|prodott*|dispositiv*|tachipirina|"
    "paracetamolo|ibuprofene|aspirina|pastigli*|pillol*|compress*|sciroppo|termometro|cerott*|garz*|mascherin*|guanti|ginocchiera|"
    "cavigliera|busto|collare|occhiali|montatur*|sapone|detergente|lozione|sieri|siero|fermenti|proteine|bendaggi|bende|cuscino|"
    "ortopedic*|anticoncezional*|preservativ*|sonnifer*|cortisone|"
    "cream|creams|ointment*|supplement*|vitamin|vitamins|lenses|medicine*|medication*|drug|drugs|drops|antibiotics|"
    "painkiller*|stockings|"
    "socks|brace|braces|insole*|hearing+aid|hearing+aids|monitor|oximeter|inhaler*|syringe*|needles|insulin|toothpaste|mouthwash|"
    "toothbrush*|walker|crutches|wheelchair|product|products|device*|paracetamol|ibuprofen|aspirin|pills|tablets|syrup|thermometer|"
    "plasters|bandage*|masks|gloves|glasses|frames|soap|lotion|serum|batteries|probiotic*|protein|sleeping+pills|viagra|"
    "cremas|suplement*|vitaminas|lentillas|lentes|medicamento*|medicina*|gotas|antibiotico*|analgesico*|medias|rodillera*|tobillera*|"
    "plantillas|audifono*|tensiometro*|inhalador*|jeringa*|agujas|champu|pasta+de+dientes|cepillo*|andador|muletas|silla+de+ruedas|"
    "producto*|dispositivo*|paracetamol|ibuprofeno|pastilla*|jarabe|termometro|vendas|mascarilla*|guantes|gafas|jabon|locion|faja|"
    "colirio|pomadas|unguentos",
    "pack": "confezion*|scatol*|flacon*|tubett*|bottigli*|box|boxes|bottle|bottles|pack|packs|tube|tubes|caja|cajas|"
    "bote|botes|frasco*|tubo|tubos|blister",
    "purchase": "comprare|compro|comprarla|comprarlo|comprarli|comprarle|compri|acquist*|ordinare|ordino|ordinarla|"
    "ordinarlo|riordin*|buy|buying|purchase*|"
    "order|reorder|comprar|compro|comprarla|comprarlo|adquirir|encargar|encargo|encargarlo|encargarla",
    "sells": "vende|vendi|vendete|vendono|vendereste|venderebbe|vendermi|vendermela|vendermelo|sell|sells|selling|"
    "venden|vendeis|vendes|venderme",
    "sends": "spedire|spedite|spedirmi|inviarmi|consegn*|recapitare|ship|shipping|deliver|delivery|post+me|entregar|"
    "enviarme|enviar|enviais|mandarme|"
    "mandare|mandarmi|inviare",
}

_WISHES = Phrasebook(
    {
        "buy": """
{sells} ... {product}|{pack}
{product} ... {sells}
{purchase} ... {product}|{pack}
{product}|{pack} ... {purchase}
si+puo|si+possono|posso|potete|puede|can prenotare|prendere|ritirare|reserve|reservar ... {pack} ... {product}
vorrei|quiero|like|want|need altre|altri|altra|altro|another|more|mas|otra|otro|due|two|dos ... {product}
procurate|procurare|procurarmi ... {product}
could|can|puedo|podria ... {purchase} ... {product}|collarin|collare
puedo|podria comprarles|comprarle|comprarlo|comprarla
do_you supply|stock|sell|carry
{sells} ... ferula|tutore|splint
{sends} ... {product}
{product} ... vendita|sale|la+venta
vendita|sale|la+venta ... {product}
consegna|delivery|deliver|entrega ... {product}
mette*|tenete|tiene*|hold|keep|guarda* ... parte|aside|apart* ... {pack}|{product}
quanto|how+much|cuanto ... costa|viene|vengono|is|are|cuesta|vale ... crema|pomata|integrator*|shampoo|lenti|collirio|cream|
supplement*|shampoo|lenses|champu|lentillas|plantar*
vorrei|posso|serve|servono|like|want|need|quiero|necesito|quisiera|mandatemi|manda|have ... altra|altre|altro|altri|another|
more|mas|otro|otra|otros|otras|due|two|dos|una|un|one|
three|tre|tres {pack}
vorrei|posso|prendere|serve|like|want|need|quiero|necesito|quisiera ... {pack} ... {product}
vorrei ... {product} ... avete|vendete|dato|usate
necesito|quiero|quisiera|puedo pedir ... {product}|{pack}
posso|possono|possiamo|si+puo|si+possono|can|could|where|puedo|se+puede|se+pueden {purchase} ... voi|there|from+you|you|alli|
ustedes|vosotros
avete|teneis|tienen|do+you+have|do+you+stock|have+you ... {product} ... comprare|acquistare|buy|comprar|vendita|sale
avete|teneis|tienen|do+you+stock|disponibil* ... {product} disponibil*|available|stock|magazzino
""",
        "innocent": """
test|esame|esami|visita|visite|ecografia|blood|appointment|cita|analisis|doctor ordered|order|ordered|prescribed|prescritto
parcheggio|bar|mangiare|food|biglietto|parking|aparcamiento|comida
medico|dottoressa|dottore|doctor|doctora ha|has|mi+ha ordinato|ordered|mandado
sedut*|sesion*|session*|visit*|pacchetto|appuntament*
inviare|inviarmi|mandare|mandarmi|enviar|enviarme|send ... ricetta|referto|risultat*|receta|resultado*|results|prescription|
test+result|test+results|fattura|factura|invoice
ricetta|receta|prescription ... {product}
ingerit*|ingoiat*|preso|bevut*|swallowed|took|taken|tomado|tragado
non|not|no|nunca|never ... consegn*|deliver|delivered|entrego|entregado|arrivat*|arrived|llegado
compro|comprare|devo+comprare io
medicazione
ricetta|receta|prescription & altra|altro|another|otra|otro
comprare|acquistare|buy|comprar ... farmacia|pharmacy|amazon
""",
    },
    _GROUPS,
    (
        "ordine ordini ordinata ordinato testa teste resto letti lente lento latte venti vende rende prende "
        "tende bar box ship shop tube tubo bots bot boot swelling swell smells spelling smelling"
    ).split(),
)

_OFFERS = Phrasebook(
    {
        "sell": """
vendiamo|vendo|vendemos|vendesi|we+sell|we+are+selling
puo|potete|puoi|potrebbe|can|could|puede|pueden|puedes {purchase} ... noi|us|nosotros|qui|here|aqui|{product}
compri|acquisti|acquistate|comprate|ordini|ordinate|compre|compren|adquiera|buy|order|purchase ... {product}|{pack}|oggi|
today|hoy|nostr*|our|nuestr*
offert*|oferta*|offer|offers|deal|deals ... valid*|solo|only|scade|oggi|today|hoy|esclusiv*|exclusiv*|mese|month|mes|
settimana|week|semana|lei|you|usted
{product} ... scont*|discount*|descuento*|offerta|oferta|prezzo|price|precio|euro|euros
le|vi|ti|you|te|les offriamo|proponiamo|offer|ofrecemos ... {product}|pacchetto|package|paquete|trattamento|treatment|tratamiento
pacchetto|package|paquete ... convenient*|speciale|special|especial|scont*|risparmi*|vantaggios*|ventajos*
risparmi*|save|ahorr* ... 5|10|15|20|25|30|40|50|%|euro|euros|percent
gratis|free|omaggio|regalo ... acquist*|compr*|buy|purchase|seconda|second|segund*
due|two|dos|3x2|2x1 ... prezzo|price|precio ... uno|una|one
prezzo|price|precio ... migliore|best|imbattibil*|stracciat*|mejor|bassissimo|lowest
conviene|affare|occasione|bargain|ganga ... {product}|pacchetto|comprare|acquistare|buy|comprar|prenotare+subito
ultimi|last|ultimos pezzi|items|unidades|posti+in+offerta|units
black_friday
saldi
""",
        "no": "non|no|nessun*|niente|senza|not|never|dont|cannot|cant|ningun*|nunca|sin",
    },
    _GROUPS,
    "saldo saldare vende rende prende tende order ordinary".split(),
)
