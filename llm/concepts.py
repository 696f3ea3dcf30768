"""What words of three languages have in common: "disdire", "call off" and "anular" are one concept, so an example helps all.

A concept is a list of words. `prenot*` is any word that begins so, `sala_attesa` words one after the other. All is folded,
and double letters are written once. A word may belong to several concepts; no concept decides anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from llm.words import undoubled

_LISTS: Mapping[str, str] = {
    # -- appointments
    "book": "ricever* receive_me ricevermi visitare visitarmi visitarla vedermi see_her see_him see_me be_seen get_seen verla verlo verme take_a_look farmi_vedere far_vedere combinar* organizz* get_me_in get_in_with sign_me prenot* fissar* fissa fissate fissarmi fisserebbe prendere_appuntamento prendere_un_appuntamento book booking schedule "
    "scheduling reserv* pedir_cita pedir_hora pido_cita pido_hora coger_cita coger_hora agendar apuntar* apunta apunto turno_para "
    "concertar sacar_cita sacar_hora sacar_turno set_up squeeze_me fit_me sign_me put_me_down segna segnarmi inserire mettermi "
    "metta_in_lista inserirmi iscriver* sign_up farmi_visitare farsi_vedere farsi_visitare make_an_appointment arrange fix_up "
    "riservar* pedirla pedirlo solicitar_cita solicitar",
    "make": "fare faccio prendere ottenere avere make get have hacer hacerme hacerse tener dar dare dan pedir pido take see vedere",
    "appointment": "apuntament* apuntamen* apunt apointment* apoint* cita citas sita visit* consult* hora_con ora_con controllo "
    "control* revision* check_up checkup chequeo seduta sedute session sesion* sessions incontro follow_up controlli revisi* "
    "screening_visit turno",
    "exam": "ecografi* eco ecocolor* doppler risonanz* resonanc* rmn mri tac ct scan radiografi* x_ray xray rx ultrasound* "
    "mamografi* mammogra* mamogram* prelievo prelievi esame esami exam* analis* analitic* blood_test* test tests prueb* "
    "extraccion* elettrocardiogram* ecg electro* holter colonscop* colonoscop* gastroscop* moc densitometri* smear pap "
    "citologi* sangue sangre blood tampone urine orina urina biopsi* spirometr* lastra lastre placas audiometri* ekg emogram* "
    "endoscop* citolog* tiroid* prova_da_sforzo stress_test elettromiograf*",
    "specialist": "cardiolog* dermatolog* ortoped* ginecolog* gynecolog* gynaecolog* gyn* oculist* oculistic* eye_doctor "
    "oftalmolog* ophthal* fisioterap* fisio physio* fisiatra endocrin* urolog* otorino* otorinolaring* neurolog* pediatr* "
    "paediatr* nutrizion* nutric* dietista dietician dietitian psicolog* psycholog* reumatolog* pneumolog* gastroenterolog* "
    "traumatolog* dentist* odontoiatr* dermo podolog* logoped* geriatr* alergolog* allergolog* internist* medicina_interna "
    "specialist* especialista skin_doctor ostetric* midwife matrona medico dotor* dottor* doctor* physician gp pediatra",
    "free": "prima_possibile as_soon_as soonest earliest cuanto_antes quanto_prima_poss lo_antes_posible in_giornata urgent* urge posto posti disponibil* liber* hueco* slot slots availab* opening openings vacancy space spaces sitio free buco "
    "buchi spazio room_for any_room primo_posto first_available fits_me_in earliest_you",
    "new": "nuovo nuova nuovi new nuev* prima_visita first_visit primera_visita primera_consulta primera_cita prima_volta "
    "first_time primera_vez another_one un_altra_visita otra_cita",
    "need": "serve servirebbe bisogno necesit* need needs necesari* ocor* hace_falta dovrei devo must have_to has_to tengo_que "
    "deve tiene_que",
    "mine": "mio mia miei mie my mi mis our nostro nuestra suo sua",
    "had": "ho_una_visita ho_la_visita ho_apuntamento ho_un_apuntamento ho_l_apuntamento avevo tenia had tengo_cita "
    "tengo_consulta tengo_la_cita tengo_una_cita tengo_hora prenotato prenotata prenotati prenotate booked reservado reservada "
    "reservadas gia already ya fissata fissato preso existing mio_apuntamento mia_visita my_appointment my_visit mi_cita "
    "mi_consulta existente scheduled citado citada programada programado pendientes upcoming coming_up risulto risulta "
    "registrato registrata apuntado apuntada segnata segnato",
    "recall": "ritrovo trovo_piu find_the encuentro_el memo segnato written_down non_so_piu no_se_si non_mi_ricordo ricord* recuerd* remember* remind forgot forgotten dimenticat* scordat* olvid* acuerd* scordo confondo lio "
    "perso_il_foglietto lost_the_card perdi_el_papel non_so_quando non_so_a_che_ora don_t_know_when no_se_cuando rinfresc*",
    "confirm": "just_checking still_on checking_i giusto_o correct correcto verdad_que era_il o_il conferm* confirm* valida valido still_on sigue_en_pie buon_fine went_through verific* comprobar compruebe "
    "controllare check_if double_check is_it_still still_happening salio_bien va_bene_per ci_saro be_there estare",
    "when": "quando when cuando che_ora what_time que_hora che_giorno what_day which_day que_dia date data fecha orario dia giorno "
    "quand",
    "which": "quale quali which cual cuales",
    "agenda": "elenco list lista riepilogo summary resumen upcoming futuri future prossim* proxim* next program* miei_apuntamenti",
    # -- moving and cancelling
    "move": "spost* rinvi* rimand* posticip* antici* reschedul* resched* rescedul* move moved moving postpon* put_off push_back "
    "push put_back bring_forward aplaz* posponer pospon* retras* atras* adelant* reprogram* riprogram* mover mueva muevan cambi* "
    "canvi* canbi* change changed changing switch swap modific* modify slittar* slitta traslad* delay rebook redate shift "
    "diferir differire edit alter rearrange rearange re_arrange re_schedule scambi*",
    "instead": "invece instead posto_di place_of vez_de lugar_de rather al_posto piuttosto",
    "other_time": "later_in_the altro_momento coincid* clash* sovrappon* overlap* incompatib* conflict altro_giorno altra_data altro_orario altra_ora another_day other_day different_day different_date another_date "
    "another_time other_time different_time different_slot otro_dia otra_fecha otra_hora otro_horario otro_momento earlier "
    "sooner later mas_tarde mas_temprano antes_posible piu_tardi piu_presto prima_possibile another_slot altri_giorni "
    "un_altra_data altre_date other_dates otras_fechas nueva_fecha nuova_data new_date new_time next_week_instead "
    "giorno_diverso data_diversa orario_diverso fecha_distinta dia_distinto alternative alternativa dopodomani",
    "cannot_come": "non_posso_venire non_riesco_a_venire non_riesco_ad_arrivare non_potro non_vengo non_verro non_ci_saro "
    "can_t_come can_t_make won_t_be won_t_make not_coming not_going_to_make can_t_attend unable_to_attend unable_to_come "
    "won_t_come no_puedo_ir no_podre no_voy no_ire no_estare no_llego non_riusciro non_ce_la_faccio non_faccio_in_tempo "
    "no_puedo_asistir can_t_be_there not_be_able imprevisto imprevist* something_came_up non_mi_presento no_me_presentare "
    "won_t_show not_able_to_come no_podemos_ir non_possiamo_venire can_t_get_there non_riusciamo no_vamos no_acudire "
    "non_posso_piu_venire can_t_make_it won_t_make_it not_attend doesn_t_suit doesn_t_work_for no_me_viene_bien "
    "non_mi_va_bene unavailable",
    "cancel": "bail lasci_stare lasciate_stare dejelo dejenlo forget_about leave_it no_need_for borren borre annullata scrap_it skip_it void remove_the_booking take_out_my tolga_la togliere_la elimine bórreme cancelada anulada disd* anul* anull* cancel* cance* canse* cancle* cansel* call_off calling_off call_it_off elimin* remove_my "
    "delete_my borrar_cita quiten quitar quitenme take_me_off take_off_my scrap withdraw dar_de_baja rinunc* renunci* give_up "
    "cancelacion cancell* drop_my quit_my quiteme desmarcar get_rid rid_of togliere toglietemi tolga togliete cancellation "
    "disdetta disdeta rescind* eliminar borren_la borrela free_up lascio_libero dejo_libre giving_up baja",
    # -- place and hours
    "open": "passare_oggi pasar_hoy come_by_today fino_a_che_ora how_late hasta_que_hora apert* aprite aprono apre open opens opening abren abre abiert* apertura aprire abrir aprite apren",
    "close": "chius* chiud* close closes closed closing cierran cierra cerrad* shut cerrar chiudono",
    "hours": "orari orario hours horario horarios timetable times opening_hours opening_times fascia",
    "where": "dove where donde ubicacion location located posizione sede sedi branch site centro_mas address direccion indirizz* "
    "indiriz* via calle street mappa map mapa navigatore gps dov directions adress postcode maps whereabouts trovate "
    "encuentran find_you raggiung* reach_you llegar arrivare arrivo_da_voi como_llego come_arrivo get_there get_to_you piano "
    "floor planta ingresso entrance entrada edificio building civico ambulatorio portal strada camino",
    "parking": "parchegg* parking park aparc* parcheg* garage estacion* car_park auto_per posti_auto coche car macchina aparcar",
    "transport": "pullman corriera coach scendere get_off bajo tube_stop autobus bus metro tram treno train tren stazione station estacion mezzi transport* subway fermata stop_in_front "
    "parada stops tube underground ferrovia pullman navetta shuttle taxi bici bike",
    "access": "girello gradin* andador step walking_frame ascensor* elevator lift carrozz* wheelchair* silla_de_ruedas sedia_a_rotelle disabil* disabled discapac* "
    "accessib* acesib* rampa ramp scale stairs escaleras steps gradini barriere stampelle crutches muletas deambulatore walker",
    "holiday": "festiv* ferragosto natale christmas navidad pasqua easter pascua capodanno holiday holidays bank_holiday ponte "
    "puente agosto domenica sunday sundays domingo domingos sabato saturday saturdays sabado sabados patrono epifania",
    "contact": "telefono phone telephone email mail correo fax pec numero_di_telefono phone_number teléfono_de recapito",
    # -- insurance
    "insurance": "asegurad* asicurat* assicurat* welfare benefit benefits insured employer empresa azienda_ci lavoro_ci rimborso_diretto voucher_dell insurers partner_of asicur* assicur* insur* insuranc* insurenc* segur* aseguradora* poliz* policy poliza* mutua* mutue fondo "
    "fondi fund funds health_plan plan convenzion* convension* conveni* concert* agreement in_network out_of_network copay "
    "copago deductible franchigia franquicia cobertura coverage underwriter preautoriz* pre_authori* autorizzazione "
    "autorizacion direct_billing in_forma_diretta network provider rete_convenz* cuadro_medico mutuabile ssn nhs "
    "seguridad_social servizio_sanitario asl cover covered covers cubre cubierta copre coperta claim medicare medicaid "
    "presa_in_carico esenzione exemption exencion",
    "insurer": "unisalute metasalute generali allianz alianz axa bupa aetna cigna sanitas adeslas asisa mapfre dkv caser "
    "previmedical rbm blue_cross blue_assistance blue_shield zurich aviva vitality wpa humana muface isfas mugeju aegon fasi "
    "fasdac faschim fasda fondo_est sanimpresa poste_asicura reale_mutua intesa_san aon united_healthcare kaiser anthem "
    "fiatc nectar helvetia divina_pastora santalucia occident mgen axa_ppp april cattolica sara vittoria unipol unipolsai "
    "quas casagit enpam cassa_mutua emapi faschim metlife cassagest sanarti sanilog fasa fasiopen newmed coopersalute "
    "imq medicus hna mgs igualatorio",
    # -- getting ready
    "fast": "digiun* fast fasting ayun* ayunas empty_stomach stomaco_vuoto estomago_vacio",
    "prepare": "prepar* get_ready getting_ready istruzion* instruccion* instruction* instruct* dieta_prima preparaz* prep",
    "bring": "portar* porto portarmi portarsi bring llevar llevo llevarme llevamos porta traer traigo con_me occorre_portare "
    "take_with_me dietro carry",
    "paper": "curante letter gp_s foglio_del papel_del richiesta_del richiesta hoja request_form document* documento* papeles papers paperwork impegnativ* volante referral ricetta receta prescri* prescrizion* "
    "richiesta_medico tessera carta_identita id_card dni pasaporte passport carnet modulo delega form consenso_informato "
    "health_card tarjeta_sanitaria autorizacion_firmada peticion id_document identity codice_fiscale",
    "before": "prima antes before previo la_sera_prima night_before noche_antes mattina_del morning_of",
    "eat": "mangiar* mangio eat eating comer comida desayun* colazione breakfast bere bevo bevi drink drinking beber bebo acqua "
    "water agua caffe coffee cafe cenar cena dinner digerire masticare chewing gum fumare_prima",
    "garment": "lenti lentes lentillas contact_lenses orecchini earrings pendientes trucco make_up maquilla* smalto crema "
    "vestir* wear ropa togliere_gli take_out quitarme shave afeitar* radermi vescica bladder vejiga gioielli jewel*",
    # -- money
    "invoice": "fatur* factur* invoice* invoic* ricevut* recipt receip* receipt* recibo* ricevuta quietanza scontrino "
    "justificante_de_pago proof_of_payment comprobante bill bills statement intestat* intestazione 730 tax taxes tasse "
    "renta hacienda dichiarazione detra* desgrav* deduct* commercialista accountant gestor iva vat partita_iva estratto "
    "detraibil* itemised itemized dichiarazione_dei_redditi declaracion",
    "pay": "spread_the dilazion* fraccion* few_months in_piu_volte mobile_pay col_telefono con_el_movil pag* pay paying paid pays payment* pay_by bancomat carta_di_credito credit_card card tarjeta tarjeta_de_credito "
    "contanti cash efectivo bonific* transfer transferencia satispay paypal bizum apple_pay google_pay pos datafono "
    "instal* rate plazos rata debit iban contactless postepay cheque assegno saldat* saldar settle owe debo owing pagos "
    "installment* pagare acconto deposit caparra",
    "price": "mi_viene_a_costare viene_a_costare saldria saldra costar costare set_me_back quanto_verrebbe spesa gasto pricey quanto_chiedete cuanto_piden quanto_costa quanto_costano quanto_viene quanto_vengono quanto_si_paga quanto_pago costo costi prezz* price prices "
    "pricing cost costs how_much cuanto_cuesta cuanto_cuestan cuanto_vale cuanto_cobran precio* tarif* tariff* fee fees "
    "preventivo quote presupuesto sconto sconti discount* descuento* euro euros charge_for cuanto_sale che_costo listino "
    "gratis_o cuanto_es costoso expensive caro cheap cuanto_me_costaria costerebbe",
    "refund": "rimbors* refund* reembols* money_back rivoglio_i_soldi devolv* devuelv* devoluc* soldi_indietro restitu* "
    "reimburs*",
    "charge": "addebit* charged charge cobrado cobraron cargo overcharged doppio twice dos_veces due_volte sbagliat* solec* "
    "solecito sollecit* reminder_but overdue importe importo amount amounts sospeso pendiente outstanding balance impago "
    "debito deuda debt",
    # -- results
    "result": "biopsia biops* tac_ radiografia_ fetch_my print stampare imprim* asterisc* esito_ refert* referti result* resutl* risultat* esit* esito informe informes report reports outcome resultad* "
    "resultao* istologico histolog* risposte_degli risposte respuestas_de cartella_clinica historia_clinica medical_record* "
    "medical_records cd_ dischetto disco_del disc_of risposta_esami findings lab_results rezult* resulta responses "
    "tests_back back_yet",
    "ready": "pronti pronto pronte pronta ready list* listos listas usciti arrivat* arriv* come_back came_back back_yet "
    "han_llegado ha_llegado llegan llega salido in_yet disponibili_online disponible_en",
    "portal": "portal* portale sito web website online password contrasena codice_per code codigo login log_in log_on entrar "
    "accedere accedo acceso access_my enter scaricar* scarico download* descarg* pdf link enlace clave credenzial* "
    "fascicolo carpeta app_ spid sign_in logged username account_",
    "collect": "fetch ritirar* retirar recoger ritir* collect* pick_up picking_up recog* recoj* pasar_a_por prendere_il_referto a_por_el pick",
    # -- waiting
    "queue": "packed busy_there llenisim* ressa tanta_gente mucha_gente how_many_still quanti_ne cuantos_quedan cuantos_faltan coda code_ fila file_ queue queues line_ cola colas in_line long_line a_line waiting_line affollat* crowded busy "
    "full lleno llena gente people persone personas crowd folla afollat*",
    "wait": "attes* ates* atesa aspett* aspet* wait waiting waits waited espera esperar esperando esperamos esperado "
    "sala_attesa sala_d_atesa waiting_room sala_de_espera sala_d_aspetto waiting_area sala_aspetto",
    "turn": "turno tocca toca my_turn next_in mi_toca mi_chiamano chiamano chiamat* calling called llaman llamen llamado numero "
    "number numerino ticket biglietto ticket_ tagliando numeri tabellone board pantalla screen display prima_di_me ahead_of_me "
    "before_me in_front_of_me delante_de_mi antes_de_mi antes_que_yo davanti_a_me turn saltato skipped skip mancano faltan left",
    "late_doctor": "running_to_time indietro_stamattina behind_schedule puntuale ritardo late_today retraso running_late running_behind indietro behind delayed delay_today puntual* on_time "
    "va_tarde in_orario a_tiempo retrasad*",
    "now": "adesso now ora ahora momento moment stamattina this_morning esta_manana oggi today hoy right_now subito "
    "in_questo_momento proprio_ora ahorita",
    "here": "sono_qui sono_in im_here i_m_here i_m_in estoy_aqui estoy_en sono_arrivat* arrived ya_he_llegado seduto sitting "
    "sentado qui here aqui sono_gia_qui he_llegado siamo_qui we_re_here been_here",
    # -- tips
    "advice": "consigl* consil* consej* conseg* tip tips advice advise advis* recomend* recommend* suger* sugger* sugest* "
    "suggest* dritta dritte idee idea ideas idee_per pointers trucchi tricks trucos guida guide guia opuscol* leaflet* "
    "folleto* consigliate aconsej* hints",
    "wellbeing": "ripos* rest descans* winding unwind rilass* acostarse bed letto sugary active attiv* muover* moverme movimento movement moverse russ* snor* ronca* mindful* concentr* abitudin* habit* habitos bevand* colest_dieta fast_food vegetar* vegan* protein* calori* dorm* sleep* sonno dormir sueno insonn* insomn* addormentar* adormentar* smettere_di_fumare stop_smoking "
    "quit_smoking dejar_de_fumar fumar fumare smoking smoke sigarett* cigaret* cigarill* cigarros tabaco tobacco stress estres "
    "ansia relax* rilass* relaj* meditaz* meditat* yoga camminare walking caminar passi steps_a pasos correre running run_ correr "
    "ginnastica exercise* ejercicio* esercizi* workout gym sport deporte attivita_fisica atividad actividad_fisica palestra "
    "dieta diet alimentazione aliment* nutrition nutricion fruit frutta fruta verdur* vegetable* sale_ salt sal zucchero sugar "
    "azucar alcol alcohol sano sana healthy health saludable salute salud vida_sana stile_di_vita lifestyle estilo_de_vita "
    "benessere wellbeing wellness bienestar prevenz* prevent* prevencion vaccin* vacun* screening cribado* invecchiare ageing "
    "envejecer dimagr* adelgaz* lose_weight losing_weight perdere_peso bajar_de_peso peso weight in_forma fit en_forma "
    "energia energy stanchezza_generale postura posture schiena_dritta heat_wave caldo calor sole_ sun_ sol_ proteg* "
    "colazione_sana fibra fibre idratar* hydrated hidrat* snack merenda spuntin*",
    # -- feedback
    "complain": "rushed fretta despach* poor muy_mal malament* unsatisf* insoddisfatt* insodisfat* badly male_organizz* peggio rudely ignored ignorat* ignorad* freddo_il_medico scandalos* inadeguat* approssimativ* reclam* lament* complain* complaint* queja* quejarme protest* segnalar* segnalaz* report_a report_an denunc* "
    "vergogn* shame disgrac* verguenza vergonz* scandal* escandal* schifo disgust* asco inacetabil* unacceptable unaceptable "
    "inaceptable intoler* terribl* awful horribl* horror pesim* pessim* worst peor fatal malisimo malissimo malisim* disaster "
    "disastro desastre delus* disappoint* dissapoint* decepcion* indignat* indignad* furious arrabbiat* arabiat* angry "
    "enfadad* disserviz* maleduc* maledut* scortes* rude rood antipatic* unprofessional mal_educ* sporc* sucio sucia dirty "
    "filthy useless incompetent* ridicol* ridicul* shambles joke_this presa_in_giro tomadura insodd* unhappy not_happy "
    "not_satisfied insatisf* non_sono_contento no_estoy_contento non_sono_soddisfat* trattat* treated trataron bad_experience "
    "mala_experiencia trattamento poor_service tratado never_again mai_piu nunca_mas sgarbat* brusc* offes* insult*",
    "praise": "tesoro star_ sol_ angelo angel absolute_star diteglielo diganselo tell_her tell_him thankful grateful agradecid* riconoscent* super_ meraviglios* encantador* recommend_you grazi* ringrazi* thank* gracias agradec* compliment* congratul* felicit* enhorabuena bravi brava bravo bravissim* "
    "gentil* kind lovely amable amables encanto wonderful excellent exelent* excelente ottim* great_experience great_service "
    "well_done good_job professionali* profesional* contento contenta happy_with benissimo stupend* estupend* eccezional* "
    "excepcional outstanding brilliant fantastic* superb stelle stars estrellas muy_bien_atendid* trovat*_bene trovata_bene "
    "trovato_bene looked_after impeccabil* impecable maravill* meravigli* delicat* atentos praise elogi*",
    "opinion": "perche_non_mettete why_don_t_you por_que_no_ponen sarebbe_bello would_be_nice estaria_bien servirebbero potreste_mettere could_you_add pongan mettete_delle giochi toys juguetes recension* review* resena opinion* opinar comment* coment* feedback suggeriment* sugerimento sugerencia "
    "suggestion* proposta propuesta proposal improve migliorare mejorar consiglierei dovreste you_should deberian questionario "
    "sondaggio_sulla survey_about encuesta_sobre rating voto parere_sul",
    # -- language
    "language": "lingua lingue language languages idioma idiomas lengua lingva idiom",
    "tongue": "italian italiano inglese ingles english spagnolo spanish espanol frances* french tedesco german aleman arabo arabic "
    "arabe cinese chinese chino rumeno romeno romanian rumano portoghese portuguese portugues castellano ucraino ukrainian "
    "russo russian ruso albanese polish catalan",
    "speak": "parl* speak* habl* scriv* write escrib* capisc* understand* entiend* rispond* reply answer contest* respond* "
    "comprend*",
    # -- privacy
    "privacy": "derecho_de_supresion diritto diritti obbligat* obligad* obliged right_to_be derecho my_rights legge_sulla privacy privacid* riservat* riservatez* confidential* confidencial* gdpr rgpd lopd hipaa informativa consens* "
    "consent* consentimiento anonim* anonym* cifrat* cifrad* encrypt* criptat* crittograf* data_protection proteccion_de_datos "
    "protezione_dei_dati titolare_del_trattamento data_controller segret* secreto tutela_dei_dati",
    "personal_data": "dati data datos personal_data dati_personali datos_personales mie_informazioni my_information mi_informacion "
    "information_about informazioni_su informacion_de su_di_me about_me sobre_mi de_mi_ chat conversazion* conversation* "
    "conversacion* cronologia history historial profilo profile perfil messaggi_che scrivo i_write escribo",
    "keep": "conserv* keep kept stored store stores salv* salvat* saved guardan guardado guarden guardad* tenete archiv* "
    "registrate record_ graban legge leggono reads read_ lee leen vede see_my ven vedono sells vend* sell venden share shared "
    "condivid* comparten accesso_ai access_to terzi third_part* terceros passate_i delete erase borr* cancellate_i cancellare_i "
    "olvid* forget_my dimenticate eliminare_i eliminar_mis wipe",
    "machine": "sistema_automatico automated_system un_programma a_program un_programa ordenador artificial* robot bot bots machine macchina maquina computer computadora ordenador intelligenza_artificiale "
    "artificial_intelligence inteligencia_artificial ai ia automatic* automated umano_o human_or chatbot risponditore",
    "safe": "sicur* secure safe safely seguro_escribir es_seguro segura fidarmi fido trust fiar fio protett*",
    # -- frequent questions
    "company": "sorella sister hermana fratello brother hermano assist* present presente sit_in stare_con_me stay_with estar_presente accompagnat* accompagn* acompan* companion with_me come_with conmigo con_me come_along someone_with "
    "entrare_con come_in entrar_con badante carer cuidadora assistere in_due marito_puo puo_entrare entrare enter_with "
    "venire_con insieme together mia_moglie my_wife mi_mujer relative parente familiar",
    "minor": "adolescent* teenager teen figlia daughter minoren* minor under_age underage under_18 menor* figlio bambin* child children kids kid hijo hija nino ninos nina "
    "nipote grandson granddaughter nieto neonat* baby bebe passeggino stroller pram buggy carrito ragazz* teenager solo alone "
    "on_his_own by_himself unaccompanied genitor* parents padres",
    "pet": "cane cani dog dogs perro perros perrito* gatto cat gato animal* pet pets mascota*",
    "wifi": "wifi wi_fi internet wireless",
    "facilities": "bar_ cafeteria cafe_ distributor* macchinetta vending armadiet* locker* taquilla* bagno toilet* bathroom bano "
    "allattare breastfeed_room cambiador changing_room fasciatoio mascherin* mask* mascarilla ristorante_interno prayer "
    "presa_corrente charge_my_phone caricare_il_telefono acqua_in_sala",
    "duration": "quanto_dura how_long_is how_long_does_a how_long_does_the how_long_will_the cuanto_dura dura duration durata "
    "last_long durano takes tarda_la cuanto_tarda_la how_long_is_a",
    "arrive": "fill_in_forms rellenar compilare get_there_early llegar_antes antes_para anticipo early earlier_should antelacion quanto_prima how_long_before cuanto_antes presentarmi show_up turn_up "
    "presentar* arrivare_prima arrive arrivo llego llegar_antes minuti_prima minutes_before check_in",
    "tardy": "in_ritardo sono_in_ritardo faccio_tardi i_m_late i_am_late i_m_running arrive_late tarde llego_tarde retraso late "
    "tardi tardare ritardo minuti_di_ritardo minutes_late perdo_la_visita lose_my_slot",
    "interpreter": "interpret* traduc* traductor* translator mediator* mediador* lingua_dei_segni sign_language lengua_de_signos",
    "faq": "faq domande_frequenti frequent_questions frequently_asked preguntas_frecuentes common_questions domande_comuni",
    # -- persons
    "person": "persona umano umana human person operator* operatrice operadora agent agente qualcuno someone somebody alguien "
    "addetto impiegat* responsabile manager encargado anybody anyone essere_umano representative direttric* director* "
    "supervisor",
    "reception": "segreteria segretari* segretria reception receptionist recepcion accettazione front_desk centralino secretary "
    "secretaria sportello mostrador desk",
    "talk": "parlare parlarne talk speak hablar conversar discutere discuss discutir chiamare richiam* chiam* call ring phone_me "
    "llam* contatt* contact* contact_me passi passate passarmi pasen paseme pasenme put_me_through connect* collegami "
    "ricontatt* telefonat* telefonare sentire hear_from transfer_me ponga ponme pongame conectame",
    "office": "amministrazione administr* administracion contabil* accounting accounts facturacion fatturazione billing "
    "ufficio_fature ufficio_amministrativo finance ragioneria tesoreria cassa caja cashier ufficio oficina department "
    "dipartimento invoicing collections cobros",
    "lost": "left dimenticai mi_sono_dimenticat* cellulare_in scarf_in reloj orologio watch_in ring_in anello anillo libro_da_voi dimenticato_l dimenticato_il dimenticato_la lasciato left_my forgot_my deje me_deje olvide_el olvide_la perso_un "
    "lost perdi_un lost_property oggetti_smarriti ombrell* umbrella paraguas giacca jacket chaqueta occhiali glasses gafas "
    "sciarpa scarf bufanda portafogli* wallet cartera borsa bag bolso orecchino telefono_da_voi chiavi keys llaves cappello "
    "cappotto abrigo coat trovat*",
    "certificate": "datore_di_lavoro employer_that in_writing foglio_per papel_para ero_da_voi i_was_with estuve_ahi proof documento_per_il_lavoro certificat* certificado* attestat* giustific* justific* sick_note note_for medical_certificate relazione "
    "lettera_del letter_from carta_del_medico presenza attendance asistencia malattia inps",
    "record": "aggiornar* update actualiz* cambiato_numero changed_my_number new_address moved_house mudado mi_sono_trasferit* "
    "anagrafic* ficha scheda nome_sbagliato corregg* correct corrij*",
    "supplier": "fornitor* supplier proveedor corriere courier mensajero curriculum cv assum* hiring lavorare_da_voi "
    "trabajar_con_ustedes vacancies candidatura job_opening stage tirocinio internship colleg* informatore",
    # -- clinical
    "symptom": "bruciore heartburn ardor acidit* reflusso reflux crampo neo_che mole lunar gonfiore respiro_corto sanguinament* stitichezza eczema acne foruncolo verruc* herpes afta lividi dolor* dolori male mal fa_male fanno_male mi_fa_male duele duelen dolore pain painful ache* hurt* hurts sore "
    "febbre febre fever fiebre temperatur* tosse cough* tos nause* vomit* vomito threw_up diarre* diarrea diarrhea stitic* "
    "mareo* maread* dizzy dizziness gira_la_testa vertigin* gonfi* swollen swelling hinchad* prurit* itch* prude pica picor "
    "brucia bruci* burn* escuece arde arden rash eruzion* erupcion sarpullido macchie manchas spots arrossat* rossa redness "
    "roja enrojecid* livid* bruise* moraton ferita wound herida suda sudoraz* sweat* tremor* brivid* chills escalofrio* "
    "bulto lump nodulo noduli sangra sangui* bleed* pus infett* infect* infeccion infezione raffreddor* cold_ resfriado "
    "influenza flu gripe congest* stanc* tired_all fatigue cansancio formicol* tingling hormigueo crampi cramps calambres "
    "mal_di_testa headache jaqueca emicrani* migraine allergi* alergi* alerg* reazione reaction reaccion sintom* symptom* "
    "insonnia palpit* pressione_alta tosse_secca punto points stitches puntos cicatric* scar fascia bendaggio venda bandage "
    "cerotto plaster medicazion* dressing",
    "body": "testa head cabeza schiena back_ espalda gamba gambe leg legs pierna ginocchio knee rodilla spalla shoulder hombro "
    "stomaco stomach estomago pancia belly barriga tummy gola throat garganta orecchio ear oido occhio occhi eye eyes ojo ojos "
    "pelle skin piel dente tooth diente denti braccio arm brazo mano hand piede foot feet pie pies cuore heart corazon collo "
    "neck cuello dito finger dedo naso nose nariz petto chest pecho seno breast mama polmon* lung anca hip cadera caviglia "
    "ankle tobillo",
    "medicine": "medicin* farmac* medicament* medication* meds pill pills pillola pillole pastigli* pastilla* compress* tablet* "
    "capsul* antibiotic* tachipirin* paracetamol* ibuprofen* aspirin* cortison* sciroppo syrup jarabe gocce drops gotas "
    "dose* dosi dosis dosaggio dosage posolog* milligram* mg insulin* eparin* heparin anticoagul* blood_thinner* statin* "
    "pomata cream_ crema_ ointment puntura_ iniezion* injection* inyeccion terapia therapy tratamiento cura_ treatment "
    "side_effect* effetti_collaterali efectos_secundarios sospender* stop_taking dejar_de_tomar smettere_di_prendere prendo "
    "assumere vitamin* integrator* supplement* omeprazol* augmentin amoxicil* metformin* cardioaspirin* oki moment enantyum "
    "nolotil antidolorific* painkiller* analgesic* antistamin* antihist* antiinflamm* antinfiamm* vaccino_ ansiolitic*",
    "condition": "incint* pregnan* embaraz* gravidanza allatt* breastfeed* dar_el_pecho diabet* ipertes* hypertens* hipertens* "
    "pressione blood_pressure tension colesterol* cholesterol glicem* blood_sugar glucos* valor* value values ferritin* "
    "emoglobin* hemoglob* piastrin* platelet* globuli glob* transamin* tsh creatinin* linfonod* lymph* ganglio* normale normal "
    "alto alta high bassa basso low preoccup* worry worried preocup* significa mean means signific* quiere_decir interpret* "
    "diagnos* sintomo grave serious",
    # -- danger
    "danger": "infarto heart_attack ictus stroke derrame svenut* svengo svien* faint* desmay* passed_out perso_i_sensi "
    "conoscimiento conocimiento incosc* unconscious inconsc* non_respira not_breathing no_respira can_t_breathe "
    "non_riesco_a_respirare no_puedo_respirar soffoc* choking suffocat* ahog* ambulanz* ambulanc* ambulancia emergenz* "
    "emergency emergencia suicid* ammazz* uccid* kill* matarme matar morire morir die dying muriendo morendo farla_finita "
    "end_it end_my_life quitarme_la_vida overdose sobredosis convuls* seizure* crisi_epil* epilep* anafil* anaphyl* emorrag* "
    "hemorr* haemorr* candeggina bleach lejia avvelen* poison* envenen* dolore_al_petto chest_pain dolor_en_el_pecho "
    "dolor_de_pecho bocca_storta boca_torcida drooping slurred labbra_gonfie soccorso socorro 112 118 911 999 "
    "tagliato_le_vene vivere_piu mi_taglio cutting_myself",
    # -- spam
    "earn": "guadagn* earn ganar_dinero gana ganancias dinero money_from soldi_facili easy_money rich ricco rico rendiment* "
    "return_ rentabil* profit* invest* inviert* invierte bitcoin crypto* cripto* trading forex azioni_ prestit* loan loans "
    "prestamo* mutuo_ credito_facil casino bonus bono bet scommess* apuestas lotter* lottery loteria vinci vinto won ganado "
    "premio prize premios winner ganador vincitor* eredita inheritance herencia principe prince iphone gift_card buono_regalo "
    "voucher_ tarjeta_regalo soldi_ money",
    "sell": "visibilit* visibilid* pacchett* packages paquetes_de social_media social redes_sociales selezionat* selected seleccionad* buono_spesa vale_de voucher_tap congratulations felicidades_has complimenti_sei clicca_sul tap_the offert* offer oferta* promozion* promo promotion* promocion* scont* discount_on rebajad* wholesale ingrosso "
    "por_mayor al_por_mayor siti_web websites paginas_web seo posicion* posizion* google follower* seguidor* likes marketing "
    "database lead leads clienti customers clientes vostra_azienda your_business su_negocio tu_negocio agenzia agency agencia "
    "catalog* catalogue produttor* manufactur* fabricant* fornitura vendiamo we_sell vendemos sell_ offriamo we_offer "
    "ofrecemos proponiamo partner* partnership collaboraz* demo software gestionale luce_e_gas electricity contratto_luce "
    "pannelli solar panels buy_now compra_ compre acquista clicca click pulsa clic httplink link_ iscriviti subscribe_to "
    "suscribete telegram canale canal channel inoltra forward reenvia catena chain cadena condividi share_with comparte "
    "fortuna luck suerte pacco parcel paquete account_sospeso account_suspended bloccat* blocked bloquead* verifica "
    "verify_your verifique banca bank_ banco viagra ragazze girls chicas foto_mie pics hot cartomant* horoscop* oroscop* "
    "tarot limited esclusiv* exclusiv* exclusiva gratuito survey sondaggio encuesta",
    # -- no more messages
    "messages": "messag* mesag* mensaj* mesages sms notific* notification* avvisi avisos comunicaz* communicat* comunicac* "
    "newsletter pubblicit* publicid* advertis* promemoria reminder* recordatorio* iscrizione subscription suscripcion mailing "
    "whatsapp whats texts texting mail_pubblicit* marketing_messages",
    "stop": "contattato contactar contacted ricontattat* vuelvan_a lista_por done_with texts_unsub stop basta smett* ferma* dejen_de deja_de paren parar enough unsubscrib* disiscriv* disiscri* desuscrib* opt_out "
    "darme_de_baja denme_de_baja dar_de_baja cancellarmi non_scriv* non_mandat* non_inviat* non_mi_scriv* non_mi_mand* "
    "non_contattat* no_me_escrib* no_me_mand* no_escrib* no_manden no_me_contact* no_me_envi* don_t_text don_t_write "
    "don_t_message don_t_send don_t_contact do_not_contact do_not_message do_not_text quit leave_me_alone lasciatemi_in_pace "
    "dejenme_en_paz dejadme_en_paz togli* quiten_mi remove_me remove_my_number take_my_number sacadme saquenme discontinu* "
    "interromp* interrump* cease desactiv* disattiv* turn_off disabbon* no_more non_voglio_piu stufo stufa harto harta fed_up "
    "cancellatemi borrenme borradme toglietemi levatemi",
    # -- no business of ours
    "off_topic": "serie_tv series_to_watch una_serie tv televis* messi ronaldo calciatori chi_e_piu_forte who_s_better quien_es_mejor champions mondiali world_cup mundial celebrity gossip sanremo instagram_di tiktok videogioc* playstation ricett* piatto cucinare cocinar cook barzellett* joke jokes chiste* poesia poem poema canzone song cancion storia_ story cuento favola tema_ essay "
    "redaccion compiti homework deberes calcio football soccer futbol partita match_ partido juventus inter milan madrid "
    "barcelona campionato league liga squadra team_won meteo weather tiempo_hara tiempo_hace che_tempo forecast pronostico "
    "pioggia rain llover carbonara pizza paella recipe_for ricetta_della ricetta_per receta_de torta cake tarta capitale "
    "capital presidente president govern* government gobierno politic* elezion* election* elecciones guerra war film movie "
    "pelicula serie_tv netflix libro book_recommend ristorante restaurant restaurante hotel viaggio viaje trip vacanz* "
    "vacaciones holiday_destination biglietto_aereo flight vuelo volo traduci translate_this traduce_esta equazion* equation "
    "ecuacion matematic* math* calcola python javascript codice_html programma_in write_a_script code_html function "
    "fidanzat* girlfriend boyfriend novia novio ti_amo love_you te_quiero sposarmi marry bella guapa dio_ god_ religion* "
    "senso_della_vita meaning_of_life filosof* philosoph* gioca play_a game juego cantare sing_ cantar oroscopo_di "
    "quanti_anni_hai how_old_are_you cuantos_anos_tienes come_ti_chiami your_name come_stai how_are_you como_estas "
    "chi_ti_ha who_made_you who_programmed quien_te scommess* macchine_usate used_cars coches_usados borsa_azioni "
    "calciatore actor actress attore cantante singer musica music hobby storia_di history_of revolution rivoluzione "
    "fotosintesi gravity dinosaur* geograf* wikipedia chatgpt",
    "order": "disregard prior istruzioni_ricevute comportati_come assistente_libero unrestricted sin_restricciones senza_restrizioni senza_limiti tutto_quello_che_ti lo_que_te_dijeron everything_you_were ignora ignore ignor* dimentica_tutte forget_all forget_everything olvida_todas istruzion* instructions "
    "instrucciones prompt sistema system regole rules reglas fai_finta fingi pretend act_as actua_como comportati haz_como "
    "finge roleplay role_play role gioco_di_ruolo juego_de_rol rispondi_solo reply_only answer_only responde_solo ripeti "
    "repeat repite pirata pirate da_ora_in_poi from_now_on a_partir_de_ahora da_adesso desde_ahora password_di admin "
    "administrator amministratore_di developer_mode sviluppatore jailbreak dan hacker route json output override bypass "
    "aggira restriction* limitazion* unrestricted sei_ora you_are_now ahora_eres eres_ahora simula simulate debug sudo "
    "previous anteriores precedenti configuraz* internal_instructions reveal rivela revela mostrami_il show_me_your "
    "ensename_tu imagine_you immagina_di imagina_que otro_paciente altro_paziente another_patient altri_pazienti "
    "other_patients otros_pacientes",
}


# Words that stand for any word of their kind: which test, doctor, insurer, relative or day it is does not change the wish.
KINDS: Mapping[str, str] = {
    "exam": "",
    "specialist": "",
    "insurer": "",
    "tongue": "",
    "body": "",
    "medicine": "",
    "day": "lunedi martedi mercoledi giovedi venerdi sabato domenica monday tuesday wednesday thursday friday saturday sunday "
    "mon tue tues wed weds thu thur thurs fri lunes martes miercoles jueves viernes domingo gennaio febbraio marzo aprile "
    "maggio giugno luglio agosto settembre ottobre novembre dicembre january february march april june july august september "
    "october november december enero febrero abril mayo junio julio septiembre octubre noviembre diciembre",
    "kin": "moglie marito figlio figlia figli madre padre mamma papa babbo nonna nonno zia zio sorella fratello suocera suocero "
    "nipote bambino bambina compagna compagno wife husband son daughter mother father mum mom dad grandmother grandfather "
    "grandma grandpa aunt uncle sister brother partner mother_in_law mujer marido esposa esposo hijo hija hijos abuela abuelo "
    "tia tio hermana hermano suegra suegro nieto nieta mama bimbo bimba kid kids ragazzo ragazza nino nina child",
    "relation": "dottor dottoressa doctor doctora dr dottore",
}


@dataclass(frozen=True, slots=True)
class _Node:
    """What may follow a word: the concepts that end here, and the next words of longer phrases."""

    exact: dict[str, _Node]
    begun: dict[str, _Node]
    names: list[str]


def _node() -> _Node:
    return _Node({}, {}, [])


def _compiled(lists: Mapping[str, str]) -> _Node:
    root = _node()
    for name, words in lists.items():
        for phrase in words.split():
            node = root
            for word in filter(None, phrase.split("_")):
                stem = undoubled(word.rstrip("*"))
                node = (node.begun if word.endswith("*") else node.exact).setdefault(stem, _node())
            node.names.append(name)
    return root


_ROOT = _compiled(_LISTS)
_KIND_ROOT = _compiled({kind: words or _LISTS[kind] for kind, words in KINDS.items()})
# Every word that is written out here, undoubled: what a misspelt word may have meant.
WORDS = frozenset(
    undoubled(word)
    for words in _LISTS.values()
    for phrase in words.split()
    for word in phrase.split("_")
    if word and not word.endswith("*")
)


def concepts_of(words: Iterable[str]) -> list[tuple[int, str]]:
    """Return the concepts of a clause as (place of the first word, name), in order."""
    plain = [undoubled(word) for word in words]
    found = [(place, name) for place in range(len(plain)) for name in sorted(_at(_ROOT, plain, place))]
    return list(dict.fromkeys(found))


def kind_of(word: str) -> str:
    """Return the kind a single word stands for in brackets, `[n]` for a number, else the word itself, undoubled."""
    plain = undoubled(word)
    if plain[:1].isdecimal():
        return "[n]"
    names = {name for follower in _followers(_KIND_ROOT, plain) for name in follower.names}
    return f"[{min(names)}]" if names else plain


def _at(node: _Node, words: list[str], place: int) -> set[str]:
    if place == len(words):
        return set()
    found: set[str] = set()
    for follower in _followers(node, words[place]):
        found.update(follower.names)
        if follower.exact or follower.begun:
            found |= _at(follower, words, place + 1)
    return found


def _followers(node: _Node, word: str) -> list[_Node]:
    followers = [node.exact[word]] if word in node.exact else []
    if node.begun:
        followers += [node.begun[word[:n]] for n in range(2, len(word) + 1) if word[:n] in node.begun]
    return followers
