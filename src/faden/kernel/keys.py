"""The keyring: encryption keys with ids and the key that signs audit rows. Never in the database."""

import base64
import json
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
KEY_ID = 4


class KeyProblem(Exception):
    """The keyring is missing or does not hold the key a value asks for."""


@dataclass(frozen=True)
class Keyring:
    """AES-256 keys by four-letter id; new values use `active`, old ones keep theirs."""

    active: str
    keys: dict[str, bytes] = field(repr=False)
    audit: bytes = field(repr=False)

    def seal(self, plain: bytes, *, bound_to: str) -> bytes:
        """Key id, nonce and ciphertext; `bound_to` (table/column/row) must match to open it."""
        nonce = os.urandom(NONCE)
        sealed = AESGCM(self.keys[self.active]).encrypt(nonce, plain, bound_to.encode())
        return self.active.encode() + nonce + sealed

    def open(self, value: bytes, *, bound_to: str) -> bytes:
        """The plain bytes; raises when the value was moved to another row or altered."""
        key = self.keys.get(self.key_id(value))
        if key is None:
            raise KeyProblem(f"key {self.key_id(value)!r} is not in the keyring")
        nonce, sealed = value[KEY_ID : KEY_ID + NONCE], value[KEY_ID + NONCE :]
        return AESGCM(key).decrypt(nonce, sealed, bound_to.encode())

    def key_id(self, value: bytes) -> str:
        """Which key sealed this value."""
        return value[:KEY_ID].decode("ascii", "replace")

    def secret_for(self, purpose: str) -> bytes:
        """32 bytes derived from the audit key for another purpose (sessions, link tokens)."""
        return HKDF(hashes.SHA256(), 32, None, purpose.encode()).derive(self.audit)

    def with_new_key(self) -> "Keyring":
        """The same ring with a fresh active key; the old ones stay to open old values."""
        name = f"k{max(int(name[1:]) for name in self.keys) + 1:03d}"  # never the name of one that is gone
        return Keyring(name, {**self.keys, name: os.urandom(32)}, self.audit)

    def without(self, names: set[str]) -> "Keyring":
        """The ring after old keys were retired."""
        return Keyring(self.active, {n: k for n, k in self.keys.items() if n not in names}, self.audit)

    def to_json(self) -> str:
        """The text of the key file."""
        return json.dumps(
            {
                "active": self.active,
                "keys": {name: base64.b64encode(key).decode() for name, key in self.keys.items()},
                "audit": base64.b64encode(self.audit).decode(),
            },
            indent=1,
        )


def fresh_keyring() -> Keyring:
    """A new ring with one key."""
    return Keyring("k001", {"k001": os.urandom(32)}, os.urandom(32))


def parse_keyring(text: str) -> Keyring:
    """Read the JSON of a key file or of FADEN_KEYS."""
    try:
        data = json.loads(text)
        return Keyring(
            data["active"],
            {name: base64.b64decode(key) for name, key in data["keys"].items()},
            base64.b64decode(data["audit"]),
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise KeyProblem("the keyring is not readable: JSON with active, keys, audit") from problem


def write_keyring(ring: Keyring, path: Path) -> None:
    """Replace the key file in one step, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(ring.to_json())
    fresh.replace(path)


_source: dict[str, object] = {}


def configure(*, text: str | None, path: Path | None) -> None:
    """Told once by the settings where the ring is: a text, or a file."""
    _source.update(text=text, path=path)
    keyring.cache_clear()


def key_file() -> Path | None:
    """The key file, None when the ring came from the environment."""
    return None if _source.get("text") else _source.get("path")  # type: ignore[return-value]


@cache
def keyring() -> Keyring:
    """The ring of this process."""
    if _source.get("text"):
        return parse_keyring(str(_source["text"]))
    path = _source.get("path")
    if not isinstance(path, Path) or not path.exists():
        raise KeyProblem(f"no keyring: set FADEN_KEYS or FADEN_KEYS_FILE, or run `faden keys new` ({path})")
    return parse_keyring(path.read_text())
