// The texts of the page in the person's language. What vendors say stays as they say it.
import en from './en.js';
import zh from './zh.js';

const LANGUAGES = { en, zh };

const stored = name => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};

const store = (name, value) => {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing: the choice holds until the page is left.
  }
};

let language = stored('polycert-language') ?? (navigator.language?.startsWith('zh') ? 'zh' : 'en');
let theme = stored('polycert-theme') ?? 'auto';

function show() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.documentElement.dataset.theme = theme;
}
show();

export const languageNow = () => language;
export const locale = () => (language === 'zh' ? 'zh-CN' : 'en-GB');
export const themeNow = () => theme;

export function setLanguage(value) {
  language = value;
  store('polycert-language', value);
  show();
}

export function setTheme(value) {
  theme = value;
  store('polycert-theme', value);
  show();
}

/** The text of that name, with the values in the place of {names}. */
export function t(name, values = {}) {
  const text = LANGUAGES[language][name] ?? en[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}

/** The text of that name in the person's language, where there is one; else what the API says. */
export const told = (name, said) => LANGUAGES[language][name] ?? said;

/** The text for a number: name.one or name.many. */
export const tn = (name, count, values = {}) =>
  t(`${name}.${count === 1 ? 'one' : 'many'}`, { n: count.toLocaleString(locale()), ...values });
