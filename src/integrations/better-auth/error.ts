const statusCodes = { FOUND: 302, BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, TOO_MANY_REQUESTS: 429 } as const;

/** An answer of better-auth that is no success. */
export interface BetterAuthErrorAnswer {
  readonly status: keyof typeof statusCodes;
  readonly body?: {
    readonly message?: string;
    readonly code?: string;
    /** The proofs that are wanted. */
    readonly require?: string[];
    /** The rules that block, where the application chose to tell. */
    readonly rules?: string[];
    /** As OAuth 2.0 has it (RFC 6749, section 5.2; RFC 8628, section 3.5). */
    readonly error?: string;
    readonly error_description?: string;
  };
  readonly headers?: Record<string, string>;
}

/** The class `APIError` of `better-auth/api`. */
export type BetterAuthErrorClass = new (
  status: BetterAuthErrorAnswer["status"],
  body?: BetterAuthErrorAnswer["body"],
  headers?: BetterAuthErrorAnswer["headers"],
) => Error;

/** An error that better-auth takes for its own, because it knows its own by their name. */
export class NamedApiError extends Error {
  override readonly name = "APIError";
  readonly status: BetterAuthErrorAnswer["status"];
  readonly statusCode: number;
  readonly body: BetterAuthErrorAnswer["body"];
  readonly headers: Record<string, string>;

  constructor(
    status: BetterAuthErrorAnswer["status"],
    body?: BetterAuthErrorAnswer["body"],
    headers: BetterAuthErrorAnswer["headers"] = {},
  ) {
    super(body?.message);
    this.status = status;
    this.statusCode = statusCodes[status];
    this.body = body;
    this.headers = headers;
  }
}

/** The code of an error that better-auth answers; `undefined` where it answers something else. */
export function errorCode(returned: unknown): { readonly code: string | undefined; readonly statusCode: number } | undefined {
  if (!(returned instanceof Error)) return undefined;
  const { statusCode, body } = returned as Partial<NamedApiError>;
  return { code: body?.code, statusCode: typeof statusCode === "number" ? statusCode : 500 };
}

/** Makes the errors that are answered, of the class that the application gave or of one's own. */
export function errorMaker(APIError: BetterAuthErrorClass = NamedApiError): (answer: BetterAuthErrorAnswer) => Error {
  return ({ status, body, headers }) => new APIError(status, body, headers);
}
