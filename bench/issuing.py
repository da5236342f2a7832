"""What one process of ``bench.issue`` does, inside the product."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from attesta.credentials import actions, register, sealing
from attesta.credentials.composing.fields import Fields
from attesta.credentials.contents import Contents
from attesta.credentials.models import Template, Version
from attesta.seals.checking import check
from tests.credentials.composing import samples
from tests.harness import cast
from tests.harness.pdfs import make_pdf
from tests.seals.office import Office

FIELDS: dict[str, Callable[[], Fields]] = {
    "diploma": lambda: samples.DIPLOMA,
    "transcript": lambda: samples.transcript(terms=6, courses=7),
}
WARM = 3
PATIENCE = 60.0  # seconds, until all workers are warm


def act(request: str) -> None:
    """Prints its answer as JSON on the last line."""
    facts = json.loads(request)
    print(json.dumps(ACTS[facts.pop("act")](**facts)))


def prepare() -> dict[str, Any]:
    issuer = cast.institution()
    for kind in FIELDS:
        Template.objects.create(issuer=issuer, kind=kind, name=kind, title_fr=kind, title_en=kind)
    sealing.current(issuer)
    return {}


def issue(*, kind: str, total: int, workers: int, number: int) -> dict[str, Any]:
    """Begins when every worker is warm."""
    series = f"{kind}-{workers}-{number}"
    one = issuer_of(kind, series)
    for warm in range(WARM):
        one(-1 - warm)
    meet(f"{kind}-{workers}", number, workers)
    begin = time.time()
    for place in range(total):
        one(place)
    return {"done": total, "begin": begin, "end": time.time()}


def issuer_of(kind: str, series: str) -> Callable[[int], None]:
    template = Template.objects.select_related("issuer").get(name=kind)
    fields = FIELDS[kind]()

    def one(place: int) -> None:
        actions.issue_composed(
            issuer=template.issuer,
            template=template,
            fields=fields,
            learner_email=f"{series}-{place}@learner.example",
            learner_name="Zoé Citoyenne",
            number=f"{series}-{place}",
            issued_on=date(2026, 6, 12),
            quiet=True,
        )

    return one


def meet(place: str, number: int, workers: int) -> None:
    """Wait for the others, in the data folder that all share."""
    folder = Path(settings.DATA_DIR) / f"meeting-{place}"
    folder.mkdir(exist_ok=True)
    (folder / str(number)).touch()
    end = time.monotonic() + PATIENCE
    while len(list(folder.iterdir())) < workers:
        assert time.monotonic() < end
        time.sleep(0.01)


def verify(*, looks: int) -> dict[str, Any]:
    """Median milliseconds: of our own document, hash included, and of one that another authority sealed."""
    version = Version.objects.select_related("credential__issuer", "data_key").order_by("created_at").first()
    assert version
    own = Contents(version).original()
    office = Office.new(Path(settings.DATA_DIR) / "elsewhere", key="p256")
    foreign = office.seal(make_pdf(pages=2))
    roots = sealing.roots()
    return {
        "own": median(lambda: known(own), looks),
        "foreign": median(lambda: check(foreign, roots=roots, now=timezone.now()), looks),
    }


def known(pdf: bytes) -> None:
    assert register.of_file(sha256(pdf).hexdigest())


def median(look: Callable[[], object], looks: int) -> float:
    look()
    times = []
    for _ in range(looks):
        began = time.perf_counter()
        look()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def steady(*, total: int) -> dict[str, Any]:
    """After some and after all documents, resident megabytes: of its own, and of files that it maps."""
    one = issuer_of("diploma", "steady")
    told = []
    for place in range(1, total + 1):
        one(place)
        if place in {1000, total // 4, total // 2, total}:
            told.append((place, *resident()))
    return {"told": told}


def resident() -> tuple[float, float]:
    """Megabytes that are this process's own, and pages of mapped files (libraries; SQLite's, up to 134 MB of it)."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    own, mapped = (int(told[name].split()[0]) * 1024 / 1e6 for name in ("RssAnon", "RssFile"))
    return own, mapped


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    "prepare": prepare,
    "issue": issue,
    "verify": verify,
    "steady": steady,
}
