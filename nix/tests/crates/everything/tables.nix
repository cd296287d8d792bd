# Written by hand in the format of docs/design/cargo-nix-format.md; the runner appends the engine that the generator appends to every Cargo.nix.
{
  pkgs,
  stdenv ? pkgs.stdenv,
  fetchurl ? pkgs.fetchurl,
  buildRustCrateForPkgs ? pkgs: pkgs.buildRustCrate,
  defaultCrateOverrides ? pkgs.defaultCrateOverrides,
  rootFeatures ? [ "default" ],
  resolution ? "member",
  selectedMembers ? null,
  localFiles ? { },
  release ? true,
  targetFeatures ? [ ],
  extraTargetFlags ? { },
  strictDeprecation ? false,
  # so that one workspace can be compared with cargo under several profiles
  profile ? { },
  hostProfile ? { },
  rustflags ? [ ],
}:
let
  registries = { };
  crates = {
    "app 1.2.3-rc.1+meta" = {
      member = true;
      crateName = "app";
      version = "1.2.3-rc.1+meta";
      edition = "2021";
      path = "app";
      authors = [ "Ada L. <ada@example.org>" "Quote \"Q\" O'Brien" ];
      description = "Two lines, a `tick`,\na \${dollar} and a $(command).";
      homepage = "https://example.org/home";
      license-file = "LICENCE.txt";
      readme = "ABOUT.md";
      repository = "https://example.org/repo";
      rust-version = "1.77";
      declaredFeatures = [ "default" "std" "tools" "unused" "with-dash" ];
      rustcLintFlags = [ "--warn=unexpected_cfgs" "--deny=unused_variables" "--check-cfg" "cfg(known)" ];
      build = "scripts/make.rs";
      crateBin = [
        { name = "app"; path = "src/main.rs"; }
        { name = "gated"; path = "src/bin/gated.rs"; requiredFeatures = [ "unused" ]; }
        { name = "second-tool"; path = "src/bin/second.rs"; requiredFeatures = [ "std" "helper/base" ]; }
      ];
    };
    "dual 0.1.0" = {
      member = true;
      crateName = "dual";
      version = "0.1.0";
      edition = "2021";
      path = "dual";
      libName = "dual";
      libPath = "src/lib.rs";
      type = [ "cdylib" "lib" ];
    };
    "e2015 0.1.0" = {
      member = true;
      crateName = "e2015";
      version = "0.1.0";
      edition = "2015";
      path = "e2015";
      libName = "e2015";
      libPath = "src/lib.rs";
      type = [ "lib" ];
    };
    "e2018 0.1.0" = {
      member = true;
      crateName = "e2018";
      version = "0.1.0";
      edition = "2018";
      path = "e2018";
      libName = "e2018";
      libPath = "src/lib.rs";
      type = [ "lib" ];
    };
    "e2024 0.1.0" = {
      member = true;
      crateName = "e2024";
      version = "0.1.0";
      edition = "2024";
      path = "e2024";
      libName = "e2024";
      libPath = "src/lib.rs";
      type = [ "lib" ];
    };
    "helper 0.1.0" = {
      member = true;
      crateName = "helper";
      version = "0.1.0";
      edition = "2021";
      path = "helper";
      declaredFeatures = [ "base" "loud" ];
      libName = "helper";
      libPath = "src/lib.rs";
      type = [ "lib" ];
      build = "build.rs";
    };
    "native-sys 0.1.0" = {
      member = true;
      crateName = "native-sys";
      version = "0.1.0";
      edition = "2021";
      path = "native-sys";
      links = "native-thing";
      libName = "native_sys";
      libPath = "src/lib.rs";
      type = [ "lib" ];
      build = "build.rs";
    };
    "native-user 0.1.0" = {
      member = true;
      crateName = "native-user";
      version = "0.1.0";
      edition = "2021";
      path = "native-user";
      libName = "native_user";
      libPath = "src/lib.rs";
      type = [ "lib" ];
      build = "build.rs";
    };
    "plugin 0.1.0" = {
      member = true;
      crateName = "plugin";
      version = "0.1.0";
      edition = "2021";
      path = "plugin";
      libName = "plugin";
      libPath = "src/lib.rs";
      procMacro = true;
    };
    "shared-lib 0.3.0" = {
      member = true;
      crateName = "shared-lib";
      version = "0.3.0";
      edition = "2021";
      path = "shared";
      libName = "shared_lib";
      libPath = "src/lib.rs";
      type = [ "cdylib" ];
      build = "build.rs";
    };
    "statics 0.1.0" = {
      member = true;
      crateName = "statics";
      version = "0.1.0";
      edition = "2021";
      path = "statics";
      libName = "statics";
      libPath = "src/lib.rs";
      type = [ "staticlib" ];
    };
    "twin 1.0.0" = {
      member = true;
      crateName = "twin";
      version = "1.0.0";
      edition = "2021";
      path = "twin";
      libName = "twin";
      libPath = "src/lib.rs";
      type = [ "lib" ];
    };
    "twin 2.0.0" = {
      crateName = "twin";
      version = "2.0.0";
      edition = "2021";
      path = "../twin-2";
      libName = "twin";
      libPath = "src/lib.rs";
      type = [ "lib" ];
    };
  };
  nodes = {
    "app 1.2.3-rc.1+meta" = {
      crate = "app 1.2.3-rc.1+meta";
      features = [ "default" "std" ];
      dependencies = {
        dual = "dual 0.1.0";
        e2015 = "e2015 0.1.0";
        e2018 = "e2018 0.1.0";
        helper = "helper 0.1.0";
        native_sys = "native-sys 0.1.0";
        native_user = "native-user 0.1.0";
        other_name = "e2024 0.1.0";
        plugin = "plugin 0.1.0 (host)";
        twin_one = "twin 1.0.0";
        twin_two = "twin 2.0.0";
      };
      buildDependencies = {
        helper = "helper 0.1.0 (host)";
      };
    };
    "dual 0.1.0" = {
      crate = "dual 0.1.0";
      lto = linked "both";
    };
    "e2015 0.1.0" = {
      crate = "e2015 0.1.0";
    };
    "e2018 0.1.0" = {
      crate = "e2018 0.1.0";
    };
    "e2024 0.1.0" = {
      crate = "e2024 0.1.0";
    };
    "helper 0.1.0" = {
      crate = "helper 0.1.0";
      features = [ "base" "loud" ];
    };
    "helper 0.1.0 (host)" = {
      crate = "helper 0.1.0";
      host = true;
      features = [ "loud" ];
    };
    "native-sys 0.1.0" = {
      crate = "native-sys 0.1.0";
    };
    "native-user 0.1.0" = {
      crate = "native-user 0.1.0";
      dependencies = {
        native_sys = "native-sys 0.1.0";
      };
    };
    # As a root a proc-macro has the target's profile, as a dependency the host's.
    "plugin 0.1.0" = {
      crate = "plugin 0.1.0";
      dependencies = {
        helper = "helper 0.1.0 (host)";
      };
    };
    "plugin 0.1.0 (host)" = {
      crate = "plugin 0.1.0";
      host = true;
      dependencies = {
        helper = "helper 0.1.0 (host)";
      };
    };
    "shared-lib 0.3.0" = {
      crate = "shared-lib 0.3.0";
      lto = linked "run";
      dependencies = {
        native_user = "native-user 0.1.0";
      };
    };
    "statics 0.1.0" = {
      crate = "statics 0.1.0";
      lto = linked "run";
      dependencies = {
        helper = "helper 0.1.0";
      };
    };
    "twin 1.0.0" = {
      crate = "twin 1.0.0";
    };
    "twin 2.0.0" = {
      crate = "twin 2.0.0";
    };
  };
  tests = null;
  profiles = {
    inherit rustflags;
    target = {
      root = "release";
      optLevel = "s";
      debug = "line-tables-only";
      codegenUnits = 3;
      overflowChecks = true;
      panic = "abort";
    }
    // profile;
    host = {
      root = "release";
      optLevel = "0";
      overflowChecks = true;
    }
    // hostProfile;
  };
  scope = {
    hosts = [ "x86_64-unknown-linux-gnu" ];
    targets = [ "x86_64-unknown-linux-gnu" ];
    selections = [ "default" ];
  };
  members = {
    app = {
      node = "app 1.2.3-rc.1+meta";
      binaries = [ "app" "second-tool" ];
    };
    dual.node = "dual 0.1.0";
    e2015.node = "e2015 0.1.0";
    e2018.node = "e2018 0.1.0";
    e2024.node = "e2024 0.1.0";
    helper.node = "helper 0.1.0";
    native-sys.node = "native-sys 0.1.0";
    native-user.node = "native-user 0.1.0";
    plugin.node = "plugin 0.1.0";
    shared-lib.node = "shared-lib 0.3.0";
    statics.node = "statics 0.1.0";
    twin.node = "twin 1.0.0";
  };
  # What libraries hold: cargo's lto.rs worked out by hand.
  usualLto =
    {
      "false" = "object";
      off = "off";
    }
    .${profile.lto or "false"} or "bitcode";
  linked = mode: if usualLto == "bitcode" then mode else usualLto;
