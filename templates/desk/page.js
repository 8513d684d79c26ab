// What the desk does on any page of the preview: it runs actions one after the other, and puts a rebuilt page in the
// place of the open one.

// A queue whose actions wait for each other. While one runs, the attribute `data-busy` is set on `desk`; `opening` counts
// the waiting actions that may open a sentence.
window.deskQueue = (desk) => {
  const queue = { opening: 0 };
  let last = Promise.resolve(), waiting = 0;
  queue.add = (action, opens = false) => {
    waiting += 1;
    queue.opening += opens;
    desk.toggleAttribute('data-busy', true);
    last = last.then(action).catch(reportError).then(() => {
      waiting -= 1;
      queue.opening -= opens;
      desk.toggleAttribute('data-busy', waiting > 0);
    });
  };
  return queue;
};

// The page as it is now: `fresh`, without the desk. Where there is none, `failure` says why, "" if nobody answers.
// `mustReload` is set for a page that cannot replace the open one, since its desk has other markup than `servedMarkup`.
window.deskFetch = async (servedMarkup) => {
  const response = await fetch(location.href).catch(() => null);
  if (!response) return { failure: '' };
  const html = await response.text();
  if (response.status > 499) {
    const decoder = document.createElement('textarea'); // its value is the message with entities decoded
    decoder.innerHTML = /<pre>([^]*)<\/pre>/.exec(html)?.[1] ?? response.status;
    return { failure: decoder.value, mustReload: true };
  }
  const fresh = new DOMParser().parseFromString(html, 'text/html'), desk = fresh.getElementById('desk');
  if (desk?.outerHTML !== servedMarkup) return { mustReload: true };
  desk.remove();
  return { fresh };
};

// Puts `fresh` in the place of the open page, around the desk and the open sentence, so that what is typed, selected and
// focused there stays. `cell`, `box` and `panel` belong to the open sentence, `newCell` is its cell in `fresh`.
// The sentence keeps its place only if `newCell` has the same path (`editorStays`); otherwise its editor is removed.
// `restoreView` is called when the desk is on the new page: it restores the focus and the position of the page.
window.deskReplace = (fresh, [desk, box, panel], cell, newCell) => {
  const staysInPlace = (node) => [desk, box, panel].some((part) => part && node.contains(part));
  const pathOf = (node) => (node ? pathOf(node.parentElement) + node.nodeName : '');
  const editorStays = !!newCell && pathOf(cell) === pathOf(newCell);
  const focused = document.activeElement;
  const anchor = cell ?? document.elementFromPoint(innerWidth / 2, 99)?.closest('[id]');
  const anchorTop = () => (anchor?.isConnected ? anchor : document.getElementById(anchor?.id))?.getBoundingClientRect().top ?? 0;
  const topBefore = anchorTop();

  // Replaces the children of `oldParent` by those of `newParent`, except for the one that stays, which is treated likewise.
  function replaceChildren(oldParent, newParent) {
    for (const child of [...oldParent.childNodes]) if (!staysInPlace(child)) child.remove();
    const staying = oldParent.firstChild, newChildren = [...newParent.childNodes];
    const index = newChildren.findIndex((child) => editorStays && child.contains(newCell));
    if (index < 0) return staying.before(...newChildren);
    staying.before(...newChildren.slice(0, index));
    const lastStaying = staying !== cell && staying.nextSibling === panel ? panel : staying;
    lastStaying.after(...newChildren.slice(index + 1));
    for (const { name, value } of newChildren[index].attributes) staying.setAttribute(name, value);
    return replaceChildren(staying, newChildren[index]);
  }
  if (!editorStays) for (const part of [box, panel]) part?.remove();
  document.title = fresh.title;
  replaceChildren(document.body, fresh.body);
  // The scripts of the page run again, since they have not seen its new content.
  for (const script of document.querySelectorAll('head script[defer]:not([src^="/.desk"])')) {
    script.replaceWith(Object.assign(document.createElement('script'), { src: script.src, defer: true }));
  }
  const restoreView = (newFocus) => {
    const findSame = () => [...document.getElementsByTagName(focused.localName)].find((node) => node.outerHTML === focused.outerHTML);
    const lostFocus = document.activeElement === document.body && focused !== document.body;
    if (lostFocus) (newFocus || findSame())?.focus({ preventScroll: true });
    scrollBy(0, anchorTop() - topBefore);
  };
  return { editorStays, restoreView };
};
