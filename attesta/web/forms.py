"""How forms look everywhere: label above, help under it, errors in words."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Form and field templates come from ours (``web/form/``), not from Django's."""

    form_template_name = "web/form/form.html"
    field_template_name = "web/form/field.html"
