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
      own = crate: crate.libName or (builtins.replaceStrings [ "-" ] [ "_" ] crate.crateName);
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
      renamed = builtins.filter (edge: edge.name != own edge.crate) all;
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

