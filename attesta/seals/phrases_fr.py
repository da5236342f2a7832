"""French words for every question and verdict. ``LINES``: by the reason among the facts; "" is for all others."""

from attesta.seals.report import Verdict

YES, ATTENTION, NO, UNKNOWN = Verdict.YES, Verdict.ATTENTION, Verdict.NO, Verdict.UNKNOWN
COLON = " : "
SEMICOLON = "; "
CHANGED = "Depuis"
DAYS = {"at", "claimed", "until", "from", "revoked", "judged"}
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)

LINES: dict[tuple[str, Verdict], dict[str, str]] = {
    ("is-pdf", YES): {"": "Ce fichier est un PDF."},
    ("is-pdf", ATTENTION): {
        "": "Ce fichier est un PDF, mais il est endommagé et ne peut pas être examiné.",
        "displaced": "Ce fichier contient un PDF précédé d’autre chose : il ne peut pas être examiné.",
        "encrypted": "Ce PDF est protégé par un mot de passe : son contenu ne peut pas être examiné.",
        "too-much": "Ce PDF est bien plus compliqué qu’un vrai document : il n’a pas été examiné.",
    },
    ("is-pdf", NO): {"": "Ce fichier n’est pas un PDF."},
    ("is-pdf", UNKNOWN): {"": "Impossible de dire si ce fichier est un PDF."},
    ("sealed", YES): {"": "Le fichier porte un sceau électronique."},
    ("sealed", ATTENTION): {
        "": "Le fichier porte ce qui ressemble à un sceau, mais il est brisé et ne prouve rien.",
        "outdated": "Le fichier porte une signature d’un type ancien, qui se contrefait : elle n’a pas été vérifiée.",
    },
    ("sealed", NO): {
        "": "Le fichier ne porte aucun sceau électronique : rien n’y montre d’où il vient.",
        "stamp-only": "Le fichier porte une date, mais aucun sceau : rien n’y montre d’où il vient.",
    },
    ("sealed", UNKNOWN): {"": "Impossible de dire si le fichier porte un sceau."},
    ("whole-file", YES): {
        "": "Le sceau couvre tout le fichier, et rien n’y a été ajouté depuis.",
        "renewed": "Le sceau couvre tout le document. Depuis, seule sa preuve de date a été renouvelée.",
        "evidence": "Le sceau couvre tout le document. Depuis, seules des données pour le vérifier ont été ajoutées.",
    },
    ("whole-file", ATTENTION): {
        "": "Quelque chose a été ajouté au fichier après le scellement.",
        "permitted": "Le fichier a été modifié après le scellement, d’une façon que le sceau permet.",
        "irregular": "Le fichier est construit de façon inhabituelle : d’autres logiciels peuvent montrer autre chose.",
        "loose-evidence": "Des données techniques ont été ajoutées après le scellement sans que rien n’en réponde. "
        "Les pages sont les mêmes.",
        "odd": "Le sceau contient des éléments qu’il ne protège pas et que rien n’explique.",
    },
    ("whole-file", NO): {
        "": "Le sceau ne couvre pas tout le fichier.",
        "byte-range": "Le sceau laisse de côté une partie du fichier : il pourrait s’y trouver n’importe quoi.",
        "misplaced": "Le sceau n’est pas à sa place dans le fichier : quelqu’un l’a déplacé.",
        "gap": "Il y a un corps étranger dans l’espace réservé au sceau.",
        "padding": "L’espace vide qui suit le sceau a été réécrit : le fichier a été altéré.",
        "envelope": "Une partie du sceau lui-même a été altérée.",
        "uncovered": "Le sceau ne couvre qu’une partie du fichier : le reste pourrait être n’importe quoi.",
        "edited": "Quelqu’un a modifié ce fichier après le scellement.",
        "behind": "Des octets ont été ajoutés derrière le document scellé.",
        "broken": "Le sceau est brisé : impossible de dire ce qu’il couvrait.",
    },
    ("whole-file", UNKNOWN): {
        "": "Sans sceau, impossible de dire si quelque chose a été modifié.",
        "too-large": "Le fichier a été modifié après le scellement; il est trop grand pour dire ce qui a changé.",
    },
    ("unaltered", YES): {"": "Ce qui a été scellé est intact, au caractère près."},
    ("unaltered", ATTENTION): {"": "Ce qui a été scellé semble intact, avec un doute."},
    ("unaltered", NO): {
        "": "Ce qui a été scellé a été altéré, ou bien ce sceau appartient à un autre document.",
        "broken": "Le sceau est brisé : il ne protège pas le contenu.",
    },
    ("unaltered", UNKNOWN): {"": "Sans sceau, impossible de dire si le contenu est celui d’origine."},
    ("signature", YES): {"": "Le sceau a bien été apposé avec la clé de son certificat."},
    ("signature", ATTENTION): {
        "": "Le sceau a été apposé par un procédé ancien, que l’on sait contrefaire aujourd’hui."
    },
    ("signature", NO): {
        "": "Le sceau est faux : il n’a pas été apposé avec la clé de son certificat.",
        "broken": "Le sceau est brisé : il ne peut pas être lu comme une signature.",
    },
    ("signature", UNKNOWN): {"": "Il n’y a aucun sceau dont vérifier la signature."},
    ("certified", YES): {"": "Le sceau verrouille le document, et le verrou a été respecté."},
    ("certified", ATTENTION): {
        "": "Le sceau ne verrouille pas le document : il n’interdit pas de le modifier ensuite."
    },
    ("certified", NO): {"": "Le sceau verrouille le document, et le verrou n’a pas été respecté."},
    ("certified", UNKNOWN): {
        "": "Il n’y a aucun sceau qui puisse verrouiller le document.",
        "uncovered": "Le sceau ne tient pas à ce fichier : son verrou ne dit rien.",
    },
    ("chain", YES): {"": "Le sceau est celui de « {name} » : une autorité que nous connaissons en répond."},
    ("chain", ATTENTION): {
        "": "Le certificat est au nom de « {name} », mais il appelle à la prudence.",
        "expired": "Le certificat de « {name} » a pris fin le {until}, "
        "et rien ne prouve que le sceau lui soit antérieur.",
    },
    ("chain", NO): {
        "": "Le certificat au nom de « {name} » n’est pas valide.",
        "self-signed": "Le sceau dit « {name} », mais personne n’en répond : "
        "n’importe qui peut fabriquer un tel certificat.",
        "look-alike": "Le sceau dit « {name} », mais son certificat ne fait qu’imiter ceux d’une autorité "
        "que nous connaissons.",
        "not-yet": "Le certificat de « {name} » n’était pas encore valide au moment du scellement.",
        "purpose": "Le certificat au nom de « {name} » n’est pas fait pour sceller des documents.",
    },
    ("chain", UNKNOWN): {
        "": "Impossible de dire à qui appartient le sceau.",
        "unknown": "Le sceau dit « {name} ». Nous ne connaissons pas l’autorité qui répond de ce nom.",
    },
    ("certificate-revocation", YES): {
        "": "Le certificat n’était pas révoqué au moment du scellement.",
        "later": "Le certificat était valide au moment du scellement. Il a été retiré depuis, le {revoked}.",
    },
    ("certificate-revocation", ATTENTION): {
        "": "Le certificat a été révoqué le {revoked}, après le scellement : renseignez-vous auprès de l’établissement."
    },
    ("certificate-revocation", NO): {
        "": "Le certificat avait été révoqué : on ne peut plus se fier aux sceaux qui en proviennent."
    },
    ("certificate-revocation", UNKNOWN): {
        "": "Rien ne permet de dire si le certificat avait été révoqué.",
        "no-chain": "Nous ne savons pas qui aurait pu révoquer ce certificat.",
    },
    ("time", YES): {"": "Le sceau a été apposé le {at} : un horodatage indépendant le prouve."},
    ("time", ATTENTION): {
        "": "L’horodatage dit {at}, mais il appelle à la prudence.",
        "claimed": "Le sceau dit avoir été apposé le {claimed}; rien ne le prouve.",
        "unknown": "Un horodatage dit {at}. Nous ne connaissons pas l’autorité qui l’a apposé.",
        "self-signed": "Un horodatage dit {at}, mais personne ne répond de celui qui l’a apposé.",
        "expired": "Un horodatage dit {at}. Sa preuve a pris fin et n’a pas été renouvelée.",
    },
    ("time", NO): {
        "": "L’horodatage n’est pas valide.",
        "broken": "L’horodatage est brisé, ou appartient à un autre sceau.",
        "future": "L’horodatage est dans l’avenir : il ne peut pas être vrai.",
        "revoked": "Le certificat de l’horodatage a été révoqué : la date ne prouve rien.",
        "look-alike": "L’horodatage ne fait qu’imiter celui d’une autorité que nous connaissons.",
    },
    ("time", UNKNOWN): {"": "Le fichier ne dit pas quand il a été scellé."},
    ("evidence", YES): {"": "Le fichier porte tout ce qu’il faut pour le vérifier, même dans plusieurs années."},
    ("evidence", ATTENTION): {
        "": "Il manque au fichier une partie de ce qu’il faut pour le vérifier dans plusieurs années.",
        "no-stamp": "Le fichier ne porte aucune preuve de sa date : "
        "il sera difficile à vérifier quand son certificat aura pris fin.",
        "no-revocation": "Le fichier ne montre pas que son certificat était en vigueur : il faut le demander ailleurs.",
    },
    ("evidence", NO): {"": "Ce que le fichier porte pour sa propre vérification le contredit."},
    ("evidence", UNKNOWN): {"": "Impossible de dire si le fichier pourra encore être vérifié dans plusieurs années."},
    ("renewed", YES): {
        "": "La preuve de date a été renouvelée le {at} et tient jusqu’au {until}.",
        "not-needed": "La preuve de date tient jusqu’au {until}; il n’est pas encore nécessaire de la renouveler.",
    },
    ("renewed", ATTENTION): {
        "": "La preuve de date a été renouvelée par une autorité dont nous ne pouvons pas répondre.",
        "overdue": "La preuve de date tenait jusqu’au {until} et aurait dû être renouvelée.",
        "expired": "La preuve de date a été renouvelée le {at}, et a pris fin depuis.",
    },
    ("renewed", NO): {"": "Le renouvellement de la preuve de date est brisé : le fichier a été altéré."},
    ("renewed", UNKNOWN): {"": "Il n’y a aucune preuve de date à renouveler."},
}

