"""The command ``summarize`` and those beside it: what each reads, makes and writes."""

import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from click.shell_completion import shell_complete

from .. import __version__
from ..errors import OptionError, SummarizerError
from ..render.safe import printable, printable_json
from ..render.text import find_style, render_terminal
from ..subject.threads import one_thread
from .options import (
    CHOICE,
    LENGTH,
    OUTPUT,
    PORT,
    READING,
    WITH_FILES,
    WITH_LIMITS,
    WITH_OUTPUT,
    WITH_STRICT,
    WITH_SUMMARY,
    Arguments,
    MainCommand,
    complete_paths,
    option,
    options,
    with_arguments,
    with_format,
    with_model,
    with_paths,
)
from .output import (
    Progress,
    fill_closed_streams,
    folder_of,
    refuse_overwriting,
    say,
    silence,
    write,
)

if TYPE_CHECKING:
    from ..readers import Documents
    from ..subject.summary import Summary

_FORMATS = ("text", "markdown", "json", "html")
_VERDICTS = ("quoted", "stated", "differs", "partly", "not-found")
# At most this many warnings are printed: a folder of copies has one a copy.
_WARNINGS = 20
_COMPLETION = "_SUMMARIZE_COMPLETE"

_SUMMARIZE = """\b
Examples:
  summarize --words 150 seeds/           a folder of saved articles
  summarize a.pdf b.html 'press/*.eml'   files and patterns; 150 words
  summarize --ratio 10% report.txt       a tenth of the words of one text
  summarize --query "why did it fail?" seeds/
                                         what answers a question
  summarize --since last_week/ seeds/    what is new beside earlier documents
  cat notes.txt | summarize --chars 500  standard input
  summarize --format json -o s.json seeds/
                                         offsets of every quote, for scripts
  summarize --format html -o s.html seeds/
                                         a page with the sources beside it
  summarize verify s.json                are the quotes still there?
  summarize each -o all.jsonl topics/    a summary of each sub-folder

\b
Exit status:
  0    a summary was made
  1    no summary can be made, nothing answers the question, or nothing is new
  2    the command line is wrong
  130  Ctrl-C
  143  SIGTERM
"""


@click.command(cls=MainCommand, epilog=_SUMMARIZE)
@with_arguments(*WITH_SUMMARY, with_format(*_FORMATS))
@click.version_option(__version__, prog_name="summarize")
def summarize(arguments: Arguments, layout: str) -> None:
    """Summarize documents about one subject in verbatim, cited sentences.

    PATHS are files, folders or patterns, local or at addresses such as s3://bucket/folder; "-"
    or nothing reads standard input. Reads text, Markdown, HTML, PDF, DOCX, ODT, RTF, PPTX, EPUB,
    subtitles, mails and mailboxes, CSV, XLSX, JSON, RIS and BibTeX (one document a row), and ZIP,
    tar and gzip archives of these.
    """
    _write_summary(arguments, layout, explain=False)


_TIMELINES = options(
    "Timeline",
    ("--days N", "At most N days.  [default: as many as the sources warrant]"),
    ("--per-day N", "At most N sentences a day.  [default: 1]", {"default": 1}),
)
_EACH = """\b
Examples:
  summarize each -o all.jsonl topics/            every sub-folder is a subject
  summarize each --words 50 topics.jsonl.gz      every line is a subject
  summarize each --timeline topics/              what happened when in each
  summarize each --resume -o all.jsonl topics/   continue after an interruption

\b
Exit status:
  0    a subject was summarized; with --strict: every one
  1    no subject could be summarized; with --strict: not every one
  2    the command line is wrong
  130  Ctrl-C
  143  SIGTERM
"""


