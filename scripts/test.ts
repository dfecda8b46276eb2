/**
 * `npm test [-- arguments of vitest]`: every test of every kind; see vitest.config.ts. The last line says
 * `N passed, N failed`, where a file that could not be run counts as a failure. Running no test is a failure too.
 */
import { parseCLI, startVitest, type Vitest } from "vitest/node";
import { needWidget } from "./lib/built-widget.ts";
import { needChromium } from "./lib/chromium.ts";
import { command } from "./lib/fail.ts";
import { say } from "./lib/say.ts";
import { scratchInMemory } from "./lib/scratch.ts";

await command(async () => {
  const args = process.argv.slice(2);
  try {
    needChromium();
  } catch (error) {
    // Who asks for some tests may not need a browser; those that do will say so.
    if (args.length === 0) throw error;
  }
  await needWidget();
  scratchInMemory();
  const { filter, options } = parseCLI(["vitest", "run", ...args]);
  const vitest = await startVitest("test", filter, { ...options, watch: false, passWithNoTests: true });
  const { passed, failed, skipped } = count(vitest);
  await vitest.close();
  if (skipped > 0) say(`${skipped} skipped`);
  if (passed + failed === 0) say("No test was run.");
  say(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : Number(process.exitCode ?? 0));
});

function count(vitest: Vitest) {
  const totals = { passed: 0, failed: vitest.state.getUnhandledErrors().length, skipped: 0 };
  for (const module of vitest.state.getTestModules()) {
    if (module.errors().length > 0) totals.failed += 1;
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) totals.failed += 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test still pending at the end was never finished.
      if (state === "pending") totals.failed += 1;
      else totals[state] += 1;
    }
  }
  return totals;
}
