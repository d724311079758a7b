#!/usr/bin/env bash
# Proves on a real deployment what no emulator can, and prints the evidence. It changes nothing but what a step's own line
# says; it costs a few cents.
#
#   infra/prove.sh [--plan] [--stack NAME] [--region REGION] [--model PROVIDER/MODEL] [--idle MINUTES] [--break] [STEP...]
#
#   --plan    only say what would be done
#   --model   a configured model that writes slowly (the demo writes all at once, so it proves no streaming)
#   --idle    how long nobody calls before the burst (60)
#   --break   also take each permission away for a moment: every client is refused meanwhile
#
# Steps: setup restore stream credentials disconnect burst permissions rotation; all of them by default.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
sluice=$here/../sluice
steps=(setup restore stream credentials disconnect burst permissions rotation)
stack=Sluice
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
model=
idle=60
burst=20
plan=false
breaking=false
failed=0
chosen=()
taken=()

usage() {
  sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
}

refuse() {
  printf 'prove: %s\n' "$1" >&2
  exit 2
}

while [ $# -gt 0 ]; do
  case $1 in
    --plan) plan=true ;;
    --break) breaking=true ;;
    --stack | --region | --model | --idle)
      [ $# -ge 2 ] || refuse "$1 wants a value"
      case $1 in
        --stack) stack=$2 ;;
        --region) region=$2 ;;
        --model) model=$2 ;;
        --idle) idle=$2 ;;
      esac
      shift
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    -*) refuse "there is no option $1" ;;
    *)
      printf '%s\n' "${steps[@]}" | grep -qx -- "$1" || refuse "there is no step $1; there are: ${steps[*]}"
      chosen+=("$1")
      ;;
  esac
  shift
done
[[ $idle =~ ^[0-9]+$ ]] || refuse "--idle is a number of minutes, not $idle"
[ ${#chosen[@]} -gt 0 ] || chosen=("${steps[@]}")

what() {
  case $1 in
    setup) echo 'the runtime, the wrapper, the snapshot of the version behind the alias, the address' ;;
    restore) echo 'REPORT lines of the last day with a Restore Duration, and none with an Init Duration' ;;
    stream) echo 'one streamed answer; each chunk with the time it came, and the time between first and last' ;;
    credentials) echo 'a call that reads the table and the secrets in a restored environment; no word of expired credentials in the log' ;;
    disconnect) echo 'a client that goes after two seconds; the REPORT line says how long was billed' ;;
    burst) echo "$idle minutes without a call, then $burst at once: status and first byte of each, restores in the log" ;;
    permissions) echo 'both statements of the policy on the alias; with --break: 403 without either, 200 with both again' ;;
    rotation) echo 'a new master key with a stream under way: the stream ends well, the new key answers 200, the old one lives on' ;;
  esac
}

if $plan; then
  printf 'stack %s, region %s, model %s\n' "$stack" "${region:-(of the profile)}" "${model:-demo/demo}"
  for step in "${chosen[@]}"; do
    printf '%-12s %s\n' "$step" "$(what "$step")"
  done
  exit 0
fi

for tool in aws curl; do
  command -v "$tool" >/dev/null || refuse "$tool is not on the PATH"
done
[ -z "$region" ] || export AWS_REGION=$region AWS_DEFAULT_REGION=$region
account=$(aws sts get-caller-identity --query Account --output text 2>/dev/null) ||
  refuse 'there are no AWS credentials: aws sts get-caller-identity fails'

found() {
  aws ssm get-parameter --name "/sluice/$stack/$1" --query Parameter.Value --output text 2>/dev/null
}

url=$(found distribution-url) || url=$(found url) || refuse "there is no stack $stack in account $account: /sluice/$stack/url is missing"
url=${url%/}
function=$(found gateway-function) && logs=$(found gateway-log-group) && secret=$(found master-key-secret) ||
  refuse "parameters under /sluice/$stack/ are missing"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The key is handed to curl in a file: an argument is seen by everybody on this machine.
umask 077
read_key() {
  aws secretsmanager get-secret-value --secret-id "$secret" --query SecretString --output text |
    sed 's/^/header = "Authorization: Bearer /; s/$/"/' >"$work/key"
}
read_key || refuse 'the master key cannot be read'

say() {
  printf '    %s\n' "$*"
}

proven() {
  printf 'PROVEN      %s\n' "$*"
}

not_proven() {
  printf 'NOT PROVEN  %s\n' "$*"
  failed=1
}

