# The derivation of io.github.nixmaven.builder.nix.SandboxProbe: what a build can see of the host, a sentence a line,
# and the nonce at the end. It runs with the builtins of bash and a loader named by its store path, so that it can
# still speak where /usr and /lib64 are missing or the host's.
{ sysroot, loader, nonce, port, marker, system ? builtins.currentSystem }:
derivation {
  name = "sandbox-probe";
  inherit system nonce port marker;
  sysroot = builtins.storePath sysroot;
  builder = "${builtins.storePath sysroot}/${loader}";
  args = [
    "--library-path"
    "${builtins.storePath sysroot}/${dirOf loader}"
    "${builtins.storePath sysroot}/usr/bin/bash"
    "-c"
    ''
      exec >"$out"
      said=$( (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>&1 )
      case "$said" in
        *refused*|*unreachable*) ;;
        "") echo "it reaches the host's loopback network" ;;
        *) echo "it cannot tell whether there is a network: ''${said##*: }" ;;
      esac
      while IFS=' :' read -r name rest; do
        case "$name $rest" in
          Inter-*|face*|lo\ *) ;;
          *) echo "it has the network interface $name" ;;
        esac
      done </proc/net/dev
      for path in /root /home "$marker"; do
        if [ -e "$path" ]; then echo "it sees the host's $path"; fi
      done
      for pair in /usr=usr /bin=usr/bin /lib=usr/lib /lib64=usr/lib64; do
        if ! [ "''${pair%%=*}" -ef "$sysroot/''${pair#*=}" ]; then
          echo "its ''${pair%%=*} is not the sysroot's"
        fi
      done
      if [ "$NIX_BUILD_TOP" != /build ] || [ "$PWD" != /build ]; then
        echo "it builds in $PWD and not in /build"
      fi
      echo "$nonce"
    ''
  ];
}
