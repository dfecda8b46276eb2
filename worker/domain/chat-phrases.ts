/**
 * What a chat says itself, a table a language: beside the form's own words, which come first. Plain texts; the languages
 * are those of the pages for visitors without script.
 */
import type { Away } from "./chat-hours.ts";
import type { FormSettings } from "./form.ts";
import { bestLanguage } from "./form-language.ts";

export interface ChatPhrases {
  /** Said first. */
  greeting: string;
  /** Said first where nobody is in. */
  away: string;
  /** `{when}`: a day of the week, a day and a time. */
  back_at: string;
  /** Said when everything has been asked. */
  thanks: string;
  /** To a visitor who asks for a person where nobody is in. */
  not_in: string;
}

const en: ChatPhrases = {
  greeting: "Hello! How can we help you?",
  away: "Hello! Nobody is here right now. Leave us a message and we will get back to you.",
  back_at: "We are back on {when}.",
  thanks: "Thank you! We have everything we need and will be in touch.",
  not_in: "Nobody is in right now. Leave us a message and we will get back to you.",
};

const de: ChatPhrases = {
  greeting: "Guten Tag! Wie können wir Ihnen helfen?",
  away: "Guten Tag! Im Moment ist niemand da. Hinterlassen Sie uns eine Nachricht, wir melden uns bei Ihnen.",
  back_at: "Wir sind wieder da: {when}.",
  thanks: "Vielen Dank! Wir haben alles, was wir brauchen, und melden uns bei Ihnen.",
  not_in: "Im Moment ist niemand da. Hinterlassen Sie uns eine Nachricht, wir melden uns bei Ihnen.",
};

const es: ChatPhrases = {
  greeting: "¡Hola! ¿En qué podemos ayudarle?",
  away: "¡Hola! Ahora mismo no hay nadie. Déjenos un mensaje y le responderemos.",
  back_at: "Volvemos: {when}.",
  thanks: "¡Gracias! Ya tenemos todo lo necesario y nos pondremos en contacto con usted.",
  not_in: "Ahora mismo no hay nadie. Déjenos un mensaje y le responderemos.",
};

const fr: ChatPhrases = {
  greeting: "Bonjour ! Comment pouvons-nous vous aider ?",
  away: "Bonjour ! Personne n’est disponible pour le moment. Laissez-nous un message, nous vous répondrons.",
  back_at: "Nous serons de retour : {when}.",
  thanks: "Merci ! Nous avons tout ce qu’il nous faut et vous répondrons prochainement.",
  not_in: "Personne n’est disponible pour le moment. Laissez-nous un message, nous vous répondrons.",
};

const fi: ChatPhrases = {
  greeting: "Hei! Miten voimme auttaa?",
  away: "Hei! Kukaan ei ole juuri nyt paikalla. Jätä meille viesti, niin palaamme asiaan.",
  back_at: "Olemme taas paikalla: {when}.",
  thanks: "Kiitos! Meillä on nyt kaikki tarvittava, ja otamme sinuun yhteyttä.",
  not_in: "Kukaan ei ole juuri nyt paikalla. Jätä meille viesti, niin palaamme asiaan.",
};

const pt: ChatPhrases = {
  greeting: "Olá! Como podemos ajudar?",
  away: "Olá! Não há ninguém disponível agora. Deixe uma mensagem e responderemos.",
  back_at: "Voltamos: {when}.",
  thanks: "Obrigado! Já temos tudo de que precisamos e entraremos em contato.",
  not_in: "Não há ninguém disponível agora. Deixe uma mensagem e responderemos.",
};

const ar: ChatPhrases = {
  greeting: "مرحبًا! كيف يمكننا مساعدتك؟",
  away: "مرحبًا! لا يوجد أحد هنا الآن. اترك لنا رسالة وسنرد عليك.",
  back_at: "موعد عودتنا: {when}.",
  thanks: "شكرًا لك! لدينا كل ما نحتاج إليه وسنتواصل معك.",
  not_in: "لا يوجد أحد هنا الآن. اترك لنا رسالة وسنرد عليك.",
};

const ja: ChatPhrases = {
  greeting: "こんにちは。どのようなご用件でしょうか。",
  away: "こんにちは。ただいま担当者が不在です。メッセージを残していただければ、追ってご返信いたします。",
  back_at: "次の受付は{when}からです。",
  thanks: "ありがとうございます。必要な内容を承りました。追ってご連絡いたします。",
  not_in: "ただいま担当者が不在です。メッセージを残していただければ、追ってご返信いたします。",
};

export const CHAT_PHRASES = { en, de, es, fr, fi, pt, ar, ja };
const LANGUAGES = Object.keys(CHAT_PHRASES) as (keyof typeof CHAT_PHRASES)[];

/**
 * Our own words beside the form's: in its language where its owner has said which that is, else in the visitor's.
 * @param wanted the visitor's languages, best first.
 */
export function phrasesFor(
  { locale }: Pick<FormSettings, "locale">,
  wanted: readonly string[],
): ChatPhrases & { language: string } {
  const language = bestLanguage(locale ? [locale.toLowerCase()] : wanted, LANGUAGES) ?? "en";
  return { ...CHAT_PHRASES[language], language };
}

/** When somebody is back, in the organization's time, as a sentence; empty where that is not known. */
export function backAt({ until, timeZone }: Away, { back_at, language }: ReturnType<typeof phrasesFor>): string {
  if (until === null) return "";
  const when = new Intl.DateTimeFormat(language, {
    timeZone,
    ...{ weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
  });
  return back_at.replace("{when}", when.format(until));
}
