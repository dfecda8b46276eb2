/** The demo page's text. Everything that comes from outside is escaped by `html`. */
import { html } from "hono/html";
import { type DemoForms, type Html, page, type Theme } from "./frame.ts";

interface Demo {
  origin: string;
  nonce: string;
  theme: Theme;
  forms: DemoForms;
}

/** Room for the inline form as the demo's own definition has it, so that the page does not move when it comes. */
const INLINE_HEIGHT_PX = 912;
const THEMES: Theme[] = ["light", "dark", "auto"];

/** The week's plan in the hero: bars, drawn rather than photographed, so that the page loads nothing else. */
const PLAN = html`<svg class="plan" viewBox="0 0 520 380" role="img" aria-label="A week's plan for four crews">
<rect class="card" x="1" y="1" width="518" height="378" rx="20"/>
<g class="day"><text x="130" y="46">Mon</text><text x="212" y="46">Tue</text><text x="294" y="46">Wed</text>
<text x="376" y="46">Thu</text><text x="458" y="46">Fri</text></g>
<g class="rule"><path d="M120 64v290M202 64v290M284 64v290M366 64v290M448 64v290"/></g>
<g class="crew"><text x="28" y="105">North</text><text x="28" y="175">Harbour</text><text x="28" y="245">Mill Road</text>
<text x="28" y="315">Standby</text></g>
<g class="job"><rect class="a" x="124" y="82" width="152" height="38" rx="10"/><rect class="b" x="288" y="82" width="74" height="38" rx="10"/>
<rect class="a" x="370" y="82" width="124" height="38" rx="10"/><rect class="c" x="124" y="152" width="74" height="38" rx="10"/>
<rect class="a" x="206" y="152" width="156" height="38" rx="10"/><rect class="b" x="370" y="152" width="74" height="38" rx="10"/>
<rect class="b" x="124" y="222" width="74" height="38" rx="10"/><rect class="c" x="206" y="222" width="74" height="38" rx="10"/>
<rect class="a" x="288" y="222" width="206" height="38" rx="10"/><rect class="c" x="288" y="292" width="156" height="38" rx="10"/></g>
<g class="label"><text x="140" y="107">Lift, block 4</text><text x="384" y="107">Boiler room</text>
<text x="222" y="177">Roof survey</text><text x="304" y="247">Switchgear, phase 2</text></g></svg>`;

const themeLinks = (current: Theme, forms: DemoForms): Html =>
  html`<nav class="themes" aria-label="Colours">${THEMES.map((theme) => {
    const address = `/demo?theme=${theme}&popup=${forms.popup}&inline=${forms.inline}`;
    return html`<a href="${address}" aria-current="${String(theme === current)}">${theme}</a>`;
  })}</nav>`;

/** What a visitor of the site would copy: the tag, as text. */
const scriptTag = (origin: string, form: string): string =>
  `<script async src="${origin}/foyer.js" data-form="${form}"></script>`;

function hero({ theme, forms }: Demo): Html {
  return html`<header class="top"><a class="brand" href="/demo">Halyard</a>${themeLinks(theme, forms)}</header>
<main><section class="hero"><div>
<p class="kicker">Crew planning for service teams</p>
<h1>Monday’s plan, done by Friday noon.</h1>
<p class="lead">Halyard knows who is certified for what, where the vans are and which job cannot wait.
You decide; it keeps the week from falling apart when somebody calls in sick.</p>
<p><a class="go" href="#request">See it with your own data</a> <span class="aside">or ask us, bottom right</span></p>
</div>${PLAN}</section>`;
}

const REASONS = html`<section class="reasons">
<article><h2>One plan, every phone</h2><p>Crews see today’s jobs, the way in and who has the keys, also in a cellar without signal.</p></article>
<article><h2>Certificates count</h2><p>Nobody is sent to switchgear without the papers for it. Renewals turn up eight weeks ahead.</p></article>
<article><h2>Change without chaos</h2><p>Drag a job to another crew and see at once what it moves, what it costs and whom it annoys.</p></article>
</section>
<figure class="quote"><blockquote>We used to plan on Sunday evenings. I have Sundays back.</blockquote>
<figcaption>Ines Okafor, operations, Calder Lifts</figcaption></figure>`;

function request({ nonce, theme, forms }: Demo): Html {
  return html`<section class="request" id="request"><div><h2>Thirty minutes with your own week</h2>
<p>Send us last week’s jobs as a spreadsheet, as untidy as they are. We load them before we talk, so that you see your
crews and your streets, not a brochure.</p>
<ul><li>A planner who has run crews, not a salesperson</li><li>Works beside what you have; nothing to install</li>
<li>If it does not fit, we say so</li></ul></div>
<div id="request-form"></div>
<script nonce="${nonce}" async src="/foyer.js" data-form="${forms.inline}" data-mode="inline" data-target="#request-form" data-theme="${theme}" data-height="${INLINE_HEIGHT_PX}"></script>
</section>`;
}

function howTo({ origin, nonce, theme, forms }: Demo): Html {
  return html`<section class="how"><h2>For whoever runs the site</h2>
<p>Halyard is made up; the forms are not. Both are <strong>Foyer</strong>: one tag, before the end of the page. What you
send here stands in this server’s lead list.</p>
<pre tabindex="0" role="region" aria-label="The script tag"><code>${scriptTag(origin, forms.popup)}</code></pre>
<p class="aside">Add <code>data-mode="inline" data-target="#place"</code> to put a form into the page.
<a href="/demo/theming?popup=${forms.popup}&amp;inline=${forms.inline}">Choose its colours</a>, or
<a href="/demo/chat">see it as a chat</a>.</p></section></main>
<footer><p>Halyard Planning is a fictitious company, and so is everybody in it.</p></footer>
<script nonce="${nonce}" async src="/foyer.js" data-form="${forms.popup}" data-theme="${theme}"></script>`;
}

export const demoPage = (demo: Demo): Html =>
  page(
    "Halyard: crew planning for service teams",
    demo.theme,
    html`${hero(demo)}${REASONS}${request(demo)}${howTo(demo)}`,
  );

/** Where the server has no forms to show, what to do about it. */
export const noDemoPage = (): Html =>
  page(
    "No demo yet",
    "auto",
    html`<main class="empty"><h1>No demo yet</h1>
<p>This server has no demo forms. <code>npm start</code> makes them; or name two of your own:</p>
<pre tabindex="0"><code>/demo?popup=FORM_ID&amp;inline=FORM_ID</code></pre></main>`,
  );
