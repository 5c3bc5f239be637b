"""What an installation may set: environment variables FADEN_*, over /etc/faden/faden.toml."""

from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PROJECT = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """Typed settings; each name is `FADEN_` + the field in upper case."""

    model_config = SettingsConfigDict(env_prefix="FADEN_", toml_file="/etc/faden/faden.toml", extra="ignore")

    database_url: str = "postgresql://faden_app@/faden"
    owner_database_url: str = "postgresql://faden_owner@/faden"
    backup_database_url: str = "postgresql://faden_backup@/faden"
    act_as: str = Field(default="app", pattern="^(app|owner)$")

    folder: Path = PROJECT / ".faden"
    keys_file: Path | None = None
    keys: SecretStr | None = None

    product: str = "Faden"
    demo: bool = False
    debug: bool = False
    hosts: list[str] = ["127.0.0.1", "localhost", "[::1]"]
    origin: str = ""
    port: int = 8000
    metrics_port: int = 0
    https: bool = False
    idle_minutes: int = Field(default=30, ge=5, le=480)
    second_factor: bool = True

    mail_url: str = "console://"
    mail_from: str = "faden@localhost"
    clamd: str = ""
    # Off: the data protection authorities advise against it. Special categories never go by fax.
    fax: bool = False

    oidc: str = ""
    saml: str = ""
    imprint: str = ""
    rate_limits: bool = True
    static_from_source: bool = False
    statement_seconds: int = Field(default=0, ge=0)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment first, then the file; no .env files, they end up in commits."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def connected_url(self) -> str:
        """The URL of the role this process acts as."""
        return self.owner_database_url if self.act_as == "owner" else self.database_url


@cache
def environment() -> Environment:
    """The settings of this process, read once."""
    return Environment()
