// What the pages do beyond plain links and forms. Every page works without this script.
"use strict";

// "/" puts the cursor into the search box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  const box = document.querySelector("input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// A drawing that is wider than the screen is first shown at its middle, where the instrument is.
for (const drawing of document.querySelectorAll(".drawing")) {
  drawing.scrollLeft = (drawing.scrollWidth - drawing.clientWidth) / 2;
}

// Where the filters are beside the results, they are open, for the eye and for a screen reader.
const beside = () => {
  const facets = document.querySelector(".facets");
  if (facets && matchMedia("(min-width: 64.01rem)").matches) facets.open = true;
};
beside();

// Results while one types: only the list is fetched and replaced, and the address follows.
const form = document.querySelector("form[data-live]");
if (form) {
  const box = form.querySelector("input[type=search]");
  const list = document.getElementById(form.dataset.live);
  const start = list.innerHTML;
  const startQuery = box.value.trim();
  let shown = startQuery;
  let timer;
  let pending;

  const address = (query) => {
    const params = new URLSearchParams(new FormData(form));
    if (query) params.set("q", query);
    else params.delete("q");
    return params;
  };

  const update = async () => {
    const query = box.value.trim();
    if (query === shown) return;
    pending?.abort();
    pending = new AbortController();
    const params = address(query);
    const page = params.toString() ? `/?${params}` : "/";
    params.set("fragment", "1");
    try {
      const html =
        query === startQuery
          ? start
          : await fetch(`/?${params}`, { signal: pending.signal }).then((answer) => {
              if (!answer.ok) throw new Error(answer.statusText);
              return answer.text();
            });
      list.innerHTML = html;
      beside();
      shown = query;
      history.replaceState(null, "", page);
    } catch (error) {
      // A newer query replaced this one, or the server is gone: the form can still be sent.
      if (error.name !== "AbortError") shown = null;
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, 150);
  });
}

// Suggestions while one types into a search box: arrows choose, Enter opens the choice, Esc closes the list.
for (const box of document.querySelectorAll("input[data-suggest]")) {
  const lang = document.documentElement.lang;
  const list = document.createElement("ul");
  list.className = "choices";
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggest);
  box.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }
  let asked;
  let timer;
  let at = -1;

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    at = -1;
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (next) => {
    const choices = [...list.children];
    // Before the first choice and after the last one are the words as typed.
    at = ((next + 1 + choices.length + 1) % (choices.length + 1)) - 1;
    choices.forEach((choice, index) => choice.setAttribute("aria-selected", index === at));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", choices[at].id);
    choices[at]?.scrollIntoView({ block: "nearest" });
  };

  const open = (choice) => {
    const { kind, id } = choice.dataset;
    location.assign(`/${kind}s/${encodeURIComponent(id)}${lang === "en" ? "?lang=en" : ""}`);
  };

  const part = (name, words) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = words;
    return span;
  };

  const suggest = async () => {
    const query = box.value.trim();
    asked?.abort();
    if (query.length < 2) return close();
    asked = new AbortController();
    try {
      const params = new URLSearchParams({ q: query, lang });
      const answer = await fetch(`/api/suggest?${params}`, { signal: asked.signal });
      if (!answer.ok || document.activeElement !== box) return close();
      const found = (await answer.json()).slice(0, 6);
      at = -1;
      list.replaceChildren(
        ...found.map(({ id, kind, number, title }, index) => {
          const choice = document.createElement("li");
          choice.id = `choice-${index}`;
          choice.setAttribute("role", "option");
          choice.setAttribute("aria-selected", "false");
          Object.assign(choice.dataset, { kind, id });
          choice.append(part("number", number ?? title));
          if (number && title) choice.append(part("title", title));
          return choice;
        }),
      );
      list.hidden = !found.length;
      box.setAttribute("aria-expanded", found.length > 0);
      box.removeAttribute("aria-activedescendant");
    } catch {
      // A newer word replaced this one, or the server is gone: typing goes on.
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(at + step);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) open(list.children[at]);
    else {
      if (event.key === "Enter") close();
      return;
    }
    event.preventDefault();
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  // The box keeps the focus while the pointer is on a choice.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const choice = event.target.closest("li");
    if (choice) open(choice);
  });
}

