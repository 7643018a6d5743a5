// One order: its life, what it waits for, where its certificate goes; and what can be done about it.
import { html, nothing } from './lit/lit-html.js';
import { api, publishInSandbox, sandbox } from './api.js';
import { date, moment, relative } from './format.js';
import { icon } from './icons.js';
import {
  badge, button, deliveryTone, domainName, empty, errorView, findingsOf, lifeBar, nextStep, providerName,
  stateBadge, tone, validationTable, copyButton,
} from './parts.js';
import { act, check, ended, generations, loadOrder, loadOrders, state, toast } from './state.js';
import { servedOf } from './served.js';
import { t, tn } from './text.js';
import { certificates } from './x509.js';

const SOME = 500;

async function renewSome(provider, label, list) {
  const latest = list.reduce((last, order) => Math.max(last, Date.parse(order.createdAt)), 0);
  const answer = await act(() =>
    api.apply({
      domains: list.map(order => order.domain),
      providers: [provider],
      ...(label ? { label } : {}),
      // These orders and no later ones, so that a second click spends nothing.
      reissueBefore: new Date(latest + 1).toISOString(),
    }),
  );
  const failed = answer?.entries.find(entry => entry.error && !entry.error.retryable);
  if (failed) toast(`${failed.domain}: ${failed.error.message}`, 'bad');
  else if (answer) toast(tn('renewing', list.length));
}

/** Applies again under the same terms, order by order of one provider and label at a time. */
export async function renew(orders) {
  const groups = Map.groupBy(orders, order => `${order.provider} ${order.label ?? ''}`);
  for (const list of groups.values()) {
    const { provider, label } = list[0];
    for (let at = 0; at < list.length; at += SOME) await renewSome(provider, label, list.slice(at, at + SOME));
  }
  await loadOrders();
}

/** The terms of an order that no answer shows, so that only the person can say them again. */
const untold = order => [
  ...(order.csrGiven ? ['csr'] : []),
  ...(order.keyPasswordGiven ? ['keyPassword'] : []),
  ...Object.entries(order.options ?? {}).filter(([, value]) => value === '***').map(([name]) => name),
];

/** Applies anew for the domain of an order that has ended, under the terms that it had. */
export async function again(order) {
  if (untold(order).length) {
    toast(t('again.untold', { names: untold(order).join(', ') }), 'bad');
    location.hash = '#/apply';
    return;
  }
  const options = order.options ?? {};
  const answer = await act(() =>
    api.apply({
      domains: [order.domain],
      providers: [order.provider],
      validation: order.validation,
      keyAlgorithm: order.keyAlgorithm,
      ...(order.label ? { label: order.label } : {}),
      ...(Object.keys(options).length ? { providerOptions: { [order.provider]: options } } : {}),
      ...(order.information ? { information: order.information } : {}),
    }),
  );
  const entry = answer?.entries[0];
  if (entry?.error) toast(entry.error.message, 'bad');
  else if (entry) toast(t('applied.again', { domain: order.domain }));
  await loadOrders();
}

export async function deliverAgain(order) {
  const answer = await act(() => api.deliver({ orders: [order.id], retry: true }));
  const entry = answer?.orders[0];
  const failed = entry?.error ?? entry?.deliveries?.find(it => it.error)?.error;
  if (failed) toast(failed.message, 'bad');
  else if (entry) toast(t('delivered.now', { domain: order.domain }));
  await loadOrders();
}

export async function cancel(orders) {
  const names = orders.map(order => order.domain).slice(0, 3).join(', ');
  if (!orders.length || !window.confirm(tn('cancel.sure', orders.length, { names }))) return;
  for (let at = 0; at < orders.length; at += 100) {
    const answer = await act(() => api.cancel(orders.slice(at, at + 100).map(order => order.id)));
    const failed = answer?.orders.find(entry => entry.error);
    if (failed) toast(`${failed.domain ?? failed.orderId}: ${failed.error.message}`, 'bad');
    else if (answer) toast(tn('cancelled', answer.orders.length));
  }
  await loadOrders();
}

