// Forms for what people say about applicants.
import { html, nothing } from './lit/lit-html.js';
import { t } from './text.js';

const ORGANIZATION = ['name', 'division', 'country', 'region', 'city', 'address', 'postalCode', 'phoneAreaCode', 'phoneNumber'];
const PERSON = ['name', 'firstName', 'lastName', 'phone', 'email', 'position'];

/** The members of information, by the part that they belong to. */
export const PARTS = { organization: ORGANIZATION, administrator: PERSON, contact: PERSON };

/** The paths of all members of the parts that a provider takes. */
export const pathsOf = use =>
  (use?.parts ?? []).flatMap(part =>
    PARTS[part]
      ? PARTS[part].map(member => `${part}.${member}`).filter(path => !use.without.includes(path))
      : part === 'agreePrivacyProtection'
        ? [part]
        : [],
  );

export const valueAt = (information, path) => path.split('.').reduce((at, name) => at?.[name], information);

export function put(information, path, value) {
  const [part, member] = path.split('.');
  if (member === undefined) {
    if (value === '' || value === false) delete information[part];
    else information[part] = value;
    return;
  }
  information[part] = { ...information[part], [member]: value };
  if (value === '') delete information[part][member];
  if (Object.keys(information[part]).length === 0) delete information[part];
}

const label = path => {
  const [part, member] = path.split('.');
  return member === undefined ? t(`info.${part}`) : t(`info.${member}`);
};

const TYPES = { email: 'email', phone: 'tel', phoneNumber: 'tel' };

function field(path, information, id, onInput) {
  const member = path.split('.').at(-1);
  const value = valueAt(information, path);
  if (member === 'agreePrivacyProtection') {
    return html`<label class="check wide"><input type="checkbox" .checked=${value === true}
      @change=${event => { put(information, path, event.target.checked); onInput(); }}
      ><span>${t('info.agreePrivacyProtection')}</span></label>`;
  }
  if (member === 'csr') {
    return html`<label class="field wide"><span>${t('info.csr')}</span><textarea rows="5" class="mono" spellcheck="false"
      .value=${value ?? ''} @input=${event => { put(information, path, event.target.value); onInput(); }}></textarea></label>`;
  }
  return html`<label class="field"><span>${label(path)}</span><input name=${`${id}.${path}`} type=${TYPES[member] ?? 'text'}
    autocomplete="off" .value=${value ?? ''} @input=${event => { put(information, path, event.target.value); onInput(); }}></label>`;
}

/** Fields for these paths, part by part. */
export function informationFields(paths, information, id, onInput = () => {}) {
  const byPart = Map.groupBy(paths, path => path.split('.')[0]);
  return [...byPart].map(
    ([part, members]) => html`<fieldset class="fields">
      ${PARTS[part] ? html`<legend>${t(`info.${part}`)}</legend>` : nothing}
      ${members.map(path => field(path, information, id, onInput))}</fieldset>`,
  );
}
