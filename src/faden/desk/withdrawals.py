"""A published version that is offered no more: asked once, and refused to whoever saw another newest one."""

from collections.abc import Callable

from faden.desk.door import DeskRequest
from faden.desk.forms import DeskForm, number_from
from faden.kernel.errors import Invalid


class WithdrawForm(DeskForm):
    """Nothing to fill in: the page says what happens."""


def withdrawn(request: DeskRequest, form: WithdrawForm, withdraw: Callable[..., None]) -> bool:
    """Whether this was sent and done; why not stands in the form."""
    if request.method != "POST":
        return False
    try:
        withdraw(seen=number_from(request.POST.get("version", "")), by=request.actor, at=request.at)
    except Invalid as error:
        form.take_error(error)
        return False
    return True
