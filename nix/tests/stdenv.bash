# The least of nixpkgs' generic builder: inputs on the search path, and either a script or the source and the phases, each of which is shell text.
set -eo pipefail
shopt -s inherit_errexit
[[ ! -e .attrs.sh ]] || source .attrs.sh
export PATH=/usr/bin LC_ALL=C.UTF-8
for input in ${nativeBuildInputs[*]-} ${buildInputs[*]-}; do PATH=$input/bin:$PATH; done
if [[ -n ${buildCommandPath-} ]]; then
  source "$buildCommandPath"
  exit
elif [[ -n ${buildCommand-} ]]; then
  eval "$buildCommand"
  exit
fi
runHook() { eval "${!1-}"; }
phases() {
  local phase
  for phase in configurePhase buildPhase installPhase; do eval "${!phase-}"; done
}
if [[ -f ${src-} ]]; then
  tar -xzf "$src"
  cd -- */
elif [[ -n ${src-} ]]; then
  cp -r --no-preserve=ownership "$src" source
  chmod -R u+w source
  cd source
fi
export NIX_BUILD_CORES=2
phases
