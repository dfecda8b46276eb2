import type { ChatTexts } from "./en.ts";

/** French, with vous. */
const fr: ChatTexts = {
  write: "Écrire un message",
  person: "Parler à une personne",
  skip: "Passer",
  agree: "J’accepte",
  yes: "Oui",
  edit: "Modifier",
  you: "Vous",
  call: "Une personne a été prévenue.",
  joined: "{name} est là.",
  left: "{name} est parti.",
  handed: "La discussion a été transmise.",
  closed: "Cette discussion est terminée.",
  again: "Nouvelle discussion",
  waiting: "Une personne arrive bientôt.",
  typing: "{name} écrit…",
  read: "Lu",
  away: "Personne n’est là pour le moment.",
  until: "De retour : {when}.",
  offline: "Pas de connexion. L’envoi se fera dès son retour.",
  unsent: "Non envoyé.",
  end: "Terminer",
  save: "Enregistrer le texte",
  unread: { one: "{n} nouveau message", many: "{n} de nouveaux messages", other: "{n} nouveaux messages" },
};
export default fr;
