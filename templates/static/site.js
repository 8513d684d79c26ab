// Every part of the pages works without this: it remembers how to show them, marks a sentence in the excerpt, and
// offers to share, copy and print.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const key = 'mujaz-view';
  let kept = null;
  try { kept = localStorage.getItem(key); } catch { /* storage may be refused */ }
  for (const choice of all('input[name=view]')) {
    if (choice.value === kept) choice.checked = true;
    choice.addEventListener('change', () => {
      try { localStorage.setItem(key, choice.value); } catch { /* then it holds for this page */ }
    });
  }

  const marked = all('.pair,[data-s]');
  const numberOf = (el) => el.dataset.s ?? el.id.slice(1);
  const light = (n, on) => marked.forEach((el) => el.classList.toggle('on', on && numberOf(el) === n));
  for (const el of marked) {
    for (const type of ['mouseenter', 'focusin']) el.addEventListener(type, () => light(numberOf(el), true));
    for (const type of ['mouseleave', 'focusout']) el.addEventListener(type, () => light(numberOf(el), false));
  }

  const said = document.getElementById('said');
  const act = {
    print: () => print(),
    link: (button) => navigator.clipboard.writeText(location.href).then(() => { said.textContent = button.dataset.done; }),
    share: () => navigator.share({ title: document.title, url: location.href }).catch(() => {}),
  };
  const offered = { print: true, link: !!navigator.clipboard, share: !!navigator.share };
  for (const button of all('[data-do]')) {
    button.hidden = !offered[button.dataset.do];
    button.addEventListener('click', () => act[button.dataset.do](button));
  }
})();
