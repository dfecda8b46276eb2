-- A person's request, who it is from, and how it came in.

CREATE TABLE lead (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  uuid TEXT NOT NULL,
  slug TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('held', 'dropped', 'incoming', 'pending', 'assigned', 'closed', 'declined', 'linked', 'deleted')),
  version INTEGER NOT NULL DEFAULT 1,
  -- The change that made this version: later statements of the same batch recognise their own work by it.
  change_id TEXT NOT NULL,
  form_id TEXT,
  room_id TEXT,
  visitor_id TEXT,
  -- One contact is made with each lead, under the lead's own number; linking may move it.
  contact_id INTEGER NOT NULL,
  pipeline_id INTEGER NOT NULL,
  -- The stage of work. While a lead is incoming or closed its state says so, whatever stands here.
  status_id INTEGER NOT NULL,
  owner_id INTEGER,
  creator_id INTEGER,
  is_processable INTEGER NOT NULL DEFAULT 0,
  category TEXT NOT NULL CHECK (category IN ('forms', 'chats', 'sip', 'mail', 'colleague')),
  source TEXT NOT NULL DEFAULT '',
  name TEXT,
  message TEXT,
  price INTEGER,
  custom_fields TEXT,
  tags TEXT,
  answers TEXT NOT NULL DEFAULT '[]',
  page_url TEXT,
  page_title TEXT,
  referrer TEXT,
  utm TEXT,
  ip TEXT,
  geo TEXT,
  browser TEXT,
  consent TEXT,
  spam TEXT,
  received_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  closed_at INTEGER,
  purged_at INTEGER,
  -- SQLite bounds a range by a row value only where its columns are ordinary ones, and a rowid's name is none: each page of
  -- a walk through leads of one moment would read all of them again. This copy of the id stands in the indexes alone.
  tie INTEGER GENERATED ALWAYS AS (id) VIRTUAL,
  -- Whose lead it is: its owner's, else that of the colleague who made it.
  keeper_id INTEGER GENERATED ALWAYS AS (coalesce(owner_id, creator_id)) VIRTUAL,
  -- The stage in which it is shown: of a closed lead the last one of its pipeline, which the pipeline stands for.
  stage_id INTEGER GENERATED ALWAYS AS (iif(state = 'closed', -pipeline_id, status_id)) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX lead_uuid ON lead (organization_id, uuid);
CREATE UNIQUE INDEX lead_slug ON lead (organization_id, slug);
CREATE INDEX lead_listed ON lead (organization_id, received_at, tie) WHERE state NOT IN ('held', 'dropped');
-- Few among many, whichever the few are: the filter is a column, since either way may have to skip nearly everything.
CREATE INDEX lead_listed_processable ON lead (organization_id, is_processable, received_at, tie)
  WHERE state NOT IN ('held', 'dropped');
CREATE INDEX lead_pending ON lead (organization_id, received_at, tie)
  WHERE state IN ('incoming', 'pending') AND is_processable = 0;
CREATE INDEX lead_owned ON lead (organization_id, owner_id, is_processable, received_at, tie)
  WHERE owner_id IS NOT NULL AND state IN ('assigned', 'closed');
CREATE INDEX lead_worked ON lead (organization_id, id) WHERE state IN ('pending', 'assigned', 'closed');
CREATE INDEX lead_worked_stage ON lead (organization_id, stage_id, id) WHERE state IN ('pending', 'assigned', 'closed');
CREATE INDEX lead_kept ON lead (organization_id, keeper_id, id) WHERE state IN ('pending', 'assigned', 'closed');
CREATE INDEX lead_kept_stage ON lead (organization_id, keeper_id, stage_id, id)
  WHERE state IN ('pending', 'assigned', 'closed');
-- What a chat's form has collected and still knows.
CREATE INDEX lead_of_chat ON lead (organization_id, form_id, received_at, tie)
  WHERE category = 'chats' AND state IN ('incoming', 'pending', 'assigned', 'closed') AND purged_at IS NULL;
CREATE INDEX lead_held ON lead (organization_id, received_at, tie) WHERE state = 'held';
-- The few whose contact was made with another lead.
CREATE INDEX lead_of_moved_contact ON lead (contact_id) WHERE contact_id <> id;

