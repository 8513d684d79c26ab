// What the desk does on any page of the preview: one thing after the other, and a page that is built anew in the place of
// the one that is open.

// Acts wait for each other, `desk` tells that it is busy meanwhile; `opening` counts those that may open a sentence.
window.deskLine = (desk) => {
  const line = { opening: 0 };
  let last = Promise.resolve(), waiting = 0;
  line.add = (act, opens = false) => {
    waiting += 1;
    line.opening += opens;
    desk.toggleAttribute('data-busy', true);
    last = last.then(act).catch(reportError).then(() => {
      waiting -= 1;
      line.opening -= opens;
      desk.toggleAttribute('data-busy', waiting > 0);
    });
  };
  return line;
};

// The page as it is by now: `fresh`; `failed` says why there is none, "" where nobody answers; another one than a page
// with the same desk is to be loaded (`other`).
window.deskFetch = async (served) => {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer) return { failed: '' };
  const text = await answer.text(), words = document.createElement('textarea');
  words.innerHTML = /<pre>([^]*)<\/pre>/.exec(text)?.[1] ?? answer.status;
  if (answer.status > 499) return { failed: words.value, other: true };
  const fresh = new DOMParser().parseFromString(text, 'text/html'), desk = fresh.getElementById('desk');
  if (!answer.ok || desk?.outerHTML !== served) return { other: true };
  desk.remove();
  return { fresh };
};

// It takes the place of the other around the desk and the open sentence (`cell` in the new page), so that what is typed,
// selected and focused there stays as it is, and the page stands where it stood.
window.deskRenew = (fresh, [desk, box, panel], open, cell) => {
  const stays = (node) => [desk, box, panel].some((part) => part && node.contains(part));
  const path = (node) => (node ? path(node.parentElement) + node.nodeName : '');
  const stay = cell && path(open) === path(cell) ? cell : null, focused = document.activeElement;
  const anchor = open ?? document.elementFromPoint(innerWidth / 2, 99)?.closest('[id]');
  const top = () => (anchor?.isConnected ? anchor : document.getElementById(anchor?.id))?.getBoundingClientRect().top ?? 0;
  const before = top();

  // What stands in one element gives way to what stands in another, but for what stays; `stay` is where that is in the other.
  function exchange(old, other) {
    for (const one of [...old.childNodes]) if (!stays(one)) one.remove();
    const kept = old.firstChild, nodes = [...other.childNodes], at = nodes.findIndex((one) => stay && one.contains(stay));
    if (at < 0) return kept.before(...nodes);
    kept.before(...nodes.slice(0, at));
    (kept !== open && kept.nextSibling === panel ? panel : kept).after(...nodes.slice(at + 1));
    for (const { name, value } of nodes[at].attributes) kept.setAttribute(name, value);
    return exchange(kept, nodes[at]);
  }
  if (!stay) for (const one of [box, panel]) one?.remove();
  document.title = fresh.title;
  exchange(document.body, fresh.body);
  // The scripts of the page have not seen what stands there now.
  for (const one of document.querySelectorAll('head script[defer]:not([src^="/.desk"])')) {
    one.replaceWith(Object.assign(document.createElement('script'), { src: one.src, defer: true }));
  }
  // Once the desk has put its own there: what had the focus has it again, and nothing has moved.
  const settle = (instead) => {
    const same = () => [...document.getElementsByTagName(focused.localName)].find((one) => one.outerHTML === focused.outerHTML);
    if (document.activeElement === document.body && focused !== document.body) (instead || same())?.focus({ preventScroll: true });
    scrollBy(0, top() - before);
  };
  return { stay, settle };
};
