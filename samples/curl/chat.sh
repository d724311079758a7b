#!/bin/sh
# A streamed answer in OpenAI's Chat dialect.
set -eu
exec curl --silent --show-error --fail-with-body --no-buffer \
  "${SLUICE_URL:-http://127.0.0.1:8787}/v1/chat/completions" \
  --header "authorization: Bearer ${SLUICE_KEY:?put your key into SLUICE_KEY}" \
  --header "content-type: application/json" \
  --data '{
    "model": "'"${SLUICE_MODEL:-demo/demo}"'",
    "stream": true,
    "stream_options": {"include_usage": true},
    "messages": [{"role": "user", "content": "Hello, who are you?"}]
  }'
