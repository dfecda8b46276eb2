-- Chats: when they are answered, and rooms that go on while people talk in them.

-- JSON: when somebody answers chats, in the time zone, and what is said at other times; see domain/chat-hours.ts.
ALTER TABLE organization ADD COLUMN chat_hours TEXT;

ALTER TABLE room ADD COLUMN status TEXT NOT NULL DEFAULT 'guided'
  CHECK (status IN ('guided', 'waiting', 'talking', 'closed'));
-- Which of the room's states this is: an older one never overwrites it.
ALTER TABLE room ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE room ADD COLUMN waiting_since INTEGER CHECK ((waiting_since IS NOT NULL) = (status = 'waiting'));
UPDATE room SET status = 'closed' WHERE closed_at IS NOT NULL;

-- What operators list: rooms that go on, however many have ended.
CREATE INDEX room_open ON room (organization_id, opened_at, id) WHERE status <> 'closed';
CREATE INDEX room_waiting ON room (organization_id, opened_at, id) WHERE status = 'waiting';
CREATE INDEX room_of_operator ON room (organization_id, operator_id, opened_at, id)
  WHERE operator_id IS NOT NULL AND status <> 'closed';

-- A room only ever goes on: no state comes back after a later one, none follows its end, and its lead is not exchanged.
CREATE TRIGGER room_moves_on BEFORE UPDATE OF version ON room
WHEN new.version <= old.version OR old.status = 'closed' OR (old.lead_id IS NOT NULL AND new.lead_id IS NOT old.lead_id)
BEGIN
  SELECT RAISE(ABORT, 'room_moves_on');
END;
