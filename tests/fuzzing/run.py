"""One reader under atheris, in a process of its own: ``python -m tests.fuzzing.run html ...``."""

import sys
from importlib import import_module

import atheris

# What is imported where it is used would not be watched.
_PARSERS = ("dateutil.parser", "docx", "email.policy", "striprtf.striprtf", "tarfile", "zipfile")
_WATCHED = ["summarizer", *(name.split(".")[0] for name in _PARSERS)]

if __name__ == "__main__":
    with atheris.instrument_imports(include=_WATCHED):
        for name in _PARSERS:
            import_module(name)
        from .targets import TARGETS
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target.check)
    atheris.Fuzz()
