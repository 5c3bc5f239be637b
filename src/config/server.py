"""The two long-running processes."""

import asyncio
import os

from config.environment import environment


def serve(*, port: int | None, workers: int) -> None:
    """granian on the loopback address: one WSGI application in `workers` processes."""
    from granian import Granian  # noqa: PLC0415 -- slow import

    os.environ["FADEN_ACT_AS"] = "app"
    os.environ.setdefault("FADEN_STATEMENT_SECONDS", "15")
    Granian(
        "config.wsgi:application",
        address="127.0.0.1",
        port=port or environment().port,
        interface="wsgi",  # type: ignore[arg-type]
        workers=workers,
        blocking_threads=4,
        backlog=256,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


def work() -> None:
    """procrastinate's worker on the app role's connection."""
    from procrastinate import App  # noqa: PLC0415 -- needs Django's apps
    from procrastinate.contrib.django import app  # noqa: PLC0415 -- needs Django's apps

    async def run(ready: App) -> None:
        async with ready.open_async():
            await ready.run_worker_async(concurrency=2, listen_notify=True)

    with app.replace_connector(app.connector.get_worker_connector()) as ready:  # type: ignore[attr-defined]
        asyncio.run(run(ready))
