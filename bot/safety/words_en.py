"""English words of danger: red flags, talk of suicide, and what makes either of them weak. Written for `menus/phrases.py`.

Source of the red flags: the British ambulance services' "when to call 999" and the FAST signs of stroke.
"""

GROUPS = {
    "en_not": "cant|cannot|cnt|can+t|couldnt|unable|cany",
    "en_pain": "pain*|hurt*|hurst|tight*|pressure|heavy|heaviness|ache*|aching|squeez*|crush*|burning|stabbing|"
    "discomfort|sore",
    "en_breath": "breathe|breath|breathing|breath*|breth|breate|breahte",
    "en_pills": "pills|pill|tablets|tabs|paracetamol|medication|meds|medicine|painkillers|antidepressants|ibuprofen|"
    "sleeping|capsules|insulin",
    "en_self": "myself|himself|herself|themselves|ourselves|themself",
    "en_baby": "baby|babys|newborn|infant|toddler|child|son|daughter|kid|bub",
    "en_many": "6|7|8|9|10|12|15|16|18|20|24|25|30|40|50|60|100|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred|"
    "dozen",
    "en_year": "|".join(str(year) for year in range(1940, 2031)),
    "en_dont": "dont|not|never|wont|didnt",
    "en_day": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
}

FLAG = """
elephant|weight|band|brick|vice ... chest
floor|ground|bed & not|isnt|wont|cant ... mov*|moving|moved|waking|responding|conscious
he|she|hes|shes not|isnt_moving|conscious|awake
isnt moving|conscious|awake
bitten|bite|bit ... snake|adder|viper|dog
took|taken|taking|swallow*|had {en_many} {en_pills}
vision|sight|eyesight loss|gone|lost|going
no|without|weak|cant+find|hasnt|faint pulse|heartbeat
bleed*|bleeding|bleeds out|to+death
house|kitchen|flat|car|room|building|home ... fire
gunman|shooter|shooting
excruciating|unbearable|agonising|agonizing|severe ... stomach|abdominal|belly|head|chest|tummy
double_vision
seeing double
fell|fallen|fall ... cant|cannot|unable|wont get|move|stand|walk
crushed|trapped under
catch ... breath
severe|sudden|terrible|awful|worst|blinding headache
foaming ... mouth
kidnapped|held_hostage
half ... face|body numb|weak|paraly*
face|body|mouth ... half|side numb|weak|paraly*
{en_pain} & chest
chest ... killing
heart hurts|stopped|exploding|hurting
pain*|ache*|tingl*|numb* & left_arm
pain* ... arm|chest & jaw
same_symptoms
short|shortness_of_breath
out_of_breath
gasping
breathless*
out_cold
he|she|is|hes|shes|started|keeps_fitting
so_much_blood
lot|lots|loads_of_blood
struggl*|hard|difficult*|trouble|barely|hardly|stopped|fighting {en_breath}
difficulty|difficulties {en_breath}
{en_breath} difficult*|problems|trouble|badly|hard|stopped
chok*
suffocat*
lips|face|fingers|nails & blue|purple|grey|gray
turning|turned|went|going|gone blue|purple|grey
face|mouth|smile|eyelid & droop*|dropp*|crooked|lopsided|sagging|fallen|numb|twisted
slur*
speech & garbled|strange|funny|odd|gone|incoherent|wrong
talking nonsense|gibberish|strangely
{en_not} move|lift|raise|feel ... arm|arms|leg|legs|side|face|hand
{en_not} speak|talk properly|anymore|suddenly
suddenly|sudden {en_not} speak|talk|see|walk
arm|arms|side & weak*|numb*|paraly*|limp|dead
leg|legs & paraly*|limp
sudden* & confus*|blind*|numbness|weakness
very|really|suddenly confused
lost|losing|loss ... vision|sight|eyesight
{en_not} see ... eye|eyes|anything
gone blind
collaps*
unconscious*
loss_of_consciousness
lost_consciousness
unrespons*
wont|not|isnt|cant|doesnt wake|waking|wakes
passed|passing|pass_out
blacked_out
faint|fainted|fainting
seizing
convuls*
having|had|has_a_fit
fit ... wont|not|hasnt_stop|stopped|stopping
bleed*|bleeding|bleeds ... wont|not|doesnt|cant|isnt|hasnt stop*
wont|not|doesnt|cant|isnt stop* bleed*|bleeding|bleeds
bleed*|bleeding|bleeds heavily|heavy|badly|everywhere|profus*|uncontrol*|lot|loads|severe*
heavy|severe|uncontrol*|massive|bad bleed*|bleeding|bleeds
losing|lost|loosing ... lot|much|lots ... blood
vomit*|vomiting|vomited|throw*|cough*|coughing|coughed|spit*|puk*|bringing ... blood
blood everywhere|pouring|gushing|spurting
swollen|swelling|swell*|closing|closed|closes & tongue|throat|lips
throat tight*
severe|bad|terrible|serious|massive allergic
allergic & {en_breath}|swelling|throat
used ... epipen
stabbed|knifed
been|got|was|were|he|she_shot
gunshot
hit|banged|bang|smashed|cracked|bumped|knocked|injured ... head
fell|fallen|jumped ... stairs|roof|ladder|window|height|balcony|downstairs|scaffold*|storey|floors
run|knocked_over ... car|bus|truck|van
hit|struck by ... car|bus|truck|van|train
burn*|burned|burning|burnt|scald* ... badly|severe*|boiling|face|fire|body|acid|chemical
bad|severe|serious|chemical burn*
electrocut*
electric_shock
drown*|drowned|drowning
poisoned
swallow*|drank|drunk|ate|ingested|eaten ... bleach|cleaner|dishwasher|battery|batteries|magnet|magnets|poison|detergent|
antifreeze|chemicals|acid|weedkiller
took|taken|taking|swallow*|swallowed ... many|whole|bottle|box|packet|handful|loads ... {en_pills}
too_many {en_pills}
snake|adder bite|bit|bitten
worst ... headache
thunderclap
headache & sudden|explod*|unbearable|life
stiff_neck & fever|rash|temperature|headache
neck_is|feels stiff ... fever|rash|temperature
fever|rash|temperature ... stiff_neck
rash ... wont|doesnt|not_fade|fading
pregnan* & bleed*|bleeding|bleeds|spotting
pregnan* & severe|terrible|awful|bad pain*|cramp*
weeks|months_pregnant & pain*|bleed*|bleeding|bleeds
havent|not|hasnt|haven ... felt|feel ... baby ... mov*|moving|moved|kick*
baby not|stopped|isnt|hasnt|hardly|less mov*|moving|moved|kick*
{en_not} feel ... baby ... mov*|moving|moved|kick*
no|reduced|less movement*
water|waters broke|broken|gone
contractions ... minutes|apart|strong
{en_baby} & floppy|limp|lifeless|blue|gray|grey
newborn & fever|temperature|hot
baby|infant ... week|weeks|month|months ... fever|temperature|38|39|40
fever|temperature ... baby|infant ... week|weeks|month|months
week|weeks|month|months_old ... fever|temperature
beating|hitting|strangl*|attacking|punching me|her|him|us
being_attacked|beaten|assaulted|strangled
attacked|assaulted|raped|rape
beaten me|up
kill_us|him|her|you|them|someone|me
has|got|with_a knife|gun
call*|send|need|get|want ... ambulance
ambulance now|please|quick*|asap|urgent*
call*|dial|need ... 999|911|112|118
medical_emergency
severe ... pain* ... stomach|abdomen|belly|abdominal
"""

