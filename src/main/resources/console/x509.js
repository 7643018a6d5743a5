// Reads what people want to know of a certificate, from its PEM (RFC 5280, in DER): for whom, by
// whom, and until when. The browser has nothing for that, and the page trusts nothing because of it.

/** The parts of a DER value, one after the other. */
function parts(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length;) {
    let length = bytes[at + 1];
    let head = 2;
    if (length & 0x80) {
      head += length & 0x7f;
      length = bytes.subarray(at + 2, at + head).reduce((sum, byte) => sum * 256 + byte, 0);
    }
    const content = bytes.subarray(at + head, at + head + length);
    if (!(content.length === length)) throw new Error('cut off');
    found.push({ tag: bytes[at], content });
    at += head + length;
  }
  return found;
}

const SIXTEEN_BITS = 0x1e;
const text = ({ tag, content }) =>
  tag === SIXTEEN_BITS
    ? Array.from({ length: content.length / 2 }, (_, i) => String.fromCharCode(content[2 * i] * 256 + content[2 * i + 1])).join('')
    : new TextDecoder().decode(content);

const COMMON_NAME = '85,4,3';
const ORGANIZATION = '85,4,10';

/** The common name, else the organization, else whatever there is. */
function name(value) {
  const given = new Map(
    parts(value).flatMap(set => parts(set.content)).map(pair => {
      const [type, what] = parts(pair.content);
      return [type.content.join(), text(what)];
    }),
  );
  return given.get(COMMON_NAME) ?? given.get(ORGANIZATION) ?? given.values().next().value ?? '';
}

const SHORT_YEAR = 0x17;

function moment(value) {
  const digits = text(value);
  const year = value.tag === SHORT_YEAR ? (digits < '5' ? '20' : '19') : '';
  return new Date(`${year}${digits}`.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')).toISOString();
}

const EXPLICIT = 0xa0;

function certificate(pem) {
  const bytes = Uint8Array.from(atob(pem.replace(/\s/g, '')), it => it.charCodeAt(0));
  const [whole] = parts(bytes);
  const [signed] = parts(whole.content);
  const members = parts(signed.content);
  if (members[0].tag === EXPLICIT) members.shift();
  const [, , issuer, validity, subject] = members;
  const [, notAfter] = parts(validity.content);
  const [by, of] = [issuer, subject].map(it => it.content.join());
  return { subject: name(subject.content), issuer: name(issuer.content), notAfter: moment(notAfter), by, of };
}

/**
 * The certificates of a PEM text in their order: each with its names, its end, and whether the next
 * one is what it says to be issued by. Null where one cannot be read.
 */
export function certificates(pem) {
  try {
    const found = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g)].map(it => certificate(it[1]));
    return found.map((it, at) => ({ ...it, fits: at + 1 === found.length || it.by === found[at + 1].of }));
  } catch {
    return null;
  }
}
