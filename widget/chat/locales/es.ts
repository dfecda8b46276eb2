import type { ChatTexts } from "./en.ts";

/** Spanish, with usted. */
const es: ChatTexts = {
  write: "Escribir un mensaje",
  person: "Hablar con una persona",
  skip: "Omitir",
  agree: "Acepto",
  yes: "Sí",
  edit: "Cambiar",
  you: "Usted",
  call: "Se ha avisado a una persona.",
  joined: "{name} se ha unido.",
  left: "{name} se ha ido.",
  handed: "El chat ha pasado a otra persona.",
  closed: "Este chat ha terminado.",
  again: "Iniciar otro chat",
  waiting: "En breve le atenderá una persona.",
  typing: "{name} está escribiendo…",
  read: "Leído",
  away: "Ahora no hay nadie.",
  until: "Volvemos: {when}.",
  offline: "Sin conexión. Se enviará en cuanto vuelva.",
  unsent: "No enviado.",
  end: "Terminar el chat",
  save: "Guardar como texto",
  unread: { one: "{n} mensaje nuevo", many: "{n} de mensajes nuevos", other: "{n} mensajes nuevos" },
};
export default es;
