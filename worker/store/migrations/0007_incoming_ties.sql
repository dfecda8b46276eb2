-- Many incoming leads share one created_at: a bulk POST, an import. SQLite bounds a range by a row value only where its
-- columns are ordinary ones, and a rowid's name is none: each page of a walk read all the ties before it again. This copy of
-- lead_id is stored in the indexes alone. A pipeline of every category is one range, too.
ALTER TABLE incoming_lead ADD COLUMN tie INTEGER GENERATED ALWAYS AS (lead_id) VIRTUAL;

DROP INDEX incoming_lead_waiting;
DROP INDEX incoming_lead_category;
DROP INDEX incoming_lead_pipeline;
CREATE INDEX incoming_lead_waiting ON incoming_lead (organization_id, created_at, tie) WHERE outcome IS NULL;
CREATE INDEX incoming_lead_category ON incoming_lead (organization_id, category, created_at, tie) WHERE outcome IS NULL;
CREATE INDEX incoming_lead_pipeline ON incoming_lead (organization_id, pipeline_id, created_at, tie)
  WHERE outcome IS NULL;
CREATE INDEX incoming_lead_pipeline_category ON incoming_lead (organization_id, pipeline_id, category, created_at, tie)
  WHERE outcome IS NULL;
