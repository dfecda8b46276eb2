/** The theming page: the widget beside what changes its looks, and the lines that a site would copy. */
import { html } from "hono/html";
import { type DemoForms, type Html, page } from "./frame.ts";

interface Theming {
  origin: string;
  nonce: string;
  forms: DemoForms;
}

const ACCENTS = ["#14695b", "#2f5fd0", "#b3402a", "#6b4fa0", "#1d1d1f", "#f2c14e"];

type Row = [name: string, meaning: string];

const VARIABLES: Row[] = [
  ["--foyer-accent", "Launcher, send button, ticked boxes. Words on it turn black or white, whichever is read better."],
  ["--foyer-background", "The panel’s ground."],
  ["--foyer-text", "The panel’s words."],
  ["--foyer-font", "The panel’s font."],
  ["--foyer-radius", "Corners of fields and buttons; the panel’s are 6px rounder."],
  ["--foyer-inline", "Where launcher and popup stand: auto 20px is the end of the line, 20px auto its start."],
  ["--foyer-width", "How wide an inline form may become; 640px where not given."],
];

const PARTS: Row[] = [
  ["panel", "Everything: the popup’s dialog, or the inline form’s section."],
  ["title", "The heading."],
  ["intro", "The words below it."],
  ["label", "A field’s label."],
  ["input", "A field."],
  ["button", "Send, try again."],
  ["close", "The popup’s close button."],
  ["message", "What was said in a chat."],
  ["outcome", "What stands in the form’s place when it is sent, or not yet."],
];

const EVENTS: Row[] = [
  ["foyer:ready", "The form can be filled in."],
  ["foyer:open", "The popup has opened."],
  ["foyer:close", "The popup has closed."],
  ["foyer:submit", "The visitor has sent something that may be sent."],
  ["foyer:sent", "It has arrived: detail.lead is the lead’s id."],
  ["foyer:duplicate", "It was here already."],
  ["foyer:chat-start", "In a chat: the visitor has said something for the first time."],
  ["foyer:message", "In a chat: somebody has said something to them."],
  ["foyer:error", "detail.reason says what: load, or the stable part of the problem’s type."],
];

const table = (title: string, head: string, rows: Row[]): Html =>
  html`<section class="list"><h2>${title}</h2><table><thead><tr><th scope="col">${head}</th><th scope="col">What it does</th></tr></thead>
<tbody>${rows.map(([name, meaning]) => html`<tr><th scope="row"><code>${name}</code></th><td>${meaning}</td></tr>`)}</tbody></table></section>`;

const choice = (legend: string, name: string, options: [value: string, label: string][]): Html =>
  html`<fieldset><legend>${legend}</legend><div class="choices">${options.map(
    ([value, label], i) =>
      html`<label><input type="radio" name="${name}" value="${value}" ${i === 0 ? "checked" : ""}><span>${label}</span></label>`,
  )}</div></fieldset>`;

const CONTROLS = html`<form id="looks" class="controls" aria-label="Looks">
<fieldset><legend>Accent</legend><div class="choices swatches">${ACCENTS.map(
  (accent, i) =>
    html`<label><input type="radio" name="accent" value="${accent}" ${i === 0 ? "checked" : ""}><svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="11" fill="${accent}"/></svg><span class="unseen">${accent}</span></label>`,
)}<label class="own"><input type="radio" name="accent" value="own"><span>Your own</span></label>
<input type="color" name="own" value="#8a3f6b" aria-label="Your own accent"></div></fieldset>
<label class="row" for="radius">Corners <output id="radius-says" for="radius">12 px</output></label>
<input id="radius" name="radius" type="range" min="0" max="24" value="12">
${choice("Colours", "theme", [
  ["auto", "As the visitor’s"],
  ["light", "Light"],
  ["dark", "Dark"],
  ["host", "The page’s own"],
])}
${choice("Position", "position", [
  ["end", "End"],
  ["start", "Start"],
])}
${choice("Font", "font", [
  ["", "The system’s"],
  ["Georgia, serif", "Serif"],
  ["ui-monospace, monospace", "Monospace"],
])}
<button type="button" id="open" class="go">Open the popup</button></form>`;

export const themingPage = ({ origin, nonce, forms }: Theming): Html =>
  page(
    "Theming: the widget in your colours",
    "auto",
    html`<header class="top"><a class="brand" href="/demo">Halyard</a><span class="aside">Theming</span></header>
<main class="theming"><section class="intro"><h1>In your colours, in a minute.</h1>
<p class="lead">Everything here is a line of CSS or an attribute. Change something and watch both forms, the one below and the
one behind the button; then copy what stands at the end.</p></section>
<div class="bench">${CONTROLS}<div id="preview" class="preview"></div></div>
<section class="list"><h2>To copy</h2><pre tabindex="0" role="region" aria-label="To copy"><code id="snippet" data-origin="${origin}" data-form="${forms.popup}"></code></pre></section>
${table("Variables", "On foyer-form", VARIABLES)}
${table("Parts", "foyer-form::part()", PARTS)}
${table("Events", "On the document", EVENTS)}
<p class="aside" id="heard" role="status">Events show here as they happen.</p></main>
<script nonce="${nonce}" async src="/foyer.js" data-form="${forms.inline}" data-mode="inline" data-target="#preview" data-height="868"></script>
<script nonce="${nonce}" async src="/foyer.js" data-form="${forms.popup}"></script>
<script nonce="${nonce}" defer src="/demo/theming.js"></script>`,
  );
