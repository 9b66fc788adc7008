"""One partner, or two side by side: contacts by type and rank, people, sectors, time, and what came of plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from extract.contacts import list_people
from extract.profiles import NO_RANK, count_contacts, count_shared, list_planned, read_profiles
from extract.queries import Filters, count_parties
from pages.shared.address import write_address
from pages.shared.bars import write_bars
from pages.shared.charts import list_statuses, write_config, write_status_legend
from pages.shared.people_table import name_asked, name_people
from pages.shared.pictures import Picture, offer_picture
from pages.shared.records_table import record_address
from pages.shared.sidebar import narrow_filters
from pages.shared.tables import name_codes, offer_downloads, show_table
from pages.shared.times import draw_periods, find_start
from pages.shared.view import View, current_view, page_path, stop_if_nothing, version_of
from pages.shared.words import Words

# In the address: the countries that are compared, the first and the second.
KEY = "profile"
_PEOPLE, _PLANS, _PARTNERS, _PERIODS = 10, 50, 12, 24
# As many plans as are looked up in a few seconds: those of one country among a million records.
_MOST_PLANS = 10_000


def show_countries(view: View) -> None:
    """The choice of countries, then their figures side by side."""
    words = view.words
    st.title(words("nav.countries"), anchor=False)
    stop_if_nothing(view)
    parties = _choose(view, count_parties(view.register, view.filters)["party_code"].tolist())
    profiles = read_profiles(view.register, view.filters, parties)
    for column, profile in zip(st.columns(len(parties)), profiles.to_dict("records"), strict=True):
        with column:
            _show_figures(view, profile)
    st.caption(words("countries.contact_rule"))
    if len(parties) > 1:
        shared = count_shared(view.register, view.filters, parties)
        st.caption(words("countries.shared", count=shared))
    _show_times(view, parties)
    _show_breakdowns(view, parties)
    for party in parties:
        _show_people(view, party)
    for party in parties:
        _show_plans(view, party)


def _choose(view: View, codes: Sequence[str]) -> list[str]:
    """The countries that the address names, or the most frequent one; two boxes change them."""
    words = view.words
    asked = [
        code for code in dict.fromkeys(st.query_params.get_all(KEY) or st.session_state.get(KEY, [])) if code in codes
    ]
    asked = asked[:2] or list(codes[:1])
    if missing := [code for code in st.query_params.get_all(KEY) if code not in codes]:
        st.warning(words("countries.none_of", names=words.comma.join(name_asked(words, code) for code in missing)))
    boxes = st.columns(2)
    first = boxes[0].selectbox(
        words("countries.first"), codes, codes.index(asked[0]), format_func=lambda code: words.name("party", code),
        key=f"first-{words.language}-{asked}",
    )  # fmt: skip
    others = [None, *(code for code in codes if code != first)]
    second = boxes[1].selectbox(
        words("countries.second"), others, others.index(asked[1]) if len(asked) > 1 and asked[1] in others else 0,
        format_func=lambda code: words.name("party", code) if code else words("countries.nobody"),
        key=f"second-{words.language}-{asked}",
    )  # fmt: skip
    chosen = [code for code in (first, second) if code]
    st.session_state[KEY] = chosen
    if chosen != st.query_params.get_all(KEY):
        st.query_params[KEY] = chosen
    if chosen != asked:
        st.rerun()
    return chosen


def _show_figures(view: View, profile: dict[Any, Any]) -> None:
    words = view.words
    st.header(words.name("party", profile["party_code"]), anchor=False)
    figures = {name: profile[name] for name in ("engagements", "held", "planned", "cancelled", "undated", "partners")}
    cells = "".join(
        f"<div><dt>{escape(words(f'countries.{name}'))}</dt><dd>{escape(words.number(number))}</dd></div>"
        for name, number in figures.items()
    )
    st.html(f'<dl class="figures">{cells}</dl>')
    if filters := _narrow(view.filters, profile["party_code"]):
        address = write_address(words.language, filters)
        st.page_link(page_path("records"), label=words("countries.records"), query_params=address)
    for name in ("first", "last"):
        date = (
            words.date(profile[f"{name}_date"], profile[f"{name}_end"], profile[f"{name}_precision"] or "unknown")
            if pd.notna(profile[f"{name}_date"])
            else None
        )
        if date:
            st.page_link(
                page_path("records"),
                label=words(f"countries.{name}_contact", date=date),
                query_params=record_address(view, profile[f"{name}_id"]),
            )


def _narrow(filters: Filters, party: str) -> Filters | None:
    """The filters that leave the records of one party alone; None where there are none that say so."""
    if party in filters.country and len(filters.country) == 1:
        return filters
    key = "partner" if filters.country else "country"
    return None if getattr(filters, key) else narrow_filters(filters, key, party)


def _show_breakdowns(view: View, parties: Sequence[str]) -> None:
    words = view.words
    ranks = {code: words.name("rank", code) for code in words.codes("rank")} | {NO_RANK: words("countries.no_official")}
    kinds = {
        "type": {code: words.name("type", code) for code in words.codes("type")},
        "sector": {code: words.name("sector", code) for code in words.codes("sector")},
        "own_rank": ranks,
        "other_rank": ranks,
    }
    beside = st.columns(2)
    rows = []
    for at, (by, names) in enumerate(kinds.items()):
        counts = count_contacts(view.register, view.filters, parties, by)
        rows.append(_name_breakdown(words, by, counts, names))
        if not counts.empty:
            with beside[at % 2]:
                st.html(write_bars(words, counts, parties, names, words(f"countries.by_{by}")))
    partners = count_contacts(view.register, view.filters, parties, "partner")
    often = partners.groupby("code")["engagements"].sum().sort_values(ascending=False, kind="stable").head(_PARTNERS)
    with beside[0]:
        names = {code: words.name("party", code) for code in often.index}
        st.html(write_bars(words, partners, parties, names, words("countries.by_partner")))
    known = {code: words.name("party", code) for code in partners["code"].unique()}
    rows.append(_name_breakdown(words, "partner", partners, known))
    offer_downloads(words, "breakdowns", lambda: name_codes(pd.concat(rows, ignore_index=True), words))


def _name_breakdown(words: Words, by: str, counts: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The numbers of one breakdown as rows of the download of all of them."""
    summed = counts.groupby(["party_code", "code"], as_index=False)["engagements"].sum()
    named: pd.DataFrame = summed.assign(breakdown=words(f"countries.by_{by}"), value=summed["code"].map(dict(names)))
    return named[["breakdown", "party_code", "value", "engagements"]]


