"""Intervals and significance over topics, from statistics that were kept for each."""

import numpy as np
import numpy.typing as npt

_RESAMPLES = 2000
_SEED = 20_040_501


def interval(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the 95% bootstrap interval of a mean (percentile method, Efron 1979).

    :param values: (n,) a figure for each topic.
    :return: Its ends; both are the value itself where there is one topic only.
    """
    from scipy.stats import bootstrap

    if len(values) < 2 or np.ptp(values) == 0:
        return float(values.mean()), float(values.mean())
    found = bootstrap(
        (values,), np.mean, n_resamples=_RESAMPLES, method="percentile", rng=_SEED
    ).confidence_interval
    return float(found.low), float(found.high)


def significance(ours: npt.NDArray[np.float64], theirs: npt.NDArray[np.float64]) -> float:
    """Return the two-sided p of a paired permutation test of two means (Fisher 1935).

    :param ours: (n,) a figure for each topic.
    :param theirs: (n,) those of another system for the same topics.
    :return: 0 to 1: how often chance alone makes a difference as large.
    """
    from scipy.stats import permutation_test

    if np.array_equal(ours, theirs):
        return 1.0
    return float(
        permutation_test(
            (ours, theirs),
            lambda a, b, axis: np.mean(a - b, axis=axis),
            permutation_type="samples",
            vectorized=True,
            n_resamples=_RESAMPLES,
            rng=_SEED,
        ).pvalue
    )
