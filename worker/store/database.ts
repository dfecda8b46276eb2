/** One of the deployment's databases: each organization lives in one of them, whole. */
export interface Database extends D1Database {
  /** What form ids, secrets and tokens of its organizations carry; 0 is the first. */
  readonly number: number;
}
