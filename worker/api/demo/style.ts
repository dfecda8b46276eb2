/** The demo page's own looks, served as a file because its policy allows no other styles. Nothing of it is the widget's. */
export const DEMO_STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#17201d, #edf1ef); --soft: light-dark(#55625d, #a4b1ab);
  --ground: light-dark(#fbfaf6, #121614); --card: light-dark(#fff, #1a201d); --line: light-dark(#e4e1d8, #2b3430);
  --brand: light-dark(#14695b, #5cc4ae); --warm: light-dark(#f0b45c, #c98a35); --mist: light-dark(#bfd8d0, #3c5a52); }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 18px/1.6 system-ui, sans-serif; }
.top, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 32px; }
.top { display: flex; align-items: center; justify-content: space-between; padding-block: 24px; }
.brand { color: var(--ink); font-weight: 700; font-size: 22px; letter-spacing: -0.02em; text-decoration: none; }
.themes { display: flex; gap: 4px; font-size: 15px; }
.themes a { padding: 8px 14px; border-radius: 999px; color: var(--soft); text-decoration: none; }
.themes a[aria-current="true"] { background: var(--card); color: var(--ink); box-shadow: 0 0 0 1px var(--line); }
h1, h2 { line-height: 1.15; letter-spacing: -0.02em; text-wrap: balance; margin: 0 0 16px; }
h1 { font-size: clamp(38px, 5.4vw, 60px); }
h2 { font-size: 30px; }
p { margin: 0 0 16px; text-wrap: pretty; }
.hero { display: grid; grid-template-columns: 1.05fr 1fr; gap: 56px; align-items: center; padding: 48px 0 80px; }
.kicker { color: var(--brand); font-weight: 600; font-size: 16px; }
.lead { color: var(--soft); font-size: 20px; margin-bottom: 32px; }
.go { display: inline-block; margin-inline-end: 16px; padding: 12px 22px; border-radius: 12px; background: var(--ink);
  color: var(--ground); font-weight: 600; text-decoration: none; }
.aside { color: var(--soft); font-size: 16px; }
.plan { width: 100%; height: auto; font: 500 15px system-ui, sans-serif; }
.plan .card { fill: var(--card); stroke: var(--line); stroke-width: 2; }
.plan .rule { stroke: var(--line); stroke-width: 1.5; }
.plan .day, .plan .crew { fill: var(--soft); }
.plan .a { fill: var(--mist); } .plan .b { fill: var(--warm); } .plan .c { fill: var(--line); }
.plan .label { fill: var(--ink); font-size: 14px; }
.reasons { display: grid; grid-template-columns: repeat(3, 1fr); gap: 40px; padding: 56px 0; border-top: 1px solid var(--line); }
.reasons h2 { font-size: 21px; }
.reasons p { color: var(--soft); }
.quote { margin: 24px 0 88px; text-align: center; }
.quote blockquote { margin: 0 auto 12px; max-width: 720px; font-size: clamp(26px, 3.4vw, 38px); line-height: 1.25; letter-spacing: -0.02em; }
.quote figcaption { color: var(--soft); font-size: 16px; }
.request { display: grid; grid-template-columns: 1fr 480px; gap: 72px; padding: 16px 0 88px; scroll-margin-top: 24px; }
.request > div:first-child { position: sticky; top: 48px; align-self: start; }
.request p, .request li { color: var(--soft); }
.request ul { padding-inline-start: 20px; }
.how { padding: 56px 0; border-top: 1px solid var(--line); }
pre { overflow-x: auto; padding: 18px 22px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); font-size: 15px; }
code { font-family: ui-monospace, monospace; font-size: 0.92em; }
footer { padding-block: 8px 120px; color: var(--soft); font-size: 15px; }
.empty { padding-block: 96px; max-width: 640px; }
.theming { padding-bottom: 120px; }
.theming .intro { max-width: 720px; padding: 40px 0 24px; }
.theming h1 { font-size: clamp(34px, 4.4vw, 48px); }
.bench { display: grid; grid-template-columns: 360px minmax(0, 1fr); gap: 56px; align-items: start; padding: 24px 0 56px; }
.controls { position: sticky; top: 32px; display: grid; gap: 22px; padding: 28px; border: 1px solid var(--line); border-radius: 18px;
  background: var(--card); font-size: 16px; }
.controls fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
.controls legend, .controls .row { padding: 0; margin-bottom: 8px; font-weight: 600; }
.controls .row { display: flex; justify-content: space-between; margin-bottom: -12px; }
.controls output { color: var(--soft); font-weight: 400; }
.controls input { accent-color: var(--brand); }
.controls input[type="range"] { width: 100%; height: 32px; margin: 0; }
.choices { display: flex; flex-wrap: wrap; gap: 8px; }
.choices label { display: flex; align-items: center; gap: 8px; min-height: 40px; padding: 0 12px; border: 1px solid var(--line);
  border-radius: 10px; cursor: pointer; }
.choices label:has(:checked) { border-color: var(--brand); box-shadow: inset 0 0 0 1px var(--brand); }
.choices label:has(:focus-visible) { outline: 3px solid var(--brand); outline-offset: 2px; }
.swatches label { padding: 0 7px; }
.swatches label:not(.own) input { position: absolute; opacity: 0; }
.swatches svg { width: 26px; height: 26px; stroke: var(--line); }
.swatches .own { padding: 0 12px; }
.swatches input[type="color"] { width: 44px; height: 42px; padding: 4px; border: 1px solid var(--line); border-radius: 10px; background: none; }
.controls .go { border: 0; font: inherit; font-weight: 600; cursor: pointer; margin: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.list { padding: 40px 0; border-top: 1px solid var(--line); }
.list table { width: 100%; border-collapse: collapse; font-size: 16px; }
.list th, .list td { padding: 12px 24px 12px 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
.list thead th { color: var(--soft); font-weight: 500; }
.list tbody th { width: 240px; font-weight: 500; }
.aside a { color: inherit; }
a:focus-visible, button:focus-visible, pre:focus-visible { outline: 3px solid var(--brand); outline-offset: 3px; }
@media (max-width: 860px) {
  .top, main, footer { padding-inline: 20px; }
  .hero, .reasons, .request { grid-template-columns: minmax(0, 1fr); gap: 32px; }
  .hero { padding-block: 24px 56px; }
  .request > div:first-child { position: static; }
  .brand { font-size: 20px; }
  .bench { grid-template-columns: minmax(0, 1fr); gap: 32px; }
  .controls { position: static; padding: 20px; }
  .list tbody th { width: auto; overflow-wrap: anywhere; }
}
@media (forced-colors: active) { .controls .go { color: ButtonText; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
