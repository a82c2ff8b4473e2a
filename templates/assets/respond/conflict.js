import { clock } from './status.js';

/** Shows both texts of a question that someone else has changed; nothing is overwritten before a button is pressed. */
export function showConflict(fieldset, { yours, current }, { words, locale, keepMine, keepTheirs }) {
  fieldset.querySelector('.conflict')?.remove();
  const panel = document.querySelector('[data-conflict-template]').content.cloneNode(true).firstElementChild;
  panel.querySelector('[data-yours]').textContent = textOf(yours, locale);
  panel.querySelector('[data-theirs]').textContent = textOf(current, locale);
  panel.querySelector('[data-theirs-by]').textContent = words.theirs
    .replace('{by}', current.updatedBy)
    .replace('{time}', clock(current.updatedAt, locale));
  const choose = (name, then) =>
    panel.querySelector(name).addEventListener('click', () => {
      panel.remove();
      // The button that had the focus is gone.
      fieldset.focus();
      then();
    });
  choose('[data-keep-mine]', keepMine);
  choose('[data-keep-theirs]', keepTheirs);
  fieldset.querySelector('[data-errors]').after(panel);
  panel.focus();
}

function textOf({ text, addOns = [], naReason, comment, withheld }, locale) {
  const lines = addOns.map((line) => line[locale]);
  return [text?.[locale], ...lines, naReason, comment, withheld].filter(Boolean).join('\n');
}
