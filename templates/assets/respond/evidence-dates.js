/** The dates of a file are saved when a field is left, and the page says how each was read. */
export function keepDates(form, { status, locale, renew }) {
  const words = form.dataset;
  const saves = new WeakMap();
  form.addEventListener('change', (event) => {
    const box = event.target.closest('[data-file-dates]');
    if (box) save(box);
  });
  // The line above the fields is made by the server; it comes anew once nobody types here any more.
  form.addEventListener('focusout', (event) => {
    const box = event.target.closest?.('[data-file-dates]');
    const last = box && saves.get(box);
    if (last) void last.then(() => leave(box, last));
  });

  /** One after another, each with what the fields hold by then: an earlier reply never undoes a later one. */
  function save(box) {
    const last = (saves.get(box) ?? Promise.resolve()).then(() => saves.get(box) === last && send(box));
    saves.set(box, last);
    void last.then(() => leave(box, last));
  }

  async function send(box) {
    const fields = [...box.querySelectorAll('[data-date]')];
    const typed = Object.fromEntries(fields.map((field) => [field.dataset.date, field.querySelector('input').value]));
    const { ok, reply } = await put(box.dataset.fileDates, typed);
    for (const field of fields) show(field, ok, reply);
    const time = new Date().toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
    if (ok) status.say(words.saved.replace('{time}', time));
    else status.say(reply?.message?.[locale] ?? words.refused, true);
  }

  function show(field, ok, reply) {
    const read = ok ? reply[field.dataset.date] : null;
    const problem = ok ? null : reply?.errors?.find(({ path }) => path === field.dataset.date);
    field.querySelector('[data-date-read]').textContent = read
      ? words.understood.replace('{day}', read.words[locale])
      : '';
    const error = field.querySelector('[data-date-error]');
    error.hidden = !problem;
    error.firstElementChild.textContent = problem?.message[locale] ?? '';
    field.classList.toggle('field--error', Boolean(problem));
    const input = field.querySelector('input');
    if (problem) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }

  /** With a date that could not be read, or one that is still on its way, the fields stay as they are. */
  function leave(box, last) {
    if (saves.get(box) !== last || !box.isConnected || box.contains(document.activeElement)) return;
    if (!box.querySelector('.field--error')) void renew(box.closest('[data-evidence]').dataset.evidence);
  }
}

async function put(id, typed) {
  try {
    const response = await fetch(`/api/respond/evidence/${id}`, {
      method: 'PUT',
      body: JSON.stringify(typed),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
    });
    return { ok: response.ok, reply: await response.json() };
  } catch {
    return { ok: false, reply: null };
  }
}
