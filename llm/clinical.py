"""Recognise a question about health itself (symptoms, medicines, doses, results), which only a nurse or doctor may answer.

Word lists in Italian, English and Spanish; standard library only. What concerns the desk (when, where, how much, a visit
for a complaint, results to be fetched) is no clinical question, whatever illness it names.
"""

from __future__ import annotations

import re

from llm.folded import folded


def is_clinical(words: str) -> bool:
    """Say whether a text asks or tells about symptoms, medicines, doses, or what results mean."""
    text = folded(words)
    if any(pattern.search(text) for pattern in _SURE):
        return True
    return bool(_COMPLAINT.search(text)) and not _DESK.search(text)


def _any(words: str) -> str:
    """Return a pattern for one of these; a plus between two words joins them ("side+effects")."""
    return f"(?:{_JOINED.sub(' ', '|'.join(words.split()))})"


_JOINED = re.compile(r"\+(?=[a-z0-9])")


_GAP = r"(?: [a-z0-9]+){0,5} "
_NEAR = r"(?: [a-z0-9]+){0,3} "

_MEDICINE = _any(
    r"ibuprofen\w* tachipirin\w* paracetamol\w* cortison\w* antibiotic\w* aspirin\w* cardioaspirin\w* pastigli\w*"
    r" pillol\w* compress[ae]"
    r" farmac[oi] medicin[ae] medicinal[ei] gocce sciropp\w* colliri\w* crema pomata antidolorific\w* antinfiammator\w* insulin\w*"
    r" eparin\w* coumadin sintrom warfarin anticoagulant\w* vaccin[oi] integrator\w* antistaminic\w* antidepressiv\w* lassativ\w*"
    r" cerott[oi] metformina eutirox betabloccant\w* statin\w* moment oki brufen augmentin terapia steroid\w*"
    r" melatonina ansiolitic\w*"
    r" medication\w* medicine\w* meds drug drugs pill pills tablet\w* drops syrup cream ointment painkiller\w* anti+inflammator\w*"
    r" antihistamine\w* blood+thinner\w* vaccine\w* supplement\w* inhaler metformin statins? heparin treatment sleeping+pills?"
    r" ibuprofeno paracetamol aspirina antibiotico\w* pastilla\w* pildora\w* medicamento\w* medicina\w* jarabe colirio"
    r" pomada insulina"
    r" analgesico\w* antiinflamatorio\w* gotas crema vacuna anticonceptiv\w* tratamiento heparina nolotil omeprazol\w*"
    r" amoxicillin\w* amoxicilina"
    r" contraccettiv\w* cortisona enalapril tranquillant\w* sonnifer\w* lisinopril naproxen\w* voltaren diclofenac"
)
_TAKING = _any(
    r"prend\w+ assum\w+ sospend\w+ smett\w+ interromp\w+ dimenticat\w+ saltat\w+ mescol\w+ bere alcol\w* allatt\w+"
    r" vomitat\w+ preso presa presi due+volte finit\w+"
    r" effett\w+ reazion\w+ controindicazion\w+ consigli\w+ dose dosi dosaggio aumentar\w+ diminuir\w+ ridurre cambiar\w+"
    r" insieme nausea metto mettere scad\w+ continuar\w+ iniziar\w+ raddoppiar\w+ sbagliat\w+ digiuno+o stomaco+pieno"
    r" gravidanza incinta"
    r" take taking took stop stopping quit missed miss forgot mix drink alcohol breastfeed\w* side+effects? dose dosage"
    r" recommend should increase reduce double interact\w* together works? effect rash unwell sick put apply"
    r" pregnan\w+ continue start safe"
    r" tomar tome tomado dos+veces tomo tomado tome tomarme tengo+que+tomar debo+tomar dejar dejo dejarlo suspender olvide olvidado mezclar"
    r" beber efectos? dosis recomiend\w+ aconsej\w+ aumentar"
    r" reducir pongo poner mal reaccion juntos embaraza\w+ seguir doy dar give darle gli+do dare"
)
_RESULT = _any(
    r"esami esame analisi referto referti risultat[oi] valor[ei] colesterolo glicemia ferritina emocromo trigliceridi globuli tsh psa"
    r" pressione nodul[oi] tampone emoglobina creatinina transaminasi piastrine potassio sodio ves pcr ecografia biopsia risonanza"
    r" results? report value values cholesterol triglycerides ferritin sugar glucose blood+pressure hemoglobin"
    r" haemoglobin white+blood+cells"
    r" platelets nodule biopsy scan test tests levels? creatinine"
    r" resultado\w* analisis analitica informe valores? colesterol ferritina trigliceridos glucosa tension hemoglobina"
    r" plaquetas biopsia"
    r" ecografia prueba nodulo azucar"
)
_MEANING = _any(
    r"normal[ei]? significa\w* significan vuol+dire alt[oiae] bass[oiae] preoccupa\w* pericolos[oiae] spiega\w*"
    r" legger\w+ leggete interpret\w+ tanti grav[ei]"
    r" dicono strano strani fuori+norma sballat[oi] anomal[oi] brutt[oi] malign[oi] benign[oi] positiv[oi] negativ[oi] buon[oi]"
    r" mean means meaning high low worry dangerous explain interpret too+high bad serious abnormal good negative positive understand"
    r" normales alt[oa]s? baj[oa]s? explic\w+ peligros[oa]s? grave graves mal[oa]s? buen[oa]s? preocup\w+ entiendo anormal\w*"
)
_SYMPTOM = _any(
    r"dolor[ei]? doloretti male mal febbre febbricola tosse tossi\w+ nausea vomit\w+ diarrea vertigin\w+ giramenti"
    r" capogir\w+ prurit\w+"
    r" prud\w+ bruci\w+ gonfi\w+ arross\w+ sanguin\w+ sangue macchi[ae] boll[ae] sfogo eruzion\w+ raffreddor\w+"
    r" influenza stitic\w+ crampi"
    r" palpitazion\w+ formicol\w+ fischi\w+ infezion\w+ infiamma\w+ pus livid\w+ stanc\w+ debol\w+ svenimen\w+ mal+di+\w+ ferita"
    r" insonnia catarro cistite afta ascesso brividi sudor\w+ orticaria acne tremor\w+ ciclo ustion\w+ scottatur\w+"
    r" pizzic\w+ secrezion\w+"
    r" pain\w* hurts? hurting ache\w* aching fever temperature cough\w* nausea nauseous vomit\w* diarr?h?o?ea dizz\w+"
    r" itch\w* burn\w* swollen swelling"
    r" bleed\w* blood rash spots? cold flu constipat\w+ cramps? palpitations? tingl\w+ infect\w+ pus bruis\w+ tired"
    r" weak headaches? migraine"
    r" sore wound red numb unwell sick lump discharge insomnia blister\w* stiff\w* stomach+ache period chills"
    r" duele duelen doliendo arde arden ardor dolor\w* fiebre tos tose tosiendo nauseas vomit\w+ diarrea maread\w+ mareos? pic[ao]r? picor"
    r" hinchad\w+ sangr\w+ manchas? erupcion"
    r" resfriad\w+ gripe estrenid\w+ calambres palpitaciones hormigueo infeccion moraton\w* cansad\w+ debil herida"
    r" migrana garganta+inflamada"
    r" granos ampollas ronchas escalofrios insomnio escozor pinchazos bulto regla urticaria"
)
_SUFFERS = _any(
    r"ho mi ha abbiamo hai sento sente sto sta da dopo perdo soffro soffre avverto accuso continua+a gli le a+mio a+mia mio mia sono"
    r" i+have ive i+ve i+m im my i+feel feel feeling has had have since after keeps? got he she suffer\w* been"
    r" tengo tiene me le siento estoy desde despues mi sufro llevo he se"
)

