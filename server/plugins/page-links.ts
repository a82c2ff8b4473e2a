/** Links to the pages of a list, `page` counting from 1; null when everything fits on one. `query` is kept in every link. */
export function pageLinks(path: string, query: Record<string, string>, page: number, total: number, size: number) {
  const last = Math.max(1, Math.ceil(total / size));
  if (last === 1) return { pages: null, previous: null, next: null };
  const href = (number: number) => `${path}?${new URLSearchParams({ ...query, page: String(number) })}`;
  const near = Array.from({ length: last }, (_, index) => index + 1).filter(
    (number) => number === 1 || number === last || Math.abs(number - page) <= 2,
  );
  return {
    pages: near.map((number) => ({ number, href: href(number), current: number === page })),
    previous: page > 1 ? href(page - 1) : null,
    next: page < last ? href(page + 1) : null,
  };
}
