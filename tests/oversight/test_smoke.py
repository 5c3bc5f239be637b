from tests.case_making import open_a_case
from tests.desk_client import keyed, signed_in, text_of

def test_smoke(own_database):
    case = open_a_case()
    amal = signed_in("amal@caritas-ahaus.example")
    amal.get(f"/faelle/{case.id}/")
    dpo = signed_in("datenschutz@caritas-ahaus.example")
    for p in ["/zugriffe/", "/zugriffe/vorgaenge/", "/auswertungen/", "/auswertungen/neu/", "/zugriffe/?fall=3"]:
        r = dpo.get(p); print(p, r.status_code); print(text_of(r)[:3000])
    r = dpo.post("/auswertungen/neu/", keyed(occasion="complaint", number=case.number, words="Beschwerde"))
    assert r.status_code == 303, r.content.decode()
    m = r.headers["Location"]; print(text_of(dpo.get(m)))
    lena = signed_in("lena@caritas-ahaus.example")
    print(text_of(lena.get("/auswertungen/bestaetigen/")))
    r = lena.post(m + "bestaetigung/", keyed()); print(r.status_code, text_of(r))
    print(text_of(dpo.get(m)))
    r = dpo.get(f"/faelle/{case.id}/"); print(r.status_code, text_of(r))
    r = amal.get(f"/faelle/{case.id}/dateien/"); print(r.status_code, text_of(r))
    r = amal.get(f"/faelle/{case.id}/dateien/neu/"); print(r.status_code, text_of(r))
    assert 0
