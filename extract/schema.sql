-- The register: narrow typed tables, one row a fact. Codes are the codebook's; offsets are code points, half-open.
-- `engagement_no` is the position of the record in date order (undated last): dense, so that pages can fetch rows by
-- number. `position` is the place of an item in its record, from 0.

create table meta (key varchar primary key, value varchar not null);

create table article (
    article_id varchar primary key,
    title varchar not null,
    text varchar not null,
    outlet varchar,
    url varchar,
    published date
);

create table engagement (
    engagement_no integer primary key,
    engagement_id varchar not null unique,
    role varchar not null,
    type varchar not null,
    status varchar not null,
    date_start date,
    date_end date,
    date_precision varchar not null,
    date_basis varchar not null,
    date_words varchar,
    venue_country varchar,
    venue_city varchar,
    venue_city_en varchar,
    summary varchar not null,
    summary_en varchar not null,
    confidence double not null,
    article_id varchar not null
);

-- The words, folded by extract/search.py, that records are found by, in order. The records of a word are packed by
-- extract/word_index.py: the least `engagement_no`, then the gaps to the next ones, as integers of `width` bytes each,
-- compressed there with zlib.
create table word (
    word varchar not null,
    first integer not null,
    width tinyint not null,
    gaps blob not null using compression uncompressed
);

create table party (engagement_no integer not null, position integer not null, party_code varchar not null);

create table sector (
    engagement_no integer not null,
    position integer not null,
    sector_code varchar not null,
    is_core boolean not null
);

create table official (
    engagement_no integer not null,
    position integer not null,
    name varchar not null,
    name_canonical varchar not null,
    name_latin varchar not null,
    title varchar,
    rank varchar not null,
    party_code varchar,
    institution varchar
);

create table project (
    engagement_no integer not null,
    position integer not null,
    name varchar not null,
    sector_code varchar,
    country_code varchar
);

create table amount (
    engagement_no integer not null,
    position integer not null,
    value double not null,
    unit varchar not null,
    measures varchar,
    growth double
);

create table outcome (
    engagement_no integer not null,
    position integer not null,
    type varchar not null,
    quote varchar not null
);

create table evidence (
    engagement_no integer not null,
    position integer not null,
    field varchar not null,
    value varchar not null,
    article_id varchar not null,
    start_char integer not null,
    end_char integer not null,
    quote varchar not null,
    rule varchar not null
);

create table blank (
    engagement_no integer not null,
    position integer not null,
    field varchar not null,
    reason varchar not null
);

create table field_confidence (
    engagement_no integer not null,
    position integer not null,
    field varchar not null,
    confidence double not null
);

-- What the record says of its sources: `published` only where it can be trusted, unlike the feed's stamp in `article`.
create table source (
    engagement_no integer not null,
    position integer not null,
    article_id varchar not null,
    title varchar not null,
    outlet varchar,
    url varchar,
    published date
);

-- What the sources of a merged record say differently: one row a source, the same field.
create table disagreement (
    engagement_no integer not null,
    position integer not null,
    field varchar not null,
    value varchar not null,
    article_id varchar not null
);

-- Which records were merged: `engagement_id` is the record that stands in the tables above, `member_id` an article's own
-- record, kept in tables of the same names in the schema `unmerged`; `joined_id` is the member that it was found to match
-- (null for the first), `signals` a JSON object of points by name, which sum up to `score`.
create table merge (
    engagement_id varchar not null,
    member_id varchar not null unique,
    joined_id varchar,
    score double,
    signals varchar not null
);

-- When a record first came into a register of this store, and when a later run last found it to say something else: the
-- times of those runs, in UTC (extract/history.py).
create table history (engagement_no integer not null, first_seen timestamp not null, changed_at timestamp);

-- The runs that built this store's registers, and how many records were there, came, changed and went.
create table run (
    built_at timestamp primary key,
    records bigint not null,
    new bigint not null,
    changed bigint not null,
    gone bigint not null
);

-- Records of earlier registers that this one has not: the last runs' alone.
create table gone (
    gone_at timestamp not null,
    engagement_id varchar not null,
    type varchar not null,
    status varchar not null,
    date_start date,
    date_end date,
    date_precision varchar not null,
    summary varchar not null,
    summary_en varchar not null,
    party_codes varchar[] not null
);

create table refusal (path varchar not null, reason varchar not null, detail varchar not null);

-- Names of every code that the register may hold, so that a reader of the register needs no other file.
-- kind: type, status, role, rank, sector, sector_group, party, precision, basis, outcome, reason, unit; parent: a sector's group.
create table label (kind varchar not null, code varchar not null, name_ar varchar not null, name_en varchar not null, parent varchar);
