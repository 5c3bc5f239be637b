"""A published version that is offered no more: asked once, and refused to whoever saw another newest one."""

from collections.abc import Callable

from faden.desk.door import DeskRequest
from faden.desk.forms import BareForm, version_sent
from faden.kernel.errors import Invalid


def withdrawn(request: DeskRequest, form: BareForm, withdraw: Callable[..., None]) -> bool:
    """Whether this was sent and done; why not stands in the form."""
    if request.method != "POST":
        return False
    try:
        withdraw(seen=version_sent(request), by=request.actor, at=request.at)
    except Invalid as error:
        form.take_error(error)
        return False
    return True
