"""Spanish words of danger: red flags, talk of suicide, and what makes either of them weak. Written for `menus/phrases.py`.

Source of the red flags: what ambulance services tell the public; the words are those of Spain and of Latin America.
"""

GROUPS = {
    "es_no": "no|ni|nunca|apenas|sin|casi+no|ya+no",
    "es_puede": "puedo|puede|pueden|podemos|puedes|podia|pudo|pude|consigo|consigue|conseguimos|logro|logra|logramos|"
    "pudimos|alcanzo|pued|puedp",
    "es_duele": "duele|duelen|dolor|dolores|doler|dolia|duel|dolr|punzada*|pinchazo*|opresion|presion|opresiv*|ardor|"
    "quemazon|molestia|malestar|aprieta|aprietan|apreton|puntada*|calambre*",
    "es_pecho": "pecho|pechos+no|torax|esternon|toracic*|corazon|corason|costillas",
    "es_torax": "pecho|torax|esternon|toracic*|corazon|corason",
    "es_aire": "aire|aliento|respiracion|oxigeno|resuello",
    "es_respirar": "respirar|respira|respiro|respirando|respiraba|respirr|respirra|respir*",
    "es_chi": "mama|papa|madre|padre|abuelo|abuela|abuelita|abuelito|marido|esposo|esposa|mujer|pareja|novio|novia|"
    "hijo|hija|hijito|hijita|hermano|hermana|tio|tia|suegro|suegra|amigo|amiga|senora|senor|bebe|nino|"
    "nina|ninos|chico|chica|pequeno|pequena|primo|prima|sobrino|sobrina|nieto|nieta|vecino|vecina|"
    "companero|companera|cuidadora|alguien|hombre|recien+nacido|mellizo|gemelo|yerno|nuera|cunado|cunada|"
    "muchacho|muchacha|chamaco|guagua|peque|mami|papi|yayo|yaya",
    "es_bebe": "bebe|bebes|bb|recien+nacido|recien+nacida|recien|lactante|nino|nina|hijo|hija|peque|pequeno|pequena|"
    "nieto|nieta|guagua|chiquito|chiquita|gemelo|gemela|mellizo",
    "es_cara": "cara|boca|rostro|labio|labios|mejilla|parpado|sonrisa|lengua|mandibula|cachete",
    "es_miembro": "brazo|brazos|pierna|piernas|mano|manos|lado|mitad|pie|cuerpo|extremidades|dedos",
    "es_dormido": "dormid*|adormecid*|entumecid*|insensible|hormigue*|paraliz*|muert*|flojo|floja|debil|debilidad|"
    "pesad*|rigid*|tiesa|tieso|acorchad*|acalambrad*|inmovil|inerte|caid*",
    "es_subito": "repente|repentin*|de+pronto|de+golpe|subitamente|esta+manana|anoche|minutos|un+momento+a+otro|hace+un+rato|hace+una+hora",
    "es_peso": "losa|elefante|piedra|ladrillo|yunque|peso|cuchillo|punal|cuchillada|punalada|aplasta*|oprim*|"
    "aprieta*|apriet*|aprision*|estruj*|atravies*|desgarr*|rasg*|explot*|revient*|estall*|parte|sentad*|"
    "encima|tonelada*|garra|tenaza|punzada*|clavan|clav*|camion|aprete|apretar|aplastar|aplastando|"
    "presion|cinturon|faja|nudo+fuerte|quemando|fuego",
    "es_color": "azul|azules|azulado|azulada|morado|morada|morados|moradita|moradito|gris|grises|violeta|cianotic*|"
    "palid*|oscuro|oscura|oscuros|negro|negra|negros|ceniz*|lila",
    "es_sangre": "sangre|sangra|sangrar|sangrando|sangrado|sangro|sangraba|sangr|sangrand*|hemorragia|emorragia",
    "es_mucho": "mucha|mucho|muchisim*|demasiad*|bastante|tanta|tanto|abundante*|monton|chorro|chorros|litros|profus*|"
    "hartisima|harta|montones|exces*",
    "es_tomado": "tomado|tomo|tome|tomaron|tomada|bebido|bebio|bebi|tragado|trago|trague|comido|comio|comi|ingerido|"
    "ingirio|ingeri|chupado|chupo|mordido|metido|metio|inhalado|inhalo|lamido|lamio|aspirado|probado|"
    "traga|bebe+un|mastico|masticado|tragaron|comieron|bebieron|engull*|zampado|echado|echo",
    "es_toxico": "lejia|cloro|detergente|lavavajillas|lavadora|suavizante|desatascador|acido|amoniaco|disolvente|"
    "gasolina|aguarras|anticongelante|veneno|raticida|matarratas|insecticida|herbicida|pesticida|setas|"
    "hongos|bayas|adelfa|pila|pilas|bateria|iman|imanes|moneda|alfiler|naftalina|acetona|alcohol|"
    "quitaesmalte|pegamento|pintura|sosa+caustica|salfuman|limpiador|desinfectante|friegasuelos|"
    "quitagrasas|desengrasante|petroleo|colonia|perfume|lavandina|blanqueador|cigarrillo|capsula|"
    "pastilla+del+lavavajillas|antiparasitario|limpiacristales|fertilizante|colilla",
    "es_pastillas": "pastilla|pastillas|pastiya*|pastis|pildoras|comprimidos|capsulas|medicinas|medicamento|medicamentos|"
    "medicina|medicacion|paracetamol|ibuprofeno|somniferos|tranquilizantes|ansioliticos|antidepresivos|"
    "lorazepam|orfidal|diazepam|trankimazin|valium|alprazolam|clonazepam|rivotril|insulina|gotas|jarabe|"
    "sedantes|tabletas|sintrom|benzos|aspirinas|morfina",
    "es_despierta": "despierta|despierto|despertar|despertarl*|despertarse|despert*|reacciona|reaccionar|reaccion*|"
    "responde|responder|respond*|contesta|consciente|conciente|conocimiento|vuelve+en+si|espabila*|"
    "reanima*|abre+los+ojos|se+mueve|mueve",
    "es_fin": "morir|morirme|acabar|acabe|acabo|acabara|terminar|termine|desaparecer|desaparezco|desaparecer|"
    "irme+de+este+mundo|dejar+de+existir|esfumarme|dormir+para+siempre|descansar+para+siempre|muerto|"
    "muerta|palmarla",
    "es_vivir": "vivir|viviendo|vida|existir|existencia|seguir|seguir+adelante|seguir+asi|luchar|luchando|levantarme|"
    "despertarme|estar+aqui|estar+viv*|continuar|respirar|mundo",
    "es_muchas": "{it_molte}|diez|doce|quince|veinte|treinta|cuarenta|cincuenta|cien|veintena|decena|treintena",
    "es_ano": "{it_anno}",
    "es_mismo": "mismo|misma",
    "es_alcance": "bote|frasco|caja|cajas|blister|tableta|tabletas|punado|monton|botes|sobredosis",
}

