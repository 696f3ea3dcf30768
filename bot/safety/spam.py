"""Recognise advertising, frauds and chain letters among what is written to a clinic, in every language at once. Pure.

One sure phrase is enough. Else signs are counted: what a clinic has nothing to do with (a loan, toner, a parcel) and how
an advertiser speaks (free, order now, a link, a sum), against what patients speak of and how they ask. Whoever writes of a
loan, a link or a bet as a patient stays a patient. What no list foresaw is weighed word by word, by a table that
`spam_learning.py` made from invented lines; the same text is always weighed the same.
"""

from __future__ import annotations

import re
from pathlib import Path

from bot.safety.weighing import beginnings, table_of, weigh
from menus.phrases import Phrasebook, Reading, after, before

WEIGHTS = Path(__file__).with_name("spam_weights.tsv")
ENOUGH = 3  # points that make an advertisement
OF_A_TOPIC, OF_A_PATIENT = 2, 2
HEAVY = 0.0  # the weight from which a text is spam though no phrase says so


def is_spam(words: str) -> bool:
    """Say whether a text is spam: what an advertiser or a fraud sends to any number, whoever answers it."""
    outside = bool(_LINK.search(words)) + bool(_SUM.search(words))
    readings = _PHRASES.read(words)
    if any(_is_spam(reading, outside) for reading in readings):
        return True
    if any(reading["innocent"] for reading in readings) or len(_WORD.findall(words)) < FEWEST:
        return False
    return weigh(table_of(WEIGHTS), signs(words, readings)) > HEAVY


def signs(words: str, readings: tuple[Reading, ...] | None = None) -> frozenset[str]:
    """Return what is weighed: the beginnings of words, alone and in pairs, and which lists were hit."""
    found = set(beginnings(words))
    for reading in _PHRASES.read(words) if readings is None else readings:
        found |= {f"@{name}" for name in _WEIGHED if reading[name]}
    found |= {name for name, pattern in (("@link", _LINK), ("@amount", _SUM)) if pattern.search(words)}
    return frozenset(found)


def _is_spam(reading: Reading, outside: int) -> bool:
    innocent = before(reading["innocent"], 7) | reading["innocent"] | after(reading["innocent"], 8)
    if reading["sure"] & ~innocent:
        return True
    topics = sum(bool(reading[name] & ~innocent) for name in _TOPICS)
    manner = sum(bool(reading[name] & ~innocent) for name in _MANNERS)
    patient = bool(reading["clinic"]) + bool(reading["asks"])
    return topics * OF_A_TOPIC + manner + outside - patient * OF_A_PATIENT >= ENOUGH


# A link to anywhere (the clinic's own is named by patients too), a sum in three digits, a share in percent.
_WORD = re.compile(r"[^\W\d_]{4,}")
FEWEST = 2  # words of four letters or more: fewer tell nothing of what is advertised
_LINK = re.compile(r"https?://|www\.|\b(?:bit\.ly|t\.me|wa\.me|tinyurl|goo\.gl)/", re.IGNORECASE)
_SUM = re.compile(
    r"[€$£] ?\d{3,}|\d[\d.,]{2,} ?(?:€|\$|£|euros?\b|dollari|dollars|d[oó]lares|pounds)|\d ?%", re.IGNORECASE
)

_GROUPS = {
    "coin": "bitcoin|bitcoins|btc|crypto|cryptos|cripto|criptovalut*|criptomoned*|cryptocurrenc*|ethereum|usdt|forex|"
    "trading|nft|memecoin",
    "gain": "guadagn*|invest*|inviert*|garantit*|garantizad*|guaranteed|rendiment*|rentabilidad|returns|profitt*|profit|profits|"
    "segnali|senales|signals|gratis|free|double|raddoppia*|duplica*|gruppo|grupo|group|wallet|tokens|token|automatic*|passiv*|"
    "ganancias|gana|gane|earn|join|unisciti|unete|robot|bot|platform|piattaforma|plataforma|mining",
    "earn": "guadagna|guadagnare|guadagni|guadagno|gana|gane|ganar|gane|ganancias|earn|earning|income|entrate+extra|ingresos",
    "site": "sito|siti|website|websites|web+site|paginas+web|pagina+web|app|apps|ecommerce|e+commerce|negozio+online|logo|loghi",
    "now": "ora|subito|adesso|now|today|oggi|ya|ahora|hoy|immediatamente|immediately|qui|here|aqui|link|enlace|clic*|clicc*|click",
    "brand": "netflix|paypal|amazon|dhl|ups|fedex|gls|brt|correos|poste|usps|lidl|mercadona|carrefour|esselunga|ikea|"
    "zara|postepay|unicredit|bbva|santander|"
    "hermes|royal+mail|seur|spotify|disney",
    "any_number": "300|500|800|1000|1500|2000|2500|3000|4000|5000|10000|euro|euros|dollars|dollari",
    "yours": "tuo|suo|vostro|your|tu|su|tua|sua",
}

