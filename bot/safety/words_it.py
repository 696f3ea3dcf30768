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
    "it_chi": "mamma|mami|papa|babbo|padre|madre|nonno|nonna|marito|moglie|compagno|compagna|fidanzat*|figlio|"
    "figlia|fratello|sorella|zio|zia|suocer*|amico|amica|signora|signore|bambin*|bimb*|neonat*|piccolo|"
    "piccola|ragazzo|ragazza|cugin*|nipote|nipotin*|collega|vicino|vicina|badante|lui|lei|uomo|"
    "coinquilin*|genero|nuora|cognat*|ospite",
    "it_torace": "petto|torace|sterno|costato|toracic*",
    "it_viso": "faccia|viso|volto|bocca|labbro|labbra|guancia|palpebra|sorriso|occhio",
    "it_membro": "braccio|braccia|gamba|gambe|mano|mani|piede|lato|meta|arto|arti|dita",
    "it_inerte": "addormentat*|intorpidit*|insensibil*|informicol*|formicol*|paralizzat*|mort*|bloccat*|pesant*|moscio|"
    "moscia|inert*|debol*|fiacc*|molle|rigid*",
    "it_subito": "improvvis*|di+colpo|botto|repentin*|un+tratto|momento+all+altro|stamattina|stanotte|mezzora|minuti",
    "it_macigno": "macigno|masso|mattone|mattoni|pietra|elefante|incudine|lama|lame|coltello|coltellat*|pugnal*|pugno|"
    "lastra|cintura|cemento|piombo|preme|premono|premesse|premere|stringono|stringere|stringesse|"
    "stritola*|schiacci*|trapass*|trafigg*|squarci*|lacera*|strappa*|scoppi*|esplod*|spacca*|spezza*|"
    "serra|serrato|seduto|sedut*|trattore|tonnellat*|quintal*|comprim*|macigni|attanagli*",
    "it_tossico": "candeggina|varechina|detersiv*|detergent*|sgrassator*|ammorbident*|lavatrice|lavastoviglie|"
    "disgorgant*|acido|muriatico|solvent*|benzina|trielina|acquaragia|antigelo|topicida|veleno|pesticid*|"
    "diserbant*|insetticid*|lumachicid*|funghi|bacche|oleandro|pila|pile|batteria|batterie|magnet*|"
    "calamit*|moneta|monetina|spilla|naftalina|ammoniaca|acetone|solvente|soda+caustica|anticalcare|"
    "mozziconi|alcol|alcool|igienizzant*|disinfettant*|smalto|colla|vernice|diluente|gasolio|petrolio",
    "it_ingerito": "{it_preso}|bevuto|bevut*|beve|bevo|bevevo|mangia|messo|messa|messi|leccat*|succhiat*|inalat*|"
    "respirat*|ingerit*|ingoia*|ingoi|ingerisce|trangugiat*|mandato|tirato|scolat*|sniffat*",
    "it_coscienza": "sveglia|svegliar*|svegliarl*|sveglio|risveglia*|rinvien*|riprend*|ripiglia*|cosciente|reagisc*|"
    "reagir*|stimoli|torna+in+se",
    "it_colore": "blu|viola|violace*|bluastr*|grigi*|cianotic*|cerea|cereo|nere|nera|nero|scure|scuro|scura|livid*|"
    "bianche|verdastr*|giallastr*",
    "it_perde": "perd|perde|perdo|perdendo|perdeva|perso|persa|perdere|perdita|perdite|esce|uscit*|uscendo|fuoriesc*|"
    "cola|scorre",
    "it_fine": "finirla|finisco|finita|farla+finita|sparire|scomparire|morire|andarmene|mollare+tutto|chiuderla|"
    "chiudere|spegnermi|sparisco|crepare",
    "it_vivere": "vivere|viver|esistere|esistenza|vita|continuare|andare+avanti|lottare|combattere|svegliarmi|"
    "svegliarsi|svegliar|alzarmi|respirare|esserci|stare+al+mondo|campare",
    "it_picchia": "picchia|picchiano|picchiando|picchiat*|menando|menat*|pestat*|pestaggio|malmenat*|bastonat*",
    "it_fuoco": "incendio|incendi",
    "it_male": "suda|sudat*|sudando|sudore|fradici*|trema|tremo|tremando|tremor*|brividi|batte+i+denti|vomit*|rimett*|"
    "gira|girano|girare|capogir*|barcoll*|nero|nausea|mancare|svenire|sonno|dorme|dormire|stordit*|intontit*|"
    "confus*|agitat*|lament*|urla|urlando|urlo|grida|piange+da|freddo|fredda|gelid*|pallid*|bianc*|grigi*|"
    "giall*|occhi|risponde|caso|strano|strana|sangue|gonfi*|respir*|fiato|aria|petto|spalla|braccio|gomito|"
    "mandibola|mascella|debole|debolezza|equilibrio|febbre|41|40|forze|reagisce|muove|alza|rialza|parla|"
    "capisce|panico|nausea",
    "it_grave": "grigio|grigia|cereo|cerea|terreo|cianotico|cianotica|cadaverico|fradicio|gelato|gelata|rigido|sbianchat*|"
    "sbiancat*|sbianca",
    "it_quantita": "tanto|tanta|molto|molta|pieno|piena|piene|pieni|litri|continua|ancora|fermarsi|ogni+volta|sempre+di+piu|"
    "getto|spruzz*|schizz*|fiumi|enorme|tantissim*|zampill*|pulsa*|coaguli|grumi",
    "it_tenere": "tengo|tiene|tenere|tenerla|tenerlo|regge|reggo|reggere|regger*|stringo|stringere|stringe|afferr*|"
    "afferrare|impugn*|sollevare|sollevo|comandi|ubbidisc*|obbedisc*|risponde|appoggiare|piega",
    "it_oltre": "cancellarmi|spegnermi|svanire|sparire|scomparire|dissolvermi|scavalcare|andarmene|farmi+fuori|"
    "smettere+di+esistere|smettere+di+respirare|non+esistere|addormentarmi|dormire+per+sempre|raggiungerl*|"
    "ricongiungermi|buttarmi|lanciarmi|lasciarmi+andare|lasciarmi+morire|volare+giu|chiudere+tutto|"
    "finire+tutto|sprofondare|essere+altrove+per+sempre",
}

