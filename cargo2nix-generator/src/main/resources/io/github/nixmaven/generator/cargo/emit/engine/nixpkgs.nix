  # --- for nixpkgs' builder ---------------------------------------------------------------------------------------------------------------------

  # buildRustCrate writes what a crate says of itself into a shell script, most of it between double quotes. There it must mean itself.
  spelled =
    crate:
    builtins.mapAttrs (_: inDoubleQuotes) (
      builtins.intersectAttrs {
        description = null;
        homepage = null;
        libPath = null;
        license = null;
        license-file = null;
        readme = null;
        repository = null;
        rust-version = null;
      } crate
    )
    // builtins.mapAttrs (_: unquoted) (
      builtins.intersectAttrs {
        build = null;
        links = null;
      } crate
    )
    // (if crate ? authors then { authors = map inDoubleQuotes crate.authors; } else { });
  inDoubleQuotes = builtins.replaceStrings [ "\\" "\"" "$" "`" ] [ "\\\\" "\\\"" "\\$" "\\`" ];
  inSingleQuotes = builtins.replaceStrings [ "'" ] [ "'\\''" ];
  unquoted =
    let
      special = [ "\\" "\"" "$" "`" "'" " " "\t" "!" "#" "&" "(" ")" "*" ";" "<" ">" "?" "[" "]" "^" "{" "|" "}" "~" ];
    in
    builtins.replaceStrings (special ++ [ "\n" ]) (map (character: "\\${character}") special ++ [ "$'\\n'" ]);
  # The package's folder in its source; or the source itself, for an override may make the folder the source: `src = attrs.src + "/FOLDER"`.
  folderOrSource =
    path:
    let
      quoted = "'${inSingleQuotes path}'";
    in
    "$([[ -e ${quoted}/Cargo.toml ]] && echo ${quoted} || echo .)";
  # It splits the arguments for rustc at spaces.
  asWord =
    argument:
    if builtins.match ".*[[:space:]].*" argument == null then
      inDoubleQuotes argument
    else
      throw "buildRustCrate cannot hand rustc the argument `${argument}` of cargo's configuration: it splits it at spaces.";

  libraryOf = crate: crate.libName or (builtins.replaceStrings [ "-" ] [ "_" ] crate.crateName);

  # A node's dependencies as buildRustCrate takes them: lists, and names where they are not the libraries' own. It looks a name up by the crate name and
  # version of the dependency's `lib` output; where that leaves a choice between two names, the dependency is handed over under a crate name of its own.
  dependenciesOf =
    within: node: devDependencies:
    let
      edgesOf =
        dependencies:
        map (name: {
          inherit name;
          crate = crates.${within.held.${dependencies.${name}}.crate or dependencies.${name}};
          derivation = within.built.${dependencies.${name}};
        }) (builtins.attrNames dependencies);
      normal = edgesOf (node.dependencies or { } // devDependencies);
      build = edgesOf (node.buildDependencies or { });
      all = normal ++ build;
      package = edge: "${edge.crate.crateName} ${edge.crate.version}";
      names = builtins.groupBy package all;
      # Nearly always each package has one edge.
      isPlain = builtins.length (builtins.attrNames names) == builtins.length all;
      isAmbiguous = edge: !isPlain && builtins.any (other: other.name != edge.name) names.${package edge};
      crateName = edge: if isAmbiguous edge then "${edge.crate.crateName} as ${edge.name}" else edge.crate.crateName;
      handed =
        edge:
        let
          named = output: output // { crateName = crateName edge; };
        in
        if !(isAmbiguous edge) then
          edge.derivation
        else
          named edge.derivation // (if edge.derivation ? lib then { lib = named edge.derivation.lib; } else { });
      renamed = builtins.filter (edge: edge.name != libraryOf edge.crate) all;
    in
    {
      dependencies = map handed normal;
      buildDependencies = map handed build;
      crateRenames = builtins.mapAttrs (
        _:
        map (edge: {
          inherit (edge.crate) version;
          rename = edge.name;
        })
      ) (builtins.groupBy crateName renamed);
    };

