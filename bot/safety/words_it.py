"""Italian words of danger: red flags, talk of suicide, and what makes either of them weak. Written for `menus/phrases.py`.

Source of the red flags: what ambulance services tell the public (118, and the British trusts' "when to call 999").
"""

GROUPS = {
    "it_non": "non|nn|nin|n",
    "it_dolore": "dolor*|dolore|dolori|dolre|male|mal|maluccio|fitta|fitte|peso|pesantezza|pesante|oppression*|oppress*|pressione|"
    "stretta|"
    "stringe|morsa|costrizion*|schiaccia*|brucior*|brucia|spasm*",
    "it_petto": "petto|ptto|prtto|pettp|pett|petro|torace|toracic*|sterno|cuore|cuor",
    "it_fiato": "respiro|fiato|aria|ossigeno",
    "it_arto": "braccio|gamba|mano|braccia|gambe|lato|meta|parte",
    "it_molto": "molto|tanto|troppo|parecchio|tantissimo|moltissimo|sacco|litri|tantissima|tanta|abbondante*|copios*|mare",
    "it_pillole": "pastigli*|pasticc*|pillol*|compress*|sonnifer*|tranquillant*|psicofarmac*|antidepressiv*|ansiolitic*|"
    "gocce|"
    "benzodiazepin*|tachipirina|paracetamolo|medicine|medicinali|farmaci",
    "it_preso": "preso|presa|prese|presi|ingerit*|ingoiat*|bevut*|assunt*|inghiottit*|mandat*|buttat*|mangiat*|prendo|"
    "bevendo",
    "it_piccolo": "neonat*|bimb*|bambin*|figli*|piccol*|lattante|bebe|pupo|nipotin*|feto",
    "it_stesso": "spararmi|avvelenarmi|annegarmi|accoltellarmi|uccidermi|ammazzarmi|suicidarmi|impiccarmi|uccidersi|"
    "ammazzarsi|suicidarsi|impiccarsi",
    "it_molte": "6|7|8|9|10|12|15|16|18|20|24|25|30|40|50|60|100|dieci|dodici|quindici|venti|trenta|quaranta|cinquanta|"
    "cento|ventina|decina|trentina",
    "it_anno": "|".join(str(year) for year in range(1940, 2031)),
}

