#!/bin/sh
# Sets up real coding tools for a gateway of their own in an empty home, runs each with its own start command, undoes the
# setup and compares every file. For a machine on which the tools are installed; what is not on the PATH is left out.
#
#   samples/tools/prove.sh [claude-code] [codex] [opencode] [gemini-cli]
#
#   UPSTREAM   a provider that speaks every dialect at one address and makes a tool write hello.txt when asked to;
#              without it the built-in demo answers, and only that an answer came is checked
#   SLUICE     the command (default: ./sluice of this repository)
#   MODEL      as the gateway names it (default: its default model)
#   PORT       of the gateway (default: 18787)
set -u

here=$(cd "$(dirname "$0")/../.." && pwd)
sluice=${SLUICE:-$here/sluice}
port=${PORT:-18787}
tools=${*:-claude-code codex opencode gemini-cli}
prompt='create hello.txt containing hi'
work=$(mktemp -d)
home=$work/home
mkdir "$home"
failed=0

# An own home for everything that is started, and nothing of the caller's settings.
clean() {
  env -i PATH="$PATH" HOME="$home" TERM="${TERM:-dumb}" LANG=C.UTF-8 CI=1 NO_COLOR=1 DO_NOT_TRACK=1 \
    ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} "$@" </dev/null
}

run_claude_code() { clean claude -p "$prompt" --permission-mode acceptEdits --allowedTools Write Edit Read Bash; }
run_codex() { clean codex exec --skip-git-repo-check --dangerously-bypass-approvals-and-sandbox "$prompt"; }
run_opencode() { clean opencode run --auto "$prompt"; }
# Gemini CLI reads its .env in folders that it trusts, and nobody is there to ask.
run_gemini_cli() { clean GEMINI_CLI_TRUST_WORKSPACE=true gemini -p "$prompt" --yolo; }

program() {
  case $1 in claude-code) echo claude ;; gemini-cli) echo gemini ;; *) echo "$1" ;; esac
}

# Where each tool keeps its settings; a file that is there before, with comments, must come back to the byte.
seed() {
  mkdir -p "$home/.claude" "$home/.codex" "$home/.config/opencode"
  printf '# mine\n[tui]\nnotifications = false # keep\n' >"$home/.codex/config.toml"
  printf '{"permissions": {"deny": ["WebFetch"]}}' >"$home/.claude/settings.json"
}

snapshot() {
  (cd "$home" && for file in .claude/settings.json .codex/config.toml .config/opencode/opencode.json \
    .config/opencode/opencode.jsonc .gemini/settings.json .gemini/.env .sluice/keys .sluice/undo; do
    if [ -f "$file" ]; then cksum "$file"; elif [ -e "$file" ]; then echo "there: $file"; else echo "absent: $file"; fi
  done)
}

export SLUICE_MASTER_KEY=slc_prove-the-tools-0123456789
seed
snapshot >"$work/before"

set --
if [ -n "${UPSTREAM:-}" ]; then
  cat >"$work/sluice.json" <<JSON
{"version": 1, "defaultModel": "mock/mock-model", "providers": [{"id": "mock", "allowPrivateNetwork": true,
  "endpoints": {"openai-chat": "$UPSTREAM/v1", "openai-responses": "$UPSTREAM/v1", "anthropic": "$UPSTREAM",
    "gemini": "$UPSTREAM"}, "auth": {"type": "none"},
  "models": [{"id": "mock-model", "contextWindow": 200000, "maxOutputTokens": 32000}]}]}
JSON
  set -- --config "$work/sluice.json"
fi
# Not by the function above: the process must be the gateway itself, to be ended.
env -i PATH="$PATH" HOME="$home" ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} SLUICE_MASTER_KEY=$SLUICE_MASTER_KEY \
  "$sluice" start --port "$port" "$@" >"$work/start.log" 2>&1 </dev/null &
gateway=$!
trap 'kill $gateway 2>/dev/null' EXIT
for _ in $(seq 300); do
  grep -q 'listening on' "$work/start.log" && break
  kill -0 $gateway 2>/dev/null || { cat "$work/start.log"; exit 1; }
  sleep 1
done

for tool in $tools; do
  if ! command -v "$(program "$tool")" >/dev/null; then
    echo "SKIP $tool: $(program "$tool") is not installed"
    continue
  fi
  mkdir "$work/$tool"
  if ! clean SLUICE_MASTER_KEY=$SLUICE_MASTER_KEY "$sluice" tool setup "$tool" ${MODEL:+--model "$MODEL"} --yes >"$work/$tool.setup" 2>&1; then
    echo "FAIL $tool: not set up"; cat "$work/$tool.setup"; failed=1
    continue
  fi
  (cd "$work/$tool" && "run_$(echo "$tool" | tr - _)") >"$work/$tool.out" 2>&1
  code=$?
  if [ -n "${UPSTREAM:-}" ] && [ "$(cat "$work/$tool/hello.txt" 2>/dev/null | tr -d '[:space:]')" != hi ]; then
    echo "FAIL $tool: hello.txt did not appear (exit $code)"; tail -20 "$work/$tool.out"; failed=1
  elif [ $code -ne 0 ]; then
    echo "FAIL $tool: exit $code"; tail -20 "$work/$tool.out"; failed=1
  else
    echo "PASS $tool: set up, run"
  fi
  clean "$sluice" tool status "$tool" >"$work/$tool.status" 2>&1 || { echo "FAIL $tool: status"; cat "$work/$tool.status"; failed=1; }
  clean "$sluice" tool undo "$tool" >"$work/$tool.undo" 2>&1 || { echo "FAIL $tool: not undone"; cat "$work/$tool.undo"; failed=1; }
done

snapshot >"$work/after"
if cmp -s "$work/before" "$work/after"; then
  echo "PASS every file is as it was before"
else
  echo "FAIL files differ after the undo:"; diff "$work/before" "$work/after"; failed=1
fi
[ $failed = 0 ] && rm -rf "$work" || echo "what was printed is in $work"
exit $failed
