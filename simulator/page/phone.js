// The phones: draws what the stand-in tells over server-sent events and does what is tapped. No text of a person ever becomes HTML.

const ZONE = "Europe/Rome";
const HIDDEN = new Set(["edit", "revoke", "reaction"]);
const ARRIVED = new Set(["delivered", "read", "played", "failed"]);
const STATES = { accepted: "in invio", sent: "inviato", delivered: "consegnato", read: "letto", played: "ascoltato", failed: "non riuscito" };
const ICONS = {
  back: "M15 5l-7 7 7 7", reply: "M9 7L4 12l5 5M4 12h9a7 7 0 0 1 7 7", list: "M4 6h.01M4 12h.01M4 18h.01M9 6h11M9 12h11M9 18h11",
  link: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6", plus: "M12 5v14M5 12h14", send: "M4 12l16-8-6 17-3-7z", close: "M6 6l12 12M18 6L6 18",
  more: "M12 5h.01M12 12h.01M12 19h.01", photo: "M4 6h16v13H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01", file: "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
  voice: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6 11a6 6 0 0 0 12 0M12 17v3", video: "M4 7h11v10H4zM15 11l5-3v8l-5-3z",
  pin: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z", smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 10h.01M15.5 10h.01M8 14.5c2 2.5 6 2.5 8 0",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c1-4.5 14-4.5 15 0", unknown: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5c0-3 5-3 5 0 0 2-2.5 2-2.5 4M12 17h.01",
  pen: "M5 19l1-4L16 5l3 3L9 18zM5 19l4-1", bin: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13", phone: "M6 3l4 1 1 5-3 2a12 12 0 0 0 5 5l2-3 5 1 1 4c0 2-2 3-4 3C10 20 4 14 3 7c0-2 1-4 3-4z",
  house: "M4 11l8-7 8 7v9H4zM12 11v6M9 14h6",
};
const CARD_ICONS = { image: "photo", sticker: "smile", video: "video", document: "file", audio: "voice", contacts: "person", order: "list", unsupported: "unknown", reaction: "smile" };

const people = new Map(); // key -> {person, messages: Map(id -> message), owner, chat, ...}
let clock = { now: 0, heard: 0, offset: 0 };

// ------------------------------------------------------------------------------------------------------- making nodes

function make(tag, names = "", ...inside) {
  const node = document.createElement(tag);
  if (names) node.className = names;
  node.append(...inside.filter((piece) => piece !== null && piece !== undefined && piece !== ""));
  return node;
}

function icon(name, box = "0 0 24 24", names = "icon") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("class", names);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name] ?? name);
  svg.append(path);
  return svg;
}

function button(names, label, symbol, act) {
  const node = make("button", names, symbol ? icon(symbol) : null);
  node.type = "button";
  if (label) node.setAttribute("aria-label", label);
  node.addEventListener("click", act);
  return node;
}

