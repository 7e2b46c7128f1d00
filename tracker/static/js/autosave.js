// Keeps a draft on the server while one types, and says how that stands. Nothing is put into the browser's own storage.

const PAUSE = 2000;
const WHILE_TYPING = 3000;
const AGAIN = 5000;
const AGAIN_AT_MOST = 60000;
const SPOKEN_EVERY = 60000;
// More than this a browser does not send for a page that is going.
const LAST_WORDS = 60000;
const OFFLINE = "Not saved: no connection. Keep this page open, we will try again";
const SIGNED_OUT = "You are signed out. Your text is on this page: sign in in another tab, then it will be kept";

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

// A page may hold several forms, each a draft of its own; they share the one place where their state is said.
const drafts = [];
// One draft after another: two at once would each find the record changed by the other.
let queue = Promise.resolve();
const isAnyUnkept = () => drafts.some((draft) => draft.isFailing || draft.isRefused);

class Draft {
  isDirty = false;
  isStopped = false;
  isFailing = false;
  isRefused = false;
  sending = null;
  #timer;
  #since = 0;
  #failures = 0;

  constructor(form, status) {
    this.form = form;
    this.status = status;
  }

  touched() {
    // After a failure the next try has its time already.
    if (this.isStopped || (this.isFailing && this.isDirty)) return;
    const now = Date.now();
    if (!this.isDirty) this.#since = now;
    this.isDirty = true;
    this.#later(Math.max(0, Math.min(PAUSE, this.#since + WHILE_TYPING - now)));
  }

  async save() {
    clearTimeout(this.#timer);
    if (this.isStopped || !this.isDirty || this.sending) return this.sending;
    this.isDirty = false;
    if (!isAnyUnkept()) this.status.say("Saving…", { isSpoken: false });
    this.sending = queue.then(() => this.#send());
    queue = this.sending;
    await this.sending;
    this.sending = null;
    if (this.isDirty && !this.isStopped) this.#later(this.isFailing ? this.#pause() : PAUSE);
  }

  // Goes on though the page is left meanwhile, when it is short enough for that.
  request() {
    const typed = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
    const body = new URLSearchParams(typed);
    return fetch(this.form.dataset.autosaveUrl, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": this.form.elements.namedItem("csrf_token").value },
      keepalive: body.toString().length < LAST_WORDS,
    });
  }

  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), wait);
  }

  // Each time that fails makes the next wait longer, up to a minute.
  #pause() {
    return Math.min(AGAIN * 2 ** (this.#failures - 1), AGAIN_AT_MOST);
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
    if (!isJson) return this.#failed(answer.redirected || answer.status === 400 ? SIGNED_OUT : OFFLINE);
    const said = await answer.json();
    if (answer.status === 401) return this.#signedOut(said.csrf_token);
    if (said.conflict) {
      this.isStopped = true;
      this.isRefused = true;
      return this.status.say(said.conflict, { isFailed: true });
    }
    if (answer.status === 503) return this.#failed(OFFLINE);
    if (said.problem) return this.#wait(`Not saved: ${said.problem}`);
    if (!answer.ok) return this.#failed(OFFLINE);
    this.isFailing = false;
    this.#failures = 0;
    const held = this.form.elements.namedItem("draft_version") ?? this.form.elements.namedItem("version");
    if (held && said.version !== undefined) held.value = said.version;
    document.dispatchEvent(new Event("answered"));
    return isAnyUnkept() ? undefined : this.status.say(`Draft kept at ${said.saved_at}`);
  }

  // Whoever wrote this has signed in again elsewhere when a new guard against forgery comes with the answer.
  async #signedOut(guard) {
    if (!guard || this.form.elements.namedItem("csrf_token").value === guard) return this.#failed(SIGNED_OUT);
    for (const field of document.querySelectorAll("input[name='csrf_token']")) field.value = guard;
    return this.#heard(await this.request());
  }

  // Tries again by itself.
  #failed(words) {
    this.isFailing = true;
    this.isDirty = true;
    this.#failures += 1;
    this.status.say(words, { isFailed: true });
  }

  // Waits for the writer to change something.
  #wait(words) {
    this.isFailing = true;
    this.status.say(words, { isFailed: true });
  }
}

const watch = (form, status) => {
  const draft = new Draft(form, status);
  drafts.push(draft);
  form.addEventListener("input", () => draft.touched());
  form.addEventListener("change", () => draft.touched());
  form.addEventListener("focusout", () => draft.save());
  addEventListener("online", () => draft.save());
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
    // What stands in the other forms is kept first: the next page shows what is stored of them.
    const others = drafts.filter((one) => one !== draft && one.isDirty && !one.isFailing && !one.isStopped);
    const waits = [draft.sending, ...others.map((one) => one.save())].filter(Boolean);
    if (waits.length === 0) return;
    event.preventDefault();
    Promise.allSettled(waits).then(() => form.requestSubmit(submitter));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) draft.isStopped = false;
  });
  addEventListener("pagehide", () => {
    if (draft.isDirty && !draft.isStopped && !draft.sending) draft.request().catch(() => {});
  });
  // A phone may throw a page away that is only out of sight.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) draft.save();
  });
  addEventListener("beforeunload", (event) => {
    if (draft.isFailing && !draft.isStopped) event.preventDefault();
  });
};

const shared = new Status();
for (const form of document.querySelectorAll("form[data-autosave-url]")) watch(form, shared);
