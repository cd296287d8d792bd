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

  # It makes variables of the attributes that it does not know. What its environment has stays, unless it is forced.
  environmentVariables = builtins.mapAttrs (
    name: variable:
    variable.value or (
      if variable.files == null || variable.files == "" then
        throw ''
          buildRustCrate has no place for `${variable.path}`, which the variable ${name} of cargo's configuration names.
          Build with nix/rust of cargo2nix-generator, or leave out `relative`.''
      else
        "${filesBelow "cargo-environment" "." (belongsToSome [ (namedAt variable.place) ])}/${variable.place}"
    )
  ) (removeAttrs environment (builtins.filter (name: !(environment.${name}.force or false)) [ "HOME" "PATH" "SOURCE_DATE_EPOCH" "TERM" "TMPDIR" "TZ" ]));

  # What buildRustCrate takes grew with nixpkgs: since March 2026 it takes development dependencies, and lints, which cargo silences in packages that are
  # not on this disk. What it built says which arguments it takes.
  asBuilderTakes =
    builder: crate: attributes:
    let
      isLocal = crate ? path && !(crate.vendored or false);
      plain =
        removeAttrs attributes [ "devDependencies" ]
        // {
          dependencies = attributes.dependencies ++ attributes.devDependencies;
        };
      built = builder plain;
      takes = built.override.__functionArgs or { };
      recent =
        (if takes ? devDependencies then attributes else plain)
        // (
          if isLocal && takes ? lints && takes ? capLints then
            {
              capLints = "forbid";
              lints = lintsOf (crate.rustcLintFlags or [ ]);
              extraRustcOpts = attributes.extraRustcOpts or [ ] ++ map inDoubleQuotes (checkCfgOf crate);
              extraRustcOptsForBuildRs = map (argument: "'${inSingleQuotes argument}'") (checkCfgOf crate);
            }
          else
            { }
        );
    in
    if !isLocal && attributes.devDependencies == [ ] || !(takes ? lints || takes ? devDependencies) then built else builder recent;
  # rustc's flags as a table of the manifest, whose order a priority keeps.
  lintsOf =
    flags:
    let
      entries = builtins.filter (entry: entry.parts != null) (
        builtins.genList (i: {
          priority = i;
          parts = builtins.match "--(allow|warn|deny|forbid)=((.+)::)?([^:]+)" (builtins.elemAt flags i);
        }) (builtins.length flags)
      );
      toolOf = entry: if builtins.elemAt entry.parts 2 == null then "rust" else builtins.elemAt entry.parts 2;
    in
    builtins.mapAttrs (
      _: ofTool:
      builtins.listToAttrs (
        map (entry: {
          name = builtins.elemAt entry.parts 3;
          value = {
            level = builtins.elemAt entry.parts 0;
            inherit (entry) priority;
          };
        }) ofTool
      )
    ) (builtins.groupBy toolOf entries);
  # Without spaces, at which buildRustCrate splits arguments.
  checkCfgOf =
    crate:
    let
      flags = crate.rustcLintFlags or [ ];
      given = builtins.filter (i: builtins.elemAt flags i == "--check-cfg") (builtins.genList (i: i) (builtins.length flags));
      expressions = [
        "cfg(docsrs,test)"
        "cfg(feature,values(${builtins.concatStringsSep "," (map (name: ''"${name}"'') (crate.declaredFeatures or [ ]))}))"
      ]
      ++ map (i: builtins.elemAt flags (i + 1)) given;
    in
    builtins.concatMap (expression: [
      "--check-cfg"
      (builtins.replaceStrings [ " " ] [ "" ] expression)
    ]) expressions;

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
      normal = edgesOf (removeAttrs (node.dependencies or { }) (builtins.attrNames devDependencies));
      dev = edgesOf devDependencies;
      build = edgesOf (node.buildDependencies or { });
      all = normal ++ dev ++ build;
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
      devDependencies = map handed dev;
      buildDependencies = map handed build;
      crateRenames = builtins.mapAttrs (
        _:
        map (edge: {
          inherit (edge.crate) version;
          rename = edge.name;
        })
      ) (builtins.groupBy crateName renamed);
    };

