"""The account a person signs in with; e-mail instead of a user name."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes accounts with normalised addresses."""

    def create_user(self, email: str, password: str | None = None, **values: object) -> "User":
        """A new account; without a password nobody can sign in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **values)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """By address, whatever the case it was typed in."""
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser):
    """Belongs to no service by itself: memberships say where it may act, in which role."""

    id = models.BigAutoField(primary_key=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or f"Konto {self.pk}"
