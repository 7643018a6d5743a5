// Every call that the console makes. They are those of the documented API, and in development two
// of the sandbox. The key is kept in this module's memory alone: a reload forgets it.

let key = '';
let ends = Infinity;
let base = '';

const meta = name => document.querySelector(`meta[name="polycert-${name}"]`)?.content ?? '';

/** The address of the sandbox, in development only. */
export const sandbox = meta('sandbox');

export const keyNeeded = meta('key') !== 'none';

/** Whether people sign in at an issuer, and the API is elsewhere. */
export const atIssuer = meta('key') === 'oidc';

/** Sets the key, or a token with the time of its end. */
export function setKey(value, until = Infinity) {
  key = value;
  ends = until;
}

/** Sets the address of an API that is not where the page comes from. */
export function setApi(address) {
  base = address.replace(/\/$/, '');
}

export const hasKey = () => key !== '' || !keyNeeded;

/** An answer that is no success, or no answer at all (status 0). */
export class ApiError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? '');
    this.status = status;
    this.title = problem.title ?? '';
    this.errors = problem.errors ?? [];
    this.incident = problem.instance;
    this.retryAfter = retryAfter;
  }
}

let onUnauthorized = () => {};

/** What to do when the server no longer takes the key. */
export function whenUnauthorized(listener) {
  onUnauthorized = listener;
}

function refused() {
  key = '';
  onUnauthorized();
}

async function call(method, path, body) {
  if (Date.now() >= ends) {
    refused();
    throw new ApiError(401, {});
  }
  const headers = { accept: 'application/json' };
  if (key) headers.authorization = `Bearer ${key}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response;
  try {
    response = await fetch(base + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch (cause) {
    throw new ApiError(0, { detail: String(cause.message ?? cause) });
  }
  const text = await response.text();
  let answer = {};
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    answer = { detail: text.slice(0, 300) };
  }
  if (response.ok) return answer;
  if (response.status === 401) refused();
  throw new ApiError(response.status, answer, Number(response.headers.get('retry-after')) || 0);
}

const EVENT = /^(id|event|data): (.*)$/gm;

/**
 * Listens to the transitions of orders, until the stream ends. An EventSource would send no key.
 * Returns whether another try makes sense: a server without such a stream has no such path.
 */
export async function listen(last, heard) {
  // API Gateway has no streams.
  if (atIssuer) return false;
  const headers = { accept: 'text/event-stream' };
  if (key) headers.authorization = `Bearer ${key}`;
  if (last) headers['last-event-id'] = last;
  try {
    const response = await fetch('/events', { headers, cache: 'no-store', credentials: 'omit' });
    if (!response.ok) return response.status >= 500;
    let rest = '';
    for await (const text of texts(response.body)) {
      const events = (rest + text).split('\n\n');
      rest = events.pop();
      for (const event of events) {
        const parts = Object.fromEntries([...event.matchAll(EVENT)].map(it => [it[1], it[2]]));
        if (parts.data) heard(parts.id, parts.event, JSON.parse(parts.data));
      }
    }
  } catch {
    // The server is away, or stops: the next try shows it.
  }
  return true;
}

async function* texts(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

const query = values => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
};

export const api = {
  providers: () => call('GET', '/providers'),
  orders: filter => call('GET', `/orders${query(filter)}`),
  order: id => call('GET', `/orders/${encodeURIComponent(id)}`),
  apply: request => call('POST', '/apply', request),
  check: orders => call('POST', '/check-verification', { orders }),
  submit: (orders, information) => call('POST', '/submit-information', { orders, information }),
  cancel: (orders, action) => call('POST', '/cancel', { orders, action }),
  adopt: request => call('POST', '/adopt', request),
  deliver: request => call('POST', '/deliver', request),
  exportCertificate: order => call('POST', '/export', { order }),
  checkServed: orders => call('POST', '/check-served', { orders }),
};

/** Publishes validations where the sandbox looks for them, as a domain's owner would. */
export async function publishInSandbox(validations) {
  const response = await fetch(`${sandbox}/_sandbox/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ validations }),
    credentials: 'omit',
  });
  if (!response.ok) throw new ApiError(response.status, { detail: await response.text() });
}
