# The arguments that cargo gives rustc, as far as they follow from profiles, targets and names: no derivation is made here.
platform:
let
  inherit (builtins)
    concatMap
    filter
    match
    replaceStrings
    substring
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
    target:
    optionals (target != platform.rustc.host) [
      "--target"
      target
    ];

  crateTypeArguments = concatMap (type: [
    "--crate-type"
    type
  ]);
  externArguments =
    procMacro: externs:
    concatMap (extern: [
      "--extern"
      "${extern.name}=${extern.file}"
    ]) externs
    ++ optionals procMacro [
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
    externArguments
    fileName
    finalLto
    ltoArguments
    optional
    optionals
    supported
    targetArguments
    top
    underscored
    unitSeparator
    upper
    ;
}