// WhatsApp's own marks: *bold* _italic_ ~struck~ ```code``` `code`, and links. Marks hold only at the edges of words.
const MARK = /(```)([\s\S]+?)```|(`)([^`\n]+?)`|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)([^\n]*?\S)\5(?![\p{L}\p{N}*_~])|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'»])/u;
const TAGS = { "*": "strong", _: "em", "~": "s" };

function format(words) {
  const pieces = [];
  let rest = words;
  for (let found = MARK.exec(rest); found; found = MARK.exec(rest)) {
    if (found.index) pieces.push(rest.slice(0, found.index));
    if (found[7]) pieces.push(link(found[7], found[7]));
    else if (found[5]) pieces.push(make(TAGS[found[5]], "", ...format(found[6])));
    else pieces.push(make("code", "", found[2] ?? found[4]));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) pieces.push(rest);
  return pieces;
}

function link(url, title, names = "") {
  const node = make("a", names, title);
  if (/^https?:\/\//i.test(url)) node.href = url;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  return node;
}

function paragraph(names, words) {
  const node = make("p", names, ...format(words));
  node.dir = "auto";
  return node;
}

// ------------------------------------------------------------------------------------------------------------ bubbles

function turn(phone, message) {
  const shown = message.revoked ? {} : message.bubble;
  const node = make("article", "turn");
  node.classList.toggle("mine", message.mine);
  node.classList.toggle("wide", Boolean(shown.list || shown.card || (shown.buttons ?? []).length));
  Object.assign(node.dataset, { message: message.id, type: message.type, state: message.state });
  node.append(bubble(phone, message, shown));
  if (message.reaction) node.append(make("span", "reaction", message.reaction));
  const replies = (shown.buttons ?? []).filter((each) => each.kind === "reply");
  if (replies.length) node.append(make("div", "below", ...replies.map((each) => choice(phone, message, each))));
  return node;
}

function bubble(phone, message, shown) {
  const node = make("div", "bubble");
  if (message.revoked) node.append(make("p", "words gone", "Messaggio eliminato"));
  const quoted = message.type === "text" || message.type === "location" ? phone.messages.get(message.regards) : null;
  if (quoted) node.append(make("p", "quoted", quoted.words || "Messaggio"));
  if (shown.header) node.append(paragraph("words title", shown.header));
  if (shown.card) node.append(card(shown.card));
  if (shown.body) node.append(paragraph("words", shown.body));
  if (shown.note) node.append(paragraph("footer", shown.note));
  if (shown.footer) node.append(paragraph("footer", shown.footer));
  node.append(stamp(message));
  if (message.state === "failed") node.append(make("p", "fault", `Non consegnato${message.errors.length ? ` (codice ${message.errors.join(", ")})` : ""}`));
  const inside = (shown.buttons ?? []).filter((each) => each.kind !== "reply").map((each) => choice(phone, message, each));
  if (shown.list) inside.push(opener(phone, message, shown.list));
  if (inside.length) node.append(make("div", "inside", ...inside));
  return node;
}

function stamp(message) {
  const node = make("div", "stamp", message.edited ? "modificato" : "", time(message.at));
  if (message.mine) node.append(ticks(message.state), make("span", "sr", STATES[message.state]));
  return node;
}

function ticks(state) {
  if (state === "failed") return icon("M8 1v6M8 10h.01", "0 0 16 12", "ticks");
  return icon(state === "sent" ? "M3 6l3 3 6-7" : "M1 6l3 3 6-7M6.5 8.5l.8.7L14 2", "0 0 16 12", "ticks");
}

function card(told) {
  if (told.kind === "location") return place(told);
  const words = make("div", "card-words", make("div", "card-name", told.title));
  if (told.note) words.append(make("div", "card-note", told.note));
  if (told.url) words.append(make("div", "card-note", link(told.url, "Apri")));
  const node = make("div", "card", icon(CARD_ICONS[told.kind] ?? "unknown"));
  if (told.kind === "audio") node.append(make("span", "wave"));
  node.classList.toggle("picture", told.kind === "image" || told.kind === "video");
  node.classList.toggle("voice", told.kind === "audio");
  node.dataset.card = told.kind;
  node.append(words);
  return node;
}

function place(told) {
  const at = `${encodeURIComponent(told.latitude)}`, on = `${encodeURIComponent(told.longitude)}`;
  const map = link(`https://www.openstreetmap.org/?mlat=${at}&mlon=${on}#map=17/${at}/${on}`, "Apri la mappa");
  const words = make("div", "card-words", told.title ? make("div", "card-name", told.title) : null);
  if (told.address) words.append(make("div", "card-note", told.address));
  words.append(make("div", "card-note", map));
  const node = make("div", "card place", make("div", "map", icon("pin")), words);
  node.dataset.card = "location";
  return node;
}

