/** Stages of work: data of the organization. */
import { PIPELINES_LIMIT, STATUSES_LIMIT } from "../../shared/limits.ts";
import type { StatusSeed } from "../domain/pipeline.ts";
import type { Fragment } from "./lead-words.ts";

export interface StatusRow {
  id: number;
  pipeline_id: number;
  key: string;
  name: string;
  colour: string;
  description: string;
  sort: number;
  role: StatusSeed["role"];
}

export interface PipelineRow {
  id: number;
  name: string;
  sort: number;
  is_main: number;
}

export function getStatus(db: D1Database, organizationId: number, statusId: number): D1PreparedStatement {
  return db.prepare("SELECT * FROM status WHERE organization_id = ? AND id = ?").bind(organizationId, statusId);
}

/** The main pipeline where none is given, with the stage in which work starts. */
export function startOfPipeline(db: D1Database, organizationId: number, pipelineIds: number[]): D1PreparedStatement {
  return db
    .prepare(`SELECT pipeline.id AS pipeline_id, pipeline.is_main, status.id AS status_id
      FROM pipeline JOIN status ON status.pipeline_id = pipeline.id AND status.role = 'first'
      WHERE pipeline.organization_id = ?1
        AND (pipeline.is_main = 1 OR pipeline.id IN (SELECT value FROM json_each(?2)))`)
    .bind(organizationId, JSON.stringify(pipelineIds));
}

/** Every pipeline with its statuses, in their order: two statements. */
export function listPipelines(db: D1Database, organizationId: number): D1PreparedStatement[] {
  return [
    db
      .prepare("SELECT id, name, sort, is_main FROM pipeline WHERE organization_id = ? ORDER BY sort, id")
      .bind(organizationId),
    db.prepare("SELECT * FROM status WHERE organization_id = ? ORDER BY pipeline_id, sort, id").bind(organizationId),
  ];
}

/** Adds nothing where the name is taken or the organization has all the pipelines it may have. */
export function insertPipeline(
  db: D1Database,
  organizationId: number,
  pipeline: { name: string; sort: number | null; statuses: readonly StatusSeed[] },
): D1PreparedStatement[] {
  const { name, sort, statuses } = pipeline;
  return [
    db
      .prepare(`INSERT INTO pipeline (organization_id, name, sort)
        SELECT ?1, ?2, coalesce(?3, (SELECT max(sort) + 1 FROM pipeline WHERE organization_id = ?1))
        WHERE NOT EXISTS (SELECT 1 FROM pipeline WHERE organization_id = ?1 AND name = ?2)
          AND (SELECT count(*) FROM pipeline WHERE organization_id = ?1) < ?4`)
      .bind(organizationId, name, sort, PIPELINES_LIMIT),
    // Only a pipeline that was made just now has no statuses.
    db
      .prepare(`INSERT INTO status (organization_id, pipeline_id, key, name, colour, description, sort, role)
        SELECT ?1, pipeline.id, j.value ->> 'key', j.value ->> 'name', j.value ->> 'colour', j.value ->> 'description',
          j.key, j.value ->> 'role'
        FROM json_each(?3) AS j, pipeline WHERE pipeline.organization_id = ?1 AND pipeline.name = ?2
          AND NOT EXISTS (SELECT 1 FROM status WHERE status.pipeline_id = pipeline.id)`)
      .bind(organizationId, name, JSON.stringify(statuses)),
  ];
}

/** Null keeps what is there. Changes nothing where another pipeline has the name. */
export function updatePipeline(
  db: D1Database,
  organizationId: number,
  pipelineId: number,
  change: { name: string | null; sort: number | null },
): D1PreparedStatement {
  return db
    .prepare(`UPDATE pipeline SET name = coalesce(?3, name), sort = coalesce(?4, sort)
      WHERE organization_id = ?1 AND id = ?2
        AND NOT EXISTS (SELECT 1 FROM pipeline WHERE organization_id = ?1 AND name = ?3 AND id <> ?2)`)
    .bind(organizationId, pipelineId, change.name, change.sort);
}

