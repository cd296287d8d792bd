  # --- members ----------------------------------------------------------------------------------------------------------------------------------

  isSelected = member: selectedMembers == null || builtins.elem member selectedMembers;
  defaultBuilds = buildsWith {
    crateOverrides = defaultCrateOverrides;
    selection = selectionOf rootFeatures;
    selected = builtins.filter isSelected (builtins.attrNames members);
  };
  defaultTests = buildsWith {
    crateOverrides = defaultCrateOverrides;
    selection = selectionOf rootFeatures;
    selected = builtins.filter isSelected (builtins.attrNames members);
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
      isDefault = isSelected member && !(choice ? features || choice ? crateOverrides);
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
            if !(tests.roots ? ${member}) then
              null
            else
              tests.withDevDependencies member {
                binaries = builds.roots.${member}.binaries or [ ];
                buildTests = true;
              }
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
    debug = debugOf member;
  }) members;

  # The package of the workspace's own folder, or the only member.
  rootMembers = builtins.filter (
    member:
    builtins.length (builtins.attrNames members) == 1 || crates.${crateOfMember.${member}}.path or "" == "."
  ) (builtins.attrNames members);

  results = {
    inherit workspaceMembers;
    allWorkspaceMembers = pkgs.symlinkJoin {
      name = "all-workspace-members";
      paths = map (member: workspaceMembers.${member}.build) (builtins.filter isSelected (builtins.attrNames workspaceMembers));
    };
    inherit internal;
  }
  // (if rootMembers == [ ] then { } else { rootCrate = workspaceMembers.${builtins.head rootMembers}; });
in
if extraTargetFlags == { } then
  results
else
  (if strictDeprecation then builtins.throw else message: builtins.trace message results)
    "extraTargetFlags change nothing: conditions were evaluated with rustc's own facts when Cargo.nix was generated."
