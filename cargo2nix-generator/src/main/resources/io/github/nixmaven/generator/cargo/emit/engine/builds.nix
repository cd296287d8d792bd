  # --- derivations ------------------------------------------------------------------------------------------------------------------------------

  # The builds of some members, or what is tested of them. What two contexts have in common is evaluated once.
  buildsWith =
    {
      crateOverrides,
      selection,
      # names
      selected,
      # "build" or "test"
      command ? "build",
      builderForPkgs ? buildRustCrateForPkgs,
    }:
    let
      contextFor = context command selection;
      table = if command == "build" then members else testsOfMembers;
      contexts = builtins.listToAttrs (
        map (name: {
          inherit name;
          value = rec {
            inherit (nodesIn (contextFor name)) held identity closure closureOfVarying;
            usual = inContext (contextFor name) profiles;
            built = fixed // builtins.mapAttrs (_: id: shared.${id}) identity;
          };
        }) (map contextOf selected)
      );
      roots = builtins.listToAttrs (
        builtins.filter (root: keysOf root.value != [ ]) (
          map (name: {
            inherit name;
            value = inContext (contextFor (contextOf name)) (table.${name} or { });
          }) selected
        )
      );
      keysOf =
        root:
        builtins.concatMap (name: if root ? ${name} then [ root.${name} ] else [ ]) [ "node" "hostNode" "library" "program" ]
        ++ builtins.attrValues (root.devDependencies or { })
        ++ builtins.attrValues (root.hostDevDependencies or { });
      # Of fixed nodes any context tells all.
      fixed = builtins.mapAttrs (
        key: _:
        build {
          inherit key;
          within = builtins.head (builtins.attrValues contexts);
        }
      ) (builtins.removeAttrs nodes (builtins.attrNames varying));
      shared = builtins.listToAttrs (
        builtins.concatMap (
          name:
          let
            inherit (contexts.${contextOf name}) identity closureOfVarying;
          in
          map (key: {
            name = identity.${key};
            value = build {
              inherit key;
              within = contexts.${contextOf name};
            };
          }) (builtins.filter (key: !isFixed.${key}) (closureOfVarying (keysOf roots.${name})))
        ) (builtins.attrNames roots)
      );
      builderFor =
        pkgs:
        let
          base = builderForPkgs pkgs;
        in
        if base.exact or false || crateOverrides == pkgs.defaultCrateOverrides or { } then
          base
        else if base ? override then
          base.override { defaultCrateOverrides = crateOverrides; }
        else
          throw "crate overrides: this builder takes none, as it has no `override`. Wrap the builder in lib.makeOverridable, as nixpkgs does.";
      builder = builderFor pkgs;
      hostBuilder = builderFor (pkgs.buildPackages or pkgs);
      # What our builder is told of a node.
      attributesOf =
        {
          key,
          within,
          node ? within.held.${key},
          # of a member that was asked for
          isRoot ? false,
          binaries ? [ ],
          devDependencies ? { },
          # what does not count
          without ? [ ],
          ...
        }:
        let
          crate = crates.${node.crate or key};
          isHost = node.host or false;
          derivationsOf = builtins.mapAttrs (_: dependency: within.built.${dependency});
          attributes =
            removeAttrs crate (
              [ "sha256" "registry" "git" "member" "vendored" "linkTo" "nested" ] ++ (if crate.vendored or false then [ "path" ] else [ ]) ++ without
            )
            // {
              src = sourceOf crate;
              host = isHost;
              inherit
                key
                isRoot
                binaries
                target
                ;
              features = node.features or [ ];
              profile = node.profile or (if isHost then within.usual.host else within.usual.target);
              hostProfile = node.hostProfile or within.usual.host;
              rustflags = rustflagsOf within node "rustflags";
              rustdocflags = rustflagsOf within node "rustdocflags";
              externs = derivationsOf (node.dependencies or { });
              devExterns = derivationsOf devDependencies;
              buildExterns = derivationsOf (node.buildDependencies or { });
              runsOnce = nodesOf.${node.crate or key} or 0 == 1 && (isHost || builtins.length scope.targets == 1);
              isMember = crate.member or false;
              lto = node.lto or (if isHost then "object" else usualLto);
            }
            // (if isSwitched node then { extraRustcOpts = [ "-C" "target-feature=${switches}" ]; } else { })
            // builtins.intersectAttrs { linker = null; hostLinker = null; } within.usual
            // (if environment == { } then { } else { configEnvironment = environment; })
            // (if node ? scriptOutput then { inherit (node) scriptOutput; } else { });
        in
        if !release then
          throw "release = false: Cargo.nix holds the release profile only."
        else
          let
            changes = (crateOverrides.${crate.crateName} or (_: { })) attributes;
            # An override may make the package's folder the source: `src = attrs.src + "/FOLDER"`.
            isFolder = crate ? folder && changes ? src && isBelow crate.folder (toString changes.src);
          in
          (if isFolder then removeAttrs attributes [ "folder" ] else attributes) // changes;
      isBelow =
        folder: path:
        let
          before = builtins.stringLength path - builtins.stringLength "/${folder}";
        in
        before >= 0 && builtins.substring before (-1) path == "/${folder}";
      switches = builtins.concatStringsSep "," (map (feature: "+${feature}") targetFeatures);
      # Where another machine is built for, what runs while building is compiled without.
      rustflagsOf =
        within: node: which:
        if node.host or false && target != host then [ ] else within.usual.${which} or [ ];
      extraOf =
        within: node:
        let
          linker = if node.host or false then "hostLinker" else "linker";
        in
        (if within.usual ? ${linker} then [ "-C linker=${asWord within.usual.${linker}}" ] else [ ])
        ++ map asWord (rustflagsOf within node "rustflags")
        ++ (if isSwitched node then [ "-C target-feature=${switches}" ] else [ ]);
      isSwitched = node: targetFeatures != [ ] && !(node.host or false);
      build =
        {
          key,
          within,
          node ? within.held.${key},
          binaries ? [ ],
          buildTests ? false,
          devDependencies ? { },
          # what else our builder is told
          more ? { },
          ...
        }@asked:
        let
          crate = crates.${node.crate or key};
        in
        if builder.exact or false then
          builder (attributesOf asked // more)
        else if node ? scriptOutput && !(crateOverrides ? ${crate.crateName}) then
          throw ''
            buildRustCrate cannot take the output of ${crate.crateName}'s build script from cargo's configuration, `target.${
              if node.host or false then host else target
            }.${crate.links}`.
            Build with nix/rust of cargo2nix-generator, or give defaultCrateOverrides a function for ${crate.crateName}.''
        else
          asBuilderTakes (if node.host or false then hostBuilder else builder) crate (
            removeAttrs crate [ "sha256" "registry" "git" "folder" "member" "vendored" "path" "linkTo" "nested" "declaredFeatures" "rustcLintFlags" "type" ]
            // spelled crate
            // (if crate ? folder then { workspace_member = folderOrSource crate.folder; } else { })
            // (if crate ? sources then { workspace_member = folderOrSource (placeOf crate); } else { })
            // (if crate.procMacro or false then { } else { type = crate.type or [ "lib" ]; })
            // (if extraOf within node != [ ] then { extraRustcOpts = extraOf within node; } else { })
            // (if buildTests then { inherit buildTests; } else { })
            // (if environment == { } then { } else environmentVariables)
            // {
              src = sourceOf crate;
              inherit release;
              features = node.features or [ ];
              # A feature that a program requires is on: this has been decided, and buildRustCrate would decide otherwise.
              crateBin = map (bin: builtins.mapAttrs (_: inSingleQuotes) (removeAttrs bin [ "requiredFeatures" ])) (
                builtins.filter (bin: builtins.elem bin.name binaries) (crate.crateBin or [ ])
              );
            }
            // dependenciesOf within node devDependencies
          );
      # A member of which there is no node: cargo does not run its build script either.
      nothingOf = name: {
        key = crateOfMember.${name};
        node = { };
        without = [
          "build"
          "crateBin"
        ];
        within = contexts.${contextOf name};
      };
      # What was not generated is refused also where it would make no difference to the tables: they may not know of it.
      declaredOnly = value: builtins.seq host (builtins.seq target (builtins.seq selection value));
    in
    {
      inherit contexts roots;
      # A member's build. Where it has nothing to build, cargo succeeds without a file: so does this.
      build =
        name: choice:
        declaredOnly (
          if roots ? ${name} then
            build (
              {
                key = roots.${name}.node;
                within = contexts.${contextOf name};
                isRoot = true;
                binaries = roots.${name}.binaries or [ ];
              }
              // choice
            )
          else if builder.exact or false then
            build (nothingOf name // { isRoot = true; } // choice)
          else
            # buildRustCrate would run a build script that cargo does not.
            pkgs.runCommand "rust_${name}-${crates.${crateOfMember.${name}}.version}" {
              inherit (crates.${crateOfMember.${name}}) crateName version;
              src = sourceOf crates.${crateOfMember.${name}};
              outputs = [
                "out"
                "lib"
              ];
            } "mkdir $out $lib"
        );
      # What nixpkgs' builder makes of a member with all that its tests need.
      withDevDependencies =
        name: choice:
        declaredOnly (
          build (
            {
              key = roots.${name}.node or roots.${name}.hostNode;
              within = contexts.${contextOf name};
              devDependencies = roots.${name}.hostDevDependencies or { } // roots.${name}.devDependencies or { };
            }
            // choice
          )
        );
      # What our builder makes of a member's tests, examples and benchmarks; `running` is how tests are run.
      tested =
        name: running:
        let
          root = roots.${name} or { };
          within = contexts.${contextOf name};
          compiled =
            if root == { } then
              nothingOf name
            else
              {
                key = root.node or root.hostNode;
                inherit within;
              };
        in
        declaredOnly (build (compiled // {
          devDependencies = root.devDependencies or { };
          more.testing = running // {
            # of a procedural macro's library
            onHost =
              if root ? hostNode then
                attributesOf {
                  key = root.hostNode;
                  inherit within;
                  devDependencies = root.hostDevDependencies or { };
                }
              else
                null;
            library = if root ? library then within.built.${root.library} else null;
            program =
              if root ? program then
                build {
                  key = root.program;
                  inherit within;
                  isRoot = true;
                  binaries = root.binaries or [ ];
                }
              else
                null;
            targets = root.targets or { };
          };
        }));
    };