EVENT = """
blood_clot
diabetic_coma
heart_attack
hart|heartattack
cardiac_arrest
stroke|strok
mini_stroke
haemorrhag*|hemorrhag*|hemorage
aneurysm
embolism
meningitis
sepsis|septic
overdos*
poisoning
seizure*|siezure*
anaphyla*|anafila*|anaphalac*
head_injury
head_injuries
car|road|traffic|motorbike|motorcycle|bike_accident|crash
asthma_attack
epilepti*_fit|attack|seizure
this|its|is|an|real|life_threatening|an emergency
coma
suffocation
"""

CERTAIN = """
{en_not} {en_breath}
not|isnt|hardly|barely|stopped|wont|aint breathing
doesnt|dont_breathe
is|am|im|hes|shes|currently choking|drowning
"""

DYING = """
i|he|she|im|hes|shes|is|am|are|we|mum|dad dying
going|gonna|about|think to|ill|gonna|will|im die
feel|feels|feeling ... dying
im_gonna die
"""

UNANSWERED = """
not_responding
isnt_responding
doesnt|wont|not_respond
"""

TELEPHONE = """
phone|telephone|call|calls|email|emails|message|messages|number|text|texts|whatsapp|app|website|portal|office|reception|
nobody|desk|you|link|bot
"""

