/** Pipelines and statuses, in their order. A status keeps its key, and a pipeline the three statuses that it needs. */
import type { Hono } from "hono";
import * as z from "zod/mini";
import { STATUSES_LIMIT, TEXT_LIMIT_CHARS } from "../../../shared/limits.ts";
import { STATUS_ROLES } from "../../domain/pipeline.ts";
import {
  createPipeline,
  createStatus,
  deletePipeline,
  deleteStatus,
  getPipeline,
  type PipelineFailure,
  updatePipeline,
  updateStatus,
} from "../../services/pipelines.ts";
import { type Pipeline, readPipelines } from "../../services/records.ts";
import { read } from "../http/requests.ts";
import type { AdminEnv, C, ContextFor } from "./access.ts";
import type * as bodies from "./bodies.ts";
import { key, name, refusal as refusalOf, sort } from "./vocabulary.ts";

const colour = () => z.string().check(z.regex(/^#[0-9A-Fa-f]{6}$/, "A colour like #0EA5E9."));
const description = () => z.string().check(z.maxLength(TEXT_LIMIT_CHARS));

const statusFields = {
  key: key(),
  name: name(),
  colour: colour(),
  description: z._default(description(), ""),
};
export const NewStatus = z.strictObject({ ...statusFields, sort: sort() });
export const StatusPatch = z.strictObject({
  name: z.optional(name()),
  colour: z.optional(colour()),
  description: z.optional(description()),
  sort: sort(),
});
const StatusOfNew = z.strictObject({ ...statusFields, role: z._default(z.enum(STATUS_ROLES), "between") });
export const NewPipeline = z.strictObject({
  name: name(),
  sort: sort(),
  statuses: z.optional(z.array(StatusOfNew).check(z.maxLength(STATUSES_LIMIT))),
});
export const PipelinePatch = z.strictObject({ name: z.optional(name()), sort: sort() });

type Status = Pipeline["statuses"][number];
const statusBody = ({ id, key, name, colour, description, sort, role }: Status): bodies.Status => ({
  id,
  key,
  name,
  colour,
  description,
  sort,
  role,
});
const pipelineBody = ({ id, name, sort, is_main, statuses }: Pipeline): bodies.Pipeline => ({
  id,
  name,
  sort,
  is_main: is_main === 1,
  statuses: statuses.map(statusBody),
});

const refusal = (failure: PipelineFailure): Response =>
  refusalOf(failure, "The main pipeline, and a pipeline's own three statuses, stay.");

const PIPELINES = "/organizations/:organization/pipelines";
const PIPELINE = `${PIPELINES}/:pipeline{[0-9]{1,15}}` as const;
const STATUS = `${PIPELINE}/statuses/:status{[0-9]{1,15}}` as const;

const organizationOf = (c: C): number => c.var.organization.id;
const placeOf = (c: C) => ({ organizationId: organizationOf(c), pipelineId: Number(c.req.param("pipeline")) });

export function pipelineRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  app.get(PIPELINES, async (c) => {
    const pipelines = await readPipelines(ctx(c), organizationOf(c));
    return c.json({ results: pipelines.map(pipelineBody), next: null });
  });
  app.post(PIPELINES, async (c) => {
    const input = await read(c, NewPipeline);
    if (input instanceof Response) return input;
    const made = await createPipeline(ctx(c), organizationOf(c), input);
    return made.ok ? c.json(pipelineBody(made.value), 201) : refusal(made.failure);
  });
  app.get(PIPELINE, async (c) => {
    const found = await getPipeline(ctx(c), organizationOf(c), placeOf(c).pipelineId);
    return found.ok ? c.json(pipelineBody(found.value)) : refusal(found.failure);
  });
  app.patch(PIPELINE, async (c) => {
    const input = await read(c, PipelinePatch);
    if (input instanceof Response) return input;
    const changed = await updatePipeline(ctx(c), organizationOf(c), placeOf(c).pipelineId, input);
    return changed.ok ? c.json(pipelineBody(changed.value)) : refusal(changed.failure);
  });
  app.delete(PIPELINE, async (c) => {
    const gone = await deletePipeline(ctx(c), organizationOf(c), placeOf(c).pipelineId);
    return gone.ok ? c.body(null, 204) : refusal(gone.failure);
  });
  statusRoutes(app, ctx);
}

function statusRoutes(app: Hono<AdminEnv>, ctx: ContextFor): void {
  app.post(`${PIPELINE}/statuses`, async (c) => {
    const input = await read(c, NewStatus);
    if (input instanceof Response) return input;
    const made = await createStatus(ctx(c), placeOf(c), input);
    return made.ok ? c.json(statusBody(made.value), 201) : refusal(made.failure);
  });
  app.patch(STATUS, async (c) => {
    const input = await read(c, StatusPatch);
    if (input instanceof Response) return input;
    const changed = await updateStatus(ctx(c), placeOf(c), Number(c.req.param("status")), input);
    return changed.ok ? c.json(statusBody(changed.value)) : refusal(changed.failure);
  });
  app.delete(STATUS, async (c) => {
    const gone = await deleteStatus(ctx(c), placeOf(c), Number(c.req.param("status")));
    return gone.ok ? c.body(null, 204) : refusal(gone.failure);
  });
}
