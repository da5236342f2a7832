"""The two invented institutions: how they are called, who signs, how their paper looks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signer:
    name: str
    role_fr: str
    role_en: str


@dataclass(frozen=True, slots=True)
class Emblem:
    """What ``sheets/seal.typ`` draws; ``size`` and ``tracking`` (points) make the name fill its ring."""

    drawing: str
    ring: str
    year: str
    size: float
    tracking: float


@dataclass(frozen=True, slots=True)
class School:
    """An institution. ``language`` is the one it works in; colours are #rrggbb."""

    slug: str
    language: str
    name_fr: str
    name_en: str
    unit_fr: str
    unit_en: str
    place_fr: str
    place_en: str
    address: str
    phone: str
    email: str
    website_fr: str
    website_en: str
    ink: str
    accent: str
    warm: str
    pale: str
    emblem: Emblem
    head: Signer
    registrar: Signer


TIDES = School(
    slug="grandes-marees",
    language="fr",
    name_fr="Université des Grandes-Marées",
    name_en="University of the Great Tides",
    unit_fr="Bureau du registraire",
    unit_en="Office of the Registrar",
    place_fr="Port-aux-Marées (Québec)",
    place_en="Port-aux-Marées, Quebec",
    address="14, rue du Phare, Port-aux-Marées (Québec)  G0L 0A0",
    phone="418 555-0142",
    email="registraire@grandes-marees.example",
    website_fr="https://grandes-marees.example/registraire",
    website_en="https://grandes-marees.example/en/registrar",
    ink="#12303b",
    accent="#1c5f6b",
    warm="#b98a3e",
    pale="#dbe7e9",
    emblem=Emblem("tides.svg", "UNIVERSITÉ DES GRANDES-MARÉES", "· MCMXLVIII ·", 15.5, 1.9),
    head=Signer("Marguerite Lavoie-Tessier", "Rectrice", "Rector"),
    registrar=Signer("Théodore Vaillancourt", "Registraire", "Registrar"),
)

NORTHLAKE = School(
    slug="northlake",
    language="en",
    name_fr="École polytechnique de Northlake",
    name_en="Northlake Polytechnic",
    unit_fr="Bureau de la registraire",
    unit_en="Office of the Registrar",
    place_fr="Northlake (Ontario)",
    place_en="Northlake, Ontario",
    address="200 Harbour Road, Northlake, Ontario  P0T 0B0",
    phone="807 555-0117",
    email="registrar@northlake.example",
    website_fr="https://northlake.example/fr/registraire",
    website_en="https://northlake.example/registrar",
    ink="#1b2a22",
    accent="#2b5741",
    warm="#a06c1c",
    pale="#dde6e0",
    emblem=Emblem("northlake.svg", "NORTHLAKE POLYTECHNIC", "· EST. 1967 ·", 17, 3),
    head=Signer("Desmond Okafor", "Président", "President"),
    registrar=Signer("Priya Raman", "Registraire", "Registrar"),
)

SCHOOLS = (TIDES, NORTHLAKE)
