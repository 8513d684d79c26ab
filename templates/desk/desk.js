// The review desk of the preview. It shows what the server answers, and asks the server for everything. A rebuilt page
// replaces the old one around the open sentence, so that no key press and no typed word is lost between the two.
(() => {
  const desk = document.getElementById('desk'), servedMarkup = desk.outerHTML;
  const { page, slug, token } = desk.dataset;
  const $ = (selector, from = document) => from.querySelector(selector);
  const EDITOR_KEY = `desk:${location.pathname}`, TARGET_KEY = 'desk:go', SAID_KEY = 'desk:said', FILTER_KEY = 'desk:filter', SHORTCUTS_KEY = 'desk:keys';
  const segments = new Map(); // by the cell that shows it, what the server says of each sentence that can be edited
  const slugOfLink = (link) => decodeURIComponent(link?.getAttribute('href').split(/\/|\.html/).at(-2) ?? '');
  const cardsOf = (root) => [...root.querySelectorAll('article.story')].map((card) => [card, slugOfLink($('a[href*="stories/"]', card))]);
  const filter = $('#desk-filter');
  let editor = null, cards = [];

  const say = (message = '') => { $('#desk-said').textContent = message; };
  const cloneTemplate = (id) => $(`#desk-${id}`).content.firstElementChild.cloneNode(true);
  const placeOfSegment = ({ slug: story, lang, number }) => ({ slug: story, lang, number });
  async function ask(request, body = {}) {
    const headers = { 'Content-Type': 'application/json', 'X-Desk-Token': token };
    let answer = { said: desk.dataset.offline };
    try {
      const response = await fetch(`/.desk/${request}`, { method: 'POST', headers, body: JSON.stringify({ page, ...body }) });
      answer = [400, 413].includes(response.status) ? { said: desk.dataset.long } : await response.json();
    } catch { /* the answer stays the message that the preview is offline */ }
    if (answer.said) say(answer.said);
    if ('undo' in answer) {
      $('#desk-steps').textContent = answer.undo || '';
      $('[data-desk=undo]').disabled = !answer.undo;
      $('[data-desk=redo]').disabled = !answer.redo;
    }
    return answer;
  }

  // An action that is asked for while an answer is on its way waits for it. It is refused if another sentence is open by
  // then; letters that may be meant for a sentence that is being opened are refused at once.
  const ANYWHERE = ['open', 'next', 'undo', 'redo', 'help', 'more'], OPENING = ['open', 'next', 'approve', 'accept'];
  const queue = deskQueue(desk);
  let isLeaving = false, leavesByLink = false, pendingReload = null;
  // The last thing that a page does before another replaces it: the promise never resolves, so nothing comes after it.
  function leave(navigate) {
    isLeaving = leavesByLink = true;
    navigate();
    return new Promise(() => {});
  }
  function perform(action, node) {
    if (action === 'late' || isLeaving) return say(desk.dataset.late);
    const editorThen = editor, confirmed = editorThen?.toConfirm, place = placeOfCell(cellAt(node));
    queue.add(() => {
      const isMeant = (editorThen && editorThen === editor) || ANYWHERE.includes(action);
      return isMeant ? actions[action](node, confirmed, place) : say(desk.dataset.late);
    }, OPENING.includes(action));
    return null;
  }
  const live = window.LiveReload, reloadNow = live?.performReload.bind(live);
  if (live) live.performReload = (message) => {
    if (!pendingReload) queue.add(refreshPage);
    pendingReload = message;
  };

  const openNameForm = deskNames(desk, ask, queue.add);

  // --- the bar ---
  async function loadSegments(root) {
    if (!slug) cards = cardsOf(root);
    const answer = await ask('look', { slug, slugs: slug ? [] : cards.slice(0, 500).map(([, story]) => story) });
    if (!answer.segments) return false;
    $('#desk-waiting').textContent = answer.waiting;
    $('.desk-counts').innerHTML = answer.counts;
    filter.innerHTML = answer.filters;
    filter.value = sessionStorage.getItem(FILTER_KEY) ?? '';
    if (!filter.value) filter.value = '';
    segments.clear();
    for (const segment of answer.segments) show(segment, root);
    return true;
  }

  // --- the sentences ---
  // The cells of a sentence: one on the page of its story, one in each list that names the story.
  function findCells({ slug: story, number, lang }, root) {
    const side = lang === page ? 'own' : 'facing';
    if (!slug) {
      const titleSelector = side === 'own' ? ':scope > :is(.own, .standin)' : '.facing > :is(.t, .standin)';
      return cards.filter(([, cardStory]) => cardStory === story).map(([card]) => wrapInCell($(titleSelector, card), side));
    }
    if (number) return [$(`#s${number} > .${side}`, root)];
    const head = $('.head .duo', root), title = side === 'own' ? head.firstElementChild : $(':scope > .facing', head);
    return [wrapInCell(title, side) ?? head.appendChild(Object.assign(document.createElement('div'), { className: side }))];
  }
  function wrapInCell(title, side) {
    if (!title) return null;
    const cell = document.createElement('div');
    if (side === 'facing' && slug) cell.className = side;
    title.replaceWith(cell);
    cell.append(title);
    return cell;
  }
  const isSentence = (segment, { slug: story, number }) => segment.slug === story && segment.number === number;
  const cellsShowing = (place) => [...segments].filter(([, segment]) => isSentence(segment, place)).map(([cell]) => cell);
  function show(segment, root) {
    const knownCells = cellsShowing(segment), isNew = !knownCells.length;
    for (const cell of isNew ? findCells(segment, root).filter(Boolean) : knownCells) {
      if (isNew) {
        cell.classList.add('desk-cell');
        cell.append(cloneTemplate('mark'));
      }
      segments.set(cell, segment);
      $('.vh', openButton(cell)).textContent = `${segment.name}:`;
      $('.desk-state', openButton(cell)).textContent = segment.state;
    }
  }
  const openButton = (cell) => cell && $('.desk-mark', cell);
  const cellAt = (node) => [...segments.keys()].find((cell) => cell.contains(node));
  const cellFor = (place) => cellsShowing(place)[0];
  const placeOfCell = (cell) => segments.has(cell) && placeOfSegment(segments.get(cell));

  // --- the editor ---
  function markOpen({ cell, row }, isOpen = true) {
    cell.classList.toggle('desk-editing', isOpen);
    row.classList.toggle('desk-open', isOpen);
    openButton(cell).setAttribute('aria-expanded', isOpen);
  }
  const askForPanel = (segment, { mark, text } = {}) => ask('open', { ...placeOfSegment(segment), mark, text: text?.slice(0, 20_000) });
  // `saved` is the state of an earlier editor of the sentence, `answer` an answer of the server that has its panel.
  async function open(cell, saved, answer) {
    const segment = segments.get(cell);
    if (editor?.cell === cell) return editor.text.focus();
    if (!segment || !close()) return;
    const { panel: markup } = answer ?? await askForPanel(segment, saved);
    if (!markup) return;
    const box = cloneTemplate('text'), panel = document.createElement('section'), row = cell.parentElement, text = $('textarea', box);
    Object.assign(text, { lang: segment.lang, dir: segment.dir, value: saved?.text ?? segment.text });
    Object.assign(panel, { className: 'desk-panel', lang: desk.lang, dir: desk.dir, ariaLabel: segment.name, innerHTML: markup });
    cell.append(box);
    if (segment.number) row.append(panel); else row.after(panel);
    editor = { segment, inFile: segment, mark: saved?.mark ?? segment.mark, cell, row, box, panel, text, reason: $('#desk-reason') };
    markOpen(editor);
    text.addEventListener('input', onInput);
    text.focus({ preventScroll: !!saved });
    if (!saved) return text.setSelectionRange(0, 0);
    editor.reason.value = saved.reason;
    text.setSelectionRange(saved.start, saved.end);
  }
  // Selects the words of a finding: in the typed text, or else in the sentence beside it.
  function find({ dataset: { text: words } }) {
    const { text, row, cell, panel } = editor, index = text.value.indexOf(words);
    if (index >= 0) {
      text.focus();
      return text.setSelectionRange(index, index + words.length);
    }
    const isInEditor = (node) => [cell, panel].some((part) => part.contains(node));
    const acceptBeside = (node) => (isInEditor(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = document.createTreeWalker(row, NodeFilter.SHOW_TEXT, acceptBeside);
    const characters = []; // [text node, offset] of each
    while (nodes.nextNode()) for (let offset = 0; offset < nodes.currentNode.length; offset += 1) characters.push([nodes.currentNode, offset]);
    const start = characters.map(([node, offset]) => node.data[offset]).join('').indexOf(words);
    const [lastNode, lastOffset] = characters[start + words.length - 1] ?? [];
    if (start >= 0) getSelection().setBaseAndExtent(...characters[start], lastNode, lastOffset + 1);
  }
  // From now on the editor compares what is typed with this state of the sentence.
  const rebase = (target, segment) => Object.assign(target, { segment, inFile: segment, mark: segment.mark });
  const hasChanges = ({ text, reason, segment }) => text.value !== segment.text || reason.value !== reason.defaultValue;
  // Unsaved words are dropped only when the person closes a second time.
  function close(force = false) {
    if (!editor) return true;
    const { cell, row, box, panel, text } = editor;
    if (!force && hasChanges(editor) && !editor.warnedUnsaved) {
      editor.warnedUnsaved = true;
      text.focus();
      say(desk.dataset.unsaved);
      return false;
    }
    if (editor.warnedUnsaved && !force) say();
    editor = null;
    box.remove();
    panel.remove();
    markOpen({ cell, row }, false);
    openButton(cell).focus();
    return true;
  }
  function onInput() {
    const current = editor;
    if (current.toConfirm || current.warnedUnsaved || current.draftSaved) say();
    current.toConfirm = current.warnedUnsaved = current.draftSaved = null;
    $('.desk-sure', current.panel)?.classList.remove('desk-sure');
    clearTimeout(current.timer);
    current.timer = setTimeout(async () => {
      const text = current.text.value, { findings } = await ask('check', { ...placeOfSegment(current.segment), text });
      if (editor === current && text === current.text.value && findings) $('#desk-findings').innerHTML = findings;
    }, 250);
  }
  // Replaces the text as typing would, so that Ctrl+Z brings back what was there.
  function replaceText(text) {
    editor.text.focus();
    editor.text.select();
    document.execCommand(text ? 'insertText' : 'delete', false, text);
  }

  // --- decisions ---
  // A decision that the server asks to confirm is done when it is asked for again, an approval by a key of its own.
  // `confirmed` says that the question was on the page when the key was pressed.
  async function decide(action, confirmed) {
    const { segment, text, reason, mark } = editor, sent = text.value;
    const answer = await ask('decide', {
      ...placeOfSegment(segment), mark, action, text: sent, reason: reason.value, sure: confirmed, filter: filter.value, follow: !!slug,
    });
    const current = editor;
    if (answer.kind === 'saved') {
      show(answer.segment);
      if (action === 'draft' || text.value !== sent) {
        rebase(current, answer.segment);
        current.draftSaved = text.value === sent;
        return current.draftSaved || say(desk.dataset.since);
      }
      close(true);
      if (answer.next) await openPlace(answer.next, answer);
      else if (action === 'approve' && slug) $('[data-desk=next]').focus();
    } else if (answer.clash) {
      current.inFile = answer.segment;
      $('.desk-clash', current.panel).innerHTML = answer.clash;
      if (text.value === sent) $('[data-desk=theirs]').focus();
    } else if (answer.kind?.startsWith('sure_')) {
      current.toConfirm = action === 'approve' ? 'accept' : action;
      $(`[data-desk=${current.toConfirm}]`).classList.add('desk-sure');
    }
  }
  // The file was changed under the open editor: the person goes on with the file's text, or with the typed one.
  function resolveClash(text) {
    const { inFile } = editor;
    rebase(editor, inFile);
    $('.desk-clash', editor.panel).replaceChildren();
    show(inFile);
    say();
    replaceText(text);
  }

  // --- going on ---
  async function next() {
    const start = { slug, number: -1, lang: segments.values().next().value?.lang ?? '' };
    const current = segments.get(cellAt(document.activeElement)) ?? start;
    if (!close()) return;
    const target = await ask('next', { filter: filter.value, ...placeOfSegment(current) });
    if (!target.path) return;
    if (target.slug === slug) return openPlace(target);
    sessionStorage.setItem(TARGET_KEY, JSON.stringify(target));
    return leave(() => { location.href = new URL(`../${target.path}`, $('.mark').href); });
  }
  async function openPlace(place, answer) {
    const cell = cellFor(place);
    await open(cell, undefined, answer);
    cell?.parentElement.scrollIntoView({ block: 'center' });
  }

  // --- the rebuilt page ---
  async function refreshPage() {
    const message = pendingReload;
    pendingReload = null;
    const { fresh, failure, mustReload } = await deskFetch(servedMarkup);
    if (failure === '' || (failure && editor)) return say(failure || desk.dataset.offline);
    if (mustReload) {
      sessionStorage.setItem(SAID_KEY, JSON.stringify({ said: $('#desk-said').textContent }));
      return leave(() => reloadNow(message));
    }
    const focusedPlace = placeOfCell(cellAt(document.activeElement));
    if (!await loadSegments(fresh)) return null;
    const state = editor && editorState(), newCell = state && cellFor(state);
    const { box, panel, cell } = editor ?? {};
    const { editorStays, restoreView } = deskReplace(fresh, [desk, box, panel], cell, newCell);
    const updated = editorStays ? updateOpenSentence(newCell) : null;
    if (!editorStays) editor = null;
    restoreView(openButton(focusedPlace && cellFor(focusedPlace)));
    return updated ?? (state && reopen(state));
  }
  // Shows the open sentence as its file is now: an unchanged text follows the file, a typed one is compared with it.
  async function updateOpenSentence(newCell) {
    const current = editor, segment = segments.get(newCell);
    segments.delete(newCell);
    segments.set(current.cell, segment);
    markOpen(current);
    if (!hasChanges(current)) {
      rebase(current, segment);
      if (current.text.value !== segment.text) current.text.value = segment.text;
    }
    current.inFile = segment;
    const { panel: markup } = await askForPanel(current.segment, { mark: current.mark, text: current.text.value });
    if (!markup) return;
    const newPanel = Object.assign(document.createElement('div'), { innerHTML: markup });
    for (const selector of ['.desk-clash', '.desk-cols']) {
      const oldPart = $(selector, current.panel), newPart = $(selector, newPanel);
      if (!oldPart.isEqualNode(newPart)) oldPart.replaceWith(newPart);
    }
  }

  // --- what was open before a reload is open after it; a tab with unsaved words asks before it closes ---
  function editorState() {
    const { segment, mark, text, reason } = editor, { value, selectionStart: start, selectionEnd: end } = text;
    return { ...placeOfSegment(segment), mark, text: value, reason: reason.value, start, end, changed: hasChanges(editor) };
  }
  addEventListener('beforeunload', (event) => {
    if (editor && hasChanges(editor) && !leavesByLink) event.preventDefault();
  });
  addEventListener('pagehide', () => {
    if (editor) sessionStorage.setItem(EDITOR_KEY, JSON.stringify(editorState()));
  });
  const takeFromSession = (key) => {
    const value = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    return value ?? {};
  };
  async function reopen(state) {
    const cell = cellFor(state);
    if (state.changed && !cell) say(`${desk.dataset.gone} ${state.text}`);
    else await open(cell, state.changed ? state : undefined);
  }
  async function restore() {
    const state = takeFromSession(EDITOR_KEY), target = takeFromSession(TARGET_KEY);
    say(takeFromSession(SAID_KEY).said);
    const isReload = performance.getEntriesByType('navigation')[0]?.type === 'reload';
    if (state.slug && (isReload || state.changed)) await reopen(state);
    else if (target.slug === slug) await openPlace(target);
  }

  // --- keyboard and pointer ---
  const actions = {
    next,
    undo: () => ask('undo'),
    redo: () => ask('redo'),
    open: (node, confirmed, place) => open(cellAt(node) ?? (place && cellFor(place))),
    close: () => close(),
    help: () => $('#desk-help').showModal(),
    name: ({ dataset }) => openNameForm(dataset, editor.text.value.slice(editor.text.selectionStart, editor.text.selectionEnd)),
    more: (node) => node.setAttribute('aria-expanded', $('#desk-more').classList.toggle('desk-shown')),
    use: (node) => replaceText(node.dataset.text),
    find,
    theirs: () => resolveClash(editor.inFile.text),
    yours: () => resolveClash(editor.text.value),
    accept: (node, confirmed) => confirmed === 'accept' && decide('approve', true),
    reason: (node, confirmed) => (document.activeElement === editor.reason ? actions.withhold(node, confirmed) : editor.reason.focus()),
  };
  for (const action of ['approve', 'draft', 'withhold', 'return']) actions[action] = (node, confirmed) => decide(action, confirmed === action);
  // The second click of a double click does nothing: an action that is asked for twice may drop words.
  document.addEventListener('click', ({ target, detail }) => {
    const control = target.closest('[data-desk]');
    leavesByLink = !!target.closest('a');
    if (detail > 1 && control?.dataset.desk !== 'undo') return;
    if (control) perform(control.dataset.desk, control);
    else if (!target.closest('a, button, textarea') && getSelection().isCollapsed && cellAt(target)) perform('open', target);
  });
  // Letters are recognised by the place of the key, so that an Arabic keyboard has the same shortcuts.
  function shortcut({ code, key, ctrlKey, metaKey, altKey, shiftKey, target }) {
    const ctrl = ctrlKey || metaKey, alt = altKey && !ctrl;
    if (alt && code === 'KeyN') return 'next';
    if (editor ? [editor.box, editor.panel].some((part) => part.contains(target)) : queue.opening) {
      if (alt) return { KeyW: 'reason', KeyB: 'return', KeyM: 'name', Enter: 'accept' }[code];
      if (ctrl && key === 'Enter') return 'approve';
      if (ctrl && code === 'KeyS') return 'draft';
      if (key === 'Enter' && target === editor?.reason) return 'withhold';
      if (key === 'Escape') return 'close';
    }
    if (ctrl || altKey || target.closest('input, textarea, select')) return '';
    if (queue.opening && /^\p{L}$/u.test(key)) return 'late';
    if (!shortcuts.checked) return '';
    return key === '?' || key === '؟' ? 'help' : { KeyN: 'next', KeyU: shiftKey ? 'redo' : 'undo' }[code];
  }
  document.addEventListener('keydown', (event) => {
    const action = $('dialog[open]') ? '' : shortcut(event);
    if (!action) return;
    event.preventDefault();
    perform(action, action === 'name' ? $('[data-desk=name][data-en]') : event.target);
  });
  filter.addEventListener('change', () => sessionStorage.setItem(FILTER_KEY, filter.value));
  const shortcuts = $('#desk-keys');
  shortcuts.checked = localStorage.getItem(SHORTCUTS_KEY) !== 'off';
  shortcuts.addEventListener('change', () => localStorage.setItem(SHORTCUTS_KEY, shortcuts.checked ? 'on' : 'off'));
  // The page leaves as much room at its end, and below what has the focus, as the bar covers.
  new ResizeObserver(() => document.documentElement.style.setProperty('--desk', `${desk.offsetHeight}px`)).observe(desk);
  queue.add(async () => await loadSegments(document) && restore(), true);
})();