def _show_times(view: View, parties: Sequence[str]) -> None:
    """The records of each country on one line of time, by year, or by month where these are few; then the same numbers."""
    words = view.words
    by = "month" if _count_months(view, parties) <= _PERIODS else "year"
    counts = count_contacts(view.register, view.filters, parties, by)
    if counts.empty:
        return
    days = pd.to_datetime(counts["code"] + ("-01" if by == "month" else "-01-01")).astype("datetime64[s]")
    periods = counts.assign(period=days, row=[words.name("party", party) for party in counts["party_code"]])
    st.subheader(words(f"countries.by_{by}"), anchor=False)
    st.html(write_status_legend(words))
    rows = [words.name("party", party) for party in parties]
    start, earlier = find_start(periods)
    cut = words("timeline.earlier", date=words.date(start, None, by), count=earlier) if earlier else ""
    title = f"{words.names('party', parties)}: {words(f'countries.by_{by}')}"
    numbers = counts.rename(columns={"code": by})
    picture = Picture("times-chart", title, lambda: numbers, legend=list_statuses(words), notes=(cut,))
    with offer_picture(view, picture):
        st.plotly_chart(
            draw_periods(words, periods, rows, by=by),
            key=f"times-{'-'.join(parties)}-{version_of(view.filters)}",
            config=write_config(words),
            alt=words("countries.times_alt"),
        )
        if cut:
            st.caption(cut)
    table = periods.pivot_table(index="code", columns="row", values="engagements", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=rows).fillna(0).astype(int).iloc[::-1]
    table.columns.name = None
    with st.expander(words("countries.times_table")):
        show_table(words, table.rename_axis(by).reset_index(), name="times")


def _count_months(view: View, parties: Sequence[str]) -> int:
    """From the first to the last month on the line."""
    months = count_contacts(view.register, view.filters, parties, "month")
    years = count_contacts(view.register, view.filters, parties, "year")
    # Months would leave out what is known by its year alone.
    if months.empty or months["engagements"].sum() < years["engagements"].sum():
        return _PERIODS + 1
    first, last = months["code"].min(), months["code"].max()
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1


def _show_people(view: View, party: str) -> None:
    words = view.words
    name = words.name("party", party)
    sides = {
        "own": partial(list_people, view.register, view.filters, countries=(party,)),
        "others": partial(list_people, view.register, view.filters, beside=party),
    }
    for column, (side, read) in zip(st.columns(2), sides.items(), strict=True):
        people = read(limit=_PEOPLE)
        with column:
            st.subheader(words(f"countries.{side}_people", name=name), anchor=False)
            if people.empty:
                st.caption(words("countries.no_people"))
            else:
                columns = ("name" if words.is_arabic else "name_latin", "rank", "engagements")
                show_table(
                    words,
                    name_people(words, people),
                    name=f"people-{side}-{party}",
                    columns=columns,
                    whole=partial(_name_all, words, read),
                )
                if len(people) == _PEOPLE:
                    st.caption(words("countries.people_cut", count=_PEOPLE))


def _name_all(words: Words, read: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return name_people(words, read())


def _show_plans(view: View, party: str) -> None:
    words = view.words
    plans = list_planned(view.register, view.filters, party, limit=_PLANS)
    st.subheader(words("countries.plans", name=words.name("party", party)), anchor=False)
    if plans.empty:
        st.caption(words("countries.no_plans"))
        return
    st.caption(words("countries.plans_rule"))
    if len(plans) == _PLANS:
        st.caption(words("countries.plans_cut", count=_PLANS, most=_MOST_PLANS))
    table = _write_plans(words, plans)
    shown = [column for column in table.columns if not column.endswith("_id")]
    row = show_table(
        words,
        table,
        name=f"plans-{party}",
        columns=shown,
        whole=lambda: _write_plans(words, list_planned(view.register, view.filters, party, limit=_MOST_PLANS)),
        version=version_of(view.filters),
        is_choosable=True,
    )
    if row is not None:
        st.switch_page(page_path("records"), query_params=record_address(view, plans["engagement_id"].iloc[row]))


def _write_plans(words: Words, plans: pd.DataFrame) -> pd.DataFrame:
    """The rows of `list_planned` as they are shown."""
    dates = zip(plans["date_start"], plans["date_end"], plans["date_precision"], strict=True)
    return pd.DataFrame(
        {
            "date": [words.date(*date) for date in dates],
            "came_of_it": [words(f"came_of_it.{code}") for code in plans["came_of_it"]],
            "party_codes": plans["party_codes"],
            "type": plans["type"],
            "summary": plans["summary" if words.is_arabic else "summary_en"],
            "engagement_id": plans["engagement_id"],
            "followed_id": plans["followed_id"],
        }
    )


show_countries(current_view())
