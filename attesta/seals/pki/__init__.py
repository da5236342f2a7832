"""The small certificate authority of an installation, in one folder (see docs/sealing.md).

::

    root ─┬─ issuing ── one sealing certificate an institution
          └─ tsa        (time-stamps)
"""

from attesta.seals.pki.authority import Authority, create, open_or_create
from attesta.seals.pki.certificates import FileMaterial, Key
from attesta.seals.pki.files import Created, KeyAway, Missing
from attesta.seals.pki.revocation import Reason

__all__ = ["Authority", "Created", "FileMaterial", "Key", "KeyAway", "Missing", "Reason", "create", "open_or_create"]
