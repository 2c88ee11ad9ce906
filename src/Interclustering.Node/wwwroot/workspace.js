// On a phone the ways through the workspace are one line that scrolls: the page that is open is in sight.
const ways = document.querySelector(".side");
const here = ways?.querySelector("[aria-current]");
if (here) ways.scrollLeft = here.offsetLeft - ways.offsetLeft - (ways.clientWidth - here.clientWidth) / 2;

// Asks the radar again whenever a field changes that it looks at. Without script a button does.
const form = document.querySelector("form#item[data-radar]:not([data-radar=''])");
if (form) {
  const watched = ["date", "start", "end", "endDate", "allDay", "repeat", "except", "timeZone", "themes", "audiences", "region", "attendance"];
  const sent = [...watched, "sessionId", "label", "self"];
  const longestQuery = 6000;
  const compared = ["title", "date", "start", "placeName", "city", "registrationUrl", "onlineUrl", "platformUrl", "different"];
  let asked = 0;
  let waiting;
  // Of several sessions, the one whose date was chosen last.
  let chosen = form.querySelector("input[name=date]");

  async function look() {
    const number = ++asked;
    let query = new URLSearchParams([...new FormData(form)].filter(([name, value]) => sent.includes(name) && typeof value === "string"));
    // Of a very long list of sessions, the chosen one alone.
    if (query.toString().length > longestQuery) {
      for (const name of ["date", "start", "end", "endDate", "except", "sessionId", "label"]) query.delete(name);
      query.set("date", chosen?.value ?? "");
    }
    query.set("chosen", chosen?.value ?? "");
    try {
      const answer = await fetch(`${form.dataset.radar}?${query}`);
      if (!answer.ok || number !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelector("#radar").replaceWith(page.querySelector("#radar"));
      rove();
    } catch {
      // The radar is advice: without an answer the last one stays.
    }
  }

  // What is published already and looks like what is typed.
  async function compare() {
    if (!form.dataset.alike) return;
    const query = new URLSearchParams([...new FormData(form)].filter(([name, value]) => (compared.includes(name) || name === "self") && typeof value === "string"));
    if (query.toString().length > longestQuery) return;
    try {
      const answer = await fetch(`${form.dataset.alike}?${query}`);
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#ressemble");
      if (fresh) document.querySelector("#ressemble")?.replaceWith(fresh);
    } catch {
      // It is advice: without an answer the last one stays.
    }
  }

  // One stop of the Tab key for all free days (WAI-ARIA Authoring Practices, toolbar).
  const slots = () => [...document.querySelectorAll("#radar button[name=slot]")];
  const rove = () => slots().forEach((slot, index) => { slot.tabIndex = index === 0 ? 0 : -1; });
  rove();
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const all = slots();
    const now = all.indexOf(document.activeElement);
    if (!step || now < 0) return;
    event.preventDefault();
    const next = all[(now + step + all.length) % all.length];
    all.forEach((slot) => { slot.tabIndex = slot === next ? 0 : -1; });
    next.focus();
  });

  // The boxes of what looks alike belong to the form and stand outside of it.
  document.addEventListener("change", (event) => {
    if (event.target.form === form && compared.includes(event.target.name)) compare();
  });

  form.addEventListener("change", (event) => {
    if (!watched.includes(event.target.name)) return;
    if (event.target.name === "date") chosen = event.target;
    clearTimeout(waiting);
    waiting = setTimeout(look, 150);
  });

  document.addEventListener("click", (event) => {
    const slot = event.target.closest("#radar button[name=slot]");
    if (!slot || !chosen) return;
    event.preventDefault();
    const dates = [...form.querySelectorAll("input[name=date]")];
    const last = form.querySelectorAll("input[name=endDate]")[dates.indexOf(chosen)];
    // What lasts several days lasts as long.
    if (last?.valueAsNumber > chosen.valueAsNumber) last.valueAsNumber += Date.parse(slot.value) - chosen.valueAsNumber;
    chosen.value = slot.value;
    chosen.focus();
    look();
  });
}

// The receipt of a publication, and the state of a joint webinar's dossier, move by themselves while one watches. Without script they do at the next load.
const followed = document.querySelector("#accuse[data-follow]:not([data-follow=''])");
if (followed) {
  const source = new EventSource(followed.dataset.follow);
  // What stands before the dot is how much has been said: more of it is news for who reads.
  const said = followed.dataset.state.split(".")[0];
  source.addEventListener("state", async (event) => {
    const receipt = document.querySelector("#accuse");
    if (event.data === receipt.dataset.state) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = page.querySelector("#accuse");
      if (!fresh) return;
      receipt.replaceChildren(...fresh.childNodes);
      // The line under the title says how far it is, too; so does the receipt of an announcement, a replay or a sheet.
      for (const name of ["#faits", "#recu", "#jour"]) {
        const newer = page.querySelector(name);
        if (newer) document.querySelector(name)?.replaceWith(newer);
      }
      // What can be handed on once it is visible; a text that is being selected stays.
      const share = document.querySelector("#partage");
      const ready = page.querySelector("#partage");
      if (share && ready && !share.childElementCount && ready.childElementCount) {
        share.replaceChildren(...ready.childNodes);
        share.dispatchEvent(new CustomEvent("arrived", { bubbles: true }));
      }
      receipt.dataset.state = fresh.dataset.state;
      const news = receipt.querySelector("[data-news]");
      if (news) news.hidden = fresh.dataset.state.split(".")[0] === said;
      if (!fresh.dataset.follow) source.close();
    } catch {
      // The next state brings the page up to date.
    }
  });
}

// On the day, what is going on moves with the clock, for a speaker without an account as well.
const day = document.querySelector("#jour[data-clock]");
if (day) setInterval(async () => {
  const here = document.querySelector("#jour");
  if (document.hidden || here.contains(document.activeElement)) return;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#jour");
    if (fresh && fresh.textContent !== here.textContent) here.replaceWith(fresh);
  } catch {
    // The next minute asks again.
  }
}, 15000);
