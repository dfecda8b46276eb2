/** What the parts of the benchmark hand back: tables for people, and the goals that are held against them. */
import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";

/** Columns are the keys of the first row; undefined leaves a cell empty. */
export interface Table {
  title: string;
  /** How it was measured, where that is not plain. */
  notes?: string[];
  rows: Record<string, string | number | undefined>[];
}
export interface Goal {
  what: string;
  measured: number;
  bound: "at least" | "at most";
  goal: number;
}
export interface Report {
  tables: Table[];
  goals: Goal[];
}

export const isMet = ({ measured, bound, goal }: Goal): boolean =>
  bound === "at least" ? measured >= goal : measured <= goal;

/** To three digits that count, as people read figures. */
export const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));

export function goalTable(goals: Goal[]): Table {
  return {
    title: "goals",
    rows: goals.map((goal) => ({
      what: goal.what,
      measured: rounded(goal.measured),
      goal: `${goal.bound} ${goal.goal}`,
      "": isMet(goal) ? "met" : "NOT MET",
    })),
  };
}

/** On what, when and of what the figures are. */
export function machine(): Record<string, string | number> {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  let commit = "";
  try {
    commit = git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") === "" ? "" : ", changed");
  } catch {
    // A copy without its history.
  }
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    date: new Date().toISOString(),
    commit,
  };
}
