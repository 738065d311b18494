"""``python -m benchmarks.kinds KIND=PATH...``: what documents of known kinds are read as.

KIND is ``mail``, ``conversation``, ``page`` or ``prose``, and PATH a file or a folder of documents
of that kind. A line for each kind says how many of its documents are read as what.
"""

import sys
from collections import Counter, defaultdict

from summarizer import read
from summarizer.clean import clean

KINDS = ("mail", "conversation", "page", "prose")


def confusion(paths: list[tuple[str, str]]) -> dict[str, Counter[str]]:
    """Count by their kind what documents are read as.

    :param paths: The kind and the place of some documents each.
    """
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for kind, path in paths:
        found[kind].update(clean([document])[0].kind for document in read([path]))
    return found


def main(arguments: list[str]) -> int:
    """Print the table."""
    pairs = [(kind, path) for kind, _, path in (one.partition("=") for one in arguments)]
    if not pairs or not all(kind in KINDS and path for kind, path in pairs):
        print("usage: python -m benchmarks.kinds KIND=PATH...", file=sys.stderr)
        return 2
    found = confusion(pairs)
    print("".join(f"{name:>14}" for name in ("", *KINDS)))
    for kind in filter(found.__contains__, KINDS):
        print(f"{kind:>14}" + "".join(f"{found[kind][told]:>14}" for told in KINDS))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
