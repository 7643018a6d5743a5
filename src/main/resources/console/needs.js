// What needs me: what only a person can do, the most urgent first, each with the button that helps.
import { html, nothing } from './lit/lit-html.js';
import { repeat } from './lit/directives/repeat.js';
import { api, publishInSandbox, sandbox } from './api.js';
import { informationFields } from './form.js';
import { daysLeft, relative, span, time, worrying } from './format.js';
import { icon } from './icons.js';
import { newcomer } from './newcomer.js';
import { again, deliverAgain, renew } from './order.js';
import {
  button, copyButton, deliveryTone, empty, errorView, findingsOf, lifeBar, orderLink, providerName, validationTable,
} from './parts.js';
import { act, changed, check, ended, loadOrder, loadOrders, series, state, toast, view } from './state.js';
import { look, servedTrouble, servedTroubles } from './served.js';
import { t, tn } from './text.js';

const FEW = 20;
const SOON = 30;
const RECENT = 30 * 86_400_000;
const AGAIN = 5_000;
const WRITTEN = new Set(['FOUND', 'WRITING', 'WRITTEN', 'SEEN', 'REMOVED', 'PASSED_ON']);

let shown = FEW;
const drafts = new Map();
const asked = new Map();

/** A record that has served and stays: a person removes it, or sets the keys for that. */
const leftOver = record =>
  record.state === 'LEFT' || (record.state !== 'BLOCKED' && record.error?.class === 'CREDENTIALS');

/** What a person has to publish: all but what Polycert publishes by itself. */
export function toPublish(order) {
  const written = new Set(
    (order.publications ?? []).filter(it => WRITTEN.has(it.state)).map(it => it.recordName),
  );
  return (order.validations ?? []).filter(it => !written.has(it.recordName));
}

/** What an error asks of a person; nothing where Polycert goes on by itself. */
const HINDERED = { QUOTA: 'quota', CREDENTIALS: 'keys', NEEDS_USER: 'user' };
const hindered = order => HINDERED[order.error?.class];

const recent = order => state.now - time(order.updatedAt) < RECENT;

function needOf(order) {
  const until = time(order.deadline);
  switch (order.state) {
    case 'PENDING_INFORMATION': return { kind: 'information', until };
    case 'ISSUED': return needOfIssued(order);
    case 'FAILED':
      return recent(order) ? { kind: hindered(order) ?? 'failed', until: time(order.updatedAt) + RECENT } : null;
    case 'EXPIRED': return recent(order) ? { kind: 'expired', until: time(order.updatedAt) } : null;
    case 'PENDING_VALIDATION': if (toPublish(order).length) return { kind: 'publish', until };
  }
  return ended(order) || !hindered(order) ? null : { kind: hindered(order), until };
}

const stuck = order => (order.deliveries ?? []).some(it => it.state === 'REFUSED' || deliveryTone(it) === 'warn');

function needOfIssued(order) {
  const until = time(order.certificate?.notAfter);
  // What is not delivered is not served either: the delivery comes first.
  if (stuck(order)) return { kind: 'undelivered', until };
  if (servedTrouble(order)) return { kind: 'served', until };
  if ((order.publications ?? []).some(leftOver)) return { kind: 'left', until };
  if (order.watched && daysLeft(order) !== null && daysLeft(order) <= SOON) return { kind: 'expiring', until };
  if (hindered(order)) return { kind: hindered(order), until };
  return worrying(order) ? { kind: 'unrenewed', until } : null;
}

let cache = { orders: null, minute: 0, needs: [] };

/** Everything that needs a person, the most urgent first. */
export function needs() {
  const minute = Math.floor(state.now / 60_000);
  if (cache.orders !== state.orders || cache.minute !== minute) {
    const found = view().current.map(order => ({ order, ...needOf(order) })).filter(it => it.kind);
    // Where the renewal needs a person, that says it all.
    const told = new Set(found.filter(it => it.kind !== 'unrenewed').map(it => series(it.order)));
    const all = found.filter(it => it.kind !== 'unrenewed' || !told.has(series(it.order)));
    all.sort((one, other) => (one.until || Infinity) - (other.until || Infinity));
    cache = { orders: state.orders, minute, needs: all };
  }
  return cache.needs;
}

