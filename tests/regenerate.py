"""``python -m tests.regenerate``: write what is generated anew, after looking at the change.

These are the outputs that the documents show, the summaries of ``tests/golden.json`` and the schema
of the JSON.
"""

import json

from summarizer.subject.summary import json_schema

from .builders import ROOT, regenerate
from .test_golden import write

SCHEMA = ROOT / "summarizer" / "render" / "summary.schema.json"

if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(json_schema(), indent=2) + "\n", encoding="utf-8")
    write()
    regenerate()
