# Sourced by crate.bash in place of build-script.bash where cargo's configuration says what the build script would: `[target.TRIPLE.LINKS]`.
directives=("${scriptOutput[@]}")
made=()
