"""``python -m benchmarks.page``: how fast the page of HTML opens and answers in Chromium.

The yardstick is a bare page with the same texts, opened by the same browser. Needs what
``make browser`` needs.
"""

import html
import random
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import click

from summarizer import Document, summarize

REPEATS = 5
WORDS = (
    *("mayor", "council", "bridge", "harbour", "ferry", "pier", "rust", "cable", "budget", "court"),
    *("diver", "engineer", "quay", "tunnel", "crane", "plan", "vote", "law", "storm", "island"),
)
SEARCHES = ("e", "the", "harbour", "rust cable", "no such words")
# From the call to the frame after the one in which all is drawn.
ANSWER = """
const [action, argument, done] = arguments;
const actions = {
  search: (text) => {
    const field = document.getElementById("find-text");
    field.value = text;
    field.dispatchEvent(new Event("input"));
  },
  next: () => document.getElementById("find-next").click(),
  cite: () => [...document.querySelectorAll(".quotes .cite")].at(-1).click(),
};
const start = performance.now();
actions[action](argument);
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
"""


def invent(documents: int, sentences: int) -> list[Document]:
    """Return documents of different sentences, the same on every run."""
    chance = random.Random(0)
    found = []
    for number in range(documents):
        lines = [
            f"The {' '.join(chance.choices(WORDS, k=12))} of the {chance.randint(1, 999)} plans."
            for _ in range(sentences)
        ]
        title = f"Report {number} on the harbour"
        found.append(Document(f"{number}.txt", "\n\n".join(lines), title, "2023-05-12"))
    return found


def bare_page(documents: list[Document]) -> str:
    """Return a page with the texts and nothing else."""
    texts = "".join(f"<pre>{html.escape(document.text)}</pre>" for document in documents)
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>Texts</title>{texts}</html>"


def start_chromium() -> Any:
    """Start a headless browser with a window of 1440 by 1000."""
    try:
        from selenium.webdriver import Chrome, ChromeOptions
        from selenium.webdriver.chrome.service import Service
    except ImportError as error:
        raise click.ClickException("selenium is not installed: pip install '.[browser]'") from error
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        raise click.ClickException("chromium and chromedriver are not both installed")
    options = ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--disable-gpu", "--no-sandbox", "--window-size=1440,1000"):
        options.add_argument(argument)
    return Chrome(options, Service(driver))


def opening(browser: Any, page: Path) -> float:
    """Return the median seconds from the request to a page that is loaded and drawn."""
    spent: list[float] = []
    for _ in range(REPEATS):
        browser.get("about:blank")
        browser.get(page.as_uri())
        browser.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0]))")
        spent.append(browser.execute_script("return performance.now()") / 1000)
    return median(spent)


@click.command()
@click.option("--documents", default=300, show_default=True)
@click.option("--sentences", default=100, show_default=True, help="In each document.")
def main(documents: int, sentences: int) -> None:
    """Measure the page of a summary of generated DOCUMENTS."""
    texts = invent(documents, sentences)
    page = summarize(texts, words=150).to_html()
    size = sum(len(document.text.encode()) for document in texts)
    click.echo(f"texts of {size:,} bytes, markup of {len(page.encode()) - size:,}")
    browser = start_chromium()
    try:
        with tempfile.TemporaryDirectory() as folder:
            report, bare = Path(folder, "report.html"), Path(folder, "bare.html")
            report.write_text(page, encoding="utf-8")
            bare.write_text(bare_page(texts), encoding="utf-8")
            yardstick = opening(browser, bare)
            own = opening(browser, report)
            click.echo(f"a bare page of the texts opens     1.00  ({yardstick:.2f} s)")
            click.echo(f"the page opens                  {own / yardstick:7.2f}  ({own:.2f} s)")
            for action, arguments in (("search", SEARCHES), ("next", ("",)), ("cite", ("",))):
                for argument in arguments:
                    spent = median(
                        browser.execute_async_script(ANSWER, action, argument)
                        for _ in range(REPEATS)
                    )
                    told = f"{action} {argument!r}" if argument else action
                    click.echo(f"{told:<32}{spent:7.0f} ms to the frame that shows it")
    finally:
        browser.quit()


if __name__ == "__main__":
    main()
