"""Words that deny, and words with an opposite."""

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