RELATIVE = """
=he|she|hes|shes|him|her|dad|mum|mom|husband|wife|son|daughter|father|mother|baby|child|grandma|grandad|grandpa|brother|sister|partner|granny
"""

PHONED = """
phone|telephone|calls|email|emails|message|messages|text|texts|whatsapp
"""

DISTRESS = """
think|thinking|thoughts|plan|planning|considering|contemplating ... ending|suicide|killing|kill
think|thinking|thought|thoughts about|of dying|death|dead
ending_it
dont|not|doesnt deserve ... live|alive|life
life|living|existence|everything ... meaningless|pointless|unbearable|hell
life|living ... no meaning|point|purpose|value
should|could|might|rather|please|let+me|just|hope|pray|wish ... die
if_i died|disappeared|killed
if_i_was|were_dead|gone
no|nobody|noone|who ... care|notice|miss ... me|i|im|was
hate ... my_life|being_alive|living
unalive
last_message|goodbye
this_is_my_last day|message|night
starving|punishing|burning myself
noose
kill|kil|killin|killing|hang|hanging|shoot|shooting|drown|harming|cutting|hurting|starving {en_self}
killed {en_self}
kms
end|ending|ended|take|taking|took|taken my|his|her|their|own|it ... life|lives
end_my life
end|ending_it all|now|tonight|forever
end|ending_everything
put_an_end ... it|life
want|wants|wanna|wanted|wish|rather|ready|prefer|like ... die|dead|dying
wanna|want_to_die|disappear
wish ... dead|never+born|not+born|died
wish ... never|not ... born|woken
wish|hope|hoping|want ... {en_dont} wake
dont|not|never|no|doesnt ... want|wanna|desire ... live|alive|exist|here|wake|living|exist
no will|desire|reason|point|wish to|in|of live|living|life|on|anymore|alive
no_point ... living|life|anymore|going
nothing|no ... live_for
reason ... live_for
better_off ... without|dead
without_me ... better
better ... without_me
everyone|they|family|world ... without_me
life ... worth|pointless|meaningless
isnt|not|aint ... worth ... living|life
tired|sick|done of|with living|life|alive
{en_not} go+on|carry+on|live like|anymore|much|living
{en_not}_go_on
{en_not} live anymore|like+this|longer
{en_not} do ... this ... anymore
{en_not} take ... it|this|anymore|more
want|going|gonna|thoughts|urge|urges|scared|afraid|might|thinking|feel|keep|wants|keeps ... hurt|harm|cut|hurting|
harming|cutting {en_self}
harm|harmed|harms|harming {en_self}
cuts|cutting herself|himself|themselves
hurt ... myself|himself|herself ... purpose
self|selfharm*
self_harm*
cut|cutting|slit|slash ... wrist|wrists|veins|arms|thighs
overdose|od on_purpose
jump|jumping|throw ... off|from|front|myself ... bridge|roof|window|train|building|balcony|cliff
goodbye ... forever|everyone|world|cruel
this_is goodbye
nobody|noone|one would|will ... miss|care ... me|gone|died
wont_miss_me
burden ... everyone|family|all|them|others
never_wake ... up|again
not_wake_up
sleep|asleep ... never|not|dont wake
no_way_out
no_future|hope for_me
way_out ... dead|death|die
dying|death|dead ... easier|only|better|relief
disappear forever|existence|altogether
suicide_note
dont|cant|not|never see_the|any|a_point anymore|living|life|going
been|started|keep_cutting
want ... all|everything ... end|over
pills ... end_it
no_longer ... live|alive|here
dont ... see ... future|reason
"""

DISTRESS_EVENT = """
suicid*|suiscid*|sucid*|suicd*|suacid*
"""

SOFT = """
{en_not} cope
so|very hopeless|desperate
feel|feeling hopeless
feel|feeling really|very|extremely unwell|ill|sick
should|shall|need|must ... go ... a+and+e|emergency+room|er
allergic_reaction
should ... call_an_ambulance
"""

OLD = """
years|months|year|month|weeks|decades|ages_ago
long_time|while_ago
last_year|month
in|since|back|during|of|from {en_year}
{en_year} stroke|heart|surgery
previous*
history_of
family_history
in_the_past
as_a_child|kid|baby|teenager|boy|girl
when_i|he|she_was|were
used_to
died|dead_of|from|in|years|when|after
passed_away
once_had
had ... once
my|his|her grandfather|grandmother|grandad|grandma had
years|months_back|earlier|before
"""

