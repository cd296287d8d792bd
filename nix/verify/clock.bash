# A library that tells programs another time, and the file that makes the loader load it.
source .attrs.sh
export PATH=$searchPath LC_ALL=C.UTF-8
out=${outputs[out]}

# by name: the compiler's assembler and linker find their files by the source's
cp -- "$source" clock.c
gcc -O2 -Wall -Werror -shared -fPIC "-D$definition" -o "$out/clock.so" clock.c
echo "$out/clock.so" >"$out/ld.so.preload"
