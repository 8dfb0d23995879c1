// The page of a report: findings and figures answer to a click or a key.
// Data reach the page by textContent only; listeners sit on the report, not on its figures.
(() => {
  "use strict";

  const SEVERITIES = ["error", "warning", "note"];
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = () => (calm() ? "auto" : "smooth");

  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.top >= 64 && box.bottom <= innerHeight - 8;
  };

  class View {
    constructor(root) {
      this.root = root;
      this.panel = new window.GoujiPanel(root);
      this.cards = [...root.querySelectorAll(".g-text .g-card")];
      this.shown = new Set(SEVERITIES);
      this.only = false;
      this.card = null;
      this.hits = [];
      root.classList.add("g-live");
      root.addEventListener("click", (event) => this.click(event));
      root.addEventListener("change", (event) => this.change(event));
      const contents = root.querySelector(".g-contents > details");
      if (contents && matchMedia("(max-width: 75rem)").matches) contents.open = false;
      this.position();
    }

    // Reads ahead what the first click would have to wait for.
    warm() {
      this.marks("");
      this.panel.compared(-1);
    }

    marks(number) {
      if (!this.byFinding) {
        this.byFinding = new Map();
        for (const element of this.root.querySelectorAll("[data-of]")) {
          for (const name of element.dataset.of.split(" ")) {
            const [finding, operand] = name.split(".");
            if (!this.byFinding.has(finding)) this.byFinding.set(finding, []);
            this.byFinding.get(finding).push({ element, operand });
          }
        }
      }
      return this.byFinding.get(number) || [];
    }

    // Clicks and changes.

    click(event) {
      const target = event.target;
      const go = target.closest("[data-go]");
      if (go) {
        event.preventDefault();
        this.jump(go.dataset.go, go.closest(".g-card"));
        return;
      }
      const to = target.closest("[data-to]");
      if (to) {
        this.toFigure(Number(to.dataset.to));
        return;
      }
      const finding = target.closest("[data-finding]");
      if (finding) {
        this.panel.close();
        this.select(this.root.querySelector(`.g-card[data-n="${finding.dataset.finding}"]`), true);
        return;
      }
      const button = target.closest("[data-do]");
      if (button) {
        this.run(button.dataset.do);
        return;
      }
      const link = target.closest('a[href^="#"]');
      if (link) {
        this.reveal(document.getElementById(link.hash.slice(1)));
        return;
      }
      const figure = target.closest(".f[data-f]");
      if (figure) {
        if (String(getSelection())) return;
        this.panel.open(figure);
        return;
      }
      const words = target.closest("[data-of]");
      if (words) {
        const number = words.dataset.of.split(" ")[0].split(".")[0];
        this.select(this.root.querySelector(`.g-card[data-n="${number}"]`), true);
        return;
      }
      const pick = target.closest(".g-pick");
      const card = target.closest(".g-card");
      if (!card || (!pick && target.closest("a, button, summary, input, select, textarea, label, form"))) return;
      if (!pick && String(getSelection())) return;
      if (pick && card === this.card) this.clear();
      else this.select(card, false);
    }

    change(event) {
      const box = event.target;
      if (!box.closest(".g-filter")) return;
      if (box.name === "only") this.only = box.checked;
      else if (box.checked) this.shown.add(box.name);
      else this.shown.delete(box.name);
      this.filter();
    }

    run(what) {
      if (what === "next") this.step(1);
      else if (what === "previous") this.step(-1);
      else if (what === "close") this.panel.close();
      else if (what === "theme") theme();
      else if (what === "keys") this.keys();
    }

    // Which rows and cards are shown.

    filter() {
      for (const one of SEVERITIES) this.root.classList.toggle(`g-no-${one}`, !this.shown.has(one));
      this.root.classList.toggle("g-only", this.only);
      let heads = [];
      let any = false;
      for (const row of this.root.querySelectorAll(".g-text .g-row")) {
        const cards = row.querySelectorAll(".g-card");
        const keep = !this.only || [...cards].some((card) => this.shown.has(card.dataset.severity));
        row.hidden = !keep;
        const level = Number(row.dataset.level || 0);
        if (level) heads = heads.filter((one) => Number(one.dataset.level) < level);
        if (keep) {
          for (const head of heads) head.hidden = false;
          heads = [];
          any = true;
        } else if (level) heads.push(row);
      }
      const empty = this.root.querySelector(".g-empty");
      if (empty) empty.hidden = any;
      if (this.card && !this.shown.has(this.card.dataset.severity)) this.clear();
      if (this.card) this.bring(true);
      this.position();
    }

    reveal(element) {
      const row = element && element.closest(".g-row");
      if (row) row.hidden = false;
    }

    // Findings.

    select(card, scroll) {
      if (!card) return;
      this.clear();
      this.card = card;
      card.classList.add("g-on");
      card.querySelector(".g-pick").setAttribute("aria-pressed", "true");
      const wrong = new Set((card.dataset.wrong || "").split(" "));
      for (const { element, operand } of this.marks(card.dataset.n)) {
        element.classList.add("g-hit");
        if (wrong.has(operand)) element.classList.add("g-wrong");
        this.hits.push(element);
      }
      this.position();
      this.reveal(card);
      this.bring(scroll);
    }

    // Brings the chosen finding into sight: beside a long table its words come to the card.
    bring(scroll) {
      const card = this.card;
      // A line of a group has no box of its own, but its words have one.
      const group = card.closest(".g-group");
      const row = group ? group.querySelector(".g-words") : card.closest(".g-row");
      const tall = row && row.getBoundingClientRect().height > innerHeight - 120;
      const holder = card.closest(".g-cards");
      if (tall && getComputedStyle(holder).position === "sticky") {
        const mark = this.hits.find((one) => one.classList.contains("g-wrong")) || this.hits[0];
        if (mark && !seen(mark)) mark.scrollIntoView({ block: "center", inline: "nearest", behavior: behavior() });
        if (scroll) holder.scrollTop += card.getBoundingClientRect().top - holder.getBoundingClientRect().top - 8;
        return;
      }
      if (!scroll) return;
      const target = row && !tall ? row : card;
      if (!seen(target)) target.scrollIntoView({ block: "center", behavior: behavior() });
    }

    clear() {
      for (const one of this.hits) one.classList.remove("g-hit", "g-wrong", "g-here");
      this.hits = [];
      if (this.card) {
        this.card.classList.remove("g-on");
        this.card.querySelector(".g-pick").setAttribute("aria-pressed", "false");
      }
      this.card = null;
      this.position();
    }

    jump(name, card) {
      const [number, operand] = name.split(".");
      if (card && card !== this.card) this.select(card, false);
      const mark = this.marks(number).find((one) => one.operand === operand);
      if (mark) this.show(mark.element);
    }

    show(element) {
      this.reveal(element);
      for (const one of this.root.querySelectorAll(".g-here")) one.classList.remove("g-here");
      element.classList.add("g-here");
      this.hits.push(element);
      element.tabIndex = -1;
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block: "center", inline: "nearest", behavior: behavior() });
    }

    visible() {
      return this.cards.filter((card) => this.shown.has(card.dataset.severity));
    }

    step(by) {
      const cards = this.visible();
      if (!cards.length) return;
      let at = cards.indexOf(this.card);
      if (at < 0) at = by > 0 ? -1 : 0;
      const card = cards[(at + by + cards.length) % cards.length];
      this.select(card, true);
      card.querySelector(".g-pick").focus({ preventScroll: true });
    }

    position() {
      const output = this.root.querySelector(".g-position");
      if (!output) return;
      const cards = this.visible();
      const at = cards.indexOf(this.card);
      output.textContent = `${at < 0 ? "–" : at + 1} / ${cards.length}`;
    }

    // Figures.

    toFigure(figure) {
      const element = this.root.querySelector(`.f[data-f="${figure}"]`);
      if (element) this.show(element);
    }

    stepFigure(by) {
      const figures = [...this.root.querySelectorAll(".g-text .f[data-f]:not(.ig)")]
        .filter((one) => !one.closest("[hidden]"));
      if (!figures.length) return;
      let at = figures.indexOf(this.panel.last);
      if (at < 0) at = by > 0 ? -1 : 0;
      const figure = figures[(at + by + figures.length) % figures.length];
      figure.scrollIntoView({ block: "center", inline: "nearest", behavior: behavior() });
      this.panel.open(figure);
    }

    keys() {
      const dialog = this.root.querySelector(":scope > .g-keys");
      if (!dialog) return;
      if (dialog.open) dialog.close();
      else dialog.showModal();
    }

    toggleOnly() {
      const box = this.root.querySelector('.g-filter input[name="only"]');
      if (box) box.click();
    }
  }

  const dark = () => matchMedia("(prefers-color-scheme: dark)").matches;
  const keep = (value) => {
    try {
      if (value === undefined) return localStorage.getItem("gouji-theme");
      localStorage.setItem("gouji-theme", value);
    } catch { /* a page opened from a folder may not remember */ }
    return null;
  };
  const theme = () => {
    const root = document.documentElement;
    const now = root.dataset.theme || (dark() ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    keep(root.dataset.theme);
  };

  const views = new Map();
  const active = () => {
    const holder = document.activeElement && document.activeElement.closest(".gouji-report");
    if (views.has(holder)) return views.get(holder);
    const all = [...views.values()];
    return all.find((one) => one.root.getBoundingClientRect().bottom > 120) || all[0];
  };

  const KEYS = {
    j: (view) => view.step(1), n: (view) => view.step(1),
    k: (view) => view.step(-1), p: (view) => view.step(-1),
    f: (view) => view.stepFigure(1), F: (view) => view.stepFigure(-1),
    o: (view) => view.toggleOnly(), "?": (view) => view.keys(),
  };

  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target instanceof Element ? event.target : document.body;
    if (at.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])")) return;
    const view = active();
    if (!view || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (!view.panel.close()) view.clear();
      return;
    }
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act(view);
  };

  let closed = [];
  // On paper nothing may be hidden; a drawing only says again what the text says.
  const unfold = () => {
    closed = [...document.querySelectorAll(".gouji-report details:not([open], .g-charts)")];
    for (const one of closed) one.open = true;
  };
  const fold = () => {
    for (const one of closed) one.open = false;
    closed = [];
  };

  const start = () => {
    const wanted = keep();
    if (wanted === "dark" || wanted === "light") document.documentElement.dataset.theme = wanted;
    for (const root of document.querySelectorAll(".gouji-report:not(.gouji-failed)")) {
      if (!root.classList.contains("g-live")) views.set(root, new View(root));
    }
    for (const far of document.querySelectorAll(".gouji-report a[data-far]")) {
      if (document.getElementById(far.dataset.far)) far.href = `#${far.dataset.far}`;
    }
    if (views.size === 1) {
      const idle = window.requestIdleCallback || ((work) => setTimeout(work, 200));
      for (const view of views.values()) idle(() => view.warm());
    }
    document.addEventListener("keydown", press);
    addEventListener("beforeprint", unfold);
    addEventListener("afterprint", fold);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
