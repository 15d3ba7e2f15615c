// What comes and goes above the chat: toasts, alerts, menus, the lightbox.

import { byId, icon, make } from "./elements.js";
import { say } from "./strings.js";

let fading;

export function toast(text) {
  if (!text) return;
  const box = byId("toast");
  box.textContent = text;
  box.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => box.classList.remove("shown"), Math.min(7000, 1800 + text.length * 40));
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { value: text, class: "offscreen" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(say("copied"));
}

// Resolves to true when the person agrees; with `question` unset there is nothing to refuse.
export function alertBox(text, { question = false } = {}) {
  const box = byId("alert");
  byId("alert-text").textContent = text;
  byId("alert-cancel").hidden = !question;
  box.returnValue = "";
  box.showModal();
  byId("alert-ok").focus();
  return new Promise((resolve) => {
    box.addEventListener("close", () => resolve(box.returnValue === "ok"), { once: true });
  });
}

// A small menu at `anchor`; items are {label, icon, action, checked, danger}.
export function openMenu(anchor, items, at) {
  const menu = byId("menu");
  const rows = items.map((item) => {
    const checkable = item.checked !== undefined;
    return make(
      "button",
      {
        type: "button",
        role: checkable ? "menuitemradio" : "menuitem",
        "aria-checked": checkable ? String(item.checked) : undefined,
        class: item.danger ? "danger" : "",
        lang: item.lang,
        onclick: () => { closeMenu(true); item.action(); },
      },
      icon(item.checked ? "check" : item.icon ?? "none"),
      item.label,
    );
  });
  menu.replaceChildren(...rows);
  menu.anchor = anchor;
  menu.hidden = false;
  anchor.setAttribute("aria-expanded", "true");
  place(menu, at ?? anchor.getBoundingClientRect());
  (rows.find((row) => row.getAttribute("aria-checked") === "true") ?? rows[0]).focus();
}

function place(menu, box) {
  const frame = byId("phone").getBoundingClientRect();
  const left = Math.min(Math.max(box.left, frame.left + 8), frame.right - menu.offsetWidth - 8);
  const below = box.bottom + 6 + menu.offsetHeight <= frame.bottom - 8;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? box.bottom + 6 : Math.max(frame.top + 8, box.top - 6 - menu.offsetHeight)}px`;
}

export function closeMenu(refocus = false) {
  const menu = byId("menu");
  if (menu.hidden) return;
  menu.hidden = true;
  menu.anchor.setAttribute("aria-expanded", "false");
  if (refocus) menu.anchor.focus?.();
}

export function setUpMenu() {
  const menu = byId("menu");
  menu.addEventListener("keydown", (event) => {
    const rows = [...menu.children];
    const at = rows.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
    if (event.key === "Escape" || event.key === "Tab") closeMenu(true);
    else if (event.key in steps) rows.at(steps[event.key] % rows.length).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target) && !menu.anchor?.contains(event.target)) closeMenu();
  });
}

export function setUpLightbox() {
  const box = byId("lightbox");
  box.addEventListener("click", () => box.close());
  box.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const photos = [...document.querySelectorAll("#messages .photo")];
    const next = photos[photos.findIndex((photo) => photo.dataset.full === box.dataset.full) + step];
    if (next) showPhoto(next.dataset.full, next.querySelector("img").alt);
  });
}

export function showPhoto(url, alt) {
  const box = byId("lightbox");
  box.dataset.full = url;
  Object.assign(byId("lightbox-image"), { src: url, alt });
  if (!box.open) box.showModal();
}
