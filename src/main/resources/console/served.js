// Served: what each host and address answers with, against what was delivered.
import { html, nothing } from './lit/lit-html.js';
import { api } from './api.js';
import { date, relative, time } from './format.js';
import { icon } from './icons.js';
import { badge, button, domainName, empty, orderLink, providerName } from './parts.js';
import { act, changed, loadOrders, merge, state, toast, view } from './state.js';
import { t, tn } from './text.js';

const TONES = {
  SERVED: 'ok', EXPIRING: 'warn', OLDER: 'bad', ANOTHER: 'bad', NAME_NOT_COVERED: 'bad',
  CHAIN_INCOMPLETE: 'warn', NOT_YET_VALID: 'bad', UNREACHABLE: 'warn',
  UNKNOWN: 'warn',
};
const GRAVE = new Set([
  'OLDER', 'ANOTHER', 'NAME_NOT_COVERED', 'CHAIN_INCOMPLETE', 'EXPIRING', 'NOT_YET_VALID',
]);
const FEW = 40;

let shown = FEW;
let only = 'all';

const addresses = order => order.served?.addresses ?? [];

/** Whether some address of the order answers with what it should not. */
export const servedTrouble = order => addresses(order).some(it => GRAVE.has(it.status));

/** The addresses that answer with what they should not, in words. */
export const servedTroubles = order => html`<ul class="rows">${addresses(order).filter(it => GRAVE.has(it.status)).map(
  it => html`<li>${badge(t(`served.${it.status}`), TONES[it.status])} <code>${it.host}</code>${it.address ? html` <code class="faint">${it.address}</code>` : nothing}${it.detail ? html`<p class="faint">${it.detail}</p>` : nothing}</li>`)}</ul>`;

export function servedSummary(order) {
  const all = addresses(order);
  if (!all.length) return html`<span class="faint">–</span>`;
  const right = all.filter(it => it.status === 'SERVED').length;
  const kind = servedTrouble(order) ? 'bad' : right === all.length ? 'ok' : 'warn';
  return badge(t('served.of', { right, all: all.length }), kind);
}

const rows = order => html`<div class="scroll" role="region" tabindex="0" aria-label=${t('nav.served')}><table class="plain served-table"><thead><tr>
    <th>${t('served.host')}</th><th>${t('served.address')}</th><th>${t('served.verdict')}</th><th>${t('cert.serial')}</th><th>${t('served.until')}</th></tr></thead>
  <tbody>${addresses(order).map(
    it => html`<tr><td class="mono">${it.host}</td><td class="mono">${it.address ?? '–'}</td>
      <td>${badge(t(`served.${it.status}`), TONES[it.status] ?? 'idle')}${it.detail ? html`<p class="faint">${it.detail}</p>` : nothing}</td>
      <td class="mono">${it.serialNumber ?? '–'}</td><td>${date(it.notAfter) || '–'}</td></tr>`)}</tbody></table></div>`;

export const servedOf = order => addresses(order).length
  ? html`<section class="card"><header><h2>${t('nav.served')}</h2><span class="faint">${t('looked', { when: relative(order.served.lookedAt) })}</span></header>${rows(order)}</section>`
  : nothing;

export const look = orders =>
  act(async () => {
    const ids = orders.map(order => order.id);
    for (let at = 0; at < ids.length; at += 100) {
      const answer = await api.checkServed(ids.slice(at, at + 100));
      merge((answer.orders ?? []).filter(it => it.served).map(it => ({ id: it.orderId ?? it.id, served: it.served })));
      (answer.orders ?? []).filter(it => it.error).slice(0, 1).forEach(it => toast(it.error.message, 'bad'));
    }
    await loadOrders();
  });

const card = order => html`<article class="card served-order"><header><div><h2>${orderLink(order, domainName(order))}</h2>
    <p>${providerName(order.provider)} · ${addresses(order).length ? t('looked', { when: relative(order.served.lookedAt) }) : t('served.never')}</p></div>
    ${servedSummary(order)}
    ${button({ id: `look-${order.id}`, symbol: 'refresh', label: t('look'), work: () => look([order]) })}</header>
  ${addresses(order).length ? rows(order) : nothing}</article>`;

const CHOICES = ['all', 'trouble', 'never'];
const fits = {
  all: () => true,
  trouble: servedTrouble,
  never: order => !addresses(order).length,
};

export function servedScreen() {
  const issued = view().current.filter(order => order.state === 'ISSUED');
  const list = issued.filter(fits[only]).sort(
    (one, other) => servedTrouble(other) - servedTrouble(one) || (addresses(other).length > 0) - (addresses(one).length > 0)
      || (time(one.certificate?.notAfter) || 0) - (time(other.certificate?.notAfter) || 0));
  const all = issued.flatMap(addresses);
  const right = all.filter(it => it.status === 'SERVED').length;
  return html`<header class="title"><div><h1>${t('served.title')}</h1><p>${all.length ? t('served.count', { right, all: all.length }) : t('served.intro')}</p></div>
      ${issued.length ? html`<div class="actions">${button({ id: 'look-all', kind: 'primary', symbol: 'refresh', label: tn('look.all', Math.min(list.length, shown)), work: () => look(list.slice(0, shown)) })}</div>` : nothing}</header>
    ${issued.length
      ? html`<div class="tools"><div class="chips" role="group" aria-label=${t('filter')}>${CHOICES.map(
          name => html`<button type="button" class="chip" aria-pressed=${only === name} @click=${() => { only = name; shown = FEW; changed(); }}>${t(`served.filter.${name}`)}<span>${issued.filter(fits[name]).length.toLocaleString()}</span></button>`)}</div></div>
        ${list.length ? list.slice(0, shown).map(card) : empty('check', t('served.fine'), t('served.fine.text'))}
        ${list.length > shown ? html`<button type="button" class="more" @click=${() => { shown += FEW; changed(); }}>${tn('more', list.length - shown)}</button>` : nothing}`
      : empty('globe', t('served.none'), t('served.none.text'), html`<a class="button primary" href="#/apply">${icon('plus')}<span>${t('nav.apply')}</span></a>`)}`;
}
