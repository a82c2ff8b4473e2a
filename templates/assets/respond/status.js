/** What the page tells about saving. All words come with the page, in data attributes of the form. */

export function createStatus(form, { section, locale }) {
  const words = form.dataset;
  const bar = document.querySelector('[data-save-bar]');
  const troubled = new Set();

  /** One line at the lower edge of the window. */
  function say(text, bad = false) {
    bar.hidden = false;
    bar.classList.toggle('save-bar--bad', bad);
    bar.querySelector('[data-save-text]').textContent = text;
  }

  function saving(fieldset) {
    showState(fieldset, words.saving);
  }

  function saved(fieldset, { savedAt, understood, progress }) {
    troubled.delete(fieldset.id);
    const text = words.saved.replace('{time}', clock(savedAt, locale));
    showState(fieldset, text);
    if (troubled.size === 0) say(text);
    showErrors(fieldset, []);
    for (const control of fieldset.querySelectorAll('[data-clear], [data-history]')) control.hidden = false;
    const place = fieldset.querySelector('[data-understood]');
    if (place) place.textContent = understood ? words.understood.replace('{day}', understood[locale]) : '';
    showProgress(progress, section, words.progress);
  }

  function trouble(fieldset, text) {
    troubled.add(fieldset.id);
    showState(fieldset, text, true);
    say(text, true);
  }

  function refused(fieldset, problem) {
    showErrors(fieldset, problem.errors?.map(({ message }) => message[locale]) ?? [problem.message[locale]]);
    trouble(fieldset, words.refused);
  }

  return { say, saving, saved, trouble, refused };
}

/** Hour and minute where the reader is. */
export function clock(iso, locale) {
  return new Date(iso).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
}

export function showErrors(fieldset, texts) {
  const place = fieldset.querySelector('[data-errors]');
  place.replaceChildren(...texts.map(errorLine));
  fieldset.classList.toggle('question--error', texts.length > 0);
  if (texts.length > 0) fieldset.setAttribute('aria-describedby', place.id);
  else fieldset.removeAttribute('aria-describedby');
}

function showState(fieldset, text, bad = false) {
  const line = fieldset.querySelector('[data-state]');
  line.textContent = text;
  line.classList.toggle('question__state--bad', bad);
}

function showProgress({ sections }, here, words) {
  for (const { sectionId, answered, applicable } of sections) {
    const count = document.querySelector(`[data-count="${CSS.escape(sectionId)}"]`);
    if (count) count.textContent = `${answered}/${applicable}`;
    const line = document.querySelector('[data-progress-text]');
    if (sectionId !== here || !line) continue;
    const text = words.replace('{applicable}', applicable).replace('{answered}', answered);
    line.textContent = text;
    const meter = document.querySelector('progress[data-progress]');
    meter.max = applicable;
    meter.value = answered;
  }
}

function errorLine(text) {
  const line = document.createElement('p');
  line.className = 'error-message';
  const words = document.createElement('span');
  words.textContent = text;
  line.append(words);
  return line;
}
