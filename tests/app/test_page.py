"""What a person does with the page, from files to a report that is saved."""

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import anyio
import docx
import pytest
from anyio import to_process
from starlette.testclient import TestClient

from summarizer import Document, Documents, Limits, check, differences, read, summarize, timeline
from summarizer.app import server, work
from summarizer.app.server import Config, create_app

from ..builders import EXAMPLE, ROOT
from ..render.test_hostile import TEXTS
from .conftest import BASE, Page

BLAST = ROOT / "examples" / "market_blast"


def fill(page: Page) -> None:
    """Add the example, file by file."""
    for file in sorted(EXAMPLE.iterdir()):
        page.add(file.read_bytes(), name=file.name)


def test_files_become_the_report_of_the_command(page: Page) -> None:
    fill(page)
    read_here = [
        {"id": document.id, "text": document.text, "title": document.title, "date": document.date}
        for document in read([EXAMPLE])
    ]
    for words in (150, 60):
        found = json.loads(page.get(f"summary.json?words={words}"))
        assert found["text"] == summarize(read_here, words=words).text
        report = page.get(f"summary.html?words={words}")
        assert all(sentence["text"] in report for sentence in found["sentences"])
        assert "Content-Security-Policy" in report
        assert "default-src 'none'" in report


def test_question_and_what_is_new(page: Page) -> None:
    fill(page)
    asked = json.loads(page.get("summary.json?query=Who+stayed+in+orbit%3F&words=40"))
    assert asked["query"] == "Who stayed in orbit?"
    assert "Collins" in asked["text"]
    path = f"{page.address}files"
    assert page.client.patch(f"{path}/2?role=earlier").json()["files"][1]["role"] == "earlier"
    new = json.loads(page.get("summary.json"))
    assert [source["earlier"] for source in new["sources"]].count(True) == 1
    assert all(not new["sources"][one["source"] - 1]["earlier"] for one in new["sentences"])
    assert len(page.client.delete(f"{path}/2").json()["files"]) == 3
    assert len(json.loads(page.get("summary.json"))["sources"]) == 3


def test_timeline_differences_and_check(page: Page) -> None:
    for file in sorted(BLAST.iterdir()):
        page.add(file.read_bytes(), name=file.name)
    sources = read([BLAST])
    days = [day.date for day in timeline(sources).days]
    assert [day["date"] for day in json.loads(page.get("timeline.json"))["days"]] == days
    found = json.loads(page.get("differences.json"))
    assert len(found["series"]) == len(differences(sources).series) > 0
    assert "paste or choose one" in page.get("check.json", 422)
    draft = "On Monday morning a blast at the grain market of Harle killed 21 people."
    page.add("Something else entirely was written before.", name="My text", role="draft")
    files = page.add(draft, name="My text", role="draft")
    assert [file["role"] for file in files].count("draft") == 1
    (checked,) = json.loads(page.get("check.json"))["sentences"]
    assert checked["verdict"] == check(draft, sources).sentences[0].verdict == "differs"
    for kind in ("timeline", "differences", "check"):
        assert "<!doctype html>" in page.get(f"{kind}.html")


def test_results_are_saved_in_every_format(page: Page) -> None:
    fill(page)
    summary = json.loads(page.get("summary.json?words=60"))
    quotes = [" ".join(sentence["text"].split()) for sentence in summary["sentences"]]
    for layout in ("md", "docx", "ris", "bib", "csl", "html", "json"):
        answer = page.client.get(f"{page.address}summary.{layout}?words=60&download")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="summary.')
        if layout in {"md", "html"}:
            assert quotes[0] in answer.text
        elif layout == "docx":
            written = "\n".join(
                part.text for part in docx.Document(BytesIO(answer.content)).paragraphs
            )
            assert all(quote in written for quote in quotes)
        elif layout != "json":
            assert "Apollo 11: the mission in brief" in answer.text
    # Word takes no property as long as this question.
    long = "+".join(["Who+stayed+in+orbit%3F"] * 30)
    answer = page.client.get(f"{page.address}summary.docx?words=60&query={long}")
    assert docx.Document(BytesIO(answer.content)).core_properties.comments.startswith("summarizer")
    assert page.get("summary.exe", 404)
    assert page.get("secrets.json", 404)


def test_two_people_do_not_see_each_other(api: TestClient, page: Page) -> None:
    other = Page(api)
    assert other.address != page.address
    page.add("The mayor closed the old bridge on Monday.", name="bridge.txt")
    other.add("The port of Harle sold twelve ferries.", name="port.txt")
    assert "bridge" in page.get("summary.json")
    assert "ferries" not in page.get("summary.html")
    assert "ferries" in other.get("summary.json")
    assert "bridge" not in other.get("summary.html")
    assert api.delete(page.address).status_code == 204
    assert "was forgotten" in page.get("files", 404)
    assert api.get(page.address, follow_redirects=False).status_code == 303
    assert "ferries" in other.get("summary.json")


def test_people_at_one_time_get_their_own(api: TestClient) -> None:
    def use(name: str) -> list[str]:
        own = Page(api)
        own.add(f"The mayor of {name} closed the old bridge on Monday.", name=f"{name}.txt")
        own.add(f"Divers found rust in the piers of {name}.", name="divers.txt")
        return [own.get(f"summary.html?words={words}") for words in range(15, 40, 5)]

    names = ("Harle", "Norden", "Emden", "Leer", "Aurich", "Jever")
    with ThreadPoolExecutor(len(names)) as people:
        for name, reports in zip(names, people.map(use, names), strict=True):
            for report in reports:
                assert [other for other in names if other in report] == [name]


