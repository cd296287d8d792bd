# Looks around in a build: see probe.nix.
source .attrs.sh
export PATH=$searchPath
exec >"${outputs[out]}/found"
said=$( (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>&1) || :
case $said in
  *refused* | *unreachable*) ;;
  "") echo "it reaches the host's loopback network" ;;
  *) echo "it cannot tell whether there is a network: ${said##*: }" ;;
esac
while IFS=' :' read -r name rest; do
  case "$name $rest" in
    Inter-* | face* | lo\ *) ;;
    *) echo "it has the network interface $name" ;;
  esac
done </proc/net/dev
for path in /root /home "$marker"; do
  [[ ! -e $path ]] || echo "it sees the host's $path"
done
for pair in /usr=usr /bin=usr/bin /lib=usr/lib /lib64=usr/lib64; do
  [[ ${pair%%=*} -ef $sysroot/${pair#*=} ]] || echo "its ${pair%%=*} is not the sysroot's"
done
[[ $NIX_BUILD_TOP == /build && $PWD == /build ]] || echo "it builds in $PWD and not in /build"
for path in "$input" "$sysroot/usr/bin/true" /usr/bin/true; do
  ! chmod u+w "$path" 2>/dev/null || echo "it can change $path"
done
echo "$nonce"
