"""English words of danger: red flags, talk of suicide, and what makes either of them weak. Written for `menus/phrases.py`.

Source of the red flags: the British ambulance services' "when to call 999" and the FAST signs of stroke.
"""

GROUPS = {
    "en_not": "cant|cannot|cnt|can+t|couldnt|unable|cany",
    "en_pain": "pain*|hurt*|hurst|tight*|pressure|heavy|heaviness|ache*|aching|squeez*|crush*|burning|stabbing|"
    "discomfort|sore",
    "en_breath": "breathe|breath|breathing|breath*|breth|breate|breahte",
    "en_pills": "pills|pill|tablets|tabs|paracetamol|medication|meds|medicine|painkillers|antidepressants|ibuprofen|"
    "sleeping|capsules|tylenol|advil|aspirin|xanax|valium|diazepam|codeine|oxycodone|benadryl|zopiclone|sertraline|prozac|benzos|melatonin|beta+blockers",
    "en_self": "myself|himself|herself|themselves|ourselves|themself",
    "en_baby": "baby|babys|newborn|infant|toddler|child|son|daughter|kid|bub",
    "en_many": "6|7|8|9|10|12|15|16|18|20|24|25|30|40|50|60|100|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred|"
    "dozen",
    "en_year": "|".join(str(year) for year in range(1940, 2031)),
    "en_dont": "dont|not|never|wont|didnt",
    "en_day": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "en_who": "mum|mom|mummy|mommy|dad|daddy|father|mother|gran|granny|grandma|grandad|grandpa|grandfather|"
    "grandmother|nan|nana|husband|wife|partner|boyfriend|girlfriend|hubby|son|daughter|brother|sister|"
    "uncle|aunt|auntie|friend|mate|baby|toddler|infant|newborn|kid|child|boy|girl|twin|neighbour|neighbor|"
    "colleague|he|she|hes|shes|him|her|man|woman|lady|guy|someone|somebody|roommate|flatmate|bf|gf",
    "en_no": "cant|cannot|cnt|can+t|couldnt|unable|wont|isnt|not|doesnt|dont|didnt|never|barely|hardly|no+longer|"
    "stopped|aint|wasnt|arent|struggling|struggles",
    "en_chest": "chest|breastbone|sternum|rib+cage|ribcage|heart",
    "en_face": "face|mouth|cheek|eyelid|lip|lips|smile|tongue|jaw",
    "en_limb": "arm|arms|leg|legs|hand|hands|foot|side|limb|limbs|fingers",
    "en_dead": "numb|numbness|tingly|tingling|tingles|weak|weakness|limp|heavy|dead|paraly*|droop*|dropp*|floppy|"
    "useless|asleep|frozen|pins",
    "en_sudden": "sudden*|suddenly|abrupt*|the+blue|nowhere|all+of+a+sudden",
    "en_weight": "sitting|elephant|weight|ton|tonne|brick|bricks|boulder|rock|anvil|vice|vise|band|belt|knife|knives|"
    "dagger|stab*|crush*|squash*|squeez*|squeezing|grip*|clamp*|tight*|tighten*|press*|pressing|pressure|"
    "stomp*|stood|standing|explod*|ripp*|tear*|tearing|stone|concrete|fist|steamroller|truck|vise",
    "en_toxic": "bleach|cleaner|cleaning|detergent|dishwasher|dishwashing|washing|laundry|pod|pods|tablet|liquitab|"
    "battery|batteries|magnet|magnets|poison|antifreeze|chemicals|chemical|acid|weedkiller|pesticide|"
    "insecticide|ratpoison|mushrooms|mushroom|berries|toadstool|paint|thinner|turpentine|petrol|gasoline|"
    "ammonia|caustic|descaler|disinfectant|sanitizer|sanitiser|acetone|alcohol|slug|pellets|foxglove|"
    "oleander|coin|coins|pin|mothballs|cigarette|nicotine|vape|glue|kerosene|perfume|nail+varnish|"
    "nail+polish",
    "en_ate": "swallow*|swallowed|drank|drunk|drinking+bleach|ate|eaten|eating|ingested|licked|chewed|sucked|inhaled|"
    "sipped|gulped|put|got|had|took|necked|downed|chugged",
    "en_wake": "wake|waking|wakes|awake|conscious|rouse|roused|responsive|react|reacting|"
    "come+round|come+around|coming+round|coming+around|come+to|stir|stirring",
    "en_colour": "blue|bluish|purple|grey|gray|ashen|white|mottled|dark|dusky|black|yellowish|waxy|navy|greyish",
    "en_end": "end|ends|over|die|dying|disappear|vanish|dead|gone|finished|stop+existing|leave+this+world|rest|"
    "peace|finish+it",
    "en_live": "live|living|life|alive|exist|existing|existence|carry+on|carrying+on|go+on|going+on|getting+up|"
    "get+up|waking+up|wake+up|keep+going|keeping+going|being+here|continue|continuing|fight|fighting|"
    "breathing|tomorrow",
    "en_hit": "beat|beaten|beats|beating|hit|hits|hitting|punched|punching|punches|slapped|slapping|kicked|kicking|"
    "strangled|choked|thumped|smacked|battered|attacked|attacking|stabbed|assaulted",
    "en_off": "better|happier|all",
    "en_ill": "sweat*|sweaty|drenched|clammy|trembl*|shiver*|shaking|shaky|teeth|vomit*|sick|dizzy|dizziness|spinning|"
    "black|dark|nausea|nauseous|faint|drowsy|sleep|sleepy|dazed|confused|agitated|moaning|groaning|screaming|"
    "crying+non|cold|freezing|pale|white|grey|gray|yellow|blood|swollen|swelling|breath*|breathing|chest|"
    "shoulder|arm|elbow|jaw|weak|weakness|balance|fever|40|41|104|responding|moving|odd|weird|strange|daft|"
    "respond|react|floppy|answers",
    "en_grim": "grey|gray|ashen|greyish|waxy|clammy|bluish|mottled|sweating+buckets|drenched+in+sweat|cold+sweat|"
    "cold+and+sweaty",
    "en_much": "lot|lots|loads|full|soaked|spurting|squirting|pouring|gushing|everywhere|keeps|still|again|every+time|"
    "clots|clot|more+and+more|tons|dripping|pumping|streaming|covered|river",
    "en_beyond": "erase+myself|switch+off|switch+myself+off|disappear|vanish|climb+over|fade+away|go+for+good|stop+existing|"
    "not+exist|cease+to+exist|jump|let+go+of+life|leave+this+world|leave+this+life|be+gone|delete+myself|"
    "end+me|shut+down+forever|sleep+forever|never+wake|drive+into|walk+into+traffic|walk+into+the+sea|"
    "rest+forever",
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
gunman|=shooter|=shooting
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
=stabbed|=knifed
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
swallow*|drank|drunk|ate|ingested|eaten ... bleach|cleaner|dishwasher|battery|batteries|magnet|magnets|poison|
detergent|antifreeze|chemicals|acid|weedkiller
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
# the chest, the breath, the heart
{en_weight} & {en_chest}
someone|something|somebody|weight ... sitting|standing|pressing|squeezing|on ... {en_chest}
{en_pain}|pain|pains|ache ... chest|shoulder|blades|stomach|back|arm ... jaw|neck|arm|arms|chest
pain|ache|aching|pains|pressure ... jaw <> sweat*|chest|arm|clammy|cold|sick
sweat*|clammy <> pain*|chest|arm|jaw|grey|gray|pale|sick|nausea|dizzy|confused|faint & cold|clammy|grey|gray|drenched|
pouring
heart|pulse & pounding|racing|fluttering|irregular|flutter*|skipping|hammering|jump*|mad|crazy|beating <> faint|dizzy|
lightheaded|breath*|pass+out|passing+out|chest|sweat*|black
{en_not}|cant|barely|hardly|struggl*|fight*|not|hard|trouble|no ... enough|get|getting|catch|draw|take|any air|breath|
oxygen
air ... {en_not}|hungry|enough|getting
sit|sitting|prop*|upright ... to breathe
lie|lying|lay ... flat|down & breath*|breathe|choke|choking|suffocat*|drown*|air
breath*|breathing|breathes|breaths & noise|noisy|noises|rattl*|gurgl*|whistl*|wheez*|rasp*|shallow|fast|rapid|rapidly|
weird|funny|strange|strangely|gasp*|labour*|labor*|hard|ribs|sucking|quick|heavily|laboured|panting
panting <> cant|blue|grey|chest|stop
wheez* <> blue|inhaler|cant|worse|bad|badly|struggl*|speak|sentence
inhaler & not|isnt|wont|doesnt|empty|no|help*|work*
{en_not} ... finish|complete|say ... sentence|word|words
oxygen|sats|saturation|o2 ... 70|72|74|75|76|78|79|80|81|82|83|84|85|86|87|88|89
lips|face|mouth|nails|fingers|fingertips|skin|tongue|toes & {en_colour}
{en_who}|gone|goes|going|went|turn*|all|looks|looking ... blue|ashen|mottled|grey|gray|purple
white|pale|grey ... sheet|ghost|death|wall|corpse|chalk
# consciousness, falls, fits
{en_no} ... get|wake|keep|rouse|shake|getting|waking|bring ... {en_who} ... up|awake|round|conscious|respond|around|to
{en_no}_answering|answer ... me|us|when|her|him
{en_who} <> {en_no}_answering|talking|speaking|moving|responding & fell|fall|fallen|floor|white|pale|bed|bath|
bathroom|grey|collapsed|shaking|cold|blue|hit
fell|fall|fallen|tumble*|slipped|tripped <> {en_no} ... get+up|getting+up|move|moving|answer*|talk*|wake*|respond*|
stand|walk|speak*|remember|make+sense|making+sense
fell|fall|fallen|slipped|tripped|bang*|bump*|knock*|whack*|clonked|hit <> head|skull <> vomit*|sick|throwing+up|
drowsy|sleepy|confus*|blood|bleeding|pupil*|remember|dazed|thinners|warfarin|weird|dizzy|woozy
knock|bump|bang|blow|whack ... head <> vomit*|sick|drowsy|sleepy|confus*|strange|pupil*|dizzy|asleep
on|lying|found|laid ... floor|ground|pavement|bathroom & {en_no}|hours|unable|blood|cold|help|get+up|since|stiff|limp|
breathing
found ... {en_who} ... floor|unconscious|collapsed|cold|slumped|face+down|lying|hanging|unresponsive
{en_no} ... get|lift|pick ... {en_who} ... up|off
{en_no} get_up ... floor|ground
slump*|keeled|crumpled|crumple
went|gone|goes|go|falls limp|floppy|blank|rigid|stiff|down+like
drop*|dropped|fell|went|collaps* ... floor|ground|deck|down|heap & just|suddenly|like|out|limp|stone
pupils|pupil & bigger|different|uneven|blown|dilated|size|large|pinpoint|huge
eyes & rolled|rolling|roll|glazed|glassy|fixed|staring|vacant|stare|back+of+head|fluttering|flickering
staring|stares|stare & blank*|space|respond*|nothing|answer*|vacant*
shaking|jerking|twitching|shakes|jerks|stiff|rigid|juddering|thrashing|shuddering <> eyes|floor|respond*|uncontrol*|
all+over|tongue|drool*|foam*|unconscious|stop|frothing|whole+body|limbs|rolled
frothing|foaming|foam|froth
drool* <> cant|shak*|swallow|staring|face|breath*|respond*|weak|throat
bit|bitten|biting ... tongue <> shak*|floor|fit|unconscious|jerk*|passed
lost|losing|lose ... consciousness|conscious
drowsy|sleepy|groggy|lethargic|drifting|floppy|listless|out+of+it <> fell|head|fever|vomit*|sick|ate|swallow*|took|
pills|tablets|rash|hard+to+wake|wake|sugar|diabetic|temperature|carbon|fall|knock|baby|week
{en_no} ... keep|stay|staying|keeping ... awake|conscious
hard|impossible|difficult|cant ... wake|rouse|stir
# stroke
{en_face} & numb*|droop*|dropp*|crooked|lopsided|twisted|sagg*|slid*|fallen|uneven|paraly*|sliding|slipp*|one+side|
wonky|tingl*|numbness|hanging
{en_no} ... feel|feeling|move|moving|lift|raise|use|grip|hold|squeeze ... face|side|arm|arms|leg|legs|hand|hands|
mouth|half|fingers|body|anything
{en_limb} & numb|numbness|paraly*|limp|dead+weight|useless|weakness|weak|gone+dead|went+dead|gone+floppy|wont+work|
stopped+working
left|right|one ... side|arm|leg|hand & {en_dead}|tingl*|numb*|feel|move|weak*
tingl*|numb*|pins ... arm|face|side|hand|leg <> faint|pass|chest|speak*|talk*|dizzy|vision|sudden*|head|confused|face
half|side ... body|face|mouth|mum|dad|him|her & {en_no}|{en_dead}|droop*|numb*|feel|move
drop*|dropping ... things|everything|cup|cups|spoon|fork & {en_who}|keep*|keeps|arm|hand|speech|talk*
talk*|talking|speech|speaking|speak|words|sentences|speak*|voice & slur*|mumbl*|rubbish|nonsense|gibberish|garbled|
jumbl*|muddl*|weird|strange|funny|odd|sense|drunk|mixed+up|strangely|thick|blurry|babbl*
{en_no} ... find|get|speak|say|talk|form|string|understand ... words|word|speech|sentence|properly|anything+she|
anything+he|what+he|what+she
{en_who} ... {en_no} ... making|make|talking|makes sense
{en_no} make|making|makes sense <> {en_who}|sugar|head|fever|suddenly
{en_no} ... know|remember|recognise|recognize|recognising|recognizing ... where+she|where+he|where+we|where+i+am|
where+they|who+i|who+we|who+she|who+he|her+name|his+name|own+name|my+name|what+day|what+year|us|family|own
{en_who} <> confused|disorient*|delirious|hallucinat*|incoherent|rambling & {en_sudden}|fever|fell|head|really|very|
so|completely|temperature|infection|suddenly
delirious|incoherent
{en_sudden} <> {en_no} ... see|speak|talk|walk|stand|move|swallow|hear|balance|remember|read
{en_sudden} <> double|blind|blurr*|vision|spinning|balance|confused|dizzy & eye|double|headache|walk|vision|see|speak|
talk|fall*|spinning|numb|sick
double|blurred|blurry|tunnel|lost|lose|losing|gone|black|dark|blank ... vision|sight|eyesight & sudden*|eye|head*|
eyes|side|half|now|just|dizzy
went|gone|going|turned|see*|seeing ... double|black|dark|blind & everything|eye|eyes|vision|sudden*|sight|left|right
curtain|shadow ... eye|vision|sight
{en_no} ... see ... out|eye|left|right|properly|all|anything
staggering|stagger*|wobbl*|unsteady|balance|veering <> speech|slur*|face|arm|sudden*|vomit*|headache|talk*
head|headache|brain & explod*|explode|split*|burst*|thunder*|hammer+blow|popped|worst|unbearable|killing|excruciating|
never|struck
pressure|bp|systolic & 200|205|210|215|220|225|230|235|240|245|250|260|270
# bleeding
blood|bleed*|bleeding ... keeps|keep|still|{en_no} ... coming|flowing|stop*|stopping|pouring|soaking
press*|pressure|tourniquet|towel|towels ... blood|bleed*|soaked|keeps
blood|bleed* ... soak*|soaked|puddle|pool|pools|gush*|spurt*|squirt*|pump*|everywhere|drench*|clots|pints|jet|
fountain|stream*|floor|tap|spray*
soak*|soaking|soaked|through ... pads|pad|towels|towel|bandage|sheets|dressing & hour|blood|bleed*|minutes|already
load|loads|lots|lot|mouthful|much|cup|bucket* ... of_blood|blood
blood ... mouth|ear|ears|vagina|cough*|vomit*|poo|stool
vomit*|sick|threw+up|throw*|bringing+up|brought+up|cough*|spat|spit*|puk*|poo*|stools|stool & blood|bloody|black|
coffee+grounds|coffee|tar|tarry
sick|vomit*|poo|poos|stool|stools ... black|tar
cut|gash|wound|slashed|artery|sliced & deep|bone|spurt*|vein|artery|gaping|pumping|wide+open|badly|tendon
# allergy, stings
tongue|throat|lips|face|eyes|neck|airway|mouth & bigger|balloon*|puff*|swell*|swollen|swelled|closing|close|closed|
closes|tight*|itchy+and|thick|fat|huge|massive|lump
bee|wasp|hornet|sting|stung|jellyfish|peanut|peanuts|nuts|nut|shellfish|prawn|prawns|shrimp|penicillin|antibiotic|
amoxicillin|egg|milk|sesame|cashew|fish|vaccine|jab <> swell*|swollen|breath*|wheez*|throat|tongue|hives|collaps*|
faint*|lips|face|puffy|dizzy|gasping
hives|welts|rash|itching|itchy <> breath*|breathe|throat|tongue|lips|wheez*|swell*|swollen|faint|dizzy|face
epipen|adrenaline|auvi & used|use|given|gave|need|jabbed|where|out+of+date|expired|inject*|just|no
# poison and medicines
{en_ate} <> {en_toxic}
{en_toxic} ... mouth|eye|eyes
splash*|spray*|squirt*|got|went|burn* ... eye|eyes|face & {en_toxic}
{en_pills}|dose|doses|insulin|morphine|methadone|medicines|drugs & too+many|too+much|double|triple|twice|whole|all|
handful|loads|bunch|mixed|bottle|box|packet|pack|rest+of|accidentally|wrong+dose|everything+in
{en_baby}|grandson|granddaughter|twins|little|kid <> swallowed|ate|eaten|drank|got+into|found|got+hold|chewed|
sucked & {en_pills}|tablet|tablets|medicine|sweets|bottle|vape|nicotine|edible|gummies|gummy
mixed|mix|muddled|confused ... {en_pills}|tablet*|alcohol|drugs|booze|vodka <> drowsy|awake|wake|respond*|sick|
confused|asleep|funny
{en_pills} ... alcohol|vodka|booze|wine|whisky & with|and|took|mixed|drank
drugs|cocaine|heroin|fentanyl|ecstasy|mdma|ketamine|spice|weed|opioid|drunk|drink <> wake|waking|breath*|breathing|
unconscious|respond*|fit|collapsed|passed+out|blue|chest|seiz*
narcan|naloxone
gas|fumes|smoke|monoxide|carbon|boiler & smell*|dizzy|headache*|sick|drowsy|breath*|inhal*|leak*|alarm|light+headed|
faint
smell*|stink* ... gas
ate|eaten <> pupils|hallucinat*|drowsy|seizure|collapsed|fitting|unconscious|berries|mushroom*
# burns, water, current, wounds
burn*|burnt|scald*|scalded|spill*|spilled|spilt|tipped|poured <> boiling|hot+oil|oil|kettle|flames|fire|iron|acid|
blister*|face|hot+water|hot+tea|coffee|bbq|fat|petrol|pan|chest|arm|stove|oven|soup|steam
blister* <> burn*|scald*|face|chest
clothes|hair|shirt|pyjamas ... fire|alight|flames
shock|electrocut*|zap*|lightning|current|wires|wire|socket|mains & {en_who}|got|hit|struck|touched|fingers|burn|
thrown|power+line
pool|bath|pond|sea|lake|river|water|swimming & drown*|under|face+down|pulled|fished|breath*|coming+round|respond*|
blue|choking|swallowed
bone|bones & sticking|poking|through|see|showing|out|exposed
finger|fingers|thumb|toe|hand|arm|foot|ear|leg & !nearly+off|hanging+off|came+off|cut+off|severed|amputat*|
hanging+off|crushed|mangled|chopped|sliced+off|ripped+off|sawn|caught+in|saw|detached
saw|chainsaw|lawnmower|mower|axe|grinder|machine <> finger|hand|leg|blood|cut|arm|foot
impaled|stuck|sticking|embedded|gone+through|lodged|went+through ... eye|leg|stomach|hand|neck|chest|back|head|foot|
throat
crash|crashed|accident|wreck|collision|rolled|pile+up|hit+by|ran+over|run+over <> trapped|legs|blood|unconscious|move|
neck|injur*|hurt|stuck|bleeding|feel|motorway|head|highway
fell|fallen|thrown|came+off|jumped|fall ... off|from|out|down ... bike|motorbike|horse|scaffolding|ladder|roof|tree|
balcony|window|stairs|steps|storey|bunk|table|cot|high+chair|wall|scooter|loft
neck|back|spine <> fell|fall|crash|dive|dived|dove|accident & legs|tingl*|numb|move|feel|paraly*
leg|arm|ankle|wrist|hip|bone|foot & wrong+way|funny+angle|angle|snapped|twisted+round|bent|backwards|out+of+place
stomach|tummy|belly|abdomen|abdominal|side & rigid|rock+hard|like+a+board|doubled|agony|ripping|screaming|
excruciating|unbearable|worst|stabbing
doubled|curled|rolling ... over|up|around ... pain|agony
agony|screaming ... pain|stomach|chest|head|belly|back|tummy
testic*|ball|balls & pain*|agony|sudden*|swollen
# pregnancy and birth
pregnan*|bump <> bleed*|blood|cramp*|contract*|waters|kick*|movement*|moving|moved|pain|pains|fainted|dizzy+spots|
flashing|blurry|swollen+face|fell|vision|spotting|gush
weeks|months+gone <> bleed*|blood|contract*|waters|kick*|spotting|gush
contraction* <> minute*|close|regular|week*|strong|early|apart|coming|fast|started
in|gone|gone+into|going+into|started labour|labor
labour|labor <> week*|started|early|premature|car|home
baby|head|cord|foot ... coming|crowning|coming+out|out|stuck|hanging|showing|born|here+now & now|see|head|cord|car|
home|bathroom|coming+out|i+can+see
giving|gave|having|delivering birth|the+baby|baby ... now|car|home|bathroom|toilet|right
need|want|urge|feel ... push ... baby|now|contract*|labour
havent|not|hasnt|cant|stopped|no|hardly|less|barely ... felt|feel|feeling|kick*|movement|movements|moved|
moving ... him|her|baby|bump|kick*|kicks|move|moving|today|yesterday|little+one|since
waters|water ... broke|broken|gone|went|leaking|green|burst
# babies
{en_baby}|little+one|bub|month|months|week|weeks|days & fever|temperature|temp|burning+up|burning|feverish|38|39|40|
102|103|104 <> week*|newborn|days|month|months|old
newborn|infant|baby|weeks+old|week+old|month+old <> feed|feeding|feeds|bottle|nappy|nappies|wet|eat|drink|drinking|
wake|latch & wont|not|isnt|no|hasnt|refus*|stopped|cant|hardly|barely
{en_baby}|newborn|little+one|months & floppy|limp|lifeless|rag+doll|ragdoll|grey|gray|blue|mottled|grunting|listless|
jelly|unresponsive|stiff|lethargic|not+crying|cold+and|sunken|whimpering
fontanelle|soft+spot
high+pitched|weird ... cry|crying|scream
sunken|bulging ... eyes|spot|fontanelle|head
fever|temperature|temp <> fit|rash|neck|confus*|stiff|shaking|delirious|spots|light|41|42|105|106|floppy|wake|
hallucinat*|limp|drowsy|purple
rash|spots|blotches|bruis*|dots & purple|dark+red|fade|fading|glass|disappear*|press*|blood <> fever|temp*|hot|sick|
vomit*|baby|son|daughter|glass|neck|skin
neck|chin ... stiff|chest|bend|move|hurts <> fever|temp*|light|headache|rash|vomit*
light|lights & hurts|bother*|stand|bear|sensitive <> neck|fever|headache|rash
# diabetes
sugar|sugars|glucose|hypo|diabetic|insulin|blood+sugar <> 1|2|20|25|28|30|32|35|38|40|42|45|28+|500|450|550|600|
confus*|unconscious|sense|shak*|wake|waking|sweat*|drowsy|vomit*|double|too+much|respond*|passed|talk*|weird|slur*|
awake|collaps*
hypo & bad|severe|wont|now|having
# violence and the place
hand|hands ... throat|neck & his|put|round|around|her
chok*|throttl* ... me|her|us
scared|afraid|terrified|frightened|fear|fearing ... kill|hurt|home|him|life|come+back|husband|partner
gonna|going|will|threaten*|says|said|wants|trying ... kill|hurt|stab|shoot|beat ... me|us|her|him|my|kids|mum
{en_hit} ... me|her|him|my|us|mum|sister|daughter|kids
husband|partner|boyfriend|dad|ex|he|man|stepdad|son|father|wife|she <> {en_hit}|punch*|kick*+me|slap*|strangl*|
violent|abus*|broke+my|beat+me|beats|threw+me|pushed+me|locked+me|threaten*|knife|gun|raped|smashing|stab*
locked ... in|out|bathroom|bedroom|myself|room <> scared|he|husband|banging|hit*|door|partner|kill|knife|smashing
break*|smash*|kick* ... door ... kill|scared|in|down
touched|touching|molest*|abus*|assault* ... private*|daughter|son|child|sexual*|bed|me|kid
forced ... sex|himself|me
knife|gun|machete|axe|weapon & has|got|holding|waving|threaten*|pulled|pointing|pointed|hand
trapped|stuck ... fire|smoke|car|rubble|under|burning|lift+smoke
smoke|flames & house|flat|kitchen|room|stairs|full|bedroom|everywhere|filling
gas_leak
explosion|building+collapsed
# a cry for help about somebody
help|please+help|quick|quickly|hurry|urgent|asap|sos & {en_who} ... really+ill|very+ill|bad+way|really+bad|very+bad|
seriously+ill|in+trouble|so+ill|dying|critical
something ... wrong|seriously+wrong & {en_who} ... really|very|terribly|badly|seriously
hes|shes|he|she|mum|dad is+in|in|are+in a+bad+way|bad+way|a+really+bad+way
help|emergency ... emergency|help
emergency|help ... come|now|quick|please+come|fast
help_right_now
{en_who} <> not_responding & fell|fall|floor|white|pale|bed|collapsed|cold
baby|week|weeks|newborn ... burning|hot & feed|eat|drink|wake
{en_grim} <> {en_ill}
nosebleed|nose+bleed & stop*|hour|hours|pouring|heavy|clots|thinners
bleed*|nosebleed|blood <> {en_no} ... stop|stopping|slow*
heav*|weight|pain|ache|pressure|tight*|burning ... front|left|arm|shoulder|back ... elbow|jaw|neck|left+arm
elbow|jaw|left+shoulder|left+arm <> heav*|chest|front|sweat*|breath*|sick|pressure
sounds|talks|talking|looks|acting|speaking|walks|seems like|as ... drunk|drugged
cant|unable|wont ... sit|stand|hold ... up|upright|head <> drunk|speech|talk*|floppy|weak|words|answer*|side|confused
called|shaken|shake|shook|calling|shouted|pinched|slapped <> nothing|no+response|respond*|react*|answer*|doesnt+move
looks|looked|seems|like dead|lifeless|dying|unconscious|a+corpse
isnt|not|doesnt|wont moving|move|budge & dead|floor|breath*|looks|cold|fell|limp|blue|call*
remember* & {en_no} <> head|bike|fell|accident|crash|knock|bang*|hit
bike|scooter|skateboard|horse|trampoline|swing <> came+off|fell|thrown|unconscious|remember*|head|concuss*
concuss*
spurt*|gush*|squirt*|pumping+out
wound|scar|stitches|operation|incision|cut|section & opened|open|burst|split|came+apart|see+inside|gaping|popped|
inside
dog|animal|horse|bull|pig ... bit|bitten|tore|ripped|mauled|attacked|savaged|kicked|chunk ... {en_who}|face|cheek|
neck|hand|arm|leg|head|my|me|piece
{en_ate} ... aftershave|shampoo|conditioner|hand+gel|sanitiser|bubble+bath|white+spirit|ink|deodorant
{en_baby}|toddler|twins <> {en_pills}|pills ... missing|gone|open|found|got|ate|floor|mouth
found ... {en_pills}|pills & missing|gone|toddler|baby|son|daughter|eaten|open
insulin <> twice|double|shak*|sweat*|confused|wrong|too+much|faint|units
barbecue|bbq|heater|generator|stove|fire|engine|garage|brazier <> headache*|sick|dizzy|sleepy|drowsy|indoors+sick
bath|tub|water|pool|pond & head+under|face+down|under|submerged|floating|bottom
tipped|spilled|spilt|poured|pulled|knocked|fell ... hot|boiling|kettle|pan|pot|tea|coffee|soup|oil|water ... baby|
over|herself|himself|him|her|me|legs|chest|arm|face|son|daughter
caustic|lime|acid|bleach|cement|glue|spray|pepper|solvent|chemical ... eye|eyes|face
hand|fingers|arm|foot|finger|leg & trapped|caught|stuck|crushed & machine|press|door|blender|mincer|mower|gears|car|
belt|under
bone & see|showing|white|out|through|visible|poking
arm|leg|foot|ankle|knee|wrist|hip|shoulder & bent|twisted|turned|wrong|outwards|backwards|deformed|shouldnt|
dangling & bone|scream*|pain|fell|slipped|cant|shouldnt|wrong|hanging
rear+ended|crashed|crash|hit|pile+up|accident|knocked+off <> legs|neck|feel|arms|numb|blood|head|move|breath*|trapped
belly|stomach|tummy|bump|abdomen & hard|rock|rigid|board|ripped|tearing
rip|ripped|tear|tearing|tore|snapped|popped ... back|chest|belly|stomach|inside|head & sweat*|hard|cold|pain|faint|
headache|belly
waters|water|fluid|liquid ... green|brown|bloody|meconium
pushing|push|crowning & wife|partner|car|baby|taxi|home|girlfriend|labour|she|midwife
pregnan*|weeks <> stars|spots|flashing|lights|blurred|swollen+hands|swollen+face|headache|hard|rock+hard|itching+all
{en_baby}|newborn|little+man|little+one|bub <> wont|not|refus*|isnt|hasnt ... bottle|feed|milk|breast|nappy|eat|
drink & hot|boiling|moan*|sleep*|limp|fever|hours|grunting|floppy|wake|cold|all+day
boiling|burning|roasting|red hot|up & newborn|baby|weeks|month|infant|feed|bottle
cant|no+way|unable|wont|impossible ... get|make ... open ... eyes
fever|temperature|40|41|104 <> things+that|arent+there|hallucinat*|seeing+things|rambling|nonsense|delirious|
talking+to+himself|not+real|imaginary
saying|seeing|hearing|sees ... things|people|insects|spiders ... arent|not|isnt there|real
dots|spots|rash|blotches|marks|bruises ... dont|doesnt|wont|not ... go|fade|press|blanch|disappear
light & hurts|bothers|stand|painful & neck|head|fever|sick|vomit*
heart|pulse|beats & missing|skipping|stopping|fluttering|jumping|pausing|racing|all+over & dark|black|dizzy|faint|odd|
weak|breath*|chest|sweat*
everything|vision|eyes|sight ... going|gone|went ... dark|black|blurry|grey|dim|fuzzy
tongue|words|mouth|lips & thick|heavy|wrong|wont+work|twisted|come+out|numb|jumbled & leg|arm|head|face|words|speech|
sudden*|talk*|side
leg|legs|arm|knee & gives|gave|giving way|out & words|tongue|speech|face|sudden*|side|other|numb
fell|fallen|fall <> found|hours|night|cold|teeth|cant+get+up|cant+move|hip|floor|freezing|all+night|scream*
afraid|scared|frightened|terrified <> kill|kills|go+home|going+home|hurt+me|beat*|come+back|hes+outside
he|shell|hell|theyll|she will|ll|is+going+to|gonna kill_me|us|her
kicked|broke|smashed|banging ... door <> knife|kill|hit|scared|screaming|gun|drunk
lying|laid|collapsed|slumped ... waiting+room|floor|street|pavement|bathroom|corridor|stairs|lift|outside & wake|
respond*|move|moving|breathing|blood|unconscious|man|woman
swallow*|saliva & cant|unable|wont|dribbling|drool*|anymore|spit
dribbl* <> swallow*|face|arm|speech|talk*|side|respond*|mouth
eating|ate|food|lunch|dinner|grape|sweet|sausage|meat|nut <> air|breath*|chok*|stuck|throat|blue|purple|cough*|
wrong+way|going+in
no air
red|hives|blotchy|rash & all+over|everywhere|whole+body & breath*|throat|swollen|dizzy|lips|tongue|face|wheez*
stung|bitten|sting|bite & hornet|wasp|bee|spider|jellyfish|snake|scorpion & swollen|swell*|breath*|dizzy|red+all|
faint|throat|hives|blister*
{en_baby}|toddler|he|she|son|daughter <> battery|coin|magnet|bead|marble|button|lego ... mouth|nose|swallow*|throat|
ate
diabetic|diabetes|sugar|insulin <> sweaty|sweat*|daft|answers|confused|odd|strange|shak*|faint|sleepy|wake|talk*|
aggressive|vomit*|drowsy|slurring
brought|bringing|bring|throwing|threw|coughing|being|been up|sick|out ... dark|black|brown|coffee|blood|red
giving|gives|talking|saying|says ... daft|silly|odd|weird|wrong|funny|strange answers|things|stuff|rubbish
pain|agony|hurt* ... excruciating|unbearable|worst|screaming|passing+out|dying ... chest|head|belly|stomach|back|side
pad|nappy|sheets|towel|mattress|pants ... blood
respiratory_distress|failure|arrest
{en_ate} ... more|extra ... {en_pills}|tablets ... than|should|supposed|meant|prescribed
{en_ate} ... whole|entire|full|all box|bottle|packet|pack|strip|blister|tub
something|thing stupid|silly|bad & took|taken|pills|tablets|cut|drank
stopped|stops|quit talking|speaking|responding|answering|moving|walking|swallowing|reacting|crying & {en_who}|sudden*|
just|staring
{en_no}|cant ... speak|talk|walk|swallow|stand any+more|anymore|suddenly|now+just
just|only|keeps staring|stares|looks+at+me|looking+at+me|looks+through
staring|stares & space|nothing|wall|ceiling|blank*|just|through
{en_no} ... remember|know|say ... own+name|her+name|his+name|who|where+she|where+he|what+day|what+year
fall|fell|fallen|knock|bump|bang|tumble|crash <> odd|sleepy|drowsy|vomit*|confused|pale|pupil*|convuls*|dazed|glazed|
slurr*|sick|weird|not+right|funny & since|after|now|keeps|and|been
stung|sting|bite|bitten <> allergic|epipen
bee|wasp|hornet <> allergic|swell*|swollen|epipen
{en_baby}|month|months|week|weeks|newborn <> crying|cry|cries & strange|strangely|weird|weak|high|different|cat|funny|
moaning|nonstop
shaking|trembling|jerking|jerked|shivering|twitching all+over|uncontrollably|violently|everywhere|whole+body
whole|entire body ... jerk*|shak*|stiff*|rigid|convuls*|twitch*|numb
boiling|scalding <> tummy|belly|chest|arm|arms|leg|legs|hand|hands|face|back|neck|foot|feet|body|baby|son|daughter|
fell|spilt|spilled|poured|over|himself|herself|myself|child
breathing|breathe|breath|breathes & fast|quickly|rapid*|shallow|noisy|funny|tummy|ribs|slow+and|strange|weird
underwater|under_water|under_the_water
steps|talk|talking|walk|speak|move|stand <> breath*|breathless & cant|without|losing|lost|lose|stop|no
went|gone|turned|turning|goes|looks|face white|pale|grey|green <> {en_ill}|squeez*|says
squeezing|squeezed|squeeze|crushing|tightening|tightness ... middle|centre|center|inside|here|chest|heart|everything
jaw|teeth|neck|left+shoulder <> tingl*|numb|arm|shoulder|sweat* & pain*|ache*|hurt*|sore
fluid|water|waters|liquid & came|gush*|broke|leak*|pouring|out <> push|pushing|contraction*|pregnan*|weeks|months|
baby|labour
feel|feels|need|want|have like+pushing|to+push|pushing
cut|sliced|slashed|gashed|stabbed ... myself|himself|herself|hand|arm|leg|deep*|bad|badly <> stop|stopping|deep*|
artery|bleed*|blood|gush*
{en_no} stop it <> cut|blood|bleed*|wound|gash
something ... bad|terrible|awful|serious ... happened|wrong & {en_who}|home|now
swallowed ... {en_no}|breath*|cough*|stuck|chok*|object|something|dentures|denture|toy|ring|pen|bone|glass
{en_no} stay|stand|keep ... feet|upright & slur*|talk*|speech|confused|face|drunk|dizzy|words
taken|took|had|swallowed ... more {en_pills}
two|few|couple|three steps|stairs <> breath*
asleep|bed|sofa ... cigarette|fire ... burn*|burnt|burned
{en_no} ... coming|come|comes|back ... back+to+himself|back+to+herself|round|back+to+normal
cigarette|candle|heater|sofa ... burnt|burned|burn|fire
fever|temperature|temp <> {en_no} understand*|recognis*|recogniz*|know|understands
shower|bathroom|bedroom|door <> wont_open|wont+answer|not+answering|cant+hear+anything|no+answer
tablet*|pill|pills|medicine|drops ... three|four|five|six|ten times|twice ... mistake
too_many drops|doses|puffs
burnt|burned|scalded ... whole|entire|all
burnt|burned|scalded <> water|oil|leg|arm|face|hand|kettle|pan
wardrobe|fridge|shelf|tree|wall|bookcase|tv|gate|cupboard ... fell|fallen|on ... him|her|me|baby
wet|pee|peed|wee ... herself|himself <> rigid|stiff|shak*|confused|passed|went
pain ... so bad|strong|much ... cant|stand|straight|walk|talk|sleep
blotches|spots|patches|marks & purple|dark+red
something ... heart|wrong+with|up+with ... sweat*|arm|chest|pale|breath*
shakes|shook|shaking ... baby|newborn|him ... cries|crying
{en_no} open ... eyes|eye
locked|locks|shut ... room|bathroom|bedroom & medication|pills|tablets|knife|razor|meds|answer*
bleeding|blood <> months|weeks ... along|pregnant|gone
tablets|tablet|pills|medicine|dose ... three|four|two|several times|twice
bleed* ... from|out head|ear|ears|eyes|mouth
hurts|pain|sharp ... breathe|breathing <> blood|red|leg|swollen|sudden*
breathed|inhaled|breathing ... peanut|nut|bead|food|coin|toy|water
talk*|speak*|acting oddly|funny|weird*|strange* <> walk|straight|arm|face|since
hand|arm|leg|fingers ... wont|doesnt ... do|obey|listen ... what|tell|me
mumbl*|mumbling|babbling|slurring <> arm|face|hanging|mouth|side|weak
arm|arms|leg|face|mouth ... hanging|dangling|limp
pregnant <> lights|flashes|stars|blurry|double
sugar|glucose <> low|high|understand*|sense|pale|shaky
{en_baby}|he|she|mum|dad ... taken|swallowed|took ... my|his|her|gran|their {en_pills}
wound|stitches|incision|scar|operation|surgery <> shiver*|temperature|rigors|pus
smile|smiles|smiling <> one+side|lopsided|crooked|half+her|half+his
bit|bitten|chewed|licked|sucked|mouth ... dishwasher|laundry|washing|detergent|pod|pods|battery|bleach|cigarette|cigarettes
1|2|3|4|5|6|one|two|three|four|five|six week|weeks|month|months|wk|wks|mo old <> temp|temperature|fever|38|39|40|hot
no|not ... wet ... nappy|nappies|diaper|diapers
no|without tears
nail|needle|spike|screw|stick|pole|knife|glass|hook|drill|fork ... through|into ... hand|foot|leg|arm|eye|finger|head|thumb
rolled|dropped|slid|slipped off|out|from <> vomit*|sick|sleepy|drowsy|limp|odd|pale|head
pulse|hr|bpm|heartbeat & 150|160|170|180|190|200|210|220
doesnt|not|didnt|dont|cant|wont|hardly recogni* ... me|us|her|him|his|anyone|family|wife|husband|kids|mum|dad
cut|chopped|sliced|severed|ripped|tore|took|lost ... finger|fingers|thumb|toe|fingertip|tip|ear ... off
smoke ... everywhere|pouring|thick|filling|stairs
mushrooms|berries & sick|vomit*|cramps|wild|garden
drag* ... leg|foot|arm
leg|arm|foot|hand ... gone|went|turned|is|looks cold|white|blue|black|purple|grey
cant|cannot|not|unable|dont ... tell|know|sure ... breathing|breathes
if|whether ... hes|shes|he+is|she+is|still|is+he|is+she breathing
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
a|in_coma
suffocation
feel|feeling|gonna|going|about|think+ill faint|faint*|pass+out|black+out|blackout|passing+out
hypotherm*
heat_stroke
heatstroke
carbon_monoxide
hypoglyc*
lightheaded & chest|breath*|blood|heart
blood|bleed* & {en_much}
blood|bleed* <> dizzy|faint|pale|weak|lightheaded|toilet|nappy|pad|pregnan*|thinners|warfarin|gone+white|woozy
swallowed
{en_who} ... on|face+down the floor|ground|pavement|kitchen+floor
on_the_floor|ground
bit|bitten ... tongue
respiratory distress|failure|arrest
choking
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
wont|not|isnt|cant|doesnt wake|waking|wakes
{en_no} {en_wake} up|me|to|anything|when|at|voice|us|properly
{en_who} ... {en_no} {en_wake}
"""

UNANSWERED = """
not_responding
isnt_responding
doesnt|wont|not_respond
"""

TELEPHONE = """
phone|telephone|call|calls|email|emails|message|messages|number|text|texts|whatsapp|app|website|portal|office|
reception|nobody|desk|you|link|bot
"""

RELATIVE = """
=he|she|hes|shes|him|her|dad|mum|mom|husband|wife|son|daughter|father|mother|baby|child|grandma|grandad|grandpa|
brother|sister|partner|granny
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
{en_not}|cant|dont|no_longer ... do|take|handle|bear|stand|face|live|carry|keep|go|cope ... anymore|any+more|longer|
on|going|much+longer|another+day|it+all <> {en_end}|over|stop|out|sleep|pain|life|dead|everyone|nobody
{en_not} ... do_this|take_this|take_it|live_like|keep_going|carry_on ... anymore|any+more|longer|much
{en_not} ... face ... another|tomorrow|life|day
want|wanna|need|wish|just+want|ready ... !{en_end} ... all|everything|life|me|tonight|my+life|forever|pain|this+to|
it+to
want|wish|need|wanna|just ... it|everything|this|all|pain|life|suffering ... over|stop|end|finished|done
point|use|purpose|reason|sense|why ... {en_live}
no|isnt|whats|what|nothing|any ... point|use|reason|purpose ... {en_live}|me|on|anymore|anything|bothering
reason ... get_up|live|wake|here|go+on|carry+on & no|any|dont|without
why ... am_i|bother|even ... alive|living|here|exist|keep+going|trying|still
nothing ... left|matters|worth|to+live|look+forward & me|anymore|life|living|for|fight
burden|weight ... on|to|for|everyone|kids|family|children|husband|wife|parents|mum|dad|everybody|all|them|people
i|im|am|feel ... !worthless|useless|failure|nothing|waste|pathetic ... everyone|nobody|space|live|life|anymore|alive|
family|to+anyone|no+one|world
close|shut ... eyes ... {en_no}|never|forever|for+good ... open|wake
pray*|praying|hope|hoping|wish*|wishing|dream|want ... {en_no}|dont|not|never|wouldnt|didnt ... wake|woke|exist|
existed|exist*|open|born|here|be+here
wont|not|gonna|will ... be|see ... here|around|morning|christmas|birthday|new+year & tomorrow|long|anymore|
much+longer|here|matter|soon|by|around
wont|not ... be_here|around|bothering|a_problem|alive & tomorrow|soon|long|much|matter|when|after|longer|anymore
goodbye|goodbyes|farewell|bye & said|say|saying|forever|last|final|letter|letters|note|notes|everyone|wrote|written|
world|kids|mum
last|final ... time|message|text|words|letter|day|email|post & write|writing|hear|talk|ever|from+me|you+see|here|
of+my+life
note|letter|letters|video ... goodbye|suicide|family|kids+when|explaining|when+im+gone|sorry
left|wrote|found|leaving|writing ... note|letter|letters & goodbye|suicide|suicid*|die|bye|gone|sorry+for
take_care|look_after ... kids|dog|cat|mum|children|son|daughter ... when|after|gone|me|for
be|join|reunited|together|go ... with|to ... wife|husband|mum|dad|son|daughter|him|her|mother|father|baby ... again|
heaven|other+side|soon|up+there
heaven|afterlife|other_side ... soon|join|with|see
died|passed|lost|gone|death|funeral <> want|wanna|wish ... to+be+with|join|follow|go+too|be+with
better|happier ... off+if|without|relieved|off+without|if+i+was|off+dead
better|happier|easier|relieved|fine ... without|if+i|if+id|once+im|when+im ... me|wasnt|werent|gone|dead|died|around|
here|never|vanished|disappeared|not
balcony|bridge|platform|tracks|train|roof|window|cliff|ledge|motorway|traffic|pills|rope|blade|razor|knife|river|belt|
edge <> step|jump*|let+go|thinking|think|one|over|end|easy|easier|look*|stand*|staring|end+it|front|calling|pull|use|
dead|die|tempt*|walk+out
blade|razor|razors|scissors|lighter & skin|arm|arms|wrist|wrists|leg|legs|thigh|thighs|myself|cut*|hid*|found|use
cuts|scars|slashes|marks|burns ... arm|arms|wrist|wrists|leg|legs|thighs|stomach & daughter|son|fresh|new|her|his|my|
found|noticed|hide|hiding|long+sleeves|self
hurt|hurting|hurts|harm|harming|punish|burn|burning|starve|starving|scratch|hit|hitting|cut|cutting|bite ... myself|
herself|himself|themself|themselves ... when|to|because|again|every|feel|on+purpose|cope|every+time|sad|numb
am|im|been|keep|started|start|back+to|stop|urge|shes|hes|ive+been cutting|self+harming|harming|selfharming ... again|
myself|lately|every|since|more|tonight|my
cutting ... again|myself|herself|himself
only|easy|easiest|best|one ... way|exit|solution|escape|answer|option ... death|die|dying|dead|suicide|end|disappear|
out & {en_live}|death|die|dying|dead|left|see|end
no ... way|escape ... out|from|this & left|see|me|life|anymore|except
no|lost|without|any ... hope|future & me|left|life|anymore|live|going|see|all
do|doing|did ... something ... stupid|silly|drastic|bad|terrible|myself & scared|afraid|might|worried|about|going|
gonna|i
voices ... telling|tell|say|saying ... kill|hurt|harm|die|jump|myself|end
scared|afraid|frightened|worried|dont+trust ... myself|what+i|i+might|alone+with
think|thinking|thought|thoughts|dream*|fantasi*|obsess*|googl*|search*|research* ... about|of|how|ways ... !dying|die|
death|dead|killing|suicide|ending|not+being|disappearing|overdos*
dark|bad|awful|scary|intrusive thoughts ... {en_live}|me|again|back|stop|harm|end|hurt|tonight
says|said|saying|texted|told|threaten*|wrote|posted|talks|talking|keeps ... !die|suicide|kill+himself|kill+herself|
end+it|end+his|end+her|jump|disappear|not+be+here|be+dead|hang
hate ... myself|living|being+alive|existing|my+existence|waking
sick|tired|exhausted|done|fed ... of|with|fighting ... being+alive|life|living|existing|fighting|
everything+and+everyone|this+world|waking+up|hurting|being+me
let|letting me_die|me_go
hope|wish|want|pray ... car|bus|truck|accident|cancer|heart+attack|something|lightning ... kill*|kills|take*|hits|hit|
run+me|end
dont|not|cant|no ... see ... future|tomorrow|myself+here|a+way|point|next|reason|getting+better
disappear*|vanish*|gone & nobody|no+one|noone|anyone|everyone|notice|care|miss|forever|just+want|want|better|world|
earth
nobody|noone|no+one|anyone|anybody|who|wont|wouldnt ... notice|care|cares|miss|cry|come|bother*|remember|even ... me|
gone|if+i|died|disappeared|funeral|dead|left
want ... sleep|asleep ... forever|never|not|dont|and+not
pills|tablets ... ready|saved|saving|counted|hidden|stash*|in+front|lined|hand|stockpil*
rope|noose|gun ... ready|bought|garage|loaded|hand|tied
given|giving|gave ... away|belongings|things|stuff & goodbye|dog|suicid*|need+it
final|affairs|will ... order|plans|arrangements & goodbye|gone|die|sorted|dying
game_over|im_out ... me|life|world
life ... is|feels ... over|hell|pointless|empty|worthless|torture|unbearable|nightmare|not+worth & my|i|me|anymore|
want
ctb
kys|kms
hanged|hung himself|herself|myself
found ... hanging|hanged
want|wanna|wish|like|love|feel|feels|going|dream|thinking|need|decided|could|better|tempted|urge ... !{en_beyond}
fall|go|drift|drop ... asleep|sleep ... forever|for+good|thats+it|permanently|and+not
asking|ask|wonder*|dont+know|question why ... wake|alive|live|exist|born|here|bother|breathe|get+up
life|existence ... mistake|failure|mess|waste|joke|pain|black|dark|ruined|empty|destroyed & my|i|all|nothing|end|only
i|im|am|was|being_a|an|such ... !mistake|failure|waste+of+space|waste+of+oxygen|accident|nobody|a+nothing|
better+off+dead|broken & born|should|never|life|everyone|everything|only|just|to
deserve ... die|live|life|earth|pain|suffer|exist|happy+never|nothing
dont|doesnt|not deserve
written|wrote|writing|left|leaving|prepared ... letters|letter|note|notes ... kids|children|son|daughter|mum|family|
everyone|wife|husband|table|desk
mirror ... erase|hate|disgust*|disappear|smash|punch
bridge|balcony|railing|ledge|window|tracks|cliff|platform|roof|motorway ... climb*|fly|jump*|leap|throw|let+myself|
tempt*|feel+like|urge|over+the|edge
no|isnt|not need|reason|point|use ... me|i ... stick|around|stay|here|live|keep
lived ... enough|too+long
wont|not|never|dont ... see_me|him|her|us again|anymore|any+more
give|giving|gave|given ... my|all|her|his ... stuff|things|clothes|books|belongings & need|goodbye|away|anymore
hate ... myself|me
lost|died|dead|gone|passed <> go_to|be_with him|her|them|mum|dad
want|wanna|wish|need ... go|be ... to|with him|her|mum|dad|my+wife|my+husband|my+son|my+daughter <> died|dead|lost|
passed|heaven|gone|death
decided|decision|made+up <> last|tonight|end|over|thats+it & last|tonight|end|over|life|final|goodbye
tonight|today|tomorrow is|will+be|its ... last|over|the+end|final|end
everything|all|life|inside|world|future ... black|dark|empty|grey|bleak & nothing|no|nobody|left|only|light|way
dark|darkness|hole|pit|tunnel|abyss & out|light|escape|sinking|falling|swallow*|deeper|end
nothing|nobody|noone|no+one ... keeping|keeps|holding|holds|left|waiting|tying|stopping|save ... me|here|for+me
pills|tablets|box|bottle|razor|blade|rope|knife|belt ... holding|hand|in+front|table|ready|next+to|staring|
looking & dont+know|know|think*|end|over|sleep|all|life|do
holding|staring|looking ... pills|tablets|razor|blade|rope|knife|bottle+of
burden|in_the_way|too_much ... i|im|am|everyone|family
god|lord|jesus ... take_me|call_me|please+take|end+this|let+me+go
looked|looking|searched|searching|googled|googling|history ... how|ways|painless ... die|kill|suicide|overdose|hang*|
end
best|better ... if_i go|left|leave|went|disappear|vanish|werent
{en_not} ... keep|go|carry ... living|on ... like+this|anymore|any+more|this+way
what|why ... am_i living|alive|here|breathing|existing ... for
living_for & what|nothing|no
what|how|wonder|think|imagine ... be_like|better|happen ... if_i wasnt|werent|died|disappeared|not|gone|never
go|going|goes ... away forever|for+good
cutting & calms|calm|helps|relief|only|stop|urge|release|need|better|pain
hurt*|pain|dead|empty|numb|broken inside & cutting|only|want|end|cant|stop|nothing|anymore
wrote|writes|written|posted|texted|said|says ... !go+away+forever|leave+forever|end+it|disappear|die|not+wake|goodbye
afraid|scared|worried|frightened ... ill|i+will|i+might|ill+do|i+may ... hurt|harm|kill|do
tired|sick|done|exhausted ... everything|it+all|all+of+it <> end|over|stop|disappear|sleep|gone|die
thought|thinking|think|plan*|want|going ... taking|take|swallowing|overdos* ... all|whole|every|bunch|
bottle ... pills|tablets|meds
{en_not} ... bear|stand|want|wish ... to+live|living|live+any|being+alive|be+alive
asleep|sleep ... forever
what good|use ... am_i|i_am
want|wish ... stop|end suffering|hurting
easier|better|peaceful ... !die|dead|dying|death
god|lord ... take ... me
what good|use am|is i|my+life|living
everything ready & bother|burden|goodbye|anyone
{en_not} ... find|see ... point|light|sense|hope
thinking|think ... how ... do_it|to+do+it
head|mind|brain|thoughts & =death|suicide|ending+it|dying
light & end|tunnel|see|left
look|take ... after|care ... daughter|son|kids|children|dog|mum & sorry|forgive|goodbye|everything
says|said|threatens|threatening|told ... hell|he+will|shell|to ... jump|hang|cut|shoot
pills|tablets|rope|razor <> limit|table|end+of|last+straw
vanish*|disappear* ... not|never|and ... come|coming|back
feel|feeling|want|like ... vanishing|disappearing|dying
nice|lovely|better|love|like ... asleep|sleep ... never|not ... come|wake|back
wrote|written|writing ... my|a|the !note|goodbye|letter+to
bought|found|got|hidden ... rope|noose|razor+blades|gun|sleeping+pills
dont|not|wont ... reach|see|make+it+to|last+until|last+till ... tomorrow|christmas|morning|birthday|summer
life ... is !over|finished|done & my
doing|do ... something ... to_myself
dont|no|havent ... strength|energy|will|heart|desire ... live|living|go+on|keep+going|carry+on
let_go ... want|energy|anymore|life
want|ready|time ... let_go
nice|lovely|better ... fall_asleep ... never|forever
asleep|sleep ... never ... come|wake|back
asleep|sleep ... forever|for+good
no sense|point|use ... carrying_on|living|going_on
throw|throwing|fling|chuck ... myself|himself|herself ... under|off|front|train|tube|metro|subway|bus|lorry|traffic
left|leaving ... note|letter ... cant_find|find|missing|phone|gone
carrying|going|keep_on ... living like|this
saving|saved|stockpil*|hoard*|stash*|collecting ... up|my|her|his ... {en_pills}
{en_pills} ... wouldnt|not|never|dont|wont wake
blade|razor|noose|rope|gun|pistol ... hand|hands|neck
im|i+am|sitting|standing|stood on|at the|a bridge|ledge|rooftop|roof|tracks|cliff|parapet|overpass
hurt*|cut|cuts|cutting|burn*|harm* ... purpose|deliberately|intentionally
noone|no+one|nobody ... help <> over|pointless|hopeless|finished
died|passed|dead|death|lost <> be+with her|him|them|mum|dad|mom
hope|hoping|wish|wishing|pray|praying ... i|id|ill|to die|died|dead
think*|thought ... jumping|hanging|ending+it
better_off ... with ... nan|gran|mum|dad|grandma|without
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
as_a toddler|child|baby|kid|teenager|boy|girl|teen
"""

TIME_WORDS = """
a|an|one|two|three|four|five|six|seven|eight|nine|ten|twenty|many|few|some|several|in|back|year|years|month|months|
weeks|ago|last|couple|of|the|past|long|time|about|over|when|i|was|young|child|as|since|{en_year}|more|than
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
never_fainted|had|collapsed|felt|lost|passed|been
havent|hasnt|didnt_had|fainted|collapsed|passed
never_been|had|fainted|collapsed|felt|lost|suffered
im|hes|shes_not|never
not suffocating|choking|bleeding|dying|unconscious|dizzy
not|no|never ... vomiting|throwing|coughing|bringing|losing
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

# Where "no" begins what happened instead of denying it.
NO_LACK = """
no_sense|point|pulse|air|breath|reason|way|hope|future|use
"""

NOT_NEGATION = """
never ... like+this|so|such|bad|worse
never_had|felt|experienced|known ... before
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
and wont|isnt|hasnt|doesnt|cant|not
or|and_wont|isnt
"""

IDIOM = """
dying|die|died|dead|starving to|of|from|for|laughing ... see|know|laughter|boredom|embarrassment|hunger|heat|
curiosity|shame|thirst|try|meet|hungry|tiredness|tired|coffee
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
dying|dead|die|died ... laughing|laughter|lol|haha|funny|to+see|to+know|boredom|heat|cute
starving|starved to+death|lunch|hungry|haha|open
bored|freezing|boiling|worked|scared|frozen to_death
death|dead ... bored|laugh*
killed|killing|kills|kill|slays me & film|movie|joke|jokes|show|song|feet|shoes|back|wait|heat|traffic|work|job|lol|
haha|hill|stairs|knee|price|prices|exam|queue|funny|podcast|boredom|suspense
kill|kills|killed ... for ... coffee|tea|chocolate|appointment|slot|holiday|pizza|nap
kill|murder me ... if|when|late|find*|cancel|miss|forget
boss|wife|husband|mum|mother ... kill|murder ... me ... if|when|late|find*|cancel|miss|again|forget
take|takes|took ... breath ... away|prices|view
prices|price|bill|cost|invoice|quote|total <> !heart+attack|faint*|collaps*|breath|stroke|died|choked|passed+out|
killed|chest
bored|tired ... out_of_my
phone|battery|laptop|line|connection|internet|website|portal|app|system|server|site|printer|wifi|tv|car ... died|dead|
dying|crash*|killed|collapsed
brain|head ... fried|explode ... work|forms|paperwork|menus|menu|options
jump|jumping|jumped ... the_gun|queue|line|joy|on+a+call|conclusions|train+to
drowning|buried|swamped ... work|emails|paperwork|forms|admin|homework|laundry
heart ... melt*|skipped|sinks|sank|warm*
team|match|game|film|movie|series|book|gig <> !heart+attack|killed|died|dying|collapsed
shoot|shot ... email|message|text|photo*|video|picture*|you|over
blow|blown|blows ... mind
suicide_squad|political
end ... of ... month|week|day|year|road|queue|shift|contract|term
cut|cutting ... costs|corners|hair|grass|short|queue|sugar|carbs|back|down|nails|gluten
match|game|football|penalty|final|stadium|shootout <> !heart+attack|died|dying|faint*
murder|kill ... coffee|pint|burger|curry|sandwich|drink
death_of_me
blocked|stuffy|runny nose
suffocating|breathe ... blocked|nose
late|traffic|delayed|stuck|motorway|running <> !accident|crash|wreck|collision
plants|plant|flowers|phone|laptop <> !fainted|died|dead|collapsed
husband|wife|boss|mum|dad|mother|he|she ... !kill ... me ... if|when|lol|late|find|cancel
cute|funny|sweet|hilarious ... !dying|dead|died
draw|breakfast|fasting ... !blood
dentist|dentists|anaesthetic|anesthetic|filling <> !numb|mouth|tongue|lip
ground floor
heart+attack|stroke ... haha|hahaha|lol|joking
dying for ... sleep|coffee|pint|tea|drink|break|holiday|wee
disappear ... mailing|list|database|newsletter|system|records|data
disappear from ... your
disappear ... mailing|list
want|like|wish ... disappear ... list|newsletter|database|records|system
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
didnt|did_not|not|never|wasnt|hasnt|havent|wouldnt faint*|collaps*|fainted|collapsed|passed+out|pass+out|unconscious
last|end ... appointment|visit|message+from+you|invoice
pressure|holter monitor*|cuff|check|clinic
heart rate|monitor
water|waters bottle|fountain|birth|aerobics
stroke|heart clinic|ward|nurse|association|foundation|charity
fell|fall|falling asleep|behind|through|in+love
ambulance refund|invoice|bill|bay|parking|receipt|transport|driver|entrance|reimburse*
refund|invoice|bill|papers|receipt|parking ... !ambulance
need ... ambulance refund|invoice|bill|receipt
choking|resuscitation|cpr|drowning course|class|prevention
course|class ... choking
mailing list
ground floor|level
information|data|details|records|everything+about+me ... !disappear|gone|erased
want ... information|data|details|records ... disappear|gone|erased
need|want|have|like ... push|pushing ... appointment|appt|visit|booking|date|slot|
consultation|scan|checkup|test|meeting|it+back|back+a|back+to|back+by|back+my|back+until
blood taken|drawn|cells|cell|count|group|type|work|donor|donation
tongue ... !white|coated
flesh_and !blood
blood !pressure tablet|tablets|pill|pills|medication|meds|medicine
doesnt|dont|wont|not want|wants ... come|go ... dentist|doctor|appointment|school|hospital|clinic|nurse
stool|poo|faecal|fecal ... test|sample|kit
occult_blood
{en_no} answer*|picking+up|pick+up ... phone|calls|call|texts|messages|email|emails|mobile
"""

ADMIN = """
certificate*|form|forms|rehab*|physio*|checkup|check|follow|book|booking|appointment|appointments|insurance|record|
records|report|letter+for|letter+from|doctors+letter|discharge*|hospital|admitted|course|courses|vaccin*|risk|risks|
prevent*|screening|clinic|unit|specialist|cost|costs|price|test|tests|cancel|reschedule|move|change|leaflet|
information|advice|diet|training|therapy|address|invoice|cardiolog*|neurolog*|prescription|parking|=hours|policy|
survivor|recovery|recovering|awareness|refund|referral|seminar|talk|in+case|claim|postpone|contact|exit|number
parking|ecg|ekg|antenatal|birth+class|class|classes|sign+up|signing|vaccine|vaccination|jab|how+much|nurse|lecture|
donate|donation|volunteer|charity|fundraiser|certificate|qualified|trainer|dentist|anaesthetic|anesthetic|holter|
monitor|department|waiting+time|waiting+times
count|sample|fast|fasting|cholesterol|lab|phlebotomy
"""

# One of these alone is ordinary; two of different kinds in one message are not (`emergency.py`).
SKIN = """
pale|pallid|ashen|greyish|bluish|clammy|mottled|waxy|blotchy
gone|went|turned|turning|is|looks|so|hes|shes white|grey|gray|blue|purple|green|yellow|cold
cold & white|sweat*|clammy|pale|blue
red|hives|rash|blotches|spots ... all+over|everywhere|body|face|purple
lips|nails|fingers & blue|purple|dark|black|white
skin ... funny|grey|cold|mottled|clammy|weird|blue
"""

BREATH = """
breath|breaths|breathe|breathing|breathless|gasp*|wheez*|panting|puffing
chest|breastbone
heart|pulse ... racing|pounding|mad|skip*|flutter*|somersault*|irregular|weird|fast|hammering|jump*|flip*|thump*
throat|tongue|lips|mouth ... clos*|swell*|swollen|burn*|itch*|tingl*|tight*|numb|scratchy+and
cough* ... blood|nonstop|cant+stop|foam|choke
voice ... going|gone|hoarse|croaky|disappear*
air ... enough|no|hungry
"""

PAIN = """
pain|pains|hurt*|ache|cramp*|agony ... awful|terrible|severe|unbearable|excruciating|sudden*|horrendous|worst|crazy|
killing|insane|stabbing|intense|really+bad|so+bad
moan*|groan*|scream*|clutch*|writh*|doubled+over|howling|whimper*
pain|pains|ache|hurts ... shoulders|shoulder|blades|jaw|side|arm|abdomen|neck|belly
neck|head|belly|stomach|tummy ... killing|explod*|splitting|burst*|hard|rigid|bursting
agony|excruciating
pain|pains|ache|hurts ... so|bad|badly|lot
weight|heavy|heaviness ... chest|head|stomach
holding|clutching|grabbing ... arm|chest|head|stomach
pain|pains|hurts|hurt|hurting|cramp|cramps|headache|ache|aching|sore+chest
"""

MIND = """
confused|groggy|dazed|delirious|disoriented|disorientated|spaced+out|out+of+it|raving|rambling|hallucinat*|blackout|
vacant|incoherent
doesnt|does+not|cant|not understand*|understand ... anything|me|what|us|any
faint|fainted|fainting|passed+out|pass+out|blacked+out|collapsed|unconscious
sleepy|drowsy|asleep|sleeping|lethargic ... too|very|really|all|so|keeps|wake|wont|odd
came|woke|coming|come to|round|back ... floor|ground|himself|herself|himself+after
odd|strange|weird|funny ... acting|seems|answers|behav*|talking|being|not+himself|not+herself
isnt|not|hardly|barely ... himself|herself|with+it|making+sense|responding
strange|weird|odd|funny things|thing
saying|talking ... things|strange|odd|weird
"""

NEURO = """
limp|limping|stagger*|stumbl*|veering|dragging ... leg|foot|hour|walls|words|side|since|morning
words|sentence|word|speech ... find*|struggl*|wrong|jumbled|get|slurr*|out|funny
mouth|eyelid|eye|cheek|face ... down|drop*|close|crooked|side|droop*|numb|shut
side|half|left|right ... dead|weak|heavy|numb|moving|move|feel|drag*
vision|sight|eyes ... blurry|blurred|double|dark|black|fuzzy|gone|spots|flashes
cant|not|unable|doesnt ... feel|move|lift|hold|raise ... fingers|arm|leg|legs|hand|hands|head|foot|side|arms|face
tingl*|numb*|pins ... arm|face|hand|side|leg|tongue|lips|mouth|fingers
head|neck ... lolling|flopping|hanging|hold+up
dizzy|vertigo|spinning ... fall*|sick|sudden*|stand|very|so|vision
walking ... sideways|funny|strange|drunk|crooked
tingling|tingles|tingly
eye ... shut|closed
neck ... stiff|rigid|move
light ... killing|hurts|stand|bother*
legs|leg|knees ... jelly|buckling|buckle|gave|giving|lead
hand|arm|leg|fingers ... wont|doesnt|not ... do|obey|listen|work
talk*|speak*|acting oddly|funny|weird*|strange*|odd|slow
walk ... straight
"""

FLUID = """
blood|bleed*|bleeding|clots|haemorrh*|hemorrh*
vomit*|throwing+up|threw+up|being+sick|been+sick|was+sick|puking
drool*|dribbl*|froth*|foam*|saliva
hasnt|not|wont|havent|isnt ... peed|wee|weed|urinat*|drink|drinking|feeding|feed|swallow*|wet+nappy
poo|stool|stools ... black|blood|tar|tarry
discharge|fluid ... red|brown|gush*|lots
wet|wee|pee|poo ... herself|himself|black|blood
spit*|cough* ... red|blood|pink
"""

TRAUMA = """
fell|fallen|fall|slipped|tripped|tumbled|thrown
blow|bang|bump|knock|kick|punch|hit ... head|stomach|belly|back|neck|chest|side|face|took|hard
crash|crashed|accident|run+over|knocked+down|crushed|trapped|impaled|stabbed|collision
nail|glass|knife|blade|spike|screw ... foot|hand|eye|leg|through|stuck|in|stood
burn|burns|burnt|burned|scald*
fork|fingers|finger|screwdriver|knife ... socket|plug|blender|toaster|outlet
shock|electric*|lightning|current
bitten|bite|bit|mauled ... dog|snake|tongue|animal|spider|horse
cut|gash|wound|hole ... head|face|hand|leg|neck|deep
fell ... on|onto ... him|her|me
he|she|they hit|punched|slapped|kicked|pushed ... me|him|her
burnt|burned|scalded|burn
explosion|exploded
lying|laid ... stairs|floor|ground|road|street
shakes|shook|shaking ... him|her|baby|when+he+cries
"""

TOXIC = """
drank|drunk|swallowed|ate|ingested|downed ... loads|lots|much|too|bleach|cleaner|medicine|tablets|bottle|liquid|
something|poison|whole
breathed|inhaled|sniffed|breathing ... fumes|smoke|gas|spray|glue|paint|vapour|powder
boiler|stove|gas|monoxide|heater|fireplace|exhaust ... smell*|stink*|leak*|fumes|on|faulty|alarm
ecstasy|cocaine|heroin|drugs|weed|mdma|meth|ketamine|fentanyl|spice|acid+trip|edible|edibles
injected|shot+up|overdid
sting|stung ... bee|wasp|hornet|jellyfish|insect|scorpion
wasp|hornet|adder|scorpion|jellyfish
after ... fish|nuts|peanuts|shellfish|prawns|antibiotic|antibiotics|tablet|jab|vaccine|eggs|strawberries|milk|eating
tablets|pills|medicine|meds|doses ... all|too+many|wrong|mixed|double|together|lots|muddled|gran|grandma|grandad
"""

FEVER = """
fever|temperature|temp ... high|very|40|41|39|104|103|wont|shiver*|rigors|burning|delir*
burning_up
roasting|boiling hot
shiver*|trembl*|shaking|shakes|rigors
teeth ... chatter*
"""

LIMP = """
floppy|limp|listless|lifeless|flops|flop|rag+doll|flopped
cant|wont|unable|doesnt ... hold|keep ... head|up|upright|feet
isnt|not|wont|doesnt|hasnt|cant ... moving|move|respond*|wake|waking|crying|cry|sucking|react*|get+up|getting+up
slump*|motionless|lying+still|collapsed|on+the+floor|on+the+ground
too_weak
so|very|extremely weak
went|gone|going rigid|stiff|blank
ground|floor ... from+under|spinning
"""

FRAIL = """
newborn|infant|pregnant|pregnancy|gave+birth|birth
week|weeks|month|months|days ... old|pregnant|baby
diabetic|heart+condition|epileptic|thinners|warfarin|chemo|chemotherapy|transplant|immunosuppressed
months|weeks along|gone
bump
"""

SWEAT = """
sweat*|sweaty|sweating|drenched|clammy
"""

UNABLE = """
cant|cannot|unable|couldnt|wont|barely|hardly ... talk|speak|get+up|stand|move|open|wake|walk|drink|swallow|bend|
straight|sit|hold|see|eat|stop|understand|think|feel
isnt|not|doesnt|hasnt|dont|wont ... answer*|talk*|mov*|wak*|walk*|remember*|opening|open|respond*|recognis*|recogniz*|
eating|drinking|crying|stand*|see|hear
stopped ... talking|moving|eating|responding|crying|walking
"""

INTENSE = """
terrible|unbearable|excruciating|severe|awful|horrendous|horrible|dreadful|worst|massive|huge|bad|badly|serious|
seriously
sudden*|suddenly
all_of_a_sudden
wont|not|doesnt|isnt|cant ... stop*|stopping|easing|going+away
getting|more+and worse|more
so|too|very|really ... bad|hard|much|strong|strange|fast|weird|wrong
everywhere|all+over|whole|entire
half|whole ... face|body|mouth|leg|arm|side
for|past|last an_hour|minutes|half+an+hour|hour
"""

HELP = """
help|please+help|quick|quickly|hurry
dont|no ... know|idea ... what ... do
what ... do ... i|should|we
scared|terrified|frightened|panicking|worried|freaking
think|afraid|fear|looks+like|seems ... something|wrong|having|stroke|heart
something ... wrong|up|off|not+right|heart|brain
"""

SELF = """
failure|worthless|useless|pathetic|disgusting|waste+of+space|broken|unlovable|loser
dont|not|isnt|am|im ... worth|deserve|matter|good+enough ... nothing|anything|it|to|anyone|live|love
worth_nothing
burden|bother|nuisance|weight|trouble|inconvenience ... to|on|anyone|everyone|family|kids|be|all
what|no good|use ... am_i|i_am|to
hate ... myself|me|my+life
my|all ... fault
i ... dont_matter
bother|burden|nuisance|trouble ... anyone|everyone|nobody|them|family
"""

END = """
=die|=dying|=death|suicid*|funeral|grave|heaven|afterlife
be|was|were|rather|better =dead
goodbye|farewell
for good|ever
forever|permanently
stop|end|ending|over|finish ... suffering|pain|hurting|fighting|living|breathing|existing|everything|it+all
give|giving|gave up
close|closing|shut ... eyes
disappear*|vanish*|gone|missing
last ... time|night|day|message|goodbye|words
dont|not ... see|want|make ... another|tomorrow|christmas|morning|anymore
god|lord ... take|call ... me
life|living|live|alive|exist*
"""

HOPELESS = """
{en_not} ... do_this|go_on|carry_on|take_it|cope|keep_going
no|nothing|without|isnt|any ... sense|future|hope|way+out|purpose|point|reason|strength|energy|will
every_day ... same|worse|torture|struggle
tired|sick|exhausted|drained|done|fed ... of|everything|inside|all|fighting|life|up
everything|all ... black|dark|pointless|lost|over|empty|grey|ruined
enough
alone|lonely ... nobody|always|completely|world|no+one|so
nobody|noone|no+one|anyone ... me|care|cares|understand*|come|listen*|love*|wants
empty|hollow|numb|dark|desperate|despair ... inside|feel|im|i|me
cry|crying ... all|every|night|stop|days
pain|hurt|hurting|suffer* ... inside|stop|soul|feel|calm|dont
"""

MEANS = """
balcony|bridge|tracks|train|ledge|roof|wheel|cliff|platform
blade|razor|razors|noose|rope|gun|wrists|veins|lighter|sleeping+pills
pills|tablets ... all|hand|front|counted|saved|stash*
cut|cutting|burn|scratch ... myself|arms|legs|skin|lighter|wrists|feel
drive|driving|car|bend|tree|lorry ... wheel|crash|eyes|wall|into|tree
"""

FAREWELL = """
letter|letters|note|will ... left|wrote|written|found|goodbye|kids|everyone
said|says|saying|told|wrote ... goodbye|goodbyes|bye+forever|farewell
everything|got|sorted|prepared|arranged ... ready|order|affairs
look|take ... after|care ... kids|dog|cat|mum|of+them
sorry|forgive ... everything|everyone|for+all|goodbye|family
giving|gave|given ... away|my+things
missing|gone|left|went+out|disappeared ... letter|note|goodbye|phone+off
got|have|has everything|all ... ready|prepared|sorted|arranged
"""

AFTERMATH = """
after|post|following|since|recovering|aftercare|recovery
"""

REAL = """
nose noise nosy strike strikes stoke stocks breeding blending checking checkin joking threat treat great heard hear
chess cheat cheese chase chair check checks choosing chosen bread breads breakfast dressing pressing sleeping seizes
sizes leasing blessing bedding drawn drawing stabilise stable paint pains paints painting head health healthy
collection colleague collapse arrive billing cash cars chance change changed charge chairs contact contacts contrast
cross compliments disturb dollar enter fund flow french injection insured interest invest looked list made main nearby
part paying person places press prince pulses save saved secure sent shower showers sing stars states store story
street succeed thing things travel turn visits walking walked download downloads downloaded meat meats waited wanted
working worked listen listening letter letters drink drinks drown brown town down own known grown shown glasses glass
hiring fees boarding landing lending spending sending pending bending ending weekend friend frown crown blank bank
thank tested testing texting parking marking barking walk talk chalk ball call wall fall hall tall small stall
betting bet bets
"""
