import type { ChatTexts } from "./en.ts";

/** Finnish. */
const fi: ChatTexts = {
  write: "Kirjoita viesti",
  person: "Puhu ihmisen kanssa",
  skip: "Ohita",
  agree: "Hyväksyn",
  yes: "Kyllä",
  edit: "Muuta",
  you: "Sinä",
  call: "Ihminen on pyydetty paikalle.",
  joined: "{name} liittyi keskusteluun.",
  left: "{name} poistui.",
  handed: "Keskustelu siirrettiin toiselle.",
  closed: "Keskustelu on päättynyt.",
  again: "Aloita uusi keskustelu",
  waiting: "Joku tulee pian.",
  typing: "{name} kirjoittaa…",
  read: "Luettu",
  away: "Kukaan ei ole juuri nyt paikalla.",
  until: "Takaisin: {when}.",
  offline: "Ei yhteyttä. Viesti lähtee, kun yhteys palaa.",
  unsent: "Ei lähetetty.",
  end: "Lopeta keskustelu",
  save: "Tallenna tekstinä",
  unread: { one: "{n} uusi viesti", other: "{n} uutta viestiä" },
};
export default fi;
