  # ------------------------------------------------------------------------------------------------------------------------------------------------
  # From here on nothing depends on the project: the tables above become derivations. See docs/design/architecture.md, "Cargo.nix".

  # --- what is asked for ------------------------------------------------------------------------------------------------------------------------

  triple = platform: platform.rust.rustcTarget or platform.config;
  target = declared "target" "targets" (triple stdenv.hostPlatform);
  host = declared "host" "hosts" (
    if stdenv ? buildPlatform then
      triple stdenv.buildPlatform
    else if builtins.elem target scope.hosts then
      target
    else
      builtins.head scope.hosts
  );
  selectionOf =
    features:
    declared "selection" "selections" (
      if features == [ ] then "no-default" else builtins.concatStringsSep "," (builtins.sort builtins.lessThan features)
    );

  declared =
    what: dimension: value:
    if builtins.elem value scope.${dimension} then
      value
    else
      throw ''
        Cargo.nix was not generated for the ${what} "${value}", only for: ${
          builtins.concatStringsSep " " (map (known: ''"${known}"'') scope.${dimension})
        }.
        Add <${what}>${value}</${what}> to the plugin's <${dimension}> and run `mvn nix:generate`.'';

  # The build that a member belongs to.
  contextOf =
    {
      member = member: member;
      workspace = _: "--workspace";
    }
    .${resolution} or (throw ''resolution = "${resolution}": there are "member" and "workspace".'');

  # --- what holds in a context ------------------------------------------------------------------------------------------------------------------

  # { hosts, targets, selections, members, commands }, each a value of that dimension
  context = command: selection: member: {
    hosts = host;
    targets = target;
    selections = selection;
    members = member;
    commands = command;
  };

  # An entry of a table with all laid over it that is otherwise in a context.
  inContext =
    context: entry:
    if entry ? otherwise then
      builtins.foldl' overlay (removeAttrs entry [ "otherwise" ]) (builtins.filter (rule: holds context rule.when) entry.otherwise)
    else
      entry;
  holds = context: when: builtins.all (dimension: builtins.elem context.${dimension} when.${dimension}) (builtins.attrNames when);
  overlay =
    entry: rule:
    present (entry // removeAttrs rule [ "when" ])
    // edgesOver entry rule "dependencies"
    // edgesOver entry rule "buildDependencies"
    // edgesOver entry rule "devDependencies"
    // edgesOver entry rule "hostDevDependencies"
    // edgesOver entry rule "targets";
  edgesOver =
    entry: rule: name:
    if rule ? ${name} then { ${name} = present (entry.${name} or { } // rule.${name}); } else { };
  # without what is null
  present = set: removeAttrs set (builtins.filter (name: set.${name} == null) (builtins.attrNames set));

  edges = node: builtins.attrValues (node.dependencies or { }) ++ builtins.attrValues (node.buildDependencies or { });

  # how many nodes there are of a crate
  nodesOf = builtins.mapAttrs (_: builtins.length) (
    builtins.groupBy (key: nodes.${key}.crate or key) (builtins.attrNames nodes)
  );

  # Nodes that are the same everywhere, and so is all they need.
  isFixed = builtins.mapAttrs (_: node: !(node ? otherwise) && builtins.all (key: isFixed.${key}) (edges node)) nodes;
  varying = builtins.removeAttrs nodes (builtins.filter (key: isFixed.${key}) (builtins.attrNames nodes));
  changing = builtins.removeAttrs varying (builtins.filter (key: !(varying.${key} ? otherwise)) (builtins.attrNames varying));

  # The nodes of a context: what they hold, and what tells those that are not fixed and all they need from the same key's in other contexts.
  nodesIn =
    context:
    let
      held = nodes // builtins.mapAttrs (_: inContext context) changing;
      # A node holds what its rules make of it.
      identity = builtins.mapAttrs (
        key: node:
        builtins.hashString "sha256" (
          builtins.concatStringsSep "\n" (
            [ key ]
            ++ map (rule: if holds context rule.when then "1" else "0") (node.otherwise or [ ])
            ++ map (dependency: identity.${dependency} or dependency) (edges held.${key})
          )
        )
      ) varying;
    in
    {
      inherit held identity;
      # the keys of nodes and of all they need
      closure = reached (key: edges held.${key});
      # the same without those that are fixed, from which nothing leads to one that is not
      closureOfVarying = reached (key: builtins.filter (dependency: !isFixed.${dependency}) (edges held.${key}));
    };

  # Keys and all that are reached from them.
  reached =
    next: keys:
    map (visited: visited.key) (
      builtins.genericClosure {
        startSet = map (key: { inherit key; }) keys;
        operator = visited: map (key: { inherit key; }) (next visited.key);
      }
    );

  # --- sources ----------------------------------------------------------------------------------------------------------------------------------

  # The files of a package, which say what they are: no name is taken apart. Of a derivation in the form that nix-builder's nix/units.nix has.
  sourceOf =
    crate:
    let
      src = filesOf crate;
    in
    (if builtins.isAttrs src then src else { outPath = src; })
    // {
      about.source =
        if crate.vendored or false then
          { kind = "vendored"; }
        else if crate ? path then
          { kind = "path"; }
        else if crate ? git then
          {
            ecosystem = "cargo";
            kind = "repository";
            inherit (crate.git) url rev;
          }
        else
          {
            ecosystem = "cargo";
            kind = "file";
            package = crate.crateName;
            inherit (crate) version;
          };
    };
  filesOf =
    crate:
    if crate.vendored or false then
      builtins.path {
        name = "${crate.crateName}-${crate.version}-source";
        path = folder crate.path;
      }
    else if crate ? sources then
      builtins.path {
        name = "${crate.crateName}-source";
        path = folder ".";
        filter = belongsToAny ([ crate.path ] ++ crate.sources);
      }
    else if crate ? path then
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
        url = addressOf crate;
        inherit (crate) sha256;
      };

  # A template's markers are those of `dl`: the Cargo Book, "Index Configuration".
  addressOf =
    crate:
    let
      template = registries.${crate.registry or "crates-io"};
      name = crate.crateName;
      length = builtins.stringLength name;
      part = builtins.substring;
      prefix =
        if length < 3 then
          toString length
        else if length == 3 then
          "3/${part 0 1 name}"
        else
          "${part 0 2 name}/${part 2 2 name}";
      address = builtins.replaceStrings [ "{crate}" "{version}" "{sha256-checksum}" ] [ name crate.version crate.sha256 ] template;
      prefixed = builtins.replaceStrings [ "{prefix}" "{lowerprefix}" ] [ prefix (lower prefix) ] address;
    in
    if hasPrefix.${crate.registry or "crates-io"} then prefixed else address;
  hasPrefix = builtins.mapAttrs (_: template: builtins.replaceStrings [ "prefix}" ] [ "" ] template != template) registries;
  lower =
    let
      letters = alphabet: builtins.genList (i: builtins.substring i 1 alphabet) 26;
    in
    builtins.replaceStrings (letters "ABCDEFGHIJKLMNOPQRSTUVWXYZ") (letters "abcdefghijklmnopqrstuvwxyz");

  folder = path: if path == "." then ./. else ./. + "/${path}";

  # A package's folder without what builds and tools leave there, and without the packages that lie inside it.
  belongsTo =
    path:
    let
      top = toString (folder path) + "/";
      left = {
        ${top + "target"} = null;
        ${top + "Cargo.nix"} = null;
        ${top + "crate-hashes.json"} = null;
        ${top + "nix-overrides.toml"} = null;
        ${top + "reproducibility.toml"} = null;
        ${top + "nix-toolchain.lock.json"} = null;
      };
    in
    file: type:
    !(
      left ? ${file}
      || localFolders ? ${file}
      || baseNameOf file == ".git"
      || type == "directory" && builtins.pathExists (file + "/.cargo-checksum.json")
      || type == "symlink" && builtins.match "result(-.*)?" (baseNameOf file) != null
    );

  # Several files and folders of the workspace, each where it lies.
  belongsToAny =
    paths:
    let
      isBelow = above: file: builtins.substring 0 (builtins.stringLength above + 1) file == above + "/";
      wanted = map (path: {
        at = toString (folder path);
        belongs = belongsTo path;
      }) paths;
    in
    file: type:
    builtins.any (
      one: file == one.at || isBelow file one.at || isBelow one.at file && one.belongs file type
    ) wanted;

  localFolders = builtins.listToAttrs (
    map (crate: {
      name = toString (folder crate.path);
      value = null;
    }) (builtins.filter (crate: crate ? path) (builtins.attrValues crates))
  );

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
          base = buildRustCrateForPkgs pkgs;
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
          # of a member that was asked for
          isRoot ? false,
          binaries ? [ ],
          devDependencies ? { },
          ...
        }:
        let
          node = within.held.${key};
          crate = crates.${node.crate or key};
          isHost = node.host or false;
          derivationsOf = builtins.mapAttrs (_: dependency: within.built.${dependency});
          attributes =
            removeAttrs crate (
              [ "sha256" "registry" "git" "member" "vendored" ] ++ (if crate.vendored or false then [ "path" ] else [ ])
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
              rustflags = rustflagsOf within node;
              externs = derivationsOf (node.dependencies or { });
              devExterns = derivationsOf devDependencies;
              buildExterns = derivationsOf (node.buildDependencies or { });
              runsOnce = nodesOf.${node.crate or key} == 1 && (isHost || builtins.length scope.targets == 1);
              isMember = crate.member or false;
              lto = node.lto or (if isHost then "object" else usualLto);
            }
            // (if isSwitched node then { extraRustcOpts = [ "-C" "target-feature=${switches}" ]; } else { });
        in
        if !release then
          throw "release = false: Cargo.nix holds the release profile only."
        else
          attributes // (crateOverrides.${crate.crateName} or (_: { })) attributes;
      switches = builtins.concatStringsSep "," (map (feature: "+${feature}") targetFeatures);
      # Where another machine is built for, what runs while building is compiled without.
      rustflagsOf = within: node: if node.host or false && target != host then [ ] else within.usual.rustflags or [ ];
      extraOf = within: node: rustflagsOf within node ++ (if isSwitched node then [ "-C target-feature=${switches}" ] else [ ]);
      isSwitched = node: targetFeatures != [ ] && !(node.host or false);
      build =
        {
          key,
          within,
          binaries ? [ ],
          buildTests ? false,
          devDependencies ? { },
          # what else our builder is told
          more ? { },
          ...
        }@asked:
        let
          node = within.held.${key};
          crate = crates.${node.crate or key};
        in
        if builder.exact or false then
          builder (attributesOf asked // more)
        else
          (if node.host or false then hostBuilder else builder) (
            removeAttrs crate [ "sha256" "registry" "git" "folder" "member" "vendored" "path" "declaredFeatures" "rustcLintFlags" "type" ]
            // (if crate ? folder then { workspace_member = crate.folder; } else { })
            // (if crate ? sources then { workspace_member = crate.path; } else { })
            // (if crate.procMacro or false then { } else { type = crate.type or [ "lib" ]; })
            // (if extraOf within node != [ ] then { extraRustcOpts = extraOf within node; } else { })
            // (if buildTests then { inherit buildTests; } else { })
            // {
              src = sourceOf crate;
              inherit release;
              features = node.features or [ ];
              crateBin = builtins.filter (bin: builtins.elem bin.name binaries) (crate.crateBin or [ ]);
            }
            // dependenciesOf within node devDependencies
          );
      # What was not generated is refused also where it would make no difference to the tables: they may not know of it.
      declaredOnly = value: builtins.seq host (builtins.seq target (builtins.seq selection value));
    in
    {
      inherit contexts roots;
      # A member's build.
      build =
        name: choice:
        declaredOnly (
          build (
            {
              key = roots.${name}.node;
              within = contexts.${contextOf name};
              isRoot = true;
              binaries = roots.${name}.binaries or [ ];
            }
            // choice
          )
        );
      # What nixpkgs' builder makes of a member's tests.
      harness =
        name: binaries:
        declaredOnly (build {
          key = roots.${name}.node or roots.${name}.hostNode;
          within = contexts.${contextOf name};
          devDependencies = roots.${name}.hostDevDependencies or { } // roots.${name}.devDependencies or { };
          inherit binaries;
          buildTests = true;
        });
      # What our builder makes of a member's tests, examples and benchmarks; `running` is how tests are run.
      tested =
        name: running:
        let
          root = roots.${name};
          within = contexts.${contextOf name};
        in
        declaredOnly (build {
          key = root.node or root.hostNode;
          inherit within;
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
        });
    };

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
      outputs =
        if !(tests.roots ? ${member}) then
          throw "${member} has nothing to test."
        else
          tests.tested member {
            flags = chosen.testCrateFlags;
            inputs = chosen.testInputs;
            preRun = chosen.testPreRun;
            postRun = chosen.testPostRun;
          };
      output =
        name: if isExact then outputs.${name} else throw "${name}: an output of our builder only; with nixpkgs' there are `tests`.";
      result =
        if !(builds.roots ? ${member}) then
          throw "${member} builds nothing: all its targets want features that are off."
        else if !chosen.runTests || !(tests.roots ? ${member}) then
          builds.build member { }
        else if isExact then
          builds.build member { more.after = [ outputs.tests ]; } // { test = outputs.tests; }
        else
          tested chosen (builds.build member { }) (tests.harness member (builds.roots.${member}.binaries or [ ]));
    in
    if unknown != [ ] then
      throw "build.override: ${toString unknown} cannot be overridden, only ${toString (builtins.attrNames overridable)}."
    else
      result
      // {
        override = more: buildMember member (choice // (if builtins.isFunction more then more chosen else more));
        isTestable = tests.roots ? ${member};
        # fails where a test does
        tests = if isExact then outputs.tests else (buildMember member (choice // { runTests = true; })).test;
        # what each test program said and how it ended, whatever that is
        testResults = output "testResults";
        examples = output "examples";
        benches = output "benches";
        clippy = output "clippy";
        doc = output "doc";
      };

  # With nixpkgs' builder: a member's outputs once its tests have passed; `.test` is their run.
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
          for harness in ${harness}/tests/*; do
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

  workspaceMembers = builtins.mapAttrs (member: root: {
    packageId = packageIds.${crateOf root.node};
    build = buildMember member { };
  }) defaultBuilds.roots;
  crateOf = key: nodes.${key}.crate or key;

  # The package of the workspace's own folder, or the only member.
  rootMembers = builtins.filter (
    member:
    builtins.length (builtins.attrNames members) == 1 || crates.${crateOf defaultBuilds.roots.${member}.node}.path or "" == "."
  ) (builtins.attrNames workspaceMembers);

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
