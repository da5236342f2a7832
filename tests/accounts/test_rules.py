from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attesta.accounts.rules import Weakness, device, weakness

BLOCKLIST = {"password", "motdepasse", "dragon", "monkey", "letmein", "iloveyou", "computer"}
ABOUT = ["Zoé Citoyenne", "zoe.citoyenne@example.org"]


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("", Weakness.SHORT),
        ("quatorze signe", Weakness.SHORT),
        ("passwordpassword", Weakness.COMMON),
        ("motdepasse20242024", Weakness.COMMON),
        ("Mot de passe 2024!", Weakness.COMMON),
        ("dragon.computer.1", Weakness.COMMON),
        ("123456789012345678", Weakness.SEQUENCE),
        ("2024-11-22-2024-11-22", Weakness.REPEATED),
        ("aaaaaaaaaaaaaaaaa", Weakness.REPEATED),
        ("abcabcabcabcabcabc", Weakness.REPEATED),
        ("xyzzyfooxyzzyfooxyzzyfoo", Weakness.REPEATED),
        ("abcdefghijklmnop", Weakness.SEQUENCE),
        ("azertyuiopqsdfghjklm", Weakness.SEQUENCE),
        ("qwertyuiopasdfghjkl", Weakness.SEQUENCE),
        ("zoe.citoyenne@example.org", Weakness.PERSONAL),
        ("ZoéCitoyenne1998", Weakness.PERSONAL),
        ("attesta-citoyenne", Weakness.PERSONAL),
        ("correct horse battery staple", None),
        ("quatre érables sous la neige", None),
        ("aucune majuscule ni chiffre", None),
        ("x9F!kQ2#vL7@pR4$", None),
        ("les citoyens marchent vers le fleuve", None),
        ("密码密语山水风月花鸟鱼虫天地人", None),
    ],
)
def test_trust_19_passwords_are_long_and_not_guessed_first(password: str, expected: Weakness | None) -> None:
    assert weakness(password, blocklist=BLOCKLIST, about=ABOUT) == expected


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd", "Zs", "Po"]), max_size=14))
def test_fewer_than_fifteen_characters_are_always_too_short(password: str) -> None:
    assert weakness(password, blocklist=BLOCKLIST) == Weakness.SHORT


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_an_answer(password: str) -> None:
    assert weakness(password, blocklist=BLOCKLIST, about=[password]) in {None, *Weakness}


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 "
            "Safari/605.1.15",
            "Safari, macOS",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S911W) AppleWebKit/537.36 (KHTML, like Gecko) "
            "SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
            "Samsung Internet, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "CriOS/130.0.0.0 Mobile/15E148 Safari/604.1",
            "Chrome, iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
            "Safari/537.36 Edg/130.0.0.0",
            "Edge, Windows",
        ),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_devices_have_names_that_people_know(agent: str, expected: str) -> None:
    assert device(agent) == expected
