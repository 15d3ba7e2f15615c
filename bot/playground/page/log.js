// The conversation: which messages there are, and where they stand.

import { row } from "./bubbles.js";
import { byId, make } from "./elements.js";
import { dayName } from "./strings.js";

const NEAR = 120; // pixels from the end within which the log follows
const TOGETHER = 300; // seconds within which messages of one author belong together

export class Log {
  constructor(names, actions) {
    this.names = names;
    this.actions = actions;
    this.messages = new Map();
    this.rows = new Map();
    this.unread = 0;
    this.box = byId("messages");
    this.scroller = byId("scroller");
    this.scroller.addEventListener("scroll", () => this.#followed(), { passive: true });
    this.scroller.addEventListener("scrollend", () => { this.gliding = false; this.#followed(); });
    for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      this.scroller.addEventListener(kind, () => { this.gliding = false; }, { passive: true });
    }
    byId("latest-button").addEventListener("click", () => this.toEnd());
    this.following = true;
    this.gliding = false; // on the way to the end by itself: what it passes means nothing
    const grown = new ResizeObserver(() => { if (this.following) this.toEnd(); });
    grown.observe(this.scroller);
    grown.observe(this.box);
  }

  load(messages) {
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    this.redraw();
    this.toEnd("instant");
  }

  redraw() {
    this.rows.clear();
    this.box.replaceChildren();
    for (const message of this.messages.values()) this.#draw(message);
    this.#arrange();
  }

  add(message) {
    const fresh = !this.messages.has(message.message_id);
    this.messages.set(message.message_id, message);
    this.#draw(message, fresh);
    this.#arrange();
    if (this.following || !message.from.is_bot) this.toEnd();
    else if (fresh) this.#count(this.unread + 1);
  }

  edit(message) {
    if (!this.messages.has(message.message_id)) return;
    this.messages.set(message.message_id, message);
    this.#draw(message);
    this.#arrange();
    if (this.following) this.toEnd();
  }

  remove(id) {
    const message = this.messages.get(id);
    if (!message) return;
    this.messages.delete(id);
    const key = keyOf(message);
    const group = this.#group(key);
    if (group.length) this.#draw(group[0]);
    else this.#vanish(key);
    for (const other of this.messages.values()) {
      if (other.reply_to_message?.message_id !== id) continue;
      delete other.reply_to_message;
      this.#draw(other);
    }
    this.#arrange();
  }

  refresh(id) {
    const message = this.messages.get(id);
    if (message) this.#draw(message);
    this.#arrange();
  }

  jump(id) {
    const node = this.box.querySelector(`[data-message-id="${id}"]`);
    const target = node?.closest("article");
    if (!target) return;
    this.gliding = false;
    target.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
    target.focus({ preventScroll: true });
    target.classList.remove("flash");
    requestAnimationFrame(() => target.classList.add("flash"));
  }

  toEnd(behavior) {
    this.#count(0);
    this.following = true;
    this.gliding = true;
    byId("latest-button").hidden = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: behavior ?? (calm() ? "instant" : "smooth") });
  }

  // Replaces the row of the message's group, or puts a new one at the end.
  #draw(message, fresh = false) {
    const key = keyOf(message);
    const old = this.rows.get(key);
    const focused = old?.contains(document.activeElement);
    const node = row(this.#group(key), this.names, this.actions);
    if (fresh && !old) node.classList.add("fresh");
    if (old) old.replaceWith(node);
    else this.box.append(node);
    this.rows.set(key, node);
    if (focused) node.focus({ preventScroll: true });
  }

  #vanish(key) {
    const node = this.rows.get(key);
    this.rows.delete(key);
    node?.remove();
  }

  #group(key) {
    return [...this.messages.values()].filter((message) => keyOf(message) === key);
  }

  // Day marks between the rows, and which rows belong together.
  #arrange() {
    for (const mark of this.box.querySelectorAll(".day")) mark.remove();
    let before = null;
    for (const node of this.rows.values()) {
      const date = Number(node.dataset.date);
      const newDay = !before || dayName(date) !== dayName(Number(before.dataset.date));
      if (newDay) node.before(make("div", { class: "day" }, make("span", {}, dayName(date))));
      const joined = !newDay && before.dataset.from === node.dataset.from && date - Number(before.dataset.date) < TOGETHER;
      node.classList.toggle("joined", joined && !before.querySelector(".keyboard"));
      before?.classList.toggle("last", !joined);
      before = node;
    }
    before?.classList.add("last");
    byId("empty").hidden = this.messages.size > 0;
    this.box.hidden = this.messages.size === 0;
  }

  #followed() {
    if (this.gliding) return;
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.following = scrollHeight - scrollTop - clientHeight < NEAR;
    byId("latest-button").hidden = this.following;
    if (this.following) this.#count(0);
  }

  #count(unread) {
    this.unread = unread;
    byId("unread").textContent = String(unread);
    byId("unread").hidden = unread === 0;
  }
}

function keyOf(message) {
  return message.media_group_id ? `album ${message.media_group_id}` : `message ${message.message_id}`;
}

export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
