/**
 * Saves questions one by one as they change. What could not be sent stays in memory (never in the browser's storage: other
 * people use the same computer), is sent again with growing pauses, and holds the page open with a warning.
 */
const PAUSE = 2000;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30_000;

/** `tell` hears: saving, saved(reply), refused(problem), conflict(problem), waiting, signIn, closed(problem). */
export function createSaver(tell) {
  const jobs = new Map();

  function jobOf(fieldset) {
    const id = fieldset.dataset.question;
    if (!jobs.has(id)) jobs.set(id, { id, timer: 0, dirty: false, sending: false, wait: FIRST_WAIT, unanswered: null });
    return jobs.get(id);
  }

  /** Saves after a pause in typing, or at once. */
  function changed(fieldset, atOnce) {
    const job = jobOf(fieldset);
    job.dirty = true;
    clearTimeout(job.timer);
    job.timer = setTimeout(() => send(job), atOnce ? 0 : PAUSE);
  }

  /** Resolves to whether the question is stored as it stands on the page. */
  async function flush(fieldset) {
    const job = jobOf(fieldset);
    clearTimeout(job.timer);
    if (job.sending) await job.sending;
    if (job.dirty) await send(job);
    return !job.dirty;
  }

  function send(job) {
    if (!job.sending) {
      job.sending = sendNow(job).finally(() => {
        job.sending = false;
      });
    }
    return job.sending;
  }

  /**
   * A save whose reply got lost may have been stored or not: it goes out again exactly as it was, which the server does only once,
   * before what has been typed since. Else the person would be asked to settle a conflict with themselves.
   */
  async function sendNow(job) {
    const fieldset = document.getElementById(`q-${job.id}`);
    const again = job.unanswered;
    const body = again ?? bodyOf(fieldset);
    job.dirty = false;
    tell.saving(fieldset);
    const reply = await put(job.id, body);
    job.unanswered = reply.status === 0 || reply.status >= 500 ? body : null;
    if (reply.ok) return done(job, fieldset, reply.body, again && typedIn(again) !== typedIn(bodyOf(fieldset)));
    // What was refused is no longer what stands on the page: what stands there now goes out instead.
    if ((again || job.dirty) && reply.status === 422) return soon(job);
    if (reply.status === 422 || reply.body?.code === 'record_has_evidence') return tell.refused(fieldset, reply.body);
    if (reply.body?.code === 'stale_revision') return tell.conflict(fieldset, reply.body);
    if (reply.status === 409 || reply.status === 404 || reply.status === 400) return tell.closed(fieldset, reply.body);
    job.dirty = true;
    tell[reply.status === 401 ? 'signIn' : 'waiting'](fieldset);
    job.timer = setTimeout(() => send(job), job.wait);
    job.wait = Math.min(job.wait * 2, LONGEST_WAIT);
  }

  function done(job, fieldset, saved, isOld) {
    job.wait = FIRST_WAIT;
    fieldset.querySelector('[data-revision]').value = saved.revision;
    if (saved.was) fieldset.querySelector('[data-was]').value = saved.was;
    if (isOld) return soon(job);
    tell.saved(fieldset, saved);
    if (job.dirty) soon(job);
  }

  function soon(job) {
    job.dirty = true;
    clearTimeout(job.timer);
    job.timer = setTimeout(() => send(job), 0);
  }

  /** Tries everything at once that waits, as soon as the browser is back on the network. */
  function retryAll() {
    for (const job of jobs.values()) {
      if (!job.dirty) continue;
      job.wait = FIRST_WAIT;
      clearTimeout(job.timer);
      job.timer = setTimeout(() => send(job), 0);
    }
  }

  const isClean = (fieldset) => !jobOf(fieldset).dirty;
  const isBusy = () => [...jobs.values()].some(({ dirty, sending }) => dirty || sending);
  return { changed, flush, retryAll, isClean, isBusy };
}

function bodyOf(fieldset) {
  const body = new URLSearchParams();
  for (const control of fieldset.querySelectorAll('input, textarea, select')) {
    if (control.name === '' || control.closest('[data-evidence]')) continue;
    if (['radio', 'checkbox'].includes(control.type) && !control.checked) continue;
    body.append(control.name, control.value);
  }
  return body;
}

/** What a person typed and chose, without what the page keeps about the stored answer. */
function typedIn(body) {
  const fields = new URLSearchParams(body);
  for (const name of [...fields.keys()]) if (/\.(revision|was)$/.test(name)) fields.delete(name);
  return String(fields);
}

/** A reply without a body, or none at all, counts as a connection that failed. */
async function put(questionId, body) {
  try {
    const response = await fetch(`/api/respond/answers/${encodeURIComponent(questionId)}`, {
      method: 'PUT',
      body,
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(20_000),
    });
    return { ok: response.ok, status: response.status, body: await response.json() };
  } catch {
    return { ok: false, status: 0, body: null };
  }
}
