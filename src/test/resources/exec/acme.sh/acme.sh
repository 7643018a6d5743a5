#!/usr/bin/env sh
# Stands for acme.sh: what its scripts call, and what happens when it is read or run.

DEFAULT_USER_AGENT="acme.sh/0"

_stamp() {
  [ "$NO_TIMESTAMP" = 1 ] || printf '[%s] ' "$(date)"
}

_info() {
  echo "$(_stamp)$*"
}

_err() {
  echo "$(_stamp)$*" >&2
  return 1
}

_readaccountconf_mutable() {
  [ -f "$ACCOUNT_CONF_PATH" ] && sed -n "s/^SAVED_$1='\(.*\)'$/\1/p" "$ACCOUNT_CONF_PATH"
}

_saveaccountconf_mutable() {
  echo "SAVED_$1='$2'" >>"$ACCOUNT_CONF_PATH"
}

main() {
  [ -z "$1" ] && echo "Usage: acme.sh <command> ..." && return
  "$@"
}

main "$@"