_LISTS = {
    "sure": """
{coin} & {gain}
{earn} ... casa|online|home|giorno|dia|day|daily|diari*|garantit*|esperienza|experiencia|assicurat*|facil*|extra|telefono|
settimana|week|weekly
{earn} ... 100|150|200|300|500|1000|2000|5000
make|fare|hacer|haz money|soldi|dinero online|fast|home|casa|facil*|easily|rapido
invest*|inviert* ... rendiment*|rentabilidad|returns|garantit*|profit*|guaranteed|noi|nosotros|minimo|chat
chat|talk|parlare|hablar ... investing|investimenti|inversiones
double|raddoppia|duplica_your|il|tu|i|tus
prestit*|finanziament* ... immediat*|senza|veloc*|protestat*|garanzie|tasso|offriamo|rapid*|agevolat*|contattami|contattaci|
erogh*|24+ore|online
loan|loans ... offer|instant|credit+check|apply|interest|approved|fast|quick|business|funding
offer|instant|quick|need+a ... loan|loans
prestamo|prestamos|credito|creditos|financiacion ... rapid*|sin|aval|inmediat*|nomina|papeleos|ofrecemos|aprobad*|interes|facil*
=seo
prima|first|primera_pagina|page|pagina ... google
google ... prima|first|primera_pagina|page
posizion*|posicion*|rank|ranking ... google|web|sito|website|negocio
follower|followers|seguidores|likes ... instagram|tiktok|facebook|compra|buy|aumenta|cheap|baratos|pacchetti
compra|buy|aumenta|boost|comprar|increase|ottieni ... follower|followers|seguidores|recensioni|reviews|resenas|traffic
recensioni|reviews|resenas ... estrellas|stelle|star ... negocio|business|clinic*|azienda|attivita
recensioni|reviews|resenas ... economic*|cheap|verified|verificate|negocio|business|5+star
verified ... reviews
realizziamo|creiamo|sviluppiamo|disenamos|creamos|desarrollamos|hacemos|facciamo|progettiamo|rifacciamo ... {site}
design|redesign|develop|build|building|designing|create ... {site}|web
website_redesign|design|designer|audit|development
web developer|designer|agency|agenzia|agencia
noticed|visited|checked|visto|visitato ... errors|errori ... {site}
errors|errori|errores ... your|vostro|tuo|su_website|site|sito|web
agenzia|agency|agencia ... marketing|digital*|web|comunicazione|publicidad
casino|slot|slots|roulette|poker|jackpot ... bonus|online|registra*|bono|bienvenida|free|gratis|play|gioca|win|vinci|spins
bonus|bono|play|gioca ... casino|slot|slots|scommess*|apuestas|betting
scommess*|betting|apuestas|bets|pronostic* ... sicur*|vincent*|tips|bonus|segur*|canal*|win|join|unete|garantit*|quote|gratis
fixed|sure matches|bets|betting|tips|win
numeri|numeros|numbers ... lotto|loteria|lottery ... vincent*|ganador*|winning|mago
numeri lotto vincent*
{yours} ... pacco|spedizione|consegna|paquete|envio|parcel|package|shipment ... giacenza|sospes*|sblocc*|dogana|bloccat*|
aggiorn*|paga|paghi|
hold|fee|customs|update|retenido|aduana|pague|actualice|pendiente|pending|confirm*|conferm*|delivered|failed|waiting
pacco|spedizione|consegna|paquete|envio|parcel|package|shipment ... giacenza|sospesa|sospeso|sblocco|dogana|retenid*|aduana|
customs|on+hold
could|couldnt|unable|failed ... deliver|delivered ... pay|fee|click|update|link|reschedule+here
{yours}_conto|account|cuenta|profilo|carta|card|tarjeta|netflix|banca ... bloccat*|sospes*|verific*|suspended|limited|verify|
bloquead*|suspendid*|
restricted|locked|scadut*|disattivat*|confirm*|conferm*|limitat*
verific*|verify|aggiorn*|update|actualic*|conferm*|confirm*|inserisc* ... dati|identita|datos|details|identity|informazioni|
information ... {now}
verific*|verify|verifique|inserisci ... tuoi|suoi|your|sus|tus_dati|datos|details|identita|identity ... {now}
inserisci|inserisca|enter|introduzca|introduce ... tuoi|suoi|your|sus|tus_dati|datos|details
hai|avete|lei+ha|you|you+have|youve_vinto|ganado|won
ha|has_vinto|ganado|won ... premio|prize|iphone|buono|vale|voucher|euros|euro|gift|regalo
vincitore|winner|ganador|ganadora
congratulazioni|congratulations|felicidades|felicitaciones|complimenti|enhorabuena ... vinto|selezionat*|won|selected|ganado|
seleccionad*|prize|premio
sei|siete|e|been|sido stat*|been|sido|seleccionad*|selezionat*|selected ... premio|prize|gift|vinc*|win|won|reward|amazon|iphone
premio|prize|gift+card|regalo|reward|tarjeta+regalo|buono+amazon ... ritir*|riscuot*|clic*|clicc*|claim|reclam*|reclaim|
sondaggio|survey|encuesta
claim|ritira|riscatta|reclama|reclame|reclamar ... prize|premio|gift|bonus|reward|regalo|refund|rimborso|reembolso|now|here|
qui|aqui|voucher
lucky_draw|winner
iphone|amazon ... gratis|vinto|won|ganado|free|premio|vinci
inoltra|inoltrate|inoltralo|manda|mandalo|invia|invialo|copia|condividi|condividete ... contatti|amici|persone|gruppi|tutti
forward|send|share|copy|pass ... contacts|friends|people|everyone|groups ... or|it|your|all|works|luck|whatsapp|deactivated
forward|send|share_this ... contacts|friends|people|everyone|groups
reenvia|reenvie|comparte|comparta|envia|manda|copia ... contactos|amigos|cadena|grupos|todos
whatsapp ... pagamento|pago|deactivated|disattivato|charging|gratuito
catena|cadena|chain ... interromp*|rompa*|rompere|break|fortuna|suerte|luck
porta|trae|brings fortuna|suerte|luck
ragazze|ragazza|chicas|chica|girls|girl|singles|donne|mujeres|women|milf ... hot|calient*|bellissime|sexy|incontri|zona|area|
disponibil*|live|aspett*|nude|cam|
conocert*|meet|desnudas|sole|sexo|sex|chat
hot|sexy|horny|calientes singles|girls|women|chat|cam|video|chicas|ragazze
escort|escorts|webcam+girl|chat+hot|porno+gratis|free+porn|onlyfans|incontri+bollenti|nudes
massaggi*|massage|masaje* ... ragazza|chica|girl|relax+completo|happy+ending|24h
pillole|pills|pastillas ... erezion*|erection|ereccion|sesso|sexual
viagra|cialis|kamagra ... cheap|online|prezzo|spedizione|price|barat*|discount|anonim*|order|descuento|offerta
perdi|pierde|pierda|baja|lose|dimagrisci|burn|brucia|elimina ... kg|kili|chili|kilos|pounds|lbs|peso|grasso|fat|
weight ... settiman*|week|weeks|semana*|giorni|days|
dias|ordina|order|integratore|producto|product|tea|miracle|metodo|now
ordina|order|pidelo|compra|buy ... ora|now|subito|ya|ahora ... sconto|spedizione|discount|free|gratis|prodott*
miracle|miracoloso|milagroso
lavora|trabaja|trabaje_da|desde|de_casa|remoto
lavora|lavoro|trabaja|trabajo|work|job|working ... casa|home|remoto|remote|online|part+time ... guadagn*|euro|euros|earn|
gana*|giorno|daily|day|dia|whatsapp|telegram|scriv*
part+time|remote|online|home+based job|jobs|work|worker|workers|lavoro
job|work|lavoro|trabajo|empleo ... youtube|likes|remote+workers|online
offerta|oferta|opportunita|oportunidad|offer_di|de|of_lavoro|empleo|trabajo|job|negocio|guadagno
hiring|recruiting|assumiamo|cerchiamo|buscamos|seleccionamos|ricerchiamo ... experience|esperienza|experiencia|remote|
collaborat*|colaborador*|salary|stipendio|sueldo|
workers|casa|venditor*|comercial*
no|senza|sin_experience|esperienza|experiencia
high|alto|ottimo_salary|sueldo|stipendio
escribeme|scrivimi|text+me|message+me|write+me|contattami|writeme ... this|questo|este|este+nuevo_number|numero
mamma|mum|mom|mama|papa|dad ... this|questo|este_number|numero
ciao|hola|hi|hey|hello|ciao_bello|bella|guapo|guapa|handsome|beautiful|honey|baby|tesoro|carino|cariño|sexy
leggo_le_carte
lost_lover|love
amore|amor ... perdut*|ritorn*|recuper*
ser+querido|lover ... recuper*|brings+back
avvisa|avvisate|avisa|avisen|pass|diffondi|diffondete ... tutti|todos|groups|everyone|gruppi
god_bless
{brand} ... scade|fallit*|failed|fallado|fallo|expire*|rinnov*|renew|actualic*|update|abone|bloccat*|suspended|pagamento+non|
release|release|spese|gastos|fee|fees|dogana|aduana|customs
{brand} ... buono|coupon|cupon|voucher|gift|carta+regalo|500|1000
elegido|chosen|elegida|scelto|selezionat* ... cupon|coupon|buono|voucher|premio
carta|tarjeta|card|conto|cuenta|account & disabilitat*|riattiv*|reactiv*|reactivate|deshabilitad*|disabled ... {now}
riattiv*|reactiv*|reactivate ... carta|tarjeta|card|conto|cuenta
lucky|fortunat*|afortunad* ... winner|visitor|visitatore|visitante|vincitore|ganador
spin_the_wheel
impresa|empresa|company|azienda|ditta ... offre|ofrece|offering|offers|propone ... servizi|servicios|services
soy|sono|i+am|im ... disenador*|designer|developer|freelance|grafic* ... ofrezco|offering|offro|offer|web|website|siti
mi_occupo ... siti|marketing|assicurazioni|investimenti|web|social
trasforma|turn|convierte ... 100|250|200|50 ... {any_number}
sto|estoy|im|i+am ... guadagnando|ganando|earning|making ... {any_number}
made ... 1000|2000|3000|500|5000 ... phone|week|month|day
ciao|hola|hi|hey|hello_mamma|papa|mum|mom|mama|dad|mami|papi ... numero|number|telefono|phone|movil|celular|cellulare
mamma|mum|mom|mama|papa|dad ... rotto|perso|lost|broke|broken|roto|cambiato|changed|dropped|caduto ... telefono|phone|movil|
numero|number|celular|cellulare
=vendiamo|=vendemos|forniamo|proponiamo|suministramos|fabbrichiamo|fabricamos|distribuiamo|distribuimos
le|vi_proponiamo|offriamo|presentiamo
we|our+company|our+factory ... supply|sell|manufacture|export|wholesale|suppliers|offer+you
=ingrosso|wholesale|moq|mayorista|por+mayor|dropshipping|bulk+order
gestionale|software|crm|piattaforma|plataforma|programa ... studio|demo|gratuit*|free|prueba|clinic*|business|marketing|
prova|trial|azienda|negocio
demo|prova|prueba|trial ... gratuita|gratis|gratuito|free ... gestionale|software|crm|servizio
bulk|masivo|massivo ... whatsapp|sms|marketing|email
marketing ... whatsapp|sms|digitale|digital|software|campagn*|campan*
pubblicita|advertising|publicidad|sponsor*|banner|collaborazione|partnership ... canale|channel|canal|pagina|acquist*|
interessati|azienda|interested|proporre|brand
risparmi*|ahorr*|save ... bolletta|luce|gas|energia|luz|electric*|energy|bill|factura+de+la+luz
promozione|offerta|oferta|passa|cambia|promo ... bolletta|luce|gas|fibra|energia|luz|adsl|operatore+telefonico|gb|giga
fotovoltaic*|pannelli+solari|paneles+solares|solar+panels
bonus|incentivo|ayuda ... statale|stato|gobierno|governo|government|inps ... dati|richied*|datos|clic*|claim|aspetta|disponibil*
agenzia+entrate|agenzia+delle+entrate|hmrc|hacienda|irs|inps|agencia+tributaria|tax ... rimborso|refund|reembolso|devolucion|
sanzione|multa
tax_refund|rebate
rimborso|refund|reembolso ... agenzia+entrate|hmrc|hacienda|irs|inps|agencia+tributaria
eredita|inheritance|herencia|fondi|funds|beneficiary ... milion*|million*|millon*|dollari|dollars|dolares|transfer|trasfer*|
bank|banca
transfer|trasferire|transferir ... milion*|million*|millon*|funds|fondi|fondos
prince|principe|widow|vedova|viuda ... dollars|dollari|dolares|inherit*|million*|fondi|funds
million|milioni|millones_dollars|di+dollari|de+dolares|usd|dollari|dolares
bank|banking|bancari*_details|dati|datos ... prize|send+your|premio
cartomant*|tarocchi|tarot|videncia|vidente|sensitiv*|astrolog*|amarre*|legamenti+d+amore|brujo|spell+caster
mago ... contatta|amore|fortuna|malocchio
orologi|watches|relojes|borse|bags|bolsos|scarpe|shoes|rolex|gucci|nike|zapatillas ... lusso|luxury|lujo|replic*|outlet|
sconti|off|descuento*|firmate|branded
replic* ... perfett*|watches|orologi|relojes|borse|lujo|bags
vota|votami|vote|votame|vota+per ... concorso|contest|concurso|clic*|click|link|figlia|baby
limited|offerta|oferta ... time|limitata|limitada|solo+oggi|solo+hoy|today+only ... shop|buy|acquista|compra|off|sconto|descuento
shop|acquista|compra_now|ora|ya|subito
% off|sconto|descuento ... {now}
airdrop|presale|giveaway
conosc*|found|got|encontre|ho+trovato ... your|tuo|tu_number|numero|contatto ... contacts|contatti|chat|invest*|free
""",
    "innocent": """
investit* da|macchina|auto|moto
mia|my|mi|la|tua|nostra|sua|su|his|her|our_mamma|mum|mom|mama|papa|dad|madre|padre
psicolog*|psychologist|psychiatrist|psichiatr*|psiquiatr*|terapeuta
accettate|posso|can|puedo|do|aceptan pag*|pay|accept|take ... {coin}
dipenden*|addict*|adict*|ludopat*|problem*|gioco ... scommess*|casino|betting|apuestas|azzardo|gambling|juego|trading|porno|
porn|slot|slots
scommess*|gambling|betting|apuestas ... problem*|dipenden*|addict*|adict*
ricevuto|arrivato|received|got|recibido|llego|arrivata|recibi ... messaggio|sms|mail|email|message|text|mensaje|link|
correo ... siete+voi|vostro|vero|vuestro|from+you|
truffa|scam|estafa|real|genuine|suyo
siete|sei|e|is|are|es|sois ... truffa|scam|estafa|phishing
""",
    "clinic": """
appuntament*|visita|visite|prenot*|disdi*|referto|referti|esami|esame|prelievo|dottor*|medic*|infermier*|ricetta|ticket|
impegnativa|ecografia|
risonanza|radiografia|analisi|ambulatorio|reparto|specialista|accettazione|segreteria|paziente|turno|coda|seduta|sedute|
terapia|fisioterapia|ginocchio|denti|dentale|
dentista|portale|fattura|cartella|certificato|intervento|farmac*|assicurazione|convenzion*|vaccin*|igiene|nutrizionista|
mutua|asl|pediatra
appointment*|visit|booking|results|test|tests|doctor|nurse|referral|prescription|ultrasound|scan|xray|clinic|dentist|dental|
check+up|physiotherap*|insurance|patient|
portal|surgery|vaccin*|copay|ward|queue|invoice|report|implants|dietitian
cita|citas|consulta|resultado*|analisis|doctora|enfermer*|receta|ecografia|resonancia|clinica|dentista|fisioterapia|seguro|
paciente|portal|urgencias|turno|vacuna*|
factura|informe|implantes|limpieza|nutricionista
""",
    "asks": """
vorrei|posso|possiamo|devo|avete|fate|siete|mandatemi|mandate|quanto+costa|quando|a+che+ora|ho+perso|ho+pagato|ho+ricevuto|
come+faccio|mia|mio|cercate|
cerco|volevo|potrei|parcheggio|sbagliato+chat|accettate
can+i|could+i|do+you|i+need|i+have|where|how+much|is+there|could+you|i+want|id+like|when|i+lost|i+paid|what+time|i+sent|are+there
puedo|quiero|tengo|teneis|haceis|tienen|cuanto+cuesta|donde|cuando|hay|necesito|podeis|pueden|he+perdido|he+pagado|quisiera
""",
    "loan": "prestit*|prestamo*|prestamos|prestiamo|loan|loans|liquidita|finanziament*|debt|debiti|deudas|"
    "dinero+urgente|mutuo|mortgage|credit+score|bad+credit|"
    "eroghiamo|microcredito",
    "invest": "{coin}|trader|traders|broker|azioni|stocks|investiment*|inversion*|investor|investors|investing|investitor*|inversor*",
    "bet": "scommess*|quote+oggi|quote|multipla|odds|cuotas|schedina|casino|betting|apuestas|pronostic*|poker|slots|"
    "jackpot|ruleta|roulette|bookmaker|vincente",
    "web": "sito|siti+internet|internet|website|websites|web|logo|logos|grafic*|designer|disenador|disenadora|"
    "developer|developers|ecommerce|hosting|domain|marketing|"
    "social+media|follower*|branding|visibilita|visibility|visibilidad|influencer",
    "goods": "toner|tinta|cartucce|stampant*|printer|printers|impresora*|scarpe|shoes|zapatos|zapatillas|nike|adidas|"
    "gucci|rolex|borse|handbags|bolsos|watches|orologi|relojes|"
    "replic*|iphone|samsung|smartphone|fiat|bmw|audi|concessionari*|car+dealer|dealership|concesionario|appartament*|"
    "apartment|apartments|piso|villa|immobil*|real+estate|"
    "inmueble*|bolletta|bollette|energia|energy|electricity|solar*|fotovolt*|pannelli|paneles|fibra|adsl|depurat*|"
    "purificador*|aspirapolvere|materass*|colchon*|mattress|"
    "infissi|caldaia|climatizzator*|impresa+di+pulizie|cleaning+company|empresa+de+limpieza|arredament*|mobili|"
    "furniture|muebles|corso|course|curso|webinar|ebook|cupon|"
    "coupon|vino|vini|wine|olio+extravergine|cosmetic*|profum*|perfume*|gioiell*|jewel*|joyas|noleggio|rental|"
    "crociera|cruise|viaggio|vacanz*|hotel|biglietti|tickets",
    "parcel": "dhl|ups|fedex|gls|correos|poste|usps|royal+mail|corriere|courier|pacco|paquete|parcel|package|dogana|"
    "customs|aduana|spedizione|giacenza",
    "brands": "netflix|paypal|amazon|spotify|lidl|mercadona|carrefour|esselunga|ikea|zara|facebook+ads|google+ads|"
    "unicredit|bbva|santander|intesa+sanpaolo|disney",
    "job": "assemblaggio|imbustamento|confezionamento|boligrafos|data+entry|salary|sueldo|stipendio|jobs|empleo|"
    "from+home|da+casa|desde+casa|guadagn*|ganando|earning|"
    "earn|weekly+pay|buen+pago|ottima+paga|collaborat*|remote",
    "love": "handsome|guapo|guapa|sexy|singles|lover|photos|my+photos|le+mie+foto|mis+fotos|conoscermi|conocerme|"
    "conocerte|meet+me|tua+foto|amore+perduto",
    "occult": "healer|spiritual|cartomant*|tarocchi|tarot|vidente|malocchio|oroscopo|horoscope|horoscopo|magia|witchcraft",
    "link_words": "clicca|clic|click|cliccare|haz+clic|clicchi|link+in+bio|scarica|download|descarga|al+link|"
    "this+link|este+enlace|nel+link",
    "solicits": "hai+bisogno|ti+serve|vuoi|volete|vieni+a|stanco+di|quieres|necesitas|want+to|want+more|are+you+in|"
    "need+more|looking+for|a+privati|a+particulares|pay+after|"
    "paga+despues|paghi+dopo|registration+open|al+mercato+libero|test+drive|cansado+de|tired+of|sei+pronto|ready+to|"
    "te+gustaria|would+you+like|weekly|per+il+tuo|for+your+business",
    "free": "gratis|gratuit*|free|omaggio|regalo|sin+coste|zero+costi",
    "offer": "offerta|oferta|offer|promo|promozione|promocion|promotion|sconto|sconti|descuento|descuentos|discount|"
    "discounts|off|deal|deals|saldi|rebajas|black+friday",
    "hurry": "solo+oggi|only+today|solo+hoy|limitata|limited|limitada|ultimi+posti|last+chance|ultima+occasione|"
    "affrettati|hurry|date+prisa|entro+oggi|non+perdere|dont+miss|no+te+pierdas|scade",
    "answer_us": "scrivimi|scrivici|contattami|contattaci|contact+us|contactanos|escribenos|escribeme|escribanos|"
    "contactame|message+me|dm|whatsapp+me|text+me|chiamaci|llamanos|"
    "rispondi+si|telegram|inbox|iscriviti|registrati|sign+up|subscribe|suscribete|registrate|join|unete|unisciti|"
    "enroll|inscribete|informate|informati|ask+me|te+cuento|ti+spiego|entra+nel|scopri|discover|descubre|approfitt*|"
    "aprovecha|visita+il+nostro|visit+our|visita+nuestr*",
    "sell": "acquista|compra|buy|shop|ordina|order|pide|vendo|for+sale|se+vende|vendita|best+price|prezzi|precios|"
    "prices|economic*|cheap|barato*|imbattibil*|qualita+prezzo|"
    "affare|super|offerta|prezzi+competitivi|great+prices|top+quality|shipping|worldwide|preventivo|free+quote|presupuesto",
    "money": "euro+al+mese|al+mese|per+month|al+mes|soldi|money|dinero|reddito|income|cash|contanti+subito|credito|banca|bank",
    "firm": "offriamo|ofrecemos|offering|offre|ofrece|we+offer|ofrezco|offro|siamo+alla+ricerca|per+il+vostro+ufficio|"
    "su+oficina|for+offices|siamo+un|siamo+una|la+nostra+azienda|our+company|somos+una|nuestra+empresa|we+are+a|"
    "nostri+prodotti|our+products|nuestros+productos|nostri+servizi|our+services|"
    "nuestros+servicios|la+vostra+azienda|your+business|tu+negocio|su+negocio|su+empresa|la+tua+attivita|"
    "vostra+attivita|your+company|gentile+cliente|dear+customer|"
    "estimado+cliente|dear+sir|spettabile",
}
_TOPICS = ("loan", "invest", "bet", "web", "goods", "parcel", "brands", "job", "love", "occult")
_MANNERS = ("link_words", "solicits", "free", "offer", "hurry", "answer_us", "sell", "money", "firm")
_WEIGHED = (*_TOPICS, *_MANNERS, "asks", "clinic", "innocent")

# Words that exist: never a misspelling of one of the above.
_REAL = """
lotto letto casino casini presto prestito prestazione prestazioni credo credito offerta offerto offro ricetta ricevuta
prezzo prezzi ordine vota volta volte voto
visita vista orologio borsa borse scarpe earn learn near ear ears loan loans shop shot shots hot host spot join joint joints
pain pains seno sano sono sue
compra comprar comprare compare copia copiare manda mando domanda invia invito premio primo prima conto conta contare conti
carta cuenta cuanta
gana ganas rana sana ganar gas gasa luce luz pulse chica chicas chico ragazza ragazzo ragazzi donna donne pillola pillole
offre offer office off
mese vediamo vedo vedi proteggi protect scale scala ingresso ingressi invece course corse web mes mesi click clinic clinica
unete unite follower follow follows followed following
"""

_PHRASES = Phrasebook(_LISTS, _GROUPS, _REAL.split())
