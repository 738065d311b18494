"""Words that deny, that have an opposite, that tell things apart or speak of names."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GENERAL_DENIAL = "n't"
# Of languages other than English those words alone that deny wherever they stand.
DENIALS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "no not never none nobody nothing neither nor without cannot",
        "fr": "pas jamais aucun aucune rien sans ni",
        "de": "nicht nichts nie niemals niemand kein keine keinen keinem keiner ohne weder",
        "es": "no nunca jamás ningún ninguno ninguna nada nadie sin ni tampoco",
        "it": "non mai nessun nessuno nessuna niente nulla senza né",
        "pt": "não nunca nenhum nenhuma nada ninguém sem nem",
        "nl": "niet niets nooit niemand geen zonder noch",
        "da": "ikke ingen intet aldrig uden hverken",
        "sv": "inte ingen inget inga aldrig utan varken",
    }.items()
}
# A line a choice; what stands apart in it excludes one another.
_CHOICES = {
    "vote": (
        "approve approves approved approving accept accepts accepted",
        "reject rejects rejected rejecting refuse refuses refused",
    ),
    "admission": ("confirm confirms confirmed admit admits admitted", "deny denies denied"),
    "movement": (
        "rise rises rose risen rising increase increases increased climbed",
        "fall falls fell fallen falling decrease decreases decreased dropped declined",
    ),
    "outcome": ("win wins won winning", "lose loses lost losing"),
    "verdict": ("guilty convicted", "innocent acquitted"),
}
OPPOSITES: dict[str, tuple[str, int]] = {
    word: (choice, number)
    for choice, groups in _CHOICES.items()
    for number, group in enumerate(groups)
    for word in group.split()
}

# Of things told apart by one of such words another is another thing.
CONTRASTS = tuple(
    frozenset(words.split())
    for words in (
        "first second third fourth fifth sixth seventh final last",
        "northern southern eastern western central northeastern northwestern",
        "north south east west",
        "men women boys girls male female males females boy girl",
        "older younger elder eldest oldest youngest",
        "upper lower",
        "summer winter spring autumn",
    )
)

# Small words of which an aside in parentheses that states something has one.
CLAUSAL = _words("who which that he she it they is are was were has had")
# Words of names and captions in parentheses that end as verbs do.
AGENCIES = _words("associated united pictured")

# English words that another may stand for in the same sentence; the list of stop words has verbs
# and nouns, too.
FUNCTIONAL = _words(
    """
    a about above according across after again against ago all also although am among an and
    another any are around as at be because been before being below between both but by can
    could did do does down due during each either else even ever every few for from had has have
    having he her here hers him his how however i if in inside into is it its itself just later
    least less many may me might more most much must my near nearly neither no nor not now of
    off on once only onto or other our out outside over own per quite rather said same say
    says she should since so some soon still such than that the their them then there these they
    this those though through throughout to today too toward towards under until up upon us very
    via was we were what when where whether which while who whom whose why will with within
    without would yet you your
    """
)

# Verbs and nouns by which somebody is quoted; he who says a thing is no part of it.
TELLING = _words(
    """
    said say says saying told tell tells telling announced announces report reported reports
    reporting according added adds wrote writes tweeted posted explained explains noted notes
    claimed claims argued argues stated states confirmed confirms interview statement asked asks
    testified believes believed thinks thought warned warns insisted insists replied recalled
    """
)
# Those of them with which it may stand some words in front of the name.
SOURCES = _words("according report reports interview statement")
# Of what may be, or is to be, but is not yet, by language.
SUPPOSING: dict[str, frozenset[str]] = {
    language: _words(words)
    for language, words in {
        "en": """
            would could will may might should if planned plans proposed expects expected agreed
            scheduled likely suspected appears appear allegedly accused alleged feared hopes
            hoped wants wanted promised promises pledged vowed
        """,
        "de": """
            soll sollen sollte sollten könnte könnten dürfte dürften würde würden wird werden will
            wollen angeblich wohl falls
        """,
        "fr": """
            aurait auraient serait seraient pourrait pourraient devrait devraient va vont veut
            veulent si
        """,
        "es": """
            podría podrían habría habrían sería serían debería deberían va van quiere quieren si
        """,
    }.items()
}
# The same in short, "I'd" and "she'll".
CONTRACTED = ("'d", "'ll")
# Of what is not done, or not so, though the word for it stands behind.
UNDOING: dict[str, frozenset[str]] = {
    language: _words(words)
    for language, words in {
        "en": """
            refuse refuses refused refusing decline declines declined declining fail fails failed
            failing deny denies denied denying abandon abandons abandoned abandoning cancel cancels
            cancelled canceled scrap scraps scrapped avoid avoids avoided avoiding prevent prevents
            prevented preventing threaten threatens threatened threatening try tries tried trying
            attempt attempts attempted attempting unable unwilling falsely wrongly wrongfully
            hardly barely nearly almost stop stops stopped
        """,
        "de": """
            weigert weigerte weigern verweigert verweigerte bestreitet bestritt bestreiten leugnet
            droht drohte drohen versucht versuchte versuchen verhindert verhinderte vermeidet
            beinahe fälschlich
        """,
        "fr": """
            refuse refusé refusent dément démenti nie nié menace menacé tente tenté évite évité
            empêche empêché renonce renoncé failli
        """,
        "es": """
            negó niega negaron niegan rechaza rechazó amenaza amenazó intenta intentó trata trató
            evita evitó impide impidió renuncia renunció casi
        """,
    }.items()
}
# What is said of a day or of a picture, not of what was done on it.
PUBLISHED = _words(
    """
    photo file image posted updated published according statement
    """
)
# What one does as well as another, stemmed, and those of whom there are many.
SHARED_DEEDS = _words(
    """
    prais critic criticis condemn welcom attend join visit support back oppos urg call sign agre
    vote saw see seen hear heard watch attack injur wound hurt die surviv lose lost play score
    live work star appear featur includ among help serv express want deni tri hope wit victim
    resid analyst expert professor research spokesman spokeswoman spokesperson lawyer attorney
    report photograph photo wife husband son daughter brother sister friend member student player
    soldier offic actor actress singer refer name mention quot cite
    """
)
# Titles, that come before a name and are no part of it.
TITLES = _words(
    """
    mr mrs ms miss dr doctor sir lord lady dame president chancellor minister prime secretary
    senator sen representative rep governor gov mayor chief judge justice general gen captain
    capt colonel col sergeant sgt lieutenant lt officer professor prof reverend rev bishop
    cardinal pope king queen prince princess emperor director chairman chairwoman chair vice
    deputy former congressman congresswoman coach detective sheriff ambassador commissioner
    speaker
    """
)
# Those that one person holds.
OFFICES = _words(
    """
    president chancellor minister secretary governor mayor chief pope king queen captain director
    chairman chairwoman ambassador bishop commissioner sheriff coach
    """
)
# Names of one place or power, and, behind a bar, what is a part of it or stands for it.
_ALIASES = (
    "us usa america american americans united-states | washington",
    "uk britain british united-kingdom great-britain | england english london scotland scottish",
    "france french | paris",
    "spain spanish | madrid",
    "germany german | berlin",
    "russia russian | moscow kremlin soviet ussr soviet-union",
    "china chinese | beijing peking",
    "netherlands dutch holland",
    "poland polish | warsaw",
    "turkey turkish türkiye | ankara",
    "greece greek | athens",
    "denmark danish | copenhagen",
    "ireland irish | dublin",
    "switzerland swiss",
    "thailand thai | bangkok",
    "iraq iraqi | baghdad",
    "iran iranian persia persian | tehran",
    "israel israeli | jerusalem",
    "north-korea north-korean | pyongyang",
    "south-korea south-korean | seoul",
    "japan japanese | tokyo",
    "burma burmese myanmar",
    "eu european-union | europe european brussels",
    "un united-nations",
    "bombay mumbai",
    "islamic-state isis isil is daesh",
    "congress | senate house",
)
# Of each the number of its line, and whether it is a part.
ALIASES: dict[str, tuple[int, bool]] = {
    word: (number, bool(part))
    for number, line in enumerate(_ALIASES)
    for part, words in enumerate(line.split("|"))
    for word in words.split()
}
# Parts of countries, with hyphens for blanks: of two names one of which is such a part, or a
# country, the other may be a place in it.
REGIONS = _words(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia
    hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts
    michigan minnesota mississippi missouri montana nebraska nevada new-hampshire new-jersey
    new-mexico new-york north-carolina north-dakota ohio oklahoma oregon pennsylvania
    rhode-island south-carolina south-dakota tennessee texas utah vermont virginia west-virginia
    wisconsin wyoming alberta british-columbia manitoba new-brunswick newfoundland nova-scotia
    ontario quebec saskatchewan queensland new-south-wales tasmania victoria england scotland
    wales northern-ireland bavaria saxony hesse brandenburg lower-saxony westphalia thuringia
    brittany normandy provence corsica catalonia andalusia galicia tuscany sicily sardinia
    lombardy veneto punjab kashmir bihar kerala gujarat rajasthan maharashtra assam bengal tibet
    xinjiang sichuan guangdong hubei sindh balochistan helmand chechnya siberia crimea dagestan
    donbas kurdistan darfur gaza west-bank sinai
    """
)
