/** Tells in the page what has the focus, and what is wrong with it. Loaded before each page's own scripts. */
window.focusProbe = () => {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: 'body', problems: ['the focus is lost'] };
  const name = nameOf(element);
  const problems = [...indicator(element), ...visibility(element), ...target(element), ...order(element)];
  window.focusProbe.last = element;
  return { name, problems: problems.map((problem) => `${name}: ${problem}`) };
};

function nameOf(element) {
  const words = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 30);
  return `${location.pathname} ${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''} ${words}`.trim();
}

function indicator(element) {
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const isSeen = outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2;
  return isSeen || element.id === 'main' ? [] : [`outline ${outlineStyle} ${outlineWidth}`];
}

/** WCAG 2.2 SC 2.4.11: nothing covers all of what has the focus. */
function visibility(element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const [x0, x1] = [Math.max(left, 0), Math.min(right, innerWidth)];
  const [y0, y1] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  if (x1 - x0 < 1 || y1 - y0 < 1) return ['not in the window'];
  const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x0 + (x1 - x0) * x, y0 + (y1 - y0) * y]));
  const isSeen = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (element.contains(hit) || hit.contains(element) || [...(element.labels ?? [])].includes(hit));
  });
  return isSeen && getComputedStyle(element).opacity !== '0' ? [] : ['covered or transparent'];
}

/** WCAG 2.2 SC 2.5.8: 24 by 24 CSS px, with the label; links in a line of text are exempt. */
function target(element) {
  if (element.matches('[tabindex="-1"]')) return [];
  if (element.matches('a') && getComputedStyle(element).display === 'inline') return [];
  const boxes = [element, ...(element.matches('[type=radio], [type=checkbox]') ? element.labels : [])].map((one) =>
    one.getBoundingClientRect(),
  );
  const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
  const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
  return width >= 24 && height >= 24 ? [] : [`target ${width} × ${height}`];
}

/** Forward only (the walker clears `last` when it goes elsewhere): later in the document and, in one column, not above. */
function order(element) {
  const { last } = window.focusProbe;
  if (!last?.isConnected || last === element) return [];
  const isAfter = last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (!isAfter) return [`comes before ${nameOf(last)}`];
  const column = (one) => one.closest('.columns > *, .page-header, main, header');
  if (column(last) !== column(element)) return [];
  const [from, to] = [last.getBoundingClientRect(), element.getBoundingClientRect()];
  return to.bottom >= from.top - 1 ? [] : [`stands above ${nameOf(last)}`];
}
