  # --- members ----------------------------------------------------------------------------------------------------------------------------------

  defaultBuilds = buildsWith {
    crateOverrides = defaultCrateOverrides;
    selection = selectionOf rootFeatures;
    selected = builtins.attrNames members;
  };
  defaultTests = buildsWith {
    crateOverrides = defaultCrateOverrides;
    selection = selectionOf rootFeatures;
    selected = builtins.attrNames members;
    command = "test";
  };
  testsOfMembers =
    if tests == null then
      throw ''
        Cargo.nix was generated without tests.
        Take `--no-tests`, or <tests>false</tests> of the plugin, out of what generates it and run `mvn nix:generate`.''
    else
      tests;

  # `.build`, and crate2nix's `.build.override { … }` with defaults for what it may say.
  overridable = {
    features = rootFeatures;
    crateOverrides = defaultCrateOverrides;
    runTests = false;
    testCrateFlags = [ ];
    testInputs = [ ];
    testPreRun = "";
    testPostRun = "";
  };
  buildMember =
    member: choice:
    let
      unknown = builtins.attrNames (removeAttrs choice (builtins.attrNames overridable));
      chosen = overridable // choice;
      buildsOf =
        command:
        buildsWith {
          inherit (chosen) crateOverrides;
          inherit command;
          selection = selectionOf chosen.features;
          selected = if resolution == "workspace" then builtins.attrNames members else [ member ];
        };
      isDefault = !(choice ? features || choice ? crateOverrides);
      builds = if isDefault then defaultBuilds else buildsOf "build";
      tests = if isDefault then defaultTests else buildsOf "test";
      isExact = (buildRustCrateForPkgs pkgs).exact or false;
      outputs = tests.tested member {
        flags = chosen.testCrateFlags;
        inputs = chosen.testInputs;
        preRun = chosen.testPreRun;
        postRun = chosen.testPostRun;
      };
      output =
        name: if isExact then outputs.${name} else throw "${name}: an output of our builder only; with nixpkgs' there are `tests`.";
      result =
        if !chosen.runTests then
          builds.build member { }
        else if isExact then
          builds.build member { more.after = [ outputs.tests ]; } // { test = outputs.tests; }
        else
          tested chosen (builds.build member { }) (
            if tests.roots ? ${member} then tests.harness member (builds.roots.${member}.binaries or [ ]) else null
          );
    in
    if unknown != [ ] then
      throw "build.override: ${toString unknown} cannot be overridden, only ${toString (builtins.attrNames overridable)}."
    else
      result
      // {
        override = more: buildMember member (choice // (if builtins.isFunction more then more chosen else more));
        # fails where a test does
        tests = if isExact then outputs.tests else (buildMember member (choice // { runTests = true; })).test;
        # what each test program said and how it ended, whatever that is
        testResults = output "testResults";
        examples = output "examples";
        benches = output "benches";
        clippy = output "clippy";
        doc = output "doc";
      };

  # With nixpkgs' builder: a member's outputs once its tests have passed; `.test` is their run. The harness is null where there are none.
  tested =
    chosen: built: harness:
    let
      test = pkgs.stdenvNoCC.mkDerivation {
        name = "run-tests-${built.name}";
        inherit (built) src;
        inherit (chosen) testCrateFlags testPreRun testPostRun;
        buildInputs = chosen.testInputs;
        # Programs stand where cargo has them, and tests find them there by their own place.
        buildPhase = ''
          mkdir -p target/debug
          cp ${built}/bin/* target/debug/ 2>/dev/null || true
          chmod -R +w .
          export RUST_BACKTRACE=1
          ${if harness == null then ''echo "${built.crateName} has nothing to test." | tee $out'' else ""}
          for harness in ${if harness == null then "" else "${harness}/tests/*"}; do
            [ -e "$harness" ] || continue
            f=target/debug/$(basename "$harness")-$(basename $out)
            cp "$harness" "$f"
            eval "$testPreRun"
            "$f" $testCrateFlags 2>&1 | tee -a $out
            eval "$testPostRun"
          done
        '';
        installPhase = "touch $out";
        dontFixup = true;
      };
      canRun = stdenv.buildPlatform.canExecute stdenv.hostPlatform;
    in
    pkgs.runCommand "${built.name}-linked"
      {
        inherit (built) outputs;
        crateName = built.crateName or null;
        meta = built.meta or { };
        passthru = built.passthru or { } // {
          inherit test;
        };
      }
      (
        (if canRun then "# once ${test} is there\n" else "")
        + builtins.concatStringsSep "\n" (map (output: "ln -s ${built.${output}} \$${output}") built.outputs)
      );

  # All of them: also those that build nothing here, for they may have tests.
  workspaceMembers = builtins.mapAttrs (member: _: {
    packageId = packageIds.${crateOfMember.${member}};
    build = buildMember member { };
  }) members;
  crateOf = key: nodes.${key}.crate or key;

  # The package of the workspace's own folder, or the only member.
  rootMembers = builtins.filter (
    member:
    builtins.length (builtins.attrNames members) == 1 || crates.${crateOfMember.${member}}.path or "" == "."
  ) (builtins.attrNames members);

  # crate2nix's names of packages: without the version where there is one only.
  packageIds =
    let
      versions = builtins.groupBy (key: crates.${key}.crateName) (builtins.attrNames crates);
    in
    builtins.mapAttrs (key: crate: if builtins.length versions.${crate.crateName} == 1 then crate.crateName else key) crates;

  results = {
    inherit workspaceMembers;
    allWorkspaceMembers = pkgs.symlinkJoin {
      name = "all-workspace-members";
      paths = map (member: member.build) (builtins.attrValues workspaceMembers);
    };
    internal = {
      inherit nodes;
      # by crate2nix's names
      crates = builtins.listToAttrs (
        map (key: {
          name = packageIds.${key};
          value = crates.${key} // {
            src = sourceOf crates.${key};
          };
        }) (builtins.attrNames crates)
      );
      # a member's build, or a dependency's as the members need it
      buildRustCrateWithFeatures =
        { packageId, ... }@choice:
        let
          named = builtins.filter (member: workspaceMembers.${member}.packageId == packageId) (builtins.attrNames workspaceMembers);
          needed = builtins.concatMap (
            member:
            let
              inherit (defaultBuilds.contexts.${contextOf member}) closure built;
            in
            map (key: built.${key}) (builtins.filter (key: packageIds.${crateOf key} == packageId) (closure [ defaultBuilds.roots.${member}.node ]))
          ) (builtins.attrNames defaultBuilds.roots);
        in
        if named != [ ] then
          buildMember (builtins.head named) (removeAttrs choice [ "packageId" ])
        else if needed != [ ] then
          builtins.head needed
        else
          throw "${packageId}: no member needs such a package.";
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
    };
  }
  // (if rootMembers == [ ] then { } else { rootCrate = workspaceMembers.${builtins.head rootMembers}; });
in
if extraTargetFlags == { } then
  results
else
  (if strictDeprecation then builtins.throw else message: builtins.trace message results)
    "extraTargetFlags change nothing: conditions were evaluated with rustc's own facts when Cargo.nix was generated."
