/** `npm run demo` as people and programs meet it. */
import { describe, expect, it } from "vitest";
import { openSecrets } from "../../../scripts/lib/secrets.ts";
import { usePlace } from "../../support/local-server.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const place = usePlace();

describe("npm run demo", () => {
  it("prints one JSON object, with fresh credentials each time that the server takes", async () => {
    await place.start().says("Ctrl-C");
    const url = `http://127.0.0.1:${place.port}`;
    // Without FOYER_STATE: the root token is found by the server's port.
    const runs = [0, 1].map(() => place.run(["demo", "--", "--json", "--url", url]));
    for (const run of runs) expect([(await run.ended).code, run.stderr()]).toEqual([0, ""]);
    const [one, two] = runs.map((run) => JSON.parse(run.stdout()));

    expect(one.base_url).toBe(url);
    expect(one.organizations).toMatchObject([
      { key: "acme", subscription: "active" },
      { key: "globex", subscription: "active" },
      { key: "lapsed", subscription: "lapsed" },
    ]);
    for (const organization of one.organizations) expectOrganization(organization);
    expect(new Set([one, two].flatMap((demo) => demo.organizations.map(({ id }: { id: string }) => id))).size).toBe(6);

    const [acme, globex, lapsed] = one.organizations;
    const list = async (whose: typeof acme, token: string) =>
      (await fetch(`${url}/api/v5/orgs/${whose.id}/leads`, { headers: { Authorization: `Token ${token}` } })).status;
    expect(await list(acme, acme.users[0].token)).toBe(200);
    expect(await list(globex, acme.users[0].token)).toBe(403);
    expect(await list(lapsed, lapsed.users[0].token)).toBe(403);

    for (const { id, users, forms } of one.organizations) {
      const headers = { Authorization: `Bearer ${users[0].token}` };
      const owners = forms.map(async (form: { id: string }) => {
        const answer = await fetch(`${url}/admin/v1/organizations/${id}/forms/${form.id}`, { headers });
        return ((await answer.json()) as { owner_id: string | null }).owner_id;
      });
      expect(await Promise.all(owners)).toEqual([null, null, users[0].id]);
    }
  });

  it("refuses a server that is not on this machine unless told twice", async () => {
    const tokenOnly = place.run(["demo", "--", "--url", "https://foyer.example"], { FOYER_ROOT_TOKEN: "given" });
    const flagOnly = place.run(["demo", "--", "--allow-remote", "--url", "https://foyer.example"]);
    expect([(await tokenOnly.ended).code, (await flagOnly.ended).code]).toEqual([1, 1]);
    expect(tokenOnly.stderr().trim()).toMatch(/^https:\/\/foyer\.example is not this machine\..*--allow-remote.*$/);
    expect(flagOnly.stderr().trim()).toMatch(/^.*FOYER_ROOT_TOKEN.*$/);
    expect([tokenOnly.stdout(), flagOnly.stdout()]).toEqual(["", ""]);
  });

  it("says in one line that nobody answers", async () => {
    openSecrets(place.state);
    const run = place.run(["demo", "--", "--json", "--url", `http://127.0.0.1:${place.port}`], {
      FOYER_STATE: place.state,
    });
    expect((await run.ended).code).toBe(1);
    expect(run.stderr().trim()).toMatch(/^http:\/\/127\.0\.0\.1:\d+ does not answer\..*$/);
  });
});

function expectOrganization(organization: Record<string, unknown>): void {
  const text = expect.stringMatching(/./);
  const user = (role: string) => ({
    id: expect.stringMatching(UUID),
    user_id: expect.any(Number),
    username: text,
    password: text,
    role,
    token: text,
  });
  const form = (mode: string, is_processable: boolean) => ({
    id: expect.stringMatching(UUID),
    mode,
    is_processable,
    duplicate_policy: "identical",
  });
  expect(organization).toEqual({
    key: text,
    id: expect.stringMatching(UUID),
    account_id: expect.any(Number),
    name: text,
    subscription: text,
    api_key: text,
    client: { client_id: expect.stringMatching(UUID), client_secret: text, redirect_uri: text, code: text },
    users: [user("admin"), user("agent"), user("agent")],
    forms: [form("form", false), form("form", true), form("chat", false)],
  });
}
