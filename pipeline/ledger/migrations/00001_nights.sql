-- +goose Up
CREATE TABLE deliveries (
    seq         BIGINT NOT NULL PRIMARY KEY, -- arrival number, from 1, without gaps
    dataset     TEXT   NOT NULL,
    source      TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    sum         TEXT   NOT NULL,             -- of the content, as the store names it
    bytes       BIGINT NOT NULL,
    date        TEXT   NOT NULL,             -- business date
    mode        TEXT   NOT NULL,
    scope       TEXT   NOT NULL,
    state       TEXT   NOT NULL,             -- landed, broken, withdrawn
    reason      TEXT   NOT NULL,
    ref         TEXT   NOT NULL,             -- JSON: the artefact
    night       TEXT   NOT NULL              -- the night that last took it in, or empty
);

-- For the question whether content has come before: see Land.
CREATE INDEX deliveries_content ON deliveries (dataset, sum, date, mode, scope) WHERE state <> 'withdrawn';

-- What stood at each source when it was last listed, so that files are not read again every night.
CREATE TABLE sightings (
    source      TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    bytes       BIGINT NOT NULL,
    version     TEXT   NOT NULL,
    seq         BIGINT NOT NULL,             -- the delivery, or 0: matches no dataset
    PRIMARY KEY (source, name)
);

CREATE TABLE nights (
    id            TEXT   NOT NULL PRIMARY KEY,
    date          TEXT   NOT NULL,
    revision      BIGINT NOT NULL,
    state         TEXT   NOT NULL,           -- running, held, failed, published
    reason        TEXT   NOT NULL,
    manifest      TEXT   NOT NULL,
    predecessor   TEXT   NOT NULL,
    backfill      BIGINT NOT NULL,           -- 1: dated before a published night
    superseded_by TEXT   NOT NULL,
    started       TEXT   NOT NULL,
    finished      TEXT   NOT NULL,
    UNIQUE (date, revision)
);

-- The sure set of an item that was there before anybody was to be told: a bitmap in the store.
CREATE TABLE baselines (
    item        TEXT   NOT NULL,
    revision    BIGINT NOT NULL,
    window_from TEXT   NOT NULL,             -- first day of the application window, or empty
    night       TEXT   NOT NULL REFERENCES nights (id),
    ref         TEXT   NOT NULL,             -- JSON: the artefact
    entry       TEXT   NOT NULL,             -- the name of the bitmap in it
    PRIMARY KEY (item, revision, window_from)
);

-- One row for every notice of an item to an enterprise on a channel. The order of the key serves the question which
-- enterprises were told of an item already.
CREATE TABLE pushes (
    item        TEXT   NOT NULL,
    revision    BIGINT NOT NULL,
    window_from TEXT   NOT NULL,             -- first day of the application window, or empty
    channel     TEXT   NOT NULL,
    enterprise  BIGINT NOT NULL,
    state       TEXT   NOT NULL,             -- planned, sent, declined, cancelled
    night       TEXT   NOT NULL REFERENCES nights (id),
    code        TEXT   NOT NULL,
    contact     TEXT   NOT NULL,             -- reference into the contact store, never a number
    PRIMARY KEY (item, revision, window_from, channel, enterprise)
);

CREATE INDEX pushes_night ON pushes (night);

-- +goose Down
DROP TABLE pushes;
DROP TABLE baselines;
DROP TABLE nights;
DROP TABLE sightings;
DROP TABLE deliveries;
