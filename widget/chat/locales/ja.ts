import type { ChatTexts } from "./en.ts";

/** Japanese. */
const ja: ChatTexts = {
  write: "メッセージを書く",
  person: "担当者と話す",
  skip: "スキップ",
  agree: "同意する",
  yes: "はい",
  edit: "変更",
  you: "あなた",
  call: "担当者を呼び出しました。",
  joined: "{name}が参加しました。",
  left: "{name}が退出しました。",
  handed: "チャットが引き継がれました。",
  closed: "チャットは終了しました。",
  again: "新しいチャットを始める",
  waiting: "まもなく担当者が参ります。",
  typing: "{name}が入力中…",
  read: "既読",
  away: "ただいま担当者がいません。",
  until: "再開：{when}",
  offline: "接続がありません。回復次第、送信します。",
  unsent: "未送信",
  end: "チャットを終了",
  save: "テキストで保存",
  unread: "新着{n}件",
};
export default ja;
