# Evaluates a Cargo.nix for all it was generated for, with a builder that gives back what it gets. What is built goes by a digest of what it and all it
# needs hold, as a derivation does.
{
  cargoNix,
  # `exact`, or `nixpkgs` for one that takes what nixpkgs' buildRustCrate documents
  builder,
  hosts,
  targets,
  selections,
}:
let
  recorded =
    attributes: externs: buildExterns:
    let
      ids = builtins.mapAttrs (_: dependency: dependency.id);
      unit = attributes // {
        externs = ids externs;
        buildExterns = ids buildExterns;
      };
    in
    {
      inherit unit;
      inherit (unit) crateName version;
      libName = unit.libName or (underscored unit.crateName);
      id = builtins.hashString "sha256" (builtins.toJSON unit);
      needs = builtins.attrValues externs ++ builtins.attrValues buildExterns;
    };
  underscored = builtins.replaceStrings [ "-" ] [ "_" ];

  exact = {
    exact = true;
    __functor =
      _: attributes: recorded (removeAttrs attributes [ "externs" "buildExterns" ]) attributes.externs attributes.buildExterns;
  };

  # What nixpkgs' pkgs/build-support/rust/build-rust-crate takes. Anything else becomes a variable of the build, or an error where it is a set.
  published = [
    "authors"
    "build"
    "buildDependencies"
    "buildTests"
    "codegenUnits"
    "crateBin"
    "crateName"
    "crateRenames"
    "dependencies"
    "description"
    "edition"
    "extraLinkFlags"
    "extraRustcOpts"
    "extraRustcOptsForBuildRs"
    "features"
    "homepage"
    "libName"
    "libPath"
    "license"
    "license-file"
    "links"
    "procMacro"
    "readme"
    "release"
    "repository"
    "rust-version"
    "src"
    "type"
    "version"
    "workspace_member"
  ];

  # buildRustCrate knows a dependency by its `lib` output, and calls it by its library's name unless `crateRenames` has another one for its crate's name
  # and version.
  buildRustCrate =
    side: attributes:
    let
      unknown = removeAttrs attributes published;
      nameOf =
        dependency:
        let
          choices = attributes.crateRenames.${dependency.crateName} or [ ];
          meant = builtins.filter (choice: choice.version == dependency.version) choices;
        in
        if meant == [ ] then underscored dependency.libName else (builtins.head meant).rename;
      externs =
        dependencies:
        builtins.mapAttrs (name: same: if builtins.length same == 1 then builtins.head same else throw "${toString (builtins.length same)} are called ${name}") (
          builtins.groupBy nameOf (map (dependency: dependency.lib) dependencies)
        );
      known =
        if unknown == { } then attributes else throw "buildRustCrate does not know ${toString (builtins.attrNames unknown)}";
      library = recorded (
        removeAttrs known [
          "dependencies"
          "buildDependencies"
          "crateRenames"
        ]
        // {
          inherit side;
        }
      ) (externs attributes.dependencies) (externs attributes.buildDependencies);
    in
    library // { lib = library; };

  pkgs = {
    buildRustCrate = if builder == "exact" then exact else buildRustCrate "target";
    defaultCrateOverrides = { };
    buildPackages = {
      buildRustCrate = buildRustCrate "host";
      defaultCrateOverrides = { };
    };
  };

  contexts = builtins.concatMap (
    host:
    builtins.concatMap (
      target:
      builtins.concatMap (
        selection:
        map
          (resolution: {
            inherit
              host
              target
              selection
              resolution
              ;
            roots = builtins.mapAttrs (_: member: member.build)
              (import cargoNix {
                inherit pkgs resolution;
                lib = { };
                stdenv = {
                  buildPlatform.rust.rustcTarget = host;
                  hostPlatform.rust.rustcTarget = target;
                };
                fetchurl = file: file;
                rootFeatures =
                  if selection == "no-default" then [ ] else builtins.filter builtins.isString (builtins.split "," selection);
              }).workspaceMembers;
          })
          [
            "member"
            "workspace"
          ]
      ) selections
    ) targets
  ) hosts;

  keyed = build: {
    key = build.id;
    inherit build;
  };
in
{
  contexts = map (context: context // { roots = builtins.mapAttrs (_: build: build.id) context.roots; }) contexts;
  # id -> what the builder got, with the ids of what it needs
  units = builtins.listToAttrs (
    map
      ({ build, ... }: {
        name = build.id;
        value = build.unit;
      })
      (
        builtins.genericClosure {
          startSet = builtins.concatMap (context: map keyed (builtins.attrValues context.roots)) contexts;
          operator = { build, ... }: map keyed build.needs;
        }
      )
  );
}
