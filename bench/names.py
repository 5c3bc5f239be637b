"""Invented people: combinations of name parts in several spellings, with their search keys."""

from dataclasses import dataclass

from faden.persons.rules import latin
from faden.persons.rules.spelling import Key, keys_of

# main/other spelling/own script
GIVEN = """
Mohammad/Mohamed/محمد Ahmad/Ahmed/أحمد Fatima/Fatma/فاطمة Ali/Aly/علي Hassan/Hasan/حسن Mariam/Maryam/مريم
Khaled/Chalid/خالد Omar/Umar/عمر Yusuf/Youssef/يوسف Amina/Aminah/أمينة Layla/Leila/ليلى Nour/Nur/نور
Ibrahim/Ebrahim/إبراهيم Samir/Sameer/سمير Rania/Raniya/رانيا Zahra/Zehra/زهرا Reza/Rida/رضا Abbas/Abas/عباس
Parwin/Barwin/پروین Jamila/Djamila/جميلة Habib/Habeeb/حبيب Nasrin/Nesrin/نسرین Ismail/Esmail/إسماعيل
Olena/Elena/Олена Oleksandr/Alexander/Олександр Tetjana/Tatiana/Тетяна Iryna/Irina/Ірина Andrij/Andrii/Андрій
Serhij/Sergii/Сергій Natalija/Natalia/Наталія Mykola/Nikolai/Микола Oksana/Oxana/Оксана Viktor/Wiktor/Віктор
Halyna/Galina/Галина Dmytro/Dmitri/Дмитро Julija/Yulia/Юлія Bohdan/Bogdan/Богдан Ljudmyla/Lyudmila/Людмила
Ayşe/Ayse/ Mehmet/Mehmed/ Emine/Emina/ Hüseyin/Huseyin/ Zeynep/Zeyneb/ Mustafa/Moustafa/ Gülşen/Gulsen/
Çiğdem/Cigdem/ Özgür/Oezguer/ Şükran/Sukran/ Berfin/Berfîn/ Rojda/Rozhda/ Azad/Asad/ Dilan/Dîlan/
Tesfay/Tesfai/ተስፋይ Abrehet/Abrahet/ Mehari/Mehary/ Selam/Salam/ሰላም Yonas/Jonas/ዮናስ Hiwot/Hiwet/ Filmon/Philmon/
Mamadou/Mamadu/ Aissatou/Aisatu/ Ousmane/Usman/ Fatou/Fatu/ Chidi/Chiddi/ Ngozi/Ngosi/ Kwame/Kwami/ Abena/Abenaa/
Dragan/Dragán/Драган Milica/Militsa/Милица Besnik/Bessnik/ Shqipe/Schkipe/ Ion/Ioan/ Ileana/Iliana/ Stojan/Stoyan/Стоян
Linh/Lin/ Minh/Min/ Rajesh/Radschesch/ Priya/Prija/ Thanushan/Thanuschan/ Nirmala/Nirmalah/
"""
STEMS = {
    "al-{}/Al{}/ال{}": "Masri/Massri/مصري Hassan/Hasan/حسن Khatib/Chatib/خطيب Haddad/Hadad/حداد Najjar/Nadjar/نجار "
    "Sayed/Sayyid/سيد Halabi/Halaby/حلبي Shami/Schami/شامي Jasim/Jassem/جاسم Omari/Umari/عمري Saleh/Salih/صالح "
    "Hamwi/Hamoui/حموي Rashid/Raschid/راشد Tamimi/Tamimy/تميمي Zoubi/Zubi/زعبي Baghdadi/Bagdadi/بغدادي",
    "{}zada/{}zadeh/{}زاده": "Karim/Kareem/کریم Rahim/Raheem/رحیم Hakim/Hakeem/حکیم Nur/Noor/نور Amir/Ameer/امیر "
    "Sultan/Soltan/سلطان Wali/Vali/ولی Sadiq/Sadegh/صادق Ghani/Gani/غنی Latif/Lateef/لطیف",
    "{}i/{}y/{}ی": "Ahmad/Ahmed/احمد Rezai/Rezaee/رضای Hussain/Hossein/حسین Akbar/Akber/اکبر Haidar/Heydar/حیدر "
    "Mohammad/Mohamad/محمد Qasim/Ghasem/قاسم Rasul/Rasool/رسول Yaqub/Jakub/یعقوب Sharif/Scharif/شریف",
    "{}enko/{}jenko/{}енко": "Schewtsch/Shevch/Шевч Bondar/Bondar/Бондар Kowal/Koval/Ковал Tkatsch/Tkach/Ткач "
    "Krawtsch/Kravch/Кравч Oliynyk/Olijnyk/Олійник Lys/Lis/Лис Moros/Moroz/Мороз Sawtsch/Savch/Савч Rud/Rudd/Руд",
    "{}tschuk/{}chuk/{}чук": "Polisch/Polish/Поліщ Kowal/Koval/Коваль Melny/Melni/Мельни Sawa/Sava/Сава "
    "Romany/Romani/Романи Iwan/Ivan/Іван Pawl/Pavl/Павл Hnat/Gnat/Гнат Danyl/Danil/Данил Mark/Marc/Марк",
    "{}oğlu/{}oglu/": "Demirci/Demirdji/ Hacı/Haci/ Kara/Karra/ Çelik/Celik/ Yılmaz/Yilmaz/ Öztürk/Oeztuerk/ Aydın/Aydin/ "
    "Koç/Koc/ Şahin/Sahin/ Doğan/Dogan/",
    "{}türk/{}tuerk/": "Öz/Oez/ Ak/Akk/ Er/Err/ Can/Djan/ Gök/Goek/ Bay/Bai/ Şen/Sen/ Uz/Uss/ Ay/Ai/ Tan/Tann/",
    "{}ić/{}ic/{}ић": "Petrov/Petrow/Петров Jovanov/Jowanow/Јованов Nikol/Nicol/Никол Markov/Markow/Марков "
    "Stojanov/Stoyanov/Стојанов Pavlov/Pawlow/Павлов Đord/Djord/Ђорђ Kovačev/Kovacev/Ковачев",
    "{}/{}/{}": "Tesfamariam/Tesfamaryam/ Ghebremedhin/Gebremedhin/ Haile/Hayle/ Woldu/Weldu/ Kidane/Kidana/ Berhane/Berhan/ "
    "Diallo/Dialo/ Camara/Kamara/ Touré/Toure/ Traoré/Traore/ Okafor/Okaphor/ Mensah/Mensa/ Nguyen/Nguyên/ Tran/Trần/ "
    "Berisha/Berischa/ Krasniqi/Krasniki/ Popescu/Popesku/ Ionescu/Jonescu/ Sharma/Scharma/ Sivakumar/Siwakumar/",
}
ENDINGS = ("", "-Aydin", "-Bakr", "-Demir", "-Fares", "-Kaya")