# Something that may be happening now. Weak only when denied, told of long ago, or an idiom.
FLAG = """
{it_non} riesco|riesce|posso ... {it_fiato}
rott* ... acqua|acque|membrane|sacco
sparato|sparando|spari|sparatoria
casa|cucina|appartamento|macchina|auto|camera|tetto & fuoco|fiamme
incendio
va|prende|preso|andando_a|in fuoco
dolor*|dolore|dolori|male|mal|crampi & lancinant*|atroc*|insopportabil*|fortissim* ... pancia|addome|stomaco|ventre|addominal*
lancinant*|atroc*|insopportabil*|fortissim* ... pancia|addome|stomaco|ventre|addominal*
vedo|vede|visione|vista|vedere doppio|doppia|sdoppiat*
senza|non+ha|non+sento|non+trovo ... polso|battito
ha|piu il|ha|nessun polso|battito
{it_non} riesco|riesce ... camminare|piedi ... improvvis*|colpo|piu
battiti|battito|pulsazioni|cuore ... 150|160|170|180|190|200|210|220
formicol*|intorpid* ... faccia|viso|labbra|meta
schiuma|bava bocca
tagliat*|taglio|ferita ... vena|arteria|profondo|profonda|profondamente
{it_preso} {it_molte} pastigli*|pasticc*|pillol*|compress*|sonnifer*|tranquillant*|tavor|xanax|lexotan|tachipirina|paracetamolo|aspirina
ingoi*|inghiott* ... moneta|pila|batteria|spilla|ago|chiodo|magnete|calamita
schiacciat* ... trattore|macchina|torace|petto
rapina|rapita|rapito|sequestrat*
{it_non}_e_cosciente
perso|perde|perdita|perduto ... conoscenza|coscienza|sensi
{it_dolore} & {it_petto}
dolor*|dolore|dolori|male|formicol*|intorpid* & braccio_sinistro
dolor*|dolore|dolori ... braccio & mandibola|mascella
cuore & impazzi*|fermat*|fermando|esplod*|scoppia|scoppiando
stessi_sintomi
manca|mancanza|mancano|mancando|mancava|mancare & {it_fiato}
senza_aria
senza respiro|fiato
tolto|toglie|tagliato ... respiro|fiato
fatica|difficolta|affatica|stento & respir*
respir* male|malissimo|affanno|affannosa*|corto|fatica|stento|pochissimo
fiato_corto
fame_d_aria
ho|ha|con|forte|molto|tanto affanno
soffoco|soffoca|soffocando|soffocato|soffocata|soffocare
strozzo|strozza|strozzando|strozzato|strozzata
andat*_di_traverso ... respir*
labbra|viso|faccia|unghie|dita & blu|viola|violacee|cianotic*|bluastr*
diventa*|diventat*|divent* blu|viola|cianotic*
cianotic*
rantola|rantolando|boccheggia
bocca|faccia|viso|volto|labbro & storta|storto|cadente|pende|scesa|asimmetric*|deviata|paralizzat*
viso|faccia|bocca & cade|cadendo|scende|crollat*
faccia|viso|volto & addormentat*|intorpidit*|insensibile
{it_non} ... muov*|sent*|alza*|sollev* ... braccio|gamba|gambe|braccia
{it_non} ... muov*|sent* ... lato|meta|parte ... corpo|sinistr*|destr*|faccia|viso
braccio|braccia & paralizz*|debole|debolezza|addormentat*|intorpidit*
gamba|gambe & paralizz*
meta|lato|parte & paralizz*|addormentat*|intorpidit*|insensibile
parla|parlava|parlo|parlare male|strano|storto|impastat*|confus*|strascicat*
biascic*|biascia|farfuglia
{it_non} riesco|riesce|riusciva|riuscivo piu a parlare
non_riesce_a_parlare
non escono|trova|trovo|vengono ... parole
linguaggio|parole confus*|impastat*|incomprensibil*
confus* & improvvis*|colpo|febbre
confus* ... non+capisce|riconosce
{it_non}_mi|ci|lo|la_riconosce
{it_non}_riconosce
perso|persa|perdo|perde|perdendo ... vista
{it_non}_vedo|vede ... occhio|occhi
{it_non}_vedo|vede_piu_niente|nulla|bene
{it_non}_ci_vedo|vede
cieco|cieca|cecita & improvvis*|colpo|diventat*
mal|male|dolor*|dolore|dolori ... testa & peggiore|esplod*|scoppia|fortissimo|improvviso|lancinante|atroce|tremendo
mal|male|dolor*|dolore|dolori ... testa ... vita
mai ... mal|male|dolor*|dolore|dolori ... testa
mal_di_testa ... mai
collo|nuca & rigid*|rigido|rigida ... febbre|macchie
febbre ... collo|nuca & rigid*|rigido|rigida
svenut*|sviene|svengo|svenendo|svenire|sveniva
priv*_di_sensi
incoscien*
perso|perde|perdo|persa|perdendo|perdeva|ripreso ... sensi|coscienza|conoscenza
accasciat*|stramazzat*|collassat*
crollat* ... terra
caduto|caduta|cade|terra ... {it_non} si|mi|riesce|riesco alza|alzo|muove|muovo|rialza|rialzarsi|alzarsi
{it_non} si|la|lo sveglia|risveglia|svegliare|riprende
cascat*|cadut*|scivolat*|cade ... {it_non} riesce|riesco ... alzarsi|alzarmi|rialzarsi|rialzarmi|muoversi|muovermi|tirarsi
{it_non} riesco|riusciamo svegliar*
{it_non}_reagisce
convulsion*
trema|tremando tutto|tutta ... fermarsi|ferma
bava ... bocca
occhi girati|rovesciati|indietro
perd*|perso|perdendo {it_molto} sangue
perd* sangue {it_molto}
sangue|sanguin*|sanguina|sanguino|sanguinando|sanguina ... {it_non} si|smette|riesco|ferma|arresta
{it_non} ... ferma*|smette ... sangue|sanguin*|sanguina|sanguino|sanguinando
sanguin*|sanguina|sanguino|sanguinando {it_molto}|forte
dissangua*
vomit*|vomitato ... sangue
sangue ... vomit*
toss*|tossisco|tossisce|tossendo|sput* & sangue
sangue ... bocca|orecchie|orecchio
sangue ovunque|dappertutto|dapertutto
gola|lingua|labbra|glottide & gonf*|gonfia|gonfio|gonfie|gonfiando|gonfiata|gonfiato|gonfiano|chiude|chiudendo|chiusa|
stringe|stringendo|serra
viso|faccia|occhi & gonf*|gonfia|gonfio|gonfie|gonfiando|gonfiata|gonfiato|gonfiano ... respir*|allergi*|ape|vespa|calabrone
punto|puntura|punta ... ape|vespa|calabrone & gonf*|gonfia|gonfio|gonfie|gonfiando|gonfiata|gonfiato|gonfiano|respir*|gira|svien*
reazione_allergica grave|forte|fortissima|brutta|corso
reazione ... allergica ... respir*
investit* da|auto|macchina|moto|pedone|camion
cadut*|volat*|precipitat* ... scale|tetto|balcone|finestra|altezza|ponteggio|impalcatura|albero|scala|piano
battuto|sbattuto|picchiato|batte ... testa|capo
botta|colpo|trauma|ferita ... testa
accoltellat*|pugnalat*|coltellat*
mi|gli|hanno sparato
colpo_di_pistola
ustion*|bruciat*|scottat* ... grav*|bollente|fuoco|viso|faccia|fiamme|acido|estes*
folgorat*|fulminat*|elettrocut*
scossa ... corrente|elettrica|presa
preso ... scossa
annega*|affoga|affogat*|affogando
osso ... fuori|esposto
frattura_esposta
staccat*|amputat*|mozzat* ... dito|mano|braccio|gamba|piede
avvelenat*|avvelenando
morso ... vipera|serpente
{it_preso} ... candeggina|detersivo|acido|varechina|ammoniaca|veleno|pila|batteria|diserbante|topicida|sverniciatore
{it_preso} ... troppe|troppi|troppa|tante|tanti|scatola|intera|boccetta|flacone|confezione|blister|mucchio ... {it_pillole}
{it_preso} ... scatola|boccetta|flacone|confezione|blister ... {it_pillole}
troppe|troppi|scatola|boccetta|flacone|blister ... {it_pillole}
{it_preso} tutte|tutti ... pastigli*|pillol*|sonnifer*|tranquillant*|psicofarmac*
incinta|gravid*|gravidanza & sanguin*|sanguina|sanguino|sanguinando|perdite|emorragi*|perdo+sangue|perde+sangue
incinta|gravid*|gravidanza & dolor*|dolore|dolori|crampi|mal fort*|lancinant*|tremend*
acque ... rotte|rotto
rotte|rotto|rompendo|perso ... acque
{it_piccolo} ... {it_non} si|lo|la|sento muove|sento|muoversi
{it_non} ... sento|sente ... {it_piccolo} ... muover*|calciare|scalciare
{it_non} ... sento|sente ... muoversi|muovere|scalciare ... {it_piccolo}
contrazioni ... minuti|forti|ogni
{it_piccolo} & cianotic*|moscio|moscia|floscio|floscia|inerte|blu|molle
{it_piccolo} ... {it_non} ... sveglia|reagisce|piange
neonat*|lattante|bebe & febbre|febbrone
{it_piccolo} ... un|uno|due|tre|1|2|3|venti|20|30|dieci|10|15 mese|mesi|giorni|settimane ... febbre|febbrone|38|39|40
febbre|febbrone ... {it_piccolo} ... un|uno|due|tre|1|2|3|venti|20|30|dieci|10|15 mese|mesi|giorni|settimane
picchia|picchiando|menando|strangolando|accoltellando
picchiat*|picchiata|picchiato ... marito|compagno|moglie|padre|ex|botte
riempit* ... botte
mi_vuole|voleva|vogliono ammazzare|uccidere|picchiare|accoltellare
ha|con un|il coltello|pistola|fucile
vuole|minaccia|prova ... uccidermi|ammazzarmi|ucciderci|ammazzarci
minaccia* ... coltello|pistola|arma
violentat*|stuprat*|stupro|aggredit*
violenza_sessuale
voglio|vorrei|devo|giuro|adesso ... ammazzarlo|ammazzarla|ucciderlo|ucciderla|ammazzarli|ucciderli
lo|la|vi|li ammazzo|uccido
ambulanz* & chiam*|serve|mand*|subito|urgente*|bisogno|venite|aiuto|presto
serve|mandate|chiamate ... lambulanza|unambulanza
chiam* ... 118|112
emergenza_medica
codice_rosso
"""

