-- Mail that becomes leads: where it is sent to, and which message belongs to which thread.

-- The random part of an address opens nothing but the way in, and administrators read it again whenever they set up a
-- mailbox: so it is kept as it is. It ends in the number of the database that holds its organization.
CREATE TABLE mail_address (
  token TEXT PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  created_at INTEGER NOT NULL,
  -- Mail is taken until then; NULL: the organization's address of today.
  expires_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_address_by_organization ON mail_address (organization_id, expires_at);
CREATE UNIQUE INDEX mail_address_current ON mail_address (organization_id) WHERE expires_at IS NULL;

-- One message, one lead: the lead's number is the message's, and the first message's is the thread's. Keys are HMACs and
-- are emptied by a purge: later messages then begin a thread of their own.
CREATE TABLE mail_message (
  lead_id INTEGER PRIMARY KEY REFERENCES lead (id),
  organization_id INTEGER NOT NULL,
  thread_id INTEGER NOT NULL,
  -- Of the Message-ID; NULL where it has none.
  message_key TEXT,
  -- Of the sender and the subject without its "Re:"; NULL where there is no subject.
  subject_key TEXT,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_message_by_key ON mail_message (organization_id, message_key) WHERE message_key IS NOT NULL;
CREATE INDEX mail_message_by_subject ON mail_message (organization_id, subject_key, received_at)
  WHERE subject_key IS NOT NULL;
