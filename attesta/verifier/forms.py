"""What anyone brings to be verified: a file, or the code printed on a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from attesta.credentials.composing import code as codes
from attesta.credentials.pdf import MAX_BYTES


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("PDF file"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf", "class": "input-file"}),
        help_text=_("Up to 25 MB. We read it in memory and keep nothing: not the file, not its name."),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "invalid": _("The file did not arrive whole. Choose it again."),
            "empty": _("The file is empty. Choose another."),
            "max_length": _("The name of the file is too long. Rename it, and choose it again."),
        },
    )

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 25 MB: nothing that we issue is."))
        return file


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=codes.LONGEST,
        widget=forms.TextInput(
            attrs={"class": "input-code", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Twenty letters and digits near the square to scan. Hyphens and small letters do not matter."),
        error_messages={
            "required": _("Type the code."),
            "max_length": _("This is longer than a code. Type only the twenty letters and digits."),
        },
    )

    def clean_code(self) -> str:
        code = codes.normal(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("This is no code of ours as it stands: a letter or digit is wrong or missing. Compare it once more.")
            )
        return code
