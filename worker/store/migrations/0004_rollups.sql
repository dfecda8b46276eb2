-- Counts that nobody may scan for, kept by triggers so that no verb can forget them.

-- Incoming leads by day (UTC, days since 1970) and, with day -1, of all time. They are counted as arrived on the day of
-- their created_at, and as sorted on the day of sorting; a linked one counts as accepted.
CREATE TABLE incoming_rollup (
  organization_id INTEGER NOT NULL,
  pipeline_id INTEGER NOT NULL,
  category TEXT NOT NULL,
  day INTEGER NOT NULL,
  total INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0,
  declined INTEGER NOT NULL DEFAULT 0,
  -- Seconds from created_at to sorting, summed.
  sort_seconds INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (organization_id, pipeline_id, category, day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER incoming_lead_arrives AFTER INSERT ON incoming_lead
BEGIN
  INSERT INTO incoming_rollup (organization_id, pipeline_id, category, day, total)
  VALUES (new.organization_id, new.pipeline_id, new.category, -1, 1),
    (new.organization_id, new.pipeline_id, new.category, new.created_at / 86400000, 1)
  ON CONFLICT DO UPDATE SET total = total + 1;
END;

CREATE TRIGGER incoming_lead_sorted AFTER UPDATE OF outcome ON incoming_lead
WHEN old.outcome IS NULL AND new.outcome IS NOT NULL
BEGIN
  INSERT INTO incoming_rollup (organization_id, pipeline_id, category, day, accepted, declined, sort_seconds)
  SELECT new.organization_id, new.pipeline_id, new.category, day.value,
    new.outcome <> 'declined', new.outcome = 'declined', max(0, (new.sorted_at - new.created_at) / 1000)
  FROM json_each(json_array(-1, new.sorted_at / 86400000)) AS day WHERE true
  ON CONFLICT DO UPDATE SET accepted = accepted + excluded.accepted, declined = declined + excluded.declined,
    sort_seconds = sort_seconds + excluded.sort_seconds;
END;

-- Leads that somebody works on or closed, by stage and source: what an overview counts. Each is counted twice, among all
-- (keeper 0) and among those of whose it is: its owner's, else its maker's.
CREATE TABLE lead_rollup (
  organization_id INTEGER NOT NULL,
  keeper_id INTEGER NOT NULL,
  pipeline_id INTEGER NOT NULL,
  is_closed INTEGER NOT NULL,
  status_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (organization_id, keeper_id, pipeline_id, is_closed, status_id, source)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER lead_counted_at_once AFTER INSERT ON lead WHEN new.state IN ('pending', 'assigned', 'closed')
BEGIN
  INSERT INTO lead_rollup
  SELECT new.organization_id, keeper.value, new.pipeline_id, new.state = 'closed', new.status_id, new.source, 1
  FROM json_each(json_array(0, coalesce(new.owner_id, new.creator_id))) AS keeper WHERE keeper.value IS NOT NULL
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER lead_leaves_count AFTER UPDATE OF state, status_id, source, pipeline_id, owner_id, creator_id ON lead
WHEN old.state IN ('pending', 'assigned', 'closed') AND (
  new.state NOT IN ('pending', 'assigned', 'closed') OR (old.state = 'closed') <> (new.state = 'closed')
  OR old.status_id <> new.status_id OR old.source <> new.source OR old.pipeline_id <> new.pipeline_id
  OR coalesce(old.owner_id, old.creator_id) IS NOT coalesce(new.owner_id, new.creator_id))
BEGIN
  UPDATE lead_rollup SET count = count - 1 WHERE organization_id = old.organization_id
    AND keeper_id IN (0, coalesce(old.owner_id, old.creator_id))
    AND pipeline_id = old.pipeline_id AND is_closed = (old.state = 'closed')
    AND status_id = old.status_id AND source = old.source;
END;

CREATE TRIGGER lead_enters_count AFTER UPDATE OF state, status_id, source, pipeline_id, owner_id, creator_id ON lead
WHEN new.state IN ('pending', 'assigned', 'closed') AND (
  old.state NOT IN ('pending', 'assigned', 'closed') OR (old.state = 'closed') <> (new.state = 'closed')
  OR old.status_id <> new.status_id OR old.source <> new.source OR old.pipeline_id <> new.pipeline_id
  OR coalesce(old.owner_id, old.creator_id) IS NOT coalesce(new.owner_id, new.creator_id))
BEGIN
  INSERT INTO lead_rollup
  SELECT new.organization_id, keeper.value, new.pipeline_id, new.state = 'closed', new.status_id, new.source, 1
  FROM json_each(json_array(0, coalesce(new.owner_id, new.creator_id))) AS keeper WHERE keeper.value IS NOT NULL
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

-- Appointments by status: of everybody (user 0) and of each user.
CREATE TABLE appointment_rollup (
  organization_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (organization_id, user_id, status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER appointment_counted AFTER INSERT ON appointment
BEGIN
  INSERT INTO appointment_rollup VALUES
    (new.organization_id, 0, new.status, 1), (new.organization_id, new.user_id, new.status, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER appointment_recounted AFTER UPDATE OF status, user_id ON appointment
WHEN old.status <> new.status OR old.user_id <> new.user_id
BEGIN
  UPDATE appointment_rollup SET count = count - 1
  WHERE organization_id = old.organization_id AND user_id IN (0, old.user_id) AND status = old.status;
  INSERT INTO appointment_rollup VALUES
    (new.organization_id, 0, new.status, 1), (new.organization_id, new.user_id, new.status, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER appointment_uncounted AFTER DELETE ON appointment
BEGIN
  UPDATE appointment_rollup SET count = count - 1
  WHERE organization_id = old.organization_id AND user_id IN (0, old.user_id) AND status = old.status;
END;
