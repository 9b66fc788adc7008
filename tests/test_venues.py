"""Where an engagement took place: said, the goal of a visit, or at the host's; none for what has no place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extract.shared_venues import inherits_venue
from tests.reading import main_of, read

CASES = [
    ("in_city", "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي في القاهرة.", "EGY", "القاهرة"),
    (
        "in_capital",
        "عقدت في العاصمة الصينية بكين الجولة الخامسة من المشاورات السياسية بين الكويت والصين.",
        "CHN",
        "بكين",
    ),
    ("bi_city", "اجتمع وزير النفط الكويتي خالد العلي مع نظيره السعودي سعد الفهد بالرياض.", "SAU", "الرياض"),
    ("third_country", "التقى وزير الخارجية المصري سامح فوزي نظيره الروسي سيرغي لافروف في جنيف.", "CHE", "جنيف"),
    ("third_country_summit", "عقد قادة مصر والأردن والعراق قمة ثلاثية في نيويورك.", "USA", "نيويورك"),
    ("destination_country", "قام وزير الخارجية الروسي سيرغي لافروف بزيارة عمل إلى باكستان.", "PAK", None),
    ("destination_city", "وصل الرئيس التركي رجب طيب أردوغان إلى الدوحة في زيارة إلى قطر.", "QAT", "الدوحة"),
    ("destination_capital", "وصل الرئيس العراقي برهم صالح إلى العاصمة القطرية الدوحة في زيارة رسمية.", "QAT", "الدوحة"),
    ("leaves_for", "غادر ولي العهد السعودي الأمير محمد بن سلمان جدة متوجها إلى باريس في زيارة رسمية.", "FRA", "باريس"),
    ("arrives_in_city_of", "وصل الرئيس الأمريكي، جو بايدن، الجمعة، إلى مدينة جدة السعودية.", "SAU", "جدة"),
    ("host_receives", "استقبل ملك البحرين حمد بن عيسى وزير الدفاع الباكستاني ياسر كمال.", "BHR", None),
    ("host_receives_feminine", "استقبلت وزيرة الصحة المصرية هالة زايد السفير الياباني كنجي ساتو.", "EGY", None),
    ("country_of_party", "عقدت الكويت والهند اجتماع اللجنة المشتركة في الهند.", "IND", None),
    (
        "ministry_seat",
        "بحث السفير الكويتي سالم العلي مع نظيره الصيني لي مينغ التعاون في مقر وزارة الخارجية في بكين.",
        "CHN",
        "بكين",
    ),
    ("not_said", "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي.", None, None),
    (
        "topic_is_no_venue",
        "بحث وزير الخارجية المصري سامح فوزي مع نظيره الأردني أيمن الصفدي الأوضاع في سوريا.",
        None,
        None,
    ),
    (
        "host_of_ambassador_is_no_venue",
        "التقى السفير المصري في تونس إيهاب فهمي وزير الخارجية الليبي محمد سيالة.",
        None,
        None,
    ),
    (
        "person_then_country",
        "سيستقبل الرئيس المصري نظيره الكيني وليام روتو في مصر الأحد المقبل.",
        "EGY",
        None,
    ),
    ("opens_with_in", "وفي تونس سيلتقي وزير الخارجية الليبي محمد سيالة نظيره التونسي خميس الجهيناوي.", "TUN", None),
    ("host_after_particle", "قال البيان إن ملك الأردن عبد الله الثاني سوف يستقبل الوزير الصيني وانغ يي.", "JOR", None),
    (
        "host_of_owned_reception",
        "قال الرئيس الكيني وليام روتو، خلال استقباله وزير الخارجية الهندي سوبرامانيام جايشانكار، إن التعاون يتقدم.",
        "KEN",
        None,
    ),
    ("in_his_office", "التقى وزير الصحة العماني أحمد السعيدي في مكتبه وزير الصحة الأردني فراس الهواري.", "OMN", None),
    (
        "hotel_in_city_state",
        "عقد وزير الدفاع الياباني كيهارا مينورو في فندق شانغريلا بسنغافورة اجتماعا مع نظيره الهندي راجنات سينغ.",
        "SGP",
        "سنغافورة",
    ),
    (
        "palace_holds_its_city",
        "استقبل الملك سلمان بن عبدالعزيز في قصر السلام بجدة الرئيس الكيني وليام روتو.",
        "SAU",
        "جدة",
    ),
    ("quoted_city", "يعقد قادة أوغندا وكينيا ورواندا قمة ثلاثية غدا في مدينة «عنتيبي» الأوغندية.", "UGA", "عنتيبي"),
    (
        "city_of_country_from_another_sentence",
        "قام الرئيس الكيني وليام روتو بزيارة رسمية إلى اليابان. وعقد الرئيسان اجتماعا موسعا في طوكيو.",
        "JPN",
        "طوكيو",
    ),
    (
        "spoken_abroad",
        "قال وزير الخارجية التركي هاكان فيدان، الأربعاء بمراكش، إن بلاده تدعم المغرب. "
        "وأضاف فيدان، عقب مباحثات مع نظيره المغربي ناصر بوريطة، أن العلاقات متينة.",
        "MAR",
        "مراكش",
    ),
    (
        "spoken_at_home_is_no_venue",
        "قال الرئيس الأمريكي جو بايدن في واشنطن إن لقاءه مع الرئيس الفنلندي ساولي نينيستو كان مثمرا.",
        None,
        None,
    ),
    (
        "institution_is_no_venue",
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي، بحسب معهد بروكينغز في واشنطن.",
        None,
        None,
    ),
    (
        "news_agency_is_no_venue",
        "التقى وزير الخارجية الصيني وانغ يي وزير الخارجية الكوري الشمالي تشوي سون، وفق الوكالة الرسمية في كوريا الشمالية.",
        None,
        None,
    ),
    (
        "file_of_a_party_is_no_venue",
        "التقى وزير الخارجية العراقي فؤاد حسين نظيره الأمريكي أنتوني بلينكن لبحث مواجهة التنظيم في العراق.",
        None,
        None,
    ),
    (
        "origin_is_no_goal",
        "وصل وزير الدفاع اليوناني نيكوس ديندياس، قادما من الرياض، إلى القاهرة في زيارة رسمية إلى مصر.",
        "EGY",
        "القاهرة",
    ),
    ("call", "أجرى وزير الخارجية القطري اتصالا هاتفيا مع نظيره الإيراني من الدوحة.", None, None),
    ("message", "بعث أمير الكويت ببرقية تهنئة إلى ملك المغرب في الرباط.", None, None),
]


@pytest.mark.parametrize(("text", "country", "city"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_venue(text: str, country: str | None, city: str | None) -> None:
    main = main_of(text)
    assert (main.venue_country, main.venue_city) == (country, city)


REASONS = [
    ("call_is_remote", "هاتف ملك الأردن الرئيس المصري.", {"venue_country": "remote", "venue_city": "remote"}),
    (
        "not_said",
        "التقى وزير الخارجية المصري نظيره الأردني.",
        {"venue_country": "venue_not_said", "venue_city": "city_not_said"},
    ),
    ("country_only", "زيارة الرئيس التونسي قيس سعيد إلى الصين.", {"venue_city": "city_not_said"}),
]


@pytest.mark.parametrize(("text", "reasons"), [c[1:] for c in REASONS], ids=[c[0] for c in REASONS])
def test_a_place_that_is_not_said_has_a_reason(text: str, reasons: dict[str, str]) -> None:
    blanks = {b.field: b.reason for b in main_of(text).blanks if b.field.startswith("venue")}
    assert blanks == reasons


def test_what_is_planned_elsewhere_is_not_where_it_was() -> None:
    text = (
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي. "
        "ويأتي اللقاء قبل القمة التي ستعقد في الجزائر الشهر المقبل."
    )
    assert main_of(text).venue_country is None


def test_the_one_plan_takes_a_later_sentence() -> None:
    text = (
        "بحث الرئيس الروسي فلاديمير بوتين مع نظيره الإيراني إبراهيم رئيسي العلاقات. "
        "ويعقد قادة روسيا وإيران وتركيا قمة ثلاثية الجمعة المقبل. وأوضح الكرملين أن الاجتماع سيعقد في طهران."
    )
    assert [(e.status, e.venue_city) for e in read(text).engagements] == [("held", None), ("planned", "طهران")]


def test_each_stop_of_a_tour_has_its_place() -> None:
    text = "يقوم الرئيس الكيني وليام روتو غدا بزيارة إلى اليابان والهند."
    assert {e.venue_country for e in read(text).engagements} == {"JPN", "IND"}


def test_each_stop_that_a_tour_included_has_its_place() -> None:
    text = "وصل الرئيس الكيني وليام روتو إلى فرنسا في زيارة رسمية ضمن جولة أوروبية شملت إسبانيا وألمانيا والنمسا."
    found = {e.venue_country for e in read(text).engagements}
    assert None not in found
    assert found >= {"FRA", "ESP"}


def test_what_is_handed_over_is_where_they_met() -> None:
    text = (
        "استقبل ملك الأردن عبد الله الثاني وزير الخارجية الكويتي عبد الله اليحيا. "
        "ونقل الوزير الكويتي رسالة من أمير الكويت إلى ملك الأردن."
    )
    assert {e.venue_country for e in read(text).engagements} == {"JOR"}


def test_a_guest_is_not_the_host() -> None:
    text = (
        "تلقى أمير قطر رسالة خطية من الرئيس الكيني وليام روتو. "
        "وسلم الرسالة وزير الخارجية الكيني موساليا مودافادي خلال استقبال الشيخ محمد بن عبد الرحمن له اليوم."
    )
    assert {e.venue_country for e in read(text).engagements} <= {None, "QAT"}


def test_a_city_has_both_names_and_its_own_evidence() -> None:
    main = main_of("التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي في القاهرة.")
    assert (main.venue_city, main.venue_city_en) == ("القاهرة", "Cairo")
    assert [e.quote for e in main.evidence if e.field == "venue_city"] == ["القاهرة"]


SHARED = [
    (
        "the_same_minister_on_the_same_day",
        "عقد وزير الخارجية الروسي سيرغي لافروف اليوم في الدوحة مباحثات مع وزير الخارجية القطري خالد العطية. "
        "والتقى لافروف اليوم وزير الخارجية الأردني أيمن الصفدي.",
        ["QAT", "QAT"],
    ),
    (
        "what_was_held_elsewhere_takes_no_plan_s_place",
        "يعقد الرئيس الكيني وليام روتو والرئيس الهندي ناريندرا مودي قمة في سنغافورة في 12 يونيو 2018. "
        "والتقى روتو الرئيس الياباني شينزو آبي. "
        "وستكون القمة المرتقبة بين روتو ومودي الأولى بين كينيا والهند.",
        ["SGP", None],
    ),
    (
        "acts_abroad",
        "التقى وزير الخارجية الروسي سيرغي لافروف نظيره الياباني تارو كونو. ولوح لافروف، في طوكيو، بالرد على العقوبات.",
        ["JPN"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in SHARED], ids=[c[0] for c in SHARED])
def test_what_one_engagement_says_of_its_place_holds_for_another(text: str, expected: list[str | None]) -> None:
    article = read(text, published=date(2018, 5, 1))
    assert [e.venue_country for e in article.engagements] == expected


def test_a_plan_told_twice_has_one_place() -> None:
    summit, talks = (
        read(text, published=date(2018, 5, 1)).drafts[0]
        for text in (
            "يعقد الرئيس الكيني وليام روتو والرئيس الهندي ناريندرا مودي قمة في سنغافورة في 12 يونيو 2018.",
            "ارتفعت أسعار القمح. يعقد الرئيس الكيني وليام روتو والرئيس الهندي ناريندرا مودي محادثات في يونيو 2018.",
        )
    )
    assert inherits_venue(talks, summit)
    assert not inherits_venue(replace(talks, status="held"), summit)
    assert not inherits_venue(replace(talks, parties={**talks.parties, "JPN": talks.parties["KEN"]}), summit)
