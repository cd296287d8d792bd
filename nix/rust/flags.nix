# The arguments that cargo gives rustc, as far as they follow from profiles, targets and names: no derivation is made here.
platform:
let
  inherit (builtins)
    attrNames
    attrValues
    compareVersions
    concatMap
    filter
    groupBy
    map
    match
    replaceStrings
    sort
    substring
    tail
    ;

  # Where a build finds itself in Nix's sandbox. Constant, so that arguments can be computed here and not by a shell in every build.
  top = "/build";

  underscored = replaceStrings [ "-" ] [ "_" ];

  # cargo's `envify`
  upper = replaceStrings (lowerLetters ++ [ "-" ]) (upperLetters ++ [ "_" ]);
  lowerLetters = letters "abcdefghijklmnopqrstuvwxyz";
  upperLetters = letters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  letters = s: builtins.genList (i: substring i 1 s) 26;

  unitSeparator = builtins.fromJSON ''"\u001f"'';

  optional = condition: x: if condition then [ x ] else [ ];
  optionals = condition: xs: if condition then xs else [ ];

  # cargo without --target and cargo with the host's own triple differ; a build for the host is the former.
  targetArguments =
    target: if target == platform.rustc.host then [ ] else [ "--target" target ];

  crateTypeArguments = concatMap (type: [
    "--crate-type"
    type
  ]);

  # dependencies { NAME = LIBRARY; }: the libraries as cargo orders dependencies, by package, and what rustc is told of them
  dependencies =
    externs:
    let
      version = name: externs.${name}.version;
      # Most packages are there once: sorting them costs a call for each pair that is compared.
      names = concatMap (
        same: if tail same == [ ] then same else sort (a: b: compareVersions (version a) (version b) < 0) same
      ) (attrValues (groupBy (name: externs.${name}.crateName) (attrNames externs)));
    in
    {
      libraries = map (name: externs.${name}) names;
      arguments = concatMap (
        name:
        concatMap (file: [
          "--extern"
          "${name}=${file}"
        ]) externs.${name}.linkable
      ) names;
    };
  procMacroArguments = [
    "--extern"
    "proc_macro"
  ];

  # -C lto and what libraries must hold for it: cargo's lto_args.
  ltoArguments =
    lto:
    concatMap
      (value: [
        "-C"
        value
      ])
      {
        run = [ "lto" ];
        run-fat = [ "lto=fat" ];
        run-thin = [ "lto=thin" ];
        off = [
          "lto=off"
          "embed-bitcode=no"
        ];
        bitcode = [ "linker-plugin-lto" ];
        both = [ ];
        object = [ "embed-bitcode=no" ];
      }
      .${lto};

  # What a final artefact does by its profile.
  finalLto =
    profile:
    {
      "true" = "run";
      fat = "run-fat";
      thin = "run-thin";
      off = "off";
      "false" = "object";
    }
    .${profile.lto or "false"};

  debugArguments =
    profile:
    let
      debug = profile.debug or "0";
    in
    optionals (debug != "0" && debug != "none") (
      [
        "-C"
        "debuginfo=${
          {
            limited = "1";
            full = "2";
          }
          .${debug} or debug
        }"
      ]
      ++ optionals (profile ? splitDebuginfo) [
        "-C"
        "split-debuginfo=${profile.splitDebuginfo}"
      ]
    );

  # Overflow checks follow debug assertions, and both follow opt-level 0, unless said otherwise.
  assertionArguments =
    profile:
    let
      assertions = profile.debugAssertions or false;
      overflow = profile.overflowChecks or false;
      on = name: [
        "-C"
        "${name}=on"
      ];
      off = name: [
        "-C"
        "${name}=off"
      ];
    in
    if profile.optLevel or "0" != "0" then
      if assertions then
        on "debug-assertions" ++ optionals (!overflow) (off "overflow-checks")
      else
        optionals overflow (on "overflow-checks")
    else if !assertions then
      off "debug-assertions" ++ optionals overflow (on "overflow-checks")
    else
      optionals (!overflow) (off "overflow-checks");

  isWasm = target: match "wasm.*" target != null;

  # The crate types that rustc makes for a target; it drops the others with a warning.
  supported = target: filter (type: !(isWasm target && type == "dylib"));

  # The file rustc writes for a crate type, by target: prefix and suffix around the crate's name.
  fileName =
    target: type: stem:
    let
      wasm = isWasm target;
    in
    {
      rlib = "lib${stem}.rlib";
      lib = "lib${stem}.rlib";
      staticlib = "lib${stem}.a";
      cdylib = if wasm then "${stem}.wasm" else "lib${stem}.so";
      dylib = "lib${stem}.so";
      proc-macro = "lib${stem}.so";
      bin = if wasm then "${stem}.wasm" else stem;
    }
    .${type};
in
{
  inherit
    assertionArguments
    crateTypeArguments
    debugArguments
    dependencies
    fileName
    finalLto
    ltoArguments
    optional
    optionals
    procMacroArguments
    supported
    targetArguments
    top
    underscored
    unitSeparator
    upper
    ;
}
