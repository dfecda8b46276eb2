import type { ChatTexts } from "./en.ts";

/** German, with Sie. */
const de: ChatTexts = {
  write: "Nachricht schreiben",
  person: "Mit einem Menschen sprechen",
  skip: "Überspringen",
  agree: "Ich stimme zu",
  yes: "Ja",
  edit: "Ändern",
  you: "Sie",
  call: "Ein Mensch wurde dazugebeten.",
  joined: "{name} ist jetzt da.",
  left: "{name} ist gegangen.",
  handed: "Der Chat wurde weitergegeben.",
  closed: "Dieser Chat ist beendet.",
  again: "Neuen Chat beginnen",
  waiting: "Gleich ist jemand für Sie da.",
  typing: "{name} schreibt…",
  read: "Gelesen",
  away: "Gerade ist niemand da.",
  until: "Zurück: {when}.",
  offline: "Keine Verbindung. Gesendet wird, sobald sie wieder da ist.",
  unsent: "Nicht gesendet.",
  end: "Chat beenden",
  save: "Als Text speichern",
  unread: { one: "{n} neue Nachricht", other: "{n} neue Nachrichten" },
};
export default de;
