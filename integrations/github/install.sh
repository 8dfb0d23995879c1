#!/usr/bin/env bash
# Install gouji from the action's own checkout, in an environment that later steps do not see.
set -euo pipefail

home=$RUNNER_TEMP/gouji
python -m venv "$home"
bin=$home/bin
if [ -d "$home/Scripts" ]; then bin=$home/Scripts; fi # on Windows
"$bin/python" -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"
"$bin/gouji" --version
