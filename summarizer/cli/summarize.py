"""``summarize PATHS``: the command itself."""

import click

from ..version import VERSION
from .commands import MainCommand
from .making import write_summary
from .options import SUMMARY_FORMATS, Request, with_format, with_request

EXAMPLES = """\b
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
  summarize verify s.json                do the quotes still stand there?
  summarize each -o all.jsonl topics/    every sub-folder for itself

\b
Exit status:
  0    a summary was made
  1    no summary can be made, nothing answers the question, or nothing is new
  2    the command was called wrongly
  130  Ctrl-C
  143  SIGTERM
"""


@click.command(cls=MainCommand, epilog=EXAMPLES)
@with_request
@with_format(*SUMMARY_FORMATS)
@click.version_option(VERSION, prog_name="summarize")
def summarize(request: Request, layout: str) -> None:
    """Summarize documents about one subject in verbatim, cited sentences.

    PATHS are files, folders or patterns, here or behind addresses such as s3://bucket/folder; "-"
    or nothing reads standard input. Reads text, Markdown, HTML, PDF, DOCX, ODT, RTF, PPTX, EPUB,
    subtitles, mails and mailboxes, CSV, XLSX, JSON, RIS and BibTeX (one document a row), and ZIP,
    tar and gzip archives of these.
    """
    write_summary(request, layout, explain=False)
