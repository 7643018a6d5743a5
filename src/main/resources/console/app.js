// The frame of the page: who may see it, where one is, and what is shown there.
import { html, nothing, render } from './lit/lit-html.js';
import { atIssuer, hasKey, keyNeeded, sandbox, setApi, setKey, whenUnauthorized } from './api.js';
import { applyScreen } from './apply.js';
import { certificatesScreen } from './certificates.js';
import { icon } from './icons.js';
import { needs, needsScreen } from './needs.js';
import { orderScreen } from './order.js';
import { servedScreen } from './served.js';
import { arrive, signIn } from './signin.js';
import { changed, follow, loadOrders, loadProviders, onChange, poll, problemText, state } from './state.js';
import { languageNow, setLanguage, setTheme, t, themeNow } from './text.js';

const SCREENS = [
  { path: '/', name: 'needs', symbol: 'inbox', show: needsScreen },
  { path: '/certificates', name: 'certificates', symbol: 'shield', show: certificatesScreen },
  { path: '/apply', name: 'apply', symbol: 'plus', show: applyScreen },
  { path: '/served', name: 'served', symbol: 'globe', show: servedScreen },
];

const root = document.getElementById('app');
const path = () => location.hash.replace(/^#/, '') || '/';

function screen() {
  const order = /^\/orders\/([\w-]+)$/.exec(path());
  if (order) return { name: 'certificates', show: () => orderScreen(order[1]) };
  return SCREENS.find(it => it.path === path()) ?? SCREENS[0];
}

const THEMES = ['auto', 'light', 'dark'];
const THEME_ICONS = { auto: 'auto', light: 'sun', dark: 'moon' };

const choices = () => html`<div class="choices-row">
  <button type="button" class="ghost" @click=${() => { setLanguage(languageNow() === 'en' ? 'zh' : 'en'); changed(); }} lang=${languageNow() === 'en' ? 'zh-CN' : 'en'}>${languageNow() === 'en' ? '中文' : 'English'}</button>
  <button type="button" class="ghost" title=${t(`theme.${themeNow()}`)} aria-label=${t(`theme.${themeNow()}`)} @click=${() => {
    setTheme(THEMES[(THEMES.indexOf(themeNow()) + 1) % THEMES.length]);
    changed();
  }}>${icon(THEME_ICONS[themeNow()])}</button>
  ${keyNeeded && hasKey() && !state.unauthorized ? html`<button type="button" class="ghost" title=${t('leave')} aria-label=${t('leave')} @click=${leave}>${icon('out')}</button>` : nothing}
</div>`;

const frame = at => html`<a class="skip" href="#main" @click=${event => { event.preventDefault(); document.getElementById('main').focus(); }}>${t('skip')}</a>
  <div class="frame"><nav aria-label=${t('nav')}>
    <a class="brand" href="#/"><img src="/console/icon.svg" alt="" width="28" height="28"><span>Polycert</span>${sandbox ? html`<em>${t('sandbox')}</em>` : nothing}</a>
    <ul>${SCREENS.map(it => html`<li><a href="#${it.path}" aria-current=${it.name === at.name ? 'page' : 'false'}>${icon(it.symbol)}<span>${t(`nav.${it.name}`)}</span>${
      it.name === 'needs' && needs().length ? html`<b aria-label=${t('nav.needs.count', { n: needs().length })}>${needs().length}</b>` : nothing}</a></li>`)}</ul>
    ${choices()}</nav>
  <main id="main" tabindex="-1">
    ${state.error ? html`<section class="card notice bad" role="alert"><p><strong>${state.error.status === 0 ? t('offline') : t('refused', { status: state.error.status })}</strong> ${problemText(state.error)}</p></section>` : nothing}
    ${!state.loaded && !state.orders.length && !state.error ? html`<div class="loading" role="status"><span class="spinner"></span>${t('reading')}</div>` : at.show()}
  </main></div>`;

let typed = '';

function enter(event) {
  event.preventDefault();
  setKey(typed.trim());
  typed = '';
  state.unauthorized = false;
  state.error = null;
  start();
}

function leave() {
  setKey('');
  location.reload();
}

let failed = '';

function fail(error) {
  failed = String(error.message ?? error);
  changed();
}

function goToIssuer(event) {
  event.preventDefault();
  signIn().catch(fail);
}

const door = () => html`<main class="door"><form class="card" @submit=${atIssuer ? goToIssuer : enter}>
  <img src="/console/icon.svg" alt="" width="44" height="44"><h1>Polycert</h1><p>${t('door.text')}</p>
  ${failed ? html`<p class="bad-text" role="alert">${t('door.failed', { why: failed })}</p>` : nothing}
  ${state.unauthorized ? html`<p class="bad-text" role="alert">${t(atIssuer ? 'door.ended' : 'door.refused')}</p>` : nothing}
  ${atIssuer ? nothing : html`<label class="field"><span>${t('door.key')}</span><input type="password" name="key" autocomplete="off" spellcheck="false" autofocus .value=${typed} @input=${event => { typed = event.target.value; }}></label>`}
  <button class="primary" type="submit">${icon('key')}<span>${t(atIssuer ? 'door.signin' : 'door.enter')}</span></button>
  <p class="faint">${t(atIssuer ? 'door.tokens' : 'door.memory')}</p></form>${choices()}</main>`;

const toasts = () => html`<div class="toasts" role="status" aria-live="polite">${state.toasts.map(it => html`<p class=${it.kind}>${icon(it.kind === 'ok' ? 'check' : 'alert')}${it.text}</p>`)}</div>`;

function draw() {
  const at = screen();
  const inside = hasKey() && !state.unauthorized;
  document.title = inside ? `${t(`nav.${at.name}`)} · Polycert` : 'Polycert';
  render(html`${inside ? frame(at) : door()}${toasts()}`, root);
}

let started = false;

function start() {
  changed();
  loadProviders();
  loadOrders();
  follow();
  if (!started) poll();
  started = true;
}

onChange(draw);
whenUnauthorized(() => {
  state.unauthorized = true;
  changed();
});
window.addEventListener('hashchange', () => {
  changed();
  window.scrollTo(0, 0);
  document.getElementById('main')?.focus({ preventScroll: true });
});
window.addEventListener('resize', changed);
if (atIssuer) {
  arrive()
    .then(({ api, token, until }) => {
      setApi(api);
      if (!token) return changed();
      setKey(token, until);
      start();
    })
    .catch(fail);
} else if (hasKey()) start();
else changed();
