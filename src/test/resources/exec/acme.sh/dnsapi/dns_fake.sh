#!/usr/bin/env sh
# A script as those of acme.sh are: it reads its keys, keeps them, and says what it does.

dns_fake_add() {
  fulldomain=$1
  txtvalue=$2
  FAKE_Token="${FAKE_Token:-$(_readaccountconf_mutable FAKE_Token)}"
  if [ -z "$FAKE_Token" ]; then
    _err "You don't specify FAKE_Token."
    return 1
  fi
  _saveaccountconf_mutable FAKE_Token "$FAKE_Token"
  if [ "$txtvalue" = refuse ]; then
    _err "the token $FAKE_Token may not write $fulldomain"
    return 1
  fi
  echo "kept in $ACCOUNT_CONF_PATH" >>"$FAKE_Zone.log"
  echo "sent by $USER_AGENT" >>"$FAKE_Zone.agents"
  echo "$fulldomain $txtvalue" >>"$FAKE_Zone"
  _info "Added."
}

dns_fake_rm() {
  grep -v -x -F "$1 $2" "$FAKE_Zone" >"$FAKE_Zone.new"
  mv "$FAKE_Zone.new" "$FAKE_Zone"
}
