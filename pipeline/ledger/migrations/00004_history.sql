-- +goose Up
-- When a delivery was landed, or empty: before this was noted.
ALTER TABLE deliveries ADD COLUMN arrived TEXT NOT NULL DEFAULT '';

-- When its file was taken out of the landing zone, as its time was over, or empty.
ALTER TABLE deliveries ADD COLUMN purged TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE deliveries DROP COLUMN purged;
ALTER TABLE deliveries DROP COLUMN arrived;