-- Who, and for whom: a company is made with its contact and never matched to another's, so that the two are one row, and
-- the company's id is the contact's.
CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  name TEXT,
  first_name TEXT,
  last_name TEXT,
  email TEXT,
  phone TEXT,
  -- What people are found by: names and e-mail in lower case, phone in E.164 where it parses.
  first_name_key TEXT,
  last_name_key TEXT,
  email_key TEXT,
  phone_key TEXT,
  title TEXT,
  location TEXT,
  custom_fields TEXT,
  company_name TEXT,
  company_custom_fields TEXT,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_email ON contact (organization_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX contact_company ON contact (organization_id, id) WHERE company_name IS NOT NULL;
CREATE INDEX contact_first_name ON contact (organization_id, first_name_key) WHERE first_name_key IS NOT NULL;
CREATE INDEX contact_last_name ON contact (organization_id, last_name_key) WHERE last_name_key IS NOT NULL;
CREATE INDEX contact_phone ON contact (organization_id, phone_key) WHERE phone_key IS NOT NULL;

CREATE TABLE customer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  name TEXT,
  contact_id INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX customer_by_organization ON customer (organization_id, id);

-- How a lead came in and how it was sorted. created_at may be claimed by a caller; received_at of the lead is ours.
CREATE TABLE incoming_lead (
  lead_id INTEGER PRIMARY KEY REFERENCES lead (id),
  organization_id INTEGER NOT NULL,
  uid TEXT NOT NULL,
  category TEXT NOT NULL CHECK (category IN ('forms', 'chats', 'sip', 'mail')),
  pipeline_id INTEGER NOT NULL,
  source_uid TEXT,
  source_name TEXT,
  metadata TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('accepted', 'declined', 'linked')),
  sorted_at INTEGER,
  sorted_by INTEGER,
  -- What a chat's lead was linked to; its words are there now.
  linked_lead_id INTEGER,
  linked_customer_id INTEGER,
  -- As in lead: many incoming leads share one created_at, too.
  tie INTEGER GENERATED ALWAYS AS (lead_id) VIRTUAL,
  CHECK ((outcome IS NULL) = (sorted_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX incoming_lead_uid ON incoming_lead (organization_id, uid);
CREATE INDEX incoming_lead_waiting ON incoming_lead (organization_id, created_at, tie) WHERE outcome IS NULL;
CREATE INDEX incoming_lead_category ON incoming_lead (organization_id, category, created_at, tie) WHERE outcome IS NULL;
CREATE INDEX incoming_lead_pipeline ON incoming_lead (organization_id, pipeline_id, created_at, tie)
  WHERE outcome IS NULL;
CREATE INDEX incoming_lead_pipeline_category ON incoming_lead (organization_id, pipeline_id, category, created_at, tie)
  WHERE outcome IS NULL;
CREATE INDEX incoming_lead_created ON incoming_lead (organization_id, created_at);
CREATE INDEX incoming_lead_sorted ON incoming_lead (organization_id, sorted_at) WHERE sorted_at IS NOT NULL;

-- What may stand only once at a time: identical requests, and people where a form says so. Keys are HMACs.
CREATE TABLE claim (
  organization_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('identical', 'email', 'phone')),
  key TEXT NOT NULL,
  lead_id INTEGER NOT NULL,
  PRIMARY KEY (organization_id, kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_by_lead ON claim (lead_id);

-- A claim ends with the state that it protects, whichever verb changes it.
CREATE TRIGGER claim_ends AFTER UPDATE OF state ON lead WHEN new.state <> old.state
BEGIN
  DELETE FROM claim WHERE lead_id = new.id AND (
    new.state IN ('closed', 'declined', 'linked', 'deleted', 'dropped')
    OR (kind = 'identical' AND new.state <> 'incoming' AND new.is_processable = 0));
END;

-- The first answer to each key. fingerprint and answer are emptied by a purge, the key stays.
CREATE TABLE idempotency (
  organization_id INTEGER NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT,
  outcome TEXT NOT NULL,
  lead_uuid TEXT,
  answer TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (organization_id, scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);
CREATE INDEX idempotency_by_lead ON idempotency (organization_id, lead_uuid) WHERE lead_uuid IS NOT NULL;

-- Repeats that a claim refused, by the lead that they repeat.
CREATE TABLE duplicate_attempt (
  lead_id INTEGER PRIMARY KEY REFERENCES lead (id),
  organization_id INTEGER NOT NULL,
  count INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;

-- Fixed windows; the named check refuses the batch that would pass the limit. Addresses are HMACs.
CREATE TABLE rate_counter (
  organization_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  count INTEGER NOT NULL,
  most INTEGER NOT NULL,
  PRIMARY KEY (organization_id, key),
  CONSTRAINT rate_limited CHECK (count <= most)
) STRICT, WITHOUT ROWID;

-- One row a change: optimistic lock and audit trail.
CREATE TABLE lead_event (
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  version INTEGER NOT NULL,
  organization_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- visitor, user, api_key, root, system; and who of them
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  payload TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (lead_id, version)
) STRICT, WITHOUT ROWID;
