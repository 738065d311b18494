"""Make ``models/sentences``: where a sentence ends, in any language.

    python -m models.sentences FOLDER TOPICS

FOLDER holds LANGUAGE.jsonl.gz, a paragraph a line: ``{"text": …, "starts": […], "ends": […],
"source": …, "for_training": true}``; only paragraphs that may be trained on are. TOPICS is a corpus
of one topic a line (``{"documents": [{"text": …}]}``, gzipped), in which English abbreviations are
sought. Lists of abbreviations come from ``sentencex==0.6.1``, ``pysbd==0.3.4``,
``sacremoses==0.2.0`` and ``spacy==3.8.18`` (its files only, ``pip install --no-deps``), none of
which the product needs. A logistic regression is fitted to every mark that may end a sentence;
languages weigh by the root of what there is of each. Paragraphs are also learned from, with less
weight, in lower case, with a capital at the beginning of sentences only, and as if the language, or
its words, were unknown. Abbreviations before numbers and names are rare in treebanks and are
invented from the lists.

It takes two minutes on one core and needs scikit-learn, which sentence-transformers brings.
"""

import ast
import importlib
import pkgutil
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from babel import Locale, localedata
from sklearn.linear_model import LogisticRegression

from summarizer.text.language import base_code, stop_words
from summarizer.text.sentences import Candidate, Model, find_candidates

from .fitting import package, records, write

TARGET = Path(__file__).parent / "sentences" / "weights.json"
# Inverse strength of the L2 penalty, the examples a feature needs, and the least weight kept.
PENALTY, LEAST_EXAMPLES, LEAST_WEIGHT = 0.5, 3, 0.03
# What a paragraph weighs in lower case.
LOWERED = 0.25
# A sentence that opens in lower case among capitals is a slip, unless the word before is as long.
LONG_WORD = 6
# How many of each kind are invented for a language, and what each weighs.
NUMBERS, INVENTED_WEIGHT = 1200, 0.05
# How often a word stands with a stop and goes on in lower case, to be taken for an abbreviation.
MINED_TIMES, MINED_SHARE = 2, 0.6
# How often one abbreviation follows another, and how often an unknown one opens a sentence.
TWICE, ALONE = 0.1, 0.1
# How often a name opens with an initial.
INITIAL = 0.15
# How often abbreviations are written with a capital that the lists write without one.
CAPITAL = 0.4
# What a paragraph weighs as if no word of the language were known.
STRANGE = 0.3
# How often a word stands without a stop, and how many such words are kept; of short ones more.
COMMON_TIMES, COMMON_WORDS, SHORT_RANK = 2, 1500, 10_000
# How often it stands in lower case for once with a capital; names do in text without capitals.
COMMON_SHARE = 1.0
# Lists of Moses that are of another language, and what they hold that is a number.
FOREIGN, ROMAN = ("et", "tdt", "yue", "zh", "txt"), re.compile("[IVXLC]{2,7}")
_TYPICAL_COUNT = 3000
_PLAIN = re.compile(r"(?<![\w.’'@/-])[^\W\d_]+(?![\w.@/’'-])")
# A word, a name behind it, and one more word.
_NAMES = re.compile(r"(?<!\S)([^\W\d_A-Z]\S*[^\W_]) ([A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][^\W\d_]+) (\S+)")
_KEPT_STOP = re.compile(r"[^\W\d_][\w.-]*\.")
_STOPPED = re.compile(r"(?<![\w.’'@/-])([a-zA-Z]{2,7})(\.?)(?=(\s+[a-z0-9(])?)(?![\w@/’'-])")


class Example(NamedTuple):
    """The features of a candidate, whether a sentence ends there, and what it weighs."""

    language: str
    names: list[str]
    ends: bool
    weight: float


