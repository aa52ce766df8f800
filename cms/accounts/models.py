"""Who may log in: people of the partnership, by e-mail address. Tellers never have an account."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

_LINK_LIFE = timedelta(hours=12)


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address. Without a password they can only use a sign-in link."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved user; a missing password is made unusable, never empty."""
        user = self.model(email=self.normalize_email(email), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved user with every Django permission (and still no key to the originals)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):  # type: ignore[django-manager-missing]  # Wagtail is untyped
    """A member of staff or a lay member."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The names of the groups this person is in; asked once a request."""
        return frozenset(self.groups.values_list("name", flat=True))

    def has_role(self, *roles: str) -> bool:
        """Whether this person holds one of the roles. Being a superuser is not a role."""
        return self.is_active and not self.role_names.isdisjoint(roles)


class SignInLink(models.Model):
    """A link that signs one person in, once. Only its hash is stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Sign-in link of user {self.user_id}"

    @classmethod
    def make(cls, user: User) -> str:
        """A new link's token (256 bits). Earlier links of the same person stop working."""
        cls.objects.filter(user=user).delete()
        token = secrets.token_urlsafe(32)
        cls.objects.create(
            user=user, token_hash=cls._hash(token), expires_at=timezone.now() + _LINK_LIFE
        )
        return token

    @classmethod
    def use(cls, token: str) -> User | None:
        """The person a token signs in, or None. A token works once: using it deletes it."""
        link = cls.objects.filter(
            token_hash=cls._hash(token), expires_at__gt=timezone.now(), user__is_active=True
        ).first()
        if link is None or not cls.objects.filter(pk=link.pk).delete()[0]:
            return None
        return link.user

    @staticmethod
    def _hash(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
