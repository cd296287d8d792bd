# The least of nixpkgs' generic builder: the source, the phases, and inputs on the search path.
set -euo pipefail
export PATH=/usr/bin LC_ALL=C.UTF-8
for input in ${nativeBuildInputs-} ${buildInputs-}; do PATH=$input/bin:$PATH; done
if [[ -n ${src-} ]]; then
  cp -r --no-preserve=ownership "$src" source
  chmod -R u+w source
  cd source
fi
eval "${preBuild-}"
eval "${buildPhase-}"
eval "${installPhase-}"
