/** Reads a question's controls as the value they stand for, and keeps "none of these" and the rest apart. */

/** Good enough to show and hide; the server reads again what it stores. */
export function answerIn(fieldset) {
  const { type } = fieldset.dataset;
  const naReason = fieldset.querySelector('[name$=".naReason"]')?.value ?? '';
  const special = fieldset.querySelector('[data-special]:checked');
  if (special) return { value: special.value === 'empty' ? [] : special.value, naReason };
  if (type === 'single') return { value: fieldset.querySelector('[name$=".choice"]:checked')?.value ?? null, naReason };
  if (type === 'multi') {
    return { value: [...fieldset.querySelectorAll('[name$=".choice"]:checked')].map(({ value }) => value), naReason };
  }
  if (type === 'certificates') {
    const records = [...fieldset.querySelectorAll('[data-record]')].filter(isFilled);
    return { value: records.length > 0 ? records : null, naReason };
  }
  const typed = fieldset.querySelector('[name$=".typed"]').value.trim();
  return { value: type === 'number' ? numberOf(typed) : typed || null, naReason };
}

/** What differs from the page as it was sent; after a reload a browser may have put old texts back, and those are not taken. */
export function touchedIn(form) {
  if (performance.getEntriesByType('navigation')[0]?.type !== 'navigate') return [];
  return [...form.elements].filter((control) => {
    if (control.matches('[type="radio"], [type="checkbox"]')) return control.checked !== control.defaultChecked;
    if (control.matches('select')) return [...control.options].some((one) => one.selected !== one.defaultSelected);
    return control.matches('textarea, [type="text"]') && control.value !== control.defaultValue;
  });
}

export function isBlank(fieldset) {
  const { value } = answerIn(fieldset);
  return value === null || (Array.isArray(value) && value.length === 0 && fieldset.dataset.type === 'multi');
}

function numberOf(typed) {
  const text = typed.normalize('NFKC').replace(/[\s,、]/g, '');
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
}

export function isFilled(record) {
  return [...record.querySelectorAll('input, textarea, select')].some((control) =>
    ['radio', 'checkbox'].includes(control.type)
      ? control.checked
      : control.type !== 'file' && control.value.trim() !== '',
  );
}

/** Ticking "none of these" unticks the rest and empties the field; choosing or typing anything else unticks it. */
export function keepApart(fieldset, control) {
  if (control.type === 'radio') return;
  const alone = [...fieldset.querySelectorAll('input[type="checkbox"][data-alone]')];
  if (control.name.endsWith('.choice') && control.checked) {
    const others = control.hasAttribute('data-alone')
      ? fieldset.querySelectorAll('input[type="checkbox"][name$=".choice"]')
      : alone;
    for (const other of others) if (other !== control) other.checked = false;
    const typed = fieldset.querySelector('[name$=".typed"]');
    if (typed && control.hasAttribute('data-special')) typed.value = '';
  }
  const says = control.name.endsWith('.typed') || control.name.includes('.records.');
  if (says && (control.value ?? '').trim() !== '') for (const other of alone) other.checked = false;
}

/** Fields a kind of certificate does not have are put away. */
export function fitKind(record) {
  const kind = record.querySelector('[data-kind]')?.value;
  if (kind === undefined) return;
  for (const field of record.querySelectorAll('[data-only]')) {
    field.hidden = kind !== '' && !field.dataset.only.split(' ').includes(kind);
  }
}
