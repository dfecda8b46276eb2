/** Where leads come from: what every organization starts with, and which of them it needs. */
export interface Source {
  id: number;
  key: string;
  name: string;
  sort: number;
  /** A choice for a new lead. */
  isActive: boolean;
}

export interface SourceSeed {
  /** What leads keep, and programs know it by. */
  key: string;
  name: string;
}

/** Which of them a lead has that came in by itself; a colleague's has what the colleague says, else `other`. */
export const SOURCE_OF = { forms: "form", chats: "chat", sip: "call", mail: "mail", colleague: "other" } as const;

/** Those that leads get by themselves: always a choice. */
export const NEEDED_SOURCES: readonly string[] = Object.values(SOURCE_OF);

export const MAIN_SOURCES: readonly SourceSeed[] = [
  { key: "form", name: "Web form" },
  { key: "chat", name: "Chat" },
  { key: "call", name: "Phone call" },
  { key: "mail", name: "E-mail" },
  { key: "referral", name: "Referral" },
  { key: "campaign", name: "Campaign" },
  { key: "event", name: "Event" },
  { key: "other", name: "Other" },
];
