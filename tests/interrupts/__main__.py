"""``python -m tests.interrupts``: end the command at random moments and see what it leaves.

Each run must end within 5 s, with 130 after SIGINT and 143 after SIGTERM, write whole lines, leave
neither a process nor a draft behind, and be gone on with to the same content. With ``--kill`` it is
killed instead, and only the content counts.
"""

import signal
import sys
import tempfile
from pathlib import Path

import click

from .trial import Stage, draw

# A line is printed after so many runs.
_REPORTED = 10


@click.command()
@click.option("--runs", default=100, show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--kill", is_flag=True, help="Send SIGKILL instead of SIGINT and SIGTERM.")
def main(runs: int, seed: int, kill: bool) -> None:
    """Interrupt RUNS runs, with and without workers, with input from a file and from a pipe."""
    numbers = (signal.SIGKILL,) if kill else (signal.SIGINT, signal.SIGTERM)
    slowest, ended, failed = 0.0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        for done, trial in enumerate(draw(runs, seed, numbers), 1):
            outcome = stage.run(trial)
            ended += outcome.ended
            failed += bool(outcome.faults)
            if outcome.ended:
                slowest = max(slowest, outcome.seconds)
            for fault in outcome.faults:
                click.echo(f"{trial}: {fault}")
            if done % _REPORTED == 0 or done == runs:
                click.echo(
                    f"{done} runs (seed {seed}), {ended} ended by a signal, the slowest "
                    f"{slowest:.2f} s after it; {failed} failed"
                )
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
