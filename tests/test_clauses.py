"""Where a report of another engagement begins within a sentence, and which words report none."""

from __future__ import annotations

import pytest

from extract.annotate import annotate
from extract.clauses import cut_frames, find_triggers, is_discarded, is_owned, split_clauses
from extract.models import Article
from extract.officials import find_officials
from extract.participants import find_participants
from extract.people import resolve_people


def frames(text: str) -> list[tuple[str, str]]:
    """The first event word of each frame of a one-sentence text, and the parties that the frame proves."""
    doc = annotate(Article("case", text))
    people = resolve_people(doc, find_officials(doc))
    (sentence,) = doc.sentences
    triggers = find_triggers(doc)
    found = []
    for clause in split_clauses(doc, sentence, triggers):
        inside = [t for t in triggers if clause[0] <= t.start < clause[1] and not is_discarded(doc, t)]
        for frame in cut_frames(doc, clause, inside, find_participants(doc, people, *clause, inside)):
            first = frame.triggers[0]
            codes = dict.fromkeys(p.code for p in frame.participants if p.is_strong)
            found.append((doc.text[first.start : first.end], " ".join(sorted(codes))))
    return found


FRAMES = [
    (
        "one_engagement",
        "استقبل الرئيس المصري عبد الفتاح السيسي وزير الخارجية العماني بدر البوسعيدي وبحثا العلاقات بين مصر وعمان",
        [("استقبل", "EGY OMN")],
    ),
    (
        "a_gathering_to_come",
        "استقبل الرئيس السوري بشار الأسد وزير الخارجية الإيراني جواد ظريف لبحث القمة الثلاثية التي تضم إيران وروسيا وتركيا",
        [("استقبل", "IRN SYR"), ("بحث", "IRN RUS TUR")],
    ),
    (
        "another_meeting_after_it",
        "التقى وزير الخارجية القطري خالد العطية نظيره المصري سامح فوزي قبل أن يعقد لقاء مع وزير الخارجية التركي هاكان فيدان "
        "ووزير الخارجية العراقي فؤاد حسين",
        [("التقي", "EGY QAT"), ("لقاء", "IRQ TUR")],
    ),
    (
        "visits_both_ways",
        "قال وزير الخارجية السوداني علي يوسف خلال زيارة للقاهرة إن الرئيس المصري عبد الفتاح السيسي سيزور الخرطوم",
        [("زياره", "EGY SDN"), ("سيزور", "EGY SDN")],
    ),
    (
        "a_call_beside_a_visit",
        "يزور الرئيس الفرنسي إيمانويل ماكرون الجزائر، كما تحدث ماكرون هاتفيا مع الرئيس الجزائري عبد المجيد تبون",
        [("يزور", "DZA FRA"), ("هاتفيا", "DZA FRA")],
    ),
    (
        "what_is_said_names_no_party",
        "بحث وزير الخارجية العماني بدر البوسعيدي مع نظيره القطري محمد بن عبد الرحمن التعاون، وأكد دعم الحكومة اليمنية",
        [("بحث", "OMN QAT")],
    ),
    (
        "what_one_says_after_talks_names_no_party",
        "قال وزير الخارجية العماني بدر البوسعيدي بعد مباحثات مع نظيره القطري محمد بن عبد الرحمن إن الحكومة اليمنية بحثت الهدنة",
        [("مباحثات", "OMN QAT"), ("بحثت", "YEM")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in FRAMES], ids=[c[0] for c in FRAMES])
def test_frames(text: str, wanted: list[tuple[str, str]]) -> None:
    assert frames(text) == wanted


DISCARDED = [
    ("remains_arrived", "وصلت إلى مطار كراكاس أمس رفات عشرين بحارا من كولومبيا", "وصلت"),
    ("no_longer_paid", "اضطرت المنظمة للتوقف عن دفع مساعدات مالية للنازحين", "مساعدات ماليه"),
    ("suspended", "أعلن الوزير تعليق محادثات السلام", "محادثات"),
    ("occurred_on_the_road", "قدم السفير تعازيه في ضحايا الحادث الذي وقع على الطريق", "وقع علي"),
    ("teams_meet", "يلتقي المنتخب الكيني نظيره الكولومبي الثلاثاء", "يلتقي"),
    ("to_give_him", "اختير الرئيس الكيني لمنحه جائزة السلام", "منحه"),
    ("call_with_a_programme", "قال السفير في اتصال هاتفي مع أحد البرامج التلفزيونية", "اتصال هاتفي"),
    ("what_occurred_was_not_signed", "استنكرت السفارة التفجير الذي وقع صباح أمس", "وقع"),
    ("which_it_granted", "رفضت فنزويلا المهلة التي منحتها إياها كولومبيا", "منحتها"),
    ("on_a_programme", "قال السفير في لقاء ببرنامج صباحي", "لقاء"),
    ("of_the_cabinet", "قال الرئيس في بداية الاجتماع الأسبوعي لحكومته", "اجتماع"),
    ("interview_that_one_gave", "قال الوزير العماني في مقابلة أجرتها معه القناة", "مقابله"),
    ("denied", "لم يلتق الرئيس المصري نظيره التركي", "يلتق"),
    ("perhaps_before_the_present", "قد يزور الرئيس التركي قطر", "يزور"),
    ("possibility", "يمكن أن تبحث المنظمة التعاون مع قطر", "تبحث"),
    ("interview_by_telephone", 'قال الوزير اليمني في اتصال هاتفي مع "الخليج" إن قطر ستساعد', "اتصال هاتفي"),
    ("on_the_margins", "التقى الوزيران على هامش قمة الرياض", "قمه"),
    (
        "anniversary",
        "تحتفل الكويت والصين بالذكرى الخمسين لإقامة العلاقات الدبلوماسية بينهما",
        "اقامه العلاقات الدبلوماسيه",
    ),
    ("pledge_without_a_sum", "تعهدت قطر بدعم الحوار مع تركيا", "تعهدت"),
    ("what_occurred_is_not_signed", "وقع انفجار في العاصمة السورية", "وقع"),
    ("here_is_no_congratulation", "وهنا الرئيس المصري يعلن موقف بلاده من قطر", "هنا"),
    ("agreed_to_meet", "توصل الكويت والعراق إلى اتفاق لعقد قمة في بغداد", "اتفاق"),
    ("interview_with_a_station", "قال الوزير الأردني في مقابلة مع فوكس نيوز إن قطر مستعدة", "مقابله"),
    ("may_be", "وقد تكون زيارة الرئيس التركي إلى قطر فرصة", "زياره"),
    ("renewable", "وقعت قطر عقدا لمدة موسم قابل للتجديد", "قابل"),
    ("in_search_of", "فروا إلى الحدود بحثا عن غطاء", "بحثا"),
    ("gave_thanks", "توجه بالشكر إلى أمير الكويت", "توجه"),
    ("took_office", "منذ تسلم مهامه في قطر", "تسلم"),
    ("a_figure_reaches", "تعهدت بريطانيا بما يصل إلى مليار دولار", "يصل"),
]
KEPT = [
    ("past_perfect", "وكان الرئيس التركي قد زار قطر", "زار"),
    ("pledge_with_a_sum", "تعهدت قطر بتقديم 500 مليون دولار للعراق", "تعهدت"),
    ("signed_a_paper", "وقع الوزيران مذكرة تفاهم", "وقع"),
    ("met", "قابل لافروف نظيره المصري", "قابل"),
    ("the_two_discussed", "بحثا العلاقات بين البلدين", "بحثا"),
    ("congratulated", "هنأ الرئيس المصري نظيره التونسي", "هنا"),
    ("hosting_is_a_noun", "تشرفت قطر باستضافة الرئيس الصيني", "استضافه"),
    ("agreed_on_a_paper", "توصل الكويت والعراق إلى اتفاق على الصيد", "اتفاق"),
    ("a_paper_that_was_signed", "انتقد الاتفاق التجاري الشامل الذي وقع أمس", "وقع"),
    ("cut_short_was_held", "قطع زيارته إلى كينيا وعاد إلى بلاده", "زيارته"),
    ("arrived_to_lead", "وصل لقيادة المفاوضات مع كينيا", "وصل"),
    ("talks_that_one_held", "جاء ذلك بعد محادثات أجراها الوزير العماني مع نظيره القطري", "محادثات"),
    ("call_with_a_minister", "في اتصال هاتفي مع وزير الخارجية القطري", "اتصال هاتفي"),
]


@pytest.mark.parametrize(("text", "word"), [c[1:] for c in DISCARDED], ids=[c[0] for c in DISCARDED])
def test_words_that_report_nothing(text: str, word: str) -> None:
    doc = annotate(Article("case", text))
    kept = [t for t in find_triggers(doc) if doc.text[t.start : t.end] == word and not is_discarded(doc, t)]
    assert kept == []


@pytest.mark.parametrize(("text", "word"), [c[1:] for c in KEPT], ids=[c[0] for c in KEPT])
def test_words_that_report_something(text: str, word: str) -> None:
    doc = annotate(Article("case", text))
    assert [t for t in find_triggers(doc) if doc.text[t.start : t.end] == word and not is_discarded(doc, t)]


@pytest.mark.parametrize(
    ("text", "owned"),
    [("خلال زيارته إلى تونس", True), ("خلال زيارة الوزير إلى تونس", False), ("بعد لقائهما في تونس", False)],
    ids=["his", "of_someone", "of_both"],
)
def test_owned(text: str, owned: bool) -> None:
    doc = annotate(Article("case", text))
    assert is_owned(doc, find_triggers(doc)[0]) is owned