# Something that may be happening now. Weak only when denied, told of long ago, or an idiom.
FLAG = """
# the chest, the breath, the heart
{es_duele} & {es_pecho}
{es_peso} & {es_torax}
algo|alguien|como+si ... sentad*|encima|apretara|aplastara ... {es_pecho}
{es_duele}|duelen ... pecho|estomago|espalda|hombro|boca+del+estomago ... mandibula|brazo|quijada
mandibula|quijada <> sud*|pecho|torax|brazo
duele|dolor|hormigue*|dormid*|adormec* & brazo_izquierdo
sudor|sudando|suda|sudo|sudores|sudad* ... frio|fria|fríos|helado <> dolor|duele|pecho|brazo|nausea*|mandibula|palid*|
blanc*|mare*|estomago|vomit*|debil
frio|fria|palid* ... sud* <> dolor|duele|pecho|brazo|mandibula|estomago|responde|confus*
corazon|pulso|palpitaciones|taquicardia <> aire|desmay*|mare*|ahog*|respir*|vista+negra|desvanec*|falta+el+aire
corazon|pulso|latidos|pulsaciones & 150|160|170|180|190|200|210|220|se+para|se+me+para|parado|paro|explotar|explota|
estalla|reventar
corazon & dejado+de+latir|no+late|se+para|se+me+para|va+a+mil|sale+del+pecho|se+me+sale
{es_no} {es_puede}|poder ... respirar|respira|coger+aire|tomar+aire|jalar+aire|agarrar+aire
cuesta|cuestan|costando|costaba|dificultad|dificultades|dificulta|trabajo|trabajosa*|mal|apenas|poquito|esfuerzo|
fatiga|problemas|malamente|trabajito ... {es_respirar}|aire|aliento
{es_respirar} mal|raro|fatal|apenas|dificultad|trabajo|ruido|rapid*|agitad*|fuerte|malamente|poquito|fatiga
falta|faltando|faltaba|quedo|quedando|queda|quedar|entra|llega|sin ... aire|aliento|respiracion|respirar|oxigeno
{es_aire} ... {es_no} ... llega|entra|pasa
ahoga|ahogo|ahogando|ahogar|ahogandose|ahogandome|ahogarse|ahogad*|ahogue|asfixi*|asfixia|atragant*|atraganta|atorado|
atorada
jadea|jadeando|boquea|boqueando|jadeo
silbidos|pitidos|pitos|ruido|ronquido|estertor* ... respir*|pecho
inhalador|ventolin|salbutamol ... {es_no}|hace|sirve|funciona|vacio
oxigeno|saturacion|satura|saturando ... 70|72|74|75|76|78|79|80|81|82|83|84|85|86|87|88|89
{es_cara}|unas|dedos|manos|piel & {es_color}
puesto|puesta|pone|poniendo|ponio|puso|quedado|esta|todo|toda ... azul|morado|morada|moradito|moradita|cianotic*|
amoratad*|gris|violeta|azulad*
cianosis|cianotic*
blanc*|palid* ... pared|papel|sabana|cera|muert*|cadaver|fantasma
# consciousness, falls, fits
{es_no} {es_puede} ... despertar*|despertarl*|reanimar*|espabilar*|levantarl*|moverl*|mantener*+despierto
{es_no} ... {es_despierta} ... mama|papa|padre|madre|abuel*|marido|mujer|esposo|esposa|hijo|hija|hermano|hermana|bebe|
nino|nina|amigo|amiga|pareja
{es_chi} ... {es_no} ... {es_despierta}|vuelve+en+si
no|ni se|lo|la|me|quiere|quieren despierta|despertar|espabila|reacciona|despertarse
no_despierta|reacciona|reaccionan|despiertan
no_vuelve_en_si
no_me|le|nos_contesta|responde
{es_no} ... mantiene*|mantener* ... despiert*|pie|ojos+abiertos
contest*|respond* & caid*|cayo|suelo|piso|cama|bano|palid*|blanc*|desmay*|golpe & no
desmay*|desmallo|desmallad*|desmaio|desvanec*|desmallo
desmaya|desmayo|desmayado|desmayada
desplom*|desploma
perdido|perdio|perdi|pierde|perdiendo|perder|perdida ... conocimiento|conciencia|consciencia|sentido
inconsciente|inconciente|inconsiente|incosciente|insconciente
sin_conocimiento|sentido
{es_no} esta|estaba|recobra|recupera|tiene consciente|conciente|conocimiento|conciencia|consciencia
convuls*|combulsion*|convulcion*|convulsiona|convulsionando
ataque|crisis ... epilep*|epilectic*
tiembla|temblando|sacud*|sacudidas|espasmos|rigid*|tieso|tiesa|tension <> ojos|todo+el+cuerpo|responde|suelo|espuma|
babea|inconsc*|lengua|parar|para
ojos|mirada & blanco|fija|perdida|vidrios*|volte*|vueltos|hacia+atras|vacia|volteados|ausente|ida
espuma|babea|baba|babeando & boca|mirada|responde|suelo|tiembla|ojos
mordi* ... lengua & suelo|tembl*|desmay*|sacud*|convuls*
caid*|cayo|cai|caer|cae|resbal*|tropez* <> {es_no} ... contesta|responde|levant*|mueve|mover*|moverse|reacciona|
despierta|recuerda|parar|pararse|habla
caid*|cayo|cai|caerse ... escalera*|tejado|balcon|ventana|azotea|andamio|altura|techo|cuna|cambiador|trona|arbol|piso|
moto|bici|caballo|litera|segundo|tercer|metros|barranco
suelo|piso ... {es_no}|horas|levant*|tirad*|tendid*|inconsc*|sangre & {es_chi}|encontr*|puedo|horas|responde|mueve|
tirad*|tendid*
encontr* ... suelo|tirad*|inconsc*|desmay*|sangre|ahorcad*|tendid*
no {es_puede} levantar*|levantarlo|levantarla|mover* & suelo|caid*|cayo|piso|accidente|golpe
no_se_mueve|levanta
no_puede|puedo_moverse|moverme|levantarse|caminar
golpe|golpeo|golpeado|pego|golpee|pegado|golpeando|porrazo|trompazo|coscorron|golpeó ... cabeza|nuca|frente|sien|
craneo
golpe|caid*|cayo <> vomit*|sueno|somnol*|confus*|pupil*|recuerda|mare*|anticoagulante*|sintrom|raro|rara & cabeza|
{es_chi}|pupil*
pupila|pupilas & grande*|distint*|diferent*|dilatad*
sangr* ... oido|oidos|oreja|boca|vagina
somnol*|adormilad*|atontad*|aturdid*|amodorrad*|letargic* & caid*|golpe|fiebre|vomit*|pastilla*|medicin*|comi*|azucar|
cabeza|trag*|tom*|bebe
# stroke
{es_cara} & torcid*|chueca|chueco|desviad*|caid*|cae|cuelga|dormid*|adormecid*|entumecid*|hormigue*|paraliz*|siento|
ladead*|deform*|mueve|doblad*|asimetric*
{es_no} siento|siente|sentia|sentir|noto|nota ... {es_cara}|{es_miembro}
{es_no} ... mover|mueve|muevo|levantar|levanta|alzar|alza|subir|mueven|sostener ... {es_miembro}|cara|medio
{es_miembro} & paraliz*|dormid*|adormecid*|entumecid*|hormigue*|sin+fuerza|sin+fuerzas|no+responde|insensible|inmovil|
acorchad*|muerto|muerta|flojo|floja
medio|media|mitad|un+lado|lado+izquierdo|lado+derecho|parte+izquierda|parte+derecha|brazo|mano|pierna & {es_dormido}|
fuerza|siento|siente|mueve|mover|respond*
perdido|perdio|pierde|perdi|sin|falta|perdiendo ... fuerza|fuerzas|sensibilidad ... brazo|pierna|mano|lado|medio|
brazos|piernas|derech*|izquierd*
habla|hablar|hablando|hablo|palabras|voz|discurso|frases & raro|rara|mal|enredad*|arrastr*|trab*|extran*|incoherent*|
sin+sentido|confus*|borrach*|pastos*|lent*|balbuc*|no+se+entiende|atropellad*|revuelt*|tontas
arrastra|arrastrando ... palabras|voz|lengua
{es_no} ... encuentra|encuentro|salen|sale|logra+decir|articul*|encontrar|decir ... palabra|palabras|frase|voz
{es_no} {es_puede} hablar
no_habla|hablaba|entiendo|entendemos|se+entiende & {es_subito}|boca|cara|brazo|dice|caid*|azucar|suelo
dice|decia|habla|diciendo|dijo ... sin_sentido|incoherenc*|disparates|cosas+raras|tonterias+sin|incoherente*|
cosas+extranas
desvaria|delira|delirando|balbucea|balbuce*
{es_no}_sabe|recuerda|reconoce|conoce ... donde|quien|dia|nombre|esta|nadie|familia|casa|nos
no_me|nos|la|lo_reconoce|conoce
confus*|desorientad*|confundid* & {es_subito}|fiebre|caid*|golpe|muy|donde|cabeza|dia
{es_subito} <> {es_no} ... ve|veo|ver|habla|hablar|camina|caminar|anda|andar|mueve|entiende|sostiene|equilibrio|oye|
leer
{es_subito} <> !doble|ciego|ciega|confus*|torcid*|equilibrio|vista|borroso|vueltas+doble|mareo+fuerte & ojo|veo|ve|
anda|habla|cabeza|quede|quedo|perdi*|boca|caid*|vista|doble
veo|ve|vision|vista ... doble|borroso|borrosa|negro|oscuro|nublad*|mitad|nada & {es_subito}|ojo|ojos|cabeza|mare*|
vueltas
veo|ve|viendo|vision_doble
no_veo|ve|puedo+ver|puede+ver ... ojo|ojos|nada|izquierdo|derecho|lado
perdido|perdi|perdio|perdiendo ... vista|vision
cortina|sombra|mancha|velo ... negra|ojo|vista
cabeza ... explot*|estall*|revient*|reventar|estallar|peor|insoportable|horrible|atroz|terrible|martillazo|trueno|
nunca|brutal
dolor|duele ... cabeza ... peor|subito|repentino|vida|nunca|insoportable|explosi*|repente|bestial
presion|tension|sistolica & 200|205|210|215|220|225|230|235|240|245|250|260|270|veinte|veintidos|veintitres
ictus|derrame|embolia+cerebral|ataque+cerebral|apoplej* ... dando|da|creo|cerebral
# bleeding
{es_sangre} & {es_no}|sigue|continua ... para|parar|paro|detener|detiene|corta|saliendo|cede|detengo|contener|cortar|
salir
{es_sangre} & {es_mucho}
perd*|pierde|pierdo ... {es_mucho}|mucha|chorro ... sangre
sangre & chorro|borbotones|charco|mana|brota|salpic*|empap*|coagulos|por+todas+partes|por+todos+lados|litros|chorros|
chorrea*|borboton|fuente|sale+sola|cubo
empap* ... toalla*|sabana*|gasas|compres*|compresa*|venda* & sangre|hora|minutos|cambi*
vomit*|escup*|tos|tosiendo|tose|toso|devuelve|boca|arroj*|esput* & sangre|negro|cafe|posos
sangre ... boca|oido|oidos|oreja|vomito|nariz+no+para
heces|caca|deposicion*|diarrea|popo & negr*|alquitran|sangre+viva|mucha+sangre
corte|herida|cortado|corto|tajo|vena|arteria & profund*|hueso|abierta|chorro|tendon|seccionad*|enorme
desangr*
hemorragia ... fuerte|grave|para|nariz
# allergy, stings
lengua|garganta|labios|glotis|labio|cara|ojos|cuello|boca & hinch*|inflam*|grande|gorda|enorme|cerr*|cierra|cerrando|
ciert*|cerrad*|apreta*|aprieta
garganta|lengua & cierr*|hinch*|inflam*|grand*
abeja|avispa|avispon|medusa|picadura|pico|picado|picada|cacahuete*|mani|nueces|nuez|gambas|camaron*|marisco*|leche|
antibiotico|amoxicilina|penicilina|huevo|vacuna|pescado|almendra*|fresas <> hinch*|respir*|aire|garganta|lengua|
ronchas|urticaria+respir*|desmay*|ahog*|labios|mare*+granos
ronchas|urticaria|habones|granos|picor|picazon|manchas <> respir*|garganta|lengua|labios|aire|ahog*|hinch*|desmay*
alergi*|reaccion+alergica <> respir*|garganta|lengua|ahog*|desmay*|aire|grave|fuerte|labios|cara+hinchada|severa
adrenalina|epipen|altellus|jext & puest*|pinch*|us*|inyect*|neces*|caducad*|no|tenemos
# poison and medicines
{es_tomado}|bebe|toma <> {es_toxico}
{es_toxico} ... boca|ojo|ojos
salpic*|cayo|caido|entro|entrado|echado|saltado ... ojo|ojos|cara & {es_toxico}
liquido|producto|pastilla|capsula|bote ... lavadora|lavavajillas|limpiar|limpieza|fregar|platos|bano|
lavaplatos & {es_tomado}
{es_tomado}|dado|he+dado|le+di|di|tomar ... muchas|muchos|todas|todos|todo|demasiad*|doble|triple|{es_muchas}|
un+monton|medio|entera|entero ... {es_pastillas}|dosis|{es_alcance}
{es_tomado} ... {es_alcance} ... {es_pastillas}|entero|entera
demasiad*|todas|bote|frasco|caja|punado|blister ... {es_pastillas} & {es_tomado}|tomar
pasado|paso|pase|equivocado|equivoco|error|equivoque ... dosis|insulina|gotas & con|de|en|doble
{es_bebe} <> {es_tomado}|comido|encontro|abierto & {es_pastillas} ... abuel*|mi|mis|su+madre|todas|madre|padre|
caramelos|del|de
mezcl* ... {es_pastillas}|alcohol|drogas & {es_tomado}|despiert*|sueno|mal|vomit*|raro|reacciona|confus*|somnol*|
mantiene*|dormid*|y+ahora
{es_pastillas} ... alcohol|vodka|vino|tequila|whisky|ron & {es_tomado}|con|mezcl*
droga|drogas|cocaina|heroina|fentanilo|extasis|mdma|borrach*|alcohol|coma+etilico <> despierta|respira|reacciona|
responde|inconsc*|convuls*|desmay*
coma_etilico
gas|monoxido|humo|humos|brasero|caldera|estufa <> mare*|intoxic*|dolor+de+cabeza|duele+la+cabeza|desmay*|nauseas|
respirad*|inhal*|atont*|ahog*|dormid*
huele|olor|fuga|escape ... gas
intoxicad*|envenenad*|envenen*|intoxic*
comi*|bebi* <> {es_bebe}|vomita & adormilad*|dormid*|despierta|alucin*|pupil*|convuls*|somnol*
# burns, water, current, wounds
quem*|quemad*|quemadura*|escald*|abras* <> aceite|hirviendo|agua|fuego|cara|llamas|estufa|plancha|sopa|cafe|acido|
ampollas|grave*|todo|cuerpo|pecho|horno|gasolina|te|leche|cuello|espalda|bebe|nino|nina
quemadura grave*|profunda|tercer|segundo|quimica
agua|aceite|cafe|sopa|caldo|te|olla|leche & !hirviendo ... encima|brazo|pierna*|cara|pecho|mano|nin*|bebe|cuerpo
electrocut*|calambrazo|descarga+electrica|corriente+electrica|toque+electrico
corriente|enchufe|cables|descarga|rayo|electricidad & dado|dio|toco|tocado|tocando|metio|metido|cayo|inconsc*|desmay*|
recibi*|pegado|quedo
piscina|mar|alberca|banera|lago|rio|agua|pileta <> ahog*|reacciona|respira|sacaron|sacado|inconsc*|despierta|
boca+abajo|hundi*|flotando
hueso|huesos ... fuera|salid*|asom*|ve|sale
dedo|dedos|mano|brazo|pie|pierna|oreja & !arrancad*|amput*|cortado+del+todo|seccion*|cercen*|colgando|cuelga|aplast*|
machac*|sierra|motosierra|desprend*|triturad*|atrapad*
sierra|motosierra|cortacesped|hacha|maquina|radial <> dedo|mano|sangr*|pierna|brazo|cort*
clavad*|clavo|atraves*|incrustad*|enterrad*|ensartad* ... ojo|pierna|mano|pecho|barriga|abdomen|pie|cuello|cuchillo|
espalda|estomago
accidente|choque|choc*|colision|atropell*|volcad*|volco|estrell* <> atrapad*|sangr*|inconsc*|mueve|mover|piernas|
heridos|herido|grave|cabeza|coche|moto|carro|carretera|bici
atropell*
espalda|cuello|columna <> caid*|cayo|accidente|golpe|tir*+de+cabeza & piernas|hormigue*|mover|mueve|siente|siento
pierna|brazo|tobillo|muneca|cadera|hueso|pie & torcid*|doblad*+al+reves|angulo|al+reves|deform*|salid* & caid*|cayo|
accidente|golpe
no_mueve|siente|siento ... piernas|brazos
barriga|abdomen|vientre|estomago|tripa|panza|abdominal & dur*|tabla|insoportable|desgarr*|punalad*|cuchill*|horrible|
terrible|brutal|muy+fuerte|fortisim*|atroz|retuerc*|doblad*|agud*
retorc*|retuerce|dobla|grita|gritando|doblado|doblada ... del|de dolor
testicul* & dolor|duele|repentin*|hinchad*
# pregnancy and birth
embarazada|embarazo|semanas|meses|embarazad* <> {es_sangre}|sangr*|manch*|contraccion*|patad*|mueve|moverse|aguas|
dolor*+fuerte*|duele+mucho|desmay*|lucecitas|destellos|borroso|hinchad*+cara|caid*|cai|golpe|liquido|estrellitas|
cabeza+estalla
contraccion* <> minuto*|seguid*|fuerte*|semana*|regular*|hora|prematur*
roto|rompi|rompio|rota|rompido|romper|reventado|reventaron|revento|rompieron|perdiendo|pierdo ... agua|aguas|fuente|
bolsa|liquido+amniotico
=parto|=parir|pariendo|nacer|naciendo|dando+a+luz & esta|voy|ya|empez*|casa|coche|bano|ahora|prematur*|adelant*
sale|saliendo|asoma|asomando|veo|ve|sacando|coronando ... cabeza|cabecita|bebe|pie|cordon
ganas|necesidad ... empujar|pujar
{es_no} ... siento|noto|nota|mueve|movido|siente|sentido|patea|patalea ... bebe|nino|nina|patad*|patear|moverse|mover|
movimientos|barriga|panza|mueve
# babies
{es_bebe} <> 1|2|3|un|dos|tres|una|10|15|20|30|40|diez|quince|veinte|treinta|cuarenta mes|meses|semana|semanas|
dias <> fiebre|calentura|ardiendo|ardi*|38|39|40|temperatura|frio|fria|despierta|come|mama|leche|llora+mas
{es_bebe}|nacido|meses <> recien|lactante|bebe|nacido & !fiebre|calentura|ardiendo|despierta|gris|somnol*|adormilad*|
blandit*|floj*|quejid*|queja|come+nada|quiere+comer|mama+nada
{es_bebe} & flojo|floja|flojit*|blandito|blandita|blando|trapo|flacid*|desmadejad*|munec*+de+trapo|inerte|sin+fuerzas|
lacio|lacia|quejid*|aguado|aguada|desguanzad*|tieso
fontanela|mollera
{es_bebe} <> {es_no} hace_pis|orina|moja+panales|llora+ni|moja|responde
fiebre|calentura <> convuls*|manchas|cuello|rigid*|delir*|confus*|despierta|luz|41|42|nuca|puntos|alucin*
manchas|puntos|puntitos|petequias|sarpullido|moretones & moradas|morados|rojos+oscuros|rojas+oscuras|quitan|
desaparec*|vaso|moradit*|vino <> fiebre|vomit*|hij*|nin*|bebe|piel|calentura
cuello|nuca|barbilla & rigid*|doblar|dobla|tieso|tiesa|dur*|mover|flexionar|pecho <> fiebre|calentura|vomit*|cabeza|
luz|manchas
luz <> fiebre & cabeza|cuello|nuca
# diabetes
azucar|glucosa|glucemia|diabetic*|insulina|hipoglucemia <> 20|22|25|28|30|32|35|36|38|39|40|42|45|48|50|450|480|500|
550|600|sabe|confus*|desmay*|inconsc*|habla|responde|despierta|tiembla|sud*|doble|raro|rara|balbuc*|delir*|incoherenc*
# violence and the place
agarr*|apret*|manos|mano|cogi*|cogio|apriet* ... cuello|garganta & me|le|pareja|marido|novio|la|padre|ex|hijo
estrangul*
miedo ... mate|mata|matarme|matar|haga+dano|pegue|volver+a+casa|haga+algo
pega|pego|pegado|pegando|pegaba|golpea|golpeo|golpeado|golpeando|maltrat*|paliza ... me|marido|pareja|novio|padre|ex|
esposo|madre|hijo|mi
me|nos|la|lo|le pega|pego|golpea|golpeo|maltrata|amenaz*|ha+pegado|esta+pegando|esta+golpeando|dio+una+paliza
marido|pareja|novio|esposo|padre|ex|padrastro|hijo|hombre|el ... peg*|golpe*|maltrat*|amenaz*|cuchillo|pistola|navaja|
encerr*|violo|violad*|abus*|mat*
amenaz* ... matar*|mate|muerte|cuchillo|pistola|navaja|matarme
quiere|va+a|voy+a|intent*|intenta matar|matarme|matarnos|matarla|matarlo|apunalar*|pegarme
violaron|violado|violada|violacion|=violo|abusaron|abusado|abusó
abus* ... sexual*|hija|hijo|mi|nin*
toc* ... partes|intim* & hija|hijo|nin*|me
apunal*|acuchill*|navajazo|balazo|disparo|disparado|tiroteo|disparos|dispararon|baleado|tiros
encerrad*|escondid*|encerrado ... bano|habitacion|cuarto|casa & marido|pareja|fuera|puerta|miedo|pega|grita|cuchillo|
golpe*
pistola|cuchillo|navaja|machete|arma & tiene|saco|amenaz*|apunt*|mano|mano
incendio|incendi*
fuego|llamas|humo & casa|cocina|piso|edificio|habitacion|escalera|cuarto|coche|ropa
atrapad*|atrapados|sepultad* ... coche|fuego|humo|escombros|debajo|incendio|carro|ascensor+humo
# calls for help
llamen|llama|llamad|manden|envien|mandad|necesito|necesita|necesitamos|pidan|llame ... ambulancia|112|911|061|samur
ambulancia ... urgente|ya|rapido|favor|ahora|corriendo|urge
emergencia medica
socorro
=auxilio
ayuda|ayudenme|ayudame|ayuden|urgente|rapido|corran|vengan|=auxilio & {es_chi} ... muy+mal|mal|grave|muriendo|muere|
fatal
{es_chi} ... muy+grave|esta+grave|gravisim*
me|se|estoy|esta|sta siento+morir|muriendo|muere+mi|esta+muriendo|va+a+morir
serpiente|vibora|culebra|alacran|escorpion ... mord*|pic*
mord*|pic* ... serpiente|vibora|culebra|alacran|escorpion
sin|no+tiene|no+le+encuentro|no+hay pulso|latido
ayuda|auxilio emergencia|urgente
emergencia ayuda|urgente|ya|vengan
"""

