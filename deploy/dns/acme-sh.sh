#!/bin/sh
# Writes TXT records by a dns_… script of acme.sh, which you install yourself; for the DNS writer
# exec of Polycert (docs/dns-and-delivery.md, "By a program"):
#   acme-sh.sh present|cleanup _acme-challenge.example.com. value
# The environment:
#   ACME_SH   the directory of acme.sh, with the file acme.sh and its folder dnsapi
#   DNS_API   the name of the script, dns_gandi_livedns for example
#   and what that script reads, as https://github.com/acmesh-official/acme.sh/wiki/dnsapi names it

polycert_action=${1-}
polycert_name=${2-}
polycert_value=${3-}

fail() {
  echo "acme-sh.sh: $1" >&2
  exit 2
}

case $polycert_action in
  present) polycert_suffix=add ;;
  cleanup) polycert_suffix='rm' ;;
  *) fail "the first argument must be present or cleanup" ;;
esac
if [ -z "$polycert_name" ] || [ -z "$polycert_value" ]; then
  fail "the arguments must be present or cleanup, the name and the value"
fi
if [ "${POLYCERT_RECORD_TYPE:-TXT}" != TXT ]; then
  fail "the scripts of acme.sh write TXT records alone, and this is a $POLYCERT_RECORD_TYPE"
fi
case ${DNS_API-} in
  dns_*) ;;
  *) fail "set DNS_API to the name of a script in dnsapi, such as dns_gandi_livedns" ;;
esac
case $DNS_API in
  *[!A-Za-z0-9_]*) fail "DNS_API must be the name of a script, without path and .sh" ;;
esac
if [ ! -r "${ACME_SH-}/acme.sh" ]; then
  fail "set ACME_SH to the directory of acme.sh; there is no ${ACME_SH-}/acme.sh"
fi
if [ ! -r "$ACME_SH/dnsapi/$DNS_API.sh" ]; then
  fail "there is no $ACME_SH/dnsapi/$DNS_API.sh"
fi

# acme.sh keeps the keys that its scripts read, and the headers of answers. Here they are gone in
# the end.
polycert_scratch=$(mktemp -d) || fail "no directory for temporary files"
trap 'rm -rf "$polycert_scratch"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$polycert_scratch
TMPDIR=$polycert_scratch
LE_WORKING_DIR=$polycert_scratch
LE_CONFIG_HOME=$polycert_scratch
ACCOUNT_CONF_PATH=$polycert_scratch/account.conf
# The same error reads the same at every run.
NO_TIMESTAMP=1
export HOME TMPDIR LE_WORKING_DIR LE_CONFIG_HOME ACCOUNT_CONF_PATH NO_TIMESTAMP

# Without arguments acme.sh prints its help, and is there for its scripts then.
set --
# shellcheck source=/dev/null
. "$ACME_SH/acme.sh" >/dev/null
# shellcheck source=/dev/null
. "$ACME_SH/dnsapi/$DNS_API.sh" || fail "$DNS_API.sh cannot be read"
# acme.sh sets it when it reads its settings, which are not there.
USER_AGENT=${USER_AGENT:-${DEFAULT_USER_AGENT-}}
export USER_AGENT

"${DNS_API}_$polycert_suffix" "${polycert_name%.}" "$polycert_value"