function choice(phone, message, told) {
  if (told.kind === "url" || told.kind === "phone") return linked(told);
  const node = make("button", "choice", icon({ send_location: "pin", send_contact: "person" }[told.kind] ?? "reply"), told.title);
  node.type = "button";
  if (told.id !== undefined) node.dataset.choice = told.id;
  node.dataset.tapped = String(told.id !== undefined && message.tapped === told.id);
  node.addEventListener("click", () => say(phone, answerTo(message, told)));
  return node;
}

function answerTo(message, told) {
  if (told.kind === "send_location") return { type: "location", regards: message.id };
  if (told.kind === "send_contact") return { type: "contacts" };
  return { type: "tap", id: told.id, message: message.id };
}

function linked(told) {
  const node = make("a", "choice", icon(told.kind === "url" ? "link" : "phone"), told.title);
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  if (told.kind === "phone") node.href = `tel:${told.phone.replace(/[^+\d]/g, "")}`;
  else if (/^https?:\/\//i.test(told.url)) node.href = told.url;
  node.dataset.link = told.kind;
  return node;
}

// ---------------------------------------------------------------------------------------------------- the list's sheet

function opener(phone, message, told) {
  const node = make("button", "choice", icon("list"), told.button);
  node.type = "button";
  node.dataset.list = "";
  node.setAttribute("aria-haspopup", "dialog");
  node.addEventListener("click", () => openSheet(phone, message, told));
  return node;
}

function openSheet(phone, message, told) {
  closeSheet(phone);
  const sheet = make("form", "sheet");
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-modal", "true");
  sheet.setAttribute("aria-label", told.button);
  sheet.dataset.sheet = "";
  const send = make("button", "sheet-send", "Invia");
  send.disabled = true;
  const rows = make("div", "rows", ...told.sections.map((section) => sectionOf(section)));
  sheet.append(make("div", "sheet-head", button("round", "Chiudi", "close", () => closeSheet(phone)), make("h3", "", told.button)), rows, send);
  sheet.addEventListener("change", () => { send.disabled = false; });
  sheet.addEventListener("keydown", (event) => keepInside(event, phone, sheet));
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    const id = new FormData(sheet).get("row");
    closeSheet(phone);
    say(phone, { type: "tap", id, message: message.id });
  });
  const shade = make("div", "shade");
  shade.addEventListener("click", () => closeSheet(phone));
  phone.sheet = { nodes: [shade, sheet], back: document.activeElement };
  for (const node of phone.box.children) node.inert = true;
  phone.box.append(shade, sheet);
  sheet.querySelector("input").focus();
}

function sectionOf(section) {
  const node = make("fieldset", "", make("legend", section.title ? "" : "sr", section.title ?? "Opzioni"));
  for (const row of section.rows) {
    const radio = make("input");
    Object.assign(radio, { type: "radio", name: "row", value: row.id });
    const words = make("span", "row-words", row.title, row.description ? make("span", "row-note", row.description) : null);
    words.dir = "auto";
    const label = make("label", "row", words, radio);
    label.dataset.choice = row.id;
    node.append(label);
  }
  return node;
}

function keepInside(event, phone, sheet) {
  if (event.key === "Escape") closeSheet(phone);
  if (event.key !== "Tab") return;
  const stops = [...sheet.querySelectorAll("button:not(:disabled), input")];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}

function closeSheet(phone) {
  if (!phone.sheet) return;
  for (const node of phone.sheet.nodes) node.remove();
  for (const node of phone.box.children) node.inert = false;
  phone.sheet.back?.focus();
  phone.sheet = null;
}

// --------------------------------------------------------------------------------------------------------- one phone

