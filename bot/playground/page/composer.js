// What the person is about to send: text, files in the tray, the message replied to.

import { quoteParts, snippet } from "./bubbles.js";
import { post } from "./connection.js";
import { byId, icon, make } from "./elements.js";
import { toast } from "./notices.js";
import { label, say } from "./strings.js";

const PICTURES = /^image\/(jpeg|png|webp|gif|bmp|avif)$/;
const ALSO_PHOTOS = /\.(heic|heif|tiff?)$/i;

export class Composer {
  constructor(names) {
    this.names = names;
    this.items = [];
    this.replyTo = null;
    this.prompt = "";
    this.sending = false;
    this.commands = [];
    this.area = byId("composer-text");
    this.#listen();
  }

  #listen() {
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.area.addEventListener("input", () => this.update());
    this.area.addEventListener("keydown", (event) => this.#key(event));
    this.area.addEventListener("paste", (event) => this.#paste(event));
    byId("attach-button").addEventListener("click", () => byId("file-input").click());
    byId("file-input").addEventListener("change", (event) => { this.add(event.target.files); event.target.value = ""; });
    byId("reply-cancel").addEventListener("click", () => this.reply(null));
    byId("commands-button").addEventListener("click", () => this.#toggleCommands());
    byId("as-file-switch").addEventListener("change", () => this.#drawTray());
    this.#dropping();
  }

  add(files) {
    for (const file of files) this.items.push({ file, url: URL.createObjectURL(file) });
    const picture = (file) => PICTURES.test(file.type) || ALSO_PHOTOS.test(file.name);
    // What is no picture can only go as a file.
    if (![...this.items].every((item) => picture(item.file))) byId("as-file-switch").checked = true;
    this.#drawTray();
    this.area.focus();
  }

  // `prompt` stands in the empty field, where the bot asked for this reply.
  reply(message, prompt = "") {
    this.replyTo = message?.message_id ?? null;
    this.prompt = prompt;
    this.update();
    byId("reply-bar").hidden = !message;
    if (!message) return;
    byId("reply-quote").replaceChildren(...quoteParts(message, this.names));
    byId("reply-bar").setAttribute("aria-label", say("replying", { name: snippet(message) }));
    this.area.focus();
  }

  setCommands(commands) {
    this.commands = commands;
    byId("commands-button").hidden = commands.length === 0;
  }

  update() {
    this.area.placeholder = this.prompt || say(this.items.length ? "caption" : "message");
    this.area.setAttribute("aria-label", this.area.placeholder.replace("…", ""));
    byId("send-button").disabled = this.sending || !(this.area.value.trim() || this.items.length);
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight, 160)}px`;
    const typed = /^\/\w*$/.exec(this.area.value);
    if (typed) this.#showCommands(this.area.value);
    else this.#hideCommands();
  }

  async submit() {
    const text = this.area.value.trim();
    if (this.sending || !(text || this.items.length)) return;
    const form = new FormData();
    for (const { file } of this.items) form.append("files", file, file.name);
    if (this.items.length) form.append("as", byId("as-file-switch").checked ? "file" : "photo");
    if (text) form.append(this.items.length ? "caption" : "text", text);
    if (await this.send(form)) {
      this.area.value = "";
      this.#emptyTray();
    }
    this.update();
    this.area.focus();
  }

  // Sends a form; true when it has arrived.
  async send(form) {
    if (this.replyTo) form.append("reply_to", String(this.replyTo));
    this.#busy(true);
    try {
      await post("/api/messages", form);
      this.reply(null);
      return true;
    } catch (error) {
      toast(error.message || say("failed"));
      return false;
    } finally {
      this.#busy(false);
    }
  }

  async sendSpecimen({ name, url }) {
    const form = new FormData();
    form.append("files", await (await fetch(url)).blob(), name);
    form.append("as", "photo");
    await this.send(form);
  }

  async command(text) {
    const form = new FormData();
    form.append("text", text);
    await this.send(form);
  }

  // Esc: closes what is open, one thing at a time; false if nothing was.
  escape() {
    if (!byId("commands").hidden) this.#hideCommands();
    else if (this.replyTo) this.reply(null);
    else if (this.items.length) this.#emptyTray();
    else return false;
    this.area.focus();
    return true;
  }

  #busy(sending) {
    this.sending = sending;
    byId("send-button").classList.toggle("busy", sending);
    this.update();
  }

  #key(event) {
    const listed = !byId("commands").hidden && [...byId("commands").children];
    if (listed && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      (event.key === "ArrowDown" ? listed[0] : listed.at(-1)).focus();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      this.submit();
    }
  }

  #paste(event) {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    this.add(event.clipboardData.files);
  }

  #dropping() {
    let depth = 0;
    const phone = byId("phone");
    const carries = (event) => event.dataTransfer.types.includes("Files");
    const show = (shown) => { byId("drop").hidden = !shown; };
    phone.addEventListener("dragenter", (event) => { if (carries(event)) { depth += 1; show(true); } });
    phone.addEventListener("dragleave", (event) => { if (carries(event)) { depth -= 1; show(depth > 0); } });
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => {
      event.preventDefault();
      depth = 0;
      show(false);
      if (event.dataTransfer.files.length) this.add(event.dataTransfer.files);
    });
  }

  #emptyTray() {
    for (const { url } of this.items) URL.revokeObjectURL(url);
    this.items = [];
    byId("as-file-switch").checked = false;
    this.#drawTray();
  }

  #drawTray() {
    byId("tray").hidden = this.items.length === 0;
    byId("tray-items").replaceChildren(...this.items.map((item) => this.#trayItem(item)));
    this.update();
  }

  #trayItem(item) {
    const remove = make("button", { type: "button", class: "icon", onclick: () => this.#drop(item) }, icon("close"));
    label(remove, "remove", { name: item.file.name });
    const ending = item.file.name.split(".").at(-1).slice(0, 4).toUpperCase();
    const face = make("span", { class: "face" }, ending);
    const image = PICTURES.test(item.file.type) ? make("img", { src: item.url, alt: item.file.name }) : face;
    image.addEventListener("error", () => image.replaceWith(face));
    return make("li", { title: item.file.name }, image, remove);
  }

  #drop(item) {
    URL.revokeObjectURL(item.url);
    this.items = this.items.filter((other) => other !== item);
    if (!this.items.length) byId("as-file-switch").checked = false;
    this.#drawTray();
    this.area.focus();
  }

  #toggleCommands() {
    if (byId("commands").hidden) this.#showCommands("/", true);
    else this.#hideCommands();
  }

  #showCommands(typed, focus = false) {
    const fitting = this.commands.filter(({ command }) => `/${command}`.startsWith(typed));
    const list = byId("commands");
    list.replaceChildren(...fitting.map((command, at) => this.#commandRow(command, at)));
    list.hidden = fitting.length === 0;
    byId("commands-button").setAttribute("aria-expanded", String(!list.hidden));
    if (focus) list.firstElementChild?.focus();
  }

  #commandRow({ command, description }, at) {
    const run = () => {
      this.area.value = "";
      this.#hideCommands();
      this.area.focus();
      this.command(`/${command}`);
    };
    const node = make("li", { role: "option", tabIndex: -1, "aria-selected": "false", onclick: run }, make("b", {}, `/${command}`), make("span", {}, description));
    node.addEventListener("keydown", (event) => {
      const rows = [...byId("commands").children];
      if (event.key === "Enter" || event.key === " ") run();
      else if (event.key === "ArrowDown") rows[(at + 1) % rows.length].focus();
      else if (event.key === "ArrowUp") rows.at(at - 1).focus();
      else return;
      event.preventDefault();
    });
    return node;
  }

  #hideCommands() {
    byId("commands").hidden = true;
    byId("commands-button").setAttribute("aria-expanded", "false");
  }
}