// The result of a check: remarks float in the margin beside their words, with links in both directions.
const noted = (outcome) => {
  const sheet = outcome.querySelector(".margin");
  const remarks = [...outcome.querySelectorAll(".remark")];
  const place = (remark) => document.getElementById(remark.dataset.place);
  const GAP = 8;
  let active = null;

  // The active remark is beside its words; those before it move up as far as they can, those after it down.
  const arrange = () => {
    sheet.classList.add("afloat");
    const top = sheet.getBoundingClientRect().top;
    const shown = remarks.filter((remark) => remark.offsetParent);
    const boxes = shown.map((remark) => ({
      remark,
      tall: remark.offsetHeight,
      at: place(remark).closest("mark").getBoundingClientRect().top - top,
    }));
    const pushDown = (from, above) => {
      for (const box of boxes.slice(from)) {
        box.at = Math.max(box.at, above);
        above = box.at + box.tall + GAP;
      }
    };
    pushDown(0, 16);
    const pin = shown.indexOf(active);
    if (pin >= 0) {
      const wanted = place(active).closest("mark").getBoundingClientRect().top - top;
      const before = boxes.slice(0, pin).reduce((sum, box) => sum + box.tall + GAP, 16);
      boxes[pin].at = Math.max(wanted, before);
      for (let at = pin - 1; at >= 0; at -= 1) {
        boxes[at].at = Math.min(boxes[at].at, boxes[at + 1].at - boxes[at].tall - GAP);
      }
      for (let at = pin + 1; at < boxes.length; at += 1) {
        boxes[at].at = place(boxes[at].remark).closest("mark").getBoundingClientRect().top - top;
      }
      pushDown(pin + 1, boxes[pin].at + boxes[pin].tall + GAP);
    }
    for (const { remark, at } of boxes) remark.style.setProperty("--top", `${at}px`);
    const last = boxes.at(-1);
    sheet.style.setProperty("--tall", last ? `${last.at + last.tall + 20}px` : "0");
  };

  const choose = (remark, target) => {
    active = remark;
    for (const one of outcome.querySelectorAll(".active")) one.classList.remove("active");
    remark.classList.add("active");
    place(remark).closest("mark").classList.add("active");
    arrange();
    target.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };

  outcome.addEventListener("click", (event) => {
    const copy = event.target.closest("button.copy");
    if (copy) {
      copied(copy);
      return;
    }
    const mark = event.target.closest("mark.finding");
    const remark = event.target.closest(".remark");
    const link = event.target.closest("a");
    if (link && !link.classList.contains("ref")) return;
    if (link) event.preventDefault();
    if (mark) {
      const wanted = link ?? [...mark.querySelectorAll(".ref")].find((ref) => ref.offsetParent);
      const found = wanted && remarks.find((one) => one.dataset.place === wanted.id);
      if (!found) return;
      choose(found, found);
      if (link) found.focus({ preventScroll: true });
    } else if (remark && !getSelection().toString()) {
      choose(remark, place(remark).closest("mark"));
      if (link) place(remark).focus({ preventScroll: true });
    }
  });
  for (const button of outcome.querySelectorAll("button.copy")) button.hidden = false;
  const unfold = outcome.querySelector("[data-unfold]");
  if (unfold) {
    unfold.hidden = false;
    unfold.addEventListener("click", () => {
      for (const fold of outcome.querySelectorAll(".fold")) fold.open = true;
      unfold.closest(".folds").hidden = true;
      outcome.focus({ preventScroll: true });
    });
  }
  if (!remarks.length) return;
  outcome.addEventListener("change", arrange);
  arrange();
  // Remarks glide when they make room. Their first places are set before the transition is switched on.
  void sheet.offsetHeight;
  sheet.classList.add("settled");
  new ResizeObserver(arrange).observe(sheet);
};

// The suggestion beside a button is copied to the clipboard, also where the page came over a network without
// encryption, so that the browser offers no clipboard.
const copied = async (button) => {
  const words = button.parentElement.querySelector("ins").textContent;
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const box = document.createElement("textarea");
    box.value = words;
    box.className = "hidden";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    if (!done) return;
  }
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = label), 1500);
};

const outcome = document.getElementById("outcome");
if (outcome) noted(outcome);

