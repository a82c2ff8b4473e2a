/** A body that fits a schema of the description of the API, for tests that try every operation. */

export type JsonSchema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  pattern?: string;
  minimum?: number;
};

/** `name` is that of the field: what a day or an address looks like is said by no schema. */
export function sampleOf(schema: JsonSchema, name = ''): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return schema.anyOf[0] && sampleOf(schema.anyOf[0], name);
  const { type } = schema;
  if (type === 'object') {
    const fields = Object.entries(schema.properties ?? {});
    return Object.fromEntries(fields.map(([field, one]) => [field, sampleOf(one, field)]));
  }
  if (type === 'array') return schema.items ? [sampleOf(schema.items, name)] : [];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return textOf(name, schema.pattern);
}

function textOf(name: string, pattern = ''): string {
  if (name === 'asOf' || name === 'effectiveOn') return '2026-04-01';
  if (/^(dueOn|by|expiresOn)$/.test(name) || pattern.includes('\\d{4}-')) return '2026-06-15';
  if (name === 'subject' || name === 'questionId') return 'AUTH-01';
  if (name === 'email') return 'sato@vendor.example';
  if (name === 'emailDomains') return 'vendor.example';
  if (name === 'seen') return pattern ? '0'.repeat(64) : '';
  if (name === 'corporateNumber') return '7000012050002';
  return 'text';
}
