// The local page: dropping and sending files, keys, the filter. Everything else works without it.
"use strict";
document.documentElement.classList.add("js");

// Files: picked, or dropped with their folders ---------------------------------------------

const hidden = (path) => path.split("/").some((part) => part.startsWith(".") || part.startsWith("~$"));

async function entriesOf(directory) {
  const reader = directory.createReader();
  const found = [];
  for (;;) {
    // A reader gives at most a hundred at a time.
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found.sort((a, b) => (a.name < b.name ? -1 : 1));
    found.push(...some);
  }
}

async function filesOf(entry) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [{ file, name: entry.fullPath.replace(/^\//, "") }];
  }
  const lists = [];
  for (const one of await entriesOf(entry)) {
    if (!hidden(one.name)) lists.push(...(await filesOf(one)));
  }
  return lists;
}

async function dropped(transfer) {
  // Entries must be taken before the first await: afterwards the list is empty.
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => (item.webkitGetAsEntry ? item.webkitGetAsEntry() : null));
  const plain = [...transfer.files];
  if (entries.some((entry) => !entry)) return plain.map((file) => ({ file, name: file.name }));
  const found = [];
  for (const entry of entries) found.push(...(await filesOf(entry)));
  return found;
}

const picked = (input) =>
  [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));

const megabytes = (bytes) => Math.floor(bytes / 1024 / 1024);

function objection(form, files) {
  const { fileBytes, totalBytes, files: most } = form.dataset;
  if (!files.length) return "里面没有能查的文件；请选 Word、PDF、Excel 或文本文件。";
  if (files.length > Number(most)) return `文件太多了；一次最多查 ${most} 个文件，请分几次。`;
  const large = files.find(({ file }) => file.size > Number(fileBytes));
  if (large) return `“${large.name}”太大了；一个文件最多 ${megabytes(fileBytes)} MB，请去掉里面的大图片，或拆成几份再查。`;
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (total > Number(totalBytes)) return `太大了；一次最多上传 ${megabytes(totalBytes)} MB，请分几次。`;
  return "";
}

function complain(form, words) {
  const place = form.querySelector("[data-drop-error]");
  place.textContent = words;
  place.hidden = !words;
  form.classList.remove("busy");
  form.querySelector(".sending").hidden = true;
  for (const input of form.querySelectorAll("input[type=file]")) input.value = "";
}

function send(form, all) {
  const files = all.filter(({ name }) => !hidden(name));
  if (form.classList.contains("busy")) return;
  const words = objection(form, files);
  complain(form, words);
  if (words) return;
  const body = new FormData();
  for (const field of form.querySelectorAll("input[type=hidden]")) body.append(field.name, field.value);
  for (const { file, name } of files) body.append("files", file, name);
  const sending = form.querySelector(".sending");
  const bar = sending.querySelector("progress");
  const said = sending.querySelector("[data-sending]");
  sending.hidden = false;
  form.classList.add("busy");
  said.textContent = `正在读入 ${files.length} 个文件…`;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRF", form.elements.csrf.value);
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  request.addEventListener("load", () => {
    const answer = request.response || {};
    if (request.status === 200 && answer.url) location.assign(answer.url);
    else complain(form, answer.what ? `${answer.what}；${answer.advice}` : "没有传成，请再试一次。");
  });
  request.addEventListener("error", () => complain(form, GONE));
  request.send(body);
}

const GONE = "连不上程序：它可能已经停了。请再启动一次（gouji serve），再打开这一页。";

for (const form of document.querySelectorAll("[data-drop]")) {
  form.addEventListener("change", (event) => {
    if (event.target.type === "file" && event.target.files.length) send(form, picked(event.target));
  });
}

// A page takes one drop wherever it lands; otherwise the browser would leave the page for the file.
const zone = () => document.querySelector("[data-drop]");
let depth = 0;
addEventListener("dragenter", (event) => {
  if (!zone() || !event.dataTransfer.types.includes("Files")) return;
  depth += 1;
  zone().classList.add("over");
});
addEventListener("dragleave", () => {
  depth = Math.max(0, depth - 1);
  if (!depth && zone()) zone().classList.remove("over");
});
addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files")) event.preventDefault();
});
addEventListener("drop", async (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  depth = 0;
  const form = zone();
  if (!form) return;
  form.classList.remove("over");
  form.scrollIntoView({ block: "nearest" });
  try {
    send(form, await dropped(event.dataTransfer));
  } catch {
    complain(form, "有文件打不开；请先在别的程序里关掉它，再试一次。");
  }
});