def main() -> None:
    """Describe the candidates, fit and write the weights."""
    if len(sys.argv) != 3:
        raise SystemExit("usage: python -m models.sentences FOLDER TOPICS")
    lists = abbreviations(Path(sys.argv[2]))
    paragraphs = {
        path.name.split(".")[0]: [record for record in records(path) if record["for_training"]]
        for path in sorted(Path(sys.argv[1]).glob("*.gz"))
    }
    words = {code: common([r["text"] for r in own]) for code, own in paragraphs.items()}
    model = Model({}, **lists, ordinals=ordinal_languages(), words=words)
    # As a language is seen of which no abbreviations are known, or no words, or neither.
    unlisted = Model({}, {}, {}, {}, {}, sorted(model.ordinals), words)
    strange = Model({}, {}, {}, {}, {}, sorted(model.ordinals), {})
    wordless = Model({}, **lists, ordinals=sorted(model.ordinals), words={})
    random_ = random.Random(0)
    examples: list[Example] = []
    for language, own in paragraphs.items():
        for record in own:
            for text, weight in variants(record):
                examples += describe(model, language, record, text, weight)
            for other in (strange, wordless):
                examples += describe(other, language, record, record["text"], STRANGE)
        examples += invent((model, unlisted, strange, wordless), language, own, random_)
    model.weights = fit(examples)
    content = {
        "weights": model.weights,
        **lists,
        "ordinals": sorted(model.ordinals),
        "words": words,
    }
    print(f"{len(examples)} examples, {len(model.weights)} weights")
    write(TARGET, content, indent=0)


def abbreviations(topics: Path) -> dict[str, dict[str, list[str]]]:
    """Return the abbreviations of each language, by what may follow them."""
    import sentencex.languages
    from pysbd.languages import LANGUAGE_CODES

    every: defaultdict[str, set[str]] = defaultdict(set)
    prefixes: defaultdict[str, set[str]] = defaultdict(set)
    numeric: defaultdict[str, set[str]] = defaultdict(set)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for module in pkgutil.iter_modules(sentencex.languages.__path__):
        found: dict[str, Any] = vars(importlib.import_module(f"sentencex.languages.{module.name}"))
        for item in found.values():
            if isinstance(item, type) and "abbreviations" in vars(item):
                own: Any = item
                every[base_code(own.language or module.name)].update(own.abbreviations)
    english = LANGUAGE_CODES["en"].Abbreviation
    for code, language in LANGUAGE_CODES.items():
        own = language.Abbreviation
        if code == "en" or own.ABBREVIATIONS is not english.ABBREVIATIONS:
            every[code].update(set(own.ABBREVIATIONS) - set(own.NUMBER_ABBREVIATIONS))
            numeric[code].update(own.NUMBER_ABBREVIATIONS)
            prefixes[code].update(own.PREPOSITIVE_ABBREVIATIONS)
    for code, words in exceptions():
        every[code].update(words)
    for code, word, is_numeric in nonbreaking():
        own = every if prefixes[code] else titles
        (numeric if is_numeric else own)[code].add(word)
    every["en"].update(mine(topics))
    # Some lists are the English one and little else.
    for code, own in every.items():
        if code != "en" and len(own & every["en"]) > 0.5 * len(own):
            own.clear()
    return {
        "abbreviations": tidy(every),
        "prefixes": tidy(prefixes),
        "titles": tidy(titles),
        "numeric": tidy(numeric),
    }


def exceptions() -> Iterator[tuple[str, set[str]]]:
    """Yield what spaCy's tokenizers keep whole with a stop at its end, by language."""
    for path in sorted((package("spacy") / "lang").glob("*/tokenizer_exceptions.py")):
        words = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        yield base_code(path.parent.name), {word for word in words if _KEPT_STOP.fullmatch(word)}


def nonbreaking() -> Iterator[tuple[str, str, bool]]:
    """Yield the prefixes of Moses: their language, and whether it is before a number only."""
    from sacremoses._data_nonbreaking_prefixes import NONBREAKING_PREFIXES

    for name, content in NONBREAKING_PREFIXES.items():
        code = name.rpartition(".")[2]
        for line in content.splitlines() if code not in FOREIGN else ():
            word, _, only = line.partition("#")
            word = word.strip()
            if len(word) > 1 and not (word[:1].isdigit() or ROMAN.fullmatch(word.upper())):
                yield base_code(code), word, only != ""


def tidy(lists: dict[str, set[str]]) -> dict[str, list[str]]:
    """Leave out initials, numbers, full names of months and what is several words."""
    bare = {code: {word.strip().rstrip(".") for word in words} for code, words in lists.items()}
    for code in bare.keys() & {name for name in localedata.locale_identifiers() if len(name) == 2}:
        months = set(Locale(code).months["format"]["wide"].values())
        bare[code] -= months | {month.lower() for month in months}
    return {
        code: sorted(
            word
            for word in words
            if any(map(str.isalpha, word)) and " " not in word and (len(word) > 1 or word.islower())
        )
        for code, words in sorted(bare.items())
    }


