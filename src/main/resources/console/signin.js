// Signs a person in at an OpenID Connect issuer, by authorization code with PKCE (RFC 7636). Tokens
// stay in the page's memory; the tab keeps the one-time values of a sign-in until its answer comes.
// The issuer, the client and the address of the API are in config.json beside the page.

const KEPT = 'polycert-sign-in';
const here = () => `${location.origin}/`;

const encoded = bytes =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const random = () => encoded(crypto.getRandomValues(new Uint8Array(32)));

const hashed = async text => encoded(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** The claims of an ID token; the issuer itself has just sent it over TLS (OpenID Connect Core, 3.1.3.7). */
function claimsOf(token) {
  const bytes = atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, it => it.charCodeAt(0))));
}

function require(holds, why) {
  if (!holds) throw new Error(why);
}

async function json(address, options) {
  const response = await fetch(address, { ...options, cache: 'no-store', credentials: 'omit' });
  const answer = await response.json().catch(() => ({}));
  require(response.ok, answer.error_description ?? answer.error ?? `${address}: HTTP ${response.status}`);
  return answer;
}

let config = null;

const settings = async () => (config ??= await json('/config.json'));

async function issuer() {
  await settings();
  const found = await json(`${config.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  require(found.issuer === config.issuer, `the issuer calls itself ${found.issuer}`);
  return found;
}

/** Leads the person to the issuer. */
export async function signIn() {
  const { authorization_endpoint: address } = await issuer();
  const kept = { state: random(), nonce: random(), verifier: random(), screen: location.hash };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
  const asked = new URL(address);
  const parameters = {
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: here(),
    scope: config.scope,
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await hashed(kept.verifier),
    code_challenge_method: 'S256',
  };
  Object.entries(parameters).forEach(([name, value]) => asked.searchParams.set(name, value));
  location.assign(asked);
}

/** The issuer's answer in the page's address, which is used once; null when there is none. */
function answered() {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('state')) return null;
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
  sessionStorage.removeItem(KEPT);
  history.replaceState(null, '', `/${kept.screen ?? ''}`);
  require(kept.state && answer.get('state') === kept.state, 'the answer is to another sign-in');
  require(!answer.has('error'), answer.get('error_description') ?? answer.get('error'));
  return { code: answer.get('code'), iss: answer.get('iss'), ...kept };
}

/**
 * Reads config.json, and takes what the issuer has answered. Returns the address of the API, and
 * the token with the time of its end if the person has just signed in.
 */
export async function arrive() {
  await settings();
  const answer = answered();
  if (!answer) return { api: config.api };
  require(answer.iss === null || answer.iss === config.issuer, 'the answer is of another issuer');
  const { token_endpoint: address } = await issuer();
  const tokens = await json(address, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: answer.code,
      redirect_uri: here(),
      client_id: config.clientId,
      code_verifier: answer.verifier,
    }),
  });
  const claims = claimsOf(tokens.id_token);
  const now = Date.now();
  require(claims.iss === config.issuer, 'the ID token is of another issuer');
  require([claims.aud].flat().includes(config.clientId), 'the ID token is for another client');
  require(claims.nonce === answer.nonce, 'the ID token is of another sign-in');
  require(claims.exp * 1000 > now, 'the ID token has ended');
  return { api: config.api, token: tokens.access_token, until: now + (tokens.expires_in ?? 300) * 1000 };
}