# The name of an emergency: weak also beside words of administration or prevention ("visita dopo l'infarto").
EVENT = """
trombosi
crisi_ipoglicemic*
trauma_toracico
attacco_cardiaco|di+cuore|al+cuore
colpo_apoplettico|al+cuore
infarto|linfarto|infartu*
ictus|lictus
ischemia
arresto_cardiaco
emorragi*
embolia
aneurisma
peritonite
meningite
setticemia|sepsi
overdose
overdosi
avvelenamento
intossica*
soffocamento
svenimento
dispnea
crisi|attacco_epilettic*
crisi_convulsiv*
crisi|attacco_d|di|dell_asma
crisi_respiratori*
anafila*
shock
choc_anafilattico
trauma_cranico
incidente stradale|macchina|moto|auto|motorino|grave|bici
colpo_apoplettico
perdita_di_coscienza|sensi|conoscenza
e_una|un|un+vera|una+vera_emergenza
ho_una|un_emergenza
emergenza subito|urgentissima|aiuto
aiuto emergenza
coma
"""

# Cannot be denied or dated away: the phrase itself is the danger.
CERTAIN = """
{it_non} respir*
{it_non} riesco|riesce|riesci|rieco|riesc|riusciamo|posso|puo ... respir*
{it_non} ... respira|respirando
nonrespir*
smesso|smette|smettendo ... respir*
{it_non} ce la faccio|fa ... respir*
sto|sta soffocando|annegando|dissanguando
"""