// Decisions --------------------------------------------------------------------------------

const page = document.querySelector(".check");

document.addEventListener("change", (event) => {
  // Nothing decided is no choice at all; the server has been told.
  if (event.target.matches(".none input")) setTimeout(() => { event.target.checked = false; });
  if (event.target.matches("[data-only-undecided]")) page.classList.toggle("only-undecided", event.target.checked);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-first]")) return;
  const next = document.querySelector(".gouji-report [data-do=next]");
  if (next) next.click();
});

// Browsers that go back tick boxes again without saying so.
addEventListener("pageshow", () => {
  const box = document.querySelector("[data-only-undecided]");
  if (box) page.classList.toggle("only-undecided", box.checked);
  for (const form of document.querySelectorAll("[data-drop]")) complain(form, "");
});

// Where there are many findings, the form of each comes when it is looked at.
const looked = new IntersectionObserver(
  (seen) => {
    for (const one of seen) if (one.isIntersecting) fetchForm(one.target);
  },
  { rootMargin: "300px" },
);
const coming = new Map();

async function formOf(place) {
  const answer = await fetch(place.querySelector("a").href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const form = holder.content.firstElementChild;
  const held = place.contains(document.activeElement);
  place.replaceWith(form);
  htmx.process(form);
  if (held) form.querySelector("input[type=radio]").focus();
}

function fetchForm(place) {
  looked.unobserve(place);
  if (!coming.has(place)) {
    const told = () => {
      coming.delete(place);
      place.querySelector(".saved").textContent = GONE;
    };
    coming.set(place, formOf(place).catch(told));
  }
  return coming.get(place);
}

for (const place of document.querySelectorAll("[data-later]")) looked.observe(place);

// Steps pass over what the filter has taken away.
function stepOn(way) {
  const shown = (one) => getComputedStyle(one).display !== "none";
  const cards = [...document.querySelectorAll(".g-text [data-fingerprint]")];
  if (!page.classList.contains("only-undecided") || !cards.some(shown)) return;
  const pressed = document.querySelector("[data-fingerprint] [aria-pressed=true]");
  const at = pressed && pressed.closest("[data-fingerprint]");
  if (at && !shown(at)) document.querySelector(`.gouji-report [data-do=${way}]`).click();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do=next], [data-do=previous]");
  if (page && button) stepOn(button.dataset.do);
});

document.addEventListener("htmx:sendError", (event) => {
  const place = event.detail.target;
  const saving = place && place.matches(".saved");
  const holder = saving ? place : place && place.matches("#progress") && place.querySelector("p");
  if (!holder || holder.querySelector(".refused")) return;
  const words = `${saving ? "没有保存；" : ""}${GONE}`;
  holder.replaceChildren(Object.assign(document.createElement("span"), { className: "refused", role: "alert", textContent: words }));
});

// Keys -------------------------------------------------------------------------------------

const KEYS = { 1: "confirmed", 2: "false_alarm", 3: "mended", 0: "none" };

function card() {
  const inside = document.activeElement && document.activeElement.closest("[data-fingerprint]");
  const pressed = document.querySelector("[data-fingerprint] [aria-pressed=true]");
  return inside || (pressed && pressed.closest("[data-fingerprint]"));
}

document.addEventListener("keydown", (event) => {
  const writing = event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
  if (writing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (page && "jnkp".includes(event.key)) stepOn("jn".includes(event.key) ? "next" : "previous");
  if (event.key === "?" && !document.querySelector(".gouji-report")) location.assign("/help");
  const choice = KEYS[event.key];
  const chosen = choice && card();
  if (!chosen) return;
  event.preventDefault();
  const press = () => {
    const button = chosen.querySelector(`[data-testid=decision-${choice}]`);
    if (button) button.click();
  };
  const place = chosen.querySelector("[data-later]");
  if (place) fetchForm(place).then(press);
  else press();
});
