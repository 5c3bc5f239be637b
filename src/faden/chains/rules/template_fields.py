"""The fields of one mapping of a Kettenvorlage, read one by one."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from faden.chains.rules.template_errors import Errors, nearest, short
from faden.chains.vocabulary import TimeUnit

_MOST_IN_A_LIST = 20

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
# Addresses of the desk stand at these names.
_TAKEN = ("neu", "frei")
_DURATION = re.compile(r"(\d{1,5})?\s*([^\W\d_]*)")
DAYS = {TimeUnit.DAYS: 1, TimeUnit.WEEKS: 7, TimeUnit.MONTHS: 30, TimeUnit.YEARS: 365}
_UNITS = {spelling: unit for unit in TimeUnit for spelling in (unit.value, unit.value[:-1])}


class Fields:
    """What is wrong is noted, and a harmless value goes on."""

    def __init__(self, node: MappingNode, known: tuple[str, ...], errors: Errors) -> None:
        self.node, self.errors = node, errors
        self.values: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if name not in known:
                errors.add(
                    key,
                    _("Das Feld „%(name)s“ gibt es nicht.") % {"name": short(name)} + nearest(name, known),
                )
            elif name in self.values:
                errors.add(key, _("Das Feld „%(name)s“ steht hier zweimal.") % {"name": name})
            else:
                self.values[name] = value

    def at(self, name: str) -> Node:
        """Where the field stands; the mapping, if it is missing."""
        return self.values.get(name, self.node)

    def has(self, name: str) -> bool:
        """Written and not left empty."""
        node = self.values.get(name)
        return node is not None and not is_empty(node)

    def text(self, name: str, longest: int, *, required: bool = False) -> str:
        """One line of text, spaces put together."""
        node = self.values.get(name)
        if node is None or is_empty(node):
            if required:
                self.errors.add(
                    self.at(name), _("Das Feld „%(name)s“ fehlt. Bitte ergänzen.") % {"name": name}
                )
            return ""
        return self._words(name, node, longest)

    def texts(self, name: str, longest: int) -> list[tuple[str, Node]]:
        """A list of texts with their places; one text alone is a list of one."""
        node = self.values.get(name)
        if node is None:
            return []
        if is_empty(node):
            self.errors.add(
                node,
                _("Das Feld „%(name)s“ ist leer. Bitte ausfüllen oder die Zeile entfernen.") % {"name": name},
            )
            return []
        if isinstance(node, MappingNode):
            self.errors.add(node, _("„%(name)s“ ist eine Liste, etwa: [erstes, zweites].") % {"name": name})
            return []
        items = node.value if isinstance(node, SequenceNode) else [node]
        if len(items) > _MOST_IN_A_LIST:
            self.errors.add(
                node,
                _("„%(name)s“ hat zu viele Einträge: höchstens %(most)d.")
                % {"name": name, "most": _MOST_IN_A_LIST},
            )
            return []
        found = [(self._words(name, item, longest), item) for item in items]
        for place, (words, item) in enumerate(found):
            if words and words in [earlier for earlier, _node in found[:place]]:
                self.errors.add(
                    item, _("„%(value)s“ steht in „%(name)s“ zweimal.") % {"value": words, "name": name}
                )
        return [(words, item) for words, item in found if words]

    def choice(self, name: str, offered: Mapping[str, str], *, required: bool = False) -> str:
        """A code of a list; "" when it is missing or none of them."""
        written = self.text(name, 200, required=required)
        return self.one_of(name, written, offered, self.at(name)) if written else ""

    def one_of(self, name: str, written: str, offered: Mapping[str, str], at: Node) -> str:
        """The code, if it is one of the list."""
        if written in offered:
            return written
        self.errors.add(
            at,
            _("„%(value)s“ ist bei „%(name)s“ nicht möglich.") % {"value": short(written), "name": name}
            + nearest(written, offered),
        )
        return ""

    def code(self, name: str) -> str:
        """The short name by which others mean it."""
        written = self.text(name, 200, required=True)
        if written in _TAKEN:
            self.errors.add(
                self.at(name),
                _("Der Kurzname „%(value)s“ ist vergeben. Bitte einen anderen wählen.") % {"value": written},
            )
            return ""
        return written if written and self.is_code(written, self.at(name)) else ""

    def is_code(self, written: str, at: Node) -> bool:
        """Whether it may be a short name; noted if it may not."""
        if _CODE.fullmatch(written):
            return True
        self.errors.add(
            at,
            _(
                "„%(value)s“ ist kein Kurzname: Kleinbuchstaben ohne Umlaute, Ziffern, Bindestrich, höchstens 40 Zeichen."
            )
            % {"value": short(written)},
        )
        return False

    def duration(self, name: str, longest_days: int) -> tuple[int, TimeUnit] | None:
        """A number and a unit: „11 weeks“."""
        written = self.text(name, 60)
        if not written:
            if name in self.values:
                self.errors.add(
                    self.at(name),
                    _("„%(name)s“ braucht eine Zahl und eine Einheit, etwa: 11 weeks.") % {"name": name},
                )
            return None
        found = _DURATION.fullmatch(written)
        number, unit = found.groups() if found else (None, written)
        if not number:
            self.errors.add(
                self.at(name),
                _("Bei „%(name)s: %(value)s“ fehlt die ganze Zahl, etwa: 11 weeks.")
                % {"name": name, "value": short(written)},
            )
        elif unit not in _UNITS:
            self.errors.add(
                self.at(name),
                _("„%(value)s“ ist keine Einheit für „%(name)s“.") % {"value": short(unit), "name": name}
                + nearest(unit, {str(unit.value): str(unit.label) for unit in TimeUnit}),
            )
        elif not 0 < int(number) * DAYS[_UNITS[unit]] <= longest_days:
            self.errors.add(
                self.at(name),
                _("„%(name)s: %(value)s“ ist zu kurz oder zu lang.") % {"name": name, "value": written},
            )
        else:
            return int(number), _UNITS[unit]
        return None

    def _words(self, name: str, node: Node, longest: int) -> str:
        if not isinstance(node, ScalarNode):
            self.errors.add(
                node, _("„%(name)s“ ist ein Text, keine Liste und keine Gruppe von Feldern.") % {"name": name}
            )
            return ""
        words = " ".join(node.value.split())
        if len(words) > longest:
            self.errors.add(
                node,
                _("„%(name)s“ ist zu lang: höchstens %(most)d Zeichen.") % {"name": name, "most": longest},
            )
            return words[:longest]
        if "\0" in words:
            self.errors.add(node, _("„%(name)s“ enthält Zeichen, die nicht lesbar sind.") % {"name": name})
            return ""
        return words


def is_empty(node: Node) -> bool:
    """Nothing, or YAML's word for it."""
    return isinstance(node, ScalarNode) and (
        not node.value.strip() or (not node.style and node.value in ("~", "null"))
    )
