"""The command ``summarize``: options in, a summary out, a mistake as one line."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import OptionError, SummarizerError
from ..output import folder_of, refuse_overwriting, write
from ..render.printable import printable, printable_json
from ..render.terminal import find_style
from ..settings import MODEL, RANKER, RANKERS, WORDS, Settings
from ..version import VERSION
from .batch_options import with_batch
from .limit_options import LIMITS, with_limits
from .percent import Percent
from .printing import render, render_sources
from .progress import Progress

if TYPE_CHECKING:
    from ..batch.command import Batch
    from ..readers import Limits

# So many warnings are printed; a folder of copies has one for each.
_WARNINGS = 20

EXAMPLES = """\b
Examples:
  summarize --words 150 seeds/           a folder of saved articles
  summarize a.pdf b.html 'press/*.eml'   files and patterns; 150 words
  summarize --sentences 3 seeds/         three sentences
  summarize --ratio 10% report.txt       a tenth of the words of one text
  cat notes.txt | summarize --chars 500  standard input
  summarize --format json -o s.json seeds/
                                         offsets of every quote, for scripts
  summarize --format html -o s.html seeds/
                                         a page with the sources beside it
  summarize --verify s.json              do the quotes still stand there?
  summarize --each -o all.jsonl topics/  every sub-folder for itself

\b
Exit status:
  0    a summary was made; with --verify: every quote stands where it stood
  1    no summary can be made; with --verify: not every quote stands there, or
       the summary cannot be read
  2    the command was called wrongly
  130  Ctrl-C
