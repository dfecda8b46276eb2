/**
 * `npm run simulate`: what databases, a queue and replicas would do under a hundred million leads a year. It measures
 * nothing: what it takes for granted stands in simulation/assumptions.ts, and docs/scale.md says what follows from it. The
 * same seed prints the same tables.
 *
 *     npm run simulate -- --seed 2 --leads 10000000 --zipf 0.8
 */
import { parseArgs } from "node:util";
import { CommandError, command } from "./lib/fail.ts";
import { printTable } from "./lib/rows.ts";
import { ASSUMPTIONS } from "./simulation/assumptions.ts";
import { growth, largest, money } from "./simulation/filling.ts";
import { queues, replicas, writers } from "./simulation/tables.ts";

await command(async () => {
  const wanted = { type: "string" } as const;
  const { values } = parseArgs({ options: { seed: wanted, leads: wanted, zipf: wanted } });
  const number = (name: keyof typeof values, otherwise: number, isWhole = true) => {
    const value = Number(values[name] ?? otherwise);
    if (value > 0 && (Number.isInteger(value) || !isWhole)) return value;
    throw new CommandError(`--${name} is a ${isWhole ? "whole " : ""}number above 0.`);
  };
  const { seed, leadsPerYear, zipf } = ASSUMPTIONS;
  const chosen = { seed: number("seed", seed), leadsPerYear: number("leads", leadsPerYear) };
  const a = { ...ASSUMPTIONS, ...chosen, zipf: number("zipf", zipf, false) };
  for (const table of [growth(a), largest(a), ...writers(a), ...replicas(a), queues(a), money(a)]) printTable(table);
});
