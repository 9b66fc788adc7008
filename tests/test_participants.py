"""Who takes part, and who is only talked about: the roles that words give to countries."""

from __future__ import annotations

import pytest

from extract.annotate import annotate
from extract.clauses import find_triggers
from extract.models import Article
from extract.officials import find_officials
from extract.participants import ROLE_STRENGTH, find_participants
from extract.people import resolve_people


def read(text: str) -> list[tuple[str, str]]:
    """Code and role of every country of a text, in order."""
    doc = annotate(Article("case", text))
    people = resolve_people(doc, find_officials(doc))
    found = find_participants(doc, people, 0, len(doc.text), find_triggers(doc))
    return [(p.code, p.role) for p in found]


def strong(text: str) -> set[str]:
    """The parties that a text proves."""
    return {code for code, role in read(text) if ROLE_STRENGTH[role] >= 2}


CASES = [
    # Between, with, and pairs.
    ("between", "عقدت مباحثات بين مصر والأردن", "EGY JOR"),
    ("between_topic", "عقدت مباحثات بين مصر وإثيوبيا حول الوضع في السودان", "EGY ETH"),
    ("between_sides", "جرت محادثات بين الجانبين الكويتي والهندي", "KWT IND"),
    ("between_ministries", "الجولة الخامسة من المشاورات بين وزارتي الخارجية في الكويت والصين", "KWT CHN"),
    ("between_capitals", "مباحثات بين الرياض وباريس بشأن لبنان", "SAU FRA"),
    ("between_three", "اجتماع بين مصر والأردن والعراق في بغداد", "EGY JOR IRQ"),
    ("with", "التقت الكويت مع باكستان في اجتماع أمس", "KWT PAK"),
    ("signs_with", "وقعت تونس اتفاقية مع إيطاليا", "TUN ITA"),
    ("day_ends_the_list", "وقع اتفاق بين مصر والأردن الشهر الماضي سيجعل كينيا أكثر أمنا", "EGY JOR"),
    ("officials_from", "استضافت كينيا مسؤولين من تونس وكولومبيا", "KEN TUN COL"),
    (
        "held_in_a_relative_clause",
        "أسفرت المحادثات المهمة التي أجراها الرئيس الفرنسي إيمانويل ماكرون مع الرئيس الكيني وليام روتو عن اتفاق",
        "FRA KEN",
    ),
    ("brought_together", "اللقاء الذي جمعه بالرئيس التونسي قيس سعيد في الأردن", "TUN"),
    ("between_them", "أخفقت روسيا وإسبانيا في محادثات جرت بينهما أمس", "RUS ESP"),
    ("between_them_in_one_word", "اتفقت الكوريتان على عقد قمة بينهما", "KOR PRK"),
    ("list_beside_tensions", "قمة تجمع قادة مصر والأردن وسط التوترات المتزايدة بين الصين واليابان", "EGY JOR"),
    ("pair", "انعقاد اللجنة المشتركة الكويتية الهندية", "KWT IND"),
    ("pair_dash", "مشاورات كويتية - صينية", "KWT CHN"),
    ("pair_tatweel_dash", "قمة روسية ـ باكستانية", "RUS PAK"),
    ("pair_feminine", "المباحثات المصرية السودانية", "EGY SDN"),
    # Officials and their nouns.
    ("officials", "استقبل وزير الخارجية المصري سامح فوزي نظيره السوداني علي يوسف", "EGY SDN"),
    ("sides", "ترأس الوفد الكويتي السفير سميح العلي بينما قاد الجانب الصيني السفير لي مينغ", "KWT CHN"),
    ("host_no_party", "التقى السفير الكويتي لدى فرنسا محمد الجديع وزير الصحة الإيطالي ماريو روسي", "KWT ITA"),
    ("spokesman_no_party", "قال المتحدث باسم الحكومة الأردنية محمد المومني إن مصر وقعت مع العراق اتفاقية", "EGY IRQ"),
    ("told_of", "استقبل الوزير المصري سامح فوزي السفير الهندي لبحث تصريحات الرئيس التركي رجب طيب أردوغان", "EGY IND"),
    ("own_words", "بعث خادم الحرمين الشريفين برقية إلى الرئيس الهندي رام كوفيند", "SAU IND"),
    ("offices_of_countries", "استقبل أمير قطر رئيس تونس", "QAT TUN"),
    ("offices_with_preposition", "بعث أمير الكويت برقية إلى ملك المغرب", "KWT MAR"),
    ("two_offices_names_behind", "عقد وزيرا خارجية مصر وقبرص، سامح فوزي وكونستانتينوس كومبوس، جلسة مباحثات", "EGY CYP"),
    ("ministries", "وقعت وزارة الطاقة السعودية ووزارة الطاقة الهندية مذكرة تفاهم", "SAU IND"),
    ("forces", "اختتمت القوات البحرية المصرية والفرنسية تدريبا بحريا مشتركا", "EGY FRA"),
    ("light_verb", "عقدت مصر والأردن اجتماعا", "EGY JOR"),
    ("light_verb_channel", "عقدت الكويت والهند اجتماع اللجنة المشتركة في نيودلهي", "KWT IND"),
    ("pluperfect", "وكانت مصر والأردن قد وقعتا اتفاقية في عام 2019", "EGY JOR"),
    ("gives_to", "قدمت دولة الكويت قرضا إلى المملكة الأردنية الهاشمية", "KWT JOR"),
    ("government", "وقعت الحكومة المغربية اتفاقية مع الحكومة الإسبانية", "MAR ESP"),
    ("bodies_in", "اتفاقية بين وزارة الداخلية في السعودية ووزارة الداخلية في ألمانيا", "SAU DEU"),
    ("counterparts_in", "عقد وزير الخارجية الأمريكي جون كيري اجتماعا مع نظرائه في دول الخليج", "USA GCC"),
    ("delegation_accusative", "استقبل الرئيس السوري بشار الأسد وفدا برلمانيا تونسيا", "SYR TUN"),
    ("two_koreas", "عقد لقاء بين جمهورية كوريا الشعبية الديمقراطية والولايات المتحدة", "PRK USA"),
    # Visits.
    ("landing", "حط الرئيس الفرنسي إيمانويل ماكرون رحاله في بيروت أمس", "FRA LBN"),
    ("destination_to", "زيارة الرئيس التونسي قيس سعيد إلى الصين", "TUN CHN"),
    ("destination_object", "زار الرئيس التونسي قيس سعيد الصين", "TUN CHN"),
    ("destination_behind_title", "زار الرئيس التونسي الصين", "TUN CHN"),
    ("destination_future", "يزور الرئيس الصيني الكويت العام المقبل", "CHN KWT"),
    ("destination_city_of", "وصل الرئيس الأمريكي، جو بايدن، إلى مدينة جدة السعودية", "USA SAU"),
    ("destination_capital", "وصل وزير الدفاع الباكستاني خواجة آصف إلى العاصمة الصينية بكين", "PAK CHN"),
    ("destination_lam", "خلال زيارة وزير الخارجية الإيراني حسين أمير للعراق", "IRN IRQ"),
    ("destination_moscow", "توجه الرئيس السوري إلى موسكو", "SYR RUS"),
    # Organisations and blocs.
    ("organisation", "وقعت الكويت اتفاقية مع برنامج الأمم المتحدة الإنمائي", "KWT UN"),
    ("organisation_between", "مباحثات بين مجلس التعاون الخليجي والصين", "GCC CHN"),
    ("bloc_summit", "القمة العربية الصينية الثانية", "ARAB_LEAGUE CHN"),
    ("bloc_forum", "منتدى التعاون الخليجي الياباني", "GCC JPN"),
    ("members", "القمة التي تضم اليابان والهند وأستراليا", "JPN IND AUS"),
    ("leaders", "اجتماع قادة مصر والأردن والعراق", "EGY JOR IRQ"),
    ("ministers_of", "اجتماع وزراء خارجية السعودية والإمارات والبحرين ومصر", "SAU ARE BHR EGY"),
]