/** The certificate and its chain; this page never asks for a key. */
async function download(order) {
  const answer = await act(() => api.exportCertificate(order.id));
  if (!answer) return;
  if (answer.error) {
    toast(answer.error.message, 'bad');
    return;
  }
  const text = [answer.certificate, answer.chain].filter(Boolean).map(it => it.trim()).join('\n') + '\n';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/x-pem-file' }));
  link.download = `${order.domain.replace('*', '_')}.pem`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

let links = { id: null, list: null };

/** The chain link by link, as the certificate is given out. */
const showChain = order => act(async () => {
  const answer = await api.exportCertificate(order.id);
  if (answer.error) toast(answer.error.message, 'bad');
  else links = { id: order.id, list: certificates([answer.certificate, answer.chain].filter(Boolean).join('\n')) };
});

const link = it => html`<li><p><strong>${it.subject}</strong></p>
  <p class="faint">${t('chain.by', { issuer: it.issuer })} · ${t('chain.until', { date: date(it.notAfter) })}</p>
  ${it.fits ? nothing : html`<p class="bad-text">${t('chain.broken')}</p>`}</li>`;

const chain = order => links.id !== order.id
  ? html`<footer>${button({ id: `chain-${order.id}`, symbol: 'shield', label: t('chain.show'), work: () => showChain(order) })}</footer>`
  : html`<h3>${t('chain')}</h3>${links.list?.length
      ? html`<ol class="chain">${links.list.map(link)}</ol>` : html`<p class="bad-text">${t('chain.unread')}</p>`}`;

const checkOne = order => act(async () => {
  await check([order.id]);
  await loadOrder(order.id);
});

const publish = order => act(async () => {
  await publishInSandbox(order.validations);
  await checkOne(order);
});

const fact = (name, value) =>
  value === undefined || value === null || value === '' ? nothing : html`<div><dt>${t(name)}</dt><dd>${value}</dd></div>`;

const section = (name, content, more = nothing) => html`<section class="card"><header><h2>${t(name)}</h2>${more}</header>${content}</section>`;

const history = order => {
  const entries = [...(order.history ?? [])].reverse();
  return section('order.life', entries.length
    ? html`<ol class="life-line">${entries.map(
        entry => html`<li class=${entry.from === entry.to ? 'same' : tone({ state: entry.to })}>
          <span class="dot" aria-hidden="true"></span>
          <div><p>${entry.from === entry.to ? nothing : html`<strong>${t(`state.${entry.to}`)}</strong> `}<span>${entry.why}</span></p>
          <p class="faint"><time datetime=${entry.at} title=${entry.at}>${moment(entry.at)}</time>${
            entry.requestId ? html` · ${t('request.id')} <code>${entry.requestId}</code>` : nothing}${
            entry.by ? html` · ${t('done.by')} ${entry.by}` : nothing}</p></div></li>`)}</ol>`
    : html`<p class="faint">${t('reading')}</p>`);
};

const validations = order => order.validations?.length && order.state !== 'ISSUED' && !ended(order)
  ? section('order.validations', html`${order.validations.map(validationTable)}${findingsOf(order)}`,
      html`<div class="actions">${sandbox ? button({ id: `publish-${order.id}`, symbol: 'globe', label: t('publish.sandbox'), work: () => publish(order) }) : nothing}</div>`)
  : nothing;

const PUBLICATIONS = { BLOCKED: 'bad', LEFT: 'warn', SEEN: 'ok', FOUND: 'ok', REMOVED: 'idle', PASSED_ON: 'idle' };

const publications = order => order.publications?.length
  ? section('order.publications', html`<ul class="rows">${order.publications.map(
      it => html`<li>${badge(t(`publication.${it.state}`), PUBLICATIONS[it.state] ?? 'info')} <code>${it.writtenName ?? it.recordName}</code>
        ${it.writer ? html`<span class="faint">${t('by', { writer: it.writer })}</span>` : nothing}${errorView(it.error)}</li>`)}</ul>`)
  : nothing;

const deliveries = order => order.deliveries?.length
  ? section('order.deliveries', html`<ul class="rows">${order.deliveries.map(
      it => html`<li>${badge(t(`delivery.${it.state}`), deliveryTone(it))} <strong>${it.to}</strong>
        ${Object.entries(it.options ?? {}).map(([name, value]) => html`<code>${name}=${value}</code> `)}
        ${it.place ? html`<p class="faint mono">${it.place}</p>` : nothing}${errorView(it.error)}</li>`)}</ul>`,
      order.deliveries.some(it => it.state !== 'DELIVERED') && order.state === 'ISSUED'
        ? button({ id: `deliver-${order.id}`, symbol: 'send', label: t('deliver.again'), work: () => deliverAgain(order) })
        : nothing)
  : nothing;

function certificate(order) {
  const facts = order.certificate;
  if (!facts) return nothing;
  return section('order.certificate', html`
    <div class="big-life">${lifeBar(order)}<span class="faint">${facts.notBefore ? `${date(facts.notBefore)} → ` : ''}${date(facts.notAfter)}</span></div>
    <dl class="facts">${fact('cert.names', html`<span class="names">${(facts.names ?? []).map(name => html`<code>${name}</code> `)}</span>`)}
      ${fact('cert.issuer', facts.issuer)}${fact('cert.serial', facts.serialNumber ? html`<code>${facts.serialNumber}</code>` : null)}
      ${fact('cert.fingerprint', facts.fingerprint ? html`<code>${facts.fingerprint}</code>` : null)}${fact('cert.key', facts.keyAlgorithm)}</dl>
    ${order.state === 'ISSUED' ? chain(order) : nothing}`,
    button({ id: `download-${order.id}`, symbol: 'download', label: t('download'), work: () => download(order) }));
}

const terms = order => section('order.terms', html`<dl class="facts">
  ${fact('column.at', html`${providerName(order.provider)} <span class="faint">${order.account}</span>`)}
  ${fact('term.label', order.label)}${fact('term.validation', t(`validation.${order.validation}`))}${fact('term.key', order.keyAlgorithm)}
  ${Object.entries(order.options ?? {}).map(([name, value]) => html`<div><dt class="mono">${name}</dt><dd><code>${value}</code></dd></div>`)}
  ${order.reference ? Object.entries(order.reference).map(([name, value]) => html`<div><dt class="mono">${name}</dt><dd><code>${value}</code>${copyButton(value, name)}</dd></div>`) : nothing}
  ${fact('term.status', order.vendorStatus ? html`<code>${order.vendorStatus}</code>` : null)}
  ${fact('term.created', moment(order.createdAt))}${fact('term.deadline', order.deadline ? html`${moment(order.deadline)} <span class="faint">${relative(order.deadline)}</span>` : null)}
  ${fact('term.id', html`<code>${order.id}</code>${copyButton(order.id, t('term.id'))}`)}</dl>`);

function others(order) {
  const list = generations(order);
  return list.length < 2 ? nothing : section('order.generations', html`<ul class="rows">${list.map(
    it => html`<li aria-current=${it.id === order.id}>${stateBadge(it)} ${it.id === order.id
      ? html`<strong>${t('generation', { n: it.generation })}</strong>`
      : html`<a href="#/orders/${it.id}">${t('generation', { n: it.generation })}</a>`} <span class="faint">${moment(it.createdAt)}</span></li>`)}</ul>`);
}

let opened = { id: null, at: 0, version: null, missing: false };

/** Reads the history when the order is opened, and again when it has moved. */
function follow(id) {
  const order = state.byId.get(id);
  if (opened.id === id && (order?.version === opened.version || Date.now() - opened.at < 1000)) return;
  opened = { id, at: Date.now(), version: order?.version ?? null, missing: false };
  act(async () => {
    try {
      opened.version = (await loadOrder(id)).version;
    } catch (error) {
      opened.missing = error.status === 404 || error.status === 400;
      if (!opened.missing) throw error;
    }
  });
}

export function orderScreen(id) {
  follow(id);
  const order = state.byId.get(id);
  if (!order?.domain) {
    return opened.missing ? empty('search', t('order.unknown'), id, html`<a class="button" href="#/certificates">${t('nav.certificates')}</a>`) : html`<p class="faint pad">${t('reading')}</p>`;
  }
  return html`<a class="back" href="#/certificates">${icon('back')}${t('nav.certificates')}</a>
    <header class="title order"><div><h1>${domainName(order)} ${stateBadge(order)}</h1><p>${providerName(order.provider)} · ${nextStep(order)}</p></div>
      <div class="actions">
        ${ended(order) || order.state === 'ISSUED' ? nothing : button({ id: `check-${id}`, kind: 'primary', symbol: 'refresh', label: t('check.now'), work: () => checkOne(order) })}
        ${order.state === 'ISSUED' ? button({ id: `renew-${id}`, symbol: 'refresh', label: t('renew.now'), work: () => renew([order]) }) : nothing}
        ${ended(order) ? button({ id: `again-${id}`, kind: 'primary', symbol: 'refresh', label: t('apply.again'), work: () => again(order) }) : nothing}
        ${ended(order) ? nothing : button({ id: `cancel-${id}`, kind: 'danger', symbol: 'stop', label: t('cancel'), work: () => cancel([order]) })}
      </div></header>
    ${order.error || order.message ? html`<section class="card notice ${order.error ? 'bad' : ''}">${errorView(order.error)}${order.message ? html`<p>${order.message}</p>` : nothing}</section>` : nothing}
    <div class="columns"><div>${validations(order)}${certificate(order)}${servedOf(order)}${deliveries(order)}${publications(order)}${others(order)}${terms(order)}</div><div>${history(order)}</div></div>`;
}