_PRESCRIPTION = _any(r"ricetta ricette prescri\w+ recet\w+ prescription")
_PREGNANT = _any("incinta pregnant embarazada allatto breastfeeding gravidanza")
_WHICH = _any("che quale quali quanta quanto what which how+much how+many que cual cuanta cuanto cuantas")
_IS = _any("e is es sono are it")
_ODD = _any(r"normale normal pericoloso dangerous peligroso grave contagios\w+ contagious")

_SURE = tuple(
    re.compile(pattern)
    for pattern in (
        rf" {_MEDICINE}{_GAP}{_TAKING} ",
        rf" {_TAKING}{_GAP}{_MEDICINE} ",
        rf" {_WHICH}(?! cost| viene| vengono| cuesta| vale| is | are ){_NEAR}{_MEDICINE} ",
        rf" {_PRESCRIPTION}{_NEAR}{_MEDICINE} ",
        rf" {_RESULT}{_GAP}{_MEANING} ",
        rf" (?!preocc|worr|preoc){_MEANING}{_NEAR}(?:i |il |la |le |my |the |this |mis |el |los |quel |that |ese )?{_RESULT} ",
        rf" {_IS} {_ODD} ",
        rf" {_PREGNANT}{_GAP}(?:posso|can|puedo|devo|should|debo|se puo|fare) ",
        rf" (?:posso|can i|puedo|se puo|si puo)(?: [a-z0-9]+){{0,4}} (?:doccia|shower|ducharme|sport|guidare|drive|conducir|"
        r"lavorare|correre|allattare|breastfeed|"
        rf"dar el pecho|sole|nuotare|swim|volare|fly|alcol|alcohol){_GAP}(?:intervento|operazione|surgery|operation|"
        r"operacion|estrazione|extraction|extraccion|punti|"
        r"stitches|antibiotico|antibiotics?|vaccino|vaccine|vacuna|biopsia|biopsy|anestesia) ",
        r" (?:togliere|levare|remove|take out|quitar|quitan|quitarme|tolgono)(?: [a-z]+){0,2} (?:punti|stitches|puntos|"
        r"medicazione|dressing|gesso|cast|drenaggio) ",
        r" (?:saltato|ritardo|late|missed|retraso)(?: [a-z]+){0,3} (?:ciclo|period|regla|mestruazioni) ",
        rf" {_RESULT}{_NEAR}(?:e|is|es|a|at|of|di|de|sono) \d{{2,3}} ",
        r" (?:pressione|blood pressure|tension|glicemia|colesterolo|cholesterol|sugar)(?: [a-z]+){0,3} \d{2,3} ",
        r" (?:febbre|temperature|temperatura|fiebre)(?: [a-z]+){0,3} (?:a |of |de )?[34]\d+ | [34]\d+ (?:di|de|of)"
        r" (?:febbre|fiebre|fever) ",
        r" (?:cosa|che) (?:faccio|devo fare|posso prendere|posso fare) .* (?:febbre|tosse|dolore|male|nausea|vertigini) ",
        r" (?:effetti collaterali|side effects?|efectos secundarios|controindicazioni|contraindications?) ",
        r" (?:sintomi|symptoms?|sintomas) ",
        r" (?:mi sento|sto|mi sono sentit[oa]|me siento|me encuentro|i feel|i am feeling|im feeling|feel) (?:molto |tanto |"
        r"muy |very |so |really )?"
        r"(?:male|mal|unwell|sick|ill|dizzy|faint|weak|debole|debil|terrible|awful) ",
    )
)
_COMPLAINT = re.compile(
    rf" {_SUFFERS}{_NEAR}{_SYMPTOM} | {_SYMPTOM}{_NEAR}(?:da|dopo|from|since|for|desde|despues|after|quando|when|cuando|"
    r"ogni|every|cada|non passa|persiste|wont|se me quita|se le quita|al|alla|ai|agli|on|en) "
    rf"|^ (?:ho |i have |tengo )?{_SYMPTOM} [.!?]? ?$"
)
_OF_THE_DESK = _any(
    r" sick+note bot robot menu operatore operador prenot\w+ appuntament\w+ visita visite specialista ritir\w+"
    r" impegnativa orari\w* quanto+costa costo prezzo disdi\w+"
    r" spostar\w+ annull\w+ scusi scusate controllo fattura certificato fate siete portale posto+libero book\w*"
    r" appointment\w* visit see+a cancel\w* move reschedul\w+ referral price how+much+is do+you+do specialist invoice"
    r" certificate cita citas reservar pedir+hora consulta especialista cancelar cambiar+la precio certificado sono+mancat\w+"
    r" sangue+per prelievo esami+del+sangue blood+tests? analisis+de+sangre mi+dispiace i+m+sick+of sick+and+tired sorry"
    r" stanco+di stanca+di tired+of fed+up cansad[oa]+de a+meno+che male+al+telefono trattat\w+ fa+niente"
    r" sto+aspettando"
)
# What the desk answers, whatever illness is named beside it.
_DESK = re.compile(rf" {_OF_THE_DESK} ")
