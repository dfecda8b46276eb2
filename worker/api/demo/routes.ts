/**
 * The page that a salesperson shows: a made-up company's site with the popup and an inline form on it.
 *
 *     GET /demo            ?theme=light|dark|auto, ?popup={form}, ?inline={form}
 *     GET /demo/chat       ?theme=…, ?chat={form}: the same company with a chat
 *     GET /demo/theming    the same forms beside what changes their looks; its script is built with the widget
 *     GET /demo/style.css
 *
 * Served under the policy that the widget promises to live with: scripts by nonce, styles from here, nothing inline.
 */
import { type Context, Hono } from "hono";
import type { AppEnv } from "../http/app.ts";
import { chatPage } from "./chat-page.ts";
import type { DemoForms, Html, Theme } from "./frame.ts";
import { demoPage, noDemoPage } from "./page.ts";
import { DEMO_STYLE } from "./style.ts";
import { themingPage } from "./theming.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const STYLE_TTL_SECONDS = 300;
const NONCE_BYTES = 16;

/** @param forms Which forms to show where the address names none; null where there are none to show. */
export function demoRoutes({ forms }: { forms: (c: Context<AppEnv>) => DemoForms | null }): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get("/demo", (c) => {
    const theme = themeOf(c.req.query("theme"));
    return show(c, forms(c), (shown) => demoPage({ ...shown, theme }));
  });
  app.get("/demo/chat", (c) => {
    const theme = themeOf(c.req.query("theme"));
    const form = formId(c.req.query("chat")) ?? forms(c)?.chat;
    return guarded(c, (nonce) => form && chatPage({ nonce, theme, form }));
  });
  app.get("/demo/theming", (c) => show(c, forms(c), themingPage));

  app.get("/demo/style.css", (c) => {
    c.header("content-type", "text/css; charset=utf-8");
    c.header("cache-control", `public, max-age=${STYLE_TTL_SECONDS}`);
    return c.body(DEMO_STYLE);
  });
  return app;
}

type Shown = { origin: string; nonce: string; forms: DemoForms };

/** With the forms that the address names, else the configured ones. */
function show(
  c: Context<AppEnv>,
  configured: DemoForms | null,
  draw: (shown: Shown) => Html,
): Response | Promise<Response> {
  const popup = formId(c.req.query("popup")) ?? configured?.popup;
  const inline = formId(c.req.query("inline")) ?? configured?.inline;
  const { origin } = new URL(c.req.url);
  return guarded(c, (nonce) => popup && inline && draw({ origin, nonce, forms: { popup, inline } }));
}

/** Under the policy. @param draw gives no page where there are no forms to show. */
function guarded(c: Context<AppEnv>, draw: (nonce: string) => Html | undefined | ""): Response | Promise<Response> {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(NONCE_BYTES))));
  c.header(
    "content-security-policy",
    `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self'; connect-src 'self'; ` +
      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  );
  c.header("cache-control", "no-store");
  const drawn = draw(nonce);
  return drawn ? c.html(drawn) : c.html(noDemoPage(), 404);
}

const formId = (text: string | undefined): string | undefined => (text && UUID.test(text) ? text : undefined);
const themeOf = (text: string | undefined): Theme => (text === "light" || text === "dark" ? text : "auto");