@summarize.command("each", _EACH)
@with_arguments(
    *WITH_SUMMARY,
    option("Timeline", "--timeline", "Tell what happened when instead."),
    *_TIMELINES,
    *options(
        OUTPUT,
        ("--explain", "Say why each sentence was picked."),
        ("-q --quiet", "No progress and no warnings."),
        ("--resume", "Continue the file in --output."),
    ),
    *options(
        "Work",
        ("--workers N", "Processes.  [default: one a core]"),
        (
            "--engine",
            "Where the processes run.",
            {"type": click.Choice(["local", "ray"]), "default": "local", "show_default": True},
        ),
        ("--address HOST:PORT", "The Ray cluster.  [default: one that is found]"),
    ),
)
def each(
    arguments: Arguments, *, timeline: bool, days: int | None, per_day: int, **how: Any
) -> None:
    """Summarize each of many subjects, one line of JSON a subject.

    PATHS are folders, each sub-folder of which is a subject; JSONL files, each line of which is
    one: {"id": "a", "documents": ["a text", ...]}, with its own "query" where it has one; or
    Parquet files with one document a row, in columns such as topic, document, title and text. An
    output that is called *.parquet has one quoted sentence a row.
    """
    if arguments.since:
        raise click.UsageError("--since goes with the documents of one subject")
    _refuse_others(timeline=timeline)
    if how["address"] is not None and how["engine"] != "ray":
        raise click.UsageError("--address goes with --engine ray")
    if how["resume"] and arguments.output is None:
        raise click.UsageError("--resume needs --output, the file to go on with")
    if how["engine"] == "ray":
        # Keeps Ray from reporting on its nodes on standard output, among the results.
        os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", "^")
    from .each import summarize_each

    told = {"days": days, "per_day": per_day} if timeline else None
    raise click.exceptions.Exit(summarize_each(arguments, timeline=told, **how))


def _refuse_others(*, timeline: bool) -> None:
    """Refuse options of summaries with ``--timeline``, and those of timelines without it."""
    context = click.get_current_context()
    refused = (LENGTH, CHOICE) if timeline else ("Timeline",)
    for parameter in context.command.params:
        given = context.get_parameter_source(str(parameter.name))
        among = getattr(parameter, "heading", "") in refused or (
            timeline and parameter.name == "explain"
        )
        if given is ParameterSource.COMMANDLINE and among:
            told = "does not go with" if timeline else "goes with"
            raise click.UsageError(f"{parameter.opts[0]} {told} --timeline")


@summarize.command("sources")
@with_arguments(*WITH_SUMMARY, with_format("text", "markdown", "json"))
def sources(arguments: Arguments, layout: str) -> None:
    """List the sources, and what each contributes to the summary."""
    from ..subject.summary import dump_json

    summary = _make_summary(arguments)
    _say_warnings(summary.warnings)
    render: dict[str, Callable[[], str]] = {
        "text": summary.sources_to_text,
        "markdown": partial(summary.sources_to_markdown, folder=folder_of(arguments.output)),
        "json": lambda: dump_json(summary.sources_to_dict(), indent=2),
    }
    write(render[layout]() + "\n", arguments.output)


@summarize.command("explain")
@with_arguments(*WITH_SUMMARY, with_format(*_FORMATS))
def explain(arguments: Arguments, layout: str) -> None:
    """Summarize, and say why each sentence was picked."""
    _write_summary(arguments, layout, explain=True)


_TIMELINE = """\b
Examples:
  summarize timeline seeds/
  summarize timeline --days 10 --per-day 2 seeds/
  summarize timeline --format html -o timeline.html seeds/
"""


@summarize.command("timeline", _TIMELINE)
@with_arguments(*_TIMELINES, with_format(*_FORMATS), *WITH_FILES)
def timeline(arguments: Arguments, layout: str, days: int | None, per_day: int) -> None:
    """Tell what happened when, in verbatim sentences.

    PATHS are files, folders or patterns, as for summarize. Days are those that the texts
    mention, such as "on Friday", counted from the date of each document.
    """
    from ..subject.timelines import timeline as tell

    found = _make(arguments, "read", partial(tell, days=days, per_day=per_day))
    _write(found, layout, arguments.output)


_CHECK = """\b
Examples:
  summarize check draft.docx seeds/
  summarize check --format html -o check.html answer.md seeds/
  pbpaste | summarize check --fail-on differs,not-found - seeds/

\b
Exit status:
  0  the text was checked
  1  a sentence has a verdict that --fail-on names, or the text cannot be checked
  2  the command line is wrong
"""


