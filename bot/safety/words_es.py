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
    "es_subito": "repente|repentin*|de+pronto|de+golpe|subitamente|esta+manana|anoche|minutos|un+momento+a+otro|"
    "hace+un+rato|hace+una+hora",
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
    "es_malo": "suda|sudando|sudad*|sudor|tiembla|temblando|temblor*|tiembl*|tirita|tiritando|escalofrios|vomit*|devuelve|"
    "mareo|mareado|mareada|marea|mareos|vueltas|tambalea|negro|nauseas|desmay*|sueno|duerme|dormir|atontad*|"
    "aturdid*|confus*|agitad*|queja|quejido|grita|gritando|gritos|frio|fria|helad*|palid*|blanc*|gris|amarill*|"
    "sangre|hinchad*|respir*|aire|pecho|hombro|brazo|codo|mandibula|debil|debilidad|equilibrio|fiebre|"
    "calentura|40|41|fuerzas|reacciona|mueve|levanta|habla|entiende|raro|rara|extran*|responde|contesta",
    "es_grave": "gris|cenizo|ceniza|cianotico|cianotica|amoratado|amoratada|sudor+frio|sudando+frio|empapado+en+sudor|"
    "suda+a+mares|blanco+como|blanca+como|helado|helada",
    "es_cuanto": "mucha|mucho|lleno|llena|llenos|empapad*|chorro|chorros|borbotones|litros|sigue|continua|cada+vez|todavia|"
    "no+para|coagulos|muchisim*|charco|ríos|bastante|salpic*|por+todos+lados|sale+sin+parar",
    "es_alla": "borrarme|apagarme|desaparecer|esfumarme|irme+para+siempre|dormirme+para+siempre|dejar+de+existir|"
    "no+existir|saltar|tirarme|lanzarme|reunirme+con|dejarme+morir|acabar+conmigo|acabar+con+todo|"
    "dejar+de+respirar|hundirme|desvanecerme+para+siempre|apagar+todo|irme+del+mundo|irme+de+este+mundo|"
    "desconectarme+de+la+vida",
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
falta|faltando|faltaba|quedo|quedando|queda|quedar|entra|llega ... aire|aliento|respiracion|respirar|oxigeno
sin_aire|aliento|respiracion|respirar|oxigeno|poder+respirar
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
lengua|garganta|labios|glotis|labio|cara|ojos|cuello|boca & hinch*|grande|gorda|enorme|cerr*|cierra|cerrando|ciert*|
cerrad*|apreta*|aprieta
garganta|lengua & cierr*|hinch*|grand*
lengua|labios|glotis & inflam*
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
encerr*|violo|violad*|abus*|mata|=mato|matar|matarme|matarla|matarlo|matarnos|matado
amenaz* ... matar*|mate|muerte|cuchillo|pistola|navaja|matarme
quiere|va+a|voy+a|intent*|intenta matar|matarme|matarnos|matarla|matarlo|apunalar*|pegarme
violaron|violado|violada|violacion|=violo|abusaron|abusado|abusó
abus* ... sexual*|hija|hijo|mi|nin*
toc* ... partes|intim* & hija|hijo|nin*|me
apunal*|acuchill*|navajazo|balazo|disparo|disparado|tiroteo|disparos|dispararon|baleado|tiros
encerrad*|escondid*|encerrado ... bano|habitacion|cuarto|casa & marido|pareja|fuera|puerta|miedo|pega|grita|cuchillo|
golpe*
pistola|cuchillo|navaja|machete|arma & tiene|saco|amenaz*|apunt*|mano
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
{es_grave} <> {es_malo}
suda|sudando|sudor|sudad* <> gris|palid*|blanc*|pecho|brazo|hombro|codo|mares|respir*|nauseas|mandibula|confus*|
contesta|responde|raro|rara|debil|vomit*
peso|dolor|duele|punzada|molestia|ardor|hormigueo|presion ... delante|izquierd*|brazo|hombro|espalda ... codo|
mandibula|brazo+izquierdo|quijada
codo|hombro|brazo izquierdo <> peso|pecho|delante|sud*|aire|nauseas|presion
{es_cara} & para|hacia|de|a|por_un_lado
{es_cara} & va|tuerce|desvia|cae|tira|jala|cuelga ... lado|izquierda|derecha|abajo
resbal*|cae|caen|escap* ... mano|manos|sujetar*|agarrar*|dedos ... {es_no}|taza|vaso|todo|cosas|plato|cuchara|puedo
{es_miembro}|lengua ... {es_no} ... responde|obedece|sujet*|agarr*|sostien*|aguanta|gira
pierna|piernas|brazo & dobla|falla|fallan|vence|va & lengua|boca|palabras|cara|habla|repente|lado|otra
lengua ... {es_no} obedece|mueve|responde
{es_aire} & {es_no} ... baja|entra|llega|pasa|pasaba|sube|alcanza|sirve
costillas|hundid*|hunden|hunde ... respir*|costillas|pecho
respira|respiracion|respirando como|igual ... ronc*|pez|perro|silb*|ahog*|fuelle
parece|parecia|como muert*|sin+vida|muerto|dormid*+pero+no
llamo|sacudo|llamado|sacudido|pellizco|hablo|muevo|zarande* <> nada|reacciona|responde|contesta & y|pero|no|nada
no_hay|hubo forma|manera ... despert*|abra|abrir|coma|calmar*|reaccion*
no|ni_se_mueve <> muert*|suelo|respir*|cayo|frio|fria|cama|parece
sale|salen|saliendo a_chorros|borbotones
herida|cicatriz|puntos|operacion|cesarea|corte & abrio|abierta|abrieron|abierto|ve+por+dentro|saltado|adentro|
por+dentro
perro|animal|caballo|toro|cerdo ... mordi*|mordio|arranc*|ataco|destroz*|desgarr*|coce* ... {es_chi}|cara|mejilla|
cuello|mano|brazo|pierna|trozo|cabeza|me
perro ... arranc*|mord*|atac*
{es_tomado} ... colonia|champu|gel|aguarras|tinta|desodorante|liquido|locion
{es_bebe} <> {es_pastillas} ... faltan|falta|encontr*|abierto|abierta|boca|suelo|comid*
encontro|cogio|agarro ... {es_pastillas} & nina|nino|bebe|faltan|abuel*|nieto|nieta|hijo|hija
dos+veces|doble|de+mas|equivoc*|tres+veces ... insulina|sintrom|dosis|morfina|parche
insulina <> tiembl*|temblando|sud*|confus*|dos+veces|doble|desmay*|equivoc*|demasiada|mareo
brasero|estufa|caldera|chimenea|barbacoa|generador|garaje|carbon <> cabeza|vomit*|mare*|desmay*|sueno|nauseas
banera|tina|agua|piscina|alberca|pileta & cabeza+bajo|cabeza+debajo|bajo+el+agua|hundid*|boca+abajo|fondo|flotando
volc*|derram*|cayo|caido|echo|tiro|volteo ... olla|agua|cafe|te|sopa|aceite|caldo|leche|cazuela|sarten ... encima|
bebe|nino|nina|pierna*|mano|brazo|cara|pecho
encima <> olla|agua+hirviendo|agua+caliente|aceite|sopa|caldo|cazo|cafetera
sosa|cal|acido|lejia|cemento|pegamento|spray|salfuman|disolvente ... ojos|ojo|cara
mano|dedos|brazo|pie|dedo|pierna & atrapad*|pillad*|aplast*|enganch* & maquina|prensa|puerta|batidora|picadora|
rodillo|coche|cortadora|debajo|cinta
hueso & ve|veo|sale|fuera|asoma|blanco|se+ve
brazo|pierna|pie|tobillo|rodilla|muneca|cadera|hombro & doblad*|girad*|torcid*|al+reves|hacia+fuera|colgando|
deform* & hueso|grita|duele|cayo|caid*|resbal*|toca|mojado|no
dado+por+detras|choque|accidente|atropell*|golpe+con+el+coche|estrell* <> piernas|cuello|siento|brazos|sangre|cabeza|
mover|respir*
barriga|tripa|vientre|abdomen|panza|utero & dura|duro|piedra|tabla|durisim*|rigid*|desgarr*
desgarro|desgarron|rasgon|punalada|latigazo ... espalda|barriga|pecho|dentro|tripa|cabeza & sud*|tripa|barriga|dolor|
frio|dura
aguas|agua|liquido ... verde|verdes|marron|sucio
empujando|pujando|empuja|puja|coronando & mujer|coche|embaraz*|pareja|taxi|casa|bebe|parto|ella|novia
embarazada|embarazo|semanas <> estrellitas|luces|lucecitas|chispitas|borroso|vista|manos+hinchadas|cara+hinchada|
cabeza|tension|dura|fuerte+dolor
{es_bebe}|pequenin|chiquitin|criatura <> {es_no} ... quiere|toma|coge|mama|agarra|come|bebe ... biberon|leche|pecho|
teta|nada|toma & caliente|ardiendo|hirviendo|queja|duerme|fiebre|floj*|frio|horas|respira|despierta|dia
hirviendo|ardiendo|quema & nacido|bebe|meses|semanas|biberon|nina|nino|hijo|hija|peque*
fiebre|calentura|40|41 <> cosas+que|no+estan|alucin*|ve+cosas|delir*|desvari*|dice+cosas|habla+sol*|no+existen
ve|oye|dice ... cosas|gente|bichos ... no_estan|existen|hay
puntitos|puntos|manchas|manchitas|pintitas ... {es_no} ... van|quitan|desaparecen|borran|apret*|presion*
luz & molesta|duele|dano|soporta|fastidia & cuello|cabeza|fiebre|vomit*|nuca
corazon|pulso|latidos & salta|saltan|para|irregular*|brinca|fallos|descontrol*|loco|raro|pausas & negro|mareo|mare*|
desmay*|raro|debil|sud*|aire|pecho|vueltas
veo|ve|vista ... negro|borroso|nublad*|oscuro|todo+negro|doble
lo_veo_todo_negro
cayo|caid*|cai|resbal* <> levant*|frio|tirita|encontre|encuentro|horas|noche|anoche|muev*|grita|pierna|cadera|cabeza|
quieto
miedo <> mata|mate|volver+a+casa|pegue|pega|hace+dano|esta+fuera
me|nos|la|lo mata|matara ... si|esta|hoy|cuando+vuelva
tir*|tirado|rompi*|derrib*|echo ... puerta <> cuchillo|mata|pega|grita|miedo|marido|ex|borracho|pistola|martillo
lleva|tiene|coge|cogio|empuna un_cuchillo|una+pistola|cuchillo|navaja|arma
tendid*|tirad*|tumbad*|estirad*|desplomad* ... sala|suelo|calle|acera|bano|pasillo|ascensor|escalera & despierta|
responde|mueve|reacciona|sangre|inconsc*|senor|senora|hombre
tragar|traga|deglutir & no_puedo|puede|cuesta
saliva & cae|traga|tragar|puede
saliva ... cae|sale|chorrea
comiendo|comio|comida|bocado|uva|caramelo|salchicha|carne|trozo <> aire|respir*|ahog*|garganta|tos|morad*|azul|
atragant*|atasc*|pasaba|atorad*
rojo|roja|ronchas|habones|granos|colorad* & todo+el+cuerpo|entero|entera|por+todas+partes|todo & respir*|aire|
garganta|hinch*|mare*|labios|lengua
picado|pico|picadura|mordedura|picada & avispon|avispa|abeja|arana|medusa|alacran|serpiente & hinch*|aire|mareo|rojo|
desmay*|garganta|ronchas|respir*
{es_bebe} <> pila|moneda|iman|canica|boton|bolita|lego|cuenta ... boca|nariz|trag*|garganta
metio|metido|trago|tragado ... pila|moneda|iman|canica
diabetic*|diabetes|azucar|insulina <> sud*|raro|rara|raras|contesta|responde|confus*|tiembl*|desmay*|dormid*|
despierta|habla|agresiv*|vomit*|disparates
vomit*|devuelto|devolvi* ... oscuro|negro|marron|cafe|sangre|rojo|posos
contesta|responde|dice|habla ... cosas+raras|raro|rara|disparates|tonterias|al+azar|sin+sentido|incoherente|
barbaridades|cosas+extranas
disparates
dolor|duele ... insoportable|terrible|tremendo|atroz|brutal|desmayar|morir ... pecho|cabeza|barriga|tripa|espalda|
costado
dio|golpe|golpeo|golpearon|pegaron ... cabeza <> dormir|sueno|vomit*|confus*|sangre|recuerda|acuerda|mare*|raro
{es_no} ... acuerda|recuerda ... nada|quien|donde|golpe|paso
bici|moto|patinete|caballo|columpio|tobogan <> cayo|caido|cabeza|acuerda|recuerda|inconsc*|sangr*
no_se_tiene|sostiene|aguanta ... pie|sentad*|derech*
panal|compresa|sabana*|toalla|colchon & sangre
lo|la|le llamo|sacudo|zarandeo|toco|muevo|grito ... nada|reacciona|responde|contesta
no_mueve|dobla el_cuello
cuello & no+mueve|no+puede+mover|no+dobla <> luz|fiebre|vomit*|dolor
{es_tomado} ... mas|otras ... {es_pastillas} ... cuenta|debido|debia|normal|recetad*|tocaban|recetaron
{es_tomado} ... entera|entero|toda|todo|todas|todos ... caja|bote|frasco|tableta|blister|tubo
tonteria|estupidez|locura|barbaridad <> {es_tomado}|tomado|pastillas|cortado
dejo|deja|dejado|paro ... de hablar|responder|moverse|reaccionar|caminar|contestar|llorar|tragar
{es_no} {es_puede} !hablar|caminar|andar|moverse|moverme|tragar|levantarse|entender
ya_no puede|habla|camina|anda|responde|reacciona|mueve|traga|ve|oye|reconoce
mira|mirada|mirando ... vacio|nada|perdid*|techo|fija|fijo|ausente
{es_no} ... sabe|recuerda|dice|acuerda ... como_se_llama|su+nombre|mi+nombre|quien|donde+esta|que+dia|que+ano
caida|cayo|caido|golpe|porrazo|choque|golpeo <> raro|rara|sueno|dormid*|duerme|vomit*|confus*|palid*|pupil*|convuls*|
atontad*|aturdid*|ido|ida|mareo|adormil*
picado|pico|picadura|mordedura <> alergic*|adrenalina
abeja|avispa|avispon <> alergic*|hinch*|adrenalina
{es_bebe}|meses|dias|semanas <> llora|llanto|llorando|quejido & raro|rara|debil|agudo|diferente|distinto|gato|extrano|
inconsolable
tiembla|temblando|sacude|convulsa|vibra todo|toda|entero|entera|enterito|todo+el
hirviendo <> barriga|pecho|brazo|brazos|pierna|piernas|mano|manos|cara|espalda|cuello|pie|pies|cuerpo|bebe|nino|nina|
encima|cayo|volco|derramo|hijo|hija|cabeza
respira|respiracion|respirando|respirar & rapid*|deprisa|agitad*|superficial|ruidos*|corto|corta|acelerad*|cortad*
debajo|bajo del|el_agua
pasos|paso|frase|hablar <> aire|aliento|respirar|fatiga & sin|falta|quedo|quedarme|cuesta|parar
puso|puesto|quedo|quedado|pone|esta|volvio blanco|blanca|palido|palida|gris|amarillo|verde <> {es_malo}|aprieta|dice
aprieta|apretando|oprime|aplasta|estruja ... centro|aqui|dentro|medio|delante|todo & blanc*|sud*|dolor|aire|palid*|
fuerte|pecho|centro
mandibula|quijada|dientes|cuello|hombro <> hormigue*|brazo|hombro|sud*|pecho & dolor|duele|molestia
labios|unas|cara|boca|dedos <> azul|azules|azulad*|morados|moradas|morada|moradit*|violeta|grises
liquido|agua|aguas & perdido|roto|rompi|sale|pierdo|piernas <> empujar|pujar|contraccion*|embaraz*|semanas|meses|bebe
ganas|necesidad|siento|tengo ... empujar|pujar
corte|cortado|herida|tajo <> pararlo|parar|profund*|chorro|arteria|detenerlo|cortarlo
algo ... malo|grave|terrible|horrible & {es_chi}|pasado|paso|casa
{es_no} se|me tiene|tengo|sostiene|sostengo|mantiene ... pie|derecho & habla|balbuc*|raro|boca|confus*|cabeza|mare*|
brazo
pasos ... sin ... aire|aliento|ahog*
dos|pocos pasos <> aire|aliento|ahog*
ojos ... atras|vuelta|blanco|arriba
sangre & presion|borbotones|chorro|pulsos
{es_cara}|boca ... abajo|lado|fue+para|se+fue
bebe|parto|nino viene|viene+de|sale ... pie|piececito|nalgas|culo|cabeza|cordon
veo|asoma|sale ... piececito|cabecita|cordon
vapores|gases|humo & arde|toso|ahog*|garganta|mare*|quema
aplastad*|atrapad*|sepultad* ... tractor|coche|maquina|muro|camion|bajo|debajo
quemo|quemado|quemada ... cigarro|cigarrillo|cama|fuego
encontrar|encuentra|encuentro las|sus_palabras|palabra
cigarro|cigarrillo|vela|mechero ... quem*
fiebre|calentura <> {es_no} entiende|reconoce|sabe|conoce
pica|picor|hormigue*|arde ... boca|lengua|garganta <> voz|comer|pescado|nueces|aire|tragar|respir*
estalla|revienta|explota ... cabeza|lado
ducha|bano|habitacion|puerta <> no_abre|responde|contesta|oigo+nada
pastilla*|medicina|gotas|tension ... tres|cuatro|cinco|seis|diez veces ... error|equivoc*
de_parto
armario|nevera|estanteria|arbol|muro|pared|televisor|mueble ... cayo|encima|aplast*
pis_encima <> rigid*|tembl*|desmay*|confus*|puso|tiesa
dolor|duele ... tan|tanto ... no ... puedo|derech*|caminar|hablar|pie|dormir
dej*|deja|para ... de !sangrar
brecha ... cabeza|frente|ceja
vi|visto|vio ... caer|caerse|tirarse ... tejado|balcon|ventana|puente|escaleras
labios|lengua|cara|garganta ... enorme|enormes|gigante|pelota|globo
cuesta|cuestan ... encontrar|decir|hablar ... palabras|palabra
sacude|zarandea|agita <> bebe|nino|nina|recien & llora|cuando|lo|la
bebe|nino|nina <> sacude|zarandea
aspiro|aspirado|inhalo ... cacahuete|comida|trozo|moneda|mani|juguete
encerrad* ... cuarto|bano|habitacion & medicinas|pastillas|cuchillo|cuchilla|contesta
fiebre|fiebron|calentura <> cuello|nuca & rigid*|tieso|dur*
pastillas|pastilla|medicina|dosis|gotas ... tres|cuatro|dos|varias veces
nacido|bebe <> engancha|mama|come|succiona & fri*|no|dormid*|floj*
cabeza ... locura|muerte|reventar <> vomit*|luz|fiebre
fiebron <> cuello|rigid*|convuls*
nacido|bebe ... fri* ... engancha|mama|come|llora
azucar|glucosa <> bajo|bajisim*|alto|altisim*|entiende|raro|palid*
embarazada <> luces|destellos|borroso|doble
{es_bebe}|madre|padre|abuelo|abuela|marido|mujer|hermano|hermana ... {es_tomado} ... mis|sus|mi|su ... {es_pastillas}
lengua & trab*|enred*|pesad*|arrastr*
herida|puntos|cicatriz|operacion|operaron <> pus|fiebre|tirit*|escalofr*
corte|tajo|herida hondo|honda|profund*
corte|tajo ... no_para
nino|nina|nene|nena|hijo|hija|peque|bebe <> bote|frasco|blister|caja vaci*|abiert*
sonrie|sonrisa|sonreir <> un+lado|torcid*|media+cara
dado|dio|pillo|pillado|arrollo|arrollado un_coche|carro|moto|autobus|camion|furgoneta|patinete
humo ... partes|lados|denso|escalera|lleno
{es_no} ... moja|mojado|mojo ... panal
panal|panales seco|secos
sin_lagrimas
cortado|corte|corto|arrancado|arranco|rebanado|rebane|volado ... punta|pulgar|yema|falange
no_me|se_tengo|tiene|sostengo|sostiene en|de_pie
sacamos|sacaron|sacado|saque|saco ... piscina|mar|rio|pozo|banera
ve|viendo|oye|habla ... gente|personas|cosas|bichos|voces ... {es_no} ... esta|estan|existe*
setas|hongos & vomit*|diarrea|campo|barriga|mareo
bebe|nino|nina ... cayo|caido|rodado <> vomit*|raro|rara|sueno|palid*
arrastr* ... pierna|pie|brazo
pierna|brazo|pie|mano ... quedado|puesto|esta|puso fri*|blanc*|negr*|morad*|azul*|helad*
dolor|duele ... que+grita|grita|gritos|gritando|chilla
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
en_coma
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
{es_sangre} & {es_cuanto}
=sangre <> mareo|mareada|marea|desmay*|debil|palid*|blanc*|bano|compresa*|panal|embaraz*|sintrom
=tragado|=trago|=tragaron|ingerido|ingirio
{es_chi} ... en_el suelo|piso
{es_chi} ... tirado|tirada|tendido|tendida ... suelo|piso|calle
mordi*|mordido|mordio ... lengua
parada|paro_cardiac*|cardiorrespirator*|respirator*
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
quiero|quisiera|querria|gustaria|ganas|deseo|pienso|sueno|ojala|mejor|decidid*|necesito|entran|voy|tentacion|
pensado ... !{es_alla}
quiero|quisiera|mejor ... !irme|vaya|marche ... para_siempre|del+mundo|de+este+mundo|de+aqui+para+siempre
me_vaya|voy|ire|marche para_siempre
dorm* ... para_siempre|ya+esta|nunca+mas
preguntandome|pregunto|se ... para|por que ... despierto|vivo|existo|naci|respiro|levanto|sigo
vida ... error|fracaso|desastre|vacia|negra|pena|arruinada|rota|destrozada|basura|castigo & mi|vivir|soy|fin|todo|nada
soy|fui ... un|una !error|fracaso|desastre|nadie|estorbo|basura|cero|inutil
merezco ... morir|vivir|mundo|dolor|vida|existir|sufrir|nada|castigo
no_merezco
escrit*|dejad*|prepar*|escribi ... carta|cartas|nota|notas ... hijos|hijo|hija|madre|padres|mujer|marido|todos|
familia|mesa|nietos
espejo ... borrarme|odio|asco|desaparecer|romper
puente|balcon|barandilla|ventana|vias|azotea|acantilado|terraza|viaducto|anden ... salt*|volar|tirar*|lanz*|vacio|
ganas|entran|tentacion|borde|barandilla
no|ya+no hace|hago|sirvo|sirve falta|falta+que|nada|para+nada|a+nadie ... siga|sigo|aqui|vivir|este|nadie|nada
ya|he_vivido bastante|demasiado|suficiente
{es_no} ... vereis|veran|volveran+a+ver|volver+a+verme|vera|vereis|me+veras|volvereis ... mas
{es_no} ... {es_chi}|me|lo|la|nos veran|vera|veras|veremos|vereis mas
regal*|regalando|dando|dado|reparti* ... mis|mi|todas|todo ... cosas|ropa|libros|pertenencias|objetos & necesit*|
falta|adios|ya|no
me_odio|detesto|desprecio
perdi|murio|muert*|perdido <> irme_con el|ella
quiero|quisiera|gustaria ir|irme|estar|volver ... con el|ella|mi+madre|mi+padre|mi+marido|mi+mujer|mi+hijo|mi+hija|
mama|papa <> murio|muert*|perdi|falta|cielo|falleci*
decidid*|decision|decidi <> ultima|ultimo|noche|fin|acab*|ya+esta & ultima|noche|fin|acab*|vida|todo|ya
esta+noche|hoy|manana es|sera ... ultim*|fin|final|acab*
todo|vida|dentro|mundo|futuro ... negro|oscuro|vacio|gris|apagado & nada|nadie|no|solo|luz|sentido|retenga
oscuridad|tunel|pozo|abismo|agujero & salgo|salir|luz|hundo|fondo|caigo|sal*
nada|nadie ... me ... retenga|retiene|ata|queda|espera|sujeta|salva|detiene
pastillas|somniferos|caja|bote|cuchilla|cuerda|cuchillo|cinturon ... mano|delante|mesa|lista|preparad*|
mirando & que+hacer|se|pienso|acab*|dormir|todas|vida
somniferos|pastillas <> que+hacer|todas+juntas|para+siempre|acabar
estoy|soy de_mas|sobro
dios|senor|virgen ... llev*|lleve|llama|recoja|llevame ... ya|pronto|con+el|de+una+vez|me
busca|buscado|buscando|busquedas|historial|google ... como|formas|maneras ... morir|matar*|suicid*|quitarse|ahorcar*
si|cuando ... desapareciera|desaparezco|muriera|muriese|faltara ... nadie
nadie ... daria_cuenta|notaria|enteraria|lloraria|importaria
voy|va|vas_a_matar ... noche|hoy|manana|pastillas|todo
cortandome|cortandose|cortarme|autolesionandome
nada|nadie ... por+lo+que|por+quien|por ... pena|vivir|luchar|merezca|seguir
pienso|pensado|imagino ... como+seria|si+yo+no|mi+funeral|mi+muerte|no+estar|si+no+estuviera
como_seria ... sin_mi|si+yo+no|si+no+estuviera|muerto
quiere|queria|quisiera ... !irse|marcharse|morir|desaparecer|dormirse ... siempre|mundo
para|por que|qué vivo|existo|respiro
cansad*|hart*|agotad* ... de_todo <> acabe|acabar|termine|desaparecer|morir|rendir*|fin
solo|unicamente quiero ... !acabe|termine|pare|descansar
pensado|pienso|ganas|quiero|voy ... tomarme|tomar|tragarme ... todas|muchas|bote|caja|frasco
hecho|hice ... tonteria|locura|estupidez|barbaridad & pastillas|cort*|tomado|tome|voy|quiero
nada ... por_lo_que ... pena|vivir|valga|merezca
no ... nada|nadie ... pena|valga|vivir|merezca
mas|seria facil|mejor ... !morir|morirme|morirse|muerto|muerta
dios|senor ... no_me llevas|llevas|llev*|recoges
no_hay|tengo|existe|veo ... futuro|esperanza|salida ... para|mi|como+yo
quemo|corto|golpeo|arano ... me|para|mechero ... sentir|dolor|calmar*|castig*
me_quemo|corto|arano|golpeo con|para|cuando|los|las
despid* ... ninos|hijos|todos
despidio ... ninos|hijos|todos|familia
desaparec*|desaparecido ... carta|nota
sirvo ... para|que|nada|nadie|yo
no|ya+no ... encuentro|veo ... sentido|luz|salida|esperanza
pensando|pienso ... como !hacerlo|morir
cabeza|mente|pensamiento & =muerte|suicidio|acabar|morir
luz & final|tunel|veo|fondo
cuiden|cuidad|cuida ... hija|hijo|hijos|ninos|madre|perro & perdon*|adios|todo
dice|dijo|amenaza ... se|con tira|tirarse|mata|corta|ahorca|salta
se_tira ... si|dejo|ventana|puente
pastillas|cuerda|cuchilla <> limite|mesa|final|aguanto|listas
estoy|quiero|quisiera|ojala ... no+estuviera|no+estar|no+existir
preferiria|prefiero|mejor ... estar ... muerta|muerto
bonito|mejor|lindo|quisiera ... dorm* ... no|nunca ... volver|despertar*
escrito|escribi|deje|dejado ... mi|una|la !nota|carta+a+mis
compr*|buscado|preparad* ... cuerda|soga|veneno|cuchillas|pistola|somniferos
no ... quiero|quisiera ... llegar|ver|estar ... manana|navidad|cumpleanos|verano
vida ... !acabado|terminado|acabo|termino & mi|la
hacerme|hacer ... algo & pensando|pienso|quiero|podria
no|sin ... fuerzas|fuerza|ganas|energia ... vivir|seguir|levantarme
dejarme_ir|llevar
dejo|dejado|deje ... nota|carta ... encontr*|aparece|sabemos|contesta
guardando|guardado|acumul*|juntando|ahorrando|guarde ... pastillas|pastis|somniferos
miedo ... lo_que ... hacerme|pueda+hacer|puedo+hacer|podria+hacer
si|cuando desaparezco|desapareciera|muero|muriera <> mejor|todos|nadie|alivio
pastillas|pastis|somniferos ... no ... despert*
cuchilla|navaja|soga|cuerda|pistola|cuter ... la|las mano|manos|cuello
estoy|subid* en|al|sobre el|un|la puente|tejado|azotea|cornisa|viaducto
estoy en_las_vias
dano|cort*|herid*|lastim* ... proposito|adrede|aposta
nadie ... ayudar <> acabo|acabado|inutil|fin
espero|rezo|ojala ... morir|morirme|no+despertar
estaran|estarian ... mejor con ... abuela|abuelo|padre|madre|ella|el
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
no_me|se_estoy|esta|he|ha|siento ahog*|desmay*|asfixi*|muriendo|mareo
no|ni_me_estoy
no_vomito|vomita|sangro|toso|pierdo|tiemblo|es|son
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
no_se|me|te|le|lo|la|nos|les|os|puedo|puede|pueden|podemos|despierta|reacciona|responde|contesta|respira|mueve|habla|
siento|siente|consigo|consigue|quiero|tengo|tiene|hay|es|esta|veo|ve|para|deja|encuentro|encuentra|aguanto|soy|sabe|
reconoce|vale|entiendo|logro|logra|abre|come|llora|quiere|merezco|sirve|sirvo|queda|tenemos|recuerda|noto|nota|vuelve|
hace|hablo|soporto|estoy|camina|anda|bebe|mama|doy|importo|existo|deberia|haber
sin|nunca_poder|respirar|conocimiento|sentido|pulso|aire|aliento|parar|saber|fuerza|fuerzas|mi|ganas|dejar|salida|
motivo|reaccionar|responder|mover|moverse|moverme|sentir|querer|razon|esperanza|palabras|voz|habla|ella|el|despertar
"""

NOT_NEGATION = """
nunca ... asi|igual|tan|tanto|antes|fuerte
no_solo|solamente
nunca ... dolido
no_se|sé+que|entiendo|estoy+segur*
nadie ... lloraria|importo|menos
no_es ... normal
no dejo|paro|deja|para|puedo+parar de_pensar
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
precio*|factura|cuenta|presupuesto|coste <> !infarto|desmay*|sin+aliento|muert*|aire|ahog*|sincope|sangr*
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
peli|pelicula|serie|partido|equipo|concierto|chiste|libro <> !infarto|muero|mata|mato|mori*|risa
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
partido|penalti|final|estadio|gol|futbol <> !infarto|muero|desmay*|muere|ataque
calor|mosquitos|trafico|estres|espera|suegra|jefe|aburrimiento|colegio ... mata|matan|matar|muero
matar ... disgusto|risa|gusto|berrinche|mataria
mato|mataria|matarias ... por|cafe|cerveza|siesta
nariz tapad*|taponad*
ahog* ... nariz
disgusto ... mata|matar|muero
nariz <> !ahogando|respirar|respiro|ahogo
tarde|trafico|retraso|atasco|llegamos|autopista|parado <> !accidente|choque
plantas|planta|flores|movil <> !desmay*|desmayado|muerto|muert*
cort* ... pelo|unas|flequillo|puntas|barba
nariz <> ahogando|ahogo|respirar|respiro
me|se ahogando ... nariz
me_estoy ahogando ... nariz
mono|guapo|gracioso|lindo|bonito|jaja|jajaja ... !muero
dentista|anestesia <> !dormid*|boca|lengua|labio
infarto|ataque ... jaja|jajaja|jeje|broma
desaparecer ... lista|correo|newsletter|base+de+datos|datos|sistema
desaparecer de ... su
susto ... !para|paro|infarto|corazon
quiero|quisiera ... desaparecer|desaparezca ... lista|correo|datos|informacion
me_muero de ganas|risa|sueno|hambre|verguenza
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
curso|taller ... atragantamiento|reanimacion|auxilios
atragantamiento infantil
informacion|datos|historial ... !desaparezca|desaparecer|borre
quiero|quisiera ... desaparezca|desaparecer ... informacion|datos|historial
quiero|quisiera ... informacion|datos ... desaparezca|desaparecer
con_quien !hablo|hablar|hablamos
esto|cola|fila|nada|sala !no_se_mueve
tuve|tuvo|sufri|tuvimos un !accidente <> certificado|informe|justificante|seguro|parte
cola|turno|cita|hora|gente ... !sacarse|sacarme|sacar|sacarle_sangre
cola|gente ... para ... !sangre
!mucha|mucho cola|gente|espera
no|ni contesta|responde|coge|atiende ... telefono|movil|llamadas|mensajes|whatsapp|correo
sangre_oculta
"""

# Words of administration and prevention, which weaken the bare name of an emergency.
ADMIN = """
certificado*|formulario*|rehabilit*|fisio*|control|controles|revision|revisiones|visita|visitas|reserv*|pedir+cita|
cita|citas|baja|informe|informes|historia+clinica|historial|seguro|aseguradora|ingreso|ingresado|de+alta|el+alta|
curso|cursos|vacuna*|riesgo|riesgos|prevencion|prevenir|cribado|unidad|especialista|cuesta|precio|coste|tarifa|prueba|
pruebas|analisis|analitica|anular|cancelar|cambiar|aplazar|folleto|informacion|dieta|terapia|direccion|factura|
aparcamiento|aparcar|parking|horario|horarios|cardiolog*|neurolog*|receta|volante|charla|seminario|congreso|ayunas|
servicio|planta|seguimiento|consulta|despues+de|tras|en+caso+de|campana|asociacion|donar|donacion|minusvalia|
discapacidad|copia|documento*|tramite*|apunt*|inscrib*|dentista|anestesia|electro|electrocardiograma|doppler|tac|
resonancia|ecografia
hemograma|laboratorio|extraccion|muestra|colesterol|sacar+sangre|sacan+sangre
sacarme+sangre|sacarse+sangre|sacarle+sangre|sacarnos+sangre|saco+sangre|saque+sangre|saca+sangre|sacado+sangre
"""

AFTERMATH = """
despues|tras|post|secuelas|causa|revision|control|prevencion|recuperacion|recuperado|superviviente|seguimiento
"""

# One of these alone is ordinary; two of different kinds in one message are not (`emergency.py`).
SKIN = """
palid*|palidisim*|blanquec*|gris|cenicient*|cianotic*|amoratad*|azulad*|lividez|helad*|marmore*
blanc* & fri*|como|puesto|puso|sud*|quedo
rojo|roja|manchas|ronchas|granos ... todo|entero|entera|cuerpo|cara|moradas|partes
labios|unas|dedos & azul*|morad*|negr*|oscur*
piel ... rara|gris|manchas|fria|humeda|moteada
"""

BREATH = """
respir*|respiro|aliento|jade*|ahog*|asfixi*
pecho|torax|esternon
corazon|pulso|latidos|palpitaciones ... mil|loco|loca|salt*|vuelco*|raro|irregular*|fuerte|rapid*|brinc*
garganta|lengua|labios|boca ... cierr*|hinch*|arde|pica|picor|aprieta|apretad*|dormid*|hormigue*
tose|toso|tosiendo|tos ... sangre|sin+parar|ahog*|espuma
falta ... aire
voz ... va|ronca|quedando|perdi*|fue
"""

PAIN = """
dolor|dolores|duele|duelen|punzada*|colicos ... fuerte|fortisim*|atroz|insoportable|tremendo|repentino|muchisimo|
terrible|brutal|horrible|bestial|intenso|espantos*
gime|gimiendo|grita|gritando|queja|quejarse|quejandose|retuerce|agarra|aullando
dolor|duele|punzada* ... hombros|hombro|espalda|mandibula|costado|brazo|abdomen|cuello|barriga
muchisimo
barriga|cabeza|estomago|abdomen|tripa ... dur*|estall*|explot*|revient*|parte
dolor|duele ... tan|muy|fuerte|mucho
peso ... pecho|cabeza|estomago
agarra|sujeta|toca ... brazo|pecho|cabeza
dolor|dolores|duele|duelen|punzada|calambre|calambres
"""

MIND = """
confus*|confundid*|atontad*|aturdid*|adormilad*|ausente|delir*|desorientad*|desvari*|alucin*|ido|ida|embobad*|grogui
ya+no|no entiende|comprende ... nada|que|bien|me
desmay*|desvanec*|inconsc*|sentido|conocimiento
sueno|duerme|dormid*|somnol* ... mucho|siempre|raro|todo|despert*|demasiado|solo
apareci|desperte|encontre ... suelo|piso|cama
contesta|responde ... raro|mal|apenas|cosas|no
raro|rara ... comporta|esta|noto|habla|hoy|repente
cosas raras|extranas|sin+sentido
dice|habla ... cosas
"""

NEURO = """
cojea|cojeando|tambalea*|tropieza|arrastra ... pierna|pie|pared|hora|palabras|repente|anda
cojea|tambalea|balbucea
palabras|frases|palabra ... encontr*|decir|salen|come|rar*|confund*|cuesta
boca|parpado|ojo|mejilla|cara ... abajo|cierra|torcid*|cae|lado|fue|dormid*
lado|parte|mitad ... izquierd*|derech*|cuerpo|cara ... muert*|debil|pesad*|dormid*|siento|mueve|fuerza
lado|parte ... muert*|dormid*|debil|pesad*|mueve
vista|vision|veo|ve ... borros*|nublad*|doble|negro|mal+de+repente|manchas|destellos
no ... siento|mueve|muevo|levanta|sostiene|sostien* ... dedos|brazo|pierna|piernas|mano|manos|cabeza|pie|lado|brazos|
cara
hormigue*|entumec*|adormec* ... brazo|cara|mano|lado|pierna|lengua|labios|boca
cabeza|cuello ... cuelga|cae|sostiene
mareo|vertigo ... fuerte|vomit*|caigo|repente|mucho
cuesta ... palabras|hablar
cojea|cojeando
camina|anda ... torcid*|raro|mal|borrach*|lado
hormigue*
ojo ... cerrado|abierto
cuello|nuca ... rigid*|tieso|duro|mueve
rigid* ... cuello|nuca|cuerpo
luz ... mata|molesta|duele|soport*
piernas|pierna ... gelatina|fallan|doblan|tiemblan|plomo
mano|brazo|pierna ... no ... obedece|responde|hace
anda|camina ... derech*|recto
de locura|muerte
"""

FLUID = """
sangre|sangra|sangrando|sangro|hemorragia|coagulos
vomit*|devuelve|devolviendo|arroja
babea|babeo|baba|saliva|espuma
no ... orina|hace+pis|bebe|come|traga|mama
heces|caca|deposiciones ... negr*|sangre|alquitran
flujo|liquido ... rojo|marron|mucho
pis|caca|orina ... encima|negr*|sangre|cama
escup* ... rojo|sangre
"""

TRAUMA = """
cayo|caido|caida|resbalo|tropezo|cai|caerse
golpe|porrazo|patada|punetazo|choque|golpeo ... cabeza|estomago|barriga|espalda|cuello|pecho|costado|cara|fuerte|
recibi*
accidente|atropell*|aplast*|atrapad*|estrell*|apunal*|clavad*
clavo|vidrio|cuchillo|hierro|cristal ... pie|mano|ojo|pierna|clav*|pise|piso
quemo|quemad*|quemadura*|escald*
tenedor|dedos|dedo|destornillador ... enchufe|corriente|batidora
corriente|descarga|electrocut*|rayo
mordi*|mordio|mordida|mordedura ... perro|serpiente|lengua|animal|arana
brecha|tajo|corte ... cabeza|cara|mano|pierna|cuello|profund*
cayo|caido ... encima
me|le|nos pego|pegado|golpeo|empujo
caer|caerse ... tejado|ventana|balcon|arbol|moto
explosion|exploto
tendid*|tirad* ... escaleras|suelo|calle
sacude|zarandea ... bebe|lo|la|nino
"""

TOXIC = """
bebio|bebido|bebi|trago|tragado|ingerido|tomo|tomado|tome ... mucho|muchisimo|demasiado|lejia|medicina*|pastillas|
botella|liquido|algo|veneno|todo
respire|respiro|inhal*|aspir*|olio ... vapores|humo|gas|gases|spray|pegamento|pintura|polvo
caldera|estufa|brasero|gas|monoxido|chimenea ... huele|olor|fuga|encendid*|humo
extasis|cocaina|heroina|droga|drogas|porro|porros|mdma|fentanilo|marihuana
inyect*|pincho|chuto
picadura|pico|picado ... abeja|avispa|avispon|arana|medusa|alacran|insecto
avispon|vibora|alacran|escorpion
despues+de|tras ... pescado|nueces|cacahuetes|marisco|gambas|antibiotico|pastilla|vacuna|huevo|fresas|comer
medicinas|pastillas|medicamentos|gotas ... todas|demasiadas|equivoc*|mezcl*|doble|juntas|muchas|abuela|abuelo
vapores|gases
"""

FEVER = """
fiebre|calentura|temperatura ... mucha|alta|40|41|39|baja|delir*|escalofrios|muy
ardiendo|hirviendo
escalofrios|tirita|tiembla|temblando|tiritando
castanete*
"""

LIMP = """
flojo|floja|flacido|flacida|desmadejad*|lacio|inerte|desplom*
no ... sostiene|aguanta|mantiene ... cabeza|pie|derech*
no ... mueve|reacciona|responde|despierta|llora|levanta|mama|succiona
tirad*|tendid*|inmovil|en+el+suelo|en+el+piso
muy|tan debil|debiles
rigida|rigido|tiesa|tieso ... puso|quedo|como|toda|todo
suelo ... va|mueve
"""

FRAIL = """
recien_nacido|nacida
lactante|embarazada|embarazo|dio+a+luz|parto|pario
semana|semanas|mes|meses|dias ... vida|bebe|nina|nino|hijo|hija|embaraz*
embarazad* ... semanas|meses|semana
diabetic*|cardiopata|epileptic*|sintrom|anticoagulante*|quimio|trasplantad*
estoy|voy de ... meses|semanas
de ... meses|semanas
"""

SWEAT = """
suda|sudando|sudo|sudad*|sudor|sudores
"""

UNABLE = """
no {es_puede} ... hablar|levantar*|estar|mover*|abrir|despert*|caminar|andar|beber|tragar|doblar|ponerme|ponerse|
derech*|sosten*|ver|comer|parar|entender|sostenerse
no|ni ... tiene|aguanta|abre|oye|responde|contesta|habla|mueve|levanta|anda|camina|recuerda|ve|llora|come|bebe|oigo|
reconoce
dejo|dejado|deja ... de
"""

INTENSE = """
fortisim*|insoportable|atroz|tremend*|terrible|bestial|muchisimo|horrible|brutal|violent*|grave|gravisim*|fatal|
enorme|enormes|espantos*
de repente|golpe|pronto
no ... para|deja|pasa|cesa|quita
cada_vez mas|peor
tan|muy|demasiado|mas ... fuerte|mal|raro|rara|rapido
empeora*|peor|dondequiera
por_todas_partes
todo|toda|medio|media ... cuerpo|cara|pierna|brazo|boca|lado
hace|desde|llevo ... una_hora|hora|minutos|rato|anoche
"""

HELP = """
ayuda|ayudenme|ayudame|socorro|corran|rapido|auxilio
no se ... que ... hacer|hago
que hago|hacemos|debo+hacer
miedo|asustad*|aterrad*|preocupad*|panico|susto
creo|parece|temo ... algo|le+pasa|tiene|esta
algo ... pasa|mal|raro|malo|corazon|cabeza
"""

SELF = """
fracasad*|fracaso|inutil|estorbo|basura|asco|nadie+soy|perdedor
no ... valgo|sirvo|merezco|importo|cuento
carga|molestia|peso|lastre|molestar|estorbar ... todos|nadie|familia|hijos|para|ser|a
para|de que sirvo|valgo
odio ... mi|vida|misma|mismo|me
culpa ... mia|toda
"""

END = """
=morir|=muerte|muriera|suicid*|funeral|entierro|tumba|=cielo|morirme
estar|estuviera|mejor|estaria =muerto|=muerta
adios
para siempre
dejar|acabar|terminar|acabe|termine|cesar ... sufrir|sufrimiento|dolor|todo|luchar|respirar|existir|vivir
rindo|rendirme|tiro+la+toalla|me+rindo
cerrar|cierro ... ojos
desaparec*|desaparecer|esfum*
ultim* ... vez|noche|dia|mensaje|adios
no ... ver|quiero|llegar ... otro|manana|mas|navidad
dios|senor|virgen ... llev*|llevas|recog*|recoja
vida|vivir|existir|existencia
"""

HOPELESS = """
no ... puedo|aguanto|soporto ... mas
no|ni|nada|sin ... sentido|futuro|esperanza|salida|motivo|razon|fuerzas|ganas
cada_dia ... igual|peor|tortura
cansad*|hart*|agotad*|vaci* ... de|todo|dentro|siempre
todo ... negro|oscuro|inutil|perdido|acabado|vacio|gris
basta
solo|sola ... nadie|siempre|mundo|completamente
nadie|alguien ... me|importa|entiende|vendria|quiere|escucha|mi
vacio|oscuridad|desesper*|angustia ... dentro|siento|estoy|me
lloro|llorar|llorando ... siempre|dias|noche|parar|todo
sufr*|dolor|mal ... dentro|alma|calma|sentir
"""

MEANS = """
balcon|puente|vias|tren|ventana|azotea|volante|acantilado|anden
cuchilla|cuchillas|soga|cuerda|pistola|munecas|venas|mechero|somniferos
pastillas|pildoras ... todas|mano|delante|contad*|guardad*
corto|cortar*|quemo|quemar*|aruno ... me|brazos|piernas|piel|mechero|sentir
conduzco|coche|curva|arbol|camion ... volante|estrell*|ojos|muro|contra
"""

FAREWELL = """
carta|cartas|nota|testamento ... dejo|dejado|escrit*|encontr*|adios|hijos|todos
despidi*|despid*|dijo|dicho|despedi* ... adios|todos|para+siempre|ninos|hijos
tengo|dejo|deje|dejado ... todo ... preparad*|list*|arreglad*|orden
cuiden|cuidad|cuida ... hijos|perro|gato|madre|ellos
perdon* ... todo|todos|adios|familia|no
regal*|doy|dado ... mis+cosas
desaparecido|fue|marchado|salio ... carta|nota|mensaje
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
concurso concursos maternidad materna materno desearia deseo desea aterrada aterrado aterrador tratar cobrada cobrado
"""