# Something that may be happening now. Weak only when denied, told of long ago, or an idiom.
FLAG = """
{it_non} riesco|riesce|posso ... {it_fiato}
rott* ... acqua|acque|membrane|sacco
sparato|sparando|spari|sparatoria
casa|cucina|appartamento|macchina|auto|camera|tetto & fuoco|fiamme
incendio
va|prende|preso|andando_a|in fuoco
dolor*|dolore|dolori|male|mal|crampi & lancinant*|atroc*|insopportabil*|fortissim* ... pancia|addome|stomaco|ventre|
addominal*
lancinant*|atroc*|insopportabil*|fortissim* ... pancia|addome|stomaco|ventre|addominal*
vedo|vede|visione|vista|vedere doppio|doppia|sdoppiat*
senza|non+ha|non+sento|non+trovo ... polso|battito
ha|piu il|ha|nessun polso|battito
{it_non} riesco|riesce ... camminare|piedi ... improvvis*|colpo|piu
battiti|battito|pulsazioni|cuore ... 150|160|170|180|190|200|210|220
formicol*|intorpid* ... faccia|viso|labbra|meta
schiuma|bava bocca
tagliat*|taglio|ferita ... vena|arteria|profondo|profonda|profondamente
{it_preso} {it_molte} pastigli*|pasticc*|pillol*|compress*|sonnifer*|tranquillant*|tavor|xanax|lexotan|tachipirina|
paracetamolo|aspirina
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
parla|parlava|parlo male|strano|storto|impastat*|confus*|strascicat*
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
mal|male|dolor*|dolore|dolori ... testa ... della|mia_vita
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
cascat*|cadut*|scivolat*|cade ... {it_non} riesce|riesco ... alzarsi|alzarmi|rialzarsi|rialzarmi|muoversi|muovermi|
tirarsi
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
viso|faccia|occhi & gonf*|gonfia|gonfio|gonfie|gonfiando|gonfiata|gonfiato|gonfiano ... respir*|allergi*|ape|vespa|
calabrone
punto|puntura|punta ... ape|vespa|calabrone & gonf*|gonfia|gonfio|gonfie|gonfiando|gonfiata|gonfiato|gonfiano|respir*|
gira|svien*
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
{it_preso} ... troppe|troppi|troppa|tante|tanti|scatola|intera|boccetta|flacone|confezione|blister|
mucchio ... {it_pillole}
{it_preso} ... scatola|boccetta|flacone|confezione|blister ... {it_pillole}
troppe|troppi ... {it_pillole}
svuotat* ... {it_pillole}|scatola|boccetta|flacone|blister
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
{it_piccolo} ... {it_non} sveglia|reagisce|piange
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
violentat*|stuprat*|stupro|=aggredit*
violenza_sessuale
voglio|vorrei|devo|giuro|adesso ... ammazzarlo|ammazzarla|ucciderlo|ucciderla|ammazzarli|ucciderli
lo|la|vi|li ammazzo|uccido
ambulanz* & chiam*|serve|mand*|subito|urgente*|bisogno|venite|aiuto|presto
serve|mandate|chiamate ... lambulanza|unambulanza
chiam* ... 118|112
emergenza_medica
codice_rosso
# the chest, the breath, the heart
{it_macigno} & {it_torace}
qualcuno|qualcosa|peso|masso ... sopra|sul|seduto|sedut* ... {it_torace}
{it_torace} ... stretto|strett*|compress*|fuoco|fiamme|ferro|morsa
{it_dolore}|bruciore|fitta|crampo|tira|tirano ... petto|torace|stomaco|schiena|spalla|gola ... mandibola|mascella|
braccio
mandibola|mascella <> sud*|petto|torace|braccio
sudo|suda|sudat*|sudore|sudori|sudando|sudorazione freddo|fredd*|gelato|gelid* <> dolor*|fitta|fitte|male|petto|
braccio|nausea|stomaco|pallid*|bianc*|mandibola|debol*|svenire|vomit*
fredd*|gelid*|pallid* ... sudat* <> dolor*|fitta|male|petto|braccio|nausea|stomaco|confus*|svenire|parla|risponde
cuore|battito|tachicardia|palpitazion* <> sven*|mancare+l+aria|manca+l+aria|manca+il+fiato|gira+la+testa|nero|
venir+meno|sensi|petto
cuore & galoppa*|mille|impazzit*|esce+dal+petto|scoppi*|ferma|fermo <> aria|fiato|respir*|sud*|trem*|gira|testa
faccio|fa|fatico|fatica|fa+fatica|stento|sforzo|affann*|difficolta|riesco+appena|riesce+appena|a+malapena ... respir*|
prendere+aria|prendere+fiato|aria|fiato
respir*|fiato|aria|petto & fischi*|rantol*|rumor*|gorgogli*|affann*|ansim*|boccheggi*|fatic*|stent*|grosso|cort*|
veloce+veloce|velocissim*|a+scatti|strozzat*|male|pochissim*|appena|piano+piano|strano
ansimando|ansima|boccheggia*|rantol*|annaspa*
non|nn ... passa|arriva|entra ... aria|fiato|ossigeno
prendere|prendo|prende|tirare|tiro ... aria|fiato|respiro & non|nn|fatica|sforzo|stento
respira|respiro & {it_non} bene|piu|quasi
ossigeno|saturazione|saturimetro ... 70|72|74|75|76|78|79|80|81|82|83|84|85|86|87|88|89
senza_fiato|respiro ... seduto|sedut*|fermo|ferma|letto|sdraiat*
sdraiat*|coricat*|distes*|letto|dormire ... manca|soffoc*|affog*|respir*|aria ... respiro|respir*|aria|fiato|male|
soffoc*|sedut*
{it_viso}|labbra|dita|unghie|mani|lingua|intorno & {it_colore}
diventat*|diventa*|divent*|tutto|tutta|fatto|fatta|faccia & !blu|viola|cianotic*|bluastr*|violace*|cereo|cerea|
cadaverica
bianc*|pallid*|grigi* ... lenzuolo|cencio|muro|morto|cadavere|fantasma|cera|carta|straccio
# consciousness, falls, fits
{it_non} ... {it_coscienza} ... mamma|papa|padre|madre|nonno|nonna|marito|moglie|figlio|figlia|fratello|sorella|
bambin*|bimb*|compagno|compagna|amic*|piccol*|zio|zia
{it_chi} ... {it_non} ... {it_coscienza}
{it_non} si|sta|resta|rimane|riesce+a+stare|riusciamo+a+tenerlo|riesco+a+tenerla {it_coscienza}|sveglio|sveglia
{it_non} riesco|riusciamo ... svegliar*|svegliarl*|rianimar*|scuoter*|tenere+sveglio|tenere+sveglia
{it_non}_risponde_quando|se_lo|la_chiamo|chiamiamo|scuoto|tocco
risponde|rispondere & cadut*|cascat*|terra|pavimento|letto|bagno|pallid*|bianc*|occhi|sud*|respir*|stimoli
occhi|sguardo & fiss*|vuoto|vitre*|sbarrat*|rovesciat*|girat*|indietro|bianchi|assente|perso|pers*|spent*
bava|schiuma|schiumando|bavando
morso|morsa|mors* ... lingua ... trem*|scoss*|terra|svenut*
trema|tremando|scatti|scosse|scossoni|rigid*|irrigidit*|si+irrigidisce|contrazioni|sbatte <> occhi|tutto+il+corpo|
tutto+corpo|non+risponde|incoscien*|bava|schiuma|terra|lingua|fermarsi|sensi
irrigidit*|irrigidisce|inarcat* ... tutto|tutta|trema|scatti|occhi|bimb*|bambin*|corpo
{it_chi} ... per|a|in|sul terra|pavimento <> {it_non}
terra|pavimento ... ore|stamattina|stanotte|minuti & {it_non}|alza*|trovat*
trovat* ... {it_chi} ... terra|pavimento|bagno|incoscien*|senza
trovat* ... terra|pavimento|svenut*|incoscien*|accasciat*|riverso|riversa|immobile
{it_non} riesco|riusciamo|riesce ... alzarl*|alzarlo|alzarla|tirarl*|sollevarl*|rialzar*|muover*|rimetterl*
{it_non} ... muov*|muove+piu|si+muove ... {it_membro}|collo|corpo
{it_non} ... muovo|muovere|muoveva ... niente|nulla
immobile ... terra|letto|pavimento|risponde
accasci*|stramazz*|collass*|svenn*
afflosciat*
giu|terra come_un|una ... sacco|pera|salame|peso+morto
cadut*|cascat*|scivolat*|ruzzolat*|inciampat*|battut*|sbattut*|capocciata|testata|botta|colpo ... {it_chi}|bambin*|
bimb*|testa|capo|nuca|fronte|tempia <> vomit*|sonn*|confus*|sangue|svenut*|ricord*|strano|strana|risponde|pupill*|
intontit*|stordit*|bernoccolo+enorme|fluidificant*|anticoagulant*|coumadin|eliquis|xarelto
pupill* & divers*|grand*|dilatat*|piu|enorm*
occhio|pupilla piu grande|largo|grossa
{it_non}_ricord* ... niente|nulla|dove|nome|successo|caduta|botta
# stroke
{it_viso} & {it_inerte}|storta|storto|deform*|stort*|tirat*|piegat*|scende*|scesa|scivol*|afflosciat*|cadent*|cala*|
giu|non+si+muove|asimmetric*|addormenta
{it_non} ... sento|sente|sentire ... faccia|viso|guancia|bocca|labbro|lingua|lato|meta|parte|mano|braccio|braccia|
gamba|gambe
{it_membro} & paralizzat*|insensibil*|inert*|intorpidit*|addormentat*|formicol*|penzol*|senza+forza|senza+forze|
non+risponde|non+rispondono|ciondola*
{it_membro}|corpo|viso|faccia & sinistr*|destr*|un+lato|una+parte|meta & {it_inerte}|debol*|forza|formicol*|fredd*|
cade
{it_subito} <> formicol*|debol*|addormentat* & {it_membro}|viso|faccia
{it_membro}|oggetti|cose|tutto|bicchiere|forchetta|posate|cucchiaio|telefono & cade|cadono ... mano|mani|di+mano|gli|
le|tutto
cade|cadono ... di_mano|dalle_mani|dalla_mano
mezzo|mezza|meta|un+lato|una+parte|parte+destra|parte+sinistra|lato+destro|lato+sinistro ... corpo|faccia|viso|bocca|
volto|lingua ... {it_non}|{it_inerte}|storta|storto|sento|sente|muov*|giu
corpo|viso|faccia ... meta|lato|parte ... {it_non}|{it_inerte}
perso|perde|perdendo|perduto|nessuna|senza|mancano|manca ... forza|forze|sensibilita|uso ... braccio|gamba|gambe|mano|
lato|braccia|parte|destra|sinistra
parla|parlo|parlava|parlando|discors*|frasi|parole|voce & strano|strana|male|impastat*|confus*|strascicat*|
senza+senso|ubriac*|incomprensibil*|non+si+capisc*|a+vanvera|lent*|mangia*|mozz*|sconness*|arrotol*|trascin*|biascic*|
stort*
{it_non} ... trova|trovo|vengono|viene|escono|esce|riesce+a+dire|riesco+a+dire|articola* ... parole|parola|frase|
discorso|voce
{it_non} si capisc*|capisco|capiamo ... dice|parla|parole|cosa+dice
dice|diceva|sta+dicendo|parla|risponde ... senza_senso|a_vanvera|a_caso|che+non+hanno+senso|strane|assurde|sconnesse
sragion*|delira|deliran*|vaneggi*|farnetic*|blatera
{it_non}_sa|ricorda|capisce|riconosce piu|dove|chi|che ... e|sia|giorno|sono|si+trova
{it_non} ... riconosc* ... piu|nessuno|mi|figli|moglie|casa|me|familiari
confus*|disorientat*|spaesat* & {it_subito}|febbre|cadut*|testa|dove|giorno
{it_non} ... sa ... dove_si|e_trova|dov+e|dove+sta
{it_subito} <> !parla|parlare|camminare|cammina|vista|vede|vedo|equilibrio|confus*|testa+gira & {it_non}|male|strano|
perso|storto|piu|doppio|barcoll*
{it_non} ... vede|vedo|vedere|vista ... occhio|occhi|niente|nulla|buio|nero|improvvis*|colpo|meta|lato
perso|persa|perde|persi|perdo ... la|di_vista
tenda|velo|ombra|macchia|sipario ... nera|nero|davanti ... occhio|occhi|vist*|vedo
vedo|vede|vista|visione|occhi & nero|buio|doppi*|sdoppiat*|meta|appannat*+di+colpo|annebbiat*+improvvis*|
offuscata+improvvis*
cammin*|in+piedi|equilibrio|barcoll* <> improvvis*|colpo|stamattina|botto|braccio|parl*|bocca|vomit*+testa|ubriac*
testa ... scoppi*|esplod*|spacca*|martell*+vomito|trapan*|rasoiat*|tuono|fulmin*
{it_dolore} ... testa ... mai|peggior*|atroc*|lancinant*|insopportabil*|tremend*|improvvis*|terribil*|violent*|
bestiale|colpo
pressione|massima & 200|205|210|215|220|225|230|235|240|245|250|260|270
# bleeding
sangue|sanguin* & smett*|ferma*|arrest*|tampon* & {it_non}|continua|riesco|riusciamo
sangue ... continua|continuano|non+smette ... uscire|colare|sgorgare|scendere
sangue & fiotti|fiotto|zampill*|schizz*|pozza|pozze|lago|spruzz*|litri|sgorg*|fontana|inzupp*|zupp*|coaguli|getto|
secchi*|dappertutto|ovunque|rubinetto|pavimento
inzuppat* ... asciugaman*|lenzuol*|garz*|assorbent* ... sangue
assorbent* ... ora|ore|ogni & sangue|cambi*|inzupp*|emorrag*|pien*
sangue ... dalla|dalle|dal|dall|della bocca|orecchi*|vagina
vomit*|=rigett*|=rimett*|sput*|toss*|conati|feci|cacca ... sangue|roba+nera|fondi+di+caffe|posa+di+caffe|nero|nera|
catrame
sangue ... vomit*|rigett*|rimett*|sput*|toss*
vomit*|rimett*|feci|cacca|diarrea & ner*|catrame|caffe|fondi|sangue+vivo|rosso+vivo|pece
taglio|ferita|squarcio|tagliat*|arteria|vena & profond*|osso|schizz*|pulsa*|apert*|enorm*|recis*
sanguin* ... tant*|moltissim*|parecchi*|come|fermo|ferma|fermar*|tutto|bestia
emorragia ... corso|forte|naso|ferma|grave
# allergy, stings
lingua|gola|labbra|glottide|labbro|faccia|viso|occhi|collo & gonfi*|ingross*|grossa|grosso|grosse|enorm*|pallone|
chiud*|chius*|chiusa|strett*|stringe*|serra*|tappat*|canotto
ape|api|vespa|calabrone|medusa|insetto|puntura|punto+da|punta+da|mi+ha+punto|noccioline|arachid*|noci|gamber*|
crostace*|latte|antibiotic*|amoxicillina|augmentin|pesce|nocciol*|fragol*|farmaco|uovo|uova <> gonf*|respir*|aria|
fiato|gola|lingua|sven*|collass*|pomf*|bolle|ponfi|pressione+bassa|vomit*+macchie|orticaria
orticaria|pomfi|ponfi|bolle|prurito|rossore|macchie <> respir*|fiato|gola|lingua|labbra|sven*|aria|gonfi*
allergi* <> respir*|gola|lingua|sven*|collass*|aria|faccia+gonfia|labbra
adrenalina|fastjekt|epipen|jext & fatt*|us*|iniet*|dev*|serv*|trov*|bast*|scadut*|finit*
# poison and medicines
{it_ingerito} <> {it_tossico}
{it_tossico} ... bocca|occhi|gola
spruzz*|schizz*|finit*|entrat*|andat* ... occhi|occhio & {it_tossico}
liquido|prodotto|flacone ... lavat*|piatti|pulire|pulizie|lavastoviglie|vetri|wc|bagno & {it_ingerito}
{it_preso}|ha|ho|dato|prendendo|prendere|ingurgitat* ... troppe|troppi|troppa|tante|tutte|tutti|tutta|doppia|tripla|
quadrupla|mucchio|manciata|pugno|intera|intero|intere ... {it_pillole}|insulina|dose|scatola|boccetta|flacone|blister|
scatole|confezione|compresse|morfina|metadone
{it_piccolo}|nipot*|gemell* <> preso|prese|mangiat*|ingoiat*|trovat*|bevut*|aperto & {it_pillole}|medicina|sciroppo|
pillole ... nonn*|mie|mia|tutt*|suocer*|caramelle|padre|madre
mischiat*|mescolat*|sbagliat*|confus*|scambiat* ... {it_pillole}|medicina|dosi|dose|alcol|vino & sonn*|sveglia|
sveglio|sta|dorme|confus*|risponde|trema|vomit*|sven*|male|gira
{it_pillole} ... alcol|vino|vodka|birra|superalcolic* & {it_preso}|mischiat*|insieme
mix ... {it_pillole}|alcol|droga|droghe
droga|cocaina|eroina|fentanyl|ecstasy|mdma|metadone|coma+etilico|ubriac* <> sveglia|sveglio|respir*|risponde|sven*|
convuls*|vomit*+dorme|sensi|incoscien*|cuore
coma_etilico
gas|monossido|fumo|fumi|esalazion*|caldaia|braciere|stufa <> intossic*|gira|mal+di+testa|sven*|nausea|respirat*|
inalat*|stord*|girano|male
odore|puzza|perdita|fuga ... gas
mangiat*|bevut* <> {it_chi}|bambin*|vomit* & sonn*|dorme|sveglia|pupill*|delira|allucinaz*|convuls*|incoscien*
# burns, water, current, wounds
ustion*|scottat*|bruciat*|brucia*|rovesciat* <> olio|bollente|bollent*|fuoco|fiamm*|acqua+calda|bolle|vescic*|viso|
faccia|stufa|forno|ferro+da+stiro|pentola|caffettiera|acido|brodo|te+caldo|benzina|tutto+il|tutta+la|collo|petto|
grave|mani
pentola|acqua|olio|brodo|te|caffe & !bollente|bollent* ... addosso|gamba|gambe|mano|braccio|petto|faccia|bambin*|
bimb*|piedi
ustionat*
fulmin*|folgor*|scossa|corrente|fili|presa|220 & preso|presa|toccat*|attaccat*|sven*|infilat*|dita|elettric*
piscina|mare|vasca|lago|fiume|acqua <> annega*|affog*|riprend*|respir*|sott+acqua|incoscien*|tirat*+fuori|ripescat*|
sveglia|riva
osso|ossa ... fuori|vede|vedo|esce|uscit*|spunt*|sporge
dito|dita|mano|braccio|piede|gamba|orecchio & !staccat*|amputat*|mozz*|tranciat*|mozzat*|maciullat*|
schiacciat*+macchina|troncat*|sega|motosega|appeso|attaccat*+pelle
sega|motosega|mietitrebbia|pressa|trattore|flex|coltello|accetta <> dito|dita|mano|gamba|sangue|tagliat*|braccio|
schiacciat*
conficcat*|piantat*|infilzat*|trafitt*|impalat*|infilat* ... occhio|gamba|pancia|mano|petto|schiena|piede|collo|
addome|braccio
incidente|schianto|frontale|tamponamento|ribaltat*|scontro|investit* <> incastrat*|gambe|sangue|sven*|muov*|male|
ferit*|feriti|incoscien*|testa|moto|macchina
volat*|cadut*|precipitat*|buttat*|lanciat* ... moto|bici|scooter|motorino|cavallo|balcone|finestra|tetto|impalcatura|
ponteggio|terrazz*|scala|scale|tromba|albero|seggiolone|fasciatoio|letto+a+castello|piano|metri
seggiolone|fasciatoio|lettino <> cadut*|cascat*|botta
schiena|collo <> cadut*|tuffo|incidente|botta|caduta & gambe|formicol*|muov*|sent*
gamba|braccio|caviglia|polso|osso|femore|anca ... stort*|girat*+dall+altra|innatural*|fuori+posto & cadut*|cascat*|
incidente|botta|scivolat*
pancia|addome|ventre & dur*|tavol*|legno|lancinant*|squarci*|lacera*|coltellat*|piegat*|piega|atroc*|insopportabil*|
fortissim*|contorc*
piegat*|contorc*|urla|urlando|rotola* ... dal|per+il|dai|di dolor*
testicol* & improvvis*|fortissim*|lancinant*|atroc*|dolor*
# pregnancy and birth
incinta|gravidanza|gravida|settimana|settimane|mesi|mese|termine <> perd* & sangue
incinta|gravidanza|gravida|pancione|settimana <> sanguin*|perdo+sangue|perde+sangue|sangue+rosso|sangue+dalla|
emorrag*|perdit*|dolor*+forti|dolor*+fort*|contrazion*|sven*|lucciole|scintill*|scalci*|calci|annebbiat*|acque|
convuls*|cadut*|botta|rosso|macchie+di+sangue|testa+scoppi*|mal+di+testa+fort*
contrazion* <> minut*|fort*|ravvicinat*|regolar*|settiman*|ore|vicine|prematur*
sta|sto|stia|testa|bambino|piccolo|mi+pare nascendo|nasce|partorendo|uscendo
partorisc*|partorito ... adesso|casa|macchina|qui|bagno|ora
travaglio ... iniziat*|partit*|corso|forte|casa|prematur*
testa|testina|piede|cordone|piedino ... esce|fuori|vede|vedo|spunta|uscit*
voglia|bisogno|istinto|stimolo ... spingere
{it_non} ... sento|sente|sentito|muove|muov*|scalci*|calci*|senti* ... bambin*|bimb*|piccol*|pancia|pancione|muoversi|
muover*|calci|scalciare|movimenti|scalci*
{it_non} ... muov*|scalci*|sento ... pancia|settiman*
acque|membrane & rott*|rompere|rompersi|colano|verdi
# babies
{it_piccolo} <> 1|2|3|un|due|tre|uno|10|15|20|30|40|dieci|quindici|venti|trenta|quaranta mes*|settiman*|
giorn* <> febbre|scotta*|38|39|40|temperatura|fredd*|sveglia|mangia|attacca+piu|latte|piange+piu
neonat*|lattante|appena+nat*|bebe <> !febbre|febbricitant*|scotta*|grigi*|sonnolent*|sveglia|molle|moscio|moscia|
mangia+piu|poppa+piu|lament*|respira+male|respir*+male|fredd*|ittero+forte|convuls*
{it_piccolo}|mesi & molle|moscio|moscia|floscio|floscia|flosci*|pezza|straccio|bambola|marmo+freddo|inerte|inerme|
senza+forze|gelid*|scura+in+volto|assente|sonnolent*
fontanella
{it_piccolo} <> {it_non}_fa_pipi|pipi_da|piange+piu|beve+piu|reagisce|risponde
febbre <> convuls*|scatti|macchie|collo|rigid*|delir*|confus*|sveglia|luce|41|42|brividi+fortissim*|lamento
febbre ... 41|42|40+e
macchie|puntini|macchioline|petecchie|chiazze & viola|scur*|rosso+scuro|spariscono|scompaiono|bicchiere|
sangue <> febbre|male|vomit*|bambin*|bimb*|figli*
collo|nuca|mento ... rigid*|piega*|piegare|abbass*|dur*|blocc*|petto <> febbre|vomit*|testa|luce|macchie
febbre|testa <> collo ... rigid*|piega*|dur*|blocc*
luce|luci <> febbre & testa|collo
# diabetes
glicemia|zucchero|zuccheri|diabet*|insulina <> 20|22|25|28|30|32|35|36|38|39|40|42|45|48|50|450|480|500|520|550|580|
600|sven*|confus*|parla|risponde|sveglia|trema*|dopp*|troppa|delir*|sud*|stran*|incoscien*
# violence and the place
mani|mano|dita|stringe*|stretto|preso|pres* ... collo|gola & mi|marito|compagno|padre|le|ex|ragazzo
{it_picchia}
strangol*|strozzat*|soffocat*+con
paura ... mi_ammazz*|uccid*|ammazza|uccida|uccide|faccia_del_male|tornare_a_casa|picchi*
paura ... che ... ammazz*|uccid*|picchi*|sfond*|spari
mi_ha|hanno|sta|stanno rott*|spaccat*|dato|lanciat*|presa|preso|puntat* ... naso|costole|dente|denti|pugni|pugno|
schiaffi|calci|botte|braccio|faccia|coltello|pistola
marito|compagno|padre|ex|fidanzato|ragazzo|patrigno|fratello|figlio|uomo|lui ... picchi*|=mena|=menat*|mani+addosso|
alza+le+mani|=botte|chius*+in+casa|chiude+in+casa|violent*|coltello|pistola|ammazz*|abus*|stupr*|spinta|presa+a+calci|
perseguit*
mani_addosso
minacci* ... ammazzarmi|uccidermi|ammazzarci|ucciderci|ammazzarla|ucciderla|morte|coltello|pistola|bruciar*
minacci* & mi|ci ... marito|ex|compagno|padre|vicino|fratello|figlio
mi|ci|la|le|gli minaccia|minacciano|minacciando|minacciat*
abus* ... figlia|figlio|bambin*|me|sessual*
toccat*|tocca|molest* ... parti|sessual*|intim*|bambin*|figlia
chiusa|chiuso|barricat*|nascosta|nascosto <> fuori|porta|marito|casa|bagno & sfond*|picchi*|ammazz*|paura|urla|
coltello
pistola|fucile|coltello|mannaia|accetta & ha|puntat*|minacci*|mano|brandi*
{it_fuoco}
fumo & casa|stanza|scale|palazzo|camera|cucina ... pien*|respir*|uscir*|bloccat*|nero
intrappolat*|incastrat*|sepolt* ... auto|macchina|macerie|casa|lamiere|sotto|terra|incendio|fuoco
# a cry for help about somebody
aiuto|aiutatemi|aiutateci|aiutami|correte|presto|urgente|urgentissimo|subito|venite|soccorso & {it_chi} ... malissimo|
male|muore|morendo|malore|grave
aiuto|aiutatemi|correte|venite & malissimo|malore|muore|morendo|grave
malore
{it_chi} ... sta|stia|e grave|gravissim*
mi|ci|ha|hanno|l investit*|investito|investita|investiti
soccorso|soccorsi subito|presto|urgente|aiuto
aiuto|chiamate|mandate|servono soccorsi|soccorso
{it_grave} <> {it_male}
privo|priva|senza|perso|ripreso ... di_conoscenza|conoscenza|sensi|coscienza
suda|sudat*|sudando|sudore <> grigi*|pallid*|bianc*|petto|braccio|spalla|gomito|fontana|respir*|nausea|mandibola|
confus*|risponde|strano|debol*|terreo|vomit*
peso|dolor*|dolore|male|fitta|bruciore|fastidio|formicol* ... davanti|sinistro|sinistra|braccio|spalla|
schiena ... gomito|mandibola|mascella|braccio+sinistro|collo+e+braccio
gomito|spalla|braccio sinistr* <> peso|petto|davanti|sud*|fiato|nausea|male+davanti
{it_viso} & da_una|un_parte|lato
{it_viso} & di_traverso|lato
{it_viso} & tira|pende|va|cade ... parte|lato|sinistra|destra|basso
scivol*|cade|cadono|casca|cascano|sfugg* ... mano|mani|tenerl*|dita
{it_membro}|lingua|mano ... {it_non} ... {it_tenere}|gira|muove
lingua ... {it_non} gira|muove|ubbidisce|risponde|articola
{it_fiato} & {it_non} ... va|scende|arriva|passa|entra|passava|giu|riesco
respira|respiro|respirando come|da ... russ*|asma|cane|pesce|treno|soffiett*|affanno
rientra*|rientrano|infossa*|tirage ... costole|pancia|torace|respir*
costole|narici ... respir*|rientr*|allarg*
sembra|pare|sembrava mort*|morto|morta|svenut*|incoscien*|che+dorma
{it_non}_si_muove <> morto|morta|terra|respir*|caduto|caduta|fermo|ferma|freddo|letto
chiamo|scuoto|chiamato|scosso|scuot*|pizzico|parlo <> niente|nulla|reagisc*|risponde|apre & ma|non|niente|nulla
{it_non} ... verso|modo ... svegliar*|aprire|aprir*|mangiare|calmar*
ferita|taglio|cicatrice|punti|operazione|taglio+cesareo & aperta|apert*|aperti|spaccat*|vede+dentro|si+vede+dentro|
pus+febbre|saltati|schizz*
cane|animale|cavallo|toro|maiale ... morso|morsicat*|morsic*|azzannat*|strappat*|sbranat*|calcio ... {it_chi}|faccia|
guancia|collo|mano|braccio|gamba|pezzo|testa|mi
{it_preso}|bevuto|bevut* ... profumo|dopobarba|shampoo|bagnoschiuma|smacchiatore|inchiostro|deodorante|liquido
due+volte|doppio|doppia|tre+volte|di+nuovo|sbagliat* ... insulina|cumadin|coumadin|digossina|metotrexato|dose|
cerotto+morfina
insulina <> trem*|sud*|confus*|due+volte|doppia|sven*|sbagliat*|troppa
braciere|stufa|caldaia|camino|barbecue|generatore|garage <> testa|vomit*|gira|sven*|sonno|nausea
vasca|acqua|piscina & testa+sotto|sotto|immers*|galleggi*|faccia+in+giu|fondo
rovesciat*|rovescia|versat*|caduta|finita ... pentola|acqua|caffe|te|minestra|olio|brodo|moka ... addosso|bambin*|
bimb*|gamba|gambe|mano|braccio|faccia|petto
addosso|sopra <> pentola|acqua+bollente|acqua+calda|olio|minestra|brodo|caffettiera|moka
soda|calce|acido|candeggina|cemento|colla|spray|detersivo|solvente|peperoncino ... occhi|occhio|faccia
mano|dita|braccio|gamba|piede|dito & pressa|macchinario|ingranaggi|tritacarne|tagliaerba|trapano|rullo|nastro|portone|
cancello
osso|ossa & vede|vedo|fuori|esce|scoperto|spunta|bianco
gamba|braccio|piede|caviglia|polso|ginocchio|spalla & girata|girato|piegato|piegata|storto|storta|al+contrario|
fuori+asse|ciondola & osso|male|urla|cadut*|scivolat*|dovrebbe|strana|strano|fuori|piu
tamponat*|investit*|incidente|moto|scooter|schiantat* <> collo|gambe|sento|braccia|sangue|testa|muov*|respir*|male|
sven*
pancia|addome|ventre|utero|pancione & dur*|sasso|pietra|tavola|legno|strapp*|rigid*
strappo|strappato|lacerazione|coltellata|squarcio ... schiena|pancia|petto|torace|dentro & sud*|pancia|petto|male|
fred*|dura
acqua|acque|liquido ... verde|verdi|marrone|tinto
spingendo|spinge|spingere|premiti|coronando & moglie|incinta|macchina|bambin*|compagna|taxi|casa|auto|travaglio|lei|
ostetrica
settimana|settimane <> stelline|lucine|puntini|lucciole|macchie+davanti|mani+gonfie|viso+gonfio|pressione+alta
incinta|gravidanza|gravida <> stelline|lucine|puntini|lucciole|macchie+davanti|vista|mani+gonfie|
viso+gonfio|pressione|dur*|testa|forte|prurito+ovunque
{it_piccolo}|piccino|piccina|cucciolo|creatura <> {it_non} ... vuole|prende|beve|mangia|attacca|succhia ... biberon|
latte|seno|nulla|niente|poppata
neonat*|lattante|mesi|giorni|settimane|piccol*|bimb*|biberon <> caldissim*|bollente|scotta|rovente|freddissim*|
gelid* & lament*|mangia|sveglia|piang*|sonno|dorme|respira|beve
febbre|40|41|39 <> cose+che|non+esistono|allucinazion*|vede+cose|straparl*|vaneggi*|delir*|dice+cose|parla+da+solo
straparl*
puntini|macchie|macchioline|pallini ... {it_non} ... vanno|spariscono|schiaccio|schiacci*|premo|premendo
luce & fastidio|male|infastid* & collo|testa|febbre|vomit*
cuore|battito|battiti & colpi|perde|salta|saltano|impazz*|irregolar*|pausa|fermarsi|strano & nero|gira|sven*|strano|
mancare|sud*|aria|petto|paura|fiato|debole
vedo|vista nero|annebbiat*|offuscat*|appannat*|scuro|tutto+nero|buio|macchie
cadut*|caduto|caduta|cascat* <> rialz*|alza|alzarsi|denti|freddo|gelid*|trovat*|ore|notte|stanotte|muov*|fermo|urla|
gamba|femore|anca|testa
paura <> ammazza|ammazzi|uccida|uccide|picchia|picchi|tornare+a+casa|casa+con+lui
mi|ci|la|lo ammazza|uccide ... se|stasera|stanotte|prima|oggi
spaccat*|sfondat*|sfondando|buttat*+giu|rotto ... porta & coltello|urla|picchi*|paura|ammazz*|marito|ex|mano
steso|stesa|sdraiat*|riverso|riversa|disteso|distesa ... sala|terra|strada|marciapiede|bagno|corridoio|ascensore|
scale & sveglia|risponde|muove|reagisce|sangue|immobile|incoscien*
deglut*|inghiott*|ingoiare|saliva & {it_non}|riesc*|cade|cola|piu
saliva ... cade|cola|perde|fuori
mangiat*|mangiando|boccone|cibo|caramella|chicco|acino|wurstel|oliva <> aria|respir*|soffoc*|tosse|gola|viola|strozz*|
passa*|traverso|incastrat*|bloccat*
{it_chi} ... diventat*|diventando|e|si+e+fatto|fatta ... grigi*|blu|viola|bianc*+come|giall*+tutto|freddo+freddo
rosso|rossa|pomf*|bolle|chiazze & dappertutto|ovunque|tutto+il+corpo|tutta & respir*|fiato|gola|gonfi*|gira|aria|
labbra
morso|punto|puntura|pizzicat* & calabrone|vespa|ape|ragno|medusa|serpente|scorpione & gonf*|fiato|aria|gira|rosso|
svien*|gola|bolle|respir*
bambin*|bimb*|figlio|figlia|nipot* <> pila|pile|batteria|bottone|moneta|calamita|magnete|spilla|biglia|
perlina ... bocca|naso|ingoi*|gola|inghiott*
diabetic*|diabete|glicemia|insulina <> sudat*|suda|caso|risponde|confus*|strano|trem*|sven*|sonno|sveglia|parla|
agitat*|aggressiv*|vomit*
vomit* ... scur*|nero|nera|marrone|caffe|feci|sangue|verde+scuro
risponde|parla|dice|parole a_caso|a_vanvera
risponde ... strano|male|caso|appena|monosillabi|lentamente
testicol*|pancia|fianco|testa & urla|urlando|piegat*|contorce|rotola|grida
{it_dolore} ... insopportabil*|lancinant*|tremend*|atroc*|svenire|morire ... petto|testa|pancia|schiena|fianco|
gamba+gonfia
pannol*|assorbent*|lenzuol*|asciugaman*|materasso & sangue
lo|la|li|l chiamo|scuoto|scuotiamo|chiamiamo|chiamato|chiamata|tocco ... niente|nulla|reagisce|risponde
{it_preso} ... piu|altre ... {it_pillole} ... dovuto|dovevo|normale|solito|prescritt*|quant*|doveva
{it_preso} ... intera|intero|tutta|tutto|tutte|tutti ... scatola|flacone|boccetta|confezione|blister|barattolo|
bottiglia
{it_preso} ... scatola|flacone|boccetta|confezione|blister|barattolo intera|intero|di
sciocchezza|stupidaggine|cavolata|cazzata|pazzia|casino <> {it_preso}|{it_pillole}|tagliat*|polsi
smesso|smette|smettendo|finito ... di parlare|rispondere|muoversi|reagire|camminare|deglutire|piangere
{it_non} riesc*|puo piu|a|piu+a !parlare|camminare|muoversi|muovermi|deglutire|alzarsi|capire|scrivere|ingoiare
guarda|fissa|fissando|sguardo|guardava ... vuoto|nulla|basta|soffitto|assente|lontano
{it_non} ... sa|ricorda|dice|riconosce ... come_si_chiama|mi+chiamo|suo+nome|mio+nome|nostro+nome|che+anno|che+giorno|
dove+si|dove+siamo|chi+e|chi+sono
cadut*|caduta|caduto|botta|craniata|testata|urto|scivolat*|tonfo|capriola <> strano|strana|sonno|sonnolent*|dorme|
dormire|vomit*|confus*|pallid*|sviene|rintontit*|pupill*|vede|vomitato|addormenta*|convuls*|orecchio|lucid*
punto|punta|puntura|morso|pizzicato <> allergic*|adrenalina
ape|vespa|calabrone <> allergic*|gonf*|adrenalina
{it_piccolo}|mesi|giorni <> piange|pianto|piangere|lamento|verso & strano|strana|debole|acuto|inconsolabil*|diverso|
flebile|come+un+gatto|lamentoso
trema|tremando|scuot*|vibra|sussulta tutto|tutta|tutto+il|intero
bollente|bollent* <> pancia|petto|braccio|braccia|gamba|gambe|mano|mani|faccia|viso|schiena|collo|piede|piedi|corpo|
bambin*|bimb*|addosso|caduta|rovesciat*|versat*|figlio|figlia|testa
respir*|respiro|respira & veloce|svelto|rapido|accelerat*|affrettat*|corto|superficial*|rumoros*|lentissim*|lento|
affannat*
sott_acqua <> toss*|dorme|sonno|respir*|vomit*|stran*|minuti|po|sveglia
passi|passo|parlare|frase <> fiato|aria|respir* & senza|manca|fermarmi|corto|restare|non
sbiancat*|impallidit*|ingrigit* <> {it_male}|stringe|dice|centro
fatto|fatta|diventato|diventata|e|tutto|tutta & !bianco|bianca|pallido|pallida <> {it_male}
stringe|stringono|schiaccia|preme|opprime|stretto ... centro|qui|dentro|mezzo|qua|davanti & sbianc*|sud*|male|bianc*|
fiato|dolor*|paura|tutto|forte
mascella|mandibola|collo|denti <> formicol*|braccio|spalla|sud*|petto & dolor*|male|fitta|fitte|tira
incinta|gravidanza|gravida <> esce|molto|tanto|scorre|colano|cola & sangue
liquido|acqua|acque & perso|persa|rott*|uscit*|gambe|cola <> spingere|contrazion*|incinta|settiman*|mesi|bambin*|
doglie
doglie|travaglio
spingere & sento|voglia|bisogno|devo|stimolo|viene
qualcosa ... brutto|grave|terribile & {it_chi}|successo|casa
{it_non} ... regge|reggo|sta|reggersi|sostiene ... piedi & parla|biasc*|testa|strano|bocca|confus*|sven*|gira|dritto|
braccio
{it_dolore} ... mascella|mandibola <> formicol*|spalla|braccio|petto|sud*
per|sto+per|rischio+di ... perdere|perdo ... sensi|conoscenza|coscienza
{it_membro}|parte|lato ... come|quasi|completamente !morta|morto|morte|addormentat*|paralizzat*
forchetta|dita|dito|cacciavite|ferro ... presa|corrente
trovare|trova|trovo le_parole
blu|viola|cianotic* <> afflosc*|piange|pianto|respir*|svien*
doccia|bagno|camera|porta <> {it_non}_apre|risponde|sento+piu|sento+niente
pastigli*|pillol*|medicin*|gocce|pressione & quattro|cinque|tre|dieci|troppe+volte ... volte ... sbaglio|errore
colpit*|picchiat*|schiaff*|pugno & paura|torni|torna|faccia|sangue
armadio|mobile|frigo|muro|albero|pietra|tronco|televisore|cancello|libreria ... addosso|sopra|schiacciat*
pipi_addosso <> rigid*|trem*|svenut*|confus*|parla|occhi|diventat*
dolor*|dolore|male ... cosi|talmente ... {it_non} ... riesco|stare|dritt*|cammin*|parlare|piedi|dormire
visto|vista ... cadere|volare|buttarsi ... tetto|balcone|finestra|ponte|scale
scuot*|sbatt*|strattona ... bambin*|bimbo|bimba|neonat*
bambin*|bimbo|bimba|neonat*|piccol* <> scuote|sbatte|strattona
inalat*|aspirat*|traverso|infilat* <> nocciolin*|arachid*|cibo|caramella|pezzo|pisello|moneta|perlina & toss*|respir*|
bambin*|bimb*|figli*
chius*|barricat* ... camera|bagno|stanza & medicin*|pastigli*|coltello|lametta|risponde
febbrone|febbre <> collo|nuca & irrigidit*|rigid*|blocc*|dur*
sanguin*|sangue <> di|al ... due|tre|quattro|cinque|sei|sette|otto|terzo|quarto|quinto|sesto|settimo|ottavo mesi|mese
pastigli*|pillol*|medicin*|gocce|dose ... tre|quattro|due|piu volte
testa ... impazzire|morire|impazzendo <> vomit*|luce|febbre|collo
incinta|gravidanza|gravida <> luci|lucine|lampi|flash|offuscat*|doppio
glicemia|zuccheri|zucchero <> basso|bassa|bassissim*|altissim*|capisc*|strano|strana|sveglia|pallid*
{it_piccolo}|moglie|marito|nonna|nonno|mamma|papa|fratello|sorella <> ingerit*|ingoiat* & {it_pillole}
irrigidi* <> scuot*|trem*|scatti|occhi|bava|sven*|risponde
inalator*|ventolin|puff|spruzzino|broncodilatator* ... {it_non} ... mi+fa|le+fa|gli+fa|fa+effetto|fa+niente|fa+nulla|basta|aiuta
traverso <> {it_non}|viola|blu|respir*|parla ... toss*|respir*|parl*|passa|ingoi*
paralisi & improvvis*|viso|faccia|braccio|gamba|lato|bocca|meta
sorrid*|sorriso <> lato|storto|storta|parte
mano|braccio|gamba|dita ... {it_non} ... ascolta|ascoltano|obbed*|ubbid*|comanda
{it_non} ... tenere ... forchetta|cucchiaio|penna|bicchiere|tazza|chiavi|posate
motorino|macchina|auto|moto|bici|camion|furgone|autobus|tram ... pres*|travolt*|urtat*|mess*+sotto ... pieno|terra
fumo ... dappertutto|ovunque|denso|riempi*|scale
{it_non} ... bagna*|pannolin* ... pannolin*|bagnat*|asciutt*
pannolin* asciutt*
senza_lacrime
funghi & vomit*|diarrea|male|crampi|bosco
{it_non}_mi|si_tengo|reggo|regge|tiene in_piedi
bimb*|bambin*|neonat* ... rotolat*|caduto|caduta|scivolat* <> vomit*|strano|strana|sonno|pallid*
trascin* ... gamba|piede|braccio
gamba|braccio|piede|mano ... diventat*|tutta|tutto fredd*|bianc*|nera|nero|blu|gelat*|gelid*
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
in|entrat*_coma
sento|sentito|sentita|sentiva mancare|svenire|venir+meno|venire+meno
venuto|venuta|vengo|viene_meno
sonno|dorme|sonnolent*|assopit*|intontit*|stordit* ... troppo|sempre|tanto|strano|non+si+riesce & cadut*|botta|febbre|
vomit*|caduta|testa|medicin*|mangiat*
ipotermia|assideramento|colpo_di_calore
incidente|schianto & moto|autostrada|macchina|ferit*|bici
crisi_ipertensiv*|cardiac*
sangue <> gira|girano|svenire|debol*|mancare|pallid*|bianc*|svenut*|bagno|assorbent*|pannol*|gravid*|incinta|
anticoagul*|coumadin|fluidificant*
sangue|sanguin* & {it_quantita}
ingoiat*|inghiottit*|ingerit*
{it_chi} ... a|per terra
{it_chi} ... sul|sul+suo|nel pavimento
mors*|morsicat* ... lingua
{it_chi} ... steso|stesa|sdraiato|sdraiata|riverso|riversa ... terra|pavimento|strada
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
{it_non}_apre|apriva_piu|gli_occhi
apre|aprire ... occhi & non|nn
{it_non}_si_muove
aprirgli|aprirle|aprire ... occhi & verso|non|niente
{it_chi} ... {it_non}_si_muove
"""

