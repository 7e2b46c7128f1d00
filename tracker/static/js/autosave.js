// Keeps a draft on the server while one types, and says how that stands. Nothing is put into the browser's own storage.

const PAUSE = 2000;
const WHILE_TYPING = 3000;
const AGAIN = 5000;
const SPOKEN_EVERY = 60000;
const OFFLINE = "Not saved: no connection. Keep this page open, we will try again";
const SIGNED_OUT = "Not saved: you are signed out. Keep this page open, sign in in another tab, then change a word here";

class Status {
  #spokenAt = 0;

  constructor() {
    this.spoken = document.querySelector("[data-autosave-status]");
    this.shown = document.querySelector("[data-autosave-shown]") ?? this.spoken;
  }

  say(words, { isFailed = false, isSpoken = true } = {}) {
    if (!this.spoken) return;
    this.shown.parentElement.classList.toggle("draft-state-failed", isFailed);
    this.shown.textContent = words;
    if (isFailed ? this.spoken.textContent !== words : isSpoken && Date.now() - this.#spokenAt > SPOKEN_EVERY) {
      this.spoken.textContent = words;
      this.#spokenAt = Date.now();
    }
  }
}

class Draft {
  isDirty = false;
  isStopped = false;
  isFailing = false;
  sending = null;
  #timer;
  #since = 0;

  constructor(form, status) {
    this.form = form;
    this.status = status;
  }

  touched() {
    if (this.isStopped) return;
    const now = Date.now();
    if (!this.isDirty) this.#since = now;
    this.isDirty = true;
    this.#later(Math.max(0, Math.min(PAUSE, this.#since + WHILE_TYPING - now)));
  }

  async save() {
    clearTimeout(this.#timer);
    if (this.isStopped || !this.isDirty || this.sending) return this.sending;
    this.isDirty = false;
    this.status.say("Saving…", { isSpoken: false });
    this.sending = this.#send();
    await this.sending;
    this.sending = null;
    if (this.isDirty && !this.isStopped) this.#later(this.isFailing ? AGAIN : PAUSE);
  }

  request(keepalive = false) {
    const token = this.form.elements.namedItem("csrf_token").value;
    return fetch(this.form.dataset.autosaveUrl, {
      method: "POST",
      body: new URLSearchParams(new FormData(this.form)),
      headers: { Accept: "application/json", "X-CSRFToken": token },
      keepalive,
    });
  }

  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), wait);
  }

  async #send() {
    try {
      await this.#heard(await this.request());
    } catch {
      this.#failed(OFFLINE);
    }
  }

  async #heard(answer) {
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    if (answer.redirected || answer.status === 400 || answer.status === 401) return this.#wait(SIGNED_OUT);
    if (!isJson) return this.#failed(OFFLINE);
    const { saved_at: savedAt, version, conflict, problem } = await answer.json();
    if (conflict) {
      this.isStopped = true;
      return this.status.say(conflict, { isFailed: true });
    }
    if (problem) return this.#wait(`Not saved: ${problem}`);
    if (!answer.ok) return this.#failed(OFFLINE);
    this.isFailing = false;
    const held = this.form.elements.namedItem("version");
    if (held && version !== undefined) held.value = version;
    document.dispatchEvent(new Event("answered"));
    return this.status.say(`Draft kept at ${savedAt}`);
  }

  // Tries again by itself.
  #failed(words) {
    this.isFailing = true;
    this.isDirty = true;
    this.status.say(words, { isFailed: true });
  }

  // Waits for the writer to change something.
  #wait(words) {
    this.isFailing = true;
    this.status.say(words, { isFailed: true });
  }
}

const watch = (form) => {
  const draft = new Draft(form, new Status());
  form.addEventListener("input", () => draft.touched());
  form.addEventListener("change", () => draft.touched());
  form.addEventListener("focusout", () => draft.save());
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      draft.isDirty = !draft.isStopped;
      draft.save();
    }
  });
  // A draft on its way would change the version under the form that follows it.
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    draft.isStopped = true;
    if (!draft.sending) return;
    event.preventDefault();
    draft.sending.finally(() => form.requestSubmit(submitter));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) draft.isStopped = false;
  });
  addEventListener("pagehide", () => {
    if (draft.isDirty && !draft.isStopped && !draft.sending) draft.request(true).catch(() => {});
  });
  addEventListener("beforeunload", (event) => {
    if (draft.isFailing && !draft.isStopped) event.preventDefault();
  });
};

for (const form of document.querySelectorAll("form[data-autosave-url]")) watch(form);
