// Leads a newcomer through the first certificates: apply, publish, issued. Each step is one press.
import { html, nothing } from './lit/lit-html.js';
import { api, publishInSandbox, sandbox } from './api.js';
import { icon } from './icons.js';
import { button } from './parts.js';
import { act, check, loadOrders, state } from './state.js';
import { t, tn } from './text.js';

const TRIES = 8;
const PAUSE = 2000;

const DOMAINS = ['www.example.com', 'shop.example.com'];

/** What Huawei Cloud wants to know; obviously of nobody. */
const INFORMATION = {
  administrator: { name: 'Li Ming', phone: '13800000000', email: 'admin@example.com' },
  agreePrivacyProtection: true,
};

let dismissed = false;

const ours = () => state.orders.filter(order => DOMAINS.includes(order.domain));

const apply = () =>
  act(async () => {
    await api.apply({ domains: DOMAINS, information: INFORMATION });
    await loadOrders();
  });

const open = () => ours().filter(order => order.state === 'PENDING_VALIDATION');

/** Some vendors issue a moment after they have seen the record. */
const publish = () =>
  act(async () => {
    await publishInSandbox(open().flatMap(order => order.validations ?? []));
    for (let tries = 0; tries < TRIES && open().length; tries++) {
      if (tries) await new Promise(done => setTimeout(done, PAUSE));
      await check(open().map(order => order.id));
    }
    await loadOrders();
  });

function step(number, now, title, text, action) {
  const stage = number < now ? 'done' : number === now ? 'now' : 'later';
  return html`<li class=${stage} aria-current=${number === now ? 'step' : 'false'}>
    <span class="number">${stage === 'done' ? icon('check') : number}</span>
    <div><h3>${title}</h3><p>${text}</p>${stage === 'now' ? action : nothing}</div></li>`;
}

/** The guide, while there is nothing but what it made; nothing later. */
export function newcomer() {
  const orders = ours();
  const strangers = state.orders.length > orders.length;
  if (!sandbox || dismissed || strangers || !state.loaded) return nothing;
  const waiting = open().length;
  const issued = orders.filter(order => order.state === 'ISSUED');
  const providers = (state.providers?.providers ?? []).filter(it => it.configured).length;
  const now = orders.length === 0 ? 1 : issued.length < orders.length ? 2 : 4;
  return html`<section class="card guide" aria-labelledby="guide-title">
    <header><h2 id="guide-title">${t('guide.title')}</h2><p>${t('guide.intro')}</p></header>
    <ol class="steps">
      ${step(1, now, t('guide.apply'), t('guide.apply.text', { providers }),
        button({ id: 'guide-apply', kind: 'primary', symbol: 'send', label: t('guide.apply.do'), work: apply }))}
      ${step(2, now, t('guide.publish'), now === 2 ? tn('guide.publish.text', waiting) : t('guide.publish.later'),
        button({ id: 'guide-publish', kind: 'primary', symbol: 'globe', label: t('guide.publish.do'), work: publish, disabled: waiting === 0 }))}
      ${step(3, now, t('guide.issued'),
        now === 4 ? tn('guide.issued.text', issued.length) : t('guide.issued.later'), nothing)}
    </ol>
    ${now === 4
      ? html`<footer><a class="button primary" href="#/certificates">${icon('shield')}<span>${t('guide.see')}</span></a>
          <a class="button" href="#/apply">${t('guide.own')}</a>
          <button class="ghost" type="button" @click=${() => { dismissed = true; act(async () => {}); }}>${t('guide.dismiss')}</button></footer>`
      : nothing}
  </section>`;
}
