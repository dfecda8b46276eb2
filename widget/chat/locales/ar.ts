import type { ChatTexts } from "./en.ts";

/** Arabic. */
const ar: ChatTexts = {
  write: "اكتب رسالة",
  person: "التحدث إلى شخص",
  skip: "تخطي",
  agree: "أوافق",
  yes: "نعم",
  edit: "تعديل",
  you: "أنت",
  call: "طُلب من أحد الموظفين الانضمام.",
  joined: "انضم {name}.",
  left: "غادر {name}.",
  handed: "حُوّلت المحادثة.",
  closed: "انتهت هذه المحادثة.",
  again: "بدء محادثة جديدة",
  waiting: "سيكون معك أحد قريبًا.",
  typing: "{name} يكتب…",
  read: "قُرئت",
  away: "لا يوجد أحد الآن.",
  until: "نعود: {when}.",
  offline: "لا يوجد اتصال. سيتم الإرسال فور عودته.",
  unsent: "لم تُرسل.",
  end: "إنهاء المحادثة",
  save: "حفظ كنص",
  unread: {
    one: "رسالة جديدة واحدة",
    two: "رسالتان جديدتان",
    few: "{n} رسائل جديدة",
    many: "{n} رسالة جديدة",
    other: "{n} رسالة جديدة",
  },
};
export default ar;
