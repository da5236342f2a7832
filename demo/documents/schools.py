"""The two invented institutions: how they are called, who signs, how their paper looks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signer:
    name: str
    role_fr: str
    role_en: str


@dataclass(frozen=True, slots=True)
class School:
    """An institution. ``language`` is the one it works in; colours are #rrggbb; ``emblem`` a drawing of emblems/."""

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
    accent: str
    warm: str
    emblem: str
    founded: str
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
    accent="#1c5f6b",
    warm="#b98a3e",
    emblem="tides.svg",
    founded="MCMXLVIII",
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
    accent="#2b5741",
    warm="#a06c1c",
    emblem="northlake.svg",
    founded="EST. 1967",
    head=Signer("Desmond Okafor", "Président", "President"),
    registrar=Signer("Priya Raman", "Registraire", "Registrar"),
)
