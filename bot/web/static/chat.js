// Sends the chat's forms without leaving the page. Without this file they are plain forms and nothing is missing.
"use strict";

const part = (id, page = document) => page.getElementById(id);
let isSending = false;

document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  const sent = new FormData(form);
  const body = form.enctype === "multipart/form-data" ? sent : new URLSearchParams(sent);
  if (button?.name) body.append(button.name, button.value);
  button?.classList.add("pressed");
  part("chat").setAttribute("aria-busy", "true");
  try {
    show(await (await fetch(form.action, { method: "POST", body })).text());
  } catch {
    say(part("chat").dataset.offline);
  }
  button?.classList.remove("pressed");
  part("chat")?.removeAttribute("aria-busy");
  isSending = false;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-find]"), form = button?.form;
  if (!button || isSending) return;
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const { latitude, longitude, altitude, accuracy } = coords;
    form.elements.text.value = [latitude, longitude, altitude ?? 0, accuracy].map((n) => +n.toFixed(7)).join(" ");
    form.requestSubmit();
  }, () => say(button.dataset.find), { enableHighAccuracy: true, timeout: 20000 });
});

const offerToFind = () => {
  for (const button of document.querySelectorAll("[data-find]")) button.hidden = !navigator.geolocation;
};
offerToFind();

function say(sentence) {
  part("problem").textContent = sentence;
  part("problem").scrollIntoView({ block: "center" });
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const trouble = part("trouble", page);
  if (trouble) return say(trouble.textContent);
  if (!part("now", page)) return document.body.replaceWith(page.body);
  const wrote = document.activeElement?.matches("input[type=text], textarea");
  keepDraft(page);
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  for (const id of ["skip", "head", "past", "earlier", "now", "foot"]) part(id).replaceWith(part(id, page));
  part("chat").dataset.offline = part("chat", page).dataset.offline;
  part("log").ariaLabel = part("log", page).ariaLabel;
  addNews(part("talk"), part("talk", page));
  offerToFind();
  const now = part("now");
  ((wrote && now.querySelector(".answer [name=text]")) || now).focus({ preventScroll: true });
  now.scrollIntoView({ block: now.offsetHeight > innerHeight / 2 ? "start" : "nearest" });
}

// The log is not drawn anew: readers of the screen are told only what has come to it.
function addNews(old, fresh) {
  const known = new Map([...old.children].map((item) => [item.innerHTML, item]));
  const items = [...fresh.children].map((item) => known.get(item.innerHTML) ?? item);
  for (const item of [...old.children]) if (!items.includes(item)) item.remove();
  for (const [i, item] of items.entries()) if (old.children[i] !== item) old.insertBefore(item, old.children[i] ?? null);
}

// What is being written survives a look at the menu.
function keepDraft(page) {
  const before = part("now").querySelector(".answer [name=text]");
  const after = part("now", page).querySelector(".answer [name=text]");
  const isSame = (page.querySelector("#now [name=place]")?.value === document.querySelector("#now [name=place]")?.value);
  if (before && after && isSame && !part("now").matches(".places")) after.value = before.value;
}