"""


@click.command(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog=EXAMPLES,
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--words", type=click.IntRange(min=1), metavar="N", help=f"At most N words.  [default: {WORDS}]"
)
@click.option("--sentences", type=click.IntRange(min=1), metavar="N", help="At most N sentences.")
@click.option(
    "--chars",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most N characters, blanks between sentences counted.",
)
@click.option("--ratio", type=Percent(), metavar="P%", help="At most P% of the sources' words.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "markdown", "json", "html"]),
    metavar="FORMAT",
    default="text",
    show_default=True,
    help="text, markdown, json or html.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of standard output.")
@click.option(
    "--ranker",
    type=click.Choice(RANKERS),
    default=RANKER,
    show_default=True,
    help="Cover the most facts, or maximal marginal relevance.",
)
@click.option(
    "--diversity",
    type=click.FloatRange(0, 1),
    metavar="0..1",
    help="With mmr: 0 for salience alone, 1 for difference alone.  "
    f"[default: {Settings().mmr_diversity:g}]",
)
@click.option(
    "--model",
    default=MODEL,
    show_default=True,
    metavar="NAME_OR_PATH",
    help="minilm or static (shipped), a folder, or a sentence-transformers name.",
)
@click.option(
    "--verify",
    metavar="FILE",
    help="Check a summary in JSON against its sources instead of making one.",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    metavar="WHEN",
    default="auto",
    show_default=True,
    help="auto, always or never: dim citations, linked where the terminal can.",
)
@click.option(
    "--min-sources",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Only what N independent sources state, copies counted once.  [default: 1]",
)
@click.option(
    "--sources-only", is_flag=True, help="The list of sources and what each contributed, alone."
)
@click.option("--explain", is_flag=True, help="Say why each sentence was picked.")
@click.option("--keep-all", is_flag=True, help="Quote documents about something else too.")
@click.option("--strict", is_flag=True, help="A file that cannot be read is an error.")
@with_limits
@with_batch
@click.option("-q", "--quiet", is_flag=True, help="No progress and no warnings.")
@click.version_option(VERSION, prog_name="summarize")
def summarize(
    paths: tuple[str, ...],
    words: int | None,
    sentences: int | None,
    chars: int | None,
    ratio: float | None,
    layout: str,
    output: str | None,
    ranker: Any,
    diversity: float | None,
    model: str,
    verify: str | None,
    color: Any,
    min_sources: int,
    sources_only: bool,
    explain: bool,
    keep_all: bool,
    strict: bool,
    quiet: bool,
    limits: "Limits",
    batch: "Batch | None",
) -> None:
    """Summarize documents about one subject in verbatim, cited sentences.

    PATHS are files, folders or patterns, here or behind addresses such as s3://bucket/folder; "-"
    or nothing reads standard input. Read are text, Markdown, HTML, PDF, DOCX, ODT, RTF, mails and
    mailboxes, CSV and JSONL (one document a row), and ZIP, tar and gzip archives of these.
    """
    if output == "":
        raise click.UsageError("--output needs the name of a file")
    output = None if output == "-" else output
    if verify is not None:
        _verify(verify, layout, output, limits)
        return
    if sum(length is not None for length in (words, sentences, chars, ratio)) > 1:
        raise click.UsageError("give only one of --words, --sentences, --chars and --ratio")
    if sources_only and (explain or layout == "html"):
        raise click.UsageError("--sources-only goes with text, markdown or json, without --explain")
    if not paths and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("name files or folders to summarize, or pipe a text in")
    options: dict[str, Any] = {
        "words": words,
        "sentences": sentences,
        "chars": chars,
        "ratio": ratio,
        "ranker": ranker,
        "diversity": diversity,
        "keep_all": keep_all,
        "min_sources": min_sources,
    }
    if batch is not None:
        if sources_only:
            raise click.UsageError("--sources-only goes without --each")
        from ..batch.command import summarize_each

        status = summarize_each(
            paths or ["-"],
            output,
            batch,
            model=model,
            options=options,
            limits=limits,
            strict=strict,
            explain=explain,
            quiet=quiet,
        )
        raise click.exceptions.Exit(status)
    from ..encoders import load_encoder
    from ..pipeline import summarize as run
    from ..readers import read
    from .threads import one_thread

    documents = read(paths or ["-"], limits=limits, strict=strict)
    refuse_overwriting(output, [document.path for document in documents])
    encoder = load_encoder(model)
    with one_thread(), Progress(hidden=quiet or not sys.stderr.isatty()) as progress:
        summary = run(documents, encoder=encoder, progress=progress.show, **options)
    if not quiet:
        warnings = summary.warnings
        for warning in warnings[:_WARNINGS]:
            click.echo(f"summarize: warning: {printable(warning)}", err=True)
        if len(warnings) > _WARNINGS:
            more = len(warnings) - _WARNINGS
            click.echo(f"summarize: {more} more warnings: --format json has them all", err=True)
    if sources_only:
        write(render_sources(summary, layout, folder_of(output)) + "\n", output)
        return
    style = find_style(None if output else sys.stdout, color, os.environ)
    rendered = render(summary, layout, style, folder_of(output), explain=explain)
    write(rendered + "\n", output)


def _verify(summary: str, layout: str, output: str | None, limits: "Limits") -> None:
    """Check a summary; end with 1 where a passage does not stand where it says."""
    context = click.get_current_context()
    for name in context.params:
        given = context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        if given and name not in {"verify", "layout", "output", "quiet", "color"} | LIMITS:
            raise click.UsageError("--verify goes with --format, --output and --max-... alone")
    if layout not in {"text", "json"}:
        raise click.UsageError("--verify prints text or json")
    from ..verification import verify

    refuse_overwriting(output, [summary])
    found = verify(summary, limits=limits)
    folder = Path(summary).parent
    named = {check.path for check in found.checks}
    refuse_overwriting(output, [*named, *(str(folder / path) for path in named)])
    shown = printable_json(found.to_json()) if layout == "json" else printable(str(found))
    write(f"{shown}\n", output)
    if not found.intact:
        raise click.exceptions.Exit(1)


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0 done, 1 failed, 2 misused, 130 interrupted.

    :param arguments: What stands behind the command's name; by default what the process was given.
    """
    try:
        # Not summarize.main(), which answers Ctrl-C and a closed pipe in its own way.
        given = sys.argv[1:] if arguments is None else arguments
        with summarize.make_context("summarize", list(given)) as context:
            summarize.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        click.echo(f"summarize: {error.format_message()} (see summarize --help)", err=True)
        return 2
    except SummarizerError as error:
        click.echo(f"summarize: {printable(' '.join(str(error).split()))}", err=True)
        return 2 if isinstance(error, OptionError) else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has enough; the flush at exit must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        click.echo("summarize: not enough memory for this input; give fewer documents", err=True)
        return 1
    return 0