# Only an emergency of a person who does not answer, not of a telephone.
UNANSWERED = """
{it_non}_risponde
{it_non}_risponde_piu
{it_non}_risponde_agli_stimoli
{it_non}_mi|ci_risponde
"""

TELEPHONE = """
telefon*|segreteria|nessuno|numero|centralino|whatsapp|messaggi*|chiamat*|ufficio|cup|linea|mail|email|cellulare|
squilla|app|chiamo|macchina|macchinetta|pos|bancomat|pagament*|computer|schermo|link|pulsante|pagina|tasto|bottone|
sportello|studio|ambulatorio|reparto|accettazione|amministrazione|sito|rispondete|medico|dottore|dottoressa|
appuntamento
portale|programma|sistema|assistente|chat|bot|form|modulo|totem|lettore
"""

RELATIVE = """
mio|mia|nostro|nostra|lui|papa|mamma|padre|madre|marito|moglie|figlio|figlia|nonno|nonna|fratello|sorella|bambino|
bambina|zio|zia
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
voglio|vorrei|volevo|vuole|voleva|desidero|voglia|vojo|meglio|preferisco|preferirei|sogno|penso|pensato|pensando|
pensa ... morire
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
mi faccio ... tagli|taglietti
tagliarmi
mi voglio|vorrei|voglia|devo ammazzare|uccidere|suicidare|impiccare|tagliare|sparare|buttare
si_taglia
farmi|faccio|farsi|fatta|fatto|fa del_male
farmi|faccio|farsi|fa male+da+solo|male+da+sola
autolesion*
buttarmi|butto|buttarsi|lanciarmi|gettarmi|gettarsi|buttare|butta ... ponte|finestra|balcone|treno|giu|sotto|terrazzo|
tetto
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
{it_non}_ce_la_faccio|fa|facciamo|faro <> {it_fine}|tutto+finisca|nessuno|spegn*|buio|pastigl*|vita|dolore+dentro|
smettere
{it_non}_ne_posso <> {it_fine}|vita|vivere|nessuno
voglio|vorrei|volevo|devo|decis*|bisogno|pensando|penso|pensato|idea|medit* ... !{it_fine} ... qui|tutto|sempre|mondo|
subito|vita|finita|punto|meglio|modo|pace|tutti
voglio|vorrei|decis*|penso|pensato|pensando|sto+per !finirla|farla_finita
voglio|vorrei|volevo ... !sparire|scomparire|svanire|dissolvermi|evaporare
spegnere|staccare ... tutto|cervello|spina|interruttore & voglio|vorrei|solo|sempre
voglio|vorrei|spero|magari|bello|prego|prega|sogno ... {it_non} svegliar*|risvegliar*|aprire|riaprir*|alzarmi|
esistere|esserci|essere+qui|essere+mai|essere+nat*
chiud* ... occhi ... {it_non} ... apri*|riapri*|svegli*
chiud* ... occhi ... sempre|ultima
{it_non} ... svegli*|risvegli* ... piu|domani|mattina & prego|spero|vorrei|magari|bello|meglio|sogno|dio|notte
{it_non} ... senso|motivo|ragione|scopo|perche ... {it_vivere}
{it_vivere} ... {it_non}|senza|nessun ... senso|scopo|motivo|ragione|piu+nulla+da
a|per che|cosa|quale serve|scopo|pro|motivo|fine ... {it_vivere}|io
perche|senso|pena|scopo ... !vivere|esistere|esisto|campare|lottare
{it_non} serv* ... nessuno|niente|nulla & io|mondo|vita|sono
{it_non} ha|hanno|trovo|vedo|c_e ... senso ... niente|nulla|nessuno|andare|avanti|tutto
niente|nulla ha|hanno|vale|importa ... piu+senso|senso|pena
peso ... per|a ... figli|famiglia|tutti|loro|mia|mio|miei|marito|moglie|genitori|casa|altri|chiunque
sono|essere|sentirmi|sento|diventat* ... solo|soltanto|un|di ... peso|disturbo|ingombro|fallimento|nullita|inutile|
intralcio|impiccio
inutile & mondo|nessuno|vita|vivere|tutti|esisto|io+sono
{it_non}_valgo|servo|conto ... niente|nulla|nessuno
meglio ... senza|se+non+ci+fossi|fossi+mort*|morto|morta|sparissi|io+non
senza_di_me ... stare*|meglio|felic*|vivr*|bene|sollev*
starebbe*|staranno|vivrebbe*|sarebbe* ... senza_me|di+me
{it_non}_ci|esisto|esistessi|fossi ... fossi|esistessi|nato|nata|mai|piu|stata & meglio|vorrei|tutti|domani|tanto|
presto|quando|mondo
presto|stanotte|quando|tanto ... {it_non}_ci_saro|esistero
domani|stasera ... {it_non}_ci_saro|sono_piu
quando|dopo ... {it_non}_ci_saro
nessuno <> mancanza|mancherei|accorg*|piang*|noter*|funerale|importa|cerc*+se|interess*|vuole+bene & se|sparis*|muoi*|
morissi|me|mia|mio|mi
mancanza ... nessuno
importa|frega ... nessuno ... me
salutat*|saluto|saluti ... tutti|sempre|figli|ultima|miei
questo|questa|e|sara|ecco ... !ultimo|ultima messaggio|lettera|saluto|parole|mio+messaggio
ultimo|ultima|ultimi ... lettera|giorno|parole & scriv*|scritto|sent*|mio|mia|saluto|vita|parlo|leggete|vedete
ultima volta & scrivo|scriviamo|sentit*|sentiamo|saluto|vita|parlo|leggete|vedete
biglietto|lettera|messaggio|lettere ... addio|suicid*|saluto|figli+quando
addio & lasciat*|scritt*|tutti|mond*|sempre|mamma|figli|cari|amic*|grazie
testamento|cassetto|sistemat*|regalat* <> mort*|non+ci+saro|addio|finita|vado
prendetevi|badate|occupatevi ... figli|figlia|figlio|bambin*|cane|gatto|mamma ... dopo|quando|addio|io
perdonatemi|perdonami|scusate|scusatemi <> addio|vado|finita|ce+la+faccio|tutto|vivere|peso
raggiung* ... marito|moglie|mamma|papa|lei|lui|figlio|figlia|cielo|aldila|mort*
morto|morta|perso|persa <> raggiung*|con+lui|con+lei|senza+di+lei+non|senza+di+lui+non|seguir*
guardo|fisso|penso|pensato|passo|salto|tentazione|affacci*|vicino|pensando|voglia|attira|chiama|davanti|
arriva ... balcone|ponte|binari|treno|finestra|tetto|viadotto|terrazzo|metro|fiume|corda|lametta|pastiglie|gas|fucile|
pistola & salt*|butt*|passo|finirla|giu|attimo|basta*|pens*|morire|voglia|tutto|sotto|usar*|prend*|lanci*|chiama|
attira|secondo|risolt*
lametta|rasoio|lamette|coltello|taglierino|temperino & braccia|braccio|pelle|gambe|polsi|polso|tagli*|vene|cosce|
usat*+su
tagli|taglietti|cicatrici|graffi|segni|bruciature ... braccia|braccio|polsi|polso|gambe|cosce|pancia & figl*|trovat*|
vist*|fatt*|faccio|nascond*|fresch*|nuov*|amic*|sorell*|copr*
taglia|tagliarsi|tagliat*|tagliando|taglio|taglietti <> figlia|figlio|bagno|camera|apposta|dolore|allevi*|sfog*|
ricominciat*|di+nuovo|smettere & mi|si|fa|nuovo|riesc*|braccia
mi_sto|son|sono tagliando|ferendo|bruciando|graffiando|punendo|lasciando_morire|affamando|distruggendo
ricominciat*|ripres*|continuo|smetto ... tagliarmi|tagliarsi|ferirmi|farmi+male|farmi+del+male
mi|si faccio|fa|far*|farsi|facevo ... del|di+nuovo+del ... male
farmi|farsi|fare ... male|qualcosa|sciocchezza|stupidaggine|pazzia|brutto|gesto & paura|voglia|pens*|rischi*|timore|
idea|voce|voci|minacci*|potr*|se+stess*|me+stess*
farmi|farsi_del_male
gesto estremo|inconsult*|disperato
paura ... sciocchezza|pazzia|gesto
voci ... dicono|ordinano|dire|sento ... uccid*|ammazz*|male|morire|buttarmi|farla+finita
colpisco|picchio|prendo+a+pugni|sbatto ... sola|solo|testa+contro|muro|me+stess* & mi|testa
odio|schifo ... me_stess*|mia_vita|me|esistere|vivere|vita
{it_non}_mi_sopporto|reggo|sopporto_piu
stanc*|stuf*|stremat*|esaust*|sfinit* ... di|da !{it_vivere}|esistere|soffrire|tutto+e+di+tutti
vita ... schifo|finit*|inferno|incubo|insopportabil*|inutil*|senza+senso|vuota|buttata & mia|vivere|morire|meglio|
basta|mi
{it_non} ... piu|nessuna ... speranza|futuro|via+d+uscita|uscita|scampo|soluzion* & me|vedo|vita|vivere|niente|c|mia
unica|sola|altra ... soluzione|via|uscita|strada|alternativa ... mort*|farla+finita|ammazz*|spar*
{it_non} ... altr* ... soluzion*|uscita|scelta|via ... mort*|morire|finita
morte|morire ... unica|soluzione|liberazione|sollievo|pace|uscita|penso|pensare|desider*|sogno|voglio|vorrei|spesso|
continuo
pensieri|pensiero ... brutti|neri|oscuri|bui|scuri|morte|farla
{it_pillole} ... mano|pronte|davanti|conservat*|mess*|comodino|accumul* & finita|tutte|morire|finirla|basta|
dormire+sempre|prenderle
corda|cappio|fucile ... pront*|preparat*|garage|cantina|comprat*|trave
dice|ha+detto|scritto|minaccia|ripete|scrive|parla ... !ammazz*|uccid*|farla_finita|sparire|morire|suicid*|finirla|
buttarsi|impicca*
lasciarmi|lasciatemi|lasciami andare|morire
vivere|svegliarmi ... peso|tortura|fatica|condanna|sofferenza|agonia
spero|prego|vorrei|sogno ... !incidente|infarto|malattia|tumore|camion|non+tornare ... mi|prend*|uccid*|port*|investa
mi_lascio|lascerei_morire|andare
non|nn voglio|vorrei|riesco|posso|desidero ... piu_esistere|vivere|esserci|stare+qui|stare+al+mondo|svegliarmi
pronta|pronto ... morire|andarmene|farla+finita
impiccat*|impicca
si_e|sta|voleva|volevo|vuole|tentato_impicc*|impiccarsi|impiccato
sto|sta|ho|ha ... tagliando|ritagliando ... nuovo|ancora|sempre|braccia
vorrei|voglio|volevo|voglia|viene|fantastico|sogno|spero|penso|pensato|meglio|deciso|potessi|bisogno ... !{it_oltre}
vorrei|voglio|voglia|meglio ... !andarmene ... sempre|mondo|qui|vita
me_ne vada|vado|andassi per_sempre
addormentar*|dormire|dormir*|chiudere+gli+occhi ... sempre|basta
perche|chiedo|motivo ... mi_sveglio|mi_alzo|vivo|respiro|esisto|sono+nat*|continuo|sono+ancora+qui|sono+vivo|sono+viva
vita ... errore|sbaglio|fallimento|disastro|vuot*|buio|nera|pena|senza+senso|inutile|rovinata|distrutta & mia|vivere|
sono|fine|basta
sono|nato|nata ... un|per !errore|sbaglio|fallimento|fallito|fallita|nullita|rifiuto|zero
merito|meritiamo|merita ... morire|vivere|mondo|dolore|male|esistere|castigo|nulla|niente|questa+vita
{it_non}_merito
scritto|scritte|preparato|lasciato|scrivere|scriverò ... lettera|lettere|biglietto|biglietti ... figli|figlio|figlia|
mamma|genitori|moglie|marito|tutti|famiglia|cari|tavolo
letter*|biglietto ... figli|tavolo|cassetto|tutti <> capir*|addio|perdon*|morte|vado|finit*
specchio ... cancellarmi|odio|schifo|sparire|rompere|riconosco+piu
ponte|balcone|ringhiera|parapetto|finestra|binari|cavalcavia|terrazza|tetto ... scavalc*|volare|saltare|buttar*|
lasciarmi|vuoto|viene|voglia|tentat*|attratt*
{it_non} servo piu ... nessuno|niente|nulla
{it_non} serve|serviamo piu ... io|resti|stia+qui|ci+sia
vissuto ... abbastanza|troppo
{it_non} ... rivedro|rivedrai|rivedremo|rivedrete|vedrai|vedrete|vedremo|sentirai|sentiret*|sentirete|mi+vedra|
mi+vedranno ... piu
regal*|dato+via|dando+via ... mie|miei|tutte|tutto ... cose|vestiti|libri|oggetti|roba & servir*|serviranno|piu|non|
addio
mi_odio|detesto|disprezzo
odio ... specchio|corpo+e+me|me
mort*|perso|persa|perdut* <> andare_da|con_lui|lei
voglio|vorrei andare|tornare|stare ... da|con lui|lei|mamma|papa|mio+marito|mia+moglie|mio+figlio|mia+figlia <> morto|
morta|mort*|perso|perdut*|manca*|paradiso|cielo
deciso|decisione|scelto <> ultima|ultimo|stanotte|stasera|finita|basta|fine & basta|ultima|notte|fine|vita|io|farla
stanotte|stasera|oggi|domani ... e|sara ultima|ultimo|finita|la+fine
tutto|vita|dentro|davanti ... nero|buio|vuoto|spento|grigio & niente|non|nessuno|piu|solo|qui|luce|senso
buio|tunnel|buco+nero|baratro|abisso & esco|uscire|uscirne|dentro|luce|fine|cado|sprofond*
niente|nulla|nessuno ... mi ... tiene|trattiene|resta|aspetta|lega|rimane|salva|salvera
scatola|sonniferi|pastiglie|pasticche|flacone|lametta|corda|coltello|cinta|cintura ... in_mano|mano|davanti|tavolo|
pronta & {it_non}|so|penso|finit*|basta|vita|dormire|tutte|decid*
sonniferi|pastiglie|pasticche <> cosa+fare|che+fare|tutte+insieme|per+sempre|finire|finirla|dormire+e+basta
io|sono ... di_troppo|d_intralcio|disturbo
signore|dio|gesu|madonna ... prend*|portami|portarmi|chiami|prendimi ... via|con+se|lassu|presto|me
cerca|cercato|cercando|guarda|cronologia|ricerche ... come|modi ... morire|uccid*|suicid*|impicc*|togliersi
chiedo|domando ... perche|cosa ... sveglio|svegliarmi|alzo|alzarmi|vivo|vivere|esisto|continuo
voglio|vorrei|basta|solo|spero ... !finisca|finisse|finita+qui
stanco|stanca|stufo|stufa|stremat* ... tutto <> finisca|finire|sparire|basta|mollare|andarmene|morire
come|cosa sarebbe|succederebbe ... se|senza ... ci+fossi|morissi|sparissi|esistessi|di+me|non+ci
penso|pensato|immagino|fantastic* ... non+esserci|mio+funerale|mia+morte|sparire|se+non+ci+fossi|senza+di+me
niente|nulla|nessuno ... cui|per ... pena|vivere|vale|lottare|restare|rimanere
vale|valga ... pena <> niente|nulla|nessuno|vivere|andare+avanti|continuare|vita
che|cosa|perche !vivo|esisto|campo|respiro a_fare|fare|ancora
vuole|voleva|vorrebbe ... !andarsene|sparire|morire|farla+finita|uccidersi|dormire ... sempre|mondo|piu
tagliarmi|tagliarsi|ferirmi & calma|aiuta|solliev*|unica|sfog*|bene|fermarmi|smettere|voglia|bisogno
fatto|fatta|combinato ... sciocchezza|stupidaggine|pazzia|gesto|cavolata & preso|tagliat*|pillole|pastiglie|voglio|me
niente|nulla ... cui ... valga|vale|merita
{it_non} ... niente|nulla|nessuno ... vale|valga|pena|merita|vivere
che|cosa|a servo io|a+fare
{it_non} trovo|vedo ... senso|luce|uscita|speranza
pens* ... come !farlo|farla|morire
testa|mente|pensiero|cervello & =morte|suicidio|farla+finita|morire
luce & fondo|tunnel|uscita
cura|abbiate|prendetevi ... figlia|figlio|figli|bambin*|mamma|cane & scus*|perdon*|addio|tutto
detto|dice|minaccia ... si|di butta|buttarsi|ammazza|uccide|taglia|impicca|spara
si_butta ... se|lascio|giu|finestra|ponte
pastigli*|pillol*|sonnifer*|lametta|corda <> limite|tavolo|capolinea|resisto|pronte
preferirebbe|preferirei|meglio ... essere ... morta|morto|morti
bello|bellissimo|meglio|vorrei ... addormentar*|dormire|chiudere ... {it_non}|mai ... tornare|svegliar*|aprir*
scritto|scrivo|preparato|lasciato ... il|mio|un|una !biglietto|lettera+d+addio|lettera+ai
comprat*|cercat*|preparat*|trovat* ... corda|cappio|veleno|lamette|pistola|sonniferi
{it_non} ... voglio|vorrei ... arrivare|vedere|esserci ... domani|natale|compleanno|estate|mattina
vita ... !finita|finito & mia|la
farmi|fare ... qualcosa & penso|pensando|voglio|potrei
{it_non} ho ... forza|forze|voglia|energia ... vivere|alzarmi|andare+avanti|continuare
lasciarmi_andare
lasciato|scritto ... biglietto|lettera ... troviamo|trovo|risponde|sparit*|scomparso
paura ... quello|cosa ... potrei|posso farmi|farsi|fare
se ... {it_non}_ci_fossi|sparissi|esistessi <> nessuno
{it_non}_ce_la_faccio ... al+mondo|con+questa+vita
se|quando sparisco|sparissi|muoio|morissi <> meglio|tutti|sollievo|nessuno
{it_pillole} ... per_non ... svegliar*
lametta|lama|taglierino|corda|cappio|pistola|fucile ... in|nella|tra+le mano|mani
sono|sto|siamo sul|su+un ponte|cavalcavia|cornicione|parapetto|viadotto
sono|sto sui|sul binari|tetto|cornicione
fatto|fatta|fa|faccio|facendo|tagli*|ferit* ... apposta|di+proposito
nessuno ... aiutar* <> finita|finito|inutile
spero|sperando|prego ... di+morire|di+non+svegliarmi
scelto|deciso ... giorno|posto|modo ... per+morire|per+farla|per+uccid*
staranno|starebbero|staremmo ... meglio con
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
stanc*|stuf* ... di_tutto
senza|persa|perso ... speranza|speranze
aiuto ... male
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
mio|mia nonno|nonna|bisnonno|bisnonna aveva
soffriva|soffrivo
si_suicido|uccise|ammazzo|impicco
ex suocera|suocero|marito|moglie ... anni
"""

