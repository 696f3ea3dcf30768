// Keeps the queue and a conversation up to date. Without it everything works by reloading.
"use strict";

const live = document.querySelector("[data-live]");

// ------------------------------------------------------------------------------------------------ what changed, put in place

function keyed(old, fresh) {
  const kept = new Map([...old.children].map((item) => [item.id, item]));
  let before = null;
  for (const item of [...fresh.children]) {
    const known = kept.get(item.id);
    kept.delete(item.id);
    const shown = known && known.outerHTML === item.outerHTML ? known : item;
    if (known && shown !== known) known.replaceWith(shown);
    const place = before ? before.nextSibling : old.firstElementChild;
    if (shown !== place) old.insertBefore(shown, place);
    before = shown;
  }
  for (const gone of kept.values()) gone.remove();
}

function merge(old, fresh) {
  const lists = [...fresh.querySelectorAll("[data-keyed]")];
  const slots = (part) => [...part.querySelectorAll("[data-slot]")].map((slot) => slot.dataset.slot).join();
  const same = lists.every((list) => document.getElementById(list.id)) &&
    old.querySelectorAll("[data-keyed]").length === lists.length && slots(old) === slots(fresh);
  if (!same) { old.innerHTML = fresh.innerHTML; return; }
  for (const list of lists) keyed(document.getElementById(list.id), list);
  for (const slot of fresh.querySelectorAll("[data-slot]")) {
    const place = old.querySelector(`[data-slot="${slot.dataset.slot}"]`);
    if (place && place.outerHTML !== slot.outerHTML) place.replaceWith(slot);
  }
  for (const count of fresh.querySelectorAll("h2[id]")) document.getElementById(count.id).innerHTML = count.innerHTML;
}

function put(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-part]");
  const old = live.querySelector("[data-part]");
  if (!fresh || !old) return;
  const log = live.querySelector("[data-foot]");
  const atFoot = log && log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  const focus = document.activeElement && document.activeElement.id;
  merge(old, fresh);
  live.dataset.version = fresh.dataset.is;
  if (focus && !document.activeElement.id) document.getElementById(focus)?.focus();
  if (log && atFoot) log.scrollTop = log.scrollHeight;
  const said = live.querySelector("[data-said]");
  if (said) said.textContent = said.dataset.says;
  title(fresh.dataset.waiting);
  times();
}

const bare = document.title;
function title(waiting) {
  if (waiting !== undefined) document.title = Number(waiting) ? `(${waiting}) ${bare}` : bare;
}

async function refresh() {
  const answer = await fetch(live.dataset.live, { headers: { Accept: "text/html" }, redirect: "manual" });
  if (answer.ok) put(await answer.text());
  else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 404) location.reload();
}

// -------------------------------------------------------------------------------------------- hearing of it: stream, else poll

const stale = (is) => { const line = live.querySelector("[data-stale]"); if (line) line.hidden = !is; };

function listen() {
  const address = new URL(live.dataset.stream, location.href);
  address.searchParams.set("since", live.dataset.version);
  const events = new EventSource(address);
  events.addEventListener("open", () => stale(false));
  events.addEventListener("changed", (event) => {
    if (event.data !== live.dataset.version) refresh().catch(() => stale(true));
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(ask, 1000);
  });
}

async function ask() {
  try {
    const answer = await fetch(live.dataset.poll, { headers: { Accept: "application/json" } });
    if (answer.status === 401 || answer.status === 404) { location.reload(); return; }
    if (answer.ok && (await answer.json()).version !== live.dataset.version) await refresh();
    stale(!answer.ok);
  } catch { stale(true); }
  setTimeout(Math.random() < 0.2 ? listen : ask, 10000);
}

// ------------------------------------------------------------------------------------------------------------------ waiting times

const ahead = live ? Date.parse(live.dataset.now) - Date.now() : 0;
function span(ms) {
  const minutes = Math.max(0, Math.floor(ms / 60000)), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  if (days) return `${days} ${live.dataset.days} ${hours % 24} ${live.dataset.hours}`;
  if (hours) return `${hours} ${live.dataset.hours} ${minutes % 60} ${live.dataset.min}`;
  return `${minutes} ${live.dataset.min}`;
}
function times() {
  for (const at of document.querySelectorAll("time[data-since]")) {
    const shown = span(Date.now() + ahead - Date.parse(at.dataset.since));
    if (at.textContent !== shown) at.textContent = shown;
  }
}

// --------------------------------------------------------------------------------------------------------------- the form

const words = document.getElementById("words");
const canned = document.querySelector("[data-canned]");
if (words && canned) {
  canned.hidden = false;
  for (const button of canned.querySelectorAll("[data-words]")) {
    button.addEventListener("click", () => {
      const gap = words.value && !words.value.endsWith("\n") ? "\n" : "";
      words.setRangeText(gap + button.dataset.words, words.selectionEnd, words.selectionEnd, "end");
      words.focus();
    });
  }
}
if (words) {
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); words.form.requestSubmit(); }
  });
}

if (live) {
  const log = live.querySelector("[data-foot]");
  if (log) log.scrollTop = log.scrollHeight;
  title(live.querySelector("[data-part]").dataset.waiting);
  setInterval(times, 15000);
  listen();
}