function newPhone(person) {
  const phone = { person, messages: new Map(), nodes: new Map(), sheet: null };
  const owner = make("section", "owner");
  owner.dataset.person = person.key;
  owner.setAttribute("aria-label", `Telefono di ${person.name}`);
  phone.owner = owner;
  phone.label = make("h2", "owner-name");
  phone.chat = make("div", "chat");
  Object.assign(phone.chat, { tabIndex: 0 });
  phone.chat.setAttribute("role", "log");
  phone.chat.setAttribute("aria-live", "polite");
  phone.chat.setAttribute("aria-label", `Conversazione di ${person.name}`);
  phone.state = make("div", "head-state");
  phone.state.setAttribute("role", "status");
  phone.head = make("div", "head-name");
  phone.typing = make("div", "turn", make("div", "bubble dots", make("i"), make("i"), make("i")));
  phone.typing.dataset.typing = "";
  phone.box = make("div", "phone", header(phone), phone.chat, composer(phone));
  owner.append(phone.label, phone.box);
  document.querySelector("[data-phones]").append(owner);
  stayAtEnd(phone.chat);
  return phone;
}

function header(phone) {
  const more = button("", "Altro", "more", () => toggleMenu(phone, "down", more, ownerActs(phone)));
  more.dataset.action = "more";
  return make("div", "head", make("div", "face", icon("house")), make("div", "head-words", phone.head, phone.state), more);
}

function composer(phone) {
  const field = make("textarea");
  Object.assign(field, { rows: 1, placeholder: "Messaggio", dir: "auto", maxLength: 4096 });
  field.setAttribute("aria-label", `Messaggio di ${phone.person.name}`);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  const send = () => {
    const body = field.value.trim();
    if (!body) return;
    field.value = "";
    say(phone, { type: "text", body });
    field.focus();
  };
  const more = button("round", "Allega", "plus", () => toggleMenu(phone, "up", more, attachments(phone)));
  more.dataset.action = "attach";
  const go = button("round send", "Invia", "send", send);
  go.dataset.action = "send";
  phone.field = field;
  return make("div", "composer", more, field, go);
}

function attachments(phone) {
  const act = (type, how = {}) => () => say(phone, { type, ...how });
  const spot = { name: "Piazza del Duomo", address: "Piazza del Duomo, Milano" };
  return [
    ["voice", "voice", "Messaggio vocale", act("voice")],
    ["photo", "photo", "Foto", act("image")],
    ["document", "file", "Documento", act("document")],
    ["location", "pin", "Posizione", act("location", spot)],
    ["contacts", "person", "Il mio contatto", act("contacts")],
    ["reaction", "smile", "Reazione 👍", act("reaction")],
    ["edit", "pen", "Correggi l’ultimo", () => editLast(phone)],
    ["revoke", "bin", "Elimina l’ultimo", act("revoke")],
    ["unsupported", "unknown", "Tipo non supportato", act("unsupported")],
  ];
}

function editLast(phone) {
  const body = phone.field.value.trim();
  if (!body) return notice(phone, "Scrivi prima il testo corretto, poi scegli di nuovo.");
  phone.field.value = "";
  say(phone, { type: "edit", body });
}

function ownerActs(phone) {
  const { online, reads, wants_marketing } = phone.person;
  return [
    ["online", "phone", online ? "Spegni il telefono" : "Accendi il telefono", () => ask("POST", `people/${phone.person.key}`, { online: !online })],
    ["reads", "reply", reads ? "Non leggere più" : "Leggi i messaggi", () => ask("POST", `people/${phone.person.key}`, { reads: !reads })],
    ["marketing", "unknown", wants_marketing ? "Ferma le promozioni" : "Riprendi le promozioni", () => ask("POST", `people/${phone.person.key}`, { wants_marketing: !wants_marketing })],
    ["remove", "bin", "Togli questa persona", () => ask("DELETE", `people/${phone.person.key}`)],
  ];
}

