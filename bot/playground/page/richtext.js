// Text with Telegram's entities to DOM nodes. Offsets are UTF-16 units, as JavaScript's own are.

import { make } from "./elements.js";
import { say, tag } from "./strings.js";

const SAFE_LINK = /^(https?|mailto|tel|tg|ton):/i;
const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };

export function richText(text, entities, actions) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, sorted, actions);
}

function nodes(text, start, end, entities, actions) {
  const out = [];
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [outer, ...others] = rest;
    const begin = Math.max(outer.offset, at);
    const stop = Math.min(outer.offset + outer.length, end);
    const inside = others.filter((entity) => entity.offset < stop);
    rest = others.filter((entity) => entity.offset + entity.length > stop && entity.offset < end);
    if (begin >= stop) continue;
    if (begin > at) out.push(text.slice(at, begin));
    out.push(wrap(outer, text.slice(begin, stop), nodes(text, begin, stop, inside, actions), actions));
    at = stop;
    // A quotation is a block of its own: the line break behind it is already there.
    if (isBlock(outer.type) && text[at] === "\n") at += 1;
  }
  if (at < end) out.push(text.slice(at, end));
  return out;
}

function isBlock(type) {
  return type === "pre" || type === "blockquote" || type === "expandable_blockquote";
}

function wrap(entity, plain, children, actions) {
  if (SIMPLE[entity.type]) return make(SIMPLE[entity.type], {}, ...children);
  switch (entity.type) {
    case "code":
      return copyable(make("code", {}, ...children), plain, actions);
    case "pre":
      return make("pre", {}, copyable(make("code", { data: { language: entity.language ?? "" } }, ...children), plain, actions));
    case "text_link":
      return link(entity.url, children);
    case "url":
      return link(/^\w+:/.test(plain) ? plain : `https://${plain}`, children);
    case "email":
      return link(`mailto:${plain}`, children);
    case "bot_command":
      return make("button", { type: "button", class: "inline", onclick: () => actions.command(plain) }, ...children);
    case "spoiler":
      return spoiler(children);
    case "blockquote":
      return make("blockquote", {}, ...children);
    case "expandable_blockquote":
      return expandable(children);
    case "date_time":
      return make("time", { title: moment(entity, "F") }, entity.date_time_format ? moment(entity) : plain);
    case "mention":
    case "hashtag":
      return make("span", { class: "mention" }, ...children);
    default:
      return make("span", {}, ...children);
  }
}

function copyable(node, plain, actions) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", say("copyThis", { text: plain }));
  node.addEventListener("click", () => {
    if (getSelection().isCollapsed) actions.copy(plain);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    actions.copy(plain);
  });
  return node;
}

function link(url, children) {
  if (!SAFE_LINK.test(url)) return make("span", {}, ...children);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, ...children);
}

function spoiler(children) {
  const node = make("span", { class: "spoiler", role: "button", tabIndex: 0, "aria-label": say("spoiler") }, make("span", {}, ...children));
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (node.classList.contains("shown")) return;
    event.preventDefault();
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", show);
  return node;
}

function expandable(children) {
  const quote = make("blockquote", { class: "expandable" }, make("div", {}, ...children));
  const button = make("button", { type: "button", class: "expand", "aria-expanded": "false" }, say("expand"));
  button.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  });
  quote.append(button);
  return quote;
}

// Dates in the reader's own form: w weekday, d or D date, t or T time, r relative.
function moment(entity, fallback) {
  const format = fallback ? "wDT" : entity.date_time_format;
  const when = entity.unix_time * 1000;
  if (format === "r") return relative(when);
  const options = {};
  if (/[wW]/.test(format)) options.weekday = "long";
  if (/d/.test(format)) Object.assign(options, { year: "numeric", month: "numeric", day: "numeric" });
  if (/D/.test(format)) Object.assign(options, { year: "numeric", month: "long", day: "numeric" });
  if (/[tT]/.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  return new Intl.DateTimeFormat(tag(), options).format(when);
}

function relative(when) {
  const days = Math.round((when - Date.now()) / 86_400_000);
  const form = new Intl.RelativeTimeFormat(tag(), { numeric: "auto" });
  return Math.abs(days) < 45 ? form.format(days, "day") : form.format(Math.round(days / 30.44), "month");
}
