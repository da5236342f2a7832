"""Secrets of a share, hunted for in everything that the running product has written."""

from __future__ import annotations

import time

import httpx

from tests.harness.server import RunningServer
from tests.mail.post_office import PostOffice
from tests.shares import http

PIN = "860497315204"


def test_trust_01_neither_data_folder_nor_log_holds_a_token_or_pin() -> None:
    office = PostOffice()
    office.start()
    try:
        with RunningServer(worker=True, smtp=f"smtp://127.0.0.1:{office.port}") as product:
            _hunt(product, office)
    finally:
        office.stop()


def _hunt(product: RunningServer, office: PostOffice) -> None:
    share = http.make(product, pin=PIN, channel="email", recipients=["jeanne@uni.example"])
    for form in ({}, {"pin": "1111"}, {"pin": PIN}, {"pin": PIN + "\x00"}, {"code": "12345678"}):
        http.post_open(product, share, **form)
    for path in (f"/s/{share['token']}", f"/s/{share['token']}/ask", f"/s/{share['token']}/nowhere"):
        httpx.get(product.url(path), headers={"User-Agent": http.AGENT}, timeout=60)
        httpx.get(product.url(f"{path}?pin={PIN}&token={share['token']}"), timeout=60)
    httpx.post(product.url(f"/s/{share['token']}"), data={"pin": PIN}, timeout=60)  # without the form's guard
    end = time.monotonic() + 60
    while len(office.to("jeanne@uni.example")) < 2 and time.monotonic() < end:
        time.sleep(0.1)
    assert len(office.to("jeanne@uni.example")) == 2
    product.stop()
    written = [file for file in product.folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".log" for file in written)
    for file in written:
        content = file.read_bytes()
        for secret in (share["token"], PIN, PIN[:6] + " " + PIN[6:]):
            assert secret.encode() not in content, file.name
