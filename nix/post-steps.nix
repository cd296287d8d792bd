# What is done with a member's artefacts after rustc, each step a derivation of its own on top of the member's: kept and verified as that is.
#
#     import ./post-steps.nix { platform, target, steps, wasmTools }   ->   a function from a member's derivation to what a user gets
{
  platform,
  # a rustc triple
  target,
  # { wasmOpt, strip, component }, each may be absent:
  #   wasmOpt     arguments of wasm-opt, for every module
  #   strip       whether symbols go
  #   component   { world, wit, adapter, assets, manifest }: the library's module becomes a component; paths are strings, the last three may be absent
  steps,
  # the derivation of wasm-tools, for components
  wasmTools,
}:
let
  inherit (import ./units.nix) described;
  isWasm = builtins.match "wasm.*" target != null;
  wasmOpt = if isWasm then steps.wasmOpt or [ ] else [ ];
  strip = steps.strip or false;
  tools = platform.targets.${target} or { };

  stepOn =
    build: part: tools: attrs:
    described {
      unit = build.about.unit // { inherit part; };
      uses = [ build ] ++ tools;
    } (platform.mkDerivation attrs);

  polished =
    build:
    if wasmOpt == [ ] && !strip then
      build
    else
      stepOn build "post-steps" [ ] {
        name = "${build.name}-post";
        script = ./post-steps.bash;
        inherit build wasmOpt;
        strip = if !strip then "" else tools.strip or "strip";
      };

  file =
    path:
    builtins.path {
      path = /. + path;
      # a store path's name cannot begin with a dot, nor hold all that a file's can
      name = "declared";
    };
  component =
    build:
    stepOn build "component" [ wasmTools ] (
      {
        name = "${build.name}-component";
        script = ./component.bash;
        inherit build wasmTools target;
        inherit (steps.component) world;
        adapter = "";
        assets = "";
        manifest = "";
        manifestName = baseNameOf (steps.component.manifest or "");
      }
      // builtins.mapAttrs (_: file) (removeAttrs steps.component [ "world" ])
    );
in
build: if steps ? component && isWasm then component (polished build) else polished build
