"""What is photographed, in the order of the manual."""

from config.pictures.chapters.arriving import anfragen, anmelden, suche, tag
from config.pictures.chapters.cases import faelle, familie, ketten
from config.pictures.chapters.network import vermittlung, weitergabe, zusammen
from config.pictures.chapters.offers import passend, verzeichnis
from config.pictures.chapters.oversight import andere, aufsicht, konten, team
from config.pictures.chapters.papers import papiere, termine
from config.pictures.chapters.residence import aufenthalt

CHAPTERS = (
    anmelden,
    tag,
    anfragen,
    suche,
    faelle,
    familie,
    ketten,
    papiere,
    termine,
    weitergabe,
    vermittlung,
    zusammen,
    verzeichnis,
    passend,
    aufenthalt,
    team,
    aufsicht,
    konten,
    andere,
)
