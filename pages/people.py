"""The officials: who they are, whom they met, and when."""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from extract.contacts import (
    Person,
    count_countries,
    count_encounters,
    count_people,
    list_contacts,
    list_encounters,
    list_people,
)
from pages.shared.address import write_address
from pages.shared.people_table import name_asked, name_people
from pages.shared.records_table import record_address
from pages.shared.tables import MANY_ROWS, show_table
from pages.shared.view import View, current_view, page_path, stop_if_nothing

# In the address: the person shown (a name, and the code of his country where one is known), and whose officials are listed.
PERSON_KEY, COUNTRY_KEY, OF_KEY = "person", "person_country", "of"
_ROWS = 500
_RECORDS = 50
# Articles call one person by many titles, some by chance: the usual ones.
_TITLES = 3


def show_people(view: View) -> None:
    """The person that the address names, or the table of all."""
    words = view.words
    st.title(words("nav.people"), anchor=False)
    stop_if_nothing(view)
    of = st.query_params.get(OF_KEY)
    if name := st.query_params.get(PERSON_KEY):
        st.page_link(
            page_path("people"),
            label=words("people.back"),
            icon=":material/list:",
            query_params=write_address(words.language, view.filters) | ({OF_KEY: of} if of else {}),
        )
        _show_person(view, Person(name, st.query_params.get(COUNTRY_KEY)))
        return
    _show_all(view)


def _show_all(view: View) -> None:
    words = view.words
    codes = [None, *count_countries(view.register, view.filters)["party_code"]]
    asked = st.query_params.get(OF_KEY)
    if asked and asked not in codes:
        st.warning(words("countries.none_of", names=name_asked(words, asked)))
    of = st.selectbox(
        words("people.of"),
        codes,
        codes.index(asked) if asked in codes else 0,
        format_func=lambda code: words.name("party", code) if code else words("filter.any"),
        key=f"of-{words.language}-{asked}",
    )
    if of and of != asked:
        st.query_params[OF_KEY] = of
    elif not of:
        st.query_params.pop(OF_KEY, None)
    countries = (of,) if of else None
    total = count_people(view.register, view.filters, countries=countries)
    if not total:
        st.info(words("people.none"))
        return
    st.caption(words("people.count", count=total))
    pages = -(-total // _ROWS)
    page = st.pagination(pages, key=f"people-page-{of}") if pages > 1 else 1
    people = list_people(view.register, view.filters, countries=countries, limit=_ROWS, offset=(page - 1) * _ROWS)
    row = show_table(
        words,
        name_people(words, people),
        name="people",
        columns=("name", "name_latin", "rank", "party_code", "engagements", "date_last"),
        whole=lambda: name_people(words, list_people(view.register, view.filters, countries=countries)),
        version=(view.filters, of, page),
        is_choosable=True,
        rows=MANY_ROWS,
    )
    if row is not None:
        chosen = people.iloc[row]
        address = write_address(words.language, view.filters) | {PERSON_KEY: chosen["name"]}
        if pd.notna(chosen["party_code"]):
            address[COUNTRY_KEY] = chosen["party_code"]
        if of:
            address[OF_KEY] = of
        st.switch_page(page_path("people"), query_params=address)


def _show_person(view: View, person: Person) -> None:
    words = view.words
    records = list_encounters(view.register, view.filters, person, limit=_RECORDS)
    if records.empty:
        st.warning(words("people.gone"))
        return
    total = count_encounters(view.register, view.filters, person)
    latest = records.iloc[0]
    country = words.name("party", person.country) if person.country else words("people.no_country")
    titles = records["title"].value_counts().index[:_TITLES]
    names = [latest["name_latin"], person.name] if not words.is_arabic else [person.name, latest["name_latin"]]
    first, *others = dict.fromkeys(name for name in names if pd.notna(name))
    st.header(first, anchor=False)
    facts = (*others, words.name("rank", latest["rank"]), country, *titles)
    spans = "".join(f"<span><bdi>{escape(fact)}</bdi></span>" for fact in facts)
    st.html(f'<div class="card"><small>{spans}</small></div>')

    st.subheader(words("people.met"), anchor=False)
    met = list_contacts(view.register, view.filters, person, limit=_ROWS)
    if met.empty:
        st.caption(words("people.met_nobody"))
    else:
        st.caption(words("people.met_rule"))
        columns = ("name", "name_latin", "rank", "party_code", "engagements", "date_last")
        show_table(
            words,
            name_people(words, met),
            name="met",
            columns=columns,
            whole=lambda: name_people(words, list_contacts(view.register, view.filters, person)),
        )

    st.subheader(words("people.records", count=total), anchor=False)
    for record in records.to_dict("records"):
        date = words.date(record["date_start"], record["date_end"], record["date_precision"])
        others = record["others" if words.is_arabic else "others_en"]
        facts = (
            date or words("citation.no_date"),
            words.name("type", record["type"]),
            words.name("status", record["status"]),
            words.names("party", record["party_codes"]),
            words.comma.join(others if isinstance(others, (list, np.ndarray)) else []),
        )
        st.page_link(
            page_path("records"),
            label=" · ".join(fact for fact in facts if fact),
            query_params=record_address(view, record["engagement_id"]),
        )
    if total > _RECORDS:
        st.caption(words("people.records_cut", count=_RECORDS))


show_people(current_view())
