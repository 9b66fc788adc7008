"""Subjects: which sectors a sentence names, and whether the engagement is about them."""

from __future__ import annotations

import pytest

from extract.fold import fold
from extract.lexicon import Matcher, tables
from extract.sentences import split_sentences
from extract.subjects import Leaders, SectorMention, assign_sectors, find_continuations, find_sector_mentions

MATCHER = Matcher(["countries", "projects", "sectors", "subject_cues"])


def read(text: str) -> tuple[SectorMention, ...]:
    folded = fold(text).text
    return find_sector_mentions(folded, MATCHER.find(folded), split_sentences(folded))


def core(text: str) -> set[str]:
    return {m.code for m in read(text) if m.is_core}


def context(text: str) -> set[str]:
    return {m.code for m in read(text) if not m.is_core} - core(text)


CORE = [
    ("verb_and_list", "ناقش الجانبان التجارة والاستثمار والسياحة", {"trade", "investment_finance", "culture_tourism"}),
    ("future_verb", "سيبحث الوزيران التعاون العسكري", {"defence"}),
    ("infinitive_with_lam", "وصل الوزير لبحث مكافحة الإرهاب", {"security"}),
    ("noun_of_action", "وجرى خلال اللقاء استعراض المستجدات على الساحة الإقليمية", {"political"}),
    ("stock_phrase", "وتناول اللقاء القضايا ذات الاهتمام المشترك", {"political"}),
    ("field", "تعزيز التعاون في مجال الطاقة المتجددة والموانئ", {"renewables", "ports"}),
    ("adjectives", "في المجالات الزراعية والصحية والثقافية", {"agriculture_food", "health", "culture_tourism"}),
    ("signed", "وقع البلدان مذكرة تفاهم بشأن التعليم العالي", {"education_research"}),
    ("stressed", "أكد الوزير ضرورة مكافحة الإرهاب", {"security"}),
    ("food_is_not_security", "بحث الجانبان الأمن الغذائي", {"agriculture_food"}),
    ("peace_and_stability_is_politics", "أكد الجانبان أهمية الأمن والاستقرار", {"political"}),
    ("crisis_of_a_country", "بحث الرئيسان الأزمة السورية", {"political"}),
    ("talks_about_a_country", "أجرى الوزيران محادثات بشأن ليبيا", {"political"}),
    ("centre_after", "وكان ملف الموارد المائية محور الزيارة", {"water_sanitation"}),
    ("energy_alone", "ناقشا التعاون في قطاع الطاقة", {"energy_general"}),
    ("known_project", "وقع البلدان عقود محطة الضبعة", {"nuclear"}),
    ("military_aid_is_defence", "أكد الوزير مواصلة المساعدات العسكرية", {"defence"}),
    ("refugees_are_humanitarian", "بحث الوزيران استقبال اللاجئين", {"humanitarian"}),
    ("drawing_a_border_is_politics", "ناقش الجانبان ترسيم الحدود البحرية", {"political"}),
    ("space", "اتفق الجانبان على التعاون في مجال الفضاء", {"technology"}),
    ("condemned", "ندد الوزيران بالجماعات الإرهابية", {"security"}),
    ("they_voiced", "عبرا عن القلق إزاء الوضع في السودان", {"political"}),
    ("centre_of_the_talks_after", "كان الوضع في السودان أبرز محاور اللقاء", {"political"}),
    (
        "list_at_the_centre",
        "وتمثل ملفات التعليم العالي والاستثمار فضلا عن مسألة الهجرة أبرز محاور الزيارة",
        {"education_research", "investment_finance", "labour_consular"},
    ),
    ("file_of_a_sector", "بحث الوزيران قضية العمالة الكينية", {"labour_consular"}),
    ("nuclear_arms_are_politics", "ناقش الرئيسان نزع السلاح النووي والأسلحة النووية", {"political"}),
    ("asked_for_it", "طلب الوزير تحويل الديون إلى مشاريع", {"investment_finance"}),
    ("welcomed_it", "رحب الجانبان بوقف إطلاق النار", {"political"}),
    ("consular_work", "بحث الجانبان الخدمات القنصلية", {"labour_consular"}),
    ("diplomatic_way", "أكد الوزيران أهمية الحل الدبلوماسي", {"political"}),
    ("sanctions", "بحث الوزيران رفع العقوبات", {"political"}),
    ("jobs_for_the_young", "التعاون في مجال تشغيل الشباب", {"labour_consular"}),
    ("joining_an_alliance", "بحث الرئيسان الانضمام إلى حلف الأطلسي", {"defence"}),
    ("freedom_of_shipping", "أكد الجانبان حرية الملاحة في المضيق", {"ports"}),
    ("free_trade_zone", "اتفق الجانبان على إنشاء منطقة التجارة الحرة", {"trade"}),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CORE], ids=[c[0] for c in CORE])
