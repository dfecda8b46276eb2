-- What people do with leads: talk, note, meet.

CREATE TABLE room (
  id TEXT PRIMARY KEY,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  form_id TEXT NOT NULL,
  visitor_id TEXT,
  lead_id INTEGER REFERENCES lead (id),
  operator_id INTEGER REFERENCES user (id),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  transcript TEXT
) STRICT, WITHOUT ROWID;
-- A lead linked to a customer leaves its words with the lead that it was; incoming_lead says whose they are.
CREATE INDEX room_by_lead ON room (lead_id) WHERE lead_id IS NOT NULL;

CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  -- NULL: the words of a visitor who wrote again
  author_id INTEGER REFERENCES user (id),
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_by_lead ON note (lead_id, id);

CREATE TABLE appointment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  organization_id INTEGER NOT NULL REFERENCES organization (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  user_id INTEGER NOT NULL REFERENCES user (id),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'rescheduled', 'cancelled', 'fullfilled', 'confirmed')),
  note TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- As in lead: a copy of the id that a range in an index can be bounded by.
  tie INTEGER GENERATED ALWAYS AS (id) VIRTUAL,
  CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX appointment_by_user ON appointment (organization_id, user_id, starts_at) WHERE status <> 'cancelled';
CREATE INDEX appointment_by_lead ON appointment (organization_id, lead_id, starts_at) WHERE status <> 'cancelled';
-- Lists: a status is one range, all of them are five that are merged as they are read.
CREATE INDEX appointment_listed ON appointment (organization_id, status, starts_at, tie);
CREATE INDEX appointment_listed_of_user ON appointment (organization_id, user_id, status, starts_at, tie);
CREATE INDEX appointment_of_lead ON appointment (lead_id, starts_at, tie);

-- Standing appointments of one user, and of one lead, never overlap: so only the nearest on each side can clash.
CREATE TRIGGER appointment_added AFTER INSERT ON appointment WHEN new.status <> 'cancelled'
BEGIN
  SELECT RAISE(ABORT, 'appointment_overlap') WHERE
    (SELECT ends_at FROM appointment WHERE organization_id = new.organization_id AND user_id = new.user_id
      AND status <> 'cancelled' AND starts_at <= new.starts_at AND id <> new.id
      ORDER BY starts_at DESC LIMIT 1) > new.starts_at
    OR (SELECT starts_at FROM appointment WHERE organization_id = new.organization_id AND user_id = new.user_id
      AND status <> 'cancelled' AND starts_at >= new.starts_at AND id <> new.id
      ORDER BY starts_at LIMIT 1) < new.ends_at
    OR (SELECT ends_at FROM appointment WHERE organization_id = new.organization_id AND lead_id = new.lead_id
      AND status <> 'cancelled' AND starts_at <= new.starts_at AND id <> new.id
      ORDER BY starts_at DESC LIMIT 1) > new.starts_at
    OR (SELECT starts_at FROM appointment WHERE organization_id = new.organization_id AND lead_id = new.lead_id
      AND status <> 'cancelled' AND starts_at >= new.starts_at AND id <> new.id
      ORDER BY starts_at LIMIT 1) < new.ends_at;
END;

CREATE TRIGGER appointment_moved AFTER UPDATE OF starts_at, ends_at, status, user_id, lead_id ON appointment
WHEN new.status <> 'cancelled'
BEGIN
  SELECT RAISE(ABORT, 'appointment_overlap') WHERE
    (SELECT ends_at FROM appointment WHERE organization_id = new.organization_id AND user_id = new.user_id
      AND status <> 'cancelled' AND starts_at <= new.starts_at AND id <> new.id
      ORDER BY starts_at DESC LIMIT 1) > new.starts_at
    OR (SELECT starts_at FROM appointment WHERE organization_id = new.organization_id AND user_id = new.user_id
      AND status <> 'cancelled' AND starts_at >= new.starts_at AND id <> new.id
      ORDER BY starts_at LIMIT 1) < new.ends_at
    OR (SELECT ends_at FROM appointment WHERE organization_id = new.organization_id AND lead_id = new.lead_id
      AND status <> 'cancelled' AND starts_at <= new.starts_at AND id <> new.id
      ORDER BY starts_at DESC LIMIT 1) > new.starts_at
    OR (SELECT starts_at FROM appointment WHERE organization_id = new.organization_id AND lead_id = new.lead_id
      AND status <> 'cancelled' AND starts_at >= new.starts_at AND id <> new.id
      ORDER BY starts_at LIMIT 1) < new.ends_at;
END;
