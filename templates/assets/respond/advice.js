/** Advice beside the answers, as the server gives it with every save. Nothing is decided here, and nothing moves the focus. */

/** The function shows the advice of a save's reply; a reply that a newer one has overtaken is passed over. */
export function createAdvice(form, locale) {
  const template = document.querySelector('[data-advice-template]');
  let latest = '';
  return function show({ advice, savedAt }) {
    if (!advice || !template || savedAt < latest) return;
    latest = savedAt;
    const byQuestion = new Map(advice.map(({ questionId, items }) => [questionId, items]));
    for (const place of form.querySelectorAll('[data-advice]')) {
      const items = byQuestion.get(place.closest('[data-question]').dataset.question) ?? [];
      const told = items.map((item) => itemFrom(template, item, locale));
      // Read out only what is new.
      if (textOf(...told) !== textOf(place)) place.replaceChildren(...told);
    }
  };
}

function itemFrom(template, { kind, what, findings, mend, related }, locale) {
  const item = template.content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-${name}]`);
  item.className = `advice advice--${kind}`;
  for (const label of item.querySelectorAll('[data-label]')) if (label.dataset.label !== `kind-${kind}`) label.remove();
  part('what').textContent = what[locale];
  part('mend').textContent = mend[locale];
  const line = part('finding');
  line.replaceWith(...findings.map((finding) => findingFrom(line, finding, locale)));
  if (related.length === 0) part('related').remove();
  for (const one of related) part('related').append(linkTo(one), ' ');
  return item;
}

function findingFrom(line, { title, statement }, locale) {
  const copy = line.cloneNode(true);
  copy.querySelector('[data-title]').textContent = title[locale];
  copy.querySelector('[data-statement]').textContent = statement[locale];
  return copy;
}

function linkTo({ id, sectionId }) {
  const link = document.createElement('a');
  const isHere = document.getElementById(`q-${id}`) !== null;
  link.href = `${isHere ? '' : `/respond/sections/${encodeURIComponent(sectionId)}`}#q-${id}`;
  link.className = 'nowrap';
  link.textContent = id;
  return link;
}

function textOf(...nodes) {
  return nodes.map(({ textContent }) => textContent.replace(/\s+/g, '')).join('');
}