# The name of an emergency: weak also beside words of administration or prevention.
EVENT = """
infarto
infartos
infartad*
infarto_agudo|corazon
me|le|esta+dando|dio_un_ataque
ataque ... corazon|cardiaco|asma
ictus
derrame cerebral
derrame
embolia
trombosis
aneurisma
meningitis
sepsis
septicemia
peritonitis
paro cardiaco|cardiorrespiratorio|respiratorio
hemorragia
emorragia
sobredosis
choque|shock_anafilactico
crisis|ataque epileptic*|epilectic*|convulsiv*|asma|asmatic*
crisis_respiratoria
traumatismo craneo*|craneal
accidente coche|moto|trafico|carro|grave|carretera
es|una|hay|tengo_una|es_emergencia
es_una_emergencia
asfixia
coma
desmayo
hipotermia
golpe_de_calor
voy_a|me+voy+a|a+punto+de desmay*|desmayar|desmayarme
siento|sintio desfallecer|desmay*|desvanec*
aborto espontaneo
intoxicacion
envenenamiento
dolor_toracico
quemaduras
mareo ... dolor+de+pecho|palpitaciones
anafila*|anafilax*
"""

# Cannot be denied or dated away: the phrase itself is the danger.
CERTAIN = """
no_respira|respiro|respirra|respir
{es_no} ... respirar|respira & {es_puede}|respira
{es_no} {es_puede} ... respirar
ha|dejo|deja|dejado dejado+de|de respirar|respira
no_esta|estaba_respirando
se|me esta|estoy ahogando|asfixiando|atragantando|desangrando
"""

