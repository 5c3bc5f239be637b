"""Who gets which answer from every address of the desk, with a case of Amal's."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import CAST, everybody
from tests.desk_client import keyed, signed_in
from tests.kernel.addresses import NOWHERE, address, desk, kwargs_of
from tests.kernel.worlds import AHAUS, GRONAU, World, fill

pytestmark = pytest.mark.debian

# Amal leads the case, Bernd works beside her, Lena leads the team and has given no reason today, Dilan has no
# confirmed matter, Anton runs the accounts; Cem and Karin are of other services; Dora's agency has no desk.
LOOKING = {
    #                        Amal Bernd Lena Dilan Anton Cem Karin Dora
    "start":                 "302 302 302 302 302 302 302 302",
    "day":                   "200 200 200 403 403 200 403 404",
    "inquiries":             "200 200 200 403 403 200 403 404",
    "inquiry-new":           "200 200 200 403 403 200 403 404",
    "inquiry":               "200 200 200 403 403 404 403 404",
    "matter-inquiry-new":    "200 200 200 403 403 404 403 404",
    "codeword":              "200 200 200 403 403 200 403 404",
    "matter":                "200 200 200 403 403 404 403 404",
    "codeword-new":          "200 200 200 403 403 404 403 404",
    "search":                "200 200 200 403 403 200 403 404",
    "keyboard":              "200 200 200 200 200 200 200 404",
    "case-new":              "200 200 403 403 403 200 403 404",
    "case-from-inquiry":     "200 200 403 403 403 404 403 404",
    "case-from-matter":      "200 200 403 403 403 404 403 404",
    "case-for-person":       "200 404 403 403 403 404 403 404",  # she is protected: a colleague finds nobody
    "caseload":              "200 200 403 403 403 200 403 404",
    "case":                  "200 403 302 403 403 404 403 404",
    "person":                 "200 403 302 403 403 404 403 404",
    "person-confidential":    "200 403 302 403 403 404 403 404",
    "sheet":                  "200 403 302 403 403 404 403 404",
    "sheet-texts":            "200 403 302 403 403 404 403 404",
    "sheet-confidential":     "200 403 302 403 403 404 403 404",
    "sheet-texts-confidential": "200 403 302 403 403 404 403 404",
    "translations":           "200 200 200 200 403 200 403 404",
    "translation":            "403 403 200 403 403 403 403 404",
    "translation-page":       "403 403 200 403 403 403 403 404",
    "person-change":          "200 403 302 403 403 404 403 404",
    "facts":                  "200 403 302 403 403 404 403 404",
    "fact-history":           "200 403 302 403 403 404 403 404",
    "fact-new":               "200 403 302 403 403 404 403 404",
    "fact":                   "200 403 302 403 403 404 403 404",
    "fact-end":               "200 403 302 403 403 404 403 404",
    "arrival":                "200 403 302 403 403 404 403 404",
    "contact-person-new":     "200 403 302 403 403 404 403 404",
    "entry":                  "200 403 302 403 403 404 403 404",
    "family":                 "200 403 302 403 403 404 403 404",
    "member-new":             "200 403 302 403 403 404 403 404",
    "member-agreement":       "200 403 302 403 403 404 403 404",
    "member-leaving":         "200 403 302 403 403 404 403 404",
    "group-new":              "200 403 302 403 403 404 403 404",
    "group-join":             "200 403 302 403 403 404 403 404",
    "group-leave":            "200 403 302 403 403 404 403 404",
    "group-split":            "200 403 302 403 403 404 403 404",
    "group-merge":            "200 403 302 403 403 404 403 404",
    "kinship-new":            "200 403 302 403 403 404 403 404",
    "kinship-end":            "200 403 302 403 403 404 403 404",
    "contact-new":           "200 403 302 403 403 404 403 404",
    "contact":               "200 403 302 403 403 404 403 404",
    "working-note-new":      "200 403 302 403 403 404 403 404",
    "working-note-transfer": "200 403 302 403 403 404 403 404",
    "task-new":              "200 403 302 403 403 404 403 404",
    "task":                  "200 403 302 403 403 404 403 404",
    "appointment-new":       "200 403 302 403 403 404 403 404",
    "appointment":           "200 403 302 403 403 404 403 404",
    "appointment-change":    "200 403 302 403 403 404 403 404",
    "appointment-drop":      "200 403 302 403 403 404 403 404",
    "interpreter-ask":       "200 403 302 403 403 404 403 404",
    "interpreter-answer":    "200 403 302 403 403 404 403 404",
    "interpreter-done":      "200 403 302 403 403 404 403 404",
    "reminder-wish":         "200 403 302 403 403 404 403 404",
    "calendar":              "200 200 200 403 403 200 403 404",
    "calendar-free":         "200 200 200 403 403 200 403 404",
    "calendar-address":      "200 200 200 403 403 200 403 404",
    "reminders":             "200 200 200 403 403 200 403 404",
    "interpreters":          "200 200 200 403 403 200 403 404",
    "interpreter-new":       "403 403 200 403 403 403 403 404",
    "interpreter":           "403 403 200 403 403 403 403 404",
    "interpreter-costs":     "403 403 200 403 403 403 403 404",
    "phase":                 "200 403 302 403 403 404 403 404",
    "assessment":            "200 403 302 403 403 404 403 404",
    "assessment-area":       "200 403 302 403 403 404 403 404",
    "assessment-course":     "200 403 302 403 403 404 403 404",
    "family-assessment":     "200 403 302 403 403 404 403 404",
    "assessment-also":       "200 403 302 403 403 404 403 404",
    "network":               "200 403 302 403 403 404 403 404",
    "network-tie-new":       "200 403 302 403 403 404 403 404",
    "network-tie":           "200 403 302 403 403 404 403 404",
    "chains":                 "200 403 302 403 403 404 403 404",
    "person-chains":          "200 403 302 403 403 404 403 404",
    "person-chains-confidential": "200 403 302 403 403 404 403 404",
    "chain":                  "200 403 302 403 403 404 403 404",
    "chain-new":              "200 403 302 403 403 404 403 404",
    "chain-free":             "200 403 302 403 403 404 403 404",
    "chain-start":            "200 403 302 403 403 404 403 404",
    "chain-end":              "200 403 302 403 403 404 403 404",
    "chain-step":             "200 403 302 403 403 404 403 404",
    "chain-step-agree":       "200 403 302 403 403 404 403 404",
    "chain-step-holder":      "200 403 302 403 403 404 403 404",
    "chain-step-drop":        "200 403 302 403 403 404 403 404",
    "chain-step-order":       "200 403 302 403 403 404 403 404",
    "chain-step-suspend":     "200 403 302 403 403 404 403 404",
    "chain-step-add":         "200 403 302 403 403 404 403 404",
    "chain-suspend":          "200 403 302 403 403 404 403 404",
    "life-areas":            "403 403 200 403 403 403 403 404",
    "life-area-new":         "403 403 200 403 403 403 403 404",
    "life-area":             "403 403 200 403 403 403 403 404",
    "life-area-end":         "403 403 200 403 403 403 403 404",
    "case-deadlines":         "200 403 302 403 403 404 403 404",
    "deadline":               "200 403 302 403 403 404 403 404",
    "family-plan":            "200 403 302 403 403 404 403 404",
    "goal":                   "200 403 302 403 403 404 403 404",
    "goal-new":               "200 403 302 403 403 404 403 404",
    "goal-rating":            "200 403 302 403 403 404 403 404",
    "goal-step":              "200 403 302 403 403 404 403 404",
    "goal-step-new":          "200 403 302 403 403 404 403 404",
    "person-deadlines":       "200 403 302 403 403 404 403 404",
    "plan":                   "200 403 302 403 403 404 403 404",
    "plan-agree":             "200 403 302 403 403 404 403 404",
    "plan-agree-confidential": "200 403 302 403 403 404 403 404",
    "plan-confidential":      "200 403 302 403 403 404 403 404",
    "plan-frame":             "200 403 302 403 403 404 403 404",
    "plan-paper":             "200 403 302 403 403 404 403 404",
    "plan-versions":          "200 403 302 403 403 404 403 404",
    "plan-versions-confidential": "200 403 302 403 403 404 403 404",
    "deadlines":              "200 200 200 403 403 200 403 404",
    "chain-templates":       "200 200 200 200 403 200 403 404",
    "chain-template":        "200 200 200 200 403 404 403 404",
    "chain-template-version": "200 200 200 200 403 404 403 404",
    "chain-template-file":   "200 200 200 200 403 404 403 404",
    "chain-template-new":    "403 403 200 403 403 403 403 404",
    "chain-template-withdrawal": "403 403 200 403 403 403 403 404",
    "criterion":             "200 403 302 403 403 404 403 404",
    "clarification":         "200 403 302 403 403 404 403 404",
    "closing":               "200 403 302 403 403 404 403 404",
    "reopening":             "200 403 302 403 403 404 403 404",
    "lead":                  "200 403 302 403 403 404 403 404",
    "findings":              "200 200 200 403 403 200 403 404",
    "finding-new":           "200 200 200 403 403 200 403 404",
    "substitutions":         "200 200 200 403 403 200 403 404",
    "substitution-new":      "200 200 200 403 403 200 403 404",
    "substitution":          "200 404 404 403 403 404 403 404",  # the deputy, nobody else
    "workload":              "403 403 200 403 403 403 403 404",
    "post":                  "403 403 200 403 403 403 403 404",
    "takeover":              "403 403 200 403 403 403 403 404",
    "takeover-of":           "403 403 200 403 403 403 403 404",
    "protection":            "200 403 302 403 403 404 403 404",
    "protection-end":        "200 403 302 403 403 404 403 404",
    "protected-address-change": "200 403 302 403 403 404 403 404",
    "duplicates":            "200 200 200 403 403 200 403 404",
    "pair":                  "200 404 403 403 403 404 403 404",  # who works with one of the two
    "team-cases":            "403 403 200 403 403 403 403 404",
    "case-opening":          "403 403 200 403 403 403 403 404",
    "overview":              "403 403 403 403 403 403 200 404",
    "letters":               "200 403 302 403 403 404 403 404",
    "person-letters":        "200 403 302 403 403 404 403 404",
    "person-letters-confidential": "200 403 302 403 403 404 403 404",
    "letter-new":            "200 403 302 403 403 404 403 404",
    "letter-write":          "200 403 302 403 403 404 403 404",
    "letter":                "200 403 302 403 403 404 403 404",
    "letter-change":         "200 403 302 403 403 404 403 404",
    "letter-pdf":            "200 403 302 403 403 404 403 404",
    "letter-word":           "200 403 302 403 403 404 403 404",
    "letter-send":           "200 403 302 403 403 404 403 404",
    "letter-discard":        "200 403 302 403 403 404 403 404",
    "letter-register":       "200 200 200 200 403 200 403 404",
    "letter-templates":      "200 200 200 200 403 200 403 404",
    "letter-template-starter": "200 200 200 200 403 200 403 404",
    "letter-template-new":   "403 403 200 403 403 403 403 404",
    "letter-template-version": "403 403 200 403 403 403 403 404",
    "letter-template-withdrawal": "403 403 200 403 403 403 403 404",
    "letter-template-file":  "200 200 200 200 403 404 403 404",
    "letter-template-trial": "200 200 200 200 403 404 403 404",
    "decisions":             "200 403 302 403 403 404 403 404",
    "person-decisions":      "200 403 302 403 403 404 403 404",
    "person-decisions-confidential": "200 403 302 403 403 404 403 404",
    "decision-new":          "200 403 302 403 403 404 403 404",
    "decision":              "200 403 302 403 403 404 403 404",
    "decision-change":       "200 403 302 403 403 404 403 404",
    "decision-settle":       "200 403 302 403 403 404 403 404",
    "declarations":          "200 403 302 403 403 404 403 404",
    "person-declarations":   "200 403 302 403 403 404 403 404",
    "person-declarations-confidential":"200 403 302 403 403 404 403 404",
    "power-new":             "200 403 302 403 403 404 403 404",
    "secrecy-new":           "200 403 302 403 403 404 403 404",
    "declaration":           "200 403 302 403 403 404 403 404",
    "declaration-signed":    "200 403 302 403 403 404 403 404",
    "declaration-end":       "200 403 302 403 403 404 403 404",
    "declaration-sheets":    "200 403 302 403 403 404 403 404",
    "form-texts":            "200 200 200 200 403 200 403 404",
    "form-text":             "200 200 200 200 403 200 403 404",
    "form-text-version":     "200 200 200 200 403 404 403 404",
    "form-text-new":         "403 403 200 403 403 403 403 404",
    "form-text-review":      "403 403 200 403 403 403 403 404",
    "form-text-withdrawal":  "403 403 200 403 403 403 403 404",
    "papers":                "200 403 302 403 403 404 403 404",
    "person-papers":         "200 403 302 403 403 404 403 404",
    "person-papers-confidential": "200 403 302 403 403 404 403 404",
    "paper-new":             "200 403 302 403 403 404 403 404",
    "paper":                 "200 403 302 403 403 404 403 404",
    "paper-change":          "200 403 302 403 403 404 403 404",
    "paper-page":            "200 403 302 403 403 404 403 404",
    "paper-file":            "200 403 302 403 403 404 403 404",
    "paper-pdf":             "200 403 302 403 403 404 403 404",
    "inbox":                 "200 200 403 403 403 200 403 404",
    "scan":                  "200 404 403 403 403 404 403 404",  # who put it there, nobody else
    "scan-page":             "200 404 403 403 403 404 403 404",
    "looks":                 "403 403 403 200 403 403 403 404",
    "deeds":                 "403 403 403 200 403 403 403 404",
    "matters-to-confirm":    "403 403 200 403 200 403 403 404",
    "matters":               "403 403 403 200 403 403 403 404",
    "matter-new":            "403 403 403 200 403 403 403 404",
    "oversight-matter":      "403 403 403 200 403 403 403 404",
    "accounts":              "403 403 403 403 200 403 403 404",
    "account-invitation":    "403 403 403 403 200 403 403 404",
    "account":               "403 403 403 403 200 403 403 404",
}  # fmt: skip

# Each form sent empty, in this order: whoever may send it is told what is missing, or it is done.
SENDING = {
    #                                Amal Bernd Lena Dilan Anton Cem Karin Dora
    "inquiry-new":                   "422 422 422 403 403 422 403 404",
    "inquiry-result":                "422 422 422 403 403 404 403 404",
    "matter-inquiry-new":            "422 422 422 403 403 404 403 404",
    "codeword":                      "422 422 422 403 403 422 403 404",
    "search-find":                   "303 303 303 403 403 303 403 404",
    "several-cases":                 "303 303 403 403 403 303 403 404",
    "several-cases-preview":         "303 303 403 403 403 303 403 404",
    "several-cases-run":             "303 303 403 403 403 303 403 404",
    "search-candidates":             "200 200 200 403 403 200 403 404",
    "case-new":                      "422 422 403 403 403 422 403 404",
    "case-from-inquiry":             "422 422 403 403 403 404 403 404",
    "case-from-matter":              "422 422 403 403 403 404 403 404",
    "case-for-person":               "422 404 403 403 403 404 403 404",
    "contact-new":                   "422 403 403 403 403 404 403 404",
    "contact":                       "422 403 403 403 403 404 403 404",
    "working-note-new":              "422 403 403 403 403 404 403 404",
    "working-note-transfer":         "422 403 403 403 403 404 403 404",
    "working-note-destroy":          "303 403 403 403 403 404 403 404",
    "task-new":                      "422 403 403 403 403 404 403 404",
    "task":                          "422 403 403 403 403 404 403 404",
    "task-done":                     "303 403 403 403 403 404 403 404",
    "task-reopen":                   "303 403 403 403 403 404 403 404",
    "appointment-new":               "422 403 403 403 403 404 403 404",
    "appointment-change":            "422 403 403 403 403 404 403 404",
    "appointment-drop":              "422 403 403 403 403 404 403 404",
    "appointment-answer":            "422 403 403 403 403 404 403 404",
    "appointment-attendance":        "303 403 403 403 403 404 403 404",
    "interpreter-ask":               "422 403 403 403 403 404 403 404",
    "interpreter-answer":            "422 403 403 403 403 404 403 404",
    "interpreter-done":              "422 403 403 403 403 404 403 404",
    "interpreter-off":               "409 403 403 403 403 404 403 404",
    "reminder-wish":                 "422 403 403 403 403 404 403 404",
    "calendar-address-new":          "200 200 200 403 403 200 403 404",
    "calendar-address-revocation":   "303 303 303 403 403 303 403 404",
    "reminders-print":               "303 303 303 403 403 303 403 404",
    "interpreter-new":               "403 403 422 403 403 403 403 404",
    "interpreter":                   "403 403 422 403 403 403 403 404",
    "interpreter-end":               "403 403 303 403 403 403 403 404",
    "papers-find":                   "200 403 403 403 403 404 403 404",
    "power-new":                     "422 403 403 403 403 404 403 404",
    "secrecy-new":                   "422 403 403 403 403 404 403 404",
    "declaration-sheets-make":       "303 403 403 403 403 404 403 404",
    "declaration-signed":            "422 403 403 403 403 404 403 404",
    "declaration-end":               "422 403 403 403 403 404 403 404",
    "form-text-new":                 "403 403 422 403 403 403 403 404",
    "form-text-review":              "403 403 422 403 403 403 403 404",
    "form-text-withdrawal":          "403 403 303 403 403 403 403 404",
    "paper-new":                     "422 403 403 403 403 404 403 404",
    "paper-change":                  "422 403 403 403 403 404 403 404",
    "paper-pages":                   "422 403 403 403 403 404 403 404",
    "paper-order":                   "409 403 403 403 403 404 403 404",  # sent without the version it was seen in
    "paper-file-remove":             "403 403 403 403 403 404 403 404",  # the only one of its paper
    "paper-discard":                 "403 403 403 403 403 404 403 404",  # a Bescheid was noted from it
    "scan-form":                     "422 403 403 403 403 404 403 404",
    "inbox":                         "422 422 403 403 403 422 403 404",
    "inbox-choose":                  "422 422 403 403 403 422 403 404",
    "inbox-discard":                 "422 422 403 403 403 422 403 404",
    "phase":                         "422 403 403 403 403 404 403 404",
    "assessment-begin":              "422 403 403 403 403 404 403 404",
    "assessment-area":               "422 403 403 403 403 404 403 404",
    "assessment-also":               "422 403 403 403 403 404 403 404",
    "assessment-finish":             "303 403 403 403 403 404 403 404",
    "assessment-reopen":             "303 403 403 403 403 404 403 404",
    "network-tie-new":               "422 403 403 403 403 404 403 404",
    "network-tie":                   "422 403 403 403 403 404 403 404",
    "chain-free":                     "422 403 403 403 403 404 403 404",
    "chain-start":                    "422 403 403 403 403 404 403 404",
    "chain-end":                      "422 403 403 403 403 404 403 404",
    "chain-step":                     "422 403 403 403 403 404 403 404",
    "chain-step-agree":               "409 403 403 403 403 404 403 404",
    "chain-step-holder":              "422 403 403 403 403 404 403 404",
    "chain-step-drop":                "422 403 403 403 403 404 403 404",
    "chain-step-order":               "422 403 403 403 403 404 403 404",
    "chain-step-suspend":             "422 403 403 403 403 404 403 404",
    "chain-step-add":                 "422 403 403 403 403 404 403 404",
    "chain-suspend":                  "422 403 403 403 403 404 403 404",
    "chain-step-done":                "409 403 403 403 403 404 403 404",
    "chain-step-release":             "303 403 403 403 403 404 403 404",
    "chain-step-undo":                "409 403 403 403 403 404 403 404",
    "chain-step-resume":              "409 403 403 403 403 404 403 404",
    "chain-resume":                   "409 403 403 403 403 404 403 404",
    "chain-reopen":                   "409 403 403 403 403 404 403 404",
    "sheet":                         "200 403 403 403 403 404 403 404",
    "sheet-texts":                   "409 403 403 403 403 404 403 404",  # sent without what it was filled from
    "sheet-confidential":            "200 403 403 403 403 404 403 404",
    "sheet-texts-confidential":      "409 403 403 403 403 404 403 404",
    "translation":                   "403 403 422 403 403 403 403 404",
    "translation-page":              "403 403 422 403 403 403 403 404",
    "life-area-new":                 "403 403 422 403 403 403 403 404",
    "life-area":                     "403 403 422 403 403 403 403 404",
    "life-area-end":                 "403 403 422 403 403 403 403 404",
    "deadline":                      "422 403 403 403 403 404 403 404",
    "deadline-reopen":               "303 403 403 403 403 404 403 404",
    "letter-write":                  "422 403 403 403 403 404 403 404",
    "letter-change":                 "422 403 403 403 403 404 403 404",
    "letter-send":                   "422 403 403 403 403 404 403 404",
    "letter-discard":                "409 403 403 403 403 404 403 404",  # sent without the version it was seen in
    "letter-template-new":           "403 403 422 403 403 403 403 404",
    "letter-template-version":       "403 403 422 403 403 403 403 404",
    "letter-template-withdrawal":    "403 403 409 403 403 403 403 404",  # sent without the version it was seen in
    "decision-new":                  "422 403 403 403 403 404 403 404",
    "decision":                      "422 403 403 403 403 404 403 404",
    "decision-change":               "422 403 403 403 403 404 403 404",
    "decision-settle":               "422 403 403 403 403 404 403 404",
    "decision-reopen":               "303 403 403 403 403 404 403 404",
    "goal":                          "422 403 403 403 403 404 403 404",
    "goal-move":                     "303 403 403 403 403 404 403 404",
    "goal-new":                      "422 403 403 403 403 404 403 404",
    "goal-open":                     "303 403 403 403 403 404 403 404",
    "goal-rating":                   "422 403 403 403 403 404 403 404",
    "goal-step":                     "422 403 403 403 403 404 403 404",
    "goal-step-done":                "303 403 403 403 403 404 403 404",
    "goal-step-drop":                "422 403 403 403 403 404 403 404",
    "goal-step-move":                "303 403 403 403 403 404 403 404",
    "goal-step-new":                 "422 403 403 403 403 404 403 404",
    "goal-step-open":                "303 403 403 403 403 404 403 404",
    "plan-agree":                    "422 403 403 403 403 404 403 404",
    "plan-agree-confidential":       "422 403 403 403 403 404 403 404",
    "plan-frame":                    "409 403 403 403 403 404 403 404",  # sent without the version it was seen in
    "chain-template-new":            "403 403 422 403 403 403 403 404",
    "chain-template-preview":        "403 403 422 403 403 403 403 404",
    "chain-template-withdrawal":     "403 403 409 403 403 403 403 404",  # sent without the version it was seen in
    "criterion":                     "422 403 403 403 403 404 403 404",
    "clarification":                 "422 403 403 403 403 404 403 404",
    "closing":                       "422 403 403 403 403 404 403 404",
    "reopening":                     "403 403 403 403 403 404 403 404",  # the case is open
    "lead":                          "422 403 403 403 403 404 403 404",
    "weight":                        "422 403 403 403 403 404 403 404",
    "finding-new":                   "422 422 422 403 403 422 403 404",
    "substitution-new":              "422 422 422 403 403 422 403 404",
    "substitution-end":              "303 403 409 403 403 404 403 404",  # ended by then
    "post":                          "403 403 303 403 403 403 403 404",
    "takeover-preview":              "403 403 422 403 403 403 403 404",
    "takeover-confirmation":         "403 403 422 403 403 403 403 404",
    "protection":                    "422 403 403 403 403 404 403 404",
    "protection-end":                "422 403 403 403 403 404 403 404",
    "protected-address":             "200 403 403 403 403 404 403 404",
    "protected-address-change":      "422 403 403 403 403 404 403 404",
    "pair-different":                "303 404 403 403 403 404 403 404",
    "pair-link":                     "303 404 403 403 403 404 403 404",
    "pair-unlink":                   "303 404 403 403 403 404 403 404",
    "person-change":                  "422 403 403 403 403 404 403 404",
    "fact-new":                       "422 403 403 403 403 404 403 404",
    "fact":                           "422 403 403 403 403 404 403 404",
    "fact-end":                       "422 403 403 403 403 404 403 404",
    "fact-strike":                    "303 403 403 403 403 404 403 404",
    "arrival":                        "303 403 403 403 403 404 403 404",
    "contact-person-new":             "422 403 403 403 403 404 403 404",
    "contact-person-end":             "303 403 403 403 403 404 403 404",
    "entry":                          "422 403 403 403 403 404 403 404",
    "member-new":                     "422 403 403 403 403 404 403 404",
    "member-agreement":               "422 403 403 403 403 404 403 404",
    "member-leaving":                 "422 403 403 403 403 404 403 404",
    "group-new":                      "422 403 403 403 403 404 403 404",
    "group-join":                     "422 403 403 403 403 404 403 404",
    "group-leave":                    "422 403 403 403 403 404 403 404",
    "group-split":                    "422 403 403 403 403 404 403 404",
    "group-merge":                    "422 403 403 403 403 404 403 404",
    "kinship-new":                    "422 403 403 403 403 404 403 404",
    "kinship-end":                    "422 403 403 403 403 404 403 404",
    "case-opening":                  "403 403 422 403 403 403 403 404",
    "codeword-new":                  "303 303 303 403 403 404 403 404",  # the inquiry is no plain one any more
    "draft":                         "204 204 204 204 204 204 204 404",
    "draft-discard":                 "303 303 303 303 303 303 303 404",
    "matter-new":                    "403 403 403 422 403 403 403 404",
    "matter-confirmation":           "403 403 303 403 403 403 403 404",
    "matter-refusal":                "403 403 403 403 403 403 403 404",
    "oversight-matter-end":          "403 403 403 303 403 403 403 404",
    "account-teams":                 "403 403 403 403 422 403 403 404",
    "account-invitation":            "403 403 403 403 422 403 403 404",
    "account-invitation-withdrawal": "403 403 403 403 303 403 403 404",
    "account-team":                  "403 403 403 403 303 403 403 404",
    "account-end":                   "403 403 403 403 303 403 403 404",
}  # fmt: skip

Ask = Callable[[Client, str], Any]


@pytest.fixture
def world(own_database) -> World:
    return fill(AHAUS)


def answers(world: World, names: dict[str, str], ask: Ask) -> dict[str, str]:
    clients = everybody()
    return {
        name: " ".join(str(ask(clients[who], address(name, world)).status_code) for who in CAST)
        for name in names
    }


def get(client: Client, path: str) -> Any:
    return client.get(path)


def send(client: Client, path: str) -> Any:
    return client.post(path, keyed())


def test_looking(world):
    assert answers(world, LOOKING, get) == LOOKING


def test_sending(world):
    assert answers(world, SENDING, send) == SENDING


def test_every_address_is_in_the_tables():
    methods = {name: door[2] for name, (door, _parts) in desk().items()}  # type: ignore[index]
    assert {name for name, allowed in methods.items() if "GET" in allowed} == LOOKING.keys()
    assert {name for name, allowed in methods.items() if "POST" in allowed} == SENDING.keys()


def test_nobody_enters_without_signing_in(world):
    nobody = Client()
    found = {name: nobody.get(address(name, world)).headers.get("Location", "")[:16] for name in LOOKING}
    assert set(found.values()) == {"/konto/anmelden/"}
    assert {nobody.post(address(name, world), keyed()).status_code for name in SENDING} == {401}


def body(answer: Any) -> str:
    """Without what differs from page to page anyway: keys of forms, and the id that was asked for."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "…", text)


