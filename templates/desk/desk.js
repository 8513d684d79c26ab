// The review desk of the preview: it shows what the server says and asks it for everything. Words typed and not yet
// saved outlive a reload.
(() => {
  const desk = document.getElementById('desk');
  const { page, slug, token } = desk.dataset;
  const $ = (selector, from = document) => from.querySelector(selector);
  const KEPT = `desk:${location.pathname}`, GO = 'desk:go', FILTER = 'desk:filter', KEYS = 'desk:keys';
  const segments = new Map(); // the cell of each sentence that can be edited, and what is known of it
  const cards = [...document.querySelectorAll('article.story')].map((card) => [card, decodeURIComponent($('a[href*="stories/"]', card)?.href.split(/\/|\.html/).at(-2) ?? '')]);
  const filter = $('#desk-filter'), form = $('#desk-name form');
  let editor = null, opening = null;

  const say = (words = '') => { $('#desk-said').textContent = words; };
  const copy = (id) => $(`#desk-${id}`).content.firstElementChild.cloneNode(true);
  const about = ({ slug: story, lang, number }) => ({ slug: story, lang, number });
  async function ask(what, body = {}) {
    const headers = { 'Content-Type': 'application/json', 'X-Desk-Token': token };
    let answer = { said: desk.dataset.offline };
    asked += 1;
    try {
      answer = await (await fetch(`/.desk/${what}`, { method: 'POST', headers, body: JSON.stringify({ page, ...body }) })).json();
    } catch { /* then the words above are the answer */ }
    asked -= 1;
    setTimeout(reload, 50);
    if (answer.said) say(answer.said);
    if ('undo' in answer) {
      $('#desk-steps').textContent = answer.undo || '';
      $('[data-desk=undo]').disabled = !answer.undo;
    }
    return answer;
  }

  // A reload waits until all that was asked is answered, no form is open and the person's hands rest: what is typed
  // while a page gives way to the next is lost.
  const live = window.LiveReload, reloadNow = live?.performReload.bind(live), REST = 700;
  let asked = 0, due = null, touched = 0, waiting = 0, leaving = false, going = false, left = '';
  function reload() {
    clearTimeout(waiting);
    if (!due || asked || $('dialog[open]')) return;
    const rest = touched + REST - Date.now();
    if (rest > 0) waiting = setTimeout(reload, rest); else leave();
  }
  // What is asked from then on is left to the next page, if it comes.
  function leave() {
    leaving = true;
    reloadNow(due);
    setTimeout(() => { leaving = false; finish(left); }, 20_000);
  }
  const perform = (act, at) => { if (leaving) left = act; else acts[act](at); };
  const finish = (act) => { left = ''; if (acts[act]?.length === 0) acts[act](); }; // others need their place
  for (const kind of ['keydown', 'input', 'pointerdown']) addEventListener(kind, () => { touched = Date.now(); }, true);
  if (live) live.performReload = (message) => { due = message; reload(); };

  // --- the bar ---
  async function look() {
    const seen = await ask('look', { slug, slugs: slug ? [] : cards.slice(0, 500).map(([, story]) => story) });
    if (!seen.segments) return;
    $('#desk-waiting').textContent = seen.waiting;
    $('.desk-counts').innerHTML = seen.counts;
    filter.innerHTML = seen.filters;
    filter.value = sessionStorage.getItem(FILTER) ?? '';
    if (!filter.value) filter.value = '';
    seen.segments.forEach(show);
  }

  // --- the sentences ---
  // The cells of a sentence: one on its story's page, one in each list that names the story.
  function cellsOf({ slug: story, number, lang }) {
    const side = lang === page ? 'own' : 'facing';
    if (!slug) return cards.filter(([, of]) => of === story).map(([card]) => wrapped($(side === 'own' ? ':scope > :is(.own, .standin)' : '.facing > :is(.t, .standin)', card), side));
    if (number) return [$(`#s${number} > .${side}`)];
    const head = $('.head .duo'), title = side === 'own' ? head.firstElementChild : $(':scope > .facing', head);
    return [wrapped(title, side) ?? head.appendChild(Object.assign(document.createElement('div'), { className: side }))];
  }
  function wrapped(title, side) {
    if (!title) return null;
    const cell = document.createElement('div');
    if (side === 'facing' && slug) cell.className = side;
    title.replaceWith(cell);
    cell.append(title);
    return cell;
  }
  const shownAs = (segment) => [...segments].filter(([, one]) => one.slug === segment.slug && one.number === segment.number).map(([cell]) => cell);
  function show(segment) {
    const known = shownAs(segment);
    for (const cell of known.length ? known : cellsOf(segment).filter(Boolean)) {
      if (!known.length) {
        cell.classList.add('desk-cell');
        cell.append(copy('mark'));
      }
      segments.set(cell, segment);
      $('.vh', button(cell)).textContent = `${segment.name}:`;
      $('.desk-state', button(cell)).textContent = segment.state;
    }
  }
  const button = (cell) => $('.desk-mark', cell);
  const cellAt = (node) => [...segments.keys()].find((cell) => cell.contains(node));
  const cellFor = ({ slug: story, number }) => [...segments].find(([, one]) => one.slug === story && one.number === number)?.[0];

  // --- the editor ---
  async function open(cell, kept) {
    const segment = segments.get(cell);
    if (!segment || editor?.cell === cell || !close()) return;
    const mine = opening = {};
    const { panel: markup } = await ask('open', { ...about(segment), mark: kept?.mark, text: kept?.text });
    if (!markup || editor || opening !== mine) return;
    const box = copy('text'), panel = document.createElement('section'), row = cell.parentElement, text = $('textarea', box);
    Object.assign(text, { lang: segment.lang, dir: segment.dir, value: kept?.text ?? segment.text });
    Object.assign(panel, { className: 'desk-panel', lang: desk.lang, dir: desk.dir, ariaLabel: segment.name, innerHTML: markup });
    cell.classList.add('desk-editing');
    row.classList.add('desk-open');
    cell.append(box);
    if (segment.number) row.append(panel); else row.after(panel);
    button(cell).setAttribute('aria-expanded', 'true');
    editor = { segment, now: segment, mark: kept?.mark ?? segment.mark, cell, row, box, panel, text, reason: $('#desk-reason') };
    text.addEventListener('input', typed);
    text.focus({ preventScroll: !!kept });
    if (!kept) return text.setSelectionRange(0, 0);
    editor.reason.value = kept.reason;
    text.setSelectionRange(kept.start, kept.end);
    typed();
  }
  // Where a finding stands: in the text that is typed, or else in the sentence that faces it.
  function find({ dataset: { text: words } }) {
    const { text, row } = editor, at = text.value.indexOf(words);
    if (at >= 0) {
      text.focus();
      return text.setSelectionRange(at, at + words.length);
    }
    const nodes = document.createTreeWalker(row, NodeFilter.SHOW_TEXT, (node) => ([editor.cell, editor.panel].some((part) => part.contains(node)) ? 2 : 1));
    const places = [];
    while (nodes.nextNode()) for (let i = 0; i < nodes.currentNode.length; i += 1) places.push([nodes.currentNode, i]);
    const start = places.map(([node, i]) => node.data[i]).join('').indexOf(words), [last, end] = places[start + words.length - 1] ?? [];
    if (start >= 0) getSelection().setBaseAndExtent(...places[start], last, end + 1);
  }
  const changed = ({ text, reason, segment }) => text.value !== segment.text || reason.value !== reason.defaultValue;
  // Unsaved words are dropped only when asked twice.
  function close(surely = false) {
    if (!editor) return true;
    const { cell, row, box, panel, text } = editor;
    if (!surely && changed(editor) && !editor.leaving) {
      editor.leaving = true;
      text.focus();
      say(desk.dataset.unsaved);
      return false;
    }
    editor = null;
    box.remove();
    panel.remove();
    cell.classList.remove('desk-editing');
    row.classList.remove('desk-open');
    button(cell).setAttribute('aria-expanded', 'false');
    button(cell).focus();
    return true;
  }
  function typed() {
    const at = editor;
    at.sure = at.leaving = null;
    $('.desk-sure', at.panel)?.classList.remove('desk-sure');
    clearTimeout(at.timer);
    at.timer = setTimeout(async () => {
      const text = at.text.value, { findings } = await ask('check', { ...about(at.segment), text });
      if (editor === at && text === at.text.value && findings) $('#desk-findings').innerHTML = findings;
    }, 250);
  }
  // As if it were typed, so that Ctrl+Z brings back what stood there.
  function use(text) {
    editor.text.focus();
    editor.text.select();
    document.execCommand(text ? 'insertText' : 'delete', false, text);
  }

  // --- decisions ---
  // What was doubted is done when asked for again: an approval by a key of its own, for the first leads on.
  async function decide(action, sure = editor?.sure === action) {
    const at = editor;
    if (!at || at.busy) return;
    at.busy = true;
    const { segment, text, reason, mark } = at;
    const answer = await ask('decide', { ...about(segment), mark, action, text: text.value, reason: reason.value, sure });
    at.busy = false;
    if (answer.kind === 'saved') {
      close(true);
      show(answer.segment);
      if (action === 'approve' && slug) await follow(segment);
    } else if (answer.clash) {
      at.now = answer.segment;
      $('.desk-clash', at.panel).innerHTML = answer.clash;
      $('[data-desk=theirs]').focus();
    } else if (answer.kind?.startsWith('sure_')) {
      at.sure = action === 'approve' ? 'accept' : action;
      $(`[data-desk=${at.sure}]`).classList.add('desk-sure');
    }
  }
  // The file said something else than this page knew: the person goes on from there with one of the two texts.
  function settle(text) {
    const { now } = editor;
    Object.assign(editor, { segment: now, mark: now.mark });
    $('.desk-clash', editor.panel).replaceChildren();
    show(now);
    say();
    use(text);
  }

  // --- names ---
  const slugged = (words) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/[a-z0-9]+/g)?.join('-') ?? '';
  // Words for a name that is known already become other forms of it: it has an id and a kind.
  async function of() {
    const words = form.of.value.trim();
    form.en.required = form.ar.required = !words;
    form.kind.disabled = form.id.disabled = !!words;
    $('#desk-known').innerHTML = (await ask('known', { words })).known ?? '';
  }
  function naming({ dataset: known }) {
    const { text } = editor, picked = text.value.slice(text.selectionStart, text.selectionEnd);
    form.reset();
    form.en.value = picked.trim() || known.en || '';
    form.ar.value = known.ar ?? getSelection().toString().trim();
    if (known.kind) form.kind.value = known.kind;
    form.id.value = slugged(form.en.value);
    $('.desk-wrong').textContent = '';
    of();
    $('#desk-name').showModal();
  }
  async function name(event) {
    event.preventDefault();
    const { kind, said } = await ask('name', Object.fromEntries(new FormData(form)));
    if (kind === 'named') $('#desk-name').close();
    else $('.desk-wrong').textContent = said;
  }

  // --- going on ---
  async function next() {
    const at = segments.get(cellAt(document.activeElement)) ?? { slug, number: -1, lang: segments.values().next().value?.lang ?? '' };
    if (!close()) return;
    const found = await ask('next', { filter: filter.value, ...about(at) });
    if (!found.path) return;
    if (found.slug === slug) return arrive(found);
    sessionStorage.setItem(GO, JSON.stringify(found));
    location.href = new URL(`../${found.path}`, $('.mark').href);
  }
  // Approving leads to the next sentence of this story; at its end, to the button that leads on.
  async function follow(segment) {
    const before = opening, found = await ask('next', { filter: filter.value, ...about(segment) });
    if (found.said || editor || opening !== before) return;
    if (found.path && found.slug === slug && found.number > segment.number) await arrive(found);
    else $('[data-desk=next]').focus();
  }
  async function arrive(place) {
    const cell = cellFor(place);
    await open(cell);
    cell?.parentElement.scrollIntoView({ block: 'center' });
  }

  // --- what was open before a reload is open after it; a tab that is closed asks first ---
  addEventListener('beforeunload', (event) => {
    if (editor && changed(editor) && !leaving && !going) event.preventDefault();
  });
  addEventListener('pagehide', () => {
    const place = (cell) => segments.has(cell) && about(segments.get(cell));
    const kept = { scroll: scrollY, focus: place(cellAt(document.activeElement)), said: $('#desk-said').textContent, left, act: desk.contains(document.activeElement) ? document.activeElement.dataset.desk : '' };
    if (editor) {
      const { cell, mark, text, reason } = editor, { value, selectionStart: start, selectionEnd: end } = text;
      kept.editor = { ...place(cell), mark, text: value, reason: reason.value, start, end, changed: changed(editor) };
    }
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  });
  const taken = (key) => {
    const kept = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    return kept ?? {};
  };
  async function restore() {
    const { editor: was, focus, act, scroll, said, left: unasked } = taken(KEPT), go = taken(GO);
    const again = performance.getEntriesByType('navigation')[0]?.type === 'reload';
    if (again && said !== desk.dataset.offline) say(said);
    if (was?.changed && !cellFor(was)) say(`${desk.dataset.gone} ${was.text}`);
    else if (was && (again || was.changed)) await open(cellFor(was), was.changed ? was : undefined);
    else if (go.slug === slug) await arrive(go);
    else if (again && focus && cellFor(focus)) button(cellFor(focus)).focus({ preventScroll: true });
    else if (again && act) $(`[data-desk=${act}]`, desk).focus({ preventScroll: true });
    if (again && scroll !== undefined) scrollTo(0, scroll);
    if (again) finish(unasked);
  }

  // --- keyboard and pointer ---
  const acts = {
    next, undo: () => ask('undo'), open: (at) => open(cellAt(at)), close: () => close(), help: () => $('#desk-help').showModal(), name: naming,
    more: (at) => at.setAttribute('aria-expanded', $('#desk-more').classList.toggle('desk-shown')),
    use: (at) => use(at.dataset.text), find,
    theirs: () => settle(editor.now.text), yours: () => settle(editor.text.value),
    accept: () => editor.sure === 'accept' && decide('approve', true),
    reason: () => (document.activeElement === editor.reason ? decide('withhold') : editor.reason.focus()),
  };
  for (const action of ['approve', 'draft', 'withhold', 'return']) acts[action] = () => decide(action);
  // The second click of a double one asks for nothing again: what is asked twice may drop words.
  document.addEventListener('click', ({ target, detail }) => {
    const at = target.closest('[data-desk]');
    going = !!target.closest('a');
    if (detail > 1 && at?.dataset.desk !== 'undo') return;
    if (at) perform(at.dataset.desk, at);
    else if (!target.closest('a, button, textarea') && getSelection().isCollapsed) open(cellAt(target));
  });
  // Letters are told by their place: an Arabic keyboard has the same shortcuts.
  function shortcut({ code, key, ctrlKey, metaKey, altKey, target }) {
    const ctrl = ctrlKey || metaKey, alt = altKey && !ctrl;
    if (alt && code === 'KeyN') return 'next';
    if (editor && [editor.box, editor.panel].some((part) => part.contains(target))) {
      if (alt) return { KeyW: 'reason', KeyB: 'return', KeyM: 'name', Enter: 'accept' }[code];
      if (ctrl && key === 'Enter') return 'approve';
      if (ctrl && code === 'KeyS') return 'draft';
      if (key === 'Enter' && target === editor.reason) return 'withhold';
      if (key === 'Escape') return 'close';
    }
    if (ctrl || altKey || target.closest('input, textarea, select') || !keys.checked) return '';
    return key === '?' || key === '؟' ? 'help' : { KeyN: 'next', KeyU: 'undo' }[code];
  }
  document.addEventListener('keydown', (event) => {
    const act = $('dialog[open]') ? '' : shortcut(event);
    if (!act) return;
    event.preventDefault();
    perform(act, act === 'name' ? $('[data-desk=name][data-en]') : event.target);
  });
  filter.addEventListener('change', () => sessionStorage.setItem(FILTER, filter.value));
  form.addEventListener('submit', name);
  for (const one of desk.querySelectorAll('dialog')) one.addEventListener('close', reload);
  form.of.addEventListener('input', of);
  form.en.addEventListener('input', () => { form.id.value = slugged(form.en.value); });
  const keys = $('#desk-keys');
  keys.checked = localStorage.getItem(KEYS) !== 'off';
  keys.addEventListener('change', () => localStorage.setItem(KEYS, keys.checked ? 'on' : 'off'));
  // As much as the bar covers stays free at the end of the page, and below what has the focus.
  new ResizeObserver(() => document.documentElement.style.setProperty('--desk', `${desk.offsetHeight}px`)).observe(desk);
  look().then(restore);
})();