# Said of dying itself: an emergency, unless the sentence is one of despair.
DYING = """
sto|sta|stiamo morendo
sento|sta|sto|sentiva morire
sto|sta per_morire
muoio
moriro|morira
"""

# Only an emergency of a person who does not answer, not of a telephone.
UNANSWERED = """
{it_non}_risponde
{it_non}_risponde_piu
{it_non}_risponde_agli_stimoli
"""

TELEPHONE = """
telefon*|segreteria|nessuno|numero|centralino|whatsapp|messaggi*|chiamat*|ufficio|cup|linea|mail|email|cellulare|squilla|app|
chiamo|macchina|macchinetta|pos|bancomat|pagament*|computer|schermo|link|pulsante|pagina|tasto|bottone|sportello|studio|
ambulatorio|reparto|accettazione|amministrazione|sito|rispondete|medico|dottore|dottoressa|appuntamento
"""

RELATIVE = """
mio|mia|nostro|nostra|lui|papa|mamma|padre|madre|marito|moglie|figlio|figlia|nonno|nonna|fratello|sorella|bambino|bambina|zio|zia
"""

# With these even a relative may only not be answering the telephone: the soft line.
PHONED = """
telefon*|messaggi*|whatsapp|cellulare|chiamate|squilla|mail|email
"""