NOTES = {
    "is-pdf": "En-tête, références croisées et fin de fichier selon ISO 32000.",
    "sealed": "Dictionnaires de signature dans les champs du formulaire (ISO 32000-2, 12.8).",
    "whole-file": "Étendue, place et remplissage de la signature; comparaison de chaque révision ultérieure.",
    "unaltered": "Empreinte des octets couverts comparée à l’attribut signé messageDigest.",
    "signature": "Signature CMS (RFC 5652, CAdES) vérifiée avec la clé publique du certificat.",
    "certified": "Signature de certification (DocMDP) comparée aux modifications trouvées.",
    "chain": "Chemin jusqu’à une racine configurée (RFC 5280) au moment du scellement.",
    "certificate-revocation": "Listes de révocation et réponses OCSP, incluses et nôtres, pour tout le chemin.",
    "time": "Horodatage de la signature (RFC 3161) : empreinte, signature et chemin de son autorité.",
    "evidence": "Données de validation incluses (PAdES B-LT) : certificats et preuves de non-révocation.",
    "renewed": "Horodatages du document (PAdES B-LTA), du plus récent au plus ancien.",
}

FACTS = {
    "revisions": "Révisions",
    "later": "Révisions ultérieures",
    "seals": "Sceaux",
    "digest": "Empreinte",
    "algorithm": "Algorithme",
    "subject": "Titulaire",
    "organization": "Établissement",
    "issuer": "Émetteur",
    "root": "Racine",
    "serial": "Numéro de série",
    "from": "Valide du",
    "until": "Valide jusqu’au",
    "judged": "Moment considéré",
    "revoked": "Révoqué le",
    "why": "Motif donné",
    "claimed": "Heure annoncée",
    "at": "Heure",
    "authority": "Autorité d’horodatage",
    "renewals": "Renouvellements",
    "level": "Niveau de permission",
    "reason": "Code",
}

CHANGES = {
    "pages-changed": ("page {} redessinée", "pages {} redessinées"),
    "pages-added": ("page {} ajoutée", "pages {} ajoutées"),
    "pages-removed": ("ancienne page {} retirée", "anciennes pages {} retirées"),
    "pages-moved": ("ordre des pages changé",),
    "annotations": ("notes ou champs de la page {} modifiés", "notes ou champs des pages {} modifiés"),
    "form": ("formulaire modifié",),
    "metadata": ("métadonnées modifiées",),
    "information": ("propriété du document modifiée ({})", "propriétés du document modifiées ({})"),
    "names": ("fichiers joints ou noms modifiés",),
    "layers": ("calques modifiés",),
    "seals-added": ("sceaux ajoutés : {}",),
    "actions": ("actions à l’ouverture modifiées",),
}


def day(year: int, month: int, number: int) -> str:
    return f"{'1er' if number == 1 else number} {MONTHS[month - 1]} {year}"
