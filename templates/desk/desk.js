// The review desk of the preview: it shows what the server says and asks it for everything. A page that is built anew
// takes the place of the old one around the open sentence: no key and no typed word falls between the two.
(() => {
  const desk = document.getElementById('desk'), served = desk.outerHTML;
  const { page, slug, token } = desk.dataset;
  const $ = (selector, from = document) => from.querySelector(selector);
  const KEPT = `desk:${location.pathname}`, GO = 'desk:go', FILTER = 'desk:filter', KEYS = 'desk:keys';
  const segments = new Map(); // the cell of each sentence that can be edited, and what is known of it
  const cardsOf = (root) => [...root.querySelectorAll('article.story')].map((card) => [card, decodeURIComponent($('a[href*="stories/"]', card)?.getAttribute('href').split(/\/|\.html/).at(-2) ?? '')]);
  const filter = $('#desk-filter');
  let editor = null, cards = [];

  const say = (words = '') => { $('#desk-said').textContent = words; };
  const copy = (id) => $(`#desk-${id}`).content.firstElementChild.cloneNode(true);
  const about = ({ slug: story, lang, number }) => ({ slug: story, lang, number });
  async function ask(what, body = {}) {
    const headers = { 'Content-Type': 'application/json', 'X-Desk-Token': token };
    let answer = { said: desk.dataset.offline };
    try {
      const got = await fetch(`/.desk/${what}`, { method: 'POST', headers, body: JSON.stringify({ page, ...body }) });
      answer = [400, 413].includes(got.status) ? { said: desk.dataset.long } : await got.json();
    } catch { /* then the words above are the answer */ }
    if (answer.said) say(answer.said);
    if ('undo' in answer) {
      $('#desk-steps').textContent = answer.undo || '';
      $('[data-desk=undo]').disabled = !answer.undo;
      $('[data-desk=redo]').disabled = !answer.redo;
    }
    return answer;
  }

  // What is pressed while an answer is on its way waits for it, and is refused if it was meant for another sentence than
  // is open by then; letters that may be meant for one that is being opened are refused at once.
  const ANYWHERE = ['open', 'next', 'undo', 'redo', 'help', 'more'], OPENING = ['open', 'next', 'approve', 'accept'];
  const line = deskLine(desk);
  let leaving = false, going = false, due = null;
  // What the page does last: it gives way to another, and nothing comes after it.
  function leave(act) {
    leaving = going = true;
    act();
    return new Promise(() => {});
  }
  function perform(act, at) {
    if (act === 'late' || leaving) return say(desk.dataset.late);
    const mine = editor, sure = mine?.sure, where = placeOf(cellAt(at));
    line.add(() => ((mine && mine === editor) || ANYWHERE.includes(act) ? acts[act](at, sure, where) : say(desk.dataset.late)), OPENING.includes(act));
    return null;
  }
  const live = window.LiveReload, reloadNow = live?.performReload.bind(live);
  if (live) live.performReload = (message) => {
    if (!due) line.add(renew);
    due = message;
  };

  const naming = deskNames(desk, ask, line.add);

  // --- the bar ---
  async function look(root) {
    const seen = await ask('look', { slug, slugs: slug ? [] : (cards = cardsOf(root)).slice(0, 500).map(([, story]) => story) });
    if (!seen.segments) return false;
    $('#desk-waiting').textContent = seen.waiting;
    $('.desk-counts').innerHTML = seen.counts;
    filter.innerHTML = seen.filters;
    filter.value = sessionStorage.getItem(FILTER) ?? '';
    if (!filter.value) filter.value = '';
    segments.clear();
    for (const segment of seen.segments) show(segment, root);
    return true;
  }

  // --- the sentences ---
  // The cells of a sentence: one on its story's page, one in each list that names the story.
  function cellsOf({ slug: story, number, lang }, root) {
    const side = lang === page ? 'own' : 'facing';
    if (!slug) return cards.filter(([, of]) => of === story).map(([card]) => wrapped($(side === 'own' ? ':scope > :is(.own, .standin)' : '.facing > :is(.t, .standin)', card), side));
    if (number) return [$(`#s${number} > .${side}`, root)];
    const head = $('.head .duo', root), title = side === 'own' ? head.firstElementChild : $(':scope > .facing', head);
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
  function show(segment, root) {
    const known = shownAs(segment);
    for (const cell of known.length ? known : cellsOf(segment, root).filter(Boolean)) {
      if (!known.length) {
        cell.classList.add('desk-cell');
        cell.append(copy('mark'));
      }
      segments.set(cell, segment);
      $('.vh', button(cell)).textContent = `${segment.name}:`;
      $('.desk-state', button(cell)).textContent = segment.state;
    }
  }
  const button = (cell) => cell && $('.desk-mark', cell);
  const cellAt = (node) => [...segments.keys()].find((cell) => cell.contains(node));
  const cellFor = ({ slug: story, number }) => [...segments].find(([, one]) => one.slug === story && one.number === number)?.[0];

  // --- the editor ---
  function lit({ cell, row }, on = true) {
    cell.classList.toggle('desk-editing', on);
    row.classList.toggle('desk-open', on);
    button(cell).setAttribute('aria-expanded', on);
  }
  const panelOf = (segment, { mark, text } = {}) => ask('open', { ...about(segment), mark, text: text?.slice(0, 20_000) });
  async function open(cell, kept, known) {
    const segment = segments.get(cell);
    if (editor?.cell === cell) return editor.text.focus();
    if (!segment || !close()) return;
    const { panel: markup } = known ?? await panelOf(segment, kept);
    if (!markup) return;
    const box = copy('text'), panel = document.createElement('section'), row = cell.parentElement, text = $('textarea', box);
    Object.assign(text, { lang: segment.lang, dir: segment.dir, value: kept?.text ?? segment.text });
    Object.assign(panel, { className: 'desk-panel', lang: desk.lang, dir: desk.dir, ariaLabel: segment.name, innerHTML: markup });
    cell.append(box);
    if (segment.number) row.append(panel); else row.after(panel);
    editor = { segment, now: segment, mark: kept?.mark ?? segment.mark, cell, row, box, panel, text, reason: $('#desk-reason') };
    lit(editor);
    text.addEventListener('input', typed);
    text.focus({ preventScroll: !!kept });
    if (!kept) return text.setSelectionRange(0, 0);
    editor.reason.value = kept.reason;
    text.setSelectionRange(kept.start, kept.end);
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
  const follow = (at, now) => Object.assign(at, { segment: now, now, mark: now.mark });
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
    if (editor.leaving && !surely) say();
    editor = null;
    box.remove();
    panel.remove();
    lit({ cell, row }, false);
    button(cell).focus();
    return true;
  }
  function typed() {
    const at = editor;
    if (at.sure || at.leaving || at.drafted) say();
    at.sure = at.leaving = at.drafted = null;
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
  // What was doubted is done when asked for again, an approval by a key of its own: `sure` if the doubt was on the page
  // when the key was pressed.
  async function decide(action, sure) {
    const { segment, text, reason, mark } = editor, sent = text.value;
    const answer = await ask('decide', { ...about(segment), mark, action, text: sent, reason: reason.value, sure, filter: filter.value, follow: !!slug });
    const at = editor;
    if (answer.kind === 'saved') {
      show(answer.segment);
      if (action === 'draft' || text.value !== sent) {
        follow(at, answer.segment);
        at.drafted = text.value === sent;
        return at.drafted || say(desk.dataset.since);
      }
      close(true);
      if (answer.next) await arrive(answer.next, answer);
      else if (action === 'approve' && slug) $('[data-desk=next]').focus();
    } else if (answer.clash) {
      at.now = answer.segment;
      $('.desk-clash', at.panel).innerHTML = answer.clash;
      if (text.value === sent) $('[data-desk=theirs]').focus();
    } else if (answer.kind?.startsWith('sure_')) {
      at.sure = action === 'approve' ? 'accept' : action;
      $(`[data-desk=${at.sure}]`).classList.add('desk-sure');
    }
  }
  // The file said something else than this page knew: the person goes on from there with one of the two texts.
  function settle(text) {
    const { now } = editor;
    follow(editor, now);
    $('.desk-clash', editor.panel).replaceChildren();
    show(now);
    say();
    use(text);
  }

  // --- going on ---
  async function next() {
    const at = segments.get(cellAt(document.activeElement)) ?? { slug, number: -1, lang: segments.values().next().value?.lang ?? '' };
    if (!close()) return;
    const found = await ask('next', { filter: filter.value, ...about(at) });
    if (!found.path) return;
    if (found.slug === slug) return arrive(found);
    sessionStorage.setItem(GO, JSON.stringify(found));
    return leave(() => { location.href = new URL(`../${found.path}`, $('.mark').href); });
  }
  async function arrive(place, known) {
    const cell = cellFor(place);
    await open(cell, undefined, known);
    cell?.parentElement.scrollIntoView({ block: 'center' });
  }

  // --- the page as it is built anew ---
  async function renew() {
    const message = due;
    due = null;
    const { fresh, failed, other } = await deskFetch(served);
    if (failed === '' || (failed && editor)) return say(failed || desk.dataset.offline);
    if (other) return leave(() => reloadNow(message));
    const focus = placeOf(cellAt(document.activeElement));
    if (!await look(fresh)) return null;
    const was = editor && kept(), cell = was && cellFor(was), { box, panel, cell: mine } = editor ?? {};
    const { stay, settle: done } = deskRenew(fresh, [desk, box, panel], mine, cell);
    const answered = stay ? stayed(cell) : null;
    if (!stay) editor = null;
    done(button(focus && cellFor(focus)));
    return answered ?? (was && reopen(was));
  }
  // The open sentence as its files are now: what was not typed in follows them, and what was typed meets them.
  async function stayed(cell) {
    const at = editor, now = segments.get(cell);
    segments.delete(cell);
    segments.set(at.cell, now);
    lit(at);
    if (!changed(at)) {
      follow(at, now);
      if (at.text.value !== now.text) at.text.value = now.text;
    }
    at.now = now;
    const { panel: markup } = await panelOf(at.segment, { mark: at.mark, text: at.text.value });
    if (!markup) return;
    const fresh = Object.assign(document.createElement('div'), { innerHTML: markup });
    for (const part of ['.desk-clash', '.desk-cols']) {
      const [old, other] = [at.panel, fresh].map((one) => $(part, one));
      if (!old.isEqualNode(other)) old.replaceWith(other);
    }
  }

  // --- what was open before a reload is open after it; a tab that is closed asks first ---
  const placeOf = (cell) => segments.has(cell) && about(segments.get(cell));
  function kept() {
    const { segment, mark, text, reason } = editor, { value, selectionStart: start, selectionEnd: end } = text;
    return { ...about(segment), mark, text: value, reason: reason.value, start, end, changed: changed(editor) };
  }
  addEventListener('beforeunload', (event) => {
    if (editor && changed(editor) && !going) event.preventDefault();
  });
  addEventListener('pagehide', () => {
    if (editor) sessionStorage.setItem(KEPT, JSON.stringify(kept()));
  });
  const taken = (key) => {
    const kept = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    return kept ?? {};
  };
  async function reopen(was) {
    const cell = cellFor(was);
    if (was.changed && !cell) say(`${desk.dataset.gone} ${was.text}`);
    else await open(cell, was.changed ? was : undefined);
  }
  async function restore() {
    const was = taken(KEPT), go = taken(GO), again = performance.getEntriesByType('navigation')[0]?.type === 'reload';
    if (was.slug && (again || was.changed)) await reopen(was);
    else if (go.slug === slug) await arrive(go);
  }

  // --- keyboard and pointer ---
  const acts = {
    next, undo: () => ask('undo'), redo: () => ask('redo'), open: (at, sure, where) => open(cellAt(at) ?? (where && cellFor(where))), close: () => close(), help: () => $('#desk-help').showModal(),
    name: ({ dataset }) => naming(dataset, editor.text.value.slice(editor.text.selectionStart, editor.text.selectionEnd)),
    more: (at) => at.setAttribute('aria-expanded', $('#desk-more').classList.toggle('desk-shown')),
    use: (at) => use(at.dataset.text), find,
    theirs: () => settle(editor.now.text), yours: () => settle(editor.text.value),
    accept: (at, sure) => sure === 'accept' && decide('approve', true),
    reason: (at, sure) => (document.activeElement === editor.reason ? acts.withhold(at, sure) : editor.reason.focus()),
  };
  for (const action of ['approve', 'draft', 'withhold', 'return']) acts[action] = (at, sure) => decide(action, sure === action);
  // The second click of a double one asks for nothing again: what is asked twice may drop words.
  document.addEventListener('click', ({ target, detail }) => {
    const at = target.closest('[data-desk]');
    going = !!target.closest('a');
    if (detail > 1 && at?.dataset.desk !== 'undo') return;
    if (at) perform(at.dataset.desk, at);
    else if (!target.closest('a, button, textarea') && getSelection().isCollapsed && cellAt(target)) perform('open', target);
  });
  // Letters are told by their place: an Arabic keyboard has the same shortcuts.
  function shortcut({ code, key, ctrlKey, metaKey, altKey, shiftKey, target }) {
    const ctrl = ctrlKey || metaKey, alt = altKey && !ctrl;
    if (alt && code === 'KeyN') return 'next';
    if (editor ? [editor.box, editor.panel].some((part) => part.contains(target)) : line.opening) {
      if (alt) return { KeyW: 'reason', KeyB: 'return', KeyM: 'name', Enter: 'accept' }[code];
      if (ctrl && key === 'Enter') return 'approve';
      if (ctrl && code === 'KeyS') return 'draft';
      if (key === 'Enter' && target === editor?.reason) return 'withhold';
      if (key === 'Escape') return 'close';
    }
    if (ctrl || altKey || target.closest('input, textarea, select')) return '';
    if (line.opening && /^\p{L}$/u.test(key)) return 'late';
    if (!keys.checked) return '';
    return key === '?' || key === '؟' ? 'help' : { KeyN: 'next', KeyU: shiftKey ? 'redo' : 'undo' }[code];
  }
  document.addEventListener('keydown', (event) => {
    const act = $('dialog[open]') ? '' : shortcut(event);
    if (!act) return;
    event.preventDefault();
    perform(act, act === 'name' ? $('[data-desk=name][data-en]') : event.target);
  });
  filter.addEventListener('change', () => sessionStorage.setItem(FILTER, filter.value));
  const keys = $('#desk-keys');
  keys.checked = localStorage.getItem(KEYS) !== 'off';
  keys.addEventListener('change', () => localStorage.setItem(KEYS, keys.checked ? 'on' : 'off'));
  // As much as the bar covers stays free at the end of the page, and below what has the focus.
  new ResizeObserver(() => document.documentElement.style.setProperty('--desk', `${desk.offsetHeight}px`)).observe(desk);
  line.add(async () => await look(document) && restore(), true);
})();