# Said of dying itself: an emergency, unless the sentence is one of despair.
DYING = """
estoy|esta|se+esta|me+estoy muriendo
me|se_muero|muere
siento_que_me_muero
siento_morir
no_abre_los|sus_ojos
"""

# Only an emergency of a person who does not answer, not of a telephone.
UNANSWERED = """
no_responde|contesta
no_responde|contesta_nada
"""

TELEPHONE = """
telefono|telefonos|centralita|nadie|numero|whatsapp|mensaje*|llamada*|llamo|llamado|oficina|linea|correo|email|
correos|movil|celular|app|web|portal|pagina|enlace|boton|doctor|doctora|medico|cita|recepcion|mostrador|consulta|
aplicacion|formulario|chat|sistema
portal|programa|asistente|bot|totem|lector|web
portal
cuelga|colgado
"""

RELATIVE = """
ella|mama|papa|padre|madre|marido|esposo|esposa|mujer|hijo|hija|hermano|hermana|abuelo|abuela|bebe|nino|nina|pareja|
suegra|suegro
"""

PHONED = """
telefono|mensaje*|whatsapp|movil|celular|llamadas|llamada|correo|correos
"""

DISTRESS = """
quiero|quisiera|queria|deseo|prefiero|preferiria|mejor|ganas+de|solo+quiero|ojala|voy+a|quiere|pienso+en|espero|
merezco ... !morir|morirme|morirse|muerto|muerta|matarme|matarse|suicidarme|suicidarse|muriera|quitarme|ahorcarme
morirme|morir ... quiero|ganas|ya|solo
me|se mato|matar|mate|suicid*|ahorco|pego+un+tiro|voy+a+matar|quiero+matar|voy+a+ahorcar|quiero+ahorcar|va+a+matar|
quiere+matar
matarme
suicidarme
suicidarse
matarse
ahorcarme|ahorcarse
me_voy|quiero|vamos_a_matar|ahorcar
quitarme|quitarse|quito|quitar|quita ... vida
acabar|terminar|acabe|acabo|poner+fin ... vida|todo|sufrimiento|esto|conmigo
{es_no} ... quiero|quiere|quisiera|queria|deseo|apetece ... {es_vivir}|estar+vivo|estar+viva|existir|despertar*|
seguir|estar+aqui|seguir+aqui
{es_no} ... ganas|razon*|motivo*|sentido|merece|vale|fuerzas ... {es_vivir}|nada|la+pena+vivir|la+pena+seguir
{es_vivir} ... {es_no} ... sentido|vale|merece|razon
sin|perdi*|perdido ... ganas ... {es_vivir}
{es_no}_puedo|aguanto|soporto|doy_mas|mas <> {es_fin}|vivir|vida|que+se+acabe|acabe|nadie|acabar|dormir|desaparecer|
rendirme
{es_no} ... puedo|aguanto|soporto|resisto ... {es_vivir}|vida|asi
quiero|quisiera|deseo|necesito|ojala ... todo|esto|se|que|vida|dolor|sufrimiento ... acabe|acabara|termine|terminara|
acabase|pare+para+siempre
quiero|quisiera|me+gustaria|ganas|ojala ... !desaparecer|desapareciera|esfumarme|dormirme+para+siempre|
dormir+para+siempre|dejar+de+existir|no+existir|descansar+para+siempre|no+estar
para|por que|qué|q ... {es_vivir}|existo|vivo|nacido|naci
{es_no} ... veo|encuentro|tengo|hay|tiene|le+veo|encuentra ... salida|futuro|esperanza|sentido|solucion|razon|
motivo & vida|mi|vivir|seguir|nada|muerte|levant*|a|mas|otra
{es_no} ... sentido|motivo|razon|motivos|razones ... {es_vivir}|nada|levantarme
nada ... sentido|importa|vale|merece ... ya|nada|mi|pena|la
nadie <> menos|daria+cuenta|cuenta|importo|lloraria|notaria|funeral|echaria|extran*|importa|quiere|llorara & si|me|mi
echar*|extran* ... menos|nadie|me & nadie
si_me|yo muriera|muero|mato|muriese|desapareciera|desaparezco|matara|desapareciese|faltara
soy|siento|sea|siendo|convertid* ... carga|estorbo|inutil|fracaso|lastre|molestia|mierda|basura|peso ... para|de|
hijos|todos|familia|nadie|vida|mi|mas|solo
mejor|felices|tranquilos|bien|aliviados ... sin_mi|si+yo+no|si+no|si+ya+no|muert*|si+no+existiera|no+haber+nacido|
cuando+no+este|cuando+me+vaya|si+me+muero|si+desaparezco
sin_mi ... mejor|felices|bien|tranquil*
ojala ... {es_no} ... nacido|despert*|nacer|existiera|estuviera|amaneciera
no_haber_nacido
cerrar|cierro|cerrara ... ojos ... {es_no}|siempre|nunca|ultima
dormir*|dormirme|acostar* ... {es_no} ... despertar*|siempre
{es_no} ... despertar*|amanecer|levantarme|despierte ... manana|mas|nunca|ruego|pido|dios|ojala|quisiera|quiero|noche
pido|ruego|rezo|rogando|suplico|espero|deseo|sueno ... {es_no} ... despertar*|amanecer|seguir|vivir
dios ... lleve|llevame|recoja
manana|pronto|total|cuando ... ya+no|no ... estare|este+aqui|este|existire|estar
ya+no|no ... estare ... manana|pronto|mucho|aqui
despedi*|despedida|adios|despid* ... todos|nota|carta|ultima|mundo|siempre|hijos|familia|mensaje|querid*|amigos
ultima|ultimo|ultimas ... vez|mensaje|palabras|carta|dia|noche ... escrib*|vida|mi|hablo|veis|leen|envio
nota|carta|cartas ... despedida|suicid*|adios|hijos+cuando
cuiden|cuidad|cuida|cuidar* ... hijos|hijo|hija|perro|gato|madre|ninos|mama ... cuando|no|este|falte|siempre
perdon*|perdonenme|perdonadme <> adios|puedo+mas|me+voy|carga|vivir|lo+siento+mucho
irme|reunirme|estar|ir|juntarme|encontrarme ... con+ella|con+el|mujer|marido|mama|papa|hijo|hija|madre|cielo|
otro+lado & murio|muri*|muert*|cielo|reunir*|desde|quiero
murio|muert*|perdi <> irme+con|reunirme|con+ella|con+el|seguirl*|acompanarl*
miro|pienso|mirando|pensado|pensando|salto|saltar|asom*|tiro|paso|tentacion|mirar|subo|cerca|acerco|borde|
parado ... balcon|puente|vias|tren|ventana|azotea|metro|pastillas|cuerda|acantilado|cuchillas|rio|viaducto|terraza|
pistola|carretera & salt*|paso|tir*|fin|acab*|facil|un+segundo|pens*|todo|borde|solucion|seria|tom*|puente|lanz*
tirarme|tirarse|lanzarme|saltar|aventarme|arrojarme|tiro|tirar|lanzarse|salto ... puente|tren|ventana|balcon|vias|
azotea|metro|vacio|edificio|coche|carros|viaducto|acantilado|rio
cuchilla|cuchillas|navaja|tijeras|gillette|mechero & brazo|brazos|piel|muneca*|pierna*|cort*|muslos|vena*
cortes|cicatrices|marcas|heridas|quemaduras ... brazo|brazos|muneca*|piernas|muslos & hija|hijo|nuev*|hago|vist*|
encontr*|esconde|tapa|amiga|mi|hace
cortarme|cortarse|cortando|corto|corta|cortado|corte ... venas|munecas|brazos|vez|brazo|piernas|muneca|muslos|sola|
solo|otra|bano|proposito|aliviar*|vuelto|sentir
me_estoy|he+vuelto+a|vuelto+a|volvi+a|sigo|ganas+de|quiero_cortando|cortarme|cortar
hago|hace|hacerme|hacerse|haciendome|haciendose|haciendo|hacia|hice ... dano|daño ... yo|cuando|para|{es_mismo}|mi|
proposito|a+mi
me|se hago|hace|haciendo|haria|hacia dano
hacerme|hacerse|haciendome|haciendose|hacerse|hacerme+yo_dano|daño
lastim*|herirme|herirse|golpearme|quemarme|castigarme|autolesion*|autolesiones ... me|mi|{es_mismo}|proposito|sola|
solo|cuando|hija|hijo|ganas
autolesion*
miedo|temo|asusta ... hacer*|cometer|haga ... locura|tonteria|algo|estupidez|barbaridad|dano
hacer|cometer|haga ... locura|tonteria+grave|una+locura|estupidez|barbaridad
voces ... dicen|ordenan|digan|hablan ... mat*|dano|muer*|tir*|salt*|acab*
odio ... mi+vida|vivir|existir|me+odio|estar+viv*|mi+existencia
me_odio|doy+asco
cansad*|hart*|agotad*|aburrid* ... de !vivir|la+vida|seguir|luchar|existir|esta+vida|todo+y+de+todos|sufrir|mi+vida
vida ... asco|mierda|infierno|acabada|insoportable|pesadilla|inutil|vacia|horrible|sin+sentido & mi|vivir|esta|la
unica|otra|mejor ... salida|solucion|opcion|manera ... muert*|morir|matar*|suicid*|desaparecer|acabar
muerte|morir ... solucion|salida|alivio|descanso|pienso|pensar|paz|sueno|deseo|mejor|ganas
pienso|pensando|pensado|piensa|pensar|penso ... en|que|la !muerte|morir|morirme|suicid*|matarme|quitarme|matarse|
desaparecer
pensamientos ... muerte|suicid*|negativos+de|oscuros|morir|negros|feos|malos+de
{es_pastillas} ... prepara*|guardad*|mano|delante|mesita|acumul*|junt*|lista*|listas & acabar|todas|morir|fin|
tomarmelas|dormir|todo
cuerda|soga|pistola|escopeta ... prepara*|lista|garaje|compr*|arbol|viga|cuello
dice|dijo|dicho|escribio|escrito|amenaz*|repite|publico|habla ... !matarse|mata|suicid*|quitarse|acabar|desaparecer|
morir|morirse|quiere+morir|va+a+matar|tirarse
dejarme|dejenme|dejadme|dejame|dejar+que+me ... morir|ir+en+paz
ojala ... atropell*|muera|muriera|mate|cancer|coche|camion|infarto|accidente|matara|enfermedad
todo ... seria ... facil|mejor ... muert*|sin+mi|no+estuviera|muriera
carta|nota_de_suicidio|despedida
preparad*|list* ... para morir
rendirme|rendido|tirar+la+toalla ... vida|vivir|todo
no_merezco_vivir
ahorcad*|ahorco|ahorca
colgado|colgarse|colgarme ... cuerda|arbol|techo|cuello|viga
mejor ... si_yo|ya|no_no|estuviera|existiera|estoy
mejor ... no_estuviera|existiera
"""

