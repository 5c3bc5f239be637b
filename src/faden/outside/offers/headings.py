"""Which of our fields the columns of a table are, as their names suggest it."""

import re
import unicodedata

# Our fields in the order of the screen, with the names that tables give them; compared without case, accents and signs.
# Only names that can mean nothing else: a column "Niveau" may be what a course asks for, or what it leads to.
FIELDS: dict[str, str] = {
    "key": "id kennung nummer nr key schluessel angebotsid angebotsnummer uuid",
    "title": "titel title name angebot angebotsname bezeichnung kurs kurstitel kursname massnahme projekt servicename",
    "provider": "anbieter traeger provider organisation organization einrichtung veranstalter kurstraeger verein organizationname",
    "summary": "kurzbeschreibung kurzinfo summary zusammenfassung untertitel",
    "description": "beschreibung description inhalt text details angebotsbeschreibung",
    "category": "kategorie category art typ rubrik angebotsart type",
    "life_areas": "lebensbereich lebensbereiche thema themen bereich bereiche topics",
    "target_group": "zielgruppe zielgruppen targetgroup fuerwen",
    "languages": "sprache sprachen languages language beratungssprachen",
    "place": "ort_name standort treffpunkt veranstaltungsort location locationname raum gebaeude",
    "street": "strasse street adresse anschrift address strassehausnummer strasseundhausnummer strassehausnr address1",
    "postcode": "plz postleitzahl postcode zip postalcode zipcode",
    "town": "ort stadt gemeinde town city wohnort",
    "latitude": "breite latitude lat breitengrad geolat",
    "longitude": "laenge longitude lon lng laengengrad geolon",
    "online": "online digital virtuell",
    "schedule": "zeiten zeit oeffnungszeiten termine termin wann uhrzeit schedule openinghours hours sprechzeiten sprechstunde",
    "cost": "kosten preis gebuehr gebuehren cost costs fee fees price teilnahmegebuehr",
    "documents": "unterlagen dokumente mitzubringen documents nachweise",
    "places_free": "freieplaetze plaetzefrei restplaetze freeplaces",
    "next_start": "beginn start kursbeginn naechsterbeginn startdatum startdate nextstart",
    "ends_on": "ende kursende enddatum enddate",
    "waiting": "wartezeit waittime waitingtime",
    "role": "funktion zustaendigkeit abteilung fachbereich role department",
    "phone": "telefon telefonnummer tel phone telephone rufnummer fon",
    "email": "email mail emailadresse mailadresse",
    "website": "website webseite internet homepage url link web internetseite",
    "german_from": "mindestniveau mindestdeutschniveau mindestsprachniveau deutschab deutschmindestens niveauab sprachniveauab eingangsniveau einstiegsniveau",
    "german_to": "hoechstniveau deutschbis niveaubis sprachniveaubis",
    "age_from": "mindestalter alterab altervon minimumage minage agefrom ab_alter",
    "age_to": "hoechstalter alterbis maximumage maxage ageto",
    "gender": "geschlecht gender",
    "childcare": "kinderbetreuung childcare",
    "areas": "einzugsgebiet fuerbewohner nurfuerbewohner fuereinwohner servicearea",
    "condition_words": "voraussetzungen voraussetzung bedingungen teilnahmevoraussetzungen eligibility requirements",
    "updated_on": "stand aktualisiert geaendertam lastmodified updated letzteaenderung geprueftam",
}  # fmt: skip


def guess(columns: tuple[str, ...]) -> dict[str, str]:
    """{our field: their column} as the names suggest it; each column once. A column of persons' names is left out."""
    plain = {column: _bare(column) for column in columns}
    found: dict[str, str] = {}
    for field, said in FIELDS.items():
        names = [_bare(name) for name in (field, *said.split())]
        fitting = [column for column in columns if plain[column] in names and column not in found.values()]
        if fitting:
            found[field] = min(fitting, key=lambda column: names.index(plain[column]))
    return found


def _bare(name: str) -> str:
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        name = name.casefold().replace(umlaut, letters)
    plain = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^a-z0-9]", "", plain)