// Leads have no index by pipeline or stage: deleting one is rare, and every lead would pay for it.
const UNUSED_PIPELINE = `organization_id = ?1 AND id = ?2 AND is_main = 0
  AND NOT EXISTS (SELECT 1 FROM form WHERE organization_id = ?1 AND pipeline_id = ?2)
  AND NOT EXISTS (SELECT 1 FROM incoming_rollup WHERE organization_id = ?1 AND pipeline_id = ?2)
  AND NOT EXISTS (SELECT 1 FROM lead WHERE organization_id = ?1 AND pipeline_id = ?2)`;

/** Its statuses go with it. Nothing goes while a lead or a form uses it, or ever came in through it. */
export function deletePipeline(db: D1Database, organizationId: number, pipelineId: number): D1PreparedStatement[] {
  return [
    `DELETE FROM status WHERE pipeline_id = (SELECT id FROM pipeline WHERE ${UNUSED_PIPELINE})`,
    `DELETE FROM pipeline WHERE ${UNUSED_PIPELINE}`,
  ].map((sql) => db.prepare(sql).bind(organizationId, pipelineId));
}

/** Where a status is. */
export interface StatusPlace {
  organizationId: number;
  pipelineId: number;
}

/** Refuses the batch with the rule `identity` where the key is taken; adds nothing past the most. */
export function insertStatus(
  db: D1Database,
  { organizationId, pipelineId }: StatusPlace,
  status: Omit<StatusSeed, "role"> & { sort: number | null },
): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO status (organization_id, pipeline_id, key, name, colour, description, sort)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, coalesce(?7, (SELECT max(sort) + 1 FROM status WHERE pipeline_id = ?2))
      WHERE EXISTS (SELECT 1 FROM pipeline WHERE organization_id = ?1 AND id = ?2)
        AND (SELECT count(*) FROM status WHERE pipeline_id = ?2) < ?8
      RETURNING *`)
    .bind(
      organizationId,
      pipelineId,
      status.key,
      status.name,
      status.colour,
      status.description,
      status.sort,
      STATUSES_LIMIT,
    );
}

/** Null keeps what is there. */
export function updateStatus(
  db: D1Database,
  { organizationId, pipelineId }: StatusPlace,
  statusId: number,
  change: { [key in "name" | "colour" | "description"]: string | null } & { sort: number | null },
): D1PreparedStatement {
  return db
    .prepare(`UPDATE status SET name = coalesce(?4, name), colour = coalesce(?5, colour),
        description = coalesce(?6, description), sort = coalesce(?7, sort)
      WHERE organization_id = ?1 AND pipeline_id = ?2 AND id = ?3 RETURNING *`)
    .bind(organizationId, pipelineId, statusId, change.name, change.colour, change.description, change.sort);
}

/** Whether it is still there, as what a change of a lead may depend on. */
export const statusStands = (organizationId: number, { id, pipeline_id: pipelineId }: StatusRow): Fragment => ({
  sql: "EXISTS (SELECT 1 FROM status WHERE status.organization_id = ? AND status.pipeline_id = ? AND status.id = ?)",
  values: [organizationId, pipelineId, id],
});

/** Only one without a role goes, and only while no lead is in it, or was when it was closed or sorted away. */
export function deleteStatus(
  db: D1Database,
  { organizationId, pipelineId }: StatusPlace,
  statusId: number,
): D1PreparedStatement {
  return db
    .prepare(`DELETE FROM status WHERE organization_id = ?1 AND pipeline_id = ?2 AND id = ?3 AND role = 'between'
      AND NOT EXISTS (SELECT 1 FROM lead WHERE organization_id = ?1 AND status_id = ?3)`)
    .bind(organizationId, pipelineId, statusId);
}
