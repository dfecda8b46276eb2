/** JSON from strangers: bounded in depth, and well-formed in every string. */
import { JSON_DEPTH_LIMIT } from "../../../shared/limits.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { wellFormed } from "../../domain/text.ts";

/** @returns the value, or in words what is wrong with the text. */
export function parseJson(text: string): Result<unknown, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(wordsOf(error));
  }
  return isDeeper(value, JSON_DEPTH_LIMIT)
    ? fail(`nested deeper than ${JSON_DEPTH_LIMIT} levels`)
    : ok(wellFormed(value));
}

/** Where the text stops being JSON; nothing of the text itself, which may hold a password. */
function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : "";
  return /^[^"]+ JSON( at position \d+( \(line \d+ column \d+\))?| input)$/.test(words) ? words : "not JSON";
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeper(child, levels - 1));
}
