"""Invented people: names that exist as names, put together by chance; nobody is meant."""

# (language, nationality by Destatis code, family names, given names; native spellings where there are any)
GROUPS = [
    ("ar", "475", [("Al-Hassoun", "الحسون"), ("Darwisch", "درويش"), ("Kabbani", "قباني"), ("Sabbagh", "صباغ"), ("Haddad", "حداد")],
     [("Mohammed", "محمد"), ("Amina", "أمينة"), ("Yusuf", "يوسف"), ("Rima", "ريما"), ("Khaled", "خالد"), ("Noor", "نور")]),
    ("uk", "166", [("Kowalenko", "Коваленко"), ("Schewtschenko", "Шевченко"), ("Bondar", "Бондар"), ("Melnyk", "Мельник")],
     [("Oleksandr", "Олександр"), ("Iryna", "Ірина"), ("Natalija", "Наталія"), ("Dmytro", "Дмитро"), ("Hanna", "Ганна")]),
    ("prs", "423", [("Rahimi", "رحیمی"), ("Ahmadzai", "احمدزی"), ("Sultani", "سلطانی"), ("Noori", "نوری")],
     [("Farid", "فرید"), ("Zahra", "زهرا"), ("Mahdi", "مهدی"), ("Parwin", "پروین")]),
    ("tr", "163", [("Yıldırım", ""), ("Şahin", ""), ("Özdemir", ""), ("Koç", "")],
     [("Ayşe", ""), ("Mehmet", ""), ("Elif", ""), ("Çağrı", "")]),
    ("ti", "224", [("Tesfay", "ተስፋይ"), ("Haile", "ሃይለ"), ("Kidane", "ኪዳነ")],
     [("Selam", "ሰላም"), ("Filmon", "ፊልሞን"), ("Rahwa", "ራህዋ")]),
    ("sq", "121", [("Hoxha", ""), ("Krasniqi", ""), ("Gashi", "")], [("Arben", ""), ("Vjosa", ""), ("Lirim", "")]),
    ("ro", "154", [("Popescu", ""), ("Ionescu", ""), ("Dumitru", "")], [("Andreea", ""), ("Ștefan", ""), ("Mihai", "")]),
    ("fr", "262", [("Diallo", ""), ("Mbaye", ""), ("Nkomo", "")], [("Aissatou", ""), ("Jean", ""), ("Fatou", "")]),
]  # fmt: skip

TALKS = [
    "Schreiben vom Jobcenter zusammen gelesen. Es fehlt noch die Mietbescheinigung; Vermieter wird angerufen.",
    "Wartet seit Wochen auf den Platz im Integrationskurs. Beim Träger nachgefragt: nächster Start in Aussicht.",
    "Zeugnisse gesichtet. Für die Anerkennung fehlt die beglaubigte Übersetzung.",
    "Wohnungssuche besprochen: drei Anzeigen gemeinsam beantwortet, WBS-Antrag vorbereitet.",
    "Kind soll nach den Ferien in die Schule. Termin bei der Seiteneinsteigerberatung gebucht.",
    "Kurz in der Tür: Bescheid ist gekommen, möchte ihn nächste Woche zusammen lesen.",
    "Begleitung ins Rathaus zur Anmeldung. Alles erledigt, Bescheinigung erhalten.",
    "Telefonat mit der Krankenkasse: Karte kommt in zwei Wochen.",
    "Rückblick auf die Ziele: Sprachkurs läuft gut, Arbeitssuche beginnt.",
    "Hat eine Stelle im Lager in Aussicht, 20 Stunden. Fragen zur Anrechnung geklärt.",
]
TASKS = [
    "Mietbescheinigung anfordern", "Beim Kursträger nach dem Platz fragen", "Übersetzung der Zeugnisse beauftragen",
    "Kindergeldantrag abschicken", "WBS-Antrag einreichen", "Rückruf wegen Kita-Platz", "Termin zur Anerkennungsberatung machen",
    "Bescheid zusammen lesen", "Sprachmittlung für den nächsten Termin bestellen", "Unterlagen für die Einschulung sammeln",
]  # fmt: skip
MEETINGS = [
    "Beratungsgespräch",
    "Gemeinsam zum Jobcenter",
    "Zielvereinbarung",
    "Anmeldung in der Schule",
    "Rückblick auf die Ziele",
]
WORKING_NOTES = [
    "Wirkt sehr erschöpft, beim nächsten Mal nach Entlastung fragen.",
    "Nachfragen, ob die Schwester beim Übersetzen wirklich die beste Lösung ist.",
    "Idee: Kontakt zum Sportverein herstellen.",
]
ASKED = [
    "Fragt nach einem Sprachkurs mit Kinderbetreuung.", "Hat einen Brief bekommen und versteht ihn nicht.",
    "Sucht eine Wohnung, lebt seit zwei Jahren in der Unterkunft.", "Möchte wissen, ob der Abschluss anerkannt wird.",
    "Nachbarin braucht Hilfe beim Antrag.", "Frage zur Krankenversicherung nach dem Umzug.",
]  # fmt: skip
CODEWORDS = ["Linde", "Ahorn", "Muschel", "Laterne", "Segel"]
