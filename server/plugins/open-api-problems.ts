/** What every operation of the JSON API may answer besides its own result, added to the description in one place. */

type Responses = Record<string, { description?: string; $ref?: string }>;
type Operation = { parameters?: { in: string }[]; requestBody?: Body; responses?: Responses };
type Body = { required?: boolean; content: Record<string, { schema?: { anyOf?: { type?: string }[] } }> };
type Described = { paths?: Record<string, Record<string, Operation>>; components?: Record<string, unknown> };

/** The described API with problem documents (RFC 9457) as answers, and bodies that may be left out marked so. */
export function withProblems<T extends object>(described: T): T {
  const api = described as Described;
  const paths = Object.entries(api.paths ?? {}).map(([url, methods]) => [
    url,
    Object.fromEntries(Object.entries(methods).map(([method, one]) => [method, complete(one)])),
  ]);
  const components = { ...api.components, schemas: { Problem: problem }, responses: answers };
  return { ...described, paths: Object.fromEntries(paths), components };
}

function complete(operation: Operation): Operation {
  const { requestBody, parameters = [], responses } = operation;
  const codes = Object.keys(kinds).filter((code) => {
    if (code === '400') return requestBody !== undefined || parameters.length > 0;
    if (code === '415') return requestBody !== undefined;
    if (code === '404') return parameters.some((one) => one.in === 'path');
    return true;
  });
  const refused = codes.map((code) => [code, { $ref: `#/components/responses/Problem${code}` }]);
  return {
    ...operation,
    ...(requestBody ? { requestBody: { ...requestBody, required: !mayBeLeftOut(requestBody) } } : {}),
    responses: { ...inWords(responses), ...Object.fromEntries(refused) },
  };
}

/** What the schema of an answer does not say of itself. */
function inWords(responses: Responses = {}): Responses {
  return Object.fromEntries(
    Object.entries(responses).map(([code, one]) => {
      const description = one.description === 'Default Response' ? (results[code] ?? 'Done.') : one.description;
      return [code, { ...one, description }];
    }),
  );
}

const results: Readonly<Record<string, string>> = { '200': 'What was asked for.', '201': 'Made.' };

function mayBeLeftOut({ content }: Body): boolean {
  return Object.values(content).some(({ schema }) => schema?.anyOf?.some(({ type }) => type === 'null'));
}

const kinds: Readonly<Record<string, string>> = {
  '400': 'Something in the request is wrong: `errors` names each place (`pointer`) and how to mend it.',
  '401': 'No session, or one that has ended (`sign_in_needed`, `link_needed`).',
  '403': 'The session may not do this, or the change did not come with the header Origin.',
  '404': 'There is no such thing, or it belongs to somebody else: both are answered alike.',
  '409': 'Not in the present state (`wrong_state`), or somebody was faster: read again, then repeat.',
  '413': 'Too large.',
  '415': 'Another Content-Type than this operation takes.',
  '429': 'Too many requests; wait, then repeat.',
  '503': 'The database cannot be reached; nothing was saved.',
};

const words = {
  type: 'object',
  required: ['ja', 'en'],
  properties: { ja: { type: 'string' }, en: { type: 'string' } },
};

const problem = {
  type: 'object',
  description: 'RFC 9457. Some problems have members of their own, for example both texts of a conflict.',
  required: ['type', 'status', 'code', 'title', 'message'],
  properties: {
    type: { type: 'string', const: 'about:blank' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; for programs.' },
    title: { type: 'string', description: 'What to do, in the language of the request.' },
    message: words,
    errors: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['path', 'pointer', 'message'],
        properties: {
          path: { type: 'string', description: 'Name of the field on the page.' },
          pointer: { type: 'string', description: 'JSON pointer (RFC 6901) into the request; "" for all of it.' },
          message: words,
        },
      },
    },
  },
  examples: [
    {
      type: 'about:blank',
      status: 400,
      code: 'invalid_input',
      title: 'Correct the due date.',
      message: { ja: '提出期限を直してください。', en: 'Correct the due date.' },
      errors: [
        {
          path: 'dueOn',
          pointer: '/dueOn',
          message: {
            ja: '提出期限を 2026-12-25 のような日付で入力してください。',
            en: 'Enter the due date, like 2026-12-25.',
          },
        },
      ],
    },
  ],
};

const answers = Object.fromEntries(
  Object.entries(kinds).map(([code, description]) => [
    `Problem${code}`,
    { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
  ]),
);
