/** The database does not answer just now; whoever asked may ask the same again, and is told when. */

/** Long enough for a database to restart, short enough for a visitor who waits. */
const RETRY_AFTER_SECONDS = 5;

/** Has the database's own words. What was to be written is not there, or is there whole: it may have been the answer that was lost. */
export class DatabaseAway extends Error {
  override readonly name = "DatabaseAway";
  readonly retryAfterSeconds = RETRY_AFTER_SECONDS;
}
