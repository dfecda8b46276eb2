/** Forms, and what a capture needs to know besides. */
import type { Form, FormSettings, FormTies } from "../domain/form.ts";
import type { Organization } from "../domain/organization.ts";
import { ORGANIZATION_COLUMNS, type OrganizationRow, organizationOf } from "./organizations.ts";

export interface FormRow {
  form_id: string;
  form_organization_id: number;
  form_owner_uuid: string | null;
  form_pipeline_id: number | null;
  settings: string;
  form_created_at: number;
  form_updated_at: number;
}

const FORM_COLUMNS = `form.id AS form_id, form.organization_id AS form_organization_id, form.settings,
  (SELECT uuid FROM user WHERE user.organization_id = form.organization_id AND user.id = form.owner_id) AS form_owner_uuid,
  form.pipeline_id AS form_pipeline_id, form.created_at AS form_created_at, form.updated_at AS form_updated_at`;

export const formOf = (row: FormRow): Form => ({
  id: row.form_id,
  organizationId: row.form_organization_id,
  ownerUuid: row.form_owner_uuid,
  pipelineId: row.form_pipeline_id,
  settings: JSON.parse(row.settings) as FormSettings,
  createdAt: row.form_created_at,
  updatedAt: row.form_updated_at,
});

/** A form with its organization and the place in the pipeline where its leads begin. */
export interface FormContext {
  form: Form;
  organization: Organization;
  /** The user whom it belongs to. */
  ownerId: number | null;
  pipelineId: number;
  firstStatusId: number;
}

/** The one statement without an organization first: a visitor knows a form's id and nothing else. */
export async function findForm(db: D1Database, formId: string): Promise<FormContext | null> {
  const row = await db
    .prepare(`SELECT ${FORM_COLUMNS}, ${ORGANIZATION_COLUMNS}, form.owner_id, pipeline.id AS pipeline_id,
        status.id AS first_status_id
      FROM form
        JOIN organization ON organization.id = form.organization_id
        JOIN pipeline ON pipeline.id = coalesce(form.pipeline_id,
          (SELECT id FROM pipeline WHERE organization_id = form.organization_id AND is_main = 1))
        JOIN status ON status.pipeline_id = pipeline.id AND status.role = 'first'
      WHERE form.id = ?`)
    .bind(formId)
    .first<FormRow & OrganizationRow & { owner_id: number | null; pipeline_id: number; first_status_id: number }>();
  if (row === null) return null;
  return {
    form: formOf(row),
    organization: organizationOf(row),
    ownerId: row.owner_id,
    pipelineId: row.pipeline_id,
    firstStatusId: row.first_status_id,
  };
}

// Of the organization ?1 whatever the caller names, so that nothing of another's is ever tied to.
const OWNER = "(SELECT id FROM user WHERE organization_id = ?1 AND uuid = ?3 AND is_active = 1)";
const PIPELINE = "(SELECT id FROM pipeline WHERE organization_id = ?1 AND id = ?4)";
const OWNER_HOLDS = `(?3 IS NULL OR ${OWNER} IS NOT NULL)`;
const PIPELINE_HOLDS = `(?4 IS NULL OR ${PIPELINE} IS NOT NULL)`;

type FormWrite = Pick<Form, "id" | "organizationId" | "settings" | "updatedAt">;

const valuesOf = ({ organizationId, id, settings, updatedAt }: FormWrite, ties: Partial<FormTies>) => [
  organizationId,
  id,
  ties.ownerUuid ?? null,
  ties.pipelineId ?? null,
  settings.name,
  settings.mode,
  settings.is_processable ? 1 : 0,
  settings.duplicate_policy,
  JSON.stringify(settings),
  updatedAt,
];

/** Adds nothing where a tie does not hold; refused by the rule `identity` where the id is taken. */
export function insertForm(
  db: D1Database,
  form: FormWrite & Pick<Form, "createdAt">,
  ties: Partial<FormTies>,
): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO form (organization_id, id, owner_id, pipeline_id, name, mode, is_processable, duplicate_policy,
        settings, updated_at, created_at)
      SELECT ?1, ?2, ${OWNER}, ${PIPELINE}, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE ${OWNER_HOLDS} AND ${PIPELINE_HOLDS}`)
    .bind(...valuesOf(form, ties), form.createdAt);
}

/** Replaces the settings, and the ties that are given. Changes nothing where one of them does not hold. */
export function updateForm(db: D1Database, form: FormWrite, ties: Partial<FormTies>): D1PreparedStatement {
  return db
    .prepare(`UPDATE form SET owner_id = iif(?11, ${OWNER}, owner_id), pipeline_id = iif(?12, ${PIPELINE}, pipeline_id),
        name = ?5, mode = ?6, is_processable = ?7, duplicate_policy = ?8, settings = ?9, updated_at = ?10
      WHERE organization_id = ?1 AND id = ?2 AND ${OWNER_HOLDS} AND ${PIPELINE_HOLDS}`)
    .bind(...valuesOf(form, ties), ties.ownerUuid === undefined ? 0 : 1, ties.pipelineId === undefined ? 0 : 1);
}

export type WrittenRow = { owner_holds: number; pipeline_holds: number } & (FormRow | { [key in keyof FormRow]: null });

/** Which ties of a write in the same batch hold, and the form as it is after it: always one row. */
export function writtenForm(
  db: D1Database,
  { organizationId, id }: Pick<Form, "organizationId" | "id">,
  ties: Partial<FormTies>,
): D1PreparedStatement {
  return db
    .prepare(`SELECT ${OWNER_HOLDS} AS owner_holds, ${PIPELINE_HOLDS} AS pipeline_holds, ${FORM_COLUMNS}
      FROM (SELECT 1) LEFT JOIN form ON form.organization_id = ?1 AND form.id = ?2`)
    .bind(organizationId, id, ties.ownerUuid ?? null, ties.pipelineId ?? null);
}

export async function getForm(db: D1Database, organizationId: number, formId: string): Promise<Form | null> {
  const row = await db
    .prepare(`SELECT ${FORM_COLUMNS} FROM form WHERE organization_id = ? AND id = ?`)
    .bind(organizationId, formId)
    .first<FormRow>();
  return row === null ? null : formOf(row);
}

/** A page after a place in the order of creation, and one more. */
export async function listForms(
  db: D1Database,
  organizationId: number,
  after: { at: number; id: string },
  limit: number,
): Promise<Form[]> {
  const { results } = await db
    .prepare(`SELECT ${FORM_COLUMNS} FROM form WHERE organization_id = ? AND (created_at, id) > (?, ?)
      ORDER BY created_at, id LIMIT ?`)
    .bind(organizationId, after.at, after.id, limit + 1)
    .all<FormRow>();
  return results.map(formOf);
}
