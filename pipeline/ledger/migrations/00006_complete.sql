-- +goose Up
ALTER TABLE deliveries ADD COLUMN declared BIGINT; -- rows that the delivery's manifest says it has; NULL: none says so

-- Files that must have come to rest before they are taken: since when they look as they do, by our clock.
CREATE TABLE watches (
    source      TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    bytes       BIGINT NOT NULL,
    version     TEXT   NOT NULL,
    since       TEXT   NOT NULL,
    PRIMARY KEY (source, name)
);

-- +goose Down
DROP TABLE watches;
ALTER TABLE deliveries DROP COLUMN declared;
