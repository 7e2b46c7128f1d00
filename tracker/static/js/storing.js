// Shows how far the storing of a plan is, from sending its form until the answer comes; without it the form goes alone.

const EVERY = 1000;
const SPOKEN_EVERY = 5000;
const LOST =
  "There is no answer, so it is not known whether the plan came in. Press the button again: nothing comes in twice.";

class Storing {
  #isSent = false;
  #button = null;
  #spokenAt = 0;

  constructor(form) {
    this.form = form;
    this.buttons = form.querySelector(".buttons");
    this.shown = form.querySelector("[data-storing]");
    this.words = this.shown.querySelector("label");
    this.bar = this.shown.querySelector("progress");
    this.said = form.querySelector("[data-storing-said]");
    this.failed = form.querySelector("[data-storing-failed]");
    // Throwing the import away has an address of its own, and goes there as ever.
    form.addEventListener("submit", (event) => {
      if (!this.#isSent && event.submitter?.hasAttribute("formaction")) return;
      event.preventDefault();
      if (!this.#isSent) this.#send(event.submitter);
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.#rest();
    });
  }

  async #send(button) {
    this.#begin(button);
    const asking = new AbortController();
    this.#follow(asking.signal);
    try {
      const body = new URLSearchParams(new FormData(this.form));
      const answer = await fetch(this.form.action, { method: "POST", body, redirect: "manual" });
      asking.abort();
      await this.#heard(answer);
    } catch {
      asking.abort();
      await this.#lost();
    }
  }

  // A plan that is in leads on from this very page, which keeps for the next one what is to be said there.
  async #heard(answer) {
    if (answer.type === "opaqueredirect") return location.assign(this.form.action);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-storing-url]");
    if (!fresh) return this.#lost();
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    new Storing(fresh);
    return document.querySelector("[data-focus]")?.focus();
  }

  // The service may go on although its answer went astray.
  async #lost() {
    const said = await this.#ask();
    if (said?.onward) return location.assign(said.onward);
    if (!said?.words) return this.#fail();
    this.#show(said);
    await new Promise((resolve) => setTimeout(resolve, EVERY));
    return this.#lost();
  }

  async #follow(signal) {
    while (!signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, EVERY));
      const said = signal.aborted ? null : await this.#ask(signal);
      if (said?.words && !signal.aborted) this.#show(said);
    }
  }

  async #ask(signal) {
    try {
      const answer = await fetch(this.form.dataset.storingUrl, { headers: { Accept: "application/json" }, signal });
      return answer.ok && !answer.redirected ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  #begin(button) {
    this.#isSent = true;
    this.#button = button;
    this.failed.hidden = true;
    this.bar.removeAttribute("value");
    this.buttons.hidden = true;
    this.shown.hidden = false;
    this.shown.focus();
    this.#say(this.words.textContent);
  }

  #show({ words, done, of }) {
    this.words.textContent = words;
    this.bar.max = of;
    // The change log comes last and takes its time, of which nothing is known.
    if (done < of) this.bar.value = done;
    else this.bar.removeAttribute("value");
    if (Date.now() - this.#spokenAt > SPOKEN_EVERY) this.#say(words);
  }

  #say(words) {
    this.said.textContent = words;
    this.#spokenAt = Date.now();
  }

  #fail() {
    this.#rest();
    this.failed.textContent = LOST;
    this.failed.hidden = false;
    this.#say(LOST);
    this.#button?.focus();
  }

  #rest() {
    this.#isSent = false;
    this.shown.hidden = true;
    this.buttons.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-storing-url]")) new Storing(form);
