/** Organizations of very different sizes, and in which database each of them lives. */
import type { Assumptions } from "./assumptions.ts";

/** Each organization's share of all leads, the largest first; they add up to 1. */
export function sharesOf({ organizations, zipf }: Pick<Assumptions, "organizations" | "zipf">): number[] {
  const weights = Array.from({ length: organizations }, (_, index) => (index + 1) ** -zipf);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}

/** The largest first, each into the database that has least: as new organizations would be placed by hand. */
export function placed(shares: number[], databases: number): number[][] {
  const homes: number[][] = Array.from({ length: databases }, () => []);
  const loads = homes.map(() => 0);
  for (const share of shares) {
    const emptiest = loads.indexOf(Math.min(...loads));
    homes[emptiest]?.push(share);
    loads[emptiest] = (loads[emptiest] ?? 0) + share;
  }
  return homes;
}

/** By the order in which they came, which knows nothing of sizes: the largest are anywhere. */
export function placedByTurn(shares: number[], databases: number, order: number[]): number[][] {
  const homes: number[][] = Array.from({ length: databases }, () => []);
  for (const [turn, organization] of order.entries()) homes[turn % databases]?.push(shares[organization] ?? 0);
  return homes;
}

export const sum = (values: Iterable<number>): number => {
  let all = 0;
  for (const value of values) all += value;
  return all;
};
