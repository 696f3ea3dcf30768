"""First names that are common where our patients live, folded; a word in small letters after "sono" is a name only if it is here."""

from __future__ import annotations

FIRST_NAMES = frozenset(
    """
    anna maria giulia sara francesca giovanna paola laura elena martina chiara silvia federica valentina alessandra simona elisa
    roberta cristina claudia monica daniela barbara stefania patrizia antonella angela rosa lucia teresa carmela giuseppina rita
    caterina antonietta concetta angelina raffaella michela ilaria giorgia alessia sofia aurora alice ginevra emma greta beatrice
    ludovica matilde vittoria bianca camilla noemi arianna irene marta serena erika erica debora deborah katia cinzia tiziana
    loredana donatella emanuela manuela marina carla carlotta franca luisa luigia ornella sonia veronica viola gaia nicole miriam
    rebecca adele ada agnese agata alba amelia annalisa annamaria assunta benedetta brigida carolina cecilia celeste clara
    costanza diana dora edda eleonora elisabetta enrica ester eva fabiola fabrizia filomena fiorella flavia floriana gabriella
    gemma gianna gilda gina giuditta graziella iolanda isabella ivana jessica lara letizia licia lidia liliana linda livia luana
    luciana maddalena mafalda mara margherita mariangela marianna mariella marilena marisa marzia melania melissa mia milena
    mirella morena nadia natalia nicoletta norma olga olimpia pamela pia piera pina priscilla romina rosalba rosalia rosanna
    rosaria rossana rossella sabina sabrina samantha sandra santina selene silvana susanna tamara tania tatiana tecla tina
    vanessa vera viviana wanda ylenia zaira zoe
    marco luca andrea alessandro matteo lorenzo francesco davide simone giuseppe antonio giovanni mario luigi roberto stefano
    paolo fabio massimo claudio maurizio daniele federico riccardo gabriele leonardo tommaso edoardo mattia filippo pietro nicola
    michele salvatore vincenzo angelo domenico raffaele carlo bruno franco sergio giorgio enrico alberto aldo gianni gino renato
    umberto vittorio walter dario diego emanuele emilio ernesto fabrizio fausto ferdinando gaetano gennaro giacomo giancarlo
    gianfranco gianluca gianluigi gianmarco gianpaolo gianpiero giampiero giuliano guido ivan ivano jacopo lino livio luciano
    manuel marcello mauro mirko mirco moreno nino omar oreste orlando oscar pasquale patrizio pierluigi piero pino remo rocco
    romano rosario ruggero samuele sandro santo saverio sebastiano silvano silvio tiziano ugo valerio
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven
    paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan
    stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose
    adam nathan henry peter zachary kyle noah ethan jeremy oliver harry liam lucas luke leo oscar archie freddie simon martin tom
    mary patricia jennifer linda elizabeth susan jessica karen lisa nancy betty sandra margaret ashley kimberly emily donna
    michelle carol amanda melissa deborah stephanie rebecca sharon cynthia kathleen amy angela shirley emma brenda nicole samantha
    katherine christine helen debra rachel carolyn janet catherine heather diane olivia julie joyce victoria ruth kelly lauren
    joan evelyn judith andrea hannah jacqueline martha gloria teresa ann jean alice jane kate lucy sophie charlotte chloe fiona
    claire sarah
    antonia jose josefa francisco manuel dolores carmen isabel pilar juana ana ines raquel rocio lorena silvia beatriz nuria
    julia sofia paula natalia alejandra marta miguel angel javier carlos jesus alejandro rafael pedro fernando pablo jorge luis
    alberto alvaro juan adrian raul enrique ramon vicente ruben ivan andres joaquin santiago eduardo victor mario roberto jaime
    ignacio alfonso salvador ricardo marcos jordi emilio julio guillermo gabriel tomas agustin hugo felix gonzalo mateo
    lucas nicolas alfredo ismael hector esteban consuelo encarnacion asuncion concepcion remedios rosario susana yolanda
    sonia esther veronica noelia mercedes montserrat lola paco pepe manolo kike nacho
    ahmed mohamed mohammed fatima aisha omar ali hassan youssef ibrahim amina samira olena oksana svetlana irina ludmila natasha
    ion andrei mihai elena ioana ling wei mei li chen priya raj singh anil
    """.split()
)

# Names that are ordinary words too, in one of our languages: believed only with a capital letter inside a sentence.
AMBIGUOUS = frozenset(
    """
    rosa chiara serena bianca viola alba celeste gemma vera pia mia norma diana linda aurora gloria vittoria gaia marina mara
    santo romano moreno angelo bruno domenico pino lino remo franco massimo leo salvatore rosario fausto costanza assunta clara
    consuelo dolores remedios mercedes pilar angel jesus salvador felix mark will frank jack harry grace hope faith joy may june
    rocio encarnacion concepcion asuncion li wei mei ali ion victor paz luz sol angela benedetta olimpia tecla bruna julio
    """.split()
)
