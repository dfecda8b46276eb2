/** The page and the edge judge alike: whatever the form, whatever is in it, over HTTP. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Problem } from "../../../shared/capture-api.ts";
import type { PublicForm } from "../../../shared/lead-fields.ts";
import { captureRequest, formProblems } from "../../../widget/form/request.ts";
import { uuid } from "../../../widget/lib/uuid.ts";
import * as more from "../../../widget/more/more.ts";
import { type Server, startServer } from "../../support/server.ts";
import { anyAnswers, anyForm } from "./any-form.ts";

let server: Server;
let organization: string;
let token: string;
beforeAll(async () => {
  server = await startServer();
  const subscription_until = new Date(Date.now() + 86_400_000).toISOString();
  ({ id: organization } = await server.admin.createOrganization({ name: "Agreement", subscription_until }));
  const who = { username: "ines", first_name: "Ines", last_name: "Okafor", role: "admin" as const };
  const { id } = await server.admin.createUser(organization, who);
  ({ secret: token } = await server.admin.createCredential(organization, { kind: "user_token", user_id: id }));
});
afterAll(() => server?.stop());

const OPEN = { rate_limit_per_minute: null, address_rate_limit_per_minute: null, min_elapsed_ms: 0, max_links: 1_000 };
const post = (form: string, body: unknown) =>
  fetch(`${server.url}/v1/forms/${form}/leads`, { method: "POST", body: JSON.stringify(body) });
const circumstances = () => ({ submissionId: uuid(), visitorId: "v", page: {}, elapsedMs: 5_000 });

it("what the page would send is taken, and what it would refuse is refused, for the same reasons", async () => {
  const seen = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const asked = anyForm(draw);
      const settings = { name: "F", mode: "form" as const, duplicate_policy: "off" as const, ...OPEN, ...asked };
      const { id } = await server.admin.createForm(organization, settings);
      const form = (await (await fetch(`${server.url}/v1/forms/${id}`)).json()) as PublicForm;
      // The page has the rules of rare fields only where the form says that it needs them.
      const reading = {
        query: (name: string) => (name === "b" ? "q".repeat(20) : undefined),
        ...(form.needs_more && { more }),
      };
      for (let times = 0; times < 4; times++) {
        const answers = anyAnswers(draw, asked.fields);
        const problems = [...formProblems(form, answers, reading)].map(([name, { code }]) => [name, code]);
        const { data, ...rest } = captureRequest(form, answers, { ...circumstances(), ...reading });
        const answer = await post(id, { ...rest, data });
        const body = (await answer.json()) as { id: string } & Problem;
        expect((body.errors ?? []).map(({ field, code }) => [field, code])).toEqual(problems);
        expect(answer.status).toBe(problems.length > 0 ? 422 : 201);
        if (answer.ok) {
          seen.taken++;
          await expectKept(body.id, data);
        } else seen.refused++;
        // And as no page would send it.
        const raw = await post(id, { submission_id: uuid(), data: answers });
        expect([201, 400, 422]).toContain(raw.status);
      }
    }),
    { numRuns: 40 },
  );
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(10);
});

/** The organization reads what was sent; several options as one text. Suspected spam is in no list. */
async function expectKept(lead: string, data: Record<string, unknown>): Promise<void> {
  const headers = { Authorization: `Token ${token}` };
  const answer = await fetch(`${server.url}/api/v5/orgs/${organization}/leads/${lead}`, { headers });
  if (answer.status === 404) return;
  const kept = (await answer.json()) as { data: object };
  const shown = Object.entries(data).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]);
  expect(kept.data).toEqual(Object.fromEntries(shown));
}
