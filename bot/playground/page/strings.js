// Every string of the page itself. What the bot says is the bot's.

export const LANGUAGES = [
  { code: "en", name: "English" },
  { code: "zh-hans", name: "简体中文" },
  { code: "zh-hant", name: "繁體中文" },
];

const STRINGS = {
  en: {
    asFile: "Send as a file, uncompressed",
    attach: "Attach photos or files",
    bot: "bot",
    botSays: "{name} at {time}",
    cancel: "Cancel",
    cancelReply: "Cancel reply",
    caption: "Add a caption…",
    close: "Close",
    commands: "Commands",
    connecting: "connecting…",
    conversation: "Conversation",
    copied: "Copied",
    copy: "Copy text",
    copyThis: "Copy {text}",
    delete: "Delete",
    document: "File",
    drop: "Drop photos here",
    edited: "edited",
    expand: "Show all",
    failed: "That did not work. Please try again.",
    file: "File",
    language: "Language",
    latest: "Go to the latest message",
    message: "Message",
    more: "More for this message",
    noPhoto: "No photo at hand? Tap a sample",
    ok: "OK",
    open: "Open photo",
    photo: "Photo",
    record_voice: "recording…",
    remove: "Remove {name}",
    reply: "Reply",
    replying: "Replying to {name}",
    replyTo: "Go to the message replied to",
    reset: "Clear the chat",
    resetSure: "Clear the whole chat? Photos and messages are gone for good.",
    send: "Send",
    specimens: "Sample pictures",
    spoiler: "Hidden text, press to show",
    start: "Start",
    stays: "Invented people and cars. Everything stays on this computer.",
    theme: "Appearance: {mode}",
    theme_auto: "as the system",
    theme_dark: "dark",
    theme_light: "light",
    today: "Today",
    tray: "Ready to send",
    typing: "typing…",
    upload_document: "sending a file…",
    upload_photo: "sending a photo…",
    whatCan: "What can this bot do?",
    yesterday: "Yesterday",
    you: "You",
    "driving-licence.jpg": "Driving licence",
    "vehicle-licence.jpg": "Vehicle licence",
    "vehicle-licence-back.jpg": "Vehicle licence, back",
    "driving-licence-at-an-angle.jpg": "Driving licence, at an angle",
    "vehicle-licence-at-an-angle.jpg": "Vehicle licence, at an angle",
    "vehicle-licence-back-at-an-angle.jpg": "Back, at an angle",
  },
  "zh-hans": {
    asFile: "以文件发送，不压缩",
    attach: "添加照片或文件",
    bot: "机器人",
    botSays: "{name}，{time}",
    cancel: "取消",
    cancelReply: "取消回复",
    caption: "添加说明…",
    close: "关闭",
    commands: "命令",
    connecting: "正在连接…",
    conversation: "对话",
    copied: "已复制",
    copy: "复制文字",
    copyThis: "复制 {text}",
    delete: "删除",
    document: "文件",
    drop: "把照片拖到这里",
    edited: "已编辑",
    expand: "展开全部",
    failed: "没有成功，请再试一次。",
    file: "文件",
    language: "语言",
    latest: "回到最新消息",
    message: "输入消息",
    more: "更多操作",
    noPhoto: "手边没有照片？点一张样张试试",
    ok: "好",
    open: "查看照片",
    photo: "照片",
    record_voice: "正在录音…",
    remove: "移除 {name}",
    reply: "回复",
    replying: "回复 {name}",
    replyTo: "查看被回复的消息",
    reset: "清空聊天",
    resetSure: "要清空整个聊天吗？照片和消息将无法恢复。",
    send: "发送",
    specimens: "样张",
    spoiler: "隐藏的文字，点按显示",
    start: "开始",
    stays: "样张上的人和车都是虚构的。所有内容只留在这台电脑上。",
    theme: "外观：{mode}",
    theme_auto: "跟随系统",
    theme_dark: "深色",
    theme_light: "浅色",
    today: "今天",
    tray: "待发送",
    typing: "正在输入…",
    upload_document: "正在发送文件…",
    upload_photo: "正在发送照片…",
    whatCan: "这个机器人能做什么？",
    yesterday: "昨天",
    you: "你",
    "driving-licence.jpg": "驾驶证",
    "vehicle-licence.jpg": "行驶证",
    "vehicle-licence-back.jpg": "行驶证副页",
    "driving-licence-at-an-angle.jpg": "驾驶证（斜拍）",
    "vehicle-licence-at-an-angle.jpg": "行驶证（斜拍）",
    "vehicle-licence-back-at-an-angle.jpg": "副页（斜拍）",
  },
  "zh-hant": {
    asFile: "以檔案傳送，不壓縮",
    attach: "加入照片或檔案",
    bot: "機器人",
    botSays: "{name}，{time}",
    cancel: "取消",
    cancelReply: "取消回覆",
    caption: "加入說明…",
    close: "關閉",
    commands: "指令",
    connecting: "連線中…",
    conversation: "對話",
    copied: "已複製",
    copy: "複製文字",
    copyThis: "複製 {text}",
    delete: "刪除",
    document: "檔案",
    drop: "把照片拖到這裡",
    edited: "已編輯",
    expand: "展開全部",
    failed: "沒有成功，請再試一次。",
    file: "檔案",
    language: "語言",
    latest: "回到最新訊息",
    message: "輸入訊息",
    more: "更多操作",
    noPhoto: "手邊沒有照片？點一張樣張試試",
    ok: "好",
    open: "檢視照片",
    photo: "照片",
    record_voice: "錄音中…",
    remove: "移除 {name}",
    reply: "回覆",
    replying: "回覆 {name}",
    replyTo: "查看被回覆的訊息",
    reset: "清空聊天",
    resetSure: "要清空整個聊天嗎？照片和訊息將無法復原。",
    send: "傳送",
    specimens: "樣張",
    spoiler: "隱藏的文字，點按顯示",
    start: "開始",
    stays: "樣張上的人和車都是虛構的。所有內容只留在這部電腦上。",
    theme: "外觀：{mode}",
    theme_auto: "跟隨系統",
    theme_dark: "深色",
    theme_light: "淺色",
    today: "今天",
    tray: "待傳送",
    typing: "正在輸入…",
    upload_document: "正在傳送檔案…",
    upload_photo: "正在傳送照片…",
    whatCan: "這個機器人能做什麼？",
    yesterday: "昨天",
    you: "你",
    "driving-licence.jpg": "駕駛證",
    "vehicle-licence.jpg": "行駛證",
    "vehicle-licence-back.jpg": "行駛證副頁",
    "driving-licence-at-an-angle.jpg": "駕駛證（斜拍）",
    "vehicle-licence-at-an-angle.jpg": "行駛證（斜拍）",
    "vehicle-licence-back-at-an-angle.jpg": "副頁（斜拍）",
  },
};

