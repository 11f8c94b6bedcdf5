"""What an export costs beside naive pandas, DuckDB and a bare ADBC stream: CPU, time and memory of a process each.

    python -m benchmarks.exports                  100,000 and 1,000,000 responses of 30 questions: some minutes
    python -m benchmarks.exports --counts 100000 --formats csv xlsx sav

The databases are made in a temporary folder, about 1 GB for a million, and removed.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

NAME = "benchmark"
MOST = 10_000_000_000
"""Bytes of memory at which a process is ended."""
BOTH = ("csv", "parquet")
PEERS = ("adbc-wide", "adbc-json", "duckdb", "pandas")
ROUNDS = 3
ENOUGH = 200_000
"""From so many responses on one round tells enough."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and bytes of one process; the memory is that of its peak."""

    cpu: float
    wall: float
    peak: int
    is_dead: bool = False

    def __str__(self) -> str:
        if self.is_dead:
            return f"ended at {self.peak / 1e9:.1f} GB, after {self.wall:.0f} s"
        return f"{self.cpu:7.2f} s CPU  {self.wall:7.2f} s  {self.peak / 1e6:7,.0f} MB"


def cost_of(words: list[str], environment: dict[str, str]) -> Cost:
    """Run it to its end, or until it takes too much memory."""
    began = time.perf_counter()
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    is_over, is_dead = threading.Event(), threading.Event()

    def watch() -> None:
        while not is_over.wait(0.05):
            if _resident(process.pid) > MOST:
                is_dead.set()
                process.kill()

    watching = threading.Thread(target=watch)
    watching.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    is_over.set()
    watching.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and not is_dead.is_set():
        raise SystemExit(f"{' '.join(words)} failed")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024, is_dead.is_set())


def _resident(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()


def words_for(way: str, form: str, database: Path, folder: Path) -> list[str]:
    """The command of one way."""
    if way == "colloquio":
        return [sys.executable, "-m", "admin_scripts", "export", NAME, "--format", form, "--out", str(folder / form)]
    return [sys.executable, "-m", "benchmarks.export_peers", way, form, str(database), str(folder / f"{way}.{form}")]


def measured(way: str, form: str, database: Path, count: int) -> Cost:
    """The median of some rounds."""
    environment = os.environ | {"COLLOQUIO_DATABASE_URL": f"sqlite:///{database}"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else what is not installed is compiled again at each start
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        words = words_for(way, form, database, Path(folder))
        costs = [cost_of(words, environment) for _ in range(1 if count > ENOUGH else ROUNDS)]
    return sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]


def compare(form: str, count: int, database: Path) -> None:
    """One line for each way, then how we stand to them."""
    ways = ("colloquio", *PEERS) if form in BOTH else ("colloquio",)
    costs = {}
    for way in ways:
        costs[way] = measured(way, form, database, count)
        print(f"{count:9,} {form:8} {way:10} {costs[way]}", flush=True)
    ours = costs.pop("colloquio")
    for way, cost in costs.items():
        if not cost.is_dead:
            ratios = (ours.cpu / cost.cpu, ours.wall / cost.wall, ours.peak / cost.peak)
            print(f"{'':18} colloquio to {way}: CPU {ratios[0]:.2f}, time {ratios[1]:.2f}, memory {ratios[2]:.2f}")


def warm_up(folder: Path) -> None:
    """What Python compiles on first use is compiled, and the machine's clock is awake."""
    database = folder / "10.db"
    subprocess.run([sys.executable, "-m", "benchmarks.responses", str(database), "10"], check=True)  # noqa: S603
    times = [measured(way, form, database, 10).wall for form in BOTH for way in ("colloquio", *PEERS)]
    print(f"Ten responses take {statistics.median(times):.1f} s: what follows includes starting.")


def main() -> None:
    """Measure what is asked for."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--counts", type=int, nargs="+", default=[100_000, 1_000_000])
    reader.add_argument("--formats", nargs="+", default=BOTH)
    wish = reader.parse_args()
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        warm_up(folder)
        for count in wish.counts:
            database = folder / f"{count}.db"
            subprocess.run([sys.executable, "-m", "benchmarks.responses", str(database), str(count)], check=True)  # noqa: S603
            for form in wish.formats:
                compare(form, count, database)
            database.unlink()


if __name__ == "__main__":
    main()
