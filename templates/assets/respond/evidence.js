/** Evidence on the section page: choosing, dropping, replacing and removing files. The list then comes fresh from the server. */
import { keepDates } from './evidence-dates.js';
import { watchScans } from './scan-watch.js';
import { createUploads } from './upload.js';

export function takeFiles(form, { flush, refresh, status, locale }) {
  const words = form.dataset;
  const blockOf = (subject) => form.querySelector(`[data-evidence="${CSS.escape(subject)}"]`);
  const renew = (subject) => {
    const fieldset = blockOf(subject)?.closest('[data-question]');
    return fieldset ? refresh(fieldset, `[data-evidence="${CSS.escape(subject)}"]`).then(prepare) : undefined;
  };
  const uploads = createUploads({ words, locale, status, flush, blockOf, renew });
  const prepare = watchScans(form, { blockOf, renew, isBusy: uploads.isBusyWith });

  form.addEventListener('change', ({ target }) => {
    if (!target.matches('[data-upload]') || target.files.length === 0) return;
    uploads.add(target.dataset.upload, [...target.files], target.dataset.replaces);
    delete target.dataset.replaces;
    target.value = '';
  });
  form.addEventListener('cancel', ({ target }) => delete target.dataset?.replaces, true);
  form.addEventListener('click', (event) => {
    const button = event.target.closest('[data-replace-file], [data-remove-file]');
    if (!button) return;
    event.preventDefault();
    if (button.dataset.replaceFile) replace(button);
    else void remove(button, { words, status, blockOf, renew });
  });
  for (const name of ['dragenter', 'dragover', 'dragleave', 'drop'])
    form.addEventListener(name, (event) => drag(event, uploads));
  keepDates(form, { status, locale, renew });
  prepare();
  return uploads;
}

/** The next file chosen here takes the place of this one. */
function replace(button) {
  const input = button.closest('[data-evidence]').querySelector('[data-upload]');
  input.dataset.replaces = button.dataset.replaceFile;
  input.click();
}

async function remove(button, { words, status, blockOf, renew }) {
  const subject = button.closest('[data-evidence]').dataset.evidence;
  const { name } = button.closest('[data-file]').dataset;
  const response = await fetch(`/api/respond/evidence/${button.dataset.removeFile}`, {
    method: 'DELETE',
    headers: { accept: 'application/json' },
  }).catch(() => null);
  const gone = response?.ok || response?.status === 404;
  status.say(gone ? words.removedFile.replace('{name}', name) : words.refused, !gone);
  await renew(subject);
  // The button that had the focus is gone.
  blockOf(subject)?.querySelector('[data-upload]')?.focus();
}

function drag(event, uploads) {
  const block = event.target.closest?.('[data-evidence]');
  if (!block || !event.dataTransfer.types.includes('Files')) return;
  event.preventDefault();
  const leaves = event.type === 'drop' || (event.type === 'dragleave' && !block.contains(event.relatedTarget));
  block.querySelector('[data-drop]').classList.toggle('evidence-drop--over', !leaves);
  if (event.type === 'drop') uploads.add(block.dataset.evidence, [...event.dataTransfer.files]);
}
