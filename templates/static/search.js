// The search: folds what is typed as the index was folded, asks the index of its script, shows stories with what matched.
(() => {
  const form = document.getElementById('search');
  if (location.protocol === 'file:') return; // a browser loads no index from a folder: the lists of the page stay
  const page = document.documentElement;
  const own = [page.lang, page.dir];
  const read = (id) => JSON.parse(document.getElementById(id).textContent);

  const table = read('folding');
  const [forms, gone] = [table.forms, table.gone].map((pattern) => new RegExp(pattern, 'gu'));
  const same = new Map(table.same);
  const fold = (text) => [...text.replace(forms, (run) => run.normalize('NFKC')).normalize('NFC').replace(gone, '').normalize('NFC')]
    .map((letter) => same.get(letter) ?? letter).join('').toLowerCase();
  form.fold = fold;

  const folder = new URL('../search/', document.currentScript.src);
  const indexes = read('indexes');
  const opened = {};
  const open = (code) => (opened[code] ??= import(new URL(`${code}/pagefind.js`, folder))
    .then((pagefind) => pagefind.createInstance({ noWorker: true })));
  const indexFor = (words) => {
    const wanted = /[\u0590-\u08ff]/.test(words) ? 'rtl' : /[a-z]/.test(words) ? 'ltr' : own[1];
    return own[1] === wanted ? own[0] : (indexes.find(([, direction]) => direction === wanted) ?? own)[0];
  };

  const results = document.getElementById('results');
  const list = results.querySelector('ol');
  const more = results.querySelector('button');
  const count = document.getElementById('count');
  const words = (text) => text.split(/\s+/).filter(Boolean);
  const element = (name, text, [lang, dir] = []) => {
    const made = document.createElement(name);
    made.append(text);
    if (lang) Object.assign(made, { lang, dir });
    return made;
  };

  // Words with their matches marked, a window of them where there are many.
  const LONGEST = 48;
  const marked = (all, isMatch) => {
    const start = all.length > LONGEST ? Math.max(0, Math.min(all.findIndex(isMatch) - 12, all.length - LONGEST)) : 0;
    const shown = all.slice(start, start + LONGEST);
    const parts = shown.flatMap((word, place) => [isMatch(word, place + start) ? element('mark', word) : word, ' ']);
    const ends = [start > 0 ? '… ' : '', start + LONGEST < all.length ? '…' : ''];
    const fragment = document.createDocumentFragment();
    fragment.append(ends[0], ...parts.slice(0, ends[1] ? undefined : -1), ends[1]);
    return fragment;
  };

  // Where each passage begins among the words of the story, and which of its own words matched.
  const placed = (passages, locations) => {
    let start = 0;
    return passages.map((passage) => {
      const matched = new Set(locations.map((place) => place - start).filter((n) => n >= 0 && n < passage.words));
      start += passage.words;
      return { ...passage, matched };
    });
  };

  // For a word that it lacks, the index answers with a word that begins it: "to" for Tobol. What a reader has begun to
  // type, or wrote with a letter more, counts; what matched unseen, as another spelling of a name, does as well.
  const lacks = async (index, word) => {
    if ((await index.search(`"${word}"`)).results.length) return false;
    const [first] = (await index.search(word)).results;
    if (!first) return true;
    const { locations, meta: { passages } } = await first.data();
    const near = [word, word.slice(1), word.slice(0, -1)];
    return !placed(passages, locations).some(({ runs, matched }) => {
      const shown = words(runs.map(([, , text]) => text).join(' ')).map(fold);
      return [...matched].some((n) => !(n in shown) || near.some((one) => shown[n].includes(one)));
    });
  };
  const bare = (word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

  const excerpt = (passages) => {
    const worth = ({ kind, runs, matched }) => matched.size * 4 + (kind === 'text' ? 2 : 0) + (runs[0][0] === own[0] ? 1 : 0);
    const found = passages.filter(({ kind, matched }) => kind !== 'title' && matched.size);
    const best = found.sort((one, other) => worth(other) - worth(one))[0]
      ?? passages.filter(({ kind }) => kind === 'text').sort((one, other) => worth(other) - worth(one))[0];
    if (!best) return '';
    if (best.kind === 'text') {
      const made = element('p', marked(words(best.runs[0][2]), (_, n) => best.matched.has(n)), best.runs[0]);
      made.className = 'ex';
      return made;
    }
    const made = element('p', element('span', form.dataset[best.kind]));
    made.className = 'ex';
    made.firstChild.className = 'ui';
    let start = 0;
    const runs = best.runs.map((run) => {
      const all = words(run[2]);
      const from = start;
      start += all.length;
      return element('bdi', marked(all, (_, n) => best.matched.has(n + from)), run);
    });
    const [first, second] = best.runs[0][1] === own[1] ? runs : runs.reverse();
    made.append(' ', first, ...(second ? [' · ', second] : []));
    return made;
  };

  const markTitle = (node, found) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const parts = text.data.split(/(\s+)/).map((part) => (found.has(fold(part)) ? element('mark', part) : part));
      text.replaceWith(...parts);
    }
  };

  const hit = ({ locations, meta: { cards, passages } }) => {
    const made = document.createElement('li');
    made.innerHTML = cards[own[0]] ?? Object.values(cards)[0];
    const all = placed(passages, locations);
    const titles = all.filter(({ kind }) => kind === 'title');
    const found = new Set(titles.flatMap(({ runs, matched }) => words(runs[0][2]).filter((_, n) => matched.has(n)).map(fold)));
    markTitle(made.querySelector('.t'), found);
    made.lastElementChild.before(excerpt(all));
    return made;
  };

  let turn = 0;
  let waiting = [];
  const SHOWN = 10;
  const showMore = async () => {
    const mine = turn;
    const stories = await Promise.all(waiting.splice(0, SHOWN).map((result) => result.data()));
    if (mine !== turn) return null;
    const made = stories.map(hit);
    list.append(...made);
    more.hidden = !waiting.length;
    return made[0];
  };

  const ask = async () => {
    const mine = ++turn;
    const { q, ...chosen } = Object.fromEntries(new FormData(form));
    const wanted = fold(q).trim();
    const filters = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
    if (!wanted && !Object.keys(filters).length) {
      results.hidden = true;
      count.textContent = '';
      return;
    }
    count.textContent = form.dataset.wait;
    try {
      const index = await open(indexFor(wanted));
      const unknown = await Promise.all(words(wanted).map(bare).filter(Boolean).map((word) => lacks(index, word)));
      const found = unknown.includes(true) ? [] : (await index.search(wanted || null, { filters })).results;
      if (mine !== turn) return;
      waiting = found;
      list.replaceChildren();
      results.hidden = !found.length;
      const total = found.length;
      await showMore();
      if (mine === turn) count.textContent = total ? form.dataset.count.replace('{n}', total) : form.dataset.none;
    } catch {
      if (mine === turn) count.textContent = form.dataset.failed;
    }
  };

  const remember = () => {
    const kept = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, '', kept.size ? `?${kept}` : location.pathname);
    carry();
  };
  const carry = () => {
    for (const link of document.querySelectorAll('.langs a')) link.search = location.search; // the question stays
  };
  const asked = new URLSearchParams(location.search);
  for (const field of form.elements) if (field.name) field.value = asked.get(field.name) ?? '';

  let pause;
  form.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => { remember(); ask(); }, 200);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(pause);
    remember();
    ask();
  });
  more.addEventListener('click', async () => (await showMore())?.querySelector('a').focus());
  form.hidden = false;
  carry();
  ask();
})();
