# The least of nixpkgs' generic builder: inputs on the search path, and either a script or the source and the phases.
set -euo pipefail
[[ ! -e .attrs.sh ]] || source .attrs.sh
export PATH=/usr/bin LC_ALL=C.UTF-8
for input in ${nativeBuildInputs[*]-} ${buildInputs[*]-}; do PATH=$input/bin:$PATH; done
if [[ -n ${buildCommandPath-} ]]; then
  source "$buildCommandPath"
  exit
fi
if [[ -n ${src-} ]]; then
  cp -r --no-preserve=ownership "$src" source
  chmod -R u+w source
  cd source
fi
eval "${preBuild-}"
eval "${buildPhase-}"
eval "${installPhase-}"
