# Sourced after common.bash by what compiles a unit.

# compile: one call of rustc, or of clippy, with what was said by the build scripts that it is linked with.
compile() {
  gather "${dependencies[@]}"
  for call in "${expanding[@]}"; do eval "$call"; done

  # What the crate's own build script said, then what those of its dependencies said that reaches this far; see build-script.bash.
  cfgs=() checkCfgs=() libs=() linkArguments=() outSearch=() otherSearch=() cdylibArguments=() linking=()
  if [[ -n $buildScript ]]; then
    variables=() beside=()
    source "$buildScript/unit"
    for call in "${beside[@]}"; do eval "$call"; done
    environment+=("OUT_DIR=$buildScript/out" "${variables[@]}")
    arguments+=(--remap-path-prefix "$buildScript/out=/rust/out/$label")
    if [[ -s $buildScript/reach ]]; then
      source "$buildScript/reach"
      cdylibArguments=()
      scripts=("$buildScript" "${scripts[@]}")
    fi
  fi
  for script in "${scripts[@]}"; do
    [[ $script == "$buildScript" ]] || source "$script/reach"
  done

  here outSearch otherSearch cdylibArguments
  # Folders in which a linker looks. Who makes a library for Rust alone starts none.
  [[ ${#files[@]} == 1 && $files == *.rlib ]] || for call in "${linking[@]}"; do eval "$call"; done
  for path in "${outSearch[@]}" "${otherSearch[@]}"; do
    arguments+=(-L "$path")
  done
  if [[ -n $linksLibraries ]]; then
    for lib in "${libs[@]}"; do
      arguments+=(-l "$lib")
    done
  fi
  for ((i = 0; i < ${#linkArguments[@]}; i += 2)); do
    case ${linkArguments[i]} in
      all) ;;
      cdylib) [[ -n $isCdylib ]] || continue ;;
      bins) [[ -n $binary ]] || continue ;;
      "bin $binary" | "$program") ;;
      *) continue ;;
    esac
    arguments+=(-C "link-arg=${linkArguments[i + 1]}")
  done
  if [[ -n $isCdylib ]]; then
    for argument in "${cdylibArguments[@]}"; do
      arguments+=(-C "link-arg=$argument")
    done
  fi
  conditions
  arguments+=("${conditions[@]}")

  announce "$rustc" "${arguments[@]}"
  if [[ $program == clippy ]]; then
    type -P "$rustc" >/dev/null ||
      fail "the toolchain has no $rustc" "help: add Debian's package \`rust-clippy\` to the toolchain's packages and run \`mvn nix:toolchain\`"
    mkdir -p "$out"
    env "${environment[@]}" "$rustc" "${arguments[@]}" 2>"$out/report" || {
      cat "$out/report" >&2
      fail "could not check $unit"
    }
    cat "$out/report" >&2
    sed -i 's/\x1b\[[0-9;]*m//g' "$out/report"
  else
    env "${environment[@]}" "$rustc" "${arguments[@]}" || {
      brokenLinks
      fail "could not compile $unit"
    }
  fi
}

# Says which links of the package lead to what this build does not have.
brokenLinks() {
  local link
  find "$packageFolder" -xtype l | while IFS= read -r link; do
    printf 'help: %q is a link to %q, which this build does not have: let git track both, or list it in `sources`\n' \
      "${link#"$packageFolder/"}" "$(readlink -- "$link")" >&2
  done
}
