// One message, or one album, as a row of the log.

import { fileUrl } from "./connection.js";
import { icon, make } from "./elements.js";
import { richText } from "./richtext.js";
import { clockTime, fileSize, label, say } from "./strings.js";

const WIDEST = 320;
const TALLEST = 380;

// `group` holds the messages of one album, or a single message. `actions` is what can be done:
// command, copy, jump, photo, press, menu. `names` is {bot, reactions(id)}.
export function row(group, names, actions) {
  const [first] = group;
  const own = !first.from.is_bot;
  const author = own ? say("you") : names.bot;
  const described = say("botSays", { name: author, time: clockTime(first.date) });
  const article = make("article", {
    class: `message ${own ? "own" : "theirs"}`,
    "aria-label": described,
    tabIndex: -1,
    data: { messageId: String(first.message_id), date: String(first.date), from: own ? "person" : "bot" },
  });
  const bubble = make("div", { class: "bubble" });
  if (first.reply_to_message) bubble.append(quote(first.reply_to_message, names, actions));
  const media = group.filter((message) => message.photo);
  if (media.length) bubble.append(album(media, group.length > 1, actions));
  for (const message of group.filter((one) => one.document)) bubble.append(fileCard(message));
  const spoken = group.find((message) => message.text || message.caption);
  bubble.append(textBlock(spoken, group, actions));
  if (media.length && !spoken) bubble.classList.add("bare");
  if (media.length) bubble.classList.add("pictured");
  const reactions = group.flatMap((message) => names.reactions(message.message_id));
  if (reactions.length) bubble.append(make("div", { class: "reactions" }, ...reactions.map((one) => make("span", {}, one.emoji))));
  const line = make("div", { class: "line" }, bubble, moreButton(group, actions));
  article.append(line);
  const keyboard = group.at(-1).reply_markup?.inline_keyboard;
  if (keyboard) {
    article.classList.add("keyed");
    article.append(buttons(keyboard, group.at(-1), actions));
  }
  article.addEventListener("contextmenu", (event) => {
    if (!getSelection().isCollapsed || event.target.closest("a")) return;
    event.preventDefault();
    actions.menu(group, article.querySelector(".more"), { left: event.clientX, bottom: event.clientY, top: event.clientY });
  });
  return article;
}

function textBlock(message, group, actions) {
  const block = make("div", { class: "text" });
  if (message) {
    const text = message.text ?? message.caption;
    block.append(...richText(text, message.entities ?? message.caption_entities, actions));
  }
  const facts = meta(group);
  block.dataset.meta = facts.textContent;
  block.append(facts);
  return block;
}

function meta(group) {
  const [first] = group;
  const edited = group.some((message) => message.edit_date);
  const when = new Date(first.date * 1000);
  const time = make("time", { dateTime: when.toISOString(), title: when.toLocaleString() }, clockTime(first.date));
  return make("span", { class: "meta" }, edited ? make("span", { class: "edited" }, say("edited")) : null, time);
}

export function snippet(message) {
  return message.text ?? message.caption ?? message.document?.file_name ?? say(message.photo ? "photo" : "file");
}

export function quoteParts(message, names) {
  const author = message.from?.is_bot ? names.bot : say("you");
  const small = message.photo?.[0] ?? message.document?.thumbnail;
  const parts = [make("span", { class: "who" }, author), make("span", { class: "what" }, snippet(message))];
  const words = make("span", { class: "words" }, ...parts);
  return small ? [make("img", { src: fileUrl(small.file_id), alt: "", width: 36, height: 36 }), words] : [words];
}

function quote(message, names, actions) {
  const button = make(
    "button",
    { type: "button", class: "quote", onclick: () => actions.jump(message.message_id) },
    ...quoteParts(message, names),
  );
  button.setAttribute("aria-label", `${say("replyTo")}: ${snippet(message)}`);
  return button;
}

function album(messages, together, actions) {
  const grid = make("div", { class: together ? `album of-${Math.min(messages.length, 10)}` : "single" });
  for (const message of messages) {
    const size = message.photo.at(-1);
    const shown = message.photo.find((one) => Math.max(one.width, one.height) >= 700) ?? size;
    const full = fileUrl(size.file_id);
    const alt = message.caption ?? say("photo");
    const image = make("img", { src: fileUrl(shown.file_id), alt, width: size.width, height: size.height, decoding: "async" });
    const button = make("button", { type: "button", class: "photo", data: { messageId: String(message.message_id), full }, onclick: () => actions.photo(full, alt) }, image);
    label(button, "open");
    if (!together) fit(button, size);
    grid.append(button);
  }
  return grid;
}

// The picture's place is reserved before it is loaded, so that nothing jumps.
function fit(button, { width, height }) {
  const scale = Math.min(WIDEST / width, TALLEST / height, Math.max(1, 160 / width));
  button.style.width = `${Math.max(120, Math.round(width * scale))}px`;
  button.style.aspectRatio = `${width} / ${height}`;
}

function fileCard(message) {
  const file = message.document;
  const name = file.file_name ?? say("document");
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 ? name.slice(dot + 1, dot + 5).toUpperCase() : "";
  const face = file.thumbnail
    ? make("img", { src: fileUrl(file.thumbnail.file_id), alt: "", width: 52, height: 52 })
    : make("span", { class: "face" }, ending || icon("file"));
  const words = make("span", { class: "words" }, make("span", { class: "name" }, name), make("span", { class: "size" }, `${fileSize(file.file_size ?? 0)}${ending && file.thumbnail ? ` · ${ending}` : ""}`));
  return make("a", { class: "file", href: fileUrl(file.file_id), download: name, data: { messageId: String(message.message_id) } }, face, words);
}

function moreButton(group, actions) {
  const button = make("button", { type: "button", class: "icon more", "aria-haspopup": "menu" }, icon("more"));
  label(button, "more");
  button.addEventListener("click", () => actions.menu(group, button));
  return button;
}

function buttons(rows, message, actions) {
  const lines = rows.map((line) => make("div", { class: "keys" }, ...line.map((one) => key(one, message, actions))));
  return make("div", { class: "keyboard", role: "group" }, ...lines);
}

function key(button, message, actions) {
  const classes = `key ${button.style ?? ""}`;
  if (button.url) return make("a", { class: classes, href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text, icon("link"));
  if (button.copy_text) return make("button", { type: "button", class: classes, data: { copy: button.copy_text.text }, onclick: () => actions.copy(button.copy_text.text) }, button.text, icon("copy"));
  const node = make("button", { type: "button", class: classes, data: { callback: button.callback_data } }, button.text);
  node.addEventListener("click", () => actions.press(message.message_id, button.callback_data, node));
  return node;
}
