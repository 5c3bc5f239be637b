"""The fixed cast of all tests: each journey asks what the others see."""

from typing import Any, NamedTuple


class Member(NamedTuple):
    """Somebody of the planted network, see `config.demo_data.network`."""

    email: str
    what: str


AMAL = Member("amal@caritas-ahaus.example", "case manager in Ahaus; the case is hers")
BERND = Member("bernd@caritas-ahaus.example", "case manager, same team")
LENA = Member("lena@caritas-ahaus.example", "team lead of both")
DILAN = Member("datenschutz@caritas-ahaus.example", "data protection officer of the same service")
ANTON = Member("verwaltung@caritas-ahaus.example", "administrator of the same service")
CEM = Member("cem@drk-gronau.example", "case manager of another provider")
KARIN = Member("karin@ki-kreis-borken.example", "coordinator of the county")
DORA = Member("dora@abh-kreis-borken.example", "immigration office, partner side only")

CAST = {
    "Amal": AMAL, "Bernd": BERND, "Lena": LENA, "Dilan": DILAN, "Anton": ANTON, "Cem": CEM, "Karin": KARIN,
    "Dora": DORA,
}  # fmt: skip


def everybody() -> dict[str, Any]:
    """A signed-in browser for each of them."""
    from tests.desk_client import signed_in

    return {name: signed_in(member.email) for name, member in CAST.items()}