# Words an adverbial clause of time is made of: "tre anni fa, ...".
TIME_WORDS = """
un|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|venti|molti|tanti|qualche|alcuni|nel|nell|anno|anni|mese|mesi|fa|
scorso|lo|l|circa|piu|di|in|passato|da|bambino|bambina|piccolo|piccola|ormai|{it_anno}|1|2|3|4|5|6|7|8|9|10|15|20|
settimane
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
{it_non}_sono|e|era|siamo|sia mai|piu|stat*|svenut*|cadut*|incoscien*|caduto|caduta
{it_non}_mi|si|gli|le_sento|sente|soffoc*|manca|gira|fa+male
{it_non}_mi_sento
ne ... difficolta|dolor*|svenimenti
{it_non}_vomito|vomita|perdo|perde|tossisco|sanguino|sanguina|tremo|svengo|fa|ricordo+di
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
{it_non}_e normale|lucid*|cosciente|vigile|sveglio|sveglia|bene
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
morire|muoio|morendo|moriro|morto|morta di|dal|dalla|dalle|dall ridere|risate|vergogna|imbarazzo|caldo|fame|sete|
sonno|noia|curiosita|invidia|freddo|stanchezza|ridicolo
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
morendo|muoio|moriamo|morire|morto|morta ... dalla|dal|dalle|di|per voglia|curiosita|ridere|caldo|fame|sete|sonno|
freddo|noia|imbarazzo|vergogna|invidia|fatica|stress|caffe
fiato|respiro ... prezzi|prezzo|panorama|vista|costi|bellezza|solo+a+guardare|solo+a+pensare
prezzi|prezzo|costi|conto <> !fiato|infarto|colpo|svenire|sven*|morire
{it_preso}|preso un|il colpo ... quando|visto|vedere|letto
mi_preso|venuto_un|il_colpo|infarto
mi_e_preso|venuto_un_colpo|infarto
stavo|sto|a_momenti|quasi svengo|svenire|svenivo|muoio|soffoco|infarto ... quando|prezzo|vedere|visto|risate|ridere|
caldo|letto
uccid*|ammazz* ... con_lo|la|gli_sguardo|noia|pazienza
ammazz*|uccid* ... tempo|noia|mia_madre|mia_moglie|mio_marito|mio_capo|i_miei ... se|quando|sa|scopre
moglie|marito|mamma|capo|madre|padre mi ammazza|uccide ... se|quando|non
sparire|scappare|fuggire ... isola|mare|ferie|vacanz*|settimana|tropic*|qui+in+coda
mi_butto nel|sul|in|a lavoro|studio|letto|piscina|mare|divano|capofitto
suicidio ... lavorativ*|politico|calcistico|economico|commercial*
tagli* ... corto|testa+al+toro|spese|costi
saltare|salto ... treno|appuntament*|visita|turno
cotta|cotto|sfinit*|pezzi|stremat* ... caldo|lavoro|palestra
partita|squadra|film|serie|libro|concerto|battut* ... morire|ucciso|ammazz*|infarto|collass*
internet|connessione|sito|linea|app|portale|telefono|computer|batteria|stampante ... mort*|morendo|collass*|morto|
morta|svenut*|crash*
prezzi|prezzo|tariffe|preventivo <> !{it_fiato}|manca|mancare
stadio|partita|tifo|rigore|finale <> !infarto|colpo|morire|svenire
caldo|zanzare|traffico|ansia|noia|stress|attesa|suocera|capo|scuola ... uccide|uccidono|ammazza|morire|ammazzano
ritardo|traffico|coda|bloccat*|arriviamo|arrivo|tardi <> !incidente|autostrada
piante|fiori|pianta|telefono|computer <> !svenut*|svenute|morte|morto
amore|tesoro|carino|dolce|bello|mitico ... !muoio|morire
muoio haha|ahah|ahahah|lol
dentista|anestesia|anestetic* <> !addormentat*|bocca|labbro|lingua
infarto|colpo|morire ... ahah|ahahah|haha|lol|scherz*
sparire|sparisse ... mailing|lista|newsletter|elenco|dati|vostri|sistema
spaventat*|spavento ... !cuore|infarto
voglio|vorrei ... sparire|sparisse ... lista|elenco|newsletter|dati|informazione|informazioni
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
ambulatorio|reparto|centro|visita|prenot*|costa|referto ... dolore_toracico
batteria|batterie ... telefono|cellulare|apparecchio|acustic*|pacemaker|scaric*
gas|bolletta|contatore ... contratto|fattura
addormentat* ... divano|treno|film|davanti
qui|sala|coda|fila ... !{it_non}_si_muove niente|nulla|nessuno
coda|fila|niente|nulla ... !{it_non}_si_muove
corso|corsi ... disostruzione|soffocamento|rianimazione|soccorso
vorrei|voglio|chiedo ... !sparisse|sparire|scomparire|cancellare ... informazione|informazioni|dati|numero|nome
vorrei|voglio ... sparisse|sparire ... informazione|informazioni|dati
{it_non} !vedo ... niente|nulla|ancora ... sito|portale|app|fascicolo|referto|referti|mail|online|sezione|risultat*
le|li|la ho ... !finite|finiti|finita
{it_pillole} ... ho|abbiamo|sono|sta ... !finite|finiti|finita|finendo ... ricetta|ricette|prescrizione|ripet*|rinnov*|fate
{it_non} ... !muovermi|muoversi|spostarmi|uscire da|di casa|citta|ufficio|lavoro
{it_non} riesco|riesce|posso muovermi|muoversi|uscire|spostarmi da_casa
{it_non} vuole|voleva ... venire|andare|entrare ... dentista|dottore|medico|visita|scuola|pediatra|ospedale|ambulatorio
sangue_occulto
feci ... !sangue occulto
!feci ... sangue_occulto
{it_non}_ci vedo|vede ... lontano|vicino|leggere|occhiali
"""

