/** What the pages for visitors without script say themselves, a table a language. The form's own words come first. */
import { MESSAGES } from "./errors.ts";

export interface PageTexts {
  thanks_title: string;
  thanks_text: string;
  invalid_title: string;
  go_back: string;
  wait_title: string;
  /** `{n}`: seconds. */
  wait_text: string;
  still_there: string;
  /** Of an answer, where nothing better is known. */
  invalid: string;
  /** By the problem's code. */
  problems: Record<string, string>;
}

const en: PageTexts = {
  thanks_title: "Thank you",
  thanks_text: "Your request has arrived. We will be in touch.",
  invalid_title: "Some fields are not valid.",
  go_back: "Please go back and correct this.",
  wait_title: "Too many requests.",
  wait_text: "Please go back and try again in {n} seconds.",
  still_there: "What you entered is still there.",
  invalid: "This is not valid.",
  problems: MESSAGES,
};

const de: PageTexts = {
  thanks_title: "Vielen Dank",
  thanks_text: "Ihre Nachricht ist angekommen. Wir melden uns bei Ihnen.",
  invalid_title: "Einige Angaben stimmen noch nicht.",
  go_back: "Bitte gehen Sie zurück und korrigieren Sie das.",
  wait_title: "Gerade kommen zu viele Anfragen.",
  wait_text: "Bitte gehen Sie zurück und versuchen Sie es in {n} Sekunden noch einmal.",
  still_there: "Ihre Eingaben sind noch da.",
  invalid: "Diese Angabe passt hier nicht.",
  problems: {
    required: "Bitte füllen Sie dieses Feld aus.",
    email: "Bitte geben Sie eine E-Mail-Adresse wie name@example.org ein.",
    phone: "Bitte geben Sie eine Telefonnummer mit 5 bis 15 Ziffern ein.",
    choice: "Bitte wählen Sie eine der Möglichkeiten.",
    too_short: "Diese Angabe ist zu kurz.",
    too_long: "Diese Angabe ist zu lang.",
    consent: "Bitte stimmen Sie zu, damit wir Ihnen antworten dürfen.",
  },
};

const es: PageTexts = {
  thanks_title: "Gracias",
  thanks_text: "Hemos recibido su mensaje. Nos pondremos en contacto con usted.",
  invalid_title: "Algunos datos no son correctos.",
  go_back: "Vuelva atrás y corríjalo, por favor.",
  wait_title: "Hay demasiadas solicitudes en este momento.",
  wait_text: "Vuelva atrás e inténtelo de nuevo en {n} segundos.",
  still_there: "Lo que ha escrito sigue ahí.",
  invalid: "Este dato no es válido.",
  problems: {
    required: "Rellene este campo.",
    email: "Introduzca una dirección de correo como nombre@example.org.",
    phone: "Introduzca un número de teléfono de 5 a 15 cifras.",
    choice: "Elija una de las opciones.",
    too_short: "Este dato es demasiado corto.",
    too_long: "Este dato es demasiado largo.",
    consent: "Acepte, por favor, para que podamos responderle.",
  },
};

const fr: PageTexts = {
  thanks_title: "Merci",
  thanks_text: "Votre message nous est bien parvenu. Nous vous répondrons prochainement.",
  invalid_title: "Certaines informations ne sont pas valides.",
  go_back: "Veuillez revenir en arrière pour les corriger.",
  wait_title: "Trop de demandes arrivent en ce moment.",
  wait_text: "Veuillez revenir en arrière et réessayer dans {n} secondes.",
  still_there: "Votre saisie est conservée.",
  invalid: "Cette réponse n’est pas valide.",
  problems: {
    required: "Veuillez remplir ce champ.",
    email: "Veuillez saisir une adresse e-mail, par exemple nom@example.org.",
    phone: "Veuillez saisir un numéro de téléphone de 5 à 15 chiffres.",
    choice: "Veuillez choisir l’une des options.",
    too_short: "Cette réponse est trop courte.",
    too_long: "Cette réponse est trop longue.",
    consent: "Veuillez donner votre accord pour que nous puissions vous répondre.",
  },
};

