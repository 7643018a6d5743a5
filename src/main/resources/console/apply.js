// Apply: names, providers and options; then what would happen, name by name; then what happens.
import { html, nothing } from './lit/lit-html.js';
import { repeat } from './lit/directives/repeat.js';
import { api, ApiError, sandbox } from './api.js';
import { informationFields, pathsOf } from './form.js';
import { period } from './format.js';
import { icon } from './icons.js';
import { badge, button, errorView, providerMark, providerName, stateBadge } from './parts.js';
import { act, changed, ended, loadOrders, merge, state } from './state.js';
import { publishAllOf } from './needs.js';
import { t, tn, told } from './text.js';

const VALIDATIONS = ['DNS', 'DNS_AUTO', 'FILE'];
const FEW = 100;
const FEW_NOTES = 3;

const draft = {
  domains: '', providers: null, validation: 'DNS', keyAlgorithm: '', strategy: 'ALL', options: {}, information: {}, deliver: [],
};
let stage = 'form';
let answer = null;
let problem = null;
let shown = FEW;

export const names = text => [...new Set(text.split(/[\s,;]+/).map(it => it.trim()).filter(Boolean))];

const all = () => state.providers?.providers ?? [];
const deliverers = () => state.providers?.deliverers ?? [];

function chosen() {
  draft.providers ??= new Set(all().filter(it => it.configured).map(it => it.id));
  return all().filter(it => draft.providers.has(it.id));
}

function edit(change) {
  change();
  problem = null;
  changed();
}

async function upload(event) {
  const [file] = event.target.files;
  if (!file) return;
  const text = await file.text();
  edit(() => { draft.domains = [draft.domains.trim(), ...names(text)].filter(Boolean).join('\n'); });
  event.target.value = '';
}

const without = (object, empty = it => it === '' || it === undefined) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => !empty(value)));

function request(dryRun) {
  const options = without(
    Object.fromEntries(chosen().map(it => [it.id, without(draft.options[it.id] ?? {})])),
    it => Object.keys(it).length === 0,
  );
  return {
    domains: names(draft.domains),
    providers: chosen().map(it => it.id),
    validation: draft.validation,
    ...(draft.keyAlgorithm ? { keyAlgorithm: draft.keyAlgorithm } : {}),
    ...(draft.strategy === 'ALL' ? {} : { strategy: draft.strategy }),
    ...(Object.keys(options).length ? { providerOptions: options } : {}),
    ...(Object.keys(draft.information).length ? { information: draft.information } : {}),
    ...(draft.deliver.length ? { deliver: draft.deliver.map(it => ({ to: it.to, ...without(it.options) })) } : {}),
    ...(dryRun ? { dryRun: true } : {}),
  };
}

