# Runs one test program as `cargo test` does, or the tests in a library's documentation, and keeps what it said and how it ended:
#
#     stdout, stderr, status
#
# Always succeeds: whether all tests passed is for others to say, who still have what was said.
source .attrs.sh
source "$common"
source "$packageFolders"

unpack
gather "${dependencies[@]}"
for call in "${named[@]}" "${expanding[@]}"; do eval "$call"; done
for input in "${inputs[@]}"; do
  PATH=$input/bin:$PATH
done

# What the crate's own build script said, then where the libraries lie that build scripts made.
cfgs=() checkCfgs=() libs=() linkArguments=() outSearch=() otherSearch=() cdylibArguments=() beside=() linking=()
if [[ -n $buildScript ]]; then
  variables=()
  source "$buildScript/unit"
  environment+=("OUT_DIR=$buildScript/out" "${variables[@]}")
  [[ ! -s $buildScript/reach ]] || source "$buildScript/reach"
fi
for script in "${scripts[@]}"; do
  [[ $script == "$buildScript" ]] || source "$script/reach"
done
here outSearch otherSearch
for call in "${beside[@]}" "${linking[@]}"; do eval "$call"; done

searched=
for path in "${outSearch[@]}"; do
  searched+=${path#*=}:
done
searched+=$targetDirectory/release:/build/deps:$("$rustc" --print target-libdir)

mkdir -p "$out" "$targetDirectory/tmp" "$targetDirectory/release/deps" "$targetDirectory/release/examples"
for i in "${!to[@]}"; do
  cp -- "${from[i]}" "${to[i]}"
done

if [[ -n $isDocumentation ]]; then
  for path in "${outSearch[@]}" "${otherSearch[@]}"; do
    arguments+=(-L "$path")
  done
  arguments+=("${afterSearch[@]}")
  conditions
  arguments+=("${conditions[@]}")
  for ((i = 0; i < ${#linkArguments[@]}; i += 2)); do
    [[ ${linkArguments[i]} != all ]] || arguments+=(-C "link-arg=${linkArguments[i + 1]}")
  done
  arguments+=("${last[@]}")
else
  arguments+=("${flags[@]}")
  cd "$directory"
fi
environment+=("LD_LIBRARY_PATH=$searched" "RUST_TEST_THREADS=$(nproc)")

announce "${arguments[@]}"
# crate2nix's names for the program and its flags
f=${arguments[0]} testCrateFlags="${flags[*]}"
eval "$preRun"
status=0
# The shell's own word on a program that was killed is no news: the status says so.
{ env "${environment[@]}" "${arguments[@]}" >"$out/stdout" 2>"$out/stderr" </dev/null || status=$?; } 2>/dev/null
eval "$postRun"
echo "$status" >"$out/status"
