-- OAuth 2.0: programs that act for a user. Of every secret only a keyed hash is kept.

-- A program of an organization. Its id is the client id and ends in the number of the database.
CREATE TABLE oauth_integration (
  id TEXT PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  name TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  hash TEXT NOT NULL,
  hash_key_id TEXT NOT NULL,
  -- Whatever it was granted ends with it: every check of a token joins this row.
  revoked_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX oauth_integration_by_organization ON oauth_integration (organization_id, created_at, id);

-- What a user's consent is exchanged for, once.
CREATE TABLE oauth_code (
  id TEXT PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  client_id TEXT NOT NULL REFERENCES oauth_integration (id),
  user_id INTEGER NOT NULL REFERENCES user (id),
  hash TEXT NOT NULL,
  hash_key_id TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  -- 1: the request named the redirect URI, so whoever redeems the code has to name it again (RFC 6749, section 4.1.3).
  is_redirect_named INTEGER NOT NULL CHECK (is_redirect_named IN (0, 1)),
  -- PKCE, S256 (RFC 7636)
  challenge TEXT,
  scopes TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  -- What it was redeemed for. NULL: not yet.
  family_id TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX oauth_code_by_expiry ON oauth_code (expires_at);

-- All that descends from one code. Revoked as a whole; access tokens name it.
CREATE TABLE oauth_family (
  id TEXT PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  client_id TEXT NOT NULL REFERENCES oauth_integration (id),
  user_id INTEGER NOT NULL REFERENCES user (id),
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- When its newest refresh token does
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX oauth_family_by_expiry ON oauth_family (expires_at);

-- Generation n + 1 replaces generation n; there is never a second one.
CREATE TABLE oauth_refresh_token (
  id TEXT PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  family_id TEXT NOT NULL REFERENCES oauth_family (id),
  generation INTEGER NOT NULL,
  -- With its predecessor's secret and the key it makes this one's secret again: see services/refresh-tokens.ts. NULL: the first.
  salt TEXT,
  hash TEXT NOT NULL,
  hash_key_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  replaced_at INTEGER,
  UNIQUE (family_id, generation)
) STRICT, WITHOUT ROWID;
CREATE INDEX oauth_refresh_token_by_expiry ON oauth_refresh_token (expires_at);