const SYMBOLS = {
  publish: 'globe', information: 'form', undelivered: 'send', served: 'globe', quota: 'gauge',
  keys: 'key', user: 'alert', failed: 'alert', left: 'globe', expiring: 'clock', unrenewed: 'clock', expired: 'clock',
};

async function checkNow(order) {
  const answer = await act(() => check([order.id]));
  const now = answer?.orders[0];
  if (now?.state === 'ISSUED') toast(t('done.issued', { domain: order.domain }));
}

const publishHere = order =>
  act(async () => {
    await publishInSandbox(toPublish(order));
    await checkNow(order);
  });

const publishing = order => html`
  ${toPublish(order).map(validationTable)}
  ${findingsOf(order)}
  <footer>${button({ id: `check-${order.id}`, kind: 'primary', symbol: 'refresh', label: t('check.published'), work: () => checkNow(order) })}
    ${sandbox ? button({ id: `publish-${order.id}`, symbol: 'globe', label: t('publish.sandbox'), work: () => publishHere(order) }) : nothing}</footer>`;

function draftOf(order) {
  if (!drafts.has(order.id)) drafts.set(order.id, {});
  return drafts.get(order.id);
}

async function submit(order) {
  const answer = await act(() => api.submit([order.id], draftOf(order)));
  const entry = answer?.orders[0];
  if (!entry) return;
  if (entry.error) toast(entry.error.message, 'bad');
  else if (entry.missing.length) toast(tn('info.still', entry.missing.length), 'warn');
  else toast(t('info.sent', { domain: order.domain }));
  await act(() => loadOrder(order.id));
}

function informing(order) {
  if (asked.get(order.id) !== order.version) {
    asked.set(order.id, order.version);
    act(() => loadOrder(order.id)).then(read => {
      if (!read) setTimeout(() => { asked.delete(order.id); changed(); }, AGAIN);
    });
  }
  const paths = (order.missing ?? []).map(path => path.replace(/^information\./, ''));
  return html`<form @submit=${event => event.preventDefault()}>
    ${paths.length ? informationFields(paths, draftOf(order), order.id) : html`<p class="faint">${t('info.reading')}</p>`}
    <footer>${button({ id: `submit-${order.id}`, kind: 'primary', symbol: 'send', label: t('info.submit'), work: () => submit(order) })}</footer></form>`;
}

const undelivered = order => html`
  <ul class="rows">${order.deliveries.filter(it => it.state !== 'DELIVERED' && it.error).map(
    it => html`<li><strong>${it.to}</strong> ${Object.entries(it.options ?? {}).map(([name, value]) => html`<code>${name}=${value}</code> `)}${errorView(it.error)}</li>`,
  )}</ul>${servedTrouble(order) ? servedTroubles(order) : nothing}
  <footer>${button({ id: `deliver-${order.id}`, kind: 'primary', symbol: 'send', label: t('deliver.again'), work: () => deliverAgain(order) })}</footer>`;

const renewing = order => button({ id: `renew-${order.id}`, kind: 'primary', symbol: 'refresh', label: t('renew.now'), work: () => renew([order]) });
const applying = order => button({ id: `again-${order.id}`, kind: 'primary', symbol: 'refresh', label: t('apply.again'), work: () => again(order) });

const retrying = order => html`${errorView(order.error)}${order.message ? html`<p class="note">${order.message}</p>` : nothing}
  <footer>${ended(order) ? applying(order) : order.state === 'ISSUED' ? renewing(order)
    : button({ id: `check-${order.id}`, kind: 'primary', symbol: 'refresh', label: t('check.now'), work: () => checkNow(order) })}</footer>`;

function body({ kind, order }) {
  switch (kind) {
    case 'publish': return publishing(order);
    case 'information': return informing(order);
    case 'undelivered': return undelivered(order);
    case 'expiring': case 'unrenewed': return html`${lifeBar(order)}${errorView(order.error)}<footer>${renewing(order)}</footer>`;
    case 'expired': return html`${lifeBar(order)}<footer>${applying(order)}</footer>`;
    case 'left':
      return html`<ul class="rows">${order.publications.filter(leftOver).map(
        record => html`<li><code>${record.writtenName ?? record.recordName}</code> ${copyButton(record.writtenName ?? record.recordName, t('record.name'))}${errorView(record.error)}</li>`)}</ul>`;
    case 'served':
      return html`${servedTroubles(order)}<footer>${button({ id: `look-${order.id}`, kind: 'primary', symbol: 'refresh', label: t('served.again'), work: () => look([order]) })}</footer>`;
    default: return retrying(order);
  }
}

