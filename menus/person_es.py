"""Spanish ways to ask for a person, to refuse one, and to speak of one. Written for `menus/phrases.py`, read by `menus/person.py`."""

from __future__ import annotations

GROUPS = {
    # Who can be talked to.
    "es_quien": "persona|personas|prsona|personal|alguien|algien|alguno|humano|humana|humanos|operador|operadora|operadores|agente|"
    "encargad*|responsable|recepcion|recepcionista|secretari*|administracion|administrativ*|enfermer*|enfermeria|doctor|doctora|"
    "medico|medica|facturacion|contabilidad|director|directora|supervisor*|jefe|jefa|ustedes|usted|vosotros|gente|centralita|"
    "mostrador|oficina|atencion+al+cliente|atencion+al+paciente|companer*|empleado|empleada|asesor|asesora|gerente|ser+humano|"
    "matrona|comadrona|coordinador*|equipo|quien|clinica|consulta|departamento|caja|admision|admisiones|informacion",
    # Whom one can simply ask for.
    "es_uno": "persona|prsona|humano|operador|operadora|agente|alguien|recepcion|recepcionista|secretaria|encargado|encargada|"
    "responsable|enfermer*|enfermeria|administracion|facturacion|contabilidad|ser+humano|centralita|supervisor|admision|empleado|"
    "oficina+de+facturacion|departamento+de+facturacion|asesor|asesora",
    "es_quiero": "quiero|quisiera|querria|queria|queremos|necesito|necesitamos|necesitaria|deseo|desearia|prefiero|preferiria|busco|"
    "solicito|exijo|pido|dame|deme|denme|dadme|me+gustaria|gustaria|me+urge|requiero|mandenme|quero|nesesito|nececito|kiero",
    "es_hablar": "hablar|hablarle|hablarles|ablar|hablr|halbar|charlar|conversar|platicar|comunicarme|comunicarnos|chatear|consultar|"
    "dialogar|tratar|hablarlo|hablarte|contactar",
    "es_pasar": "pasame|paseme|pasenme|pasadme|pasarme|paseis|paseme+con|ponme|pongame|ponganme|ponedme|ponerme|comuniqueme|"
    "comuniquenme|comunicame|comunicarme|conectame|conecteme|conectenme|transfierame|transfiereme|transferirme|derivame|deriveme|"
    "pasarnos|conectarme",
    "es_llamar": "llamarme|llamarnos|contactarme|telefonearme|atenderme|responderme|contestarme|ayudarme|escribirme|rellamarme|"
    "explicarme|contactarnos|informarme",
    "es_maquina": "bot|bots|robot|robots|maquina|maquinas|contestador|chatbot|ia|automatico|automatica|automaticos|automaticas|"
    "computadora|ordenador|algoritmo|maquinita",
}

WISH = """
{es_hablar} con|cn|a ... {es_quien}
{es_hablar} con|a_un|una|el|la|los|las|algun|alguna ... {es_uno}
{es_quiero}|puedo|podria|podriamos|podemos|pudiera|dejeme|dejame|dejenme|como|posible|quiera|puede hablar|hablarle|hablarles|
ablar|charlar|platicar
{es_hablar} por_telefono
hablar de_viva_voz
con_quien puedo|podria|puede|hablo|tengo+que hablar|contactar|comunicarme
con_quien_hablo
{es_pasar} con|a|al ... {es_quien}
{es_pasar} {es_uno}
me =pasa|=pasas|=pasan|=pasais|=pone|=pones|=ponen|=poneis|=comunica|=comunican|=conecta|=transfiere|=deriva con|a|al ... {es_quien}
puede|puedes|pueden|podria|podrias|podrian|podeis|podriais pasar|poner|comunicar|conectar|derivar|transferir ... {es_quien}
puede|puedes|pueden|podria|podrias|podrian|podeis|podriais|alguien ... {es_llamar}
me puede|puedes|pueden|podria|podrias|podrian|podeis|podriais =llamar|=contactar|=telefonear|=atender|=responder|=rellamar
me =llamais|=llamas|=llamarian|=llamariais|=rellamais
=llamame|=llameme|=llamenme|=llamadme|=contactenme|=contactame|=contacteme|=contactadme|=telefoneenme|=rellamadme|
=respondanme|=atiendanme
que me|nos =llamaran|=llamasen|=llamaseis|=llamarais|=llamaras|=contactaran|=atendieran
me|nos =atiende|=atendera|=ayuda|=responde|=contesta|=atienden persona|alguien|humano|operador|agente
me|nos =llamara|=contactara|=llamase un|una|el|la|alguien
me =llaman|=llamais_ustedes|vosotros
=ayudeme|=atiendame|=respondame|=ayudenme|=atiendanme alguien|persona|operador
queja|reclamacion|reclamo con ... {es_quien}
que me =llame|=llamen|=llameis|=llames|=contacte|=contacten|=atienda|=atiendan|=responda|=respondan|=conteste|=contesten|
=ayude|=ayuden|=telefoneen
espero|esperando|solicito|quiero|necesito|pido su|una|la|vuestra llamada
devuelvanme|devuelvame|devolverme|devolvedme|devuelven|devolver|devuelvas|devuelvan ... llamada
ser contactad*|llamad*|atendid*
me =llame|=llamen|=atienda|=atiendan|=responda|=conteste|=ayude|=contacte alguien|una+persona|un+humano|un+operador|
la+enfermera|una+enfermera|el+medico|recepcion
{es_quiero} {es_uno}
{es_quiero} ... persona|atencion|asistencia|ayuda|agente|operador|trato real|humana|humano|verdad|personal|viva|carne
{es_quiero} ... ayuda|asistencia|atencion ... persona|alguien|operador|agente|humano|enfermer*
hay|existe|=estas|=esta|habra|tienen|teneis|tienes ... alguien|operador|operadora|agente|recepcionista|humano
hay|existe|habra ... persona|enfermer* real|humana|ahi|disponible|detras|verdad|atienda|hable|pueda|puede|conteste
alguien ... =puede|=podria|=pueda|ahi|=responde|=atiende|=lee|=contesta|=ayuda|disponible|=ayudarme
=eres|=es|=sois|=son|=estoy|=hablo ... persona|humano|humanos|alguien real|verdad|humano|persona|robot|bot
=eres|=sois|=es+usted un_humano|humana
persona|humano|operador|agente|asistencia|ayuda|atencion|trato real|humana|humano|verdad|carne|viva
de_carne_y_hueso
operador|operadora|persona|humano|agente|enfermera|recepcion|recepcionista por_favor|porfavor|porfa|ya|ahora
contacto|contactar|comunicacion|comunicarme con ... {es_quien}
atencion_al cliente|paciente|usuario
"""

