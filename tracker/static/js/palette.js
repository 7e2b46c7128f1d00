// The palette of Ctrl K: suggests places and things to do while one types. What is typed goes in the body of a post.

const PAUSE = 150;
const form = document.querySelector("[data-palette]");

const made = (name, attributes = {}, ...parts) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...parts);
  return element;
};

class Palette {
  #options = [];
  #chosen = -1;
  #timer;
  #asking = new AbortController();

  constructor() {
    this.box = made("input", {
      ...{ type: "text", id: "palette-words", role: "combobox", autocomplete: "off", maxlength: "100" },
      ...{ "aria-expanded": "false", "aria-controls": "palette-list", "aria-autocomplete": "list" },
      ...{ class: "box", "aria-describedby": "palette-keys" },
    });
    this.list = made("div", { id: "palette-list", role: "listbox", "aria-label": "Suggestions", class: "palette-list" });
    this.said = made("p", { role: "status", class: "visually-hidden" });
    const close = made("button", { type: "button", class: "button button-small button-second" }, "Close");
    this.dialog = made(
      "dialog",
      { class: "palette", "aria-labelledby": "palette-title" },
      made("div", { class: "spread" }, made("h2", { id: "palette-title" }, "Search or do"), close),
      made("label", { for: "palette-words", class: "visually-hidden" }, "Words, a number, or what to do"),
      this.box,
      made("p", { id: "palette-keys", class: "hint" }, "↑ and ↓ choose, Enter goes there, Esc closes"),
      this.list,
      this.said,
    );
    close.addEventListener("click", () => this.dialog.close());
    this.box.addEventListener("input", () => this.#later());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener("close", () => this.#before?.focus());
    document.body.append(this.dialog);
  }

  #before = null;

  open() {
    if (this.dialog.open) return;
    this.#before = document.activeElement;
    this.box.value = "";
    this.dialog.showModal();
    this.box.focus();
    this.#ask();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    this.#asking.abort();
    this.#asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.palette, {
        method: "POST",
        body: new URLSearchParams({ q: this.box.value }),
        headers: { Accept: "application/json", "X-CSRFToken": document.querySelector("[name='csrf_token']").value },
        signal: this.#asking.signal,
      });
      if (answer.ok && !answer.redirected) this.#show(await answer.json());
      else this.#show({ groups: [], said: answer.status === 401 ? "You are signed out" : "No suggestions just now" });
    } catch (error) {
      if (error.name !== "AbortError") this.#show({ groups: [], said: "No connection" });
    }
  }

  #show({ groups, said }) {
    this.#options = [];
    this.list.replaceChildren(...groups.map((group, number) => this.#group(group, number)));
    if (groups.length === 0) this.list.append(made("p", { class: "quiet" }, said));
    this.said.textContent = said;
    this.box.setAttribute("aria-expanded", String(this.#options.length > 0));
    this.#choose(this.box.value.trim() && this.#options.length ? 0 : -1);
  }

  #group({ label, items }, number) {
    const id = `palette-group-${number}`;
    const options = items.map(({ text, note, url }) => {
      const option = made("div", { role: "option", id: `palette-${this.#options.length}`, class: "palette-option" });
      option.append(made("span", {}, text), made("span", { class: "small quiet" }, note));
      option.dataset.url = url;
      option.addEventListener("click", () => location.assign(url));
      this.#options.push(option);
      return option;
    });
    const heading = made("p", { id, class: "palette-label", role: "presentation" }, label);
    return made("div", { role: "group", "aria-labelledby": id }, heading, ...options);
  }

  #choose(place) {
    this.#chosen = place;
    for (const [number, option] of this.#options.entries()) {
      option.setAttribute("aria-selected", String(number === place));
    }
    const option = this.#options[place];
    if (option) {
      this.box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const count = this.#options.length;
    if (event.key === "ArrowDown" && count) this.#choose((this.#chosen + 1) % count);
    else if (event.key === "ArrowUp" && count) this.#choose((Math.max(this.#chosen, 0) + count - 1) % count);
    else if (event.key === "Enter" && !event.isComposing) this.#go();
    else return;
    event.preventDefault();
  }

  // Without a choice the words go to the search page, as from the box of the header.
  #go() {
    const option = this.#options[this.#chosen];
    if (option) return location.assign(option.dataset.url);
    form.elements.namedItem("q").value = this.box.value;
    return form.requestSubmit();
  }
}

let palette = null;
document.addEventListener("keydown", (event) => {
  const isControl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!isControl || event.key !== "k" || !form) return;
  event.preventDefault();
  palette ??= new Palette();
  palette.open();
});
