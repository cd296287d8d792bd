# What a build can see and do, a line each, for nix/tests/run-launcher.
source .attrs.sh
export PATH=$searchPath LC_ALL=C
# Nix ends a build that closes its log.
exec 9>&2 >"${outputs[out]}/seen" 2>&1

id
umask
cat /proc/sys/kernel/hostname
pwd
env | sort
for folder in / /bin /build /dev /dev/shm /dev/pts /etc /home /lib64 /nix /nix/store /proc/sys/fs /root /run /sys /tmp /var; do
  echo "$folder: $(cd "$folder" 2>/dev/null && ls -A | xargs)"
done
head -n 100 /etc/*
sed 1,2d /proc/net/dev | cut -d: -f1
grep -E '^(Uid|Gid|CapEff|CapPrm|NoNewPrivs)' /proc/self/status
ulimit -a | grep -v -e 'pending signals' -e 'processes' -e 'open files'
ps() { for each in /proc/[0-9]*; do tr '\0' ' ' <"$each/cmdline" | cut -c1-40; echo; done; }
(ps | grep -c . >/dev/null) && echo processes

# try WHAT COMMAND…: whether it can be done
try() {
  if "${@:2}" 2>/dev/null; then echo "can $1"; else echo "cannot $1"; fi
}
write() { echo text >"$1"; }
try "write to an input" write "$input/file"
try "make an input writable" chmod u+w "$input/file"
try "add to an input" write "$input/more"
try "replace an input" mv "$input" "$input.old"
try "write to the sysroot" write /usr/bin/true
try "write beside the outputs" write /nix/store/other
try "write to the root directory" write /file
try "write to /etc" write /etc/passwd
try "write to /tmp" write /tmp/file
try "write to its build directory" write "$NIX_BUILD_TOP/file"
try "make a device" mknod /tmp/device c 1 3
try "reach a network" bash -c 'exec 3<>/dev/tcp/127.0.0.1/22' 
try "run a program as root" setpriv --reuid 0 true
try "make a program setuid" bash -c 'cp /usr/bin/true /tmp/setuid && chmod 4755 /tmp/setuid'
try "mount in a namespace of its own" unshare --user --map-root-user --mount bash -c "mount -o remount,rw,bind '$input' && touch '$input/file'"