def _verdicts(_: click.Context, __: click.Parameter, given: str | None) -> frozenset[str]:
    """Return the verdicts of a list such as ``differs,not-found``."""
    named = [part.strip() for part in (given or "").split(",") if part.strip()]
    for name in named:
        if name not in _VERDICTS:
            raise click.BadParameter(f"{name} is none of {', '.join(_VERDICTS)}")
    return frozenset(name.replace("-", " ") for name in named)


@summarize.command("check", _CHECK)
@click.argument("text", type=click.Path(allow_dash=True), shell_complete=complete_paths)
@with_arguments(
    with_paths(metavar="SOURCES...", required=True),
    with_model("auto, or minilm, which is slower and finds passages in English more finely."),
    option(
        OUTPUT,
        "--fail-on VERDICTS",
        f"End with 1 if a sentence has one of these: {', '.join(_VERDICTS)}.",
        callback=_verdicts,
    ),
    with_format("text", "json", "html"),
    WITH_OUTPUT,
    *WITH_LIMITS,
    WITH_STRICT,
)
def check(arguments: Arguments, text: str, fail_on: frozenset[str], layout: str) -> None:
    """Check each sentence of TEXT against SOURCES.

    A sentence is quoted, stated, partly stated, not found, or differs in a number, a day, a name or
    a denial. A citation such as [2] is taken for the number of a source and checked, too. TEXT
    may be in any format that summarize reads; "-" is standard input.
    """
    from ..encoders import load_encoder
    from ..readers import read
    from ..subject.checking import check as compare

    given = read([text], limits=arguments.limits, strict=True)
    if len(given) != 1:
        raise SummarizerError(f"{text}: holds {len(given)} texts; name one")

    def make(documents: "Documents") -> Any:
        return compare(given[0], documents, encoder=load_encoder(arguments.model))

    found = _make(arguments, "check", make, text)
    _write(found, layout, arguments.output)
    if fail_on & {sentence.verdict for sentence in found.sentences}:
        raise click.exceptions.Exit(1)


_DIFFERENCES = """\b
Examples:
  summarize differences seeds/
  summarize differences --format html -o differences.html seeds/
"""


@summarize.command("differences", _DIFFERENCES)
@with_arguments(with_format("text", "json", "html"), *WITH_FILES)
def differences(arguments: Arguments, layout: str) -> None:
    """List numbers, amounts and days that sources give differently.

    PATHS are files, folders or patterns, as for summarize. Numbers that change from day to day,
    such as a death toll, are listed separately. It misses some differences, and not
    everything it lists is one.
    """
    from ..subject.comparing import differences as compare

    _write(_make(arguments, "compare", compare), layout, arguments.output)


_VERIFY = """\b
Examples:
  summarize --format json -o s.json seeds/
  summarize verify s.json
  summarize verify --root ~/articles s.json

\b
Exit status:
  0  every quote is where it was
  1  a quote is not where it was, or the summary cannot be read
  2  the command line is wrong
"""


@summarize.command("verify", _VERIFY)
@click.argument("summary", metavar="FILE", type=click.Path(allow_dash=True))
@with_arguments(
    with_format("text", "json"),
    WITH_OUTPUT,
    option(
        READING,
        "--root DIR",
        "Open sources below DIR, too; may be repeated.",
        "roots",
        multiple=True,
        type=click.Path(),
    ),
    option(READING, "--allow-remote", "Open sources at remote addresses, too."),
    *WITH_LIMITS,
)
def verify(
    arguments: Arguments, summary: str, layout: str, roots: tuple[str, ...], *, allow_remote: bool
) -> None:
    """Check whether the quotes of a summary are still in its sources.

    FILE is a summary that --format json wrote, or the lines of summarize each; "-" reads standard
    input. Only files below its folder are opened, unless --root or --allow-remote say otherwise.
    """
    from ..subject.verification import verify as check

    output = arguments.output
    refuse_overwriting(output, [summary])
    found = check(summary, limits=arguments.limits, roots=roots, allow_remote=allow_remote)
    folder = Path(summary).parent
    named = {part.path for part in found.checks}
    refuse_overwriting(output, [*named, *(str(folder / path) for path in named)])
    shown = printable_json(found.to_json()) if layout == "json" else printable(str(found))
    write(f"{shown}\n", output)
    if any(part.status == "refused" for part in found.checks):
        say("what is refused: --root DIR has its source opened, --allow-remote an address")
    if not found.intact:
        raise click.exceptions.Exit(1)