function toggleMenu(phone, side, opener, acts) {
  const open = phone.box.querySelector(".menu");
  open?.remove();
  opener.setAttribute("aria-expanded", "false");
  if (open?.classList.contains(side)) return;
  const close = () => { menu.remove(); opener.setAttribute("aria-expanded", "false"); opener.focus(); };
  const menu = make("div", `menu ${side}`, ...acts.map(([name, symbol, words, act]) => menuItem(name, symbol, words, () => { close(); act(); })));
  menu.setAttribute("role", "menu");
  menu.addEventListener("keydown", (event) => moveInMenu(event, menu, close));
  opener.setAttribute("aria-expanded", "true");
  phone.box.append(menu);
  menu.firstElementChild.focus();
}

function menuItem(name, symbol, words, act) {
  const node = button("", "", symbol, act);
  node.append(words);
  node.setAttribute("role", "menuitem");
  node.dataset.action = name;
  return node;
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll(".menu")) {
    const opener = menu.parentElement.querySelector('[aria-expanded="true"]');
    if (menu.contains(event.target) || opener?.contains(event.target)) continue;
    menu.remove();
    opener?.setAttribute("aria-expanded", "false");
  }
}

function moveInMenu(event, menu, close) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") close();
  if (!step) return;
  event.preventDefault();
  const items = [...menu.children];
  items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
}

function notice(phone, words) {
  const node = make("p", "said", words);
  node.setAttribute("role", "alert");
  phone.box.append(node);
  setTimeout(() => node.remove(), 4000);
}

// -------------------------------------------------------------------------------------------------------- drawing

function drawPhone(phone, name) {
  const { person } = phone;
  phone.head.textContent = name;
  const id = person.wa_id ? `+${person.wa_id}` : `@${person.username ?? person.user_id}`;
  const label = [person.name, make("span", "owner-id", id), make("span", "window", windowWords(person))];
  phone.label.replaceChildren(...label);
  phone.box.dataset.online = String(person.online);
  drawTyping(phone);
}

function windowWords(person) {
  if (!person.online) return "telefono spento";
  if (!person.window_s) return "finestra chiusa";
  const minutes = Math.floor(person.window_s / 60);
  return `finestra ${minutes >= 60 ? `${Math.floor(minutes / 60)} h ` : ""}${minutes % 60} min`;
}

function drawTyping(phone) {
  const seconds = phone.person.typing_s;
  clearTimeout(phone.typingEnds);
  phone.state.textContent = seconds > 0 ? "sta scrivendo…" : "account business";
  if (seconds <= 0) return phone.typing.remove();
  phone.typingEnds = setTimeout(() => { phone.person.typing_s = 0; drawTyping(phone); }, seconds * 1000);
  keepAtEnd(phone, () => phone.chat.append(phone.typing));
}

function drawMessage(phone, message) {
  phone.messages.set(message.id, message);
  if (HIDDEN.has(message.type) || (!message.mine && !ARRIVED.has(message.state))) return;
  const known = phone.nodes.get(message.id);
  const fresh = turn(phone, message);
  phone.nodes.set(message.id, fresh);
  if (known) return swap(known, fresh);
  keepAtEnd(phone, () => {
    phone.chat.append(...daysBefore(phone, message), fresh);
    if (phone.typing.isConnected) phone.chat.append(phone.typing);
  });
}

function swap(known, fresh) {
  const held = known.contains(document.activeElement) ? [...known.querySelectorAll("button, a")].indexOf(document.activeElement) : -1;
  known.replaceWith(fresh);
  if (held >= 0) fresh.querySelectorAll("button, a")[held]?.focus();
}

function daysBefore(phone, message) {
  const day = dayOf(message.at);
  if (phone.day === day) return [];
  phone.day = day;
  const node = make("div", "day");
  node.dataset.day = day;
  nameDay(node);
  return [node];
}

function nameDay(node) {
  const day = node.dataset.day;
  const today = dayOf(now());
  const yesterday = dayOf(now() - 86400);
  const words = day === today ? "Oggi" : day === yesterday ? "Ieri" : new Intl.DateTimeFormat("it-IT", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));
  if (node.textContent !== words) node.textContent = words;
}