DISTRESS = """
voglia|desiderio|bisogno|intenzione|voglio|vorrei ... sparire|scomparire|morire|ammazzarmi
spero|prego|aspetto|chiedo|lasciatemi|lasciami|fatemi|lasciarmi|lascio|potessi ... morire
{it_non} sopporto|reggo|tollero|sopportare ... vivere|vita|esistenza
vorrei|voglio|spero ... tutto finisse|finisca|finito
finisse|finisca_tutto
se_morissi|muoio|sparissi|morirò
se_fossi_morto|morta
se_mi ammazzo|uccido|ammazzassi|uccidessi
vita ... inutile|finita|inferno|schifo|tortura
vivere ... inutile|tortura|inferno|insopportabile|sofferenza
odio ... vivere|vita|me+stessa|me+stesso|esistere
{it_non} svegliarmi piu|domani
cappio
corda ... collo|pronta|impicc*
morte ... soluzione|sollievo|liberazione|unica
ferirmi|punirmi|mutilarmi
bruciarmi|graffiarmi ... apposta|pelle|sigaretta
togliermi|levarmi_di_mezzo
uccidere|ammazzare me_stesso|stessa
voglio|vorrei|volevo|vuole|voleva|desidero|voglia|vojo|meglio|preferisco|preferirei|sogno|penso|pensato|pensando|pensa ... morire
voglio|vorrei|meglio|fossi|essere morto|morta
farla|farlo|farl_finita
finirla_qui|subito
faccio|facciamo|facciamola|facendola|farò finita
{it_stesso}
uccido|ammazzo|suicido|impicco|sparo me_stesso
mi_uccido|ammazzo|suicido|impicco|sparo
si_uccide|ammazza|suicida|impicca|uccidera|ammazzera
togliermi|togliersi|tolgo|toglie|tolto|togliere ... vita
{it_non} voglio|voleva|vuole|volevo|vorrei ... vivere|esistere|esserci|svegliarmi|viver
{it_non} ... voglia ... vivere
{it_non} ... senso ... vivere|vita|continuare
vita|vivere ... {it_non} ... senso
vita|vivere ... senza_senso
{it_non} ... vale ... pena ... vivere|continuare
vita ... {it_non} ... vale
{it_non} merito ... vivere
{it_non} ce la faccio ... vivere|andare+avanti|continuare|cosi
{it_non} ce la fa ... vivere|andare+avanti
{it_non} riesco ... vivere|andare+avanti|tirare+avanti
stanco|stanca|stufo|stufa di_vivere
stanco|stanca|stufo|stufa di_tutto ... sparire|finita|morire
meglio ... non+ci+fossi|non+esistessi|morissi|sparissi
meglio ... senza_di_me
senza_di_me ... meglio
fossi_mai_nat*
vorrei|voglio ... {it_non} svegliarmi|risvegliarmi|essere+nat*|essere+mai+nat*|nascere
addormentarmi ... {it_non} svegliarmi
voglio|vorrei|meglio sparire|scomparire
sparire per_sempre
tagliarmi|tagliarsi|taglio|tagliat*|taglia ... vene|braccia|polsi|polso|braccio|gambe|apposta|coscia|cosce
mi_taglio
tagliarmi
mi voglio|vorrei|voglia|devo ammazzare|uccidere|suicidare|impiccare|tagliare|sparare|buttare
si_taglia
farmi|faccio|farsi|fatta|fatto|fa del_male
farmi|faccio|farsi|fa male+da+solo|male+da+sola
autolesion*
buttarmi|butto|buttarsi|lanciarmi|gettarmi|gettarsi|buttare|butta ... ponte|finestra|balcone|treno|giu|sotto|terrazzo|tetto
impiccarmi|impiccarsi
sono|essere|sentirmi|sento ... peso ... tutti|famiglia|altri
lettera|biglietto addio
addio mondo|sempre
addio ... tutti
{it_non} vedo|ho|trovo|esiste ... via_d_uscita
{it_non} c|vedo ... futuro|speranza ... me
{it_non} ... motivo|ragione|motivi ... vivere
nessun|nessuna motivo|ragione ... vivere|andare+avanti|continuare
nessuno ... mancherei|mia+mancanza
pensieri|pensiero|idee|penso|pensando|desiderio|voglia ... morte|suicid*
che_senso ... vivere|vita|continuare|andare+avanti|alzarmi
facendo|facendomi|facendosi ... del_male
{it_non}_ci_saro|sarei piu
dormire per_sempre
meglio ... se_muoio|morissi
prendere|ingoiare|mandare ... tutte|tutti ... {it_pillole}
scritto ... addio
voglio ... finire ... vita
porre_fine ... vita|tutto
dare|voglio ... fine ... vita
"""

