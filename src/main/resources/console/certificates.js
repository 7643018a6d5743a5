// Certificates: all of them, filtered, sorted and searched; thousands of rows draw as few as are seen.
import { html, nothing } from './lit/lit-html.js';
import { repeat } from './lit/directives/repeat.js';
import { api } from './api.js';
import { expiries } from './expiries.js';
import { time } from './format.js';
import { icon } from './icons.js';
import { cancel, renew } from './order.js';
import {
  button, deliveredSummary, domainName, empty, lifeBar, nextStep, orderLink, providerName, stateBadge,
} from './parts.js';
import { act, changed, check, ended, loadOrders, state, toast, view } from './state.js';
import { servedSummary } from './served.js';
import { t, tn } from './text.js';

const ROW = { wide: 52, narrow: 92 };
const SPARE = 8;
const FILTERS = ['all', 'issued', 'going', 'trouble', 'ended'];

const shown = { filter: 'all', provider: '', search: '', sort: 'expiry', down: false, top: 0, height: 640 };
const chosen = new Set();
let cache = {};

const fits = {
  all: order => !ended(order) || order.state === 'FAILED',
  issued: order => order.state === 'ISSUED',
  going: order => !ended(order) && order.state !== 'ISSUED',
  trouble: order => Boolean(order.error) || order.state === 'FAILED' || (order.deliveries ?? []).some(it => it.error),
  ended,
};

const keys = {
  domain: order => order.domain.replace(/^\*\./, ''),
  provider: order => order.provider,
  state: order => order.state,
  expiry: order => time(order.certificate?.notAfter) || Infinity,
  next: order => time(order.nextStepAt) || Infinity,
};

function pool() {
  return shown.filter === 'ended' ? state.orders : view().current;
}

/** The rows that are asked for, in their order; computed anew only when something changed. */
function rows() {
  const search = shown.search.trim().toLowerCase();
  const id = [shown.filter, shown.provider, search, shown.sort, shown.down].join('\n');
  if (cache.orders === state.orders && cache.id === id) return cache.rows;
  const key = keys[shown.sort];
  const list = pool()
    .filter(fits[shown.filter])
    .filter(order => !shown.provider || order.provider === shown.provider)
    .filter(order => !search || `${order.domain} ${order.unicode ?? ''} ${order.label ?? ''} ${(order.certificate?.names ?? []).join(' ')} ${order.id}`.toLowerCase().includes(search))
    .map(order => [key(order), order]);
  list.sort(([one, a], [other, b]) =>
    one < other ? -1 : one > other ? 1 : a.domain < b.domain ? -1 : a.domain > b.domain ? 1 : 0,
  );
  if (shown.down) list.reverse();
  cache = { orders: state.orders, id, rows: list.map(([, order]) => order) };
  return cache.rows;
}

let totals = { orders: null };

/** How many orders each filter leaves, and the providers that there are. */
function figures() {
  if (totals.orders !== state.orders) {
    const of = name => (name === 'ended' ? state.orders : view().current).filter(fits[name]).length;
    totals = {
      orders: state.orders,
      count: Object.fromEntries(FILTERS.map(name => [name, of(name)])),
      providers: [...new Set(state.orders.map(order => order.provider))].sort(),
    };
  }
  return totals;
}

function set(values) {
  Object.assign(shown, values, { top: 0 });
  document.querySelector('.rows-box')?.scrollTo(0, 0);
  changed();
}

const narrow = () => window.matchMedia('(max-width: 760px)').matches;

function scrolled(event) {
  shown.top = event.target.scrollTop;
  shown.height = event.target.clientHeight;
  changed();
}

const column = (name, sort, hidden = '') => {
  const active = sort && shown.sort === sort;
  return html`<div role="columnheader" class="cell ${name} ${hidden}" aria-sort=${active ? (shown.down ? 'descending' : 'ascending') : 'none'}>${
    sort
      ? html`<button type="button" class="sort ${active ? 'active' : ''}" @click=${() => set({ sort, down: active && !shown.down })}>${t(`column.${name}`)}<span aria-hidden="true">${active ? (shown.down ? '↓' : '↑') : ''}</span></button>`
      : t(`column.${name}`)}</div>`;
};

function row(order, index, height) {
  const others = (order.certificate?.names ?? []).length - 1;
  return html`<div role="row" class="row" aria-rowindex=${index + 2} .style=${`top:${index * height}px;height:${height}px`}>
    <div role="cell" class="cell choose"><input type="checkbox" aria-label=${t('choose', { domain: order.domain })} .checked=${chosen.has(order.id)}
      @change=${event => { if (event.target.checked) chosen.add(order.id); else chosen.delete(order.id); changed(); }}></div>
    <div role="cell" class="cell name">${orderLink(order, domainName(order))}${others > 0 ? html`<span class="faint more-names">+${others}</span>` : nothing}</div>
    <div role="cell" class="cell at"><span>${providerName(order.provider)}</span><span class="faint account" title=${order.account}>${order.account}</span></div>
    <div role="cell" class="cell status">${stateBadge(order)}</div>
    <div role="cell" class="cell days">${lifeBar(order)}</div>
    <div role="cell" class="cell next"><span>${nextStep(order)}</span></div>
    <div role="cell" class="cell delivered">${deliveredSummary(order)}</div>
    <div role="cell" class="cell served">${servedSummary(order)}</div>
  </div>`;
}

