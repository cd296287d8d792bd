# Both sides of the comparison: the same program, the same sandbox, sysroot, rustc and C compiler, built by cargo and by us.
{
  # store path of the sysroot
  sysroot,
  # the unpacked program with its Cargo.nix
  project,
  # the folder of a cargo home in which cargo keeps archives of crates
  archives,
  # `cargo -vV`, since the toolchain is bound into the sandbox and no input
  version,
  # the rustc triple to build for
  target,
}:
let
  debian = import ../platform/debian.nix { sysroot = builtins.storePath sysroot; };
  platform = debian // {
    # Nothing is linked for the target, so that the machine's own compiler stands in for a standard library that would have to be built.
    targets = builtins.mapAttrs (_: tools: tools // (if tools ? rustflags then { rustflags = [ "--sysroot=/toolchain" ]; } else { })) debian.targets;
  };
  tools = builtins.path {
    path = ./tools;
    name = "commands-tools";
  };
  recording =
    attrs:
    derivation (
      (platform.mkDerivation attrs).drvAttrs
      // {
        toolchainVersion = version;
        searchPath = "${tools}:/usr/bin";
      }
    );
  rustBuilder = import ../rust (
    platform
    // {
      mkDerivation = recording;
      cargo = "/toolchain/bin/cargo";
      rustc = platform.rustc // {
        path = "${tools}/rustc";
      };
    }
  );
  archiveOf =
    src:
    builtins.path {
      inherit (src) name;
      sha256 = src.outputHash;
      recursive = false;
      path = "${archives}/${src.about.source.package}-${src.about.source.version}.crate";
    };
  ofTarget = platform.targets.${target} or { };
in
{
  cargo = recording {
    name = "commands-cargo";
    script = ./cargo.bash;
    inherit tools;
    # as cargo without --target for this machine
    target = if target == platform.rustc.host then "" else target;
    linker = ofTarget.linker or "";
    rustflags = builtins.toJSON (ofTarget.rustflags or [ ]);
    source = builtins.path {
      path = project;
      name = "source";
      filter = path: _: baseNameOf path != "Cargo.nix";
    };
  };

  ours =
    (import "${project}/Cargo.nix" {
      pkgs = platform.pkgs // {
        stdenv = platform.pkgs.stdenv // {
          hostPlatform.rust.rustcTarget = target;
        };
        buildRustCrate = rustBuilder // {
          __functor =
            _: crate:
            rustBuilder (
              crate
              // (if crate.src.about.source.kind == "file" then { src = archiveOf crate.src; } else { })
            );
        };
      };
      resolution = "workspace";
    }).allWorkspaceMembers;
}
