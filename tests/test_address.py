"""The address and the view are the same thing; what an address cannot mean is left out and told."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.queries import Filters
from pages.shared.address import EARLIEST, LATEST, read_address, write_address

CODES = {
    "country": ["KWT", "CHN"],
    "sector": ["ports"],
    "type": ["visit", "call"],
    "status": ["held"],
    "partner": ["KWT", "OMN"],
    "group": ["energy"],
    "role": ["main"],
    "rank": ["minister"],
    "outlet": ["a.example"],
}


RUN = datetime(2026, 11, 21)


def some(key: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(CODES[key]), unique=True).map(tuple)


FILTERS = st.builds(
    Filters,
    country=some("country"),
    sector=some("sector"),
    context=st.booleans(),
    type=some("type"),
    status=some("status"),
    partner=some("partner"),
    group=some("group"),
    role=some("role"),
    rank=some("rank"),
    outlet=some("outlet"),
    confidence=st.integers(0, 100),
    since=st.none() | st.dates(EARLIEST, LATEST),
    until=st.none() | st.dates(EARLIEST, LATEST),
    undated=st.booleans(),
    text=st.text(max_size=50).map(str.strip),
    changed_since=st.none()
    | st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)).map(lambda at: at.replace(microsecond=0)),
)


@given(st.sampled_from(["ar", "en"]), FILTERS)
def test_a_view_survives_its_address(language: str, filters: Filters) -> None:
    written = write_address(language, filters)
    parameters = {key: [value] if isinstance(value, str) else value for key, value in written.items()}
    address = read_address(parameters, CODES)
    assert (address.language, address.filters, address.ignored) == (language, filters, ())


def test_the_plain_view_has_a_plain_address() -> None:
    assert write_address("ar", Filters()) == {}


@pytest.mark.parametrize(
    ("parameters", "filters", "ignored"),
    [
        pytest.param({"country": ["CHN", "OZ"]}, Filters(country=("CHN",)), ("country=OZ",), id="no-such-country"),
        pytest.param({"country": ["KWT", "KWT"]}, Filters(country=("KWT",)), (), id="twice"),
        pytest.param({"since": ["2024-02-30"]}, Filters(), ("since=2024-02-30",), id="no-such-day"),
        pytest.param({"since": ["0001-01-01"]}, Filters(), ("since=0001-01-01",), id="a-day-too-early"),
        pytest.param({"until": ["2024-05-06"]}, Filters(until=date(2024, 5, 6)), (), id="a-day"),
        pytest.param({"undated": ["maybe"]}, Filters(), ("undated=maybe",), id="not-a-switch"),
        pytest.param({"undated": ["0"]}, Filters(undated=False), (), id="a-switch"),
        pytest.param({"lang": ["fr"]}, Filters(), ("lang=fr",), id="no-such-language"),
        pytest.param({"confidence": ["70"]}, Filters(confidence=70), (), id="a-share"),
        pytest.param({"confidence": ["101"]}, Filters(), ("confidence=101",), id="more-than-all"),
        pytest.param({"confidence": ["much"]}, Filters(), ("confidence=much",), id="not-a-number"),
        pytest.param({"changed_since": ["2026-11-21"]}, Filters(changed_since=RUN), (), id="since-a-day"),
        pytest.param({"changed_since": ["2026-11-21T03:00:00+03:00"]}, Filters(changed_since=RUN), (), id="in-a-zone"),
        pytest.param({"changed_since": ["my visit"]}, Filters(), ("changed_since=my visit",), id="not-a-time"),
        pytest.param(
            {"changed_since": ["0001-01-01"]}, Filters(), ("changed_since=0001-01-01",), id="a-time-too-early"
        ),
        pytest.param({"embed": ["true"]}, Filters(), (), id="not-ours"),
        pytest.param({"text": ["  ميناء "]}, Filters(text="ميناء"), (), id="text"),
        pytest.param({"text": ["x" * 5000]}, Filters(text="x" * 200), (), id="a-very-long-text"),
    ],
)
def test_a_stale_address_falls_back(
    parameters: dict[str, list[str]], filters: Filters, ignored: tuple[str, ...]
) -> None:
    address = read_address(parameters, CODES)
    assert (address.language, address.filters, address.ignored) == ("ar", filters, ignored)