function keepAtEnd(phone, change) {
  const near = isAtEnd(phone.chat);
  change();
  if (near) phone.chat.scrollTop = phone.chat.scrollHeight;
}

function isAtEnd(chat) {
  return chat.scrollHeight - chat.scrollTop - chat.clientHeight < 120;
}

// A panel that opens makes the chat lower: whoever looked at its end still does.
function stayAtEnd(chat) {
  let height = chat.clientHeight;
  new ResizeObserver(() => {
    const wasAtEnd = chat.scrollHeight - chat.scrollTop - height < 120;
    height = chat.clientHeight;
    if (wasAtEnd) chat.scrollTop = chat.scrollHeight;
  }).observe(chat);
}

function dayOf(at) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(new Date(at * 1000));
}

function time(at) {
  return new Intl.DateTimeFormat("it-IT", { hour: "2-digit", minute: "2-digit", timeZone: ZONE }).format(new Date(at * 1000));
}

function now() {
  return clock.now + (performance.now() - clock.heard) / 1000;
}

function drawClock() {
  const words = new Intl.DateTimeFormat("it-IT", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: ZONE }).format(new Date(now() * 1000));
  const face = document.querySelector("[data-clock]");
  const told = clock.offset ? `${words} (${ahead(clock.offset)})` : words;
  if (face.textContent !== told) face.textContent = told;
  for (const day of document.querySelectorAll("[data-day]")) nameDay(day);
}

function ahead(seconds) {
  const hours = Math.round(Math.abs(seconds) / 360) / 10;
  const days = Math.floor(hours / 24);
  const rest = Math.round((hours - days * 24) * 10) / 10;
  return `${seconds < 0 ? "−" : "+"}${days ? `${days} g ` : ""}${rest || !days ? `${String(rest).replace(".", ",")} h` : ""}`.trim();
}

// The drawer shows what is in force, unless somebody is changing it.
function drawFaults(faults) {
  const drawer = document.getElementById("drawer");
  if (!drawer.hidden) return;
  const { manners, rules } = faults;
  const rule = (effect) => rules.find((each) => each.effect === effect);
  const percent = (part) => String(Math.round((part ?? 0) * 100));
  const shown = {
    duplicate: percent(manners.duplicate), disorder: percent(manners.disorder), delay: manners.delay_s, lose: percent(rule("lose")?.probability),
    silent: percent(rule("silent")?.probability), slow: rule("slow")?.seconds ?? 0, code: rule("refuse")?.code ?? "", times: rule("refuse")?.times ?? "",
  };
  for (const [name, value] of Object.entries(shown)) drawer.elements[name].value = value;
}

function drawFigures(counts, faults) {
  const refused = Object.entries(counts.refused).map(([code, times]) => `${code} × ${times}`).join(", ") || "nessuno";
  const told = `Accettati ${counts.accepted} · rifiutati: ${refused} · webhook presi ${counts.webhooks.taken ?? 0}, in attesa ${counts.pending} · regole di guasto attive ${faults.rules.length}`;
  document.querySelector("[data-figures]").textContent = told;
  const lines = counts.refusals.slice(-8).reverse().map((each) => make("li", "", `${time(each.at)} · ${each.code} · ${each.details || each.end}`));
  document.querySelector("[data-refusals]").replaceChildren(...lines);
}

// ------------------------------------------------------------------------------------------------ hearing and telling

async function ask(method, path, body) {
  const told = { method, headers: { "Content-Type": "application/json" }, body: method === "DELETE" ? undefined : JSON.stringify(body ?? {}) };
  const answer = await fetch(`_control/${path}`, told);
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer.json();
}

async function say(phone, act) {
  phone.chat.scrollTop = phone.chat.scrollHeight;
  try {
    await ask("POST", `people/${phone.person.key}/say`, act);
  } catch (fault) {
    notice(phone, `Non si può: ${fault.message}`);
  }
}

