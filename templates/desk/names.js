// The form of the desk that adds a name to names.toml, or another form to a name that is there.
window.deskNames = (desk, ask, enqueue) => {
  const $ = (selector) => desk.querySelector(selector), form = $('#desk-name form');
  const slugOf = (words) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/[a-z0-9]+/g)?.join('-') ?? '';
  // A known name that is chosen has its id and kind already: the words of the form become further forms of it.
  async function onNameChosen() {
    const words = form.of.value.trim();
    form.en.required = form.ar.required = !words;
    form.kind.disabled = form.id.disabled = !!words;
    $('#desk-known').innerHTML = (await ask('known', { words })).known ?? '';
  }
  async function addName() {
    const { kind, said } = await ask('name', Object.fromEntries(new FormData(form)));
    if (kind === 'named') $('#desk-name').close();
    else $('.desk-wrong').textContent = said;
  }
  form.of.addEventListener('input', onNameChosen);
  form.en.addEventListener('input', () => { form.id.value = slugOf(form.en.value); });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    enqueue(addName);
  });
  return (suggestion, selected) => {
    form.reset();
    form.en.value = selected.trim() || suggestion.en || '';
    form.ar.value = suggestion.ar ?? getSelection().toString().trim();
    if (suggestion.kind) form.kind.value = suggestion.kind;
    form.id.value = slugOf(form.en.value);
    $('.desk-wrong').textContent = '';
    onNameChosen();
    $('#desk-name').showModal();
  };
};
