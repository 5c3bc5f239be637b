"""Invented pages on which every component occurs once."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from faden.look.forms import CheckboxList
from faden.look.theme import theme_of

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAVED: list[dict] = []
ANSWER = {"status": 200}
ACTOR = SimpleNamespace(
    user_name="Amal Haddad-Großmann",
    organisation_name="Migrationsfachdienst, Caritasverband Kreis Musterstadt e. V.",
    role_label="Case-Management (KIM)",
)
LONG = "Rechtsschutzversicherungsgesellschaftsbeitragsbemessungsgrenzenüberschreitung"


def strict_csp(get_response):
    def answer(request):
        response = get_response(request)
        response["Content-Security-Policy"] = CSP
        return response

    return answer


def context(request):
    return {
        "actor": ACTOR,
        "faden": {
            "product": "Faden",
            "demo": True,
            "theme": theme_of(request),
            "idle_seconds": 1800,
            "keepalive_url": "/wach/",
            "switch_url": "/rolle/",
            "sign_out_url": "/abmelden/",
            "sign_in_url": "/anmelden/",
            "copy_owner": "amal",
            "copy_key": "bmljaHQgZ2VoZWltLCBudXIgZWluIEJlaXNwaWVsISE=",
        },
        "navigation": [
            ("Übersicht", "/", request.path == "/", None),
            ("Meine Fälle", "/liste/", request.path in ("/liste/", "/fall/"), 48),
            ("Anfragen", "/formular/", request.path == "/formular/", 3),
            ("Termine", "/termine/", False, None),
            ("Aufgaben", "/aufgaben/", False, 12),
            ("Vermittlungen", "/vermittlungen/", False, 0),
            ("Angebote", "/angebote/", False, None),
            ("Koordination", "", False, None),
            ("Strukturhinweise", "/bausteine/", request.path == "/bausteine/", None),
            ("Auswertung und Berichtswesen", "/auswertung/", False, None),
            ("Dienst", "", False, None),
            ("Team und Vertretungen", "/team/", False, None),
            ("Zugriffe und Protokolle", "/zugriffe/", False, None),
        ],
    }


def overview(request):
    return render(request, "lookbook/overview.html")


def rows():
    people = [
        ("Rahimi, Parwana", "Dari", "Begleitung", "success"),
        ("Al-Khateeb, Mohammed Abdulrahman", "Arabisch (Levante)", "Assessment", "info"),
        ("Tesfamariam, Selam", "Tigrinya", "Frist in 4 Tagen", "warning"),
        ("M̂adi-Ḥusaynī, Nʹāzanīn", "Kurdisch (Sorani)", "Widerspruchsfrist läuft ab", "danger"),
        ("Schewtschenko, Oleksandra", "Ukrainisch", "Überleitung", "neutral"),
    ]
    for number in range(1, 241):
        name, language, state, kind = people[number % 5]
        yield {
            "number": f"KIM-2026-{number:04}",
            "name": name,
            "language": language,
            "state": state,
            "kind": kind,
            "last": datetime(2026, 11, 22, tzinfo=UTC) - timedelta(days=number),
            "town": "Musterstadt-Nordwestbezirk",
            "holder": "Amal Haddad-Großmann",
            "open": number % 7,
        }


def listing(request):
    size = int(request.GET.get("zeilen", 50))
    page = Paginator(list(rows()), size).get_page(request.GET.get("seite"))
    path = [("Übersicht", "/"), ("Meine Fälle", "")]
    shown = {"page": page, "filter": Filter(request.GET or None), "breadcrumbs": path}
    return render(request, "lookbook/listing.html", shown)


TABS = [
    ("Überblick", "/fall/", True, None),
    ("Integrationsplan", "/plan/", False, None),
    ("Kette", "/kette/", False, 2),
    ("Vermittlungen", "/v/", False, 1),
    ("Unterlagen", "/u/", False, 14),
    ("Einwilligungen", "/e/", False, None),
    ("Zugriffe", "/z/", False, None),
]


def case(request):
    now = timezone.now()
    path = [("Übersicht", "/"), ("Meine Fälle", "/liste/"), ("Rahimi, Parwana", "")]
    shown = {"now": now, "yesterday": now - timedelta(days=1), "breadcrumbs": path, "tabs": TABS}
    return render(request, "lookbook/case.html", shown)


PHASES = [("", "Bitte wählen"), ("1", "Erstgespräch"), ("2", "Assessment")]
WAYS = [("p", "persönlich"), ("t", "am Telefon"), ("v", "per Video")]
TOPICS = [
    ("w", "Wohnen"),
    ("a", "Arbeit und Ausbildung"),
    ("s", "Sprache"),
    ("g", "Gesundheit"),
    ("k", "Kinder und Schule"),
    ("r", "Aufenthalt und Einbürgerungsvoraussetzungen"),
]
SHARED = [
    ("n", "Name und Telefonnummer"),
    ("s", "Sprachkenntnisse und Kursbescheinigungen, auch aus dem Herkunftsland"),
    ("f", "Fristen aus dem Bescheid vom 3. November 2026"),
]


class Filter(forms.Form):
    mark_optional = False
    q = forms.CharField(label="Name oder Aktenzeichen", required=False)
    phase = forms.ChoiceField(label="Phase", required=False, choices=[("", "Alle"), *PHASES[1:]])


class Example(forms.Form):
    name = forms.CharField(label="Familienname", max_length=120, help_text="So, wie er im Ausweis steht.")
    email = forms.EmailField(label="E-Mail", required=False)
    born = forms.DateField(label="Geburtsdatum", help_text="Zum Beispiel 3. 8. 1991")
    persons = forms.IntegerField(label="Personen im Haushalt", min_value=1)
    at = forms.TimeField(label="Uhrzeit des Gesprächs", required=False)
    phase = forms.ChoiceField(label="Phase", choices=PHASES)
    way = forms.ChoiceField(label="Wie fand das Gespräch statt?", widget=forms.RadioSelect, choices=WAYS)
    topics = forms.MultipleChoiceField(
        label="Themen", required=False, widget=forms.CheckboxSelectMultiple, choices=TOPICS
    )
    shared = forms.MultipleChoiceField(
        label="Was darf weitergegeben werden?",
        widget=CheckboxList,
        help_text="Nur, was die Stelle für diesen Zweck braucht.",
        choices=SHARED,
    )
    note = forms.CharField(label="Notiz", widget=forms.Textarea(attrs={"rows": 4}), max_length=200)
    password = forms.CharField(label="Kennwort", widget=forms.PasswordInput, required=False)
    file = forms.FileField(label="Bescheid", required=False, help_text="PDF oder Foto, höchstens 10 MB")
    agree = forms.BooleanField(
        label="Die Person hat den Zweck verstanden und stimmt zu",
        help_text="Mit Dolmetschung besprochen, wo nötig.",
    )
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        super().clean()
        if self.data.get("name") == "doppelt":
            raise forms.ValidationError("Diese Person gibt es in Ihrem Dienst schon.")


def form(request):
    bound = Example(request.POST or None, request.FILES or None)
    if request.method == "POST" and bound.is_valid():
        messages.success(request, "Gesprächsnotiz gespeichert.")
        messages.error(request, "Die Datei war leer.")
        return render(request, "lookbook/overview.html")
    status = 422 if request.method == "POST" else 200
    return render(request, "lookbook/form.html", {"form": bound}, status=status)


def parts(request):
    return render(request, "lookbook/parts.html", {"long": LONG, "empty_page": Paginator([], 5).get_page(1)})


def search(request):
    if request.GET.get("q") == "kaputt":
        return HttpResponse("<p>kaputt</p>", status=500)
    hits = [row for row in rows() if request.GET.get("q", "").lower() in row["name"].lower()][:5]
    return render(request, "lookbook/search.html", {"hits": hits, "q": request.GET.get("q", "")})


def sign_in(request):
    return render(request, "lookbook/sign_in.html", {"actor": None})


def error(request, code):
    told = {
        "sentence": "Die Einwilligung nennt diese Stelle nicht." if code in (403, 409) else "",
        "changes": [("Telefon", "0151 0000000", "0151 1111111")],
        "typed": [("notiz", "Zeile eins\nZeile zwei <b>"), ("thema", "Wohnen")],
        "path": "/fall/",
    }
    return render(request, f"{code}.html", told, status=code)


def short_session(request):
    seconds = int(request.GET.get("sekunden", 3))
    faden = context(request)["faden"] | {"idle_seconds": seconds}
    return render(request, "lookbook/form.html", {"form": Example(), "faden": faden})


def drafts(request):
    if request.method == "GET":
        ANSWER["status"] = int(request.GET.get("antworte", 200))
        return HttpResponse(repr(SAVED))
    if ANSWER["status"] == 200:
        SAVED.append({key: request.POST.getlist(key) for key in request.POST})
    return HttpResponse(status=ANSWER["status"])


def keepalive(request):
    return HttpResponse(status=204)
