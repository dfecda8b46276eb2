import type { ChatTexts } from "./en.ts";

/** Portuguese. */
const pt: ChatTexts = {
  write: "Escrever uma mensagem",
  person: "Falar com uma pessoa",
  skip: "Pular",
  agree: "Aceito",
  yes: "Sim",
  edit: "Alterar",
  you: "Você",
  call: "Uma pessoa foi chamada.",
  joined: "{name} entrou.",
  left: "{name} saiu.",
  handed: "A conversa foi passada adiante.",
  closed: "Esta conversa terminou.",
  again: "Iniciar nova conversa",
  waiting: "Uma pessoa já vem falar com você.",
  typing: "{name} está escrevendo…",
  read: "Lida",
  away: "Não há ninguém agora.",
  until: "De volta: {when}.",
  offline: "Sem conexão. O envio será feito assim que ela voltar.",
  unsent: "Não enviado.",
  end: "Encerrar a conversa",
  save: "Salvar como texto",
  unread: { one: "{n} nova mensagem", many: "{n} de novas mensagens", other: "{n} novas mensagens" },
};
export default pt;
