// Keeps a draft on the server while one types, and says how that stands. Nothing is put into the browser's own storage.

// Never longer than this is a word unkept that was typed with a connection, whether one goes on typing or not.
const PAUSE = 2000;
const AGAIN = 5000;
const AGAIN_AT_MOST = 10000;
const SIGNED_OUT_AGAIN = 60000;
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

  // Brings what it says before the eyes of whoever pressed a button far below it.
  show() {
    if (!this.spoken) return;
    this.shown.parentElement.tabIndex = -1;
    this.shown.parentElement.focus();
  }
}

// A page may hold several forms, each a draft of its own; they share the one place where their state is said.
const drafts = [];
// One draft after another: two at once would each find the record changed by the other.
let queue = Promise.resolve();
const isAnyUnkept = () => drafts.some((draft) => draft.isFailing || draft.isRefused);
const isAnyCutOff = () => drafts.some((draft) => draft.isCutOff);

class Draft {
  isDirty = false;
  isStopped = false;
  isFailing = false;
  isRefused = false;
  isCutOff = false;
  sending = null;
  #timer;
  #since = 0;
  #failures = 0;
  // What was sent and never answered: it may be stored all the same.
  #unheard = null;

  constructor(form, status) {
    this.form = form;
    this.status = status;
  }

  touched() {
    // What is typed next goes with what waits already.
    if (this.isStopped || this.isDirty) return;
    this.isDirty = true;
    this.#since = Date.now();
    this.#later(PAUSE);
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
    if (this.isDirty && !this.isStopped) this.#later(this.isFailing ? this.#pause() : this.#since + PAUSE - Date.now());
  }

  typed() {
    return new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
  }

  // Goes on though the page is left meanwhile, when it is short enough for that.
  request(body) {
    const guard = this.form.elements.namedItem("csrf_token").value;
    body.set("csrf_token", guard);
    return fetch(this.form.dataset.autosaveUrl, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": guard },
      keepalive: body.toString().length < LAST_WORDS,
    });
  }

  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), wait);
  }

  // Each time that fails makes the next wait longer; longest for who is signed out, and comes back to the page first.
  #pause() {
    return Math.min(AGAIN * 2 ** (this.#failures - 1), this.isCutOff ? AGAIN_AT_MOST : SIGNED_OUT_AGAIN);
  }

  // What went unanswered is sent again word for word, which is no conflict if it was stored; then what came after it.
  async #send() {
    const isAgain = this.#unheard !== null;
    this.#unheard ??= this.typed();
    const sent = this.#unheard;
    try {
      await this.#heard(await this.request(sent));
    } catch {
      this.isCutOff = true;
      return this.#failed(OFFLINE);
    }
    if (isAgain && !this.isFailing && !this.isStopped) {
      this.isDirty = true;
      this.#since = 0;
    }
  }

  async #heard(answer) {
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    if (!isJson && answer.status >= 500) throw new Error("The service did not answer itself");
    this.isCutOff = false;
    if (!isJson) return this.#failed(answer.redirected || answer.status === 400 ? SIGNED_OUT : OFFLINE);
    const said = await answer.json();
    if (answer.status === 401) return this.#signedOut(said.csrf_token);
    this.#unheard = null;
    if (said.conflict) {
      this.isStopped = true;
      this.isRefused = true;
      return this.status.say(said.conflict, { isFailed: true });
    }
    if (answer.status === 503) return this.#failed(OFFLINE);
    const held = this.form.elements.namedItem("draft_version") ?? this.form.elements.namedItem("version");
    if (held && said.version !== undefined) held.value = said.version;
    if (said.problem && said.saved_at) return this.#wait(`Kept at ${said.saved_at}, but not this: ${said.problem}`);
    if (said.problem) return this.#wait(`Not saved: ${said.problem}`);
    if (!answer.ok) return this.#failed(OFFLINE);
    this.isFailing = false;
    this.#failures = 0;
    document.dispatchEvent(new Event("answered"));
    return isAnyUnkept() ? undefined : this.status.say(`Draft kept at ${said.saved_at}`);
  }

  // Whoever wrote this has signed in again elsewhere when a new guard against forgery comes with the answer.
  async #signedOut(guard) {
    if (!guard || this.form.elements.namedItem("csrf_token").value === guard) return this.#failed(SIGNED_OUT);
    for (const field of document.querySelectorAll("input[name='csrf_token']")) field.value = guard;
    return this.#heard(await this.request(this.#unheard));
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
    // Without a connection the page would go, and its words with it.
    if (isAnyCutOff()) {
      event.preventDefault();
      draft.isStopped = false;
      Promise.allSettled(drafts.map((one) => one.save())).then(() =>
        isAnyCutOff() ? status.show() : form.requestSubmit(submitter),
      );
      return;
    }
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
    if (draft.isDirty && !draft.isStopped && !draft.sending) draft.request(draft.typed()).catch(() => {});
  });
  // A phone may throw a page away that is only out of sight; and whoever comes back may have signed in meanwhile.
  document.addEventListener("visibilitychange", () => draft.save());
  addEventListener("beforeunload", (event) => {
    if (draft.isFailing && !draft.isStopped) event.preventDefault();
  });
};

const shared = new Status();
for (const form of document.querySelectorAll("form[data-autosave-url]")) watch(form, shared);
