// What the pages do beyond plain links and forms. Everything works without it.
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

// A drawing wider than the screen is first seen in its middle, where the instrument itself stands.
for (const drawing of document.querySelectorAll(".drawing")) {
  drawing.scrollLeft = (drawing.scrollWidth - drawing.clientWidth) / 2;
}

// Results as one types: the list alone is fetched and replaced, the address follows.
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
      shown = query;
      history.replaceState(null, "", page);
    } catch (error) {
      // A newer query took over, or the server is gone: the form still submits.
      if (error.name !== "AbortError") shown = null;
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, 150);
  });
}

// A file dropped on the draft form is chosen; one that is too large is told before it is sent.
const draft = document.querySelector("form[data-drop]");
if (draft) {
  const file = draft.querySelector("input[type=file]");
  const text = draft.querySelector("textarea");
  const status = document.getElementById("drop-status");
  const limit = Number(draft.dataset.limit);
  const tooLarge = () => file.files[0] && file.files[0].size > limit;
  const tell = () => {
    status.textContent = tooLarge() ? draft.dataset.tooLarge : "";
    // A file goes before the text, so the text of an earlier check must not stay beside it.
    if (file.files[0]) text.value = "";
  };

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
  draft.addEventListener("submit", (event) => {
    if (tooLarge()) {
      event.preventDefault();
      tell();
    }
  });
}
