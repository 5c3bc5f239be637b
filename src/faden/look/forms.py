"""Django forms in the shape of KERN: FORM_RENDERER = "faden.look.forms.KernRenderer"."""

from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import django.forms
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe

HERE = Path(__file__).parent / "templates"
DJANGO = Path(django.forms.__file__).parent / "templates"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DayTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class CheckboxList(forms.CheckboxSelectMultiple):
    """Boxes one below the other, for long sentences; `CheckboxSelectMultiple` itself draws chips."""

    template_name = "look/forms/checkbox_list.html"


class RadioChips(forms.RadioSelect):
    """A few short answers beside each other."""

    template_name = "django/forms/widgets/checkbox_select.html"


class LongSelect(forms.Select):
    """Hundreds of entries: Django's template per entry costs twenty times what this loop does."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        own = self.build_attrs(self.attrs, attrs)
        chosen = "" if value is None else str(value)
        parts = [_entry(key, label, chosen) for key, label in self.choices]
        return mark_safe(  # noqa: S308 -- every part is escaped where it is made
            f'<div class="kern-form-input__select-wrapper"><select name="{escape(name)}"{flatatt(own)}>'
            f"{''.join(parts)}</select></div>"
        )


def _entry(key: Any, label: Any, chosen: str) -> str:
    if isinstance(label, list | tuple):
        inside = "".join(_entry(code, word, chosen) for code, word in label)
        return f'<optgroup label="{escape(str(key))}">{inside}</optgroup>'
    mark = " selected" if str(key) == chosen else ""
    return f'<option value="{escape(str(key))}"{mark}>{escape(str(label))}</option>'


# Django draws date and time as text fields; the browser does better, also without JavaScript.
NATIVE: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.DateInput: DayInput,
    forms.TimeInput: TimeInput,
    forms.DateTimeInput: DayTimeInput,
}
SHORT = (forms.NumberInput, forms.DateInput, forms.TimeInput, forms.DateTimeInput)


class KernBoundField(forms.BoundField):
    """Gives each field the classes of KERN and tells the template what it is."""

    def as_widget(
        self,
        widget: forms.Widget | None = None,
        attrs: dict[str, Any] | None = None,
        only_initial: bool = False,
    ) -> Any:
        widget = widget or self.field.widget
        if type(widget) in NATIVE and getattr(widget, "format", None) is None:
            widget = NATIVE[type(widget)](widget.attrs)
        return super().as_widget(widget, attrs, only_initial)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return built
        if isinstance(widget, forms.RadioSelect):
            built.pop("aria-invalid", None)  # belongs to the group, not to each button
        base = css_class(widget)
        names = [widget.attrs.get("class", ""), base]
        if self.errors and base.startswith("kern-"):
            names.append(f"{base}--error")
        if isinstance(widget, SHORT):
            names.append("f-short")
        built["class"] = " ".join(filter(None, names))
        return built

    @property
    def shape(self) -> str:
        """group (several buttons, one question), check (one box) or input."""
        if self.use_fieldset:
            return "group"
        return "check" if isinstance(self.field.widget, forms.CheckboxInput) else "input"

    @property
    def is_radio(self) -> bool:
        widget = self.field.widget
        return isinstance(widget, forms.RadioSelect) and not isinstance(widget, forms.CheckboxSelectMultiple)

    @property
    def optional(self) -> bool:
        """Required is the rule, optional is named; `mark_optional = False` on the form switches it off."""
        marks = getattr(self.form, "mark_optional", True)
        if isinstance(self.field.widget, RadioChips):
            return False  # the first answer says that it may stay so
        return marks and not self.field.required and not self.field.disabled and self.shape != "check"

    @property
    def was_sent(self) -> bool:
        """A file of a form that came back: the browser has let go of it."""
        return isinstance(self.field, forms.FileField) and self.form.is_bound

    @property
    def focus_id(self) -> str:
        """Where the link of the error list leads: in groups to the first button."""
        return self.id_for_label or (f"{self.auto_id}_0" if self.auto_id else "")


def css_class(widget: forms.Widget) -> str:
    if isinstance(widget, CheckboxList | forms.CheckboxInput):
        return "kern-form-check__checkbox"
    if isinstance(widget, forms.CheckboxSelectMultiple | RadioChips):
        return "f-chip__box"
    if isinstance(widget, forms.RadioSelect):
        return "kern-form-check__radio"
    if isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        return "kern-form-input__select"
    return "kern-form-input__input"


class KernRenderer(DjangoTemplates):
    """Looks for templates here, then in Django, then in the other apps."""

    form_template_name = "look/forms/form.html"
    formset_template_name = "look/forms/formset.html"
    field_template_name = "look/forms/field.html"
    bound_field_class = KernBoundField

    @cached_property
    def engine(self) -> Any:
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [HERE, DJANGO],
                "NAME": "kern",
                "OPTIONS": {"builtins": ["django.templatetags.i18n"]},
            }
        )
