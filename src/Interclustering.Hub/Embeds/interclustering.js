// The national agenda in a page of another site: <interclustering-agenda src="https://…" layout="list|month|next|sheets" cluster="…" theme="… dark" limit="5" lang="fr">.
// light, dark or auto among the themes is a ground and colours of its own; without one of them,
// fonts and colours are the page's own. No cookie, no dependency. ::part(item), ::part(title), ::part(date), ::part(meta), ::part(badge), ::part(more)
// and the properties --interclustering-line, --interclustering-soft, --interclustering-accent change the rest.
const REPEATED = ['cluster', 'region', 'theme', 'audience', 'format', 'attendance', 'status', 'kind'];
const FILTERS = [...REPEATED, 'q', 'from', 'to', 'layout', 'limit'];
const COLOURS = ['light', 'dark', 'auto'];
const WORDS = {
  fr: { loading: 'Chargement de l’agenda…', error: 'L’agenda ne peut pas être affiché pour le moment.', open: 'Ouvrir l’agenda national', region: 'Agenda' },
  en: { loading: 'Loading the agenda…', error: 'The agenda can’t be shown at the moment.', open: 'Open the national agenda', region: 'Agenda' },
};
const STYLE = `
  :host { display: block; font: inherit; color: inherit; --line: var(--interclustering-line, color-mix(in srgb, currentColor 20%, transparent));
    --soft: var(--interclustering-soft, color-mix(in srgb, currentColor 78%, transparent)); container-type: inline-size; }
  :host([hidden]) { display: none; }
  :host([theme~="light"]), :host([theme~="dark"]), :host([theme~="auto"]) { color-scheme: light dark; padding: .2em 1em 1em;
    border-radius: .5em; background: light-dark(#fff, #10161c); color: light-dark(#16202a, #e8edf0); }
  :host([theme~="light"]) { color-scheme: light; }
  :host([theme~="dark"]) { color-scheme: dark; }
  * { box-sizing: border-box; }
  a { color: inherit; text-underline-offset: .18em; }
  a:hover { color: var(--interclustering-accent, inherit); }
  a:focus-visible, button:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
  ul { list-style: none; margin: 0; padding: 0; }
  li { border-top: 1px solid var(--line); padding-block: .9em; }
  p { margin: 0; }
  time { display: block; color: var(--soft); font-size: .9em; }
  .title { font-size: 1.15em; font-weight: 600; line-height: 1.3; margin-block: .2em .3em; overflow-wrap: anywhere; }
  .title a { text-decoration: none; }
  .title a:hover { text-decoration: underline; }
  .meta { display: flex; flex-wrap: wrap; gap: .2em 1em; align-items: baseline; font-size: .92em; color: var(--soft); }
  .who { display: inline-flex; gap: .45em; align-items: center; }
  .dot { width: .65em; height: .65em; border-radius: 50%; flex: none; background: var(--mark); }
  .badge { border: 1px solid currentColor; border-radius: .3em; padding: 0 .45em; font-size: .88em; font-weight: 600; }
  .cancelled .title { text-decoration: line-through; }
  .more { border-top: 1px solid var(--line); padding-top: .9em; }
  .next time { font-size: 1em; }
  .next .title { font-size: 1.5em; }
  .next li { border-top: 0; border-left: .25em solid var(--mark); padding: .2em 0 .2em 1em; margin-bottom: .9em; }
  .bar { display: flex; align-items: center; justify-content: space-between; gap: 1em; margin-bottom: .6em; font-weight: 600; }
  button { font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: .4em; min-width: 2.2em; min-height: 2.2em; cursor: pointer; }
  table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-bottom: 1em; text-align: center; font-variant-numeric: tabular-nums; }
  th { font-size: .8em; font-weight: 600; color: var(--soft); padding-block: .4em; }
  td { border-top: 1px solid var(--line); height: 2.9em; vertical-align: top; padding: .3em 0 0; }
  td a { font-weight: 700; }
  td .dots { display: flex; justify-content: center; gap: .2em; margin-top: .15em; }
  td .dot { width: .45em; height: .45em; }
  .today { outline: 2px solid currentColor; outline-offset: -3px; border-radius: .4em; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;

// Text of clusters is set as text, never as HTML.
const make = (name, { text, part, ...properties } = {}, ...children) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (part) element.setAttribute('part', part);
  for (const [key, value] of Object.entries(properties)) if (value != null) element[key] = value;
  element.append(...children.filter(Boolean));
  return element;
};

// Only web addresses become links, and only a colour becomes a colour.
const link = (address, text, part) => {
  const element = make('a', { text, part });
  if (/^https?:\/\//i.test(address)) element.href = address;
  return element;
};

class InterclusteringAgenda extends HTMLElement {
  static observedAttributes = [...FILTERS, 'src', 'lang'];
  #root; #month; #asked = 0; #queued = false;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: 'open' });
    // A constructed sheet needs no style-src 'unsafe-inline' in the page's policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [sheet];
  }

  connectedCallback() { this.#queue(); }

  attributeChangedCallback(name, before, after) {
    if (this.isConnected && before !== after) { this.#month = undefined; this.#queue(); }
  }

  // Several attributes that change together are one question.
  #queue() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => { this.#queued = false; this.#load(); });
  }

  get #english() { return (this.getAttribute('lang') ?? document.documentElement.lang ?? '').toLowerCase().startsWith('en'); }
  get #words() { return this.#english ? WORDS.en : WORDS.fr; }
  get #site() { return (this.getAttribute('src') || new URL(import.meta.url).origin).replace(/\/+$/, ''); }

  #address(path, names) {
    const query = new URLSearchParams();
    for (const name of names) {
      const value = this.getAttribute(name)?.trim();
      if (value) for (const each of REPEATED.includes(name) ? value.split(/[\s,]+/) : [value]) {
        if (name !== 'theme' || !COLOURS.includes(each)) query.append(name, each);
      }
    }
    if (path === '/embed/agenda.json' && this.#month) query.set('month', this.#month);
    return `${this.#site}${this.#english ? '/en' : ''}${path}${query.size ? `?${query}` : ''}`;
  }

  async #load(focus) {
    const asked = ++this.#asked;
    if (!this.#root.firstChild) this.#show(make('p', { text: this.#words.loading, part: 'loading' }));
    this.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(this.#address('/embed/agenda.json', FILTERS), { credentials: 'omit', signal: AbortSignal.timeout?.(15000) });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const agenda = await answer.json();
      if (asked === this.#asked) this.#render(agenda, focus);
    } catch {
      // Something shown before is better than an apology.
      if (asked === this.#asked && !this.#root.querySelector('section')) {
        this.#show(make('p', { text: `${this.#words.error} `, part: 'error' },
          link(this.#address('/agenda', FILTERS.filter((name) => name !== 'layout' && name !== 'limit')), this.#words.open, 'more')));
      }
    } finally {
      if (asked === this.#asked) this.removeAttribute('aria-busy');
    }
  }

  #show(...nodes) { this.#root.replaceChildren(...nodes); }

  #render(agenda, focus) {
    const section = make('section', { part: 'agenda', className: agenda.layout });
    section.setAttribute('aria-label', agenda.title || this.#words.region);
    section.lang = this.#english ? 'en' : 'fr';
    if (agenda.month) section.append(this.#bar(agenda.month), this.#grid(agenda.month, agenda.items));
    section.append(agenda.items.length
      ? make('ul', { part: 'list' }, ...agenda.items.map((item) => this.#item(item)))
      : make('p', { text: agenda.empty, part: 'empty' }));
    section.append(make('p', { className: 'more', part: 'more' }, link(agenda.moreUrl, agenda.more, 'link')));
    this.#show(section);
    if (focus) section.querySelector(`.${focus}`)?.focus();
    this.dispatchEvent(new CustomEvent('interclustering-shown', { bubbles: true, detail: { count: agenda.items.length } }));
  }

  #register(item) {
    const register = link(item.register, item.registerLabel, 'register');
    register.setAttribute('aria-label', `${item.registerLabel} : ${item.title}`);
    return register;
  }

  #item(item) {
    const title = make('p', { className: 'title', part: 'title' }, link(item.url, item.title, 'link'));
    if (this.#english) title.lang = 'fr';
    const row = make('li', { part: 'item' },
      make('time', { dateTime: item.day, text: item.hours ? `${item.date}, ${item.hours}` : item.date, part: 'date' }), title,
      make('p', { className: 'meta', part: 'meta' },
        make('span', { className: 'who', part: 'cluster' }, this.#dot(item), make('span', { text: item.clusterName })),
        item.place && make('span', { text: item.place, part: 'place' }),
        item.members && make('span', { text: item.members, className: 'badge', part: 'badge' }),
        item.status && make('span', { text: item.status, className: 'badge', part: 'badge' }),
        item.register && this.#register(item)));
    this.#mark(row, item);
    return row;
  }

  #dot(item) { return this.#mark(make('i', { className: 'dot', part: 'dot', ariaHidden: 'true' }), item); }

  #mark(element, { light, dark }) {
    const colour = /^#[0-9a-f]{6}$/i;
    if (colour.test(light) && colour.test(dark)) {
      element.style.setProperty('--mark', light);
      element.style.setProperty('--mark', `light-dark(${light}, ${dark})`);
    }
    return element;
  }

  #bar(month) {
    const button = (name, sign, to, label) => {
      const element = make('button', { type: 'button', text: sign, className: name, part: 'button', ariaLabel: label });
      element.addEventListener('click', () => { this.#month = to; this.#load(name); });
      return element;
    };
    return make('div', { className: 'bar', part: 'bar' }, button('before', '←', month.before, month.beforeLabel),
      make('span', { text: month.label, ariaLive: 'polite' }), button('after', '→', month.after, month.afterLabel));
  }

  #grid(month, items) {
    const weeks = [];
    for (let cell = 0; cell < month.blank + month.days; cell++) {
      if (cell % 7 === 0) weeks.push(make('tr'));
      weeks.at(-1).append(cell < month.blank ? make('td') : this.#day(month, cell - month.blank + 1, items));
    }
    return make('table', { part: 'month' }, make('caption', { text: month.label, className: 'hidden' }),
      make('thead', {}, make('tr', {}, ...month.weekdays.map((text) => make('th', { text, scope: 'col' })))), make('tbody', {}, ...weeks));
  }

  #day(month, number, items) {
    const day = `${month.first.slice(0, 8)}${String(number).padStart(2, '0')}`;
    const here = items.filter((item) => item.day <= day && day <= item.lastDay);
    const cell = make('td', { className: day === month.today ? 'today' : null, part: 'day' });
    if (!here.length) { cell.textContent = number; return cell; }
    const first = link(here[0].url, number, 'link');
    first.ariaLabel = `${number} : ${here.map((item) => item.title).join(' ; ')}`;
    first.title = here.map((item) => item.title).join('\n');
    cell.append(first, make('span', { className: 'dots' }, ...here.slice(0, 4).map((item) => this.#dot(item))));
    return cell;
  }
}

// A snippet that stands twice in a page defines the element once.
if (!customElements.get('interclustering-agenda')) customElements.define('interclustering-agenda', InterclusteringAgenda);
