#!/usr/bin/env bash
# The step of action.yml. What users give comes in the environment, so that nothing of it is run as a command.
# A crossed threshold (exit 1) is an output, not a failure, so that the findings are uploaded first.
set -euo pipefail

articles=() arguments=()
while IFS= read -r line; do [[ -z $line ]] || articles+=("$line"); done <<<"${ARTICLES:-}"
while IFS= read -r line; do [[ -z $line ]] || arguments+=("$line"); done <<<"${ARGUMENTS:-}"

if ((${#articles[@]})); then
  "$EMBED_RESOLVER" enrich -o "$RUNNER_TEMP/enriched.jsonl" -- "${articles[@]}"
fi

status=0
"$EMBED_RESOLVER" audit \
  --markdown "$RUNNER_TEMP/summary.md" \
  ${FAIL_ON:+"--fail-on=$FAIL_ON"} \
  ${BASELINE:+"--baseline=$BASELINE"} \
  ${REPORT:+"--report=$REPORT"} \
  ${SARIF:+"--sarif=$SARIF"} \
  ${arguments[@]+"${arguments[@]}"} || status=$?

if [[ -e $RUNNER_TEMP/summary.md ]]; then
  cat "$RUNNER_TEMP/summary.md" >>"$GITHUB_STEP_SUMMARY"
fi
if ((status == 1)); then
  echo "crossed=true" >>"$GITHUB_OUTPUT"
  exit 0
fi
exit "$status"