const card = need => html`<article class="card need ${need.kind}" data-order=${need.order.id}>
  <header><span class="disc">${icon(SYMBOLS[need.kind])}</span>
    <div><h2>${t(`need.${need.kind}`)}</h2>
      <p>${orderLink(need.order)} · ${providerName(need.order.provider)}</p></div>
    ${need.until && !ended(need.order) && need.until - state.now < RECENT
      ? html`<span class="until ${need.until - state.now < 2 * 86_400_000 ? 'bad' : ''}">${icon('clock')}${
          need.until > state.now ? t('left', { span: span(need.until - state.now) }) : relative(new Date(need.until).toISOString())}</span>`
      : nothing}</header>
  ${body(need)}</article>`;

/** All records in the form of a zone file, for those who have many to publish. */
const zoneFile = list =>
  list.flatMap(({ order }) => toPublish(order)).filter(it => it.recordName)
    .map(it => `${it.recordName}. 300 IN ${it.recordType} ${it.recordType === 'TXT' ? JSON.stringify(it.recordValue) : `${it.recordValue}.`}`)
    .join('\n');

const checkAll = list =>
  act(async () => {
    await check(list.map(it => it.order.id));
    await loadOrders();
  });

const publishAll = list => act(() => publishAllOf(list.map(it => it.order)));

/** Publishes in the sandbox what the orders wait for, and has the vendors check. */
export async function publishAllOf(orders) {
  await publishInSandbox(orders.flatMap(toPublish));
  await check(orders.map(order => order.id));
  await loadOrders();
}

function figures() {
  const { current } = view();
  const issued = current.filter(order => order.state === 'ISSUED');
  const going = current.filter(order => order.state !== 'ISSUED' && !ended(order)).length;
  const soon = issued.filter(order => (daysLeft(order) ?? Infinity) <= SOON).length;
  const figure = (value, name, kind = '') => html`<a class="figure ${kind}" href="#/certificates"><strong>${value.toLocaleString()}</strong><span>${t(name)}</span></a>`;
  return html`<div class="figures">${figure(issued.length, 'figure.issued', 'ok')}${figure(going, 'figure.going', 'info')}${figure(soon, 'figure.soon', soon ? 'warn' : '')}${figure(needs().length, 'figure.needs', needs().length ? 'bad' : '')}</div>`;
}

export function needsScreen() {
  const all = needs();
  const toDo = all.filter(it => it.kind === 'publish');
  const guide = newcomer();
  return html`<header class="title"><div><h1>${t('needs.title')}</h1><p>${all.length ? tn('needs.count', all.length) : t('needs.none.short')}</p></div>
    ${toDo.length > 1
      ? html`<div class="actions">${copyButton(zoneFile(toDo), t('needs.zone'), t('needs.zone.do'))}
          ${sandbox && guide === nothing ? button({ id: 'publish-all', symbol: 'globe', label: t('publish.all'), work: () => publishAll(toDo) }) : nothing}
          ${button({ id: 'check-all', symbol: 'refresh', label: tn('check.all', toDo.length), work: () => checkAll(toDo) })}</div>`
      : nothing}</header>
    ${guide}
    ${state.orders.length ? figures() : nothing}
    ${all.length
      ? html`<div class="needs">${repeat(all.slice(0, shown), it => it.order.id, card)}</div>
          ${all.length > shown
            ? html`<button type="button" class="more" @click=${() => { shown += FEW * 2; changed(); }}>${tn('more', all.length - shown)}</button>`
            : nothing}`
      : guide !== nothing ? nothing
        : state.orders.length
          ? empty('check', t('needs.none'), t('needs.none.text'))
          : empty('shield', t('needs.empty'), t('needs.empty.text'), html`<a class="button primary" href="#/apply">${icon('plus')}<span>${t('nav.apply')}</span></a>`)}`;
}
