#!/bin/sh
# The models this key may use.
set -eu
exec curl --silent --show-error --fail-with-body \
  "${SLUICE_URL:-http://127.0.0.1:8787}/v1/models" \
  --header "authorization: Bearer ${SLUICE_KEY:?put your key into SLUICE_KEY}"
