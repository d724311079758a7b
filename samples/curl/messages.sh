#!/bin/sh
# A streamed answer in Anthropic's Messages dialect.
set -eu
exec curl --silent --show-error --fail-with-body --no-buffer \
  "${SLUICE_URL:-http://127.0.0.1:8787}/v1/messages" \
  --header "x-api-key: ${SLUICE_KEY:?put your key into SLUICE_KEY}" \
  --header "anthropic-version: 2023-06-01" \
  --header "content-type: application/json" \
  --data '{
    "model": "'"${SLUICE_MODEL:-demo/demo}"'",
    "max_tokens": 500,
    "stream": true,
    "messages": [{"role": "user", "content": "Hello, who are you?"}]
  }'