def test_old_and_many_sessions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(server, "monotonic", lambda: now)
    held = server.Sessions()
    first, second = held.new(), held.new()
    assert held.get(first.id) is first
    for _ in range(server.MOST_SESSIONS - 1):
        held.new()
    assert held.get(second.id) is None
    now = server.IDLE_SECONDS / 2
    assert held.get(first.id) is first
    now = server.IDLE_SECONDS + 1
    held.forget_idle()
    assert len(held.keys) == 1
    assert held.get(first.id) is first
    now += server.IDLE_SECONDS + 1
    held.forget_idle()
    assert held.get(first.id) is None


def test_worker_forgets_what_no_page_holds() -> None:
    subject = work.Collected(Documents([Document("a", "The mayor closed it.")]), Documents())
    options: dict[str, int] = {}
    rest = ("summary", options, "md", "static", frozenset({"page"}))

    async def ask() -> list[bytes | None]:
        made = [await to_process.run_sync(work.render, "page", subject, *rest)]
        made.append(await to_process.run_sync(work.render, "page", None, *rest))
        await to_process.run_sync(work.forget, frozenset({"another"}))
        return [*made, await to_process.run_sync(work.render, "page", None, *rest)]

    first, again, forgotten = anyio.run(ask)
    assert first == again != forgotten is None


def test_worker_that_waits_answers_no_interrupt() -> None:
    async def ask() -> tuple[int, int]:
        await to_process.run_sync(work.forget, frozenset())
        worker = await to_process.run_sync(os.getpid)
        os.kill(worker, signal.SIGINT)
        return worker, await to_process.run_sync(os.getpid)

    worker, answered = anyio.run(ask)
    assert answered == worker != os.getpid()


@pytest.mark.parametrize("kind", TEXTS)
def test_hostile_names_and_texts_are_shown_and_do_nothing(page: Page, kind: str) -> None:
    told = TEXTS[kind].encode(errors="replace").decode()
    (file,) = page.add(
        f"The mayor said {told} on Monday. It rained all day long.", name=f"../x\\{told}"
    )
    name = str(file["name"])
    assert name.isprintable()
    assert "/" not in name
    assert "\\x" not in name[:2]
    assert len(name) <= 200
    for layout in ("html", "md", "docx", "ris", "bib", "csl", "json"):
        page.get(f"summary.{layout}")
    report = page.get("summary.html")
    assert "<script>hacked()" not in report
    assert "<img" not in report


def test_what_cannot_be_read_is_told_in_one_line(page: Page) -> None:
    answer = page.client.post(f"{page.address}files?name=a.pdf", content=b"%PDF-1.7 broken")
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (422, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["detail"].startswith("a.pdf: ")
    assert "\n" not in problem["detail"]
    assert "no documents yet" in page.get("summary.json", 422)
    page.add("The mayor closed the old bridge on Monday.", name="a.txt")
    for words in ("0", "-1", "x", "1e3", "%C2%B2", "9" * 5000):
        assert "words must be" in page.get(f"summary.json?words={words}", 422)
    assert "role must be" in page.client.post(f"{page.address}files?role=x", content=b"a").text
    assert page.client.patch(f"{page.address}files/9?role=source").status_code == 404


def test_file_that_is_too_large_is_named(page: Page) -> None:
    answer = page.client.post(f"{page.address}files?name=a.txt", content=b"a " * 600_000)
    assert answer.status_code == 413
    assert answer.json()["detail"].startswith("a.txt: is larger than 1 MB")


def test_all_texts_of_a_page_have_a_limit(page: Page) -> None:
    half = "The mayor closed the old bridge on Monday. " * 14_000
    page.add(half, name="a.txt")
    page.add(half, 413, name="b.txt")
    assert len(json.loads(page.get("files"))["files"]) == 1


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "/etc/passwd", "http://a::file:///etc/passwd", "s3://a/b"]
)
def test_addresses_are_those_of_web_pages(page: Page, address: str) -> None:
    page.add("", 422, address=address)


def test_page_of_the_web_is_fetched_within_the_limits(page: Page, tmp_path: Path) -> None:
    story = (ROOT / "examples" / "formats" / "story.html").read_bytes()
    (tmp_path / "story.html").write_bytes(story)
    (tmp_path / "large.html").write_bytes(story + b" " * 1_000_000)
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        try:
            base = f"http://127.0.0.1:{server.server_port}"
            (file,) = page.add("", address=f"{base}/story.html")
            large = page.client.post(
                f"{page.address}files", params={"address": f"{base}/large.html"}
            )
        finally:
            server.shutdown()
    assert file["name"] == f"{base}/story.html"
    assert json.loads(page.get("summary.json"))["sentences"]
    assert large.status_code == 422
    assert "larger than 1 MB" in large.json()["detail"]


def test_address_that_does_not_answer_is_told(page: Page) -> None:
    answer = page.client.post(f"{page.address}files", params={"address": "http://127.0.0.1:9/a"})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("http://127.0.0.1:9/a: ")


def test_addresses_are_not_fetched_for_others() -> None:
    config = Config("0.0.0.0", limits=Limits())
    client = TestClient(
        create_app(config), BASE, headers={"Authorization": f"Bearer {config.token}"}
    )
    page = Page(client)
    assert 'id="addresses"' not in page.text
    assert "stays on this machine" not in page.text
    page.add("", 403, address="http://127.0.0.1:9/")
