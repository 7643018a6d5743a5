// The next 120 days as a picture: what expires and what is renewed, day by day.
import { html, svg } from './lit/lit-html.js';
import { DAY, renewalTime, time } from './format.js';
import { state } from './state.js';
import { locale, t, tn } from './text.js';

const DAYS = 120;
const HALF = 44;

let cache = { orders: null, day: 0, renewals: [], expiries: [] };

function counts(orders) {
  const day = Math.floor(state.now / DAY);
  if (cache.orders === orders && cache.day === day) return cache;
  const renewals = new Array(DAYS).fill(0);
  const expiries = new Array(DAYS).fill(0);
  for (const order of orders) {
    if (order.state !== 'ISSUED') continue;
    const end = Math.floor((time(order.certificate?.notAfter) - state.now) / DAY);
    const renewal = renewalTime(order);
    const start = renewal === null ? NaN : Math.max(0, Math.floor((renewal - state.now) / DAY));
    if (start >= 0 && start < DAYS) renewals[start]++;
    if (end >= 0 && end < DAYS) expiries[end]++;
  }
  cache = { orders, day, renewals, expiries };
  return cache;
}

const label = day =>
  new Date(state.now + day * DAY).toLocaleDateString(locale(), { month: 'short', day: 'numeric' });

export function expiries(orders) {
  // On a phone the picture is narrow, so that all its days are seen and its words can be read.
  const width = window.matchMedia('(max-width: 760px)').matches ? 360 : 960;
  const step = width / DAYS;
  const { renewals, expiries: ends } = counts(orders);
  const highest = Math.max(1, ...renewals, ...ends);
  const height = count => (count ? Math.max(3, (count / highest) * (HALF - 4)) : 0);
  const sum = list => list.reduce((all, count) => all + count, 0);
  const words = t('expiries.words', { days: DAYS, renewals: sum(renewals), expiries: sum(ends) });
  const bar = (count, day, up) =>
    count
      ? svg`<rect class=${up ? 'renewal' : 'expiry'} x=${day * step + step / 8} width=${step * 0.75} rx="1.500"
          y=${up ? HALF - height(count) : HALF + 1} height=${height(count)}><title>${label(day)}: ${
            tn(up ? 'expiries.renewals' : 'expiries.expiries', count)}</title></rect>`
      : '';
  return html`<figure class="card expiries"><figcaption><h2>${t('expiries.title', { days: DAYS })}</h2>
      <span class="legend"><i class="renewal"></i>${tn('expiries.renewals', sum(renewals))}
      <i class="expiry"></i>${tn('expiries.expiries', sum(ends))}</span></figcaption>
    <svg viewBox="0 0 ${width} ${HALF * 2 + 18}" role="img" aria-label=${words}>
      <line x1="0" x2=${width} y1=${HALF} y2=${HALF}></line>
      ${renewals.map((count, day) => bar(count, day, true))}
      ${ends.map((count, day) => bar(count, day, false))}
      ${[0, 30, 60, 90].map(day => svg`<g><line class="tick" x1=${day * step + 0.5} x2=${day * step + 0.5} y1="0" y2=${HALF * 2}></line>
        <text x=${day * step + 4} y=${HALF * 2 + 14}>${day === 0 ? t('today') : label(day)}</text></g>`)}
    </svg></figure>`;
}
