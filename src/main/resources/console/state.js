// What the console knows: the orders as the API gave them, and what follows from them. The API
// stays the only source; nothing is stored in the browser but the language and the theme.
import { api, ApiError, listen } from './api.js';

const PAGE = 200;
const CALM = 500;
const FEW = 20;
const GATHER = 300;
const AGAIN = 5_000;

export const state = {
  orders: [],
  byId: new Map(),
  loaded: false,
  loading: false,
  error: null,
  providers: null,
  findings: new Map(),
  unauthorized: false,
  now: Date.now(),
  toasts: [],
};

let listener = () => {};
let scheduled = false;

export function onChange(callback) {
  listener = callback;
}

/** Draws the page anew, once for all changes of a turn. */
export function changed() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    state.now = Date.now();
    listener();
  });
}

let derived = null;

function put(orders) {
  state.orders = orders;
  state.byId = new Map(orders.map(order => [order.id, order]));
  derived = null;
}

/** Takes orders, whole or in part, from an answer; unknown ones are added. */
export function merge(parts) {
  const byId = new Map(state.byId);
  for (const part of parts) {
    const id = part.id ?? part.orderId;
    if (id) byId.set(id, { ...byId.get(id), ...part, id });
  }
  put([...byId.values()]);
  changed();
}

/** The later version of an order, which may have been read alone while a list was being read. */
const newer = order => {
  const known = state.byId.get(order.id);
  return known?.version > order.version ? known : order;
};

/** Reads all orders, page by page, and shows the first ones while it reads on. */
export async function loadOrders() {
  if (state.loading) return;
  state.loading = true;
  try {
    const all = [];
    let cursor;
    do {
      const page = await api.orders({ limit: PAGE, cursor });
      all.push(...page.orders);
      cursor = page.next;
      if (!state.loaded && cursor) {
        put([...all]);
        changed();
      }
    } while (cursor);
    put(all.map(newer));
    state.loaded = true;
    state.error = null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    state.error = error;
  } finally {
    state.loading = false;
    changed();
  }
}

export async function loadProviders() {
  try {
    state.providers = await api.providers();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    state.error = error;
  }
  changed();
}

export async function loadOrder(id) {
  const order = await api.order(id);
  merge([order]);
  return order;
}

/** Looks at the validations of orders and has the vendors check them. */
export async function check(ids) {
  const answer = await api.check(ids);
  for (const entry of answer.orders) {
    if (entry.id) state.findings.set(entry.id, { at: Date.now(), list: entry.findings ?? [] });
  }
  merge(answer.orders.filter(entry => entry.state).map(({ findings, ...order }) => order));
  return answer;
}

let following = false;
let live = false;
let told = new Set();
let missed = false;

/** Reads the orders that the server has reported: one by one while they are few. */
async function refresh() {
  const ids = [...told];
  const all = missed || ids.length > FEW;
  told = new Set();
  missed = false;
  if (all) await loadOrders();
  else await Promise.allSettled(ids.map(loadOrder));
}

function hear(type, data) {
  live = true;
  if (type === 'open') return;
  if (!told.size && !missed) setTimeout(refresh, GATHER);
  if (type === 'missed') missed = true;
  else told.add(data.order);
}

/** Follows orders while they change, if the server reports changes. */
export async function follow() {
  if (following) return;
  following = true;
  let last;
  let worth = true;
  while (worth && !state.unauthorized) {
    worth = await listen(last, (id, type, data) => {
      last = id;
      hear(type, data);
    });
    live = false;
    if (worth) await new Promise(done => { setTimeout(done, AGAIN); });
  }
  following = false;
}

/**
 * Reads the orders again and again while the page is seen: less often when there are many, and
 * seldom while the server reports changes.
 */
export function poll() {
  const wait = live ? 120_000 : state.orders.length > CALM ? 30_000 : 4_000;
  setTimeout(async () => {
    if (!document.hidden && !state.unauthorized) await loadOrders();
    poll();
  }, wait);
}

const ENDED = new Set(['EXPIRED', 'REVOKED', 'FAILED', 'CANCELLED']);
export const ended = order => ENDED.has(order.state);

const place = order => `${order.provider}\n${order.account}\n${order.domain}\n${order.label ?? ''}`;

/** What is in use or on its way: the last generation, and before it what is still used. */
export function view() {
  if (derived) return derived;
  const latest = new Map();
  for (const order of state.orders) {
    const other = latest.get(place(order));
    if (!other || (order.generation ?? 0) > (other.generation ?? 0)) latest.set(place(order), order);
  }
  const current = state.orders.filter(order => {
    const last = latest.get(place(order));
    return last === order || (order.state === 'ISSUED' && last.state !== 'ISSUED');
  });
  derived = { latest, current, isLatest: order => latest.get(place(order)) === order };
  return derived;
}

export const generations = order =>
  state.orders
    .filter(other => place(other) === place(order))
    .sort((one, other) => other.generation - one.generation);

/** Says for a moment how something went. */
export function toast(text, kind = 'ok') {
  const it = { text, kind };
  state.toasts = [...state.toasts, it];
  changed();
  setTimeout(() => {
    state.toasts = state.toasts.filter(other => other !== it);
    changed();
  }, kind === 'ok' ? 4_000 : 9_000);
}

/** Runs an action of the person, and says when it failed. */
export async function act(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status !== 401) toast(problemText(error), 'bad');
    return null;
  } finally {
    changed();
  }
}

export function problemText(error) {
  const fields = error.errors.slice(0, 3).map(it => `${it.field ?? it.path ?? ''} ${it.message ?? it.detail ?? ''}`);
  return [error.message || error.title || `HTTP ${error.status}`, ...fields].join(' · ');
}
