/** Forms: validated by the schema that types the widget. Owner and pipeline are no settings of theirs, but ties to others. */
import type { Hono } from "hono";
import * as z from "zod/mini";
import { PAGE_SIZE_LIMIT } from "../../../shared/limits.ts";
import { FormSettings } from "../../domain/form-settings.ts";
import { shardOfForm } from "../../domain/shard.ts";
import { createForm, getForm, listForms, updateForm } from "../../services/forms.ts";
import { config } from "../http/app.ts";
import { problem } from "../http/problem.ts";
import { cursor, issuesProblem, page, read } from "../http/requests.ts";
import type { AdminEnv, C, ContextFor } from "./access.ts";
import { failureProblem } from "./errors.ts";
import { FormTies } from "./schemas.ts";
import { formBody } from "./serializers.ts";
import "../http/zod-words.ts";

const NewForm = z.looseObject({ id: z.optional(z.string()) });

/** Settings and ties, or the answer that says all that is wrong with them. */
function parseForm(c: C, given: Record<string, unknown>) {
  const { owner_id, pipeline_id, ...rest } = given;
  const ties = FormTies.safeParse({ owner_id, pipeline_id });
  const settings = FormSettings.safeParse(rest);
  if (ties.success && settings.success) {
    const siteKey = settings.data.turnstile_site_key;
    if (siteKey && !config(c).turnstile.secrets.has(siteKey)) {
      const message = "The deployment has no secret of this site key; see FOYER_TURNSTILE_SECRETS.";
      return problem("invalid-fields", { errors: [{ field: "turnstile_site_key", code: "unknown", message }] });
    }
    return { settings: settings.data, ties: { ownerUuid: ties.data.owner_id, pipelineId: ties.data.pipeline_id } };
  }
  return issuesProblem([...(ties.error?.issues ?? []), ...(settings.error?.issues ?? [])]);
}

/** Mounts them below an organization. */
export function formRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  const forms = "/organizations/:organization/forms";
  app.post(forms, async (c) => {
    const input = await read(c, NewForm);
    if (input instanceof Response) return input;
    const { id: asked, ...rest } = input;
    const id = asked?.toLowerCase();
    if (id !== undefined && shardOfForm(id) !== c.var.db.number) {
      const message = "A form's id is a version 8 UUID that ends in the number of the organization's database.";
      return problem("invalid-fields", { errors: [{ field: "id", code: "format", message }] });
    }
    const parsed = parseForm(c, rest);
    if (parsed instanceof Response) return parsed;
    const made = await createForm(ctx(c), c.var.organization.id, { ...parsed, id });
    return made.ok ? c.json(formBody(made.value), 201) : failureProblem(made.failure);
  });
  app.get(forms, async (c) => {
    const after = cursor(c);
    if (after === null) return failureProblem({ kind: "invalid-cursor" });
    const rows = await listForms(ctx(c), c.var.organization.id, after, PAGE_SIZE_LIMIT);
    return page(c, rows, formBody, (row) => [row.createdAt, row.id]);
  });
  app.get(`${forms}/:form`, async (c) => {
    const form = await getForm(ctx(c), c.var.organization.id, c.req.param("form").toLowerCase());
    return form === null ? problem("not-found") : c.json(formBody(form));
  });
  app.patch(`${forms}/:form`, async (c) => {
    const form = await getForm(ctx(c), c.var.organization.id, c.req.param("form").toLowerCase());
    if (form === null) return problem("not-found");
    const input = await read(c, z.looseObject({}));
    if (input instanceof Response) return input;
    // A form of before there were challenges stays without, unless it is asked for.
    const parsed = parseForm(c, { ...form.settings, challenge: form.settings.challenge ?? "off", ...input });
    if (parsed instanceof Response) return parsed;
    const changed = await updateForm(ctx(c), form, parsed);
    return changed.ok ? c.json(formBody(changed.value)) : failureProblem(changed.failure);
  });
}
