/** Earlier answers are taken or put aside by a button, without leaving the page. */

import { showErrors } from './status.js';

export function takePrefills(form, { flush, refresh, saved, status, locale }) {
  const words = form.dataset;

  form.addEventListener('click', (event) => {
    const button = event.target.closest('[data-adopt], [data-dismiss]');
    if (!button) return;
    event.preventDefault();
    const fieldset = button.closest('[data-question]');
    void (button.matches('[data-adopt]') ? adopt(fieldset) : dismiss(fieldset));
  });

  /** What was typed is saved first, so that the history has it. */
  async function adopt(fieldset) {
    await flush(fieldset);
    const revision = Number(fieldset.querySelector('[data-revision]').value);
    const reply = await post(fieldset, 'adoption', { revision });
    if (!reply.ok) return fail(fieldset, reply.body);
    // Gone first, so that what else stands open stays open.
    fieldset.querySelector('[data-prefill]')?.remove();
    await refresh(fieldset);
    saved(fieldset, reply.body);
    status.say(words.adopted);
    fieldset.focus();
  }

  async function dismiss(fieldset) {
    const reply = await post(fieldset, 'dismissal', {});
    if (!reply.ok) return fail(fieldset, reply.body);
    fieldset.querySelector('[data-prefill]')?.remove();
    status.say(words.dismissed);
    fieldset.focus();
  }

  /** Somebody else was faster: the answer as it is now comes beside the offer, and nothing is overwritten. */
  async function fail(fieldset, problem) {
    if (problem?.code === 'stale_revision') await refresh(fieldset);
    status.trouble(fieldset, words.refused);
    if (problem?.message) showErrors(fieldset, [problem.message[locale]]);
  }
}

async function post(fieldset, what, body) {
  const address = `/api/respond/prefills/${encodeURIComponent(fieldset.dataset.question)}/${what}`;
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      signal: AbortSignal.timeout(20_000),
    });
    return { ok: response.ok, body: response.status === 204 ? null : await response.json() };
  } catch {
    return { ok: false, body: null };
  }
}
