"""recipe"""
import collections
import gzip
import json
import random
import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from summarizer.text import sentences as S


def abbreviations():
    import importlib, pkgutil
    import sentencex.languages as L
    from sacremoses._data_nonbreaking_prefixes import NONBREAKING_PREFIXES
    out = collections.defaultdict(set)
    for m in pkgutil.iter_modules(L.__path__):
        mod = importlib.import_module(f"sentencex.languages.{m.name}")
        for c in vars(mod).values():
            if isinstance(c, type) and c.__module__ == mod.__name__ and "abbreviations" in c.__dict__:
                out[m.name.strip("_")] |= {w.strip().rstrip(".") for w in c.abbreviations}
    numeric = collections.defaultdict(set)
    from pysbd.languages import LANGUAGE_CODES
    for code, language in LANGUAGE_CODES.items():
        a = language.Abbreviation
        if code != "en" and a.ABBREVIATIONS is LANGUAGE_CODES["en"].Abbreviation.ABBREVIATIONS: continue
        n = set(a.NUMBER_ABBREVIATIONS)
        out[code] |= set(a.ABBREVIATIONS) - n; numeric[code] |= n
    for name, text in NONBREAKING_PREFIXES.items():
        code = name.rsplit(".", 1)[1]
        if code == "txt": continue
        for line in text.splitlines():
            line = line.strip()
            if not line or line.startswith("#"): continue
            word, _, rest = line.partition("#")
            (numeric if "NUMERIC" in rest else out)[S.base_code(code)].add(word.strip().rstrip("."))
    clean = lambda ws: sorted(w for w in ws if w and " " not in w and not (len(w) == 1 and w.isupper()) and any(map(str.isalpha, w)))
    return {c: clean(w) for c, w in sorted(out.items())}, {c: clean(w) for c, w in sorted(numeric.items())}


def ordinals():
    from babel import Locale
    from babel.core import localedata
    import re
    found = set()
    for l in localedata.locale_identifiers():
        if "_" in l: continue
        f = Locale.parse(l).date_formats
        if re.search(r"d\.\s*'?\s*M|M\s*d\.", str(f["long"])): found.add(S.base_code(l))
    return sorted(found)


def solid(text):
    out = [0]
    for c in text: out.append(out[-1] + (not c.isspace()))
    return out


def examples(model, record, lang, text=None):
    text = text or record["text"]
    n = solid(text)
    gold = {n[e] for e in record["ends"][:-1]}
    for c in S.find_candidates(text, lang):
        if c.sure: continue
        lo, hi = n[c.end], n[c.start]
        label = any(k in gold for k in range(lo, hi + 1))
        if label and "o" not in c.around and c.after.lstrip(S._OPENERS)[:1].islower() and not (len(c.before) > 4 and c.before.isalpha()):
            continue
        yield model.names(lang, c), label, c


def variants(record, rng, share=0.25):
    yield record["text"], 1.0
    t = record["text"]
    if t.lower() != t and len(t.lower()) == len(t):
        if rng.random() < share: yield t.lower(), 1.0
        if rng.random() < share:
            chars = list(t.lower())
            for s in record["starts"]:
                k = s
                while k < len(t) and k < s + 3 and not t[k].isalpha(): k += 1
                if k < len(t): chars[k] = t[k].upper()[:1]
            yield "".join(chars), 1.0


def load(folder):
    data = collections.defaultdict(list)
    for p in sorted(Path(folder).glob("*.gz")):
        for l in gzip.open(p, "rt"):
            data[p.name.split(".")[0]].append(json.loads(l))
    return data


def invented(model, data, rng):
    bare = S.Model({}, {}, {}, model.ordinals)
    for lang, records in data.items():
        words = sorted(w for c in (lang, "en") for w in set(model.abbreviations.get(c, ())) | set(model.numeric.get(c, ())) if 2 <= len(w) <= 7)
        ends = []
        for r in records:
            for c in S.find_candidates(r["text"], lang):
                if not c.sure and c.mark == "." and not c.around: ends.append(c)
        for _ in range(300):
            c = rng.choice(ends)
            number = str(int(10 ** rng.uniform(0, 3.5)))
            w = rng.choice(words)
            for m in (model, bare):
                yield lang, "", m.names(lang, c._replace(before=w, after=number)), False, 0.5
        for _ in range(300):
            c = rng.choice(ends)
            if c.before.isalpha() and model.word_before(lang, True, c.before).listed in ("", "s"):
                yield lang, "", model.names(lang, c._replace(after=str(int(10 ** rng.uniform(0, 3.5))))), True, 0.5


def build(model, data, augment=True):
    rng = random.Random(0)
    rows = []
    for lang, records in data.items():
        for r in records:
            if not r["for_training"]: continue
            for text, w in (variants(r, rng) if augment else [(r["text"], 1.0)]):
                for names, y, _ in examples(model, r, lang, text):
                    rows.append((lang, r["source"], names, y, w))
    rows += invented(model, data, rng)
    return rows


def fit(rows, C=1.0, penalty="l2", least=2):
    count = collections.Counter(n for r in rows for n in set(r[2]))
    vocab = {n: i for i, n in enumerate(sorted(n for n, c in count.items() if c >= least))}
    perlang = collections.Counter(r[0] for r in rows)
    ind, ptr, y, w = [], [0], [], []
    for lang, src, names, label, weight in rows:
        ind += sorted({vocab[n] for n in names if n in vocab}); ptr.append(len(ind)); y.append(label)
        w.append(weight * (3000 / perlang[lang]) ** 0.5)
    X = sp.csr_matrix((np.ones(len(ind)), ind, ptr), shape=(len(rows), len(vocab)))
    lr = LogisticRegression(C=C, solver="liblinear", penalty=penalty, intercept_scaling=1, fit_intercept=False, max_iter=300, tol=1e-4)
    lr.fit(X, np.array(y), sample_weight=np.array(w))
    return {n: round(float(lr.coef_[0][i]), 3) for n, i in vocab.items() if abs(lr.coef_[0][i]) >= 0.02}


if __name__ == "__main__":
    model = S.Model({}, *abbreviations(), ordinals())
    S._model = lambda: model
    data = load(sys.argv[1])
    rows = build(model, data)
    print(len(rows), sum(r[3] for r in rows))
    weights = fit(rows)
    out = {"weights": weights, "abbreviations": {k: sorted(v) for k, v in model.abbreviations.items()}, "numeric": {k: sorted(v) for k, v in model.numeric.items()}, "ordinals": sorted(model.ordinals)}
    text = json.dumps(out, ensure_ascii=False, indent=0)
    Path("models/sentences").mkdir(exist_ok=True)
    Path("models/sentences/weights.json").write_text(text)
    print(len(weights), len(text))