const TAGS = { en: "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant" };
let current = "en";

// The page's language for a person's language code; whatever it does not speak is English.
export function pageLanguage(code) {
  const tag = (code || "").toLowerCase();
  if (!tag.startsWith("zh")) return "en";
  return /hant|tw|hk|mo/.test(tag) ? "zh-hant" : "zh-hans";
}

export function speak(code) {
  current = pageLanguage(code);
  document.documentElement.lang = TAGS[current];
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) label(node, node.dataset.label);
}

export function language() {
  return current;
}

export function tag() {
  return TAGS[current];
}

export function say(key, values = {}) {
  const text = STRINGS[current][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function label(node, key, values) {
  const text = say(key, values);
  node.setAttribute("aria-label", text);
  if (node.tagName === "BUTTON") node.title = text;
}

export function clockTime(seconds) {
  return new Intl.DateTimeFormat(TAGS[current], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(seconds * 1000);
}

export function dayName(seconds) {
  const day = new Date(seconds * 1000).toDateString();
  const now = Date.now();
  if (day === new Date(now).toDateString()) return say("today");
  if (day === new Date(now - 86_400_000).toDateString()) return say("yesterday");
  return new Intl.DateTimeFormat(TAGS[current], { day: "numeric", month: "long", year: "numeric" }).format(seconds * 1000);
}

export function fileSize(bytes) {
  const units = ["B", "KB", "MB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < 2) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(unit && size < 10 ? 1 : 0)} ${units[unit]}`;
}