@pytest.mark.parametrize(("text", "parties"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_parties(text: str, parties: str) -> None:
    assert strong(text) == set(parties.split())


TOPICS = [
    ("relation", "استقبل الوزير المصري السفير الياباني وبحثا العلاقات القائمة بين فرنسا وألمانيا", "FRA"),
    ("crowd", "بحث الوزيران أوضاع اللاجئين السوريين", "SYR"),
    ("that", "أكدت الزيارة أن الأردن يقف مع أشقائه", "JOR"),
    ("imposed", "وقع الوزيران المصري والأردني اتفاقا لمواجهة الرسوم التي فرضها الرئيس الفرنسي إيمانويل ماكرون", "FRA"),
    ("disputed_with", "عقد الوزيران المصري والأردني مباحثات بعد الاتفاق النووي المثير للجدل مع إيران", "IRN"),
    ("talks_of_a_city", "دعا الوزيران المصري والأردني إلى إحياء المفاوضات بين الأطراف عقب فشل مشاورات الكويت", "KWT"),
    ("decided", "اجتمع الوزيران المصري والأردني بعد قرار الرئيس الفرنسي إيمانويل ماكرون", "FRA"),
    ("them_are_others", "تدعم روسيا وإسبانيا الوزيرين أيمن الصفدي وبدر البوسعيدي بعد لقاء بينهما", "ESP"),
    ("welcome", "رحبت الكويت بالاتفاق بين إيران وفرنسا", "KWT"),
    ("in", "بحث الوزيران الوضع في اليمن", "YEM"),
    ("about", "تبادلا الآراء حول سوريا", "SYR"),
    ("crisis", "ناقشا الأزمة الليبية", "LBY"),
    ("question", "موقف الصين تجاه القضية الفلسطينية", "PSE"),
    ("war", "الحرب على غزة", "PSE"),
    ("support_of", "أكدا دعم لبنان", "LBN"),
    ("from", "استيراد القمح من أوكرانيا", "UKR"),
    ("against", "العقوبات ضد إيران", "IRN"),
    ("in_three", "الوضع في اليمن وسوريا وليبيا", "LBY"),
]


@pytest.mark.parametrize(("text", "code"), [c[1:] for c in TOPICS], ids=[c[0] for c in TOPICS])
def test_what_is_talked_about_is_no_party(text: str, code: str) -> None:
    assert code in {c for c, _ in read(text)}
    assert code not in strong(text)


SUBJECTS = [
    ("delegate_to", "شارك من جانب الأردن مندوبها الدائم لدى الأمم المتحدة محمود الحمود", "UN", "mention"),
    ("gathering_of", "شارك الوزير الأردني في اجتماع طارئ لجامعة الدول العربية", "ARAB_LEAGUE", "member"),
    ("gathering_elsewhere", "شارك الوزير الأردني في اجتماع عن الأمم المتحدة", "UN", "topic"),
    ("those_who_meet_are_the_body", "أكد وزراء الخارجية العرب خلال اجتماع طارئ دعمهم", "ARAB_LEAGUE", "member"),
    ("about_those_who_meet", "قال الوزير عن القادة العرب خلال اجتماع طارئ", "ARAB_LEAGUE", "topic"),
    ("refused", "اجتمع وزير الخارجية الأردني أيمن الصفدي وأكد رفض القرار الكيني", "KEN", "topic"),
    ("purpose", "اجتمع وزير الخارجية الأردني أيمن الصفدي لبحث الهجمات الإسرائيلية", "ISR", "topic"),
    ("condemned", "افتتح الرئيس المصري قمة للتنديد بالاعتداءات الإسرائيلية على غزة", "PSE", "topic"),
    ("crisis_nisba", "اجتماع بشأن التصعيد العسكري الإيراني", "IRN", "topic"),
    ("capital", "اجتمع وزير الخارجية الأردني أيمن الصفدي في العاصمة الإيرانية", "IRN", "mention"),
    ("with_in_purpose", "وصل الوزير الأردني أيمن الصفدي لبحث التعاون مع الجانب الإيراني", "IRN", "noun"),
]


@pytest.mark.parametrize(("text", "code", "role"), [c[1:] for c in SUBJECTS], ids=[c[0] for c in SUBJECTS])
def test_subjects_are_told_from_scenes(text: str, code: str, role: str) -> None:
    assert (code, role) in read(text)


def test_participants_stand_in_order() -> None:
    doc = annotate(Article("case", "بحثت مصر مع الأردن والعراق وفرنسا الوضع في سوريا"))
    found = find_participants(doc, (), 0, len(doc.text), find_triggers(doc))
    assert [p.start for p in found] == sorted(p.start for p in found)
    assert all(doc.text[p.start : p.end].strip() for p in found)


def test_only_the_given_stretch_is_read() -> None:
    doc = annotate(Article("case", "التقت مصر الأردن. وقعت تونس مع إيطاليا اتفاقية."))
    cut = doc.text.index(".")
    assert {p.code for p in find_participants(doc, (), 0, cut, find_triggers(doc))} == {"EGY", "JOR"}
