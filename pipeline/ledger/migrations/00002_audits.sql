-- +goose Up
CREATE TABLE audits (
    at          TEXT   NOT NULL,
    who         TEXT   NOT NULL,
    what        TEXT   NOT NULL
);

-- +goose Down
DROP TABLE audits;
