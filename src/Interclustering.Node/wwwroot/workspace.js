// On a phone the ways through the workspace are one line that scrolls: the page that is open is in sight.
const ways = document.querySelector(".side");
const here = ways?.querySelector("[aria-current]");
if (here) ways.scrollLeft = here.offsetLeft - ways.offsetLeft - (ways.clientWidth - here.clientWidth) / 2;

// Asks the radar again whenever a field changes that it looks at. Without script a button does.
const form = document.querySelector("form#item[data-radar]:not([data-radar=''])");
if (form) {
  const watched = new Set(["date", "themes", "audiences", "region", "attendance"]);
  let asked = 0;
  let waiting;
  // Of several sessions, the one whose date was chosen last.
  let chosen = form.querySelector("input[name=date]");

  async function look() {
    const number = ++asked;
    const fields = new FormData(form);
    const query = new URLSearchParams([...fields].filter(([name]) => watched.has(name) || name === "self"));
    query.set("date", chosen?.value ?? "");
    try {
      const answer = await fetch(`${form.dataset.radar}?${query}`);
      if (!answer.ok || number !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const radar = page.querySelector("#radar");
      document.querySelector("#radar").replaceWith(radar);
      document.querySelector("#radar-phrase").textContent = radar.querySelector("[data-phrase]")?.textContent ?? "";
    } catch {
      // The radar is advice: without an answer the last one stays.
    }
  }

  form.addEventListener("change", (event) => {
    if (!watched.has(event.target.name)) return;
    if (event.target.name === "date") chosen = event.target;
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });

  document.addEventListener("click", (event) => {
    const slot = event.target.closest("#radar button[name=slot]");
    if (!slot || !chosen) return;
    event.preventDefault();
    chosen.value = slot.value;
    chosen.focus();
    look();
  });
}

// The receipt of a publication moves by itself while one watches. Without script it does at the next load.
const follow = document.querySelector("#accuse[data-follow]")?.dataset.follow;
if (follow) {
  const source = new EventSource(follow);
  source.addEventListener("state", async (event) => {
    const receipt = document.querySelector("#accuse");
    if (event.data === receipt.dataset.state) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = page.querySelector("#accuse");
      if (!fresh) return;
      receipt.replaceChildren(...fresh.childNodes);
      receipt.dataset.state = fresh.dataset.state;
      if (!fresh.dataset.follow) source.close();
    } catch {
      // The next state brings the page up to date.
    }
  });
}