const fi: PageTexts = {
  thanks_title: "Kiitos",
  thanks_text: "Viestisi on perillä. Otamme sinuun yhteyttä.",
  invalid_title: "Kaikki tiedot eivät ole kunnossa.",
  go_back: "Palaa takaisin ja korjaa ne.",
  wait_title: "Pyyntöjä tulee nyt liikaa.",
  wait_text: "Palaa takaisin ja yritä uudelleen {n} sekunnin kuluttua.",
  still_there: "Kirjoittamasi on yhä tallella.",
  invalid: "Tämä vastaus ei kelpaa.",
  problems: {
    required: "Täytä tämä kenttä.",
    email: "Anna sähköpostiosoite, esimerkiksi nimi@example.org.",
    phone: "Anna puhelinnumero, jossa on 5–15 numeroa.",
    choice: "Valitse jokin vaihtoehdoista.",
    too_short: "Tämä vastaus on liian lyhyt.",
    too_long: "Tämä vastaus on liian pitkä.",
    consent: "Anna suostumuksesi, jotta voimme vastata sinulle.",
  },
};

const pt: PageTexts = {
  thanks_title: "Obrigado",
  thanks_text: "Recebemos a sua mensagem. Entraremos em contato em breve.",
  invalid_title: "Alguns dados não são válidos.",
  go_back: "Volte e corrija, por favor.",
  wait_title: "Há pedidos demais neste momento.",
  wait_text: "Volte e tente novamente em {n} segundos.",
  still_there: "O que você escreveu continua lá.",
  invalid: "Esta resposta não é válida.",
  problems: {
    required: "Preencha este campo.",
    email: "Informe um endereço de e-mail, como nome@example.org.",
    phone: "Informe um número de telefone de 5 a 15 dígitos.",
    choice: "Escolha uma das opções.",
    too_short: "Esta resposta é curta demais.",
    too_long: "Esta resposta é longa demais.",
    consent: "Precisamos do seu consentimento para responder.",
  },
};

const ar: PageTexts = {
  thanks_title: "شكرًا لك",
  thanks_text: "وصلتنا رسالتك، وسنتواصل معك قريبًا.",
  invalid_title: "بعض البيانات غير صحيحة.",
  go_back: "يُرجى العودة وتصحيحها.",
  wait_title: "هناك طلبات كثيرة في الوقت الحالي.",
  wait_text: "يُرجى العودة والمحاولة مجددًا بعد مهلة قصيرة (بالثواني: {n}).",
  still_there: "ما كتبته لا يزال محفوظًا.",
  invalid: "هذه الإجابة غير صالحة.",
  problems: {
    required: "يُرجى ملء هذا الحقل.",
    email: "يُرجى إدخال بريد إلكتروني مثل name@example.org.",
    phone: "يُرجى إدخال رقم هاتف من 5 إلى 15 رقمًا.",
    choice: "يُرجى اختيار أحد الخيارات.",
    too_short: "هذه الإجابة قصيرة جدًا.",
    too_long: "هذه الإجابة طويلة جدًا.",
    consent: "يُرجى الموافقة لنتمكن من الرد عليك.",
  },
};

const ja: PageTexts = {
  thanks_title: "ありがとうございます",
  thanks_text: "お問い合わせを受け付けました。追ってご連絡いたします。",
  invalid_title: "入力内容に誤りがあります。",
  go_back: "前のページに戻って修正してください。",
  wait_title: "ただいまアクセスが集中しています。",
  wait_text: "前のページに戻り、{n}秒後にもう一度お試しください。",
  still_there: "入力した内容は残っています。",
  invalid: "この入力内容は使用できません。",
  problems: {
    required: "この項目を入力してください。",
    email: "メールアドレスを入力してください（例：name@example.org）。",
    phone: "電話番号を5～15桁で入力してください。",
    choice: "選択肢から一つお選びください。",
    too_short: "入力が短すぎます。",
    too_long: "入力が長すぎます。",
    consent: "ご返信のため、同意をお願いいたします。",
  },
};

export const PAGE_TEXTS = { en, de, es, fr, fi, pt, ar, ja };
export type PageLanguage = keyof typeof PAGE_TEXTS;