milliseconds() {
  local now=${EPOCHREALTIME:-$SECONDS.000000}
  now=${now/[.,]/}
  echo $((10#$now / 1000))
}

# The call's body: a long answer where a model is named.
body() {
  printf '{"model":"%s","stream":true,"messages":[{"role":"user","content":"Count from 1 to 150, each number in words on a line of its own."}]}' "${model:-demo/demo}"
}

call() {
  curl -sS --config "$work/key" -H 'Content-Type: application/json' -d "$(body)" "$@" "$url/v1/chat/completions"
}

health() {
  curl -sS -o /dev/null -w '%{http_code}' --max-time 60 "$url/health"
}

# Log lines since so many seconds ago that have a pattern.
lines() {
  aws logs filter-log-events --log-group-name "$logs" --start-time $((($(date +%s) - $1) * 1000)) \
    --filter-pattern "$2" --query 'events[].message' --output text 2>/dev/null
}

# Lines take a while to arrive.
wait_for_line() {
  local line try
  for try in 1 2 3 4 5 6 7 8 9 10 11 12; do
    line=$(lines 1800 "$1")
    if [ -n "$line" ] && [ "$line" != None ]; then
      printf '%s\n' "$line"
      return 0
    fi
    sleep 10
  done
  return 1
}

setup() {
  local state
  state=$(aws lambda get-function-configuration --function-name "$function" --qualifier live \
    --query '[Version,Runtime,Architectures[0],State,SnapStart.OptimizationStatus,Environment.Variables.AWS_LAMBDA_EXEC_WRAPPER,RuntimeVersionConfig.RuntimeVersionArn]' \
    --output text) || { not_proven 'the alias live cannot be read'; return; }
  say "$state"
  aws lambda get-function-url-config --function-name "$function" --qualifier live --query '[InvokeMode,AuthType]' --output text | sed 's/^/    /'
  case $state in
    *Active*On*/var/task/bin/start*) proven 'a snapshot is taken of the version behind the alias, started by the wrapper' ;;
    *) not_proven 'SnapStart is not on for the version behind the alias, or the wrapper is not set' ;;
  esac
}

restore() {
  local restored started
  call --max-time 120 -o /dev/null
  restored=$(lines 86400 '"Restore Duration"')
  started=$(lines 86400 '"Init Duration"')
  printf '%s\n' "$restored" | tail -n 3 | sed 's/^/    /'
  if [ -n "$restored" ] && [ "$restored" != None ]; then
    proven 'environments are restored from the snapshot'
  else
    not_proven 'no REPORT line with a Restore Duration: call again after some idle time'
  fi
  [ -z "$started" ] || [ "$started" = None ] || say 'also started without a snapshot (an Init Duration was logged)'
}

stream() {
  local begun first=0 last=0 chunks=0 line now
  begun=$(milliseconds)
  while IFS= read -r line; do
    case $line in
      data:*)
        now=$(($(milliseconds) - begun))
        chunks=$((chunks + 1))
        [ "$first" -ne 0 ] || first=$now
        last=$now
        [ "$chunks" -gt 5 ] || say "$now ms  ${line:0:70}"
        ;;
    esac
  done < <(call -N --max-time 300)
  say "$chunks chunks, the first after $first ms, the last after $last ms"
  if [ "$chunks" -gt 3 ] && [ $((last - first)) -gt 500 ]; then
    proven 'chunks arrive one after the other'
  elif [ "$chunks" -gt 3 ]; then
    not_proven 'all chunks came at once; the demo writes so: name a model that writes slowly (--model)'
  else
    not_proven 'there was no stream'
  fi
}

credentials() {
  local status expired
  status=$(call --max-time 120 -o /dev/null -w '%{http_code}')
  expired=$(lines 86400 '?ExpiredToken ?ExpiredTokenException ?"no AWS credentials were found" ?UnrecognizedClientException')
  say "status $status"
  if [ "$status" = 200 ] && { [ -z "$expired" ] || [ "$expired" = None ]; }; then
    proven 'the table and the secrets answer after a restore; nothing expired in a day'
  else
    not_proven "status $status, log: ${expired:0:200}"
  fi
}

disconnect() {
  local id report billed
  call -N --max-time 2 -D "$work/headers" -o /dev/null 2>/dev/null
  id=$(tr -d '\r' <"$work/headers" | sed -n 's/^[xX]-[aA]mzn-[rR]equest[iI][dD]: //p' | tail -n 1)
  [ -n "$id" ] || { not_proven 'the answer named no request id'; return; }
  report=$(wait_for_line "\"REPORT RequestId: $id\"") || { not_proven "no REPORT line for $id within two minutes"; return; }
  say "$report"
  billed=$(printf '%s' "$report" | sed -n 's/.*Billed Duration: \([0-9]*\) ms.*/\1/p')
  if [ "${billed:-0}" -gt 2500 ]; then
    proven "the client went after 2 s, $billed ms were billed: the stream went on to its end"
  else
    not_proven "${billed:-?} ms were billed: the answer was shorter than the client's patience (--model), or it was stopped"
  fi
}

