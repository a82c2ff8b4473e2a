/** Tells which question is open here, and shows beside each question who else has it open. A courtesy, never a lock. */
const EVERY = 15_000;

export function showPresence(form) {
  let here = null;
  let told = 0;

  form.addEventListener('focusin', ({ target }) => {
    const id = target.closest('[data-question]')?.dataset.question ?? null;
    if (id === here && Date.now() - told < EVERY) return;
    here = id;
    void tell();
  });
  document.addEventListener('visibilitychange', () => void tell());
  setInterval(() => document.visibilityState === 'visible' && void tell(), EVERY);
  addEventListener('pagehide', () => void put(null, true));
  void tell();

  async function tell() {
    told = Date.now();
    const others = await put(document.visibilityState === 'visible' ? here : null);
    if (others) show(form, others);
  }
}

/** undefined when nobody could be asked: then the page goes on as it is. */
async function put(questionId, keepalive = false) {
  try {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ questionId });
    const reply = await fetch('/api/respond/presence', { method: 'PUT', headers, body, keepalive });
    return reply.ok ? (await reply.json()).others : undefined;
  } catch {
    return undefined;
  }
}

function show(form, others) {
  for (const line of form.querySelectorAll('[data-presence]')) {
    const id = line.closest('[data-question]').dataset.question;
    const names = others.filter(({ questionId }) => questionId === id).map(({ name }) => name);
    const text = names.length > 0 ? form.dataset.present.replace('{names}', names.join(form.dataset.and)) : '';
    if (line.textContent !== text) line.textContent = text;
  }
}