DISTRESS_EVENT = """
suicid*|suisid*|suicd*|sucidi*|suisidi*
"""

SOFT = """
no_puedo_mas
no_aguanto_mas
no_doy_mas
estoy|siento|encuentro|esta muy|fatal|malisimo mal
estoy|encuentro_fatal
desesperad*
reaccion_alergica
debo|deberia|tengo+que ir ... urgencias
sin_esperanza
cansad*|hart* ... de_todo
pierdo|perdiendo sangre
mareo|mareada|mareado
"""

OLD = """
hace ... anos|ano|meses|mes|semanas|tiempo|decadas|siglos
anos|meses|semanas|ano_atras
ano|mes|verano|invierno|semana_pasado|pasada
pasado_ano|mes
en|del|desde|durante_{es_ano}
{es_ano} ... infarto|ictus|operacion|operaron
de|cuando_era|eras|pequeno|pequena|nino|nina|joven|adolescente|bebe
en_el_pasado
antecedente*|historial|historia+familiar|hereditari*
previ*
murio|fallecio|muerto|fallecido|falleci* ... de|por|tras|a+causa
muerte_de
sufria|padecia|padecio|solia|tenia
tuvo|tuve ... ya|una+vez|en|cuando
mi_abuelo|abuela|bisabuel* tuvo|tenia|sufrio
antes_tenia|sufria
"""