# Words of administration and prevention, which weaken the bare name of an emergency.
ADMIN = """
certificat*|modul*|riabilitazion*|fisioterapi*|controll*|visita|visite|prenot*|esenzion*|invalidita|pratica|cartella|
referto|referti|relazione|document*|assicura*|ricovero|ricoverat*|dimess*|dimission*|corso+di|un+corso|il+corso|corsi|
vaccin*|rischio|rischi|prevenzione|prevenire|screening|reparto|ambulatorio|centro+prelievi|centro+cefalee|
vostro+centro|specialista|costa|costo|prezzo|test|esame|esami|appuntament*|spostare|sposto|disdire|disdico|annullare|
in+caso|seminario|convegno|opuscolo|informazion*|dieta|cardiolog*|neurolog*|follow|piano|terapia|indirizzo|fattura|
parcheggio|orari|orario|rimandare|risarcimento|pratiche|lavorativo|esente|centralino
=esco|=usciti|cronic*|anestesi*|dentista|igiene|holter|convenzion*|gratuit*|iscri*|tariff*|ticket|ricett*|impegnativ*|
pagare|iniezion*|assicurativ*|vorrei+sapere|orari*|numero|tutor*|lezion*|attestato|diplom*|cartello|servizio|
associazione|donazion*|raccolta+fondi|volontari*
prelievo|analisi|emocromo|digiuno|donare|laboratorio|colesterolo
"""

