"""No regular expression takes longer than linear time on repeated tokens."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

import summarizer
from summarizer.evidence.values import find_values
from summarizer.text.dates import find_mentions

from .timing import is_linear

# What is repeated, for one: letters, words, digits, marks, quotes, brackets, markup, blanks.
TOKENS = (
    *("a", "A", "é", "1", "_", "-", "—", "'", "’", '"', "“", "„ ", "”", "(", ")", "[", "]", "{"),
    *("<", "<a ", ">", "&", "&amp", ";", ".", ",", ":", "/", "\\", "|", "*", "`", "#", "=", "%"),
    *(" ", "\t", "\n", "\r\n", "\n \n", " \n", "\u200b", "\u0301", "\xad", "\u3000", "。", "漢"),
    *("and ", "A.", "A. ", "U.S.", "Mr. ", "1,", "1.", "1 ", "1-", "12% ", "a-", "a ", "a.b", "a@"),
    *(
        "<!--",
        "-->",
        "http://",
        "From a 2019\n",
        "From ",
        "a: ",
        "a, ",
        "\\a",
        "{\\super ",
        "a\n",
        "[1]",
    ),
    *(
        "Jan ",
        "no. ",
        "…",
        "😀",
        "x = 1\n",
        "> ",
        "- ",
        "| a ",
        "\\'8a",
        "i.e. ",
        "٣",
        "$1 ",
        "\x85",
    ),
)


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield every regular expression that a module of the package holds, with its name."""
    for module in pkgutil.walk_packages(summarizer.__path__, "summarizer."):
        # The adapters hold no pattern, and only `make integrations` installs what they import.
        if module.name.endswith("__main__") or module.name.startswith("summarizer.integrations."):
            continue
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            for place, pattern in enumerate(_within(value)):
                yield f"{module.name}.{name}[{place}]", pattern
        held = {pattern.pattern for value in vars(loaded).values() for pattern in _within(value)}
        for name, pattern in _inside_functions(loaded):
            if pattern.pattern not in held:
                yield name, pattern


def _inside_functions(module: Any) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the regular expressions that stand where they are used."""
    for call in ast.walk(ast.parse(inspect.getsource(module))):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "re"
            and call.func.attr != "escape"
            and isinstance(call.args[0], ast.Constant)
        ):
            yield f"{module.__name__}, line {call.lineno}", re.compile(call.args[0].value)


def _within(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _within(part)
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _within(part)


def uses(pattern: re.Pattern[Any]) -> Iterator[Callable[[str], object]]:
    """Yield what is done with a regular expression, in a text."""

    def given(text: str) -> Any:
        return text.encode(errors="surrogatepass") if isinstance(pattern.pattern, bytes) else text

    yield lambda text: pattern.match(given(text))
    yield lambda text: pattern.sub(given(""), given(text))


FOUND = dict(patterns())


def test_regular_expressions_are_found() -> None:
    assert len(FOUND) > 150


@pytest.mark.parametrize("name", FOUND)
def test_time_is_linear_in_repeated_tokens(name: str) -> None:
    for use in uses(FOUND[name]):
        for token in TOKENS:
            assert is_linear(use, token), token


def whens_and_values(language: str) -> Callable[[str], object]:
    """Return what finds days, numbers and units, by the words that a language has for them."""
    return lambda text: (
        find_mentions(text, language, date(2020, 5, 1)),
        find_values(text, language, "2020-05-01"),
    )


@pytest.mark.parametrize("token", [token for token in TOKENS if set(token) & set("1٣")])
def test_time_is_linear_in_numbers(token: str) -> None:
    assert is_linear(whens_and_values("en"), token)


def test_quadratic_time_is_noticed() -> None:
    search = list(uses(re.compile(r"(?:a{9}c)+b")))[1]
    assert not is_linear(search, "aaaaaaaaac")
