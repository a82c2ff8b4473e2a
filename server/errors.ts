/** One error type for everything a person can mend; anything else is a logged 500 that names nothing. */

export type Message = { readonly ja: string; readonly en: string };

/** One place of the input and what to do about it. `path` is a JSON pointer or a field name. */
export type InvalidField = { readonly path: string; readonly message: Message };

export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly publicMessage: Message;
  readonly fields: readonly InvalidField[];
  /** Extra public members of the problem document, for example both texts of a conflict. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    publicMessage: Message,
    options: { fields?: readonly InvalidField[]; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(publicMessage.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = status;
    this.publicMessage = publicMessage;
    this.fields = options.fields ?? [];
    this.details = options.details ?? {};
  }
}

export function notFound(): AppError {
  return new AppError(404, 'not_found', {
    ja: 'お探しのものは見つかりませんでした。アドレスを確かめるか、一覧から選び直してください。',
    en: 'That could not be found. Check the address or choose again from the list.',
  });
}

export function invalid(message: Message, fields: readonly InvalidField[] = []): AppError {
  return new AppError(400, 'invalid_input', message, { fields });
}

/** A 400 that one field of a form is to blame for. */
export function invalidAt(path: string, message: Message): AppError {
  return invalid(message, [{ path, message }]);
}

export function conflict(code: string, message: Message, details: Record<string, unknown> = {}): AppError {
  return new AppError(409, code, message, { details });
}
