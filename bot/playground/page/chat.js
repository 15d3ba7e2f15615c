// The page: puts the parts together and keeps them in step with the playground.

import { ask, listen, post } from "./connection.js";
import { Composer } from "./composer.js";
import { byId, make } from "./elements.js";
import { Log } from "./log.js";
import { alertBox, closeMenu, copy, openMenu, setUpLightbox, setUpMenu, showPhoto, toast } from "./notices.js";
import { LANGUAGES, label, language, pageLanguage, say, speak } from "./strings.js";

const ACTION_SECONDS = 5;
const QUERY_SECONDS = 150;
const THEMES = ["auto", "light", "dark"];

let state = { name: "", commands: [], reactions: {}, person: {} };
let specimens = [];
const pressed = new Map(); // query id -> button that waits
const answered = new Map(); // query id -> answer that came before its id did

const names = {
  get bot() { return state.name; },
  reactions: (id) => state.reactions[id] ?? [],
};

const composer = new Composer(names);
const actions = {
  command: (text) => composer.command(text),
  copy,
  jump: (id) => log.jump(id),
  photo: showPhoto,
  press,
  menu: messageMenu,
};
const log = new Log(names, actions);

async function load() {
  const [now, messages, samples] = await Promise.all([ask("/api/state"), ask("/api/messages"), ask("/api/specimens")]);
  state = now;
  specimens = samples;
  settle();
  log.load(messages);
  if (!messages.length) greetInOwnLanguage();
}

// Writes what does not belong to a message, in the person's language.
function settle() {
  const code = pageLanguage(state.person.language_code);
  const changed = code !== language() || !document.title.includes(state.name);
  speak(code);
  document.title = state.name;
  byId("bot-name").textContent = state.name;
  byId("description").textContent = state.description || state.short_description;
  byId("welcome").querySelector("h2").hidden = !byId("description").textContent;
  status();
  composer.setCommands(state.commands);
  composer.update();
  drawSpecimens();
  showTheme();
  if (changed) log.redraw();
}

async function refresh() {
  state = await ask("/api/state");
  settle();
}

// Somebody whose browser speaks Chinese need not search for the switch.
function greetInOwnLanguage() {
  const wish = pageLanguage(navigator.language);
  if (wish === "en" || state.person.language_code !== "en" || localStorage.getItem("language")) return;
  setLanguage(wish);
}

function setLanguage(code) {
  localStorage.setItem("language", code);
  const { first_name, username } = state.person;
  post("/api/person", { language_code: code, first_name, username });
}

function drawSpecimens() {
  for (const list of document.querySelectorAll("[data-specimens]")) {
    list.replaceChildren(...specimens.map((specimen) => {
      const title = say(specimen.name);
      const picture = make("img", { src: specimen.thumbnail, alt: "", width: 120, height: 84 });
      const send = () => { toggleSheet(false); composer.sendSpecimen(specimen); };
      return make("li", {}, make("button", { type: "button", data: { specimen: specimen.name }, onclick: send }, picture, make("span", {}, title)));
    }));
  }
}

function toggleSheet(shown) {
  byId("sheet").hidden = !shown;
  byId("specimens-button").setAttribute("aria-expanded", String(shown));
  if (shown) byId("sheet").querySelector("button").focus();
}

// --- what the bot is doing ---

let acting;

function status(action) {
  clearTimeout(acting);
  const line = byId("status");
  line.textContent = action ? say(action) : say("bot");
  line.classList.toggle("busy", Boolean(action));
  const follows = log.following;
  byId("typing").hidden = !action || action === "connecting";
  if (follows && action && action !== "connecting") log.toEnd();
  if (action && action !== "connecting") acting = setTimeout(status, ACTION_SECONDS * 1000);
}

function action(name) {
  if (name.startsWith("upload_photo")) return "upload_photo";
  if (name.startsWith("upload_")) return "upload_document";
  return name.startsWith("record_") ? "record_voice" : "typing";
}

// --- buttons under messages ---

async function press(id, data, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    const query = await post("/api/presses", { message_id: id, data });
    if (answered.has(query.id)) return release(button, answered.get(query.id));
    pressed.set(query.id, button);
    setTimeout(() => { if (pressed.delete(query.id)) button.removeAttribute("aria-busy"); }, QUERY_SECONDS * 1000);
  } catch (error) {
    button.removeAttribute("aria-busy");
    toast(error.message || say("failed"));
  }
}

function release(button, { text, show_alert: alarming }) {
  button.removeAttribute("aria-busy");
  if (text && alarming) alertBox(text);
  else toast(text);
}

function answer(data) {
  const button = pressed.get(data.id);
  pressed.delete(data.id);
  if (button) release(button, data);
  else answered.set(data.id, data);
  if (answered.size > 50) answered.delete(answered.keys().next().value);
}

// --- what can be done with a message ---

function messageMenu(group, anchor, at) {
  const text = group.map((message) => message.text ?? message.caption).find(Boolean);
  const gone = () => Promise.all(group.map((message) => ask(`/api/messages/${message.message_id}`, { method: "DELETE" }))).catch(() => toast(say("failed")));
  const items = [{ label: say("reply"), icon: "reply", action: () => composer.reply(group[0]) }];
  if (text) items.push({ label: say("copy"), icon: "copy", action: () => copy(text) });
  items.push({ label: say("delete"), icon: "bin", danger: true, action: gone });
  openMenu(anchor, items, at);
}

// --- appearance ---

function theme() {
  return document.documentElement.dataset.theme ?? "auto";
}

function showTheme() {
  label(byId("theme-button"), "theme", { mode: say(`theme_${theme()}`) });
}

function setTheme(mode) {
  if (mode === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = mode;
  localStorage.setItem("theme", mode);
  showTheme();
}

function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
  toast(byId("theme-button").title);
}

// --- everything together ---

function setUpButtons() {
  byId("theme-button").addEventListener("click", nextTheme);
  byId("start-button").addEventListener("click", () => composer.command("/start"));
  byId("specimens-button").addEventListener("click", () => toggleSheet(byId("sheet").hidden));
  byId("reset-button").addEventListener("click", async () => {
    if (await alertBox(say("resetSure"), { question: true })) await post("/api/reset");
  });
  byId("language-button").addEventListener("click", () => openMenu(byId("language-button"), LANGUAGES.map(({ code, name }) => ({
    label: name, lang: code, checked: code === language(), action: () => setLanguage(code),
  }))));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    if (!byId("sheet").hidden) { toggleSheet(false); byId("specimens-button").focus(); }
    else composer.escape();
  });
  byId("scroller").addEventListener("pointerdown", () => toggleSheet(false));
}

setTheme(localStorage.getItem("theme") ?? "auto");
setUpButtons();
setUpMenu();
setUpLightbox();
listen({
  hello: load,
  lost: () => status("connecting"),
  message: ({ message }) => { if (message.from.is_bot) status(); log.add(message); },
  edited: ({ message }) => { status(); log.edit(message); },
  force_reply: ({ message, placeholder }) => composer.reply(message, placeholder),
  deleted: ({ message_id }) => log.remove(message_id),
  reaction: ({ message_id, reaction }) => { state.reactions[message_id] = reaction; log.refresh(message_id); },
  chat_action: (data) => status(action(data.action)),
  callback_answer: answer,
  person: refresh,
  profile: refresh,
  reset: () => { pressed.clear(); composer.reply(null); closeMenu(); status(); load(); },
});
