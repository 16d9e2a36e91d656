-- +goose Up
ALTER TABLE project ADD COLUMN about_names TEXT NOT NULL DEFAULT '{}';
