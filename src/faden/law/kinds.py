"""The papers of a stay by their kinds, and which of them count where (rules A.0.1)."""

DULDUNGEN = frozenset({"duldung_60a", "duldung_60c", "duldung_60d"})  # those that count everywhere
DULDUNG_60B = "duldung_60b"  # § 60b (5): not added, but for holders of § 104c
CLAIM = "duldung_claim"  # a legal claim to it without the paper (BVerwG 18.12.2019 - 1 C 34.18)
GESTATTUNG = "gestattung"
FIKTION = "fiktion_81_4"  # the title before it goes on
FIKTION_3 = "fiktion_81_3"  # lawful or suspended until the decision, without a title before it
VISUM = "visum"

SECTION_3 = frozenset({"ae_16a", "ae_16b", "ae_16d", "ae_16e", "ae_16f", "ae_16g", "ae_17"})
SECTION_4 = frozenset({
    "ae_18a", "ae_18b", "ae_18d", "ae_18f", "ae_18g", "ae_19", "ae_19b", "ae_19c", "ae_19d", "ae_19e", "ae_20", "ae_20a", "ae_21",
})  # fmt: skip
SECTION_5 = frozenset({
    "ae_22", "ae_23_1", "ae_23_2", "ae_23_4", "ae_23a", "ae_24", "ae_25_1", "ae_25_2_1", "ae_25_2_2", "ae_25_3", "ae_25_4", "ae_25_4a",
    "ae_25_4b", "ae_25_5", "ae_25a", "ae_25b", "ae_104c",
})  # fmt: skip
SECTION_6 = frozenset({"ae_28", "ae_30", "ae_31", "ae_32", "ae_33", "ae_34", "ae_36", "ae_36a"})
OTHER_AE = frozenset({"ae_37", "ae_38", "ae_38a", "ae_7_1_3", "ae_4a"})
AE = SECTION_3 | SECTION_4 | SECTION_5 | SECTION_6 | OTHER_AE
UNLIMITED = frozenset({"ne", "ne_9", "ne_18c", "ne_26_3", "ne_26_4", "ne_28_2", "ne_35", "daueraufenthalt_eu", "eu_right"})
TITLES = AE | UNLIMITED | {VISUM}
TOLERATED = DULDUNGEN | {DULDUNG_60B, CLAIM}
ALL = TITLES | TOLERATED | {GESTATTUNG, FIKTION, FIKTION_3, "unlawful"}

# What people and older data write for the same paper. § 25 (2) S. 1 once had two alternatives; since 2026-06-12 the second is S. 2.
ALSO = {
    "duldung": "duldung_60a", "ae_25_2_1_alt1": "ae_25_2_1", "ae_25_2_1_alt2": "ae_25_2_2", "ae_25_2": "ae_25_2_1", "ae_25_2_s2": "ae_25_2_2",
    "blaue_karte": "ae_18g", "blue_card": "ae_18g", "ae_18g_1": "ae_18g", "ae_18g_2": "ae_18g", "ae_25b_1": "ae_25b", "ae_25b_4": "ae_25b",
    "ae_25b_6": "ae_25b", "ae_25a_1": "ae_25a", "ae_25a_2": "ae_25a", "ae_24_1": "ae_24", "ae_29": "ae_30", "fiktion": "fiktion_81_4",
    "fiktion_81_3_1": "fiktion_81_3", "niederlassungserlaubnis": "ne", "ae_9": "ne", "ae_19d_1": "ae_19d", "ae_19d_1a": "ae_19d",
    "illegal": "unlawful", "none": "unlawful", "visa": "visum", "unerlaubt": "unlawful", "ohne_papier": "unlawful",
    "ae_25_2_alt1": "ae_25_2_1", "ae_25_2_alt2": "ae_25_2_2", "ae_25_2_1_2": "ae_25_2_2", "ae_25_2_refugee": "ae_25_2_1",
    "ae_25_2_subsidiary": "ae_25_2_2", "blaue_karte_eu": "ae_18g", "blue_card_eu": "ae_18g", "eu_blue_card": "ae_18g", "bluecard": "ae_18g",
    "ae_18b_2": "ae_18g", "ae_19a": "ae_18g", "chancenkarte": "ae_20a", "chancen_aufenthaltsrecht": "ae_104c",
    "ausbildungsduldung": "duldung_60c", "beschaeftigungsduldung": "duldung_60d", "aufenthaltsgestattung": "gestattung",
    "ankunftsnachweis": "gestattung", "fiktionsbescheinigung": "fiktion_81_4", "fiktion_81_4_1": "fiktion_81_4", "ae_81_4": "fiktion_81_4",
    "fiktion_81_3_2": "duldung_claim", "visum_d": "visum", "nationales_visum": "visum", "visum_6_3": "visum",
    "daueraufenthalt": "daueraufenthalt_eu", "daueraufenthalt_eg": "daueraufenthalt_eu", "ne_9a": "daueraufenthalt_eu", "ae_9a": "daueraufenthalt_eu",
    "ne_28": "ne_28_2", "freizuegigkeit": "eu_right", "freizuegigkeit_eu": "eu_right", "eu_citizen": "eu_right", "unionsbuerger": "eu_right",
    "fza_schweiz": "eu_right", "aufenthaltsbefugnis": "ae_25_5", "aufenthaltsbewilligung": "ae_16b", "aufenthaltsberechtigung": "ne",  # § 101 (1), (2)
}  # fmt: skip
