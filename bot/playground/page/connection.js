// What the page asks of the playground, and what it hears from it.

const EVENTS = ["hello", "message", "edited", "force_reply", "deleted", "reaction", "chat_action", "callback_answer", "person", "profile", "reset"];

export async function ask(path, options = {}) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) throw new Error((body.description ?? "").replace(/^Bad Request: /, ""));
  return body;
}

export function post(path, body) {
  if (body instanceof FormData) return ask(path, { method: "POST", body });
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });
}

export function fileUrl(id) {
  return `/api/files/${encodeURIComponent(id)}`;
}

// Calls `handlers[name](data)` for every event and `handlers.lost()` when the line is down.
export function listen(handlers) {
  const source = new EventSource("/api/events");
  for (const name of EVENTS) {
    source.addEventListener(name, (event) => handlers[name]?.(JSON.parse(event.data)));
  }
  source.addEventListener("error", () => handlers.lost());
  addEventListener("pagehide", () => source.close());
}