function table(list) {
  const height = narrow() ? ROW.narrow : ROW.wide;
  const first = Math.max(0, Math.floor(shown.top / height) - SPARE);
  const last = Math.min(list.length, Math.ceil((shown.top + shown.height) / height) + SPARE);
  const all = list.length > 0 && list.every(order => chosen.has(order.id));
  return html`<div class="card table">
    <div class="rows-box" role="region" tabindex="0" aria-label=${t('nav.certificates')} @scroll=${scrolled}>
    <div role="table" aria-label=${t('nav.certificates')} aria-rowcount=${list.length + 1}>
    <div class="head-box" role="rowgroup"><div role="row" class="row head" aria-rowindex="1">
      <div role="columnheader" class="cell choose"><input type="checkbox" aria-label=${t('choose.all')} .checked=${all}
        @change=${event => { list.forEach(order => (event.target.checked ? chosen.add(order.id) : chosen.delete(order.id))); changed(); }}></div>
      ${column('name', 'domain')}${column('at', 'provider')}${column('status', 'state')}${column('days', 'expiry')}${column('next', 'next')}${column('delivered')}${column('served')}
    </div></div>
      <div class="rows-all" role="rowgroup" .style=${`height:${list.length * height}px`}>
        ${repeat(list.slice(first, last), order => order.id, (order, at) => row(order, first + at, height))}</div></div></div>
  </div>`;
}

const selected = () => [...chosen].map(id => state.byId.get(id)).filter(Boolean);

async function adopt() {
  const notes = new Set();
  let found = 0;
  let request = {};
  while (request) {
    const answer = await act(() => api.adopt(request));
    if (!answer) break;
    found += answer.providers.reduce((sum, it) => sum + (it.items ?? []).length, 0);
    answer.providers.forEach(it => (it.notes ?? []).forEach(note => notes.add(`${it.provider}: ${note}`)));
    answer.providers.filter(it => it.error).forEach(it => toast(`${it.provider}: ${it.error.message}`, 'bad'));
    request = further(answer.providers.filter(it => it.next && !it.error));
  }
  toast(tn('adopt.done', found));
  notes.forEach(note => toast(note));
  await loadOrders();
}

/** The request for what an answer did not reach; null after the last one. */
const further = open =>
  open.length ? { providers: open.map(it => it.provider), cursors: Object.fromEntries(open.map(it => [it.provider, it.next])) } : null;

const checkMany = () =>
  act(async () => {
    const ids = selected().map(order => order.id);
    await check(ids);
    toast(tn('checked', ids.length));
    await loadOrders();
  });

const bulk = () => html`<div class="bulk" role="region" aria-label=${t('bulk')}><strong>${tn('chosen', chosen.size)}</strong>
  ${button({ id: 'bulk-check', symbol: 'refresh', label: t('check.now'), work: checkMany })}
  ${button({ id: 'bulk-renew', symbol: 'shield', label: t('renew.now'), work: () => renew(selected().filter(it => it.state === 'ISSUED')), disabled: !selected().some(it => it.state === 'ISSUED') })}
  ${button({ id: 'bulk-cancel', kind: 'danger', symbol: 'stop', label: t('cancel'), work: () => cancel(selected().filter(it => !ended(it))) })}
  <button type="button" class="ghost" @click=${() => { chosen.clear(); changed(); }}>${t('choose.none')}</button></div>`;

export function certificatesScreen() {
  const list = rows();
  const { count, providers } = figures();
  return html`<header class="title"><div><h1>${t('nav.certificates')}</h1><p>${tn('certificates.count', list.length)}${state.loading && !state.loaded ? html` · ${t('reading')}` : nothing}</p></div>
    <div class="actions">${button({ id: 'adopt', symbol: 'download', label: t('adopt'), work: adopt })}
      <a class="button primary" href="#/apply">${icon('plus')}<span>${t('nav.apply')}</span></a></div></header>
    ${expiries(view().current)}
    <div class="tools"><label class="search">${icon('search')}<input type="search" placeholder=${t('search')} aria-label=${t('search')} .value=${shown.search} @input=${event => set({ search: event.target.value })}></label>
      <div class="chips" role="group" aria-label=${t('filter')}>${FILTERS.map(
        name => html`<button type="button" class="chip" aria-pressed=${shown.filter === name} @click=${() => set({ filter: name })}>${t(`filter.${name}`)}<span>${count[name].toLocaleString()}</span></button>`)}</div>
      <label class="pick"><span class="hidden">${t('column.at')}</span><select @change=${event => set({ provider: event.target.value })}>
        <option value="">${t('providers.all')}</option>${providers.map(id => html`<option value=${id} ?selected=${shown.provider === id}>${id}</option>`)}</select></label></div>
    ${chosen.size ? bulk() : nothing}
    ${list.length ? table(list) : empty('search', t('certificates.none'), t('certificates.none.text'))}`;
}
