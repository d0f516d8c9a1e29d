-- +goose Up
-- When a delivery was landed, or empty: before this was noted.
ALTER TABLE deliveries ADD COLUMN arrived TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE deliveries DROP COLUMN arrived;
