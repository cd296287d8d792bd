  # --- crate2nix's internals, for callers that use them -----------------------------------------------------------------------------------------

  # crate2nix's names of packages: without the version where there is one only.
  packageIds =
    let
      versions = builtins.groupBy (key: crates.${key}.crateName) (builtins.attrNames crates);
    in
    builtins.mapAttrs (key: crate: if builtins.length versions.${crate.crateName} == 1 then crate.crateName else key) crates;
  idOf = key: packageIds.${crateOf key};
  crateOf = key: nodes.${key}.crate or key;

  # Packages by these names. What they need is what they need here: for rootFeatures, this target and this host.
  cratesById = builtins.listToAttrs (
    map (key: {
      name = packageIds.${key};
      value = crates.${key} // {
        src = sourceOf crates.${key};
        dependencies = edgesByName key "dependencies";
        buildDependencies = edgesByName key "buildDependencies";
      };
    }) (builtins.attrNames crates)
  );
  edgesByName =
    key: attribute:
    let
      edges = builtins.foldl' (known: node: known // node.${attribute} or { }) { } (nodesByCrate.${key} or [ ]);
    in
    map (
      name:
      let
        crate = crates.${crateOf edges.${name}};
      in
      {
        name = crate.crateName;
        packageId = idOf edges.${name};
      }
      // (if name == libraryOf crate then { } else { rename = name; })
    ) (builtins.attrNames edges);
  nodesByCrate = builtins.mapAttrs (_: map (found: found.node)) (
    builtins.groupBy (found: found.crate) (builtins.concatMap (nodesOfMember defaultBuilds) (builtins.attrNames members))
  );
  # All that a member's build needs: [ { key; crate; node; } ]
  nodesOfMember =
    builds: member:
    let
      inherit (builds.contexts.${contextOf member}) held closure;
    in
    if !(builds.roots ? ${member}) then
      [ ]
    else
      map (key: {
        inherit key;
        crate = crateOf key;
        node = held.${key};
      }) (closure [ builds.roots.${member}.node ]);

  featuresById =
    found:
    builtins.mapAttrs (_: same: distinct (builtins.concatMap (one: one.node.features or [ ]) same)) (
      builtins.groupBy (one: packageIds.${one.crate}) found
    );
  distinct =
    names:
    builtins.attrNames (
      builtins.listToAttrs (
        map (name: {
          inherit name;
          value = null;
        }) names
      )
    );

  debugOf = member: {
    internal = {
      # what is built, as the tables have it
      buildTree = treeOf member (
        crate: node: dependencies: buildDependencies:
        crate
        // {
          src = sourceOf crate;
          features = node.features or [ ];
          inherit dependencies buildDependencies release;
        }
      );
      sanitizedBuildTree = treeOf member (
        crate: node: dependencies: buildDependencies:
        crate
        // {
          src = "${sourceOf crate}";
          features = node.features or [ ];
          inherit dependencies buildDependencies release;
        }
      );
      dependencyTree = treeOf member (
        crate: node: dependencies: _: {
          "01_crateName" = crate.crateName;
          "02_features" = node.features or [ ];
          "03_dependencies" = dependencies;
        }
      );
      mergedPackageFeatures = featuresById (nodesOfMember defaultBuilds member);
      # Features were chosen by cargo's rules.
      diffedDefaultPackageFeatures = { };
    };
  };
  treeOf =
    member: describe:
    let
      inherit (defaultBuilds.contexts.${contextOf member}) held;
      below = node: attribute: map (key: trees.${key}) (builtins.attrValues (node.${attribute} or { }));
      trees = builtins.mapAttrs (
        key: node: describe crates.${crateOf key} node (below node "dependencies") (below node "buildDependencies")
      ) held;
    in
    if defaultBuilds.roots ? ${member} then
      trees.${defaultBuilds.roots.${member}.node}
    else
      describe crates.${crateOfMember.${member}} { } [ ] [ ];

  memberOf =
    function: packageId:
    let
      named = builtins.filter (member: workspaceMembers.${member}.packageId == packageId) (builtins.attrNames members);
    in
    if named == [ ] then
      throw "internal.${function}: ${packageId} is not a member. internal.buildRustCrateWithFeatures builds a dependency as members need it."
    else
      builtins.head named;
  unchanged =
    function: crateConfigs: value:
    if crateConfigs == cratesById then
      value
    else
      throw "internal.${function}: crateConfigs change nothing, as Cargo.nix holds what cargo builds. Change a crate in defaultCrateOverrides.";

  internal = {
    inherit nodes;
    crates = cratesById;

    # a member's build, or a dependency's as the members need it
    buildRustCrateWithFeatures =
      { packageId, ... }@choice:
      let
        chosen = removeAttrs choice [ "packageId" ];
        named = builtins.filter (member: workspaceMembers.${member}.packageId == packageId) (builtins.attrNames members);
      in
      if named != [ ] then buildMember (builtins.head named) chosen else buildDependency packageId chosen;

    # A member with the features of a selection, and all it needs, by a builder of the caller's: `crates.ID`.
    builtRustCratesWithFeatures =
      {
        packageId,
        features ? rootFeatures,
        buildRustCrateForPkgsFunc ? buildRustCrateForPkgs,
        runTests ? false,
        crateConfigs ? cratesById,
        ...
      }:
      let
        member = memberOf "builtRustCratesWithFeatures" packageId;
        isExact = (buildRustCrateForPkgsFunc pkgs).exact or false;
        buildsOf =
          command:
          buildsWith {
            crateOverrides = if isExact then defaultCrateOverrides else pkgs.defaultCrateOverrides or { };
            selection = selectionOf features;
            selected = if resolution == "workspace" then builtins.attrNames members else [ member ];
            builderForPkgs = buildRustCrateForPkgsFunc;
            inherit command;
          };
        builds = buildsOf "build";
        inherit (builds.contexts.${contextOf member}) built;
        needed = nodesOfMember builds member;
        isForHost = found: found.node.host or false;
      in
      unchanged "builtRustCratesWithFeatures" crateConfigs {
        # Of a package that is built for both, what is built for the target.
        crates =
          builtins.listToAttrs (
            map (found: {
              name = packageIds.${found.crate};
              value = built.${found.key};
            }) (builtins.filter (found: !isForHost found) needed ++ builtins.filter isForHost needed)
          )
          // {
            ${packageId} =
              if !runTests then
                builds.build member { }
              else if isExact then
                throw "internal.builtRustCratesWithFeatures: with our builder a member's tests are workspaceMembers.${member}.build.tests."
              else
                (buildsOf "test").withDevDependencies member { binaries = builds.roots.${member}.binaries or [ ]; };
          };
        target = internal.makeDefaultTarget stdenv.hostPlatform;
      };

    # what a member's build switches on, by package
    mergePackageFeatures =
      {
        packageId,
        features ? rootFeatures,
        crateConfigs ? cratesById,
        ...
      }:
      let
        member = memberOf "mergePackageFeatures" packageId;
      in
      unchanged "mergePackageFeatures" crateConfigs (
        featuresById (
          nodesOfMember (buildsWith {
            crateOverrides = defaultCrateOverrides;
            selection = selectionOf features;
            selected = if resolution == "workspace" then builtins.attrNames members else [ member ];
          }) member
        )
      );

    makeDefaultTarget = platform: {
      name = triple platform;
      test = false;
    };

    # MEMBER."KEY" = the derivation of a node, for all that the member needs
    built = builtins.mapAttrs (
      member: root:
      let
        inherit (defaultBuilds.contexts.${contextOf member}) closure built;
      in
      builtins.listToAttrs (
        map (name: {
          inherit name;
          value = built.${name};
        }) (closure [ root.node ])
      )
    ) defaultBuilds.roots;
  }
  // builtins.mapAttrs (name: instead: throw "internal.${name} of crate2nix is not here: ${instead}.") {
    crateWithTest = "build.override { runTests = true; } runs a member's tests";
    debugCrate = "workspaceMembers.NAME.debug has what it gives";
    dependencyDerivations = "internal.built.MEMBER has the derivations that a member needs";
    dependencyFeatures = resolved;
    deprecationWarning = "it has no use";
    diffDefaultPackageFeatures = "features are cargo's, so there is no difference";
    doesFeatureEnableDependency = resolved;
    enableFeatures = resolved;
    expandFeatures = resolved;
    filterEnabledDependencies = resolved;
    registryUrl = "internal.crates.ID.src is what is fetched";
    sanitizeForJson = "debug.internal.sanitizedBuildTree needs no more of it";
    sortedUnique = "it has no use";
    sourceFilter = "internal.crates.ID.src.filter is the filter of a path crate";
  };
  resolved = "features were chosen by cargo's rules when Cargo.nix was generated, see internal.mergePackageFeatures";

  buildDependency =
    packageId:
    {
      crateOverrides ? defaultCrateOverrides,
      features ? null,
      ...
    }@choice:
    let
      unknown = builtins.attrNames (
        removeAttrs choice [
          "crateOverrides"
          "features"
        ]
      );
      builds =
        if choice ? crateOverrides then
          buildsWith {
            inherit crateOverrides;
            selection = selectionOf rootFeatures;
            selected = builtins.attrNames members;
          }
        else
          defaultBuilds;
      candidates = builtins.concatMap (
        member:
        map (found: {
          features = found.node.features or [ ];
          derivation = builds.contexts.${contextOf member}.built.${found.key};
        }) (builtins.filter (found: packageIds.${found.crate} == packageId) (nodesOfMember builds member))
      ) (builtins.attrNames members);
      wanted = builtins.filter (one: features == null || one.features == builtins.sort builtins.lessThan features) candidates;
      quoted = names: "[ ${toString (map (name: ''"${name}"'') names)} ]";
    in
    if unknown != [ ] then
      throw "internal.buildRustCrateWithFeatures: ${packageId} is not a member, so it takes only crateOverrides and features, not ${toString unknown}."
    else if candidates == [ ] then
      throw "${packageId}: no member needs such a package."
    else if wanted == [ ] then
      throw "internal.buildRustCrateWithFeatures: no member needs ${packageId} with features = ${quoted features}, but with ${
        builtins.concatStringsSep ", " (distinct (map (one: quoted one.features) candidates))
      }."
    else
      (builtins.head wanted).derivation
      // {
        override = more: buildDependency packageId (choice // (if builtins.isFunction more then more choice else more));
      };