# The name of self-harm: weak also beside words of prevention or administration.
DISTRESS_EVENT = """
suicid*|suicd*|sucid*|suicdi*
"""

# One soft line with the number, then the normal way.
SOFT = """
{it_non} ce la faccio piu
{it_non} ne posso_piu
sto|sento|sta malissimo
sto|sta molto|davvero|troppo|tanto male
devo|dovrei|meglio|conviene ... pronto_soccorso
reazione_allergica
perd* sangue
voglio|vorrei piangere
sono disperat*
sudo|suda|sudore|sudori freddo|freddi
cuore ... mille|batte_forte
"""

OLD = """
anni|anno|mesi|mese|settimane|tempo|secoli_fa
anno|mese|estate|inverno_scorso|scorsa|passato|passata
scorso_anno|mese
nel|dal|del|anno {it_anno}
in_passato
da_bambin*|piccol*|giovane|ragazz*|neonat*
pregress*
precedent*
all_epoca
anni|mesi|settimane_prima
storia_di|familiare
familiarita
in_famiglia
ereditari*
mort*|decedut*|mancat*|scomparso|scomparsa di|per|d|dopo|causa
ebbe|ebbi
avevo|aveva|gia_avuto
quando_ero|era|avevo|aveva
mio|mia nonno|nonna|bisnonno|bisnonna ha_avuto|aveva
soffriva|soffrivo
"""

# Words an adverbial clause of time is made of: "tre anni fa, ...".
TIME_WORDS = """
un|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|venti|molti|tanti|qualche|alcuni|nel|nell|anno|anni|mese|mesi|fa|scorso|lo|l|
circa|piu|di|in|passato|da|bambino|bambina|piccolo|piccola|ormai|{it_anno}|1|2|3|4|5|6|7|8|9|10|15|20|settimane
"""

NOW = """
adesso
ora
in_questo_momento
di_nuovo
ancora
subito
peggiora
stesso_dolore
in_corso
"""

NOT_NOW = """
che_ora
mezz_ora
ora_di|del|della|per|e+mezza
"""

NEGATION = """
{it_non}_ho|ha|abbiamo|hanno|avevo|aveva|sento|sente|avverto|accuso|presento|presenta
{it_non}_c_e
{it_non}_ci_sono
{it_non}_e_mica|un|una|uno|piu
{it_non}_ho|ha_mai|piu
{it_non}_si_tratta
{it_non}_era_un|una
{it_non}_penso|pensa|voglio|ho ... di
{it_non}_voglio|vuole|vorrei_morire|suicidarmi|uccidermi|ammazzarmi|farmi|tagliarmi
"""

# Denials without a verb of their own.
LACK = """
nessun|nessuna|nessuno
niente|nulla
senza
mai
"""

# A denial that denies nothing: "non ho mai avuto un dolore cosi", "non solo".
NOT_NEGATION = """
mai ... cosi|simile|simili|tale|prima|fortissimo
non_solo|soltanto
nessuno ... morissi|mancherei|mancanza|accorgerebbe|piangerebbe
{it_non} so|capisco|sono+sicur*
"""

