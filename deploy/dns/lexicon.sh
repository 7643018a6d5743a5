#!/bin/sh
# Writes records of any type by Lexicon (https://dns-lexicon.readthedocs.io), which you install
# yourself; for the DNS writer exec of Polycert (docs/dns-and-delivery.md, "By a program"):
#   lexicon.sh present|cleanup _acme-challenge.example.com. value
# The environment:
#   LEXICON_PROVIDER   the name of the DNS service, as lexicon --help lists it
#   LEXICON_…          its keys, such as LEXICON_GANDI_AUTH_TOKEN
#   POLYCERT_ZONE, POLYCERT_RECORD_TYPE   set by Polycert
set -eu

fail() {
  echo "lexicon.sh: $1" >&2
  exit 2
}

[ $# -eq 3 ] || fail "the arguments must be present or cleanup, the name and the value"
case $1 in
  present) action=create ;;
  cleanup) action=delete ;;
  *) fail "the first argument must be present or cleanup" ;;
esac
[ -n "${LEXICON_PROVIDER-}" ] || fail "set LEXICON_PROVIDER to one that lexicon --help lists"
[ -n "${POLYCERT_ZONE-}" ] || fail "set POLYCERT_ZONE to the zone, such as example.com"

# Lexicon asks for a list of public suffixes, and does without where it gets none.
export TLDEXTRACT_CACHE_TIMEOUT="${TLDEXTRACT_CACHE_TIMEOUT:-3}"

# The zone as Polycert has it may be deeper than a registered domain. A value may begin with a
# hyphen, which Lexicon would take for an option if it stood alone.
exec lexicon --delegated "$POLYCERT_ZONE" "$LEXICON_PROVIDER" "$action" \
  "$POLYCERT_ZONE" "${POLYCERT_RECORD_TYPE:-TXT}" --name="${2%.}" --content="$3"
