-- Erasing a person finds also what they said under somebody else's lead, and whom an organization sells to.

-- Of whoever wrote again, as contacts have them; NULL: a colleague's note.
ALTER TABLE note ADD COLUMN email_key TEXT;
ALTER TABLE note ADD COLUMN phone_key TEXT;
CREATE INDEX note_email ON note (organization_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX note_phone ON note (organization_id, phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX customer_by_contact ON customer (contact_id) WHERE contact_id IS NOT NULL;
