// Line icons of 24 by 24, drawn for this console.
import { html, svg } from './lit/lit-html.js';

const PATHS = {
  inbox: svg`<path d="M4 13l2.500-8h11l2.500 8v6H4z"/><path d="M4 13h5l1.200 2.500h3.600L15 13h5"/>`,
  shield: svg`<path d="M12 3l7.500 3v5.500c0 4.500-3 7.800-7.500 9.500-4.500-1.700-7.500-5-7.500-9.500V6z"/><path d="M8.800 12l2.300 2.300 4.200-4.600"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  globe: svg`<circle cx="12" cy="12" r="8.500"/><path d="M3.500 12h17M12 3.500c2.600 2.400 3.800 5.200 3.800 8.500s-1.200 6.100-3.800 8.500c-2.600-2.400-3.800-5.200-3.800-8.500S9.400 5.900 12 3.500z"/>`,
  copy: svg`<rect x="8.500" y="8.500" width="11" height="11" rx="2"/><path d="M15.500 5.500v-1h-11v11h1"/>`,
  check: svg`<path d="M5 12.500l4.500 4.500L19 7.500"/>`,
  alert: svg`<path d="M12 4l9 15.500H3z"/><path d="M12 10v4.500M12 17v.2"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.500"/><path d="M12 7.500V12l3 2"/>`,
  form: svg`<rect x="4.500" y="4" width="15" height="16" rx="2"/><path d="M8 9h8M8 13h8M8 17h4"/>`,
  send: svg`<path d="M4.500 12L20 4.500 15.500 20l-4-6z"/><path d="M11.500 14L20 4.500"/>`,
  key: svg`<circle cx="8" cy="15.500" r="4"/><path d="M11 12.500L19.500 4M16 7.500l2.500 2.500"/>`,
  refresh: svg`<path d="M19 8.500A8 8 0 1 0 20 13"/><path d="M19.500 4v4.800h-4.800"/>`,
  search: svg`<circle cx="10.500" cy="10.500" r="6"/><path d="M15 15l5 5"/>`,
  gauge: svg`<path d="M4 17a8.500 8.500 0 1 1 16 0"/><path d="M12 15.500l4-5"/>`,
  back: svg`<path d="M14.500 5.500L8 12l6.500 6.500"/>`,
  chevron: svg`<path d="M9.500 5.500L16 12l-6.500 6.500"/>`,
  sun: svg`<circle cx="12" cy="12" r="3.800"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600L7 7M17 17l1.400 1.400M18.400 5.600L17 7M7 17l-1.400 1.400"/>`,
  moon: svg`<path d="M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z"/>`,
  auto: svg`<circle cx="12" cy="12" r="8.500"/><path d="M12 3.500v17" /><path d="M12 3.500a8.500 8.500 0 0 1 0 17z" fill="currentColor"/>`,
  download: svg`<path d="M12 4.500v10M7.500 10.500L12 15l4.500-4.500M5 19.500h14"/>`,
  stop: svg`<circle cx="12" cy="12" r="8.500"/><path d="M9 9l6 6M15 9l-6 6"/>`,
  out: svg`<path d="M10 4.500H5v15h5M14 8l4.500 4-4.500 4M9.500 12h9"/>`,
};

/** An icon that the words beside it explain. */
export const icon = name =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
