"""Words that exclude one another: who does the one has not done the other."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

# Of so many stemmers the sides are kept; a run has one for each language.
_MOST_STEMMERS = 8
# A line a group, a bar between what excludes one another; forms that a stemmer finds are left out.
_GROUPS = {
    "en": """
    accept approve adopt pass ratify endorse | reject refuse decline fail veto scrap
    sign approve enact | veto scrap reject repeal shelve
    agree promise pledge vow offer | refuse decline
    admit confess acknowledge concede | deny dispute
    confirm prove | deny refute disprove debunk
    grant award give gave given | deny refuse withhold withheld revoke
    allow permit legalize legalise authorize authorise let | ban bar forbid forbade forbidden \
        prohibit outlaw block
    lift overturn quash reverse strike struck annul revoke repeal void | uphold upheld affirm \
        confirm maintain impose retain
    impose introduce tighten | lift ease end abolish relax
    raise increase hike boost double triple | cut reduce lower slash halve trim
    rise rose risen increase grow grew grown climb jump surge soar gain | fall fell fallen \
        decrease drop decline sink sank plunge slump shrink shrank tumble slip
    up upward | down downward
    higher more | lower less
    above over | below under beneath
    highest most biggest largest | lowest least smallest fewest
    widen expand broaden extend | narrow shrink shrank shorten reduce
    hire appoint recruit employ name elect promote | fire sack dismiss oust resign retire suspend \
        demote
    buy bought acquire purchase | sell sold
    import | export
    borrow | lend lent
    lease rent | own
    invest | divest
    hire fund finance | defund
    profit surplus | loss deficit
    lead led | trail
    arrest detain jail imprison capture seize hold held | release free escape
    charge indict accuse convict sentence | clear acquit exonerate pardon drop
    guilty convict | innocent acquit clear exonerate
    sober | drunk
    dismiss | allow hear
    land arrive dock | crash sink sank sunk
    postpone cancel interrupt suspend | resume
    confirm believe | doubt deny
    hide hid hidden conceal | show reveal display exhibit
    stable | critical
    effective | ineffective
    hit score | miss
    allow | disallow
    plaintiff prosecutor prosecution accuser | defendant defence defense accused
    victim | suspect attacker gunman killer perpetrator
    win won victory triumph | lose lost defeat
    beat beaten defeat | lose lost draw drew drawn
    retake retook recapture capture seize conquer | lose lost surrender withdraw withdrew abandon \
        retreat
    gain | lose lost
    advance | retreat withdraw withdrew
    pass succeed succeeded success successful | fail failure flop
    attack bomb shell raid storm | defend protect guard
    start begin began begun launch open resume | end stop halt cease finish close suspend
    open reopen | close shut
    join enter | leave left quit exit
    arrive | depart leave left
    stay remain | leave left move
    come came | go went gone
    build built construct erect | demolish dismantle destroy raze
    damage destroy ruin wreck | repair restore rebuild rebuilt save spare renovate
    create establish found form | abolish dissolve disband close
    support back endorse favour favor praise welcome applaud hail | oppose criticise criticize \
        condemn reject denounce blast
    support supporter ally | oppose opponent rival
    praise laud | criticise criticize blame
    thank | blame
    for pro | against anti
    help assist aid | hinder hamper obstruct
    willing ready | unwilling reluctant
    able capable | unable incapable
    like love adore | hate dislike detest
    hope optimism optimistic | fear despair pessimism pessimistic
    trust | distrust mistrust
    cause trigger spark provoke | prevent avert avoid stop
    avoid escape avert | face suffer enter
    announce unveil launch begin began | abandon cancel scrap drop shelve postpone
    keep kept retain maintain | abandon drop scrap remove
    plan schedule | cancel postpone
    kill die dead death fatal | injure wound hurt survive survivor rescue recover save
    kill murder | injure wound hurt
    dead deceased body corpse | alive survivor living
    drown | rescue save survive
    die dead | recover survive
    healthy | sick ill
    recover improve heal | worsen deteriorate relapse
    find found discover locate | lose lost
    discover reveal disclose expose publish | conceal hide hid hidden withhold
    accept | return
    send sent | receive
    give gave given donate | take took taken steal stole stolen
    pay paid | owe
    include add | exclude remove omit
    invite | uninvite exclude expel
    unite merge unify | split divide separate
    marry married wed | divorce separate
    single unmarried | married
    wife mother daughter sister aunt niece grandmother | husband father son brother uncle nephew \
        grandfather
    mother father parent | son daughter child
    wife husband spouse | son daughter child mother father
    brother sister sibling | mother father son daughter cousin
    wife | mother daughter sister
    husband | father son brother
    man men male boy | woman women female girl
    man men woman women adult | boy girl child children
    he his him | she her hers
    older oldest elder eldest | younger youngest
    north northern | south southern east eastern west western
    east eastern | west western
    northeast northeastern | northwest northwestern southeast southeastern southwest southwestern
    northwest northwestern | southeast southeastern southwest southwestern
    southeast southeastern | southwest southwestern
    upper | lower
    inside indoor indoors | outside outdoor outdoors
    summer | winter | spring | autumn
    day daytime | night overnight
    yesterday | today | tomorrow | year month week
    before earlier prior | after later following
    early | late
    first | last final
    first | second | third | fourth | fifth
    next coming | last previous past
    always | never
    all every each | some few several
    both | neither
    most many majority | few minority
    only | also
    more | fewer less
    large larger big bigger huge | small smaller little tiny
    long longer | short shorter
    strong stronger | weak weaker
    good better best | bad worse worst
    hot warm | cold cool
    wet rainy | dry sunny
    fast quick | slow
    rich wealthy | poor
    new | old
    right | wrong
    true truth genuine real authentic | false lie fake forged hoax
    legal lawful | illegal unlawful
    public | private
    voluntary | forced compulsory
    peaceful | violent
    safe | unsafe dangerous
    likely | unlikely
    possible | impossible
    known | unknown
    full | empty
    heavy | light
    present | absent
    majority | minority
    government ruling | opposition
    liberal | conservative
    democrat democratic | republican
    army soldier troop | rebel insurgent militant
    goalkeeper keeper | striker | defender | midfielder
    driver | passenger pedestrian cyclist
    teacher | pupil student
    doctor surgeon | patient nurse
    employer | employee worker
    landlord | tenant
    buyer | seller
    leak accident accidental | arson arsonist deliberate sabotage bomb lightning
    accident accidental | suicide murder deliberate
    earthquake | flood | hurricane | tornado | wildfire
    president | governor | mayor | senator
    red | blue | green | yellow | black | white | brown | orange | purple
    car | lorry truck | bus | train | plane aircraft jet | helicopter | ship boat ferry
    hospital | school | prison jail | church | hotel | airport
    gold | silver | bronze
    """,
    "de": """
    annehmen angenommen billigen gebilligt zustimmen zugestimmt | ablehnen abgelehnt ablehnt \
        verworfen
    bestätigen bestätigt | aufheben aufgehoben gekippt kippt dementieren dementiert bestreiten \
        bestreitet
    gesteht gestanden zugeben zugegeben einräumen eingeräumt räumt | bestreiten bestreitet leugnet \
        bestritt bestritten
    verspricht versprochen erklärt bereit | weigert weigerte verweigert verweigerte
    erlauben erlaubt genehmigt genehmigen | verbieten verbietet verboten untersagt
    erhöhen erhöht steigern angehoben hebt | senken gesenkt senkt gekürzt kürzt
    steigen steigt stieg gestiegen | sinken sinkt sank gesunken fallen fällt fiel gefallen
    gewinnen gewinnt gewann gewonnen sieg | verlieren verliert verlor verloren niederlage
    kaufen kauft kaufte gekauft | verkaufen verkauft verkaufte
    öffnen öffnet geöffnet eröffnet | schließen schließt schloss geschlossen
    beginnen beginnt begann begonnen | enden endet endete beendet
    festgenommen verhaftet | freigelassen entlassen
    verurteilt schuldig | freigesprochen unschuldig
    eingestellt angestellt berufen ernannt | entlassen gefeuert abberufen
    getötet gestorben starb tot tote toten | verletzt verletzte verletzten überlebt überlebte \
        überlebende gerettet
    zerstört beschädigt | repariert gerettet wiederaufgebaut
    unterstützt unterstützen befürwortet begrüßt | kritisiert abgelehnt bekämpft verurteilt
    vor | nach
    alle | einige manche
    mehr höher höhere | weniger niedriger niedrigere
    nord nördlich nördlichen norden | süd südlich südlichen süden
    ost östlich östlichen osten | west westlich westlichen westen
    mann männer junge | frau frauen mädchen
    sohn vater bruder ehemann | tochter mutter schwester ehefrau
    sohn tochter | vater mutter | bruder schwester
    erste ersten | zweite zweiten | dritte dritten | letzte letzten
    gestern | heute | morgen
    """,
    "fr": """
    accepter accepte accepté approuver approuve approuvé adopté | refuser refuse refusé rejeter \
        rejette rejeté
    confirmer confirme confirmé maintenu | annuler annule annulé annulée infirmé démentir démenti \
        dément
    avouer avoue avoué reconnaît reconnu admis | nier nie nié démenti dément
    autoriser autorise autorisé permis | interdire interdit interdite
    augmenter augmente augmenté relevé hausse monté | baisser baisse baissé réduit réduire diminué \
        abaissé
    gagner gagne gagné remporté victoire | perdre perd perdu défaite
    acheter achète acheté | vendre vend vendu
    ouvrir ouvre ouvert rouvert | fermer ferme fermé
    commencer commence commencé | terminer fini terminé achevé
    arrêté interpellé détenu | libéré relâché
    condamné coupable | acquitté relaxé innocent
    embauché nommé recruté | licencié limogé renvoyé
    tué mort morts morte décédé | blessé blessés survivant survivants survécu sauvé
    détruit endommagé | réparé sauvé reconstruit
    soutient soutenir soutenu salué | critique critiqué condamné oppose
    avant | après
    tous toutes | certains certaines quelques
    plus | moins
    nord | sud | est | ouest
    homme hommes garçon | femme femmes fille
    fils père frère mari | fille mère soeur sœur épouse
    premier première | deuxième second | troisième | dernier dernière
    hier | aujourd'hui | demain
    """,
    "es": """
    aceptar acepta aceptó aprobar aprobó aprobado | rechazar rechaza rechazó rechazado negó
    confirmar confirmó confirma | anular anuló desmiente desmintió revocó negó niega
    admite admitió confesó reconoció reconoce | niega negó
    permitir permite permitió autorizó | prohibir prohíbe prohibió
    subir sube subió subido aumentó aumentado elevó | bajar baja bajó bajado redujo recortó reducido
    ganar gana ganó ganado victoria | perder pierde perdió perdido derrota
    comprar compra compró comprado | vender vende vendió vendido
    abrir abre abrió abierto | cerrar cierra cerró cerrado
    empezar empezó comenzó comenzado | terminar terminó acabó terminado
    detenido arrestado detuvo | liberado libre liberó
    condenado culpable | absuelto inocente
    contrató nombró contratado | despidió despedido destituyó
    muerto muertos murió mató matado | herido heridos hirió sobrevivió rescatado
    destruyó destruido dañó | reparó reparado salvó reconstruyó
    apoya apoyó respaldó elogió | critica criticó condenó rechazó
    antes | después
    todos todas | algunos algunas
    más | menos
    norte | sur | este | oeste
    hombre hombres niño | mujer mujeres niña
    hijo padre hermano marido | hija madre hermana esposa
    primero primera primer | segundo segunda | tercero tercera | último última
    ayer | hoy | mañana
    """,
}  # fmt: skip

# Of a stem the groups that have it, and on which side of each.
Sides = Mapping[str, frozenset[tuple[int, int]]]


@lru_cache(maxsize=_MOST_STEMMERS)
def sides(language: str, stem: Callable[[str], str]) -> Sides:
    """Return on which sides of which groups of a language a stem stands.

    :param language: Its code.
    :param stem: From a case-folded word to its stem.
    """
    found: dict[str, frozenset[tuple[int, int]]] = {}
    for word, own in _listed(language).items():
        stemmed = stem(word)
        found[stemmed] = found[stemmed] | own if stemmed in found else own
    return found


@cache
def _listed(language: str) -> Sides:
    """Return the same of words as they are listed."""
    found: dict[str, frozenset[tuple[int, int]]] = {}
    for group, line in enumerate(_GROUPS.get(language, "").strip().splitlines()):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                found[word] = found.get(word, frozenset()) | {(group, side)}
    return found
