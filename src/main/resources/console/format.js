// Times and lengths as people read them.
import { state } from './state.js';
import { locale, t, tn } from './text.js';

export const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

export const time = text => (text ? Date.parse(text) : NaN);

export const date = text =>
  text ? new Date(text).toLocaleDateString(locale(), { year: 'numeric', month: 'short', day: 'numeric' }) : '';

export const moment = text =>
  text
    ? new Date(text).toLocaleString(locale(), {
        year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
      })
    : '';

/** A length such as 3 days, 5 h or 20 s. */
export function span(millis) {
  const length = Math.abs(millis);
  if (length >= 2 * DAY) return tn('days', Math.round(length / DAY));
  if (length >= HOUR) return t('hours', { n: Math.round(length / HOUR) });
  if (length >= MINUTE) return t('minutes', { n: Math.round(length / MINUTE) });
  return t('seconds', { n: Math.max(1, Math.round(length / 1000)) });
}

/** In 3 days, or 3 days ago. */
export function relative(text) {
  const at = time(text);
  if (Number.isNaN(at)) return '';
  const left = at - state.now;
  if (Math.abs(left) < 1500) return t('now');
  return t(left > 0 ? 'in' : 'ago', { span: span(left) });
}

export function daysLeft(order) {
  const end = time(order.certificate?.notAfter);
  return Number.isNaN(end) ? null : Math.floor((end - state.now) / DAY);
}

/**
 * When the certificate is due for renewal. Usually that is the next step; but before it there may be
 * looks, at a suggestion of the CA or at delegations. Null where Polycert does not renew it.
 */
export function renewalTime(order) {
  if (order.watched || order.state !== 'ISSUED' || !order.nextStepAt || !order.certificate?.notAfter) return null;
  const next = time(order.nextStepAt);
  const end = time(order.certificate.notAfter);
  if (order.suggestedRenewal?.start) return Math.max(next, Math.min(time(order.suggestedRenewal.start), end));
  const begin = time(order.certificate.notBefore ?? order.createdAt);
  const life = end - begin;
  const latest = begin + life * (life < 10 * DAY ? 1 / 2 : 2 / 3);
  return next < latest - life / 20 ? latest : next;
}

/** Whether the end is so near that people are notified: 14 days, or a sixth of a short lifetime. */
export function worrying(order) {
  const end = time(order.certificate?.notAfter);
  const begin = time(order.certificate?.notBefore ?? order.createdAt);
  return state.now >= end - Math.min(14 * DAY, Math.max(0, end - begin) / 6);
}

/** A period of ISO 8601 such as PT72H. */
export function period(text) {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?/.exec(text ?? '');
  if (!match) return text ?? '';
  const [, days = 0, hours = 0, minutes = 0] = match;
  return span(days * DAY + hours * HOUR + minutes * MINUTE);
}