TIME_WORDS = """
hace|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|muchos|varios|unos|algunos|ano|anos|mes|meses|
semanas|en|el|la|pasado|pasada|de|pequeno|pequena|joven|ya|mucho|tiempo|mas|como|casi|del|cuando|era|nino|nina|atras|
{es_ano}|desde
"""

NOW = """
ahora
ahora_mismo
otra_vez
de_nuevo
todavia
sigue
esta_manana
peor
ya_mismo
en_este_momento
"""

NOT_NOW = """
ahora ... bien|mejor|recuperad*|bien+y|necesito|quiero|tengo+que|toca|busco
"""

NEGATION = """
no_tengo|tiene|tenemos|tienen|tenia|hay|siento|noto|es|era|ha|he|hemos|han|tuve|tuvo|sufro|presenta|padezco|fue|habia|
estoy|esta
no_me|le_duele|duelen|pasa|da|ha|han|he
no_quiero|quiere|pienso|voy|va_morir*|suicidarme|matarme|hacerme|cortarme|a+matarme|matarse|a+hacerme|en
no_se_trata|ha|desmayo
nunca_tuve|tuvo|ha|he|tengo|tenido
no|nunca_me|se|te|nos desmay*|he+desmayado|ha+desmayado|desmaye|desmayo|cai|caido|he+caido
nunca_me_he|ha
"""

