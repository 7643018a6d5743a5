// Pieces that several screens share. All texts of vendors go through lit's bindings, as text.
import { html, nothing } from './lit/lit-html.js';
import { icon } from './icons.js';
import { date, daysLeft, relative, renewalTime, time } from './format.js';
import { changed, state, successor, toast } from './state.js';
import { t, tn } from './text.js';

const TONES = {
  ISSUED: 'ok',
  PENDING_VALIDATION: 'warn',
  PENDING_INFORMATION: 'warn',
  REQUESTED: 'info',
  APPLYING: 'info',
  UNCERTAIN: 'warn',
  FAILED: 'bad',
  REVOKED: 'bad',
  EXPIRED: 'idle',
  CANCELLED: 'idle',
};

export const tone = order => TONES[order.state] ?? 'idle';

export const badge = (text, kind) => html`<span class="badge ${kind}">${text}</span>`;

export const stateBadge = order => badge(t(`state.${order.state}`), tone(order));

const LETTERS = { 'tencent-ssl': 'T', 'tencent-edgeone': 'E', 'alibaba-esa': 'A', 'huawei-scm': 'H', acme: 'C' };

export function providerMark(id) {
  const [kind] = id.split('@');
  return html`<span class="mark ${kind}" aria-hidden="true">${LETTERS[kind] ?? kind.slice(0, 1).toUpperCase()}</span>`;
}

export const providerName = id => html`<span class="provider">${providerMark(id)}<span>${id}</span></span>`;

/** A name in Unicode, with its A-labels where they differ, and the label of its order. */
export const domainName = order => html`<span class="domain">${order.unicode ?? order.domain}</span>${
  order.unicode ? html` <span class="faint mono">${order.domain}</span>` : nothing
}${order.label ? html` <span class="tag" title=${t('term.label')}>${order.label}</span>` : nothing}`;

export const orderLink = (order, content) => html`<a href="#/orders/${order.id}">${content ?? domainName(order)}</a>`;

let copied = null;

/** For pages that came by plain HTTP, where browsers have no clipboard for scripts. */
function copyByHand(text) {
  const field = document.createElement('textarea');
  const before = document.activeElement;
  field.value = text;
  field.setAttribute('aria-hidden', 'true');
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  before?.focus();
  return done;
}

const written = text =>
  navigator.clipboard ? navigator.clipboard.writeText(text).then(() => true, () => copyByHand(text)) : Promise.resolve(copyByHand(text));

async function copy(text) {
  if (!(await written(text))) {
    toast(t('copy.failed'), 'bad');
    return;
  }
  copied = text;
  changed();
  setTimeout(() => {
    if (copied === text) copied = null;
    changed();
  }, 1500);
}

export const copyButton = (text, what, label = t('copy')) => html`<button
  class="ghost small copy" type="button" @click=${() => copy(text)}
  aria-label=${t('copy.what', { what })} title=${t('copy.what', { what })}
>${icon(copied === text ? 'check' : 'copy')}<span>${copied === text ? t('copied') : label}</span></button>`;

/** One thing to publish: a record with its three parts, or a file. */
export function validationTable(validation) {
  const rows = validation.url
    ? [['file.url', validation.url], ['file.content', validation.content]]
    : [
        ['record.name', validation.recordName],
        ['record.type', validation.recordType],
        ['record.value', validation.recordValue],
      ];
  return html`<dl class="record">${rows.map(
    ([name, value]) => html`<div><dt>${t(name)}</dt><dd><code>${value}</code>${copyButton(value, t(name))}</dd></div>`,
  )}</dl>${validation.note ? html`<p class="faint note">${validation.note}</p>` : nothing}`;
}

const FINDING_TONES = { PRESENT: 'ok', PARTIAL: 'warn', DIFFERENT: 'bad', ABSENT: 'bad', UNREACHABLE: 'warn' };

/** What each server answers now. */
export const findingView = finding => html`<div class="finding">
  <p>${badge(t(`finding.${finding.status}`), FINDING_TONES[finding.status] ?? 'idle')}
    <code>${finding.what}</code></p>
  ${finding.seen?.length
    ? html`<table class="plain"><thead><tr><th>${t('finding.server')}</th><th>${t('finding.answer')}</th></tr></thead>
      <tbody>${finding.seen.map(
        seen => html`<tr><td class="mono">${seen.server}</td><td>${
          seen.error
            ? html`<span class="bad-text">${seen.error}</span>`
            : seen.values.length
              ? seen.values.map(value => html`<code>${value}</code> `)
              : html`<span class="faint">${t('finding.nothing')}</span>`
        }</td></tr>`,
      )}</tbody></table>`
    : nothing}
  ${finding.missing ? html`<p class="note">${finding.missing}</p>` : nothing}
</div>`;

