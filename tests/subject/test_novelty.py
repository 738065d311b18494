"""What earlier documents have said: who is compared with whom, and by whom."""

from collections.abc import Sequence

import numpy as np

from summarizer.settings import Settings, UpdateSettings
from summarizer.subject.updates import Compared, compare_with_earlier
from summarizer.text.table import SentenceTable

from ..builders import Encoder, table_of

SETTINGS = Settings(update=UpdateSettings(compared=2))
OLD = ("Rust ate the cables.", "The mayor smiled.", "Ferries were sold.")
NEW = ("The bridge was closed.", "Cables broke of rust.")


def compare(
    light: Encoder,
    deep: Encoder,
    *,
    known: bool = True,
    languages: Sequence[str] = ("en", "en", "en"),
) -> Compared:
    """Compare the sentences of two new documents with an old one that stands between them."""
    table = table_of(NEW[:1], OLD, NEW[1:])
    pool = table.take(np.array([0, 4])).with_columns(salience=np.array([0.25, 1.0]))
    earlier = np.array([1, 2, 3])
    return compare_with_earlier(
        pool, table, earlier, languages, light, deep, lambda _: known, SETTINGS
    )


LIGHT = {
    OLD[0]: (1, 0, 0),
    OLD[1]: (3, 4, 0),
    OLD[2]: (0, 1, 0),
    NEW[0]: (0, 0, 1),
    NEW[1]: (1, 0, 0),
}


def test_deep_encoder_compares_what_may_be_alike() -> None:
    deep = Encoder({OLD[0]: (0, 1), OLD[1]: (1, 0), NEW[1]: (4, 3)})
    found = compare(Encoder(LIGHT), deep)
    assert deep.asked == [NEW[1], OLD[0]]  # the mean of cosine and words is .3 for the other
    assert found.places.tolist() == [0, 4]
    assert found.nearest[1, 0] == 1
    np.testing.assert_allclose(found.likeness[:, 0], [0, 0.6], atol=1e-5)
    assert found.table.salience.tolist() == [0.25, 0, 0, 0, 1]
    assert [found.table.text(row) for row in range(5)] == [NEW[0], *OLD, NEW[1]]


def test_in_another_language_meaning_alone_chooses_and_counts_more() -> None:
    light = Encoder(LIGHT | {OLD[0]: (0, 1, 0), OLD[1]: (0.4, 0.9, 0)})
    deep = Encoder({OLD[1]: (3, 4), NEW[1]: (4, 3)})
    found = compare(light, deep, languages=("en", "de", "en"))
    assert OLD[1] in deep.asked
    assert found.nearest[1, 0] == 2
    np.testing.assert_allclose(found.likeness[1, 0], 0.96 + 0.1, atol=1e-5)


def test_a_text_of_no_known_language_is_in_no_other_one() -> None:
    light = Encoder(LIGHT | {OLD[0]: (0, 1, 0), OLD[1]: (0.4, 0.9, 0)})
    deep = Encoder({OLD[1]: (3, 4), NEW[1]: (4, 3)})
    found = compare(light, deep, languages=("en", "", "en"))
    assert found.likeness.max() <= 1


def test_nearest_of_several_is_found() -> None:
    light = Encoder(LIGHT | {OLD[1]: (1, 0.1, 0)})
    deep = Encoder({OLD[0]: (0, 1), OLD[1]: (3, 4), NEW[1]: (4, 3)})
    found = compare(light, deep)
    assert sorted(deep.asked) == sorted([NEW[1], OLD[0], OLD[1]])
    assert found.nearest[1, 0] == 2
    np.testing.assert_allclose(found.likeness[1, 0], 0.96, atol=1e-5)


def test_words_decide_where_the_language_is_not_known() -> None:
    deep = Encoder({})
    found = compare(Encoder(LIGHT), deep, known=False)
    assert deep.asked == []
    assert found.nearest[1, 0] == 1
    assert 0.3 < found.likeness[1, 0] < 1


def test_pool_may_have_nothing_alike() -> None:
    far = dict.fromkeys(OLD, (0, 0, 1)) | dict.fromkeys(NEW, (1, 0, 0))
    table: SentenceTable = table_of(["Wheat grew."], OLD)
    light = Encoder(far | {"Wheat grew.": (0, 1, 0)})
    pool = table.take(np.array([0])).with_columns(salience=np.ones(1))
    rows = np.array([1, 2, 3])
    found = compare_with_earlier(
        pool, table, rows, ["en"] * 9, light, Encoder({}), lambda _: True, SETTINGS
    )
    np.testing.assert_allclose(found.likeness[:, 0], [0], atol=1e-5)
