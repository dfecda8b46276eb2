/** What every browser scenario needs: a tenant of its own at the real server, real Chromium, and a site on another origin. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { inject } from "vitest";
import type { FormField } from "../../../shared/lead-fields.ts";
import { launchBrowser } from "../../support/browser.ts";
import { adminClient, type Server, startServer } from "../../support/server.ts";

/** The part of a server that scenarios use: others may use the same one. */
interface StageServer {
  url: string;
  rootToken: string;
  admin: ReturnType<typeof adminClient>;
}
type NewForm = Parameters<StageServer["admin"]["createForm"]>[1];

/** A lead as the org-user API shows it, as far as the scenarios look. */
export interface Lead {
  id: string;
  data: Record<string, unknown>;
}

export interface Stage {
  server: StageServer;
  browser: Browser;
  /** A new form of a few common fields that anybody may send at once. @returns its id. */
  form(settings?: Partial<NewForm>): Promise<string>;
  /** Everything in the tenant's lead list whose e-mail is this one. */
  leadsOf(email: string): Promise<Lead[]>;
  /** Why the tenant's held leads of this e-mail are. */
  heldOf(email: string): Promise<string[][]>;
  /** A page in a browser of its own, which no other test has used. */
  page(options?: BrowserContextOptions): Promise<Page & { errors: string[] }>;
  /** Serves a site on another origin than the server's. @returns its address. */
  site(html: string, headers?: Record<string, string>): Promise<string>;
  end(): Promise<void>;
}

export const FIELDS: FormField[] = [
  { name: "name", type: "text", label: "Name", required: true, autocomplete: "name", maps_to: "name" },
  { name: "email", type: "email", label: "E-mail", required: true, autocomplete: "email", maps_to: "email" },
  { name: "phone", type: "phone", label: "Phone", required: false, help: "If you would rather be called." },
  {
    name: "size",
    type: "select",
    label: "Team",
    required: false,
    options: [
      { value: "s", label: "Small" },
      { value: "l", label: "Large" },
    ],
  },
  { name: "message", type: "textarea", label: "Message", required: false, maps_to: "message" },
  { name: "letter", type: "checkbox", label: "Send me the letter", required: false },
  { name: "campaign", type: "hidden", label: "Campaign", required: false, query: "utm_campaign" },
];

const CONSENT = { version: "1", text: "You may answer me.", required: true };

/** Opens all of it, at the server that all scenarios share. `end` it, whatever happens. */
export async function openStage(): Promise<Stage> {
  const { url, rootToken } = inject("server");
  return furnish({ url, rootToken, admin: adminClient(url, rootToken) });
}

/**
 * The same at a server of its own, which the scenario may stop and start.
 * @param vars settings of the server beside its own.
 * @param entry another Worker's module than the deployment's.
 */
export async function openOwnStage(
  vars: Record<string, string> = {},
  entry?: string,
): Promise<Stage & { server: Server }> {
  const server = await startServer({ vars, ...(entry === undefined ? {} : { entry }) });
  const { end, ...stage } = await furnish(server);
  return { ...stage, server, end: () => end().finally(server.stop) };
}

async function furnish(server: StageServer): Promise<Stage> {
  const browser = await launchBrowser();
  const { admin } = server;
  const organization = await admin.createOrganization({
    name: "Halyard",
    subscription_until: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const user = await admin.createUser(organization.id, {
    username: "ines",
    first_name: "Ines",
    last_name: "Okafor",
    role: "admin",
  });
  const { secret } = await admin.createCredential(organization.id, { kind: "user_token", user_id: user.id });
  const sites: ReturnType<typeof createServer>[] = [];
  const contexts: BrowserContext[] = [];
  return {
    server,
    browser,
    async form(settings = {}) {
      const form = await admin.createForm(organization.id, {
        name: "Contact",
        mode: "form",
        fields: FIELDS,
        consent: CONSENT,
        texts: { title: "Talk to us", submit: "Send request", thanks_title: "Thank you, we have it" },
        allowed_origins: ["*"],
        // A script fills in a form faster than people do.
        min_elapsed_ms: 0,
        ...settings,
      });
      return form.id;
    },
    async leadsOf(email) {
      const answer = await fetch(`${server.url}/api/v5/orgs/${organization.id}/leads`, {
        headers: { Authorization: `Token ${secret}` },
      });
      const { results } = (await answer.json()) as { results: Lead[] };
      return results.filter(({ data }) => data.email === email);
    },
    async heldOf(email) {
      const answer = await fetch(`${server.url}/admin/v1/organizations/${organization.id}/held-leads`, {
        headers: { Authorization: `Bearer ${server.rootToken}` },
      });
      const { results } = (await answer.json()) as { results: (Lead & { reasons: string[] })[] };
      return results.filter(({ data }) => data.email === email).map(({ reasons }) => reasons);
    },
    async page(options) {
      const context = await browser.newContext(options);
      contexts.push(context);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      return Object.assign(page, { errors });
    },
    async site(html, headers = {}) {
      const site = createServer((_, answer) => {
        answer.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(html);
      });
      sites.push(site);
      await new Promise<void>((listening) => site.listen(0, "127.0.0.1", listening));
      return `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
    },
    async end() {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      for (const site of sites) site.closeAllConnections();
      await Promise.all(sites.map((site) => new Promise((closed) => site.close(closed))));
    },
  };
}

/** A site of one paragraph with these script tags. */
export const sitePage = (tags: string): string =>
  `<!doctype html><html lang="en"><head><title>A site</title><meta name="viewport" content="width=device-width">
</head><body><main><h1>A site</h1><p>Words.</p><div id="place"></div></main>${tags}</body></html>`;

export const tag = (server: { url: string }, form: string, attributes = ""): string =>
  `<script async src="${server.url}/foyer.js" data-form="${form}" ${attributes}></script>`;
