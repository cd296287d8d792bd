# A member's lints and documentation, as `cargo clippy` and `cargo doc` make them (cargo's prepare_rustdoc): see tests.nix.
{
  platform,
  package,
}:
let
  inherit (builtins)
    concatMap
    filter
    map
    ;

  inherit (import ./flags.nix platform)
    crateTypeArguments
    dependencies
    optional
    optionals
    procMacroArguments
    top
    underscored
    ;

  inherit (package)
    arguments
    checkCfgArguments
    collect
    compile
    crate
    crateName
    featureArguments
    hasLibrary
    label
    libName
    metadata
    onSources
    packageEnvironment
    profile
    sourcePath
    types
    unitEnvironment
    version
    ;

  bins = crate.crateBin or [ ];
  own = if crate.testing.library == null then { } else { ${libName} = crate.testing.library; };
  libraryUnit = {
    name = libName;
    path = crate.libPath;
    inherit types;
    externs = crate.externs or { };
  };
  binaryUnit = bin: {
    inherit (bin) name path;
    types = [ "bin" ];
    externs = crate.externs or { } // own;
  };
  lints =
    {
      name,
      path,
      types,
      externs,
      bin ? "",
    }:
    let
      what = if bin == "" then "lib" else "bin-${bin}";
    in
    {
      to = "reports/${what}.txt";
      from = "${
        compile {
          name = "rust-${label}-${what}-clippy";
          unit = "`${crateName}` (${if bin == "" then "lib" else ''bin "${bin}"''})";
          rustc = "clippy-driver";
          arguments = arguments {
            inherit
              name
              path
              types
              profile
              ;
            emit = "metadata";
            lto = "both";
            hash = metadata "${what} clippy";
            externs = (dependencies externs).arguments;
            outDir = placeholder "out";
          };
          environment = unitEnvironment name ++ optional (bin != "") "CARGO_BIN_NAME=${bin}";
          dependencies = (dependencies externs).libraries;
          binary = bin;
          program = "clippy";
        }
      }/report";
    };
  linted =
    optional hasLibrary (lints libraryUnit)
    ++ map (bin: lints (binaryUnit bin // { bin = bin.name; })) (filter (bin: (bin.requiredFeatures or [ ]) == [ ]) bins);
in
{
  clippy = collect {
    name = "rust-${label}-clippy";
    from = map (item: item.from) linted;
    to = map (item: item.to) linted;
  };
  # The library's, or those of the binaries where there is none.
  doc = platform.mkDerivation (
    onSources
    // {
      name = "rust-${label}-doc";
      script = ./doc.bash;
      environment = packageEnvironment;
      commands = concatMap (
        unit:
        [
          "rustdoc"
          "--edition=${crate.edition or "2015"}"
        ]
        ++ crateTypeArguments unit.types
        ++ [
          "--crate-name"
          (underscored unit.name)
          (sourcePath unit.path)
          "-o"
          (placeholder "out")
        ]
        ++ featureArguments
        ++ checkCfgArguments
        ++ crate.rustcLintFlags or [ ]
        ++ [
          "-C"
          "metadata=${metadata "${unit.name} doc"}"
          "-L"
          "dependency=${top}/deps"
        ]
        ++ (dependencies unit.externs).arguments
        ++ optionals (crate.procMacro or false) procMacroArguments
        ++ crate.rustdocflags or [ ]
        ++ [
          "--crate-version"
          version
          ";"
        ]
      ) (if hasLibrary then [ libraryUnit ] else map binaryUnit bins);
      dependencies = (dependencies (crate.externs or { })).libraries;
    }
  );
}
