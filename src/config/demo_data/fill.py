"""Fills the demo through the same verbs people use: about 60 cases in all phases, from a fixed seed."""

import os
import subprocess
import sys

import click

from config.demo_data import network

CASES = {"ahaus": 22, "bocholt": 14, "borken": 12, "gronau": 12}
LABELS = {
    "case_manager": "Case Management",
    "team_lead": "Teamleitung",
    "dpo": "Datenschutz",
    "administrator": "Verwaltung der Konten",
    "coordinator": "Koordination",
    "partner": "Partnerstelle",
    "residence_officer": "KIM-Fachkraft Baustein 3",
}


def run() -> None:
    """Services and staff as faden_owner in a process of its own; then the work as the app role."""
    os.environ["FADEN_ACT_AS"] = "app"
    import django  # noqa: PLC0415 -- after the role is chosen

    django.setup()
    from config.demo_data import offers, sites  # noqa: PLC0415 -- needs Django

    if sites.are_there():
        click.echo("The demo's data is there already.")
        return
    owner = {**os.environ, "FADEN_ACT_AS": "owner"}
    subprocess.run([sys.executable, "-m", "config.cli", "found"], env=owner, check=True)
    number = sum(sites.fill(key, count) for key, count in CASES.items())
    offers.run()
    click.echo(f"{number} cases with invented people are there.")


def print_accounts() -> None:
    """One account per role, and the password they share."""
    shown: set[str] = set()
    click.echo(f"\n  Passwort für alle: {network.PASSWORD}\n")
    names = {service.key: service.name for service in network.SERVICES}
    for person in network.STAFF:
        if person.role in shown and person.address != "cem@drk-gronau.example":
            continue
        shown.add(person.role)
        click.echo(f"  {person.address:<36} {LABELS[person.role]:<24} {names[person.service]}")
    click.echo("")
