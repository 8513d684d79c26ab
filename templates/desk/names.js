// The form of the desk that adds a name, or another form of one that names.toml has.
window.deskNames = (desk, ask, queue) => {
  const $ = (selector) => desk.querySelector(selector), form = $('#desk-name form');
  const slugged = (words) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/[a-z0-9]+/g)?.join('-') ?? '';
  // Words for a name that is known already become other forms of it: it has an id and a kind.
  async function of() {
    const words = form.of.value.trim();
    form.en.required = form.ar.required = !words;
    form.kind.disabled = form.id.disabled = !!words;
    $('#desk-known').innerHTML = (await ask('known', { words })).known ?? '';
  }
  async function name() {
    const { kind, said } = await ask('name', Object.fromEntries(new FormData(form)));
    if (kind === 'named') $('#desk-name').close();
    else $('.desk-wrong').textContent = said;
  }
  form.of.addEventListener('input', of);
  form.en.addEventListener('input', () => { form.id.value = slugged(form.en.value); });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    queue(name);
  });
  return (known, picked) => {
    form.reset();
    form.en.value = picked.trim() || known.en || '';
    form.ar.value = known.ar ?? getSelection().toString().trim();
    if (known.kind) form.kind.value = known.kind;
    form.id.value = slugged(form.en.value);
    $('.desk-wrong').textContent = '';
    of();
    $('#desk-name').showModal();
  };
};
