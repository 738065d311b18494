"""``python -m benchmarks.load``: many clients at once ask ``summarize serve``.

Each client asks for a summary, a check and a timeline in turn, and now and then goes away before it
is answered. Nothing but this machine is asked.
"""

import argparse
import http.client
import json
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from urllib.parse import parse_qs, urlsplit

from summarizer import read

_TOPIC = Path(__file__).parent.parent / "examples" / "moon_landing"
# One request of so many is left by its client before the answer.
_LEFT = 20
_SECONDS = 60.0


@contextmanager
def _serving() -> Iterator[tuple[int, int, str]]:
    """Start the command; return its process, its port and the token."""
    command = [sys.executable, "-m", "summarizer", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        printed = urlsplit(served.stdout.readline().strip())
        yield served.pid, printed.port or 0, parse_qs(printed.query)["token"][0]
        served.terminate()


def _requests() -> list[tuple[str, bytes]]:
    documents = [
        {"id": one.id, "text": one.text, "date": one.date or "2020-01-01"} for one in read([_TOPIC])
    ]
    text = "Apollo 11 was the first flight to land people on the Moon. Five people watched it."
    bodies: dict[str, dict[str, object]] = {
        "summaries": {"words": 100},
        "checks": {"text": text},
        "timelines": {},
    }
    return [
        (f"/api/{name}", json.dumps({"documents": documents, **options}).encode())
        for name, options in bodies.items()
    ]


def _client(number: int, port: int, token: str, end: Event) -> list[tuple[str, float]]:
    """Ask until the end; return what came of each request, and how long it took in seconds."""
    requests = _requests()
    done: list[tuple[str, float]] = []
    while not end.is_set():
        path, body = requests[(number + len(done)) % len(requests)]
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        try:
            connection.request("POST", path, body, {"Authorization": f"Bearer {token}"})
            if (number + len(done)) % _LEFT == 0:
                done.append(("left", 0.0))
                continue
            answer = connection.getresponse()
            json.loads(answer.read())
            done.append((str(answer.status), time.monotonic() - began))
        except (OSError, http.client.HTTPException, ValueError) as error:
            done.append((type(error).__name__, time.monotonic() - began))
        finally:
            connection.close()
    return done


def _megabytes(process: int) -> float:
    """Return the memory of a process and of all below it, what they share counted in part."""
    total, waiting = 0.0, [process]
    while waiting:
        one = waiting.pop()
        try:
            told = Path(f"/proc/{one}/smaps_rollup").read_text()
            below = Path(f"/proc/{one}/task/{one}/children").read_text()
        except OSError:
            continue
        total += sum(int(size) for size in re.findall(r"^Pss: +(\d+)", told, re.MULTILINE)) / 1000
        waiting += map(int, below.split())
    return total


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the clients met; return 1 if a request failed or memory grew by a tenth.

    The first half is left out of that: workers start, and the models are loaded.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=_SECONDS)
    asked = parser.parse_args(arguments)
    end, memory = Event(), []
    with _serving() as (process, port, token), ThreadPoolExecutor(asked.clients) as pool:
        clients = [pool.submit(_client, n, port, token, end) for n in range(asked.clients)]
        for _ in range(10):
            time.sleep(asked.seconds / 10)
            memory.append(_megabytes(process))
        end.set()
        done = [one for client in clients for one in client.result()]
    came = Counter(outcome for outcome, _ in done)
    times = sorted(seconds for outcome, seconds in done if outcome == "200")
    print(f"{asked.clients} clients, {asked.seconds:g} s: {dict(came)}")
    if times:
        median, late = statistics.median(times), times[int(len(times) * 0.95)]
        rate = len(times) / asked.seconds
        print(f"{rate:.1f} answers a second, median {median:.2f} s, 95% within {late:.2f} s")
    print("MB, tenth by tenth:", " ".join(f"{size:.0f}" for size in memory))
    failed = set(came) - {"200", "left"}
    return int(bool(failed) or max(memory) > 1.1 * memory[len(memory) // 2])


if __name__ == "__main__":
    sys.exit(main())