AFTERMATH = """
dopo|post|causa|seguito|esiti|postumi|conseguenze|visita|controllo|prevenzione|recupero|guarito|guarita|reduce
"""

# One of these alone is ordinary; two of different kinds in one message are not (`emergency.py`).
SKIN = """
pallid*|pallidissim*|sbianc*|ceree|cereo|grigi*|grigio|cianotic*|violace*|marmorizz*|livid*|bluastr*|gelid*|gelata|
gelato|ghiacci*
bianc* & fredd*|come|diventat*|sud*
rosso|rossa|macchie|pomfi|chiazze|bolle ... tutto|dappertutto|ovunque|corpo|viso
labbra|unghie|dita & blu|viola|ner*|scur*
pelle ... strana|grigia|macchie|fredda|umida|marmo
"""

BREATH = """
respir*|respiro|fiato|affann*|ansim*|rantol*
petto|torace|sterno
cuore|battito|battiti|palpitazion* ... mille|matto|matta|salt*|capriol*|strano|irregolar*|fort*|veloc*|corre|colpi|
impazz*
gola|lingua|labbra ... chiud*|gonf*|brucia|prude|pizzica|stretta|strett*|addormentat*
tossisc*|toss* ... sangue|continua*|senza|soffoc*|schiuma
manca|mancanza ... aria
voce ... via|rauca|sparit*|roca|andando
"""