NO_MACHINE = """
no|sin|basta|nada+de|odio|harto|harta|cansado|cansada|paso+de|deja|dejen|detesto ... {es_maquina}
no quiero|me+gusta|entiende ... {es_maquina}
"""

REFUSAL = """
no|tampoco|nunca ... quiero|quisiera|necesito|hace+falta|deseo|me+interesa|requiero|busco|prefiero|haria+falta
no_me|nos llamen|llameis|llames|llame|llamen|pasen|pases|contacten
no_hace_falta
no_hablar|platicar|charlar|llamar
no_pueden|puede|podeis|puedes llamarme|contactarme|telefonearme
no_es_necesario
sin {es_hablar}|llamar|pasar|esperar
sin_necesidad_de
en_vez|lugar_de
"""

ASKING = "quiero|quisiera|puedo|podria|necesito|prefiero|pasame|paseme|deme|dame"
TURN = "pero|sino|solo|mejor"

ELSEWHERE = """
puedo|podria|se|debo|tengo+que|puede|habla|hablan|hablais hablar|atender|en ingles|espanol|italiano|frances|aleman|catalan|
ruso|chino
hablar|habla|hablan en_ingles|espanol|italiano|frances|aleman|catalan
cuantas|cuantos personas|gente
numero|horario|horarios|telefono|direccion|correo|email|mail|donde|hora|cuando|abre|abren|cierra|nombre|apellido|
ubicacion ... recepcion|
administracion|secretaria|enfermeria|oficina|mostrador|persona|facturacion|encargado|responsable
recepcion|administracion|secretaria|enfermeria|oficina =abre|=abren|=cierra|=esta|=dijo|=me|=ha
=hable|=hablado|=hablamos|=hablaba|=hablo|=hablaste|=hablaron con|ayer
ya =hable|hablado
se =llama|=llaman
me =llamo|=llamaba|=llamaron|=llamasteis|=llamo+ayer
la|las|otra|esa persona|personas que|con
persona|personas de_contacto|confianza|referencia
persona|personas mayor|mayores|dependiente|autorizada|mas
hay|habra|son|somos|van muchas|mas|cuantas|pocas|dos|tres personas
alguien antes|delante|conmigo|detras
alguien =llamo|=me+llamo|=mas|=que+conozco|=de+mi
=hay|=habra|=tienen|=teneis alguna|algun ... medico|medica|doctor|doctora|dermatolog*|ginecolog*
puedo|puede ir|venir|entrar|acompanar*|llevar|traer ... alguien|persona
"""

BARE = """
{es_uno}|atencion+humana|personas|humanos|agentes|operadores|personal+humano
persona|operador|agente|atencion real|humana|humano|verdadera
"""
POLITE = (
    "por|favor|porfavor|porfa|gracias|hola|un|una|el|la|los|buenos|buenas|dias|tardes|noches|si|ya|ahora|real|humana|humano|de|con|"
    "urgente|algun|alguna|departamento|oficina|facturas|verdad|a|ayuda|necesito|carne|hueso|y|verdadera|al"
)

RECEPTION = "recepcion*|=secretaria|=secretarias|=secretario|mostrador|centralita|=admision|=admisiones"
BILLING = (
    "facturacion|contabilidad|=factura|=facturas|=cobro|=cobros|=cobrado|=pago|=pagos|reembolso*|=administracion|"
    "administrativ*|=caja|=recibo|=recibos"
)
NURSING = "enfermer*|enfermeria"

REAL = """
enfermedad enfermedades enfermo enferma enfermos enfermar personal personales persona personas hablas habla hablan hablo
hable hablado
llamo llama llaman llamas llame llamen llamada llamadas llamado llamar pasado pasar pasa paso pasos pasan puesto humor humo
operacion
operaciones operar operado operada opera recibir recibido recibo receta recetas recepcion contrato contratos contacto contar contaba
factura facturas alguna algunas alguno algunos medicina medicinas medicamento consulta consultas consultar clinica maquina
administrar doctorado secreto pongo pone poner pasta persona responde responder respuesta llevar llegar tratar tratamiento quien
quienes equipaje caja cajas informe informes agenda gente gentes mayor mejor
"""
