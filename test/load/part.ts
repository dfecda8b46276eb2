/** What a part of the benchmark is given. */
import type { Report } from "./report.ts";
import type { World } from "./world.ts";

export interface Bench {
  world: World;
  /** A folder for whatever lasts no longer than the run. */
  scratch: string;
  /** To try whether it works: figures of a moment. */
  isQuick: boolean;
  /** Leads of the large database. */
  leads: number;
}
export type Part = (bench: Bench) => Promise<Report>;