function hear(event) {
  const told = JSON.parse(event.data);
  if (told.fresh) clearPhones();
  clock = { now: told.now, heard: performance.now(), offset: told.offset };
  drawClock();
  const here = new Set(told.people.map((person) => person.key));
  for (const key of [...people.keys()]) if (!here.has(key)) removePhone(key);
  for (const person of told.people) {
    if (!people.has(person.key)) people.set(person.key, newPhone(person));
    people.get(person.key).person = person;
  }
  for (const message of told.messages) drawMessage(people.get(message.person), message);
  for (const phone of people.values()) drawPhone(phone, told.name);
  if (told.fresh) for (const phone of people.values()) phone.chat.scrollTop = phone.chat.scrollHeight;
  drawFigures(told.counts, told.faults);
  drawFaults(told.faults);
  document.querySelector("[data-nobody]").hidden = people.size > 0;
  document.querySelector("[data-lost]").hidden = true;
}

function clearPhones() {
  for (const key of [...people.keys()]) removePhone(key);
}

function removePhone(key) {
  clearTimeout(people.get(key).typingEnds);
  people.get(key).owner.remove();
  people.delete(key);
}

function toggle(id, open) {
  if (!open && document.getElementById(id).contains(document.activeElement)) document.querySelector(`[data-open="${id}"]`).focus();
  for (const panel of document.querySelectorAll("[data-panel]")) panel.hidden = panel.id !== id || !open;
  for (const each of document.querySelectorAll("[data-open]")) each.setAttribute("aria-expanded", String(each.dataset.open === id && open));
  if (open) document.querySelector(`#${id} input`).focus();
}

function move(what) {
  if (what === "reset") return ask("POST", "clock", { reset: true });
  return ask("POST", "clock", what === "hour" ? { hour: 8 } : { seconds: Number(what) });
}

function faultsOf(form) {
  const given = new FormData(form);
  const part = (name) => Number(given.get(name) || 0) / 100;
  const rules = ["lose", "silent"].filter((name) => part(name)).map((name) => ({ effect: name, probability: part(name) }));
  if (Number(given.get("slow"))) rules.push({ effect: "slow", seconds: Number(given.get("slow")) });
  if (given.get("code")) rules.push({ effect: "refuse", code: Number(given.get("code")), times: given.get("times") ? Number(given.get("times")) : null });
  return { manners: { duplicate: part("duplicate"), disorder: part("disorder"), delay_s: Number(given.get("delay") || 0) }, rules };
}

function begin() {
  for (const each of document.querySelectorAll("[data-move]")) each.addEventListener("click", () => move(each.dataset.move));
  for (const each of document.querySelectorAll("[data-open]")) each.addEventListener("click", () => toggle(each.dataset.open, document.getElementById(each.dataset.open).hidden));
  for (const each of document.querySelectorAll("[data-first]")) {
    each.addEventListener("click", () => ask("POST", "people", { name: each.dataset.first === "both" ? "Ada" : "Bruno", shape: each.dataset.first }));
  }
  const adding = document.getElementById("adding");
  adding.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(adding);
    ask("POST", "people", { name: given.get("name"), shape: given.get("shape") }).then(() => { adding.reset(); toggle("adding", false); });
  });
  const drawer = document.getElementById("drawer");
  drawer.addEventListener("submit", (event) => {
    event.preventDefault();
    ask("POST", "faults", faultsOf(drawer)).then(() => toggle("drawer", false));
  });
  drawer.querySelector("[data-mend]").addEventListener("click", () => {
    ask("POST", "faults", { manners: { duplicate: 0, disorder: 0, delay_s: 0 }, rules: [] }).then(() => toggle("drawer", false));
  });
  document.addEventListener("pointerdown", closeMenus);
  const source = new EventSource("_control/events");
  source.onmessage = hear;
  source.onerror = () => { document.querySelector("[data-lost]").hidden = false; };
  setInterval(drawClock, 1000);
}

begin();
