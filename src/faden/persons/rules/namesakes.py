"""Names whose vowels are known, and names that are one name in several languages.

Our own collection of common given names; no statistics and no foreign list stand behind it.
"""

# Arabic script leaves the short vowels out, so محمد alone would be as near to Mahmud as to
# Mohammed. For the most frequent names everybody knows the vowels.
VOWELLED = """
محمد mohamed
محمود mahmud
احمد ahmed
حامد hamed
حميد hamid
حمد hamad
حسن hasan
حسين husein
محسن mohsen
علي ali
علاء alaa
عمر omar
عمار ammar
عامر amer
عمرو amr
عثمان osman
خالد khaled
خليل khalil
وليد walid
يوسف yusuf
ابراهيم ibrahim
اسماعيل ismail
عبدالله abdullah
عبدالرحمن abdulrahman
مصطفي mustafa
كريم karim
كريمه karima
سعيد said
سعد saad
سعاد suad
سيد sayed
سليم salim
سالم salem
سلمان salman
سليمان suleiman
صالح saleh
صلاح salah
صباح sabah
رشيد rashid
راشد rashed
طارق tarek
زياد ziad
زيد zaid
نور nur
داود daud
داوود daud
نورا nura
مريم maryam
مرام maram
فاطمه fatima
عايشه aisha
خديجه khadija
زينب zeinab
زهراء zahra
زهرا zahra
امنه amina
امينه amina
امير amir
اميره amira
امين amin
جميل jamil
جميله jamila
جمال jamal
كمال kamal
كامل kamel
رضا reza
مهدي mahdi
هادي hadi
جواد jawad
عباس abbas
حيدر haidar
قاسم qasem
ياسر yaser
ياسين yasin
ياسمين yasmin
ليلي leila
سميره samira
سمير samir
سمر samar
سامر samer
ساره sara
منال manal
مني mona
امل amal
امال amal
ايمن ayman
ايمان iman
هدي huda
هناء hana
بشار bashar
بشير bashir
نادر nader
ندي nada
نبيل nabil
فريد farid
فهد fahd
فادي fadi
رامي rami
ريم rim
رنا rana
رانيا rania
لينا lina
لين lin
غلام ghulam
"""

# One line, one name. Speakers see them as the same; papers of one person often mix them
# (Ukrainian and Russian passports, Turkish and Arabic ones). The first stands for all.
ONE_NAME = """
igor ihor
oleg oleh
olga olha
bogdan bohdan
galina halyna halina
grigorij hryhorij grigori hryhorii grigory
sergej serhij sergei sergey serhii serhiy
evgenij evgenii evgeny evgeni evgen yevgenij yevgeny yevgeni yevgen yevhen jewhen jewgenij jewgeni eugen
nikolaj mykola nikolai nikolay
nikita mykyta
dmitrij dmytro dmitri dmitry dimitri
elena olena jelena yelena
ekaterina kateryna katerina jekaterina yekaterina
georg giorgi georgij heorhij georgios giorgos
vladimir volodymyr wladimir wolodymyr volodimir
aleksej oleksij alexei alexej oleksii aleksei
pjotr petro pyotr petr
michael mikael mikail michail mykhailo mikhail mykhaylo mikhailo
josef yusuf youcef jusuf yousef youssef yosef joseph
jakob yakub yakup yaqub yaqoub jakub yaakov yakov
david davud dawud daoud daud davut davit dawood
reza rida ridha riza
ramadan ramazan ramadhan ramzan
khadija hatice hadice khadidja chadidscha khadijeh
aischa ayse aisha aicha aysche aysha
gamal jamal cemal dschamal djamal
abraham ibrahim ebrahim
abdullah abdallah abdulla abdalla abdoullah
johannes yohannes yohanes
ayub eyup ayoub ayyub ejup
alexander aleksandr oleksandr aleksander alexandr olexandr
meier meyer maier mayer mayr meir
schmidt schmitt schmid schmied
"""
