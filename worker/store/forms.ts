/** Forms, and what a capture needs to know besides. */
import type { Form, FormSettings } from "../domain/form.ts";
import type { Organization } from "../domain/organization.ts";
import { ORGANIZATION_COLUMNS, type OrganizationRow, organizationOf } from "./organizations.ts";

interface FormRow {
  form_id: string;
  form_organization_id: number;
  settings: string;
  form_created_at: number;
  form_updated_at: number;
}

const FORM_COLUMNS = `form.id AS form_id, form.organization_id AS form_organization_id, form.settings,
  form.created_at AS form_created_at, form.updated_at AS form_updated_at`;

const formOf = (row: FormRow): Form => ({
  id: row.form_id,
  organizationId: row.form_organization_id,
  settings: JSON.parse(row.settings) as FormSettings,
  createdAt: row.form_created_at,
  updatedAt: row.form_updated_at,
});

/** A form with its organization and the place in the pipeline where its leads begin. */
export interface FormContext {
  form: Form;
  organization: Organization;
  pipelineId: number;
  firstStatusId: number;
}

/** The one statement without an organization first: a visitor knows a form's id and nothing else. */
export async function findForm(db: D1Database, formId: string): Promise<FormContext | null> {
  const row = await db
    .prepare(`SELECT ${FORM_COLUMNS}, ${ORGANIZATION_COLUMNS}, pipeline.id AS pipeline_id, status.id AS first_status_id
      FROM form
        JOIN organization ON organization.id = form.organization_id
        JOIN pipeline ON pipeline.id = coalesce(form.pipeline_id,
          (SELECT id FROM pipeline WHERE organization_id = form.organization_id AND is_main = 1))
        JOIN status ON status.pipeline_id = pipeline.id AND status.role = 'first'
      WHERE form.id = ?`)
    .bind(formId)
    .first<FormRow & OrganizationRow & { pipeline_id: number; first_status_id: number }>();
  if (row === null) return null;
  return {
    form: formOf(row),
    organization: organizationOf(row),
    pipelineId: row.pipeline_id,
    firstStatusId: row.first_status_id,
  };
}

/** Inserts or, where `existing`, replaces the settings. */
export function putForm(db: D1Database, form: Form, existing: boolean): D1PreparedStatement {
  const { settings } = form;
  const values = [
    settings.name,
    settings.mode,
    settings.is_processable ? 1 : 0,
    settings.duplicate_policy,
    JSON.stringify(settings),
    form.updatedAt,
  ];
  return existing
    ? db
        .prepare(`UPDATE form SET name = ?, mode = ?, is_processable = ?, duplicate_policy = ?, settings = ?, updated_at = ?
          WHERE organization_id = ? AND id = ?`)
        .bind(...values, form.organizationId, form.id)
    : db
        .prepare(`INSERT INTO form (name, mode, is_processable, duplicate_policy, settings, updated_at, organization_id, id,
          created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
        .bind(...values, form.organizationId, form.id, form.createdAt);
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
