"""What is installed is pinned with hashes, and the lists name no host: whoever installs chooses where from."""

from __future__ import annotations

import re

import pytest

from tests.house import source

LISTS = ["product", "dev", "uv"]


def pins(name: str) -> dict[str, str]:
    text = (source.ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([\w.-]+)==([\w.+-]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_pinned_with_a_hash_and_no_host(name: str) -> None:
    text = (source.ROOT / "requirements" / f"{name}.txt").read_text()
    packages = re.split(r"\n(?=\S)", text.strip())
    assert [package for package in packages if not re.match(r"[\w.-]+==\S+.*\n    --hash=sha256:\w{64}", package)] == []
    assert "://" not in text


def test_product_is_part_of_development() -> None:
    assert pins("product").items() < pins("dev").items()


def test_repository_names_no_registry() -> None:
    assert not (source.ROOT / "uv.lock").exists()
    assert "index-url" not in (source.ROOT / "pyproject.toml").read_text()