export const findingsOf = order => {
  const found = state.findings.get(order.id);
  return found?.list.length
    ? html`<section class="findings" aria-label=${t('finding.title')}>
        <h3>${t('finding.title')} <span class="faint">${relative(new Date(found.at).toISOString())}</span></h3>
        ${found.list.map(findingView)}</section>`
    : nothing;
};

/** A vendor's error as it came. */
export const errorView = error =>
  error
    ? html`<div class="vendor-error"><p>${error.message}</p>
        <p class="faint">${badge(t(`class.${error.class}`), error.retryable ? 'warn' : 'bad')}
          <code>${error.code}</code>${
            error.requestId ? html` · ${t('request.id')} <code>${error.requestId}</code>` : nothing
          }</p></div>`
    : nothing;

/** The part of the validity that is left, with the time in words. */
export function lifeBar(order) {
  const left = daysLeft(order);
  if (left === null) return html`<span class="faint">–</span>`;
  const begin = time(order.certificate.notBefore ?? order.createdAt);
  const end = time(order.certificate.notAfter);
  const rest = Math.max(0, Math.min(1, (end - state.now) / (end - begin || 1)));
  const kind = left < 0 ? 'bad' : left <= 7 || rest < 0.12 ? 'bad' : rest < 0.34 ? 'warn' : 'ok';
  const words = left < 0 ? t('expired') : tn('days', left);
  return html`<span class="life ${kind}" title=${date(order.certificate.notAfter)}>
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"
      ><rect class="track" width="100" height="6"></rect
      ><rect class="fill" width=${Math.round(rest * 100)} height="6"></rect></svg>
    <span>${words}</span></span>`;
}

const DELIVERY_TONES = { DELIVERED: 'ok', WAITING: 'info', REFUSED: 'bad', SUPERSEDED: 'idle' };

export const deliveryTone = delivery =>
  delivery.state === 'WAITING' && delivery.error ? 'warn' : (DELIVERY_TONES[delivery.state] ?? 'idle');

export function deliveredSummary(order) {
  const all = order.deliveries ?? [];
  if (!all.length) return html`<span class="faint">–</span>`;
  const done = all.filter(it => it.state === 'DELIVERED').length;
  const worst = all.some(it => it.state === 'REFUSED')
    ? 'bad'
    : all.some(it => deliveryTone(it) === 'warn')
      ? 'warn'
      : done === all.length
        ? 'ok'
        : 'info';
  return badge(t('delivered.of', { done, all: all.length }), worst);
}

/** What happens next, and when. */
export function nextStep(order) {
  if (order.state === 'ISSUED') {
    const later = successor(order);
    if (later) return t('next.replaced', { n: later.generation });
    if (order.watched) return t('next.watched');
    const renewal = renewalTime(order);
    if (renewal !== null) return t('next.ISSUED', { when: relative(new Date(renewal).toISOString()) });
  }
  if (order.nextStepAt) return t(`next.${order.state}`, { when: relative(order.nextStepAt) });
  if (order.state === 'ISSUED') return t('next.none');
  return order.deadline ? t('next.deadline', { when: relative(order.deadline) }) : '–';
}

export const empty = (name, title, text, action) => html`<div class="empty">${icon(name)}
  <h2>${title}</h2><p>${text}</p>${action ?? nothing}</div>`;

/** A button that shows that its work is going on, and takes no second press meanwhile. */
const busy = new Set();
export const isBusy = id => busy.has(id);

export async function working(id, work) {
  if (busy.has(id)) return undefined;
  busy.add(id);
  changed();
  try {
    return await work();
  } finally {
    busy.delete(id);
    changed();
  }
}

export const button = ({ id, label, work, kind = '', symbol, disabled = false }) => html`<button
  type="button" class=${kind} ?disabled=${disabled || busy.has(id)} aria-busy=${busy.has(id)}
  @click=${() => working(id, work)}>${busy.has(id) ? html`<span class="spinner" aria-hidden="true"></span>` : symbol ? icon(symbol) : nothing}<span>${label}</span></button>`;
