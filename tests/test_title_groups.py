"""Rows of titles: lists of officials, those who serve another, titles that cross, marks before a name, names alone."""

from __future__ import annotations

import pytest

from tests.reading import mentions_of

Row = tuple[str, str | None, str | None]

CASES: list[tuple[str, str, list[Row]]] = [
    # Lists: names written to "and", titles behind them, countries in their turn.
    (
        "and_written_to_names",
        "ضم الوفد سالم البدري وزير العدل، وكريم المنصوري وزير الدولة، وهدى الزهراني وزيرة الثقافة",
        [
            ("سالم البدري", "minister", None),
            ("كريم المنصوري", "deputy_minister", None),
            ("هدى الزهراني", "minister", None),
        ],
    ),
    (
        "ministers_of_countries",
        "شارك وزراء خارجية مصر سامح فوزي والأردن أيمن الصفدي والبحرين الشيخ خالد الدوسري",
        [
            ("سامح فوزي", "foreign_minister", "EGY"),
            ("أيمن الصفدي", "foreign_minister", "JOR"),
            ("خالد الدوسري", "foreign_minister", "BHR"),
        ],
    ),
    (
        "countries_first_then_names",
        "اجتمع وزيرا خارجية السعودية والعراق، فيصل بن فرحان وفؤاد حسين، في الرياض",
        [("فيصل بن فرحان", "foreign_minister", "SAU"), ("فؤاد حسين", "foreign_minister", "IRQ")],
    ),
    (
        "counterparts_with_commas",
        "التقى الرئيس الإيراني حسن روحاني نظيريه الروسي، فلاديمير بوتين، والتركي، رجب طيب أردوغان، أمس",
        [
            ("حسن روحاني", "head_of_state", "IRN"),
            ("فلاديمير بوتين", "head_of_state", "RUS"),
            ("رجب طيب أردوغان", "head_of_state", "TUR"),
        ],
    ),
    (
        "comma_and_title_open_the_next",
        "حضر سفير قطر لدى تونس سعد الحميدي، ووزير الصحة التونسي علي بن سالم",
        [("سعد الحميدي", "ambassador", "QAT"), ("علي بن سالم", "minister", "TUN")],
    ),
    (
        "counterpart_of_an_office_without_a_name",
        "زار الرئيس المصري سامح فوزي عمان حيث أجرى وزير الخارجية محادثات مع نظيره الأردني أيمن الصفدي",
        [("سامح فوزي", "head_of_state", "EGY"), ("أيمن الصفدي", "foreign_minister", "JOR")],
    ),
    # Those who serve another, and the other.
    ("aide_of_president", "ممثل الرئيس الروسي ميخائيل بوغدانوف", [("ميخائيل بوغدانوف", "ambassador", "RUS")]),
    ("aide_of_minister", "مستشار وزير الخارجية كمال الناصر", [("كمال الناصر", "official", None)]),
    ("head_of_office", "رئيس ديوان رئيس الجمهورية كمال الناصر", [("كمال الناصر", "official", None)]),
    (
        "name_of_the_one_served",
        "وصل كمال الناصر المستشار الخاص للرئيس قيس سعيد",
        [("كمال الناصر", "official", None), ("قيس سعيد", "head_of_state", None)],
    ),
    (
        "envoy_to_a_kingdom",
        "مبعوث جلالة الملك للمملكة العربية السعودية الدكتور كمال الناصر",
        [("كمال الناصر", "ambassador", None)],
    ),
    (
        "envoy_of_a_named_head",
        "استقبال كمال الناصر مبعوث رئيس الوزراء العراقي حيدر العبادي",
        [("كمال الناصر", "ambassador", "IRQ"), ("حيدر العبادي", "head_of_government", "IRQ")],
    ),
    (
        "adviser_of_a_surname",
        "وقال كمال الناصر مستشار بوتين للشؤون الخارجية",
        [("كمال الناصر", "official", None), ("بوتين", None, None)],
    ),
    (
        "and_after_a_comma_opens_the_next",
        "نائب رئيس الوزراء وزير الخارجية وشؤون المغتربين، والفريق أول ركن سالم البدري",
        [("سالم البدري", "military", None)],
    ),
    (
        "ministers_then_a_minister",
        "وزراء خارجية دول مجلس التعاون ووزير الخارجية الأمريكي جون كيري",
        [("جون كيري", "foreign_minister", "USA")],
    ),
    (
        "minister_responsible_for_foreign_affairs",
        "الوزير المسؤول عن الشؤون الخارجية العماني يوسف بن علوي",
        [("يوسف بن علوي", "foreign_minister", "OMN")],
    ),
    (
        "envoy_of_a_secretary_general",
        "إسماعيل ولد الشيخ أحمد، مبعوث الأمين العام للأمم المتحدة إلى اليمن",
        [("إسماعيل ولد الشيخ أحمد", "organisation", "UN")],
    ),
    ("title_inside_a_name", "التقى زعيم الحوثيين عبد الملك الحوثي ضيفه", []),
    ("president_of_a_committee", "وصل كمال الناصر الرئيس الأسبق للجنة التعليم", []),
    ("airport_of_a_queen", "وصل الوفد إلى مطار الملكة علياء وحل بمطار الملكة علياء", []),
    (
        "courtesy_joined_to_an_office",
        "الأمير محمد بن سالم ولي العهد وزير الدفاع ومعالي وزير الدولة الدكتور كريم المنصوري",
        [("محمد بن سالم", "royal", None), ("كريم المنصوري", "deputy_minister", None)],
    ),
    ("adjective_of_a_portfolio", "أعلن وزير الدفاع والإنتاج الحربي، أمس، وصول السفينة", []),
    ("presidents_and_a_verb", "قال إن الرؤساء الثلاثة سيلتقون قريبا", []),
    ("owned_by_a_surname", "التقى وزير خارجية الأسد ضيوفه", []),
    (
        "his_minister",
        "أمير قطر تميم بن حمد ووزير خارجيته خالد العطية",
        [
            ("تميم بن حمد", "head_of_state", "QAT"),
            ("خالد العطية", "foreign_minister", None),
        ],
    ),
    (
        "company_of_a_ruler",
        "ضم الوفد المرافق لسمو ولي العهد معالي وزير الصحة الدكتور سالم البدري",
        [("سالم البدري", "minister", None)],
    ),
    # Titles that cross, and words that are titles only with the article or only without.
    ("deputy_of_defence", "نائب وزير الدفاع الروسي إيفان بتروف", [("إيفان بتروف", "deputy_minister", "RUS")]),
    (
        "deputy_of_foreign_affairs",
        "نائب وزير الشؤون الخارجية الصيني وو شين",
        [("وو شين", "deputy_minister", "CHN")],
    ),
    ("name_like_a_military_rank", "رئيس الوزراء السوري عماد خميس", [("عماد خميس", "head_of_government", "SYR")]),
    ("actor", "تحدث الممثل المصري كريم فهمي عن فيلمه", []),
    (
        "member_of_the_council_of_ministers",
        "وزير الدولة عضو مجلس الوزراء الدكتور سالم البدري",
        [("سالم البدري", "deputy_minister", None)],
    ),
    (
        "minister_in_attendance",
        "وزير الثقافة كريم المنصوري الوزير المرافق ورئيس الاستخبارات العامة خالد الزهراني",
        [("كريم المنصوري", "minister", None), ("خالد الزهراني", "official", None)],
    ),
    ("prince_deputy", "الأمير خالد بن سالم نائب وزير الدفاع التقى ضيفه", [("خالد بن سالم", "deputy_minister", None)]),
    (
        "ruler_with_a_post",
        "الشيخ محمد بن راشد آل مكتوم رئيس مجلس الوزراء حاكم دبي",
        [("محمد بن راشد آل مكتوم", "head_of_government", "ARE")],
    ),
    # Whose a rank is: an organisation's or a state's; portfolios that name places.
    (
        "secretary_of_a_states_council",
        "أمين عام المجلس الأعلى للأمن القومي الإيراني علي شمخاني",
        [("علي شمخاني", "official", "IRN")],
    ),
    (
        "envoy_of_an_organisation",
        "مبعوث مجلس التعاون إلى اليمن سالم البدري",
        [("سالم البدري", "organisation", "GCC")],
    ),
    (
        "envoy_of_the_un_to_a_country",
        "المبعوث الخاص للأمم المتحدة إلى سوريا ستيفان دي ميستورا",
        [("ستيفان دي ميستورا", "organisation", "UN")],
    ),
    (
        "affairs_of_a_region",
        "مساعد وزير الخارجية الأمريكي لشؤون أفريقيا جوني كارسون",
        [("جوني كارسون", "deputy_minister", "USA")],
    ),
    (
        "attache_in_a_country",
        "الملحق العسكري السعودي في الأردن العقيد سالم البدري",
        [("سالم البدري", "military", "SAU")],
    ),
    # Marks between an office and a name, and names that only their letters tell.
    ("quoted_name", 'وزير الخارجية الألماني "زيغمار غابرييل"', [("زيغمار غابرييل", "foreign_minister", "DEU")]),
    (
        "abbreviation_in_brackets",
        "مدير وكالة الاستخبارات المركزية (سي آي إيه) جون برينان",
        [("جون برينان", "official", None)],
    ),
    ("hash_before_the_surname", "الرئيس الأمريكي دونالد #ترمب", [("دونالد #ترمب", "head_of_state", "USA")]),
    ("ann", "وزيرة الخارجية السويدية آن ليندي", [("آن ليندي", "foreign_minister", "SWE")]),
    ("turki", "سفير المملكة لدى النيجر تركي العلي", [("تركي العلي", "ambassador", "SAU")]),
    (
        "adjective_before_a_courtesy",
        "رئيس الديوان الملكي الهاشمي الدكتور فايز البدري",
        [("فايز البدري", "official", None)],
    ),
    ("blessing_after_a_name", "الأمير سعود الفيصل رحمه الله", [("سعود الفيصل", "royal", None)]),
    # Office-holders of the table, with no title.
    (
        "holders_without_titles",
        "اتفق بوتين وترامب على موعد القمة",
        [("بوتين", None, None), ("ترامب", None, None)],
    ),
    ("wife_of_a_holder", "افتتحت ميلانيا ترامب المعرض", []),
    ("a_holders_administration", "قالت إدارة ترامب إن الرسوم باقية", []),
    ("called_after_a_king", "قدم مركز الملك سلمان للإغاثة مساعدات", []),
    ("on_is_not_ali", "أقيمت مأدبة على شرف الأمير القطري", []),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_title_groups(text: str, wanted: list[Row]) -> None:
    assert mentions_of(text) == wanted
