/** Files on their way, one after another for each question, each with a bar that says how far it is. */
import { showErrors } from './status.js';

const LARGEST = 25 * 1024 ** 2;

export function createUploads({ words, locale, status, flush, blockOf, renew }) {
  const lines = new Map();

  /** Files of one subject wait for each other, so that the list is renewed once, when all are there. */
  function add(subject, files, replaces) {
    const before = lines.get(subject) ?? Promise.resolve([]);
    const line = before.then((problems) => sendAll(subject, files, { replaces, problems }));
    lines.set(subject, line);
    void line.then(async (problems) => {
      if (lines.get(subject) !== line) return;
      const fieldset = blockOf(subject).closest('[data-question]');
      await renew(subject);
      lines.delete(subject);
      showErrors(fieldset, problems);
      if (problems.length > 0) status.say(problems.join(' '), true);
    });
  }

  async function sendAll(subject, files, { replaces, problems }) {
    // A record exists on the server only once it is saved.
    if (!(await flush(blockOf(subject).closest('[data-question]')))) return [...problems, words.waiting];
    const told = [...problems];
    for (const [index, file] of files.entries()) {
      const problem = await sendOne(subject, file, index === 0 ? replaces : undefined);
      if (problem) told.push(problem);
    }
    return told;
  }

  async function sendOne(subject, file, replaces) {
    const say = (text) => text.replace('{name}', file.name);
    if (file.size > LARGEST) return say(words.tooLarge);
    status.say(say(words.uploading));
    const { ok, reply } = await send({ subject, file, replaces }, showLine(blockOf(subject), file.name, words));
    if (!ok) return reply?.message ? `${file.name}：${reply.message[locale]}` : say(words.broken);
    status.say(say(reply.locationRemoved.length > 0 ? words.locationRemoved : words.uploaded));
    return null;
  }

  return { add, isBusy: () => lines.size > 0, isBusyWith: (subject) => lines.has(subject) };
}

/** `fetch` cannot tell how far it is; XMLHttpRequest can. */
function send({ subject, file, replaces }, line) {
  const body = new FormData();
  body.append('subject', subject);
  if (replaces) body.append('replaces', replaces);
  body.append('file', file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/respond/evidence');
    request.responseType = 'json';
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total }) => line.reach(total > 0 ? loaded / total : 0));
    request.addEventListener('loadend', () => {
      line.end();
      resolve({ ok: request.status === 201, reply: request.response });
    });
    request.send(body);
  });
}

function showLine(block, name, words) {
  const item = document.createElement('li');
  const label = document.createElement('span');
  label.textContent = name;
  const bar = document.createElement('progress');
  bar.className = 'meter';
  bar.value = 0;
  bar.setAttribute('aria-label', name);
  const percent = document.createElement('span');
  percent.className = 'uploads__percent';
  item.append(label, bar, percent);
  block.querySelector('[data-uploads]').append(item);
  return {
    reach(share) {
      bar.value = share;
      percent.textContent = words.percent.replace('{percent}', Math.floor(share * 100));
    },
    end: () => item.remove(),
  };
}
