/** Stages of work: data of the organization. */
import type { StatusSeed } from "../domain/pipeline.ts";

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