// A file that is dropped on the draft form is chosen; one that is too large is reported before it is sent. The script
// sends the draft, so that the page shows the progress and the file stays chosen for downloads after the check.
const draft = document.querySelector("form[data-drop]");
if (draft) {
  const file = draft.querySelector("input[type=file]");
  const text = draft.querySelector("textarea");
  const status = document.getElementById("drop-status");
  const progress = document.getElementById("progress");
  const limit = Number(draft.dataset.limit);
  const tooLarge = () => file.files[0] && file.files[0].size > limit;
  const tell = () => {
    status.textContent = tooLarge() ? draft.dataset.tooLarge : "";
    // The server takes the file before the text, so the text of an earlier check must not stay in its box.
    if (file.files[0]) text.value = "";
  };
  const result = document.getElementById("result");
  const place = draft.querySelector(".busy");
  let busy = false;

  file.addEventListener("change", tell);
  text.addEventListener("input", () => {
    if (file.value) {
      file.value = "";
      tell();
    }
  });
  for (const name of ["dragenter", "dragover"]) {
    draft.addEventListener(name, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      draft.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    draft.addEventListener(name, () => draft.classList.remove("over"));
  }
  draft.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    tell();
  });

  // While a draft is checked, the progress is where the result will be, so that nothing moves when it comes.
  const wait = (on, alone) => {
    busy = on;
    document.body.classList.toggle("waiting", on && alone);
    if (on && alone) {
      result.replaceChildren(...place.childNodes);
      scrollTo(0, 0);
    } else if (!on) place.append(progress, status);
    draft.setAttribute("aria-busy", on);
    progress.hidden = !on;
    for (const button of document.querySelectorAll("button[type=submit]")) button.disabled = on;
  };

  const save = async (blob, disposition) => {
    const name = decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1] ?? "danchieu");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    status.textContent = `${draft.dataset.saved} ${name}`;
  };

  const show = async (blob) => {
    const answer = new DOMParser().parseFromString(await blob.text(), "text/html");
    const part = answer.getElementById("result") ?? answer.getElementById("main");
    result.replaceChildren(...[...part.childNodes].map((node) => document.adoptNode(node)));
    status.textContent = "";
    const outcome = document.getElementById("outcome");
    if (outcome) noted(outcome);
    outcome?.focus({ preventScroll: true });
  };

  const send = (body) => {
    const alone = !body.get("want");
    const request = new XMLHttpRequest();
    const { sending, reading, seconds, failed } = draft.dataset;
    let since;
    let clock;
    request.open("POST", draft.action);
    request.responseType = "blob";
    request.upload.addEventListener("progress", (event) => {
      if (since || !event.lengthComputable) return;
      progress.value = event.loaded / event.total;
      status.textContent = `${sending} ${Math.round(progress.value * 100)} %`;
    });
    request.upload.addEventListener("load", () => {
      since = Date.now();
      progress.removeAttribute("value");
      status.textContent = reading;
      clock = setInterval(() => {
        status.textContent = `${reading} ${Math.round((Date.now() - since) / 1000)} ${seconds}`;
      }, 1000);
    });
    request.addEventListener("loadend", async () => {
      clearInterval(clock);
      if (alone && request.status && !request.getResponseHeader("Content-Disposition")) {
        // The answer is shown before the form, so that neither moves the other.
        await show(request.response);
        wait(false);
        return;
      }
      wait(false);
      if (!request.status) {
        status.textContent = failed;
        return;
      }
      const disposition = request.getResponseHeader("Content-Disposition");
      await (disposition ? save(request.response, disposition) : show(request.response));
    });
    wait(true, alone);
    request.send(body);
  };

  draft.addEventListener("submit", (event) => {
    event.preventDefault();
    if (tooLarge()) {
      tell();
      return;
    }
    if (busy) return;
    const body = new FormData(draft);
    if (event.submitter?.name) body.set(event.submitter.name, event.submitter.value);
    send(body);
  });
}

// Arrows move from the search box into the results and from row to row of a list; Enter opens the row. A key that was
// handled elsewhere is left alone.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const box = event.target.closest("input[type=search]");
  const list = box ? document.querySelector(".hits") : event.target.closest(".hits, [data-list]");
  if (!list || (!box && event.target.localName !== "a")) return;
  const stops = [...list.children].map((row) => row.querySelector("a")).filter((link) => link);
  const row = box ? -1 : [...list.children].filter((one) => one.querySelector("a")).findIndex((one) => one.contains(event.target));
  const next = stops[row + step];
  if (!next && !(row === 0 && step < 0 && list.matches(".hits"))) return;
  event.preventDefault();
  const search = document.querySelector(".search input[type=search]");
  (next ?? search).focus();
});

// Moves through the citations of a document, by buttons or by the keys n and p.
const walk = document.querySelector("[data-walk]");
if (walk) {
  const marks = [...document.querySelectorAll(".sheet .cite")];
  const told = walk.querySelector("[role=status]");
  let at = -1;
  const go = (step) => {
    // Starts from the citation in focus, else from the one that was shown last.
    const here = marks.indexOf(document.activeElement);
    const from = here >= 0 ? here : at;
    if (from < 0) at = step > 0 ? 0 : marks.length - 1;
    else at = (from + step + marks.length) % marks.length;
    const mark = marks[at];
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
    told.textContent = `${at + 1} ${told.dataset.of}`;
  };
  walk.hidden = marks.length === 0;
  walk.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) go(Number(button.dataset.step));
  });
  document.addEventListener("keydown", (event) => {
    const step = { n: 1, p: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    go(step);
  });
}
