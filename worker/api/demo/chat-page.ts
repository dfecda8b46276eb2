/** The demo's page with a chat: who looks at it is asked by the form, and answered by whoever is in the inbox. */
import { html } from "hono/html";
import { type Html, page, type Theme } from "./frame.ts";

interface ChatDemo {
  nonce: string;
  theme: Theme;
  form: string;
}

/** @param demo its form is one of mode `chat`. */
export const chatPage = ({ nonce, theme, form }: ChatDemo): Html =>
  page(
    "Halyard: talk to a planner",
    theme,
    html`<header class="top"><a class="brand" href="/demo">Halyard</a><span class="aside">Chat</span></header>
<main><section class="request"><div><p class="kicker">Crew planning for service teams</p>
<h1>Ask a planner, not a brochure.</h1>
<p class="lead">The button at the bottom right opens a chat. It asks the few things a planner needs to know, and you can ask
for a person at any time.</p>
<ul><li>Go to another page, or close the window: the chat goes on where it was</li>
<li>What you write without a connection is sent when it is back</li>
<li>What you have answered you can still change</li></ul></div></section></main>
<footer><p>Halyard Planning is a fictitious company, and so is everybody in it.</p></footer>
<script nonce="${nonce}" async src="/foyer.js" data-form="${form}" data-theme="${theme}"></script>`,
  );