# After these a new statement begins, and a denial before it ends.
STATEMENT = """
ho|ha|sento|sente|mi|abbiamo|hanno|sto|sta
"""

TURN = """
ma|pero|invece|tuttavia
e_ho|ha|adesso|ora|non|mi|sento|sto|sta|ho|gli|le|oggi
"""

IDIOM = """
{it_non} ... respir* ... naso
fai|fa|fate|fanno|fatto morire
morire|muoio|morendo|moriro|morto|morta di|dal|dalla|dalle|dall ridere|risate|vergogna|imbarazzo|caldo|fame|sete|sonno|
noia|curiosita|invidia|freddo|stanchezza|ridicolo
voglio|sto|sta|sento|mi morire|morendo di|dal|dalla|dalle|dall ridere|risate|vergogna|imbarazzo|caldo|fame|sete|sonno|
noia|curiosita|invidia|freddo|stanchezza|stress
da_morire
piac* ... da_morire
mi_ammazzo|uccido di|dal|dalle|dalla lavoro|risate|ridere|fatica|studio
ammazzare|ammazzo ... tempo
infarto|colpo ... visto|vista|prezzo|conto|bolletta|preventivo|quando
venire|venuto|veniva|preso ... infarto|colpo ... quando|visto|prezzo|conto|preventivo
farla|farlo_finita con|coi|col
impicco|impiccarmi|sparo se+non|piuttosto
cuore infranto|spezzato
peso ... cuore|petto ... tolto|levato
voglio|vorrei sparire ... vacanza|qualche+giorno|mare
mi_butto|buttarmi giu+di+morale|sul+letto|a+letto|sul+divano|nel+letto
butto|buttarmi sotto_la|le_doccia|coperte
muoio|morire|morto ... paura
mi|ci fa_morire
ansia|stress|attesa|caldo ... uccidendo|ammazza|uccide
"""

# Not even a soft line: these words have nothing to do with what happens to anyone.
NEVER = """
parlare con|col|al|coi
non_riesco|riesce_a_parlare con|al|col
petto|petti_di_pollo|tacchino
taglio|tagliarmi|taglia ... capelli|unghie|barba|ciuffo|frangia|fuori|pelo
pressione ... cuore|petto|torace holter|misura*|esame
aria_condizionata
senza_fiato ... bell*|panorama|corsa
"""

# Words of administration and prevention, which weaken the bare name of an emergency.
ADMIN = """
certificat*|modul*|riabilitazion*|fisioterapi*|controll*|visita|visite|prenot*|esenzion*|invalidita|pratica|cartella|referto|referti|
relazione|document*|assicura*|ricovero|ricoverat*|dimess*|dimission*|corso+di|un+corso|il+corso|corsi|vaccin*|rischio|
rischi|prevenzione|prevenire|screening|
reparto|ambulatorio|centro|specialista|costa|costo|prezzo|test|esame|esami|appuntament*|spostare|sposto|disdire|disdico|annullare|
in+caso|seminario|convegno|opuscolo|informazion*|dieta|cardiolog*|neurolog*|follow|piano|terapia|indirizzo|fattura|
parcheggio|orari|orario|rimandare|risarcimento|pratiche|lavorativo|esente|centralino
"""

AFTERMATH = """
dopo|post|causa|seguito|esiti|postumi|conseguenze|visita|controllo|prevenzione|recupero|guarito|guarita|reduce
"""

# Words that exist: never a misspelling of one of the above.
REAL = """
dottore dottor dottori dottoressa dotore dottoresa firmare firmata fermata formare battuta febbraio vincere viverla morale dolere dolci
venduto venduta pelo peli pero peso letto tetto netto getto mobile mobili strike colore valore torte torta merito sonno sono
conclusione conclusioni sventura svendita svenduto anagrafica sangiovese marito morale mordere morbido moriggio vivremo
solo sole sale sala mani mano spesso spesa presto perso persi parto parte porta porte braccialetto
"""
