-- Whose new leads somebody wants to hear of at once: the batch that makes a lead reads it, so that nobody is told in vain,
-- and who listens before a lead is made is never left out.

CREATE TABLE listening (
  organization_id INTEGER PRIMARY KEY REFERENCES organization (id),
  -- Of whoever began to listen last: a late end of earlier listening does not end theirs.
  token TEXT NOT NULL
) STRICT;
