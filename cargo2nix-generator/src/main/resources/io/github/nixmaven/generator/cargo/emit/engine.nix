  # ------------------------------------------------------------------------------------------------------------------------------------------------
  # From here on nothing depends on the project: the tables above become derivations. See docs/design/architecture.md, "Cargo.nix".

  target = stdenv.hostPlatform.rust.rustcTarget or stdenv.hostPlatform.config;

  # What is built: for each member of the workspace the key of its node, under the target and the features chosen.
  rootsFor =
    features:
    let
      selection = builtins.concatStringsSep "," (builtins.sort builtins.lessThan features);
      perTarget =
        roots.${target} or (throw ''
          Cargo.nix holds no dependencies for the target ${target}, only for: ${toString (builtins.attrNames roots)}.
          Add <target>${target}</target> to the plugin's <targets> and run `mvn nix:generate`.'');
    in
    perTarget.${selection} or (throw ''
      Cargo.nix holds no dependencies for the features "${selection}", only for: ${
        builtins.concatStringsSep " " (map (s: ''"${s}"'') (builtins.attrNames perTarget))
      }.
      Add <selection>${selection}</selection> to the plugin's <selections> and run `mvn nix:generate`.'');

  defaultRoots = rootsFor rootFeatures;

  # --- sources ----------------------------------------------------------------------------------------------------------------------------------

  sourceOf =
    crate:
    if crate ? path then
      builtins.path {
        name = "${crate.crateName}-source";
        path = folder crate.path;
        filter = belongsTo crate.path;
      }
    else if crate ? git then
      pkgs.fetchgit {
        inherit (crate.git) url rev sha256;
        fetchSubmodules = true;
      }
    else
      fetchurl {
        name = "crate-${crate.crateName}-${crate.version}.tar.gz";
        url = builtins.replaceStrings [ "{crate}" "{version}" ] [ crate.crateName crate.version ] registries.${crate.registry or "crates-io"};
        inherit (crate) sha256;
      };

  folder = path: if path == "." then ./. else ./. + "/${path}";

  # A package's folder without what builds and tools leave there, and without the packages that lie inside it.
  belongsTo =
    path:
    let
      top = toString (folder path) + "/";
      inside = builtins.listToAttrs (
        map (crate: {
          name = toString (folder crate.path);
          value = null;
        }) (builtins.filter (crate: crate ? path && crate.path != path) (builtins.attrValues crates))
      );
      left = {
        ${top + "target"} = null;
        ${top + "Cargo.nix"} = null;
        ${top + "crate-hashes.json"} = null;
        ${top + "nix-toolchain.lock.json"} = null;
      };
    in
    file: type:
    !(
      left ? ${file}
      || inside ? ${file}
      || baseNameOf file == ".git"
      || type == "symlink" && builtins.match "result(-.*)?" (baseNameOf file) != null
    );

  # --- link-time optimisation -------------------------------------------------------------------------------------------------------------------

  # What each library must hold, object code or bitcode or both, depends on all that link it: cargo's lto.rs over the graph of this target and these
  # features. Libraries for the host hold object code.
  ltoFor =
    selected:
    let
      demanded =
        {
          "false" = "object";
          off = "off";
        }
        .${profiles.target.lto or "false"} or null;
      isFinal = type: builtins.elem type [ "cdylib" "staticlib" ];
      mixed = types: if builtins.all (type: type == "dylib") types then "object" else "both";
      # demand of a parent -> what the library is compiled to
      answer =
        crate: demand:
        let
          types = crate.type or [ "lib" ];
          needsObject = builtins.any (type: isFinal type || type == "dylib") types;
        in
        if builtins.all isFinal types then
          "run"
        else if needsObject && (demand == "run" || demand == "bitcode") then
          mixed types
        else if demand == "run" then
          "bitcode"
        else
          demand;
      visit = key: demand: {
        key = "${key} ${demand}";
        node = key;
        inherit demand;
      };
      reached = builtins.genericClosure {
        startSet = builtins.concatMap (
          key:
          let
            crate = crates.${nodes.${key}.crate};
          in
          # A root's library serves by itself as well as its binaries.
          [ (visit key "bitcode") ] ++ (if nodes.${key}.binaries or [ ] == [ ] then [ ] else [ (visit key "run") ])
        ) (builtins.attrValues selected);
        operator =
          { node, demand, ... }:
          let
            crate = crates.${nodes.${node}.crate};
            own = if crate ? libPath then answer crate demand else demand;
          in
          builtins.concatMap (key: if isHost key then [ ] else [ (visit key own) ]) (
            builtins.attrValues (nodes.${node}.dependencies or { })
          );
      };
      isHost = key: nodes.${key}.host or false || crates.${nodes.${key}.crate}.procMacro or false;
      answers = builtins.mapAttrs (
        key: visits: map (visited: answer crates.${nodes.${key}.crate} visited.demand) visits
      ) (builtins.groupBy (visited: visited.node) reached);
      merge =
        modes:
        if builtins.elem "run" modes then
          "run"
        else if builtins.elem "both" modes || builtins.elem "object" modes && builtins.elem "bitcode" modes then
          "both"
        else
          builtins.head modes;
    in
    key:
    if isHost key then
      "object"
    else if demanded != null then
      demanded
    else
      merge answers.${key};

  # --- derivations ------------------------------------------------------------------------------------------------------------------------------

  # All nodes as derivations, each evaluated at most once.
  buildsWith =
    crateOverrides: selected:
    let
      builderFor =
        pkgs:
        let
          base = buildRustCrateForPkgs pkgs;
        in
        if crateOverrides != pkgs.defaultCrateOverrides or { } && base ? override then
          base.override { defaultCrateOverrides = crateOverrides; }
        else
          base;
      builder = builderFor pkgs;
      lto = ltoFor selected;
      built = builtins.mapAttrs (key: _: build key false) nodes;
      build =
        key: isRoot:
        let
          node = nodes.${key};
          crate = crates.${node.crate};
          host = node.host or false;
          source = sourceOf crate;
        in
        if builder.exact or false then
          let
            attributes =
              removeAttrs crate [ "sha256" "registry" "git" "member" ]
              // {
                src = source;
                inherit
                  key
                  host
                  isRoot
                  target
                  ;
                features = node.features or [ ];
                profile = node.profile or (if host then profiles.host else profiles.target);
                hostProfile = node.hostProfile or profiles.host;
                externs = builtins.mapAttrs (_: dependency: built.${dependency}) (node.dependencies or { });
                buildExterns = builtins.mapAttrs (_: dependency: built.${dependency}) (node.buildDependencies or { });
                isMember = crate.member or false;
                binaries = node.binaries or [ ];
                lto = lto key;
              };
          in
          builder (attributes // (crateOverrides.${crate.crateName} or (_: { })) attributes)
        else
          (if host then builderFor (pkgs.buildPackages or pkgs) else builder) (
            removeAttrs crate [ "sha256" "registry" "git" "folder" "member" "path" "declaredFeatures" "rustcLintFlags" "type" ]
            // (if crate ? folder then { workspace_member = crate.folder; } else { })
            // (if crate.procMacro or false then { } else { type = crate.type or [ "lib" ]; })
            // {
              src = source;
              features = node.features or [ ];
              dependencies = map (dependency: built.${dependency}) (builtins.attrValues (node.dependencies or { }));
              buildDependencies = map (dependency: built.${dependency}) (builtins.attrValues (node.buildDependencies or { }));
              crateRenames = renames node;
              crateBin = builtins.filter (bin: isRoot && builtins.elem bin.name (node.binaries or [ ])) (crate.crateBin or [ ]);
              inherit release;
            }
          );
    in
    {
      inherit build built;
    };

  # buildRustCrate's way to say that a dependency goes by another name than its library's.
  renames =
    node:
    let
      edges =
        dependencies:
        map (name: {
          inherit name;
          crate = crates.${nodes.${dependencies.${name}}.crate};
        }) (builtins.attrNames dependencies);
      own = crate: crate.libName or (builtins.replaceStrings [ "-" ] [ "_" ] crate.crateName);
    in
    builtins.mapAttrs
      (
        _:
        map (edge: {
          inherit (edge.crate) version;
          rename = edge.name;
        })
      )
      (
        builtins.groupBy (edge: edge.crate.crateName) (
          builtins.filter (edge: edge.name != own edge.crate) (
            edges (node.dependencies or { }) ++ edges (node.buildDependencies or { })
          )
        )
      );

  defaultBuilds = buildsWith defaultCrateOverrides defaultRoots;

  # `.build`, and `.build.override { features = …; crateOverrides = …; }`.
  buildMember =
    member: choice:
    let
      unknown = builtins.attrNames (removeAttrs choice [ "features" "crateOverrides" ]);
      features = choice.features or rootFeatures;
      crateOverrides = choice.crateOverrides or defaultCrateOverrides;
      selected = rootsFor features;
      builds = if choice == { } then defaultBuilds else buildsWith crateOverrides selected;
    in
    if unknown != [ ] then
      throw "build.override: ${toString unknown} cannot be overridden, only features and crateOverrides."
    else
      builds.build selected.${member} true // { override = more: buildMember member (choice // more); };

  workspaceMembers = builtins.mapAttrs (member: key: {
    packageId = key;
    build = buildMember member { };
  }) defaultRoots;

  rootMembers = builtins.filter (
    member: crates.${nodes.${defaultRoots.${member}}.crate}.path or "." == "."
  ) (builtins.attrNames defaultRoots);
  rootMember =
    if builtins.length (builtins.attrNames defaultRoots) == 1 then
      builtins.attrNames defaultRoots
    else
      rootMembers;
in
{
  inherit workspaceMembers;
  allWorkspaceMembers = pkgs.symlinkJoin {
    name = "all-workspace-members";
    paths = map (member: member.build) (builtins.attrValues workspaceMembers);
  };
  internal = {
    inherit crates nodes;
    inherit (defaultBuilds) built;
  };
}
// (if rootMember == [ ] then { } else { rootCrate = workspaceMembers.${builtins.head rootMember}; })
