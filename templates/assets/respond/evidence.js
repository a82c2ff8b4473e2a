/** Files go up as soon as they are chosen or dropped; the list then comes fresh from the server. */

import { showErrors } from './status.js';

export function takeFiles(form, { flush, refresh, status, locale }) {
  const words = form.dataset;

  form.addEventListener('change', (event) => {
    const input = event.target.closest('[data-upload]');
    if (input && input.files.length > 0) void upload(input, [...input.files]);
  });
  form.addEventListener('dragover', (event) => {
    if (event.target.closest('[data-evidence]') && event.dataTransfer.types.includes('Files')) event.preventDefault();
  });
  form.addEventListener('drop', (event) => {
    const input = event.target.closest('[data-evidence]')?.querySelector('[data-upload]');
    if (!input || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    void upload(input, [...event.dataTransfer.files]);
  });

  async function upload(input, files) {
    const fieldset = input.closest('[data-question]');
    const subject = input.dataset.upload;
    if (!(await flush(fieldset))) return;
    status.say(words.uploading.replace('{name}', files.map(({ name }) => name).join('、')));
    const problem = await post(subject, files);
    input.value = '';
    await refresh(fieldset, `[data-evidence="${CSS.escape(subject)}"]`);
    if (problem) {
      status.say(describe(problem), true);
      showErrors(fieldset, [describe(problem)]);
    } else status.say(words.uploaded.replace('{name}', files.map(({ name }) => name).join('、')));
  }

  function describe(problem) {
    if (!problem.refused) return problem.message?.[locale] ?? words.waiting;
    return problem.refused.map(({ name, message }) => `${name}：${message[locale]}`).join(' ');
  }
}

/** null when all were taken in. */
async function post(subject, files) {
  const body = new FormData();
  body.append('subject', subject);
  for (const file of files) body.append('file', file);
  try {
    const response = await fetch('/api/respond/evidence', {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
    });
    const reply = await response.json();
    return response.ok ? null : reply;
  } catch {
    return {};
  }
}