def common(documents: Iterable[str]) -> list[str]:
    """Return the words in lower case that come most often, but not before a stop; no names."""
    times: Counter[str] = Counter()
    for text in documents:
        times.update(_PLAIN.findall(text))
    lower = [w for w in times if w.islower() and times[w] >= COMMON_SHARE * times[w.title()]]
    often = sorted(lower, key=lambda word: (-times[word], word))
    least = [word for word in often if times[word] >= COMMON_TIMES]
    return sorted({*least[:COMMON_WORDS], *[w for w in least[:SHORT_RANK] if len(w) <= LONG_WORD]})


def mine(topics: Path) -> list[str]:
    """Find words that mostly have a stop behind them and go on in lower case (Kiss and Strunk)."""
    times: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for document in chain.from_iterable(topic["documents"] for topic in records(topics)):
        for word, stop, following in _STOPPED.findall(document["text"]):
            times[word.lower()] += 1
            within[word.lower()] += bool(stop and following)
    return [w for w, n in within.items() if n >= MINED_TIMES and n >= MINED_SHARE * times[w]]


def ordinal_languages() -> list[str]:
    """Return the languages that write a stop behind the day or the year of a date (CLDR)."""
    formats = {
        code: str(Locale.parse(code).date_formats["long"])
        for code in localedata.locale_identifiers()
        if "_" not in code
    }
    stop = re.compile(r"d\.\s*'?\s*M|M\s*d\.")
    return sorted({base_code(code) for code, form in formats.items() if stop.search(form)})


