# What a developer wants of a member beside its artefacts, as `cargo test` and `cargo bench` make it: its tests compiled and run, examples, benchmarks;
# lints.nix adds lints and documentation. Sources: cargo's cargo_test.rs, compilation.rs (fill_env), artifact.rs (CARGO_BIN_EXE_*) and prepare_rustdoc.
#
# `crate` is what the member's tests are compiled with; `crate.testing` says what else there is:
#
#     targets    { "KIND NAME" = { path, harness ? true, test ?, bench ? true, type ? [ "bin" ] }; }, KIND being lib, bin, test, bench, example or doc
#     library    what of the member its tests link, or null
#     program    its binaries for CARGO_BIN_EXE_*, or null
#     onHost     with what a procedural macro's own tests are compiled, or null
#     flags, inputs, preRun, postRun     crate2nix's testCrateFlags, testInputs, testPreRun and testPostRun
{
  platform,
  # builds another crate
  build,
  # what package.nix says of the crate, and default.nix of its files
  package,
}:
let
  inherit (builtins)
    all
    any
    attrNames
    attrValues
    concatMap
    elem
    elemAt
    filter
    listToAttrs
    map
    match
    toJSON
    ;

  inherit (import ../units.nix) described;

  inherit (import ./flags.nix platform)
    crateTypeArguments
    dependencies
    fileName
    finalLto
    ltoArguments
    optional
    optionals
    procMacroArguments
    top
    underscored
    ;

  inherit (package)
    about
    arguments
    checkCfgArguments
    collect
    compile
    crate
    crateName
    featureArguments
    folder
    hasLibrary
    label
    libName
    metadata
    onSources
    ownTarget
    packageEnvironment
    profile
    scriptRun
    sourcePath
    target
    types
    unitEnvironment
    version
    ;
  inherit (crate) testing;

  # cargo's target directory. The paths in it are compiled into tests.
  targetDirectory = "${top}/source/target";
  binaryPath = name: "${targetDirectory}/release/${fileName target "bin" name}";

  # --- targets ------------------------------------------------------------------------------------------------------------------------------------

  describe =
    key:
    let
      parts = match "([a-z]+) (.*)" key;
      kind = elemAt parts 0;
    in
    rec {
      inherit key kind;
      name = elemAt parts 1;
      harness = true;
      # A macro is a program that the compiler runs.
      isMacro = (crate.procMacro or false) && (kind == "lib" || kind == "doc");
      test = kind != "bench" && kind != "example";
      bench = kind == "bench";
      type = [ "bin" ];
      order =
        {
          lib = 0;
          bin = 1;
          test = 2;
          bench = 3;
          example = 4;
          doc = 5;
        }
        .${kind};
    }
    // testing.targets.${key};
  allTargets = builtins.sort (a: b: a.order < b.order || a.order == b.order && a.name < b.name) (
    map describe (attrNames testing.targets)
  );
  here = if testing.onHost == null then allTargets else filter (it: !it.isMacro) allTargets;

  # cargo's words for a unit
  unitName =
    it:
    "`${crateName}` (${
      {
        lib = "lib test";
        bin = ''bin "${it.name}" test'';
        test = ''test "${it.name}"'';
        bench = ''bench "${it.name}"'';
        example = ''example "${it.name}"${if it.test then " test" else ""}'';
      }
      .${it.kind}
    })";
  slug = it: "${it.kind}-${it.name}";

  externsOf =
    it:
    crate.externs or { }
    // crate.devExterns or { }
    // (if it.kind == "lib" || testing.library == null then { } else { ${libName} = testing.library; });

  neededBy = it: dependencies (externsOf it);

  # --- compiled -----------------------------------------------------------------------------------------------------------------------------------

  # An example is compiled as it is, unless it has tests of its own.
  isTest = it: it.kind != "example" || it.test;
  typesOf = it: if isTest it then [ ] else it.type;
  needsObject = any (
    type:
    elem type [
      "bin"
      "cdylib"
      "staticlib"
      "dylib"
      "proc-macro"
    ]
  );
  ltoOf =
    it:
    if it.isMacro then
      "object"
    else if
      all (
        type:
        elem type [
          "bin"
          "cdylib"
          "staticlib"
        ]
      ) (typesOf it)
    then
      finalLto profile
    else if profile.lto or "false" == "false" then
      "object"
    else if profile.lto == "off" then
      "off"
    else if !(needsObject (typesOf it)) then
      "bitcode"
    else if typesOf it == [ "dylib" ] then
      "object"
    else
      "both";
  # what `cargo test` sets while it compiles tests and benchmarks, and while it runs them
  binaryEnvironment =
    it:
    optionals (it.kind == "test" || it.kind == "bench") (
      map (bin: "CARGO_BIN_EXE_${bin.name}=${binaryPath bin.name}") (crate.crateBin or [ ])
    );
  compiled =
    it:
    let
      unit = "${it.kind} ${it.name}${if isTest it then " test" else ""}";
      hash = metadata unit;
      stem = "${underscored it.name}-${hash}";
      aboutProgram = about (attrValues (externsOf it) ++ scriptRun) {
        part = if isTest it then "tests" else "example";
        inherit (it) kind name;
      };
    in
    it
    // {
      files = map (type: fileName ownTarget type stem) (if isTest it then [ "bin" ] else it.type);
      derivation = described aboutProgram (compile {
        name = "rust-${label}-${slug it}${if isTest it && it.kind != "test" then "-test" else ""}";
        unit = unitName it;
        arguments = arguments {
          inherit (it) name path;
          types = typesOf it;
          procMacro = it.isMacro;
          inherit profile hash;
          lto = ltoOf it;
          test =
            if !(isTest it) then
              [ ]
            else if it.harness then
              [ "--test" ]
            else
              [
                "--cfg"
                "test"
              ];
          externs = (neededBy it).arguments;
          outDir = placeholder "out";
        };
        environment =
          unitEnvironment it.name
          ++ optional (it.kind == "bin" || it.kind == "example" && it.type == [ "bin" ]) "CARGO_BIN_NAME=${it.name}"
          ++ binaryEnvironment it
          ++ optional (it.kind == "test" || it.kind == "bench") "CARGO_TARGET_TMPDIR=${targetDirectory}/tmp";
        dependencies = (neededBy it).libraries;
        binary = if it.kind == "bin" then it.name else "";
        # whose link arguments it takes: those of an example that is a library are nobody's
        program =
          {
            test = "tests";
            bench = "benches";
            example = if it.type == [ "bin" ] then "examples" else "example library";
          }
          .${it.kind} or "unit tests";
        linksLibraries = it.kind == "lib" || !hasLibrary;
      });
    };
  programs = map compiled (filter (it: it.kind != "doc") here);

  # --- run ----------------------------------------------------------------------------------------------------------------------------------------

  laidOutExamples = filter (it: it.kind == "example" && !(isTest it)) programs;
  # The binaries and examples that lie in cargo's target directory when tests run.
  laidOut =
    map (name: {
      from = "${testing.program}/bin/${fileName target "bin" name}";
      to = binaryPath name;
    }) (if testing.program == null then [ ] else attrNames testing.program.bins)
    ++ concatMap (
      it:
      map (file: {
        from = "${it.derivation}/${file}";
        to = "${targetDirectory}/release/examples/${if it.type == [ "bin" ] then fileName target "bin" it.name else file}";
      }) it.files
    ) laidOutExamples;

  run =
    attrs:
    if ownTarget != platform.rustc.host then
      throw "${label}: tests for ${ownTarget} do not run on ${platform.rustc.host}."
    else
      platform.mkDerivation (
        onSources
        // {
          script = ./test-run.bash;
          directory = folder;
          rustc = platform.rustc.path;
          inherit targetDirectory;
          inherit (testing)
            flags
            inputs
            preRun
            postRun
            ;
          from = [ ];
          to = [ ];
          isDocumentation = false;
          afterSearch = [ ];
          last = [ ];
        }
        // attrs
      );
  ran =
    it:
    it
    // {
      run =
        let
          files = if it.kind == "test" then laidOut else [ ];
          aboutRun =
            about
              (
                [ it.derivation ]
                ++ attrValues (externsOf it)
                ++ scriptRun
                ++ optionals (it.kind == "test") (
                  optional (testing.program != null) testing.program ++ map (example: example.derivation) laidOutExamples
                )
              )
              {
                part = "test-run";
                inherit (it) kind name;
              };
          program = "${targetDirectory}/release/${if it.kind == "example" then "examples" else "deps"}/${builtins.head it.files}";
        in
        described aboutRun (run {
          name = "rust-${label}-${slug it}-run";
          arguments = [ program ];
          from = [ "${it.derivation}/${builtins.head it.files}" ] ++ map (file: file.from) files;
          to = [ program ] ++ map (file: file.to) files;
          environment = packageEnvironment ++ binaryEnvironment it;
          dependencies = (neededBy it).libraries;
        });
    };
  documented =
    it:
    it
    // {
      run = described (about (attrValues (externsOf it) ++ scriptRun) { part = "documentation-tests"; }) (run {
        name = "rust-${label}-doc-run";
        isDocumentation = true;
        arguments = [
          "rustdoc"
          "--edition=${crate.edition or "2015"}"
        ]
        ++ crateTypeArguments types
        ++ [
          "--color"
          "never"
          "--crate-name"
          libName
          "--test"
          (sourcePath it.path)
          "--test-run-directory"
          folder
        ]
        ++ package.linkerArguments package.linker
        ++ optionals (profile.panic or "unwind" != "unwind" && !(crate.procMacro or false)) [
          "-C"
          "panic=${profile.panic}"
        ];
        # behind the folders of native libraries, which build scripts know
        afterSearch =
          concatMap (flag: [
            "--test-args"
            flag
          ]) testing.flags
          ++ crate.rustcLintFlags or [ ]
        ++ (neededBy it).arguments
        ++ optionals (crate.procMacro or false) procMacroArguments
        ++ [
          "-L"
          "dependency=${top}/deps"
        ]
        ++ ltoArguments (ltoOf it)
        ++ featureArguments
        ++ checkCfgArguments;
        last = crate.rustdocflags or [ ] ++ [ "--error-format" "human" ];
        environment = packageEnvironment ++ [ "CARGO_CRATE_NAME=${libName}" ];
        dependencies = (neededBy it).libraries;
      });
    };
  runs = map ran (filter (it: isTest it && it.test) programs) ++ map documented (filter (it: it.kind == "doc") here);

  # The tests of a procedural macro's library are compiled with what is built for the host.
  hostParts =
    if testing.onHost == null then
      [ ]
    else
      (build (
        testing.onHost
        // {
          testing = testing // {
            onHost = null;
            targets = listToAttrs (
              map (it: {
                name = it.key;
                value = testing.targets.${it.key};
              }) (filter (it: it.isMacro) allTargets)
            );
          };
        }
      )).runs;
  allRuns = filter (it: it.kind == "lib") hostParts ++ runs ++ filter (it: it.kind == "doc") hostParts;

  testResults = described aboutResults (platform.mkDerivation {
    name = "rust-${label}-test-results";
    script = ./test-results.bash;
    index = toJSON (
      map (it: {
        package = crateName;
        inherit version;
        inherit (it)
          kind
          name
          path
          harness
          ;
        folder = slug it;
      }) allRuns
    );
    folders = map slug allRuns;
    runs = map (it: it.run) allRuns;
    # `cargo test` compiles them, to see that they compile
    examples = map (it: it.derivation) laidOutExamples;
  });

  aboutResults = about (map (it: it.run) allRuns ++ map (it: it.derivation) laidOutExamples) { part = "test-results"; };

  # --- files --------------------------------------------------------------------------------------------------------------------------------------

  artefacts =
    name: chosen:
    let
      items = concatMap (
        it:
        builtins.genList (i: {
          from = "${it.derivation}/${elemAt it.files i}";
          to =
            if isTest it || elemAt it.type i == "bin" then
              "bin/${fileName ownTarget "bin" it.name}"
            else
              "lib/${fileName ownTarget (elemAt it.type i) (underscored it.name)}";
        }) (builtins.length it.files)
      ) chosen;
    in
    collect {
      name = "rust-${label}-${name}";
      from = map (item: item.from) items;
      to = map (item: item.to) items;
    };
in
{
  inherit runs testResults;
  tests = platform.mkDerivation {
    name = "rust-${label}-tests";
    script = ./tests.bash;
    results = testResults;
  };
  # The programs as they were compiled, by kind and name.
  programs = listToAttrs (
    map (it: {
      name = it.key;
      value = it.derivation;
    }) programs
  );
  examples = artefacts "examples" (filter (it: it.kind == "example" && !(isTest it)) programs);
  benches = artefacts "benches" (filter (it: it.kind == "bench" && it.bench) programs);
  inherit (import ./lints.nix { inherit package platform; }) clippy doc;
}
