-- +goose Up
-- Datasets that operators have held by hand, and who has let them go again.
CREATE TABLE holds (
    dataset     TEXT   NOT NULL,
    since       TEXT   NOT NULL,
    who         TEXT   NOT NULL,
    why         TEXT   NOT NULL,
    lifted      TEXT   NOT NULL,             -- when it was let go, or empty
    lifted_by   TEXT   NOT NULL,
    lifted_why  TEXT   NOT NULL,
    PRIMARY KEY (dataset, since)
);

-- +goose Down
DROP TABLE holds;
