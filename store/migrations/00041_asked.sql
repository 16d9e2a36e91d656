-- +goose Up
CREATE INDEX consensus_asked ON consensus (org, project) WHERE asked > 0;
