"""Which sentences may not both stand in a summary."""

import numpy as np
import numpy.typing as npt

# Of two sentences about the same, the one of which so many words are in the other adds nothing;
# the cosine keeps apart those that share no more than names.
_CONTAINED = 0.7
_ALIKE = 0.3


def redundant_pairs(
    labels: npt.NDArray[np.intp],
    cosines: npt.NDArray[np.float32],
    lexical: npt.NDArray[np.float32],
) -> npt.NDArray[np.bool_]:
    """Tell which sentences say the same.

    :param labels: (n,) the cluster of each sentence.
    :param cosines: (n, n) float32, how alike sentences are in meaning.
    :param lexical: (n, h) float32 rows of word weights, so that the product of two rows is the
        weight of the words they share and that of a row with itself the weight of all its words.
    :return: (n, n) bool, symmetric, True on the diagonal: the pairs that say the same, or of which
        one says nothing that is not in the other.
    """
    shared = lexical @ lexical.T
    whole = np.diag(shared)
    same: npt.NDArray[np.bool_] = labels[:, None] == labels
    one, other = np.nonzero(cosines >= _ALIKE)
    smaller = np.minimum(whole[one], whole[other])
    same[one, other] |= (smaller > 0) & (shared[one, other] >= _CONTAINED * smaller)
    return same
