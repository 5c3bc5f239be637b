"""All of the desk's addresses around accounts, for `desk/urls.py`."""

from faden.desk import account, account_invitations, accounts, invitation, roles

urlpatterns = [
    *roles.urlpatterns,
    *accounts.urlpatterns,
    *account_invitations.urlpatterns,
    *account.urlpatterns,
    *invitation.urlpatterns,
]
