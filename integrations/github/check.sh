#!/usr/bin/env bash
# Check the reports of a workspace and tell GitHub what came of it.
#
# Inputs come in variables (see action.yml) and are never part of a script. What was read from a
# report or a file name is printed where GitHub takes no commands from it.
set -uo pipefail
export PYTHONUTF8=1

cd "$GITHUB_WORKSPACE" || exit 3
bin=$RUNNER_TEMP/gouji/bin
if [ -d "$RUNNER_TEMP/gouji/Scripts" ]; then bin=$RUNNER_TEMP/gouji/Scripts; fi # on Windows
work=$(mktemp -d "$RUNNER_TEMP/gouji-check.XXXXXX") || exit 3
trap 'rm -rf "$work"' EXIT
# A word that no report can know; it ends what GitHub must not understand.
secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')

options=(--format "json:$work/report.json" --format "terminal:$work/terminal.txt")
option() { if [ -n "$2" ]; then options+=("$1=$2"); fi; }
option --fail-on "${INPUT_FAIL_ON:-}"
option --min-coverage "${INPUT_MIN_COVERAGE:-}"
option --baseline "${INPUT_BASELINE:-}"
option --waivers "${INPUT_WAIVERS:-}"
case ${INPUT_SINCE:-} in
  *[!0]*) option --since "$INPUT_SINCE" ;; # all zeros: a branch that is new
esac
if [ "${INPUT_SUMMARY:-true}" = true ]; then
  options+=(--format "markdown:$work/summary.md")
fi
if [ "${INPUT_ANNOTATIONS:-true}" = true ]; then
  options+=(--format "github:$work/annotations.txt")
fi
if [ -n "${INPUT_SARIF:-}" ]; then
  mkdir -p -- "$(dirname -- "$INPUT_SARIF")"
  options+=(--format "sarif:$INPUT_SARIF")
fi
while IFS= read -r line; do
  line=${line%$'\r'}
  if [ -n "$line" ]; then options+=("$line"); fi
done <<<"${INPUT_ARGS:-}"
files=()
while IFS= read -r line; do
  line=${line%$'\r'}
  if [ -n "$line" ]; then files+=("$line"); fi
done <<<"${INPUT_FILES:-}"
if [ ${#files[@]} -eq 0 ]; then files=(.); fi

code=0
"$bin/gouji" check "${options[@]}" -- "${files[@]}" >"$work/said.txt" 2>&1 || code=$?

printf '::stop-commands::%s\n' "$secret"
if [ -f "$work/terminal.txt" ]; then cat -- "$work/terminal.txt"; fi
cat -- "$work/said.txt"
printf '\n::%s::\n' "$secret"
if [ -f "$work/annotations.txt" ]; then cat -- "$work/annotations.txt"; fi
if [ -f "$work/summary.md" ]; then cat -- "$work/summary.md" >>"$GITHUB_STEP_SUMMARY"; fi

verdict=failed
coverage=
if [ -f "$work/report.json" ]; then
  read -r verdict coverage < <("$bin/python" - "$work/report.json" <<'PYTHON' | tr -d '\r'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
print(report["verdict"], report["summary"]["coverage"] or "")
PYTHON
  )
else
  # Nothing was checked, and there is no annotation that says so.
  if [ "$code" -eq 2 ]; then verdict=incomplete; fi
  said=$(tail -n 1 "$work/said.txt" | tr -d '\r')
  printf '::error title=gouji::%s\n' "${said//'%'/%25}"
fi

output() { printf '%s<<%s\n%s\n%s\n' "$1" "$secret" "$2" "$secret" >>"$GITHUB_OUTPUT"; }
output verdict "${verdict:-failed}"
output exit-code "$code"
output coverage "$coverage"
if [ -n "${INPUT_SARIF:-}" ] && [ -f "$INPUT_SARIF" ]; then
  output sarif "$INPUT_SARIF"
else
  output sarif ""
fi
exit "$code"