burst() {
  local number begun
  say "waiting $idle minutes"
  sleep $((idle * 60))
  begun=$(date +%s)
  for number in $(seq "$burst"); do
    call --max-time 120 -o /dev/null -w '%{http_code} first byte after %{time_starttransfer} s\n' >"$work/burst.$number" &
  done
  wait
  sort "$work"/burst.* | sed 's/^/    /'
  sleep 30
  lines $(($(date +%s) - begun + 5)) '"Restore Duration"' | tr '\t' '\n' | grep -c 'Restore Duration' | sed 's/^/    restores: /'
  if [ "$(cat "$work"/burst.* | grep -c '^200 ')" -eq "$burst" ]; then
    proven "$burst calls at once after $idle idle minutes are all answered"
  else
    not_proven 'not every call of the burst was answered 200'
  fi
}

# Takes a statement away, calls until the policy has reached everywhere, and puts it back.
without() {
  local sid=$1 status=
  shift
  taken=("$sid" "$@")
  aws lambda remove-permission --function-name "$function" --qualifier live --statement-id "$sid" || return 1
  trap 'give_back; rm -rf "$work"' EXIT
  for _ in 1 2 3 4 5 6; do
    sleep 10
    status=$(health)
    [ "$status" != 403 ] || break
  done
  give_back
  trap 'rm -rf "$work"' EXIT
  say "without $sid: $status"
  [ "$status" = 403 ]
}

give_back() {
  aws lambda add-permission --function-name "$function" --qualifier live --statement-id "${taken[0]}" --principal '*' \
    "${taken[@]:1}" >/dev/null
}

permissions() {
  local policy call_sid invoke_sid status
  policy=$(aws lambda get-policy --function-name "$function" --qualifier live --query Policy --output text) ||
    { not_proven 'the alias has no policy'; return; }
  say "$policy"
  case $policy in
    *lambda:InvokeFunctionUrl*) ;;
    *) not_proven 'no statement for lambda:InvokeFunctionUrl'; return ;;
  esac
  case $policy in
    *InvokedViaFunctionUrl*) proven 'both statements are on the alias' ;;
    *) not_proven 'no statement for lambda:InvokeFunction through an address'; return ;;
  esac
  $breaking || { say 'not tried without them (--break)'; return; }
  call_sid=$(printf '%s' "$policy" | tr '{' '\n' | sed -n '/"lambda:InvokeFunctionUrl"/s/.*"Sid":"\([^"]*\)".*/\1/p' | head -n 1)
  invoke_sid=$(printf '%s' "$policy" | tr '{' '\n' | sed -n '/"lambda:InvokeFunction"/s/.*"Sid":"\([^"]*\)".*/\1/p' | head -n 1)
  if without "$call_sid" --action lambda:InvokeFunctionUrl --function-url-auth-type NONE &&
    without "$invoke_sid" --action lambda:InvokeFunction --invoked-via-function-url; then
    sleep 30
    status=$(health)
    say "with both again: $status"
    proven 'each of the two permissions is needed'
  else
    not_proven 'the address answered without one of its permissions'
  fi
}

rotation() {
  local ended
  cp "$work/key" "$work/old-key"
  call -N --max-time 300 >"$work/in-flight" &
  local stream=$!
  "$sluice" worker-key rotate --yes --stack "$stack" ${region:+--region "$region"} >"$work/rotated" 2>&1 ||
    { sed 's/slc_[A-Za-z0-9_-]*/slc_.../g; s/^/    /' "$work/rotated"; not_proven 'the rotation failed'; return; }
  # the new key was shown in it, this once
  sed 's/slc_[A-Za-z0-9_-]*/slc_.../g; s/^/    /' "$work/rotated"
  wait "$stream"
  grep -q '\[DONE\]' "$work/in-flight" && ended=true || ended=false
  read_key
  say "new key: $(call --max-time 120 -o /dev/null -w '%{http_code}')"
  say "old key: $(curl -sS --config "$work/old-key" -o /dev/null -w '%{http_code}' "$url/v1/models")"
  cmp -s "$work/key" "$work/old-key" && { not_proven 'the key is the old one'; return; }
  if $ended && [ "$(call --max-time 120 -o /dev/null -w '%{http_code}')" = 200 ]; then
    proven 'a new key with a stream under way, and the old one in its grace'
  else
    not_proven 'the stream was cut, or the new key does not answer'
  fi
}

printf 'account %s, stack %s, %s\n' "$account" "$stack" "$url"
for step in "${chosen[@]}"; do
  printf '\n== %s: %s\n' "$step" "$(what "$step")"
  "$step"
done
exit $failed