LACK = """
nunca
ningun
ninguna
ninguno
sin
tampoco
jamas
"""

# Where "no" and "sin" begin what happened instead of denying it.
NO_LACK = """
no se|me|te|le|lo|la|nos|les|os|puedo|puede|pueden|podemos|despierta|reacciona|responde|contesta|respira|mueve|habla|
siento|siente|consigo|consigue|quiero|tengo|tiene|hay|es|esta|veo|ve|para|deja|encuentro|encuentra|aguanto|soy|sabe|
reconoce|vale|entiendo|logro|logra|abre|come|llora|quiere|merezco|sirve|sirvo|queda|tenemos|recuerda|noto|nota|vuelve|
hace|hablo|soporto|estoy|camina|anda|bebe|mama|doy|importo|existo|deberia|haber
sin|nunca poder|respirar|conocimiento|sentido|pulso|aire|aliento|parar|saber|fuerza|fuerzas|mi|ganas|dejar|salida|
motivo|reaccionar|responder|mover|moverse|moverme|sentir|querer|razon|esperanza|palabras|voz|habla|ella|el|despertar
"""

NOT_NEGATION = """
nunca ... asi|igual|tan|tanto|antes|fuerte
no_solo|solamente
nunca ... dolido
no_se|sé+que|entiendo|estoy+segur*
nadie ... lloraria|importo|menos
no_es ... normal
"""

