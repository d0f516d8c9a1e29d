-- +goose Up
-- What gates found on a night, and who released it.
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

-- +goose Down
DROP TABLE gates;
