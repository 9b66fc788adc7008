"""Clauses into engagements: which tell of the same one, which is the news, and who stays outside."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reading import main_of, read, records_of

Row = tuple[str, str, str, str]
HELD = "held"

CASES: list[tuple[str, str, list[Row]]] = [
    (
        "one",
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي في القاهرة أمس.",
        [("main", "meeting", HELD, "EGY JOR")],
    ),
    (
        "told_twice",
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي. وخلال اللقاء بحث الوزيران العلاقات بين البلدين. "
        "وأكد الصفدي في ختام الاجتماع أن مصر والأردن متفقتان.",
        [("main", "meeting", HELD, "EGY JOR")],
    ),
    (
        "visit_with_meetings_is_one",
        "وصل وزير الخارجية الروسي سيرغي لافروف إلى باكستان في زيارة رسمية. والتقى لافروف رئيس الوزراء الباكستاني عمران خان. "
        "كما عقد لافروف محادثات مع نظيره الباكستاني شاه محمود قريشي.",
        [("main", "visit", HELD, "PAK RUS")],
    ),
    (
        "visit_and_signing",
        "زار رئيس الوزراء العراقي محمد السوداني تركيا أمس. ووقع البلدان خلال الزيارة مذكرة تفاهم بين العراق وتركيا.",
        [("main", "visit", HELD, "IRQ TUR"), ("main", "agreement", HELD, "IRQ TUR")],
    ),
    (
        "two_meetings",
        "استقبل وزير الخارجية العماني بدر البوسعيدي السفير الياباني كنجي ساتو. "
        "كما استقبل وزير الخارجية العماني بدر البوسعيدي السفير الهندي أميت نارانغ.",
        [("main", "meeting", HELD, "JPN OMN"), ("main", "meeting", HELD, "IND OMN")],
    ),
    (
        "call_told_again_as_talks",
        "أجرى وزير الخارجية القطري اتصالا هاتفيا مع نظيره الإيراني. وبحث الوزيران خلال الاتصال التطورات في المنطقة.",
        [("main", "call", HELD, "IRN QAT")],
    ),
    (
        "background_by_date",
        "التقى وزير الخارجية المصري سامح فوزي نظيره الأردني أيمن الصفدي أمس. "
        "يذكر أن مصر والأردن وقعتا اتفاقية للتجارة في عام 2019.",
        [("main", "meeting", HELD, "EGY JOR"), ("background", "agreement", HELD, "EGY JOR")],
    ),
    (
        "background_visit",
        "استقبل أمير الكويت رئيس وزراء باكستان أمس. وكان رئيس وزراء باكستان قد زار الكويت في مارس 2021.",
        [("main", "meeting", HELD, "KWT PAK"), ("background", "visit", HELD, "KWT PAK")],
    ),
    (
        "talks_of_countries_are_no_event",
        "زار وزير الخارجية المصري سامح فوزي الأردن. وتجري القاهرة مباحثات مكثفة مع الخرطوم حول عدة قضايا.",
        [("main", "visit", HELD, "EGY JOR")],
    ),
    (
        "talks_of_officials_are",
        "زار وزير الخارجية المصري سامح فوزي الأردن. وأجرى سامح فوزي مباحثات مع وزير الخارجية السوداني علي يوسف.",
        [("main", "visit", HELD, "EGY JOR"), ("main", "meeting", HELD, "EGY SDN")],
    ),
    (
        "press_conference_is_part_of_the_visit",
        "وصل وزير الدفاع القطري خالد العطية إلى تونس في زيارة رسمية. وقال وزير الخارجية التونسي نبيل عمار في مؤتمر صحفي مع "
        "خالد العطية إن البلدين متفقان.",
        [("main", "visit", HELD, "QAT TUN")],
    ),
    (
        "recalled_agreement_has_its_own_parties",
        "التقى وزير الخارجية المصري سامح فوزي نظيره القطري. وتناول سامح فوزي مع نظيره القطري الاتفاق النووي الذي أبرمته إيران "
        "مع فرنسا.",
        [("main", "meeting", HELD, "EGY QAT")],
    ),
    (
        "next_round_is_its_own",
        "عقدت الكويت وفرنسا الجولة الرابعة من المشاورات السياسية في باريس. واتفق الجانبان على عقد الجولة المقبلة في الكويت.",
        [("main", "consultations", HELD, "FRA KWT"), ("background", "consultations", "planned", "FRA KWT")],
    ),
    (
        "planned_visit",
        "بحث وزير الخارجية الكويتي مع السفير الصيني العلاقات بين البلدين. ومن المقرر أن يزور الرئيس الصيني الكويت العام المقبل.",
        [("main", "meeting", HELD, "CHN KWT"), ("background", "visit", "planned", "CHN KWT")],
    ),
    (
        "third_parties_stay_out",
        "بحث وزير الخارجية المصري سامح فوزي مع نظيره الأردني أيمن الصفدي الأوضاع في اليمن وسوريا وليبيا.",
        [("main", "meeting", HELD, "EGY JOR")],
    ),
    (
        "returns_are_two_visits",
        "وصل الرئيس الإريتري أسياس أفورقي السبت إلى أديس أبابا في زيارة رسمية. "
        "وتأتي الزيارة بعد أيام من زيارة رئيس الوزراء الإثيوبي أبي أحمد إلى إريتريا.",
        [("main", "visit", HELD, "ERI ETH"), ("main", "visit", HELD, "ERI ETH")],
    ),
    (
        "invitation_is_no_visit",
        "التقى وزير الخارجية الروسي سيرغي لافروف نظيره الجزائري رمطان لعمامرة في الجزائر. "
        "وقال لافروف إن الرئيس فلاديمير بوتين يرحب بنظيره الجزائري عبد المجيد تبون ويدعوه إلى زيارة روسيا.",
        [("main", "meeting", HELD, "DZA RUS"), ("main", "message", HELD, "DZA RUS")],
    ),
    (
        "group_of_states",
        "رحبت الكويت بالاتفاق النووي الذي توصلت إليه إيران والقوى العظمى الست.",
        [("main", "agreement", HELD, "CHN DEU FRA GBR IRN RUS USA")],
    ),
    (
        "told_by_another",
        "قال وزير الخارجية المصري سامح فوزي إن المحادثات بين الرئيس الأمريكي جو بايدن ونظيره الصيني شي جين بينغ كانت مهمة.",
        [("main", "meeting", HELD, "CHN USA")],
    ),
    (
        "told_of_his_own",
        "قال وزير الخارجية الأردني أيمن الصفدي إن بلاده وقعت اتفاقية مع مصر والعراق.",
        [("main", "agreement", HELD, "EGY IRQ JOR")],
    ),
    (
        "approved_by_cabinet",
        "قرر مجلس الوزراء الموافقة على اتفاقية بين وزارة الداخلية في المملكة العربية السعودية "
        "ووزارة الداخلية في جمهورية ألمانيا الاتحادية في شأن التدريب.",
        [("main", "agreement", HELD, "DEU SAU")],
    ),
    (
        "stops_of_a_tour",
        "وصل أمير قطر الشيخ تميم بن حمد إلى برلين أمس ضمن جولة تشمل إسبانيا وتركيا.",
        [
            ("main", "visit", HELD, "DEU QAT"),
            ("background", "visit", HELD, "ESP QAT"),
            ("background", "visit", HELD, "QAT TUR"),
        ],
    ),
    (
        "same_countries_by_other_people",
        "بحث وزير الخارجية المصري سامح فوزي مع نظيره الأردني أيمن الصفدي العلاقات أمس. "
        "والتقى وزير الدفاع المصري محمد زكي رئيس الأركان الأردني يوسف الحنيطي.",
        [("main", "meeting", HELD, "EGY JOR"), ("main", "meeting", HELD, "EGY JOR")],
    ),
    (
        "what_is_done_regularly_is_no_event",
        "استقبل أمير الكويت رئيس وزراء باكستان أمس. ويبحث الوزراء في مصر وقبرص التعاون.",
        [("main", "meeting", HELD, "KWT PAK")],
    ),
    (
        "host_of_ambassador_stays_out",
        "التقى السفير الكويتي لدى فرنسا محمد الجديع السفير الإيطالي ماريو روسي.",
        [("main", "meeting", HELD, "ITA KWT")],
    ),
    (
        "three_parties_summit",
        "عقد قادة مصر والأردن والعراق قمة ثلاثية في بغداد أمس.",
        [("main", "summit", HELD, "EGY IRQ JOR")],
    ),
    (
        "state_and_organisation",
        "وقعت الكويت اتفاقية مع برنامج الأمم المتحدة الإنمائي أمس.",
        [("main", "agreement", HELD, "KWT UN")],
    ),
    (
        "cancelled",
        "تأجيل زيارة الرئيس الجزائري عبد المجيد تبون إلى فرنسا.",
        [("main", "visit", "cancelled", "DZA FRA")],
    ),
    (
        "message",
        "بعث أمير الكويت الشيخ مشعل الأحمد ببرقية تهنئة إلى ملك المغرب محمد السادس.",
        [("main", "message", HELD, "KWT MAR")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_engagements(text: str, wanted: list[Row]) -> None:
    assert sorted(records_of(text)) == sorted(wanted)


# Short articles in the manner of the region's papers: what an analyst would write down.
ARTICLES: list[tuple[str, str, list[Row]]] = [
    (
        "gulf_reception",
        "استقبل صاحب السمو الشيخ تميم بن حمد آل ثاني أمير البلاد المفدى، فخامة الرئيس لويس روبرتو رئيس جمهورية الإكوادور، في "
        "الديوان الأميري صباح اليوم. وجرى خلال المقابلة بحث علاقات التعاون بين البلدين، لا سيما في مجالات الطاقة والزراعة. "
        "حضر المقابلة عدد من أصحاب السعادة الوزراء.",
        [("main", "meeting", HELD, "ECU QAT")],
    ),
    (
        "tunisian_working_visit",
        "تونس (وات) - أدى وزير الخارجية والهجرة نبيل عمار زيارة عمل إلى الجزائر يومي 12 و13 فيفري 2023، التقى خلالها نظيره "
        "الجزائري رمطان لعمامرة. ووقع الوزيران ثلاث مذكرات تفاهم في مجالات النقل والصحة.",
        [("main", "visit", HELD, "DZA TUN"), ("main", "agreement", HELD, "DZA TUN")],
    ),
    (
        "egyptian_call",
        "القاهرة - أجرى الدكتور بدر عبد العاطي وزير الخارجية والهجرة اتصالا هاتفيا يوم السبت 5 أكتوبر 2024 مع السيد عباس عراقجي "
        "وزير خارجية إيران، حيث بحثا التطورات في لبنان وغزة. وشدد الوزير على ضرورة وقف التصعيد.",
        [("main", "call", HELD, "EGY IRN")],
    ),
    (
        "cnn_arrival",
        "دبي، الإمارات العربية المتحدة (CNN)-- وصل الرئيس الأمريكي، جو بايدن، الجمعة، إلى مدينة جدة السعودية، حيث كان في "
        "استقباله الأمير خالد الفيصل، أمير منطقة مكة المكرمة.",
        [("main", "visit", HELD, "SAU USA")],
    ),
    (
        "saudi_cable",
        "بعث خادم الحرمين الشريفين الملك سلمان بن عبدالعزيز آل سعود، برقية تهنئة، لفخامة الرئيس عبدالفتاح السيسي رئيس جمهورية "
        "مصر العربية، بمناسبة ذكرى يوم النصر لبلاده.",
        [("main", "message", HELD, "EGY SAU")],
    ),
    (
        "emirati_credentials",
        "تسلم معالي وزير الخارجية الشيخ عبدالله بن زايد آل نهيان نسخة من أوراق اعتماد سعادة جيمس هولت سفير أستراليا المعين لدى "
        "الدولة، وذلك في ديوان عام الوزارة بأبوظبي.",
        [("main", "credentials", HELD, "ARE AUS")],
    ),
    (
        "omani_committee",
        "عقدت اللجنة العليا المشتركة بين سلطنة عُمان وجمهورية الهند اجتماعها العاشر في مسقط أمس برئاسة معالي قيس بن محمد اليوسف "
        "وزير التجارة والصناعة عن الجانب العماني، ومعالي بيوش غويال وزير التجارة عن الجانب الهندي.",
        [("main", "joint_committee", HELD, "IND OMN")],
    ),
    (
        "kuwaiti_loan",
        "قدمت دولة الكويت عبر الصندوق الكويتي للتنمية قرضا بقيمة 30 مليون دينار كويتي إلى المملكة الأردنية الهاشمية "
        "لتمويل مشروع مياه.",
        [("main", "aid", HELD, "JOR KWT")],
    ),
    (
        "summit_of_a_bloc",
        "انطلقت في الرياض أعمال القمة الخليجية الصينية بمشاركة الرئيس الصيني شي جينبينغ وقادة دول مجلس "
        "التعاون، الجمعة 9 ديسمبر 2022.",
        [("main", "summit", HELD, "CHN GCC")],
    ),
    (
        "exercise",
        "اختتمت القوات البحرية المصرية والفرنسية تدريبا بحريا مشتركا في البحر المتوسط أمس.",
        [("main", "cooperation", HELD, "EGY FRA")],
    ),
    (
        "margins_of_a_conference",
        "التقى الرئيس الأوكراني فولوديمير زيلينسكي، على هامش مؤتمر ميونخ للأمن، المستشار الألماني أولاف شولتس.",
        [("main", "meeting", HELD, "DEU UKR")],
    ),
    (
        "ambassadors_in_a_third_country",
        "التقى سفير خادم الحرمين الشريفين لدى جمهورية باكستان الإسلامية نواف بن سعيد المالكي، في مكتبه بإسلام آباد أمس، "
        "السفير الصيني لدى باكستان جيانغ زايدونغ.",
        [("main", "meeting", HELD, "CHN SAU")],
    ),
    (
        "ministries_sign",
        "وقعت وزارة الطاقة السعودية ووزارة الطاقة الهندية في نيودلهي مذكرة تفاهم في مجال الهيدروجين الأخضر والربط الكهربائي.",
        [("main", "agreement", HELD, "IND SAU")],
    ),
    (
        "crossing_opened",
        "افتتح الرئيس الجزائري عبد المجيد تبون والرئيس الموريتاني محمد ولد الغزواني المعبر الحدودي بين البلدين.",
        [("main", "cooperation", HELD, "DZA MRT")],
    ),
    (
        "ministerial_meeting_of_blocs",
        "شارك وزير الخارجية الأردني أيمن الصفدي في الاجتماع الوزاري العربي الأوروبي الذي عقد في بروكسل بمشاركة وزراء خارجية "
        "السعودية ومصر وقطر والاتحاد الأوروبي.",
        [("main", "summit", HELD, "EGY EU JOR QAT SAU")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in ARTICLES], ids=[c[0] for c in ARTICLES])
def test_short_articles(text: str, wanted: list[Row]) -> None:
    assert sorted(records_of(text)) == sorted(wanted)


NONE = [
    ("countries_only", "ترتفع أسعار القمح في مصر والأردن وتونس مع توقف الصادرات من روسيا وأوكرانيا."),
    ("war", "قصفت القوات الروسية مدينة خاركيف الأوكرانية وأسقطت أوكرانيا مسيرات."),
    ("sport", "فاز المنتخب المصري على نظيره التونسي في مباراة ودية أقيمت في القاهرة."),
    ("domestic", "ترأس رئيس الوزراء المصري مصطفى مدبولي اجتماعا لبحث أسعار السلع."),
    ("one_party", "استقبل وزير الداخلية الكويتي وفدا من طلبة الكويت."),
    ("interview", "قال وزير الخارجية الإيراني في مقابلة مع قناة الجزيرة إن علاقات إيران وقطر جيدة."),
    ("denied", "لم يلتق وزير الخارجية المصري نظيره التركي."),
    ("war_with_three", "قتل أربعة جنود في شمال سوريا، وقالت تركيا إن قواتها ردت، وتدعم روسيا وإيران القوات الحكومية."),
    ("strike", "أعلنت وزارة الدفاع التركية أن الجيش التركي قصف مواقع في العراق وسوريا."),
    ("growing_cooperation", "تشهد العلاقات بين الكويت والهند تطورا كبيرا في المجالات كافة."),
    ("empty", ""),
]


@pytest.mark.parametrize("text", [c[1] for c in NONE], ids=[c[0] for c in NONE])
def test_no_engagement(text: str) -> None:
    assert records_of(text) == []


DATES = [
    (
        "explicit",
        "التقى وزير الخارجية المصري نظيره الأردني في القاهرة يوم 6 مايو 2024.",
        None,
        date(2024, 5, 6),
        "explicit",
    ),
    ("arabic_indic", "التقى وزير الخارجية المصري نظيره الأردني يوم ٦ مايو ٢٠٢٤.", None, date(2024, 5, 6), "explicit"),
    ("today", "التقى وزير الخارجية المصري نظيره الأردني اليوم.", date(2024, 5, 7), date(2024, 5, 7), "relative"),
    (
        "yesterday",
        "التقى وزير الخارجية المصري نظيره الأردني أمس الاثنين.",
        date(2024, 5, 7),
        date(2024, 5, 6),
        "relative",
    ),
    (
        "weekday",
        "التقى وزير الخارجية المصري نظيره الأردني، الأحد، في عمان.",
        date(2024, 5, 7),
        date(2024, 5, 5),
        "relative",
    ),
]


@pytest.mark.parametrize(("text", "published", "day", "basis"), [c[1:] for c in DATES], ids=[c[0] for c in DATES])
def test_date_of_the_main_engagement(text: str, published: date | None, day: date, basis: str) -> None:
    main = main_of(text, published=published)
    assert (main.date_start, main.date_end, main.date_precision, main.date_basis) == (day, day, "day", basis)


BLANK = [
    ("none", "التقى وزير الخارجية المصري نظيره الأردني.", "no_date_in_text"),
    ("weekday", "التقى وزير الخارجية المصري نظيره الأردني اليوم الخميس.", "weekday_without_publication_date"),
    ("yesterday", "التقى وزير الخارجية المصري نظيره الأردني أمس.", "relative_without_publication_date"),
    ("no_year", "التقى وزير الخارجية المصري نظيره الأردني يوم 6 مايو.", "day_without_year"),
]


@pytest.mark.parametrize(("text", "reason"), [c[1:] for c in BLANK], ids=[c[0] for c in BLANK])
def test_a_date_that_cannot_be_known_is_blank_with_its_reason(text: str, reason: str) -> None:
    main = main_of(text)
    assert (main.date_start, main.date_end, main.date_precision) == (None, None, "unknown")
    assert ("date_start", reason) in [(blank.field, blank.reason) for blank in main.blanks]


def test_a_date_of_background_does_not_date_the_news() -> None:
    text = "التقى وزير الخارجية المصري نظيره الأردني. وكانت مصر والأردن قد وقعتا اتفاقية في عام 2019."
    by_role = {e.role: e.date_start for e in read(text).engagements}
    assert by_role == {"main": None, "background": date(2019, 1, 1)}


def test_the_headline_says_which_is_the_news() -> None:
    text = (
        "استقبل ملك البحرين رئيس الوزراء الباكستاني في المنامة أمس.\n"
        "وكان رئيس الوزراء الباكستاني قد وصل إلى البحرين في زيارة رسمية."
    )
    assert main_of(text, title="رئيس وزراء باكستان يزور البحرين").type == "visit"
    assert main_of(text.split("\n", maxsplit=1)[0], title="ملك البحرين يستقبل رئيس وزراء باكستان").type == "meeting"


def test_a_reception_is_a_visit_where_the_text_speaks_of_one() -> None:
    text = (
        "استقبل ملك البحرين رئيس الوزراء الباكستاني في المنامة أمس.\n"
        "وكان رئيس الوزراء الباكستاني قد وصل إلى البحرين في زيارة رسمية."
    )
    assert main_of(text, title="ملك البحرين يستقبل رئيس وزراء باكستان").type == "visit"


def test_news_below_the_lead_counts_where_the_headline_names_it() -> None:
    text = (
        "حذر خبراء من ارتفاع الأسعار.\nوأشار التقرير إلى تراجع الإنتاج.\nوقال محللون إن السوق هادئة.\n"
        "وبحث وزير الطاقة السعودي عبد العزيز بن سلمان مع نظيره العراقي حيان عبد الغني في بغداد أمس التعاون."
    )
    assert main_of(text, title="وزير الطاقة السعودي في بغداد").parties == ("SAU", "IRQ")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("وزير المالية المصري سامح فوزي يبحث أسعار القمح في السوق الروسية.", "مصر وروسيا والقمح"),
        ("أجرى الرئيس التركي رجب طيب أردوغان محادثات في إسطنبول دعما لصمود الشعب السوري.", "تركيا والشعب السوري"),
    ],
    ids=["in_the_present", "a_people"],
)
def test_the_headline_gives_no_party_to_a_lead_that_tells_of_one(text: str, title: str) -> None:
    assert records_of(text, title=title) == []