STATEMENT = """
=tengo|=tiene|siento|siente|=esta|=estoy|=hay|=duele|=tenemos|=puede|=puedo|=se|=me|=le
"""

TURN = """
pero|sino|aunque|sin+embargo
y_ahora|tengo|tiene|no|me|se|le|esta|estoy|siento|hoy|ya
"""

IDIOM = """
muero|muere|muriendo|morirse|morirme|morir|morimos|mori|muerto|muerta ... de|por risa|hambre|sed|sueno|calor|frio|
ganas|verguenza|pena|aburrimiento|envidia|amor|curiosidad|miedo|saber|ver|ternura|nervios|estres|cansancio|asco|
impaciencia|reir|comer
muero|muriendo|morir ... por ver|saber|ir|conocer|probar|un|una
matas|mata|matan|mato|matando ... risa|calor|espera|curiosidad|estres|aburrimiento|nervios|lumbago|espalda|ganas|
precio*|rodilla|zapatos|pies|dolor+de+muelas
me_matas
casi|por+poco ... infarto|muero|desmay*|ahogo|mata|algo ... cuando|al|factura|precio|ver|risa|vi|presupuesto|cuenta|
susto
infarto|patatus|sincope|algo|telele|yuyu ... cuando|al|factura|precio|ver|vi|presupuesto|cuenta|susto
precio*|factura|cuenta|presupuesto|coste <> infarto|desmay*|sin+aliento|muert*|aire|ahog*|sincope|sangr*
sin_aliento ... precio*|vista|vistas|paisaje|belleza
dejan|deja|dejo|quitan|quita ... sin+aliento|sin+respiracion|el+aliento
matar ... tiempo|aburrimiento|rato|hambre|gusanillo
mataria_por
mi_marido|mujer|madre|jefe|padre|jefa me_mata|va+a+matar ... si|cuando|como
voy|vas|va|van a matar ... si
ahog* ... vaso+de+agua|papeles|papeleo|trabajo|deudas|examenes
corazon ... roto|partido|encogid*|gracias|agradec*|todo|mil+gracias|contento|buen
me_muero_de_la
tirarme ... sofa|cama|piscina|playa|agua|rio+a+nadar|suelo+a+jugar
desaparecer|perderme ... vacaciones|playa|unos+dias|isla|semana|montana
peli|pelicula|serie|partido|equipo|concierto|chiste|libro <> infarto|muero|mata|mato|mori*|risa
movil|telefono|bateria|ordenador|linea|conexion|internet|web|pagina|app|impresora|pantalla|celular|portal ... muert*|
muriendo|murio|colg*|muere|caid*|cayo
muert*|reventad*|molid* ... cansancio|cansad*|sueno|gimnasio|trabajo
saltar*|salt* ... cola|turno|cita|paso|tren+de+las
me_cuesta_un_rinon
cort* ... pelo|unas|cafe|flequillo|leche|cesped|dieta|pasto|cabello
me_pego_un_tiro
suicidio politico|deportivo|comercial
perder*|perdi*|pierdo ... tren|autobus|vuelo|paciencia|turno
ataque ... risa|nervios+de+risa
sangre ... horchata|azul
quemad* ... sol|tostada|trabajo|cena
"""

NEVER = """
no_me|nos|se|ha_responde|contesta|contestan|responden ... telefono|mensaje*|correo*|whatsapp|nadie+en|web|portal|
doctor*|recepcion|llamada*|centralita|app
corte_de|en pelo|luz
aire_acondicionado
no_puedo|puede|pueden hablar ahora|con|por|hoy|en
no_puedo|puede ver ... cita|mensaje|boton|resultado*|menu|informe|factura|pagina|web|app
no_veo|ve ... cita|mensaje|boton|resultado*|menu|informe|factura|pagina|app|enlace|opcion|correo
dolor_de_muelas
pechuga* pollo|pavo
parto ... curso|clases|preparacion|baja
curso|clases|preparacion ... parto
bateria|pila|pilas ... audifono|movil|telefono|marcapasos|mando
gas ... factura|contrato|natural+factura
prueba|test_de_esfuerzo|aliento
bebe|toma mucha_agua
toma|tomo|tome|tomar|tomado_la|una|mi|el tension|cita|numero|temperatura
presion|tension ... control|aparato|medir|tomar*|holter|revis*
"""

# Words of administration and prevention, which weaken the bare name of an emergency.
ADMIN = """
certificado*|formulario*|rehabilit*|fisio*|control|controles|revision|revisiones|visita|visitas|reserv*|pedir+cita|
cita|citas|baja|informe|informes|historia+clinica|historial|seguro|aseguradora|ingreso|ingresado|alta|curso|cursos|
vacuna*|riesgo|riesgos|prevencion|prevenir|cribado|unidad|especialista|cuesta|precio|coste|tarifa|prueba|pruebas|
analisis|analitica|anular|cancelar|cambiar|aplazar|folleto|informacion|dieta|terapia|direccion|factura|aparcamiento|
aparcar|parking|horario|horarios|cardiolog*|neurolog*|receta|volante|charla|seminario|congreso|ayunas|servicio|planta|
seguimiento|consulta|despues+de|tras|en+caso+de|campana|asociacion|donar|donacion|minusvalia|discapacidad|copia|
documento*|tramite*|apunt*|inscrib*|dentista|anestesia|electro|electrocardiograma|doppler|tac|resonancia|ecografia
"""

AFTERMATH = """
despues|tras|post|secuelas|causa|revision|control|prevencion|recuperacion|recuperado|superviviente|seguimiento
"""

# Words that exist: never a misspelling of one of the above.
REAL = """
mejor mayor menor morado mirar miro mesa mes cita citas carta cartas cama casa caso cada cara caro corto corte corta
parte parto puerta puesto pero perro pena pelo sala sola solo sale salir salida silla sello tarde tarta tanto tengo
tienda tiempo vista visita vale venta vengo viene verde viernes pedir perder poder podria puedo querer quiero quería
recibir receta recetas repetir resultado resultados hablar hallar hacer hasta hola operar esperar espera esperando
pagar pago pagos llegar llevar llevo llama llamar llave lleno manana martes miercoles jueves sabado domingo lunes
ahorra camino camisa comparte compra compramos contacto contigo concreto contraste cortas correr cuadro cuanto cuanta
cuento entra entran existe gana gestor importe libera libre lista listas listo manda mandar marca medicos mira nuestra
pedi pide partir partido pasos paso poliza prepara prepararme presente premio preciso quedan queda quejas quejarme
queso quiera rico sano servicio sitio tercera tema traves trato vendo volo volver seguro segura segunda plato platos
plazo plazos puesta compania comprar cuenta entrada
"""
