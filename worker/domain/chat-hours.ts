/** When somebody answers chats: a week of hours on the organization's clocks, and days on which nobody does. */

/** Nobody is in. */
export interface Away {
  /** The organization's own words for it; null: ours. */
  text: string | null;
  /** When somebody is in again, in milliseconds since 1970, UTC; null where that is not known. */
  until: number | null;
  /** IANA name: the clock by which visitors are told. */
  timeZone: string;
}
