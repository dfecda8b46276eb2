-- Tenants, their people and what opens their doors. Times are milliseconds since 1970, UTC.

CREATE TABLE organization (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  subscription_until INTEGER,
  time_zone TEXT NOT NULL DEFAULT 'UTC',
  retention_days INTEGER CHECK (retention_days > 0),
  -- Every lead received before this is purged: where the next daily run goes on.
  purged_until INTEGER NOT NULL DEFAULT 0,
  ip_policy TEXT NOT NULL DEFAULT 'full' CHECK (ip_policy IN ('full', 'truncated', 'none')),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE user (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  uuid TEXT NOT NULL UNIQUE,
  username TEXT NOT NULL,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL CHECK (role IN ('admin', 'agent')),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  -- scrypt, salted; see services/passwords.ts. NULL where the person never signs in by password.
  password_hash TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (organization_id, username)
) STRICT;

-- A secret is <id> and a random part; only a keyed hash of the random part is kept.
CREATE TABLE credential (
  id TEXT PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  user_id INTEGER REFERENCES user (id),
  kind TEXT NOT NULL CHECK (kind IN ('user_token', 'api_key')),
  name TEXT NOT NULL DEFAULT '',
  hash TEXT NOT NULL,
  hash_key_id TEXT NOT NULL,
  scopes TEXT NOT NULL DEFAULT '["*"]',
  expires_at INTEGER,
  revoked_at INTEGER,
  created_at INTEGER NOT NULL,
  CHECK ((kind = 'user_token') = (user_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX credential_by_organization ON credential (organization_id, created_at, id);

-- One table for every vocabulary of statuses; a pipeline is a set of them.
CREATE TABLE pipeline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  name TEXT NOT NULL,
  sort INTEGER NOT NULL DEFAULT 1,
  is_main INTEGER NOT NULL DEFAULT 0 CHECK (is_main IN (0, 1))
) STRICT;
CREATE INDEX pipeline_by_organization ON pipeline (organization_id, sort, id);
CREATE UNIQUE INDEX pipeline_main ON pipeline (organization_id) WHERE is_main = 1;

-- role: where incoming leads wait ('incoming'), where work starts ('first'), where it ends ('closed'), or in between.
CREATE TABLE status (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  pipeline_id INTEGER NOT NULL REFERENCES pipeline (id),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  colour TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  sort INTEGER NOT NULL,
  role TEXT NOT NULL DEFAULT 'between' CHECK (role IN ('incoming', 'first', 'between', 'closed')),
  UNIQUE (pipeline_id, key)
) STRICT;
CREATE UNIQUE INDEX status_role ON status (pipeline_id, role) WHERE role <> 'between';

-- Where leads come from, in the words people choose from. A lead keeps the key; one that is not active any more is no
-- choice for a new lead.
CREATE TABLE lead_source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  sort INTEGER NOT NULL,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  UNIQUE (organization_id, key)
) STRICT;
CREATE INDEX lead_source_by_organization ON lead_source (organization_id, sort, id);

-- What a site embeds. Its id ends in the number of the database that holds its organization.
CREATE TABLE form (
  id TEXT PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  name TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('form', 'chat')),
  is_processable INTEGER NOT NULL DEFAULT 0 CHECK (is_processable IN (0, 1)),
  duplicate_policy TEXT NOT NULL DEFAULT 'identical' CHECK (duplicate_policy IN ('identical', 'contact', 'off')),
  pipeline_id INTEGER REFERENCES pipeline (id),
  owner_id INTEGER REFERENCES user (id),
  -- fields, consent, texts, theme, origins, limits: see domain/form.ts
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX form_by_organization ON form (organization_id, created_at, id);
CREATE INDEX status_by_organization ON status (organization_id, pipeline_id, sort, id);
