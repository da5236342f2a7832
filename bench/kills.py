"""``kill -9`` of server and worker, fifty times, while shares are made and letters leave to a real SMTP server.

    python -m bench.kills [--kills N] [--database sqlite|postgresql]

Every share that was acknowledged must exist, every letter arrive, and two copies of one have the same Message-ID; it
ends with an error otherwise. All in some two minutes a database.
"""

from __future__ import annotations

import argparse

from bench import databases
from tests.harness.server import RunningServer
from tests.mail import killing
from tests.mail.post_office import PostOffice

LONGEST = 100.0  # seconds of killing; on a busy machine the first half of the kills takes what it takes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    options = parser.parse_args()
    for database in options.database or ["sqlite", "postgresql"]:
        with databases.using(database):
            print(f"{database}: {story(options.kills)}")


def story(kills: int) -> str:
    office = PostOffice()
    office.usual = killing.MANNER
    office.start()
    try:
        smtp = f"smtp://127.0.0.1:{office.port}"
        with RunningServer(worker=True, smtp=smtp, environment=killing.UNBOUND) as product:
            return killing.lose_nothing(product, office, kills=kills, longest=LONGEST)
    finally:
        office.stop()


if __name__ == "__main__":
    main()
