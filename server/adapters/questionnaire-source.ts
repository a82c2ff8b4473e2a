/** A questionnaire file as text: read as strict YAML 1.2, and every place in it known by line and column. */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { LintMessage, Path } from '../domain/questionnaire/lint/lint-message.ts';
import { lintError } from '../domain/questionnaire/lint/lint-message.ts';

export type Position = { readonly line: number; readonly column: number };
export type LocatedMessage = LintMessage & Position;
export type Source = {
  /** Plain data; undefined when the text cannot be read as YAML. */
  readonly value: unknown;
  readonly problems: readonly LocatedMessage[];
  /** Position of the nearest thing that exists on the path. 1-based. */
  readonly locate: (path: Path) => Position;
};

/** YAML 1.1 readers turn these into true and false; quoted they mean the same to every reader. */
const LOOKS_BOOLEAN = /^(?:y|yes|n|no|on|off)$/i;

/** Reads the text. Duplicate keys, aliases and other YAML surprises are problems, never silently resolved. */
export function readSource(text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', strict: true, uniqueKeys: true, lineCounter: lines });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const syntax = [...document.errors, ...document.warnings].map((error) => {
    const said = error.message.split('\n')[0] ?? '';
    return {
      ...lintError('yaml', [], `YAMLとして読めません：${said}`, `This is not valid YAML: ${said}`),
      ...at(error.pos[0]),
    };
  });
  if (syntax.length > 0) return { value: undefined, problems: syntax, locate: () => ({ line: 1, column: 1 }) };
  const surprises = surprisesIn(document).map(({ offset, ...message }) => ({ ...message, ...at(offset) }));
  return {
    value: surprises.some(({ rule }) => rule === 'alias') ? undefined : document.toJS({ maxAliasCount: 0 }),
    problems: surprises,
    locate: (path) => at(offsetOf(document, path)),
  };
}

function surprisesIn(document: Document): readonly (LintMessage & { readonly offset: number })[] {
  const found: (LintMessage & { offset: number })[] = [];
  visit(document, {
    Alias(_key, node) {
      const message = lintError(
        'alias',
        [],
        '別名（*）は使えません。内容をそのまま書いてください。',
        'Aliases (*) cannot be used. Write the content itself.',
      );
      found.push({ ...message, offset: node.range?.[0] ?? 0 });
    },
    Scalar(_key, node) {
      if (node.type !== 'PLAIN' || typeof node.value !== 'string' || !LOOKS_BOOLEAN.test(node.value)) return;
      const message = lintError(
        'unquoted-boolean',
        [],
        `${node.value} は引用符で囲んで "${node.value}" と書いてください。真偽値と読まれることがあります。`,
        `Write "${node.value}" with quotation marks; some readers take it for true or false.`,
      );
      found.push({ ...message, offset: node.range?.[0] ?? 0 });
    },
  });
  return found;
}

/** A missing key is shown at the thing that lacks it; an empty value, at its key. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
    const parent = document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === path[length - 1])
      : undefined;
    if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0] ?? 0;
  }
  return 0;
}
