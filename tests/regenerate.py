"""``python -m tests.regenerate``: write what is generated anew, after looking at the change."""

import json

from summarizer.summary import json_schema

from .console import ROOT, regenerate

SCHEMA = ROOT / "summarizer" / "render" / "summary.schema.json"

if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(json_schema(), indent=2) + "\n", encoding="utf-8")
    regenerate()