PAIN = """
dolor*|dolore|dolori|male|fitta|fitte|crampi|coliche ... fort*|fortissim*|atroc*|lancinant*|insopportabil*|tremend*|
improvvis*|malissimo|terribil*|violent*|bestial*|pazzesc*|impressionant*
geme|gemendo|gemiti|urla|urlando|grida|lamenta|lamentarsi|contorce|piegat*+in
dolor*|dolore|male|fitta|fitte ... spalle|scapole|mascella|mandibola|fianco|braccio|addome|collo
pancia|testa|stomaco|addome|fianco ... dur*|scoppi*|esplod*|spacca*|squarci*
dolore|dolori|male ... cosi|fort*|tanto
pesant*|peso ... petto|testa|stomaco
dolor*|dolore|dolori|crampo|crampi|fitta|fitte
fa|fanno|ho|mi male
mal testa|pancia|stomaco
"""

MIND = """
confus*|intontit*|stordit*|assopit*|rimbambit*|assente|imbambolat*|delir*|disorientat*|vaneggi*|allucinazion*|
blackout|stralunat*
{it_non} capisce|capiva ... niente|nulla|piu|dove|cosa
{it_non} capisco ... dove+sono|cosa+mi|piu+niente|piu+nulla
sven*|svien*|mancare|incoscien*|sensi
sonno|dorme|sonnolen*|addorment* ... troppo|sempre|strano|continua*|solo|sveglia*|riesco
ritrovat* ... a_terra|terra|pavimento|letto
risponde ... caso|male|piu|appena|strano
strano|strana ... comporta|sembra|e|parla|oggi|improvvis*
dice|parla ... cose|strane|strano
cose strane|senza+senso|assurde
stran*|diverso|diversa|altra+persona & oggi|ieri|caduta|mamma|papa|nonno|nonna|marito|moglie|comport*|sembra
"""

NEURO = """
zoppic*|barcoll*|inciamp*|trascina ... gamba|piede|muro|ubriac*|ora|cammina|improvvis*
zoppica|barcolla|biascica|farfuglia
parole|frasi|parola ... trov*|dire|esc*|mang*|stran*|confond*|fatica
bocca|palpebra|occhio|guancia|viso|faccia ... giu|chiud*|storta|storto|cade|scend*|parte|addormentat*
lato|parte|meta ... sinistra|sinistro|destra|destro|corpo|viso ... mort*|debol*|pesant*|addorment*|sent*|muov*|forza
vista|vedo|vede ... annebbiat*|offuscat*|doppi*|nero|sfocat*|male+improvvis*|macchie|lampi
{it_non} ... sent*|muov*|alz*|tien* ... dita|braccio|gamba|gambe|mano|mani|testa|piede|lato|braccia
formicol*|intorpid* ... braccio|faccia|viso|mano|lato|gamba|lingua|labbra
testa|collo ... ciondol*|penzol*|regge|tiene+su
capogiri|vertigini ... fort*|vomit*|cado|improvvis*
cammin* ... stort*|strano|male|ubriac*|lato|muro
formicol*
occhio ... chiuso|chiusa|aperto
irrigidit* ... collo|nuca|braccio|gamba|tutto
collo|nuca ... rigid*|irrigidit*|blocc*|dur*
luce ... fastidio|uccide|sopport*|male
gambe|gamba ... gelatina|molli|cedono|tremano|piombo
mano|braccio|gamba ... {it_non} ... obbed*|ubbid*|risponde|fa
"""

