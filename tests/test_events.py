"""The words that report engagements: all types, what lies ahead, what was called off or denied, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from extract.annotate import annotate
from extract.event_types import NEXT_ROUND
from extract.events import SUBJECT_ROLES, EventMention, find_events
from extract.models import STATUSES, TYPES, Article
from extract.officials import find_officials
from extract.people import resolve_people
from tests.arabic import random_texts


def events(text: str) -> list[EventMention]:
    doc = annotate(Article("case", text))
    return list(find_events(doc, resolve_people(doc, find_officials(doc))))


def read(text: str) -> list[tuple[str, str]]:
    """Type and status of each event of a text."""
    return [(event.type, event.status) for event in events(text)]


TYPED = [
    ("meeting_verb", "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي", "meeting"),
    ("meeting_receives", "استقبل الرئيس التونسي السفير الياباني", "meeting"),
    ("meeting_noun", "عقد وزير النفط العراقي اجتماعا مع نظيره السعودي", "meeting"),
    ("meeting_talks", "أجرى رئيس الوزراء القطري محادثات مع نظيره العراقي", "meeting"),
    ("meeting_feminine", "التقت وزيرة الصحة المصرية نظيرتها الأردنية", "meeting"),
    ("meeting_dual", "وناقش الوزيران سبل التعاون بين البلدين", "meeting"),
    ("call_verb", "هاتف ملك الأردن الرئيس المصري", "call"),
    ("call_noun", "أجرى وزير الخارجية القطري اتصالا هاتفيا بنظيره الإيراني", "call"),
    ("call_received", "تلقى وزير الخارجية السعودي اتصالا هاتفيا من نظيره الأمريكي", "call"),
    ("call_by_video", "بحث الوزيران عبر تقنية الاتصال المرئي العلاقات بين البلدين", "call"),
    ("call_wins_over_talks", "بحث وزير الخارجية المصري هاتفيا مع نظيره القبرصي التعاون", "call"),
    ("visit_verb", "زار رئيس الوزراء الباكستاني السعودية", "visit"),
    ("visit_noun", "قام وزير الخارجية الروسي بزيارة إلى باكستان", "visit"),
    ("visit_arrives", "وصل الرئيس التركي إلى الدوحة", "visit"),
    ("visit_with_meetings", "خلال زيارته إلى الصين التقى وزير الخارجية المغربي نظيره الصيني", "visit"),
    ("reception_of_visitor", "استقبل أمير الكويت رئيس وزراء العراق الذي يزور البلاد حاليا", "meeting"),
    ("consultations", "عقدت الكويت وفرنسا الجولة الرابعة من المشاورات السياسية", "consultations"),
    ("strategic_dialogue", "انطلق الحوار الاستراتيجي بين مصر والولايات المتحدة", "consultations"),
    ("joint_committee", "اختتمت اللجنة المشتركة القطرية التركية أعمالها", "joint_committee"),
    ("committee_by_two_nisbas", "اجتمعت اللجنة العمانية الهندية أمس", "joint_committee"),
    ("channel_wins", "التقى الوزيران خلال اجتماع اللجنة العليا المشتركة بين مصر والأردن", "joint_committee"),
    ("summit", "انطلقت القمة العربية الصينية في الرياض", "summit"),
    ("summit_of_blocs", "انطلقت القمة الخليجية الصينية في الرياض أمس", "summit"),
    ("summit_three", "عقد قادة إيران وروسيا وتركيا قمة ثلاثية في طهران", "summit"),
    ("summit_of_two", "عقد الرئيسان الروسي والأمريكي قمة في جنيف", "meeting"),
    ("agreement_verb", "وقعت السعودية وفرنسا اتفاقية في مجال الثقافة", "agreement"),
    ("agreement_noun", "جرى توقيع مذكرة تفاهم بين قطر وتونس", "agreement"),
    ("agreement_concluded", "أبرمت مصر وقبرص اتفاقا لتصدير الغاز", "agreement"),
    ("message_cable", "بعث أمير الكويت ببرقية تهنئة إلى ملك المغرب", "message"),
    ("message_letter", "تسلم ملك البحرين رسالة خطية من الرئيس المصري", "message"),
    ("message_invitation", "وجه الرئيس الجزائري دعوة إلى نظيره الموريتاني", "message"),
    ("credentials", "قدم السفير الإسباني أوراق اعتماده إلى رئيس جمهورية مصر العربية", "credentials"),
    ("end_of_mission", "ودع وزير الخارجية العماني السفير الهندي بمناسبة انتهاء مهام عمله", "credentials"),
    ("aid_noun", "أرسلت الإمارات مساعدات إنسانية إلى السودان", "aid"),
    ("aid_grant", "قدمت اليابان منحة بقيمة مليوني دولار إلى الأردن", "aid"),
    ("cooperation_exercise", "انطلق تمرين مشترك بين القوات المصرية والقوات السودانية", "cooperation"),
    ("cooperation_delivery", "تسلمت تونس من الصين شحنة لقاحات", "cooperation"),
]


@pytest.mark.parametrize(("text", "kind"), [c[1:] for c in TYPED], ids=[c[0] for c in TYPED])
def test_type(text: str, kind: str) -> None:
    assert kind in [found for found, _ in read(text)]
    contact = {"meeting", "visit", "summit", "consultations", "joint_committee"}
    if kind in contact | {"call"}:
        assert {found for found, _ in read(text)} & (contact | {"call"}) == {kind}


def test_every_type_has_a_case() -> None:
    assert {kind for _, _, kind in TYPED} == set(TYPES)


STATUS = [
    ("future_verb", "سيلتقي وزير الخارجية المصري نظيره التركي في أنقرة", "planned"),
    ("future_visit", "سيزور الرئيس الصيني السعودية الشهر المقبل", "planned"),
    ("scheduled_that", "من المقرر أن يلتقي الرئيس الفرنسي نظيره اللبناني غدا", "planned"),
    ("expected_that", "من المتوقع أن يزور رئيس الوزراء الهندي الكويت", "planned"),
    ("intends", "يعتزم وزير الخارجية الإيراني زيارة العراق", "planned"),
    ("noun_scheduled", "اللقاء المرتقب بين الرئيسين الروسي والتركي", "planned"),
    ("will_be_held", "ستعقد اللجنة المشتركة المغربية الإسبانية اجتماعها في الرباط", "planned"),
    ("will_host", "تستضيف مصر القمة العربية الأفريقية المقبلة", "planned"),
    ("expected", "والمنتظر أن يتم التوقيع بين مصر وروسيا على عدد من الاتفاقيات الثنائية", "planned"),
    ("looked_forward_to", "أعربا عن تطلعهما لعقد اجتماع اللجنة المصرية الروسية المشتركة", "planned"),
    (
        "verb_behind_both",
        "القمة بين الرئيس الكوري والرئيس الفنزويلي نيكولاس مادورو ستعقد على الأرجح في بنما",
        "planned",
    ),
    ("to_hold", "من المقرر عقد لقاء بين الرئيسين الروسي والتركي", "planned"),
    ("will_take_part", "قال الناطق إن الرئيسين التركي والروسي سيشاركان في القمة", "planned"),
    ("held", "التقى وزير الخارجية المصري نظيره التركي في أنقرة", "held"),
    ("held_talks", "اختتمت في عمان المباحثات الأردنية العراقية", "held"),
    ("this_call", "هذا الاتصال الهاتفي بين الوزيرين سيتبعه تعاون بين مصر واليونان", "held"),
    ("cancelled", "ألغى وزير الخارجية التركي زيارته إلى السويد", "cancelled"),
    ("cancelling", "أعلنت الخارجية الفرنسية إلغاء زيارة الوزير إلى الجزائر", "cancelled"),
    ("cancelled_subject_between", "ألغى رئيس الوزراء الياباني زيارته المقررة إلى الهند", "cancelled"),
    ("postponed_verb", "أرجأ رئيس الوزراء الياباني زيارة كانت مقررة إلى الهند", "cancelled"),
    (
        "future_in_the_next_sentence",
        "عقدت اللجنة المشتركة المغربية الإسبانية اجتماعها. ويعقد الاجتماع المقبل في الرباط.",
        "held",
    ),
    ("called_off_behind", "زيارة الرئيس الجزائري إلى فرنسا ألغيت لأسباب داخلية", "cancelled"),
    ("called_off_besides", "زيارة الرئيس الجزائري إلى فرنسا التي ألغيت قبلها رحلات جوية", "held"),
    ("days_before", "وذلك قبل أيام من زيارة الرئيس الجزائري إلى فرنسا", "planned"),
    ("postponed", "تأجيل زيارة الرئيس الجزائري إلى فرنسا", "cancelled"),
    ("postpones", "رئيس الوزراء الياباني يؤجل زيارته إلى الهند", "cancelled"),
    ("threatened", "هددت فنزويلا بإلغاء القمة المقررة مع كولومبيا", "planned"),
    ("had_called_off", "وكان رئيس الوزراء الياباني قد ألغى زيارته إلى الهند", "cancelled"),
    ("may_be_called_off", "قد تلغي فنزويلا لقاء الرئيسين", "planned"),
    ("what_was_revoked_was_concluded", "انتقد الوزير الفرنسي قرار إلغاء الاتفاقية الموقعة بين إيران وفرنسا", "held"),
]


@pytest.mark.parametrize(("text", "status"), [c[1:] for c in STATUS], ids=[c[0] for c in STATUS])
def test_status(text: str, status: str) -> None:
    found = read(text)
    assert found
    assert found[0][1] == status


def test_what_is_promised_on_a_visit_leaves_the_visit_held() -> None:
    assert ("visit", "held") in read("أكد الوزير خلال زيارته إلى تونس أن البلدين سيوقعان اتفاقيات")


NEXT = [
    ("next_round", "اتفقا على عقد الجولة المقبلة في الكويت"),
    ("next_session", "تعقد الدورة القادمة في مسقط"),
    ("next_meeting", "على أن يعقد الاجتماع المقبل في الرباط"),
]


@pytest.mark.parametrize("text", [c[1] for c in NEXT], ids=[c[0] for c in NEXT])
def test_a_further_round_lies_ahead(text: str) -> None:
    assert (NEXT_ROUND, "planned") in read(text)


NONE = [
    ("interview", "قال الوزير في مقابلة مع قناة الجزيرة إن بلاده مستعدة"),
    ("interview_press", "أكد الرئيس في لقاء صحفي أهمية السلام"),
    ("television", "تحدث وزير الخارجية في لقاء تلفزيوني"),
    ("denied", "لم يلتق الرئيس المصري نظيره التركي"),
    ("refused", "رفض وزير الخارجية الإيراني لقاء نظيره الأمريكي"),
    ("will_not", "لن يزور الرئيس التركي مصر هذا العام"),
    ("no_meeting", "نفى لقاء المسؤولين"),
    ("ready_to_meet", "أعلن الرئيس الكوبي استعداده للقاء الرئيس الكولومبي دون شروط"),
    ("ready_for_talks", "كوبا على استعداد لإجراء محادثات مع كولومبيا"),
    ("possible", "لم يستبعد احتمال عقد قمة بين الرئيسين التركي والأرميني"),
    ("aircraft", "هبطت الطائرة وكانت في طريقها إلى مدينة إزمير التركية"),
    ("cabinet", "ترأس رئيس الوزراء اجتماع مجلس الوزراء"),
    ("ministry_is_no_visit", "أعلنت وزارة الصحة الأردنية أمس تسجيل حالات"),
    ("match", "فاز المنتخب المصري في مباراة الذهاب على نظيره السنغالي"),
    ("future_of", "مستقبل العلاقات بين مصر والأردن"),
    ("expected", "من المتوقع ارتفاع الأسعار في مصر والأردن"),
    ("consulate", "اختفى الكاتب بعد زيارته إلى القنصلية التركية في روما"),
    ("consulate_object", "اختفى الكاتب بعد زيارته القنصلية التركية في روما"),
    ("located", "يقع الموقع في شمال البلاد"),
    ("empty", ""),
]


@pytest.mark.parametrize("text", [c[1] for c in NONE], ids=[c[0] for c in NONE])
def test_no_event(text: str) -> None:
    assert read(text) == []


def test_a_sentence_with_two_reports_is_two_events() -> None:
    text = "التقى وزير الخارجية المصري نظيره الأردني، كما وقع وزير الصحة المصري اتفاقية مع نظيره السوداني."
    assert read(text) == [("meeting", "held"), ("agreement", "held")]
    first, second = events(text)
    assert first.end <= second.start


def test_those_between_held_what_stands_right_before_them() -> None:
    text = "أعلن الوزير توقيع اتفاقية سلام قبل قمة بين كوريا الجنوبية والولايات المتحدة"
    parties = {event.type: set(event.parties) for event in events(text)}
    assert parties["agreement"] == set()
    assert {"KOR", "USA"} in parties.values()


def test_the_two_sides_refer_back() -> None:
    (event,) = events("واتفق الجانبان خلال اللقاء على مواصلة التعاون")
    assert event.refers_to_pair
    assert event.parties == ()


def test_a_call_that_puts_off_a_visit_is_two_events() -> None:
    text = "أبلغ وزير الخارجية الفرنسي نظيره التونسي في اتصال هاتفي بتأجيل زيارته إلى تونس"
    assert sorted(read(text)) == [("call", "held"), ("visit", "cancelled")]


def test_a_present_after_a_future_lies_ahead_but_not_who_is_here() -> None:
    assert ("visit", "planned") in read("سيلتقي الرئيس الكيني نظيره المصري قبل أن يزور الأردن")
    assert ("visit", "held") in read("سيوقع الوزير المصري اتفاقية مع نظيره الكيني الذي يزور القاهرة")


def test_stops_without_a_subject_are_of_the_traveller_named_before() -> None:
    text = "التقى الرئيس الكيني وليام روتو نظيره المصري في القاهرة، قبل أن يتوجه إلى السعودية والأردن والعراق."
    stops = {event.parties for event in events(text) if event.type == "visit"}
    assert stops == {("KEN", "SAU"), ("KEN", "JOR"), ("KEN", "IRQ")}


def test_a_visit_knows_where_it_goes() -> None:
    (event,) = events("قام وزير الخارجية الروسي سيرغي لافروف بزيارة عمل إلى باكستان")
    assert event.destination is not None
    assert event.destination.code == "PAK"


@settings(max_examples=1000, deadline=None)
@given(text=random_texts)
def test_any_text_gives_events_inside_their_sentences(text: str) -> None:
    doc = annotate(Article("case", text))
    people = resolve_people(doc, find_officials(doc))
    for event in find_events(doc, people):
        sentence = doc.sentences[event.sentence]
        assert sentence.start <= event.start < event.end <= sentence.end
        assert event.start <= event.trigger.start < event.end
        assert event.type in (*TYPES, NEXT_ROUND)
        assert event.status in STATUSES
        before = doc.sentences[max(event.sentence - 1, 0)].start
        for p in event.participants:
            assert before <= p.start < p.end <= sentence.end
            # Outside its frame stands only who is the subject of its verb: "then he visits", "during his meeting with".
            assert event.start <= p.start or p.role in SUBJECT_ROLES
