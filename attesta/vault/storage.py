"""Django's storage API over encrypted files."""

from django.core.files.storage import FileSystemStorage


class VaultStorage(FileSystemStorage):
    """Files by random name under ``VAULT_DIR``; callers hand in ciphertext (see ``vault.blobs``)."""
