// The panel of a figure: every comparison that it took part in.
// Data reach the page by textContent only.
(() => {
  "use strict";

  const SIGNS = { inconsistent: "×", consistent_by_rounding: "≈", consistent: "✓", undetermined: "–" };
  const MOST = 200;

  const make = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const fill = (form, values) => form.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  window.GoujiPanel = class {
    constructor(root) {
      this.root = root;
      this.panel = root.querySelector(":scope > .g-panel");
      this.figure = null;
      this.last = null;
    }

    // What the page knows, read when it is first asked for.

    get data() {
      if (!this.known) {
        const island = this.root.querySelector(":scope > .gouji-data");
        this.known = JSON.parse(island ? island.textContent : "{}");
        const shared = document.querySelector(".gouji-titles");
        const titles = shared ? JSON.parse(shared.textContent) : {};
        this.known.titles = { ...titles, ...this.known.titles };
      }
      return this.known;
    }

    compared(figure) {
      if (!this.byFigure) {
        this.byFigure = new Map();
        (this.data.evaluations || []).forEach((one, at) => {
          for (const id of one[3]) {
            if (!this.byFigure.has(id)) this.byFigure.set(id, []);
            this.byFigure.get(id).push(at);
          }
        });
      }
      return this.byFigure.get(figure) || [];
    }

    quote(figure) {
      const element = this.root.querySelector(`.f[data-f="${figure}"]`);
      return element ? element.textContent : "";
    }

    open(element) {
      const figure = Number(element.dataset.f);
      const { words, at, why } = this.data;
      if (this.figure) this.figure.classList.remove("g-asked");
      this.figure = this.last = element;
      element.classList.add("g-asked");
      const title = this.panel.querySelector(".g-panel-title");
      title.textContent = fill(words.figure, { quote: element.textContent });
      const body = this.panel.querySelector(".g-panel-body");
      body.replaceChildren(make("p", "g-where", at[figure] || ""));
      this.found(element, body);
      this.elsewhere(figure, body);
      const all = this.compared(figure).map((one) => this.data.evaluations[one]);
      const judged = all.filter((one) => this.verdict(one) !== "undetermined");
      judged.sort((one, other) => one[1] - other[1]);
      if (why[figure]) body.append(make("p", "g-none", fill(words.ignored, { why: why[figure] })));
      else if (!judged.length) {
        const known = element.classList.contains("un") ? words.unchecked : words.elsewhere;
        body.append(make("p", "g-none", known));
      }
      if (judged.length) {
        body.append(make("p", "g-number", fill(words.count, { count: judged.length })));
        const list = make("ol", "g-compared");
        for (const one of judged.slice(0, MOST)) list.append(this.comparison(one, figure));
        body.append(list);
      }
      const pending = all.length - judged.length;
      if (pending) body.append(make("p", "g-pending", fill(words.pending, { count: pending })));
      this.panel.hidden = false;
      body.scrollTop = 0;
      this.panel.focus({ preventScroll: true });
    }

    found(element, body) {
      const names = [element, ...element.querySelectorAll("[data-of]")]
        .flatMap((one) => (one.dataset.of || "").split(" ").filter(Boolean));
      for (const number of new Set(names.map((name) => name.split(".")[0]))) {
        const card = this.root.querySelector(`.g-card[data-n="${number}"]`);
        if (!card) continue;
        const link = make("button", `g-finding g-${card.dataset.severity}`);
        link.type = "button";
        link.dataset.finding = number;
        link.textContent = card.querySelector(".g-pick").textContent.trim().replace(/\s+/g, " ");
        body.append(link);
      }
    }

    // Findings that stand with another file of the set.
    elsewhere(figure, body) {
      for (const [severity, text, figures, id] of this.data.abroad || []) {
        if (!figures.includes(figure)) continue;
        const line = make("p", `g-listed g-${severity}`);
        line.append(this.far(text, id));
        body.append(line);
      }
    }

    // A place of another file, which may be on the page or not.
    far(text, id) {
      const link = make("a", "g-far", text);
      if (document.getElementById(id)) link.href = `#${id}`;
      return link;
    }

    verdict(evaluation) {
      return this.data.verdicts[evaluation[1]];
    }

    comparison(evaluation, asked) {
      const { words, rules, kinds, titles, at } = this.data;
      const [rule, , computation, figures, far] = evaluation;
      const verdict = this.verdict(evaluation);
      const item = make("li", `g-one g-${verdict}`);
      const head = make("p", "g-verdict");
      const sign = make("span", "g-sign", SIGNS[verdict]);
      sign.setAttribute("aria-hidden", "true");
      // A rule's title says what is wrong; of what agrees it would say the contrary.
      const title = (verdict === "inconsistent" && titles[rules[rule]]) || kinds[rule];
      head.append(sign, " ", make("b", "", words[verdict]), ` ${title} `);
      head.append(make("code", "", rules[rule]));
      item.append(head);
      if (computation) item.append(make("p", "g-sum", computation));
      const others = figures.filter((one) => one !== asked);
      if (!others.length && !far.length) return item;
      const line = make("p", "g-against");
      line.append(make("span", "g-label", words.against));
      for (const other of others) {
        const link = make("button", "g-to", `${at[other] || ""} ${this.quote(other)}`.trim());
        link.type = "button";
        link.dataset.to = other;
        line.append(" ", link);
      }
      for (const [text, id] of far) line.append(" ", this.far(text, id));
      item.append(line);
      return item;
    }

    close() {
      const figure = this.figure;
      if (figure) figure.classList.remove("g-asked");
      this.figure = null;
      if (!this.panel || this.panel.hidden) return false;
      const inside = this.panel.contains(document.activeElement);
      this.panel.hidden = true;
      if (inside && figure) {
        figure.tabIndex = -1;
        figure.focus({ preventScroll: true });
      }
      return true;
    }
  };
})();