async function send(dryRun) {
  problem = null;
  try {
    answer = await api.apply(request(dryRun));
    stage = dryRun ? 'preview' : 'progress';
    shown = FEW;
    window.scrollTo(0, 0);
    if (!dryRun) {
      merge(answer.entries.filter(it => it.orderId).map(({ orderId, existing, plan, notes, differs, ...order }) => ({ ...order, id: orderId })));
      await loadOrders();
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    problem = error;
    window.scrollTo(0, 0);
  }
  changed();
}

const problemView = () => problem
  ? html`<section class="card notice bad" role="alert"><h2>${problem.message || problem.title || t('offline')}</h2>
      ${problem.errors.length ? html`<ul class="rows">${problem.errors.map(it => html`<li><code>${it.field}</code> ${it.message}</li>`)}</ul>` : nothing}</section>`
  : nothing;

const kindOf = id => id.split('@')[0];
const accountOf = id => (id.includes('@') ? html` <span class="tag">@${id.split('@')[1]}</span>` : nothing);

const providerCard = it => html`<label class="choice ${it.configured ? '' : 'off'}">
  <input type="checkbox" name="provider" value=${it.id} .checked=${draft.providers?.has(it.id)} @change=${event => edit(() => {
    if (event.target.checked) draft.providers.add(it.id); else draft.providers.delete(it.id);
  })}>${providerMark(it.id)}<span><strong>${told(`provider.${kindOf(it.id)}.title`, it.title)}${accountOf(it.id)}</strong><span class="faint">${told(`provider.${kindOf(it.id)}.gives`, it.gives)}</span>
  ${it.configured ? nothing : html`<span class="bad-text">${t('provider.missing', { names: it.missing.join(', ') })}</span>`}</span></label>`;

const optionField = (provider, option) => html`<label class="field"><span class="mono">${option.name}${option.required ? ' *' : ''}</span>
  <input autocomplete="off" name=${`option.${provider}.${option.name}`} .value=${draft.options[provider]?.[option.name] ?? ''} @input=${event => edit(() => {
    draft.options[provider] = { ...draft.options[provider], [option.name]: event.target.value };
  })}><small>${option.meaning}</small></label>`;

const optionsOf = it => it.options.length
  ? html`<details><summary>${providerMark(it.id)} ${t('options.of', { provider: it.id })}</summary>
      <p class="faint">${t('provider.needs', { needs: it.needs })} · ${t('provider.open', { span: period(it.validationDeadline) })}</p>
      <div class="fields">${it.options.map(option => optionField(it.id, option))}</div></details>`
  : nothing;

const target = (it, at) => {
  const deliverer = deliverers().find(other => other.id === it.to);
  return html`<fieldset class="fields target"><legend>${deliverer?.title ?? it.to}
      <button type="button" class="ghost small" @click=${() => edit(() => draft.deliver.splice(at, 1))}>${t('remove')}</button></legend>
    ${deliverer?.configured === false ? html`<p class="bad-text wide">${t('provider.missing', { names: deliverer.missing.join(', ') })}</p>` : nothing}
    ${(deliverer?.options ?? []).map(option => html`<label class="field"><span class="mono">${option.name}${option.required ? ' *' : ''}</span>
      <input autocomplete="off" .value=${it.options[option.name] ?? ''} @input=${event => edit(() => { it.options[option.name] = event.target.value; })}><small>${option.meaning}</small></label>`)}</fieldset>`;
};

function form() {
  const providers = chosen();
  const count = names(draft.domains).length;
  const keys = [...new Set(providers.flatMap(it => it.keyAlgorithms))].sort();
  const paths = [...new Set(providers.flatMap(it => pathsOf(it.information)))];
  const able = value => providers.length && providers.every(it => it.validations.includes(value) || it.choosesValidation);
  return html`<form class="apply" @submit=${event => event.preventDefault()}>
    <section class="card"><header><h2>${t('apply.domains')}</h2><label class="button small file">${icon('download')}<span>${t('upload')}</span><input type="file" accept=".txt,.csv,text/plain,text/csv" @change=${upload}></label></header>
      <label class="field wide"><span class="hidden">${t('apply.domains')}</span><textarea name="domains" rows="6" class="mono" spellcheck="false" placeholder=${'www.example.com\n*.shop.example.com\nbücher.example'}
        .value=${draft.domains} @input=${event => edit(() => { draft.domains = event.target.value; })}></textarea></label>
      <p class="faint">${count ? tn('apply.names', count) : t('apply.domains.hint')}</p></section>
    <section class="card"><header><h2>${t('apply.providers')}</h2></header>
      <div class="choices">${all().map(providerCard)}</div>
      <div class="fields"><label class="field"><span>${t('strategy')}</span><select @change=${event => edit(() => { draft.strategy = event.target.value; })}>
        <option value="ALL">${t('strategy.ALL')}</option><option value="FIRST" ?selected=${draft.strategy === 'FIRST'}>${t('strategy.FIRST')}</option></select></label></div></section>
    <section class="card"><header><h2>${t('apply.how')}</h2></header>
      <div class="choices three" role="radiogroup" aria-label=${t('term.validation')}>${VALIDATIONS.map(
        value => html`<label class="choice ${able(value) ? '' : 'off'}"><input type="radio" name="validation" value=${value} .checked=${draft.validation === value}
          @change=${() => edit(() => { draft.validation = value; })}><span><strong>${t(`validation.${value}`)}</strong><span class="faint">${t(`validation.${value}.text`)}</span></span></label>`)}</div>
      <div class="fields"><label class="field"><span>${t('term.key')}</span><select @change=${event => edit(() => { draft.keyAlgorithm = event.target.value; })}>
        <option value="">${t('key.default')}</option>${keys.map(it => html`<option value=${it} ?selected=${draft.keyAlgorithm === it}>${it.replace('_', ' ')}</option>`)}</select></label></div>
      ${providers.map(optionsOf)}</section>
    ${paths.length ? html`<section class="card"><header><h2>${t('apply.information')}</h2></header><p class="faint">${t('apply.information.text', { providers: providers.filter(it => it.information.parts.length).map(it => it.id).join(', ') })}</p>
      <details ?open=${Object.keys(draft.information).length > 0}><summary>${t('apply.information.fill')}</summary>${informationFields(paths, draft.information, 'apply', () => edit(() => {}))}</details></section>` : nothing}
    <section class="card"><header><h2>${t('apply.deliver')}</h2></header><p class="faint">${t('apply.deliver.text')}</p>
      ${draft.deliver.map(target)}
      <label class="field"><span class="hidden">${t('target.add')}</span><select aria-label=${t('target.add')} .value=${''} @change=${event => edit(() => { draft.deliver.push({ to: event.target.value, options: {} }); event.target.value = ''; })}>
        <option value="">${t('target.add')}</option>${deliverers().map(it => html`<option value=${it.id}>${it.title}</option>`)}</select></label></section>
    <footer class="bar"><span class="faint">${t('apply.product', { names: count, providers: providers.length, all: count * (draft.strategy === 'FIRST' ? 1 : providers.length) })}</span>
      ${button({ id: 'preview', kind: 'primary', symbol: 'search', label: t('preview'), work: () => send(true), disabled: !count || !providers.length })}</footer></form>`;
}

const UNPUBLISHED = 'DNS_AUTO: ';

/** Who is to publish for the validation of an entry. */
function publisher(entry) {
  const provider = all().find(it => it.id === entry.provider);
  if (provider?.choosesValidation) return t('publisher.chosen', { provider: entry.provider });
  if (draft.validation === 'FILE') return t('publisher.file');
  if (draft.validation === 'DNS') return t('publisher.you');
  if (provider?.validations.includes('DNS_AUTO')) return t('publisher.vendor', { provider: entry.provider });
  return t((entry.notes ?? []).some(it => it.startsWith(UNPUBLISHED)) ? 'publisher.nobody' : 'publisher.polycert');
}

/** What one entry of the dry run says. */
function planned(entry) {
  if (!entry) return html`<span class="faint">–</span>`;
  const notes = [...(entry.plan?.notes ?? []), ...(entry.notes ?? [])];
  if (entry.plan && !entry.existing) notes.unshift(publisher(entry));
  if (entry.plan && !entry.plan.notes?.length) notes.push(t('quota.unsaid'));
  if (entry.error) return html`<span class="cell-head">${badge(t('plan.no'), 'bad')}</span>${errorView(entry.error)}`;
  return html`<span class="cell-head">${entry.existing ? badge(t('plan.existing'), 'info') : badge(t('plan.yes'), 'ok')}</span>
    ${notes.slice(0, FEW_NOTES).map(it => html`<p class="faint">${it}</p>`)}
    ${notes.length > FEW_NOTES ? html`<details><summary>${tn('notes', notes.length - FEW_NOTES)}</summary>${notes.slice(FEW_NOTES).map(it => html`<p class="faint">${it}</p>`)}</details>` : nothing}
    ${(entry.differs ?? []).map(it => html`<p class="faint"><code>${it.field}</code>: ${it.asked} ≠ ${it.has ?? '–'}</p>`)}`;
}

function live(entry) {
  const order = entry?.orderId ? state.byId.get(entry.orderId) : null;
  if (!order) return planned(entry);
  return html`<a class="cell-head" href="#/orders/${order.id}">${stateBadge(order)}</a>${
    order.error ? html`<p class="faint">${order.error.message}</p>` : nothing}`;
}

function matrix(cell) {
  const providers = [...new Set(answer.entries.map(it => it.provider))];
  const byDomain = Map.groupBy(answer.entries, it => it.domain);
  const rows = [...byDomain];
  return html`<div class="card scroll"><table class="matrix"><caption class="hidden">${t('matrix')}</caption>
    <thead><tr><th scope="col">${t('column.name')}</th>${providers.map(id => html`<th scope="col">${providerName(id)}</th>`)}</tr></thead>
    <tbody>${repeat(rows.slice(0, shown), ([domain]) => domain, ([domain, entries]) => html`<tr><th scope="row"><span class="domain">${entries[0].unicode ?? domain}</span></th>
      ${providers.map(id => html`<td data-label=${id}>${cell(entries.find(it => it.provider === id))}</td>`)}</tr>`)}</tbody></table></div>
    ${rows.length > shown ? html`<button type="button" class="more" @click=${() => { shown += FEW; changed(); }}>${tn('more', rows.length - shown)}</button>` : nothing}
    ${(answer.notes ?? []).map(it => html`<p class="faint">${it}</p>`)}`;
}

function preview() {
  const possible = answer.entries.filter(it => !it.error).length;
  return html`<section class="card notice ${possible === answer.entries.length ? '' : 'warn'}"><p><strong>${t('preview.count', { possible, all: answer.entries.length })}</strong> ${t('preview.nothing')}</p>
      <p class="faint">${draft.validation === 'DNS_AUTO' ? t('preview.auto') : t(`preview.${draft.validation}`)}</p></section>
    ${matrix(planned)}
    <footer class="bar"><button type="button" @click=${() => { stage = 'form'; changed(); }}>${icon('back')}<span>${t('change')}</span></button>
      ${button({ id: 'apply', kind: 'primary', symbol: 'send', label: tn('apply.send', possible), work: () => send(false), disabled: possible === 0 })}</footer>`;
}

function progress() {
  const orders = answer.entries.map(it => state.byId.get(it.orderId)).filter(Boolean);
  const issued = orders.filter(it => it.state === 'ISSUED').length;
  const done = answer.entries.filter(it => !it.orderId).length + orders.filter(it => it.state === 'ISSUED' || ended(it)).length;
  const waiting = orders.filter(it => it.state === 'PENDING_VALIDATION' && it.validations?.length);
  return html`<section class="card progress" role="status"><p><strong>${t('progress.count', { issued, all: answer.entries.length })}</strong>
      <span class="faint">${waiting.length ? tn('progress.waiting', waiting.length) : done < answer.entries.length ? t('progress.going') : t('progress.done')}</span></p>
      <progress max=${answer.entries.length} value=${done} aria-label=${t('progress')}></progress></section>
    ${matrix(live)}
    <footer class="bar"><button type="button" @click=${() => { stage = 'form'; answer = null; draft.domains = ''; changed(); }}>${icon('plus')}<span>${t('apply.more')}</span></button>
      ${waiting.length && sandbox ? button({ id: 'publish-applied', symbol: 'globe', label: t('publish.sandbox'), work: () => act(() => publishAllOf(waiting)) }) : nothing}
      ${waiting.length ? html`<a class="button primary" href="#/">${icon('inbox')}<span>${t('progress.publish')}</span></a>` : html`<a class="button primary" href="#/certificates">${icon('shield')}<span>${t('nav.certificates')}</span></a>`}</footer>`;
}

const STEPS = ['form', 'preview', 'progress'];

export function applyScreen() {
  if (!state.providers) return html`<p class="faint pad">${t('reading')}</p>`;
  return html`<header class="title"><div><h1>${t('apply.title')}</h1><p>${t('apply.intro')}</p></div></header>
    <ol class="stages">${STEPS.map((name, at) => html`<li class=${at < STEPS.indexOf(stage) ? 'done' : name === stage ? 'now' : ''} aria-current=${name === stage ? 'step' : 'false'}><span>${at + 1}</span>${t(`stage.${name}`)}</li>`)}</ol>
    ${problemView()}
    ${stage === 'form' ? form() : stage === 'preview' ? preview() : progress()}`;
}