def test_what_the_parties_spoke_of_is_core(text: str, expected: set[str]) -> None:
    assert core(text) == expected


CONTEXT = [
    ("background_verb", "تعتبر البلاد من الدول الواعدة في مجال الطاقة الشمسية", {"renewables"}),
    ("possibility", "يمكن للبلدين التعاون في مجال الزراعة", {"agriculture_food"}),
    ("no_cue", "ارتفعت أسعار القمح", {"agriculture_food"}),
    ("minister", "ناقش وزير الصحة مع نظيره", {"health"}),
    ("chain_of_portfolios", "بحث وزير الثقافة والسياحة مع ضيفه", {"culture_tourism"}),
    ("nuclear_deal_is_a_file", "بحث الوزيران الاتفاق النووي الإيراني", set()),
    ("chain_after_foreign_affairs", "يناقش وزراء الخارجية والدفاع الخطة", {"defence"}),
    ("running_a_field", "أكد الجانبان بدء تشغيل الحقل", set()),
    ("a_common_space", "أكد الوزير وضع إطار للتنسيق في الفضاء المتوسطي", set()),
    ("settled_abroad", "بحث الوزيران استقرار شركات البلدين في الخارج", set()),
    ("bilateral_relations_alone", "بحث الوزيران العلاقات الثنائية", set()),
    ("union_with_its_nationality", "بحث رئيس الاتحاد الكيني للصناعة والتجارة", {"industry_mining", "trade"}),
    ("public_body", "التقى رئيس الهيئة العامة للسياحة", {"culture_tourism"}),
    ("far_from_its_cue", "أكد الوزير " + "أن أهل القرية خرجوا إلى الحقل " * 6 + "ثم عادت الصحة", {"health"}),
    ("cabinet_at_home", "قرر مجلس الوزراء الموافقة على نظام بشأن حماية التراث", {"culture_tourism"}),
    ("a_consulate_is_a_building", "بحث الوزيران الهجوم على القنصلية", set()),
    ("best_wishes", "أعرب الملك عن تمنياته بموفور الصحة والسعادة", set()),
    ("diplomats", "أكد دبلوماسي كيني ضرورة الحوار", set()),
    ("chemical_arms", "أكد الوزير خطر الأسلحة الكيماوية", set()),
    ("to_justice", "دعا الوزير إلى تقديمهم إلى العدالة", set()),
    ("nerve_gas", "بحث الوزيران غاز الأعصاب", set()),
    ("mineral_water", "بحث الجانبان المياه المعدنية", set()),
    ("civil_airport", "استقبله في مطار العاصمة", set()),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CONTEXT], ids=[c[0] for c in CONTEXT])
def test_what_the_writer_tells_is_context(text: str, expected: set[str]) -> None:
    assert expected <= context(text)
    assert not core(text) - {"political"}


IDIOMS = [
    ("security_council", "ناقش مجلس الأمن الوضع"),
    ("news_media", "أكد لوسائل الإعلام"),
    ("self_defence", "أكد حقه في الدفاع عن النفس"),
    ("putting_an_end", "أكد ضرورة القضاء على الفقر"),
    ("decision_making", "ناقش صناعة القرار"),
    ("no_truth", "أكد أنه لا صحة لما نشر"),
    ("by_video", "ناقشا عبر تقنية الفيديو الخطة"),
    ("military_solution", "أكدا رفض الحل العسكري"),
    ("political_science", "أوضح أستاذ العلوم السياسية"),
    ("state_of_the_market", "بحث أوضاع السوق"),
]


@pytest.mark.parametrize("text", [c[1] for c in IDIOMS], ids=[c[0] for c in IDIOMS])
def test_an_idiom_names_no_sector(text: str) -> None:
    assert read(text) == ()