_MCP = """\b
Examples:
  summarize mcp ~/articles              over standard input and output
  summarize mcp --http 8123 ~/articles  at http://127.0.0.1:8123/mcp
"""


@summarize.command("mcp", _MCP)
@with_arguments(
    with_paths("folders", "FOLDERS...", required=True),
    option(
        "Server",
        "--http PORT",
        "Serve programs of this machine at PORT; 0 takes a free one.",
        type=PORT,
    ),
    with_model(),
    *WITH_LIMITS,
)
def mcp(arguments: Arguments, folders: tuple[str, ...], http: int | None) -> None:
    """Give agents tools to quote files with (MCP).

    The tools are summarize, ask, check, timeline and verify. Files in FOLDERS are read, and
    nothing else is. Without --http, the server speaks over standard input and output, as the
    program that starts it expects.
    """
    try:
        from ..app.mcp import make_server
    except ImportError as error:
        raise SummarizerError(
            'the MCP SDK is not installed: pip install "verbatim-summarizer[mcp]"'
        ) from error

    server = make_server(folders, encoder=arguments.model, limits=arguments.limits)
    with one_thread():
        if http is None:
            server.run()
            return
        import uvicorn

        refused = f"port {http} cannot be used"
        with _listen("127.0.0.1", http, refused, "name another one") as listener:
            say(f"listening at http://127.0.0.1:{listener.getsockname()[1]}/mcp")
            config = uvicorn.Config(server.streamable_http_app(), log_level="warning")
            uvicorn.Server(config).run(sockets=[listener])


_SERVE = """\b
Examples:
  summarize serve
  summarize serve --port 0 --model minilm
"""