def variants(record: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield a paragraph, without capitals, and with those of its sentences only, with weights."""
    text = record["text"]
    yield text, 1.0
    lower = text.lower()
    if lower == text or len(lower) != len(text):
        return
    yield lower, LOWERED
    characters = list(lower)
    for start in record["starts"]:
        first = next(
            (n for n in range(start, min(start + 3, len(text))) if text[n].isalpha()), start
        )
        characters[first] = text[first].upper()[:1]
    yield "".join(characters), LOWERED


def describe(
    model: Model, language: str, record: dict[str, Any], text: str, weight: float
) -> Iterator[Example]:
    """Yield an example for each candidate of a paragraph."""
    counts = [0]
    for character in text:
        counts.append(counts[-1] + (not character.isspace()))
    gold = {counts[end] for end in record["ends"][:-1]}
    for candidate in find_candidates(text, language):
        if candidate.sure:
            continue
        places = range(counts[candidate.end], counts[candidate.start] + 1)
        ends = any(place in gold for place in places)
        if not (ends and is_slip(candidate)):
            yield Example(language, model.names(language, candidate), ends, weight)


def is_slip(candidate: Candidate) -> bool:
    """Tell whether a sentence opens in lower case by mistake, or may be part of one before it."""
    after, before = candidate.after.lstrip("\"'“„«(-–—"), candidate.before
    small = after[:1].islower() and "o" not in candidate.around
    return small and not (len(before) > LONG_WORD and before.isalpha())


def invent(
    models: tuple[Model, ...],
    language: str,
    records: list[dict[str, Any]],
    random_: random.Random,
) -> Iterator[Example]:
    """Put abbreviations and words where treebanks have too few of them.

    Behind an abbreviation a number or a name goes on with the sentence; behind one that has a name
    before it, a common word in capitals begins another, and so does a number behind a word.
    """
    model = models[0]
    listed = sorted(
        word
        for lists in (model.abbreviations, model.prefixes, model.numeric)
        for code in (language, "en")
        for word in lists.get(code, ())
        if len(word) <= 7 and word.lower() not in stop_words(language)
    )
    whole = [word for word in listed if "." not in word]
    titles = sorted(model.prefixes.get(language) or model.prefixes["en"])
    rarely = random.Random(len(records))
    numeric = sorted(model.numeric.get(language) or model.numeric["en"])
    ends: list[Candidate] = []
    names: list[tuple[str, ...]] = []
    for record in records:
        gold = set(record["ends"])
        ends += [
            candidate
            for candidate in find_candidates(record["text"], language)
            if candidate.mark == "." and not candidate.around and candidate.end in gold
        ]
        names += _NAMES.findall(record["text"])
    words = [c for c in ends if c.before.isalpha() and not is_listed(model, language, c.before)]
    short = [c for c in words if len(c.before) <= LONG_WORD]
    opened = [c for c in ends if model.word_after(language, True, c.after).listed in ("s", "k")]
    opened = [c for c in opened if c.after[:1].isupper()]
    function = [c for c in opened if model.word_after(language, True, c.after).listed == "s"]
    names = [n for n in names if model.word_after(language, True, n[1]).listed in ("", "u")]

    def each(candidate: Candidate, *, is_end: bool) -> Iterator[Example]:
        weights = (INVENTED_WEIGHT, INVENTED_WEIGHT, INVENTED_WEIGHT / 2, INVENTED_WEIGHT)
        for own, weight in zip(models, weights, strict=True):
            yield Example(language, own.names(language, candidate), is_end, weight)

    for _ in range(NUMBERS):
        number = str(int(10 ** random_.uniform(0, 3.5)))
        number += random_.choice(["", "", "", ",", "(a)", ".5"])
        word = random_.choice(listed)
        word = word.title() if random_.random() < CAPITAL else word
        place = random_.choice(ends)
        yield from each(place._replace(before=word, after=number), is_end=False)
        # So it does behind two, as in "cf. No. 88".
        if rarely.random() < TWICE:
            numbered = rarely.choice(numeric).title() + "."
            doubled = place._replace(before=rarely.choice(whole), after=numbered, second=number)
            yield Example(language, model.names(language, doubled), False, INVENTED_WEIGHT)
        if random_.random() < 0.5:
            place = random_.choice(short if random_.random() < CAPITAL else words)
            yield from each(place._replace(after=number), is_end=True)
        if opened and language not in model.ordinals:
            place = random_.choice(opened)._replace(before=number.rstrip(",(a)."))
            yield Example(language, model.names(language, place), True, INVENTED_WEIGHT)
        if names:
            before, name, second = random_.choice(names)
            before = random_.choice([before, before, "", random_.choice(ends).before + "."])
            title = random_.choice(whole)
            title = title.title() if random_.random() < 2 * CAPITAL else title
            if rarely.random() < INITIAL:
                name, second = f"{name[0]}.", name
            place = place._replace(earlier=before, before=title, after=name, second=second)
            # A short word in capitals that nobody lists may end a sentence, but is none.
            if (before and before[-1] != ".") or rarely.random() > ALONE:
                yield Example(language, model.names(language, place), False, INVENTED_WEIGHT)
            else:
                yield from each(place, is_end=False)
        if names and function:
            word = random_.choice(titles if random_.random() < CAPITAL else listed).title()
            # Initials stand in names, and may go on with any word but one of function.
            place = random_.choice(function if "." in word else opened)
            place = place._replace(earlier=random_.choice(names)[1], before=word)
            yield from each(place, is_end=True)


def is_listed(model: Model, language: str, word: str) -> bool:
    """Tell whether a word is an abbreviation in any language."""
    return model.word_before(language, True, word).listed[:1] in tuple("PNLQKl")


def fit(examples: list[Example]) -> dict[str, float]:
    """Fit a logistic regression without an intercept."""
    times = Counter(name for example in examples for name in set(example.names))
    vocabulary = {
        n: i for i, n in enumerate(sorted(n for n in times if times[n] >= LEAST_EXAMPLES))
    }
    sizes: defaultdict[str, float] = defaultdict(float)
    for example in examples:
        sizes[example.language] += example.weight
    columns: list[int] = []
    ends = [0]
    for example in examples:
        columns += sorted({vocabulary[name] for name in example.names if name in vocabulary})
        ends.append(len(columns))
    matrix = sp.csr_matrix((np.ones(len(columns)), columns, ends), (len(examples), len(vocabulary)))
    weights = [e.weight * (_TYPICAL_COUNT / sizes[e.language]) ** 0.5 for e in examples]
    regression = LogisticRegression(C=PENALTY, solver="liblinear", fit_intercept=False)
    regression.fit(matrix, [example.ends for example in examples], sample_weight=weights)
    found = dict(zip(vocabulary, regression.coef_[0].tolist(), strict=True))
    return {name: round(w, 3) for name, w in found.items() if abs(w) >= LEAST_WEIGHT}


if __name__ == "__main__":
    main()