FLUID = """
sangue|sanguin*|emorrag*|coaguli
vomit*|rimett*|rigett*
bava|sbava|saliva|schiuma
{it_non} ... urin*|pipi|fa+pipi|bev*|mangia|deglut*
feci|cacca ... ner*|sangue|catrame|acqua
perdite ... rosse|sangue|acqua|abbondant*
pipi|cacca|urina ... addosso|nera|sangue|letto
muco|schiuma
sput* ... rosso|sangue|schiuma
disidratat*
"""

TRAUMA = """
cadut*|caduto|caduta|cascat*|scivolat*|inciampat*|volat*|ruzzolat*
botta|colpo|urto|calcio|pugno|testata|frustata ... testa|stomaco|pancia|schiena|collo|petto|fianco|faccia|preso|presa|
forte
incidente|investit*|tamponat*|schiacciat*|schiantat*|incastrat*|infilzat*|accoltellat*
chiodo|vetro|coltello|lama|ferro ... piede|mano|occhio|gamba|entrat*|piantat*|conficcat*
bruciat*|ustion*|scottat*|scott*
forchetta|dita|dito|cacciavite|chiodo ... presa|corrente|spina|tritacarne|frullatore
scossa|corrente|fulmine|folgor*
morso|morsicat*|morsic*|azzannat*
tagli*|taglio ... testa|faccia|mano|gamba|collo|profond*|vene
caduto|caduta|crollato|finito ... addosso|sopra
mi_ha|hanno colpit*|picchiat*|dato|spint*|tirato
cadere|volare ... tetto|finestra|balcone|scala|albero|moto
esplosion*|esploso|scoppiat*
disteso|distesa|steso|stesa|sdraiat* ... scale|terra|strada|pavimento
scuot*|sbatte|sbatt* ... bambin*|bimbo|lo|la
inalat*|aspirat* ... nocciolin*|cibo|pezzo|moneta
"""

TOXIC = """
bevuto|bevut*|ingerit*|ingoiat*|inghiottit*|mandat*+giu ... tant*|tantissimo|troppo|molto|detersiv*|candeggina|
medicin*|pastigli*|bottiglia|liquid*|qualcosa|veleno
inalat*|respirat*|annusat*|sniffat* ... fumi|fumo|vapori|gas|spray|colla|vernice|polvere|solventi
caldaia|stufa|braciere|gas|monossido|camino ... puzza|odore|perde|perdita|acces*|spent*|fum*
ecstasy|cocaina|eroina|droga|hashish|canna|canne|metadone|fentanyl|pasticca|pasticche
iniettat*|bucato|fatto+una+dose
puntura|punto|punta ... ape|vespa|calabrone|ragno|medusa|insetto|zecca
vespa|calabrone|vipera|scorpione|medusa
dopo ... pesce|noci|noccioline|arachidi|crostacei|gamberi|antibiotico|farmaco|vaccino|uova|fragole|latte
medicin*|pastigli*|pillol*|gocce|compress* ... tutte|troppe|sbagliat*|mischiat*|doppi*|insieme|tante|confus*|nonna|
nonno
"""

FEVER = """
febbre|temperatura ... alta|altissima|40|41|39|scende|delir*|brividi
febbrone|scotta|bollente|rovente
brividi|tremori|trema|tremando
batte i_denti
"""

LIMP = """
mollo|molle|moscio|moscia|floscio|affloscia|afflosciat*|abbandonat*|inerme|inerte
{it_non} ... tien*|regg* ... su|testa|piedi|dritt*
{it_non} ... muov*|reagisc*|rispond*|svegli*|alza|rialza|piange|succhia|attacca
accascia*|crollat*|immobile|esanime|per+terra|a+terra
debolissim*|stremat*|senza+forze|sfinit*
rigida|rigido|dura|duro|tesa ... come|tutta|tutto|diventat*
{it_non} ... apre|esce & bagno|doccia|porta|camera
"""

FRAIL = """
neonat*|lattante|incinta|gravidanza|gravid*|partorit*|parto
giorni|settimane|mesi|mese ... vita|bimb*|bambin*|neonat*|figli*|piccol*
di|sono+di|alla|sono+alla ... settimane|settimana|mesi ... incinta|gravid*
diabetic*|cardiopatic*|epilettic*|anticoagulant*|coumadin|chemio|chemioterapia|trapiantat*|immunodepress*
di|sono+di|al|incinta ... due|tre|quattro|cinque|sei|sette|otto|nove|primo|secondo|terzo|quinto|sesto|settimo|ottavo|
nono mesi|mese
alla|sono+di|sono+alla|alla+mia settimana|settimane
pancione
"""

SWEAT = """
suda|sudat*|sudo|sudando|sudore|sudori|fradici*
"""

UNABLE = """
{it_non} riesc*|riesco|puo|posso ... parlare|alzarsi|alzarmi|stare|muov*|aprire|svegli*|camminare|bere|deglutire|
piegare|dritto|reggersi|tener*|vedere|mangiare|fermar*|calmar*|capire
{it_non} ... regge|reggo|sta|sto|apre|sente|risponde|parla|muove|alza|cammina|ricorda|connette|collabora|vede|piange|
mangia|beve
smesso|smette ... di
"""

INTENSE = """
fortissim*|insopportabil*|atroc*|tremend*|lancinant*|terribil*|bestial*|impressionant*|spaventos*|violent*|brutt*|
grave|gravissim*
all_improvviso
di_colpo
{it_non} ... smette|ferma|passa|finisce|sento+piu
sempre_piu|peggio
cosi|troppo|molto_fort*|tanto|male|strano|strana
peggiora*|peggiorando|dappertutto|ovunque|enorm*
mezzo|mezza|meta
da un_ora|minuti|mezzora|stamattina|stanotte|poco
"""

HELP = """
aiuto|aiutatemi|aiutateci|aiutami|soccorso|correte|presto
{it_non} so ... cosa|che ... fare|faccio
cosa|che faccio|devo+fare|facciamo
paura|spavent*|preoccupat*|agitat*|terrorizzat*|panico
sto|sta|stia|stanno ... male|malissimo
credo|penso|temo|sembra ... qualcosa|stia|abbia
qualcosa ... non+va|strano|grave|cuore|testa
"""

SELF = """
fallit*|fallimento|inutile|nullita|incapace|sbagliat*|schifo|sporc*+dentro
{it_non} ... valgo|servo|merito|conto|basto
peso|disturbo|intralcio|zavorra|fastidio ... tutti|altri|nessuno|dare|famiglia|figli|marito|casa|sono|essere
a|cosa cosa|che servo|serve ... io
odio ... me|stess*|vita
colpa ... mia|tutta
io|me ... non ... piu ... nessuno|niente
a_cosa|che servo|serve
"""

END = """
=morire|=morte|morissi|suicid*|funerale|tomba|aldila|paradiso|=cielo
essere|fossi|sarei|meglio =morto|=morta
addio
per|una+volta+per sempre|tutte
smettere|finire|finisse|finisca|finito|cessare ... soffrire|sofferenza|dolore|tutto|lottare|respirare|esistere|vivere
mollo|mi+arrendo|arrendermi|arrendo|mi+lascio+andare
chiudere ... occhi
sparire|sparit*|scomparire|svanire|dissolv*
ultim* ... volta|notte|giorno|messaggio|saluto
{it_non} ... vedere|vederne|voglio|arrivare ... altro|domani|natale|mattina|piu
dio|signore|gesu ... porti|prendi|prenda|porta|chiama|via
vita|vivere|esistere|esistenza
chiedo|immagino|penso ... funerale
"""

HOPELESS = """
{it_non} ... ce_la_faccio
{it_non} ... senso|futuro|speranza|uscita|scopo|motivo|ragione|forze|forza|voglia
ogni_giorno ... uguale|peggio|stess*|tortura
stanc*|stuf*|sfinit*|esaust*|svuotat* ... di|tutto|dentro|sempre
tutto ... nero|buio|inutile|perso|finito|vuoto|grigio
basta
{it_non} resisto|reggo
solo|sola|soli ... nessuno|sempre|mondo|completamente|abbandonat*
nessuno ... me|mi|importa|capisce|verrebbe|cerca|ascolta|vuole
vuoto|buio|disperat*|angoscia ... dentro|mi|sono|sento
piango|piangere|piange ... sempre|giorni|notte|smett*|tutto
soffr*|dolore|male ... dentro|anima|calma|sentire
nessuno|qualcuno ... verrebbe|piangerebbe|accorgerebbe
"""

MEANS = """
balcone|ponte|binari|treno|finestra|tetto|volante|viadotto|parapetto
sonnifer*|lamett*|cappio|corda|fucile|vene|polsi|rasoio|accendino
pastigli*|pillol*|gocce ... tutte|mano|davanti|contat*|messe+da+parte|cassetto
gas|forno ... aperto|aprire
tagli*|taglio|taglia|brucio|graffio|brucia ... mi|si|braccia|braccio|gambe|pelle|accendino|sentire
guido|auto|macchina|curva|albero ... volante|schiant*|occhi|muro|albero
"""

FAREWELL = """
letter*|biglietto|testamento ... lasciat*|scritt*|trovat*|addio|figli|tutti
detto|dice|salutat*|scritto ... addio|tutti|per+sempre|bambini|figli
preparat*|sistemat*|organizzat*|pronto ... tutto|cose|carte|documenti+e
prendetevi|badate|pensate ... cura|figli|cane|gatto|mamma
perdon* ... tutto|non|addio|sono|famiglia
scusat* ... addio|famiglia|tutto
regal*|dat*+via ... mie|sue ... cose
sparit*|uscit*|andat* ... lettera|biglietto|messaggio|telefono+spento
"""

# Words that exist: never a misspelling of one of the above.
REAL = """
dottore dottor dottori dottoressa dotore dottoresa firmare firmata fermata formare battuta febbraio vincere viverla
morale dolere dolci venduto venduta pelo peli pero peso letto tetto netto getto mobile mobili strike colore valore
torte torta merito sonno sono conclusione conclusioni sventura svendita svenduto anagrafica sangiovese marito mordere
morbido moriggio vivremo solo sole sale sala mani mano spesso spesa presto perso persi parto parte porta porte
braccialetto accordo accordi alti alcune arrivo camicia capito cassa chiede chieda chiedere chiederla collane collant
commento contatti contatto contrasto complimenti coperta comprese compresa corretto danno delle denaro diretta ditta
dentro donna esito facile fasi finta foglio foto gesso giro guarda guardare guardato imposta impiegata incentivo
infortuni ingresso investi larghe legge leggere libero macchine manda martedi medici medico merita normale numeri
pagamento pagato partire pezzo piazza piena pieno polizza poste premio preciso prepara prepararmi presentare presente
pronti quanto quarto questa queste questi questo ricco ricetta ricette rotta sabato salume salumi salute sano sapore
scelga scelta scelte scontati sembra seno sera sicura sicuro sposta sposto sullo sull tema tempi tempo tensione terza
terzo tutore volo volte vendo venden ricevuta ricevere ricevo segnato segnale medicazione mediche pranzo prendo pronto
pronta collo colla psichiatra psicologo psicologa cerco cercare
corrette corretto corretti corretta dollari dollaro fiat fissato fissata fissati fissate concessionaria concessionario
"""
