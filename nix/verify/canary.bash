# Writes what one condition of this build is, where a build must not depend on any.
source .attrs.sh
export PATH=$searchPath LC_ALL=C.UTF-8
out=${outputs[out]}

mkdir files
touch files/{1..20}
case $condition in
  path) pwd ;;
  cores) echo "$NIX_BUILD_CORES $(nproc)" ;;
  time) date +%Y ;;
  order) ls -U files ;;
  kernel) uname -r ;;
  clean) ls files ;;
esac >"$out/found"
