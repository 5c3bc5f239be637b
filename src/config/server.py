"""The two long-running processes."""

import asyncio
import os

from config.environment import environment


def serve(*, port: int | None, workers: int) -> None:
    """granian on the loopback address: one WSGI application in `workers` processes."""
    from granian import Granian  # noqa: PLC0415 -- slow import

    os.environ["FADEN_ACT_AS"] = "app"
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
    from procrastinate.contrib.django import app  # noqa: PLC0415 -- needs Django's apps

    async def run() -> None:
        async with app.replace_connector(app.connector.get_worker_connector()).open_async() as ready:  # type: ignore[attr-defined]
            await ready.run_worker_async(concurrency=2, listen_notify=True)

    asyncio.run(run())
