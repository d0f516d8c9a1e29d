PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-23 15:34:52');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-23 15:34:52');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-24 09:12:03');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-25 19:40:11');
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-25 22:10:00');
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
, arrived TEXT NOT NULL DEFAULT '', purged TEXT NOT NULL DEFAULT '');
INSERT INTO deliveries VALUES(1,'tax','exchange','tax_2026-06-15_full.csv','0000000000000000000000000000000000000000000000000000000000000001',1,'2026-06-15','full','5107','landed','','{"name":"landing/00/0000000000000000000000000000000000000000000000000000000000000001.csv.age","size":1,"sum":"0000000000000000000000000000000000000000000000000000000000000001","sealed":true}','2026-06-15.2','2026-06-15T13:00:00.000Z','');
INSERT INTO deliveries VALUES(2,'tax','exchange','tax_2026-06-15_full.csv','0000000000000000000000000000000000000000000000000000000000000002',2,'2026-06-15','full','5107','broken','第3行多一列','{"name":"landing/00/0000000000000000000000000000000000000000000000000000000000000002.csv.age","size":2,"sum":"0000000000000000000000000000000000000000000000000000000000000002","sealed":true}','','','');
CREATE TABLE sightings (
    source      TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    bytes       BIGINT NOT NULL,
    version     TEXT   NOT NULL,
    seq         BIGINT NOT NULL,             -- the delivery, or 0: matches no dataset
    PRIMARY KEY (source, name)
);
INSERT INTO sightings VALUES('exchange','tax_2026-06-15_full.csv',1,'v1',1);
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
INSERT INTO nights VALUES('2026-06-14','2026-06-14',1,'published','','nights/2026-06-14/manifest.json','',0,'','2026-06-14T13:30:00.000Z','2026-06-14T14:30:00.000Z');
INSERT INTO nights VALUES('2026-06-15','2026-06-15',1,'published','','nights/2026-06-15/manifest.json','2026-06-14',0,'2026-06-15.2','2026-06-15T13:30:00.000Z','2026-06-15T14:00:00.000Z');
INSERT INTO nights VALUES('2026-06-15.2','2026-06-15',2,'published','','nights/2026-06-15.2/manifest.json','2026-06-14',0,'','2026-06-15T14:30:00.000Z','2026-06-15T15:00:00.000Z');
CREATE TABLE baselines (
    item        TEXT   NOT NULL,
    revision    BIGINT NOT NULL,
    window_from TEXT   NOT NULL,             -- first day of the application window, or empty
    night       TEXT   NOT NULL REFERENCES nights (id),
    ref         TEXT   NOT NULL,             -- JSON: the artefact
    entry       TEXT   NOT NULL,             -- the name of the bitmap in it
    PRIMARY KEY (item, revision, window_from)
);
INSERT INTO baselines VALUES('zj-02',3,'','2026-06-14','{"name":"landing/00/0000000000000000000000000000000000000000000000000000000000000009.csv.age","size":9,"sum":"0000000000000000000000000000000000000000000000000000000000000009","sealed":true}','zj-02');
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
INSERT INTO pushes VALUES('zj-01',1,'2026-01-01','sms',65536,'planned','2026-06-15.2','91510703MA62000000','0123456789abcdef');
INSERT INTO pushes VALUES('zj-01',1,'2026-01-01','sms',65537,'cancelled','2026-06-15','91510703MA62000000','0123456789abcdef');
CREATE TABLE audits (
    at          TEXT   NOT NULL,
    who         TEXT   NOT NULL,
    what        TEXT   NOT NULL
);
INSERT INTO audits VALUES('2026-06-15T13:30:00.000Z','王五','export rejects --raw');
CREATE TABLE gates (
    night       TEXT   NOT NULL REFERENCES nights (id),
    gate        TEXT   NOT NULL,             -- rows, rejects
    subject     TEXT   NOT NULL,             -- the dataset
    finding     TEXT   NOT NULL,             -- figures and rule: a release is of this text
    who         TEXT   NOT NULL,             -- released it, or empty
    why         TEXT   NOT NULL,
    at          TEXT   NOT NULL,             -- of the release, or empty
    PRIMARY KEY (night, gate, subject)
);
INSERT INTO gates VALUES('2026-06-15.2','rows','tax','600 of 1000','王五','两个所合并','2026-06-15T13:30:00.000Z');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',5);
CREATE INDEX deliveries_content ON deliveries (dataset, sum, date, mode, scope) WHERE state <> 'withdrawn';
CREATE INDEX pushes_night ON pushes (night);
COMMIT;