TIME_WORDS = """
a|an|one|two|three|four|five|six|seven|eight|nine|ten|twenty|many|few|some|several|in|back|year|years|month|months|weeks|ago|last|
couple|of|the|past|long|time|about|over|when|i|was|young|child|as|since|{en_year}|more|than
"""

NOW = """
now
again
still
right_now
currently
getting_worse
this_morning
tonight
immediately
"""

NOT_NOW = """
now_fine|ok|okay|well|better|recovered
"""

NEGATION = """
not_a|an|having|any|in|had
dont|doesnt|didnt|havent|hasnt|do|does|did_not|have|had|feel|got|want|wanna|think
dont|doesnt|didnt|isnt|wasnt|arent|havent|hasnt|hadnt
do|does|did|have|has|am|is|was|are|im|not_not
is|was|im|am|are|its|have|has|do|does|did|hes|shes_not
"""

# The denying word itself, which may also begin a red flag ("he is not breathing").
NEGATOR = """
not
"""

LACK = """
no
never
without
denies
nor
"""

NOT_NEGATION = """
never ... like+this|so|such|bad|worse|before
not|isnt|wasnt just|only|stopping|going|getting|improving|sure|responding
dont|do+not know|understand
isnt|not|doesnt|wont|hasnt stop*|easing|eased|away|better
"""

STATEMENT = """
=have|has|feel|feels|im|hes|shes|my|his|her
"""

TURN = """
but|however|though|although
and_now|i|im|he|she|hes|shes|my|his|her|cant|cannot|still|its|today|have|has
"""

IDIOM = """
dying|die|died|dead|starving to|of|from|for|laughing ... see|know|laughter|boredom|embarrassment|hunger|heat|curiosity|
shame|thirst|try|meet|hungry|tiredness|tired|coffee
dying to
dying|die|died|dead of|from ... laugh*|boredom|embarrassment|hunger|heat|shame
nearly|almost|practically died|collapsed|fainted|choked ... when|saw|price|laugh*|bill
almost|nearly|gave|give|had|having me|a|nearly ... heart_attack ... when|saw|price|bill|laugh*|quote
heart_attack when|saw
heart_attack ... price|bill|quote|invoice
killing me
kill ... time
could|would kill for
kill_me if|lol|haha|when
wife|husband|mum|mother|boss|dad|will|would|gonna ... kill_me
killing myself laugh*|with+work|working|studying
drowning in
choked_up
broken|broke my heart
heart_is broken
overdosed|overdosing on chocolate|coffee|sugar|netflix
cut myself ... shaving|cooking|kitchen|accident|accidentally|glass|knife
{en_not} take|do ... it|this|more ... noise|waiting|music|queue|{en_day}
{en_not} go_on ... {en_day}|holiday|trip
{en_not} do_this_anymore ... online|website|app|portal
end|ending_it_here
over_my dead
dead_tired|end
out_of_breath ... stairs|running|gym|rushing
"""

NEVER = """
stroke_my|the|your|a_cat|dog|hair|pet
{en_not} go_on {en_day}|the|holiday|that|website|portal|line|site|monday
{en_not} talk|speak to|with|on|now
{en_not} see ... appointment|message|button|email|menu|doctor|result|results|slot|link|page|dentist
flu|covid|booster|vaccine_shot
had|got_my|a|the_shot
{en_breath}_test
chest_x|xray
breathtaking
lost_sight_of
stroke_of luck|genius
different|broad|brush stroke*
"""

ADMIN = """
certificate*|form|forms|rehab*|physio*|checkup|check|follow|book|booking|appointment|appointments|insurance|record|records|report|letter|
discharge*|hospital|admitted|course|courses|vaccin*|risk|risks|prevent*|screening|clinic|unit|specialist|cost|costs|price|test|tests|
cancel|reschedule|move|change|leaflet|information|advice|diet|training|therapy|address|invoice|cardiolog*|neurolog*|prescription|
parking|=hours|policy|survivor|recovery|recovering|awareness|refund|referral|seminar|talk|in+case|claim|postpone|contact|door|exit|number
"""

AFTERMATH = """
after|post|following|since|recovering|aftercare|recovery
"""

REAL = """
nose noise nosy
strike strikes stoke stocks breeding blending checking checkin joking threat treat great heard hear chess cheat cheese chase chair
check checks choosing chosen bread breads bread breakfast dressing pressing sleeping seizes sizes leasing blessing bedding
drawn drawing stabilise stable paint pains paints painting head health healthy collection colleague collapse
"""
