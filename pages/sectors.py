"""What the engagements were about: sectors by group, and sectors by partner."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from extract.queries import (
    count_sector_parties,
    count_sectors,
    count_stages,
    list_amounts,
    list_projects,
    read_figures,
)
from pages.shared.address import write_address
from pages.shared.charts import draw_sectors, list_groups, order_sectors, write_group_legend
from pages.shared.clicks import click_key, show_clickable
from pages.shared.grids import MOST_PARTNERS, draw_grid
from pages.shared.pictures import Picture, offer_picture
from pages.shared.records_table import record_address
from pages.shared.tables import show_table
from pages.shared.view import View, current_view, page_path, stop_if_nothing, version_of

# Projects and amounts are read from the register itself, not from facets: of so many records, the latest. A download has all.
_LATEST = 2_000
_FITTING = 7


def show_sectors(view: View) -> None:
    """Bars and a cross table of the selection."""
    words = view.words
    st.title(words("nav.sectors"), anchor=False)
    stop_if_nothing(view)
    counts = order_sectors(words, count_sectors(view.register, view.filters))
    if counts.empty:
        st.info(words("sectors.none"))
        return
    rule = words("sectors.with_context" if view.filters.context else "sectors.core_only")
    st.caption(rule)
    st.header(words("sectors.by_sector"), anchor=False)
    st.html(write_group_legend(words, counts))
    st.caption(words("sectors.click"))
    version = version_of(view.filters)
    bars = draw_sectors(words, counts)
    table = counts if view.filters.context else counts.drop(columns="core")
    legend = list_groups(words, counts)
    picture = Picture("sectors-chart", words("sectors.by_sector"), lambda: table, legend=legend, notes=(rule,))
    with offer_picture(view, picture):
        show_clickable(view, bars, key=f"sectors-{version}", alt=words("sectors.alt"), keys=("sector",))
    show_table(words, table, name="sectors")

    st.header(words("sectors.by_partner"), anchor=False)
    pairs = count_sector_parties(view.register, view.filters)
    partners = pairs[~pairs["party_code"].isin(view.filters.country)]
    frequent = partners.groupby("party_code")["engagements"].sum().sort_values(ascending=False, kind="stable").index
    grid = draw_grid(words, partners, counts["sector_code"].tolist(), frequent.tolist())
    cut = words("sectors.heat_cut", count=MOST_PARTNERS) if len(frequent) > MOST_PARTNERS else ""
    if cut:
        st.caption(cut)
    alt = words("sectors.heat_alt")
    drawn = partners[partners["party_code"].isin(frequent[:MOST_PARTNERS])]
    picture = Picture("sectors-by-partner-chart", words("sectors.by_partner"), lambda: drawn, notes=(rule, cut))
    with offer_picture(view, picture), st.container(key="grid"):
        show_clickable(view, grid, key=f"grid-{version}", alt=alt, keys=("sector", click_key(view)))
    cross = partners.pivot_table(index="sector_code", columns="party_code", values="engagements", fill_value=0)
    cross = cross.reindex(index=counts["sector_code"], columns=frequent).astype(int).reset_index()
    cross.columns.name = None
    # The grid shows as many partners as fit; the download has them all.
    fitting = ["sector_code", *frequent[:_FITTING]]
    show_table(words, cross, name="sectors-by-partner", columns=fitting)
    show_stages(view)
    show_details(view)


def show_stages(view: View) -> None:
    """How far the subjects came: discussed, agreed, signed."""
    words = view.words
    st.header(words("sectors.stages"), anchor=False)
    st.caption(words("sectors.stages_why"))
    show_table(words, count_stages(view.register, view.filters), name="stages")


def show_details(view: View) -> None:
    """Projects and amounts as the articles name them, never summed; a chosen row leads to the records it stands in."""
    words = view.words
    version = version_of(view.filters)
    total = read_figures(view.register, view.filters).engagements
    cut = f" {words('sectors.latest', count=_LATEST, total=total)}" if total > _LATEST else ""
    st.header(words("sectors.projects"), anchor=False)
    projects = list_projects(view.register, view.filters, limit=_LATEST)
    if projects.empty:
        st.caption(words("sectors.no_projects") + cut)
    else:
        st.caption(words("sectors.projects_why") + cut)
        row = show_table(
            words,
            projects,
            name="projects",
            whole=lambda: list_projects(view.register, view.filters, limit=total),
            version=version,
            is_choosable=True,
        )
        if row is not None:
            named = replace(view.filters, text=projects["project"].iloc[row])
            st.switch_page(page_path("records"), query_params=write_address(words.language, named))
    st.header(words("sectors.amounts"), anchor=False)
    amounts = list_amounts(view.register, view.filters, limit=_LATEST)
    if amounts.empty:
        st.caption(words("sectors.no_amounts") + cut)
        return
    st.caption(words("sectors.amounts_why") + cut)
    row = show_table(
        words,
        amounts,
        name="amounts",
        whole=lambda: list_amounts(view.register, view.filters, limit=total),
        version=version,
        is_choosable=True,
    )
    if row is not None:
        engagement_id = amounts["engagement_id"].iloc[row]
        st.switch_page(page_path("records"), query_params=record_address(view, engagement_id))


show_sectors(current_view())
