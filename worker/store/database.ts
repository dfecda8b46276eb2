export interface Repeat {
  /**
   * They may be sent again where their answer was lost: a second time they change nothing, or are refused, by a used key
   * or a state that has moved on, and whoever sent them then finds what the first time has left.
   */
  repeatable?: boolean;
}

/** One of the deployment's databases: each organization lives in one of them, whole. */
export interface Database extends D1Database {
  /** What form ids, secrets and tokens of its organizations carry; 0 is the first. */
  readonly number: number;
  batch<T = unknown>(statements: D1PreparedStatement[], repeat?: Repeat): Promise<D1Result<T>[]>;
}