@dataclass(frozen=True)
class Part:
    """A given or a family name: two Latin spellings, own script, the keys of each."""

    main: str
    other: str
    native: str
    sort: str

    def keys(self, *, second: bool, native: bool) -> list[str]:
        """Search keys as "kind:value" for a person who has these spellings."""
        spellings = [self.main, *([self.other] if second else []), *([self.native] if native else [])]
        found: set[Key] = set()
        for spelling in filter(None, spellings):
            found |= keys_of(spelling)
        return sorted(f"{key.kind}:{key.value}" for key in found)


def given_names() -> list[Part]:
    """About eighty, the frequent ones first."""
    return [_part(*word.split("/")) for word in GIVEN.split()]


def family_names() -> list[Part]:
    """About six hundred: stems and endings combined, a few with a second name."""
    found = []
    for ending in ENDINGS:
        for pattern, stems in STEMS.items():
            for stem in stems.split():
                found.append(_family(pattern, stem, ending))
    return found


def _family(pattern: str, stem: str, ending: str) -> Part:
    forms = [
        frame.replace("{}", form) if form else ""
        for frame, form in zip(pattern.split("/"), stem.split("/"), strict=True)
    ]
    native = "" if ending else forms[2]
    return _part(f"{forms[0]}{ending}", f"{forms[1]}{ending.replace('-', ' ')}", native)


def _part(main: str, other: str, native: str) -> Part:
    return Part(main, other, native, latin.sort_key(main, ""))
