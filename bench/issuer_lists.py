"""Staff's lists at a million documents against the same lists at a hundred, in one process on one database.

    python -m bench.issuer_lists [--short] [--documents N] [--database sqlite|postgresql]

Times are of whole pages, as the server makes them. A --short run only shows that everything answers.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from bench.issue import product
from tests.harness.templates import ROOT

AIM = 1.3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    options = parser.parse_args()
    many, rounds = (1000, 2) if options.short else (options.documents, 60)
    for database in options.database or ["sqlite", "postgresql"]:
        with product(database) as environment:
            code = f"from bench.desks import measure; measure(many={many}, rounds={rounds})"
            command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
            done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            tell(database, many, json.loads(done.stdout.splitlines()[-1]))


def tell(database: str, many: int, times: dict[str, tuple[float, float]]) -> None:
    """In milliseconds."""
    print(f"\n{database}: a page of 100 documents, of {many:,}, and the second against the first (aim <= {AIM})")
    for name, (few, lots) in times.items():
        print(f"  {name:<34} {few:7.2f} {lots:7.2f} ms {lots / few:7.2f}")


if __name__ == "__main__":
    main()