def nowhere(path: str) -> str:
    """The same address for an id that no service has."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", str(NOWHERE), path)


def test_a_foreign_id_is_answered_as_one_that_is_nowhere(world):
    """Cem and Tilda of Gronau ask for every row of Ahaus."""
    fill(GRONAU)
    asked = [(name, get) for name in LOOKING] + [(name, send) for name in SENDING]
    different, hidden = [], 0
    for email in (GRONAU.case_manager, GRONAU.team_lead):
        client = signed_in(email)
        for name, ask in asked:
            path = address(name, world)
            if path == nowhere(path):
                continue
            there, never = ask(client, path), ask(client, nowhere(path))
            hidden += there.status_code == 404
            if (there.status_code, body(there)) != (never.status_code, body(never)):
                different.append((email, name, there.status_code, never.status_code))
            assert AHAUS.family not in there.content.decode()
    assert different == []
    assert hidden > 50


def test_a_foreign_row_below_an_own_case_is_nowhere(world):
    gronau = fill(GRONAU)
    cem = signed_in(GRONAU.case_manager)
    for name in ("contact", "task", "appointment", "paper", "paper-page", "paper-file", "working-note-transfer"):
        foreign = kwargs_of(name, desk()[name][1], world) | {"case_id": gronau.case.id}
        missing = dict.fromkeys(foreign, NOWHERE) | {"case_id": gronau.case.id}
        there, never = (cem.get(reverse(name, kwargs=kwargs)) for kwargs in (foreign, missing))
        assert (there.status_code, body(there)) == (404, body(never)), name