def test_mentions_lie_in_their_sentence_and_in_order() -> None:
    text = "بحث الوزيران التجارة. وأكد الرئيس التعاون العسكري.\nتعد البلاد مصدرة للنفط."
    folded = fold(text).text
    sentences = split_sentences(folded)
    mentions = read(text)
    assert [m.code for m in mentions] == ["trade", "defence", "oil_gas"]
    for mention in mentions:
        assert sentences[mention.sentence].start <= mention.start < mention.end <= sentences[mention.sentence].end


def test_two_sectors_may_share_a_phrase() -> None:
    assert {m.code for m in read("بحث الوزيران الملف النووي الإيراني")} >= {"political", "nuclear"}


def test_scope_and_clauses() -> None:
    text = "بحث الوزيران التجارة. وقدمت الدولة منحة لبناء مستشفى ميداني."
    clause = split_sentences(fold(text).text)[1]
    clauses = [(clause.start, clause.end)]
    mentions = read(text)
    assert [(f.code, f.is_core) for f in assign_sectors(mentions, {0})] == [("trade", True)]
    assert assign_sectors(mentions, set()) == ()
    as_aid = assign_sectors(mentions, {1}, "aid", clauses)
    assert {f.code for f in as_aid if f.is_core} == {"humanitarian", "health"}
    assert not any(f.is_core for f in assign_sectors(mentions, {1}, "meeting", clauses))
    assert all(f.mentions for f in as_aid)


def test_a_deal_is_core_only_as_the_deed_itself() -> None:
    mentions = read("أبرمت الدول اتفاقا نوويا")
    clauses = [(0, 100)]
    assert "nuclear" in {f.code for f in assign_sectors(mentions, {0}, "agreement", clauses) if f.is_core}
    assert "nuclear" not in {f.code for f in assign_sectors(mentions, {0}, "meeting", clauses) if f.is_core}
    assert "nuclear" not in {f.code for f in assign_sectors(mentions, {0}, "agreement") if f.is_core}


def test_continuations_carry_the_list_on() -> None:
    text = "وقع البلدان مذكرات تفاهم في مجال التعليم. كما تضمنت المذكرات الطاقة المتجددة. وغادر الوفد."
    folded = fold(text).text
    sentences = split_sentences(folded)
    assert find_continuations(MATCHER.find(folded), sentences) == {1}
    assert core(text) == {"education_research", "renewables"}


def test_the_codebook_is_covered() -> None:
    codes = tables("sectors")
    assert len(codes) == 26
    for table in codes.values():
        assert table["group"] in {"energy", "infrastructure", "economy", "society", "security", "politics"}
        assert table["name_ar"]
        assert table["name_en"]
        assert isinstance(table["crs"], list)
        assert table["examples"]
        assert table["not_examples"]


TALKS = [
    ("leaders_met", "استقبل الرئيس نظيره", "meeting", 1, {"political"}),
    ("a_file_without_a_cue", "التقى الرئيسان والأزمة السورية قائمة وارتفعت أسعار القمح", "meeting", 2, {"political"}),
    ("a_subject_was_said", "بحث الرئيسان التجارة", "meeting", 2, {"trade"}),
    ("nobody_who_leads", "استقبل الوزير نظيره", "meeting", 0, set()),
    ("leaders_on_either_side_of_a_visit", "زار الرئيس نظيره", "visit", 2, {"political"}),
    ("a_visit_of_one", "زار الرئيس البلاد", "visit", 1, set()),
    ("a_paper_of_leaders", "وقع الرئيسان اتفاقا", "agreement", 2, set()),
    ("committee_of_political_consultations", "عقدت لجنة التشاور السياسي دورة", "consultations", 0, {"political"}),
    (
        "background_stays_background",
        "زار الرئيس نظيره ويذكر أن الأزمة السورية قائمة وبحثا التجارة",
        "visit",
        1,
        {"trade"},
    ),
]


@pytest.mark.parametrize(("text", "kind", "sides", "expected"), [c[1:] for c in TALKS], ids=[c[0] for c in TALKS])
def test_what_leaders_talk_of_is_politics(text: str, kind: str, sides: int, expected: set[str]) -> None:
    found = assign_sectors(read(text), {0}, kind, leaders=Leaders(sides, False, 0, 4, 0))
    assert {f.code for f in found if f.is_core} == expected


def test_a_foreign_minister_alone_visits_for_politics() -> None:
    found = assign_sectors(read("زار وزير الخارجية البلاد"), {0}, "visit", leaders=Leaders(1, True, 0, 3, 0))
    assert [(f.code, f.mentions[0].rule) for f in found] == [("political", "core_leaders")]