@summarize.command("serve", _SERVE)
@with_arguments(
    *options(
        "Serving",
        (
            "--host ADDRESS",
            "Where to listen. Whoever can reach another address can read what is sent.",
            {"default": "127.0.0.1", "show_default": True},
        ),
        (
            "--port N",
            "0 takes any that is free.",
            {"type": PORT, "default": 8377, "show_default": True},
        ),
    ),
    with_model(),
    *WITH_LIMITS,
)
def serve(arguments: Arguments, host: str, port: int) -> None:
    """Summarize in the browser, and answer programs over HTTP.

    Prints the address of the page, which nobody else knows. Files stay on this machine and in
    memory, and are forgotten after an hour, or when this command ends, by Ctrl-C.
    """
    try:
        import uvicorn

        from ..app.server import Config, create_app, is_loopback
    except ImportError as error:
        raise SummarizerError(
            f"serve needs {error.name}: pip install 'verbatim-summarizer[app]'"
        ) from error
    from ..encoders import load_encoder

    load_encoder(arguments.model)  # fail now if it cannot be loaded
    hint = "choose another --port, or 0" if port else "choose another --host"
    listening = _listen(host, port, f"{host}:{port}: cannot be listened at", hint)
    port = listening.getsockname()[1]
    config = Config(host, port, arguments.model, arguments.limits)
    if not is_loopback(host):
        say(f"warning: whoever can reach {host} can read what is sent, as nothing is encrypted")
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/?token={config.token}"
    click.echo(address)
    sys.stdout.flush()
    say("Ctrl-C ends it")
    settings = uvicorn.Config(
        create_app(config),
        log_level="error",
        access_log=False,
        server_header=False,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(settings).run(sockets=[listening])


def _listen(host: str, port: int, refused: str, hint: str) -> socket.socket:
    """Listen at an address; an error says why that fails and what to do."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=512)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise SummarizerError(f"{refused} ({why}); {hint}") from error


@summarize.command("schema")
@WITH_OUTPUT
def schema(output: str | None) -> None:
    """Print the JSON Schema of summaries in JSON."""
    from ..subject.summary import json_schema

    write(json.dumps(json_schema(), indent=2) + "\n", output)


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 done, 1 failed, 2 misused, 130 interrupted.

    :param arguments: What follows the command's name; by default what the process was given.
    """
    fill_closed_streams()
    try:
        if asked := os.environ.get(_COMPLETION):
            return shell_complete(summarize, {}, "summarize", _COMPLETION, asked)
        # Not summarize.main(), which handles Ctrl-C and closed pipes itself.
        given = sys.argv[1:] if arguments is None else arguments
        with summarize.make_context("summarize", list(given)) as context:
            context.command.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "summarize"
        say(f"{error.format_message()} (see {command} --help)")
        return 2
    except SummarizerError as error:
        say(str(error))
        return 2 if isinstance(error, OptionError) else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has seen enough; keep the flush at exit from failing again.
        silence(sys.stdout)
        return 0
    except MemoryError:
        say("not enough memory for this input; give fewer documents")
        return 1
    return 0


def _read(arguments: Arguments, verb: str) -> "Documents":
    """Read the documents a command is given; ``verb`` completes the error if there are none."""
    if not arguments.paths and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError(f"name files or folders to {verb}, or pipe a text in")
    from ..readers import read

    paths = arguments.paths or ["-"]
    return read(paths, limits=arguments.limits, strict=arguments.strict, column=arguments.column)


def _make(arguments: Arguments, verb: str, make: Callable[["Documents"], Any], *others: str) -> Any:
    """Make a result of documents, checking that the output overwrites none and no other file."""
    documents = _read(arguments, verb)
    refuse_overwriting(arguments.output, [*others, *(one.path for one in documents)])
    with one_thread():
        return make(documents)


def _make_summary(arguments: Arguments) -> "Summary":
    """Read files and summarize them."""

    def make(documents: "Documents") -> "Summary":
        from ..encoders import load_encoder
        from ..pipeline import summarize

        earlier = _read_earlier(arguments)
        refuse_overwriting(arguments.output, [one.path for one in earlier])
        with Progress() as progress:
            how = {"encoder": load_encoder(arguments.model), "progress": progress.show}
            return summarize(documents, known=earlier, **how, **arguments.asked)  # type: ignore[arg-type]

    found: Summary = _make(arguments, "summarize", make, *arguments.since)
    return found


def _say_warnings(warnings: Sequence[str]) -> None:
    """Print what a careful user should know on standard error."""
    for warning in warnings[:_WARNINGS]:
        say(f"warning: {warning}")
    if len(warnings) > _WARNINGS:
        say(f"{len(warnings) - _WARNINGS} more warnings: --format json has them all")


def _read_earlier(arguments: Arguments) -> "Documents":
    """Read earlier documents: files, folders, and the sources of summaries."""
    from ..readers import Documents, read
    from ..subject.verification import is_summary, read_sources

    summaries = [path for path in arguments.since if is_summary(path)]
    others = [path for path in arguments.since if path not in summaries]
    found = [read_sources(path, limits=arguments.limits) for path in summaries]
    if others:
        found.append(read(others, limits=arguments.limits, strict=arguments.strict))
    return Documents(
        [document for part in found for document in part],
        [note for part in found for note in part.skipped],
    )


def _write_summary(arguments: Arguments, layout: str, *, explain: bool) -> None:
    """Make a summary and write it; the exit status is 1 if it is empty."""
    summary = _make_summary(arguments)
    _write(summary, layout, arguments.output, explain=explain)
    if not summary.sentences:
        # A warning has said that nothing answers the question or nothing is new.
        raise click.exceptions.Exit(1)


def _write(found: Any, layout: str, output: str | None, **how: bool) -> None:
    """Print the warnings of a result, and write it; ``how`` is passed to the renderer."""
    _say_warnings(found.warnings)
    if layout == "text":
        style = find_style(None if output else sys.stdout, os.environ)
        rendered = render_terminal(found, style, **how)
    elif layout == "markdown":
        rendered = found.to_markdown(folder=folder_of(output), **how)
    else:
        rendered = getattr(found, f"to_{layout}")(**how)
    write(f"{rendered}\n", output)
